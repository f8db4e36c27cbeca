"""Hands are not sides: how many of the logged weight a rep moves, by the catalogue's own files."""

from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from exercises.files.documents import read_text
from exercises.files.rows import write_documents
from exercises.models import Exercise, SyncedDocument
from tests.factories import ExerciseFactory, log

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "exercises"


def from_the_files(slug):
    """The exercise as the catalogue ships it, but for what it refers to.

    Without its muscles it comes as a draft.
    """
    file = FOLDER / f"{slug}.yaml"
    write_documents(read_text(file.read_text(encoding="utf-8"), name=file.name))
    Exercise.objects.filter(slug=slug).update(status="published")
    return Exercise.objects.get(slug=slug)


class TestVolume:
    @pytest.mark.parametrize(
        ("slug", "sets", "volume_kg"),
        [
            ("bulgarian-split-squat", "20 kg x 8 each side", 640),
            ("bulgarian-split-squat", "20 kg x 8 L", 320),
            ("bulgarian-split-squat", "20 kg x 8", 320),
            ("walking-lunge", "20 kg x 20", 800),
            ("walking-lunge", "20 kg x 10 each side", 800),
            ("reverse-lunge", "20 kg x 20", 800),
            ("reverse-lunge", "20 kg x 10 each side", 800),
            ("step-up", "20 kg x 8 each side", 640),
            ("dumbbell-romanian-deadlift", "20 kg x 8 each side", 640),
            ("single-leg-romanian-deadlift", "20 kg x 8 each side", 320),
            ("hammer-curl", "10 kg x 8 each side", 160),
            ("hammer-curl", "10 kg x 8", 160),
            ("dumbbell-curl", "10 kg x 8 each side", 160),
            ("dumbbell-curl", "10 kg x 8", 80),
            ("renegade-row", "10 kg x 8 each side", 160),
            ("single-arm-dumbbell-row", "30 kg x 8 each side", 480),
            ("kettlebell-row", "24 kg x 8 each side", 384),
            ("concentration-curl", "10 kg x 8 each side", 160),
            ("dumbbell-bench-press", "30 kg x 8", 480),
            ("dumbbell-bench-press", "30 kg x 8 each side", 480),
            ("cable-fly", "10 kg x 10", 200),
            ("kettlebell-swing", "24 kg x 20", 480),
            ("goblet-squat", "24 kg x 10", 240),
            ("dumbbell-pullover", "24 kg x 10", 240),
            ("landmine-press", "30 kg x 8 each side", 480),
            ("bent-over-barbell-row", "60 kg x 8", 480),
            ("suitcase-carry", "24 kg x 40 m", None),
            ("farmers-carry", "24 kg x 40 m", None),
        ],
    )
    def test_counts_what_each_rep_moves(self, alice, slug, sets, volume_kg):
        exercise = from_the_files(slug)

        entry = log(alice, f"{exercise.name}: {sets}").entries.get()

        assert entry.volume_kg == volume_kg

    def test_the_estimate_is_of_one_weight(self, alice):
        exercise = from_the_files("bulgarian-split-squat")

        entry = log(alice, f"{exercise.name}: 30 kg x 10 each side").entries.get()

        assert entry.best_e1rm_kg == Decimal("40.000")


class TestMigration:
    def test_keeps_what_was_reckoned_and_takes_it_for_nobodys_edit(self, db):
        move = import_module("exercises.migrations.0006_implements").keep_what_was_reckoned
        fly = ExerciseFactory.create(load_type="per_hand", implements=1)
        row = ExerciseFactory.create(load_type="per_hand", implements=1, laterality="unilateral")
        for each in (fly, row):
            SyncedDocument.objects.create(
                kind="exercise", slug=each.slug, object_id=each.pk, fields={"name": each.name}
            )

        move(apps, None)

        rows = {
            each.pk: (each.implements, each.implements_one_side)
            for each in (*Exercise.objects.all(),)
        }
        assert rows == {fly.pk: (2, 2), row.pk: (1, 1)}
        said = {each.object_id: each.fields for each in SyncedDocument.objects.all()}
        assert said == {
            fly.pk: {"name": fly.name, "implements": 2, "implements_one_side": 2},
            row.pk: {"name": row.name, "implements": 1, "implements_one_side": 1},
        }
