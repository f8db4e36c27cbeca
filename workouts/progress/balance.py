"""How an athlete's back stands against the front, and pulls against pushes, over weeks."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext, pgettext

from exercises.languages import active_language
from exercises.sentences import Sentence
from exercises.sentences import gettext as _
from workouts.progress.evidence import Behind, Evidence, exercise_address
from workouts.progress.weekly_sets import SetsOfSpan
from workouts.reckoning.balance import (
    BACK_AND_FRONT,
    PAIRS,
    Names,
    Pair,
    Tally,
    back_and_front,
    in_pair,
    summed,
    target_text,
    to_even,
    told,
)
from workouts.reckoning.calendar import DAYS_PER_WEEK, week_begin
from workouts.reckoning.charts import Figure, Key, Row, Series, Table, bar_chart
from workouts.reckoning.muscle_sets import exercises_by_week, in_halves
from workouts.wording import day_text, how_many

SPANS = (4, 12, 52)  # complete weeks
FEW_WEEKS = 12
NO_SETS: Counter[int] = Counter()


@dataclass(frozen=True)
class Weeks:
    """What was done, by weeks. The week of ``today`` is under way, so no mean has it."""

    done: SetsOfSpan
    today: date

    @cached_property
    def this_week(self) -> date:
        """Its first day."""
        return week_begin(self.today, week_start=self.done.week_start)

    @cached_property
    def sets(self) -> dict[date, Counter[int]]:
        return exercises_by_week(self.done.done, week_start=self.done.week_start)

    @cached_property
    def begun(self) -> int:
        """How many complete weeks there are since the first one with any sets."""
        return (self.this_week - min(self.sets, default=self.this_week)).days // DAYS_PER_WEEK

    def complete(self, count: int) -> int:
        """How many of the last ``count`` complete weeks there are since the first with sets."""
        return min(count, self.begun)

    def first_day(self, count: int) -> date:
        """The first of the last ``count`` complete weeks; of none, of the week under way."""
        return self.this_week - timedelta(weeks=count)

    def over(self, count: int, *, before: int = 0) -> Counter[int]:
        """Sets of exercises in ``count`` complete weeks, that many ``before`` the last ones; with a
        count of 0 those of the week that is under way.
        """
        if not count:
            return self.sets.get(self.this_week, NO_SETS)
        if (count, before) not in self._summed:
            total: Counter[int] = Counter()
            for number in range(before + 1, before + count + 1):
                total.update(self.sets.get(self.this_week - timedelta(weeks=number), NO_SETS))
            self._summed[count, before] = total
        return self._summed[count, before]

    @cached_property
    def _summed(self) -> dict[tuple[int, int], Counter[int]]:
        """What was asked of ``over``: several parts of a page are of the same weeks."""
        return {}

    def behind(self, count: int) -> Behind:
        """What ``over`` sums."""
        first = self.first_day(count)
        last = self.today if not count else self.this_week - timedelta(days=1)
        return Behind(
            (one for one in self.done.done if first <= one.day <= last), self.done.exercises
        )

    @cached_property
    def shown(self) -> int:
        """The weeks that a balance is told of: four, or what there is; 0 is the one under way."""
        return next((count for count in (4, 0, 12) if self.over(count)), SPANS[-1])


@dataclass(frozen=True, slots=True)
class Period:
    """Both sides over so many complete weeks; 0 is the week that is under way."""

    weeks: int
    tally: Tally
    told: Sentence

    @property
    def label(self) -> str:
        return how_many(self.weeks, "week") if self.weeks else gettext("this week")


@dataclass(frozen=True, slots=True)
class Opposed:
    """Two sides against each other. ``shown`` is the period that is told in words, ``trend`` are
    all spans of complete weeks, none where these had no sets yet. ``reach`` and ``aim`` are the
    first side's part and where the target would have it, of 100.
    """

    key: str
    name: Sentence
    names: Names
    does: Names
    shown: Period
    trend: tuple[Period, ...]
    to_even: Sentence | str
    pull: str
    push: str
    reach: Decimal
    aim: Decimal
    behind: tuple[Evidence, Evidence]

    @property
    def is_untrained(self) -> bool:
        """Whether it had no sets in any of the periods."""
        return self.is_empty and not self.trend

    @property
    def is_empty(self) -> bool:
        return not self.shown.tally.total


@dataclass(frozen=True, slots=True)
class Unpaired:
    """An exercise in no pair, and its sets. Without a movement it might be in one: nobody said."""

    name: str
    slug: str
    sets: int
    has_movement: bool

    @property
    def address(self) -> str:
        return exercise_address(self.slug)


@dataclass(frozen=True, slots=True)
class Balance:
    """``other`` are sets of the shown period that lie on neither side of the trunk, ``unpaired``
    the exercises in no pair, and ``by_muscles`` the sets in one that no movement told; ``weekly``
    has every week's back and front, the one under way last, and ``figure`` draws it.
    """

    target: Sentence
    front_and_back: Opposed
    pairs: tuple[Opposed, ...]
    weekly: tuple[tuple[date, Tally], ...]
    all_sets: int
    other: int
    by_muscles: int
    unpaired: tuple[Unpaired, ...]

    @property
    def opposing_nothing(self) -> tuple[Unpaired, ...]:
        """Those whose movement is in no pair."""
        return tuple(each for each in self.unpaired if each.has_movement)

    @property
    def sets_opposing_nothing(self) -> int:
        return sum(each.sets for each in self.opposing_nothing)

    @property
    def unsaid(self) -> tuple[Unpaired, ...]:
        """Those of which nobody said the movement."""
        return tuple(each for each in self.unpaired if not each.has_movement)

    @property
    def figure(self) -> Figure:
        back, front = pgettext("side of the body", "Back"), pgettext("side of the body", "Front")
        begins, tallies = zip(*self.weekly, strict=True)
        backs, fronts = zip(*tallies, strict=True)
        language = active_language()
        days = [day_text(begin, "j M Y", language) for begin in begins]
        sets = [(in_halves(back), in_halves(front)) for back, front in tallies]
        week_of = gettext("Week of %(day)s: back %(back)s, front %(front)s")
        so_far = gettext("This week so far: back %(back)s, front %(front)s")

        def say(place: int) -> str:
            text = so_far if place == len(days) - 1 else week_of
            back_sets, front_sets = sets[place]
            return text % {"day": days[place], "back": back_sets, "front": front_sets}

        return Figure(
            key="weekly-balance",
            label=gettext("Week by week"),
            unit=gettext("back up, front down"),
            chart=bar_chart(
                begins,
                Series(backs),
                below=Series(fronts),
                until=begins[-1] + timedelta(days=DAYS_PER_WEEK),
                say=say,
                is_open=True,
            ),
            description=gettext(
                "Sets of the back and of the front, a pair of bars for each of %(weeks)s weeks"
                " to this one. The table has every value."
            )
            % {"weeks": len(begins)},
            table=Table(
                (gettext("Week of"), back, front),
                [Row(*row) for row in zip(reversed(days), reversed(sets), strict=True)],
            ),
            keys=(
                Key("part-1", back),
                Key("below", front),
                Key("open", gettext("This week: not over, and in no mean")),
            ),
        )


def balance(weeks: Weeks, target: Decimal) -> Balance:
    """No query."""
    exercises, lasting = weeks.done.exercises, weeks.done.lasting_roles
    sides = {key: back_and_front(roles) for key, roles in lasting.items()}
    places = {key: in_pair(one.pattern, lasting[key]) for key, one in exercises.items()}
    behind, over = weeks.behind(weeks.shown), {count: weeks.over(count) for count in (*SPANS, 0)}
    shown = over[weeks.shown]

    def opposed(pair: Pair) -> Opposed:
        counts = {key: place[1] for key, place in places.items() if place and place[0] == pair.key}
        does = Names(pair.pull.does, pair.push.does)
        return _opposed(pair.key, pair.name, pair.names, does, counts=counts)

    def _opposed(
        key: str, name: Sentence, names: Names, does: Names, *, counts: Mapping[int, Tally]
    ) -> Opposed:
        periods = {
            count: Period(count, tally := summed(over[count], counts), told(tally, names))
            for count in over
        }
        period, spans = periods[weeks.shown], tuple(periods[count] for count in SPANS)
        return Opposed(
            key=key,
            name=name,
            names=names,
            does=does,
            shown=period,
            trend=spans if any(span.tally.total for span in spans) else (),
            to_even=to_even(period.tally, names, target),
            pull=in_halves(period.tally.pull),
            push=in_halves(period.tally.push),
            reach=_percent(period.tally.share),
            aim=_percent(target / (target + 1)),
            behind=(
                behind.of({key: count.pull for key, count in counts.items()}),
                behind.of({key: count.push for key, count in counts.items()}),
            ),
        )

    return Balance(
        target=target_text(target),
        front_and_back=_opposed(
            "back-and-front",
            _("Back and front"),
            BACK_AND_FRONT,
            Names(_("The back"), _("The front")),
            counts=sides,
        ),
        pairs=tuple(map(opposed, PAIRS)),
        weekly=_weekly(weeks, sides),
        all_sets=sum(shown.values()),
        other=sum(n for key, n in shown.items() if not sides[key].total),
        by_muscles=sum(n for key, n in shown.items() if places[key] and not exercises[key].pattern),
        unpaired=tuple(
            Unpaired(one.name, one.slug, n, has_movement=bool(one.pattern))
            for key, n in shown.most_common()
            if not places[key] and (one := exercises[key])
        ),
    )


def _weekly(weeks: Weeks, sides: Mapping[int, Tally]) -> tuple[tuple[date, Tally], ...]:
    """A dozen weeks, or a year of them where there are more with sets."""
    count = FEW_WEEKS if weeks.begun <= FEW_WEEKS else SPANS[-1]
    begins = [weeks.this_week - timedelta(weeks=number) for number in range(count, -1, -1)]
    return tuple((begin, summed(weeks.sets.get(begin, NO_SETS), sides)) for begin in begins)


def _percent(share: Decimal) -> Decimal:
    return (share * 100).quantize(Decimal("0.1"))
