import re
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from exercises.models import LoadType
from tests.workouts.text_format.test_round_trip import names
from workouts.forms.body_weight import BodyWeightForm, GoalForm
from workouts.forms.fields import CommaSeparatedField
from workouts.forms.log import WorkoutForm
from workouts.forms.own_exercises import LOAD_HELP
from workouts.forms.settings import SettingsForm, SignupForm
from workouts.text_format import parse, print_workout
from workouts.time_zones import time_zone_choices
from workouts.weighings import record_body_weight

TODAY = date(2026, 11, 22)


def log_form(**changes: str) -> WorkoutForm:
    return WorkoutForm({"id": str(uuid4()), "text": "Pull-up: 8", **changes})


class TestWorkoutForm:
    def test_needs_only_its_id(self):
        assert WorkoutForm({"id": str(uuid4())}).is_valid()
        assert set(WorkoutForm({}).errors) == {"id"}

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("id", "not a key"),
            ("id", "\x00"),
            ("revision", "0"),
            ("revision", "first"),
            ("revision", "9" * 5000),
            ("day", "2026-02-29"),
            ("day", "yesterday"),
            ("day", "\x00"),
            ("time", "25:00"),
            ("time", "\x00"),
            ("time_zone", "Europe/Atlantis"),
            ("time_zone", "../../etc/passwd"),
            ("time_zone", "\x00"),
            ("notes", "a\x00b"),
            ("notes", "x" * 5001),
            ("text", "a\x00b"),
            ("text", "x" * 20_001),
        ],
    )
    def test_refuses_what_nobody_means(self, field, value):
        form = log_form(**{field: value})

        assert set(form.errors) == {field}
        assert form[field].value() == value

    def test_keeps_white_space_as_typed(self):
        form = log_form(text="  Pull-up: 8\n\n", notes=" sore ")

        assert form.is_valid()
        assert form.cleaned_data["text"] == "  Pull-up: 8\n\n"
        assert form.cleaned_data["notes"] == " sore "

    @pytest.mark.parametrize(("field", "most"), [("text", 20_000), ("notes", 5_000)])
    def test_counts_a_line_end_once_as_browsers_do(self, field, most):
        """They send two characters for it, and count one for maxlength."""
        form = log_form(**{field: "8\r\n" * (most // 2)})

        assert form.is_valid()
        assert form.cleaned_data[field] == "8\n" * (most // 2)

    @pytest.mark.parametrize("zone", ["", "UTC", "Europe/London", "Japan", "Etc/GMT+5"])
    def test_takes_every_time_zone_there_is(self, zone):
        assert log_form(time_zone=zone).is_valid()


class TestTimeZoneChoices:
    def test_are_places_and_utc_in_order(self):
        names = [name for name, _ in time_zone_choices()]

        assert names == sorted(names)
        assert {"UTC", "Europe/London", "America/Argentina/Buenos_Aires"} < set(names)
        assert not {"Japan", "Etc/GMT+5"} & set(names)

    def test_are_shown_with_spaces(self):
        assert dict(time_zone_choices())["America/New_York"] == "America/New York"

    def test_are_read_from_the_disk_once(self, monkeypatch):
        log_form(time_zone="UTC").is_valid()
        monkeypatch.setattr("zoneinfo.available_timezones", lambda: pytest.fail("read again"))

        assert log_form(time_zone="Europe/London").is_valid()

    @pytest.mark.parametrize(
        ("chosen", "selected"),
        [
            ("America/New_York", ['<option value="America/New_York" selected>America/New York']),
            ("UTC", ['<option value="UTC" selected>UTC']),
            ("Japan", []),
            ('"><b>', []),
        ],
    )
    def test_are_a_list_with_the_chosen_one_selected(self, chosen, selected):
        html = str(log_form(time_zone=chosen)["time_zone"])

        assert re.match(r'<select [^>]*id="id_time_zone" name="time_zone">', html)
        assert re.findall(r"<option [^>]* selected>[^<]*", html) == selected
        assert html.count("<option") == len(time_zone_choices())
        assert "<b>" not in html


class TestSettingsForm:
    VALID = {"unit": "kg", "time_zone": "UTC", "week_start": "1"}

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("unit", "stone"),
            ("unit", ""),
            ("time_zone", ""),
            ("time_zone", "Europe/Atlantis"),
            ("week_start", "2"),
            ("balance_target", "9"),
            ("balance_target", "NaN"),
        ],
    )
    def test_refuses_what_cannot_be(self, alice, field, value):
        form = SettingsForm({**self.VALID, field: value}, instance=alice.athlete)

        assert set(form.errors) == {field}


class TestBodyWeightForm:
    VALID = {"weight": "80", "unit": "kg", "day": "2026-11-22"}

    def form(self, alice, **fields):
        return BodyWeightForm({**self.VALID, **fields}, athlete=alice.athlete, today=TODAY)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("weight", ""),
            ("weight", "19"),
            ("weight", "1501"),
            ("weight", "NaN"),
            ("weight", "80.1234"),
            ("weight", "heavy"),
            ("weight", "\x00"),
            ("weight", "9" * 50),
            ("unit", "stone"),
            ("unit", ""),
            ("day", ""),
            ("day", "2026-11-23"),
            ("day", "1899-12-31"),
            ("day", "yesterday"),
            ("day", "0000-00-00"),
        ],
    )
    def test_refuses_what_cannot_be(self, alice, field, value):
        assert set(self.form(alice, **{field: value}).errors) == {field}

    @pytest.mark.parametrize("typed", ["80.5", "80,5", " 80,50 "])
    def test_takes_a_point_and_a_comma(self, alice, typed):
        form = self.form(alice, weight=typed)

        assert form.is_valid()
        assert form.weighed == {"on": TODAY, "weight": Decimal("80.5"), "unit": "kg"}

    @pytest.mark.parametrize(
        ("weight", "said"),
        [
            ("176", "Is 176 kg right? On 25 November 2026 it was 80 kg."),
            ("300", "Is 300 kg right? On 25 November 2026 it was 80 kg."),
            ("96", ""),
        ],
    )
    def test_compares_with_the_first_after_where_none_is_before(self, alice, weight, said):
        record_body_weight(
            athlete=alice.athlete, on=date(2026, 11, 25), weight=Decimal(80), unit="kg"
        )

        form = self.form(alice, weight=weight)

        assert form.is_valid() == (not said)
        assert (form.question.text if form.question else "") == said

    def test_begins_with_today_and_the_athletes_unit(self, alice):
        alice.athlete.unit = "lb"

        form = BodyWeightForm(athlete=alice.athlete, today=TODAY)

        assert (form["day"].value(), form["unit"].value()) == (TODAY, "lb")


class TestGoalForm:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ({"goal_weight": "78,5", "goal_unit": "kg"}, (Decimal("78.5"), "kg")),
            ({"goal_weight": "170", "goal_unit": "lb"}, (170, "lb")),
            ({"goal_weight": "", "goal_unit": "lb"}, (None, "")),
            ({}, (None, "")),
        ],
    )
    def test_takes_a_weight_or_none(self, alice, typed, kept):
        form = GoalForm(typed, instance=alice.athlete)

        assert form.is_valid(), form.errors
        form.save()
        alice.athlete.refresh_from_db()
        assert (alice.athlete.goal_weight, alice.athlete.goal_unit) == kept

    @pytest.mark.parametrize("typed", ["19", "700", "heavy", "-80", "9" * 50])
    def test_refuses_what_nobody_weighs(self, alice, typed):
        form = GoalForm({"goal_weight": typed, "goal_unit": "kg"}, instance=alice.athlete)

        assert set(form.errors) == {"goal_weight"}


class TestSignUp:
    def test_keeps_the_time_zone(self, alice):
        form = SignupForm({"time_zone": "Asia/Tokyo"})
        assert form.is_valid()

        form.signup(None, alice)

        assert User.objects.get(pk=alice.pk).athlete.time_zone == "Asia/Tokyo"

    @pytest.mark.parametrize(("chosen", "unit"), [({"unit": "lb"}, "lb"), ({}, "kg")])
    def test_asks_for_the_unit(self, alice, chosen, unit):
        form = SignupForm({"time_zone": "America/Los_Angeles", **chosen})
        assert form.is_valid()

        form.signup(None, alice)

        assert User.objects.get(pk=alice.pk).athlete.unit == unit

    def test_makes_an_athlete_of_every_user_once(self, db):
        user = User.objects.create_user("zoe")
        user.first_name = "Zoe"

        user.save()

        assert user.athlete.unit == "kg"


class TestCommaSeparatedField:
    field = CommaSeparatedField()

    @pytest.mark.parametrize(
        ("typed", "names"),
        [
            ("", []),
            (" , ,", []),
            ("Oddie", ["Oddie"]),
            ("Oddie,  Odd  lift ,Other", ["Oddie", "Odd lift", "Other"]),
            ('"Lift, odd", Oddie', ["Lift, odd", "Oddie"]),
            ("Oddie\r\nOther", ["Oddie", "Other"]),
            ('6" box jump', ['6" box jump']),
        ],
    )
    def test_takes_names_apart(self, typed, names):
        assert self.field.to_python(typed) == names

    @given(st.lists(names, min_size=1, max_size=5))
    def test_reads_what_it_writes(self, given):
        assert self.field.to_python(self.field.prepare_value(given)) == given


class TestLoadHelp:
    def test_explains_every_load_type(self):
        assert set(LOAD_HELP) == set(LoadType)

    @pytest.mark.parametrize("load_type", LoadType)
    def test_gives_a_line_that_is_read_and_printed_the_same(self, load_type):
        _, example = LOAD_HELP[load_type]

        parsed = parse(example, find=lambda name: load_type, unit="lb")

        assert parsed.problems == ()
        assert print_workout(parsed.workout) == example
