"""Template tags that show the catalogue's Markdown with its footnotes."""

from django import template
from django.utils.safestring import SafeString

from exercises.markup import Footnotes, to_html, to_inline_html

register = template.Library()


@register.simple_tag
def prose(text: str, notes: Footnotes) -> SafeString:
    """Paragraphs of Markdown."""
    return notes.link(to_html(text))


@register.simple_tag
def line(text: str, notes: Footnotes) -> SafeString:
    """One line of Markdown, for a list item or a sentence."""
    return notes.link(to_inline_html(text))
