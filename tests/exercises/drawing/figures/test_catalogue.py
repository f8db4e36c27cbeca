"""The figures that ship. Each test collects all offenders, so that a failure names them."""

from functools import cache
from itertools import combinations

import pytest
import yaml
from django.conf import settings

from exercises.drawing.figures import muscles, poses
from exercises.drawing.figures.drawing import SIZE, STILL_SIZE, draw, still
from exercises.drawing.figures.equipment import KINDS
from tests.exercises.drawing.figures.inspect_figures import (
    Built,
    across,
    complaints,
    crossed_faces,
    drift,
    hidden_ends,
    hidden_heads,
    joints,
    points_of,
    seats_missed,
    shown,
    slope,
    travel,
    unlike,
)

pytestmark = pytest.mark.whole

FOLDER = settings.BASE_DIR / "fixtures" / "exercises"
# What has to be in the picture of an exercise with this equipment: one of these kinds.
DRAWN_AS = {
    "ab-crunch-machine": {"stack"},
    "ab-wheel": {"wheel"},
    "air-bike": {"plate"},
    "battle-ropes": {"battle-rope"},
    "elliptical-trainer": {"box"},
    "medicine-ball": {"ball"},
    "ski-ergometer": {"cable"},
    "skipping-rope": {"skipping-rope"},
    "stair-climber": {"box"},
    "stationary-bike": {"plate"},
    "swimming-pool": {"water"},
    "treadmill": {"box"},
    "weight-sled": {"box"},
    "adjustable-bench": {"bench", "pad"},
    "assisted-pull-up-machine": {"stack"},
    "back-extension-bench": {"pad"},
    "barbell": {"barbell"},
    "bicycle": {"hoop"},
    "cable-machine": {"stack"},
    "biceps-curl-machine": {"stack"},
    "calf-raise-machine": {"pad"},
    "chest-press-machine": {"stack"},
    "dip-bars": {"dip-bars"},
    "dip-machine": {"stack"},
    "dumbbell": {"dumbbell", "dumbbells"},
    "exercise-mat": {"mat"},
    "ez-bar": {"ez-bar"},
    "flat-bench": {"bench", "cross-bench", "pad"},
    "gym-ball": {"ball"},
    "hack-squat-machine": {"pad"},
    "hip-machine": {"pad"},
    "kettlebell": {"kettlebell"},
    "landmine": {"rod"},
    "lat-bar": {"bar-handle"},
    "lat-pulldown-machine": {"stack"},
    "lateral-raise-machine": {"stack"},
    "leg-curl-machine": {"roller"},
    "leg-extension-machine": {"roller"},
    "leg-press-machine": {"plate"},
    "neck-harness": {"band"},
    "pec-deck": {"stack"},
    "plyo-box": {"box"},
    "power-rack": {"uprights", "barbell"},  # once out of the rack, only the bar matters
    "preacher-bench": {"pad"},
    "pull-up-bar": {"high-bar"},
    "resistance-band": {"band"},
    "reverse-hyper-machine": {"roller"},
    "rings": {"straps"},
    "rope-attachment": {"rope"},
    "row-machine": {"stack"},
    "rowing-ergometer": {"bar-handle"},
    "shoulder-press-machine": {"stack"},
    "single-handle": {"handle", "tube"},
    "smith-machine": {"tube"},
    "straight-bar-attachment": {"bar-handle"},
    "suspension-trainer": {"straps"},
    "t-bar-row-machine": {"rod"},
    "trap-bar": {"trap-bar"},
    "v-handle": {"v-handle"},
    "weight-belt": {"plate"},
    "weight-plate": {"plate"},
}
# What may be in the picture only where the exercise says that it is used.
SMITH = "smith-machine"
BARS = {"barbell", "power-rack", SMITH}
ONLY_WITH = {
    "barbell": BARS,
    "dumbbell": {"dumbbell"},
    "dumbbells": {"dumbbell"},
    "ez-bar": {"ez-bar"},
    "kettlebell": {"kettlebell"},
    "trap-bar": {"trap-bar"},
    "band": {"resistance-band", "neck-harness"},
    "rope": {"rope-attachment"},
    "ball": {"gym-ball", "medicine-ball"},
    "wheel": {"ab-wheel"},
}

PLAIN = 26  # square centimetres of the body, as the camera sees them
PARTLY = 6
# What lies on the side away from the camera, while another main muscle shows.
TURNED_AWAY = {("side-plank", "quadratus-lumborum")}
LEAST_TRAVEL = 5.5  # centimetres
ALIKE = 4.0  # centimetres between joints on paper, on average
STEEP = 22  # degrees by which what is level may slope on paper
AT_THE_HEAD = ("neck-extension", "cable-crunch")  # what is worn there, or held beside the ears
FORESHORTENED = 0.55  # of its way in space: what has to be left on paper


@cache
def exercises():
    """Equipment and roles of each published exercise."""
    found = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        first, *rows = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        if first["fields"]["status"] != "published":
            continue
        targets = [row["fields"] for row in rows if row["model"] == "exercises.target"]
        roles = {row["muscle"][0]: row["role"] for row in targets if row["role"] != "stabiliser"}
        equipment = {slug for [slug] in first["fields"]["equipment"]}
        found[first["fields"]["slug"]] = (equipment, roles)
    return found


@cache
def built():
    return {slug: Built(poses.figure(slug)) for slug in poses.slugs()}


@cache
def drawings():
    return {slug: draw(poses.figure(slug), roles) for slug, (_, roles) in exercises().items()}


@cache
def stills():
    return {slug: still(poses.figure(slug), roles) for slug, (_, roles) in exercises().items()}


def kinds(slug):
    figure = poses.figure(slug)
    return {item["kind"] for place in poses.POSITIONS for item in figure.items_at(place)}


def test_every_exercise_has_a_figure_and_every_figure_its_exercise():
    assert set(poses.slugs()) == set(exercises())


def test_bodies_hold_together_hold_on_and_stand():
    """Bones keep their length, hands meet their handles, and something carries the weight."""
    assert [said for figure in built().values() for said in complaints(figure)] == []


def test_seats_are_sat_on():
    assert [said for figure in built().values() for said in seats_missed(figure)] == []


def test_nothing_leaves_the_frame():
    """A close-up is cut off at its edges."""
    assert [
        slug
        for slug, drawing in drawings().items()
        for position in drawing
        if not poses.figure(slug).zoom
        if not all(0 <= x <= SIZE and 0 <= y <= SIZE for x, y in points_of(position.svg))
    ] == []


def test_positions_differ():
    """The shortest way of all is that of the toes in a tibialis raise."""
    assert {
        slug: way for slug, figure in built().items() if (way := travel(figure)) < LEAST_TRAVEL
    } == {}


def test_movements_cross_the_picture():
    """What moves most is not seen moving towards the eye."""
    assert {
        slug: round(share, 2)
        for slug, figure in built().items()
        if (share := across(figure)) < FORESHORTENED
    } == {}


def test_no_two_figures_with_the_same_equipment_look_alike():
    assert alike({slug: (kinds(slug), poses.POSITIONS) for slug in built()}) == []


def test_no_two_small_pictures_with_the_same_equipment_look_alike():
    seen = {slug: poses.figure(slug) for slug in built()}
    shown_at = {
        slug: ({item["kind"] for item in figure.items_at(figure.still)}, (figure.still,))
        for slug, figure in seen.items()
    }

    assert alike(shown_at) == []


def alike(shown_at):
    """Pairs with the same things in the picture whose joints are in nearly the same places."""
    seen = {slug: joints(built()[slug], *positions) for slug, (_, positions) in shown_at.items()}
    return [
        (one, other)
        for one, other in combinations(seen, 2)
        if shown_at[one][0] == shown_at[other][0] and unlike(seen[one], seen[other]) < ALIKE
    ]


def test_bars_on_rails_go_straight():
    on_rails = [slug for slug, (equipment, _) in exercises().items() if SMITH in equipment]

    assert {slug: far for slug in on_rails if (far := drift(built()[slug])) > 1} == {}


def test_level_benches_look_level():
    assert {
        slug: round(steep)
        for slug in built()
        if has_level(slug) and (steep := slope(poses.figure(slug))) > STEEP
    } == {}


def has_level(slug):
    items = poses.figure(slug).items
    return any(item["kind"] in ("bench", "mat") and "back" not in item for item in items)


def test_heads_show():
    assert [said for figure in built().values() for said in hidden_heads(figure, at_most=0.2)] == []


def test_no_cable_or_bar_crosses_a_face():
    lines = [said for figure in built().values() for said in crossed_faces(figure)]

    assert [said for said in lines if not said.startswith(AT_THE_HEAD)] == []


def test_near_hands_and_feet_show():
    assert [said for figure in built().values() for said in hidden_ends(figure)] == []


def test_what_is_used_is_drawn():
    assert [
        f"{slug}: {thing}"
        for slug, (equipment, _) in exercises().items()
        for thing in equipment - {"bodyweight"}
        if not DRAWN_AS[thing] & kinds(slug)
    ] == []


def test_what_is_drawn_is_used():
    assert [
        f"{slug}: {kind}"
        for slug, (equipment, _) in exercises().items()
        for kind in kinds(slug)
        if not ONLY_WITH.get(kind, equipment or {""}) & (equipment or {""})
    ] == []


def test_every_kind_of_equipment_is_in_some_figure():
    assert set(KINDS) - {kind for slug in poses.slugs() for kind in kinds(slug)} == set()


def test_every_muscle_that_works_can_be_coloured():
    worked = {muscle for _, roles in exercises().values() for muscle in roles}

    assert worked - set(muscles.SHAPES) == set()


def test_main_work_shows():
    """Of each exercise one main muscle is plain to see, and of the others at least a part."""
    seen = {
        slug: {muscle: shown(poses.figure(slug), muscle) for muscle in main(roles)}
        for slug, (_, roles) in exercises().items()
    }

    assert {slug: areas for slug, areas in seen.items() if max(areas.values()) < PLAIN} == {}
    assert {
        (slug, muscle)
        for slug, areas in seen.items()
        for muscle, area in areas.items()
        if area < PARTLY
    } == TURNED_AWAY


def main(roles):
    return [muscle for muscle, role in roles.items() if role == "primary"]


def test_stills_are_light_and_fill_their_box():
    assert sum(map(len, stills().values())) / len(stills()) < 4_000
    assert all("." not in svg for svg in stills().values())
    assert [slug for slug, svg in stills().items() if not _fills(svg)] == []


def test_stills_keep_what_pulls():
    lost = []
    for slug, small in stills().items():
        whole = drawings()[slug][1].svg
        lost += [
            (slug, line)
            for line in ("fig-cable", "fig-band", "fig-rope")
            if line in whole and line not in small
        ]

    assert lost == []


def _fills(svg):
    """Frames may be cut off at the edge, but most of a still lies in its box, and fills it."""
    points = points_of(svg)
    inside = [(x, y) for x, y in points if 0 <= x <= STILL_SIZE and 0 <= y <= STILL_SIZE]
    longest = max(max(axis) - min(axis) for axis in zip(*inside, strict=True))
    return len(inside) > len(points) * 0.6 and longest > STILL_SIZE * 0.6


def test_every_machine_is_used():
    machines = {name.removeprefix("parts-") for name in poses.load() if name.startswith("parts-")}
    used = {item.get("machine") for slug in poses.slugs() for item in poses.figure(slug).items}

    assert machines - used == set()
