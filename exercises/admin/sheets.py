"""What a form of the desk holds, as plain values that can travel through a page and come back.

A form carries the sheet that it began from. Beside the sheet of the row as it is stored by then,
it shows what somebody else has saved in between; beside what was typed, what whoever typed it
changed.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, Self

from django import forms
from django.db import models
from django.forms import BaseForm, BaseInlineFormSet, BoundField
from django.http import QueryDict

from exercises.counting import whole_number

Values = list[str]
SheetRow = dict[str, Values]

# Fields of the desk itself, which say nothing of the row
ABOUT_THE_EDIT = ("base", "change_reason")
PLACE = "position"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The values of a form's fields, and of its inlines' rows in order, as a browser posts them.

    Lists of choices are sorted, blank rows and those to be removed left out.
    """

    fields: Mapping[str, Values]
    rows: Mapping[str, list[SheetRow]]

    @classmethod
    def of(cls, form: BaseForm, formsets: Iterable[BaseInlineFormSet]) -> Self:
        """Of a bound form what was posted, valid or not; of another what it shows."""
        fields = {name: posted(form[name]) for name in form.fields if name not in ABOUT_THE_EDIT}
        return cls(fields, {str(each.prefix): list(_rows(each)) for each in formsets})

    @classmethod
    def loads(cls, text: str) -> Self:
        """Raises ``ValueError`` for what ``dumps`` did not write."""
        match json.loads(text):
            case {"fields": dict() as fields, "rows": dict() as rows} if _is_row(fields) and all(
                isinstance(each, list) and all(map(_is_row, each)) for each in rows.values()
            ):
                return cls(fields, rows)
        raise ValueError("That is no sheet.")

    def dumps(self) -> str:
        return json.dumps({"fields": self.fields, "rows": self.rows}, separators=(",", ":"))

    @property
    def parts(self) -> dict[str, Any]:
        """Fields and inlines alike by name, which is what somebody can choose between."""
        return {**self.fields, **self.rows}

    def taking(self, names: Collection[str], *, of: "Sheet") -> "Sheet":
        """The same with the named fields and inlines of another one."""
        return Sheet(
            {
                name: of.fields.get(name, v) if name in names else v
                for name, v in self.fields.items()
            },
            {name: of.rows.get(name, v) if name in names else v for name, v in self.rows.items()},
        )


def as_post(sheet: Sheet, formsets: Iterable[BaseInlineFormSet]) -> QueryDict:
    """What a browser would post to make the row say what the sheet says.

    ``formsets`` are those of the row as it is stored, unbound. Files don't travel: a picture stays
    the one that is there.
    """
    post = QueryDict(mutable=True)
    for name, values in sheet.fields.items():
        post.setlist(name, values)
    for formset in formsets:
        _post_rows(post, formset, sheet.rows.get(str(formset.prefix), []))
    return post


def posted(bound: BoundField) -> Values:
    """A field's value as a browser posts it."""
    value = bound.value()
    if isinstance(value, list | tuple | models.QuerySet):
        return sorted(str(getattr(each, "pk", each)) for each in value)
    if value is None or value is False or value == "":
        return []
    if value is True:
        return ["on"]
    return [str(value).replace("\r\n", "\n")]


def _is_row(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(each, list) and all(isinstance(one, str) for one in each)
        for each in value.values()
    )


def _rows(formset: BaseInlineFormSet) -> Iterator[SheetRow]:
    forms_there = formset.forms if formset.is_bound else formset.initial_forms
    for form in sorted(forms_there, key=_place):
        is_blank = form.empty_permitted and not form.has_changed()
        is_removed = "DELETE" in form.fields and form["DELETE"].value()
        if not is_blank and not is_removed:
            yield _row(formset, form)


def _row(formset: BaseInlineFormSet, form: BaseForm) -> SheetRow:
    unsaid = {_key(formset), formset.fk.name, "DELETE", PLACE}
    return {name: posted(form[name]) for name in form.fields if name not in unsaid}


def _key(formset: BaseInlineFormSet) -> str:
    """The name of the field that holds a row's primary key."""
    return formset.fk.model._meta.pk.name


def _place(form: BaseForm) -> float:
    """Rows without a number come last."""
    number = whole_number("".join(posted(form[PLACE])) if PLACE in form.fields else "0")
    return inf if number is None else number


def _post_rows(post: QueryDict, formset: BaseInlineFormSet, rows: Sequence[SheetRow]) -> None:
    """Rows that are stored take on what the sheet's rows say, the others go, and new ones come."""
    stored = formset.initial_forms
    pairs = _paired([_row(formset, form) for form in stored], rows)
    new = [number for number in range(len(rows)) if number not in pairs.values()]
    post[f"{formset.prefix}-TOTAL_FORMS"] = str(len(stored) + len(new))
    post[f"{formset.prefix}-INITIAL_FORMS"] = str(len(stored))
    for number, form in enumerate(stored):
        prefix = formset.add_prefix(number)
        post[f"{prefix}-{_key(formset)}"] = str(form.instance.pk)
        if number in pairs:
            _post_row(post, prefix, formset, rows, pairs[number])
        else:
            post[f"{prefix}-DELETE"] = "on"
    for number, which in enumerate(new, start=len(stored)):
        _post_row(post, formset.add_prefix(number), formset, rows, which)


def _post_row(
    post: QueryDict, prefix: str, formset: BaseInlineFormSet, rows: Sequence[SheetRow], which: int
) -> None:
    fields = formset.empty_form.fields
    for name, values in rows[which].items():
        if name in fields and not isinstance(fields[name], forms.FileField):
            post.setlist(f"{prefix}-{name}", values)
    if PLACE in fields:
        post[f"{prefix}-{PLACE}"] = str(which + 1)
    post[f"{prefix}-{formset.fk.name}"] = str(formset.instance.pk or "")


def _paired(stored: Sequence[SheetRow], rows: Sequence[SheetRow]) -> dict[int, int]:
    """Which stored row becomes which: the same one, one that begins alike, or any that is left."""
    pairs: dict[int, int] = {}
    for is_like in (_is_same, _begins_alike, _is_any):
        for number, there in enumerate(stored):
            free = (which for which in range(len(rows)) if which not in pairs.values())
            found = next((which for which in free if is_like(there, rows[which])), None)
            if number not in pairs and found is not None:
                pairs[number] = found
    return pairs


def _is_same(one: SheetRow, other: SheetRow) -> bool:
    return one == other


def _begins_alike(one: SheetRow, other: SheetRow) -> bool:
    return next(iter(one.values()), None) == next(iter(other.values()), None)


def _is_any(one: SheetRow, other: SheetRow) -> bool:
    return True
