"""Distances against the clock: how they are written, and the pace or speed that they come to.

Pace is a definition: 5 km in 25 minutes is 5:00 /km. Runners tell the time for a kilometre or mile,
rowers that for 500 m, swimmers that for 100 m, cyclists the speed. No maximum is estimated from it.
The best of an exercise is told of sets that went at least so far: nobody holds the pace of a sprint
of 60 m for a kilometre.
"""

from decimal import Decimal

from exercises.vocabulary import Pace
from workouts.reckoning.weights import rounded
from workouts.vocabulary import Unit

KILOMETRE = 1000
MILE = Decimal("1609.344")
METRES = {"m": Decimal(1), "km": Decimal(KILOMETRE), "mi": MILE}
# The least distance of which a pace is told
METRES_OF: dict[Pace, int] = {
    Pace.PER_KM: KILOMETRE,
    Pace.PER_500_M: 500,
    Pace.PER_100_M: 100,
    Pace.SPEED: KILOMETRE,
}
_IN_METRES = (Pace.PER_500_M, Pace.PER_100_M)
ROUND_MILES = Decimal("0.05")  # below a mile; 16.09 m is no hundredth of one
_SURE_PLACES = 6  # what a speed that is kept to ten places gives back for sure
_HOUR = 3600
_FAR = 100  # metres


def clock(seconds: int) -> str:
    """ "0:45", "25:00", "1:05:09"."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def length_unit(told: Pace, unit: Unit) -> tuple[Decimal, str]:
    """The metres of the unit that distances are charted in, and its name."""
    if told in _IN_METRES:
        return Decimal(1), "m"
    return (MILE, "mi") if unit == Unit.LB else (Decimal(KILOMETRE), "km")


def speed_unit(unit: Unit) -> tuple[Decimal, str]:
    """The metres of the unit that a speed is told in by the hour, and its name."""
    return (MILE, "mph") if unit == Unit.LB else (Decimal(KILOMETRE), "km/h")


def pace_length(told: Pace, unit: Unit) -> tuple[Decimal, str]:
    """The metres that a pace is the time for, and what they are called: 1000 and "km"."""
    if told in _IN_METRES:
        return Decimal(METRES_OF[told]), f"{METRES_OF[told]} m"
    return length_unit(told, unit)


def distance(metres: Decimal, pace: Pace = Pace.PER_KM, unit: Unit = Unit.KG) -> str:
    """ "400 m", "5 km", "42.195 km": in kilometres from one on, or in miles for who lifts in
    pounds; of a rower or a pool always metres, "2,000 m".
    """
    if pace in _IN_METRES:
        return f"{_plain(_whole(metres))} m"
    if unit == Unit.LB and (miles := _miles(metres)):
        return miles
    if metres < KILOMETRE:
        return f"{_plain(metres)} m"
    return f"{_plain(_whole(metres) / KILOMETRE)} km"


def in_metres(miles: Decimal) -> Decimal:
    """To the centimetre, as a set keeps it: 3 mi is 4828.03 m."""
    return round(miles * MILE, 2)


def miles_said(metres: Decimal) -> Decimal | None:
    """The miles that a distance was told in: hundredths that come to it to the centimetre, of what
    is no whole number of metres.
    """
    miles = rounded(metres / MILE, 2)
    return miles if metres % 1 and in_metres(miles) == metres else None


def _miles(metres: Decimal) -> str:
    """To the hundredth; empty for less than a mile that is no round part of one, such as 400 m."""
    miles = rounded(metres / MILE, 2)
    is_round = in_metres(miles) == metres and not miles % ROUND_MILES
    return f"{_plain(miles)} mi" if is_round or metres >= MILE else ""


def pace(metres: Decimal, seconds: int, told: Pace = Pace.PER_KM, unit: Unit = Unit.KG) -> str:
    """ "5:00 /km" to the whole second, or "28.4 km/h" to the tenth, half up."""
    return pace_of(metres / seconds, told, unit)


def pace_of(speed: Decimal, told: Pace = Pace.PER_KM, unit: Unit = Unit.KG) -> str:
    """The same of metres a second."""
    if told == Pace.SPEED:
        length, name = speed_unit(unit)
        per_hour = rounded(speed * _HOUR / length, _SURE_PLACES)
        return f"{rounded(per_hour, 1)} {name}"
    length, name = pace_length(told, unit)
    seconds = rounded(length / speed, _SURE_PLACES)
    return f"{clock(int(rounded(seconds, 0)))} /{name}"


def run(metres: Decimal, seconds: int, told: Pace = Pace.PER_KM, unit: Unit = Unit.KG) -> str:
    """ "5 km in 25:00, 5:00 /km"."""
    said = f"{distance(metres, told, unit)} in {clock(seconds)}"
    return f"{said}, {pace(metres, seconds, told, unit)}"


def _whole(metres: Decimal) -> Decimal:
    """To the metre, of so far that no less is measured."""
    return rounded(metres, 0) if metres >= _FAR else metres


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
