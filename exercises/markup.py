"""The catalogue's Markdown, sanitised, with footnotes that lead to the sources."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from markdown_it import MarkdownIt

from exercises.models import Source

FOOTNOTE = re.compile(r"\[\^([a-z0-9-]+)\]")
TAGS = {"p", "em", "strong", "ul", "ol", "li", "a", "br", "blockquote", "code"}
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}}

_markdown = MarkdownIt("commonmark", {"html": False})


@lru_cache(maxsize=4096)
def to_html(text: str) -> str:
    """``text`` as HTML of a few harmless tags; raw HTML in it is shown, not obeyed."""
    return _clean(_markdown.render(text), TAGS)


@lru_cache(maxsize=4096)
def to_inline_html(text: str) -> str:
    """As ``to_html`` for a text of one line, without the paragraph around it."""
    return _clean(_markdown.renderInline(text), TAGS - {"p"})


def _clean(html: str, tags: set[str]) -> str:
    """No attribute but an encoded ``href``, so that no footnote mark can stand in one."""
    return nh3.clean(html, tags=tags, attributes=ATTRIBUTES, link_rel="noopener nofollow")


@dataclass(frozen=True)
class Footnotes:
    """The sources of a page: those its texts cite, numbered as they come, then the others."""

    cited: tuple[Source, ...]
    others: tuple[Source, ...]

    @classmethod
    def of(cls, texts: Iterable[str], sources: Iterable[Source]) -> Self:
        by_key = {source.key: source for source in sources}
        keys = dict.fromkeys(key for text in texts for key in FOOTNOTE.findall(text))
        cited = tuple(by_key.pop(key) for key in keys if key in by_key)
        return cls(cited=cited, others=tuple(by_key.values()))

    def link(self, html: str) -> SafeString:
        """``html`` with each mark ``[^key]`` made a link to its source; unknown marks stay."""
        numbers = {source.key: number for number, source in enumerate(self.cited, start=1)}

        def mark(match: re.Match[str]) -> str:
            number = numbers.get(match[1])
            if number is None:
                return match[0]
            link = '<a href="#source-{}" aria-label="{}">{}</a>'
            label = gettext("Source %(number)s") % {"number": number}
            return format_html(f'<sup class="footnote-mark">{link}</sup>', match[1], label, number)

        return mark_safe(FOOTNOTE.sub(mark, html))  # noqa: S308  (nh3 cleaned it, format_html made the rest)
