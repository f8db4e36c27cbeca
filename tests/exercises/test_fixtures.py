"""The catalogue as it ships. Each test collects all offenders, so that a failure names them."""

import random
import re
from collections import Counter
from functools import cache
from graphlib import TopologicalSorter
from itertools import chain
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from exercises.markup import FOOTNOTE
from exercises.models import Alias, Equipment, Exercise, Muscle, Source, Step, Target
from exercises.models.fields import lines
from exercises.names import name_key, name_words
from workouts.text_format import name_problem

FOLDER = Path(settings.BASE_DIR) / "fixtures"
FILES = [*sorted(FOLDER.glob("*.yaml")), *sorted(FOLDER.glob("exercises/*.yaml"))]
# Every attempt to write a footnote mark, also a wrong one
MARK = re.compile(r"\[\^[^\]\s]*\]?")


@cache
def documents():
    """The rows of each file."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {file: yaml.load(file.read_text(encoding="utf-8"), loader) for file in FILES}


@cache
def rows(model):
    """The fields of each row of a model, in all files."""
    return [
        row["fields"]
        for row in chain.from_iterable(documents().values())
        if row["model"] == f"exercises.{model}"
    ]


def exercises():
    return {row["slug"]: row for row in rows("exercise")}


def of_each_exercise(model):
    """The rows of a model that belong to each exercise."""
    grouped = {slug: [] for slug in exercises()}
    for row in rows(model):
        grouped[row["exercise"][0]].append(row)
    return grouped


def slugs(keys):
    return [key for [key] in keys or []]


def texts_of_exercises():
    """Every text of each exercise that its page shows as prose."""
    steps = of_each_exercise("step")
    return {
        slug: [
            row["summary"],
            *(step["text"] for step in steps[slug]),
            row["mistakes"],
            row["safety"],
        ]
        for slug, row in exercises().items()
    }


class TestImplements:
    """How many of the logged weight a rep moves; which for what, is in editing-the-catalogue."""

    def test_are_said_of_every_exercise(self):
        silent = [
            slug
            for slug, row in exercises().items()
            if not {"implements", "implements_one_side"} <= set(row)
        ]

        assert silent == []

    def test_of_weights_in_both_hands_at_once_are_two(self):
        wrong = [
            slug
            for slug, row in exercises().items()
            if row["load_type"] == "per_hand"
            and row["laterality"] == "bilateral"
            and row["implements"] != 2
        ]

        assert wrong == []

    def test_of_one_arm_are_one_and_of_one_leg_as_many_as_are_held(self):
        on_one_side = {
            slug: row["implements_one_side"]
            for slug, row in exercises().items()
            if row["implements"] == 2
        }

        assert {slug for slug, count in on_one_side.items() if count == 2} == {
            *("bulgarian-split-squat", "dumbbell-deadlift", "dumbbell-romanian-deadlift"),
            *("dumbbell-squat", "reverse-lunge", "step-up", "walking-lunge"),
        }


class TestLoading:
    """Muscles, equipment and sources come first, since a target can't wait for its muscle."""

    ORDERS = {
        "shuffled": lambda files: random.Random(1918).sample(files, len(files)),
    }

    def test_again_changes_nothing(self, db):
        few = [file for file in FILES if file.parent == FOLDER or "pull-up" in file.stem]
        call_command("loaddata", *self.with_relatives(few), verbosity=0)
        before = self.counts()

        call_command("loaddata", *self.with_relatives(few), verbosity=0)

        assert before[Exercise] > 5
        assert self.counts() == before

    def with_relatives(self, files):
        """These files and all that they refer to, directly or not."""
        by_stem = {file.stem: file for file in FILES}
        wanted = list(files)
        for file in wanted:
            for row in documents()[file]:
                fields = row["fields"]
                named = slugs(fields.get("harder")) + (fields.get("variation_of") or [])
                wanted += [by_stem[slug] for slug in named if by_stem[slug] not in wanted]
        return wanted

    def counts(self):
        models = apps.get_app_config("exercises").get_models(include_auto_created=True)
        return {model: model._default_manager.count() for model in models}

    @pytest.mark.whole
    @pytest.mark.parametrize("order", ORDERS)
    def test_fills_an_empty_database_in_any_order(self, db, order):
        assert not Exercise.objects.exists()

        rearranged = self.ORDERS[order]
        anatomy = rearranged([file for file in FILES if file.parent == FOLDER])
        catalogue = rearranged([file for file in FILES if file.parent != FOLDER])
        call_command("loaddata", *anatomy, *catalogue, verbosity=0)

        for model in (Source, Muscle, Equipment, Exercise, Step, Target, Alias):
            assert model._default_manager.count() == len(rows(model._meta.model_name))
        for exercise in Exercise.objects.prefetch_related("harder", "equipment", "sources"):
            expected = exercises()[exercise.slug]
            assert exercise.name_key == name_key(exercise.name)
            assert {each.slug for each in exercise.harder.all()} == set(slugs(expected["harder"]))
            assert {each.slug for each in exercise.equipment.all()} == set(
                slugs(expected["equipment"])
            )
            assert {each.key for each in exercise.sources.all()} == set(slugs(expected["sources"]))


class TestSize:
    def test_has_51_muscles_41_of_which_count_volume(self):
        assert len(rows("muscle")) == 51
        assert sum(row["is_volume_unit"] for row in rows("muscle")) == 41

    def test_has_no_equipment_that_nothing_is_done_with(self):
        used = {
            slug
            for row in rows("exercise")
            for slug in slugs(row["equipment"]) + slugs(row["alternative_equipment"])
        }

        assert {row["slug"] for row in rows("equipment")} == used

    def test_has_the_24_exercises_of_the_article(self):
        places = [row["article_place"] for row in rows("exercise") if row["article_place"]]

        assert sorted(places) == list(range(1, 25))

    def test_has_one_exercise_a_file_which_is_named_for_it(self):
        found = {
            file.stem: [
                row["fields"]["slug"] for row in rows if row["model"] == "exercises.exercise"
            ]
            for file, rows in documents().items()
            if file.parent.name == "exercises"
        }

        assert {stem: named for stem, named in found.items() if named != [stem]} == {}

    def test_has_slugs_once(self):
        for model, key in (
            ("exercise", "slug"),
            ("muscle", "slug"),
            ("equipment", "slug"),
            ("source", "key"),
        ):
            keys = [row[key] for row in rows(model)]
            assert sorted(keys) == sorted(set(keys))


class TestReferences:
    def test_resolve(self):
        known = {
            "exercise": set(exercises()),
            "muscle": {row["slug"] for row in rows("muscle")},
            "equipment": {row["slug"] for row in rows("equipment")},
            "source": {row["key"] for row in rows("source")},
        }
        named = [
            *(("muscle", row["slug"], key) for row in rows("muscle") for key in self.muscles(row)),
            *(
                ("source", row["slug"], key)
                for row in rows("muscle")
                for key in slugs(row["sources"])
            ),
            *(("muscle", row["exercise"], row["muscle"][0]) for row in rows("target")),
            *(
                ("exercise", model, row["exercise"][0])
                for model in ("step", "target", "alias")
                for row in rows(model)
            ),
        ]
        for row in rows("exercise"):
            gear = slugs(row["equipment"]) + slugs(row["alternative_equipment"])
            relatives = slugs(row["harder"]) + (row["variation_of"] or [])
            named += [("equipment", row["slug"], key) for key in gear]
            named += [("exercise", row["slug"], key) for key in relatives]
            named += [("source", row["slug"], key) for key in slugs(row["sources"])]

        assert [each for each in named if each[2] not in known[each[0]]] == []

    def muscles(self, row):
        return slugs(row["antagonists"]) + (row["parent"] or [])

    def test_name_nothing_twice(self):
        twice = [
            (row["slug"], field)
            for row in rows("exercise")
            for field in ("equipment", "alternative_equipment", "harder", "sources")
            if len(set(slugs(row[field]))) < len(row[field])
        ]

        assert twice == []


class TestMuscles:
    def test_antagonists_are_symmetric(self):
        against = {row["slug"]: set(slugs(row["antagonists"])) for row in rows("muscle")}

        one_sided = [(a, b) for a, others in against.items() for b in others if a not in against[b]]
        assert one_sided == []

    def test_are_not_their_own_antagonists_nor_their_parts(self):
        parent = {row["slug"]: (row["parent"] or [""])[0] for row in rows("muscle")}

        wrong = [
            (row["slug"], other)
            for row in rows("muscle")
            for other in slugs(row["antagonists"])
            if other in (row["slug"], parent[row["slug"]])
        ]
        assert wrong == []

    def test_parts_belong_to_groups_that_are_no_parts(self):
        kind = {row["slug"]: row["kind"] for row in rows("muscle")}

        assert {kind[row["parent"][0]] for row in rows("muscle") if row["parent"]} == {"group"}

    def test_count_volume_once_on_the_way_up(self):
        counts = {row["slug"]: row["is_volume_unit"] for row in rows("muscle")}

        twice = [
            row["slug"]
            for row in rows("muscle")
            if row["parent"] and row["is_volume_unit"] and counts[row["parent"][0]]
        ]
        assert twice == []

    @pytest.mark.parametrize("field", ["latin", "origin", "insertion", "actions", "nerve"])
    def test_have_their_anatomy_in_full(self, field):
        assert [row["slug"] for row in rows("muscle") if len(row[field].strip()) < 5] == []

    def test_oppose_whole_groups_only_where_all_parts_do(self):
        """The upper and lower trapezius turn the shoulder blade up, as the serratus does."""
        against = {row["slug"]: slugs(row["antagonists"]) for row in rows("muscle")}

        assert "trapezius" not in against["serratus-anterior"]
        assert "middle-trapezius" in against["serratus-anterior"]

    def test_have_several_positions_to_stand_at(self):
        positions = [row["position"] for row in rows("muscle")]

        assert len(set(positions)) == len(positions)


class TestRoles:
    def test_name_volume_units_only(self):
        units = {row["slug"] for row in rows("muscle") if row["is_volume_unit"]}

        assert [row for row in rows("target") if row["muscle"][0] not in units] == []

    def test_hold_a_primary_for_every_exercise(self):
        roles = {
            slug: [row["role"] for row in targets]
            for slug, targets in of_each_exercise("target").items()
        }

        assert [slug for slug, named in roles.items() if "primary" not in named] == []

    def test_are_one_a_muscle(self):
        twice = [
            slug
            for slug, targets in of_each_exercise("target").items()
            if len({row["muscle"][0] for row in targets}) < len(targets)
        ]

        assert twice == []

    def test_come_in_order(self):
        order = {"primary": 0, "secondary": 1, "stabiliser": 2}
        mixed = []
        for slug, targets in of_each_exercise("target").items():
            by_position = sorted(targets, key=lambda row: row["position"])
            ranks = [order[row["role"]] for row in by_position]
            if ranks != sorted(ranks) or len({row["position"] for row in targets}) < len(targets):
                mixed.append(slug)

        assert mixed == []

    def test_every_muscle_that_counts_is_trained_by_something(self):
        trained = {row["muscle"][0] for row in rows("target") if row["role"] != "stabiliser"}

        units = {row["slug"] for row in rows("muscle") if row["is_volume_unit"]}
        assert units - trained == set()


class TestLadder:
    def test_never_leads_back(self):
        harder = {slug: slugs(row["harder"]) for slug, row in exercises().items()}

        assert [slug for slug, others in harder.items() if slug in others] == []
        TopologicalSorter(harder).prepare()  # raises CycleError

    def test_of_variations_never_leads_back(self):
        varied = {slug: row["variation_of"] or [] for slug, row in exercises().items()}

        assert [slug for slug, others in varied.items() if slug in others] == []
        TopologicalSorter(varied).prepare()


class TestTexts:
    def test_are_published(self):
        assert [slug for slug, row in exercises().items() if row["status"] != "published"] == []

    def test_belong_to_nobody(self):
        assert [slug for slug, row in exercises().items() if row.get("owner")] == []

    @pytest.mark.parametrize("field", ["pattern", "force", "mechanic", "level", "load_type"])
    def test_say_what_kind_of_exercise_it_is(self, field):
        assert [slug for slug, row in exercises().items() if not row[field]] == []

    def test_name_equipment(self):
        assert [slug for slug, row in exercises().items() if not row["equipment"]] == []

    def test_have_a_summary_as_long_as_there_is_something_to_say(self):
        lengths = {slug: len(row["summary"]) for slug, row in exercises().items()}
        sentences = Counter(
            len(re.findall(r"[.!?](?=\s|$)", FOOTNOTE.sub("", row["summary"])))
            for row in exercises().values()
        )

        assert {slug: length for slug, length in lengths.items() if length < 150} == {}
        assert set(sentences) == {2, 3, 4, 5, 6}
        assert max(sentences.values()) < len(exercises()) * 0.6  # it was 143 of 154 with four

    def test_have_3_to_6_steps(self):
        counts = {slug: len(steps) for slug, steps in of_each_exercise("step").items()}

        assert {slug: count for slug, count in counts.items() if not 3 <= count <= 6} == {}

    def test_have_steps_of_30_characters_and_numbered_from_1(self):
        short, misnumbered = [], []
        for slug, steps in of_each_exercise("step").items():
            short += [(slug, step["text"]) for step in steps if len(step["text"]) < 30]
            if [step["position"] for step in steps] != list(range(1, len(steps) + 1)):
                misnumbered.append(slug)

        assert short == []
        assert misnumbered == []

    def test_have_2_to_5_cues_and_not_the_same_number_everywhere(self):
        counts = {slug: len(lines(row["cues"])) for slug, row in exercises().items()}
        frequent = max(Counter(counts.values()).values())

        assert {slug: count for slug, count in counts.items() if not 2 <= count <= 5} == {}
        assert frequent < len(counts) * 0.6

    def test_say_twice_at_most_that_activity_is_not_growth(self):
        said = [slug for slug, row in exercises().items() if "grow" in row["summary"]]
        measured = [
            slug for slug in said if not re.search(r"\bgrew\b", exercises()[slug]["summary"])
        ]
        repeated = [slug for slug in measured if "activ" in exercises()[slug]["summary"]]

        assert repeated == ["lat-pulldown", "pull-up"]

    def test_have_2_to_4_mistakes_with_what_to_do_instead(self):
        counts = {slug: len(lines(row["mistakes"])) for slug, row in exercises().items()}
        incomplete = [
            (slug, line)
            for slug, row in exercises().items()
            for line in lines(row["mistakes"])
            if min(map(len, self.wrong_and_fix(line))) < 10
        ]

        assert {slug: count for slug, count in counts.items() if not 2 <= count <= 4} == {}
        assert incomplete == []

    def wrong_and_fix(self, line):
        wrong, _, fix = line.partition(": ")
        return wrong.strip(), fix.strip()

    def test_say_nothing_about_safety_or_something_of_use(self):
        short = {
            slug: row["safety"] for slug, row in exercises().items() if len(row["safety"]) < 40
        }

        assert {slug: text for slug, text in short.items() if text} == {}

    @pytest.mark.parametrize(
        "pattern",
        [r"inevitabl", r"prevents? injur", r"ultimate", "\N{EM DASH}", r"\bTODO\b|\bTBD\b"],
    )
    def test_hold_no_word_that_we_do_not_use(self, pattern):
        offenders = [
            (name, value)
            for model in ("exercise", "step", "muscle", "equipment", "alias")
            for row in rows(model)
            for name, value in row.items()
            if isinstance(value, str) and re.search(pattern, value, re.IGNORECASE)
        ]

        assert offenders == []

    def test_measure_in_centimetres(self):
        """Names are spared: athletes write what they like."""
        offenders = [
            (model, value)
            for model in ("exercise", "step", "muscle", "equipment")
            for row in rows(model)
            for value in row.values()
            if isinstance(value, str) and re.search(r"\binch(es)?\b", value)
        ]

        assert offenders == []

    def test_repeat_no_sentence_of_another_exercise(self):
        seen, repeated = {}, []
        for slug, texts in texts_of_exercises().items():
            for sentence in set(re.split(r"(?<=[.!?])\s+|\n", " \n".join(texts))):
                if len(sentence) >= 60 and seen.setdefault(sentence.strip(), slug) != slug:
                    repeated.append((seen[sentence.strip()], slug, sentence))

        assert repeated == []


class TestFootnotes:
    def test_cite_listed_sources_only(self):
        listed = {slug: set(slugs(row["sources"])) for slug, row in exercises().items()}
        texts = {**texts_of_exercises(), **{row["slug"]: [row["text"]] for row in rows("muscle")}}
        listed |= {row["slug"]: set(slugs(row["sources"])) for row in rows("muscle")}

        unlisted = [
            (slug, key)
            for slug, written in texts.items()
            for key in FOOTNOTE.findall("\n".join(written))
            if key not in listed[slug]
        ]
        assert unlisted == []

    def test_are_well_formed(self):
        everything = [
            value
            for model in ("exercise", "step", "muscle", "equipment", "alias")
            for row in rows(model)
            for value in row.values()
            if isinstance(value, str)
        ]

        marks = [mark for value in everything for mark in MARK.findall(value)]
        assert [mark for mark in marks if not FOOTNOTE.fullmatch(mark)] == []

    def test_stand_where_they_are_shown_as_links(self):
        plain = [
            (slug, text)
            for slug, row in exercises().items()
            for text in (
                *lines(row["cues"]),
                *(line.partition(": ")[0] for line in lines(row["mistakes"])),
            )
            if MARK.search(text)
        ]

        assert plain == []

    def test_of_exercises_are_for_what_their_texts_cite(self):
        """A source that no sentence leads to shows nobody what it says."""
        idle = [
            (slug, key)
            for slug, row in exercises().items()
            for key in slugs(row["sources"])
            if f"[^{key}]" not in " ".join(texts_of_exercises()[slug])
        ]

        assert idle == []

    def test_anatomy_rests_on_a_textbook_and_on_an_article_about_the_muscle(self):
        poor = [
            row["slug"]
            for row in rows("muscle")
            if not {"openstax", "statpearls"}
            <= {key.partition("-")[0] for key in slugs(row["sources"])}
        ]

        assert poor == ["levator-scapulae"]  # the textbook leaves it out

    def test_of_studies_are_found_by_their_number(self):
        """An address of a journal or of somebody's copy moves; a DOI stays."""
        studies = {row["key"]: row["url"] for row in rows("source") if row["key"][-4:].isdigit()}
        kept = {
            *("clarkson1993", "melrose2015", "mier2014", "neto2020", "oliveira2009"),
            *("schoenfeld2011", "signorile2002", "solstad2020"),  # found none, or have none
        }

        assert {key for key, url in studies.items() if "//doi.org/" not in url} <= kept

    def test_every_source_is_listed_somewhere(self):
        listed = {
            key
            for model in ("exercise", "muscle")
            for row in rows(model)
            for key in slugs(row["sources"])
        }

        assert [row["key"] for row in rows("source") if row["key"] not in listed] == []

    def test_sources_have_a_title_and_an_address(self):
        poor = [
            row["key"]
            for row in rows("source")
            if len(row["title"]) < 5 or not re.match(r"https?://\S+$", row["url"])
        ]

        assert poor == []


class TestNames:
    def test_of_exercises_are_unlike(self):
        keys = {}
        for row in rows("exercise"):
            keys.setdefault(name_key(row["name"]), []).append(row["slug"])

        assert [slugs for slugs in keys.values() if len(slugs) > 1] == []

    def test_of_aliases_are_unlike(self):
        keys = {}
        for row in rows("alias"):
            keys.setdefault(name_key(row["name"]), []).append((row["exercise"][0], row["name"]))

        assert [same for same in keys.values() if len(same) > 1] == []

    def test_of_aliases_are_nobody_s_name(self):
        names = {name_key(row["name"]): row["slug"] for row in rows("exercise")}

        taken = [
            (row["exercise"][0], row["name"], names[name_key(row["name"])])
            for row in rows("alias")
            if name_key(row["name"]) in names
        ]
        assert taken == []

    def test_with_a_barbell_are_of_what_is_logged_by_the_whole_weight(self):
        """Else 60 kg on a bar come to be 60 kg in each hand."""
        wrong = [
            (slug, name)
            for slug, name in self.names_of_all()
            if "barbell" in name_words(name) and exercises()[slug]["load_type"] == "per_hand"
        ]

        assert wrong == []

    def test_with_dumbbells_are_of_what_is_logged_by_hand(self):
        """But for what is done with a single one; else 20 kg in each hand come to be 20 kg."""
        wrong = {
            slug
            for slug, name in self.names_of_all()
            if "dumbbell" in name_words(name) and exercises()[slug]["load_type"] == "external"
        }

        assert wrong == {"dumbbell-pullover", "goblet-squat", "overhead-triceps-extension"}

    def test_of_a_hold_are_of_what_is_logged_by_time(self):
        """Else the seconds of a hold would have to be written as reps."""
        wrong = [
            (slug, name)
            for slug, name in self.names_of_all()
            if "hold" in name_words(name) and "duration" not in exercises()[slug]["load_type"]
        ]

        assert wrong == []

    def test_without_a_weight_are_not_of_what_is_logged_by_it(self):
        """Else twelve reps with nothing in hand ask for the weight of the machine."""
        wrong = [
            (slug, name)
            for slug, name in self.names_of_all()
            if "bodyweight" in name_words(name) and exercises()[slug]["load_type"] == "external"
        ]

        assert wrong == []

    @staticmethod
    def names_of_all():
        for row in rows("exercise"):
            yield row["slug"], row["name"]
        for row in rows("alias"):
            yield row["exercise"][0], row["name"]

    def test_of_exercises_can_be_written_in_a_workout(self):
        problems = {row["name"]: name_problem(row["name"]) for row in rows("exercise")}

        assert {name: problem for name, problem in problems.items() if problem} == {}
