"""Whatever a page of the catalogue may show, changing it makes another version."""

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save

from exercises.models import (
    Alias,
    CatalogueVersion,
    Exercise,
    FormerName,
    FormerSlug,
    Muscle,
    OpenConflict,
    OwnCatalogueVersion,
    Picture,
    Revision,
    Source,
    Step,
    SyncedDocument,
    Target,
)
from tests.factories import (
    AliasFactory,
    EquipmentFactory,
    ExerciseFactory,
    MuscleFactory,
    SourceFactory,
    StepFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db

SHOWN_NOWHERE = {CatalogueVersion, OpenConflict, OwnCatalogueVersion, Revision, SyncedDocument}


def published():
    exercise = ExerciseFactory(name="Barbell row", slug="barbell-row")
    StepFactory(exercise=exercise, position=1, text="Hinge.")
    TargetFactory(exercise=exercise, muscle=MuscleFactory(slug="trapezius"))
    AliasFactory(exercise=exercise, name="BB row")
    FormerSlug.objects.create(exercise=exercise, slug="row")
    FormerName.objects.create(exercise=exercise, name="Old row", key="oldrow")
    Picture.objects.create(exercise=exercise, image="a.webp", alt="A row")
    exercise.equipment.add(EquipmentFactory(slug="barbell"))
    exercise.sources.add(SourceFactory(key="gray"))
    return exercise


def save(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


CHANGES = {
    "edited": lambda row: save(row, summary="Something else."),
    "renamed": lambda row: save(row, name="Bent-over row"),
    "moved": lambda row: save(row, slug="bent-over-row"),
    "archived": lambda row: save(row, status="archived"),
    "made a draft": lambda row: save(row, status="draft"),
    "archived in bulk": lambda row: Exercise.objects.filter(pk=row.pk).update(status="archived"),
    "changed in bulk": lambda row: Exercise.objects.bulk_update([row], ["summary"]),
    "deleted": lambda row: row.delete(),
    "another published": lambda row: ExerciseFactory(),
    "others made in bulk": lambda row: Source.objects.bulk_create([SourceFactory.build()]),
    "step rewritten": lambda row: save(row.steps.get(), text="Bend."),
    "step added": lambda row: StepFactory(exercise=row, position=2),
    "steps deleted": lambda row: row.steps.all().delete(),
    "role changed": lambda row: save(row.targets.get(), role="secondary"),
    "alias added": lambda row: AliasFactory(exercise=row),
    "alias deleted": lambda row: row.aliases.get().delete(),
    "former slug added": lambda row: FormerSlug.objects.create(exercise=row, slug="old"),
    "picture described": lambda row: save(row.pictures.get(), alt="A better row"),
    "picture deleted": lambda row: row.pictures.get().delete(),
    "picture put first": lambda row: row.pictures.update(position=3),
    "equipment added": lambda row: row.equipment.add(EquipmentFactory()),
    "equipment taken": lambda row: row.equipment.clear(),
    "equipment noted": lambda row: save(row.equipment.get(), note="20 kg"),
    "used by another": lambda row: row.equipment.get().exercises.add(ExerciseFactory()),
    "source added": lambda row: row.sources.set([SourceFactory()]),
    "source renamed": lambda row: save(row.sources.get(), title="Anatomy"),
    "harder one": lambda row: row.harder.add(ExerciseFactory()),
    "muscle explained": lambda row: save(Muscle.objects.get(), text="Broad."),
    "antagonist": lambda row: Muscle.objects.get().antagonists.add(MuscleFactory()),
}

# One of each table, by one way to write each; pages after the others are for `make test-all`.
FEW_CHANGES = {
    *("renamed", "archived in bulk", "deleted", "step added", "role changed", "alias deleted"),
    *("picture put first", "equipment taken", "source renamed", "muscle explained"),
}
EACH_CHANGE = [
    pytest.param(name, marks=() if name in FEW_CHANGES else pytest.mark.whole) for name in CHANGES
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_makes_another_version(change):
    row = published()
    before = CatalogueVersion.objects.current()

    CHANGES[change](row)

    assert CatalogueVersion.objects.current() != before


def test_every_table_that_pages_show_is_watched():
    for table in set(apps.get_app_config("exercises").get_models()) - SHOWN_NOWHERE:
        assert post_save.has_listeners(table), table
        assert post_delete.has_listeners(table), table
        for link in table._meta.local_many_to_many:
            if link.remote_field.through._meta.auto_created:
                assert m2m_changed.has_listeners(link.remote_field.through), link


@pytest.mark.parametrize(
    "table", [Alias, Exercise, FormerName, FormerSlug, Muscle, Picture, Step, Target]
)
def test_a_write_that_changed_nothing_is_no_loss(table):
    published()

    table.objects.update()

    assert CatalogueVersion.objects.count() == 1


def test_stays_while_nothing_is_written():
    published()

    assert CatalogueVersion.objects.current() == CatalogueVersion.objects.current() != ""


def test_stays_when_an_athlete_makes_an_own_exercise(alice):
    published()
    before = CatalogueVersion.objects.current()

    own = ExerciseFactory(owner=alice)
    own.delete()

    assert CatalogueVersion.objects.current() == before


OWN_CHANGES = {
    "made": lambda own: ExerciseFactory(owner=own.owner),
    "renamed": lambda own: save(own, name="Odd lift"),
    "archived": lambda own: save(own, status="archived"),
    "archived in bulk": lambda own: Exercise.objects.filter(pk=own.pk).update(status="archived"),
    "deleted": lambda own: own.delete(),
    "equipment added": lambda own: own.equipment.add(EquipmentFactory()),
    "muscle added": lambda own: TargetFactory(exercise=own),
}


@pytest.mark.parametrize("change", OWN_CHANGES)
def test_a_change_of_an_own_exercise_makes_another_for_its_owner(alice, charlie, change):
    own = ExerciseFactory(owner=alice)
    before = CatalogueVersion.objects.current_for(alice)

    OWN_CHANGES[change](own)

    assert CatalogueVersion.objects.current_for(alice) != before
    assert CatalogueVersion.objects.current_for(charlie) == (CatalogueVersion.objects.current(), "")


def test_an_athlete_goes_with_their_own_exercises(alice):
    ExerciseFactory(owner=alice)

    alice.delete()

    assert not OwnCatalogueVersion.objects.exists()


def test_of_an_empty_catalogue_has_no_key():
    assert CatalogueVersion.objects.current() == ""


def test_renewing_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        CatalogueVersion.objects.renew()
    with django_assert_num_queries(1):
        CatalogueVersion.objects.renew()


def test_goes_with_the_change_when_that_is_undone():
    row = published()
    before = CatalogueVersion.objects.current()

    with transaction.atomic():
        row.delete()
        transaction.set_rollback(True)

    assert CatalogueVersion.objects.current() == before
