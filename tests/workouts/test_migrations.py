"""What migrations do to rows that are there already."""

from datetime import date
from decimal import Decimal
from importlib import import_module

from django.apps import apps

from exercises.models import Alias, Exercise, FormerName
from tests.factories import AliasFactory, ExerciseFactory, log
from workouts.models import Entry, LoggedSet, OwnName

recount = import_module("workouts.migrations.0012_count_sets_by_exercise").count_by_exercise
holds = import_module("workouts.migrations.0006_holds_are_of_time_alone").keep_holds_alone
write_no_help = import_module("workouts.migrations.0011_no_help_is_none").write_no_help
free_slug = import_module("workouts.migrations.0003_free_the_slug_own").free_slug

renew = import_module("exercises.migrations.0007_letters_of_all_scripts").renew_keys
renew_own = import_module("workouts.migrations.0008_letters_of_all_scripts").renew_keys
keep_s = import_module("exercises.migrations.0018_abbreviations_keep_their_s").renew_keys
keep_own_s = import_module("workouts.migrations.0033_abbreviations_keep_their_s").renew_keys


class TestKeys:
    def test_have_the_letters_of_all_scripts(self, alice, pull_up):
        bike = ExerciseFactory.create(name="バイク", owner=alice)
        alias = AliasFactory.create(exercise=pull_up, name="チンニング・バー")
        own = OwnName.objects.create(athlete=alice.athlete, exercise=pull_up, name="हिंदी", key="हद")
        Exercise.objects.filter(pk=bike.pk).update(name_key="ハイク")
        Alias.objects.filter(pk=alias.pk).update(key="チンニンクハー")

        renew(apps, None)
        renew_own(apps, None)

        assert Exercise.objects.get(pk=bike.pk).name_key == "バイク"
        assert Alias.objects.get(pk=alias.pk).key == "チンニングバー"
        assert OwnName.objects.get(pk=own.pk).key == "हिंदी"
        assert Exercise.objects.get(pk=pull_up.pk).name_key == "pullup"

    def test_stay_where_two_would_be_one(self, alice):
        dotless = ExerciseFactory.create(name="\u0131s\u0131nma", owner=alice)
        Exercise.objects.filter(pk=dotless.pk).update(name_key=dotless.name)
        ExerciseFactory.create(name="Isinma", owner=alice)

        renew(apps, None)

        assert Exercise.objects.get(pk=dotless.pk).name_key == dotless.name

    def test_keep_the_s_of_abbreviations(self, alice, pull_up):
        overhead = ExerciseFactory.create(name="Overhead squat")
        alias = AliasFactory.create(exercise=overhead, name="OHS")
        own = OwnName.objects.create(athlete=alice.athlete, exercise=pull_up, name="SLS", key="sl")
        former = FormerName.objects.create(exercise=overhead, name="KBS", key="kettlebell")
        Alias.objects.filter(pk=alias.pk).update(key="oh")

        keep_s(apps, None)
        keep_own_s(apps, None)

        assert Alias.objects.get(pk=alias.pk).key == "ohs"
        assert OwnName.objects.get(pk=own.pk).key == "sls"
        assert FormerName.objects.get(pk=former.pk).key == "kbs"
        assert Exercise.objects.get(pk=pull_up.pk).name_key == "pullup"


class TestHelp:
    def test_is_none_beside_sets_with_a_number(self, alice):
        assisted = ExerciseFactory.create(name="Dip", load_type="assisted_bodyweight")
        log(alice, "Dip: -5 lb x 5, band x 5")
        log(alice, "Dip: 8, 8")

        write_no_help(apps, None)

        sets = LoggedSet.objects.filter(entry__exercise=assisted).order_by("pk")
        weights = [(each.weight, each.unit, each.weight_kg) for each in sets]
        assert weights == [
            (5, "lb", Decimal("2.268")),
            (0, "lb", 0),
            (None, "", None),
            (None, "", None),
        ]


class TestSlugOwn:
    def test_is_freed_for_the_page(self, alice, charlie):
        hers = ExerciseFactory.create(slug="own", name="Жим", owner=alice)
        his = ExerciseFactory.create(slug="own", name="Жим", owner=charlie)
        other = ExerciseFactory.create(slug="own-2", name="Own", owner=alice)

        free_slug(apps, None)

        slugs = {each.pk: each.slug for each in Exercise.objects.all()}
        assert slugs[hers.pk] != slugs[his.pk]
        assert {slugs[hers.pk], slugs[his.pk]} == {"my-exercise", "my-exercise-2"}
        assert slugs[other.pk] == "own-2"


class TestHolds:
    def test_are_of_time_alone(self, alice):
        for name, load_type in (("Plank", "duration"), ("Rowing", "weighted_duration")):
            ExerciseFactory.create(name=name, load_type=load_type)
        texts = {
            "Rowing: 2000 m in 8:15": None,
            "Rowing: 100 m in 30 s, 20 s, 25 s": 25,
            "Plank: 90 s w, 60 s, 45 s": 60,
        }
        entries = {text: log(alice, text).entries.get() for text in texts}
        Entry.objects.update(best_seconds=495)

        holds(apps, None)

        found = {text: Entry.objects.get(pk=each.pk).best_seconds for text, each in entries.items()}
        assert found == texts


class TestLinkingWeighings:
    def test_goes_by_the_weight_that_sets_were_reckoned_with(self, alice):
        ExerciseFactory.create(name="Pull-up", load_type="bodyweight", bodyweight_fraction=1)
        early, late, latest = (
            alice.athlete.body_weights.create(
                weighed_on=date(2026, 11, day), weight=kg, unit="kg", weight_kg=kg
            )
            for day, kg in ((10, 80), (20, 82), (22, 80))
        )
        used = {80: early, 82: late, 800: late}  # 800 was corrected to 82 on the same day
        workouts = {kg: log(alice, "Pull-up: 5", on=date(2026, 11, 21)) for kg in used}
        bare = log(alice, "Pull-up: 5")
        for kg, workout in workouts.items():
            alice.athlete.sets.filter(entry__workout=workout).update(bodyweight_kg=kg)
        alice.athlete.sets.filter(entry__workout=bare).update(bodyweight_kg=None)
        alice.athlete.workouts.update(weighing=None)

        import_module("workouts.migrations.0010_link_weighings").link_weighings(apps, None)

        for kg, workout in workouts.items():
            workout.refresh_from_db()
            assert workout.weighing == used[kg]
            [logged] = alice.athlete.sets.filter(entry__workout=workout)
            assert logged.bodyweight_kg == used[kg].weight_kg
        bare.refresh_from_db()
        assert bare.weighing is None
        assert latest.workouts.count() == 0


class TestSides:
    def test_count_together_on_several_lines(self, alice, row):
        name = row.name
        several = f"{name}: 8 w, 8 L, 8 L, 8 L\n{name}: 8 R, 8 R, 8 R, 8"
        workouts = [log(alice, text) for text in (several, f"{name}: 8 L, 8 R", f"{name}: 8")]
        Entry.objects.update(hard_sets=9)

        recount(apps, None)

        counts = [list(each.entries.values_list("hard_sets", flat=True)) for each in workouts]
        assert counts == [[3, 1], [9], [9]]
