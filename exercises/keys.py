"""Keys of rows as addresses and forms give them, before the database is asked."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

LARGEST = 2**63 - 1  # of a BigAutoField


def may_be_key(field: "models.Field[Any, Any]", text: Any) -> bool:
    """Whether a row could have ``text`` in ``field``, a primary key.

    Databases refuse what they can't hold, each with an error of its own.
    """
    try:
        key = field.to_python(text)
    except (ValidationError, ValueError):
        return False
    return key is not None and (not isinstance(key, int) or 0 <= key <= LARGEST)


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Django's, which asks SQLite for numbers that it can't hold."""

    def clean(self, value: Any) -> Any:
        rows: Any = self.queryset
        for each in value if isinstance(value, list | tuple) else ():
            if not may_be_key(rows.model._meta.pk, each):
                code = "invalid_choice"
                raise ValidationError(self.error_messages[code], code, {"value": str(each)[:80]})
        return super().clean(value)
