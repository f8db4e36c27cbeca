"""What an athlete did of an exercise the last time, which tells what a line of theirs may mean."""

from collections import defaultdict
from functools import cached_property

from django.db.models import F, Window
from django.db.models.functions import Rank

from exercises.search.lookup import NameIndex
from workouts.models import Athlete, Entry, LoggedSet
from workouts.text_format import SetText

MOST_WORKOUTS = 200  # what is further back says little about today


class LastSets:
    """The sets of an athlete's last workout with an exercise, by a name of it. Of a hundred names
    it costs 1 query, and none before the first is asked for.
    """

    def __init__(self, athlete: Athlete, index: NameIndex) -> None:
        self._athlete = athlete
        self._index = index

    def __call__(self, name: str) -> tuple[SetText, ...] | None:
        """In their order, warm-ups too; None where there are none in the last 200 workouts."""
        exercise = self._index.find(name)
        if exercise is None or exercise.pk not in self._logged:
            return None
        entry = Entry(exercise=exercise)
        logged = self._logged[exercise.pk]
        for one in logged:
            one.entry = entry
        return tuple(one.as_text() for one in logged)

    @cached_property
    def _logged(self) -> dict[int, list[LoggedSet]]:
        recent = self._athlete.workouts.live().newest_first()[:MOST_WORKOUTS]
        place = (F("workout__day").desc(), F("workout__started_at").desc(), F("workout").desc())
        rank = Window(Rank(), partition_by="exercise", order_by=place)
        entries = Entry.objects.filter(workout__in=recent.values("pk")).order_by()
        last = entries.annotate(rank=rank).filter(rank=1)
        sets = LoggedSet.objects.filter(entry__in=last.values("pk"))
        by_exercise: dict[int, list[LoggedSet]] = defaultdict(list)
        for one in sets.annotate(of=F("entry__exercise")).order_by("entry__position", "position"):
            by_exercise[one.of].append(one)
        return by_exercise
