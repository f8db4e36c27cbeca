"""Hostile files through the page: whatever is in them, an answer, and all of it or nothing.

`HOSTILE_FILES=5000 pytest …` tries that many; `HOSTILE_SEED` begins elsewhere.
"""

import logging
import os
import traceback
from collections import Counter
from random import Random
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from exercises.models import Exercise
from tests.workouts.data.hostile import hostile_file
from tests.workouts.data.samples import SAMPLES
from workouts.data.exporting import as_csv, as_notebook
from workouts.data.name_uses import LEAVE_OUT, MINE
from workouts.models import Athlete, Import

FILES = int(os.environ.get("HOSTILE_FILES", "150"))
SEED = int(os.environ.get("HOSTILE_SEED", "0"))

pytestmark = pytest.mark.usefixtures("catalogue")


def state(user: User) -> dict[str, object]:
    """All that an import may change, but for itself."""
    athlete = Athlete.objects.get(pk=user.pk)
    tables = ("workouts", "entries", "sets", "body_weights", "own_names", "favourites", "routines")
    return {
        **{name: getattr(athlete, name).count() for name in (*tables, "bars", "plates")},
        "own": Exercise.objects.filter(owner=user).count(),
        "settings": (athlete.unit, athlete.time_zone, athlete.week_start, athlete.goal_weight),
    }


def bring(client: Client, user: User, data: bytes, random: Random) -> str:
    """What became of the file: refused, waiting, or brought in and taken back."""
    before = state(user)
    answer = client.post("/data/import/", {"file": SimpleUploadedFile("a.csv", data)})
    if answer.status_code != 302:
        assert answer.status_code in (413, 422)
        assert not Import.objects.exists()
        assert state(user) == before
        return "refused"
    page = answer["Location"]
    posted: dict[str, Any] = {"unit": "kg", "dates": random.choice(["day", "month"])}
    uses = client.get(page).context["plan"].uses
    for number, use in enumerate(uses):
        slugs = [offer.slug for offer in use.offers]
        chosen = random.choice([*slugs, MINE, MINE, LEAVE_OUT])
        posted |= {f"key-{number}": use.key, f"answer-{number}": chosen}
    assert client.post(page, {**posted, "answer": "1"}).status_code in (200, 422)
    assert state(user) == before
    planned = client.get(page).context["plan"]
    client.post(page, {**posted, "finish": "1"})
    one = Import.objects.get()
    if one.is_waiting:
        assert state(user) == before
        return "waits"
    if one.source != "backtrain":
        assert (one.workout_count, one.set_count) == (len(planned.workouts), planned.set_count)
    return _look_and_take_back(client, user, one, page, before)


def _look_and_take_back(
    client: Client, user: User, one: Import, page: str, before: dict[str, object]
) -> str:
    after = state(user)
    assert (after["workouts"], after["sets"]) == (one.workout_count, one.set_count)
    assert client.get(page).status_code == 200
    assert "".join(as_notebook(user.athlete)).count("\n\n") >= one.workout_count
    assert "".join(as_csv(user.athlete)).count("\r\n") > one.set_count
    for workout in user.athlete.workouts.all()[:2]:
        assert client.get(workout.get_absolute_url()).status_code == 200
        assert client.get(f"{workout.get_absolute_url()}edit/").status_code == 200
    client.post(f"{page}undo/")
    gone = state(user)
    assert (gone["workouts"], gone["sets"]) == (0, 0)
    if one.source != "backtrain":
        assert gone == before
    return "brought in"


@pytest.mark.whole
def test_any_number_of_them(alices_client: Client, alice: User) -> None:
    outcomes: Counter[str] = Counter()
    faults = []
    for seed in range(SEED, SEED + FILES):
        random = Random(seed)
        data = hostile_file(random)
        try:
            with transaction.atomic():
                outcomes[bring(alices_client, alice, data, random)] += 1
                transaction.set_rollback(True)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            faults.append(f"HOSTILE_SEED={seed} HOSTILE_FILES=1: {error!r:.200} at {where}")
    logging.getLogger(__name__).info("%s", outcomes)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_samples_themselves_come_in(alices_client: Client, alice: User, name: str) -> None:
    assert bring(alices_client, alice, SAMPLES[name].encode(), Random(0)) == "brought in"
