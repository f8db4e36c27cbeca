"""The overview of progress, against a slow count of all that was logged."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.models import Exercise
from exercises.vocabulary import LoadType, Role
from tests.factories import (
    EquipmentFactory,
    ExerciseFactory,
    MuscleFactory,
    TargetFactory,
    UserFactory,
    log,
)
from tests.markup import on_one_line
from tests.workouts.text_format.test_round_trip import fitting_sets
from workouts.favourites import set_favourite
from workouts.own_exercises import OwnExerciseFacts, create_own_exercise, make_own_exercise
from workouts.progress.overview import SPAN_WEEKS, overview
from workouts.reading import Draft, DraftEntry, local_to_utc
from workouts.reckoning.balance import BACK, FRONT, PAIRS, to_halves
from workouts.saving import delete_workout, log_workout, revise_workout
from workouts.text_format import EntryText
from workouts.vocabulary import SetKind

MONDAY = date(2026, 11, 16)
TODAY = MONDAY + timedelta(days=2)
MUSCLES = {
    "latissimus-dorsi": "back",
    "rhomboids": "back",
    "lower-trapezius": "back",
    "pectoralis-major-sternal": "chest",
    "infraspinatus": "shoulders",
    "biceps-brachii": "arms",
    "quadriceps": "legs",
}
TRAINED = {
    "Pull-up": ("vertical_pull", "bodyweight", ["latissimus-dorsi"], ["biceps-brachii"]),
    "Row": ("horizontal_pull", "external", ["rhomboids", "latissimus-dorsi"], []),
    "Press": ("horizontal_push", "external", ["pectoralis-major-sternal"], []),
    "Curl": ("elbow_flexion", "per_hand", ["biceps-brachii"], []),
    "Squat": ("squat", "external", ["quadriceps"], []),
    "Carry": ("carry", "weighted_duration", [], ["lower-trapezius"]),
    "Hold": ("spinal_extension", "duration", [], []),
}


@pytest.fixture
def trained(db) -> dict[str, Exercise]:
    """Exercises of each pattern and load type, and the muscles that they name."""
    return make_exercises()


def make_exercises() -> dict[str, Exercise]:
    muscles = {
        slug: MuscleFactory.create(slug=slug, region=region) for slug, region in MUSCLES.items()
    }
    made = {}
    for name, (pattern, load_type, main, helping) in TRAINED.items():
        exercise = ExerciseFactory.create(name=name, pattern=pattern, load_type=load_type)
        for slug in main:
            TargetFactory(exercise=exercise, muscle=muscles[slug])
        for slug in helping:
            TargetFactory(exercise=exercise, muscle=muscles[slug], role=Role.SECONDARY)
        made[name] = exercise
    return made


def seen(user, **options):
    shown = overview(user.athlete, today=TODAY, **options)
    assert shown
    return shown


def sets_of(shown):
    return {row.muscle.slug: row.sets for row in shown.muscles if row.sets}


class TestBalance:
    def test_is_of_four_complete_weeks(self, alice, trained):
        log(alice, "Pull-up: 8, 8, 8\nPress: 60 kg x 8, 8", on=MONDAY - timedelta(days=1))
        log(alice, "Row: 60 kg x 8", on=MONDAY - timedelta(weeks=4))
        log(alice, "Row: 60 kg x 8, 8, 8", on=MONDAY - timedelta(weeks=4, days=1))
        log(alice, "Press: 60 kg x 8, 8, 8, 8", on=MONDAY)

        sides = seen(alice).balance.front_and_back

        assert (sides.shown.label, sides.pull, sides.push) == ("4 weeks", "4", "2")
        assert sides.to_even == "2 more front sets would make it 1 to 1."
        assert [(each.label, each.told) for each in sides.trend] == [
            *(("4 weeks", "2 to 1"), ("12 weeks", "3.5 to 1"), ("52 weeks", "3.5 to 1"))
        ]

    def test_of_the_first_week_is_of_what_there_is(self, alice, trained):
        log(alice, "Press: 60 kg x 8, 8", on=TODAY)

        sides = seen(alice).balance.front_and_back

        assert (sides.shown.label, sides.shown.told) == ("this week", "no back sets yet")
        assert sides.to_even == "2 more back sets would make it 1 to 1."
        assert sides.trend == ()  # "no back sets yet" in 4, 12 and 52 weeks says nothing

    def test_aims_at_what_the_athlete_says(self, alice, trained):
        alice.athlete.balance_target = Decimal("1.5")
        log(alice, "Press: 60 kg x 8, 8\nRow: 60 kg x 8, 8", on=TODAY)

        sides = seen(alice).balance.front_and_back

        assert sides.to_even == "1 more back set would make it 1.5 to 1."
        assert sides.aim == 60

    def test_says_which_sets_are_behind_it(self, alice, trained):
        workout = log(alice, "Press: 60 kg x 8, 8\nCurl: 10 kg x 8", on=TODAY)

        _, front = seen(alice).balance.front_and_back.behind

        assert [(one.name, one.text) for one in front.exercises] == [("Press", "2 sets")]
        assert [(day.text, day.address) for day in front.days] == [
            ("Wed 18 Nov", f"/workouts/{workout.pk}/")
        ]

    def test_counts_openly_what_is_in_no_pair(self, alice, trained):
        log(alice, "Carry: 20 kg x 40 m, 40 m\nPress: 60 kg x 8", on=TODAY)

        balance = seen(alice).balance

        assert [(each.name, each.sets, each.has_movement) for each in balance.unpaired] == [
            ("Carry", 2, True)
        ]
        assert (balance.sets_opposing_nothing, balance.all_sets, balance.unsaid) == (2, 3, ())

    def test_takes_own_exercises_by_the_movement_that_was_said(self, alice, trained):
        for name, pattern, main in (
            ("Meadows row", "horizontal_pull", ["biceps-brachii"]),
            ("Odd curl", "", ["biceps-brachii"]),
            ("Odd lift", "", []),
        ):
            facts = OwnExerciseFacts(name, LoadType.EXTERNAL, pattern=pattern, primary=main)
            create_own_exercise(owner=alice, facts=facts)
        log(alice, "Meadows row: 40 kg x 8, 8\nOdd curl: 10 kg x 8\nOdd lift: 9 kg x 8", on=TODAY)

        balance = seen(alice).balance

        pairs = {pair.key: (pair.pull, pair.push) for pair in balance.pairs}
        assert (pairs["horizontal-push-pull"], pairs["elbow"]) == (("2", "0"), ("1", "0"))
        assert balance.by_muscles == 1
        assert [(each.name, each.sets) for each in balance.unsaid] == [("Odd lift", 1)]


class TestMuscles:
    def test_are_a_mean_of_complete_weeks(self, alice, trained):
        for weeks in (1, 2):
            log(alice, "Pull-up: 8, 8, 8", on=MONDAY - timedelta(weeks=weeks))
        log(alice, "Row: 60 kg x 8", on=TODAY)

        shown = seen(alice, span="4w")

        assert shown.weeks == 2  # there were no more
        assert sets_of(shown) == {"latissimus-dorsi": 3, "biceps-brachii": Decimal("1.5")}
        assert {row.days for row in shown.muscles if row.sets} == {1}

    def test_of_seven_days_are_what_was_done(self, alice, trained):
        log(alice, "Pull-up: 8, 8, 8", on=TODAY - timedelta(days=6))
        log(alice, "Pull-up: 8", on=TODAY - timedelta(days=7))
        log(alice, "Row: 60 kg x 8", on=TODAY)

        shown = seen(alice, span="7d")

        assert sets_of(shown)["latissimus-dorsi"] == 4
        assert shown.map.marked["latissimus-dorsi"].mark.text == "4 sets a week"

    def test_have_their_trend_and_last_day(self, alice, trained):
        log(alice, "Pull-up: 8", on=MONDAY - timedelta(weeks=8))
        log(alice, "Pull-up: 8, 8, 8, 8, 8", on=MONDAY - timedelta(weeks=1))

        rows = {row.muscle.slug: row for row in seen(alice).muscles}

        assert rows["latissimus-dorsi"].change == 1
        assert rows["latissimus-dorsi"].last[0] == MONDAY - timedelta(weeks=1)
        assert (rows["quadriceps"].change, rows["quadriceps"].last) == (0, None)

    def test_can_be_sorted(self, alice, trained):
        log(alice, "Squat: 60 kg x 8, 8, 8\nPull-up: 8", on=TODAY)

        shown = {
            sort: [row.muscle.slug for row in seen(alice, sort=sort).muscles]
            for sort in ("muscle", "sets", "last", "nonsense")
        }

        assert shown["muscle"] == list(MUSCLES)
        assert shown["sets"][0] == shown["nonsense"][0] == "quadriceps"
        assert shown["last"][-3:] == ["latissimus-dorsi", "biceps-brachii", "quadriceps"]

    def test_counts_openly_what_could_not_be_mapped(self, alice, trained):
        make_own_exercise(owner=alice, name="Odd row")
        log(alice, "Odd row: 8, 8\nPull-up: 8\nHold: 60 s", on=TODAY)

        shown = seen(alice)

        assert (shown.unmapped_sets, shown.sets) == (3, 4)
        assert {name for name, *_ in shown.unmapped} == {"Odd row", "Hold"}


class TestRoom:
    def test_is_where_there_are_few_sets_the_back_first(self, alice, trained):
        log(alice, "Press: 60 kg x 8, 8, 8, 8, 8", on=TODAY)

        shown = seen(alice)

        assert [gap.muscle.slug for gap in shown.gaps] == [
            *("latissimus-dorsi", "rhomboids", "biceps-brachii")
        ]
        assert [fill.exercise.name for fill in shown.fills] == ["Row", "Pull-up", "Curl"]

    def test_offers_what_the_athlete_can_do(self, alice, trained):
        trained["Row"].equipment.add(EquipmentFactory(slug="barbell"))
        alice.athlete.equipment.add(EquipmentFactory(slug="pull-up-bar"))
        ExerciseFactory(name="One-arm pull-up", level="advanced")
        log(alice, "Press: 60 kg x 8", on=TODAY)

        shown = seen(alice)

        assert [fill.exercise.name for fill in shown.fills] == ["Pull-up", "Curl"]
        assert shown.says_what_they_own

    def test_names_what_an_exercise_trains_and_not_what_it_holds_steady(self, alice, trained):
        lats = trained["Pull-up"].targets.get(role=Role.PRIMARY).muscle
        trained["Row"].targets.filter(muscle=lats).update(role=Role.STABILISER)
        log(alice, "Press: 60 kg x 8", on=TODAY)

        fills = {fill.exercise.name: fill.gaps for fill in seen(alice).fills}

        assert fills.pop("Curl") == ("Biceps brachii",)
        assert fills == {"Row": ("Rhomboids",), "Pull-up": ("Latissimus dorsi", "Biceps brachii")}

    def test_puts_favourites_first(self, alice, trained):
        other = ExerciseFactory(name="Another row", pattern="horizontal_pull")
        for target in trained["Row"].targets.all():
            TargetFactory(exercise=other, muscle=target.muscle)
        set_favourite(athlete=alice.athlete, exercise=trained["Row"], is_favourite=True)
        log(alice, "Press: 60 kg x 8", on=TODAY)

        assert seen(alice).fills[0].exercise.name == "Row"

    def test_reminds_of_the_small_muscles(self, alice, trained):
        TargetFactory(exercise=trained["Hold"], muscle__slug="teres-minor")
        log(alice, "Carry: 20 kg x 40 m", on=TODAY)

        small, rotators = seen(alice).reminders

        assert (small.name, small.sets, small.exercise) == ("Lower trapezius", "½", None)
        assert (rotators.name, rotators.sets) == ("External rotators", "0")
        assert rotators.exercise.name == "Hold"


def test_of_nothing_is_none(alice, trained):
    log(alice, "Pull-up: 8", on=TODAY - timedelta(weeks=60))

    assert overview(alice.athlete, today=TODAY) is None


@pytest.mark.parametrize("count", [1, 80])
def test_costs_five_queries(alice, trained, django_assert_num_queries, count):
    for days in range(count):
        log(alice, "Pull-up: 8\nSquat: 60 kg x 8", on=TODAY - timedelta(days=days))

    with django_assert_num_queries(5):
        seen(alice)


class Slow:
    """The same from the sets themselves, one after another, as obviously as can be."""

    def __init__(self, user):
        self.sets = []  # (day, exercise), one for each that counts
        for workout in user.athlete.workouts.filter(deleted_at=None):
            done = defaultdict(lambda: [0, 0, 0])
            for entry in workout.entries.all():
                for logged in entry.sets.exclude(kind=SetKind.WARMUP):
                    side = {"both": 0, "left": 1, "right": 2}[logged.side]
                    done[entry.exercise][side] += 1
            for exercise, (both, left, right) in done.items():
                self.sets += [(workout.day, exercise)] * (both + max(left, right))
        self.begin = TODAY
        while self.begin.isoweekday() != user.athlete.week_start:
            self.begin -= timedelta(days=1)

    def between(self, first, last):
        return [exercise for day, exercise in self.sets if first <= day <= last]

    def weeks(self, count):
        if not count:
            return self.between(self.begin, TODAY)
        return self.between(self.begin - timedelta(weeks=count), self.begin - timedelta(days=1))

    def begun(self):
        since = self.begin - timedelta(weeks=52)
        days = [day for day, _ in self.sets if since <= day <= TODAY]
        return sum(
            any(day < self.begin - timedelta(weeks=number) for day in days) for number in range(52)
        )

    @staticmethod
    def share(exercise, muscles):
        roles = {target.role for target in exercise.targets.all() if target.muscle.slug in muscles}
        return Decimal(1) if "primary" in roles else Decimal("0.5") if "secondary" in roles else 0

    def count(self, done, muscles):
        return sum((self.share(exercise, muscles) for exercise in done), Decimal(0))

    def pair(self, done, patterns):
        return Decimal(sum(exercise.pattern in patterns for exercise in done))


def draft(draw, exercises):
    zone = draw(st.sampled_from(["Pacific/Apia", "Europe/London", "America/St_Johns"]))
    # over both changes of the clocks, and some weeks
    day = TODAY - timedelta(days=draw(st.integers(-2, 40) | st.integers(220, 380)))
    started_at = local_to_utc(day, time(draw(st.integers(3, 23)), 30), zone)
    entries = tuple(
        DraftEntry(one, EntryText(one.name, draw(fitting_sets[one.load_type])))
        for one in draw(st.lists(st.sampled_from(exercises), min_size=1, max_size=4))
    )
    return Draft(started_at, day, zone, "", None, "", entries)


@pytest.mark.django_db
@settings(max_examples=10)
@given(data=st.data())
def test_whatever_is_logged_changed_and_deleted_the_slow_count_agrees(data):
    with transaction.atomic():
        user = UserFactory.create()
        user.athlete.week_start = data.draw(st.sampled_from([1, 6, 7]))
        user.athlete.save()
        train(user, data.draw)
        span = data.draw(st.sampled_from([*SPAN_WEEKS]))

        shown, slow = overview(user.athlete, today=TODAY, span=span), Slow(user)

        if shown:
            agree(shown, slow, span)
        else:
            assert not slow.between(slow.begin - timedelta(weeks=52), TODAY)
        transaction.set_rollback(True)


def train(user, draw):
    """Log workouts, move and change some, and delete others."""
    exercises = [*make_exercises().values(), make_own_exercise(owner=user, name="Odd row")]
    for _ in range(draw(st.integers(1, 6))):
        log_workout(athlete=user.athlete, key=uuid4(), draft=draft(draw, exercises))
    for workout in user.athlete.workouts.order_by("day", "started_at"):
        match draw(st.sampled_from(["keep", "revise", "delete"])):
            case "revise":
                revise_workout(
                    athlete=user.athlete,
                    key=workout.pk,
                    revision=workout.revision,
                    draft=draft(draw, exercises),
                )
            case "delete":
                at = datetime(2026, 12, 1, tzinfo=UTC)
                delete_workout(athlete=user.athlete, key=workout.pk, at=at)


def agree(shown, slow, span):
    sides, weeks = shown.balance.front_and_back, shown.balance.front_and_back.shown.weeks
    for period in (*sides.trend, sides.shown):
        done = slow.weeks(period.weeks)
        assert period.tally == (slow.count(done, BACK), slow.count(done, FRONT))
    for pair, opposed in zip(PAIRS, shown.balance.pairs, strict=True):
        done = slow.weeks(weeks)
        pull, push = pair.pull.patterns, pair.push.patterns
        assert opposed.shown.tally == (slow.pair(done, pull), slow.pair(done, push))
    for begin, tally in shown.balance.weekly:
        done = slow.between(begin, min(begin + timedelta(days=6), TODAY))
        assert tally == (slow.count(done, BACK), slow.count(done, FRONT))
    count = min(SPAN_WEEKS[span], slow.begun())
    assert shown.weeks == count
    done = slow.weeks(count) if count else slow.between(TODAY - timedelta(days=6), TODAY)
    assert shown.sets == len(done)
    assert shown.unmapped_sets == sum(not exercise.targets.exists() for exercise in done)
    for row in shown.muscles:
        sets = slow.count(done, {row.muscle.slug}) / (count or 1)
        assert row.sets == (max(to_halves(sets), Decimal("0.25")) if sets else 0)
        days = [day for day, exercise in slow.sets if slow.share(exercise, {row.muscle.slug})]
        within = [day for day in days if slow.begin - timedelta(weeks=52) <= day <= TODAY]
        assert (row.last and row.last[0]) == max(within, default=None)


class TestPage:
    @pytest.fixture(autouse=True)
    def today(self):
        with time_machine.travel(datetime(2026, 11, 18, 12, tzinfo=UTC), tick=False):
            yield

    def text(self, client, address="/progress/"):
        return on_one_line(client.get(address).content.decode())

    def test_shows_the_balance_and_every_muscle(self, alice, alices_client, trained):
        log(alice, "Press: 60 kg x 8, 8", on=TODAY)

        page = self.text(alices_client)

        assert "<strong>no back sets yet</strong>. 2 more back sets would make it 1 to 1." in page
        assert page.count('<th scope="row"><a href="/progress/muscles/') == len(MUSCLES)
        assert "Infinity" not in page

    def test_says_of_each_week_how_the_sides_stand(self, alice, trained):
        log(alice, "Press: 60 kg x 8, 8\nRow: 60 kg x 8", on=TODAY)
        log(alice, "Pull-up: 8, 8, 8", on=TODAY - timedelta(weeks=1))

        figure = seen(alice).balance.figure

        assert [point.label for point in figure.chart.points[-2:]] == [
            "Week of 9 Nov 2026: back 3, front 0",
            "This week so far: back 1, front 2",
        ]
        assert [point.is_open for point in figure.chart.points[-2:]] == [False, True]
        assert figure.table is not None
        assert figure.table.rows[0] == ("16 Nov 2026", ("1", "2"), "")

    def test_asks_for_the_movement_that_nobody_said(self, alice, alices_client, trained):
        make_own_exercise(owner=alice, name="Odd lift")
        log(alice, "Odd lift: 9 kg x 8", on=TODAY)

        page = self.text(alices_client)

        assert "In no pair, since nobody said how it moves:" in page
        assert '<a href="/progress/exercises/odd-lift/">Odd lift</a> (1).' in page

    def test_leads_on_to_weeks_and_the_year(self, alice, alices_client, trained):
        log(alice, "Press: 60 kg x 8, 8", on=TODAY.replace(year=2025, month=12))

        page = self.text(alices_client)

        assert '<a href="/workouts/#consistency">Weeks and streak</a>' in page
        assert '<a href="/progress/years/2025/">2025 in review</a>' in page

    def test_leads_from_what_would_fill_a_gap_to_a_log_and_a_routine(
        self, alice, alices_client, trained
    ):
        log(alice, "Press: 60 kg x 8, 8", on=TODAY)

        page = self.text(alices_client)

        slug = trained["Row"].slug
        assert f'href="/workouts/new/?exercise={slug}"' in page
        assert f'href="/routines/add/{slug}/"' in page

    def test_teaches_who_logged_nothing(self, alices_client):
        assert "It begins with one session" in self.text(alices_client)

    def test_keeps_the_span_where_the_table_is_sorted(self, alice, alices_client, trained):
        log(alice, "Press: 60 kg x 8, 8", on=TODAY)

        page = self.text(alices_client, "/progress/?span=7d&sort=last")

        assert 'href="?span=7d&amp;sort=sets#muscles"' in page
        assert 'aria-sort="ascending"' in page

    def test_is_drawn_anew_when_the_aim_changes(self, alice, alices_client, trained):
        log(alice, "Press: 60 kg x 8, 8", on=TODAY)
        self.text(alices_client)
        fields = {"unit": "kg", "time_zone": "UTC", "week_start": "1", "balance_target": "1.5"}

        alices_client.post("/accounts/settings/", fields)

        assert "3 more back sets would make it 1.5 to 1." in self.text(alices_client)

    @pytest.mark.parametrize("query", ["span=%00", "span=99w&sort=%F0", "sort=" + "9" * 300])
    def test_takes_any_query(self, alice, alices_client, trained, query):
        log(alice, "Press: 60 kg x 8, 8", on=TODAY)

        assert alices_client.get(f"/progress/?{query}").status_code == 200
