"""The body: as a picture, for pages that are about something else, and the muscles of its map."""

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from exercises.drawing.body_map import (
    LINE_HEIGHT,
    Label,
    Mark,
    MarkedRegion,
    MarkedView,
    View,
    views,
)

register = template.Library()

USE = '<use class="body-map-{}" href="{}"/>'
LINK = (
    '<a class="body-map-muscle{}" href="{}"><title>{}</title><g clip-path="{}">{}</g>'
    '<rect class="body-map-target" x="{}" y="{}" width="{}" height="{}"/>'
    '<text class="body-map-label is-{}" y="{}">{}</text></a>'
)
QUIET = (
    '<use class="body-map-rest" href="{}" clip-path="{}" aria-hidden="true"><title>{}</title></use>'
)


@register.simple_tag
def back_view() -> View:
    """The drawing of the back, without links, labels or marks."""
    return views()["back"]


@register.simple_tag
def muscles(plate: MarkedView, map_id: str, target: int) -> SafeString:
    """The muscles of one view: those with a label are links, the others quiet shapes.

    ``map_id`` begins the id of its clip path, ``target`` is the height of a label's box. A page has
    some 70 muscles, for which the template language takes ten times as long.
    """
    drawing = f"{static('img/body-map.svg')}#{plate.view.name}-"
    clip = f"url(#{map_id}-{plate.view.name})"
    shown = (_muscle(drawn, drawing, clip, target) for drawn in plate.regions)
    return format_html_join("", "{}", ((muscle,) for muscle in shown))


def _muscle(drawn: MarkedRegion, drawing: str, clip: str, target: int) -> SafeString:
    region, mark, label = drawn.region, drawn.mark, drawn.label
    shape = f"{drawing}{region.slug}"
    if not label:
        return format_html(QUIET, shape, clip, region.name)
    drawn_on = (("shape", shape), ("fibres", f"{shape}-fibres"), ("tendon", f"{shape}-tendons"))
    return format_html(
        LINK,
        f" {mark.css}" if mark else "",
        reverse("exercises:muscle", args=[region.slug]),
        f"{region.name}: {mark.text}" if mark else region.name,
        clip,
        format_html_join("", USE, drawn_on if region.tendons else drawn_on[:2]),
        *label.box,
        target,
        label.side,
        label.y,
        _name(label, mark),
    )


def _name(label: Label, mark: Mark | None) -> SafeString:
    """The lines of a label, the mark's sign before the first."""
    sign = f"{mark.sign} " if mark and mark.sign else ""
    first, *others = label.lines
    return format_html(
        '<tspan x="{}">{}{}</tspan>{}',
        label.x,
        sign,
        first,
        format_html_join(
            "",
            '<tspan x="{}" dy="{}">{}</tspan>',
            ((label.x, LINE_HEIGHT, line) for line in others),
        ),
    )
