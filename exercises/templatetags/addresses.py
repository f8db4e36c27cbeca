"""``{% url %}`` as Django has it, but reversed once a process."""

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode, url
from django.utils.html import conditional_escape

from exercises.addresses import address_of

register = template.Library()


class AddressNode(URLNode):
    """Of a name and values in their order."""

    child_nodelists: tuple[str, ...] = ()

    def render(self, context: Context) -> str:
        values = [value.resolve(context) for value in self.args]
        address = address_of(self.view_name.resolve(context), *values)
        return conditional_escape(address) if context.autoescape else address


@register.tag("url")
def address(parser: Parser, token: Token) -> URLNode:
    """All but the plainest are left to Django."""
    node = url(parser, token)
    if node.kwargs or node.asvar:
        return node
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)
