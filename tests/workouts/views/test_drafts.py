"""What is written is kept on the server too, and found again by its athlete alone."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.test import Client

from backtrain.models import Session
from exercises.models import Exercise
from tests.factories import log
from tests.workouts.views.log_form import box, filled, page, value, words
from workouts.drafts import LONGEST
from workouts.models import Workout, WorkoutDraft
from workouts.saving import delete_workout

pytestmark = pytest.mark.usefixtures("catalogue")

NEW, DRAFT = "/workouts/new/", "/workouts/draft/"
DISCARD, RESTORE = f"{DRAFT}discard/", f"{DRAFT}restore/"
TEXT = "Pull-up: 8, 8, 6\nPlank: 6"


@pytest.fixture
def phone(alices_client) -> Client:
    return alices_client


@pytest.fixture
def laptop(alice) -> Client:
    client = Client()
    client.force_login(alice)
    return client


@pytest.fixture
def form(alice) -> dict[str, str]:
    return filled(TEXT, press=None, owner=str(alice.pk))


@pytest.fixture
def workout(alice) -> Workout:
    return log(alice, "2026-11-21 18:00\nPull-up: 8")


def editing(alice, workout, text="Pull-up: 9", **changes) -> dict[str, str]:
    its = {"id": str(workout.pk), "revision": "1", "owner": str(alice.pk)}
    return filled(text, press=None, **{**its, **changes})


def kept(client, form, *known) -> str:
    """The version that a form is kept as."""
    answer = client.post(DRAFT, {**form, "draft": " ".join(map(str, known))})
    assert answer.status_code == 200, page(answer)
    return answer.json()["version"]


class TestKeep:
    def test_is_in_the_next_form_on_any_device(self, phone, laptop, form):
        kept(phone, {**form, "time": "06:30", "notes": "slept badly"})

        there = laptop.get(NEW)

        assert box(there) == TEXT
        assert value(there, "time") == "06:30"
        assert value(there, "id") == form["id"]
        assert "slept badly" in page(there)
        assert "8, 8, 6" in words(there).partition("Workout read so far")[0]
        assert "Discard the draft" in words(there)

    def test_keeps_all_but_token_buttons_and_versions(self, alice, phone, form):
        more = {"csrfmiddlewaretoken": "x", "save": "1", "keep": "1", "set-1-1-done": "on"}

        version = kept(phone, {**form, **more, "version": str(uuid4())})

        draft = alice.athlete.drafts.get()
        assert dict(draft.posted.items()) == {**form, "set-1-1-done": "on", "draft": version}

    def test_takes_the_version_that_the_device_chose(self, phone, form):
        version = str(uuid4())

        assert kept(phone, {**form, "version": version}) == version
        assert kept(phone, {**form, "version": version}) == version  # sent twice
        assert phone.get(DRAFT).json() == {"version": version}

    def test_goes_on_from_any_version_that_the_device_knows(self, alice, phone, form):
        first = kept(phone, form)
        second = kept(phone, {**form, "text": "Pull-up: 8"}, first)

        kept(phone, {**form, "text": "Pull-up: 9"}, first, second)

        assert alice.athlete.drafts.get().posted["text"] == "Pull-up: 9"

    def test_day_that_was_typed_stays_at_midnight(self, phone, form, evening):
        kept(phone, form)
        evening.move_to("2026-11-23T00:10:00Z")

        assert value(phone.get(NEW), "day") == "2026-11-22"

    def test_lines_are_kept_as_a_browser_without_script_sends_them(self, alice, phone, form):
        kept(phone, {**form, "text": "Pull-up: 8\r\nPlank: 6"})

        assert alice.athlete.drafts.get().posted["text"] == "Pull-up: 8\nPlank: 6"

    def test_exercise_to_log_is_the_next_line(self, phone, form):
        kept(phone, form)
        exercise = Exercise.objects.get(name="Bent-over barbell row")

        there = phone.get(f"{NEW}?exercise={exercise.slug}")

        assert box(there) == f"{TEXT}\nBent-over barbell row: "

    def test_pages_that_were_kept_stay_while_one_writes(self, phone, form):
        version = kept(phone, form)
        before = phone.get("/workouts/").headers["ETag"]

        kept(phone, {**form, "text": "Pull-up: 8, 8"}, version)

        assert phone.get("/workouts/").headers["ETag"] == before

    @pytest.mark.parametrize(
        "text", ["a\x00b", "\ud800".encode("utf-8", "surrogatepass"), "²" * 99]
    )
    def test_takes_any_text(self, phone, form, text):
        kept(phone, {**form, "text": text, "set-1-1-\x00": text})

        assert phone.get(NEW).status_code == 200

    @pytest.mark.parametrize(
        "wrong",
        [{"id": "x"}, {"id": ""}, {"text": "x" * (LONGEST + 1)}],
        ids=["id", "none", "long"],
    )
    def test_refuses_what_is_no_log_form(self, phone, form, wrong):
        assert phone.post(DRAFT, {**form, **wrong}).status_code == 422
        assert not WorkoutDraft.objects.exists()


class TestTwoDevices:
    def test_later_one_is_shown_both(self, alice, phone, laptop, form):
        first = kept(phone, form)
        kept(laptop, {**form, "text": "Pull-up: 10"}, first)

        answer = phone.post(DRAFT, {**form, "text": "Pull-up: 9", "draft": first})

        assert answer.status_code == 409
        assert "Changed elsewhere" in words(answer)
        assert "Pull-up: 10</textarea>" in page(answer)
        another = phone.post(DRAFT, {**form, "id": str(uuid4())})
        assert "Another log is open" in words(another)
        assert alice.athlete.drafts.get().posted["text"] == "Pull-up: 10"

    def test_other_form_is_not_written_over(self, alice, phone, form):
        kept(phone, form)

        answer = phone.post(DRAFT, {**form, "id": str(uuid4()), "text": "Pull-up: 9"})

        assert answer.status_code == 409
        assert TEXT.splitlines()[0] in page(answer)
        assert alice.athlete.drafts.get().key == UUID(form["id"])

    def test_one_that_is_gone_is_told_so(self, phone, laptop, form):
        first = kept(phone, form)
        laptop.post(DISCARD, {"draft": first})

        answer = phone.post(DRAFT, {**form, "draft": first})

        assert answer.status_code == 404
        kept(phone, form)

    def test_one_that_was_saved_is_told_so(self, phone, laptop, form):
        first = kept(phone, form)
        laptop.post(NEW, {**form, "text": "Pull-up: 8", "draft": first, "save": "1"})

        answer = phone.post(DRAFT, {**form, "draft": first})

        assert answer.status_code == 409
        assert "Saved on another device" in words(answer)
        assert f"/workouts/{form['id']}/edit/" in page(answer)
        assert not WorkoutDraft.objects.exists()


class TestSave:
    def test_takes_the_draft_along(self, alice, phone, form):
        version = kept(phone, form)

        phone.post(NEW, {**form, "text": "Pull-up: 8", "draft": version, "save": "1"})

        assert alice.athlete.workouts.get().pk == UUID(form["id"])
        assert not WorkoutDraft.objects.exists()
        assert box(phone.get(NEW)) == ""

    def test_of_many_days_takes_it_along_too(self, alice, phone, form):
        text = "2026-11-20\nPull-up: 8\n\n2026-11-21\nPull-up: 9"
        version = kept(phone, {**form, "text": text})

        phone.post(NEW, {**form, "text": text, "draft": version, "save": "1"})

        assert alice.athlete.workouts.count() == 2
        assert not WorkoutDraft.objects.exists()

    def test_leaves_what_another_device_wrote_since(self, alice, phone, laptop, form):
        first = kept(phone, form)
        second = kept(laptop, {**form, "text": "Pull-up: 8, 8, 8"}, first)

        answer = phone.post(NEW, {**form, "text": "Pull-up: 8", "draft": first, "save": "1"})

        assert answer.status_code == 409
        assert not Workout.objects.exists()
        assert box(answer) == "Pull-up: 8"
        assert "Pull-up: 8, 8, 8" in page(answer)
        assert value(answer, "draft") == f"{first} {second}"
        again = {**form, "text": "Pull-up: 8", "draft": value(answer, "draft"), "save": "1"}
        assert phone.post(NEW, again).status_code == 302
        assert not WorkoutDraft.objects.exists()

    def test_leaves_the_draft_of_another_form(self, alice, phone, form):
        kept(phone, form)

        phone.post(NEW, filled("Pull-up: 8"))

        assert alice.athlete.workouts.exists()
        assert box(phone.get(NEW)) == TEXT

    def test_that_is_refused_leaves_it(self, phone, form):
        version = kept(phone, form)

        phone.post(NEW, {**form, "text": "Pull-up: a few", "draft": version, "save": "1"})

        assert WorkoutDraft.objects.exists()


class TestWithoutScript:
    def test_is_kept_by_a_button(self, phone, form):
        answer = phone.post(NEW, {**form, "keep": "1"}, follow=True)

        assert answer.redirect_chain == [(NEW, 302)]
        assert "Draft kept." in words(answer)
        assert box(answer) == TEXT

    def test_meets_a_newer_one_with_both_texts(self, alice, phone, laptop, form):
        first = kept(phone, form)
        second = kept(laptop, {**form, "text": "Pull-up: 10"}, first)

        answer = phone.post(NEW, {**form, "draft": first, "keep": "1"})

        assert answer.status_code == 409
        assert box(answer) == TEXT
        assert "Pull-up: 10</textarea>" in page(answer)
        assert phone.post(NEW, {**form, "draft": first, "keep": second}).status_code == 302
        assert alice.athlete.drafts.get().posted["text"] == TEXT

    def test_is_told_of_one_that_was_saved(self, phone, form):
        phone.post(NEW, {**form, "text": "Pull-up: 8", "save": "1"})

        answer = phone.post(NEW, {**form, "keep": "1"})

        assert answer.status_code == 409
        assert box(answer) == TEXT
        assert f"/workouts/{form['id']}/edit/" in page(answer)

    def test_with_a_lost_number_keeps_the_text(self, phone, form):
        answer = phone.post(NEW, {**form, "id": "x", "keep": "1"})

        assert answer.status_code == 422
        assert box(answer) == TEXT

    def test_is_discarded(self, phone, form):
        version = kept(phone, form)

        answer = phone.post(DISCARD, {**form, "draft": version}, follow=True)

        assert "Draft discarded. Undo" in words(answer)
        assert box(answer) == ""
        assert "Undo" not in words(phone.get(NEW))

    def test_one_that_changed_since_is_not(self, phone, laptop, form):
        first = kept(phone, form)
        kept(laptop, {**form, "text": "Pull-up: 10"}, first)

        answer = phone.post(DISCARD, {**form, "draft": first}, follow=True)

        assert box(answer) == "Pull-up: 10"


class TestUndo:
    def test_brings_back_what_was_on_the_screen(self, phone, laptop, form):
        version = kept(phone, {**form, "text": "Pull-up: 8"})
        phone.post(DISCARD, {**form, "draft": version})

        answer = phone.post(RESTORE, follow=True)

        assert answer.redirect_chain == [(NEW, 302)]
        assert box(answer) == box(laptop.get(NEW)) == TEXT

    def test_brings_back_what_only_the_device_had(self, phone, form):
        answer = phone.post(DISCARD, form, follow=True)

        assert "Draft discarded. Undo" in words(answer)
        assert box(answer) == ""
        assert box(phone.post(RESTORE, follow=True)) == TEXT

    def test_of_a_session_begins_where_it_was(self, phone, form):
        started = "2026-11-22T18:30:00+00:00"
        answer = phone.post(DISCARD, {**form, "started": started}, follow=True)

        assert "Session discarded. Undo" in words(answer)
        assert value(phone.post(RESTORE, follow=True), "started") == started

    def test_changes_places_with_what_was_begun_since(self, phone, form):
        phone.post(DISCARD, form)
        kept(phone, {**form, "id": str(uuid4()), "text": "Plank: 60 s"})

        assert box(phone.post(RESTORE, follow=True)) == TEXT
        assert box(phone.post(RESTORE, follow=True)) == "Plank: 60 s"

    def test_of_an_edit_leads_back_to_it(self, alice, phone, workout):
        phone.post(DISCARD, editing(alice, workout))

        answer = phone.post(RESTORE, follow=True)

        assert answer.redirect_chain == [(f"{workout.get_absolute_url()}edit/", 302)]
        assert box(answer) == "Pull-up: 9"

    def test_keeps_only_what_was_discarded_last(self, alice, phone, form):
        phone.post(DISCARD, form)
        phone.post(DISCARD, {**form, "id": str(uuid4()), "text": "Plank: 60 s"})

        assert alice.athlete.drafts.get().posted["text"] == "Plank: 60 s"

    def test_has_nothing_for_a_stranger(self, phone, charlies_client, form):
        phone.post(DISCARD, form)

        answer = charlies_client.post(RESTORE, follow=True)

        assert "There is nothing to bring back any more." in words(answer)
        assert box(answer) == ""
        assert "Undo" not in words(charlies_client.get(f"{NEW}?discarded"))

    def test_goes_after_thirty_days(self, phone, form, evening):
        phone.post(DISCARD, form)
        evening.shift(timedelta(days=29))
        call_command("clear_deleted_workouts", verbosity=0)
        assert WorkoutDraft.objects.exists()

        evening.shift(timedelta(days=1, minutes=1))
        call_command("clear_deleted_workouts", verbosity=0)

        assert not WorkoutDraft.objects.exists()


class TestEdit:
    def test_has_a_draft_of_its_own(self, alice, phone, workout, form):
        kept(phone, form)
        kept(phone, editing(alice, workout))

        assert box(phone.get(f"{workout.get_absolute_url()}edit/")) == "Pull-up: 9"
        assert box(phone.get(NEW)) == TEXT

    def test_save_takes_it_along(self, alice, phone, workout):
        version = kept(phone, editing(alice, workout))

        phone.post(
            f"{workout.get_absolute_url()}edit/",
            {**editing(alice, workout), "draft": version, "save": "1"},
        )

        assert not WorkoutDraft.objects.exists()

    def test_meets_a_later_revision_with_both_texts(self, alice, phone, laptop, workout):
        edit = f"{workout.get_absolute_url()}edit/"
        version = kept(phone, editing(alice, workout))
        other = {**editing(alice, workout, "Pull-up: 10"), "draft": version, "save": "1"}
        laptop.post(edit, {**other, "draft": version})
        kept(phone, editing(alice, workout))

        answer = phone.get(edit)

        assert box(answer).endswith("Pull-up: 10")
        assert "You had begun to change this" in words(answer)
        assert "Pull-up: 9</textarea>" in page(answer)
        assert '<input type="hidden" name="text" value="Pull-up: 9">' in page(answer)
        assert '<input type="hidden" name="revision" value="2">' in page(answer)

    def test_of_a_deleted_workout_is_refused(self, alice, phone, workout):
        delete_workout(athlete=alice.athlete, key=workout.pk, at=workout.created_at)

        assert phone.post(DRAFT, editing(alice, workout)).status_code == 404

    def test_is_discarded_and_leads_back(self, alice, phone, workout):
        version = kept(phone, editing(alice, workout))

        answer = phone.post(DISCARD, {**editing(alice, workout), "draft": version})

        assert answer.url == f"{workout.get_absolute_url()}edit/?discarded"
        assert not WorkoutDraft.objects.open().exists()

    def test_its_version_is_told(self, alice, phone, workout):
        version = kept(phone, editing(alice, workout))

        assert phone.get(f"{DRAFT}?workout={workout.pk}").json() == {"version": version}
        assert phone.get(DRAFT).json() == {"version": None}


class TestGrid:
    @pytest.fixture
    def grid(self, alice) -> dict[str, str]:
        its = {
            "view": "grid",
            "exercise-1": "Pull-up",
            "set-1-1-reps": "8",
            "set-1-1-done": "on",
            "set-1-2-reps": "7",
        }
        return {**filled("", press=None, owner=str(alice.pk)), **its}

    def test_comes_back_as_the_grid_that_it_was(self, phone, laptop, grid):
        kept(phone, grid)

        there = laptop.get(NEW)

        assert value(there, "view") == "grid"
        assert value(there, "set-1-2-reps") == "7"
        assert "checked" in page(there).partition('name="set-1-1-done"')[2].partition(">")[0]

    def test_has_the_exercise_to_log_as_another_block(self, phone, grid):
        kept(phone, grid)
        exercise = Exercise.objects.get(name="Bent-over barbell row")

        there = phone.get(f"{NEW}?exercise={exercise.slug}")

        assert value(there, "exercise-1") == "Pull-up"
        assert value(there, "exercise-2") == "Bent-over barbell row"

    def test_is_shown_as_text_beside_another(self, phone, laptop, grid):
        first = kept(phone, grid)
        kept(laptop, {**grid, "set-1-3-reps": "6"}, first)

        answer = phone.post(DRAFT, {**grid, "draft": first})

        assert "Pull-up: 8, 7, 6</textarea>" in page(answer)

    def test_is_kept_by_a_button(self, phone, grid):
        answer = phone.post(NEW, {**grid, "keep": "1"}, follow=True)

        assert value(answer, "set-1-2-reps") == "7"

    def test_goes_when_it_is_saved(self, phone, grid):
        version = kept(phone, grid)

        assert phone.post(NEW, {**grid, "draft": version, "save": "1"}).status_code == 302
        assert not WorkoutDraft.objects.exists()


class TestOthers:
    def test_visitor_is_refused_and_nothing_is_kept(self, client, form):
        assert client.post(DRAFT, form).status_code == client.get(DRAFT).status_code == 401
        assert not Session.objects.exists()
        assert not WorkoutDraft.objects.exists()

    def test_stranger_sees_nothing_of_it(self, alice, phone, charlies_client, workout, form):
        kept(phone, form)
        kept(phone, editing(alice, workout))

        assert box(charlies_client.get(NEW)) == ""
        assert charlies_client.get(DRAFT).json() == {"version": None}
        asked = charlies_client.get(f"{DRAFT}?workout={workout.pk}")
        assert asked.json() == {"version": None}

    def test_stranger_keeps_nothing_of_anothers_workout(self, charlie, charlies_client, workout):
        form = editing(charlie, workout)

        assert charlies_client.post(DRAFT, form).status_code == 404
        assert not WorkoutDraft.objects.exists()

    def test_stranger_discards_nothing(self, phone, charlies_client, form):
        version = kept(phone, form)

        charlies_client.post(DISCARD, {**form, "draft": version})

        assert WorkoutDraft.objects.exists()

    def test_form_of_who_was_signed_in_before_is_not_taken(self, charlies_client, form):
        assert charlies_client.post(DRAFT, form).status_code == 403
        assert not WorkoutDraft.objects.exists()

    def test_strangers_draft_under_the_same_key_is_his(self, charlie, phone, charlies_client, form):
        kept(phone, form)

        kept(charlies_client, {**form, "owner": str(charlie.pk), "text": "Plank: 60 s"})

        assert box(phone.get(NEW)) == TEXT

    def test_goes_with_its_owner(self, alice, phone, form):
        kept(phone, form)

        alice.delete()

        assert not WorkoutDraft.objects.exists()

    def test_stays_when_one_signs_out(self, phone, laptop, form):
        kept(phone, form)

        phone.post("/accounts/logout/")

        assert box(laptop.get(NEW)) == TEXT
