"""Addresses that were reversed before: Django takes as long for one as for ten lines of a template,
and a page has dozens.
"""

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse

MOST_KEPT = 2_000


def address_of(name: str, *values: object) -> str:
    """What ``reverse`` says of this name and these values, asked once a process."""
    return _reversed(name, values, get_script_prefix(), settings.ROOT_URLCONF)


def addresses_of(name: str) -> Callable[[str], str]:
    """``address_of`` for a list: of this name and a value, one after the other in one request."""
    prefix, urls = get_script_prefix(), settings.ROOT_URLCONF
    return lambda value: _reversed(name, (value,), prefix, urls)


@lru_cache(maxsize=MOST_KEPT, typed=True)
def _reversed(name: str, values: tuple[object, ...], prefix: str, urls: str) -> str:
    return reverse(name, args=values)
