"""Distances against the clock: how they are written, and the pace they come to.

Pace is the time for a kilometre, a definition: 5 km in 25 minutes is 5:00 /km. No maximum is
estimated from it.
"""

from decimal import ROUND_HALF_UP, Decimal

KILOMETRE = 1000


def clock(seconds: int) -> str:
    """ "0:45", "25:00", "1:05:09"."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def distance(metres: Decimal) -> str:
    """ "400 m", "5 km", "42.195 km": in kilometres from one on."""
    amount, unit = (metres / KILOMETRE, "km") if metres >= KILOMETRE else (metres, "m")
    text = f"{amount:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} {unit}"


def pace(metres: Decimal, seconds: int) -> str:
    """ "5:00 /km": to the whole second, half up."""
    per_km = (seconds * KILOMETRE / metres).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{clock(int(per_km))} /km"


def run(metres: Decimal, seconds: int) -> str:
    """ "5 km in 25:00, 5:00 /km"."""
    return f"{distance(metres)} in {clock(seconds)}, {pace(metres, seconds)}"
