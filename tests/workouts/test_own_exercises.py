import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from exercises.models import Exercise, LoadType
from exercises.search.lookup import _catalogue
from tests.factories import (
    AliasFactory,
    EquipmentFactory,
    ExerciseFactory,
    MuscleFactory,
    log,
    read_workout,
)
from tests.workouts.test_round_trip import NOW, drafts
from tests.workouts.text_format.test_round_trip import fitting_sets
from workouts import saving
from workouts.models import Entry, LoggedSet, OwnName, Routine, Workout
from workouts.own_exercises import (
    BadName,
    NamesTaken,
    NotAlike,
    NotMergeable,
    OwnExerciseFacts,
    Unreadable,
    create_own_exercise,
    is_reckoned_alike,
    make_own_exercise,
    merge_own_exercise,
    names_of,
    remove_own_exercise,
    reread,
    restore_own_exercise,
    revise_own_exercise,
)
from workouts.progress.exercise import exercise_progress
from workouts.reading import When
from workouts.reckoning.strength import summarise
from workouts.saving import (
    SUMMARY_FIELDS,
    Conflict,
    is_same,
    load_rule,
    log_workout,
    revise_workout,
)
from workouts.text_format import MAX_TEXT, Load, SetText

KG = {sign: Load(Decimal(20), "kg", sign) for sign in ("", "+", "-")}
NOTHING = Load(Decimal(0), "kg")
METRES = Decimal(40)


class TestLoadType:
    @pytest.mark.parametrize(
        ("sets", "load_type"),
        [
            ([SetText(reps=8)], "bodyweight"),
            ([SetText(KG[""], reps=8)], "external"),
            ([SetText(KG[""], reps=8), SetText(reps=8)], "external"),
            ([SetText(KG["+"], reps=8)], "bodyweight_plus"),
            ([SetText(reps=8), SetText(KG["+"], reps=8)], "bodyweight_plus"),
            ([SetText(KG["-"], reps=8)], "assisted_bodyweight"),
            ([SetText(KG["-"], reps=8), SetText(NOTHING, reps=8)], "assisted_bodyweight"),
            ([SetText(KG["+"], seconds=60)], "weighted_duration"),
            ([SetText(NOTHING, reps=8)], "external"),
            ([SetText(seconds=60)], "duration"),
            ([SetText(KG[""], seconds=60)], "weighted_duration"),
            ([SetText(metres=METRES)], "weighted_duration"),
            ([SetText(metres=METRES, seconds=60)], "distance"),
            ([SetText(metres=METRES * 100)], "distance"),
            ([SetText(reps=8, seconds=60)], "bodyweight"),
            ([SetText(reps=8), SetText(seconds=60)], "bodyweight"),
        ],
    )
    def test_is_guessed_from_how_the_sets_are_written(self, alice, sets, load_type):
        assert make_own_exercise(owner=alice, name="Odd lift", like=sets).load_type == load_type

    @pytest.mark.parametrize("signs", ["-+", "+-", ["", "+"], ["", "-"]])
    def test_is_not_guessed_where_weights_mean_different_things(self, alice, signs):
        sets = [SetText(KG[sign], reps=8) for sign in signs]

        with pytest.raises(NotAlike, match="one of these"):
            make_own_exercise(owner=alice, name="Odd lift", like=sets)

        assert not alice.own_exercises.exists()

    def test_is_external_where_nothing_is_written(self, alice):
        assert make_own_exercise(owner=alice, name="Odd lift").load_type == "external"


class TestNames:
    @pytest.mark.parametrize(
        ("name", "why"),
        [
            ("", "needs a name"),
            ("Row: heavy", "can't contain"),
            ("3x8 row", "begin with a number"),
            ("A1 row", "superset mark"),
            ("x" * 81, "at most 80"),
            ("a\x00b", "control characters"),
            ("???", "at least one letter or number"),
        ],
    )
    def test_that_the_format_cannot_write_are_refused(self, alice, name, why):
        with pytest.raises(BadName, match=why):
            make_own_exercise(owner=alice, name=name)

        assert not alice.own_exercises.exists()

    def test_are_cleaned(self, alice):
        assert make_own_exercise(owner=alice, name="  Odd \t lift ").name == "Odd lift"

    @pytest.mark.parametrize("again", ["Odd lift", "odd-lifts", "ODD LIFT"])
    def test_the_same_again_is_the_same_exercise(self, alice, again):
        first = make_own_exercise(owner=alice, name="Odd lift")

        second = make_own_exercise(owner=alice, name=again, like=[SetText(seconds=60)])

        assert second == first
        assert second.load_type == "external"
        assert alice.own_exercises.count() == 1

    def test_may_be_long(self, alice):
        exercise = make_own_exercise(owner=alice, name="ﬁ" * 80)

        assert Exercise.objects.get(pk=exercise.pk).name == "ﬁ" * 80

    def test_of_someone_else_are_free(self, alice, charlie):
        hers = make_own_exercise(owner=alice, name="Odd lift")

        his = make_own_exercise(owner=charlie, name="Odd lift")

        assert his != hers
        assert his.slug == hers.slug == "odd-lift"


class TestSlugs:
    def test_are_numbered_past_those_taken(self, alice):
        ExerciseFactory.create(slug="odd-lift", name="Catalogue's lift")
        names = ["Odd lift", "Odd, lift!", "Odd lift 2", "Óđđ lift"]

        slugs = [make_own_exercise(owner=alice, name=name).slug for name in names]

        assert len(set(slugs)) == len(set(alice.own_exercises.values_list("slug", flat=True)))
        assert "odd-lift" not in slugs
        assert slugs[0] == "odd-lift-2"

    def test_of_drafts_are_not_known_to_be_taken(self, alice):
        """A draft's page cannot be opened, so there is nothing to be mistaken for."""
        ExerciseFactory.create(slug="odd-lift", status="draft")

        assert make_own_exercise(owner=alice, name="Odd lift").slug == "odd-lift"

    def test_are_made_for_names_without_latin_letters(self, alice):
        first = make_own_exercise(owner=alice, name="Жим лёжа")
        second = make_own_exercise(owner=alice, name="懸垂")

        assert (first.slug, second.slug) == ("my-exercise", "my-exercise-2")


class TestOwner:
    def test_alone_sees_the_exercise(self, alice, charlie):
        exercise = make_own_exercise(owner=alice, name="Odd lift")

        assert exercise in Exercise.objects.visible_to(alice)
        assert exercise not in Exercise.objects.visible_to(charlie)
        assert exercise not in Exercise.objects.catalogue()


def own(owner: User, name: str = "Odd lift", load_type: str = "external", **facts: Any) -> Exercise:
    return create_own_exercise(
        owner=owner, facts=OwnExerciseFacts(name, LoadType(load_type), **facts)
    )


def summary(entry: Entry) -> dict[str, Any]:
    return {field: getattr(entry, field) for field in SUMMARY_FIELDS}


class TestMakingAgain:
    def test_brings_back_what_was_put_aside(self, alice):
        exercise = own(alice)
        log(alice, "Odd lift: 60 kg x 8")
        remove_own_exercise(owner=alice, exercise=exercise)

        again = make_own_exercise(owner=alice, name="odd lifts")

        assert again == exercise
        assert names_of(alice).find("Odd lift") == exercise


class TestCreating:
    def test_keeps_all_that_was_said(self, alice):
        for slug in ("lats", "biceps"):
            MuscleFactory.create(slug=slug)
        EquipmentFactory.create(slug="barbell")

        exercise = own(
            alice,
            primary=["lats"],
            secondary=["biceps", "lats", "no-such"],
            equipment=["barbell", "no-such"],
            aliases=["Oddie", "Odd-lifts"],
            steps=["Stand.", "Lift."],
        )

        assert (exercise.owner, exercise.status) == (alice, "published")
        assert {(each.muscle.slug, each.role) for each in exercise.targets.all()} == {
            ("lats", "primary"),
            ("biceps", "secondary"),
        }
        assert [each.slug for each in exercise.equipment.all()] == ["barbell"]
        assert [each.text for each in exercise.steps.all()] == ["Stand.", "Lift."]
        assert [each.name for each in alice.athlete.own_names.all()] == ["Oddie"]

    def test_refuses_names_that_lead_elsewhere_and_says_where(self, alice, pull_up, row):
        AliasFactory.create(exercise=row, name="Yates row")
        mine = own(alice, "Mine", aliases=["Also mine"])

        with pytest.raises(NamesTaken) as refused:
            own(alice, "pull ups", aliases=["Yates rows", "also-mine", "free"])

        assert [(each.exercise, each.is_alias) for each in refused.value.taken] == [
            (pull_up, False),
            (row, True),
            (mine, True),
        ]
        assert alice.own_exercises.count() == 1

    def test_refuses_the_name_of_one_put_aside(self, alice):
        aside = own(alice)
        log(alice, "Odd lift: 60 kg x 8")
        remove_own_exercise(owner=alice, exercise=aside)

        with pytest.raises(NamesTaken) as refused:
            own(alice)

        assert refused.value.taken[0].exercise == aside

    def test_of_someone_elses_name_is_free(self, alice, charlie):
        own(charlie, aliases=["Oddie"])

        own(alice, aliases=["Oddie"])

        assert OwnName.objects.count() == 2

    @pytest.mark.parametrize("name", ["Own", "own", "OWN!"])
    def test_leaves_the_slug_of_the_page_alone(self, alice, name):
        assert own(alice, name).slug == "own-2"


class TestPrivateNames:
    def test_are_known_to_their_athlete_alone(self, alice, charlie):
        exercise = own(alice, aliases=["Oddie"])

        assert names_of(alice).find("oddies") == exercise
        assert names_of(charlie).find("oddies") is None

    def test_win_over_names_that_the_catalogue_has_later(self, alice, charlie):
        exercise = own(alice, aliases=["Oddie"])
        newer = ExerciseFactory.create(name="Oddie")

        assert names_of(alice).find("Oddie") == exercise
        assert names_of(charlie).find("Oddie") == newer

    def test_of_an_exercise_put_aside_lead_nowhere(self, alice):
        exercise = own(alice, aliases=["Oddie"])
        log(alice, "Oddie: 60 kg x 8")

        remove_own_exercise(owner=alice, exercise=exercise)

        assert names_of(alice).find("Oddie") is None

    def test_cost_two_queries_with_all_others(self, alice, django_assert_num_queries):
        own(alice, aliases=["Oddie"])
        _catalogue.cache_clear()

        with django_assert_num_queries(2):
            names_of(alice)


class TestRevising:
    def test_replaces_what_was_said(self, alice):
        MuscleFactory.create(slug="lats")
        exercise = own(alice, primary=["lats"], aliases=["Oddie"], steps=["One.", "Two."])

        revise_own_exercise(
            owner=alice,
            exercise=exercise,
            facts=OwnExerciseFacts(
                "Odd lift", LoadType.EXTERNAL, aliases=["Oddest"], steps=["Once."]
            ),
        )

        assert not exercise.targets.exists()
        assert [each.text for each in exercise.steps.all()] == ["Once."]
        assert [each.name for each in alice.athlete.own_names.all()] == ["Oddest"]

    def test_renamed_is_found_by_its_old_name_and_keeps_its_address(self, alice):
        exercise = own(alice)

        revise_own_exercise(
            owner=alice,
            exercise=exercise,
            facts=OwnExerciseFacts("Zercher lift", LoadType.EXTERNAL),
        )

        assert exercise.slug == "odd-lift"
        assert names_of(alice).find("Odd lift") == exercise
        assert names_of(alice).find("Zercher lift") == exercise

    def test_may_take_one_of_its_own_other_names(self, alice):
        exercise = own(alice, aliases=["Oddie"])

        revise_own_exercise(
            owner=alice, exercise=exercise, facts=OwnExerciseFacts("Oddie", LoadType.EXTERNAL)
        )

        assert [each.name for each in alice.athlete.own_names.all()] == ["Odd lift"]

    def test_refuses_a_name_that_is_taken(self, alice, pull_up):
        exercise = own(alice)

        with pytest.raises(NamesTaken):
            revise_own_exercise(
                owner=alice, exercise=exercise, facts=OwnExerciseFacts("Pull-up", LoadType.EXTERNAL)
            )

    def test_to_another_load_type_reckons_what_was_logged_anew(self, alice):
        exercise = own(alice)
        workout = log(alice, "Odd lift: 20 kg x 8")

        revise_own_exercise(
            owner=alice,
            exercise=exercise,
            facts=OwnExerciseFacts("Odd lift", LoadType.ASSISTED_BODYWEIGHT),
        )

        entry = workout.entries.get()
        assert (entry.top_weight_kg, entry.volume_kg) == (Decimal(-20), None)
        workout.refresh_from_db()
        assert workout.revision == 2
        assert workout.text.endswith("Odd lift: -20 kg x 8")

    def test_to_a_load_type_that_sets_do_not_fit_changes_nothing(self, alice):
        exercise = own(alice)
        log(alice, "Odd lift: 20 kg x 8, 9", on=date(2026, 11, 20))
        workout = log(alice, "Odd lift: 8")

        with pytest.raises(Unreadable) as refused:
            revise_own_exercise(
                owner=alice, exercise=exercise, facts=OwnExerciseFacts("Other", LoadType.BODYWEIGHT)
            )

        assert (refused.value.reread.clash_count, refused.value.reread.set_count) == (2, 3)
        clash = refused.value.reread.clashes[0]
        assert (clash.day, clash.text) == (date(2026, 11, 20), "20 kg x 8")
        assert "without weight" in clash.why
        workout.refresh_from_db()
        stored = Exercise.objects.get(pk=exercise.pk)
        assert (stored.name, stored.load_type, workout.revision) == ("Odd lift", "external", 1)

    def test_without_another_load_type_leaves_workouts_alone(self, alice):
        exercise = own(alice)
        workout = log(alice, "Odd lift: 20 kg x 8")

        revise_own_exercise(
            owner=alice, exercise=exercise, facts=OwnExerciseFacts("Odd", LoadType.EXTERNAL)
        )

        workout.refresh_from_db()
        assert workout.revision == 1


class TestRemoving:
    def test_what_was_never_logged_deletes_it_and_its_text(self, alice):
        exercise = own(alice, aliases=["Oddie"], steps=["Stand."])

        assert remove_own_exercise(owner=alice, exercise=exercise) == "deleted"

        assert not alice.own_exercises.exists()
        assert not OwnName.objects.exists()

    def test_what_was_logged_puts_it_aside_and_keeps_the_log(self, alice):
        exercise = own(alice)
        workout = log(alice, "Odd lift: 60 kg x 8")

        assert remove_own_exercise(owner=alice, exercise=exercise) == "archived"

        assert "Odd lift: 60 kg x 8" in workout.text
        assert names_of(alice).find("Odd lift") is None
        assert len(exercise_progress(alice.athlete, exercise).sessions) == 1

    def test_what_only_a_deleted_workout_has_puts_it_aside(self, alice):
        exercise = own(alice)
        workout = log(alice, "Odd lift: 60 kg x 8")
        Workout.objects.filter(pk=workout.pk).update(deleted_at=NOW)

        assert remove_own_exercise(owner=alice, exercise=exercise) == "archived"

    def test_what_a_routine_has_puts_it_aside(self, alice):
        exercise = own(alice)
        routine = Routine.objects.create(athlete=alice.athlete, name="Back day")
        routine.entries.create(
            athlete=alice.athlete, exercise=exercise, position=1, targets="3 x 8"
        )

        assert remove_own_exercise(owner=alice, exercise=exercise) == "archived"

    def test_is_undone(self, alice):
        exercise = own(alice)
        log(alice, "Odd lift: 60 kg x 8")
        remove_own_exercise(owner=alice, exercise=exercise)

        restore_own_exercise(exercise=exercise)

        assert names_of(alice).find("Odd lift") == exercise


class TestMerging:
    def test_moves_entries_of_live_and_deleted_workouts(self, alice):
        source, target = own(alice), own(alice, "Even lift")
        workout = log(alice, "Odd lift: 60 kg x 8\nEven lift: 50 kg x 5\nOdd lift: 40 kg x 8")
        deleted = log(alice, "Odd lift: 60 kg x 8", on=date(2026, 11, 20))
        Workout.objects.filter(pk=deleted.pk).update(deleted_at=NOW)

        moved = merge_own_exercise(owner=alice, source=source, target=target)

        assert (len(moved.entries), moved.set_count, moved.workout_count) == (3, 3, 2)
        assert {entry.exercise for entry in Entry.objects.all()} == {target}
        assert [entry.position for entry in workout.entries.all()] == [1, 2, 3]
        assert exercise_progress(alice.athlete, target).best["volume_kg"].value == 1050

    def test_into_the_catalogue_keeps_the_old_names_for_the_athlete(self, alice, charlie, row):
        source = own(alice, "My row", aliases=["Rowie"])

        merge_own_exercise(owner=alice, source=source, target=row)

        assert names_of(alice).find("my rows") == row
        assert names_of(alice).find("Rowie") == row
        assert names_of(charlie).find("My row") is None
        assert not Exercise.objects.filter(pk=source.pk).exists()

    def test_into_the_catalogues_own_spelling_needs_no_name(self, alice):
        source = own(alice, "Oddlift")
        target = ExerciseFactory.create(name="Odd-lift")

        merge_own_exercise(owner=alice, source=source, target=target)

        assert names_of(alice).find("Oddlift") == target
        assert not OwnName.objects.exists()

    def test_reckons_the_way_the_target_is_loaded(self, alice, pull_up):
        source = own(alice, "My pull", "bodyweight")
        alice.athlete.body_weights.create(
            weighed_on=date(2026, 1, 1), weight=80, unit="kg", weight_kg=80
        )
        entry = log(alice, "My pull: 5").entries.get()
        assert entry.volume_kg is None

        merge_own_exercise(owner=alice, source=source, target=pull_up)

        entry.refresh_from_db()
        assert entry.volume_kg == 400

    def test_counts_the_sides_of_one_exercise_together(self, alice, row):
        own = make_own_exercise(owner=alice, name="My row")
        text = "My row: 8 L, 8 L, 8 L\nBent-over barbell row: 8 R, 8 R, 8 R\nMy row: 8"
        workout = log(alice, text)
        assert list(workout.entries.values_list("hard_sets", flat=True)) == [3, 3, 1]

        merge_own_exercise(owner=alice, source=own, target=row)

        assert list(workout.entries.values_list("hard_sets", flat=True)) == [3, 0, 1]

    def test_takes_routines_and_favourites_along(self, alice):
        source, target = own(alice), own(alice, "Even lift")
        routine = Routine.objects.create(athlete=alice.athlete, name="Back day")
        planned = routine.entries.create(
            athlete=alice.athlete, exercise=source, position=1, targets="3 x 8"
        )
        alice.athlete.favourites.create(exercise=source)

        merge_own_exercise(owner=alice, source=source, target=target)

        planned.refresh_from_db()
        assert planned.exercise == target
        assert [each.exercise for each in alice.athlete.favourites.all()] == [target]

    def test_of_two_favourites_leaves_one(self, alice):
        source, target = own(alice), own(alice, "Even lift")
        for exercise in (source, target):
            alice.athlete.favourites.create(exercise=exercise)

        merge_own_exercise(owner=alice, source=source, target=target)

        assert alice.athlete.favourites.get().exercise == target

    def test_makes_an_open_edit_of_the_workout_conflict(self, alice, row):
        source = own(alice, "My row")
        workout = log(alice, "My row: 60 kg x 8")
        stale = read_workout(
            "My row: 65 kg x 8",
            index=names_of(alice),
            unit="kg",
            when=When(date(2026, 11, 22), workout.local_start.time(), "UTC"),
            now=NOW,
        )

        merge_own_exercise(owner=alice, source=source, target=row)

        with pytest.raises(Conflict):
            revise_workout(athlete=alice.athlete, key=workout.pk, revision=1, draft=stale.draft)

    def test_of_load_types_that_do_not_fit_changes_nothing(self, alice, pull_up):
        source = own(alice, "My pull", aliases=["Pullie"])
        workout = log(alice, "My pull: 10 kg x 5")

        with pytest.raises(Unreadable):
            merge_own_exercise(owner=alice, source=source, target=pull_up)

        workout.refresh_from_db()
        assert workout.revision == 1
        assert workout.entries.get().exercise == source
        assert names_of(alice).find("Pullie") == source

    def test_a_second_time_fails_and_changes_nothing(self, alice, row):
        source = own(alice, "My row")
        log(alice, "My row: 60 kg x 8")
        merge_own_exercise(owner=alice, source=source, target=row)
        before = Workout.objects.get().revision

        with pytest.raises(NotMergeable):
            merge_own_exercise(owner=alice, source=source, target=row)

        assert Workout.objects.get().revision == before

    def test_takes_only_own_exercises_into_ones_that_are_seen(self, alice, charlie, row):
        mine, his = own(alice), own(charlie, "His lift")
        draft = ExerciseFactory.create(name="Draft", status="draft")
        aside = own(alice, "Aside")
        log(alice, "Aside: 8")
        remove_own_exercise(owner=alice, exercise=aside)

        into = [(mine, each) for each in (his, draft, aside, mine)]
        for source, target in [(row, mine), (his, mine), *into]:
            with pytest.raises(NotMergeable):
                merge_own_exercise(owner=alice, source=source, target=target)


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_merging_loses_no_set_and_no_name_whatever_was_logged(alice, data):
    kinds = st.sampled_from(sorted(fitting_sets))
    with transaction.atomic():
        source = own(alice, "Odd lift", data.draw(kinds), aliases=["Oddie"])
        target = ExerciseFactory.create(
            name="Even lift",
            load_type=data.draw(kinds),
            owner=data.draw(st.sampled_from([None, alice])),
        )
        for _ in range(data.draw(st.integers(1, 3))):
            draft = data.draw(drafts([source, target]))
            assume(len(draft.text) <= MAX_TEXT - 100)
            log_workout(athlete=alice.athlete, key=uuid4(), draft=draft)
        sets = list(LoggedSet.objects.order_by("pk").values())
        entries = {entry.pk: entry for entry in Entry.objects.all()}
        planned = reread(alice.athlete, source, target)

        try:
            merge_own_exercise(
                owner=alice, source=Exercise.objects.get(pk=source.pk), target=target
            )
            is_merged = True
        except Unreadable:
            is_merged = False

        assert is_merged == (not planned.clashes)
        assert list(LoggedSet.objects.order_by("pk").values()) == sets
        if not is_merged:
            assert {pk: summary(each) for pk, each in entries.items()} == {
                each.pk: summary(each) for each in Entry.objects.all()
            }
            assert names_of(alice).find("Oddie") == source
        else:
            after = Entry.objects.select_related("exercise").prefetch_related("sets")
            assert {entry.exercise for entry in after} == {target}
            assert {entry.pk for entry in after} == set(entries)
            for entry in after:
                figures = [logged.figures for logged in entry.sets.all()]
                expected = summarise(load_rule(target), figures)
                assert summary(entry) == {each: getattr(expected, each) for each in SUMMARY_FIELDS}
                if is_reckoned_alike(source, target):
                    assert entry.volume_kg == entries[entry.pk].volume_kg
            assert names_of(alice).find("Oddie") == names_of(alice).find("Odd lift") == target
            for workout in Workout.objects.with_entries():
                reading = read_workout(
                    workout.text,
                    index=names_of(alice),
                    unit="kg",
                    when=When(None, None, workout.time_zone),
                    now=NOW,
                )
                assert reading.draft
                assert is_same(workout, reading.draft)
        transaction.set_rollback(True)


def wait_until_another_waits():
    """Until another connection waits for a lock that this one holds."""
    end = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(
                "SELECT 1 FROM pg_locks WHERE NOT granted"
                " AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone():
                return
            time.sleep(0.02)
    pytest.fail("Nobody waited.")


@pytest.mark.usefixtures("editors_again")
@pytest.mark.django_db(transaction=True)
def test_merged_twice_at_once_is_merged_once(alice):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one connection.")
    source, target = (make_own_exercise(owner=alice, name=name) for name in ("Oddie", "Odd lift"))

    def merge():
        try:
            merge_own_exercise(owner=alice, source=source, target=target)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            merge_own_exercise(owner=alice, source=source, target=target)
            other = pool.submit(merge)
            wait_until_another_waits()
        with pytest.raises(NotMergeable):
            other.result(timeout=10)

    assert names_of(alice).find("Oddie") == target


@pytest.mark.usefixtures("editors_again")
@pytest.mark.django_db(transaction=True)
def test_merged_in_the_middle_of_an_edit_waits_for_it(alice, monkeypatch):
    """The athlete's row is the first that either holds, or they would wait for each other."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory has one connection.")
    source, target = (make_own_exercise(owner=alice, name=name) for name in ("Oddie", "Odd lift"))
    workout = log(alice, "Oddie: 20 kg x 5")
    draft = read_workout(
        "Oddie: 20 kg x 5, 5",
        index=names_of(alice),
        unit=alice.athlete.unit,
        when=When(workout.day, workout.local_start.time(), "UTC"),
        now=NOW,
    ).draft

    def merge():
        try:
            return merge_own_exercise(owner=alice, source=source, target=target)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        others, write = [], saving.write_entries

        def in_the_middle(*args, **options):
            others.append(pool.submit(merge))
            wait_until_another_waits()
            write(*args, **options)

        monkeypatch.setattr(saving, "write_entries", in_the_middle)
        revise_workout(athlete=alice.athlete, key=workout.pk, revision=1, draft=draft)
        moved = others[0].result(timeout=10)

    assert moved.set_count == 2
    assert {entry.exercise for entry in workout.entries.all()} == {target}
