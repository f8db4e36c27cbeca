"""Tables of the admin that are looked at."""

from typing import Any

from django.http import HttpRequest


class ReadOnly:
    """Neither adding, changing nor deleting, whatever the permissions say."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
