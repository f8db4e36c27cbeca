"""``{% url %}`` that reverses an address once a process, where Django does so on each page: a page
has a dozen, which are a twentieth of its time.
"""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode, url
from django.urls import get_script_prefix, reverse
from django.utils.html import conditional_escape

MOST_KEPT = 2_000

register = template.Library()


class AddressNode(URLNode):
    """Of a name and values in their order; all else is Django's own."""

    child_nodelists: tuple[str, ...] = ()

    def render(self, context: Context) -> str:
        values = tuple([value.resolve(context) for value in self.args])
        address = _address(
            self.view_name.resolve(context), values, get_script_prefix(), settings.ROOT_URLCONF
        )
        return conditional_escape(address) if context.autoescape else address


@lru_cache(maxsize=MOST_KEPT)
def _address(name: str, values: tuple[Any, ...], prefix: str, urls: str) -> str:
    return reverse(name, args=values)


@register.tag("url")
def address(parser: Parser, token: Token) -> URLNode:
    node = url(parser, token)
    if node.kwargs or node.asvar:
        return node
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)
