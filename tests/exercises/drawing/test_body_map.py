"""The drawing as it ships, the rules that draw it, and how pages show it."""

import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.template.loader import render_to_string
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import ImageChops

from exercises.drawing.body_map import (
    CURRENT,
    HEAT_STEPS,
    HEIGHT,
    LEFT,
    ROLES,
    TOP,
    VIEWS,
    WIDTH,
    body_map,
    groups,
    heat,
    read_view,
    spaced,
    sprite,
    views,
    views_showing,
)
from exercises.drawing.curves import BadDrawing
from exercises.drawing.painting import paint

brotli = pytest.importorskip("brotli")

ROOT = Path(settings.BASE_DIR)
HEAVIEST_PAGE, HEAVIEST_SPRITE = 6_000, 12_000  # bytes, compressed
CLASSES = {"is-current", *(role.css for role in ROLES.values())} | {
    f"heat-{level}" for level in range(HEAT_STEPS + 1)
}


@cache
def muscles():
    """The fields of each muscle of the fixture by slug."""
    rows = yaml.safe_load((ROOT / "fixtures/muscles.yaml").read_text())
    return {row["fields"]["slug"]: row["fields"] for row in rows}


def drawn():
    """Slugs and the views they are on."""
    return {(region.slug, view.name) for view in views().values() for region in view.regions}


def entry(**fields):
    """A muscle as the file has it."""
    label = {"side": "left", "y": 10, "to": "5,5", "lines": ["Name"]}
    shapes = [{"half": "left", "points": "0,0 10,0 10,10"}]
    return {"slug": "a", "name": "A", "label": label, "shapes": shapes, **fields}


def plate(*entries):
    return {"view": "back", "outline": "0,0 9,9 0,20", "muscles": list(entries)}


class Tags(HTMLParser):
    """All start tags of a text with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def having(self, name):
        return [attributes[name] for _, attributes in self.found if name in attributes]


def html_of(drawing, *, name="map"):
    return render_to_string("components/body_map.html", {"map": drawing, "id": name})


class TestTheDrawing:
    def test_shows_every_muscle_that_training_counts(self):
        counted = {slug for slug, fields in muscles().items() if fields["is_volume_unit"]}

        assert counted - {slug for slug, _ in drawn()} == set()

    def test_shows_each_on_the_view_that_the_fixture_names(self):
        wanted = {
            (slug, view)
            for slug, fields in muscles().items()
            for view in VIEWS
            if fields["is_volume_unit"] and fields["view"] in (view, "both")
        }

        assert wanted - drawn() == set()

    def test_knows_no_muscle_that_the_fixture_does_not(self):
        assert {slug for slug, _ in drawn()} - set(muscles()) == set()

    def test_letters_the_names_of_the_fixture(self):
        wrong = [
            (region.name, region.label.lines)
            for view in views().values()
            for region in view.regions
            if region.name != muscles()[region.slug]["name"]
            or " ".join(region.label.lines).replace("- ", "") != region.name
        ]

        assert wrong == []

    def test_spreads_each_group_that_is_not_drawn(self):
        slugs = {slug for slug, _ in drawn()}

        assert set(groups()) == set(muscles()) - slugs
        for group, parts in groups().items():
            for part in parts:
                child, parent = sorted((group, part), key=lambda s: muscles()[s]["parent"] is None)
                assert muscles()[child]["parent"] == [parent]

    @pytest.mark.parametrize("name", VIEWS)
    def test_leaves_a_finger_room_between_labels(self, name):
        for side in ("left", "right"):
            tops = [r.label.box[1] for r in views()[name].regions if r.label.side == side]
            gaps = [b - a for a, b in pairwise(sorted(tops))]
            assert min(gaps) >= 39

    @pytest.mark.parametrize("name", VIEWS)
    def test_is_read_from_head_to_foot(self, name):
        tips = [r.label.tip for r in views()[name].regions]
        heights = [float(re.fullmatch(r"M-?[\d.]+[ ]?(-?[\d.]+)h0", tip)[1]) for tip in tips]

        assert max(a - b for a, b in pairwise(heights)) < 100
        assert heights.index(min(heights)) < 3
        assert heights.index(max(heights)) > len(heights) - 4


class TestReading:
    @pytest.mark.parametrize(
        ("entries", "what"),
        [
            ([entry(), entry()], "twice on the back: a"),
            ([entry(shapes=[{"half": "top", "points": "0,0 1,1"}])], "a: A half is left"),
            ([entry(shapes=[{"half": "left", "points": "0,0 @b"}])], "a: There is no edge b"),
            ([entry(shapes=[{"half": "left"}])], "a: 'points' is missing"),
            ([entry(label={"side": "left"})], "a: 'lines' is missing"),
        ],
    )
    def test_says_which_muscle_is_wrong(self, entries, what):
        with pytest.raises(BadDrawing, match=what):
            read_view(plate(*entries), {})

    def test_puts_the_halves_on_their_sides(self):
        both = entry(shapes=[{"half": "both", "points": "1,0! 9,0! 9,9!"}])

        [region] = read_view(plate(both), {}).regions

        assert region.shape == "M-9 9l0-9 8 0-8 9zM1 0l8 0 0 9-8-9z"


class TestMarks:
    def test_go_to_a_muscle_on_each_view(self):
        drawing = body_map({"obliques": CURRENT})

        marked = [(plate.view.name, r.mark) for plate in drawing.views for r in plate.regions]
        assert [name for name, mark in marked if mark] == ["back", "front"]
        assert list(drawing.marked) == ["obliques"]

    def test_of_a_group_go_to_its_parts(self):
        assert set(body_map({"deltoid": CURRENT}).marked) == {
            "front-deltoid",
            "lateral-deltoid",
            "rear-deltoid",
        }

    def test_of_a_part_win_over_its_groups(self):
        drawing = body_map({"rear-deltoid": heat(5, "20 sets"), "deltoid": heat(1, "4 sets")})

        assert drawing.marked["rear-deltoid"].mark.css == "heat-5"
        assert drawing.marked["front-deltoid"].mark.css == "heat-1"

    @pytest.mark.parametrize("level", [-1, HEAT_STEPS + 1])
    def test_know_no_other_heat(self, level):
        with pytest.raises(ValueError, match="Heat goes from 0"):
            heat(level, "many")

    @pytest.mark.parametrize(
        ("slugs", "shown"),
        [
            (["rhomboids"], ("back",)),
            (["biceps-brachii"], ("front",)),
            (["calves", "hip-flexors"], ("back", "front")),
            (["no-such-muscle"], VIEWS),
        ],
    )
    def test_choose_the_views_that_show_them(self, slugs, shown):
        assert views_showing(slugs) == shown


class TestLabels:
    @given(st.sets(st.sampled_from(sorted({slug for slug, _ in drawn()})), min_size=1))
    @example({slug for slug, _ in drawn()})
    def test_of_marked_muscles_leave_a_finger_room_on_the_narrowest_phone(self, slugs):
        """A plate of 560 units is 288 wide where the screen is 320."""
        drawing = body_map(dict.fromkeys(slugs, CURRENT))

        for plate in drawing.views:
            labels = [drawn.label for drawn in plate.regions if drawn.label]
            for side in ("left", "right"):
                tops = sorted(label.box[1] for label in labels if label.side == side)
                assert all(b - a >= drawing.target - 0.15 for a, b in pairwise(tops))
                assert all(drawing.top <= top for top in tops)
                assert all(top + drawing.target <= drawing.top + drawing.height for top in tops)
        assert (drawing.target - 0.15) * 288 / 560 >= 24

    @given(st.lists(st.floats(0, 700), max_size=20).map(sorted), st.integers(1, 60))
    def test_are_spaced_in_order_around_where_they_were(self, places, apart):
        moved = spaced(places, apart=apart, within=(-2000, 2000))

        assert all(b - a >= apart - 1e-6 for a, b in pairwise(moved))
        assert sum(moved) == pytest.approx(sum(places))

    def test_stand_where_they_did_when_their_muscles_have_other_marks(self):
        lats, biceps = "latissimus-dorsi", "biceps-brachii"
        few = body_map({lats: heat(1, "1 set"), biceps: heat(1, "1 set")})
        more = body_map({lats: heat(5, "30 sets"), biceps: heat(2, "6 sets")})
        other = body_map({lats: heat(5, "30 sets"), "teres-major": heat(1, "1 set")})

        def labels(drawn):
            regions = (each for view in drawn.views for each in view.regions)
            return {each.region.slug: each.label for each in regions if each.label}

        assert labels(few) == labels(more)
        assert few.marked[lats].mark.text == "1 set"
        assert more.marked[lats].mark.text == "30 sets"
        assert labels(other).keys() == {lats, "teres-major"}

    def test_stay_where_there_is_room(self):
        assert spaced([10, 60, 200], apart=50, within=(0, 300)) == [10, 60, 200]
        assert spaced([30, 40, 200], apart=50, within=(0, 300)) == [10, 60, 200]

    def test_stay_within_bounds(self):
        assert spaced([10, 20, 200], apart=50, within=(0, 300)) == [0, 50, 200]
        assert spaced([10, 290, 295], apart=50, within=(0, 300)) == [10, 250, 300]


class TestPage:
    def test_links_each_muscle_once_a_view(self):
        html = html_of(body_map())

        links = [href for href in Tags(html).having("href") if href.startswith("/muscles/")]
        per_view = [[f"/muscles/{r.slug}/" for r in view.regions] for view in views().values()]
        assert links == [link for view in per_view for link in view]
        assert all(len(set(view)) == len(view) for view in per_view)

    def test_names_each_muscle_and_its_mark(self):
        html = html_of(body_map({"rhomboids": ROLES["secondary"]}))

        assert "<title>Rhomboids: helps</title>" in html
        assert "<title>Levator scapulae</title>" in html
        assert "◐ Rhomboids" in html

    def test_leaves_what_is_not_marked_without_link_label_and_leader(self):
        drawing = body_map({"rhomboids": CURRENT, "obliques": CURRENT})
        tags = Tags(html_of(drawing))

        links = [href for href in tags.having("href") if href.startswith("/muscles/")]
        assert links == [
            *("/muscles/rhomboids/", "/muscles/obliques/", "/muscles/obliques/", "/muscles/")
        ]
        assert tags.having("class").count("body-map-label is-right") == 1
        quiet = [a for _, a in tags.found if a.get("class") == "body-map-rest"]
        assert len(quiet) == sum(len(view.regions) for view in views().values()) - 3
        assert {each["aria-hidden"] for each in quiet} == {"true"}
        assert [plate.tips.count("M") for plate in drawing.views] == [2, 1]

    def test_tells_heat_in_words(self):
        levels = [heat(level, f"{level} sets") for level in range(HEAT_STEPS + 1)]

        html = html_of(body_map({"obliques": levels[3]}, legend=levels))

        words = re.search(r"<details.*?</details>", html, re.DOTALL)[0]
        assert ">Obliques</a>: 3 sets" in words
        assert [f"{level} sets" in html for level in range(HEAT_STEPS + 1)] == [True] * 6

    def test_marks_by_class_alone(self):
        marks = [*ROLES.values(), CURRENT, *(heat(n, "sets") for n in range(HEAT_STEPS + 1))]
        slugs = [region.slug for region in views()["back"].regions]
        html = html_of(body_map(dict(zip(slugs, marks, strict=False)), only=["back"]))

        tags = Tags(html)
        classes = {name for value in tags.having("class") for name in value.split()}
        assert {c for c in classes if not c.startswith("body-map")} - CLASSES == {
            "is-left",
            "is-right",
            "is-marked",
        }
        assert classes >= CLASSES
        assert [name for name in ("style", "fill", "stroke") if tags.having(name)] == []

    def test_has_no_id_twice_when_it_is_there_twice(self):
        tags = Tags(html_of(body_map(), name="one") + html_of(body_map(), name="two"))

        ids = tags.having("id")
        assert ids
        assert len(ids) == len(set(ids))
        used = {link[1:] for link in tags.having("href") if link.startswith("#")}
        clips = {clip[5:-1] for clip in tags.having("clip-path")}
        assert used | clips <= set(ids)

    def test_is_drawn_by_one_template(self):
        drawing = [
            path.name
            for path in (ROOT / "templates").rglob("*.html")
            if "{% muscles " in path.read_text()
        ]

        assert drawing == ["body_map.html"]

    @pytest.mark.parametrize("quality", [5, 11])
    def test_weighs_little(self, quality):
        marks = {slug: ROLES["stabiliser"] for slug, _ in drawn()}
        html = html_of(body_map(marks, legend=tuple(ROLES.values())))

        assert len(brotli.compress(html.encode(), quality=quality)) < HEAVIEST_PAGE


class TestSprite:
    def test_has_each_path_that_pages_use_and_no_other(self):
        html = html_of(body_map()) + render_to_string("components/body_plate.html")

        for name, view in views().items():
            used = re.findall(rf'href="/static/img/body-map-{name}\.svg#([\w-]+)"', html)
            ids = Tags(sprite(view)).having("id")
            assert set(used) == set(ids)
            assert len(ids) == len(set(ids))

    def test_leaves_the_look_to_pages(self):
        sprites = (Tags(sprite(view)).found for view in views().values())
        attributes = {name for found in sprites for _, tag in found for name in tag}

        assert attributes == {"xmlns", "id", "d"}

    def test_weighs_little(self):
        for view in views().values():
            assert len(brotli.compress(sprite(view).encode())) < HEAVIEST_SPRITE

    @pytest.mark.parametrize("name", VIEWS)
    def test_is_clipped_along_the_outline(self, name):
        """What a page clips by ends within a unit of the line that is drawn over it."""
        view, box = views()[name], (LEFT, TOP, WIDTH, HEIGHT)
        mirrored = f'<path d="{view.clip}"/><path d="{view.clip}" transform="scale(-1 1)"/>'
        line = f'<path d="{view.outline}" fill="none" stroke="#000" stroke-width="2"/>'
        clip, body, edge = (
            paint(content, box, WIDTH).getchannel("A")
            for content in (mirrored, f'<path d="{view.outline}"/>', line)
        )

        strayed = ImageChops.subtract(ImageChops.difference(clip, body), edge)

        assert strayed.getextrema()[1] < 64


class TestColours:
    """Marks stand out from the paper and from what is not marked, in both themes."""

    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize("ground", ["paper", "flesh-faint"])
    def test_main_work_stands_out(self, theme, ground):
        assert contrast("trained", ground, theme) >= 3

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_dashes_stand_out(self, theme):
        assert contrast("madder", "flesh-faint", theme) >= 3

    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize("lettering", ["ink", "ink-soft", "madder", "blue"])
    def test_labels_can_be_read(self, theme, lettering):
        assert contrast(lettering, "paper", theme) >= 4.5

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_heat_rises_evenly_in_grey(self, theme):
        paper = luminance(colour("paper", theme))
        away = [abs(luminance(colour(f"heat-{n}", theme)) - paper) for n in range(HEAT_STEPS + 1)]

        assert away == sorted(away)
        assert contrast("heat-5", "heat-0", theme) >= 3

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_focus_stands_out(self, theme):
        assert contrast("blue", "flesh", theme) >= 3


@cache
def tokens():
    css = (ROOT / "static/css/tokens.css").read_text()
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", css)
    return {name: {"light": light, "dark": dark} for name, light, dark in pairs}


def colour(name, theme):
    return tokens()[name][theme]


def luminance(hexes):
    """The relative luminance of WCAG 2."""
    channels = [int(hexes[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other, theme):
    light, dark = sorted((luminance(colour(n, theme)) for n in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class TestBothHalves:
    def test_colours_what_lies_on_top_in_the_left_half_in_the_right_one_too(self):
        marks = {"latissimus-dorsi": heat(4, "12 sets"), "rhomboids": heat(1, "2 sets")}

        back, front = body_map(marks, both_halves=True).views

        assert [drawn.region.slug for drawn in back.mirrored] == ["latissimus-dorsi"]
        assert front.mirrored == ()

    def test_is_for_maps_of_what_was_trained(self):
        [back] = body_map({"latissimus-dorsi": CURRENT}, only=["back"]).views

        assert back.mirrored == ()
