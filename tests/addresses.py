"""Every address of the site, made from its patterns, with something for each gap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils.regex_helper import normalize

# What may stand in a gap, by the kind of its converter; a regex's group counts as "regex".
PLAIN = {
    "int": "1",
    "path": "1",
    "regex": "x",
    "slug": "x",
    "str": "x",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
# Converters that are called otherwise: none is a string, and django-ninja has a word of its own.
SAME = {"": "str", "uuidstr": "uuid"}
# Groups of regular expressions that take only what they list.
LISTED = {"app_label": "exercises", "uidb36": "1", "url": "nothing/"}

Gap = tuple[str, str]  # the converter's kind, and the gap's name


def addresses(fill: Mapping[str, str] = PLAIN) -> list[str]:
    """One for each pattern, admin included, each once."""
    return sorted({address_of(template, gaps, fill) for template, gaps in templates()})


def templates() -> Iterator[tuple[str, list[Gap]]]:
    """Each address as a template with ``%(name)s`` for its gaps."""
    yield from _within(get_resolver(), "/", [])


def address_of(template: str, gaps: list[Gap], fill: Mapping[str, str]) -> str:
    return template % {name: LISTED.get(name, fill[kind]) for kind, name in gaps}


def _within(resolver: URLResolver, before: str, gaps: list[Gap]) -> Iterator[tuple[str, list[Gap]]]:
    for entry in resolver.url_patterns:
        template, more = _template(entry)
        if isinstance(entry, URLPattern):
            yield before + template, gaps + more
        else:
            yield from _within(entry, before + template, gaps + more)


def _template(entry: URLPattern | URLResolver) -> tuple[str, list[Gap]]:
    pattern = entry.pattern
    if isinstance(pattern, RoutePattern):
        route = str(pattern).replace("%", "%%")
        gaps = re.findall(r"<(?:(\w+):)?(\w+)>", route)
        return re.sub(r"<(?:\w+:)?(\w+)>", r"%(\1)s", route), [
            (SAME.get(kind, kind), name) for kind, name in gaps
        ]
    template, names = normalize(str(pattern))[0]
    return template, [("regex", name) for name in names]
