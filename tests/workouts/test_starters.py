"""The routines that come with Backtrain, held against the catalogue's files."""

from collections import Counter
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from exercises.vocabulary import Region, Role
from tests.catalogue import FOLDER, names_in_files
from workouts.reckoning.muscle_sets import Work, sets_per_group
from workouts.routine_format import print_routine
from workouts.routines.reading import read_routine
from workouts.routines.starters import Starter, starters
from workouts.text_format.values import MAX_TITLE
from workouts.vocabulary import Unit

EACH = [pytest.param(starter, id=starter.slug) for starter in starters()]
MUSCLES = Path(settings.BASE_DIR) / "fixtures" / "muscles.yaml"
# The claims that the facts call weak or unproven, and words that promise
NEVER_SAID = ("prevent", "inevitabl", "guarantee", "cure", "fix your", "heal", "correct your")


def read(text: str):
    return read_routine(text, index=names_in_files(), unit=Unit.KG)


def region_of() -> dict[str, str]:
    rows = yaml.load(MUSCLES.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {row["fields"]["slug"]: row["fields"]["region"] for row in rows}


def roles_of(slug: str) -> dict[str, Role]:
    rows = yaml.load((FOLDER / f"{slug}.yaml").read_text(), Loader=yaml.CSafeLoader)
    targets = [row["fields"] for row in rows if row["model"] == "exercises.target"]
    return {target["muscle"][0]: Role(target["role"]) for target in targets}


def week_by_region(starter: Starter) -> dict[str, float]:
    """The sets of each region in a week, or in one of each where a session has no days."""
    sets: Counter[str] = Counter()
    for session in starter.sessions:
        for line in read(session.text).lines:
            if line.entry and line.exercise:
                count = sum(not target.is_warmup for target in line.entry.targets)
                sets[line.exercise.slug] += count * (len(session.weekdays) or 1)
    work = [Work(count, roles_of(slug)) for slug, count in sets.items()]
    return {region: float(count) for region, count in sets_per_group(work, region_of()).items()}


def test_are_nine():
    assert [starter.slug for starter in starters()] == [
        "full-body",
        "pull-push-legs",
        "upper-lower",
        "first-pull-up",
        "desk-back",
        "home-dumbbells",
        "one-kettlebell",
        "five-by-five",
        "back-first",
    ]


@pytest.mark.parametrize("starter", EACH)
class TestStarter:
    def test_is_read_whole_and_stands_in_the_exact_form(self, starter):
        for session in starter.sessions:
            reading = read(session.text)

            assert reading.entries, [
                line for line in reading.lines if line.marks or line.is_unknown
            ]
            assert print_routine(reading.parsed.routine) == session.text.strip()
            assert len(session.name) <= MAX_TITLE

    def test_has_at_least_as_many_sets_for_the_back_as_for_the_chest(self, starter):
        sets = week_by_region(starter)

        assert sets[Region.BACK] >= sets[Region.CHEST] > 0

    def test_begins_most_sessions_with_the_back(self, starter):
        firsts = [read(session.text).lines[0].exercise.slug for session in starter.sessions]
        regions = region_of()
        backs = [
            slug
            for slug in firsts
            if any(regions[muscle] == Region.BACK for muscle in roles_of(slug))
        ]

        assert len(backs) * 2 >= len(firsts)

    def test_explains_itself_and_promises_nothing(self, starter):
        text = " ".join([starter.summary, *starter.why, *starter.progress]).lower()

        assert len(starter.why) >= 2
        assert starter.progress
        assert not [word for word in NEVER_SAID if word in text]

    def test_is_done_on_so_many_days(self, starter):
        days = "".join(session.weekdays for session in starter.sessions)

        assert starter.days == len(days) == len(set(days))
