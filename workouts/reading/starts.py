"""The day and time of a workout as an instant, and why there is none."""

import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from exercises.sentences import gettext as _

CLOCKS_DIFFER = timedelta(minutes=15)  # by no more: a start further ahead is a slip


@dataclass(frozen=True, slots=True)
class When:
    """The day and time of the form, which a header line in the text overrides."""

    day: date | None
    time: time | None
    time_zone: str


@dataclass(frozen=True, slots=True)
class Start:
    """The instant at which a workout began; one that ``is_ahead`` is still to come, a problem."""

    at: datetime | None = None
    problems: tuple[str, ...] = ()
    is_ahead: bool = False


def local_to_utc(day: date, clock: time, time_zone: str) -> datetime | None:
    """The instant of a wall-clock time; None for one that the clocks skipped.

    Of a time that came twice, when the clocks went back, the first.
    """
    local = datetime.combine(day, clock, tzinfo=zoneinfo.ZoneInfo(time_zone))
    instant = local.astimezone(UTC)
    skipped = instant.astimezone(local.tzinfo).replace(tzinfo=None) != local.replace(tzinfo=None)
    return None if skipped else instant


def read_start(day: date | None, clock: time | None, time_zone: str, now: datetime) -> Start:
    """When a workout began by a clock in ``time_zone``, or why there is no such instant."""
    if day is None or clock is None:
        return Start(problems=(_("Say on which day and at what time it began."),))
    try:
        at = local_to_utc(day, clock, time_zone)
    except OverflowError:  # the first or last day there is, in a zone that is far from UTC
        return Start(problems=(_("%(day)s is not a day that Backtrain can keep.", day=str(day)),))
    if at is None:
        message = _(
            "%(time)s did not exist on %(day)s: the clocks went forward. Take a later time.",
            time=f"{clock:%H:%M}",
            day=str(day),
        )
        return Start(problems=(message,))
    if at > now + CLOCKS_DIFFER:
        return Start(at, (_still_to_come(at, time_zone, now),), is_ahead=True)
    return Start(at)


def _still_to_come(started_at: datetime, time_zone: str, now: datetime) -> str:
    """Why a start in the future is no start, by the clock of its own time zone.

    Instants are compared, so whoever trains beyond the date line and says so is not refused.
    """
    start, here = (at.astimezone(zoneinfo.ZoneInfo(time_zone)) for at in (started_at, now))
    what = f"{start:%H:%M}" if start.date() == here.date() else f"{start.date()}"
    return _(
        "%(what)s is still to come: in the time zone %(zone)s it is %(time)s on %(day)s. Log a"
        " workout once it is done. If you trained in another time zone, choose that one.",
        what=what,
        zone=time_zone.replace("_", " "),
        time=f"{here:%H:%M}",
        day=str(here.date()),
    )
