import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from exercises.files.revisions import record_row
from exercises.models import Alias, Exercise, Muscle, Step, Target
from tests.factories import (
    AliasFactory,
    EquipmentFactory,
    ExerciseFactory,
    MuscleFactory,
    SourceFactory,
    StepFactory,
    TargetFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

LIST = reverse("admin:exercises_exercise_changelist")
ADD = reverse("admin:exercises_exercise_add")


def address(page, row):
    return reverse(f"admin:exercises_{row._meta.model_name}_{page}", args=[row.pk])


def form_data(response):
    """What a browser would post if the editor pressed Save on this page."""
    context = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for field in (field for form in forms for field in form):
        value = field.value()
        if isinstance(value, list | tuple):
            value = [getattr(each, "pk", each) for each in value]
        if value is not None and value is not False:
            data[field.html_name] = value
    return data


def add_row(data, prefix, **fields):
    """One more row of an inline, filled in."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    data[f"{prefix}-TOTAL_FORMS"] = number + 1
    data |= {f"{prefix}-{number}-{name}": value for name, value in fields.items()}
    return data


def row_of(data, prefix, name, value):
    """The prefix of the row of an inline in which ``name`` is ``value``."""
    return next(
        key.removesuffix(f"-{name}")
        for key, held in data.items()
        if re.fullmatch(rf"{prefix}-\d+-{name}", key) and held == value
    )


def errors_of(response):
    """All that the page complains about."""
    assert response.status_code == 200
    inlines = response.context["inline_admin_formsets"]
    return (
        response.context["adminform"].form.errors.as_text()
        + "".join(form.errors.as_text() for inline in inlines for form in inline.formset.forms)
        + "".join(inline.formset.non_form_errors().as_text() for inline in inlines)
    )


@pytest.fixture
def shrug():
    """An exercise with everything around it."""
    shrug = ExerciseFactory(name="Barbell shrug", slug="barbell-shrug", status="draft")
    StepFactory(exercise=shrug, position=1, text="Stand with the bar.")
    StepFactory(exercise=shrug, position=2, text="Lift your shoulders.")
    TargetFactory(exercise=shrug, muscle=MuscleFactory(slug="upper-traps", name="Upper traps"))
    AliasFactory(exercise=shrug, name="Power shrug")
    shrug.equipment.add(EquipmentFactory(slug="barbell"))
    shrug.sources.add(SourceFactory(key="gray"))
    return shrug


class TestPages:
    MAKE = [ExerciseFactory, MuscleFactory, EquipmentFactory, SourceFactory]

    @pytest.mark.parametrize("make", MAKE)
    @pytest.mark.parametrize("who", ["admin_client", "eddies_client"])
    def test_open_for_whoever_edits(self, request, who, make):
        client = request.getfixturevalue(who)
        row = make()
        model = row._meta.model_name

        for page in (
            reverse(f"admin:exercises_{model}_changelist"),
            reverse(f"admin:exercises_{model}_changelist") + "?q=row&all=",
            reverse(f"admin:exercises_{model}_add"),
            address("change", row),
            address("history", row),
            address("delete", row),
        ):
            assert client.get(page).status_code == 200, page

    @pytest.mark.parametrize("make", MAKE)
    def test_are_closed_to_everyone_else(self, client, alices_client, make):
        row = make()

        for visitor in (client, alices_client):
            for page in ("change", "history", "delete"):
                response = visitor.get(address(page, row))
                assert (response.status_code, response.url.partition("?")[0]) == (
                    302,
                    reverse("admin:login"),
                )

    def test_offer_eddie_the_catalogue_and_nothing_else(self, eddies_client):
        apps = eddies_client.get(reverse("admin:index")).context["app_list"]

        assert [app["app_label"] for app in apps] == ["exercises"]

    @pytest.mark.parametrize("count", [2, 40])
    def test_list_costs_the_same_for_any_number(self, admin_client, count):
        muscle, equipment = MuscleFactory(), EquipmentFactory()
        for exercise in ExerciseFactory.create_batch(count):
            TargetFactory(exercise=exercise, muscle=muscle)
            exercise.equipment.add(equipment)

        with CaptureQueriesContext(connection) as queries:
            response = admin_client.get(LIST)

        assert len(response.context["cl"].result_list) == count
        # session, user, two counts, exercises, targets, equipment, three lists of filter values
        assert len(queries) <= 12


class TestList:
    @pytest.mark.parametrize("query", ["barbell shr", "power shrug", "barbell-shrug"])
    def test_finds_by_name_slug_and_alias(self, eddies_client, shrug, pull_up, query):
        AliasFactory(exercise=shrug, name="Shrug with power shrug grip")

        found = eddies_client.get(LIST, {"q": query}).context["cl"].result_list

        assert list(found) == [shrug]

    @pytest.mark.parametrize("query", ["bb row", "bent over row", "row barbell", "bentover rwo"])
    def test_finds_as_the_site_does_the_best_first(self, eddies_client, row, shrug, query):
        AliasFactory(exercise=row, name="barbell row")
        seal = ExerciseFactory(name="Seal row")

        found = list(eddies_client.get(LIST, {"q": query}).context["cl"].result_list)

        assert found[0] == row
        assert shrug not in found
        assert seal not in found[:1]

    def test_search_finds_nothing_for_nothing(self, eddies_client, row):
        found = eddies_client.get(LIST, {"q": "zzqx"}).context["cl"].result_list

        assert list(found) == []

    def test_search_takes_six_queries_more_for_any_number(self, eddies_client):
        ExerciseFactory.create_batch(30)

        with CaptureQueriesContext(connection) as plain:
            eddies_client.get(LIST)
        with CaptureQueriesContext(connection) as searched:
            eddies_client.get(LIST, {"q": "exercise"})

        assert len(searched) <= len(plain) + 6

    def test_says_who_changed_each_last(self, eddies_client, eddie, row):
        record_row(row, "Corrected", user=eddie)

        page = eddies_client.get(LIST).content.decode()

        assert f"{timezone.now():%-d %b %Y}, eddie" in page

    def test_says_quietly_that_sources_are_missing(self, eddies_client, row):
        page = eddies_client.get(LIST).content.decode()

        assert '<span class="quiet">sources</span>' in page
        assert "sources, " not in page

    def test_shows_what_each_trains(self, eddies_client, shrug):
        TargetFactory(exercise=shrug, muscle=MuscleFactory(name="Forearms"), role="secondary")

        page = eddies_client.get(LIST).content.decode()

        assert '<td class="field-primary_muscles">Upper traps</td>' in page

    @pytest.mark.parametrize(
        "narrowed",
        ["status__exact=draft", "muscles__id__exact={muscle}", "equipment__id__exact={equipment}"],
    )
    def test_filters(self, eddies_client, shrug, pull_up, narrowed):
        narrowed = narrowed.format(
            muscle=shrug.muscles.get().pk, equipment=shrug.equipment.get().pk
        )

        found = eddies_client.get(f"{LIST}?{narrowed}").context["cl"].result_list

        assert list(found) == [shrug]

    def test_leaves_athletes_own_exercises_out(self, eddies_client, admin_client, alice, pull_up):
        ExerciseFactory(name="Alice's hang", owner=alice)

        for client in (eddies_client, admin_client):
            assert list(client.get(LIST).context["cl"].result_list) == [pull_up]
            assert list(client.get(LIST, {"q": "hang"}).context["cl"].result_list) == []


class TestOwnExercises:
    """They are private: no page of the admin shows one."""

    @pytest.fixture
    def own(self, alice):
        own = ExerciseFactory(name="Alice's secret hang", owner=alice)
        own.summary = "Secret, too."
        own.save()
        return own

    @pytest.mark.parametrize("who", ["admin_client", "eddies_client"])
    @pytest.mark.parametrize("page", ["change", "history", "delete", "preview", "export"])
    def test_have_no_page(self, request, own, who, page):
        response = request.getfixturevalue(who).get(address(page, own))

        assert response.status_code in (302, 403, 404)
        assert "secret" not in response.content.decode()

    def test_have_no_page_once_they_are_deleted(self, eddies_client, own):
        page = address("history", own)
        own.delete()

        assert eddies_client.get(page).status_code in (302, 403, 404)

    def test_are_not_offered_as_relatives(self, eddies_client, own, shrug):
        found = eddies_client.get(
            reverse("admin:autocomplete"),
            {
                "term": "hang",
                "app_label": "exercises",
                "model_name": "exercise",
                "field_name": "variation_of",
            },
        ).json()

        assert found["results"] == []

    def test_can_t_be_changed_by_posting(self, eddies_client, own, shrug):
        data = form_data(eddies_client.get(address("change", shrug)))

        eddies_client.post(address("change", own), data | {"name": "Taken over"})

        own.refresh_from_db()
        assert own.name == "Alice's secret hang"


class TestSaving:
    def test_unchanged_changes_nothing(self, eddies_client, shrug):
        before = Exercise.objects.filter(pk=shrug.pk).values().get()
        data = form_data(eddies_client.get(address("change", shrug)))

        response = eddies_client.post(address("change", shrug), data)

        assert response.status_code == 302
        assert Exercise.objects.filter(pk=shrug.pk).values().get() == before
        assert [step.text for step in shrug.steps.all()] == [
            "Stand with the bar.",
            "Lift your shoulders.",
        ]
        assert [alias.name for alias in shrug.aliases.all()] == ["Power shrug"]
        assert [muscle.slug for muscle in shrug.muscles.all()] == ["upper-traps"]

    def test_keeps_inlines_that_were_added_changed_and_deleted(self, eddies_client, shrug):
        data = form_data(eddies_client.get(address("change", shrug)))
        lats = MuscleFactory(slug="lats")
        data[row_of(data, "steps", "position", 1) + "-text"] = "Take the bar."
        data[row_of(data, "steps", "position", 2) + "-DELETE"] = "on"
        add_row(data, "steps", position=3, text="Lower it.")
        data[row_of(data, "aliases", "name", "Power shrug") + "-DELETE"] = "on"
        add_row(data, "aliases", name="Trap lift")
        add_row(data, "targets", muscle=lats.pk, role="stabiliser", position=2)

        response = eddies_client.post(address("change", shrug), data)

        assert response.status_code == 302
        assert list(shrug.steps.values_list("position", "text")) == [
            (1, "Take the bar."),
            (2, "Lower it."),
        ]
        assert list(shrug.aliases.values_list("name", "key")) == [("Trap lift", "traplift")]
        assert set(shrug.targets.values_list("muscle__slug", "role")) == {
            ("upper-traps", "primary"),
            ("lats", "stabiliser"),
        }

    def test_makes_an_exercise_of_the_catalogue(self, eddies_client):
        muscle, thing = MuscleFactory(), EquipmentFactory()
        data = form_data(eddies_client.get(ADD)) | {
            "name": "Rack pull",
            "slug": "rack-pull",
            "load_type": "external",
            "equipment": [thing.pk],
        }
        add_row(data, "steps", position=1, text="Set the bar at your knees.")
        add_row(data, "targets", muscle=muscle.pk, role="primary", position=1)
        add_row(data, "aliases", name="Block pull")

        response = eddies_client.post(ADD, data)

        assert response.status_code == 302
        made = Exercise.objects.get(slug="rack-pull")
        assert (made.owner, made.status, made.name_key) == (None, "draft", "rackpull")
        assert list(made.equipment.all()) == [thing]
        assert Step.objects.get().exercise == made
        assert Target.objects.get().muscle == muscle
        assert Alias.objects.get().key == "blockpull"

    def test_publishes_a_draft(self, client, eddies_client, shrug):
        assert client.get(shrug.get_absolute_url()).status_code == 404
        data = form_data(eddies_client.get(address("change", shrug)))

        eddies_client.post(address("change", shrug), data | {"status": "published"})

        assert client.get(shrug.get_absolute_url()).status_code == 200

    def test_of_a_muscle_keeps_antagonists_symmetric(self, eddies_client):
        one, other = MuscleFactory.create_batch(2)
        data = form_data(eddies_client.get(address("change", one)))

        response = eddies_client.post(
            address("change", one), data | {"antagonists": [other.pk], "text": "*New*"}
        )

        assert response.status_code == 302
        assert list(other.antagonists.all()) == [one]
        assert Muscle.objects.get(pk=one.pk).text == "*New*"


class TestRefusing:
    """What the database would refuse is said on the page, not answered with a crash."""

    @pytest.mark.parametrize(
        ("change", "complaint"),
        [
            ({"name": "pull ups"}, "Another exercise of the catalogue has this name."),
            ({"slug": "pull-up"}, "Another exercise of the catalogue has this slug."),
            ({"name": "!!!"}, "at least one letter or number"),
            ({"article_place": 25}, "The article has places 1 to 24."),
            ({"bodyweight_fraction": "0.5"}, "A share of bodyweight is above 0"),
            ({"load_type": ""}, "required"),
            ({"mistakes": "No fix"}, "Write what goes wrong"),
        ],
    )
    def test_an_exercise(self, eddies_client, shrug, pull_up, change, complaint):
        data = form_data(eddies_client.get(address("change", shrug)))

        assert complaint in errors_of(eddies_client.post(address("change", shrug), data | change))

    def test_an_exercise_that_varies_itself(self, eddies_client, shrug):
        data = form_data(eddies_client.get(address("change", shrug)))

        response = eddies_client.post(address("change", shrug), data | {"variation_of": shrug.pk})

        assert "be a variation of itself" in errors_of(response)

    @pytest.mark.parametrize(
        ("names", "complaint"),
        [
            (["Pull ups"], "the name of the exercise Pull-up itself"),
            (["Strict pull up"], "Pull-up already has this alias"),
            (["!!!"], "at least one letter or number"),
            (["Trap lift", "trap-lifts"], "differ in case, hyphens or plural only"),
        ],
    )
    def test_aliases(self, eddies_client, shrug, pull_up, names, complaint):
        AliasFactory(exercise=pull_up, name="Strict pull-up")
        data = form_data(eddies_client.get(address("change", shrug)))
        for name in names:
            add_row(data, "aliases", name=name)

        assert complaint in errors_of(eddies_client.post(address("change", shrug), data))

    def test_no_rows_that_were_left_blank(self, eddies_client, shrug):
        data = form_data(eddies_client.get(address("change", shrug)))
        add_row(data, "aliases", name="")
        add_row(data, "aliases", name="")

        assert eddies_client.post(address("change", shrug), data).status_code == 302

    @pytest.mark.parametrize(
        ("prefix", "most"),
        [
            ("steps", "100 forms"),
            ("targets", "100 forms"),
            ("aliases", "100 forms"),
            ("pictures", "1 form"),
        ],
    )
    @pytest.mark.parametrize("number", ["101", "9999999999"])
    def test_more_than_a_hundred_rows(self, eddies_client, shrug, prefix, most, number):
        data = form_data(eddies_client.get(address("change", shrug)))
        data[f"{prefix}-TOTAL_FORMS"] = number

        response = eddies_client.post(address("change", shrug), data)

        inlines = response.context["inline_admin_formsets"]
        rows = {inline.formset.prefix: inline.formset.forms for inline in inlines}
        assert f"Please submit at most {most}." in errors_of(response)
        assert len(rows[prefix]) == 100

    @pytest.mark.parametrize(
        ("prefix", "fields"),
        [
            ("steps", {"position": 3, "text": ""}),
            ("targets", {"role": "secondary", "position": 9}),
            ("targets", {"role": "star", "position": 9}),
        ],
    )
    def test_steps_and_targets(self, eddies_client, shrug, prefix, fields):
        data = form_data(eddies_client.get(address("change", shrug)))
        if prefix == "targets":
            fields = {**fields, "muscle": shrug.muscles.get().pk}
        add_row(data, prefix, **fields)

        assert errors_of(eddies_client.post(address("change", shrug), data))

    def test_a_target_that_does_not_count_volume(self, eddies_client, shrug):
        group = MuscleFactory(kind="group", is_volume_unit=False)
        data = form_data(eddies_client.get(address("change", shrug)))
        add_row(data, "targets", muscle=group.pk, role="primary", position=2)

        assert "valid choice" in errors_of(eddies_client.post(address("change", shrug), data))

    @pytest.mark.parametrize(
        "change", [{"kind": "part"}, {"is_volume_unit": ""}, {"kind": "group", "parent": "other"}]
    )
    def test_a_muscle(self, eddies_client, change):
        muscle, other = MuscleFactory(), MuscleFactory(kind="group")
        data = form_data(eddies_client.get(address("change", muscle)))
        change = {name: other.pk if value == "other" else value for name, value in change.items()}

        assert errors_of(eddies_client.post(address("change", muscle), data | change))

    def test_a_muscle_that_is_its_own_parent(self, eddies_client):
        part = MuscleFactory(kind="part", parent=MuscleFactory(kind="group"))
        data = form_data(eddies_client.get(address("change", part)))

        response = eddies_client.post(address("change", part), data | {"parent": part.pk})

        assert "be its own parent" in errors_of(response)

    def test_equipment_that_weighs_nothing(self, eddies_client):
        thing = EquipmentFactory()
        data = form_data(eddies_client.get(address("change", thing)))

        response = eddies_client.post(address("change", thing), data | {"empty_weight_kg": "0"})

        assert "A weight is above 0." in errors_of(response)


class TestViewOnSite:
    def test_leads_to_what_is_published(self, eddies_client, pull_up):
        page = eddies_client.get(address("change", pull_up)).content.decode()

        assert f'href="{pull_up.get_absolute_url()}"' in page

    def test_is_missing_on_a_draft(self, eddies_client, shrug):
        page = eddies_client.get(address("change", shrug)).content.decode()

        assert shrug.get_absolute_url() not in page

    def test_leads_to_a_muscle(self, eddies_client):
        muscle = MuscleFactory()
        kind = ContentType.objects.get_for_model(Muscle)

        response = eddies_client.get(reverse("admin:view_on_site", args=[kind.pk, muscle.pk]))

        assert response.url.endswith(muscle.get_absolute_url())
