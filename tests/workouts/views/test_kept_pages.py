"""What an athlete has seen is neither drawn nor sent again while it is the same."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from exercises.models import Exercise, LoadType
from tests.athlete_versions import VersionKeptError, versions_renewed
from tests.factories import EquipmentFactory, MuscleFactory, TargetFactory, log
from tests.workouts.views.log_form import filled
from workouts.models import Athlete, Workout
from workouts.own_exercises import OwnExerciseFacts, create_own_exercise

pytestmark = pytest.mark.usefixtures("catalogue")

PULL_UPS = "/progress/exercises/pull-up/"
PAGES = [
    "/",
    "/workouts/",
    "/workouts/?year=2026",
    "/workouts/?q=pull",
    PULL_UPS,
    "/progress/exercises/odd-lift/",
    "/progress/muscles/lats/",
    "WORKOUT",
]
NEVER_WRITTEN = ["/workouts/new/", "/workouts/deleted/", "/accounts/settings/", "/exercises/own/"]


@pytest.fixture
def workout(alice):
    Exercise.objects.filter(name="Pull-up").update(slug="pull-up")
    create_own_exercise(
        owner=alice, facts=OwnExerciseFacts("Odd lift", LoadType.EXTERNAL, aliases=["Oddie"])
    )
    lats = MuscleFactory.create(slug="lats")
    TargetFactory.create(exercise=Exercise.objects.get(name="Pull-up"), muscle=lats)
    log(alice, "Pull-up: 8, 7", on=alice.date_joined.date() - timedelta(days=9))
    return log(
        alice, "2026-11-21 18:00 Back day\nPull-up: 8, 8, 6\nOdd lift: 20 kg x 5\nPlank: 60 s"
    )


def at(page, workout):
    return page.replace("WORKOUT", f"/workouts/{workout.pk}/")


def clear():
    for name in ("pages", "own_pages"):
        caches[name].clear()


def again(client, page, seen, **headers):
    return client.get(page, headers={"If-None-Match": seen.headers["ETag"], **headers})


class TestKept:
    @pytest.mark.parametrize("page", PAGES)
    def test_is_drawn_once(self, alices_client, workout, page, django_assert_num_queries):
        page = at(page, workout)
        first = alices_client.get(page)

        with django_assert_num_queries(3):  # session, user, athlete with the versions
            second = alices_client.get(page)

        assert first.status_code == second.status_code == 200
        assert second.content == first.content
        assert {**second.headers, "X-Request-ID": ""} == {**first.headers, "X-Request-ID": ""}

    @pytest.mark.parametrize("page", PAGES)
    def test_is_sent_once(self, alices_client, workout, page, django_assert_num_queries):
        page = at(page, workout)
        seen = alices_client.get(page)

        with django_assert_num_queries(3):
            response = again(alices_client, page, seen)

        assert (response.status_code, response.content) == (304, b"")
        for each in (seen, response):
            assert each.headers["ETag"] == seen.headers["ETag"]
            assert each.headers["Cache-Control"] == "private, no-cache"
            assert {"Cookie", "HX-Request", "HX-Target"} <= set(each.headers["Vary"].split(", "))

    @pytest.mark.parametrize("page", PAGES)
    def test_is_what_is_drawn_for_the_request_itself(self, alice, alices_client, workout, page):
        """What it is drawn for knows less than the request, and nothing is missing."""
        page = at(page, workout)
        kept = alices_client.get(page).content.decode()
        alice.is_staff = True
        alice.save()

        drawn = alices_client.get(page)

        assert "ETag" not in drawn.headers
        assert drawn.content.decode() == kept

    def test_is_sent_as_it_is_compressed(self, alices_client, workout):
        plain = alices_client.get("/workouts/").content

        first, second = (
            alices_client.get("/workouts/", headers={"Accept-Encoding": "zstd"}) for _ in "12"
        )

        assert first.headers["Content-Encoding"] == second.headers["Content-Encoding"] == "zstd"
        assert first.content == second.content
        assert len(first.content) < len(plain) / 2

    def test_is_not_where_it_is_huge(self, alices_client, workout, monkeypatch):
        monkeypatch.setattr("exercises.page_cache.MOST_KEPT", 500)

        alices_client.get("/workouts/")

        assert not caches["own_pages"]._cache

    def test_has_an_end(self, settings):
        assert settings.CACHES["own_pages"]["OPTIONS"]["MAX_ENTRIES"] == 300

    def test_head_has_no_body(self, alices_client, workout):
        alices_client.get("/workouts/")

        assert alices_client.head("/workouts/").content == b""


class TestTheirs:
    @pytest.mark.parametrize("page", PAGES)
    def test_nobody_else_gets_it(self, alices_client, charlies_client, workout, page):
        page = at(page, workout)
        seen = alices_client.get(page)

        others = again(charlies_client, page, seen)

        assert others.status_code in (200, 404)
        assert b"Back day" not in others.content
        assert b"alice" not in others.content

    @pytest.mark.parametrize("page", PAGES[1:])
    def test_who_has_signed_out_is_asked_to_sign_in(self, alices_client, workout, page):
        page = at(page, workout)
        seen = alices_client.get(page)

        assert again(Client(), page, seen).status_code == 302

    def test_a_page_for_each_theme(self, alices_client, workout):
        seen = alices_client.get("/workouts/")
        alices_client.cookies["theme"] = "dark"

        assert b'data-theme="dark"' in again(alices_client, "/workouts/", seen).content

    def test_a_part_is_not_taken_for_the_page(self, alices_client, workout):
        part = f"{PULL_UPS}?part=own-history"

        assert b"<html" not in alices_client.get(part).content
        assert b"<html" in alices_client.get(PULL_UPS).content

    def test_a_message_is_shown_once(self, alices_client, workout):
        alices_client.post(f"/workouts/{workout.pk}/edit/", filled("Plank: 60 s", revision="1"))
        page = f"/workouts/{workout.pk}/"

        told, then = (alices_client.get(page) for _ in "12")

        assert "Changes saved." in told.content.decode()
        assert "ETag" not in told.headers
        assert "Changes saved." not in then.content.decode()
        assert then.headers["ETag"]

    def test_a_token_is_good_for_its_reader_alone(self, alice, workout):
        """Undo, after a deletion, is a form."""
        client = Client(enforce_csrf_checks=True)
        client.force_login(alice)
        workout.deleted_at = workout.started_at
        workout.save()

        pages = [client.get(f"/workouts/?deleted={workout.pk}") for _ in "12"]

        assert all("ETag" not in page.headers for page in pages)
        assert not caches["own_pages"]._cache
        token = client.cookies["csrftoken"].value
        back = client.post(
            f"/workouts/{workout.pk}/restore/",
            {"csrfmiddlewaretoken": token},
            headers={"Referer": "https://testserver/"},
        )
        assert back.status_code == 302

    def test_missing_and_moved_pages_are_not_kept(self, alices_client, workout):
        missing = "/workouts/00000000-0000-0000-0000-000000000000/"

        assert alices_client.get(missing).status_code == 404
        assert not caches["own_pages"]._cache


def post(address, **fields):
    def change(client, workout):
        response = client.post(address.replace("KEY", str(workout.pk)), fields)
        assert response.status_code == 302, response.content.decode()

    return change


def with_own(address, **fields):
    def change(client, workout):
        own = Exercise.objects.get(name="Odd lift")
        into = Exercise.objects.get(name="Bent-over barbell row")
        shown = {name: str(value).replace("INTO", str(into.pk)) for name, value in fields.items()}
        response = client.post(address.replace("OWN", own.slug), shown)
        assert response.status_code == 302, response.content.decode()

    return change


SETTINGS = {"unit": "kg", "time_zone": "UTC", "week_start": "1"}
WRITES = {
    "logged": post("/workouts/new/", **filled("Pull-up: 9")),
    "edited": post("/workouts/KEY/edit/", **filled("Pull-up: 9", revision="1")),
    "deleted": post("/workouts/KEY/delete/"),
    "weighed": post("/bodyweight/", day="2026-11-20", weight="81", unit="kg"),
    "in pounds": post("/accounts/settings/", **{**SETTINGS, "unit": "lb"}),
    "moved": post("/accounts/settings/", **{**SETTINGS, "time_zone": "Pacific/Auckland"}),
    "weeks from Sunday": post("/accounts/settings/", **{**SETTINGS, "week_start": "7"}),
    "own renamed": with_own(
        "/exercises/own/OWN/edit/", name="Odder lift", load_type="external", was="Odd lift"
    ),
    "own archived": with_own("/exercises/own/OWN/delete/"),
    "own merged": with_own("/exercises/own/OWN/merge/", into="INTO"),
    "catalogue": lambda client, workout: rename_in_catalogue(),
    "user renamed": lambda client, workout: rename(workout.athlete.user),
    "loaded otherwise": lambda client, workout: load_otherwise(),
    "repaired": lambda client, workout: repair(workout),
}


def rename_in_catalogue():
    Exercise.objects.filter(slug="pull-up").update(name="Pull")


def rename(user):
    user.username = "alicia"
    user.save()


def load_otherwise():
    exercise = Exercise.objects.get(slug="pull-up")
    exercise.bodyweight_fraction = "0.50"
    exercise.save()


def repair(workout):
    workout.entries.update(reps=999)
    call_command("rebuild_summaries", verbosity=0)


class TestDrawnAgain:
    @pytest.mark.parametrize("write", WRITES)
    def test_after_every_write(self, alices_client, workout, write):
        pages = [at(page, workout) for page in PAGES]
        for page in pages:
            alices_client.get(page)
        WRITES[write](alices_client, workout)
        alices_client.get(NEVER_WRITTEN[0])  # which shows the message

        shown = {page: alices_client.get(page) for page in pages}

        clear()
        for page, response in shown.items():
            anew = alices_client.get(page)
            assert (response.status_code, response.content) == (anew.status_code, anew.content)

    def test_after_a_deleted_one_came_back(self, alices_client, workout):
        alices_client.post(f"/workouts/{workout.pk}/delete/")
        without = alices_client.get("/workouts/")
        alices_client.post(f"/workouts/{workout.pk}/restore/")
        alices_client.get(NEVER_WRITTEN[0])

        assert b"Back day" not in without.content
        assert b"Back day" in again(alices_client, "/workouts/", without).content

    def test_on_another_day(self, alices_client, workout, evening):
        seen = alices_client.get("/")
        evening.move_to("2026-11-23T07:00:00Z")

        assert again(alices_client, "/", seen).status_code == 200
        assert b"Monday 23 November" in alices_client.get("/").content

    def test_at_midnight_where_the_athlete_is(self, alice, alices_client, workout, evening):
        alice.athlete.time_zone = "Asia/Tokyo"  # nine hours on
        alice.athlete.save()
        evening.move_to("2026-11-23T14:59:59Z")
        seen = alices_client.get("/")
        assert again(alices_client, "/", seen).status_code == 304

        evening.move_to("2026-11-23T15:00:00Z")

        assert again(alices_client, "/", seen).status_code == 200

    def test_stays_when_others_log(self, alices_client, charlie, workout):
        seen = alices_client.get("/workouts/")

        log(charlie, "Pull-up: 5")

        assert again(alices_client, "/workouts/", seen).status_code == 304

    def test_reading_writes_no_version(self, alice, alices_client, workout):
        before = Athlete.objects.get(pk=alice.pk).version

        for page in [*(at(page, workout) for page in PAGES), *NEVER_WRITTEN]:
            alices_client.get(page)

        assert Athlete.objects.get(pk=alice.pk).version == before


class TestVersion:
    def test_of_a_row_that_was_read_before_does_not_come_back(self, alice):
        """Settings are saved with all columns of the athlete, as they were when they were read."""
        early = Athlete.objects.get(pk=alice.pk)
        seen = early.version
        alice.athlete.renew_version()

        early.save()

        assert Athlete.objects.get(pk=alice.pk).version not in (seen, alice.athlete.version)

    def test_is_another_after_one_column_was_saved(self, alice):
        seen = alice.athlete.version
        alice.athlete.unit = "lb"

        alice.athlete.save(update_fields=["unit"])

        assert Athlete.objects.values_list("unit", "version").get() != ("lb", seen)
        assert Athlete.objects.get().unit == "lb"

    def test_is_another_after_an_update(self, alice):
        seen = Athlete.objects.get().version

        Athlete.objects.update(unit="lb")

        assert Athlete.objects.get().version != seen

    def test_of_several_is_renewed_alike(self, alice, charlie, django_assert_num_queries):
        seen = set(Athlete.objects.values_list("version", flat=True))

        with django_assert_num_queries(2):
            Athlete.objects.all().renew_versions()

        assert not seen & set(Athlete.objects.values_list("version", flat=True))


class TestGuard:
    """The tests' own rule: ``every_write_is_told``."""

    def test_refuses_a_write_that_renews_nothing(self, workout):
        with pytest.raises(VersionKeptError, match="workouts_workout"), versions_renewed():
            Workout.objects.update(title="Untold")

    def test_refuses_what_is_renewed_too_late(self, workout):
        def early():
            Workout.objects.update(title="Early")
            workout.athlete.renew_version()

        with pytest.raises(VersionKeptError), versions_renewed():
            transaction.atomic(early)()

    def test_refuses_what_is_renewed_in_another_transaction(self, workout):
        def late():
            transaction.atomic(workout.athlete.renew_version)()
            Workout.objects.update(title="Late")

        with pytest.raises(VersionKeptError), versions_renewed():
            transaction.atomic(late)()

    def test_asks_nothing_of_what_goes_with_an_athlete(self, alice, workout):
        with versions_renewed():
            alice.delete()

        assert not Workout.objects.exists()

    def test_asks_nothing_of_what_goes_with_a_row_of_the_catalogue(self, alice):
        barbell = EquipmentFactory()
        alice.athlete.equipment.add(barbell)

        with versions_renewed():
            barbell.delete()

        assert not alice.athlete.equipment.exists()

    def test_watches_requests(self, alices_client, workout, monkeypatch):
        monkeypatch.setattr(Athlete, "renew_version", lambda self: None)

        with pytest.raises(VersionKeptError):
            alices_client.post(f"/workouts/{workout.pk}/delete/")
