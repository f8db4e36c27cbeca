"""Where the reader is, for the navigation."""

from django import template
from django.template import RequestContext
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def here(
    context: RequestContext, section: str, besides: str = "", also: str = ""
) -> SafeString | str:
    """`` aria-current="…"`` on links to the section (first part of the path) being shown.

    ``besides`` is a page of the section that has a link of its own, ``also`` another section that
    has none.
    """
    request = context.get("request")
    if request is None:
        return ""
    if besides and request.path == f"/{besides}/":
        return ""
    if also and request.path.startswith(f"/{also}/"):
        return mark_safe(' aria-current="true"')
    page = f"/{section}/" if section else "/"
    if not (request.path == page or (section and request.path.startswith(page))):
        return ""
    is_page = request.path == page
    return mark_safe(' aria-current="page"' if is_page else ' aria-current="true"')  # noqa: S308
