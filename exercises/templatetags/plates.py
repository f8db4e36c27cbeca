"""The body: as a picture, for pages that are about something else, and the muscles of its map."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from exercises.addresses import addresses_of
from exercises.drawing.body_map import (
    LINE_HEIGHT,
    Label,
    Line,
    MapView,
    Mark,
    MarkedRegion,
    MarkedView,
    label_lines,
    name_in,
    views,
)
from exercises.languages import active_language
from exercises.templatetags.languages import said

register = template.Library()
MUSCLE = "exercises:muscle"


@register.simple_tag
def back_view() -> MapView:
    """The drawing of the back, without links, labels or marks."""
    return views()["back"]


@register.simple_tag
def lines(view: MapView, layer: str) -> SafeString:
    """What lies ``under`` the muscles of a view, or ``over`` them."""
    drawing = f"{file_of(view)}#{view.name}-{layer}-"
    drawn: tuple[Line, ...] = getattr(view, layer)
    uses = [
        f'<use class="body-map-{line.kind}" href="{drawing}{number}"/>'
        for number, line in enumerate(drawn)
    ]
    return mark_safe("".join(uses))  # noqa: S308  (ours)


@register.filter
def in_words(marked: Mapping[str, MarkedRegion]) -> SafeString:
    """The marked muscles by slug as items of a list."""
    address, language = addresses_of(MUSCLE), active_language()
    items = [
        f'<li><a href="{address(slug)}">{escape(name_in(drawn.region, language))}</a>:'
        f" {escape(said(drawn.mark.text) if drawn.mark else '')}</li>"
        for slug, drawn in marked.items()
    ]
    nothing = f"<li>{gettext('No muscle is marked.')}</li>"
    return mark_safe("".join(items) or nothing)  # noqa: S308  (escaped above)


@register.simple_tag
def muscles(plate: MarkedView, map_id: str, target: int) -> SafeString:
    """The muscles of one view: those with a label are links, the others quiet shapes.

    ``map_id`` begins the id of its clip path, ``target`` is the height of a label's box. A page has
    some 70 muscles, for which the template language takes ten times as long.
    """
    drawing = f"{file_of(plate.view)}#{plate.view.name}-"
    clip = f"url(#{escape(map_id)}-{plate.view.name})"
    shown = [_mirror_image(drawn, drawing, clip) for drawn in plate.mirrored]
    address, language = addresses_of(MUSCLE), active_language()
    shown += [_muscle(drawn, drawing, clip, target, address, language) for drawn in plate.regions]
    return mark_safe("".join(shown))  # noqa: S308  (ours, but for what is escaped)


@register.simple_tag
def file_of(view: MapView) -> str:
    """Where the paths of a view are."""
    return static(f"img/body-map-{view.name}.svg")


def _mirror_image(drawn: MarkedRegion, drawing: str, clip: str) -> str:
    """A marked muscle in the other half, where it is no link: it has one already."""
    shape, css = f"{drawing}{drawn.region.slug}", drawn.mark.css if drawn.mark else ""
    return (
        f'<g class="body-map-mirrored {css}" clip-path="{clip}" aria-hidden="true">'
        f'<g transform="scale(-1 1)"><use class="body-map-shape" href="{shape}"/>'
        f'<use class="body-map-fibres" href="{shape}-fibres"/></g></g>'
    )


def _muscle(
    drawn: MarkedRegion,
    drawing: str,
    clip: str,
    target: int,
    address: Callable[[str], str],
    language: str,
) -> str:
    region, mark, label = drawn.region, drawn.mark, drawn.label
    shape, name = f"{drawing}{region.slug}", escape(name_in(region, language))
    if not label:
        return (
            f'<use class="body-map-rest" href="{shape}" clip-path="{clip}" aria-hidden="true">'
            f"<title>{name}</title></use>"
        )
    left, top, width = label.box
    lines = label_lines(region, language)
    tendon = f'<use class="body-map-tendon" href="{shape}-tendons"/>' if region.tendons else ""
    return (
        f'<a class="body-map-muscle{f" {mark.css}" if mark else ""}"'
        f' href="{address(region.slug)}">'
        f"<title>{name}{f': {escape(said(mark.text))}' if mark else ''}</title>"
        f'<g clip-path="{clip}"><use class="body-map-shape" href="{shape}"/>'
        f'<use class="body-map-fibres" href="{shape}-fibres"/>{tendon}</g>'
        f'<rect class="body-map-target" x="{left}" y="{top}" width="{width}" height="{target}"/>'
        f'<text class="body-map-label is-{label.side}" y="{_first_line(label, lines)}">'
        f"{_name(label, lines, mark)}</text>"
        "</a>"
    )


def _first_line(label: Label, lines: Sequence[str]) -> float:
    """Where the first line stands, so that all have the middle of the English ones."""
    return label.y - (len(lines) - len(label.lines)) * LINE_HEIGHT / 2


def _name(label: Label, lines: Sequence[str], mark: Mark | None) -> str:
    """The lines of a label, the mark's sign before the first."""
    sign = f"{escape(mark.sign)} " if mark and mark.sign else ""
    first, *others = map(escape, lines)
    further = (f'<tspan x="{label.x}" dy="{LINE_HEIGHT}">{line}</tspan>' for line in others)
    return f'<tspan x="{label.x}">{sign}{first}</tspan>{"".join(further)}'
