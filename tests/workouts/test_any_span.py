"""Whatever is logged, changed, deleted and brought back, what months, years and weeks come to is
what somebody would count who goes through all sets with a pencil.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workouts.test_any_history import OFTEN, STEPS, Training
from workouts.history_page import Asked, history_page
from workouts.models import Athlete, LoggedSet
from workouts.models.history import EVER, Span
from workouts.progress.year import year_review
from workouts.vocabulary import SetKind

TODAY = date(2026, 3, 10)
MONTHS = [date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)]
KG_PER_LB = Fraction(45359237, 100_000_000)
DAY = timedelta(days=1)


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_spans_are_what_their_sets_come_to(alice, data):
    with transaction.atomic():
        alice.athlete.week_start = data.draw(st.sampled_from([1, 6, 7]))
        alice.athlete.unit = data.draw(st.sampled_from(["kg", "lb"]))
        training = Training(alice, data.draw)
        training.log()
        for step in data.draw(st.lists(st.sampled_from(OFTEN + STEPS), max_size=14)):
            getattr(training, step)()

        sets = live_sets(alice.athlete)
        assert_days_are_right(alice.athlete)
        for month in MONTHS:
            shown = history_page(alice.athlete, Asked(month=month), number="", today=TODAY)
            assert_span_is_right(alice.athlete, Span.of_month(month), shown.summary, sets)
        review = year_review(alice.athlete, 2026, today=TODAY)
        assert_span_is_right(alice.athlete, Span.of_year(2026), review.summary, sets)
        transaction.set_rollback(True)


def live_sets(athlete: Athlete) -> list[LoggedSet]:
    """All sets of workouts that are not deleted, warm-ups left out."""
    sets = athlete.sets.filter(entry__workout__deleted_at=None).exclude(kind=SetKind.WARMUP)
    return list(sets.select_related("entry__workout", "entry__exercise"))


def workouts_in(athlete: Athlete, span: Span) -> list:
    return [
        workout
        for workout in athlete.workouts.order_by("day", "started_at", "pk")
        if workout.deleted_at is None and span.first <= workout.day <= span.last
    ]


def assert_days_are_right(athlete: Athlete) -> None:
    """The year, every month and every day have the workouts of theirs, and no others."""
    shown = history_page(athlete, Asked(), number="", today=TODAY)
    workouts = workouts_in(athlete, EVER)
    assert shown.years == Counter(workout.day.year for workout in workouts)
    assert [row.day for row in shown.page] == [each.day for each in reversed(workouts)][:30]
    if workouts:
        begins = {week_of(athlete, workout.day) for workout in workouts}
        assert shown.consistency.weeks_trained == len(begins)
    for month in MONTHS:
        page = history_page(athlete, Asked(month=month), number="", today=TODAY)
        squares = {day.on: day for week in page.month.weeks for day in week if day}
        for on, day in squares.items():
            assert len(day.levels) == len(workouts_in(athlete, Span(on, on)))


def assert_span_is_right(athlete: Athlete, span: Span, summary, sets: list[LoggedSet]) -> None:
    workouts = workouts_in(athlete, span)
    if not workouts:
        assert summary is None
        return
    inside = [one for one in sets if span.first <= one.entry.workout.day <= span.last]
    before = [one for one in sets if one.entry.workout.day < span.first]
    by_exercise = defaultdict(list)
    for one in inside:
        by_exercise[one.entry.exercise].append(one)

    totals = dict(summary.totals)
    assert summary.workouts == len(workouts)
    assert summary.sets == sum(map(count, by_exercise.values()))
    assert summary.weeks_trained == len({week_of(athlete, each.day) for each in workouts})
    moved = [one for one in inside if one.reps and load_of(one) is not None]
    volume = sum((load_of(one) * one.reps * weights_of(one) for one in moved), Fraction())
    in_unit = volume / (KG_PER_LB if athlete.unit == "lb" else 1)
    assert abs(number(totals.get("Volume", "0")) - in_unit) <= Fraction(501, 1000)
    assert {each.slug: each.sets for each in summary.exercises if each.sets} == {
        exercise.slug: n for exercise, some in by_exercise.items() if (n := count(some))
    }
    assert {(each.slug, each.label) for each in summary.records} == {
        (exercise.slug, label)
        for exercise, some in by_exercise.items()
        for label, best in bests_of(some).items()
        if (was := bests_of([one for one in before if one.entry.exercise == exercise]).get(label))
        is not None
        and best - was > Fraction(1, 10**8)
        and not (label == "Most reps in a set" and has_weights(exercise, inside + before))
    }


def week_of(athlete: Athlete, on: date) -> date:
    """Back, a day at a time, to the one that weeks begin with."""
    while on.isoweekday() != athlete.week_start:
        on -= DAY
    return on


def count(sets: list[LoggedSet]) -> int:
    """Three left and three right are three, in each workout; runs are none."""
    lifted = [one for one in sets if one.entry.exercise.load_type != "distance"]
    total = 0
    for workout in {one.entry.workout_id for one in lifted}:
        sides = Counter(one.side for one in lifted if one.entry.workout_id == workout)
        total += sides["both"] + max(sides["left"], sides["right"])
    return total


def load_of(one: LoggedSet) -> Fraction | None:
    """Kilograms that a rep lifts, with one hand where each has a weight."""
    exercise, load_type = one.entry.exercise, one.entry.exercise.load_type
    weight = None
    if one.weight is not None:
        weight = Fraction(one.weight) * (KG_PER_LB if one.unit == "lb" else 1)
    if load_type in ("external", "per_hand"):
        return weight
    if load_type not in ("bodyweight", "bodyweight_plus", "assisted_bodyweight"):
        return None
    if exercise.bodyweight_fraction is None or one.bodyweight_kg is None:
        return None
    body = Fraction(exercise.bodyweight_fraction) * Fraction(one.bodyweight_kg)
    if load_type == "assisted_bodyweight":
        return None if weight is None else max(body - weight, Fraction())
    return body + (weight or 0)


def weights_of(one: LoggedSet) -> int:
    exercise = one.entry.exercise
    return exercise.implements if one.side == "both" else exercise.implements_one_side


def bests_of(sets: list[LoggedSet]) -> dict[str, Fraction]:
    found = defaultdict(list)
    for one in sets:
        load, load_type = load_of(one), one.entry.exercise.load_type
        if one.reps:
            found["Most reps in a set"].append(Fraction(one.reps))
            if load and one.reps <= 12:
                estimate = load if one.reps == 1 else load * (1 + Fraction(one.reps, 30))
                found["Best estimated one-rep max"].append(estimate)
        elif one.seconds and one.metres is None:
            found["Longest time"].append(Fraction(one.seconds))
        if one.weight is not None and load_type not in ("bodyweight", "duration"):
            weight = Fraction(one.weight) * (KG_PER_LB if one.unit == "lb" else 1)
            sign = -1 if load_type == "assisted_bodyweight" else 1
            found["Heaviest set"].append(sign * weight)
    return {label: max(values) for label, values in found.items()}


def has_weights(exercise, sets: list[LoggedSet]) -> bool:
    """Then reps say little, since a lighter weight allows more of them."""
    return "Heaviest set" in bests_of([one for one in sets if one.entry.exercise == exercise])


def number(text: str) -> Fraction:
    return Fraction(text.split()[0].replace(",", ""))
