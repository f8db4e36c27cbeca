"""The picture beside a shared link."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from exercises.drawing import cards
from exercises.drawing.cards import WORDS, CardText
from exercises.drawing.painting import rules, tokens
from tests.factories import ExerciseFactory, MuscleFactory, TargetFactory


def picture(png):
    return Image.open(BytesIO(png)).convert("RGB")


def share_of(colour, png):
    """How much of the picture has a colour of the tokens."""
    image = picture(png)
    wanted = tuple(bytes.fromhex(tokens()[colour][1:]))
    counts = {value: count for count, value in image.getcolors(100_000)}
    return counts.get(wanted, 0) / (image.width * image.height)


def card(name, title="Latissimus dorsi"):
    return cards.muscle_card(CardText("Muscle", title, "m. latissimus dorsi"), name)


class TestMuscleCard:
    def test_is_of_the_size_that_networks_ask_for(self):
        png = card("latissimus-dorsi")

        assert picture(png).size == (1200, 630)
        assert len(png) < 100_000

    def test_has_the_muscle_in_madder_on_paper(self):
        assert 0.02 < share_of("trained", card("latissimus-dorsi")) < 0.1
        assert share_of("paper", card("latissimus-dorsi")) > 0.3

    def test_shows_all_parts_of_a_group(self):
        group, part = card("calves"), card("soleus")

        assert share_of("trained", group) > share_of("trained", part)

    def test_shows_the_side_from_which_more_of_it_is_seen(self):
        drawn = {slug: cards._view_of({slug}).name for slug in ("obliques", "triceps-brachii")}

        assert drawn == {"obliques": "front", "triceps-brachii": "back"}

    def test_of_a_muscle_that_is_not_drawn_has_its_words(self):
        assert picture(card("nosuch")).size == (1200, 630)

    def test_is_drawn_once(self):
        assert card("trapezius") is card("trapezius")


class TestExerciseCard:
    def draw(self, slug="pull-up", roles=(("latissimus-dorsi", "primary"),)):
        return cards.exercise_card(CardText("Pull", "Pull-up", "Latissimus dorsi"), slug, roles)

    def test_has_the_figure_with_the_muscles_at_work(self):
        assert picture(self.draw()).size == (1200, 630)
        assert share_of("figure-primary", self.draw()) > 0.001
        assert share_of("figure-primary", self.draw(roles=())) == 0

    def test_without_a_figure_has_the_body_map(self):
        with_map, without = self.draw("nosuch"), self.draw("nosuch", roles=())

        assert share_of("trained", with_map) > share_of("trained", without) + 0.01


class TestWords:
    @pytest.mark.parametrize(
        "title",
        ["Row", "Chest-supported incline dumbbell row", "W" * 80, "Pneumonoultramicroscopic " * 3],
    )
    def test_stay_left_of_the_plate_or_end_there(self, title):
        font, lines = cards._title(title)

        assert 1 <= len(lines) <= 3
        if " " in title or len(title) < 10:
            assert max(font.getlength(line) for line in lines) <= WORDS

    def test_none_is_no_reason_to_fail(self):
        assert cards.muscle_card(CardText("", "", ""), "latissimus-dorsi")


class TestStyles:
    def test_are_those_of_the_pages(self, monkeypatch):
        """A line that figure.css makes wider is wider on the card."""
        before = TestExerciseCard().draw(roles=())
        figure = rules("figure")
        ink = figure[".fig-ink"].replace("stroke-width: 0.75", "stroke-width: 3")
        assert ink != figure[".fig-ink"]
        monkeypatch.setitem(figure, ".fig-ink", ink)

        cards.exercise_card.cache_clear()
        after = TestExerciseCard().draw(roles=())
        cards.exercise_card.cache_clear()

        assert share_of("figure-ink", after) > 1.2 * share_of("figure-ink", before)

    def test_tell_marks_apart(self):
        styles = cards._map_styles()

        colours = tokens()
        for mark, fill in [("current", "trained"), ("primary", "trained"), ("secondary", "heat-2")]:
            [rule] = re.findall(rf"\.is-{mark} \.body-map-shape\{{([^}}]*)\}}", styles)
            assert f"fill: {colours[fill]};" in rule
            assert "var(" not in rule


@pytest.mark.django_db
class TestViews:
    def of(self, row):
        return f"{row.get_absolute_url()}card.png"

    def test_show_a_picture(self, client, pull_up):
        TargetFactory(exercise=pull_up, muscle=MuscleFactory(slug="latissimus-dorsi"))
        muscle = pull_up.targets.get().muscle

        for row in (pull_up, muscle):
            response = client.get(self.of(row))

            assert response.status_code == 200
            assert response.headers["Content-Type"] == "image/png"
            assert picture(response.content).size == (1200, 630)

    def test_differ_from_exercise_to_exercise(self, client, pull_up, row):
        assert client.get(self.of(pull_up)).content != client.get(self.of(row)).content

    def test_change_with_the_name(self, client, pull_up):
        before = client.get(self.of(pull_up))
        pull_up.name = "Overhand pull-up"
        pull_up.save()

        after = client.get(self.of(pull_up), headers={"If-None-Match": before.headers["ETag"]})

        assert after.status_code == 200
        assert after.content != before.content

    def test_are_sent_once_a_day(self, client, alices_client, pull_up):
        response = client.get(self.of(pull_up))
        seen = {"If-None-Match": response.headers["ETag"]}

        assert response.headers["Cache-Control"] == "public, max-age=86400"
        assert "Vary" not in response.headers
        assert alices_client.get(self.of(pull_up), headers=seen).status_code == 304

    def test_cost_few_queries(self, client, pull_up, django_assert_num_queries):
        with django_assert_num_queries(3):  # version, exercise, targets and muscles
            client.get(self.of(pull_up))

    @pytest.mark.parametrize("status", ["draft", "archived"])
    def test_show_nothing_that_is_not_published(self, client, eddies_client, status):
        exercise = ExerciseFactory(slug="pull-up", status=status)

        assert client.get(self.of(exercise)).status_code == 404
        assert eddies_client.get(self.of(exercise)).status_code == 404

    def test_show_no_own_exercise_even_to_its_owner(self, alices_client, alice):
        assert alices_client.get(self.of(ExerciseFactory(owner=alice))).status_code == 404

    def test_are_named_by_the_page_with_their_whole_address(self, client, pull_up):
        muscle = MuscleFactory(name="Lats", slug="latissimus-dorsi")

        for row in (pull_up, muscle):
            head = client.get(f"{row.get_absolute_url()}?from=here").content.decode()
            address = f"http://testserver{row.get_absolute_url()}"
            assert f'<meta property="og:title" content="{row.name}">' in head
            assert f'<meta property="og:url" content="{address}">' in head
            assert f'<meta property="og:image" content="{address}card.png">' in head
            assert '<meta name="twitter:card" content="summary_large_image">' in head
            assert 'property="og:description" content="' in head

    def test_are_not_named_by_the_page_of_an_own_exercise(self, alices_client, alice):
        own = ExerciseFactory(owner=alice)

        assert "og:image" not in alices_client.get(own.get_absolute_url()).content.decode()

    def test_are_not_named_by_a_preview(self, eddies_client):
        draft = ExerciseFactory(status="draft")
        address = reverse("admin:exercises_exercise_preview", args=[draft.pk])

        assert "og:image" not in eddies_client.get(address).content.decode()
