from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from workouts.reckoning.records import (
    SET_RECORD_KINDS,
    Session,
    in_sessions,
    merge,
    new_records,
    records,
    updated_bests,
)
from workouts.reckoning.strength import Summary


def session(on: int, key: UUID | None = None, **figures) -> Session:
    """A session on a day of November."""
    numbers = {name: Decimal(n) if name.endswith("_kg") else n for name, n in figures.items()}
    return Session(str(key or uuid4()), date(2026, 11, on), Summary(**numbers))


def maybe(numbers):
    return st.none() | numbers


kilograms = st.decimals(-500, 500, places=3)
estimates = st.tuples(st.decimals(Decimal("0.001"), 5, places=1), st.integers(1, 12))
summaries = st.builds(
    lambda estimate, **rest: Summary(
        best_e1rm_kg=estimate and estimate[0], best_e1rm_reps=estimate and estimate[1], **rest
    ),
    maybe(estimates),
    top_weight_kg=maybe(kilograms),
    volume_kg=maybe(kilograms),
    reps=st.integers(0, 100),
    best_reps=maybe(st.integers(1, 30)),
    best_seconds=maybe(st.integers(1, 600)),
    hard_sets=st.integers(0, 20),
)


class TestNewRecords:
    def test_beat_what_was_best_before(self):
        before = {"top_weight_kg": Decimal(60), "best_e1rm_kg": Decimal(80), "best_reps": 5}
        now = Summary(top_weight_kg=Decimal(61), best_e1rm_kg=Decimal(80), best_reps=9)

        assert new_records(before, now) == ["top_weight_kg"]

    def test_of_reps_are_those_without_weight(self):
        before = {"best_reps": 5, "best_seconds": None}

        assert new_records(before, Summary(best_reps=6, best_seconds=30)) == ["best_reps"]

    @given(summaries)
    def test_are_none_where_nothing_was_before_or_the_same(self, now):
        same = {kind: getattr(now, kind) for kind in SET_RECORD_KINDS}

        assert new_records({}, now) == new_records(same, now) == []

    @given(summaries, summaries)
    def test_are_none_twice(self, before, now):
        bests = updated_bests(updated_bests({}, before), now)

        assert new_records(bests, now) == []
        assert new_records(bests, before) == []


class TestRecords:
    def test_each_kind_names_its_best_session(self):
        heavy = session(1, top_weight_kg=100, best_e1rm_kg=100, best_reps=1, volume_kg=100)
        long = session(8, top_weight_kg=80, best_e1rm_kg=107, best_reps=10, volume_kg=800)

        best = records([heavy, long])

        assert {kind: (record.value, record.session) for kind, record in best.items()} == {
            "top_weight_kg": (100, heavy),
            "best_e1rm_kg": (107, long),
            "best_reps": (10, long),
            "volume_kg": (800, long),
        }

    def test_reaching_it_again_is_no_new_record(self):
        first, again = session(1, best_reps=12), session(8, best_reps=12)

        assert records([first, again])["best_reps"].session == first

    def test_the_least_help_is_the_heaviest(self):
        much, little = session(1, top_weight_kg=-30), session(8, top_weight_kg=-20)

        assert records([much, little])["top_weight_kg"].session == little

    def test_a_session_without_a_figure_is_passed_over(self):
        with_it, without = session(1, best_seconds=60), session(8)

        assert records([with_it, without])["best_seconds"].session == with_it
        assert "best_reps" not in records([with_it, without])

    def test_nothing_done_sets_none(self):
        assert records([]) == {}


class TestSessions:
    def test_two_entries_of_one_workout_are_one_session(self):
        key = uuid4()
        first = session(1, key, best_reps=8, reps=16, hard_sets=2, volume_kg=960)
        second = session(1, key, best_reps=5, reps=5, hard_sets=1, volume_kg=400)

        (merged,) = in_sessions([first, second])

        assert merged == session(1, key, best_reps=8, reps=21, hard_sets=3, volume_kg=1360)

    def test_two_workouts_of_one_day_are_two(self):
        assert len(in_sessions([session(1, reps=8), session(1, reps=8)])) == 2

    def test_keep_the_order_given(self):
        parts = [session(3), session(1), session(2)]

        assert in_sessions(parts) == parts

    def test_the_estimate_keeps_the_reps_that_it_rests_on(self):
        key = uuid4()
        rough = session(1, key, best_e1rm_kg=110, best_e1rm_reps=12)
        firm = session(1, key, best_e1rm_kg=100, best_e1rm_reps=3)

        (merged,) = in_sessions([firm, rough])

        assert (merged.summary.best_e1rm_kg, merged.summary.best_e1rm_reps) == (110, 12)

    def test_a_figure_that_only_one_entry_has_stays(self):
        key = uuid4()

        (merged,) = in_sessions([session(1, key, volume_kg=960), session(1, key, best_seconds=30)])

        assert merged.summary.volume_kg == 960
        assert merged.summary.best_seconds == 30

    @given(summaries)
    def test_merging_with_nothing_changes_nothing(self, summary):
        assert merge(summary, Summary()) == summary

    @given(summaries, summaries, summaries)
    def test_merging_does_not_depend_on_the_order(self, one, two, three):
        assert merge(merge(one, two), three) == merge(three, merge(two, one))
