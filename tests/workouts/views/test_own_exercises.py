"""An athlete's own exercises on the site: list, make, change, archive, merge."""

from datetime import date
from decimal import Decimal
from typing import ClassVar

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import resolve, reverse

from exercises.models import Exercise, LoadType
from tests.factories import AliasFactory, EquipmentFactory, ExerciseFactory, MuscleFactory, log
from tests.workouts.views.log_form import box, filled, value, words
from workouts.models import Workout
from workouts.own_exercises import (
    Gone,
    OwnExerciseFacts,
    create_own_exercise,
    names_of,
    remove_own_exercise,
    revise_own_exercise,
)

LIST, NEW = "/exercises/own/", "/exercises/own/new/"


def own(owner: User, name: str = "Odd lift", load_type: str = "external", **facts) -> Exercise:
    return create_own_exercise(
        owner=owner, facts=OwnExerciseFacts(name, LoadType(load_type), **facts)
    )


def at(exercise: Exercise, page: str) -> str:
    return f"/exercises/own/{exercise.slug}/{page}/"


class TestAddresses:
    @pytest.mark.parametrize("address", [LIST, NEW])
    def test_are_no_exercises(self, address):
        assert resolve(address).view_name.startswith("workouts:own-")

    def test_of_the_list_stays_the_list_whatever_an_exercise_is_called(self, alice, alices_client):
        ExerciseFactory.create(name="Not a list", slug="own")
        alices_client.post(NEW, {"name": "Own", "load_type": "external"})

        assert "Your own exercises" in words(alices_client.get(LIST))
        assert alice.own_exercises.get().slug == "own-2"


class TestList:
    def test_teaches_while_it_is_empty(self, alices_client):
        page = words(alices_client.get(LIST))

        assert "None yet" in page
        assert "Make it mine" in page

    def test_says_what_each_trains_and_how_often_it_was_done(self, alice, alices_client):
        MuscleFactory.create(slug="lats", name="Lats")
        own(alice, primary=["lats"])
        own(alice, "Another", "duration")
        log(alice, "Odd lift: 20 kg x 8\nOdd lift: 25 kg x 8", on=date(2026, 11, 20))
        deleted = log(alice, "Odd lift: 20 kg x 8", on=date(2026, 11, 21))
        Workout.objects.filter(pk=deleted.pk).update(deleted_at=deleted.started_at)

        page = words(alices_client.get(LIST))

        assert "Another Time · not logged yet" in page
        assert "Odd lift Weight · Lats · 1 workout, last 20 Nov 2026" in page

    def test_keeps_those_put_aside_apart(self, alice, alices_client):
        exercise = own(alice)
        log(alice, "Odd lift: 20 kg x 8")
        remove_own_exercise(owner=alice, exercise=exercise)

        page = words(alices_client.get(LIST))

        assert "None yet" not in page
        assert "Archived" in page
        assert "Bring back Odd lift" in page

    def test_shows_own_names_of_the_catalogue_and_forgets_them(self, alice, alices_client, row):
        mine = own(alice, aliases=["Oddie"])
        alices_client.post(at(mine, "merge"), {"into": row.pk})
        page = words(alices_client.get(LIST))
        name = alice.athlete.own_names.get(name="Oddie")

        answer = alices_client.post(reverse("workouts:own-name-forget", args=[name.pk]))

        assert "Oddie means Bent-over barbell row Forget Oddie" in page
        assert answer.url == LIST
        assert names_of(alice).find("Oddie") is None
        assert names_of(alice).find("Odd lift") == row

    def test_is_paged(self, alice, alices_client):
        for letter in "abcdefghijklmnopqrstuvwxyz":
            own(alice, f"Odd {letter}x")
            own(alice, f"Even {letter}x")

        page = words(alices_client.get(f"{LIST}?page=99999999999"))

        assert "Page 2 of 2" in page
        assert "Odd zx" in page
        assert "Even zx" not in page

    @pytest.mark.parametrize("slug", ["no-such", "a\x00b", ""])
    def test_offers_no_undo_for_what_is_not_there(self, alices_client, slug):
        page = alices_client.get(LIST, {"archived": slug})

        assert "Undo" not in words(page)


class TestLinks:
    def test_lead_here_from_the_settings(self, alices_client):
        assert f'href="{LIST}"' in alices_client.get("/accounts/settings/").content.decode()

    def test_lead_to_the_form_from_what_was_made_mine(self, alices_client):
        answer = alices_client.post(
            "/workouts/new/", filled("Jefferson curl: 20 kg x 8", press=None, mine="1")
        )

        assert "Yours, logged as weight." in words(answer)
        assert 'href="/exercises/own/jefferson-curl/edit/"' in answer.content.decode()

    def test_lead_to_a_new_one_from_a_search_that_found_nothing(self, client, alices_client):
        page = alices_client.get("/exercises/?q=zercher+%26+co")

        assert f'href="{NEW}?name=zercher%20%26%20co"' in page.content.decode()
        assert NEW not in client.get("/exercises/?q=zercher+%26+co").content.decode()


class TestNew:
    def test_is_filled_in_with_a_name(self, alices_client):
        page = alices_client.get(NEW, {"name": 'Odd "lift"', "next": "/workouts/new/"})

        assert value(page, "name") == 'Odd "lift"'
        assert value(page, "next") == "/workouts/new/"

    def test_keeps_all_that_was_said(self, alice, alices_client):
        MuscleFactory.create(slug="lats")
        EquipmentFactory.create(slug="barbell")

        answer = alices_client.post(
            NEW,
            {
                "name": " Odd  lift ",
                "load_type": "per_hand",
                "pattern": "horizontal_pull",
                "primary": ["lats"],
                "secondary": ["lats"],
                "equipment": ["barbell"],
                "aliases": 'Oddie, "Lift, odd",,',
                "steps": "Stand.\r\n\r\nLift.",
            },
        )

        exercise = alice.own_exercises.get()
        assert answer.url == exercise.get_absolute_url()
        assert (exercise.name, exercise.load_type) == ("Odd lift", "per_hand")
        assert exercise.pattern == "horizontal_pull"
        assert [(each.muscle.slug, each.role) for each in exercise.targets.all()] == [
            ("lats", "primary")
        ]
        assert [each.name for each in alice.athlete.own_names.all()] == ["Lift, odd", "Oddie"]
        assert [each.text for each in exercise.steps.all()] == ["Stand.", "Lift."]
        assert "“Odd lift” is one of your exercises now." in words(alices_client.get(answer.url))

    @pytest.mark.parametrize(
        ("address", "goes_to"),
        [
            ("/workouts/new/", "/workouts/new/"),
            ("https://example.org/", "/exercises/odd-lift/"),
            ("//example.org/", "/exercises/odd-lift/"),
            ("javascript:alert(1)", "/exercises/odd-lift/"),
        ],
    )
    def test_goes_on_within_the_site_only(self, alices_client, address, goes_to):
        page = alices_client.get(NEW, {"next": address})
        answer = alices_client.post(
            NEW, {"name": "Odd lift", "load_type": "external", "next": address}
        )

        assert ("example.org" in page.content.decode()) is False
        assert "javascript:" not in page.content.decode()
        assert answer.url == goes_to

    @pytest.mark.parametrize(
        ("field", "typed", "why"),
        [
            ("name", "", "Give it a name."),
            ("name", "Row: heavy", "can't contain"),
            ("name", "???", "at least one letter or number"),
            ("name", "x" * 81, "at most 80 characters"),
            ("name", "a\x00b", "Null characters are not allowed"),
            ("load_type", "", "Choose how a set of it is written"),
            ("load_type", "magic", "Select a valid choice"),
            ("primary", "no-such", "Select a valid choice"),
            ("pattern", "no-such", "Select a valid choice"),
            ("secondary", "a\x00b", "Select a valid choice"),
            ("equipment", "no-such", "Select a valid choice"),
            ("aliases", "3x8", "3x8: A name can’t begin with a number"),
            ("aliases", ",".join(f"name{n}x" for n in range(21)), "At most 20 names"),
            ("aliases", "x" * 20_001, "at most 20000 characters"),
            ("aliases", "x" * 200_000, "too long"),
            ("steps", "\n".join(["x"] * 31), "At most 30 steps"),
            ("steps", "x" * 501, "at most 500 characters"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, alice, alices_client, field, typed, why
    ):
        fields = {"name": "Odd lift", "load_type": "duration", "aliases": "Oddie", "steps": "Go."}

        answer = alices_client.post(NEW, {**fields, field: typed})

        assert answer.status_code == 422
        assert why in words(answer)
        assert not alice.own_exercises.exists()
        kept = {**fields, field: typed}
        assert value(answer, "aliases") == kept["aliases"] or field == "aliases"
        assert value(answer, "name") == kept["name"] or field == "name"
        assert kept["steps"] in answer.content.decode().replace("\r\n", "\n")

    def test_keeps_what_was_ticked(self, alices_client):
        MuscleFactory.create(slug="lats", region="back")
        EquipmentFactory.create(slug="barbell")
        ticked = {"primary": ["lats"], "equipment": ["barbell"], "load_type": "duration"}

        page = alices_client.post(NEW, {"name": "", **ticked}).content.decode()

        for wanted in ('"lats" checked', '"barbell" checked', '"duration" required checked'):
            assert f"value={wanted}" in page
        assert page.count("checked") == 3

    def test_links_what_has_the_name_already(self, alice, alices_client, row):
        AliasFactory.create(exercise=row, name="Yates row")
        mine = own(alice, "Mine")
        aside = own(alice, "Aside")
        log(alice, "Aside: 8")
        remove_own_exercise(owner=alice, exercise=aside)

        answer = alices_client.post(
            NEW, {"name": "Yates Rows", "load_type": "external", "aliases": "mine, aside"}
        )

        page = answer.content.decode()
        assert answer.status_code == 422
        assert f'<a href="{row.get_absolute_url()}">Bent-over barbell row</a>' in page
        assert f'<a href="{at(mine, "edit")}">Mine</a>' in page
        assert "which you archived. You can bring it back." in page
        assert value(answer, "name") == "Yates Rows"
        assert value(answer, "aliases") == "mine, aside"

    def test_shows_markup_in_names_as_text(self, alice, alices_client):
        own(alice, "<b>Odd</b>")

        answer = alices_client.post(NEW, {"name": "<b>odd</b>", "load_type": "external"})

        assert "<b>Odd" not in answer.content.decode()
        assert "<b>odd" not in answer.content.decode()


class TestEdit:
    def test_begins_with_what_is_stored_and_saves_it_unchanged(self, alice, alices_client):
        MuscleFactory.create(slug="lats", region="back")
        MuscleFactory.create(slug="biceps", region="arms")
        EquipmentFactory.create(slug="barbell")
        facts = {"primary": ["lats"], "secondary": ["biceps"], "equipment": ["barbell"]}
        exercise = own(
            alice,
            aliases=["Lift, odd", "Oddie"],
            steps=["Stand."],
            pattern="horizontal_pull",
            **facts,
        )

        page = alices_client.get(at(exercise, "edit"))
        answer = alices_client.post(
            at(exercise, "edit"),
            {
                "name": value(page, "name"),
                "load_type": "external",
                "aliases": value(page, "aliases"),
                "steps": "Stand.",
                **facts,
            },
        )

        assert page.content.decode().count("checked") == 4
        assert '<option value="horizontal_pull" selected>' in page.content.decode()
        assert value(page, "aliases") == '"Lift, odd", Oddie'
        assert answer.url == exercise.get_absolute_url()
        assert [each.name for each in alice.athlete.own_names.all()] == ["Lift, odd", "Oddie"]
        assert exercise.targets.count() == 2

    def test_explains_a_load_type_that_sets_do_not_fit(self, alice, alices_client):
        exercise = own(alice)
        log(alice, "Odd lift: 20 kg x 8", on=date(2026, 11, 20))

        answer = alices_client.post(
            at(exercise, "edit"), {"name": "Renamed", "load_type": "bodyweight"}
        )

        assert answer.status_code == 422
        assert "1 of 1 set that you logged can’t be read as “bodyweight”." in words(answer)
        assert "20 Nov 2026: 20 kg x 8" in words(answer)
        assert value(answer, "name") == "Renamed"
        assert Exercise.objects.get(pk=exercise.pk).name == "Odd lift"

    def test_reckons_anew_under_another_load_type(self, alice, alices_client):
        exercise = own(alice)
        entry = log(alice, "Odd lift: 20 kg x 8").entries.get()

        alices_client.post(at(exercise, "edit"), {"name": "Odd lift", "load_type": "per_hand"})

        entry.refresh_from_db()
        assert entry.volume_kg == Decimal(320)

    @pytest.mark.parametrize(
        ("implements", "volume_kg"), [("2-1", 160), ("2-2", 320), ("1-1", 160), ("", 160)]
    )
    def test_counts_the_weights_that_a_rep_moves(self, alice, alices_client, implements, volume_kg):
        exercise = own(alice, load_type="per_hand")
        entry = log(alice, "Odd lift: 10 kg x 8 each side").entries.get()
        said = {"name": "Odd lift", "load_type": "per_hand", "implements": implements}

        alices_client.post(at(exercise, "edit"), said)
        page = alices_client.get(at(exercise, "edit")).content.decode()

        entry.refresh_from_db()
        assert entry.volume_kg == volume_kg
        assert f'<option value="{implements or "2-1"}" selected>' in page

    @pytest.mark.parametrize(
        ("load_type", "pace", "kept"),
        [
            ("distance", "per_500_m", "per_500_m"),
            ("distance", "", "per_km"),
            ("duration", "per_500_m", "per_km"),
        ],
    )
    def test_asks_how_the_speed_is_told(self, alice, alices_client, load_type, pace, kept):
        exercise = own(alice, load_type="distance")
        said = {"name": "Odd lift", "load_type": load_type, "pace": pace}

        alices_client.post(at(exercise, "edit"), said)
        page = alices_client.get(at(exercise, "edit")).content.decode()

        exercise.refresh_from_db()
        assert exercise.pace == kept
        assert f'<option value="{kept}" selected>' in page

    @pytest.mark.parametrize(
        ("typed", "volume_kg"), [("65", 416), ("65 %", 416), ("100", 640), ("", None)]
    )
    def test_asks_how_much_of_the_body_it_lifts(self, alice, alices_client, typed, volume_kg):
        exercise = own(alice, load_type="bodyweight")
        alice.athlete.body_weights.create(
            weighed_on=date(2026, 1, 1), weight=80, unit="kg", weight_kg=80
        )
        entry = log(alice, "Odd lift: 8").entries.get()
        said = {"name": "Odd lift", "load_type": "bodyweight", "bodyweight_percent": typed}

        answer = alices_client.post(at(exercise, "edit"), said)

        assert answer.status_code == 302
        entry.refresh_from_db()
        assert entry.volume_kg == volume_kg
        kept = value(alices_client.get(at(exercise, "edit")), "bodyweight_percent")
        assert (kept or "") == typed.removesuffix(" %")

    @pytest.mark.parametrize("typed", ["0", "101", "two thirds", "66.6"])
    def test_refuses_more_than_the_whole_body_and_less_than_any(self, alice, alices_client, typed):
        said = {"name": "Odd lift", "load_type": "bodyweight", "bodyweight_percent": typed}

        answer = alices_client.post(NEW, said)

        assert answer.status_code == 422
        assert value(answer, "bodyweight_percent") == typed
        assert not alice.own_exercises.exists()

    def test_has_no_share_of_the_body_where_that_is_not_lifted(self, alice, alices_client):
        said = {"name": "Odd lift", "load_type": "external", "bodyweight_percent": "65"}

        alices_client.post(NEW, said)

        assert alice.own_exercises.get().bodyweight_fraction is None

    def test_says_on_its_progress_why_there_is_no_estimate(self, alice, alices_client):
        exercise = own(alice, load_type="bodyweight")
        log(alice, "Odd lift: 8")
        address = f"/progress/exercises/{exercise.slug}/"

        before = alices_client.get(address)
        exercise.bodyweight_fraction = "0.65"
        exercise.save()
        after = alices_client.get(address)

        assert "There is no one-rep max and no volume yet" in words(before)
        assert f'href="{at(exercise, "edit")}">Say how much</a>' in before.content.decode()
        assert "There is no one-rep max" not in words(after)
        assert "Tell Backtrain your body weight" in words(after)

    def test_moves_one_of_what_is_not_held_in_the_hands(self, alice, alices_client):
        exercise = own(alice, load_type="per_hand", implements=2)

        alices_client.post(
            at(exercise, "edit"),
            {"name": "Odd lift", "load_type": "external", "implements": "2-2"},
        )

        exercise.refresh_from_db()
        assert (exercise.implements, exercise.implements_one_side) == (1, 1)

    def test_refuses_a_taken_name_and_an_empty_one(self, alice, alices_client, pull_up):
        exercise = own(alice)

        for name in ("Pull-up", ""):
            answer = alices_client.post(
                at(exercise, "edit"), {"name": name, "load_type": "external"}
            )
            assert answer.status_code == 422


class TestAnEditOfWhatIsGone:
    """Deleted or merged in another tab while its form was open: what was typed is given back."""

    TYPED: ClassVar = {"name": "Odder lift", "load_type": "external", "steps": "Lift it oddly."}

    def typed(self, client, exercise):
        was = value(client.get(at(exercise, "edit")), "was")
        return {**self.TYPED, "was": was}

    def test_says_that_it_was_deleted_and_makes_it_anew(self, alice, alices_client):
        exercise = own(alice)
        typed = self.typed(alices_client, exercise)
        alices_client.post(at(exercise, "delete"))

        answer = alices_client.post(at(exercise, "edit"), typed)

        assert answer.status_code == 409
        page = words(answer)
        assert "Odd lift was deleted while you had this open. Nothing is saved yet" in page
        assert "Lift it oddly." in page
        assert f'<form class="stack-loose measure" method="post" action="{NEW}">' in (
            answer.content.decode()
        )
        assert alices_client.post(NEW, typed).status_code == 302
        assert alice.own_exercises.get().steps.get().text == "Lift it oddly."

    def test_says_what_it_was_merged_into(self, alice, alices_client, row):
        exercise = own(alice)
        typed = self.typed(alices_client, exercise)
        alices_client.post(at(exercise, "merge"), {"into": row.pk})

        answer = alices_client.post(at(exercise, "edit"), typed)

        assert answer.status_code == 409
        page = words(answer)
        assert f"Odd lift was merged into {row.name} while you had this open." in page
        assert "Give this another name and save it" in page
        assert f'<a href="{row.get_absolute_url()}">' in answer.content.decode()
        assert "Lift it oddly." in page

    def test_leads_to_the_form_of_another_own_one(self, alice, alices_client):
        exercise, other = own(alice), own(alice, "Other lift")
        typed = self.typed(alices_client, exercise)
        alices_client.post(at(exercise, "merge"), {"into": other.pk})

        page = alices_client.post(at(exercise, "edit"), typed).content.decode()

        assert f'<a href="{at(other, "edit")}">there</a>' in page

    def test_between_the_look_and_the_save_makes_no_second_one(self, alice):
        exercise = own(alice)
        Exercise.objects.filter(pk=exercise.pk).delete()

        with pytest.raises(Gone):
            revise_own_exercise(
                owner=alice, exercise=exercise, facts=OwnExerciseFacts("Odd", LoadType.EXTERNAL)
            )

        assert not alice.own_exercises.exists()

    def test_of_anothers_says_nothing_of_it(self, alice, charlies_client):
        exercise = own(alice, "Secret lift")

        answer = charlies_client.post(at(exercise, "edit"), self.TYPED)

        assert "Secret" not in answer.content.decode()
        assert charlies_client.get(at(exercise, "edit")).status_code == 404


class TestManyNames:
    NAMES: ClassVar = [f"Lift {word}" for word in "abcdefghijklmnopqrst"]

    def saved(self, client, exercise, **changes):
        form = {"name": exercise.name, "load_type": "external", "aliases": ", ".join(self.NAMES)}
        return client.post(at(exercise, "edit"), form | changes).status_code

    def test_one_more_by_renaming_can_still_be_saved(self, alice, alices_client):
        exercise = own(alice, aliases=self.NAMES)
        assert self.saved(alices_client, exercise, name="Even lift") == 302
        shown = value(alices_client.get(at(exercise, "edit")), "aliases")
        assert shown.count(",") == 20

        assert self.saved(alices_client, exercise, name="Even lift", aliases=shown) == 302

        assert alice.athlete.own_names.count() == 21
        more = f"{shown}, One too many"
        assert self.saved(alices_client, exercise, name="Even lift", aliases=more) == 422

    def test_many_long_ones_by_merging_can_still_be_saved(self, alice, alices_client):
        exercise = own(alice, aliases=[f"{name} {'x' * 70}" for name in self.NAMES])
        shown = value(alices_client.get(at(exercise, "edit")), "aliases")

        assert self.saved(alices_client, exercise, aliases=shown) == 302


class TestAddressOfTheCatalogues:
    def test_is_hidden_by_none_of_ones_own(self, alice, alices_client):
        mine, other = own(alice, "Hip thrust"), own(alice, "Other lift")
        assert mine.slug == "hip-thrust"
        renamed = ExerciseFactory.create(name="Glute raise", slug="glute-raise")
        renamed.name, renamed.slug = "Raise of the hips", "hip-thrust"
        renamed.save()

        mine.refresh_from_db()
        other.refresh_from_db()
        assert (mine.slug, other.slug) == ("hip-thrust-2", "other-lift")
        assert "Raise of the hips" in words(alices_client.get("/exercises/hip-thrust/"))
        assert "Hip thrust" in words(alices_client.get("/exercises/hip-thrust-2/"))

    @pytest.mark.parametrize("way", ["save", "update"])
    def test_is_freed_when_a_draft_is_published(self, alice, way):
        draft = ExerciseFactory.create(slug="odd-lift", name="Catalogue's", status="draft")
        mine = own(alice)
        assert mine.slug == "odd-lift"

        if way == "save":
            draft.status = "published"
            draft.save()
        else:
            Exercise.objects.filter(pk=draft.pk, status="draft").update(status="published")

        mine.refresh_from_db()
        assert mine.slug == "odd-lift-2"


class TestDelete:
    def test_of_what_was_never_logged_is_for_good(self, alice, alices_client):
        exercise = own(alice)

        question = words(alices_client.get(at(exercise, "delete")))
        answer = alices_client.post(at(exercise, "delete"))

        assert "You never logged it." in question
        assert answer.url == LIST
        assert "“Odd lift” is deleted." in words(alices_client.get(LIST))
        assert not alice.own_exercises.exists()

    def test_of_what_was_logged_can_be_undone(self, alice, alices_client):
        exercise = own(alice)
        log(alice, "Odd lift: 20 kg x 8")

        question = words(alices_client.get(at(exercise, "delete")))
        answer = alices_client.post(at(exercise, "delete"))
        offered = alices_client.get(answer.url)

        assert "it is archived" in question
        assert "“Odd lift” is archived. What you logged of it stays. Undo" in words(offered)
        assert f'action="{at(exercise, "restore")}"' in offered.content.decode()
        alices_client.post(at(exercise, "restore"))
        assert names_of(alice).find("Odd lift") == exercise

    def test_shows_on_the_page_of_the_exercise(self, alice, alices_client):
        exercise = own(alice)
        log(alice, "Odd lift: 20 kg x 8")
        before = words(alices_client.get(exercise.get_absolute_url()))
        alices_client.post(at(exercise, "delete"))

        after = words(alices_client.get(exercise.get_absolute_url()))

        assert "Edit Merge Delete" in before
        assert "Progress Favourite" in before
        assert "Bring it back" in after
        assert "Progress Favourite" not in after

    def test_leaves_old_workouts_editable(self, alice, alices_client):
        exercise = own(alice)
        workout = log(alice, "Odd lift: 20 kg x 8")
        alices_client.post(at(exercise, "delete"))
        edit = f"{workout.get_absolute_url()}edit/"

        answer = alices_client.post(edit, filled("Odd lift: 22 kg x 8", revision="1"))

        assert box(alices_client.get(edit)).endswith("Odd lift: 22 kg x 8")
        assert answer.status_code == 302


class TestMerge:
    def test_offers_the_most_alike_first_and_never_itself(self, alice, alices_client, row, pull_up):
        exercise = own(alice, "Bent over barbel row")
        other = own(alice, "Zottman")

        page = words(alices_client.get(at(exercise, "merge")))

        assert "Choose Bent-over barbell row Zottman" in page.replace("Pull-up ", "")
        assert f'value="{exercise.pk}"' not in page
        assert other.name in page

    def test_shows_what_would_move_and_changes_nothing(self, alice, alices_client, row):
        exercise = own(alice)
        workout = log(alice, "Odd lift: 20 kg x 8, 8\nOdd lift: 30 kg x 5")

        page = words(alices_client.get(at(exercise, "merge"), {"into": row.pk}))

        assert "Moves 3 sets in 1 workout" in page
        assert "Logged as Weight, as before" in page
        assert "Figures Stay as they are" in page
        assert "There is no undo button" in page
        workout.refresh_from_db()
        assert (workout.revision, alice.own_exercises.count()) == (1, 1)

    @pytest.mark.parametrize(("unit", "shown"), [("kg", "none → 400 kg"), ("lb", "none → 882 lb")])
    def test_says_how_figures_change(self, alice, alices_client, pull_up, unit, shown):
        alice.athlete.unit = unit
        alice.athlete.save()
        alice.athlete.body_weights.create(
            weighed_on=date(2026, 1, 1), weight=80, unit="kg", weight_kg=80
        )
        exercise = own(alice, "My pull", "bodyweight")
        log(alice, "My pull: 5")

        page = words(alices_client.get(at(exercise, "merge"), {"into": pull_up.pk}))

        assert f"Volume: {shown}" in page

    def test_says_so_where_the_figures_are_reckoned_anew_to_the_same(self, alice, alices_client):
        exercise = own(alice, "My hang", "duration")
        target = own(alice, "My carry", "weighted_duration")
        log(alice, "My hang: 20 s")

        page = words(alices_client.get(at(exercise, "merge"), {"into": target.pk}))

        assert "Logged as Weight for time or distance; it was time" in page
        assert "The volume stays" in page

    def test_merges(self, alice, alices_client, row):
        exercise = own(alice)
        log(alice, "Odd lift: 20 kg x 8")

        answer = alices_client.post(at(exercise, "merge"), {"into": row.pk})

        assert answer.url == f"/progress/exercises/{row.slug}/"
        assert "“Odd lift” is now “Bent-over barbell row”, in 1 workout." in words(
            alices_client.get(answer.url)
        )
        assert alice.athlete.entries.get().exercise == row
        assert alices_client.get(exercise.get_absolute_url()).status_code == 404

    def test_of_nothing_logged_says_so(self, alice, alices_client, row):
        exercise = own(alice)

        page = words(alices_client.get(at(exercise, "merge"), {"into": row.pk}))
        answer = alices_client.post(at(exercise, "merge"), {"into": row.pk})

        assert "Nothing, you never logged it" in page
        assert "in no workout" in words(alices_client.get(answer.url))

    def test_of_load_types_that_do_not_fit_is_refused_with_reasons(
        self, alice, alices_client, pull_up
    ):
        exercise = own(alice)
        log(alice, "Odd lift: 20 kg x 8")
        address = f"{at(exercise, 'merge')}?into={pull_up.pk}"

        page = alices_client.get(address)
        answer = alices_client.post(at(exercise, "merge"), {"into": pull_up.pk})

        assert "1 of 1 set that you logged can’t be read as “bodyweight”" in words(page)
        assert "Merge into" not in words(page)
        assert answer.url == address
        assert alice.athlete.entries.get().exercise == exercise

    @pytest.mark.parametrize("into", ["", "x", "0", "a\x00b", "99999999999999999999"])
    def test_into_nothing_asks_again(self, alice, alices_client, into):
        exercise = own(alice)

        seen = alices_client.get(at(exercise, "merge"), {"into": into})
        answer = alices_client.post(at(exercise, "merge"), {"into": into})

        assert (seen.status_code, answer.status_code) == (200, 422)
        assert "Into which exercise?" in words(answer)

    def test_twice_is_a_page_that_is_gone(self, alice, alices_client, row):
        exercise = own(alice)
        alices_client.post(at(exercise, "merge"), {"into": row.pk})

        assert alices_client.post(at(exercise, "merge"), {"into": row.pk}).status_code == 404

    def test_shows_both_versions_to_a_tab_that_edits_a_workout(self, alice, alices_client, row):
        exercise = own(alice)
        workout = log(alice, "Odd lift: 20 kg x 8")
        alices_client.post(at(exercise, "merge"), {"into": row.pk})

        answer = alices_client.post(
            f"{workout.get_absolute_url()}edit/", filled("Odd lift: 25 kg x 8", revision="1")
        )

        assert answer.status_code == 409
        assert "Bent-over barbell row: 20 kg x 8" in words(answer)


class TestWithoutCookies:
    @pytest.mark.parametrize("page", ["edit", "delete", "restore", "merge"])
    def test_a_post_from_elsewhere_is_refused(self, alice, page):
        exercise = own(alice)
        client = Client(enforce_csrf_checks=True)
        client.force_login(alice)

        assert client.post(at(exercise, page)).status_code == 403
        assert alice.own_exercises.exists()
