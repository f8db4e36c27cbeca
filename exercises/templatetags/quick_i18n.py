"""What ``{% load i18n %}`` gives: Django's tags, but a text that stands in a template is looked up
once a language. A page has dozens, and looking them up took a tenth of its time.
"""

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class FixedText(template.Node):
    """A text that depends on the language alone."""

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode) -> None:
        self.node = node
        self.texts: dict[str, str] = {}

    def render(self, context: Context) -> str:
        language = get_language() or ""
        if language not in self.texts:
            self.texts[language] = self.node.render(context)
        return self.texts[language]


def translate(parser: Parser, token: Token) -> template.Node:
    """``{% translate "Sign in" %}``, and what else Django's tag may be given."""
    node = i18n.do_translate(parser, token)
    text = node.filter_expression
    is_fixed = text.var.literal is not None and not text.filters
    return node if node.asvar or node.message_context or not is_fixed else FixedText(node)


for name in ("translate", "trans"):
    register.tag(name, translate)
