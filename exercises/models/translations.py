"""Texts of the catalogue in other languages than English, as far as there are any."""

import re
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.safestring import SafeString, mark_safe

from exercises.languages import ENGLISH, HTML_LANGUAGES, PATTERNS, active_language

# Control characters but line breaks, and halves of characters, which no database keeps
NO_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")
IN_ENGLISH = mark_safe(f' lang="{HTML_LANGUAGES[ENGLISH]}"')  # noqa: S308  (ours)


def check_translations(translations: object) -> None:
    """By language, texts by the name of their field. Raises ``ValidationError``."""
    if not isinstance(translations, dict):
        raise ValidationError("Write languages, and in each texts by their fields.")
    for language, texts in translations.items():
        if language not in PATTERNS:
            raise ValidationError(f"“{language}” is none of {', '.join(PATTERNS)}.")
        if not isinstance(texts, dict) or not all(
            isinstance(text, str) and text.strip() for text in texts.values()
        ):
            raise ValidationError(f"Of “{language}” write texts by their fields, none empty.")
        if any(NO_TEXT.search(text) for text in texts.values()):
            raise ValidationError(f"A text of “{language}” has characters that can’t be written.")


class Shown:
    """Texts of a row as the reader gets them: ``shown["name"]``, in templates ``shown.name``."""

    def __init__(self, row: "Translated") -> None:
        self._row = row

    def __getitem__(self, name: str) -> str:
        if name not in self._row.TRANSLATED:
            raise KeyError(name)
        return self._row.in_language.get(name) or getattr(self._row, name)


class Unsaid(Shown):
    """For the element around a text: that it is in English, where the page is not."""

    def __getitem__(self, name: str) -> SafeString | str:
        is_said = active_language() == ENGLISH or name in self._row.in_language
        return "" if is_said else IN_ENGLISH


class Translated(models.Model):
    """A row whose texts may be there in other languages; English is what its fields say."""

    TRANSLATED: ClassVar[tuple[str, ...]]  # the fields that may be

    translations = models.JSONField(
        default=dict,
        blank=True,
        validators=[check_translations],
        help_text='By language, such as {"de": {"name": "Klimmzug"}}. '
        "What an exercise should be found by belongs to its other names, too.",
    )

    class Meta:
        abstract = True

    @property
    def in_language(self) -> dict[str, str]:
        """What is said of it in the reader's language; nothing in English."""
        language = active_language()
        if language == ENGLISH:
            return {}
        texts: dict[str, str] = self.translations.get(language, {})
        return texts

    @property
    def shown(self) -> Shown:
        return Shown(self)

    @property
    def lang(self) -> Unsaid:
        return Unsaid(self)

    @property
    def shown_name(self) -> str:
        return self.shown["name"]

    def clean(self) -> None:
        super().clean()
        check_translations(self.translations)
        for texts in self.translations.values():
            for name, text in texts.items():
                if name not in self.TRANSLATED:
                    raise ValidationError({"translations": f"No text of it is called “{name}”."})
                longest = getattr(self._meta.get_field(name), "max_length", None)
                if longest and len(text) > longest:
                    raise ValidationError({"translations": f"“{text[:20]}…” is too long."})
