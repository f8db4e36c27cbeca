"""A session under way, by the fields of its form."""

from dataclasses import replace
from typing import Any

from django.utils import timezone

from workouts.forms.log import WorkoutForm
from workouts.models import Athlete
from workouts.reading import Draft, NotebookReading
from workouts.reckoning.sessions import Session, read_instant, read_session


def session_of(form: WorkoutForm) -> Session | None:
    """The session that a form is of; one that is logged afterwards is of none."""
    return read_session(*(str(form[name].value() or "") for name in ("started", "ticks")))


def begun_now(athlete: Athlete, *, is_start: bool) -> dict[str, Any]:
    """When a workout began that begins now, for its form; of a session also the instant."""
    now = timezone.now()
    local = now.astimezone(athlete.zone).replace(second=0, microsecond=0)
    started = {"started": now.isoformat(timespec="seconds")} if is_start else {}
    return {"day": local.date(), "time": local.time(), **started}


def with_minutes(form: WorkoutForm, reading: NotebookReading) -> list[Draft]:
    """What was read; a session's workout is as long as its form says, else as it took."""
    session, drafts = session_of(form), reading.drafts
    if session is None or len(drafts) != 1 or drafts[0].minutes:
        return drafts
    ended_at, now = read_instant(str(form.data.get("ended", ""))), timezone.now()
    if not (ended_at and session.started_at <= ended_at <= now):  # a device's clock may be wrong
        ended_at = now
    minutes = form.cleaned_data.get("minutes") or session.minutes(ended_at)
    return [replace(drafts[0], minutes=minutes)]
