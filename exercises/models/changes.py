"""What follows from a change of an exercise, by whatever way it is written: the desk, a sync, an
import, an older version, ``loaddata``, a script."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

from exercises.models.exercise import LOADED_BY, Exercise, make_way
from exercises.models.names import FormerName
from exercises.signals import load_type_asked, loading_changed
from exercises.vocabulary import LoadType


def why_unreadable(exercise: Exercise, load_type: LoadType) -> str:
    """Why what was logged of the exercise can't be read under ``load_type``; empty if it can."""
    changed = copy(exercise)
    changed.load_type = load_type
    try:
        load_type_asked.send(sender=Exercise, exercise=changed)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


@receiver(pre_save, sender=Exercise)
def notice_what_was(instance: Exercise, **_: object) -> None:
    """1 query for an exercise that is there already. Raises ``ValidationError`` for a load type
    under which what was logged can't be read."""
    there = Exercise.objects.filter(pk=instance.pk) if instance.pk else Exercise.objects.none()
    before = there.values("name", "name_key", "slug", "status", *LOADED_BY).first()
    if before and before["load_type"] != instance.load_type:
        load_type_asked.send(sender=Exercise, exercise=instance)
    instance.before_save = before


@receiver(post_save, sender=Exercise)
def tell_what_changed(instance: Exercise, **_: object) -> None:
    before = instance.before_save
    if not instance.is_own and (before is None or _address(before) != _address(vars(instance))):
        make_way()
    if before is None:
        return
    changed = {name for name in LOADED_BY if before[name] != _value(instance, name)}
    if changed:
        loading_changed.send(
            sender=Exercise, exercises=[instance.pk], is_read_anew="load_type" in changed
        )
    if before["name_key"] != instance.name_key and not instance.is_own:
        FormerName.objects.remember(instance, before["name"])


def _address(says: Mapping[str, Any]) -> tuple[Any, Any]:
    return says["slug"], says["status"]


def _value(exercise: Exercise, name: str) -> Any:
    """As the database gives it back, also where it was set as a fixture has it."""
    field: Any = Exercise._meta.get_field(name)
    return field.to_python(getattr(exercise, name))
