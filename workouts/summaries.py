"""The summaries kept on entries, reckoned anew when what they are made of changes elsewhere.

They are made of an entry's sets and of how its exercise is loaded. Whoever writes sets writes their
summary along (``workouts.saving``); this is for the other half: an editor, an upgrade, an import.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Now

from exercises.models import Exercise
from workouts.models import Athlete, Entry, LoggedSet, Workout
from workouts.models.log import EntryQuerySet
from workouts.saving import SUMMARY_FIELDS, load_rule, recount, set_summary
from workouts.text_format import Load, SetText, as_logged, sign_of
from workouts.vocabulary import Unit

BATCH = 500  # entries, or workouts
_Key = TypeVar("_Key", int, UUID)


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is kept otherwise than it comes out now."""

    entry: Entry
    field: str
    kept: Decimal | int | None
    right: Decimal | int | None


def batches(entries: EntryQuerySet) -> list[list[int]]:
    """The entries' primary keys, ``BATCH`` at a time. 1 query."""
    return _in_batches(list(entries.order_by("pk").values_list("pk", flat=True)))


def _in_batches(keys: list[_Key]) -> list[list[_Key]]:
    return [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]


def differences(keys: Sequence[int]) -> list[Difference]:
    """What is kept wrongly on these entries. Saves nothing. 2 queries."""
    entries = _loaded(Entry.objects.filter(pk__in=keys))
    return [each for entry in entries for each in _reckoned(entry)]


@transaction.atomic
def rebuild(keys: Sequence[int]) -> list[Difference]:
    """Put right what is kept on these entries, and say what that was. 4-5 queries."""
    entries = Entry.objects.filter(pk__in=keys)
    _renew_versions(entries)
    return _rebuild(entries)


def _rebuild(entries: EntryQuerySet) -> list[Difference]:
    locked = _loaded(entries).select_for_update(of=("self",), no_key=True)
    wrong = [each for entry in locked for each in _reckoned(entry)]
    entries.bulk_update({each.entry.pk: each.entry for each in wrong}.values(), SUMMARY_FIELDS)
    return wrong


@transaction.atomic
def reckon_anew(*, exercises: Sequence[int], is_read_anew: bool = False, **_: object) -> None:
    """Bring all that was logged of these exercises to how they are loaded now. As a receiver of
    ``loading_changed`` part of the transaction that changed them. 5 queries, 3 for each batch.

    With another load type the sets read otherwise, so that their workouts count as changed, and an
    edit begun before finds a conflict. They come first: an edit that is being saved is waited for,
    and what it wrote is looked at too. Raises ``ValidationError`` where a set can't be read.
    """
    changed = list(Exercise.objects.filter(pk__in=exercises))
    entries = Entry.objects.filter(exercise__in=changed)
    _renew_versions(entries)
    if is_read_anew:
        touched, theirs = (entries.order_by().values(name) for name in ("workout", "athlete"))
        workouts = Workout.objects.filter(pk__in=touched, athlete__in=theirs)
        workouts.update(revision=F("revision") + 1, updated_at=Now())
        for exercise in changed:
            refuse_unreadable(exercise=exercise)
    for keys in batches(entries):
        _rebuild(entries.filter(pk__in=keys))
    for exercise in changed:
        _recount(exercise)


def _recount(exercise: Exercise) -> None:
    """Bring working sets to whether the exercise gives any. 1 query, 3 more for each batch where it
    came to.
    """
    entries = Entry.objects.filter(exercise=exercise)
    if load_rule(exercise).is_conditioning:
        entries.exclude(hard_sets=0).update(hard_sets=0)
        return
    counted = entries.exclude(hard_sets=0).values("workout")
    uncounted = entries.exclude(workout__in=counted).order_by("workout")
    workouts = list(uncounted.values_list("workout", flat=True).distinct())
    for keys in _in_batches(workouts):
        recount(entries.filter(workout__in=keys))


def refuse_unreadable(*, exercise: Exercise, **_: object) -> None:
    """Raise ``ValidationError`` where a logged set can't be read under the exercise's load type.

    It tells how many and why, to whoever may change the exercise, and nothing of whose they are. A
    receiver of ``load_type_asked``. 2 queries.
    """
    reasons: Counter[str] = Counter()
    count = 0
    for one, sets in _kinds_of_sets(exercise):
        count += sets
        try:
            as_logged(one, exercise.load_type)
        except ValueError as error:
            reasons[str(error)] += sets
    if reasons:
        why = " ".join(reasons)
        raise ValidationError(
            {
                "load_type": f"{reasons.total():,} of {count:,} sets that were logged of"
                f" {exercise.name} can’t be read as “{exercise.get_load_type_display().lower()}”."
                f" {why}"
            }
        )


def _renew_versions(entries: EntryQuerySet) -> None:
    """Of all athletes who logged them."""
    Athlete.objects.filter(pk__in=entries.order_by().values("athlete")).renew_versions()


def _loaded(entries: EntryQuerySet) -> EntryQuerySet:
    """With their exercises and sets."""
    return entries.order_by("pk").select_related("exercise").prefetch_related("sets")


def _reckoned(entry: Entry) -> Iterator[Difference]:
    """The entry with its figures as they come out now, and those that were others."""
    kept = {field: getattr(entry, field) for field in SUMMARY_FIELDS}
    set_summary(entry, entry.sets.all())
    for field in SUMMARY_FIELDS:
        right = getattr(entry, field)
        if right != kept[field]:
            yield Difference(entry, field, kept[field], right)


def _kinds_of_sets(exercise: Exercise) -> Iterable[tuple[SetText, int]]:
    """One set for each way in which the exercise was logged, as text, and how many are like it.

    The sign of a weight is that of the load type under which it stands in the database.
    """
    stored = Exercise.objects.filter(pk=exercise.pk).values_list("load_type", flat=True).first()
    kinds: dict[str, Any] = {
        "has_weight": Q(weight__isnull=False),
        "is_zero": Q(weight__isnull=False, weight=0),
        "has_seconds": Q(seconds__isnull=False),
        "has_metres": Q(metres__isnull=False),
    }
    rows = (
        LoggedSet.objects.filter(entry__exercise=exercise)
        .order_by()
        .annotate(**kinds)
        .values_list(*kinds)
        .annotate(count=Count("pk"))
    )
    for has_weight, is_zero, has_seconds, has_metres, count in rows:
        sign = "" if is_zero else sign_of(stored or exercise.load_type)
        yield (
            SetText(
                load=Load(Decimal(0 if is_zero else 1), Unit.KG, sign) if has_weight else None,
                reps=None if has_seconds or has_metres else 1,
                seconds=1 if has_seconds else None,
                metres=Decimal(1) if has_metres else None,
            ),
            count,
        )
