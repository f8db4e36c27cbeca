"""What athletes call their own exercises shows nowhere on the editors' desk."""

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType

from exercises.models import Exercise, Target
from tests.exercises.test_admin import ADD, LIST, address, form_data
from tests.factories import ExerciseFactory, MuscleFactory, log
from workouts.models import Entry
from workouts.own_exercises import make_own_exercise

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

NAME = "Zercher secret"
AUTOCOMPLETE = "/admin/autocomplete/?app_label=exercises&model_name=exercise"


@pytest.fixture
def lats():
    return MuscleFactory.create(name="Lats", slug="lats")


@pytest.fixture
def own(alice, pull_up, lats):
    """Alice's own exercise, with all the ways that lead from the catalogue to it."""
    own = make_own_exercise(owner=alice, name=NAME)
    Target.objects.create(exercise=own, muscle=lats, role="primary")
    own.variation_of = pull_up
    own.save()
    pull_up.harder.add(own)
    log(alice, f"{NAME}: 20 kg x 8")
    return own


def says(page):
    return NAME.lower() in page.content.decode().lower() or "zercher" in str(
        page.headers.get("Location", "")
    )


class TestDesk:
    @pytest.mark.parametrize(
        "asked",
        [
            "{add}?variation_of={own}",
            "{add}?harder={own}",
            "{add}?harder={pull_up},{own}",
            "{add}?variation_of={own}&_popup=1",
            "{list}?q=zercher",
            "{list}?q=secret&all=",
            "{list}?owner={alice}",
            "{list}?owner__isnull=False",
            "{list}?owner__username__startswith=a",
            "{list}?variations={own}",
            "{list}?variations__name__startswith=Z",
            "{list}?harder__name__startswith=Z",
            "{list}?id={own}&_to_field=id&_popup=1",
            "{list}?_to_field=owner",
            "{change}",
            "{change}?_to_field=slug",
            "{change}?_popup=1&_to_field=id",
            "/admin/exercises/exercise/{own}/history/",
            "/admin/exercises/exercise/{own}/preview/",
            "/admin/exercises/exercise/{own}/export/",
            "/admin/exercises/exercise/{own}/delete/",
            "/admin/exercises/muscle/{lats}/delete/",
            AUTOCOMPLETE + "&field_name=variation_of&term=zercher",
            AUTOCOMPLETE + "&field_name=harder&term=",
            AUTOCOMPLETE.replace("=exercise", "=target", 1) + "&field_name=exercise&term=zercher",
            "/admin/autocomplete/?app_label=workouts&model_name=entry&field_name=exercise&term=z",
            "/admin/autocomplete/?app_label=workouts&model_name=entry&field_name=exercise&term=",
            "/admin/r/{type}/{own}/",
        ],
    )
    @pytest.mark.parametrize("who", ["eddies_client", "admin_client"])
    def test_never_names_it(self, request, who, asked, own, alice, pull_up, lats):
        at = asked.format(
            add=ADD,
            list=LIST,
            change=address("change", own),
            own=own.pk,
            alice=alice.pk,
            pull_up=pull_up.pk,
            lats=lats.pk,
            type=ContentType.objects.get_for_model(Exercise).pk,
        )
        client = request.getfixturevalue(who)

        answer = client.get(at)
        page = client.get(at, follow=True)

        assert not says(answer)
        assert not says(page)

    @pytest.mark.parametrize(
        "lookup",
        [
            "variations={own}",
            "harder={own}",
            "owner__isnull=False",
            "entries__isnull=False",
            "entries={entry}",
            "easier={own}",
        ],
    )
    def test_answers_no_questions_about_it(self, eddies_client, own, lookup):
        """Nor about what athletes logged: what a list shows must not depend on it."""
        entry = Entry.objects.get().pk

        answer = eddies_client.get(f"{LIST}?{lookup.format(own=own.pk, entry=entry)}")

        assert answer.status_code == 400

    def test_answers_none_in_other_lists(self, eddies_client, own):
        assert eddies_client.get(f"/admin/exercises/muscle/?exercises={own.pk}").status_code == 400
        assert eddies_client.get("/admin/exercises/equipment/?exercises=1").status_code == 400

    def test_still_filters_by_what_its_lists_offer(self, eddies_client, pull_up, lats):
        Target.objects.create(exercise=pull_up, muscle=lats, role="primary")

        for lookup in (
            f"muscles__id__exact={lats.pk}",
            "level__exact=beginner",
            "status__exact=published",
            "missing=summary",
            "muscles__isnull=True",
        ):
            assert eddies_client.get(f"{LIST}?{lookup}").status_code == 200

    def test_does_not_tie_the_catalogue_to_it(self, eddies_client, own, pull_up):
        other = ExerciseFactory.create(name="Ring row")
        data = form_data(eddies_client.get(address("change", other)))

        page = eddies_client.post(
            address("change", other), {**data, "variation_of": own.pk, "harder": [own.pk]}
        )

        assert page.status_code in (200, 422)
        assert not says(page)
        other.refresh_from_db()
        assert other.variation_of is None

    def test_says_how_many_own_exercises_keep_a_muscle(self, eddies_client, own, lats):
        page = eddies_client.get(f"/admin/exercises/muscle/{lats.pk}/delete/").content.decode()

        assert "1 target of athletes’ own exercises" in page

    def test_leads_to_the_page_of_what_it_shows(self, eddies_client, pull_up):
        kind = ContentType.objects.get_for_model(Exercise).pk

        assert eddies_client.get(f"/admin/r/{kind}/{pull_up.pk}/").url == "/exercises/pull-up/"

    @pytest.mark.parametrize("at", ["/admin/r/0/1/", "/admin/r/x/1/", f"/admin/r/{'9' * 20}/1/"])
    def test_leads_nowhere_from_what_does_not_exist(self, eddies_client, at):
        assert eddies_client.get(at).status_code == 404

    def test_leads_nobody_to_what_they_may_not_see(self, eddies_client, alice):
        kind = ContentType.objects.get_for_model(User).pk

        assert eddies_client.get(f"/admin/r/{kind}/{alice.pk}/").status_code == 404

    def test_names_none_where_an_account_is_deleted(self, admin_client, own, alice):
        page = admin_client.get(f"/admin/auth/user/{alice.pk}/delete/")
        chosen = admin_client.post(
            "/admin/auth/user/", {"action": "delete_selected", "_selected_action": [alice.pk]}
        )

        assert page.status_code == chosen.status_code == 200
        assert not says(page)
        assert not says(chosen)
