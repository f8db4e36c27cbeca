import re
from io import BytesIO

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from PIL import Image

from backtrain.back import words
from exercises.drawing import cards
from tests.catalogue import FOLDER, names_in_files
from tests.factories import ExerciseFactory, MuscleFactory, TargetFactory
from tests.markup import on_one_line
from workouts.models import Routine
from workouts.routines.reading import read_routine
from workouts.routines.starters import starter_named
from workouts.vocabulary import Unit

pytestmark = pytest.mark.django_db

MARK = re.compile(r"\[\^([a-z0-9-]+)\]")
# Claims that the facts call weak or unproven
NEVER_SAID = ("prevent", "inevitabl", "guarantee", "posture", "injury-free", "correct")


def texts():
    said = words()
    return [each["text"] for part in ("muscles", "exercises", "evidence") for each in said[part]]


class TestWords:
    def test_cite_every_source_and_no_other(self):
        assert {key for text in texts() for key in MARK.findall(text)} == words()["sources"].keys()

    def test_call_sources_as_the_catalogue_does(self):
        rows = yaml.safe_load((settings.BASE_DIR / "fixtures/sources.yaml").read_text())
        kept = {row["fields"].pop("key"): row["fields"] for row in rows}
        shared = words()["sources"].keys() & kept.keys()

        assert len(shared) == 4
        assert {key: words()["sources"][key] for key in shared} == {
            key: kept[key] for key in shared
        }

    def test_promise_nothing(self):
        said = " ".join([words()["lead"], *texts()]).lower()

        assert [word for word in NEVER_SAID if word in said] == []

    def test_have_every_place_of_the_article_in_one_part(self):
        lasts = [part["last"] for part in words()["exercises"]]

        assert lasts == sorted(set(lasts))
        assert lasts[-1] == 24

    def test_send_to_two_sessions_of_these_exercises_and_one_press_each(self):
        starter = starter_named(words()["starter"])
        article = {
            row["fields"]["slug"]
            for path in FOLDER.glob("*.yaml")
            for row in yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
            if row["fields"].get("article_place")
        }
        done = [
            line.exercise.slug
            for each in starter.sessions
            for line in read_routine(each.text, index=names_in_files(), unit=Unit.KG).lines
            if line.exercise
        ]

        assert len(starter.sessions) == 2
        assert set(done) - article == {"push-up", "dumbbell-bench-press"}


class TestBack:
    def test_shows_muscles_and_exercises_in_the_order_of_the_article(self, client):
        traps = MuscleFactory(slug="trapezius", name="Trapezius")
        MuscleFactory(slug="infraspinatus", name="Infraspinatus")
        for place in (24, 2, 1, 5):
            exercise = ExerciseFactory(name=f"Number {place}", article_place=place)
            TargetFactory(exercise=exercise, muscle=traps)
        ExerciseFactory(name="In no article")

        page = client.get("/back/").context["page"]

        assert [muscle for muscle, _ in page.muscles] == [traps]
        assert page.muscles[0][0].exercise_count == 4
        named = [[each.name for each in part.exercises] for part in page.parts]
        assert named == [["Number 1", "Number 2"], ["Number 5"], [], [], [], ["Number 24"]]
        assert page.count == 4

    def test_shows_all_of_it(self, client):
        call_command("sync_catalog", verbosity=0)

        response = client.get("/back/")
        page = on_one_line(response.content.decode())

        assert len(response.context["page"].muscles) == 5
        assert set(response.context["page"].map.marked) >= {"rhomboids", "teres-major"}
        assert "The back you never see: 5 muscles, 24 exercises" in page
        assert page.count('class="tile"') == 24
        assert page.count('<svg class="still"') == 24
        assert MARK.search(page) is None
        assert '<ol class="tiles" start="5">' in page
        assert "Lat pulldown: 3 x 8-12, rest 90 s" in page
        assert '<meta property="og:image" content="http://testserver/back/card.png">' in page

    def test_leads_on_from_home(self, client):
        assert client.get("/").content.decode().count('href="/back/"') == 2

    def test_makes_its_sessions_routines_with_one_tap(self, client, alices_client, alice):
        visited, signed_in = (
            each.get("/back/").content.decode() for each in (client, alices_client)
        )
        [key] = re.findall(r'name="id" value="([^"]+)"', signed_in)
        ExerciseFactory(name="Push-up", slug="push-up")

        alices_client.post("/routines/starters/back-first/use/", {"id": key})

        assert "/routines/starters/back-first/use/" not in visited
        assert "Sign up to use this" in visited
        assert Routine.objects.filter(athlete=alice.athlete).count() == 2

    @pytest.mark.parametrize("count", [1, 24])
    def test_costs_four_queries(self, client, django_assert_num_queries, count):
        for place in range(1, count + 1):
            TargetFactory(exercise__article_place=place)

        with django_assert_num_queries(4):  # version, muscles, exercises, their main muscles
            client.get("/back/")

    def test_has_a_picture_for_where_it_is_shared(self, client):
        response = client.get("/back/card.png")

        assert response.headers["Content-Type"] == "image/png"
        assert Image.open(BytesIO(response.content)).size == (1200, 630)

    def test_is_counted_on_its_picture(self, client, monkeypatch):
        said = []
        monkeypatch.setattr(cards, "muscle_card", lambda words, *_: said.append(words) or b"")
        ExerciseFactory(article_place=1)
        ExerciseFactory(article_place=2, status="draft")

        client.get("/back/card.png")

        assert [words.kind for words in said] == ["5 muscles, 1 exercise"]
