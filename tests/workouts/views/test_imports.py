"""Bringing a file, answering what is asked about it, and taking it back."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from exercises import translating
from exercises.models import Exercise
from tests.factories import log
from tests.workouts.data.test_importing import PULL, of_strong, rows
from workouts.data import inserting
from workouts.models import Import, Workout
from workouts.views import imports

pytestmark = pytest.mark.usefixtures("catalogue")

ADDRESS = "/data/import/"
MYSTERY = PULL.replace("Dumbbell Row", "Mystery Press")


def send(client: Client, text: str | bytes, name: str = "strong.csv") -> HttpResponse:
    data = text if isinstance(text, bytes) else text.encode()
    answer: HttpResponse = client.post(ADDRESS, {"file": SimpleUploadedFile(name, data)})
    return answer


def brought(client: Client, text: str = PULL) -> Import:
    answer = send(client, text)
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.get(pk=answer["Location"].split("/")[-2])


def page_of(one: Import) -> str:
    return reverse("data:import", args=[one.pk])


def answers(client: Client, one: Import, *chosen: str, **fields: Any) -> HttpResponse:
    """Post the form with these answers about the names that are asked about, in their order."""
    asked = client.get(page_of(one)).context["asked"]
    posted = {"unit": "kg", **fields}
    for (number, use), answer in zip(asked, chosen, strict=False):
        posted |= {f"key-{number}": use.key, f"answer-{number}": answer}
    answer_: HttpResponse = client.post(page_of(one), posted)
    return answer_


class TestBringing:
    def test_leads_to_what_would_come_of_it(self, alices_client: Client) -> None:
        answer = send(alices_client, PULL)

        page = alices_client.get(answer["Location"])
        assert "2 workouts with 5 sets" in page.content.decode()
        assert not Workout.objects.exists()

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"", "The file is empty."),
            (b"PK\x03\x04", "This is a ZIP file or a spreadsheet"),
            (b"a,b,c,d\n1,2,3,4\n", "This looks like a table"),
            (b"\x00\x01", "This is not a text file."),
        ],
    )
    def test_a_file_that_is_none_says_why(
        self, alices_client: Client, data: bytes, sentence: str
    ) -> None:
        answer = send(alices_client, data)

        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not Import.objects.exists()

    def test_offers_exercises_by_the_names_of_the_reader(self, alices_client: Client) -> None:
        one = brought(alices_client, PULL.replace("Dumbbell Row", "Pull-up dumbbell thing"))
        Exercise.objects.update(translations={"de": {"name": "Klimmzug"}})
        alices_client.cookies["django_language"] = "de"

        page = alices_client.get(page_of(one)).content.decode()

        assert '">Klimmzug\n' in page

    def test_no_file_is_said(self, alices_client: Client) -> None:
        answer = alices_client.post(ADDRESS, {})

        assert answer.status_code == 422
        assert "Choose the file" in answer.content.decode()

    def test_more_than_12_mb_are_not_read(self, alices_client: Client) -> None:
        assert send(alices_client, b"x" * 12_000_001).status_code == 413

    def test_other_addresses_of_an_athlete_take_no_file(self, alices_client: Client) -> None:
        file = SimpleUploadedFile("a.csv", b"a")

        assert alices_client.post("/accounts/settings/", {"file": file}).status_code == 413

    def test_visitors_send_none(self, client: Client) -> None:
        assert send(client, PULL).status_code == 413

    def test_only_so_many_wait(self, alices_client: Client) -> None:
        first = brought(alices_client)
        for _ in range(10):
            brought(alices_client)

        assert Import.objects.count() == 10
        assert not Import.objects.filter(pk=first.pk).exists()

    def test_a_notebook(self, alices_client: Client, alice: User) -> None:
        one = brought(
            alices_client, "2024-03-01 18:05 Pull\nPull-up: 8, 7\n\n2024-03-02\nPlank 60 s"
        )

        alices_client.post(page_of(one), {"finish": "1"})

        assert [str(each.day) for each in alice.athlete.workouts.oldest_first()] == [
            "2024-03-01",
            "2024-03-02",
        ]


class TestAnswering:
    def test_the_unit_is_asked_once(self, alices_client: Client) -> None:
        one = brought(alices_client)

        assert "Which is it?" in alices_client.get(page_of(one)).content.decode()
        alices_client.post(page_of(one), {"unit": "lb"})

        one.refresh_from_db()
        assert one.unit == "lb"
        assert alices_client.get(page_of(one)).context["plan"].is_ready

    def test_waits_with_what_was_answered(
        self, alices_client: Client, catalogue: dict[str, Exercise]
    ) -> None:
        one = brought(alices_client, MYSTERY)

        answers(alices_client, one, catalogue["external"].slug)

        page = alices_client.get(page_of(one))
        assert page.context["asked"] == []
        assert "Bring them in" in page.content.decode()

    def test_another_exercise_by_its_name(
        self, alices_client: Client, catalogue: dict[str, Exercise]
    ) -> None:
        one = brought(alices_client, MYSTERY)
        [(number, use)] = alices_client.get(page_of(one)).context["asked"]

        alices_client.post(
            page_of(one),
            {"unit": "kg", f"key-{number}": use.key, f"other-{number}": "bent over barbell rows"},
        )

        one.refresh_from_db()
        assert one.names == {"Mystery Press": catalogue["external"].slug}

    def test_a_name_that_nothing_has_is_said(self, alices_client: Client) -> None:
        one = brought(alices_client, MYSTERY)
        [(number, use)] = alices_client.get(page_of(one)).context["asked"]

        answer = alices_client.post(
            page_of(one), {f"key-{number}": use.key, f"other-{number}": "nothing"}
        )

        assert answer.status_code == 422
        assert "Backtrain does not know “nothing”." in answer.content.decode()

    def test_answers_that_are_none_are_not_kept(self, alices_client: Client, charlie: User) -> None:
        one = brought(alices_client, MYSTERY)

        answers(alices_client, one, "no-such-exercise")

        one.refresh_from_db()
        assert one.names == {}


class TestBringingIn:
    def test_logs_all_of_it_once(self, alices_client: Client, alice: User) -> None:
        one = brought(alices_client)

        for _ in range(2):
            answer = alices_client.post(page_of(one), {"unit": "kg", "finish": "1"}, follow=True)

        assert "2 workouts" in answer.content.decode()
        assert alice.athlete.workouts.count() == 2
        one.refresh_from_db()
        assert bytes(one.file) == b""

    def test_is_not_done_while_something_is_asked(self, alices_client: Client) -> None:
        one = brought(alices_client, MYSTERY)

        alices_client.post(page_of(one), {"unit": "kg", "finish": "1"})

        assert not Workout.objects.exists()

    def test_an_exercise_of_ones_own(self, alices_client: Client, alice: User) -> None:
        one = brought(alices_client, MYSTERY)

        answers(alices_client, one, "+", finish="1")

        assert Exercise.objects.get(owner=alice).name == "Mystery Press"
        assert alice.athlete.workouts.count() == 2

    def test_days_with_a_workout_can_be_left_out(self, alices_client: Client, alice: User) -> None:
        log(alice, "Pull-up: 8", on=date(2024, 3, 1))
        one = brought(alices_client)
        assert "1 workout on days that have one" in alices_client.get(page_of(one)).content.decode()

        alices_client.post(page_of(one), {"unit": "kg", "leave_out_days": "on", "finish": "1"})

        assert alice.athlete.workouts.count() == 2

    def test_the_page_afterwards_says_what_came_and_what_did_not(
        self, alices_client: Client
    ) -> None:
        one = brought(
            alices_client,
            of_strong(
                "2024-03-01 18:05:00,Pull,1h,Pull Up,1,0,8,0,0,,,",
                "2024-03-01 18:05:00,Pull,1h,Pull Up,Rest Timer,0,0,0,90,,,",
            ),
        )
        alices_client.post(page_of(one), {"unit": "kg", "finish": "1"})

        page = alices_client.get(page_of(one)).content.decode()

        assert "Fri 1 Mar 2024" in page
        assert "<td>Pull Up</td>" in page
        assert "A rest between sets, which is not kept." in page

    def test_lines_that_were_left_out_are_explained_in_the_reader_s_language(
        self, alices_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        start = "2024-03-01 18:05:00,Pull,1h,Pull Up"
        one = brought(alices_client, of_strong(f"{start},1,0,8,0,0,,,", f"{start},2,0,x,0,0,,,"))
        alices_client.post(page_of(one), {"unit": "kg", "finish": "1"})
        words = {"“%(cell)s” is not a number.": "„%(cell)s“ ist keine Zahl."}
        monkeypatch.setattr(translating, "gettext", words.__getitem__)

        page = alices_client.get(page_of(one)).content.decode()

        assert "<td>„x“ ist keine Zahl.</td>" in page

    def test_reasons_of_an_older_import_are_said_as_they_were_kept(
        self, alices_client: Client
    ) -> None:
        one = brought(alices_client)
        alices_client.post(page_of(one), {"unit": "kg", "finish": "1"})
        Import.objects.update(skipped=[[7, "The row is empty."]])

        page = alices_client.get(page_of(one)).content.decode()

        assert '<td>The row is empty.</td>\n              <td class="numbers">7</td>' in page

    def test_lines_that_were_left_out_stand_beside_their_reason(
        self, alices_client: Client
    ) -> None:
        start = "2024-03-01 18:05:00,Pull,1h,Pull Up"
        rests = [f"{start},Rest Timer,0,0,0,90,,," for _ in range(41)]
        one = brought(
            alices_client, of_strong(f"{start},1,0,8,0,0,,,", *rests, f"{start},2,0,x,0,0,,,")
        )

        page = alices_client.get(page_of(one)).content.decode()

        lines = ", ".join(map(str, range(3, 43)))
        assert f'{lines} … <span class="soft small">41 lines</span>' in page
        assert '<td>“x” is not a number.</td>\n              <td class="numbers">44</td>' in page
        assert "42 lines left out" in page

    def test_of_very_many_reasons_the_last_are_one(
        self, alices_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(imports, "REASONS_SHOWN", 2)
        start = "2024-03-01 18:05:00,Pull,1h,Pull Up"
        bad = [f"{start},2,0,x{number},0,0,,," for number in range(4)]
        one = brought(alices_client, of_strong(f"{start},1,0,8,0,0,,,", *bad))

        page = alices_client.get(page_of(one)).content.decode()

        assert "“x1” is not a number." in page
        assert "“x2” is not a number." not in page
        assert '<td>2 other reasons</td>\n              <td class="numbers">5, 6</td>' in page


class TestProgress:
    def test_is_counted_while_they_come_in(
        self, alices_client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(inserting, "AT_ONCE", 1)
        one = brought(alices_client)
        address, said = f"{page_of(one)}progress/", []
        save = inserting._insert_some

        def watched(*args: Any) -> None:
            said.append(alices_client.get(address).json())
            save(*args)

        monkeypatch.setattr(inserting, "_insert_some", watched)
        assert alices_client.get(address).json() == {}
        alices_client.post(page_of(one), {"unit": "kg", "finish": "1"})

        assert said == [{"done": 0, "of": 2}, {"done": 1, "of": 2}]
        assert alices_client.get(address).json() == {}


class TestTakingBack:
    def test_leaves_the_log_as_it_was(self, alices_client: Client, alice: User) -> None:
        log(alice, "Pull-up: 8", on=date(2024, 3, 1))
        before = rows(alice)
        one = brought(alices_client)
        alices_client.post(page_of(one), {"unit": "kg", "finish": "1"})

        answer = alices_client.post(f"{page_of(one)}undo/", follow=True)

        assert "2 workouts taken back." in answer.content.decode()
        assert rows(alice) == before

    def test_throws_away_a_file_that_waits(self, alices_client: Client) -> None:
        one = brought(alices_client)

        alices_client.post(f"{page_of(one)}undo/")

        assert not Import.objects.exists()


class TestStrangers:
    def test_see_and_change_nothing(
        self, alices_client: Client, charlies_client: Client, client: Client
    ) -> None:
        one = brought(alices_client)

        assert charlies_client.get(f"{page_of(one)}progress/").status_code == 404
        for address in (page_of(one), f"{page_of(one)}undo/"):
            assert charlies_client.post(address, {"unit": "kg"}).status_code == 404
            assert client.post(address).status_code == 302
        assert charlies_client.get(page_of(one)).status_code == 404

        one.refresh_from_db()
        assert one.unit == ""


def test_costs_the_same_for_few_and_many(
    alices_client: Client, django_assert_num_queries: Any
) -> None:
    many = of_strong(
        *(f"2025-03-{day:02} 18:05:00,A,1h,Dumbbell Row,1,20,8,0,0,,," for day in range(1, 29))
    )
    for text in (PULL, many):
        one = brought(alices_client, text)
        alices_client.post(page_of(one), {"unit": "kg", "finish": "1"})
        with django_assert_num_queries(5):
            alices_client.get(ADDRESS)
        with django_assert_num_queries(8):
            alices_client.get(page_of(one))
