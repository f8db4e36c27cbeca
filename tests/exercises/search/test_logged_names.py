"""What people write in front of their sets, against the names of the whole catalogue."""

from pathlib import Path

import pytest
import yaml

from exercises.search.popular import POPULAR
from tests.catalogue import names_in_files

LOGGED = yaml.safe_load((Path(__file__).parent / "logged_names.yaml").read_text(encoding="utf-8"))
KNOWN = LOGGED["known"]


@pytest.mark.parametrize("part", KNOWN)
def test_what_everyone_means_is_known(part):
    found = {name: names_in_files().find(name) for name in KNOWN[part]}

    slugs = {name: exercise and exercise.slug for name, exercise in found.items()}
    assert slugs == KNOWN[part]


@pytest.mark.parametrize(("name", "offers"), LOGGED["asked"].items())
def test_what_honest_people_mean_differently_is_asked(name, offers):
    assert names_in_files().find(name) is None

    found = names_in_files().offers(name, limit=max(len(offers), 1))
    assert [exercise.slug for exercise in found][: len(offers)] == offers


@pytest.mark.parametrize("typed", ["pull", "push", "press", "curl", "rais", "incl"])
def test_what_one_word_begins_is_offered_as_it_is_completed(typed):
    index = names_in_files()

    completed = [exercise for exercise, _ in index.complete(typed, limit=4)]
    assert index.offers(typed, limit=4) == completed


@pytest.mark.parametrize("name", ["trampoline", "badminton", "", "!!!", "💪", "x" * 500])
def test_nothing_is_offered_for_what_is_like_nothing(name):
    assert names_in_files().offers(name) == []


class TestLogged:
    """What the athlete did most often comes before what others mean."""

    def offers(self, name, **times):
        by_slug = {each.slug: key for key, each in names_in_files().exercises.items()}
        logged = {by_slug[slug.replace("_", "-")]: count for slug, count in times.items()}
        return [each.slug for each in names_in_files().offers(name, logged=logged)]

    def test_is_first_of_those_that_fit_alike(self):
        found = self.offers("press", machine_shoulder_press=40, landmine_press=60, back_squat=900)

        assert found == ["landmine-press", "machine-shoulder-press", "overhead-press"]

    def test_comes_after_what_is_of_the_same_kind(self):
        found = self.offers("press", triceps_pushdown=90, push_up=90, barbell_bench_press=1)

        assert found == ["barbell-bench-press", "overhead-press", "dumbbell-bench-press"]

    def test_comes_after_what_a_slip_comes_to(self):
        found = self.offers("benhc", incline_barbell_bench_press=40)

        assert found[:2] == ["barbell-bench-press", "incline-barbell-bench-press"]

    def test_comes_after_what_has_more_of_the_words(self):
        assert self.offers("DB press", overhead_press=90)[0] == "dumbbell-bench-press"

    def test_is_no_reason_to_offer_what_is_not_like_it(self):
        assert self.offers("trampoline", back_squat=90) == []


def test_what_people_mean_most_is_in_the_catalogue():
    slugs = {each.slug for each in names_in_files().exercises.values()}

    assert [slug for slug in POPULAR if slug not in slugs] == []
    assert len(set(POPULAR)) == len(POPULAR)
