"""The body map: two views of one body, drawn from points in ``fixtures/body_map/``.

A path is written as points ``x,y`` and becomes a smooth curve through them. ``x`` counts outward
from the midline and ``y`` down from the crown, in hundredths of a head, so both halves of a body
share their outline. A point that ends in ``!`` is a corner; ``@name`` takes in the points of a
named edge, ``~name`` the same backwards, which is how neighbours meet without a gap.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import dist, sqrt
from pathlib import Path
from typing import Any, NamedTuple

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "body_map"
VIEWS = ("back", "front")
SIDES = {"left": -1, "right": 1}
LEFT, TOP, WIDTH, HEIGHT = -280, -12, 560, 780
# A label's place beside the figure, the distance of its lines, and the height that a finger needs:
# 24 CSS pixels on a phone whose plate is 358 wide.
LABEL_X, LINE_HEIGHT, TARGET = 150, 18, 39
# How far an engraver's stroke stops short of either end of its neighbours.
TRIMS = ((0.0, 0.06), (0.1, 0.0), (0.03, 0.16), (0.14, 0.04), (0.0, 0.1))


class Point(NamedTuple):
    x: float
    y: float
    is_corner: bool = False


class BadDrawing(ValueError):
    """The drawing's data can't be drawn; says where and why."""


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


@dataclass(frozen=True, slots=True)
class Region:
    """One muscle on one view: its shapes in either half as one path, then what is drawn on them."""

    slug: str
    name: str
    shape: str
    fibres: str
    tendons: str
    label: Label


@dataclass(frozen=True, slots=True)
class View:
    """One view: what lies under the muscles, the muscles in reading order, what lies over them."""

    name: str
    outline: str
    under: tuple[Line, ...]
    regions: tuple[Region, ...]
    over: tuple[Line, ...]

    @property
    def leaders(self) -> str:
        return "".join(region.label.leader for region in self.regions)

    @property
    def tips(self) -> str:
        return "".join(region.label.tip for region in self.regions)


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
    region: Region
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class MarkedView:
    view: View
    regions: tuple[MarkedRegion, ...]


@dataclass(frozen=True, slots=True)
class BodyMap:
    """What ``templates/components/body_map.html`` draws."""

    views: tuple[MarkedView, ...]
    legend: tuple[Mark, ...]
    left: int = LEFT
    top: int = TOP
    width: int = WIDTH
    height: int = HEIGHT
    line_height: int = LINE_HEIGHT
    target: int = TARGET

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


def heat(level: int, text: str) -> Mark:
    """The mark of a level from 0 to ``HEAT_STEPS``; ``text`` says what it means ("12 sets")."""
    if not 0 <= level <= HEAT_STEPS:
        raise ValueError(f"Heat goes from 0 to {HEAT_STEPS}, not {level}.")
    return Mark(f"heat-{level}", text, HEAT_SIGNS[level])


def body_map(
    marks: Mapping[str, Mark] | None = None,
    *,
    only: Sequence[str] = VIEWS,
    legend: Sequence[Mark] = (),
) -> BodyMap:
    """The map with ``marks`` by slug; a group's mark goes to those parts that have none."""
    spread = _spread(marks or {})
    return BodyMap(
        views=tuple(_marked(views()[name], spread) for name in VIEWS if name in only),
        legend=tuple(legend),
    )


def views_showing(slugs: Iterable[str]) -> tuple[str, ...]:
    """The views on which one of these muscles or groups can be seen; both if none can."""
    wanted = set(_spread(dict.fromkeys(slugs, CURRENT)))
    shown = [name for name in VIEWS if any(r.slug in wanted for r in views()[name].regions)]
    return tuple(shown) or VIEWS


def _spread(marks: Mapping[str, Mark]) -> dict[str, Mark]:
    parts = {part: mark for slug, mark in marks.items() for part in groups().get(slug, ())}
    return {**parts, **marks}


def _marked(view: View, marks: Mapping[str, Mark]) -> MarkedView:
    regions = tuple(MarkedRegion(region, marks.get(region.slug)) for region in view.regions)
    return MarkedView(view, regions)


def parse(text: str, edges: Mapping[str, Sequence[Point]]) -> list[Point]:
    """The points of a path, with the edges that it takes in."""
    points: list[Point] = []
    for token in text.split():
        for point in _read(token, edges):
            if points and points[-1][:2] == point[:2]:
                points[-1] = Point(point.x, point.y, points[-1].is_corner or point.is_corner)
            else:
                points.append(point)
    return points


def _read(token: str, edges: Mapping[str, Sequence[Point]]) -> list[Point]:
    if token[0] in "@~":
        if token[1:] not in edges:
            raise BadDrawing(f"There is no edge {token[1:]}.")
        edge = edges[token[1:]]
        return list(edge if token[0] == "@" else edge[::-1])
    x, _, y = token.removesuffix("!").partition(",")
    try:
        return [Point(float(x), float(y), is_corner=token.endswith("!"))]
    except ValueError as error:
        raise BadDrawing(f"{token} is not a point such as 12,140.") from error


def curve(points: Sequence[Point], *, is_closed: bool) -> str:
    """A smooth path through the points, in relative commands and tenths of a unit.

    The curve is a centripetal Catmull-Rom spline (Yuksel, Schaefer and Keyser 2011), which makes
    neither loops nor cusps between uneven points; it breaks at corners.
    """
    if is_closed and points[0][:2] == points[-1][:2]:
        points = points[:-1]
    count = len(points)
    last = count if is_closed else count - 1
    pen = _Pen(points[0])
    for i in range(last):
        start, end = points[i], points[(i + 1) % count]
        before = points[i - 1] if (i or is_closed) and not start.is_corner else None
        has_after = (is_closed or i + 2 < count) and not end.is_corner
        after = points[(i + 2) % count] if has_after else None
        pen.draw(before, start, end, after)
    return pen.text + ("z" if is_closed else "")


class _Pen:
    """Writes relative commands, and carries what rounding leaves over to the next one."""

    def __init__(self, start: Point) -> None:
        self.x, self.y = round(start.x, 1), round(start.y, 1)
        self.text = "M" + _numbers(self.x, self.y)
        self.command = "M"

    def draw(self, before: Point | None, start: Point, end: Point, after: Point | None) -> None:
        if before is None and after is None:
            self.write("l", [(end.x, end.y)])
            return
        one, two = _handle(before, start, end), _handle(after, end, start)
        self.write("c", [one, two, (end.x, end.y)])

    def write(self, command: str, places: Sequence[tuple[float, float]]) -> None:
        steps = [round(value, 1) for x, y in places for value in (x - self.x, y - self.y)]
        numbers = _numbers(*steps)
        joint = command if command != self.command else "" if numbers[0] == "-" else " "
        self.text += joint + numbers
        self.command = command
        self.x, self.y = round(self.x + steps[-2], 1), round(self.y + steps[-1], 1)


def _handle(other: Point | None, near: Point, far: Point) -> tuple[float, float]:
    """The control point that leaves ``near`` for ``far``, having come from ``other``."""
    ahead = dist(near[:2], far[:2])
    if other is None:
        return (near.x + (far.x - near.x) / 3, near.y + (far.y - near.y) / 3)
    back = dist(other[:2], near[:2])
    d1, d2 = sqrt(back), sqrt(ahead)
    share = 3 * d1 * (d1 + d2)

    def blend(behind: float, here: float, beyond: float) -> float:
        return (back * beyond - ahead * behind + (2 * back + 3 * d1 * d2 + ahead) * here) / share

    return blend(other.x, near.x, far.x), blend(other.y, near.y, far.y)


def _numbers(*values: float) -> str:
    """``values`` as SVG likes them: no needless zero, no needless space."""
    text = ""
    for value in values:
        number = f"{value:.1f}".removesuffix(".0")
        number = (
            "0" if number == "-0" else number.replace("0.", ".", 1) if abs(value) < 1 else number
        )
        text += number if not text or number[0] == "-" else f" {number}"
    return text


def fan(text: str, edges: Mapping[str, Sequence[Point]]) -> list[list[Point]]:
    """The strokes of ``points | points x 5``: five, spread from the first guide to the second.

    More guides, each after a bar, bend the fan. Strokes stop short by turns, as engraved ones do.
    """
    guides_text, _, count_text = text.rpartition(" x")
    guides = [parse(guide, edges) for guide in guides_text.split("|")]
    count = int(count_text)
    if len({len(guide) for guide in guides}) != 1:
        raise BadDrawing(f"The guides of the fibres {text} differ in length.")
    return [
        _trimmed(_between(guides, n / max(count - 1, 1)), *TRIMS[n % len(TRIMS)])
        for n in range(count)
    ]


def _between(guides: Sequence[Sequence[Point]], share: float) -> list[Point]:
    place = share * (len(guides) - 1)
    index = min(int(place), max(len(guides) - 2, 0))
    weight = place - index
    pairs = zip(guides[index], guides[min(index + 1, len(guides) - 1)], strict=True)
    return [Point(a.x + (b.x - a.x) * weight, a.y + (b.y - a.y) * weight) for a, b in pairs]


def _trimmed(stroke: list[Point], head: float, tail: float) -> list[Point]:
    first, second, before, last = stroke[0], stroke[1], stroke[-2], stroke[-1]
    head, tail = head * (len(stroke) - 1), tail * (len(stroke) - 1)
    start = Point(first.x + (second.x - first.x) * head, first.y + (second.y - first.y) * head)
    end = Point(last.x + (before.x - last.x) * tail, last.y + (before.y - last.y) * tail)
    return [start, *stroke[1:-1], end]


def _stroke(points: Sequence[Point]) -> str:
    """A fibre. One of three points is a parabola, which takes a third of a spline's room."""
    if len(points) != 3:
        return curve(points, is_closed=False)
    start, middle, end = points
    pen = _Pen(start)
    pull = [2 * middle[axis] - (start[axis] + end[axis]) / 2 for axis in (0, 1)]
    pen.write("q", [(pull[0], pull[1]), (end.x, end.y)])
    return pen.text


def _placed(points: Iterable[Point], half: str) -> list[Point]:
    return [Point(point.x * SIDES[half], point.y, point.is_corner) for point in points]


@dataclass(frozen=True)
class _Reader:
    """Turns one view's data into its drawing."""

    data: Mapping[str, Any]
    edges: dict[str, list[Point]] = field(default_factory=dict)

    def view(self, shared: Mapping[str, str]) -> View:
        for name, text in {**shared, **self.data.get("edges", {})}.items():
            self.edges[name] = parse(text, self.edges)
        return View(
            name=self.data["view"],
            outline=self.outline(self.data["outline"]),
            under=tuple(self.lines(self.data.get("under", []))),
            regions=tuple(self.checked_region(entry) for entry in self.data["muscles"]),
            over=tuple(self.lines(self.data.get("over", []))),
        )

    def outline(self, text: str) -> str:
        """The half outline and its mirror image as one closed path."""
        half = parse(text, self.edges)
        return curve(_placed(half, "right") + _placed(half, "left")[-2:0:-1], is_closed=True)

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

    def checked_region(self, entry: Mapping[str, Any]) -> Region:
        try:
            return self.region(entry)
        except KeyError as error:
            raise BadDrawing(f"{entry.get('slug')}: {error} is missing.") from error
        except BadDrawing as error:
            raise BadDrawing(f"{entry['slug']}: {error}") from error

    def region(self, entry: Mapping[str, Any]) -> Region:
        shapes, fibres, tendons = [], [], []
        for shape in entry["shapes"]:
            for half in _halves(shape):
                shapes.append(self.path(shape["points"], half, is_closed=True))
                fibres += [self.fibres(text, half) for text in shape.get("fibres", ())]
                tendons += [
                    self.path(text, half, is_closed=True) for text in shape.get("tendons", ())
                ]
        return Region(
            slug=entry["slug"],
            name=entry["name"],
            shape="".join(shapes),
            fibres="".join(fibres),
            tendons="".join(tendons),
            label=self.label(entry),
        )

    def fibres(self, text: str, half: str) -> str:
        strokes = fan(text, self.edges)
        return "".join(_stroke(_placed(stroke, half)) for stroke in strokes)

    def label(self, entry: Mapping[str, Any]) -> Label:
        label = entry["label"]
        side, lines, y = label["side"], tuple(label["lines"]), label["y"]
        x = SIDES[side] * label.get("x", LABEL_X)
        tip = _placed(parse(label["to"], self.edges), side)[0]
        start = Point(x - SIDES[side] * 4, y)
        return Label(
            side=side,
            x=x,
            y=y + 5 - (len(lines) - 1) * LINE_HEIGHT / 2,
            lines=lines,
            leader=curve([start, tip], is_closed=False),
            tip=f"M{_numbers(tip.x, tip.y)}h0",
            box=(LEFT if side == "left" else x - 6, y - TARGET / 2, WIDTH / 2 - abs(x) + 6),
        )


def _halves(entry: Mapping[str, Any]) -> Sequence[str]:
    half = entry["half"]
    if half != "both" and half not in SIDES:
        raise BadDrawing(f"A half is left, right or both, not {half}.")
    return tuple(SIDES) if half == "both" else (half,)


def _read_file(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


def read_view(data: Mapping[str, Any], shared: Mapping[str, str]) -> View:
    """A view from the data of its file and the edges that both views share.

    Raises ``BadDrawing`` with the muscle it is about.
    """
    slugs = [entry.get("slug") for entry in data["muscles"]]
    if twice := {slug for slug in slugs if slugs.count(slug) > 1}:
        raise BadDrawing(f"Drawn twice on the {data['view']}: {', '.join(sorted(twice))}.")
    return _Reader(data).view(shared)


@lru_cache(maxsize=1)
def views() -> Mapping[str, View]:
    """Both views by name, the back first. Reads the files once."""
    shared = _read_file("body")["edges"]
    return {name: read_view(_read_file(name), shared) for name in VIEWS}


@lru_cache(maxsize=1)
def groups() -> Mapping[str, Sequence[str]]:
    """The drawn parts of each group that is not drawn itself."""
    data: dict[str, list[str]] = _read_file("body")["groups"]
    return data
