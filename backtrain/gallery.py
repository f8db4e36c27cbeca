"""What the gallery of components shows: made-up data for each component in each of its states.

Nothing here is read from the database. Where a template only asks for a few attributes, a plain
namespace stands in for the row.
"""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace as Sample
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.templatetags.static import static

from backtrain.colours import SHAPE, TEXT, Pair
from exercises.drawing.body_map import CURRENT, HEAT_STEPS, ROLES, BodyMap, Mark, body_map, heat
from exercises.drawing.colours import site_colours
from exercises.markup import Footnotes
from exercises.models import Exercise, Region, Source, Status
from exercises.search.starting_points import places
from workouts.bars import Rack
from workouts.forms.body_weight import Question
from workouts.models.history import FoundSets, ListedExercise, WorkoutRow
from workouts.own_exercises import Clash, Reread
from workouts.plates_page import PlatesPage, ShownLoad
from workouts.progress.logged_exercises import LoggedExercise
from workouts.progress.trained_muscles import Trained, TrainedMuscle, TrainedRegion
from workouts.reckoning.calendar import (
    CalendarWorkout,
    shades,
    training_month,
    training_week,
    training_year,
)
from workouts.reckoning.charts import (
    Area,
    Figure,
    Key,
    Level,
    Row,
    Series,
    Spread,
    Table,
    bar_chart,
    line_chart,
)
from workouts.reckoning.consistency import consistency
from workouts.routines.starters import starters
from workouts.vocabulary import Unit

PAPERS = ("paper", "paper-raised", "paper-sunk")
WASHES = ("madder-wash", "blue-wash", "ochre-wash", "green-wash")
# What is drawn on what
ON = {
    "ink": (TEXT, (*PAPERS, *WASHES)),
    "ink-soft": (TEXT, (*PAPERS, *WASHES)),
    "madder": (TEXT, (*PAPERS, "madder-wash")),
    "blue": (TEXT, (*PAPERS, *WASHES)),
    "on-madder": (TEXT, ("madder-fill", "madder-fill-deep")),
    "rule-strong": (SHAPE, PAPERS),
    "green": (SHAPE, ("paper", "green-wash")),
    "ochre": (SHAPE, ("paper", "ochre-wash")),
    "trained": (SHAPE, ("skin", "flesh-faint")),
    "heat-5": (SHAPE, ("skin", "heat-0")),
    "engraved": (SHAPE, ("trained", "heat-4", "heat-5")),
}
STEPS = ("4", "3", "2", "1", "0", "-1")
MARKED = {
    "latissimus-dorsi": "primary",
    "teres-major": "primary",
    "trapezius": "secondary",
    "biceps-brachii": "secondary",
    "brachialis": "secondary",
    "obliques": "stabiliser",
    "rectus-abdominis": "stabiliser",
    "forearm-flexors": "stabiliser",
}
HEATED = (
    *("rhomboids", "latissimus-dorsi", "gluteus-maximus", "hamstrings", "pectoralis-major"),
    *("quadriceps", "trapezius", "rectus-abdominis", "biceps-brachii", "calves", "adductors"),
)


class SampleForm(forms.Form):
    """A field in each of its states."""

    empty = forms.CharField(required=False)
    filled = forms.CharField(required=False)
    helped = forms.CharField(required=False, help_text="It decides which day a workout belongs to.")
    wrong = forms.CharField(max_length=5, help_text="In kilograms.")
    disabled = forms.CharField(required=False, disabled=True, initial="Not yours to change")
    chosen = forms.ChoiceField(choices=[("kg", "Kilograms (kg)"), ("lb", "Pounds (lb)")])
    long = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}))


def samples() -> dict[str, Any]:
    """Everything that the gallery's template needs."""
    return {
        "colours": site_colours().values(),
        "pairs": pairs(),
        "steps": STEPS,
        "bars": [loaded_bar("142.5"), loaded_bar("20")],
        "weighing": weighing(),
        "form": SampleForm({"filled": "bb row 60x8", "wrong": "eighty", "chosen": "lb"}),
        "places": places(),
        "exercises": exercises(),
        "lying": lying(),
        "starter": starters()[0],
        "workouts": workouts(),
        "found": found(),
        "words": ("row",),
        "logged": logged(),
        "unknown": Sample(is_unknown=True, query="jeferson crul", nearest=exercises()[:2]),
        "too_narrow": Sample(
            is_unknown=False,
            ways_out=[Sample(address="#empty-states", label="Equipment", count=6)],
        ),
        "pages": {place: Paginator(range(90), 30).page(place) for place in (1, 2, 3)},
        "charts": charts(),
        "clash": clash(),
        "notes": footnotes(),
        "picture": picture(),
        "maps": maps(),
        **calendars(),
        "trained": trained(),
    }


def calendars() -> dict[str, Any]:
    """A week with training, rest and days ahead; a year with a day of each shade."""
    today = date(2026, 11, 25)
    sets = (19, 4, 9, 14, 18, 25)
    sessions = [
        CalendarWorkout(today - timedelta(days=1 + 2 * number), "Back day", count, "#calendars")
        for number, count in enumerate(sets)
    ]
    return {
        "week": training_week(sessions, week_start=1, today=today),
        "calendar": training_year(2026, sessions, week_start=1, today=today),
        "month": training_month(today.replace(day=1), sessions, week_start=1, today=today),
        "steady": consistency([each.on for each in sessions], week_start=1, today=today),
        "shades": shades(),
    }


def trained() -> Trained:
    """A region with two muscles."""
    muscles = (
        TrainedMuscle("latissimus-dorsi", "Latissimus dorsi", "12"),
        TrainedMuscle("teres-major", "Teres major", "7½"),
    )
    region = TrainedRegion(Region.BACK.label, "12", muscles)
    return Trained(sets=12, regions=(region,), untouched=(), map=maps()["roles"], is_done=True)


def found() -> list[WorkoutRow]:
    """A workout with what was searched for."""
    sets = (FoundSets("Bent-over barbell row", "60 kg × 8, 70 kg × 8, 7"),)
    notes = "Row before pull-ups next time"
    return [
        WorkoutRow(str(UUID(int=1)), date(2026, 11, 23), "Rows and pull-ups", 65, {}, sets, notes)
    ]


def logged() -> list[LoggedExercise]:
    """Of what an athlete logs a favourite, and an own exercise that is archived."""
    pull_up = Exercise(slug="pull-up", name="Pull-up")
    old = Exercise(slug="zercher-carry", name="Zercher carry", owner_id=1, status=Status.ARCHIVED)
    day, sets = date(2026, 11, 23), "60 kg × 20 m, 20 m"
    return [
        LoggedExercise(pull_up, is_favourite=True),
        LoggedExercise(old, False, 83, day, sets, "heaviest 80 kg"),
    ]


def pairs() -> list[Pair]:
    """What is drawn on what, with its contrast."""
    named = site_colours()
    return [
        Pair(named[front], named[back], needed)
        for front, (needed, backs) in ON.items()
        for back in backs
    ]


def named(name: str, **more: Any) -> Sample:
    """A row with the name that the style guide's language has for it, English."""
    return Sample(name=name, shown_name=name, **more)


def exercises() -> list[Sample]:
    """Rows of a list: one with a figure, one whose figure is missing, an athlete's own."""
    lats = named("Latissimus dorsi", slug="latissimus-dorsi", known_as="latissimus-dorsi")
    pull_up = exercise("pull-up", "Pull-up", "Intermediate", lats)
    pull_up.primary = [Sample(muscle=lats)]
    pull_up.secondary = [
        Sample(muscle=named("Biceps brachii", slug="biceps-brachii", known_as="biceps-brachii"))
    ]
    own = exercise("zercher-carry", "Zercher carry", "", is_own=True)
    return [pull_up, exercise("hovering", "Hovering", "Advanced", lats), own]


def lying() -> Sample:
    """One whose figure lies down, so that its positions stand above each other on a phone."""
    abdominals = Sample(
        name="Rectus abdominis", slug="rectus-abdominis", known_as="rectus-abdominis"
    )
    plank = exercise("plank", "Plank", "Beginner", abdominals)
    plank.primary, plank.secondary = [Sample(muscle=abdominals)], []
    return plank


def exercise(slug: str, name: str, level: str, *muscles: Sample, is_own: bool = False) -> Sample:
    return named(
        name,
        slug=slug,
        known_as=slug,
        get_absolute_url=lambda: f"/exercises/{slug}/",
        level=level,
        get_level_display=lambda: level,
        is_own=is_own,
        needed_equipment=[named("Pull-up bar")],
        kit="Pull-up bar",
        primary_muscles=list(muscles),
        still_picture=None,
    )


def workouts() -> list[WorkoutRow]:
    """Rows of a history: one with all that a workout may have, and one with next to nothing."""
    done = {
        "pull-up": ListedExercise("Pull-up", 3),
        "bent-over-barbell-row": ListedExercise("Bent-over barbell row", 4),
    }
    return [
        WorkoutRow(str(UUID(int=1)), date(2026, 11, 22), "Back day", 65, done),
        WorkoutRow(str(UUID(int=1)), date(2026, 11, 20), "", None, {}),
    ]


def loaded_bar(kg: str) -> ShownLoad | None:
    rack = Rack.of_gym(Unit.KG)
    return PlatesPage(Decimal(kg), rack.bars[0], rack).exact


def weighing() -> Sample:
    """A body weight that looks like a slip."""
    form = SampleForm({"w-filled": "801", "w-chosen": "kg", "w-empty": "2026-11-22"}, prefix="w")
    question = Question("Is 801 kg right? Last time it was 80 kg.", "Yes, it is 801 kg", key="801")
    return Sample(question=question, weight=form["filled"], unit=form["chosen"], day=form["empty"])


def charts() -> list[Figure]:
    """Charts of half a year: sessions with a pause, one session, weighings, weeks, and balance."""
    first = date(2026, 3, 2)
    weeks = [first + timedelta(weeks=week) for week in range(26)]
    return [
        sessions(weeks),
        Figure(
            "most-reps",
            "Most reps in a set",
            "reps",
            line_chart([first], Series([8]), say=lambda _: "2 Mar 2026: 8 reps"),
            "One session of 8 reps.",
            Table(("Day", "Reps"), [Row("2 Mar 2026", ("8",), "#charts")]),
        ),
        weighings(weeks),
        weekly_sets(weeks),
        back_and_front(weeks),
        sides(weeks),
    ]


def sessions(weeks: list[date]) -> Figure:
    """Sessions with a pause in them and new bests."""
    days = weeks[:12] + weeks[19:]
    values = [60 + 1.25 * number - 4 * (number % 8 == 7) for number in range(len(days))]
    rows = [
        Row(f"{day:%-d %b %Y}", (f"{value} kg",)) for day, value in zip(days, values, strict=True)
    ]
    chart = line_chart(
        days,
        Series(values),
        say=lambda n: f"{days[n]:%-d %b %Y}: {values[n]} kg",
        breaks={12},
        with_bests=True,
    )
    return Figure(
        "top-set",
        "Top set",
        "kg",
        chart,
        "Top sets of half a year.",
        Table(("Day", "Top set"), rows),
    )


def weighings(weeks: list[date]) -> Figure:
    """Body weights by weeks, of which some are missing, and a goal."""
    days = weeks[:6] + weeks[12:]
    means = [Decimal(84 - number // 3) for number in range(len(days))]
    chart = line_chart(
        days,
        Series(means),
        say=lambda n: f"Week of {days[n]:%-d %b %Y}: mean {means[n]} kg",
        dots=means,
        spreads=[Spread(mean - 1, mean + Decimal("0.8")) for mean in means],
        breaks={6},
        level=Level(78, "goal"),
    )
    return Figure("body-weight", "Body weight", "kg", chart, "Body weight by the week.")


def weekly_sets(weeks: list[date]) -> Figure:
    """Sets of a muscle by weeks, of main work and of help, the last one under way."""
    direct = [float((5 * number) % 13) for number in range(len(weeks))]
    helping = [number % 4 / 2 for number in range(len(weeks))]
    chart = bar_chart(
        weeks,
        Series(direct),
        Series(helping),
        until=weeks[-1] + timedelta(weeks=1),
        say=lambda n: f"Week of {weeks[n]:%-d %b %Y}: {direct[n] + helping[n]:g} sets",
        areas=[Area(0, 5, "low"), Area(5, 10, "moderate"), Area(10, 20, "high")],
        is_open=True,
    )
    keys = (Key("part-1", "Main work"), Key("part-2", "Help"), Key("open", "This week"))
    return Figure(
        "weekly-sets", "Latissimus dorsi", "sets a week", chart, "Sets by the week.", keys=keys
    )


def back_and_front(weeks: list[date]) -> Figure:
    """Bars that hang from zero against those that stand on it, the last ones under way."""
    back = [float((5 * number) % 13 + 8) for number in range(len(weeks))]
    front = [float((3 * number) % 11) for number in range(len(weeks))]
    chart = bar_chart(
        weeks,
        Series(back),
        below=Series(front),
        until=weeks[-1] + timedelta(weeks=1),
        say=lambda n: f"Week of {weeks[n]:%-d %b %Y}: back {back[n]:g}, front {front[n]:g}",
        is_open=True,
    )
    keys = (Key("part-1", "Back"), Key("below", "Front"), Key("open", "This week"))
    return Figure(
        "weekly-balance", "Week by week", "sets", chart, "Back and front by the week.", keys=keys
    )


def sides(weeks: list[date]) -> Figure:
    """Several series, one with weeks that are missing."""
    chart = line_chart(
        weeks,
        Series([20 + number % 5 for number in range(26)], "back"),
        Series([20 - number / 3 for number in range(26)], "front"),
        Series([None if 8 <= number < 12 else 8 + number / 4 for number in range(26)], "legs"),
        Series([7 - number % 3 for number in range(26)], "core"),
        say=lambda n: f"Week of {weeks[n]:%-d %b %Y}: back {20 + n % 5}, front {20 - n // 3}",
        from_zero=True,
    )
    return Figure(
        "sides", "Back and front", "sets a week", chart, "Sets of four regions by the week."
    )


def clash() -> Reread:
    """Sets of a weight that would have to be read as bodyweight."""
    why = "This exercise is logged without weight."
    clashes = [Clash(date(2026, 9, 4), f"60 kg x {reps}", why) for reps in (8, 6)]
    return Reread([], 5, None, None, clashes)


def footnotes() -> Footnotes:
    """A source that a text cites, and one that none does."""
    cited = Source(key="sample", title="A study that a sentence rests on", url="#footnotes")
    other = Source(key="other", title="A review for the background", url="#footnotes")
    return Footnotes((cited,), (other,))


def picture() -> Sample:
    """A picture that an editor has put in the place of the mannequin."""
    return Sample(
        image=Sample(url=static("img/icon.svg")),
        alt="The mark of Backtrain, in the place of a photograph",
        credit="Somebody",
        licence="CC BY 4.0",
        shown_size=(320, 320),
    )


def maps() -> dict[str, BodyMap]:
    """The body map in each of its states."""
    levels = [heat(level, f"{4 * level} sets") for level in range(HEAT_STEPS + 1)]
    roles: dict[str, Mark] = {slug: ROLES[role] for slug, role in MARKED.items()}
    heated = {slug: levels[place % len(levels)] for place, slug in enumerate(HEATED)}
    return {
        "plain": body_map(),
        "roles": body_map(roles, legend=tuple(ROLES.values())),
        "heat": body_map(heated, legend=levels, both_halves=True),
        "current": body_map({"rotator-cuff": CURRENT}),
    }
