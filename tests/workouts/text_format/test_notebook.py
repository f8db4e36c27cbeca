"""Pasted notebooks: where days begin, what is an entry, a set of it, a note or a mark."""

from datetime import date, time

import pytest

from workouts.text_format import answer, answers_to, parse, print_workout, read_notebook

TODAY = date(2026, 2, 6)  # a Friday
KNOWN = {
    "bench": "external",
    "bench press": "external",
    "row": "external",
    "squat": "external",
    "lat pulldown": "external",
    "pull-up": "bodyweight",
    "push-ups": "bodyweight",
    "plank": "duration",
}


def find(name):
    return KNOWN.get(name.lower())


def read(text, *, unit="kg", today=TODAY):
    return read_notebook(text, find=find, unit=unit, today=today)


def reads_as(text, **options):
    notebook = read(text, **options)
    assert notebook.problems == ()
    return "\n\n".join(print_workout(day.workout) for day in notebook.days)


def header(line, **options):
    (day,) = read(f"{line}\nbench 60x8", **options).days
    assert day.problems == ()
    workout = day.workout
    assert len(workout.entries) == 1
    return workout.day, workout.time, workout.title, workout.minutes


def answered(text, number, place):
    """The text with one of the answers to what is asked about the line of this number."""
    lines = [line for day in read(text).days for line in day.lines]
    line = next(line for line in lines if line.number == number and line.problems)
    return answer(text, lines, list(answers_to(lines, line))[place])


def only_problem(text, **options):
    (problem,) = read(text, **options).problems
    return problem


class TestSetsOnTheLineOfADate:
    def test_begin_its_day(self):
        text = "My log 2026\nJan 5: squat 100 3x5, bench 60x5; plank 60 s\nMon 2 Feb - squat 62x5"

        assert reads_as(text) == (
            "2026-01-05\n> My log 2026\nsquat: 100 kg x 5, 5, 5\nbench: 60 kg x 5\nplank: 60 s"
            "\n\n2026-02-02\nsquat: 62 kg x 5"
        )

    def test_keep_their_date_when_they_are_answered(self):
        text = "Jan 5: squat 3x8\n6.1.2026 bench 60x5"

        assert answered(text, 1, 0) == "Jan 5: squat: 3 kg x 8\n6.1.2026 bench 60x5"
        assert [line.is_date for day in read(text).days for line in day.lines] == [True, True]

    def test_are_asked_about_after_it(self):
        text = "3/2 - squat 3x8"

        (problem,) = read(text).problems
        assert problem.message.startswith("Is 3/2 in ")
        assert answered(text, 1, 1) == "2025-03-02 - squat 3x8"

    def test_are_no_title(self):
        assert header("2026-02-03 Bench day") == (date(2026, 2, 3), None, "Bench day", None)
        assert header('2026-02-03 "Bench 3x5"') == (date(2026, 2, 3), None, "Bench 3x5", None)


class TestSentences:
    @pytest.mark.parametrize(
        ("sentence", "canonical"),
        [
            ("Did some bench, 3 sets of 8 with 60.", "bench: 60 kg x 8, 8, 8"),
            ("Did 4 sets of 10 on the row at 60 kg", "row: 60 kg x 10, 10, 10, 10"),
            ("I worked up to 140x3 on squat", "squat: 140 kg x 3"),
            ("Finished with a plank, 35 seconds", "plank: 35 s"),
            ("Row with the 20 kg kettlebell: 3 x 10", "Row: 20 kg x 10, 10, 10"),
            ("Today I did row 60x8. Felt ok.", "row: 60 kg x 8\n> Felt ok."),
        ],
    )
    def test_are_read_where_each_word_is_known(self, sentence, canonical):
        assert reads_as(sentence) == canonical

    @pytest.mark.parametrize(
        "sentence",
        [
            "Tried the row with 60 kg for 8",
            "Did some bench, 3 sets of 8 with 60 but only 7",
            "Next week I do bench 60x8",
            "Did bench 60x8 and row 50x8 after",
        ],
    )
    def test_are_not_read_where_a_word_may_change_the_sets(self, sentence):
        (day,) = read(sentence).days

        names = [entry.name.lower() for entry in day.workout.entries]
        assert day.problems or not any(name in KNOWN for name in names)


class TestNumbersWrittenOut:
    @pytest.mark.parametrize(
        ("said", "canonical"),
        [
            ("Bench sixty kilos eight reps, seven reps", "Bench: 60 kg x 8, 7"),
            ("Squat one hundred and forty kilos five by five", "Squat: 140 kg x 5, 5, 5, 5, 5"),
            ("Row sixty two point five kilos three sets of ten", "Row: 62.5 kg x 10, 10, 10"),
            ("Ten push-ups then eight then six", "push-ups: 10, 8, 6"),
            ("Plank one minute, forty five seconds", "Plank: 60 s, 45 s"),
            ("Bench\nsixty kilos eight reps", "Bench: 60 kg x 8"),
        ],
    )
    def test_are_numbers(self, said, canonical):
        assert reads_as(said) == canonical

    def test_stay_words_in_a_name(self):
        text = "Five by five row: 60 kg x 5"
        known = {**KNOWN, "five by five row": "external"}

        def find_five(name):
            return known.get(name.lower())

        (day,) = read_notebook(text, find=find_five, unit="kg", today=TODAY).days
        assert print_workout(day.workout) == text

    def test_stay_words_in_a_note(self):
        assert reads_as("bench 60x8\n\nOne of those days, slept for five hours.") == (
            "> One of those days, slept for five hours.\nbench: 60 kg x 8"
        )


class TestFieldsOfALineEach:
    def test_are_an_exercise(self):
        text = "Exercise: Bench\nWeight: 60 kg\nSets: 3\nReps: 8\nNotes: slow\n"
        text += "Exercise: Row\nWeight: 45, 50\nReps: 9, 8\nLift: Plank\nSets: 2\nTime: 60 s"

        assert reads_as(text) == (
            "Bench: 60 kg x 8, 8, 8\n> slow\nRow: 45 kg x 9, 50 kg x 8\nPlank: 2 x 60 s"
        )

    def test_are_replaced_together_when_they_are_answered(self):
        text = "Exercise: Bench\nSets: 3\nReps: 8\nbench 60x8"

        assert answered(f"{text}\nExercise: Row\nReps: 6+1", 6, 0) == f"{text}\nRow: 6, 1"


class TestSeveralOnALine:
    def test_are_exercises_of_their_own(self):
        assert reads_as("squat 100x5, 4, bench 60x5; row 3x8 @ 50") == (
            "squat: 100 kg x 5, 4\nbench: 60 kg x 5\nrow: 50 kg x 8, 8, 8"
        )

    def test_are_asked_about_where_one_is_in_doubt(self):
        (problem,) = read("squat 100x5, bench 3x8").problems

        assert [choice.text for choice in problem.choices] == ["squat 100x5\nbench 3x8"]

    def test_are_none_where_only_one_is_known(self):
        (day,) = read("squat 100x5, pause 2 s").days

        assert [entry.name for entry in day.workout.entries] == ["squat"]


class TestDates:
    @pytest.mark.parametrize(
        "line",
        [
            *("2026-02-03", "2026/02/03", "2026.2.3", "20260203", "2026/02/03:", "2026-02-03."),
            *("03.02.2026", "3.2.26", "3.2.", "3.2.:", "Di 3.2.", "Di., 3.2.2026"),
            *("3 Feb 2026", "3rd February 2026", "3 Feb", "03-Feb-26", "Feb 3", "Feb. 3rd, 2026"),
            *("3. Februar 2026", "3 février 2026", "mardi 3 février", "3 de febrero de 2026"),
            *("Tue 3 Feb", "Tuesday, February 3, 2026", "tuesday 3/2", "Tue 2/3", "2026-02-03 Tue"),
            *("2026-02-03 (Tue)", "<2026-02-03 Tue>", "* <2026-02-03 Tue>", "[2026-02-03 Tue]"),
            *("3 февраля 2026", "вт 3.2.", "Mar 3/2", "martes 3", "Tuesday 3:"),
            *("2026年2月3日", "2026年2月3日(火)", "2月3日", "Tuesday", "Tue:", "## Tuesday"),
            *("Date: 2026-02-03", "Datum: 3.2.2026", "date - 3 Feb", "Workout of 2026-02-03"),
            *("# 2026-02-03", "### 3 Feb", "**2026-02-03**", "__3.2.2026__:", "- 2026-02-03"),
            *("📅 2026-02-03", "1. 2026-02-03"),
            *("Tues 3rd Feb '26", "Feb 3 '26", "Tuesday the 3rd of February", "tu 3/2"),
        ],
    )
    def test_are_read_in_all_usual_forms(self, line):
        assert header(line) == (date(2026, 2, 3), None, "", None)

    @pytest.mark.parametrize(
        ("line", "day"),
        [
            ("today", date(2026, 2, 6)),
            ("Yesterday:", date(2026, 2, 5)),
            ("gestern", date(2026, 2, 5)),
            ("Friday", date(2026, 2, 6)),
            ("Sat", date(2026, 1, 31)),
            ("7 Feb", date(2025, 2, 7)),
            ("7.2.", date(2025, 2, 7)),
            ("29 Feb", date(2024, 2, 29)),
        ],
    )
    def test_without_a_year_are_the_latest_not_after_today(self, line, day):
        assert header(line)[0] == day

    def test_without_a_year_stay_near_one_that_has_it(self):
        text = "30 Dec 2023\nbench 60x8\n3 Jan\nbench 60x8\n7.1.\nbench 60x8"

        days = [day.workout.day for day in read(text).days]

        assert days == [date(2023, 12, 30), date(2024, 1, 3), date(2024, 1, 7)]

    def test_take_the_year_or_month_above_them(self):
        text = "# 2024\n## 3 Jan\nbench 60x8\n# March 2025\n## 4.3.\nbench 60x8"

        assert reads_as(text) == "2024-01-03\nbench: 60 kg x 8\n\n2025-03-04\nbench: 60 kg x 8"

    @pytest.mark.parametrize(
        "line",
        [
            *("12/10/10 push-ups", "8/8 push-ups", "10/8", "3 x 8", "May 5x5", "today was hard."),
            *("Today: felt good", "Friday - it was hard"),
            *("Friday felt heavy", "3.2 kg x 8", "8. 6. 5", "row 3.2. x 8"),
        ],
    )
    def test_are_not_seen_in_sets_and_sentences(self, line):
        assert [day.workout.day for day in read(f"bench\n{line}").days] == [None]

    def test_in_a_sentence_are_a_note(self):
        assert reads_as("3.2.\nbench 60x8\ntoday was hard.") == (
            "2026-02-03\n> today was hard.\nbench: 60 kg x 8"
        )


class TestDayAndMonth:
    def test_are_asked_once_for_all(self):
        first, second = read("03/02/2025\nbench 60x8\n\n04/02/2025 Push\nbench 60x8").problems

        assert first.message == ("Is 03/02/2025 in February or in March: 2025-02-03 or 2025-03-02?")
        assert [(choice.text, choice.pattern) for choice in second.choices] == [
            ("2025-02-04 Push", "day/month"),
            ("2025-04-02 Push", "month/day"),
        ]

    @pytest.mark.parametrize(
        ("dates", "days"),
        [
            # one can only be read one way
            (["11/02/2025", "13/02/2025"], [date(2025, 2, 11), date(2025, 2, 13)]),
            (["02/11/2025", "02/13/2025"], [date(2025, 2, 11), date(2025, 2, 13)]),
            # the other way is still to come
            (["02/03/2026", "02/05/2026"], [date(2026, 2, 3), date(2026, 2, 5)]),
            # the other way goes back and forth
            (
                ["12/01/2025", "02/02/2025", "01/03/2025", "05/04/2025"],
                [date(2025, 1, 12), date(2025, 2, 2), date(2025, 3, 1), date(2025, 4, 5)],
            ),
            # the weekday
            (["Wed 11/02/2026"], [date(2026, 2, 11)]),
            (["Mon 3/11", "5/11"], [date(2025, 11, 3), date(2025, 11, 5)]),
        ],
    )
    def test_are_told_by_the_other_dates(self, dates, days):
        text = "\n".join(f"{day}\nbench 60x8" for day in dates)

        assert [day.workout.day for day in read(text, today=date(2026, 2, 13)).days] == days

    def test_are_asked_where_dates_say_both(self):
        text = "13/02/2025\nbench 60x8\n02/14/2025\nbench 60x8\n01/02/2025\nbench 60x8"

        assert only_problem(text).line == 5


class TestDoubt:
    def test_a_weekday_that_contradicts_the_date_is_asked(self):
        problem = only_problem("Monday, 2026-02-03 Push\nbench 60x8")

        assert problem.message == (
            "2026-02-03 is a Tuesday. Which day do you mean: 2026-02-03 or 2026-02-02?"
        )
        assert [choice.text for choice in problem.choices] == ["2026-02-03 Push", "2026-02-02 Push"]

    def test_a_slip_in_the_year_is_among_the_answers(self):
        problem = only_problem("Sat 3 Jan 2025 17:05-18:00\nbench 60x8")

        assert [choice.text for choice in problem.choices] == [
            "2025-01-03 17:05-18:00",
            "2025-01-04 17:05-18:00",
            "2026-01-03 17:05-18:00",
        ]

    def test_weekdays_out_of_order_are_asked_and_answered_at_once(self):
        weekdays = ["Mon", "Wed", "Fri", "Mon"]
        text = "\n".join(f"{day}\nbench 60x8" for day in weekdays)

        problems = read(text).problems

        for pattern, days in (("oldest first", [26, 28, 30, 2]), ("newest first", [2, 28, 23, 19])):
            lines = text.split("\n")
            for problem in problems:
                (meant,) = [one.text for one in problem.choices if one.pattern == pattern]
                lines[problem.line - 1] = meant
            answered = read("\n".join(lines))
            assert answered.problems == ()
            assert [day.workout.day.day for day in answered.days] == days

    def test_weekdays_follow_the_day_above(self):
        text = "Mon 5 Jan 2026\nbench 60x8\nWed\nbench 60x8\nFri\nbench 60x8\nMon\nbench 60x8"

        assert [day.workout.day.day for day in read(text).days] == [5, 7, 9, 12]

    def test_a_day_that_does_not_exist(self):
        assert "There is no day 30 Feb 2026" in only_problem("30 Feb 2026\nbench 60x8").message


class TestHeaders:
    @pytest.mark.parametrize(
        ("line", "at", "title", "minutes"),
        [
            ("2026-02-03 07:15 lower", time(7, 15), "lower", None),
            ("3.2. lower 07:15", time(7, 15), "lower", None),
            ("Tuesday, Feb 3, 2026 at 6:12pm", time(18, 12), "", None),
            ("2026-02-03 17:05-18:00 Push", time(17, 5), "Push", 55),
            ("2026-02-03 Push 17:05 – 18:00", time(17, 5), "Push", 55),
            ("2026-02-03 5:05-6:00 pm", time(17, 5), "", 55),
            ("2026-02-03 11:30-1 pm", time(11, 30), "", 90),
            ("2026-02-03 23:30-00:15", time(23, 30), "", 45),
            ("2026-02-03: Push (55 min)", None, "Push", 55),
            ("2026-02-03 - Push A - 1h05", None, "Push A", 65),
            ("2026-02-03, evening", None, "evening", None),
            ("Push A - 3 Feb 2026 at 6 pm", time(18, 0), "Push A", None),
            ("Week 3 Day 1 (2026-02-03)", None, "Week 3 Day 1", None),
            ("Wk 3 D1 - Tue 3 Feb 2026", None, "Wk 3 D1", None),
            ("Wk 3 D1 - Tue", None, "Wk 3 D1", None),
            ("5/3/1 cycle 4, week 1 - 3 Feb 2026", None, "5/3/1 cycle 4, week 1", None),
            ("2026-02-03 Push (BW 82)", None, "Push (BW 82)", None),
            ("Push day, 3 Feb 2026", None, "Push day", None),
            ("2026-02-03 Ran 5 km 3:20", None, "Ran 5 km 3:20", None),
            ('2026-02-03 "Push 18:30"', None, "Push 18:30", None),
        ],
    )
    def test_have_time_title_and_length_in_any_order(self, line, at, title, minutes):
        assert header(line) == (date(2026, 2, 3), at, title, minutes)

    @pytest.mark.parametrize(
        ("line", "title"),
        [
            ("W1D1 - Tue 2/3/26", "W1D1"),
            ("3-Feb-26 / garage", "garage"),
            ("## Day A (done Tue 3 Feb)", "Day A"),
            ("Tuesday 3rd Feb '26 - pull", "pull"),
        ],
    )
    def test_have_titles_around_their_date(self, line, title):
        assert header(line) == (date(2026, 2, 3), None, title, None)

    @pytest.mark.parametrize(
        "line", ["# Plan, week of 2 Feb 2026", "## Day C (planned for Tue 3 Feb)"]
    )
    def test_are_none_where_the_date_is_of_no_workout(self, line):
        (day,) = read(f"{line}\nbench 60x8").days

        assert day.workout.day is None

    def test_have_their_title_on_the_line_above(self):
        text = "Upper A\n3 Feb 2026 at 6 pm\n\nbench 60x8\n\nUpper B\n5 Feb 2026\nrow 60x8"

        assert reads_as(text) == (
            "2026-02-03 18:00 Upper A\nbench: 60 kg x 8\n\n2026-02-05 Upper B\nrow: 60 kg x 8"
        )
        assert [line.kind for line in read(text).days[1].lines] == ["header", "header", "entry"]

    @pytest.mark.parametrize(
        ("lines", "at", "minutes"),
        [
            ("Start: 17:05\nDuration: 55 min", time(17, 5), 55),
            ("Started at 5:05 pm\nEnd: 18:00", time(17, 5), 55),
            ("Time: 17:05-18:00", time(17, 5), 55),
            ("Duration: 0:55:12", None, 55),
            ("Duration: 1:05", None, 65),
            ("Total time: 1h 5m", None, 65),
            ("55 min", None, 55),
        ],
    )
    def test_have_times_on_lines_of_their_own(self, lines, at, minutes):
        (day,) = read(f"2026-02-03\n{lines}\nbench 60x8").days

        assert day.problems == ()
        assert (day.workout.time, day.workout.minutes) == (at, minutes)
        assert day.workout.notes == ""


class TestEntriesOverLines:
    @pytest.mark.parametrize(
        "text",
        [
            "bench press\nSet 1: 60 kg x 8\nSet 2: 70 kg x 7",
            "Bench press:\n  60x8\n  70x7",
            "bench press\n- 60x8\n- 70x7",
            "bench press\n* 60 kg x 8\n* 70 kg x 7",
            "bench press\n1. 60 kg x 8\n2. 70 kg x 7",
            "bench press\n1) 60 kg x 8\n2) 70 kg x 7",
            "bench press\n\n60 kg x 8\n70 kg x 7",
            "### Bench press\n60 kg x 8\n70 kg x 7",
            "**Bench press**\n60 kg x 8\n70 kg x 7",
            "- bench press\n  - 60x8\n  - 70x7",
            "1. bench press\n   - 60x8\n   - 70x7",
            "** bench press\n*** 60 kg x 8\n*** 70 kg x 7",
            "bench press\n1st set: 60 kg x 8\n2nd set: 70 kg x 7",
            "bench press 60 kg x 8\n70 kg x 7",
            "• bench press\n◦ 60x8\n◦ 70x7",
        ],
    )
    def test_are_one_entry(self, text):
        (day,) = read(text).days

        assert day.problems == ()
        assert print_workout(day.workout).lower() == "bench press: 60 kg x 8, 70 kg x 7"
        kinds = [(line.kind, line.head, line.entry) for line in day.lines if line.raw]
        head, last = day.lines[0].number, day.lines[-1]
        assert kinds == [("entry", head, 0), *[("sets", head, 0)] * (len(kinds) - 1)]
        assert last.number == len(day.lines)

    def test_may_be_of_an_unknown_exercise(self):
        assert reads_as("Zercher squat\nSet 1: 60 kg x 8\nSet 2: 60 kg x 8") == (
            "Zercher squat: 60 kg x 8, 8"
        )

    def test_problems_stand_at_their_line_and_column(self):
        problem = only_problem("bench press\n  - 60 kg x 8\n  - 70 kg x 8 \u2013 10")

        assert (problem.line, problem.column, problem.length) == (3, 13, 6)

    def test_sets_first_are_an_entry_of_their_own(self):
        assert reads_as("bench press\n- 60 kg x 8\n- 40 push-ups") == (
            "bench press: 60 kg x 8\npush-ups: 40"
        )

    def test_sets_apart_from_a_finished_entry_have_no_name(self):
        assert "Which exercise?" in only_problem("bench 60x8\n\n70x8").message

    def test_numbered_sets_below_others_are_asked(self):
        assert only_problem("bench 3 sets of 5\nSet 1: 60 kg x 8").line == 2

    @pytest.mark.parametrize("said", ["fsl 3x5 50", "FSL: 50 3x5", "bbb 50x5x3"])
    def test_other_work_of_a_programme_is_of_the_exercise_above(self, said):
        note = said.split()[0].rstrip(":")

        assert reads_as(f"bench press 60x5, 70x5\n\n{said}") == (
            f"bench press: 60 kg x 5, 70 kg x 5\nbench press: 50 kg x 5, 5, 5\n> {note}"
        )

    def test_lighter_sets_go_on_with_the_exercise_above(self):
        assert reads_as("squat\nheavy 100x3\nback-off: 2x5 80") == (
            "squat: 100 kg x 3, 80 kg x 5, 80 kg x 5\n> heavy\n> back-off"
        )

    def test_again_and_same_are_sets_of_the_exercise_above(self):
        assert reads_as("bench 40x8 \U0001f605\nagain 8\nsame\nand 7") == (
            "bench: 40 kg x 8, 8, 8, 7\n> \U0001f605"
        )

    @pytest.mark.parametrize("line", ["bench same as last week", "same as before", "squat ditto"])
    def test_sets_of_a_day_that_is_not_there_may_be_a_note(self, line):
        problem = only_problem(f"bench 60x8\n{line}")

        assert problem.message.endswith("Is it a note?")
        assert [choice.text for choice in problem.choices] == [f"> {line}"]

    @pytest.mark.parametrize(
        ("line", "sets"),
        [
            ("bench: same as last week", "60 kg x 8, 7"),
            ("bench same as before", "50 kg x 8, 7"),
            ("bench ditto", "50 kg x 8, 7"),
            ("bench same as Monday.", "60 kg x 8, 7"),
            ("bench 65, same reps", "65 kg x 8, 7"),
            ("bench: same weight, 9, 9, 8", "50 kg x 9, 9, 8"),
        ],
    )
    def test_sets_of_another_day_are_asked_about(self, line, sets):
        before = "2026-01-26\nbench 60 kg 8, 7\n2026-02-03\nbench 50 kg 8, 7\n2026-02-04\n"

        (problem,) = read(f"{before}{line}").problems

        assert problem.message.endswith("?")
        assert problem.choices[0].text == f"bench: {sets}"

    @pytest.mark.parametrize(
        ("above", "note"),
        [
            ("3 rounds:", "3 rounds"),
            ("Circuit x3", "3 rounds"),
            ("3x:", "3 rounds"),
            ("3 rounds for time", "3 rounds for time"),
        ],
    )
    def test_lines_below_rounds_are_done_so_often(self, above, note):
        assert reads_as(f"{above}\n10 push-ups\n 30 s plank\n\nsquat 60x5") == (
            f"push-ups: 3 x 10\nplank: 3 x 30 s\n> {note}\nsquat: 60 kg x 5"
        )

    @pytest.mark.parametrize(
        ("done", "canonical"),
        [
            ("did: 55x5, 55x4", "squat: 55 kg x 5, 4\n> plan 2x5 @ 55"),
            ("done: yes", "squat: 55 kg x 5, 5"),
            ("did: \u2713 easy", "squat: 55 kg x 5, 5\n> easy"),
        ],
    )
    def test_what_was_done_counts_and_not_the_plan(self, done, canonical):
        assert reads_as(f"A) squat | plan 2x5 @ 55 | {done}") == canonical

    def test_what_was_planned_is_kept_when_it_is_answered(self):
        text = "bench | plan 3x5 @ 60 | did: 3x5"

        assert answered(text, 1, 1) == "bench: 3 sets of 5\n> plan 3x5 @ 60"

    def test_what_was_planned_and_not_done_is_a_note(self):
        text = "bench 60x8\nsquat | plan 2x5 @ 55 | did: -"

        assert reads_as(text) == "> squat | plan 2x5 @ 55 | did: -\nbench: 60 kg x 8"

    def test_a_volume_is_no_set(self):
        assert reads_as("bench press 60x5\nVolume: 1200 kg").endswith("bench press: 60 kg x 5")

    def test_a_name_alone_has_no_sets(self):
        assert "No sets yet" in only_problem("bench press\nrow 60x8").message

    def test_a_remark_behind_the_name_is_a_note(self):
        assert reads_as("Bench press (paused)\n60x8") == "Bench press: 60 kg x 8\n> paused"


class TestNotes:
    def test_above_a_date_go_to_its_day(self):
        text = "2026-02-01\nbench 60x8\n\n# Week 4\n---\n\n2026-02-03\nbench 60x9"

        assert reads_as(text) == (
            "2026-02-01\nbench: 60 kg x 8\n\n2026-02-03\n> Week 4\nbench: 60 kg x 9"
        )
        lines = [line for day in read(text).days for line in day.lines]
        assert [line.number for line in lines] == list(range(1, 9))
        assert [line.kind for line in lines[3:7]] == ["note", "mark", "blank", "header"]

    @pytest.mark.parametrize(
        "line",
        [
            *("Total volume: 1155 kg", "Rest: 2 min", "Rest 90s between sets", "Bodyweight: 82.4"),
            *("Sleep: 7 h", "RPE: 8", "Meta: back from two weeks away.", "0 dips", "Felt strong!"),
            *(
                "\u0412\u0435\u0441 81,6",
                "体重 71.2kg",
                "TM 135",
                "<Media omitted>",
                "Poids: 76,8 kg",
            ),
            *("Gym: the old one", "https://example.org/w/1", "@somebody", "Slept 6 hours"),
            *("I was tired and the gym was full", "(no belt)", "Mood: 3/5", "Weight: 82.4 kg"),
        ],
    )
    def test_are_lines_that_are_no_training(self, line):
        assert reads_as(f"2026-02-03\nbench 60x8\n{line}\nrow 60x8") == (
            f"2026-02-03\n> {line}\nbench: 60 kg x 8\nrow: 60 kg x 8"
        )

    @pytest.mark.parametrize(
        "line", ["Push", "Main lifts", "Accessories:", "## Part one", "Day 3", "Upper body A"]
    )
    def test_are_headings_of_parts(self, line):
        said = line.strip("#: ")

        assert reads_as(f"{line}\nbench 60x8") == f"> {said}\nbench: 60 kg x 8"

    def test_do_not_end_an_entry_that_goes_on(self):
        assert reads_as("bench press\nSet 1: 60 kg x 8\nRest: 2 min\nSet 2: 60 kg x 7") == (
            "> Rest: 2 min\nbench press: 60 kg x 8, 7"
        )

    def test_between_name_and_sets_are_the_entrys(self):
        assert reads_as("bench press\nthe bar felt light.\n60x8") == (
            "bench press: 60 kg x 8\n> the bar felt light."
        )

    def test_indented_below_an_entry_are_its_own(self):
        assert reads_as("* bench 60x8\n    * that was heavy\n* row 60x8") == (
            "bench: 60 kg x 8\n> that was heavy\nrow: 60 kg x 8"
        )

    def test_before_the_first_day_go_to_it(self):
        text = "# My log\n\nI lift three times a week.\n\n## 2026-02-03\nbench 60x8"

        assert reads_as(text) == (
            "2026-02-03\n> My log\n> I lift three times a week.\nbench: 60 kg x 8"
        )

    def test_a_line_that_may_be_an_exercise_is_asked(self):
        problem = only_problem("- Zercher squat")

        assert problem.message == "No sets yet. Is it a note?"
        assert [choice.text for choice in problem.choices] == ["> Zercher squat"]

    @pytest.mark.parametrize("line", ["0 reps", "60 kg x 0"])
    def test_of_an_entry_are_sets_without_reps(self, line):
        assert reads_as(f"bench press\n60x8\n{line}") == f"bench press: 60 kg x 8\n> {line}"


class TestMarkdown:
    @pytest.mark.parametrize(
        "line",
        [
            *(
                "**Bench:** 60x8",
                "- [x] bench 60x8",
                "__bench__ 60x8",
                "*Bench* 60x8",
                "✅ bench 60x8",
            ),
            *("1. **bench** 60x8", "> \n* bench 60x8", "---\nbench 60x8", "```\nbench 60x8\n```"),
            *("- [X] **bench:** 60x8", "🏋️ bench 60x8", "→ bench 60x8", "***\nbench 60x8"),
        ],
    )
    def test_marks_are_dropped(self, line):
        (entry,) = read(line).days[0].workout.entries

        assert (entry.name.lower(), len(entry.sets)) == ("bench", 1)

    def test_a_box_that_is_not_ticked_is_asked(self):
        problem = only_problem("- [x] bench 60x8\n- [ ] row 60x8")

        assert [(choice.text, choice.pattern) for choice in problem.choices] == [
            ("row 60x8", "unticked"),
            ("> - [ ] row 60x8", "not done"),
        ]


class TestOtherForms:
    def test_a_chat_is_what_its_writer_did(self):
        text = (
            "[03/02/2026, 18:42:11] Anna: bench 60x8\n[03/02/2026, 18:45:00] Bea: well done!\n"
            "[13/02/2026, 18:00:00] Anna: row 60x8"
        )

        assert reads_as(text, today=date(2026, 2, 14)) == (
            "2026-02-03 18:42\n> Bea: well done!\nbench: 60 kg x 8\n\n"
            "2026-02-13 18:00\nrow: 60 kg x 8"
        )

    def test_a_date_of_messages_is_answered_in_all_of_them(self):
        text = (
            "[02/01/2026, 18:42:11] Anna: bench 60x8\n[02/01/2026, 18:45] Anna: row 50x8\n"
            "[01/02/2026, 18:00] Anna: row 60x8"
        )

        assert answered(text, 1, 0) == (
            "[2026-01-02, 18:42:11] Anna: bench 60x8\n[2026-01-02, 18:45] Anna: row 50x8\n"
            "[2026-02-01, 18:00] Anna: row 60x8"
        )
        assert reads_as(answered(text, 1, 0)) == (
            "2026-01-02 18:42\nbench: 60 kg x 8\nrow: 50 kg x 8\n\n2026-02-01 18:00\nrow: 60 kg x 8"
        )

    def test_org_mode(self):
        text = (
            "#+TITLE: iron log\n* 2026-02-03 Tue Push\n:PROPERTIES:\n:BODYWEIGHT: 82.4\n:END:\n"
            "** DONE bench press\n   - 60x8\n** TODO some stretching"
        )

        assert reads_as(text) == (
            "2026-02-03 Push\n> iron log\n> BODYWEIGHT: 82.4\n> TODO some stretching\n"
            "bench press: 60 kg x 8"
        )


class TestTables:
    def test_with_a_column_for_each_set(self):
        text = (
            "| Movement | First | Second | Remark |\n|---|---|---|---|\n"
            "| Bench | 35x9 | 40x7 | |\n| Row | 40x7 | - | grip held |"
        )

        assert reads_as(text) == ("Bench: 35 kg x 9, 40 kg x 7\nRow: 40 kg x 7\n> grip held")
        assert [line.kind for line in read(text).days[0].lines] == [
            "mark",
            "mark",
            "entry",
            "entry",
        ]

    @pytest.mark.parametrize("mark", [" | ", "\t", ",", ";"])
    def test_with_sets_reps_and_weight(self, mark):
        rows = [("Exercise", "Sets", "Reps", "Weight (lb)"), ("Bench", "3", "8", "135")]
        edge = "|" if "|" in mark else ""
        text = "\n".join(edge + mark.join(row) + edge for row in rows)

        assert reads_as(text) == "Bench: 135 lb x 8, 8, 8"

    @pytest.mark.parametrize(
        ("row", "canonical"),
        [
            ("Bench,3,8/8/6,60", "Bench: 60 kg x 8, 8, 6"),
            ("Bench,3,8,60/65/70", "Bench: 60 kg x 8, 65 kg x 8, 70 kg x 8"),
            ('Bench,2,"8, 6","60, 70"', "Bench: 60 kg x 8, 70 kg x 6"),
            ("Pull-up,2,8,", "Pull-up: 2 x 8"),
            ("Pull-up,2,8,0", "Pull-up: 2 x 8"),
            ("Bench,2,8,132 lb", "Bench: 132 lb x 8, 8"),
        ],
    )
    def test_cells_may_be_lists(self, row, canonical):
        assert reads_as(f"Exercise,Sets,Reps,Weight\n{row}") == canonical

    def test_with_a_row_for_each_set_and_days(self):
        text = (
            "Date,Workout Name,Exercise Name,Set Order,Weight,Reps,RPE,Notes\n"
            "2026-02-03 18:12:00,Push,Bench,1,60.0,8.0,,\n"
            "2026-02-03 18:12:00,Push,Bench,2,60.0,7.0,9,slow\n"
            "2026-02-03 18:12:00,Push,Row,1,50.0,8.0,,\n"
            "2026-02-05 18:00:00,Pull,Pull-up,1,0,8,,\n"
        )

        assert reads_as(text) == (
            "2026-02-03 18:12 Push\nBench: 60 kg x 8, 7 @9\n> slow\nRow: 50 kg x 8\n\n"
            "2026-02-05 18:00 Pull\nPull-up: 8"
        )

    def test_with_pairs_of_columns_for_sets(self):
        text = (
            "date,lift,w1,r1,w2,r2,comment\n2/20/2026,Bench,60,8,65,6,slow\n2/20/2026,Pull-up,,8,,,"
        )

        assert reads_as(text, today=date(2026, 2, 21)) == (
            "2026-02-20\nBench: 60 kg x 8, 65 kg x 6\n> slow\nPull-up: 8"
        )

    def test_of_org_mode_with_a_scheme(self):
        text = (
            "| Date | Exercise | kg | Sets x Reps | RPE |\n|------+-----+----+----+---|\n"
            "| 2026-02-03 | Bench | 60 | 3x5 | 8 |\n|  | Row | 50 | 8, 6 | |\n"
            "|------+-----+----+----+---|\n| 2026-02-05 | Pull-up | | 8, 6 | |"
        )

        assert reads_as(text) == (
            "2026-02-03\nBench: 60 kg x 5 @8, 5 @8, 5 @8\nRow: 50 kg x 8, 6\n\n"
            "2026-02-05\nPull-up: 8, 6"
        )

    def test_rows_without_name_and_reps_belong_to_the_one_above(self):
        text = (
            "Exercise\tSet\tkg\tReps\nBench\tW\t40\t8\n\t1\t60\t8\nBench\t2\t70\t0\nTotal\t\t\t16"
        )

        assert reads_as(text) == ("> Total 16\nBench: 40 kg x 8 w, 60 kg x 8\n> 70 kg x 0")

    def test_below_a_name_are_its_sets(self):
        text = "### Bench press\n| Set | kg | Reps |\n|---|---|---|\n| 1 | 60 | 8 |\n| 2 | 70 | 7 |"

        assert reads_as(text) == "Bench press: 60 kg x 8, 70 kg x 7"

    def test_ask_once_what_the_dates_of_rows_are(self):
        text = (
            "date,lift,weight,reps\n2/1/2026,Bench,60,8\n2/1/2026,Bench,60,7\n2/1/2026,Row,50,8\n"
            "1/2/2026,Bench,62.5,8"
        )

        first, other = read(text).problems

        assert first.message == "Is 2/1/2026 in January or in February: 2026-01-02 or 2026-02-01?"
        assert [choice.text for choice in first.choices] == ["2026-01-02", "2026-02-01"]
        assert [choice.text for choice in other.choices] == ["2026-02-01", "2026-01-02"]
        assert reads_as(answered(text, first.line, 0)) == (
            "2026-01-02\nBench: 60 kg x 8, 7\nRow: 50 kg x 8\n\n2026-02-01\nBench: 62.5 kg x 8"
        )

    @pytest.mark.parametrize(
        ("typed", "written"),
        [
            ("{}\tBench\t60\t8", "2026-02-01\tBench\t60\t8"),
            ("| {} | Bench | 60 | 8 |", "| 2026-02-01 | Bench | 60 | 8 |"),
            ('"{}","Bench",60,8', '"2026-02-01","Bench",60,8'),
            ("{} 18:30;Bench;60;8", "2026-02-01 18:30;Bench;60;8"),
        ],
    )
    def test_are_answered_in_the_cell_of_the_date(self, typed, written):
        mark = next(mark for mark in "\t|;," if mark in typed)
        heads = mark.join(["date", "lift", "weight", "reps"])
        heads = f"|{heads}|" if mark == "|" else heads

        text = answered(f"{heads}\n{typed.format('2/1/2026')}", 2, 1)

        assert text.split("\n") == [heads, written]

    def test_problems_stand_at_their_cell(self):
        problem = only_problem("| Exercise | Sets | Reps |\n|---|---|---|\n| Bench | 3 | eight |")

        assert (problem.line, problem.column) == (3, 15)

    @pytest.mark.parametrize(
        "text",
        [
            "Exercise\t2026-02-01\t2026-02-03\nSquat\t60x5\t62x5",
            "Übung,1.2.2026,3.2.2026\nSquat,60x5,62x5",
            "| | 1 Feb | 3 Feb |\n|---|---|---|\n| Squat | 1x5 @ 60 | 62 x 5 |",
            "| 1 Feb | 3 Feb |\n| Squat 60x5 | Squat 62x5 |",
        ],
    )
    def test_whose_columns_are_days(self, text):
        assert reads_as(text) == ("2026-02-01\nSquat: 60 kg x 5\n\n2026-02-03\nSquat: 62 kg x 5")

    def test_whose_columns_are_days_with_rows_of_notes_and_empty_cells(self):
        rows = ["| | 1 Feb | 3 Feb |", "| Sleep | 5 h | |", "| Bench | - | 60x5 |", "| x | | |"]

        assert reads_as("\n".join(rows)) == (
            "2026-02-01\n> Sleep: 5 h\n\n2026-02-03\nBench: 60 kg x 5"
        )

    def test_whose_columns_are_days_are_asked_about_one_day_after_the_other(self):
        text = "| | 1 Feb | 3 Feb |\n| Bench | 3x8 | 5x8 |"

        first, second = read(text).problems
        assert (first.line, second.line, second.choices) == (2, 2, ())
        text = answered(text, 2, 0)
        assert text == "| | 1 Feb | 3 Feb |\n| Bench | 3 kg x 8 | 5x8 |"
        assert reads_as(text) == "2026-02-01\nBench: 3 kg x 8\n\n2026-02-03\nBench: 5 kg x 8"

    def test_whose_columns_are_days_with_dates_in_doubt(self):
        text = "| | 2/1 | 4/1 |\n| Bench | 60x5 | 62x5 |"

        assert {problem.line for problem in read(text).problems} == {1}
        assert reads_as(answered(answered(text, 1, 0), 1, 0)) == (
            "2026-01-02\nBench: 60 kg x 5\n\n2026-01-04\nBench: 62 kg x 5"
        )

    def test_a_row_can_be_no_note(self):
        (day,) = read("date,lift,weight,reps\n2026-02-01,Flurb,40,6").days

        assert [(line.kind, line.is_row) for line in day.lines] == [
            ("mark", False),
            ("entry", True),
        ]


class TestNotebook:
    def test_a_day_twice_is_two_workouts(self):
        assert len(read("2026-02-03\nbench 60x8\n2026-02-03\nrow 60x8").days) == 2

    def test_lines_before_the_first_date_have_no_day(self):
        assert [day.workout.day for day in read("bench 60x8\n2026-02-03\nrow 60x8").days] == [
            None,
            date(2026, 2, 3),
        ]

    def test_has_every_line_once(self):
        text = (
            "# Log\n\nUpper\n2026-02-03\nbench\n60x8\n\n| a | b |\nx\n2026-02-04\n> y\n***\nrow 5"
        )

        lines = [line for day in read(text).days for line in day.lines]

        assert [line.number for line in lines] == list(range(1, 14))
        assert "\n".join(line.raw for line in lines) == text

    def test_of_an_empty_text_is_one_empty_day(self):
        (day,) = read("").days

        assert (day.workout.entries, day.problems) == ((), ())

    def test_has_at_most_200_days(self):
        problem = only_problem("2026-02-03\nbench 60x8\n" * 201)

        assert problem.message == "These are 201 days, and at most 200 are read at once."

    def test_has_at_most_200_000_characters(self):
        assert "at most 200,000 characters" in only_problem("bench 60x8\n" * 20_000).message

    def test_canonical_lines_stay_entries_in_one_workout(self):
        for line in ("bw: 8, 6", "Rest: 90 s", "Set 1: 8", "Nov 22: 8", "@9: 8", "Push: 8"):
            parsed = parse(line, find=lambda name: None, unit="kg")

            assert print_workout(parsed.workout) == line
