"""``{% if user|may_edit:muscle %}``: whether a page leads to its row on the editor's desk."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def may_edit(user: Any, row: Any) -> bool:
    """For staff with the right to change such rows, but for athletes' own exercises.

    2 queries, for staff alone: a visitor's page is the same for all.
    """
    if not user.is_staff or getattr(row, "is_own", False):
        return False
    right: bool = user.has_perm(f"exercises.change_{row._meta.model_name}")
    return right
