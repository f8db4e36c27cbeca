"""The body as a picture, for pages that are about something else."""

from django import template

from exercises.drawing.body_map import View, views

register = template.Library()


@register.simple_tag
def back_view() -> View:
    """The drawing of the back, without links, labels or marks."""
    return views()["back"]
