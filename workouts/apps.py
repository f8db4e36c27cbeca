from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_save

from exercises.signals import load_type_asked, loading_changed


class WorkoutsConfig(AppConfig):
    name = "workouts"

    def ready(self) -> None:
        post_save.connect(
            make_athlete, sender=settings.AUTH_USER_MODEL, dispatch_uid="workouts.make_athlete"
        )
        from workouts import summaries

        load_type_asked.connect(summaries.refuse_unreadable, dispatch_uid="workouts.summaries")
        loading_changed.connect(summaries.reckon_anew, dispatch_uid="workouts.summaries")


def make_athlete(*, instance: Any, created: bool, raw: bool = False, **_: object) -> None:
    """Every user is an athlete, however they were made."""
    from workouts.models import Athlete

    if created and not raw:
        Athlete.objects.create(user=instance)
