"""An old version on the page that readers had, for editors."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exercises.files.renaming import keep_address
from exercises.files.revisions import record_row
from exercises.models import Exercise, Muscle, Revision, Step, Target
from tests.exercises.test_admin import address
from tests.factories import (
    EquipmentFactory,
    ExerciseFactory,
    MuscleFactory,
    SourceFactory,
    StepFactory,
    TargetFactory,
    log,
)

pytestmark = pytest.mark.django_db


def at(row, revision):
    key = getattr(revision, "pk", revision)
    return reverse(f"admin:exercises_{row._meta.model_name}_version", args=[row.pk, key])


def latest(row):
    return Revision.objects.of(row._meta.model_name, row.pk).first()


@pytest.fixture
def lats():
    return MuscleFactory(slug="lats", name="Lats")


@pytest.fixture
def row(lats):
    """As it was in its first version."""
    row = ExerciseFactory(
        name="Barbell row",
        slug="barbell-row",
        summary="Pull a bar[^gray].",
        cues="Elbows back",
        mistakes="Swinging: hold still.",
        level="beginner",
        load_type="external",
    )
    StepFactory(exercise=row, position=1, text="Hinge.")
    StepFactory(exercise=row, position=2, text="Pull to the *belly*.")
    TargetFactory(exercise=row, muscle=lats)
    row.equipment.add(EquipmentFactory(slug="barbell", name="Olympic bar"))
    row.sources.add(SourceFactory(key="gray", title="Gray's Anatomy"))
    return row


@pytest.fixture
def first(row, eddie):
    """The first version of it; all of it has changed since."""
    harder = ExerciseFactory(name="Harder once")
    family = ExerciseFactory(name="Varied once")
    Exercise.objects.filter(pk=row.pk).update(variation_of=family)
    row.harder.add(harder)
    record_row(row, "As it began", user=eddie)
    first = latest(row)
    Exercise.objects.filter(pk=row.pk).update(
        name="Row", summary="Now.", cues="", mistakes="", level="advanced", variation_of=None
    )
    Step.objects.filter(exercise=row).delete()
    Target.objects.filter(exercise=row).update(muscle=MuscleFactory(name="Muscle of later"))
    row.equipment.clear()
    row.sources.clear()
    row.harder.set([ExerciseFactory(name="Harder now")])
    record_row(row, "All new", user=eddie)
    return first


class TestExercise:
    def test_shows_what_readers_saw(self, eddies_client, row, first):
        page = re.sub(r">\s+<", "><", eddies_client.get(at(row, first)).content.decode())

        assert "<h1>Barbell row</h1>" in page
        for shown in (
            "Pull a bar<sup",
            "Gray&#x27;s Anatomy",
            "<li><span>Hinge.</span></li><li><span>Pull to the <em>belly</em>.</span></li>",
            "<li>Elbows back</li>",
            "<dt>Swinging</dt><dd>hold still.</dd>",
            ">Lats</a>",
            ">Olympic bar</a>",
            "Beginner",
            "Harder once",
            "Varied once",
        ):
            assert shown in page
        for later in ("Now.", "Muscle of later", "Advanced", "Harder now"):
            assert later not in page

    def test_is_the_page_itself_where_nothing_changed(self, client, eddies_client, row, first):
        def main(page):
            return page[page.index("exercise-head") : page.index("At a glance")]

        eddies_client.post(address("history", row), {"revision": first.pk})

        shown = client.get("/exercises/barbell-row/").content.decode()
        assert main(eddies_client.get(at(row, first)).content.decode()) == main(shown)

    def test_says_which_version_it_is(self, eddies_client, row, first):
        page = eddies_client.get(at(row, first)).content.decode()

        assert f"{first.made_at:%-d %B %Y, %H:%M} UTC</time>, by eddie" in page
        assert "(As it began)" in page
        assert "readers have a later one" in page

    def test_leads_back_to_it(self, eddies_client, row, first):
        page = eddies_client.get(at(row, first)).content.decode()
        assert f'action="{address("history", row)}"' in page
        assert f'name="newest" value="{latest(row).pk}"' in page
        assert f'name="revision" value="{first.pk}"' in page

        eddies_client.post(
            address("history", row),
            {"newest": latest(row).pk, "revision": first.pk},
        )

        row.refresh_from_db()
        assert row.name == "Barbell row"

    def test_of_the_latest_has_no_way_back(self, eddies_client, row, first):
        page = eddies_client.get(at(row, latest(row))).content.decode()

        assert "This is how it reads now." in page
        assert "Go back" not in page

    def test_is_not_to_be_found(self, eddies_client, row, first):
        response = eddies_client.get(at(row, first))

        assert response.headers["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in response.content.decode()
        assert "og:title" not in response.content.decode()
        assert "private" in response.headers["Cache-Control"]

    def test_changes_nothing(self, eddies_client, row, first, alice):
        log(alice, "Row: 60 kg x 8")
        before = list(Exercise.objects.order_by("pk").values())

        with CaptureQueriesContext(connection) as queries:
            eddies_client.get(at(row, first))

        assert list(Exercise.objects.order_by("pk").values()) == before
        assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []

    def test_follows_what_was_renamed_since(self, eddies_client, row, first, lats):
        Muscle.objects.filter(pk=lats.pk).update(slug="latissimus", name="Latissimus")
        lats.refresh_from_db()
        keep_address("muscle", lats, former="lats")

        page = eddies_client.get(at(row, first)).content.decode()

        assert 'href="/muscles/latissimus/"' in page

    def test_leaves_out_what_is_gone_since(self, eddies_client, row, first, lats):
        lats.delete()

        page = eddies_client.get(at(row, first)).content.decode()

        assert "<h1>Barbell row</h1>" in page
        assert "Lats" not in page

    def test_from_before_a_field_shows_the_one_of_today(self, eddies_client, row, first):
        for name in ("level", "steps", "harder", "variation_of"):
            del first.fields[name]
        first.save()

        page = eddies_client.get(at(row, first)).content.decode()

        assert "<h1>Barbell row</h1>" in page
        assert "Advanced" in page
        assert "Harder now" in page

    def test_with_words_that_are_no_more_can_be_read(self, eddies_client, row, first):
        first.fields |= {"level": "hardly-any", "targets": [["lats", "nothing"]]}
        first.save()

        page = eddies_client.get(at(row, first)).content.decode()

        assert "hardly-any" in page
        assert 'aria-labelledby="muscles"' not in page

    def test_costs_the_same_for_any_number_of_rows(self, eddies_client, row, first):
        costs = []
        for count in (2, 30):
            for number in range(count):
                StepFactory(exercise=row, position=count + number)
                TargetFactory(exercise=row, muscle=MuscleFactory())
                row.harder.add(ExerciseFactory())
                row.equipment.add(EquipmentFactory())
            record_row(row, "More")
            with CaptureQueriesContext(connection) as queries:
                eddies_client.get(at(row, latest(row)))
            costs.append(len(queries))

        assert costs[0] == costs[1]


class TestMuscle:
    def test_shows_what_readers_saw(self, eddies_client, eddie):
        chest, back = MuscleFactory(name="Chest"), MuscleFactory(name="Upper back")
        muscle = MuscleFactory(name="Lats", text="The *wide* one.", origin="The spine")
        muscle.antagonists.add(chest)
        record_row(muscle, "As it began", user=eddie)
        first = latest(muscle)
        Muscle.objects.filter(pk=muscle.pk).update(text="New.", origin="Elsewhere")
        muscle.antagonists.set([back])
        record_row(muscle, "All new", user=eddie)

        response = eddies_client.get(at(muscle, first))

        page = response.content.decode()
        for shown in ("The <em>wide</em> one.", "The spine", ">Chest</a>", "by eddie"):
            assert shown in page
        for later in ("New.", "Elsewhere", "Upper back", "og:title"):
            assert later not in page
        assert response.headers["X-Robots-Tag"] == "noindex"


class TestAddress:
    @pytest.mark.ignore_template_errors
    def test_is_in_the_history_and_beside_a_difference(self, eddies_client, row, first):
        compare = f"{address('compare', row)}?before={first.pk}&after={latest(row).pk}"

        assert at(row, first) in eddies_client.get(address("history", row)).content.decode()
        for version in (first, latest(row)):
            assert at(row, version) in eddies_client.get(compare).content.decode()

    @pytest.mark.ignore_template_errors
    def test_is_not_offered_for_what_has_no_page(self, eddies_client):
        source = SourceFactory()
        record_row(source, "One")
        record_row(source, "Two")

        assert "See it" not in eddies_client.get(address("history", source)).content.decode()
        assert eddies_client.get(at(source, latest(source))).status_code == 404

    @pytest.mark.parametrize("key", ["x", "0", "-1", "9" * 30, "²", "\x00"])
    def test_is_missing_for_no_version(self, eddies_client, row, first, key):
        assert eddies_client.get(at(row, key)).status_code == 404

    def test_is_missing_for_another_rows_version(self, eddies_client, row, first):
        other = ExerciseFactory()
        record_row(other, "Other")

        assert eddies_client.get(at(row, latest(other))).status_code == 404

    def test_is_missing_for_what_was_deleted(self, eddies_client, lats):
        record_row(lats, "One")
        version, address_of_it = latest(lats), at(lats, latest(lats))
        lats.delete()

        assert version.kind == "muscle"
        assert eddies_client.get(address_of_it).status_code == 404

    def test_is_for_editors(self, client, alices_client, charlie, row, first):
        assert [each.get(at(row, first)).status_code for each in (client, alices_client)] == [
            302,
            302,
        ]
        charlie.is_staff = True
        charlie.save()
        client.force_login(charlie)
        assert client.get(at(row, first)).status_code == 403
