"""What the models share: words that the database enforces, and text with one item a line."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext, pgettext_lazy

from exercises.vocabulary import Vocabulary

Word = TypeVar("Word", bound=Vocabulary)

if TYPE_CHECKING:

    class _WordField(models.CharField[Word, Word], Generic[Word]):
        pass
else:

    class _WordField(models.CharField, Generic[Word]):
        pass


def choices_of(vocabulary: type[Vocabulary]) -> list[tuple[str, str]]:
    """Each word with its label in the language that is active when it is shown."""
    kind = vocabulary.__name__
    return [(str(word), cast(str, pgettext_lazy(kind, word.label))) for word in vocabulary]


def label_of(word: Vocabulary) -> str:
    """The word's label in the active language."""
    return pgettext(type(word).__name__, word.label)


class WordField(_WordField[Word]):
    """A word of a vocabulary: rows that are read have the member, migrations a plain text."""

    def __init__(self, vocabulary: type[Word], **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        self._members = {str(word): word for word in vocabulary}  # in a fifth of a call's time
        super().__init__(choices=choices_of(vocabulary), **kwargs)

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        return self._members[value] if value else value  # an outer join may have none

    def clone(self) -> "WordField[Word]":
        *_, options = self.deconstruct()
        options.pop("choices")
        return WordField(self.vocabulary, **options)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _, arguments, options = super().deconstruct()
        return name, "django.db.models.CharField", arguments, options


def one_of(field: str, words: type[Vocabulary], *, blank: bool = False) -> models.CheckConstraint:
    """A constraint that holds ``field`` to its words, also against SQL and bulk updates."""
    allowed = [*words.values, ""] if blank else words.values
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": allowed}), name=f"%(app_label)s_%(class)s_{field}_valid"
    )


def lines(text: str) -> list[str]:
    """The non-empty lines of a text that holds one item a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
