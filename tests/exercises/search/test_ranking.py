"""The search, first on the whole catalogue as its files have it; no database is asked."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from exercises.search.ranking import Index
from exercises.search.synonyms import search_words

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
SPELLINGS = yaml.safe_load((Path(__file__).parent / "spellings.yaml").read_text(encoding="utf-8"))
TYPED = [(typed, slug) for part in SPELLINGS.values() for typed, slug in part.items()]


def rows(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def whole_catalogue():
    """Every exercise with its names, primary muscles and equipment, in the article's order."""
    named = {
        model: {row["fields"]["slug"]: row["fields"] for row in rows(FIXTURES / f"{model}.yaml")}
        for model in ("muscles", "equipment")
    }
    names, muscles, equipment = [], [], []
    files = [rows(path) for path in (FIXTURES / "exercises").glob("*.yaml")]
    files.sort(
        key=lambda file: (file[0]["fields"]["article_place"] or 99, file[0]["fields"]["name"])
    )
    for exercise, *others in files:
        slug = exercise["fields"]["slug"]
        names.append((slug, exercise["fields"]["name"]))
        for [thing] in exercise["fields"]["equipment"]:
            fields = named["equipment"][thing]
            equipment.append((slug, f"{fields['name']} {fields['kind']}"))
        for row in others:
            fields = row["fields"]
            if row["model"] == "exercises.alias":
                names.append((slug, fields["name"]))
            elif row["model"] == "exercises.target" and fields["role"] == "primary":
                of = named["muscles"][fields["muscle"][0]]
                muscles.append((slug, f"{of['name']} {of['common_name']} {of['region']}"))
    return Index(names, muscles, equipment)


@pytest.fixture(scope="module")
def catalogue():
    return whole_catalogue()


class TestSpellings:
    def test_are_many_and_of_most_exercises(self):
        assert len(TYPED) >= 250
        assert len({slug for _, slug in TYPED}) >= 150

    def test_find_the_right_exercise_first(self, catalogue):
        wrong = [
            f"{typed!r} finds {catalogue.search(typed)[:1]}, not {slug}"
            for typed, slug in TYPED
            if catalogue.search(typed)[:1] != [slug]
        ]

        print(f"{len(TYPED) - len(wrong)} of {len(TYPED)} right", *wrong, sep="\n")  # noqa: T201
        assert len(wrong) <= len(TYPED) * 0.05, wrong

    def test_written_after_the_tuning_do_as_well(self, catalogue):
        unseen = SPELLINGS["written after the tuning"]

        right = [typed for typed, slug in unseen.items() if catalogue.search(typed)[:1] == [slug]]

        assert len(right) >= len(unseen) * 0.95


class TestRelevance:
    @pytest.mark.parametrize(
        ("query", "most", "nearest"),
        [
            ("bench press", 12, 11),
            ("pull up", 26, 11),
            ("lat pulldown", 8, 6),
            ("deadlift", 10, 8),
            ("plank", 4, 2),
        ],
    )
    def test_puts_those_that_hold_it_before_the_rest(self, catalogue, query, most, nearest):
        whole = "".join(search_words(query))

        found = catalogue.search(query)

        assert nearest <= len(found) <= most
        assert all(whole in spelled(catalogue, slug) for slug in found[:nearest])

    def test_of_bench_presses_are_all_that_are_called_so(self, catalogue):
        assert set(catalogue.search("bench press")) == {
            *("barbell-bench-press", "dumbbell-bench-press", "close-grip-bench-press"),
            *("decline-barbell-bench-press", "incline-barbell-bench-press"),
            *("incline-dumbbell-bench-press", "machine-chest-press", "pause-bench-press"),
            *("smith-machine-bench-press", "smith-machine-incline-bench-press"),
            "floor-press",  # a bench press without the bench
        }

    @pytest.mark.parametrize("query", ["zottman curl", "jefferson curl", "hatfield squat"])
    def test_finds_nothing_for_what_is_not_there_but_knows_what_is_near(self, catalogue, query):
        assert catalogue.search(query) == []
        assert catalogue.nearest(query, limit=3)[0].endswith(query.split()[1])

    @pytest.mark.parametrize("query", ["trampoline", "badminton", "asdf", "", "!!!", "💪"])
    def test_has_nothing_near_what_is_like_nothing(self, catalogue, query):
        assert catalogue.search(query) == catalogue.nearest(query, limit=3) == []


class TestMusclesAndEquipment:
    @pytest.mark.parametrize(
        ("query", "slug"),
        [
            ("lats cable", "lat-pulldown"),
            ("cable lats", "lat-pulldown"),
            ("chest dumbbells", "dumbbell-bench-press"),
            ("bodyweight back", "superman-raise"),
            ("hamstrings machine", "lying-leg-curl"),
            ("rear delt band", "band-pull-apart"),
            ("quads", "leg-extension"),
        ],
    )
    def test_find_what_trains_the_one_with_the_other(self, catalogue, query, slug):
        assert slug in catalogue.search(query)

    def test_come_after_what_is_called_so(self, catalogue):
        """A trap-bar deadlift before a row for the traps at a straight bar."""
        assert catalogue.search("trap bar")[0] == "trap-bar-deadlift"

    def test_come_before_what_is_called_about_so(self, catalogue):
        """The lats at a cable before a lat raise, which is a lateral one, at it."""
        assert catalogue.search("lats cable")[0] == "lat-pulldown"

    def test_of_equipment_alone_name_no_exercise(self, catalogue):
        """A squat stand is no squat, and what a bench is for is no bench press."""
        assert "inverted-row" not in catalogue.search("squat")
        assert "skull-crusher" not in catalogue.search("bench press")


class TestIndex:
    def test_puts_the_whole_name_first_then_the_alias_then_longer_names(self):
        index = Index(
            [
                *(("in-alias", "Body lift"), ("in-alias", "Australian pull-up")),
                ("inside", "Band-assisted pull-up"),
                *(("by-alias", "Zombie climb"), ("by-alias", "Pull up")),
                ("whole", "Pull-up"),
            ]
        )

        assert index.search("pull ups") == ["whole", "by-alias", "in-alias", "inside"]

    def test_weighs_a_rare_word_more_than_a_common_one(self):
        names = [(f"row {n}", f"{word} row") for n, word in enumerate(("seal", "band", "ring"))]
        index = Index([*names, ("seal walk", "seal walk")])

        ranked = dict(map(reversed, index.ranked("seal row")))

        assert ranked["row 0"] == 1
        assert ranked["seal walk"] > ranked["row 1"]

    def test_breaks_ties_by_the_order_that_it_was_given(self):
        index = Index([("second", "Seal row"), ("first", "Band row")])

        assert index.search("row") == ["second", "first"]

    def test_names_each_once(self):
        index = Index([("row", name) for name in ("Row", "Rowing", "Seated row", "Row machine")])

        assert index.search("row") == ["row"]

    def test_joins_and_splits_words(self):
        index = Index([("lat", "Lat pulldown"), ("sit", "Sit-up"), ("skull", "Skull crusher")])

        assert index.search("lat pull down") == ["lat"]
        assert index.search("situps") == ["sit"]
        assert index.search("skullcrshers") == ["skull"]

    def test_of_nothing_finds_nothing(self):
        assert Index([]).search("row") == []

    @pytest.mark.parametrize(
        "query", ["x" * 10_000, "row " * 5_000, "\x00", ".*", "[", "(?", "%_\\"]
    )
    def test_takes_odd_queries(self, catalogue, query):
        catalogue.search(query)

    @given(st.text(max_size=120))
    def test_takes_any_query(self, query):
        index = Index([("row", "Bent-over row"), ("up", "Pull-up")], [("row", "Lats")])

        assert set(index.search(query)) <= {"row", "up"}

    @given(st.permutations(["bent", "over", "barbell", "row"]))
    def test_takes_words_in_any_order(self, words):
        index = Index([("other", "Seal row"), ("row", "Bent-over barbell row")])

        assert index.search(" ".join(words))[0] == "row"


class TestSearchWords:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("1-arm DB rows", ("one", "arm", "dumbbell", "row")),
            ("Single-arm row", ("one", "arm", "row")),
            ("Press-ups on the knees", ("press", "up", "knee")),
            ("exercises for the back", ("back",)),
            ("OHS", ("overhead", "squat")),
            ("on to", ("on", "to")),
        ],
    )
    def test_have_one_form_and_leave_out_what_says_nothing(self, text, words):
        assert search_words(text) == words


def spelled(index, slug):
    """An exercise's names without spaces."""
    return " ".join("".join(words) for key, words in index._names if key == slug)
