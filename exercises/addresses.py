"""Addresses that were reversed before: Django takes as long for one as for ten lines of a template,
and a page has dozens.
"""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse

MOST_KEPT = 2_000


def address_of(name: str, *values: object) -> str:
    """What ``reverse`` says of this name and these values, asked once a process."""
    return _reversed(name, values, get_script_prefix(), settings.ROOT_URLCONF)


@lru_cache(maxsize=MOST_KEPT, typed=True)
def _reversed(name: str, values: tuple[object, ...], prefix: str, urls: str) -> str:
    return reverse(name, args=values)
