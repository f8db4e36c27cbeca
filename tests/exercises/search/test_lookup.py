from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from exercises.models import Exercise
from exercises.search.lookup import NameIndex, exercise_at
from tests.factories import AliasFactory, ExerciseFactory

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


class TestFind:
    @pytest.mark.parametrize("name", ["Pull-up", "pull ups", "PULLUPS", " pull-up "])
    def test_ignores_case_hyphens_and_plurals(self, pull_up, name):
        assert NameIndex.for_user(VISITOR).find(name) == pull_up

    def test_knows_aliases(self, row):
        AliasFactory(exercise=row, name="BB row")

        index = NameIndex.for_user(VISITOR)

        assert index.find("barbell rows") == row
        assert index.find("bb row") == row

    @pytest.mark.parametrize("name", ["", "!!!", "pull", "chin-up"])
    def test_finds_nothing_for_another_name(self, pull_up, name):
        assert NameIndex.for_user(VISITOR).find(name) is None

    @pytest.mark.parametrize("name", ["Barbel rows", "barebll row", "BARBELLL ROWW", "barbelrow"])
    def test_puts_slips_right_that_can_only_mean_one_exercise(self, row, name):
        AliasFactory(exercise=row, name="Barbell row")

        index = NameIndex.for_user(VISITOR)

        assert index.find(name) is None
        assert index.misspelt(name) == row

    @pytest.mark.parametrize(
        "name",
        [
            "log press",  # a short word may be another exercise
            "front press",
            "press",
            "lag press",
            "logpress",  # another letter is rather another word
            "squad press",
            "xleg pres",
            "プレスス",
        ],
    )
    def test_guesses_no_other_exercise(self, name):
        ExerciseFactory(name="Leg press")
        ExerciseFactory(name="Front squat")

        assert NameIndex.for_user(VISITOR).misspelt(name) is None

    @pytest.mark.parametrize("name", ["face plls", "fce pul", "fac pulls"])
    def test_puts_vowels_and_doubles_back(self, name):
        pull = ExerciseFactory(name="Face pull")

        assert NameIndex.for_user(VISITOR).misspelt(name) == pull

    @pytest.mark.parametrize("name", ["pul", "pll", "face plo", "ace pull"])
    def test_puts_nothing_back_that_may_be_another_word(self, name):
        ExerciseFactory(name="Face pull")
        ExerciseFactory(name="Pull")

        assert NameIndex.for_user(VISITOR).misspelt(name) is None

    def test_does_not_choose_between_two(self):
        ExerciseFactory(name="Cable twist")
        ExerciseFactory(name="Table twist")

        assert NameIndex.for_user(VISITOR).misspelt("Cablee twist").name == "Cable twist"
        assert NameIndex.for_user(VISITOR).misspelt("Xable twist") is None

    def test_drafts_and_their_aliases_are_invisible(self, alice):
        draft = ExerciseFactory(name="Half-written", status="draft")
        AliasFactory(exercise=draft, name="Unfinished")

        index = NameIndex.for_user(alice)

        assert index.find("Half-written") is None
        assert index.find("Unfinished") is None
        assert index.nearest("Half-writte") == []

    def test_own_exercises_put_aside_are_not_logged_anew(self, alice):
        aside = ExerciseFactory(name="Alice's hang", owner=alice, status="archived")

        assert NameIndex.for_user(alice).find("alices hang") is None
        assert NameIndex.for_user(alice, first=[aside]).find("alices hang") == aside

    def test_own_exercises_are_the_owners_alone(self, alice, charlie):
        mine = ExerciseFactory(name="Alice's hang", owner=alice)

        assert NameIndex.for_user(alice).find("alices hang") == mine
        assert NameIndex.for_user(charlie).find("alices hang") is None
        assert NameIndex.for_user(VISITOR).find("alices hang") is None


class TestPrecedence:
    def test_own_wins_over_catalogue(self, alice, charlie, pull_up):
        mine = ExerciseFactory(name="pull ups", slug="pull-up-2", owner=alice)

        assert NameIndex.for_user(alice).find("Pull-up") == mine
        assert NameIndex.for_user(charlie).find("Pull-up") == pull_up

    def test_own_wins_over_an_alias(self, alice, pull_up):
        AliasFactory(exercise=pull_up, name="Strict pull")
        mine = ExerciseFactory(name="Strict pull", owner=alice)

        assert NameIndex.for_user(alice).find("Strict pull") == mine

    def test_catalogue_name_wins_over_an_alias(self, pull_up, row):
        AliasFactory(exercise=row, name="Pull")
        AliasFactory(exercise=row, name="Chin")
        chin = ExerciseFactory(name="Chin")

        assert NameIndex.for_user(VISITOR).find("chin") == chin
        assert NameIndex.for_user(VISITOR).find("pull") == row

    def test_first_wins_over_own(self, alice, pull_up):
        ExerciseFactory(name="Pull up", slug="pull-up-2", owner=alice)

        index = NameIndex.for_user(alice, first=[pull_up])

        assert index.find("Pull-up") == pull_up

    def test_first_is_known_even_when_it_is_a_draft_by_now(self, alice):
        withdrawn = ExerciseFactory(name="Withdrawn", status="draft")

        index = NameIndex.for_user(alice, first=[withdrawn])

        assert index.find("Withdrawn") == withdrawn


class TestComplete:
    def completed(self, typed, *, mine=()):
        index = NameIndex.for_user(VISITOR)
        found = index.complete(typed, mine=[each.pk for each in mine], limit=8)
        return [(exercise.name, name) for exercise, name in found]

    def test_says_the_name_that_has_the_words(self, pull_up, row):
        AliasFactory(exercise=pull_up, name="Klimmzug")
        AliasFactory(exercise=pull_up, name="Pull")

        assert self.completed("klimm") == [("Pull-up", "Klimmzug")]
        assert self.completed("pull") == [("Pull-up", "Pull-up")]

    def test_puts_own_names_before_others_and_slips_last(self, pull_up):
        dip = ExerciseFactory(name="Dip")
        AliasFactory(exercise=dip, name="Pull")
        slip = ExerciseFactory(name="Pus")
        rack = ExerciseFactory(name="Band and rack pull")

        names = [name for name, _ in self.completed("pul", mine=[slip])]

        assert names == ["Pull-up", rack.name, "Dip", slip.name]

    def test_of_what_is_mine_has_own_names_first_then_my_order(self, pull_up):
        chin = ExerciseFactory(name="Chin")
        AliasFactory(exercise=chin, name="Palms-up pull")
        face = ExerciseFactory(name="Face pull")
        ExerciseFactory(name="Pull")

        names = [name for name, _ in self.completed("pul", mine=[chin, face, pull_up])]

        assert names == ["Face pull", "Pull-up", "Chin", "Pull"]
        assert self.completed("pull", mine=[chin])[0] == ("Pull", "Pull")

    def test_takes_words_written_as_one(self, pull_up):
        ExerciseFactory(name="Pullover")

        assert self.completed("pullu", mine=[pull_up])[0] == ("Pull-up", "Pull-up")


class TestNearest:
    def test_puts_the_most_alike_first(self, pull_up, row):
        ExerciseFactory(name="Lat pulldown")

        assert NameIndex.for_user(VISITOR).nearest("pul up")[0] == pull_up

    def test_looks_behind_all_that_stands_before(self, pull_up, row):
        index = NameIndex(
            [("Slip", row)], behind=NameIndex([("Slap", row)], behind=NameIndex.for_user(VISITOR))
        )

        assert index.nearest("pul up") == [pull_up]

    def test_names_each_exercise_once(self, pull_up):
        for name in ("Overhand pull-up", "Strict pull-up", "Dead-hang pull-up"):
            AliasFactory(exercise=pull_up, name=name)

        assert NameIndex.for_user(VISITOR).nearest("pulup") == [pull_up]

    def test_names_at_most_the_limit(self, db):
        for number in range(6):
            ExerciseFactory(name=f"Pull-up {number}")

        index = NameIndex.for_user(VISITOR)

        assert len(index.nearest("pull-up")) == 3
        assert len(index.nearest("pull-up", limit=2)) == 2

    def test_finds_a_misspelt_alias(self, row):
        AliasFactory(exercise=row, name="Yates row")

        assert NameIndex.for_user(VISITOR).nearest("yeats row") == [row]

    @pytest.mark.parametrize("name", ["zzzzqqqq", "", "!!!"])
    def test_offers_nothing_for_what_is_like_nothing(self, pull_up, name):
        assert NameIndex.for_user(VISITOR).nearest(name) == []


@pytest.mark.parametrize("count", [2, 200])
def test_costs_two_queries(alice, django_assert_num_queries, count):
    exercises = ExerciseFactory.create_batch(2, owner=alice)
    for number in range(count):
        AliasFactory(exercise=exercises[number % 2])

    with django_assert_num_queries(2):  # exercises, aliases
        index = NameIndex.for_user(alice)
        index.find(exercises[0].name)
        index.nearest(exercises[1].name)


class TestKeptNames:
    def test_cost_one_query_while_the_catalogue_is_the_same(
        self, alice, charlie, pull_up, django_assert_num_queries
    ):
        mine = ExerciseFactory(name="Alice's hang", owner=alice)
        NameIndex.for_user(alice)

        with django_assert_num_queries(1):  # own exercises, private names, the version
            index = NameIndex.for_user(charlie)

        assert index.find("Pull-up") == pull_up
        assert index.find("Alice's hang") is None
        with django_assert_num_queries(1):
            assert NameIndex.for_user(alice).find("Alice's hang") == mine

    def test_are_read_anew_after_a_write_to_the_catalogue(self, alice, pull_up, row):
        NameIndex.for_user(alice)
        Exercise.objects.filter(pk=pull_up.pk).update(status="archived")
        AliasFactory(exercise=row, name="Yates row")

        index = NameIndex.for_user(alice)

        assert index.find("Pull-up") is None
        assert index.find("Yates row") == row

    def test_bring_what_a_set_is_reckoned_with(self, alice, django_assert_num_queries):
        mine = ExerciseFactory(owner=alice, load_type="bodyweight", bodyweight_fraction="0.64")
        loaded = NameIndex.for_user(alice).find(mine.name)

        with django_assert_num_queries(0):
            assert (loaded.load_type, loaded.bodyweight_fraction) == ("bodyweight", Decimal("0.64"))
            assert (loaded.slug, loaded.is_own) == (mine.slug, True)


class TestScripts:
    def test_finds_no_other_word_of_another_script(self, alice):
        bike = ExerciseFactory(name="バイク", owner=alice)
        pike = ExerciseFactory(name="パイク", owner=alice)

        index = NameIndex.for_user(alice)

        assert (index.find("ﾊﾞｲｸ"), index.find("パイク"), index.find("ハイク")) == (bike, pike, None)

    def test_finds_whatever_the_case(self, alice):
        back = ExerciseFactory(name="RÜCKEN strecken", owner=alice)
        AliasFactory(exercise=back, name="ΏΘΗΣΗΣ")

        index = NameIndex.for_user(alice)

        assert index.find("rücken-strecken") == index.find("Rucken Strecken") == back
        assert index.find("ώθησης") == back

    def test_offers_vietnamese_that_was_typed_without_tones(self, alice):
        press = ExerciseFactory(name="Đẩy ngực", owner=alice)

        assert NameIndex.for_user(alice).nearest("day nguc") == [press]


@pytest.mark.parametrize("other", ["ALICES HÄNG", "alices häng", "Alices Hang", "\uff21LICES HÄNG"])
def test_an_own_name_is_unique_whatever_the_case(alice, other):
    ExerciseFactory(name="Alices häng", owner=alice)

    with pytest.raises(IntegrityError), transaction.atomic():
        ExerciseFactory(name=other, owner=alice)


class TestAtASlug:
    def test_is_ones_own_before_the_catalogue_s(self, alice, charlie, pull_up):
        mine = ExerciseFactory(name="Pull-up", slug="pull-up", owner=alice)

        assert exercise_at("pull-up", user=alice) == mine
        assert exercise_at("pull-up", user=charlie) == pull_up

    def test_is_nothing_that_one_may_not_see(self, alice, charlie):
        ExerciseFactory(slug="hang", owner=alice)
        ExerciseFactory(slug="draft", status="draft")

        assert exercise_at("hang", user=charlie) is None
        assert exercise_at("draft", user=charlie) is None
