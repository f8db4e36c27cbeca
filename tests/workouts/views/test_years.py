"""A year in review, and the picture of it."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from exercises.models import Exercise
from tests.factories import MuscleFactory, TargetFactory, log
from tests.workouts.views.log_form import page, words
from workouts.own_exercises import make_own_exercise
from workouts.vocabulary import Unit
from workouts.weighings import record_body_weight

pytestmark = pytest.mark.usefixtures("catalogue")

YEAR = "/progress/years/2026/"
PICTURE = f"{YEAR}picture.png"


class TestYear:
    def test_says_what_it_came_to(self, alice, alices_client):
        log(alice, "2025-12-31 18:00\nBent-over barbell row: 60 kg x 8\nPlank: 60 s")
        log(alice, "2026-01-01 18:00\n> 65 min\nBent-over barbell row: 60 kg x 10, 10")
        log(alice, "2026-01-08 18:00\nBent-over barbell row: 70 kg x 1\nPull-up: 8, 8, 8")
        log(alice, "2026-11-22 18:00\nPlank: 90 s")

        shown = words(alices_client.get(YEAR))

        assert "2026 so far" in shown
        assert "Workouts 3 Weeks trained 3 of 47 Working sets 7 Volume 1,270 kg" in shown
        assert "Time of 1 workout 1 h 5 min Longest streak 2 weeks Records 3" in shown
        assert "Bent-over barbell row 3 sets in 2 workouts Pull-up 3 sets in 1 workout" in shown
        assert "New this year Pull-up 3 sets" in shown
        assert "Bent-over barbell row Best estimated one-rep max 76.0 kg → , now 80.0 kg" in shown
        assert "Bent-over barbell row Heaviest set 60 kg → , now 70 kg" in shown
        assert "Plank Longest time 60 s → , now 90 s" in shown

    def test_has_the_muscles_of_a_mean_week(self, alice, alices_client):
        back = MuscleFactory.create(slug="latissimus-dorsi", name="Lats")
        TargetFactory.create(exercise=Exercise.objects.get(name="Pull-up"), muscle=back)
        for day in ("2026-01-01", "2026-01-08", "2026-01-09"):
            log(alice, f"{day} 18:00\nPull-up: 8, 8, 8")

        response = alices_client.get(YEAR)

        review = response.context["review"]
        assert review.trained.levels == {"latissimus-dorsi": 1}
        assert "Lats 9" in words(response)
        assert "4½ sets" in page(response)  # nine in two weeks
        assert "Back to front no front sets yet" in words(response)

    def test_says_how_body_weight_went(self, alice, alices_client):
        log(alice, "2026-01-01 18:00\nPlank: 60 s")
        for day, weight in (
            (date(2025, 12, 30), 80),
            (date(2026, 1, 2), 81),
            (date(2026, 6, 1), 78),
        ):
            record_body_weight(athlete=alice.athlete, on=day, weight=Decimal(weight), unit=Unit.KG)

        assert "Body weight 80.5 kg → 78 kg" in words(alices_client.get(YEAR))

    @pytest.mark.parametrize(
        ("year", "title", "beside"),
        [
            (2026, "2026 so far", ["2025"]),
            (2025, "2025 in review", ["2024", "2026"]),
            (2024, "2024 in review", ["2025"]),
            (2023, "2023 in review", ["2024"]),
            (1, "1 in review", ["2024"]),
            (9999, "9999 in review", ["2026"]),
        ],
    )
    def test_leads_to_those_beside_it(self, alice, alices_client, year, title, beside):
        for day in ("2024-02-29", "2025-06-01", "2026-01-01"):
            log(alice, f"{day} 18:00\nPull-up: 8")

        response = alices_client.get(f"/progress/years/{year}/")

        assert title in words(response)
        review = response.context["review"]
        assert [str(each) for each in (review.earlier, review.later) if each] == beside

    @pytest.mark.parametrize(
        ("year", "says"),
        [(2026, "You logged nothing in 2026."), (2031, "2031 is still to come.")],
    )
    def test_without_workouts_says_so(self, alices_client, year, says):
        assert says in words(alices_client.get(f"/progress/years/{year}/"))

    @pytest.mark.parametrize("year", ["0", "10000", "99999999999", "x", "-1"])
    def test_that_no_calendar_has_is_not_found(self, alices_client, year):
        assert alices_client.get(f"/progress/years/{year}/").status_code == 404
        assert alices_client.get(f"/progress/years/{year}/picture.png").status_code == 404

    def test_has_nothing_of_others(self, charlie, alices_client):
        log(charlie, "2026-01-01 18:00 Of Charlie\nPull-up: 8")

        assert "You logged nothing in 2026." in words(alices_client.get(YEAR))


class TestPicture:
    def test_is_for_its_owner_alone(self, alice, alices_client):
        log(alice, "2026-01-01 18:00\nPull-up: 8, 8")

        response = alices_client.get(PICTURE)

        picture = Image.open(BytesIO(response.content))
        assert (picture.format, picture.size) == ("PNG", (1080, 1350))
        assert len(response.content) < 200_000
        assert "private" in response.headers["Cache-Control"]

    def test_is_without_a_name_unless_that_is_wanted(self, alice, alices_client):
        log(alice, "2026-01-01 18:00\nPull-up: 8, 8")

        without, with_name, again = (
            alices_client.get(f"{PICTURE}{query}").content for query in ("", "?name=yes", "?name=x")
        )

        assert without == again != with_name

    def test_has_the_days_of_the_year(self, alice, alices_client):
        empty = alices_client.get(PICTURE).content
        log(alice, "2026-01-01 18:00\nPull-up: 8, 8")

        assert alices_client.get(PICTURE).content != empty

    def test_holds_long_names(self, alice, alices_client):
        name = "One with a name that goes on as far as anybody may write it"
        make_own_exercise(owner=alice, name=name)
        log(alice, f"2026-01-01 18:00\n{name}: 20 kg x 8")

        assert alices_client.get(f"{PICTURE}?name=yes").status_code == 200
