"""Three-way merging: edits stay, the rest follows the files, in any order of both."""

from hypothesis import given
from hypothesis import strategies as st

from exercises.files.merging import merge

FIELDS = ("summary", "cues", "level")
values = st.sampled_from(["a", "b", "c"])
documents = st.fixed_dictionaries(dict.fromkeys(FIELDS, values))
edits = st.tuples(st.just("edit"), st.sampled_from(FIELDS), values)
upgrades = st.tuples(st.just("upgrade"), documents)


class TestOneMerge:
    def test_an_untouched_field_follows_the_files(self):
        merged = merge({"level": "a"}, {"level": "b"}, {"level": "a"})

        assert merged.values == {"level": "b"}
        assert merged.updated == ["level"]

    def test_an_edit_stays_where_the_files_did_not_change(self):
        merged = merge({"level": "a"}, {"level": "a"}, {"level": "mine"})

        assert merged.values == {"level": "mine"}
        assert (merged.kept, merged.updated) == (["level"], [])

    def test_both_changing_is_a_conflict_that_keeps_the_edit(self):
        merged = merge({"level": "a"}, {"level": "b"}, {"level": "mine"})

        assert merged.values == {"level": "mine"}
        assert (merged.conflicts, merged.kept) == (["level"], [])

    def test_both_changing_to_the_same_is_nothing(self):
        merged = merge({"level": "a"}, {"level": "b"}, {"level": "b"})

        assert (merged.updated, merged.kept, merged.conflicts) == ([], [], [])

    def test_theirs_takes_all_and_mine_settles_conflicts(self):
        base, theirs, mine = {"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 3, "b": 3}

        taken = merge(base, theirs, mine, choice="theirs")
        kept = merge(base, theirs, mine, choice="mine")

        assert taken.values == theirs
        assert kept.values == mine
        assert (kept.conflicts, kept.kept) == ([], ["a", "b"])

    def test_without_a_base_every_difference_counts_as_an_edit(self):
        merged = merge(None, {"a": 1, "b": 2}, {"a": 1, "b": 3})

        assert merged.values == {"a": 1, "b": 3}
        assert merged.conflicts == ["b"]


class TestAnyHistory:
    @given(documents, st.lists(edits | upgrades, max_size=12))
    def test_keeps_every_edit_and_updates_every_other_field(self, first, history):
        base, mine = dict(first), dict(first)
        edited = set()

        for event, *what in history:
            if event == "edit":
                name, value = what
                mine[name] = value
                (edited.discard if value == base[name] else edited.add)(name)
                continue
            (theirs,) = what
            before = dict(mine)
            mine = merge(base, theirs, mine).values
            for name in FIELDS:
                assert mine[name] == (before[name] if name in edited else theirs[name])
            base = theirs
            edited = {name for name in edited if mine[name] != base[name]}
