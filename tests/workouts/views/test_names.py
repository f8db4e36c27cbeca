from datetime import date

import pytest

from exercises.models import Exercise
from tests.factories import AliasFactory, log, log_each_day
from tests.workouts.views.log_form import page, words
from tests.workouts.views.test_query_counts import Asked, know_the_catalogue, selects
from workouts.own_exercises import make_own_exercise, names_of

pytestmark = pytest.mark.usefixtures("catalogue")


class TestNames:
    def test_are_options_with_what_was_done_last(self, alices_client, alice):
        log(alice, "Bent-over barbell row: 60 kg x 8, 8, 7 @8", on=date(2026, 11, 20))

        answer = alices_client.get("/workouts/names/", {"q": "bent"})

        assert words(answer) == "Bent-over barbell row 60 kg × 8, 8, 7 @8 · 20 Nov"
        assert page(answer).count('role="option"') == 1
        assert 'data-name="Bent-over barbell row"' in page(answer)
        assert 'data-sets="60 kg x 8, 8, 7 @8"' in page(answer)

    def test_say_which_other_name_was_typed(self, alices_client, catalogue):
        AliasFactory(exercise=catalogue["external"], name="<b> & jerk")

        assert words(alices_client.get("/workouts/names/?q=jerk")) == (
            "Bent-over barbell row <b> & jerk"
        )

    def test_are_the_readers_where_the_log_knows_them(self, alice, alices_client, catalogue):
        pull_up = catalogue["bodyweight"]
        Exercise.objects.filter(pk=pull_up.pk).update(translations={"de": {"name": "Klimmzug"}})
        german = {"Accept-Language": "de"}

        before = page(alices_client.get("/workouts/names/?q=pull-up", headers=german))
        AliasFactory(exercise=pull_up, name="Klimmzug")
        after = page(alices_client.get("/workouts/names/?q=klimm", headers=german))

        assert 'data-name="Pull-up"' in before
        assert 'data-name="Klimmzug"' in after
        assert names_of(alice).find("Klimmzug") == pull_up

    def test_are_english_where_the_athlete_calls_another_so(self, alice, alices_client, catalogue):
        pull_up = catalogue["bodyweight"]
        Exercise.objects.filter(pk=pull_up.pk).update(translations={"de": {"name": "Klimmzug"}})
        AliasFactory(exercise=pull_up, name="Klimmzug")
        make_own_exercise(owner=alice, name="Klimmzug")

        answer = alices_client.get("/workouts/names/?q=pull-up", headers={"Accept-Language": "de"})

        assert 'data-name="Pull-up"' in page(answer)

    def test_belong_to_whoever_asks(self, alices_client):
        assert alices_client.get("/workouts/names/?q=pull")["Cache-Control"] == "private, no-cache"

    @pytest.mark.parametrize("typed", ["\x00", "\ud800", "1" * 20_000, "%", "🏋️"])
    def test_take_whatever_is_typed(self, alices_client, typed):
        answer = alices_client.get(
            "/workouts/names/", {"q": typed.encode("utf-8", "surrogatepass")}
        )

        assert answer.status_code == 200

    def test_are_nothing_for_a_script_whose_session_is_over(self, client):
        answer = client.get("/workouts/names/?q=pull", headers={"HX-Request": "true"})

        assert answer.status_code == 204

    @pytest.mark.parametrize("days", [2, 200])
    def test_ask_six_things(self, alices_client, alice, days):
        log_each_day(alice, "Pull-up: 8", days=days, first=date(2026, 4, 1))
        know_the_catalogue()

        with Asked() as asked:
            alices_client.get("/workouts/names/?q=pull")

        assert asked.statements == selects(
            *("backtrain_session", "auth_user", "workouts_athlete"),
            *("exercises_exercise", "workouts_favourite", "workouts_loggedset"),
        )
