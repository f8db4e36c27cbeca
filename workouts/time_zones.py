"""The time zones of the world, read from the disk once a process."""

import zoneinfo
from functools import cache


@cache
def known_time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


@cache
def time_zone_choices() -> tuple[tuple[str, str], ...]:
    """Those to choose from, by name, each with its label: no former names, no offsets."""
    names = (name for name in known_time_zones() if "/" in name or name == "UTC")
    listed = sorted(name for name in names if not name.startswith("Etc/"))
    return tuple((name, name.replace("_", " ")) for name in listed)
