"""Keys of rows as addresses and forms give them, before the database is asked."""

from typing import Any

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
