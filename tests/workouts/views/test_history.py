"""The list of workouts, and what it offers after one was deleted."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from exercises.models import Exercise, LoadType
from tests.factories import AliasFactory, MuscleFactory, TargetFactory, log
from tests.workouts.views.log_form import page, words
from workouts.history_page import WORKOUTS_PER_PAGE
from workouts.own_exercises import (
    OwnExerciseFacts,
    make_own_exercise,
    merge_own_exercise,
    revise_own_exercise,
)
from workouts.progress.exercise import exercise_progress
from workouts.saving import delete_workout

pytestmark = pytest.mark.usefixtures("catalogue")

LIST = "/workouts/"


def months(response) -> list[tuple[str, int]]:
    """The headings, each with how many workouts stand under it."""
    sections = page(response).split('<section class="stack" aria-labelledby="month-')[1:]
    return [
        (re.search(r"<h2[^>]*>([^<]*)", section)[1], section.count('<li class="row '))
        for section in sections
    ]


def titles(response) -> list[str]:
    """Of the workouts that are listed."""
    return [workout.title for workout in response.context["page"]]


class TestMonths:
    def test_come_once_after_a_flight(self, alice, alices_client):
        """East over the date line the 1st began before the 31st did, at home."""
        for zone, text in (
            ("America/Los_Angeles", "2026-10-30 18:00 A"),
            ("America/Los_Angeles", "2026-10-31 18:00 C"),
            ("Pacific/Kiritimati", "2026-11-01 07:00 D"),
            ("Pacific/Kiritimati", "2026-10-31 07:00 B"),
        ):
            alice.athlete.time_zone = zone
            log(alice, f"{text}\nPull-up: 8")

        response = alices_client.get(LIST)

        assert months(response) == [("November 2026", 1), ("October 2026", 3)]
        assert titles(response) == ["D", "C", "B", "A"]

    def test_group_by_the_workouts_own_day(self, alice, alices_client):
        """The last minutes of a month in Auckland are its middle day in UTC; both stay apart."""
        alice.athlete.time_zone = "Pacific/Auckland"
        for text in (
            "2026-10-31 23:59\nPull-up: 8",
            "2026-11-01 00:00\nPull-up: 8",
            "2026-11-21 07:00\nPull-up: 8",
            "2024-02-29 07:00\nPull-up: 8",
            "2025-10-31 07:00\nPull-up: 8",
        ):
            log(alice, text)

        assert months(alices_client.get(LIST)) == [
            ("November 2026", 2),
            ("October 2026", 1),
            ("October 2025", 1),
            ("February 2024", 1),
        ]

    def test_go_on_on_the_next_page(self, alice, alices_client):
        for n in range(WORKOUTS_PER_PAGE + 2):
            log(alice, "Pull-up: 8", on=date(2026, 10, 2) + timedelta(days=n))

        first, second = alices_client.get(LIST), alices_client.get(f"{LIST}?page=2")

        assert months(first) == [("November 2026", 2), ("October 2026", WORKOUTS_PER_PAGE - 2)]
        assert months(second) == [("October 2026", 2)]
        assert 'rel="next"' in page(first)
        assert 'rel="prev"' in page(second)

    def test_name_exercises_and_working_sets(self, alice, alices_client):
        log(alice, "2026-11-20 18:00 Legs, no\n> 65 min\nPull-up: 8, 8, 3 w\nPlank: 60 s")

        assert "Fri 20 Nov · Legs, no Pull-up 2 , Plank 1 · 65 min" in words(
            alices_client.get(LIST)
        )

    def test_count_an_exercise_on_several_lines_once(self, alice, alices_client):
        row = "Dumbbell row"
        text = f"{row}: 8 L, 8 L, 8 L\n{row}: 8 R, 8 R, 8 R"
        posted = {"text": text, "day": "2026-11-20", "time": "18:00", "preview": "1"}
        preview = alices_client.post("/workouts/new/", {**posted, "id": str(uuid4())})
        assert "1 exercise, 3 working sets" in words(preview)
        workout = log(alice, f"2026-11-20 18:00\n{text}")

        shown = words(alices_client.get(LIST))

        assert "Dumbbell row 3" in shown
        assert shown.count("Dumbbell row") == 1
        assert "3 working sets" in shown
        assert "Working sets 3" in words(alices_client.get(workout.get_absolute_url()))
        (session,) = exercise_progress(alice.athlete, workout.entries.first().exercise).sessions
        assert session.summary.hard_sets == 3

    def test_escape_titles(self, alice, alices_client):
        log(alice, "2026-11-20 18:00 <b>bold</b>\nPull-up: 8")

        assert "<b>bold" not in page(alices_client.get(LIST))

    def test_escape_names_of_own_exercises(self, alice, alices_client):
        make_own_exercise(owner=alice, name="<i>Carry & go</i>")
        log(alice, "2026-11-20 18:00\n<i>Carry & go</i>: 20 kg x 8")

        for address in (LIST, "/"):
            assert "&lt;i&gt;Carry &amp; go&lt;/i&gt;</a>&nbsp;<span" in page(
                alices_client.get(address)
            )


class TestCalendar:
    def test_shows_the_last_year_with_training(self, alice, alices_client):
        log(alice, "2024-02-29 18:00 Leap\nPull-up: 8, 8")

        response = alices_client.get(LIST)

        assert response.context["history"].year.year == 2024
        assert "<title>Thu 29 Feb: Leap, 2 sets</title>" in page(response)
        assert "1 workout on 1 day, 2 working sets" in words(response)

    def test_leads_to_other_years(self, alice, alices_client):
        log(alice, "2024-02-29 18:00 Leap\nPull-up: 8")
        log(alice, "2026-11-20 18:00 Pull\nPull-up: 8")
        log(alice, "2026-11-21 18:00 Push\nPull-up: 8")

        response = alices_client.get(f"{LIST}?year=2024")

        assert response.context["history"].years == {2026: 2, 2024: 1}
        assert response.context["history"].year.year == 2024
        assert titles(response) == ["Leap"]
        assert 'href="?year=2026"' in page(response)

    def test_leads_to_months(self, alice, alices_client):
        log(alice, "2026-10-31 18:00 Before\nPull-up: 8")
        log(alice, "2026-11-01 18:00 First\nPull-up: 8")
        log(alice, "2026-11-30 18:00 Last\nPull-up: 8")
        log(alice, "2025-11-15 18:00 A year before\nPull-up: 8")

        response = alices_client.get(f"{LIST}?month=2026-11")

        assert 'href="?month=2026-10"' in page(response)
        assert titles(response) == ["Last", "First"]
        assert months(response) == [("November 2026", 2)]

    def test_shows_a_whole_month_on_one_page(self, alice, alices_client):
        for day in range(1, 31):
            for hour in (7, 18):
                log(alice, f"2026-11-{day:02} {hour:02}:00\nPull-up: 8")

        assert months(alices_client.get(f"{LIST}?month=2026-11")) == [("November 2026", 60)]

    def test_pages_a_year(self, alice, alices_client):
        for n in range(WORKOUTS_PER_PAGE + 1):
            log(alice, "Pull-up: 8", on=date(2025, 3, 1) + timedelta(days=n))
        log(alice, "Pull-up: 8", on=date(2026, 3, 1))

        response = alices_client.get(f"{LIST}?year=2025&page=2")

        assert response.context["page"].paginator.num_pages == 2
        assert len(response.context["page"]) == 1

    @pytest.mark.parametrize(
        "query",
        [
            *("year=x", "year=0", "year=99999999999", "month=2026-13", "month=x", "page=x"),
            *("day=2026-02-30", "day=x", "month=0000-01", "month=99999-01"),
        ],
    )
    def test_takes_what_it_can_t_read_for_nothing(self, alice, alices_client, query):
        log(alice, "2026-11-20 18:00 Pull\nPull-up: 8")

        assert titles(alices_client.get(f"{LIST}?{query}")) == ["Pull"]

    @pytest.mark.parametrize(("query", "when"), [("year=1999", "1999"), ("month=1999-05", "May")])
    def test_says_when_nothing_was_logged(self, alice, alices_client, query, when):
        log(alice, "2026-11-20 18:00 Pull\nPull-up: 8")

        assert f"You logged nothing in {when}" in words(alices_client.get(f"{LIST}?{query}"))

    def test_leaves_deleted_ones_and_other_people_s_out(self, alice, charlie, alices_client):
        gone = log(alice, "2026-11-20 18:00 Gone\nPull-up: 8")
        delete_workout(athlete=alice.athlete, key=gone.pk, at=datetime(2026, 11, 22, tzinfo=UTC))
        log(charlie, "2026-11-20 18:00 Of Charlie\nPull-up: 8")
        log(alice, "2026-11-21 18:00 Mine\nPull-up: 8")

        response = alices_client.get(LIST)

        assert response.context["history"].year.workouts == 1
        assert response.context["history"].total == 1
        assert "Of Charlie" not in page(response)


class TestMonthOfDays:
    def test_leads_to_workouts_and_to_days_with_several(self, alice, alices_client):
        only = log(alice, "2026-10-02 18:00 Pull\nPull-up: 8, 8")
        log(alice, "2026-10-31 07:00 Early\nPull-up: 8")
        log(alice, "2026-10-31 18:00 Late\nPull-up: 8")

        month = alices_client.get(f"{LIST}?month=2026-10")
        day = alices_client.get(f"{LIST}?day=2026-10-31")

        assert f'<a class="month-day" href="{only.get_absolute_url()}">' in page(month)
        assert '<a class="month-day" href="/workouts/?day=2026-10-31">' in page(month)
        assert "31 : 2 workouts, Early, Late, 2 sets" in words(month)
        assert titles(day) == ["Late", "Early"]
        assert '<a class="month-day is-shown" href="/workouts/?day=2026-10-31">' in page(day)

    def test_of_the_year_leads_to_days_too(self, alice, alices_client):
        log(alice, "2026-10-31 07:00\nPull-up: 8")
        log(alice, "2026-10-31 18:00\nPull-up: 8")

        response = alices_client.get(LIST)

        assert '<a href="/workouts/?day=2026-10-31" tabindex="-1">' in page(response)
        assert "<title>Sat 31 Oct: 2 workouts, 2 sets</title>" in page(response)

    @pytest.mark.parametrize(
        ("query", "beside"),
        [
            ("month=2026-10", ["month=2026-09", "month=2026-11"]),
            ("month=2026-11", ["month=2026-10"]),
            ("month=2024-02", ["month=2024-03"]),
            ("month=1999-02", ["month=2024-02"]),
            ("month=3000-02", ["month=2026-11"]),
            ("year=2025", ["year=2024", "year=2026"]),
            ("year=2026", ["year=2025"]),
            ("year=9999", ["year=2026"]),
            ("year=1", ["year=2024"]),
            ("day=2026-10-02", ["day=2024-02-29", "day=2026-10-31"]),
            ("day=2026-10-30", ["day=2026-10-02", "day=2026-10-31"]),
            ("day=9999-12-31", ["day=2026-10-31"]),
            ("", []),
        ],
    )
    def test_leads_on_as_far_as_there_is_training(self, alice, alices_client, query, beside):
        for day in ("2024-02-29", "2026-10-02", "2026-10-31"):
            log(alice, f"{day} 18:00\nPull-up: 8")

        shown = page(alices_client.get(f"{LIST}?{query}"))

        assert re.findall(r'rel="(?:prev|next)" href="\?([^"]*)"', shown) == beside

    def test_says_when_nothing_was_logged_that_day(self, alice, alices_client):
        log(alice, "2026-10-02 18:00\nPull-up: 8")

        response = alices_client.get(f"{LIST}?day=2026-10-03")

        assert "You logged nothing on 3 October 2026." in words(response)


class TestInNumbers:
    def test_says_what_a_month_comes_to(self, alice, alices_client):
        log(alice, "2026-09-30 18:00\nBent-over barbell row: 60 kg x 8")
        log(
            alice,
            "2026-10-01 18:00\n> 65 min\n"
            "Bent-over barbell row: 20 kg x 10 w, 60 kg x 10, 10\nPull-up: 8",
        )
        log(alice, "2026-10-20 18:00\nBent-over barbell row: 62.5 kg x 5\nPlank: 60 s")

        shown = words(alices_client.get(f"{LIST}?month=2026-10"))

        assert "Workouts 2 Weeks trained 2 of 5 Working sets 5 Volume 1,513 kg" in shown
        assert "Time of 1 workout 1 h 5 min" in shown
        assert "Bent-over barbell row 3 sets Plank 1 set Pull-up 1 set" in shown
        assert "2 records" in shown
        assert "Best estimated one-rep max 76.0 kg → , now 80.0 kg" in shown
        assert "Heaviest set 60 kg → , now 62.5 kg" in shown
        assert "Pull-up Most reps" not in shown  # there was nothing to beat

    def test_says_how_steady_the_weeks_were(self, alice, alices_client):
        for day in ("2026-11-20", "2026-11-12", "2026-10-29", "2026-10-20", "2026-10-01"):
            log(alice, f"{day} 18:00\nPull-up: 8")

        shown = words(alices_client.get(LIST))

        assert "Weeks trained 5 of 8" in shown
        assert "Streak 4 weeks since 19 Oct 2026" in shown
        assert "Longest streak" not in shown  # it is this one
        assert "Last 4 weeks 0.8 workouts a week" in shown
        assert "Last 12 weeks" not in shown

    @pytest.mark.parametrize("query", ["q=pull-up", "day=2026-11-20", "year=1999"])
    def test_are_of_whole_months_and_years(self, alice, alices_client, query):
        log(alice, "2026-11-20 18:00\nPull-up: 8")

        assert "in numbers" not in words(alices_client.get(f"{LIST}?{query}"))


class TestFilters:
    @pytest.fixture(autouse=True)
    def workouts(self, catalogue, alice, charlie):
        back = MuscleFactory.create(
            slug="trapezius", name="Trapezius", kind="group", is_volume_unit=False
        )
        lower = MuscleFactory.create(
            slug="lower-trapezius", name="Lower trapezius", kind="part", parent=back
        )
        flexors = MuscleFactory.create(
            slug="flexors", name="Flexors", kind="group", is_volume_unit=False
        )
        arms = MuscleFactory.create(slug="biceps", name="Biceps", kind="part", parent=flexors)
        pull_up, row = catalogue["bodyweight"], catalogue["external"]
        TargetFactory.create(exercise=pull_up, muscle=lower, role="primary")
        TargetFactory.create(exercise=pull_up, muscle=arms, role="secondary")
        TargetFactory.create(exercise=row, muscle=arms, role="primary")
        log(alice, "2026-11-20 18:00 Pull, heavy\nPull-up: 8, 8\nPlank: 60 s")
        log(alice, "2026-11-10 18:00 Pull, light\n> slowly\nBent-over barbell row: 60 kg x 8")
        log(alice, "2025-11-10 18:00 Core\nPlank: 60 s")
        log(charlie, "2026-11-20 18:00 Pull of Charlie\nPull-up: 8")

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("filter=1", ["Pull, heavy", "Pull, light", "Core"]),
            ("exercise={pull_up}", ["Pull, heavy"]),
            ("exercise={plank}", ["Pull, heavy", "Core"]),
            ("exercise={plank}&year=2025", ["Core"]),
            ("exercise={plank}&month=2026-11&q=heavy", ["Pull, heavy"]),
            ("exercise={plank}&q=row", []),
            ("exercise=no-such", []),
            ("muscle=lower-trapezius", ["Pull, heavy"]),
            ("muscle=trapezius", ["Pull, heavy"]),
            ("muscle=biceps", ["Pull, light"]),  # main work only
            ("muscle=flexors", ["Pull, light"]),
            ("muscle=biceps&exercise={pull_up}", []),
            ("title=PULL", ["Pull, heavy", "Pull, light"]),
            ("title=pull+light", ["Pull, light"]),
            ("title=slowly", []),  # a note
            ("title=pull&exercise={plank}&muscle=trapezius&year=2026&q=pull-up", ["Pull, heavy"]),
        ],
    )
    def test_keep_what_has_all_of_them(self, catalogue, alices_client, query, found):
        slugs = {"pull_up": catalogue["bodyweight"].slug, "plank": catalogue["duration"].slug}

        assert titles(alices_client.get(f"{LIST}?{query.format(**slugs)}")) == found

    def test_show_the_sets_that_they_kept(self, alices_client):
        shown = words(alices_client.get(f"{LIST}?muscle=trapezius"))

        assert "heavy Pull-up 8, 8 Repeat" in shown
        assert "1 workout" in shown

    def test_offer_what_was_logged(self, alices_client):
        shown = page(alices_client.get(f"{LIST}?filter=1&exercise=no-such"))

        options = re.findall(r'<option value="([^"]*)"( selected)?>', shown)
        names = re.findall(r"<option[^>]*>([^<]+)</option>", shown)
        assert names == [
            *("Any", "Bent-over barbell row", "Plank", "Pull-up", "no-such"),
            *("Any", "Biceps", "Flexors", "Lower trapezius", "Trapezius"),
        ]
        assert [value for value, is_chosen in options if is_chosen] == ["no-such", ""]
        assert '<option value="Pull, heavy"></option>' in shown

    def test_are_taken_away_one_by_one(self, alices_client):
        response = alices_client.get(f"{LIST}?exercise=no-such&title=a%26b&year=2025&page=2")

        assert 'href="?title=a%26b&amp;year=2025"' in page(response)
        assert 'href="?exercise=no-such&amp;year=2025"' in page(response)
        assert 'href="?exercise=no-such&amp;title=a%26b"' in page(response)
        assert '<a class="button button-quiet" href="/workouts/">Clear</a>' in page(response)
        assert '<input type="hidden" name="year" value="2025">' in page(response)

    def test_explain_why_nothing_is_there(self, alices_client):
        response = alices_client.get(f"{LIST}?muscle=biceps&title=core&month=2026-11")

        assert (
            "Nothing in November 2026 has main work for biceps and “core” in its title."
            " Look in all years" in words(response)
        )

    def test_are_a_link_until_they_are_asked_for(self, alices_client):
        response = alices_client.get(f"{LIST}?q=pull&year=2026")

        assert "<select" not in page(response)
        assert 'href="?q=pull&amp;year=2026&amp;filter=1"' in page(response)

    @pytest.mark.parametrize("query", ["exercise=%22%3E%3Cb%3E", "muscle=a+b", "title=", "filter="])
    def test_take_what_they_can_t_read_for_nothing(self, alices_client, query):
        assert len(titles(alices_client.get(f"{LIST}?{query}"))) == 3


class TestSearch:
    @pytest.fixture(autouse=True)
    def workouts(self, catalogue, alice, charlie):
        log(alice, "2026-11-20 18:00 Back day\n> slept badly\nPull-up: 8")
        log(alice, "2025-11-21 18:00 Legs\nPlank: 60 s")
        log(charlie, "2026-11-20 18:00 Back of Charlie\nPull-up: 8")

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("back", ["Back day"]),
            ("DAY back", ["Back day"]),
            ("badly", ["Back day"]),
            ("back badly", []),
            ("pullups", ["Back day"]),
            ("pul up", ["Back day"]),
            ("plank", ["Legs"]),
            ("%", []),
            ("", ["Back day", "Legs"]),
        ],
    )
    def test_looks_at_exercises_titles_and_notes(self, alices_client, query, found):
        assert titles(alices_client.get(LIST, {"q": query})) == found

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("rücken", ["RÜCKEN und Straße"]),
            ("RUCKEN", ["RÜCKEN und Straße"]),
            ("strasse", ["RÜCKEN und Straße"]),
            ("müde ÄRGER", ["RÜCKEN und Straße"]),
            ("zug am tor", ["RÜCKEN und Straße", "Back day"]),
            ("バイク", []),
            ("パイク", ["RÜCKEN und Straße"]),
            ("\u0301", []),
        ],
    )
    def test_folds_alike_on_every_database(self, alice, alices_client, query, found):
        """And by names of one's own, such as a merged or renamed exercise leaves."""
        make_own_exercise(owner=alice, name="パイク")
        pull_up = Exercise.objects.get(name="Pull-up")
        gate = make_own_exercise(owner=alice, name="Zug am Tor", like=None)
        revise_own_exercise(
            owner=alice, exercise=gate, facts=OwnExerciseFacts("Zug am Tor", LoadType.BODYWEIGHT)
        )
        log(
            alice,
            "2026-11-21 18:00 RÜCKEN und Straße\n> MÜDE, viel Ärger\n"
            "Zug am Tor: 8\nパイク: 5 kg x 5",
        )
        merge_own_exercise(owner=alice, source=gate, target=pull_up)

        assert titles(alices_client.get(LIST, {"q": query})) == found

    def test_finds_a_renamed_exercise_by_both_names(self, alice, alices_client):
        gate = make_own_exercise(owner=alice, name="Zug am Tor")
        log(alice, "2026-11-21 18:00 At the gate\nZug am Tor: 5 kg x 5")
        facts = OwnExerciseFacts("Heben an der Pforte", LoadType.EXTERNAL)
        revise_own_exercise(owner=alice, exercise=gate, facts=facts)

        for query in ("zug am tor", "heben pforte"):
            assert titles(alices_client.get(LIST, {"q": query})) == ["At the gate"]

    def test_finds_an_exercise_of_the_catalogue_by_its_aliases(self, alices_client):
        AliasFactory.create(exercise=Exercise.objects.get(name="Plank"), name="Unterarmstütz")

        assert titles(alices_client.get(LIST, {"q": "UNTERARMSTÜTZ"})) == ["Legs"]

    @pytest.mark.parametrize("query", ["barbell row", "bent ovr row", "barbel rows"])
    def test_shows_the_sets_that_it_found(self, alice, alices_client, query):
        text = "Pull-up: 8\nBent-over barbell row: 60 kg x 8, 8, 7 @9"
        log(alice, f"2026-11-21 18:00 Pull\n{text}")

        shown = words(alices_client.get(LIST, {"q": query}))

        assert "barbell row 60 kg × 8, 8, 7 @9 Repeat" in shown
        assert "Pull-up" not in shown

    def test_marks_the_words_that_it_found(self, alice, alices_client):
        log(alice, "2026-11-21 18:00 Röwing <b>\n> no row & no rest\n> tired\nPlank: 60 s")

        shown = page(alices_client.get(LIST, {"q": "row"}))

        assert "<mark>Röwing</mark> &lt;b&gt;</a>" in shown
        assert '<p class="row-note">no <mark>row</mark> &amp; no rest</p>' in shown
        assert "tired" not in shown

    def test_marks_what_it_found_in_the_calendar(self, alices_client):
        response = alices_client.get(LIST, {"q": "plank"})

        assert response.context["history"].years == {2025: 1}
        assert response.context["history"].year.year == 2025

    def test_goes_on_within_what_was_found(self, alices_client):
        response = alices_client.get(LIST, {"q": "plank", "year": "2025"})

        assert 'href="/workouts/?q=plank&amp;month=2025-11"' in page(response)
        assert 'href="?year=2025"' in page(response)  # without the words
        assert 'href="?q=plank"' in page(response)  # without the year

    def test_looks_within_a_month(self, alice, alices_client):
        log(alice, "2026-11-01 18:00 Core\nPlank: 60 s")
        log(alice, "2026-11-30 18:00 Core, late\nPlank: 60 s")
        log(alice, "2026-10-31 18:00 Core, before\nPlank: 60 s")

        response = alices_client.get(LIST, {"q": "plank", "month": "2026-11"})

        assert titles(response) == ["Core, late", "Core"]
        assert response.context["history"].years == {2026: 3, 2025: 1}
        weeks = response.context["history"].month.weeks
        trained = [day.on.day for week in weeks for day in week if day and day.levels]
        assert trained == [1, 30]  # without "Back day"

    def test_writes_what_was_asked_for_into_links_and_nothing_else(self, alices_client):
        query = {"q": 'up"><b>', "page": "1", "deleted": "1", "year": "2026", "x": "é"}

        response = alices_client.get(LIST, {**query, "q": "back"})

        assert 'href="/workouts/?q=back&amp;x=%C3%A9&amp;month=2026-11"' in page(response)
        shown = page(alices_client.get(LIST, query))
        assert 'href="/workouts/?q=up%22%3E%3Cb%3E&amp;x=%C3%A9&amp;month=2026-11"' in shown
        assert '"><b>' not in shown

    def test_says_that_nothing_was_found_and_keeps_the_words(self, alices_client):
        response = alices_client.get(LIST, {"q": "zz<b>"})

        assert "No workout found" in words(response)
        assert 'value="zz&lt;b&gt;"' in page(response)

    @pytest.mark.parametrize("query", ["x" * 101, "\0"])
    def test_takes_what_it_can_t_read_for_nothing(self, alices_client, query):
        assert len(titles(alices_client.get(LIST, {"q": query}))) == 2


class TestUndo:
    def test_is_offered_for_the_deleted_one_only(self, alice, alices_client):
        live = log(alice, "2026-11-20 18:00 Live\nPull-up: 8")
        gone = log(alice, "2026-11-21 18:00 Gone\nPull-up: 8")
        delete_workout(athlete=alice.athlete, key=gone.pk, at=datetime(2026, 11, 22, tzinfo=UTC))

        assert "Undo" not in page(alices_client.get(LIST))
        assert "Undo" not in page(alices_client.get(f"{LIST}?deleted={live.pk}"))
        assert "Deleted: 21 Nov 2026 Gone Undo" in words(
            alices_client.get(f"{LIST}?deleted={gone.pk}")
        )

    def test_of_the_only_workout_is_offered_beside_the_first_steps(self, alice, alices_client):
        workout = log(alice, "Pull-up: 8")

        response = alices_client.post(f"{workout.get_absolute_url()}delete/", follow=True)

        assert f'action="{workout.get_absolute_url()}restore/"' in page(response)
        assert "Log your first workout" in page(response)
        assert "Weeks trained" not in page(response)

    def test_pressed_twice_leads_to_the_workout_both_times(self, alice, alices_client):
        workout = log(alice, "Pull-up: 8")
        alices_client.post(f"{workout.get_absolute_url()}delete/")

        answers = [alices_client.post(f"{workout.get_absolute_url()}restore/") for _ in range(2)]

        assert [answer.url for answer in answers] == [workout.get_absolute_url()] * 2
        assert "The workout is back." in words(alices_client.get(answers[0].url))

    def test_of_somebody_else_s_says_nothing(self, alice, alices_client, charlies_client):
        workout = log(alice, "Pull-up: 8")
        alices_client.post(f"{workout.get_absolute_url()}delete/")

        response = charlies_client.post(f"{workout.get_absolute_url()}restore/")

        assert response.status_code == 404
        assert "The workout is back." not in words(charlies_client.get(LIST))

    def test_remembers_when_it_was_deleted(self, alice, alices_client, evening):
        workout = log(alice, "Pull-up: 8")
        evening.move_to(datetime(2024, 2, 29, 23, 59, tzinfo=UTC))

        alices_client.post(f"{workout.get_absolute_url()}delete/")

        workout.refresh_from_db()
        assert workout.deleted_at == datetime(2024, 2, 29, 23, 59, tzinfo=UTC)

    def test_asking_deletes_nothing(self, alice, alices_client):
        workout = log(alice, "Pull-up: 8")

        alices_client.get(f"{workout.get_absolute_url()}delete/")

        workout.refresh_from_db()
        assert workout.deleted_at is None
