"""What a history has hundreds of, for which the template language takes ten times as long."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from html import escape

from django import template
from django.template import RequestContext
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exercises.addresses import addresses_of
from exercises.languages import active_language, told
from exercises.names import fold
from exercises.sentences import Sentence
from exercises.translating import in_words
from workouts.models.history import WorkoutRow
from workouts.models.history_search import Choice
from workouts.progress.spans import BeatenRecord
from workouts.progress.trained_muscles import TrainedMuscle
from workouts.reckoning.calendar import SIDE, Day, Month, MonthDay, WeekDay
from workouts.wording import day_text, how_many

register = template.Library()
WORDS = re.compile(r"(\w+)")
TIMES = ("year", "month", "day")
_Mark = Callable[[str], str]
PLACE = (*TIMES, "page", "deleted")  # what another place takes out of an address


@register.filter
def squares(days: Iterable[Day]) -> SafeString:
    """Days with training, as links on a calendar."""
    language = active_language()
    return mark_safe("".join([_square(day, language) for day in days]))  # noqa: S308  (escaped below)


def _square(day: Day, language: str) -> str:
    on = day_text(day.on, "D j M", language)
    text = told(on, _done(day.text, day.text.message, language), language)
    return (
        f'<a href="{day_address(day)}" tabindex="-1"><rect class="heat-{day.level}" x="{day.x}"'
        f' y="{day.y}" width="{SIDE}" height="{SIDE}"><title>{escape(text)}</title></rect></a>'
    )


@lru_cache(maxsize=2_000)
def _done(text: Sentence, _message: str, _language: str) -> str:
    """What was done on a day; a year has hundreds, and few that say another thing."""
    return in_words(text)


def day_address(day: Day | MonthDay) -> str:
    """The workout of the day, or the list of a day that has several."""
    return day.address or f"{reverse('workouts:list')}?day={day.on}"


@register.filter
def initial(weekday: str) -> str:
    """Of a day of the week that is named in English."""
    return _(weekday)[0].upper()


@register.filter
def short(weekday: str) -> str:
    """Its first two letters."""
    return _(weekday)[:2].capitalize()


@register.simple_tag
def month_days(week: Iterable[MonthDay | None], shown: date | None) -> SafeString:
    """A week of a month as cells of a table; days with training are links."""
    return mark_safe("".join([_month_day(day, shown) for day in week]))  # noqa: S308


def _month_day(day: MonthDay | None, shown: date | None) -> str:
    if day is None:
        return "<td></td>"
    current = ' aria-current="date"' if day.is_today else ""
    css = f"month-day{' is-ahead' if day.is_ahead else ''}{' is-shown' if day.on == shown else ''}"
    number = f'<span class="numbers">{day.on.day}</span>'
    if not day.levels:
        return f'<td{current}><span class="{css}">{number}</span></td>'
    squares = "".join([f'<span class="month-mark heat-{level}"></span>' for level in day.levels])
    return (
        f'<td{current}><a class="{css}" href="{day_address(day)}">{number}'
        f'<span class="visually-hidden">: {escape(in_words(day.text))}</span>'
        f'<span class="month-marks" aria-hidden="true">{squares}</span></a></td>'
    )


@register.simple_tag
def options(choices: Iterable[Choice], chosen: str) -> SafeString:
    """Of a select, after one for all of them. What was chosen and is not there stays chosen."""
    shown = [Choice("", _("Any")), *choices]
    if chosen and chosen not in {each.slug for each in shown}:
        shown.append(Choice(chosen, chosen))
    return mark_safe("".join([_option(each, chosen) for each in shown]))  # noqa: S308


def _option(choice: Choice, chosen: str) -> str:
    selected = " selected" if choice.slug == chosen else ""
    return f'<option value="{escape(choice.slug)}"{selected}>{escape(choice.name)}</option>'


@register.simple_tag(takes_context=True)
def without(context: RequestContext, name: str) -> SafeString:
    """The address without one of the things that it asks for."""
    query = context["request"].GET.copy()
    for each in (*(TIMES if name == "span" else (name,)), "page", "deleted"):
        query.pop(each, None)
    return mark_safe(f"?{escape(query.urlencode())}")  # noqa: S308  (escaped here)


@register.simple_tag(takes_context=True)
def elsewhere(context: RequestContext, query: str) -> SafeString:
    """The address of another day, month or year, which keeps what is searched for."""
    return mark_safe(f"?{_query_elsewhere(context)}{query}")  # noqa: S308  (escaped there)


@register.simple_tag(takes_context=True)
def calendar_months(context: RequestContext, months: Sequence[Month]) -> SafeString:
    """Months as links to their days and lists, which keep what is searched for."""
    place, query = reverse("workouts:list"), _query_elsewhere(context)
    return mark_safe("".join([_month(each, place, query) for each in months]))  # noqa: S308


def _month(month: Month, place: str, query: str) -> str:
    first = month.first
    short = day_text(first, "M")
    if not month.workouts:
        return f'<li><span class="calendar-month soft">{short}</span></li>'
    full = told(day_text(first, "F Y"), how_many(month.workouts, "workout"))
    return (
        f'<li><a class="calendar-month" href="{place}?{query}month={first:%Y-%m}">'
        f'<span class="visually-hidden">{full}</span>'
        f'<span aria-hidden="true">{short}'
        f' <span class="calendar-count numbers">({month.workouts})</span></span></a></li>'
    )


@register.simple_tag(takes_context=True)
def calendar_years(
    context: RequestContext, years: Mapping[int, int], shown: int | None
) -> SafeString:
    """Years as links, each with its workouts."""
    query = _query_elsewhere(context)
    return mark_safe("".join([_year(*each, query, shown) for each in years.items()]))  # noqa: S308


def _year(year: int, workouts: int, query: str, shown: int | None) -> str:
    current = ' aria-current="true"' if year == shown else ""
    word = ngettext("workout", "workouts", workouts)
    return (
        f'<a class="switch-option" href="?{query}year={year}"{current}>'
        f'<span class="numbers">{year}</span>'
        f' <span class="calendar-count numbers">{workouts}'
        f'<span class="visually-hidden"> {word}</span></span></a>'
    )


def _query_elsewhere(context: RequestContext) -> str:
    """The address's query, to which a year or a month can be added."""
    query = context["request"].GET.copy()
    for name in PLACE:
        query.pop(name, None)
    return escape(f"{query.urlencode()}&") if query else ""


@register.filter
def week_days(days: Iterable[WeekDay]) -> SafeString:
    """The days of a week as items of a list, with links to what was done."""
    return mark_safe("".join([_week_day(day) for day in days]))  # noqa: S308  (escaped below)


def _week_day(day: WeekDay) -> str:
    on = day.on
    free = "" if day.sessions or day.is_ahead else ": " + _("no workout")
    today = ' aria-current="date"' if day.is_today else ""
    css = f"week-day{' is-today' if day.is_today else ''}{' is-ahead' if day.is_ahead else ''}"
    if day.sessions:
        first = day.sessions[0]
        title = first.title or _("A workout")
        done = f"{escape(title)}, {how_many(first.hard_sets, 'set')}"
        mark = (
            f'<a class="week-mark" href="{first.address}"><span aria-hidden="true" class="numbers">'
            f'{on.day}</span><span class="visually-hidden">{done}</span></a>'
        )
    else:
        mark = f'<span class="week-mark numbers" aria-hidden="true">{on.day}</span>'
    return (
        f'<li class="{css}"{today}>'
        f'<span class="week-name"><span aria-hidden="true">{day_text(on, "D")}</span>'
        f'<span class="visually-hidden">{day_text(on, "l j F")}'
        f"{free}</span></span> {mark}</li>"
    )


@register.filter
def with_sets(muscles: Iterable[TrainedMuscle], is_done: bool) -> SafeString:
    """Muscles as items of a list, with links to their pages; numbers of sets that were done lead to
    the athlete's progress.
    """
    address, progress = addresses_of("exercises:muscle"), addresses_of("progress:muscle")
    what = _("sets of %(muscle)s: progress")
    items = []
    for muscle in muscles:
        name = escape(muscle.name)
        sets = f'<span class="numbers">{muscle.sets}</span>'
        if is_done:
            sets = (
                f'<a class="numbers trained-count" href="{progress(muscle.slug)}">{muscle.sets}'
                f'<span class="visually-hidden"> {what % {"muscle": name}}</span></a>'
            )
        items.append(f'<li><a href="{address(muscle.slug)}">{name}</a> {sets}</li>')
    return mark_safe("".join(items))  # noqa: S308  (escaped above)


@register.simple_tag
def beaten_records(records: Iterable[BeatenRecord]) -> SafeString:
    """Records as items of a list: of which exercise, what it was before and what it became."""
    now = _("now")
    return mark_safe("".join([_record(each, now) for each in records]))  # noqa: S308


def _record(record: BeatenRecord, now: str) -> str:
    return (
        f'<li><span><a href="{record.address}">{escape(record.name)}</a>'
        f' <span class="facts-line-what">{record.label}</span></span>'
        f'<span class="numbers"><span class="soft small">{record.before}'
        f' <span aria-hidden="true">→</span>'
        f'<span class="visually-hidden">, {now}</span></span>'
        f" <strong>{record.now}</strong></span></li>"
    )


@register.simple_tag
def workout_rows(
    workouts: Iterable[WorkoutRow],
    *,
    repeat: bool = False,
    words: Sequence[str] = (),
    records: Mapping[str, int] | None = None,
) -> SafeString:
    """Workouts as items of a list; with ``repeat`` each offers to be logged again. ``words``, which
    were searched for, are marked; ``records`` are those that some hold, by their keys.
    """
    held = {key: _held(count) for key, count in (records or {}).items()}
    mark = _marker(words)
    rows = [_row(each, mark, held.get(each.key, ""), repeat=repeat) for each in workouts]
    return mark_safe("".join(rows))  # noqa: S308  (escaped below)


def _held(count: int) -> str:
    return f' <span class="tag">{how_many(count, "record")}</span>'


def _row(workout: WorkoutRow, mark: _Mark, held: str, *, repeat: bool) -> str:
    title, day = escape(workout.title), workout.day
    return (
        f'<li class="row{" row-with-actions row-with-button" if repeat else ""}">'
        f'<h3 class="row-name"><a href="{workout.address}">'
        f'<span class="numbers">{day_text(day, "D j M")}</span>'
        f"{' · ' if title else ''}{mark(workout.title)}</a>{held}</h3>"
        f'<div class="row-facts">{_found(workout, mark)}{_facts(workout)}</div>'
        f"{_again(workout) if repeat else ''}</li>"
    )


def _again(workout: WorkoutRow) -> str:
    word, day = _("Repeat"), day_text(workout.day, "j M")
    return (
        f'<p class="row-actions"><a class="button button-small" href="{workout.repeat_address}">'
        f'{word}<span class="visually-hidden"> {day} {escape(workout.title)}</span></a></p>'
    )


def _facts(workout: WorkoutRow) -> str:
    """All that was done, where it is not what was found of it that is shown; how long it took."""
    if workout.found:
        return ""
    address = addresses_of("progress:exercise")
    done = ", ".join(
        [
            f'<a class="row-link" href="{address(slug)}">{escape(name)}</a>'
            + (f'&nbsp;<span class="numbers">{sets}</span>' if sets else "")
            for slug, (name, sets) in workout.done.items()
        ]
    )
    minutes = f"{workout.minutes}&nbsp;min" if workout.minutes else ""
    facts = ' <span aria-hidden="true">·</span> '.join(filter(None, (done, minutes)))
    return f"<p>{facts}</p>" if facts else ""


def _found(workout: WorkoutRow, mark: _Mark) -> str:
    """The sets that were searched for, and the lines of notes that have one of the words."""
    entries = [
        f'<p class="row-found">{mark(name)} <span class="numbers">{escape(sets)}</span></p>'
        for name, sets in workout.found
    ]
    lines = [mark(line) for line in workout.notes.splitlines()]
    notes = [f'<p class="row-note">{line}</p>' for line in lines if "<mark>" in line]
    return "".join(entries + notes)


def _marker(words: Sequence[str]) -> _Mark:
    """Makes HTML of a text, with what has one of the words, which are folded, marked. Names and
    titles come again and again: each is looked at once.
    """
    if not words:
        return escape

    @cache
    def mark(text: str) -> str:
        return "".join(
            [
                f"<mark>{escape(part)}</mark>" if _has_one(part, words) else escape(part)
                for part in WORDS.split(text)
            ]
        )

    return mark


def _has_one(text: str, words: Sequence[str]) -> bool:
    folded = fold(text)
    return any(word in folded for word in words)
