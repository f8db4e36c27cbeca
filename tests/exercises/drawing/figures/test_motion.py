"""The arrow between two positions."""

from dataclasses import replace
from math import dist

import pytest

from exercises.drawing.figures.drawing import draw, moment
from exercises.drawing.figures.motion import arrows
from exercises.drawing.figures.poses import POSITIONS, Figure, figure
from exercises.drawing.figures.space import Camera


def shafts(slug_or_figure):
    """The lines of a figure's arrows, on paper, from where they begin to where they point."""
    said = figure(slug_or_figure) if isinstance(slug_or_figure, str) else slug_or_figure
    start, end = (moment(said, position, {}) for position in POSITIONS)
    camera = Camera(said.yaw, said.pitch)
    both = (start.body, end.body), camera, (start.pieces, end.pieces)
    return [piece.outlines[0] for piece in arrows(*both, 1.0, said.arrows)[::2]]


def bulge(line):
    """How far a line's middle is from that between its ends, as a share of its length."""
    middle = line[len(line) // 2]
    half = (line[0][0] + line[-1][0]) / 2, (line[0][1] + line[-1][1]) / 2
    return dist(middle, half) / dist(line[0], line[-1])


def test_a_bar_goes_straight_and_a_forearm_round_its_elbow():
    [press], [curl] = shafts("overhead-press"), shafts("cable-curl")

    assert bulge(press) < 0.01
    assert bulge(curl) > 0.2
    assert press[-1][1] < press[0][1] - 40


def test_a_bar_that_straight_arms_lift_overhead_may_be_shown_going_straight():
    snatch = figure("snatch")
    [bar], [hand] = shafts(snatch), shafts(replace(snatch, arrows=("right_hand",)))

    assert bulge(bar) < 0.01
    assert bulge(hand) > 0.1


def test_what_goes_two_ways_gets_two_arrows():
    right, left = shafts("cable-fly")

    assert right[0][0] < right[-1][0] < left[-1][0] < left[0][0]


def test_feet_that_change_places_get_none():
    assert shafts("farmers-carry") == []


def test_a_figure_may_name_what_is_shown():
    legs = {"foot": [0, 11]}
    pose = {"legs": legs, "arms": {"upper": 0, "hand": "open"}}
    end = {"legs": legs, "nod": 40, "arms": {"upper": 90, "hand": "open"}}
    named = Figure("test", 24.0, 7.0, (), pose, end, ("Start", "End"), ("head",))
    [head], [hand] = shafts(named), shafts(replace(named, arrows=None))

    assert head[0][1] < hand[0][1] - 20


@pytest.mark.parametrize("slug", ["tibialis-raise", "barbell-shrug"])
def test_the_shortest_way_can_be_seen(slug):
    [line] = shafts(slug)

    assert dist(line[0], line[-1]) > 14


def test_stands_in_the_first_position_alone():
    start, end = draw(figure("barbell-curl"), {})

    assert start.svg.count("fig-arrow") == 2
    assert "fig-arrow" not in end.svg
