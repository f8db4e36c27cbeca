"""A whole picture: the figure, what it uses and the floor, far things first, as SVG."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, pi, sin

from exercises.drawing.figures import limb_outlines, motion
from exercises.drawing.figures.equipment import build
from exercises.drawing.figures.mannequin import mannequin
from exercises.drawing.figures.poses import POSITIONS, Figure
from exercises.drawing.figures.scene import BEHIND, Bone, Prop, Scene, place_in
from exercises.drawing.figures.skeleton import SIDES, Skeleton, solve
from exercises.drawing.figures.space import Camera, Vec, between
from exercises.drawing.figures.svg import Piece, ViewBox, path
from exercises.drawing.figures.tints import SeenFigure

SIZE = 200  # the side of the view box
MARGIN = 5
WIDE = 0.66  # of its width: the height below which a drawing needs the width of a phone
LARGEST = 1.06  # units of the view box to a centimetre, so that no figure is a giant
STILL_SIZE = 88
FRAMES = {"fig-frame", "fig-block", "fig-cable", "fig-band", "fig-rope"}  # may leave a small box
STILL = FRAMES | {
    *("fig-skin", "fig-fill", "fig-fill fig-far", "fig-ink", "fig-hair"),
    *("fig-primary", "fig-primary fig-far", "fig-iron", "fig-iron fig-far", "fig-bar", "fig-pad"),
    *("fig-cloth", "fig-cloth fig-far", "fig-handle", "fig-grip", "fig-water", "fig-wave"),
}
GROUNDED = (  # places whose shade shows on the floor
    *("right_sole", "left_sole", "right_knee", "left_knee", "right_ball", "left_ball"),
    *("chest", "head", "right_shoulder", "left_shoulder"),
)
JOINED = {"fig-bar", "fig-ink", "fig-cable", "fig-grip", "fig-band", "fig-rope"}


@dataclass(frozen=True)
class Moment:
    """One position of a figure, built."""

    body: Skeleton
    props: list[Prop]
    pieces: list[Piece]


@dataclass(frozen=True)
class Position:
    """A position drawn: what to call it, its view box, and the insides of an SVG.

    The view box is 200 wide, and as high as both positions need.
    """

    label: str
    svg: str
    top: int = 0
    height: int = SIZE

    @property
    def box(self) -> str:
        return f"0 {self.top} {SIZE} {self.height}"

    @property
    def is_wide(self) -> bool:
        return self.height < SIZE * WIDE


def draw(figure: Figure, roles: Mapping[str, str]) -> tuple[Position, Position]:
    """Both positions on one view box, so that what stands still stays in place.

    The first has an arrow to the second. ``roles`` says primary or secondary of each muscle that
    works. Same in, same out.
    """
    camera = Camera(figure.yaw, figure.pitch)
    start, end = moments = tuple(moment(figure, position, roles) for position in POSITIONS)
    sheet = _sheet(figure, moments)
    bodies, pieces = (start.body, end.body), (start.pieces, end.pieces)
    way = motion.arrows(bodies, camera, pieces, sheet.scale, figure.arrows)
    if not figure.zoom:
        sheet = fit([*start.pieces, *way, *end.pieces])
    rows = _rows([*start.pieces, *way, *end.pieces], sheet)
    return (
        Position(figure.labels[0], _svg([*start.pieces, *way], sheet), *rows),
        Position(figure.labels[1], _svg(end.pieces, sheet), *rows),
    )


def _sheet(figure: Figure, moments: Sequence[Moment]) -> ViewBox:
    """All of both positions, or what a figure zooms in on."""
    if figure.zoom is None:
        return fit(piece for one in moments for piece in one.pieces)
    return _close_up(figure, moments, SIZE)


def _close_up(
    figure: Figure, moments: Sequence[Moment], size: int, *, coarse: bool = False
) -> ViewBox:
    """Round a place, or between where it is in each position."""
    at, wide = figure.zoom or ("chest", SIZE)
    camera = Camera(figure.yaw, figure.pitch)
    places = [camera.project(place_in(one.body.anchors(), at)) for one in moments]
    x, y = (sum(axis) / len(places) for axis in zip(*places, strict=True))
    return ViewBox(size / wide, x - wide / 2, y - wide / 2, coarse, wide)


def _rows(pieces: Sequence[Piece], sheet: ViewBox) -> tuple[int, int]:
    """The top and the height of what is on the sheet, with a little air."""
    ys = [y for piece in pieces for outline in piece.outlines for _, y in outline]
    top = max(0, floor((min(ys) - sheet.top) * sheet.scale) - MARGIN)
    bottom = min(SIZE, ceil((max(ys) - sheet.top) * sheet.scale) + MARGIN)
    return top, bottom - top


def still(figure: Figure, roles: Mapping[str, str]) -> str:
    """The position that tells most, on the view box ``0 0 88 88``: whole numbers, no detail.

    The figure and what it holds fill the box; tall frames and cables are cut off at its edge.
    """
    one = moment(figure, figure.still, roles, is_still=True)
    if figure.zoom:
        sheet = _close_up(figure, [one], STILL_SIZE, coarse=True)
        return _svg([piece for piece in one.pieces if piece.css in STILL], sheet)
    shown = [piece for piece in one.pieces if piece.css in STILL]
    held = [piece for piece in shown if piece.depth > BEHIND / 2 and piece.css not in FRAMES]
    sheet = fit(held, size=STILL_SIZE, largest=STILL_SIZE / 150, coarse=True)
    return _svg(shown, sheet)


def moment(
    figure: Figure, position: str, roles: Mapping[str, str], *, is_still: bool = False
) -> Moment:
    camera = Camera(figure.yaw, figure.pitch)
    body = solve(figure.pose(position))
    depths = limb_outlines.depths(body, camera)
    far = frozenset(limb_outlines.far(body, camera))
    scene = Scene(camera, body.anchors(), depths, _bones(body, depths), far)
    props = build(figure.items_at(position), scene)
    pieces = [_shadow(body, camera), *mannequin(SeenFigure(body, camera, roles, is_still))]
    pieces += [piece for prop in props for piece in prop.pieces]
    return Moment(body, props, sorted(pieces, key=lambda piece: piece.depth))


def _bones(body: Skeleton, depths: Mapping[str, float]) -> tuple[Bone, ...]:
    """What of the figure can hide a bar or a cable, and be hidden by it."""
    trunk, head = depths["trunk"], body.head
    bones = [
        Bone("trunk", body.pelvis.at, body.along(30).at, 15, trunk),
        Bone("trunk", body.along(30).at, body.along(50).at, 17, trunk),
        Bone("head", head.point(0, -4), head.point(0, 14), 9, trunk),
    ]
    for name in SIDES:
        arm, leg = body.arms[name], body.legs[name]
        near = depths[f"{name}_arm"]
        bones += [Bone("arm", arm.shoulder, arm.elbow, 5.5, near)]
        bones += [Bone("arm", arm.elbow, between(arm.elbow, arm.wrist, 0.85), 4, near)]
        near = depths[f"{name}_leg"]
        bones += [
            Bone("leg", leg.hip, leg.knee, 9, near),
            Bone("leg", leg.knee, leg.ankle, 6, near),
        ]
    return tuple(bones)


def _shadow(body: Skeleton, camera: Camera) -> Piece:
    """What grounds the figure: its shade on the floor, below what is low."""
    places = body.anchors()
    low = [places[name] for name in ("hips", *GROUNDED) if places[name].y < 75]
    low = low or [body.pelvis.at]
    left, right = min(p.x for p in low) - 12, max(p.x for p in low) + 14
    wide = max(abs(p.z) for p in low) + 14
    at, long = (left + right) / 2, (right - left) / 2
    turns = [2 * pi * step / 8 for step in range(8)]
    rim = tuple(camera.project(Vec(at + long * cos(t), 0, wide * sin(t))) for t in turns)
    return Piece("fig-shade", (rim,), BEHIND - 90)


def fit(
    pieces: Iterable[Piece], size: int = SIZE, largest: float = LARGEST, *, coarse: bool = False
) -> ViewBox:
    """The sheet on which all pieces have room, the picture in its middle."""
    points = [point for piece in pieces for outline in piece.outlines for point in outline]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    room = size * (1 - 2 * MARGIN / SIZE)
    scale = min(room / (right - left), room / (bottom - top), largest)
    half = size / 2 / scale
    return ViewBox(scale, (left + right) / 2 - half, (top + bottom) / 2 - half, coarse)


def _svg(pieces: Iterable[Piece], sheet: ViewBox) -> str:
    return "".join(path(piece, sheet) for piece in _joined(sheet.shown(pieces)))


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbouring lines of one kind as one piece."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last and piece.css in JOINED and _alike(last, piece):
            found[-1] = Piece(
                last.css, last.outlines + piece.outlines, last.depth, last.closed, last.straight
            )
        else:
            found.append(piece)
    return found


def _alike(one: Piece, other: Piece) -> bool:
    return (one.css, one.closed, one.straight) == (other.css, other.closed, other.straight)
