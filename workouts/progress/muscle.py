"""One muscle's progress: its sets week by week, and the exercises that gave them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, F, Q, UUIDField
from django.db.models.lookups import In
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from exercises import sentences
from exercises.languages import shown_number, told
from exercises.models import Exercise, Muscle
from exercises.models.shown_names import exercise_names
from exercises.prepared import Parameter, PreparedQuery
from exercises.vocabulary import TRAINING, LoadType, Role
from workouts.models import Athlete, Entry, LoggedSet
from workouts.models.history import (
    BETWEEN,
    IsoDay,
    Span,
    key_as_text,
    keys_with_days,
    live,
    numbered,
)
from workouts.models.keys import is_of
from workouts.models.log import SET_COLUMNS, set_text, workout_address
from workouts.progress.evidence import exercise_address
from workouts.progress.overview import at_least_some, exercises_for, shown
from workouts.progress.weekly_sets import done_between
from workouts.reckoning.calendar import week_begin
from workouts.reckoning.charts import Area, Chart, Figure, Key, Row, Series, Table, bar_chart
from workouts.reckoning.muscle_history import DIRECT, Mean, Stretch, mean, stretches
from workouts.reckoning.muscle_sets import Done, in_halves, shares_of
from workouts.reckoning.undertrained import Candidate
from workouts.reckoning.weights import plain, rounded
from workouts.text_format import SetText
from workouts.wording import day_text, how_many_in, in_short

if TYPE_CHECKING:
    from django.db.models import QuerySet

RANGES = {
    "12-weeks": (gettext_noop("12 weeks"), 12),
    "26-weeks": (gettext_noop("26 weeks"), 26),
    "52-weeks": (gettext_noop("52 weeks"), 52),
    "all": (gettext_noop("All"), None),
}
YEAR = 52
SHOWN_TO = Decimal(10)  # sets that the axis has at least
# The bands of ``muscle_sets.WEEK``
AREAS = (
    Area(0, 5, sentences.gettext("under 5")),
    Area(5, 10, sentences.gettext("5 to 9½")),
    Area(10, 20, sentences.gettext("10 to 20")),
    Area(20, None, sentences.gettext("over 20")),
)
KEYS = (
    Key("part-1", sentences.gettext("Main work: a set counts 1")),
    Key("part-2", sentences.gettext("Help: a set counts ½")),
    Key("open", sentences.gettext("This week: not over, and in no mean")),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A range that can be chosen."""

    key: str
    label: str
    is_chosen: bool


class Trainer(NamedTuple):
    """An exercise that trains the muscle; a set of it counts ``share``."""

    slug: str
    name: str
    load_type: LoadType
    share: Decimal

    @property
    def address(self) -> str:
        return exercise_address(self.slug)


@dataclass(frozen=True, slots=True)
class Given:
    """What an exercise gave in all weeks shown."""

    exercise: Trainer
    sets: int
    counts: str
    last: date
    last_address: str


@dataclass(frozen=True, slots=True)
class Behind:
    """An exercise on a day: what was done, and what it counts."""

    day: date
    address: str
    exercise: Trainer
    sets: str
    reckoned: str


@dataclass(frozen=True)
class MuscleProgress:
    """``muscle`` over the weeks from ``first`` to ``today``, in ``parts`` if it is a group.

    ``done`` are the sets of exercises that train it, oldest first; ``last`` is the day it was last
    trained, if ever, with the workout's key, and ``begun`` the athlete's first day of training in
    the last year, or ever, where there is anything to take a mean of.
    """

    athlete: Athlete
    muscle: Muscle
    parts: tuple[Muscle, ...]
    today: date
    chosen: str
    trainers: Mapping[int, Trainer]
    done: tuple[Done, ...]
    last: tuple[date, str] | None
    begun: date | None
    asked_for: str = ""

    @cached_property
    def suggestions(self) -> list[Candidate]:
        """Exercises for what was never trained. 1 query, none for what was."""
        if self.last:
            return []
        counting = [each for each in (self.muscle, *self.parts) if each.is_volume_unit]
        return exercises_for(self.athlete, [each.known_as for each in counting])

    @property
    def choices(self) -> list[Choice]:
        return [Choice(key, label, key == self.chosen) for key, (label, _weeks) in RANGES.items()]

    @property
    def this_week(self) -> date:
        return week_begin(self.today, week_start=self.athlete.week_start)

    @cached_property
    def weeks(self) -> list[Stretch]:
        count = RANGES[self.chosen][1]
        if count:
            first = self.this_week - timedelta(weeks=count)
        else:
            first = self.done[0].day if self.done else self.today
        shares = {key: trainer.share for key, trainer in self.trainers.items()}
        return stretches(
            self.done,
            shares,
            first=first,
            today=self.today,
            week_start=self.athlete.week_start,
        )

    @cached_property
    def at_once(self) -> int:
        """How many weeks a bar is of, where they are complete."""
        return max(each.weeks for each in self.weeks)

    @property
    def so_far(self) -> str:
        """The sets of the week that is under way."""
        return _sets(self.weeks[-1].counted)

    @cached_property
    def mean(self) -> Mean | None:
        if self.begun is None:
            return None
        return mean(self.weeks, since=week_begin(self.begun, week_start=self.athlete.week_start))

    @property
    def mean_sets(self) -> str:
        return _mean(self.mean.sets_a_week) if self.mean else ""

    @property
    def mean_days(self) -> str:
        return shown_number(plain(rounded(self.mean.days_a_week, 1))) if self.mean else ""

    @property
    def last_day(self) -> date | None:
        return self.last[0] if self.last else None

    @property
    def last_address(self) -> str:
        return workout_address(UUID(self.last[1])) if self.last else ""

    @property
    def figure(self) -> Figure:
        at_once = {"weeks": self.at_once}
        described = {
            "muscle": self.muscle.shown_name,
            "day": day_text(self.weeks[0].first, "j F Y"),
            "weeks": self.at_once,
            "sets": _sets(self.weeks[-1].counted),
        }
        return Figure(
            key="weekly-sets",
            label=_("Sets a week"),
            unit="" if self.at_once == 1 else _("means of %(weeks)s weeks") % at_once,
            chart=self._chart,
            description=ngettext(
                "Sets of %(muscle)s a week, from %(day)s to today, a bar for each week; %(sets)s in"
                " the week under way. The table has every value.",
                "Sets of %(muscle)s a week, from %(day)s to today, a bar for each %(weeks)s weeks;"
                " %(sets)s in the week under way. The table has every value.",
                self.at_once,
            )
            % described,
            table=Table(self._headings, [self._row(each) for each in reversed(self.weeks)]),
            keys=KEYS,
        )

    @property
    def _chart(self) -> Chart:
        weeks = self.weeks
        return bar_chart(
            [each.first for each in weeks],
            Series([each.direct_a_week for each in weeks]),
            Series([each.helping_a_week for each in weeks]),
            until=weeks[-1].last + timedelta(days=1),
            say=lambda n: self._label(weeks[n]),
            areas=AREAS,
            at_least=SHOWN_TO,
            is_open=True,
        )

    def _label(self, stretch: Stretch) -> str:
        if stretch.is_open:
            return _("This week so far: %(sets)s") % {"sets": _sets(stretch.counted)}
        return told(_named(stretch), self._amount(stretch))

    def _amount(self, stretch: Stretch) -> str:
        if stretch.weeks == 1:
            return _sets(stretch.counted)
        return _("%(count)s sets a week") % {"count": _mean(stretch.sets_a_week)}

    @property
    def _headings(self) -> tuple[str, ...]:
        return (
            _("Week of") if self.at_once == 1 else _("Weeks"),
            _("Directly"),
            _("Helping"),
            _("Counts"),
            _("Days"),
        )

    def _row(self, stretch: Stretch) -> Row:
        cells = (str(stretch.direct), str(stretch.helping), in_halves(stretch.counted))
        if self.at_once > 1:
            mean_sets = _("%(sets)s a week") % {"sets": _mean(stretch.sets_a_week)}
            cells = (*cells[:2], mean_sets)
        address = f"?range={self.chosen}&from={stretch.first}#behind" if stretch.days else ""
        return Row(_named(stretch), (*cells, str(stretch.days)), address)

    @cached_property
    def given(self) -> list[Given]:
        """What each exercise gave, most first."""
        sets: defaultdict[int, int] = defaultdict(int)
        last: dict[int, Done] = {}
        for one in self.done:
            sets[one.exercise] += one.sets
            last[one.exercise] = one
        counts = {key: n * self.trainers[key].share for key, n in sets.items()}
        most_first = sorted(sets, key=lambda key: (-counts[key], self.trainers[key].name))
        return [
            Given(
                self.trainers[key],
                sets[key],
                in_halves(counts[key]),
                last[key].day,
                workout_address(UUID(last[key].workout)),
            )
            for key in most_first
        ]

    @property
    def given_by_role(self) -> list[tuple[str, list[Given]]]:
        """``given`` directly and as a helper, of these what there is."""
        direct = [each for each in self.given if each.exercise.share == DIRECT]
        helping = [each for each in self.given if each.exercise.share != DIRECT]
        named = ((_("Directly"), direct), (_("As a helper"), helping))
        return [(name, some) for name, some in named if some]

    @cached_property
    def stretch(self) -> Stretch | None:
        """The one whose sets are shown: that which is asked for, else the last week with any."""
        trained = [each for each in self.weeks if each.days]
        asked = [each for each in trained if f"{each.first}" == self.asked_for]
        return next(iter([*asked, *(trained[::-1] if self.at_once == 1 else [])]), None)

    @property
    def stretch_name(self) -> str:
        return _named(self.stretch) if self.stretch else ""

    @cached_property
    def behind(self) -> list[Behind]:
        """The sets of ``stretch``, oldest first. 1 query."""
        if self.stretch is None:
            return []
        done = [each for each in self.done if self.stretch.first <= each.day <= self.stretch.last]
        texts = _texts(self.athlete, done, self.trainers)
        return [
            Behind(
                one.day,
                workout_address(UUID(one.workout)),
                self.trainers[one.exercise],
                texts.get((one.workout, one.exercise), ""),
                _reckoned(one.sets, self.trainers[one.exercise].share),
            )
            for one in _once_a_workout(done)
        ]

    @property
    def behind_sum(self) -> str:
        return _sets(self.stretch.counted) if self.stretch else ""


def muscle_progress(
    athlete: Athlete, family: Iterable[Muscle], *, today: date, chosen: str, asked_for: str = ""
) -> MuscleProgress:
    """``family`` is a muscle and its parts, the muscle first. 3 queries, and none but the first
    where no exercise trains it.
    """
    muscle, *parts = family
    chosen = chosen if chosen in RANGES else next(iter(RANGES))
    counting = [each for each in (muscle, *parts) if each.is_volume_unit]
    trainers = _trainers(athlete, counting, into=muscle.slug)
    weeks = RANGES[chosen][1]
    first = week_begin(today, week_start=athlete.week_start) - timedelta(weeks=weeks or 0)
    begun: date | None = None
    if weeks:
        done = _done(athlete, [*trainers], Span(first, today))
        begun = _begun(athlete, since=first - timedelta(weeks=YEAR - weeks)) if done else None
    else:
        done, begun = _done_ever(athlete, [*trainers], today=today)
    last: tuple[date, str] | None = None
    if done:
        last = (done[-1].day, done[-1].workout)
    elif weeks:
        last = _last(athlete, [*trainers], today=today)
    return MuscleProgress(
        athlete=athlete,
        muscle=muscle,
        parts=tuple(each for each in parts if each.is_volume_unit),
        today=today,
        chosen=chosen,
        trainers=trainers,
        done=tuple(done),
        last=last,
        begun=begun,
        asked_for=asked_for,
    )


def _begun(athlete: Athlete, *, since: date) -> date | None:
    """The first day of training since then; means of weeks begin with it, as in the table of all
    muscles. 1 query.
    """
    found = _first_day.first(athlete=athlete.pk, since=since)
    return date.fromisoformat(found[0]) if found else None


def _once_a_workout(done: Iterable[Done]) -> list[Done]:
    """Two entries of an exercise in one workout are told as one."""
    sets: dict[tuple[str, int], Done] = {}
    for one in done:
        place = (one.workout, one.exercise)
        before = sets[place].sets if place in sets else 0
        sets[place] = one._replace(sets=before + one.sets)
    return [*sets.values()]


def _named(stretch: Stretch) -> str:
    if stretch.weeks > 1:
        days = {
            "first": day_text(stretch.first, "j M"),
            "last": day_text(stretch.last, "j M Y"),
        }
        return _("%(first)s to %(last)s") % days
    day = {"day": day_text(stretch.first, "j M Y")}
    return _("This week, from %(day)s") % day if stretch.is_open else _("Week of %(day)s") % day


def _sets(count: Decimal) -> str:
    return how_many_in(in_halves(count), count, "set")


def _mean(value: Decimal) -> str:
    """Sets a week, as the table of all muscles has them."""
    return shown(at_least_some(value))


def _reckoned(sets: int, share: Decimal) -> str:
    """What so many sets count, in words: "4 × ½ = 2"."""
    return f"{sets} × {in_halves(share)} = {in_halves(sets * share)}"


def _trainers(athlete: Athlete, muscles: Collection[Muscle], *, into: str) -> dict[int, Trainer]:
    """The exercises that train any of these muscles, by key. 1 query."""
    if not muscles:
        return {}
    keys = numbered(muscle.pk for muscle in muscles)
    rows = _training(len(muscles)).rows(user=athlete.user_id, **keys)
    roles: defaultdict[int, dict[str, Role]] = defaultdict(dict)
    facts, shown_name = {}, exercise_names()
    for key, slug, name, load_type, muscle, role in rows:
        roles[key][muscle] = Role(role)
        facts[key] = (slug, shown_name(slug, name), LoadType(load_type))
    groups = {muscle.slug: into for muscle in muscles}
    return {key: Trainer(*facts[key], shares_of(roles[key], groups)[into]) for key in facts}


def _done(athlete: Athlete, exercises: Collection[int], span: Span) -> list[Done]:
    """Working sets of these exercises, oldest first. 1 query, none without exercises."""
    if not exercises:
        return []
    rows = _between(len(exercises)).rows(
        athlete=athlete.pk, **span._asdict(), **numbered(exercises)
    )
    return [Done(date.fromisoformat(day), exercise, n, key) for key, day, exercise, n in rows]


def _done_ever(
    athlete: Athlete, exercises: Collection[int], *, today: date
) -> tuple[list[Done], date | None]:
    """The same of all days to today, and the first day of training if there are any. 2 queries,
    none without exercises.

    Entries and days come apart, each from an index alone: of thousands that takes half as long as
    to have the database find the workout of each and put them in order.
    """
    if not exercises:
        return [], None
    of_workout: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for entry in _entries(len(exercises)).rows(athlete=athlete.pk, **numbered(exercises)):
        of_workout[entry[0]].append(entry)
    days = keys_with_days(athlete.pk, Span(date.min, today))
    done: list[Done] = []
    for key, text in days:
        if key in of_workout:
            day = date.fromisoformat(text)
            entries = sorted(of_workout[key])
            done += [Done(day, exercise, sets, key) for _, _, exercise, sets in entries]
    return done, date.fromisoformat(days[0][1]) if done else None


def _last(athlete: Athlete, exercises: Collection[int], *, today: date) -> tuple[date, str] | None:
    """The last day of any of these, with its workout's key. 1 query, none without exercises."""
    if not exercises:
        return None
    found = _latest(len(exercises)).first(athlete=athlete.pk, last=today, **numbered(exercises))
    return (date.fromisoformat(found[1]), found[0]) if found else None


def _texts(
    athlete: Athlete, done: Collection[Done], trainers: Mapping[int, Trainer]
) -> dict[tuple[str, int], str]:
    """What was done of each exercise in each workout, at a glance. 1 query."""
    workouts = sorted({one.workout for one in done})
    rows = _sets_in(len(workouts)).rows(athlete=athlete.pk, **numbered(map(UUID, workouts)))
    sets: defaultdict[tuple[str, int], list[SetText]] = defaultdict(list)
    for workout, exercise, *row in rows:
        if exercise in trainers:
            sets[workout, exercise].append(set_text(*row, load_type=trainers[exercise].load_type))
    return {
        place: in_short(some, load_type=trainers[place[1]].load_type)
        for place, some in sets.items()
    }


_first_day = PreparedQuery(
    lambda athlete, since: (
        live(athlete).filter(day__gte=since).order_by("day").values_list(IsoDay("day"))[:1]
    ),
    athlete=BETWEEN["athlete"],
    since=BETWEEN["first"],
)


@lru_cache(maxsize=10)
def _training(count: int) -> PreparedQuery:
    def build(user: Parameter, **keys: Parameter) -> "QuerySet[Any, Any]":
        return (
            Exercise.objects.filter(
                Q(owner=None) | Q(owner=user),
                In(F("targets__muscle"), [*keys.values()]),
                targets__role__in=TRAINING,
            )
            .order_by("pk")
            .values_list(
                *("pk", "slug", "name", "load_type", "targets__muscle__slug", "targets__role")
            )
        )

    return PreparedQuery(build, user=BigIntegerField(), **numbered([BigIntegerField()] * count))


@lru_cache(maxsize=100)
def _between(count: int) -> PreparedQuery:
    def build(
        athlete: Parameter, first: Parameter, last: Parameter, **keys: Parameter
    ) -> "QuerySet[Any, Any]":
        return done_between(athlete, first, last, [*keys.values()])

    return PreparedQuery(build, **BETWEEN, **numbered([BigIntegerField()] * count))


@lru_cache(maxsize=100)
def _entries(count: int) -> PreparedQuery:
    """All entries of so many exercises with working sets, each behind its workout's key."""

    def build(athlete: Parameter, **keys: Parameter) -> "QuerySet[Any, Any]":
        return (
            Entry.objects.filter(In(F("exercise"), [*keys.values()]), athlete=athlete)
            .exclude(hard_sets=0)
            .order_by()
            .values_list(key_as_text("workout"), "position", "exercise", "hard_sets")
        )

    return PreparedQuery(build, athlete=BETWEEN["athlete"], **numbered([BigIntegerField()] * count))


@lru_cache(maxsize=100)
def _latest(count: int) -> PreparedQuery:
    """The last workout with any of so many exercises: by these, since it may be long ago."""

    def build(athlete: Parameter, last: Parameter, **keys: Parameter) -> "QuerySet[Any, Any]":
        entries = Entry.objects.live().filter(
            In(F("exercise"), [*keys.values()]), athlete=athlete, workout__day__lte=last
        )
        return (
            entries.exclude(hard_sets=0)
            .order_by("-workout__day", "-workout__started_at", "-workout_id")
            .values_list(key_as_text("workout"), IsoDay("workout__day"))[:1]
        )

    fields = {"athlete": BETWEEN["athlete"], "last": BETWEEN["last"]}
    return PreparedQuery(build, **fields, **numbered([BigIntegerField()] * count))


@lru_cache(maxsize=50)
def _sets_in(count: int) -> PreparedQuery:
    """The sets in so many workouts, each behind its workout's and its exercise's key."""

    def build(athlete: Parameter, **keys: Parameter) -> "QuerySet[Any, Any]":
        entries = Entry.objects.in_workouts(athlete, [*keys.values()])
        return (
            LoggedSet.objects.filter(is_of(athlete), entry__in=entries.values("pk"))
            .order_by("entry__position", "position")
            .values_list(key_as_text("entry__workout"), "entry__exercise", *SET_COLUMNS)
        )

    return PreparedQuery(build, athlete=BigIntegerField(), **numbered([UUIDField()] * count))
