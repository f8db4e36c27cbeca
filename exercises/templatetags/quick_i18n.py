"""What ``{% load i18n %}`` gives: Django's tags, but a text that stands in a template is looked up
once a language, values in it or not. A page has dozens, and looking them up took a tenth of its
time.
"""

from django import template
from django.template.base import FilterExpression, Parser, Token, render_value_in_context
from django.template.context import Context
from django.templatetags import i18n
from django.utils.translation import get_language, gettext

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class FixedText(template.Node):
    """A text that depends on the language alone."""

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode | i18n.BlockTranslateNode) -> None:
        self.node = node
        self.texts: dict[str, str] = {}

    def render(self, context: Context) -> str:
        language = get_language() or ""
        if language not in self.texts:
            self.texts[language] = self.node.render(context)
        return self.texts[language]


class FilledText(template.Node):
    """A text with values in it."""

    child_nodelists = ()

    def __init__(self, node: i18n.BlockTranslateNode) -> None:
        self.given = node.extra_context
        self.message, self.names = node.render_token_list(node.singular)
        self.texts: dict[str, str] = {}

    def render(self, context: Context) -> str:
        language = get_language() or ""
        if language not in self.texts:
            self.texts[language] = gettext(self.message)
        given = {name: value.resolve(context) for name, value in self.given.items()}
        return self.texts[language] % {
            name: render_value_in_context(
                given[name] if name in given else context.get(name, ""), context
            )
            for name in self.names
        }


def translate(parser: Parser, token: Token) -> template.Node:
    """``{% translate "Sign in" %}``, and what else Django's tag may be given."""
    node = i18n.do_translate(parser, token)
    is_fixed = _is_literal(node.filter_expression) and _is_literal(node.message_context)
    return FixedText(node) if is_fixed and not node.asvar else node


def blocktranslate(parser: Parser, token: Token) -> template.Node:
    """``{% blocktranslate with name=each.name %}More of {{ name }}{% endblocktranslate %}``, and
    what else Django's tag may be given.
    """
    node = i18n.do_block_translate(parser, token)
    if node.countervar or node.message_context or node.asvar:
        return node
    text = FilledText(node)
    return text if text.names else FixedText(node)


def _is_literal(text: FilterExpression | None) -> bool:
    """Whether it says the same on each page; None where there is nothing to say."""
    if text is None:
        return True
    return not text.filters and (isinstance(text.var, str) or text.var.literal is not None)


for name in ("translate", "trans"):
    register.tag(name, translate)
for name in ("blocktranslate", "blocktrans"):
    register.tag(name, blocktranslate)
