"""Reading text as a draft. No database: the index is made from exercises that are not saved."""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.models import Exercise
from exercises.search.lookup import NameIndex
from tests.factories import read_workout
from workouts.lines import rename_lines, unknown_lines
from workouts.reading import Draft, Reading, When, local_to_utc, read_days
from workouts.text_format import MAX_TEXT, EntryText, Load, SetText
from workouts.text_format.values import MAX_NOTES

PULL_UP = Exercise(pk=1, name="Pull-up", slug="pull-up", load_type="bodyweight")
ROW = Exercise(pk=2, name="Bent-over barbell row", slug="row", load_type="external")
PLANK = Exercise(pk=3, name="Plank", slug="plank", load_type="duration")
CHIN_UP = Exercise(pk=4, name="Chin-up", slug="chin-up", load_type="bodyweight_plus")
INDEX = NameIndex(
    [
        *((exercise.name, exercise) for exercise in (PULL_UP, ROW, PLANK, CHIN_UP)),
        ("bor", ROW),
    ]
)

DAY, CLOCK = date(2026, 11, 22), time(18, 30)
NOW = datetime(2026, 11, 22, 20, tzinfo=UTC)


def read(
    text: str, *, day=DAY, at=CLOCK, zone="UTC", notes="", unit="kg", now=NOW, logged=dict
) -> Reading:
    when = When(day, at, zone)
    return read_workout(
        text, index=INDEX, unit=unit, when=when, notes=notes, now=now, logged=logged
    )


def drafted(text: str, **options) -> Draft:
    reading = read(text, **options)
    assert reading.draft, (reading.problems, reading.parsed.problems)
    return reading.draft


class TestDraft:
    def test_holds_the_whole_workout(self):
        draft = drafted("Pull-up: 8, 8\nBent-over barbell row: 60 kg x 8\n> belt")

        assert [(one.exercise, one.text) for one in draft.entries] == [
            (PULL_UP, EntryText("Pull-up", (SetText(reps=8), SetText(reps=8)))),
            (
                ROW,
                EntryText(
                    "Bent-over barbell row",
                    (SetText(Load(Decimal(60), "kg"), reps=8),),
                    notes="belt",
                ),
            ),
        ]
        assert draft.started_at == datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
        assert (draft.day, draft.title, draft.minutes, draft.notes) == (DAY, "", None, "")

    def test_takes_weights_in_the_athletes_unit(self):
        (entry,) = drafted("bor 132x8", unit="lb").entries

        assert entry.text.sets == (SetText(Load(Decimal(132), "lb"), reps=8),)

    def test_prints_names_in_full(self):
        assert drafted("bor 60x8").text == ("2026-11-22 18:30\nBent-over barbell row: 60 kg x 8")

    def test_reads_back_from_its_own_text(self):
        draft = drafted("2026-11-20 7:05 Early\n> 65 min\npullup 3x8\nbor 60x8, 70x8\n> belt")

        assert drafted(draft.text, day=None, at=None).text == draft.text


class TestHeader:
    def test_wins_over_the_form(self):
        draft = drafted("2026-11-20 07:15 Back day\nPull-up: 8")

        assert (draft.day, draft.title) == (date(2026, 11, 20), "Back day")
        assert draft.started_at == datetime(2026, 11, 20, 7, 15, tzinfo=UTC)

    def test_without_a_time_takes_the_forms(self):
        draft = drafted("2026-11-20\nPull-up: 8")

        assert draft.started_at == datetime(2026, 11, 20, 18, 30, tzinfo=UTC)

    def test_is_enough_without_a_form(self):
        draft = drafted("2026-11-20 07:15\nPull-up: 8", day=None, at=None)

        assert draft.started_at == datetime(2026, 11, 20, 7, 15, tzinfo=UTC)

    @pytest.mark.parametrize(("day", "at"), [(None, CLOCK), (DAY, None), (None, None)])
    def test_or_form_has_to_say_when(self, day, at):
        reading = read("Pull-up: 8", day=day, at=at)

        assert reading.draft is None
        assert reading.problems == ("Say on which day and at what time it began.",)

    def test_takes_a_leap_day(self):
        assert drafted("2024-02-29\nPull-up: 8").day == date(2024, 2, 29)

    def test_refuses_a_leap_day_of_another_year(self):
        reading = read("2026-02-29\nPull-up: 8")

        assert reading.draft is None
        assert [problem.line for problem in reading.parsed.problems] == [1]


class TestNotes:
    def test_of_the_form_come_before_those_of_the_text(self):
        assert drafted("> sore\nPull-up: 8", notes="slept badly").notes == "slept badly\nsore"

    def test_of_the_form_are_cleaned(self):
        assert drafted("Pull-up: 8", notes=" \r\n  sore\t\r\n\r\n").notes == "  sore"

    def test_of_the_text_may_end_in_minutes(self):
        draft = drafted("> sore, 65 min\nPull-up: 8", notes="slept badly")

        assert (draft.notes, draft.minutes) == ("slept badly\nsore", 65)

    def test_together_may_be_as_long_as_allowed(self):
        notes = "x" * (MAX_NOTES - 2)

        assert len(drafted("> y\nPull-up: 8", notes=notes).notes) == MAX_NOTES

    def test_that_are_too_long_together_are_refused(self):
        reading = read("> y\nPull-up: 8", notes="x" * (MAX_NOTES - 1))

        assert reading.draft is None
        assert reading.problems == ("Notes have at most 5,000 characters.",)


class TestUnknownNames:
    def test_keep_the_workout_from_being_saved(self):
        reading = read("Pull-up: 8\nBarbell rwo: 60 kg x 8")

        assert reading.draft is None
        assert reading.problems == ("Backtrain does not know “Barbell rwo” yet.",)

    def test_past_the_first_twenty_come_with_no_offers(self):
        lines = read("\n".join(f"Pull-upp {'x' * n}: 8" for n in range(30))).lines

        assert [bool(line.nearest) for line in lines] == [True] * 20 + [False] * 10

    def test_come_with_the_nearest(self):
        line = read("Barbell rwo: 60 kg x 8").lines[0]

        assert line.is_unknown
        assert line.nearest[0] == ROW
        assert line.sets == "60 kg x 8"

    def test_that_are_the_same_are_asked_about_once(self):
        reading = read("Pul-upp: 8\nPlank: 60 s\nRwo: 60 kg x 8\npul upps 7 7\nPULUPP 6")

        lines = [line for line in reading.lines if line.is_unknown]
        assert [(line.number, line.alike, line.first_alike) for line in lines] == [
            (1, (1, 4, 5), 1),
            (3, (3,), 3),
            (4, (1, 4, 5), 1),
            (5, (1, 4, 5), 1),
        ]
        assert lines[0].nearest[0] == PULL_UP
        assert lines[2].nearest == lines[3].nearest == ()
        assert reading.marked == 4
        assert reading.problems == (
            "Backtrain does not know “Pul-upp” yet.",
            "Backtrain does not know “Rwo” yet.",
        )

    def test_are_found_by_the_number_of_any_line(self):
        reading = read("Pul-upp: 8\nPlank: 60 s\npul upps 7 7")

        assert [line.number for line in unknown_lines(reading.lines, "3")] == [1, 3]
        assert unknown_lines(reading.lines, "2") == unknown_lines(reading.lines, "") == []

    def test_come_with_what_the_athlete_logs_most_first(self):
        times = []

        def logged():
            times.append(1)
            return {CHIN_UP.pk: 3, PULL_UP.pk: 2}

        lines = read("Odd up: 8\nOther up: 8", logged=logged).lines
        usual = read("Odd up: 8").lines[0]

        assert lines[0].nearest == lines[1].nearest == (CHIN_UP, PULL_UP)
        assert usual.nearest == (PULL_UP, CHIN_UP)
        assert len(times) == 1

    def test_alone_ask_what_the_athlete_logs(self):
        assert read("Pull-up: 8", logged=None).draft

    def test_come_with_the_nearest_beside_a_slip_that_was_clear(self):
        reading = read_workout(
            "Bent-over barbel row: 60 kg x 8\nStrict pull-up: 8",
            index=NameIndex([], behind=INDEX),
            unit="kg",
            when=When(DAY, CLOCK, "UTC"),
            now=NOW,
        )

        assert [line.nearest for line in reading.lines] == [(), (PULL_UP,)]

    def test_may_have_nothing_near(self):
        assert read("Zzyzx: 8").lines[0].nearest == ()

    def test_a_known_one_has_no_neighbours(self):
        line = read("pull ups 8 8").lines[0]

        assert (line.exercise, line.nearest, line.sets) == (PULL_UP, (), "2 x 8")
        assert not line.is_unknown


class TestMarks:
    def test_show_the_part_of_the_line_that_is_wrong(self):
        reading = read("Pull-up: 8, of")

        (mark,) = reading.lines[0].marks
        assert reading.draft is None
        assert (mark.before, mark.marked, mark.after) == ("Pull-up: 8, ", "of", "")
        assert mark.message.endswith(".")

    @given(st.text(st.sampled_from("Pull-up: 8,x@ kg\t\x00é"), max_size=40))
    def test_never_lose_a_character(self, text):
        for line in read(text).lines:
            assert all(mark.before + mark.marked + mark.after == line.raw for mark in line.marks)


class TestBlank:
    @pytest.mark.parametrize("text", ["", "  \n\t\n", "2026-11-20 Back day", "> sore"])
    def test_asks_for_an_exercise(self, text):
        reading = read(text)

        assert reading.is_blank
        assert reading.draft is None
        assert "Write at least one exercise" in reading.problems[0]

    def test_is_not_what_cannot_be_read(self):
        reading = read("8, 8")

        assert not reading.is_blank
        assert reading.problems == ()


class TestLength:
    def test_counts_what_is_printed_not_what_was_typed(self):
        """Each line says 100 sets in few characters; a warm-up each, they print one by one."""
        reading = read("bor 100 kg 100 sets of 22 w\n" * 40)

        assert reading.draft is None
        assert not reading.parsed.problems
        (problem,) = reading.problems
        assert problem.startswith("Written out in full, this workout has ")
        assert problem.endswith("Log it as two workouts.")

    @pytest.mark.parametrize(("spare", "is_kept"), [(0, True), (-1, False)])
    def test_may_be_all_that_the_box_takes(self, spare, is_kept):
        head = "2026-11-22 18:30\n"
        entry = "Pull-up: 8\n> "
        room = MAX_TEXT - spare - len(head) - len("\n".join([entry] * 5))
        notes = [room // 5] * 4 + [room - room // 5 * 4]
        text = head + "\n".join(entry + "x" * length for length in notes)

        reading = read(text.removeprefix(head))

        assert len(text) == MAX_TEXT - spare
        assert (reading.draft is not None) is is_kept

    def test_of_what_is_kept_can_be_read_again(self):
        draft = drafted("bor 100 kg 100 sets of 22 w\n" * 28)

        assert len(draft.text) > 15_000
        assert drafted(draft.text).text == draft.text


class TestClocks:
    @pytest.mark.parametrize(
        ("day", "at", "zone"),
        [
            (date(2026, 3, 29), time(1, 30), "Europe/London"),
            (date(2026, 3, 8), time(2, 0), "America/New_York"),
            (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe"),  # half an hour
            (date(2011, 12, 30), time(18, 30), "Pacific/Apia"),  # a whole day
        ],
    )
    def test_that_went_forward_skipped_a_time(self, day, at, zone):
        reading = read("Pull-up: 8", day=day, at=at, zone=zone)

        assert reading.draft is None
        assert f"{at:%H:%M} did not exist on {day}" in reading.problems[0]

    @pytest.mark.parametrize(("at", "utc"), [(time(0, 59), time(0, 59)), (time(2, 0), time(1, 0))])
    def test_go_on_beside_the_gap(self, at, utc):
        draft = drafted("Pull-up: 8", day=date(2026, 3, 29), at=at, zone="Europe/London")

        assert draft.started_at == datetime.combine(date(2026, 3, 29), utc, tzinfo=UTC)

    def test_that_went_back_give_the_first_of_two(self):
        draft = drafted("Pull-up: 8", day=date(2026, 10, 25), at=time(1, 30), zone="Europe/London")

        assert draft.started_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    def test_decide_the_day_where_the_athlete_is(self):
        draft = drafted("Pull-up: 8", day=date(2026, 11, 22), at=time(0, 5), zone="Asia/Tokyo")

        assert draft.day == date(2026, 11, 22)
        assert draft.started_at == datetime(2026, 11, 21, 15, 5, tzinfo=UTC)

    def test_know_the_leap_day(self):
        draft = drafted(
            "2028-02-29 00:15\nPull-up: 8",
            zone="Pacific/Kiritimati",
            now=datetime(2028, 2, 28, 10, 15, tzinfo=UTC),
        )

        assert draft.day == date(2028, 2, 29)
        assert draft.text.startswith("2028-02-29 00:15\n")

    @given(
        st.dates(date(1900, 1, 1), date(2040, 12, 31)),
        st.times().map(lambda at: at.replace(second=0, microsecond=0)),
        st.sampled_from(
            [
                *("UTC", "Europe/London", "America/New_York", "America/Los_Angeles"),
                *("Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "Asia/Kathmandu"),
            ]
        ),
    )
    def test_show_what_was_typed_or_never_showed_it(self, day, at, zone):
        instant = local_to_utc(day, at, zone)

        wall = zoneinfo.ZoneInfo(zone)
        typed = datetime.combine(day, at)
        shown = {
            typed.replace(tzinfo=wall, fold=fold).astimezone(UTC).astimezone(wall)
            for fold in (0, 1)
        }
        existed = typed in {one.replace(tzinfo=None) for one in shown}
        assert (instant is not None) is existed
        assert instant is None or instant.astimezone(wall).replace(tzinfo=None) == typed


class TestFuture:
    @pytest.mark.parametrize(
        ("ahead", "is_taken"),
        [(timedelta(minutes=15), True), (timedelta(minutes=16), False), (timedelta(1), False)],
    )
    def test_minutes_ahead_are_a_slow_clock_and_more_is_a_slip(self, ahead, is_taken):
        start = NOW + ahead

        reading = read("Pull-up: 8", day=start.date(), at=start.time())

        assert (reading.draft is not None) is is_taken
        assert reading.is_ahead is not is_taken
        assert is_taken or "still to come" in reading.problems[0]

    @pytest.mark.parametrize(
        ("zone", "day", "at", "what"),
        [
            ("America/Los_Angeles", date(2026, 11, 23), time(11), "2026-11-23"),
            ("America/Los_Angeles", date(2026, 11, 22), time(12, 16), "12:16"),
            ("Pacific/Kiritimati", date(2026, 11, 23), time(10, 16), "10:16"),
            ("Asia/Kathmandu", date(2026, 11, 23), time(2, 1), "02:01"),
        ],
    )
    def test_is_told_by_the_clock_where_one_trained(self, zone, day, at, what):
        (problem,) = read("Pull-up: 8", day=day, at=at, zone=zone).problems

        here = NOW.astimezone(zoneinfo.ZoneInfo(zone))
        assert problem.startswith(f"{what} is still to come: in the time zone ")
        assert f"{here:%H:%M} on {here:%Y-%m-%d}" in problem
        assert zone.replace("_", " ") in problem

    @pytest.mark.parametrize(
        ("zone", "day", "at"),
        [
            ("Pacific/Kiritimati", date(2026, 11, 23), time(10, 0)),  # 14 hours ahead of UTC
            ("Asia/Kathmandu", date(2026, 11, 23), time(1, 45)),
            ("Etc/GMT+12", date(2026, 11, 22), time(8, 0)),
        ],
    )
    def test_is_not_what_has_come_beyond_the_date_line(self, zone, day, at):
        draft = drafted("Pull-up: 8", day=day, at=at, zone=zone)

        assert (draft.day, draft.started_at) == (day, NOW)

    @pytest.mark.parametrize(
        ("header", "zone"),
        [
            ("0001-01-01 00:00", "Asia/Tokyo"),
            ("9999-12-31 23:59", "America/New_York"),
        ],
    )
    def test_the_ends_of_the_calendar_are_refused(self, header, zone):
        reading = read(f"{header}\nPull-up: 8", zone=zone)

        assert reading.draft is None
        assert reading.problems == (f"{header[:10]} is not a day that Backtrain can keep.",)


class TestRenameLines:
    @pytest.mark.parametrize(
        ("text", "number", "renamed"),
        [
            (
                "2026-11-22\n\n  pulup 8 7\n> slow\nbor 60x8",
                3,
                "2026-11-22\n\n  Pull-up 8 7\n> slow\nbor 60x8",
            ),
            ("rwo 45 3x6", 1, "Pull-up 45 3x6"),
            ("- b1.  my   rwo : 45,5kg  3x6 @8 ", 1, "- b1.  Pull-up : 45,5kg  3x6 @8 "),
            ("3 sets of 8 rwos", 1, "3 sets of 8 Pull-up"),
            ("rwo rwo 3 x 8", 1, "Pull-up 3 x 8"),
            ("my rwo 24: 10, 10", 1, "Pull-up 24: 10, 10"),
        ],
    )
    def test_changes_the_name_and_nothing_else(self, text, number, renamed):
        lines = unknown_lines(read(text).lines, str(number))

        assert rename_lines(text, lines, "Pull-up") == renamed

    def test_changes_it_wherever_it_stands(self):
        text = "rwo 60x8\nPlank 60 s\nRWOS: 50x10"

        lines = unknown_lines(read(text).lines, "1")

        assert rename_lines(text, lines, "Row") == "Row 60x8\nPlank 60 s\nRow: 50x10"

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_counts_lines_as_the_text_box_does(self, end):
        """Other characters that Python takes for line ends stay within a line."""
        text = end.join(["> a\u2028b", "pulup 8 7", "> x"])

        assert rename_lines(text, unknown_lines(read(text).lines, "2"), "Pull-up") == (
            "> a\u2028b\nPull-up 8 7\n> x"
        )


class TestState:
    @pytest.mark.parametrize(
        ("text", "state", "marked"),
        [
            ("", "", []),
            ("> only a note", "", []),
            ("Pull-up: 8, 8\nbor 60x8", "2 exercises, 3 sets", []),
            ("Pull-up: 8 w, 8", "1 exercise, 1 set", []),
            ("Pull-up: 8\nzzyzx 8\nPull-up: many", "1 read, 2 to answer", [2, 3]),
            ("Pull-up: 8\n2026-11-21\nPull-up: 7, 7", "2 days, 3 sets", []),
            ("2027-01-01\nPull-up: 8", "1 read, 1 to answer", []),
        ],
    )
    def test_says_what_was_read_and_what_is_to_be_answered(self, text, state, marked):
        when = When(DAY, CLOCK, "UTC")

        reading = read_days(text, index=INDEX, unit="kg", when=when, now=NOW)

        assert (reading.state, reading.marked_lines) == (state, marked)
