import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from exercises.models import (
    Alias,
    CatalogueVersion,
    Equipment,
    Exercise,
    FormerName,
    FormerSlug,
    Muscle,
    Picture,
    Source,
    Step,
    SyncedDocument,
    Target,
)
from exercises.models.exercise import Mistake
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


def picture(**fields):
    exercise = fields.pop("exercise", None) or ExerciseFactory()
    return Picture.objects.create(
        **{"exercise": exercise, "image": "a.png", "alt": "Start"} | fields
    )


def former_name():
    return FormerName.objects.create(exercise=ExerciseFactory(), name="Old", key="old")


MAKE = {
    Alias: AliasFactory,
    Equipment: EquipmentFactory,
    Exercise: ExerciseFactory,
    FormerName: former_name,
    Muscle: MuscleFactory,
    Picture: picture,
    Source: SourceFactory,
    Step: StepFactory,
    Target: TargetFactory,
}

# A row is made as it should be; then this is written past the models. One for each check.
BROKEN = [
    (Muscle, "exercises_muscle_kind_valid", {"kind": "organ"}),
    (Muscle, "exercises_muscle_region_valid", {"region": "tail"}),
    (Muscle, "exercises_muscle_view_valid", {"view": "top"}),
    (Muscle, "exercises_muscle_layer_valid", {"layer": "middle"}),
    (Muscle, "exercises_muscle_parts_have_a_parent", {"kind": "part"}),
    (Muscle, "exercises_muscle_single_muscles_count_volume", {"is_volume_unit": False}),
    (Equipment, "exercises_equipment_kind_valid", {"kind": "toy"}),
    (Equipment, "exercises_equipment_empty_weight_positive", {"empty_weight_kg": 0}),
    (Exercise, "exercises_exercise_status_valid", {"status": "gone"}),
    (Exercise, "exercises_exercise_pattern_valid", {"pattern": "wiggle"}),
    (Exercise, "exercises_exercise_force_valid", {"force": "twist"}),
    (Exercise, "exercises_exercise_mechanic_valid", {"mechanic": "both"}),
    (Exercise, "exercises_exercise_pace_valid", {"pace": "fast"}),
    (Exercise, "exercises_exercise_laterality_valid", {"laterality": ""}),
    (Exercise, "exercises_exercise_level_valid", {"level": "hero"}),
    (Exercise, "exercises_exercise_grip_orientation_valid", {"grip_orientation": "none"}),
    (Exercise, "exercises_exercise_grip_width_valid", {"grip_width": "none"}),
    (Exercise, "exercises_exercise_load_type_valid", {"load_type": ""}),
    (Exercise, "exercises_exercise_article_place", {"article_place": 0}),
    (Exercise, "exercises_exercise_article_place", {"article_place": 25}),
    (Exercise, "exercises_exercise_bodyweight_fraction", {"bodyweight_fraction": "0.5"}),
    (
        Exercise,
        "exercises_exercise_bodyweight_fraction",
        {"bodyweight_fraction": "1.01", "load_type": "bodyweight"},
    ),
    (
        Exercise,
        "exercises_exercise_bodyweight_fraction",
        {"bodyweight_fraction": "0.00", "load_type": "bodyweight"},
    ),
    (Exercise, "exercises_exercise_implements_valid", {"implements": 3, "load_type": "per_hand"}),
    (Exercise, "exercises_exercise_implements_valid", {"implements_one_side": 0}),
    (Exercise, "exercises_exercise_one_side_moves_no_more", {"implements_one_side": 2}),
    (Exercise, "exercises_exercise_implements_are_held", {"implements": 2}),
    (Step, "exercises_step_text_not_empty", {"text": ""}),
    (Target, "exercises_target_role_valid", {"role": "star"}),
    (Alias, "exercises_alias_has_a_key", {"key": ""}),
    (FormerName, "exercises_formername_has_a_key", {"key": ""}),
    (Picture, "exercises_picture_has_alt", {"alt": ""}),
]
# Those that take two rows, or a row that refers to itself: a test of each is below.
OTHERS = {
    "exercises_edition_is_one",
    "exercises_muscle_not_its_own_parent",
    "exercises_exercise_not_its_own_variation",
    "exercises_exercise_catalogue_slug",
    "exercises_exercise_slug_of_owner",
    "exercises_exercise_catalogue_name",
    "exercises_exercise_name_of_owner",
    "exercises_step_one_at_a_position",
    "exercises_target_one_role_a_muscle",
    "exercises_formername_once_of_exercise",
    "exercises_synced_once",
    "exercises_muscle_permanent_slug",
    "exercises_equipment_permanent_slug",
    "exercises_exercise_permanent_slug",
}


def refuses(reason=""):
    return pytest.raises(IntegrityError, match=f"(?i){reason}")


class TestConstraints:
    @pytest.mark.parametrize(("model", "name", "change"), BROKEN)
    def test_database_refuses(self, model, name, change):
        row = MAKE[model]()

        with refuses(name), transaction.atomic():
            model._base_manager.filter(pk=row.pk).update(**change)

    def test_all_are_tested(self):
        declared = {
            constraint.name
            for model in apps.get_app_config("exercises").get_models()
            for constraint in model._meta.constraints
        }

        assert {name for _, name, _ in BROKEN} | OTHERS == declared

    def test_an_exercise_has_a_former_name_once(self, db):
        name = former_name()

        with refuses("exercises_formername_once_of_exercise|UNIQUE"), transaction.atomic():
            FormerName.objects.create(exercise=name.exercise, name="old", key="old")

    def test_only_parts_have_a_parent(self, db):
        muscle, parent = MuscleFactory(), MuscleFactory(kind="group")

        with refuses("exercises_muscle_parts_have_a_parent"), transaction.atomic():
            Muscle.objects.filter(pk=muscle.pk).update(parent=parent)

    def test_a_muscle_is_not_its_own_parent(self, db):
        part = MuscleFactory(kind="part", parent=MuscleFactory(kind="group"))

        with refuses("exercises_muscle_not_its_own_parent"), transaction.atomic():
            Muscle.objects.filter(pk=part.pk).update(parent=part)

    def test_there_is_one_version(self, db):
        with refuses("exercises_edition_is_one"), transaction.atomic():
            CatalogueVersion.objects.create(pk=2)

    def test_an_exercise_is_not_its_own_variation(self, pull_up):
        with refuses("exercises_exercise_not_its_own_variation"), transaction.atomic():
            Exercise.objects.filter(pk=pull_up.pk).update(variation_of=pull_up)

    def test_an_own_exercise_has_no_place_in_the_article(self, alice):
        own = ExerciseFactory(owner=alice)

        with refuses("exercises_exercise_article_place"), transaction.atomic():
            Exercise.objects.filter(pk=own.pk).update(article_place=1)

    @pytest.mark.parametrize(
        ("make", "same"),
        [
            (SourceFactory, {"key": "gray"}),
            (MuscleFactory, {"slug": "lats"}),
            (EquipmentFactory, {"slug": "bar"}),
            (ExerciseFactory, {"slug": "pull-up"}),
            (ExerciseFactory, {"name": "Pull-up"}),
            (ExerciseFactory, {"article_place": 1}),
            (AliasFactory, {"name": "Chin"}),
        ],
    )
    def test_two_rows_of_the_catalogue_do_not_share(self, make, same):
        make(**same)

        with refuses("unique"), transaction.atomic():
            make(**same)

    def test_names_that_differ_in_a_hyphen_are_the_same(self, pull_up):
        with refuses("unique"), transaction.atomic():
            ExerciseFactory(name="pull ups")

    def test_aliases_that_differ_in_a_hyphen_are_the_same(self, db):
        AliasFactory(name="Dead-hang pull-up")

        with refuses("unique"), transaction.atomic():
            AliasFactory(name="dead hang pullups")

    @pytest.mark.parametrize("same", [{"slug": "hang"}, {"name": "Hang"}])
    def test_two_exercises_of_one_owner_do_not_share(self, alice, same):
        ExerciseFactory(owner=alice, **same)

        with refuses("unique"), transaction.atomic():
            ExerciseFactory(owner=alice, **same)

    def test_owners_and_the_catalogue_may_share(self, alice, charlie):
        for owner in (None, alice, charlie):
            ExerciseFactory(owner=owner, slug="hang", name="Hang")

        assert Exercise.objects.filter(slug="hang", name_key="hang").count() == 3

    def test_one_step_stands_at_a_position(self, pull_up, row):
        StepFactory(exercise=pull_up, position=1)
        StepFactory(exercise=row, position=1)

        with refuses("unique"), transaction.atomic():
            StepFactory(exercise=pull_up, position=1)

    def test_a_muscle_has_one_role_in_an_exercise(self, db):
        target = TargetFactory(role="primary")

        with refuses("unique"), transaction.atomic():
            TargetFactory(exercise=target.exercise, muscle=target.muscle, role="secondary")

    def test_what_was_synced_is_kept_once(self, db):
        synced = {"kind": "exercise", "slug": "pull-up", "object_id": 1, "fields": {}}
        SyncedDocument.objects.create(**synced)
        SyncedDocument.objects.create(**synced | {"kind": "muscle"})

        with refuses("unique"), transaction.atomic():
            SyncedDocument.objects.create(**synced | {"object_id": 2})

    @pytest.mark.parametrize("make", [ExerciseFactory, MuscleFactory, EquipmentFactory])
    def test_no_two_rows_are_known_by_one_slug(self, db, make):
        make(slug="old", permanent_slug="first")

        with refuses("permanent_slug"), transaction.atomic():
            make(slug="other", permanent_slug="first")

    def test_a_row_at_a_slug_that_another_is_known_by_gets_one_of_its_own(self, db):
        renamed = ExerciseFactory(slug="first")
        Exercise.objects.filter(pk=renamed.pk).update(slug="second")

        new = ExerciseFactory(slug="first", name="Another")

        assert (new.slug, new.permanent_slug) == ("first", "first-2")

    def test_a_former_slug_leads_to_one_exercise(self, pull_up, row):
        FormerSlug.objects.create(exercise=pull_up, slug="chin")

        with refuses("unique"), transaction.atomic():
            FormerSlug.objects.create(exercise=row, slug="chin")


class TestNaturalKeys:
    @pytest.mark.parametrize("model", [each for each in MAKE if each not in (Picture, FormerName)])
    def test_lead_back_to_their_row(self, model):
        row = MAKE[model]()
        MAKE[model]()

        assert model._default_manager.get_by_natural_key(*row.natural_key()) == row

    def test_of_the_catalogue_never_lead_to_an_own_exercise(self, alice, pull_up):
        own = ExerciseFactory(slug="pull-up", name="Mine", owner=alice)
        step, muscle = StepFactory(exercise=own, position=1), MuscleFactory(slug="lats")
        TargetFactory(exercise=own, muscle=muscle)

        assert Exercise.objects.get_by_natural_key("pull-up") == pull_up
        with pytest.raises(Step.DoesNotExist):
            Step.objects.get_by_natural_key("pull-up", step.position)
        with pytest.raises(Target.DoesNotExist):
            Target.objects.get_by_natural_key("pull-up", "lats")

    def test_of_aliases_are_compared_as_names_are(self, db):
        alias = AliasFactory(name="Dead-hang pull-up")

        assert Alias.objects.get_by_natural_key("dead hang pull-ups") == alias


class TestAlias:
    @pytest.mark.parametrize("name", ["Strict pull-up", "strict pullups"])
    def test_is_refused_when_an_exercise_has_it(self, pull_up, row, name):
        AliasFactory(exercise=pull_up, name="Strict pull-up")

        with pytest.raises(ValidationError, match="Pull-up already has this alias"):
            Alias(exercise=row, name=name).full_clean()

    @pytest.mark.parametrize("name", ["Pull-up", "pull ups"])
    def test_is_refused_when_an_exercise_is_called_so(self, pull_up, row, name):
        with pytest.raises(ValidationError, match="the name of the exercise Pull-up itself"):
            Alias(exercise=row, name=name).full_clean()

    @pytest.mark.parametrize("name", ["!!!", "—", "💪"])
    def test_is_refused_without_a_letter_or_number(self, row, name):
        with pytest.raises(ValidationError, match="at least one letter or number"):
            Alias(exercise=row, name=name).full_clean()

    def test_may_be_written_differently_by_its_owner(self, row):
        alias = AliasFactory(exercise=row, name="Yates row")
        alias.name = "Yates-row"

        alias.full_clean()

    def test_may_be_the_name_of_somebody_s_own_exercise(self, alice, row):
        ExerciseFactory(owner=alice, name="Yates row")

        Alias(exercise=row, name="Yates row").full_clean(exclude=["key"])

    def test_follows_its_name(self, row):
        alias = AliasFactory(exercise=row, name="Yates row")
        alias.name = "Underhand rows"
        alias.save()

        alias.refresh_from_db()

        assert alias.key == "underhandrow"


class TestExercise:
    def test_key_follows_its_name(self, pull_up):
        pull_up.name = "Chin-ups"
        pull_up.save()

        pull_up.refresh_from_db()

        assert pull_up.name_key == "chinup"

    @pytest.mark.parametrize("name", ["Row: heavy", "3x8 row", "A1 row", "- row", "> row", "Ro\tw"])
    def test_is_refused_a_name_that_no_workout_text_could_hold(self, row, name):
        row.name = name

        with pytest.raises(ValidationError, match="Begin with a letter, and use no colon"):
            row.full_clean()

    @pytest.mark.parametrize("name", ["Pull-up", "PULL UPS"])
    def test_is_refused_a_name_that_another_has(self, pull_up, row, name):
        row.name = name

        with pytest.raises(ValidationError, match=r"\['Another .+ has this name\.'\]"):
            row.full_clean(exclude=["owner", "name_key"])

    def test_is_refused_a_slug_that_another_has(self, pull_up, row):
        row.slug = "pull-up"

        with pytest.raises(ValidationError, match=r"\['Another .+ has this slug\.'\]"):
            row.full_clean(exclude=["owner", "name_key"])

    def test_is_refused_a_name_without_a_letter_or_number(self, row):
        row.name = "!!!"

        with pytest.raises(ValidationError, match="at least one letter or number"):
            row.full_clean()

    def test_may_share_its_name_with_an_own_one(self, alice, pull_up):
        ExerciseFactory.build(owner=alice, name="Pull-up", slug="pull-up").full_clean()

    @pytest.mark.parametrize(
        "mistakes",
        ["", "Jerking: Use less.", "  Jerking: Use less.  \n\n Rushing: Slow down: two seconds."],
    )
    def test_takes_mistakes_with_what_to_do_instead(self, row, mistakes):
        row.mistakes = mistakes

        row.full_clean()

    @pytest.mark.parametrize(
        "mistakes", ["Jerking", "Jerking:", "Jerking:Use less.", "Rushing: Slow down.\nJerking"]
    )
    def test_refuses_mistakes_without(self, row, mistakes):
        row.mistakes = mistakes

        with pytest.raises(ValidationError, match="Write what goes wrong, a colon"):
            row.full_clean()

    def test_lists_mistakes_and_cues_line_by_line(self, row):
        row.mistakes = "Jerking: Use less.\n\n  Rushing: Slow down: two seconds.\n"
        row.cues = "Chest proud\r\n\r\n  Elbows back \n"

        assert row.mistake_list == [
            Mistake("Jerking", "Use less."),
            Mistake("Rushing", "Slow down: two seconds."),
        ]
        assert row.cue_list == ["Chest proud", "Elbows back"]

    @pytest.mark.parametrize(
        ("orientation", "width", "words"),
        [
            ("overhand", "shoulder", "Overhand, shoulder width"),
            ("neutral", "", "Neutral"),
            ("", "wide", "wide"),
            ("", "", ""),
        ],
    )
    def test_says_its_grip_in_words(self, row, orientation, width, words):
        row.grip_orientation, row.grip_width = orientation, width

        assert row.grip == words


class TestStr:
    def test_identifies_a_row(self, db):
        pull_up = ExerciseFactory(name="Pull-up")
        lats = MuscleFactory(name="Lats")

        assert [
            str(pull_up),
            str(lats),
            str(EquipmentFactory(name="Bar")),
            str(SourceFactory(title="Gray")),
            str(StepFactory(exercise=pull_up, position=2)),
            str(TargetFactory(exercise=pull_up, muscle=lats)),
            str(AliasFactory(exercise=pull_up, name="Chin")),
            str(picture(exercise=pull_up, alt="Hanging")),
        ] == [
            "Pull-up",
            "Lats",
            "Bar",
            "Gray",
            "Pull-up, step 2",
            "Pull-up: Lats (primary)",
            "Chin (Pull-up)",
            "Pull-up: Hanging",
        ]


class TestUpkeep:
    def test_former_slugs_say_where_they_lead(self, pull_up):
        former = FormerSlug.objects.create(exercise=pull_up, slug="chin")

        assert str(former) == "chin → Pull-up"
        assert FormerSlug.objects.get_by_natural_key(*former.natural_key()) == former


class TestMuscle:
    def test_antagonists_are_symmetric(self, db):
        one, other = MuscleFactory.create_batch(2)

        one.antagonists.add(other)

        assert list(other.antagonists.all()) == [one]

    def test_volume_units_are_what_exercises_may_name(self, db):
        group = MuscleFactory(kind="group", is_volume_unit=False)
        part = MuscleFactory(kind="part", parent=group)

        assert list(Muscle.objects.volume_units()) == [part]
