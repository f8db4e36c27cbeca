"""The body map: two views of one body, drawn from points in ``fixtures/body_map/``.

``x`` counts outward from the midline and ``y`` down from the crown, in hundredths of a head, so
both halves of a body share their outline. ``curves.py`` says how a path is written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from statistics import fmean
from typing import Any, Self

import yaml

from exercises.drawing.curves import BadDrawing, Point, curve, fan, numbers, parse, stroke

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "body_map"
VIEWS = ("back", "front")
SIDES = {"left": -1, "right": 1}
LEFT, TOP, WIDTH, HEIGHT = -280, -12, 560, 780
# A label's place beside the figure, the distance of its lines, and the height that a finger needs:
# 24 CSS pixels on a phone whose plate is 358 wide, or, where few have labels, 288 wide.
LABEL_X, LINE_HEIGHT, TARGET, ROOMY_TARGET = 150, 18, 39, 47
OVERLAP = 4
MIDDLES = (TOP + ROOMY_TARGET / 2, TOP + HEIGHT - ROOMY_TARGET / 2)


@dataclass(frozen=True, slots=True)
class Line:
    """A path that is looked at, never clicked: a bone, a fascia, a fold of the skin."""

    kind: str
    d: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name in the margin, in one or two lines, its leader, and the box that takes the finger."""

    side: str
    x: float
    y: float
    lines: tuple[str, ...]
    leader: str
    tip: str
    box: tuple[float, float, float]
    middle: float
    points_to: Point

    @classmethod
    def at(
        cls,
        middle: float,
        *,
        side: str,
        x: float,
        lines: tuple[str, ...],
        points_to: Point,
        target: float = TARGET,
    ) -> Self:
        """The label whose box has its middle at this height."""
        start = Point(x - SIDES[side] * 4, middle)
        return cls(
            side=side,
            x=x,
            y=middle + 5 - (len(lines) - 1) * LINE_HEIGHT / 2,
            lines=lines,
            leader=curve([start, points_to], is_closed=False),
            tip=f"M{numbers(points_to.x, points_to.y)}h0",
            box=(LEFT if side == "left" else x - 6, middle - target / 2, WIDTH / 2 - abs(x) + 6),
            middle=middle,
            points_to=points_to,
        )

    def moved(self, middle: float) -> Self:
        """The same at another height, with room for a finger on the narrowest phone."""
        return self.at(
            round(middle, 1),
            side=self.side,
            x=self.x,
            lines=self.lines,
            points_to=self.points_to,
            target=ROOMY_TARGET,
        )


@dataclass(frozen=True, slots=True)
class MapRegion:
    """One muscle on one view: its shapes in either half as one path, then what is drawn on them.

    ``is_left`` says that it is drawn in the left half alone, where what lies on top is.
    """

    slug: str
    name: str
    shape: str
    fibres: str
    tendons: str
    label: Label
    is_left: bool = False


@dataclass(frozen=True, slots=True)
class MapView:
    """One view: what lies under the muscles, the muscles in reading order, what lies over them.

    ``clip`` is the right half of the body, roughly, to keep what is drawn within the outline.
    """

    name: str
    outline: str
    clip: str
    under: tuple[Line, ...]
    regions: tuple[MapRegion, ...]
    over: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """How a muscle is shown: a class of the style sheet, the same in words, a sign for its label.

    The classes are ``is-primary``, ``is-secondary``, ``is-stabiliser``, ``is-current`` and
    ``heat-0`` to ``heat-5``.
    """

    css: str
    text: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class MarkedRegion:
    """A muscle with its mark, if it has one, and its label, if it is named in the margin."""

    region: MapRegion
    mark: Mark | None
    label: Label | None


@dataclass(frozen=True, slots=True)
class MarkedView:
    """``mirrored`` are marked muscles of the left half to show in the right one too, under what is
    drawn there.
    """

    view: MapView
    regions: tuple[MarkedRegion, ...]
    mirrored: tuple[MarkedRegion, ...] = ()

    @property
    def leaders(self) -> str:
        return "".join(drawn.label.leader for drawn in self.regions if drawn.label)

    @property
    def tips(self) -> str:
        return "".join(drawn.label.tip for drawn in self.regions if drawn.label)


@dataclass(frozen=True, slots=True)
class BodyMap:
    """What ``templates/components/body_map.html`` draws.

    With no mark at all every muscle has its label and its link; else only the marked ones have,
    and the others are quiet shapes.
    """

    views: tuple[MarkedView, ...]
    legend: tuple[Mark, ...]
    target: int
    left: int = LEFT
    top: int = TOP
    width: int = WIDTH
    height: int = HEIGHT
    line_height: int = LINE_HEIGHT

    @property
    def marked(self) -> dict[str, MarkedRegion]:
        """The marked muscles, each once though it may be on both views."""
        return {
            marked.region.slug: marked
            for view in reversed(self.views)
            for marked in reversed(view.regions)
            if marked.mark
        }


CURRENT = Mark("is-current", "this muscle", "●")
ROLES = {
    "primary": Mark("is-primary", "main work", "●"),
    "secondary": Mark("is-secondary", "helps", "◐"),
    "stabiliser": Mark("is-stabiliser", "holds steady", "○"),
}
HEAT_STEPS = 5
HEAT_SIGNS = "⓪①②③④⑤"


def heat(level: int, text: str, *, sign: str | None = None) -> Mark:
    """The mark of a level from 0 to ``HEAT_STEPS``; ``text`` says what it means ("12 sets").

    Its sign is the level, unless another is given.
    """
    if not 0 <= level <= HEAT_STEPS:
        raise ValueError(f"Heat goes from 0 to {HEAT_STEPS}, not {level}.")
    return Mark(f"heat-{level}", text, HEAT_SIGNS[level] if sign is None else sign)


def body_map(
    marks: Mapping[str, Mark] | None = None,
    *,
    only: Sequence[str] = VIEWS,
    legend: Sequence[Mark] = (),
    both_halves: bool = False,
) -> BodyMap:
    """The map with ``marks`` by slug; a group's mark goes to those parts that have none.

    With ``both_halves`` what is marked in the left half is coloured in the right one too, as far as
    the deep muscles there leave it in sight: who trains has two of each.
    """
    spread = _spread(marks or {})
    draw = _marked if spread else _named
    drawn = [draw(views()[name], spread) for name in VIEWS if name in only]
    return BodyMap(
        views=tuple(map(_mirrored, drawn) if both_halves else drawn),
        legend=tuple(legend),
        target=ROOMY_TARGET if spread else TARGET,
    )


def views_showing(slugs: Iterable[str]) -> tuple[str, ...]:
    """The views on which one of these muscles or groups can be seen; both if none can."""
    wanted = set(_spread(dict.fromkeys(slugs, CURRENT)))
    shown = [name for name in VIEWS if any(r.slug in wanted for r in views()[name].regions)]
    return tuple(shown) or VIEWS


def _spread(marks: Mapping[str, Mark]) -> dict[str, Mark]:
    parts = {part: mark for slug, mark in marks.items() for part in groups().get(slug, ())}
    return {**parts, **marks}


def _named(view: MapView, _: Mapping[str, Mark]) -> MarkedView:
    """The view with every muscle named."""
    return MarkedView(view, tuple(MarkedRegion(each, None, each.label) for each in view.regions))


def _marked(view: MapView, marks: Mapping[str, Mark]) -> MarkedView:
    """The view with the marked muscles named, their labels moved apart."""
    labels = _labels(view.name, frozenset(each.slug for each in view.regions if each.slug in marks))
    return MarkedView(
        view,
        tuple(
            [
                MarkedRegion(region, marks.get(region.slug), labels.get(region.slug))
                for region in view.regions
            ]
        ),
    )


def _mirrored(plate: MarkedView) -> MarkedView:
    lone = (drawn for drawn in plate.regions if drawn.mark and drawn.region.is_left)
    return replace(plate, mirrored=tuple(lone))


@lru_cache(maxsize=64)
def _labels(view: str, named: frozenset[str]) -> Mapping[str, Label]:
    """The labels of these muscles by slug, so far apart that each can be touched.

    Which muscles a week or a workout trains seldom changes, how much it trains them does.
    """
    labels: dict[str, Label] = {}
    for side in SIDES:
        beside = sorted(
            (
                region
                for region in views()[view].regions
                if region.slug in named and region.label.side == side
            ),
            key=lambda region: region.label.middle,
        )
        middles = spaced(
            [region.label.middle for region in beside], apart=ROOMY_TARGET, within=MIDDLES
        )
        for region, middle in zip(beside, middles, strict=True):
            labels[region.slug] = region.label.moved(middle)
    return labels


def spaced(places: Sequence[float], *, apart: float, within: tuple[float, float]) -> list[float]:
    """The ascending places moved as little as may be, so that neighbours are ``apart`` or more.

    Places that are too close form a block around their mean; blocks that touch become one. All
    stay ``within`` the bounds, as far as there is room for so many.
    """
    blocks: list[list[float]] = []
    for number, place in enumerate(places):
        block = [place - number * apart]  # even steps taken out, what is left must not fall
        while blocks and fmean(blocks[-1]) > fmean(block):
            block = blocks.pop() + block
        blocks.append(block)
    low, high = within[0], within[1] - (len(places) - 1) * apart
    levels = [max(low, min(fmean(block), high)) for block in blocks for _ in block]
    return [level + number * apart for number, level in enumerate(levels)]


def _placed(points: Iterable[Point], half: str) -> list[Point]:
    return [Point(point.x * SIDES[half], point.y, point.is_corner) for point in points]


@dataclass(frozen=True)
class _Reader:
    """Turns one view's data into its drawing."""

    data: Mapping[str, Any]
    edges: dict[str, list[Point]] = field(default_factory=dict)

    def view(self, shared: Mapping[str, str]) -> MapView:
        for name, text in {**shared, **self.data.get("edges", {})}.items():
            self.edges[name] = parse(text, self.edges)
        return MapView(
            name=self.data["view"],
            outline=self.outline(self.data["outline"]),
            clip=self.clip(self.data["outline"]),
            under=tuple(self.lines(self.data.get("under", []))),
            regions=tuple(self.checked_region(entry) for entry in self.data["muscles"]),
            over=tuple(self.lines(self.data.get("over", []))),
        )

    def outline(self, text: str) -> str:
        """The half outline and its mirror image as one closed path."""
        half = parse(text, self.edges)
        return curve(_placed(half, "right") + _placed(half, "left")[-2:0:-1], is_closed=True)

    def clip(self, text: str) -> str:
        """A polygon of whole units, a little over the midline, so that the halves leave no gap."""
        half = parse(text, self.edges)
        corners = [(-OVERLAP, half[0].y), *(point[:2] for point in half), (-OVERLAP, half[-1].y)]
        polygon = [Point(x, y, is_corner=True) for x, y in corners]
        return curve(polygon, is_closed=True, digits=0)

    def lines(self, entries: Iterable[Mapping[str, Any]]) -> Iterator[Line]:
        for entry in entries:
            halves = _halves(entry)
            open_, closed = entry.get("lines", ()), entry.get("areas", ())
            paths = [self.path(text, half, is_closed=False) for text in open_ for half in halves]
            paths += [self.path(text, half, is_closed=True) for text in closed for half in halves]
            yield Line(entry["kind"], "".join(paths))

    def path(self, text: str, half: str, *, is_closed: bool) -> str:
        points = _placed(parse(text, self.edges), half)
        # Backwards, so that mirrored areas that overlap at the midline wind alike and stay filled.
        return curve(points[::-1] if half == "left" else points, is_closed=is_closed)

    def checked_region(self, entry: Mapping[str, Any]) -> MapRegion:
        try:
            return self.region(entry)
        except KeyError as error:
            raise BadDrawing(f"{entry.get('slug')}: {error} is missing.") from error
        except BadDrawing as error:
            raise BadDrawing(f"{entry['slug']}: {error}") from error

    def region(self, entry: Mapping[str, Any]) -> MapRegion:
        shapes, fibres, tendons = [], [], []
        for shape in entry["shapes"]:
            for half in _halves(shape):
                shapes.append(self.path(shape["points"], half, is_closed=True))
                fibres += [self.fibres(text, half) for text in shape.get("fibres", ())]
                tendons += [
                    self.path(text, half, is_closed=True) for text in shape.get("tendons", ())
                ]
        return MapRegion(
            slug=entry["slug"],
            name=entry["name"],
            shape="".join(shapes),
            fibres="".join(fibres),
            tendons="".join(tendons),
            label=self.label(entry),
            is_left={half for shape in entry["shapes"] for half in _halves(shape)} == {"left"},
        )

    def fibres(self, text: str, half: str) -> str:
        return "".join(stroke(_placed(points, half)) for points in fan(text, self.edges))

    def label(self, entry: Mapping[str, Any]) -> Label:
        label = entry["label"]
        side, lines = label["side"], tuple(label["lines"])
        return Label.at(
            label["y"],
            side=side,
            x=SIDES[side] * label.get("x", LABEL_X),
            lines=lines,
            points_to=_placed(parse(label["to"], self.edges), side)[0],
        )


def _halves(entry: Mapping[str, Any]) -> Sequence[str]:
    half = entry["half"]
    if half != "both" and half not in SIDES:
        raise BadDrawing(f"A half is left, right or both, not {half}.")
    return tuple(SIDES) if half == "both" else (half,)


def _read_file(name: str) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, loader)  # noqa: S506  (a safe loader)
    return data


def read_view(data: Mapping[str, Any], shared: Mapping[str, str]) -> MapView:
    """A view from the data of its file and the edges that both views share.

    Raises ``BadDrawing`` with the muscle it is about.
    """
    slugs = [entry.get("slug") for entry in data["muscles"]]
    if twice := {slug for slug in slugs if slugs.count(slug) > 1}:
        raise BadDrawing(f"Drawn twice on the {data['view']}: {', '.join(sorted(twice))}.")
    return _Reader(data).view(shared)


@lru_cache(maxsize=1)
def views() -> Mapping[str, MapView]:
    """Both views by name, the back first. Reads the files once."""
    shared = _read_file("body")["edges"]
    return {name: read_view(_read_file(name), shared) for name in VIEWS}


@lru_cache(maxsize=1)
def groups() -> Mapping[str, Sequence[str]]:
    """The drawn parts of each group that is not drawn itself."""
    data: dict[str, list[str]] = _read_file("body")["groups"]
    return data


@lru_cache(maxsize=1)
def names() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The lines of the labels by language and slug; what is not there is as in English."""
    data: dict[str, dict[str, list[str]]] = _read_file("names")
    return data


def label_lines(region: MapRegion, language: str) -> Sequence[str]:
    """The label of a muscle in the language, in its lines."""
    return names().get(language, {}).get(region.slug, region.label.lines)


def name_in(region: MapRegion, language: str) -> str:
    """The name of a muscle as its label has it in the language, on one line."""
    lines = names().get(language, {}).get(region.slug)
    return " ".join(lines).replace("- ", "") if lines else region.name


def sprite(view: MapView) -> str:
    """An SVG with each path of a view under an id, without any style.

    A line's id is the view, its layer and its place there, a muscle's the view and the slug; its
    fibres and tendons have them too.
    """
    return "\n".join(
        [
            '<svg xmlns="http://www.w3.org/2000/svg"><defs>',
            *(f'<path id="{name}" d="{data}"/>' for name, data in _ids(view)),
            "</defs></svg>\n",
        ]
    )


def _ids(view: MapView) -> Iterator[tuple[str, str]]:
    yield view.name, view.outline
    for layer, lines in (("under", view.under), ("over", view.over)):
        for number, line in enumerate(lines):
            yield f"{view.name}-{layer}-{number}", line.d
    for region in view.regions:
        name = f"{view.name}-{region.slug}"
        yield name, region.shape
        yield f"{name}-fibres", region.fibres
        if region.tendons:
            yield f"{name}-tendons", region.tendons
