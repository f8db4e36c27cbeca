"""A session that is logged while it lasts: when it began, when its sets were ticked, its length."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_TICK = re.compile(r"[:=](\d{9,11})\b")  # what was ticked, and when: seconds since 1970
LONGEST = timedelta(days=1)
# After its last set, a session is over; who ends it later had forgotten to
LEFT_OPEN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Session:
    """Instants have a time zone."""

    started_at: datetime
    last_set_at: datetime | None = None

    def minutes(self, at: datetime) -> int | None:
        """How long it was when it ended then, a begun minute counted from its half, at least 1;
        None where that can't be: before it began, or more than a day after.
        """
        end = at
        if self.last_set_at and at - self.last_set_at > LEFT_OPEN:
            end = self.last_set_at
        if not timedelta() <= end - self.started_at <= LONGEST:
            return None
        return max(1, int((end - self.started_at).total_seconds() / 60 + 0.5))


def read_session(started: str, ticks: str = "") -> Session | None:
    """A session of what its form says; None if it isn't one."""
    started_at = read_instant(started)
    if started_at is None:
        return None
    last = max(map(int, _TICK.findall(ticks)), default=None)
    last_set_at = datetime.fromtimestamp(last, UTC) if last else None
    is_within = last_set_at and started_at <= last_set_at <= started_at + LONGEST
    return Session(started_at, last_set_at if is_within else None)


def read_instant(text: str) -> datetime | None:
    """An instant as ISO 8601 has it, with its distance from UTC; None if it isn't one."""
    try:
        instant = datetime.fromisoformat(text)
        return instant.astimezone(UTC) if instant.tzinfo else None
    except (ValueError, OverflowError):
        return None
