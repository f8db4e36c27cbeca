"""How what was done differs from what was planned, in plain words."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from exercises.sentences import Sentence, ngettext
from exercises.sentences import gettext as _
from exercises.vocabulary import LoadType
from workouts.reckoning.rounds import DoneSet, Round, working_rounds
from workouts.reckoning.targets import Target, Weight
from workouts.reckoning.weights import format_weight, plain


def deviations(
    targets: Sequence[Target], done: Sequence[DoneSet], *, load_type: LoadType
) -> list[Sentence]:
    """What differs, such as "one set less" or "2.5 kg more"; empty where all went as planned.

    Warm-ups may be done as one likes; 3 left and 3 right are 3 sets.
    """
    planned = [target for target in targets if not target.is_warmup]
    rounds = working_rounds(done)
    pairs = list(zip(planned, rounds, strict=False))
    return [
        *_counts(len(planned), len(rounds)),
        *_weights(pairs, load_type),
        *_amounts(pairs),
        *_efforts(pairs),
    ]


def _counts(planned: int, done: int) -> Iterator[Sentence]:
    if planned != done:
        number = abs(done - planned)
        if done > planned:
            yield ngettext("one set more", "%(count)s sets more", number)
        else:
            yield ngettext("one set less", "%(count)s sets less", number)


def _weights(pairs: Sequence[tuple[Target, Round]], load_type: LoadType) -> Iterator[Sentence]:
    """By how much the weight that the routine fixes was missed, where the units are the same."""
    by_difference: dict[Weight, list[int]] = {}
    comparable = 0
    for place, (target, one) in enumerate(pairs, start=1):
        if target.weight is None:
            continue
        weight = one.weight or Weight(Decimal(0), target.weight.unit)
        if weight.unit == target.weight.unit:
            comparable += 1
            difference = Weight(weight.amount - target.weight.amount, weight.unit)
            by_difference.setdefault(difference, []).append(place)
    is_help = load_type == LoadType.ASSISTED_BODYWEIGHT
    for difference, places in by_difference.items():
        if difference.amount:
            size = format_weight(abs(difference.amount), difference.unit)
            missed = _missed(size, is_more=difference.amount > 0, is_help=is_help)
            if len(places) == comparable:
                yield missed
            else:
                yield _("%(what)s in %(sets)s", what=missed, sets=_sets(places))


def _missed(size: str, *, is_more: bool, is_help: bool) -> Sentence:
    if is_help:
        more, less = _("%(size)s more help", size=size), _("%(size)s less help", size=size)
    else:
        more, less = _("%(size)s more", size=size), _("%(size)s less", size=size)
    return more if is_more else less


def _amounts(pairs: Sequence[tuple[Target, Round]]) -> Iterator[Sentence]:
    under: dict[tuple[str, str], list[int]] = {}
    over: dict[tuple[str, str], list[int]] = {}
    for place, (target, one) in enumerate(pairs, start=1):
        for span, amount, unit in (
            (target.reps, one.reps, "rep"),
            (target.seconds, one.seconds, "s"),
        ):
            if span is None or amount is None:
                continue
            if amount < span.least:
                key = _size(span.least - amount, unit), _bound(span.least, unit)
                under.setdefault(key, []).append(place)
            elif span.most is not None and amount > span.most:
                key = _size(amount - span.most, unit), _bound(span.most, unit)
                over.setdefault(key, []).append(place)
        if target.metres is not None and one.metres is not None and one.metres != target.metres:
            size = f"{plain(abs(one.metres - target.metres))} m"
            side = over if one.metres > target.metres else under
            side.setdefault((size, f"{plain(target.metres)} m"), []).append(place)
    for (size, bound), places in under.items():
        values = {"size": size, "bound": bound, "sets": _sets(places)}
        yield _("%(size)s under %(bound)s in %(sets)s", **values)
    for (size, bound), places in over.items():
        values = {"size": size, "bound": bound, "sets": _sets(places)}
        yield _("%(size)s over %(bound)s in %(sets)s", **values)


def _efforts(pairs: Sequence[tuple[Target, Round]]) -> Iterator[Sentence]:
    by_effort: dict[tuple[Decimal, Decimal], list[int]] = {}
    for place, (target, one) in enumerate(pairs, start=1):
        if target.rpe is not None and one.rpe is not None and one.rpe != target.rpe:
            by_effort.setdefault((one.rpe, target.rpe), []).append(place)
    for (done, planned), places in by_effort.items():
        values = {"done": plain(done), "planned": plain(planned), "sets": _sets(places)}
        yield _("RPE %(done)s instead of %(planned)s in %(sets)s", **values)


def _size(difference: int, unit: str) -> str:
    if unit == "s":
        return f"{difference} s"
    return ngettext("%(count)s rep", "%(count)s reps", difference)


def _bound(number: int, unit: str) -> str:
    return f"{number} s" if unit == "s" else str(number)


def _sets(places: Sequence[int]) -> Sentence:
    """ "set 3", "sets 1, 2 and 4"."""
    *others, last = map(str, places)
    if not others:
        return _("set %(number)s", number=last)
    return _("sets %(others)s and %(last)s", others=", ".join(others), last=last)
