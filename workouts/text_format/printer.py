"""A workout printed in the one form that reads back as the same workout."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from exercises.vocabulary import LoadType
from workouts.reckoning.pace import KILOMETRE, clock, miles_said
from workouts.vocabulary import SetKind, Side

from .header import Header, print_header
from .loading import WEIGHTED
from .minutes import add_minutes
from .values import EntryText, Load, SetText, WorkoutText

# "10 x 8" may be ten sets, "11 x 8" is read as a weight
MOST_SETS_IN_A_PAIR = 10

KINDS = {
    SetKind.WORKING: "",
    SetKind.WARMUP: " w",
    SetKind.DROP: " d",
    SetKind.FAILURE: " f",
}
_SIDES = {Side.BOTH: "", Side.LEFT: " L", Side.RIGHT: " R"}


def print_workout(workout: WorkoutText) -> str:
    """The whole workout as text, without a line end after the last line."""
    lines = []
    if workout.day is not None:
        lines.append(print_header(Header(workout.day, workout.time, workout.title)))
    lines += note_lines(add_minutes(workout.notes, workout.minutes))
    places = superset_places(entry.superset for entry in workout.entries)
    lines += (
        print_entry(entry, place=place)
        for entry, place in zip(workout.entries, places, strict=True)
    )
    return "\n".join(lines)


def print_entry(entry: EntryText, *, place: int = 1) -> str:
    """The entry's line and the lines of its notes. `place` is its number within its superset."""
    sets = print_sets(entry.sets, load_type=entry.load_type)
    line = f"{print_name(entry.name, entry.superset, place)}{sets}"
    return "\n".join([line, *note_lines(entry.notes)])


def print_name(name: str, superset: str, place: int) -> str:
    """What stands before the sets: "Pull-up: ", "A1 Pull-up: "."""
    return f"{superset}{place} {name}: " if superset else f"{name}: "


def superset_places(letters: Iterable[str]) -> Iterator[int]:
    """The number of each entry within its superset, by the letters of all, in their order."""
    seen: Counter[str] = Counter()
    for letter in letters:
        seen[letter] += 1
        yield seen[letter]


def print_sets(sets: tuple[SetText, ...], *, load_type: LoadType | None = None) -> str:
    """The sets of one exercise, for example "+10 kg x 5, 5, 4 @9".

    "3 x 8" becomes "3 sets of 8" where, as the exercise is loaded, 3 could be a weight.
    """
    first = sets[0]
    if len(sets) > 1 and _is_bare(first) and len(set(sets)) == 1:
        return _print_repeated(len(sets), first, load_type)
    if all(one.load == first.load for one in sets):
        load = f"{print_load(first.load)} x " if first.load else ""
        pairs = zip((None, *sets), sets, strict=False)
        return load + ", ".join(_print_after(before, one, load_type) for before, one in pairs)
    loads = (print_load(one.load, load_type=load_type) for one in sets)
    return ", ".join(
        f"{load} x {_print_without_load(one, load_type)}"
        for load, one in zip(loads, sets, strict=True)
    )


def print_in_short(sets: Sequence[SetText], *, load_type: LoadType | None = None) -> str:
    """The sets of one exercise at a glance, for example "60 kg × 8, 8, 70 kg × 6 @9".

    Each load is said once while it stays, and warm-ups are left out where there is more.
    """
    shown = [one for one in sets if one.kind != SetKind.WARMUP] or sets
    is_loaded = any(one.load for one in shown)
    groups = []
    for load, group in groupby(shown, key=lambda one: one.load):
        before = f"{print_load(load, load_type=load_type)} × " if is_loaded else ""
        groups.append(before + ", ".join(_print_without_load(one, load_type) for one in group))
    return ", ".join(groups)


def print_load(load: Load | None, *, load_type: LoadType | None = None) -> str:
    """The load as it stands before an x: "60 kg", "-20 kg", "bw" for none.

    None is "band" where help is logged: "bw" there says that there was none, which is 0 kg.
    """
    if load is None:
        return "band" if load_type == LoadType.ASSISTED_BODYWEIGHT else "bw"
    return f"{load.sign}{print_decimal(load.amount)} {load.unit}"


def print_measure(one: SetText, load_type: LoadType | None) -> str:
    """What the set consists of, for example "8", "30 s", "400 m in 90 s"; where distances are
    logged, and where no exercise is known yet, "5 km in 25:00".
    """
    is_run = load_type is None and one.load is None and one.metres and one.seconds
    if one.reps is None and (load_type == LoadType.DISTANCE or is_run):
        distance = "" if one.metres is None else print_distance(one.metres)
        time = "" if one.seconds is None else clock(one.seconds)
        return " in ".join(filter(None, (distance, time)))
    amounts = []
    if one.reps is not None:
        amounts.append(str(one.reps))
    if one.metres is not None:
        amounts.append(f"{print_decimal(one.metres)} m")
    if one.seconds is not None:
        amounts.append(f"{one.seconds} s")
    return " in ".join(amounts)


def print_distance(metres: Decimal) -> str:
    """ "400 m", "5 km", "3 mi": in miles what was told in them, else in kilometres from one on."""
    if miles := miles_said(metres):
        return f"{print_decimal(miles)} mi"
    if metres < KILOMETRE:
        return f"{print_decimal(metres)} m"
    return f"{print_decimal(metres / KILOMETRE)} km"


def print_decimal(number: Decimal) -> str:
    """The number with a point, without an exponent and without zeros at its end."""
    text = f"{abs(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _is_bare(one: SetText) -> bool:
    """Whether nothing but the measure is said about the set."""
    return one == SetText(reps=one.reps, seconds=one.seconds, metres=one.metres)


def _print_repeated(count: int, one: SetText, load_type: LoadType | None) -> str:
    asked_about = load_type in WEIGHTED and one.reps is not None
    joint = "sets of" if count > MOST_SETS_IN_A_PAIR or asked_about else "x"
    return f"{count} {joint} {print_measure(one, load_type)}"


def _print_after(before: SetText | None, one: SetText, load_type: LoadType | None) -> str:
    """The set without its load; a time that is no other's, "1020 s", where "17:00" would be that of
    the distance before it.
    """
    follows = (
        load_type == LoadType.DISTANCE
        and before is not None
        and before.metres is not None
        and before == SetText(metres=before.metres)
    )
    return _print_without_load(one, None if follows and one.metres is None else load_type)


def _print_without_load(one: SetText, load_type: LoadType | None) -> str:
    rpe = f" @{print_decimal(one.rpe)}" if one.rpe is not None else ""
    return f"{print_measure(one, load_type)}{_SIDES[one.side]}{KINDS[one.kind]}{rpe}"


def note_lines(notes: str) -> list[str]:
    """A line for each of the notes."""
    return [f"> {line}".rstrip() for line in notes.split("\n")] if notes else []
