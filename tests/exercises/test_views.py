from urllib.parse import quote

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exercises.models import Alias, Exercise, FormerSlug, Muscle, Picture, Step, Target
from tests.factories import (
    AliasFactory,
    EquipmentFactory,
    ExerciseFactory,
    MuscleFactory,
    SourceFactory,
    StepFactory,
    TargetFactory,
)
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db

MUSCLES = reverse("exercises:muscles")
EXERCISES = reverse("exercises:exercises")


def catalogue(count, *, muscle, equipment, **fields):
    """``count`` exercises that train ``muscle``, with all that their rows and pages show."""
    exercises = ExerciseFactory.build_batch(count, level="beginner", **fields)
    for each in exercises:
        each.set_key()
    Exercise.objects.bulk_create(exercises)
    Target.objects.bulk_create(TargetFactory.build(exercise=e, muscle=muscle) for e in exercises)
    Step.objects.bulk_create(StepFactory.build(exercise=each) for each in exercises)
    Exercise.equipment.through.objects.bulk_create(
        Exercise.equipment.through(exercise=each, equipment=equipment) for each in exercises
    )
    return exercises


def page_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return on_one_line(response.content.decode())


class TestMuscleList:
    def test_lists_muscles_by_region_with_the_back_first(self, client):
        MuscleFactory(name="Quads", region="legs", position=1)
        MuscleFactory(name="Lats", region="back", position=2)

        page = page_of(client, MUSCLES)

        assert page.index("Back</h2>") < page.index("Lats") < page.index("Legs</h2>")
        assert page.index("Legs</h2>") < page.index("Quads")

    def test_puts_parts_under_their_group(self, client):
        traps = MuscleFactory(name="Trapezius", kind="group", is_volume_unit=False)
        upper = MuscleFactory(name="Upper trapezius", kind="part", parent=traps)

        response = client.get(MUSCLES)
        [back] = [muscles for region, muscles in response.context["regions"] if region == "back"]

        assert back == [traps]
        assert f'href="{upper.get_absolute_url()}"' in response.content.decode()

    def test_counts_what_trains_a_muscle_or_its_parts_once(self, client, alice):
        traps = MuscleFactory(kind="group", is_volume_unit=False)
        upper, lower = MuscleFactory.create_batch(2, kind="part", parent=traps)
        shrug = TargetFactory(muscle=upper).exercise
        TargetFactory(exercise=shrug, muscle=lower, role="secondary")
        TargetFactory(muscle=lower, role="secondary")
        TargetFactory(muscle=lower, role="stabiliser")
        TargetFactory(muscle=lower, exercise__status="draft")
        TargetFactory(muscle=lower, exercise__owner=alice)
        idle = MuscleFactory()

        muscles = client.get(MUSCLES).context["regions"][0][1]

        assert {each: each.exercise_count for each in muscles} == {traps: 2, idle: 0}

    @pytest.mark.parametrize("count", [2, 200])
    def test_costs_three_queries(self, client, django_assert_num_queries, count):
        groups = MuscleFactory.create_batch(count // 2, kind="group", is_volume_unit=False)
        for group in groups:
            MuscleFactory(kind="part", parent=group)

        with django_assert_num_queries(3):  # version, muscles with their counts, parts
            client.get(MUSCLES)

    def test_shows_the_body_from_both_sides_with_nothing_marked(self, client):
        drawing = client.get(MUSCLES).context["map"]

        assert [plate.view.name for plate in drawing.views] == ["back", "front"]
        assert drawing.marked == {}


class TestMuscleDetail:
    @pytest.mark.parametrize(
        ("view", "shown"), [("back", ["back"]), ("front", ["front"]), ("both", ["back", "front"])]
    )
    def test_shows_where_it_lies(self, client, view, shown):
        muscle = MuscleFactory(slug="lateral-deltoid", view=view)

        drawing = client.get(muscle.get_absolute_url()).context["map"]

        assert [plate.view.name for plate in drawing.views] == shown
        assert list(drawing.marked) == ["lateral-deltoid"]

    def test_shows_where_the_parts_of_a_group_lie(self, client):
        group = MuscleFactory(slug="calves", kind="group", is_volume_unit=False, view="back")

        drawing = client.get(group.get_absolute_url()).context["map"]

        assert set(drawing.marked) == {"gastrocnemius", "soleus"}

    def test_shows_the_anatomy(self, client):
        muscle = MuscleFactory(
            name="Latissimus dorsi",
            latin="m. latissimus dorsi",
            common_name="Lats",
            origin="Spinous processes T7-L5",
            insertion="Intertubercular groove",
            actions="Adducts the arm\nExtends the arm",
            nerve="Thoracodorsal nerve",
            text="It is *broad*.[^gray]",
        )
        muscle.sources.add(SourceFactory(key="gray", title="Gray's Anatomy"))
        rival = MuscleFactory(name="Front deltoid")
        muscle.antagonists.add(rival)

        page = page_of(client, muscle.get_absolute_url())

        for shown in (
            *("Latissimus dorsi", "m. latissimus dorsi", "Lats", "Spinous processes T7-L5"),
            *("Intertubercular groove", "<li>Adducts the arm</li><li>Extends the arm</li>"),
            *("Thoracodorsal nerve", "It is <em>broad</em>.", 'href="#source-gray"'),
            *('id="source-gray"', "Gray&#x27;s Anatomy", f'href="{rival.get_absolute_url()}"'),
        ):
            assert shown in page

    def test_says_what_its_anatomy_rests_on(self, client):
        muscle = MuscleFactory(text="It is broad.")
        muscle.sources.add(SourceFactory(key="book", title="Anatomy, chapter 11"))

        page = page_of(client, muscle.get_absolute_url())

        assert "Origin, insertion, actions and nerve after:" in page
        assert "Anatomy, chapter 11" in page
        assert "common coaching practice" not in page

    def test_lists_direct_exercises_apart_from_those_where_it_helps(self, client):
        muscle = MuscleFactory()
        direct = TargetFactory(muscle=muscle).exercise
        helping = TargetFactory(muscle=muscle, role="secondary").exercise
        TargetFactory(muscle=muscle, role="stabiliser")

        context = client.get(muscle.get_absolute_url()).context

        assert context["direct"] == [direct]
        assert context["helping"] == [helping]

    def test_shows_a_dozen_as_pictures_with_what_they_need(self, client):
        muscle, rack = MuscleFactory(), EquipmentFactory(name="Power rack (squat stand)")
        for target in TargetFactory.create_batch(14, muscle=muscle):
            target.exercise.equipment.add(rack)

        page = page_of(client, muscle.get_absolute_url())

        assert page.count('class="tile"') == 12
        assert page.count('<p class="tile-facts">Power rack</p>') == 12
        assert "All 14 with pictures" in page

    def test_says_of_a_tile_that_it_needs_nothing(self, client):
        target = TargetFactory()
        target.exercise.equipment.add(EquipmentFactory(name="None", kind="bodyweight"))

        page = page_of(client, target.muscle.get_absolute_url())

        assert '<p class="tile-facts">No equipment</p>' in page
        assert "with pictures" not in page

    def test_pictures_first_what_people_mean_most_of_what_trains_it_directly(self, client):
        muscle = MuscleFactory()
        plain, squat, press = (
            TargetFactory(muscle=muscle, exercise__slug=slug, role=role).exercise
            for slug, role in [
                ("a-squat", "primary"),
                ("back-squat", "primary"),
                ("leg-press", "secondary"),
            ]
        )

        assert client.get(muscle.get_absolute_url()).context["tiles"] == [squat, plain, press]

    def test_lists_all_by_movement_the_most_first(self, client):
        muscle = MuscleFactory()
        for name, pattern in [("Row b", "horizontal_pull"), ("row a", "horizontal_pull")]:
            TargetFactory(muscle=muscle, exercise__name=name, exercise__pattern=pattern)
        TargetFactory(muscle=muscle, exercise__name="Carry", exercise__pattern="carry")
        TargetFactory(muscle=muscle, exercise__name="Odd", role="secondary", exercise__pattern="")

        lists = client.get(muscle.get_absolute_url()).context["lists"]

        named = [
            (title, [(movement, [each.name for each in group]) for movement, group in movements])
            for title, movements in lists
        ]
        assert named == [
            ("3 directly", [("Horizontal pull", ["row a", "Row b"]), ("Carry", ["Carry"])]),
            ("1 as a helper", [("Other", ["Odd"])]),
        ]

    def test_of_a_group_shows_parts_and_their_exercises(self, client):
        group = MuscleFactory(kind="group", is_volume_unit=False)
        part = MuscleFactory(kind="part", parent=group)
        exercise = TargetFactory(muscle=part).exercise
        TargetFactory(exercise=exercise, muscle=MuscleFactory(kind="part", parent=group))

        response = client.get(group.get_absolute_url())

        assert part in response.context["parts"]
        assert response.context["direct"] == [exercise]

    def test_of_a_part_that_is_not_counted_shows_the_group_s_exercises(self, client):
        group = MuscleFactory(name="Rhomboids", kind="group", is_volume_unit=True)
        part = MuscleFactory(kind="part", parent=group, is_volume_unit=False)
        exercise = TargetFactory(muscle=group).exercise

        response = client.get(part.get_absolute_url())

        assert response.context["direct"] == [exercise]
        assert "no exercise reaches it alone" in on_one_line(response.content.decode())

    def test_of_a_part_that_is_counted_shows_its_own_exercises_only(self, client):
        group = MuscleFactory(kind="group", is_volume_unit=False)
        one, other = MuscleFactory.create_batch(2, kind="part", parent=group)
        exercise = TargetFactory(muscle=one).exercise
        TargetFactory(muscle=other)

        assert client.get(one.get_absolute_url()).context["direct"] == [exercise]

    def test_shows_neither_drafts_nor_anybody_s_own(self, client, alices_client, alice):
        muscle = MuscleFactory()
        TargetFactory(muscle=muscle, exercise__status="draft")
        TargetFactory(muscle=muscle, exercise__owner=alice)

        for visitor in (client, alices_client):
            context = visitor.get(muscle.get_absolute_url()).context
            assert context["direct"] == context["helping"] == []

    def test_says_so_when_nothing_trains_it(self, client):
        page = page_of(client, MuscleFactory().get_absolute_url())

        assert "No exercise here trains it." in page

    @pytest.mark.parametrize("slug", ["nosuch", "9" * 200, "a-b_c"])
    def test_is_missing_for_an_unknown_slug(self, client, slug):
        assert client.get(f"{MUSCLES}{slug}/").status_code == 404

    @pytest.mark.parametrize("count", [2, 200])
    def test_costs_six_queries(self, client, django_assert_num_queries, count):
        muscle = MuscleFactory()
        muscle.antagonists.set(MuscleFactory.create_batch(2))
        catalogue(count, muscle=muscle, equipment=EquipmentFactory())

        # version, muscle and its relatives, exercises, their targets, their equipment, sources
        with django_assert_num_queries(6):
            client.get(muscle.get_absolute_url())


class TestHowManyTrainAMuscle:
    """One rule for all pages: whatever does the main work or helps; holding steady is no part."""

    def test_is_the_same_on_all_pages(self, client):
        call_command("sync_catalog", verbosity=0)
        listed = client.get(MUSCLES).context["regions"]
        counts = {each: each.exercise_count for _, muscles in listed for each in muscles}
        on_home = {each: each.exercise_count for each in client.get("/").context["muscles"]}
        facets = {facet.name: facet for facet in client.get(EXERCISES).context["filter"].facets}
        options = {each.value: each.count for _, group in facets["muscle"].groups for each in group}

        for muscle in Muscle.objects.all():
            page = client.get(muscle.get_absolute_url()).context
            named = [
                exercise
                for _, movements in page["lists"]
                for _, exercises in movements
                for exercise in exercises
            ]
            found = client.get(EXERCISES, {"muscle": muscle.slug}).context["page"].paginator.count
            said = {
                page["count"],
                len(named),
                len(page["direct"]) + len(page["helping"]),
                found,
                options[muscle.slug],
                counts.get(muscle, found),
                on_home.get(muscle, found),
            }
            assert said == {found}, muscle
        assert len(counts) > len(on_home) > 0

    @pytest.mark.parametrize("address", ["/", MUSCLES, "{muscle}"])
    def test_is_explained_where_it_is_said(self, client, address):
        muscle = TargetFactory().muscle

        page = page_of(client, address.format(muscle=muscle.get_absolute_url()))

        assert "one that only holds steady does not" in page


class TestExerciseList:
    def test_shows_a_still_of_each_figure(self, client, pull_up):
        ExerciseFactory(slug="hovering")

        page = page_of(client, EXERCISES)

        assert page.count('<svg class="still"') == 1

    def test_shows_what_a_row_needs(self, client, row):
        TargetFactory(exercise=row, muscle=MuscleFactory(name="Lats"))
        TargetFactory(exercise=row, muscle=MuscleFactory(name="Biceps"), role="secondary")
        row.equipment.add(EquipmentFactory(name="Barbell"))

        page = page_of(client, f"{EXERCISES}?q=row")
        results = page[page.index('id="results"') :]

        for shown in (row.get_absolute_url(), row.name, "Lats", "Barbell", "Beginner"):
            assert shown in results
        assert "Biceps" not in results
        assert "1 exercise<" in results

    def test_shows_no_drafts_and_own_ones_to_their_owner_alone(
        self, client, alices_client, charlies_client, alice, pull_up
    ):
        ExerciseFactory(name="Pull-up draft", status="draft")
        mine = ExerciseFactory(name="Pull-up of mine", owner=alice)
        ExerciseFactory(name="Pull-up that was mine", owner=alice, status="archived")

        for address in (EXERCISES, f"{EXERCISES}?q=pull"):
            assert client.get(address).context["rows"] == [pull_up]
            assert charlies_client.get(address).context["rows"] == [pull_up]
            assert alices_client.get(address).context["rows"] == [pull_up, mine]
        assert page_of(alices_client, EXERCISES).count("Yours</span>") == 1

    def test_fills_the_form_from_the_address(self, client):
        MuscleFactory(slug="lats", name="Lats")

        page = page_of(client, f"{EXERCISES}?q=bb+%22row%22&muscle=lats&sort=name")

        assert 'value="bb &quot;row&quot;"' in page
        assert 'name="muscle" value="lats" checked' in page
        assert '<option value="name" selected>' in page
        assert 'name="level" value="beginner" disabled>' in page

    def test_says_what_it_left_out(self, client, pull_up):
        page = page_of(client, f"{EXERCISES}?muscle=nosuch<script>")

        assert "Nothing here goes by “nosuch&lt;script&gt;”, so it was left out." in page

    def test_says_so_when_nothing_matches(self, client, pull_up):
        page = page_of(client, f"{EXERCISES}?level=advanced")

        assert "No exercise matches all of that" in page
        assert "0 exercises" in page
        assert "Any level" in page

    def test_says_so_when_no_choice_alone_is_to_blame(self, client, pull_up):
        page = page_of(client, f"{EXERCISES}?level=advanced&mechanic=isolation")

        assert "Take some of the choices away." in page

    def test_offers_the_nearest_names_and_to_make_it_one_s_own(
        self, client, alices_client, pull_up
    ):
        address = f"{EXERCISES}?q=zottman+%26+pull"

        visited, signed_in = page_of(client, address), page_of(alices_client, address)

        for page in (visited, signed_in):
            assert "No exercise goes by “zottman &amp; pull”" in page
            assert f'href="{pull_up.get_absolute_url()}">Pull-up<' in page
        own = "/exercises/own/new/?name=zottman%20%26%20pull"
        assert f'href="{own}"' in signed_in
        assert f"{reverse('account_login')}?next={quote(own, safe='')}" in visited
        assert f'href="{own}"' not in visited

    def test_shows_what_it_is_narrowed_to(self, client, pull_up):
        page = page_of(client, f"{EXERCISES}?level=beginner&sort=name")

        assert 'class="chip" href="?sort=name"' in page
        assert "1 chosen" in page

    @pytest.mark.parametrize(("query", "is_open"), [("", ""), ("?pattern=squat", " open")])
    def test_opens_short_facets_and_those_with_something_chosen(
        self, client, pull_up, query, is_open
    ):
        page = page_of(client, EXERCISES + query)

        assert '<details class="facet" data-facet="short" open><summary> Level' in page
        assert f'<details class="facet" data-facet="long"{is_open}><summary> Movement' in page

    def test_hides_what_finds_nothing_in_a_long_facet_and_greys_it_in_a_short_one(
        self, client, pull_up
    ):
        page = page_of(client, EXERCISES)

        assert (
            '<label class="check" hidden><input type="checkbox" name="pattern" value="squat"'
            in page
        )
        assert (
            '<label class="check"><input type="checkbox" name="level" value="advanced" disabled'
            in page
        )
        assert '<label class="check"><input type="checkbox" name="level" value="beginner">' in page

    def test_answers_htmx_with_the_results_alone(self, client, pull_up):
        whole = page_of(client, EXERCISES)
        answer = client.get(EXERCISES, headers={"HX-Request": "true", "HX-Target": "results"})

        part = on_one_line(answer.content.decode())
        assert part.strip().startswith('<div id="results"')
        assert pull_up.name in part
        assert "<html" not in part
        assert "<html" in whole
        assert part.strip() in whole

    def test_answers_htmx_with_the_page_when_it_asks_for_anything_else(self, client, pull_up):
        page = client.get(EXERCISES, headers={"HX-Request": "true", "HX-Target": "base.html"})

        assert "<html" in page.content.decode()

    @pytest.fixture
    def sixty(self, db):
        catalogue(60, muscle=MuscleFactory(), equipment=EquipmentFactory())

    @pytest.mark.parametrize(
        ("address", "number", "rows"),
        [
            ("", 1, 24),
            ("?page=2", 2, 24),
            ("?page=3", 3, 12),
            ("?page=4", 3, 12),
            ("?page=9999999999", 3, 12),
            ("?page=" + "9" * 5000, 1, 24),
            ("?page=-1", 3, 12),
            ("?page=0", 3, 12),
            ("?page=two", 1, 24),
            ("?page=%00", 1, 24),
            ("?page=1.5", 1, 24),
            ("?page=%D9%A3", 3, 12),  # an Arabic 3
        ],
    )
    def test_turns_to_the_page_or_the_nearest(self, client, sixty, address, number, rows):
        page = client.get(f"{EXERCISES}{address}").context["page"]

        assert page.number == number
        assert len(page) == rows

    def test_keeps_the_filters_while_paging(self, client, sixty):
        page = page_of(client, f"{EXERCISES}?level=beginner&level=advanced&page=2")

        assert 'rel="next" href="?level=beginner&amp;level=advanced&amp;page=3"' in page
        assert 'rel="prev" href="?level=beginner&amp;level=advanced&amp;page=1"' in page

    @pytest.mark.parametrize("value", ["%00", "a%00b", "%FF", "%F0%9F%92%AA", "%E2%80%AE", "'%22<"])
    @pytest.mark.parametrize(
        "key", ["q", "muscle", "equipment", "level", "pattern", "mechanic", "load", "sort", "page"]
    )
    def test_takes_any_value_of_any_key(self, client, pull_up, key, value):
        page_of(client, f"{EXERCISES}?{key}={value}")

    @pytest.mark.parametrize(
        "address",
        [
            "q=" + "x" * 10_000,
            "q=" + "a+" * 50,
            "q=%25%25",
            "q=!!!&sort=name",
            "q[]=a&muscle[0]=b",
            "&&&==&",
            "%00=%00",
            "muscle=" + "&muscle=".join(["nosuch"] * 500),
            "level=" + "x" * 10_000,
        ],
    )
    def test_takes_any_address(self, client, pull_up, address):
        page_of(client, f"{EXERCISES}?{address}")

    def test_only_reads(self, client):
        assert client.post(EXERCISES).status_code == 405
        assert client.head(EXERCISES).status_code == 200

    @pytest.mark.parametrize("count", [2, 2000])
    def test_costs_six_queries(self, client, django_assert_num_queries, count):
        catalogue(count, muscle=MuscleFactory(), equipment=EquipmentFactory())

        # version, muscles, equipment, exercises and uses, targets and names, results
        for address in (EXERCISES, f"{EXERCISES}?q=muscle"):
            with django_assert_num_queries(6):
                client.get(address)

    @pytest.mark.parametrize("count", [2, 200])
    def test_costs_two_more_signed_in_and_three_once_it_is_drawn(
        self, alices_client, alice, django_assert_num_queries, count
    ):
        catalogue(count, muscle=MuscleFactory(), equipment=EquipmentFactory())
        ExerciseFactory.create_batch(count, owner=alice)

        with django_assert_num_queries(8):  # session and user
            alices_client.get(f"{EXERCISES}?q=muscle")
        with django_assert_num_queries(3):
            alices_client.get(f"{EXERCISES}?q=muscle")

    @pytest.mark.parametrize("chosen", [1, 20])
    def test_costs_no_more_for_more_filters(self, client, django_assert_num_queries, chosen):
        muscles = MuscleFactory.create_batch(chosen)
        things = EquipmentFactory.create_batch(chosen)
        catalogue(2, muscle=muscles[0], equipment=things[0], pattern="squat")
        address = "&".join(
            ["q=muscle", "level=beginner", "pattern=squat", "mechanic=compound", "load=external"]
            + [f"muscle={muscle.slug}" for muscle in muscles]
            + [f"equipment={thing.slug}" for thing in things]
        )

        with django_assert_num_queries(6):
            response = client.get(f"{EXERCISES}?{address}")

        assert len(response.context["page"]) == 2


class TestExerciseDetail:
    def test_shows_the_muscles_at_work_by_role(self, client):
        exercise = ExerciseFactory()
        for slug, role in (
            ("latissimus-dorsi", "primary"),
            ("rhomboids", "secondary"),
            ("rectus-abdominis", "stabiliser"),
        ):
            TargetFactory(exercise=exercise, muscle=MuscleFactory(slug=slug), role=role)

        response = client.get(exercise.get_absolute_url())

        drawing = response.context["map"]
        assert [plate.view.name for plate in drawing.views] == ["back"]
        assert {slug: marked.mark.text for slug, marked in drawing.marked.items()} == {
            "latissimus-dorsi": "main work",
            "rhomboids": "helps",
        }
        assert 'class="body-map-muscle is-primary"' in response.content.decode()

    def test_shows_how_it_is_done(self, client, row):
        Exercise.objects.filter(pk=row.pk).update(
            summary="It builds the back.[^study]",
            cues="Chest proud\nElbows back",
            mistakes="Jerking: Use *less* weight.",
            safety="Mind your back.",
            grip_orientation="overhand",
            grip_width="shoulder",
        )
        row.sources.set([SourceFactory(key="study"), SourceFactory(key="other", title="A book")])
        row.equipment.add(EquipmentFactory(name="Barbell", slug="barbell", note="The bar counts."))
        StepFactory(exercise=row, position=2, text="Pull it.")
        StepFactory(exercise=row, position=1, text="Lift the *bar*.")

        page = page_of(client, row.get_absolute_url())

        for shown in (
            *(f"<h1>{row.name}</h1>", 'href="#source-study"', "<li>Chest proud</li>"),
            *("<dt>Jerking</dt><dd>Use <em>less</em> weight.</dd>", "Mind your back."),
            *("Lift the <em>bar</em>.", "Overhand, shoulder width", 'id="source-study"', "A book"),
            *('?equipment=barbell"', "The bar counts.", '?pattern=horizontal_pull"'),
            *("Compound pull, both sides together", "<dt>Logged as</dt><dd> Weight </dd>"),
        ):
            assert shown in page
        assert page.index("Lift the") < page.index("Pull it.")

    @pytest.mark.parametrize(
        ("summary", "said"),
        [
            ("It builds the back.[^study]", "Whatever carries no number"),
            ("Pull.", "This text cites no study. What it says"),
        ],
    )
    def test_says_what_rests_on_no_source(self, client, row, summary, said):
        Exercise.objects.filter(pk=row.pk).update(summary=summary)
        row.sources.set([SourceFactory(key="study")])

        page = page_of(client, row.get_absolute_url())

        assert f"{said} is common coaching practice." in " ".join(page.split())

    def test_vouches_for_no_text_of_somebody_else(self, client, row):
        Exercise.objects.filter(pk=row.pk).update(licence="CC0-1.0", author="Them")

        assert "common coaching practice" not in page_of(client, row.get_absolute_url())

    def test_lists_muscles_by_role_in_order(self, client, row):
        for position, (name, role) in enumerate(
            [
                ("Lats", "primary"),
                ("Biceps", "secondary"),
                ("Abs", "stabiliser"),
                ("Traps", "primary"),
            ]
        ):
            muscle = MuscleFactory(name=name)
            TargetFactory(exercise=row, muscle=muscle, role=role, position=position)

        exercise = client.get(row.get_absolute_url()).context["exercise"]

        assert [target.muscle.name for target in exercise.primary] == ["Lats", "Traps"]
        assert [target.muscle.name for target in exercise.secondary] == ["Biceps"]
        assert [target.muscle.name for target in exercise.stabilisers] == ["Abs"]

    def test_leads_to_easier_harder_and_varied_ones(self, client, pull_up, row):
        easier, harder, variation, sibling = (
            ExerciseFactory(name=name) for name in ("Easier", "Harder", "Variation", "Sibling")
        )
        easier.harder.add(pull_up)
        pull_up.harder.add(harder)
        Exercise.objects.filter(pk__in=[pull_up.pk, sibling.pk]).update(variation_of=variation)

        context = client.get(pull_up.get_absolute_url()).context

        assert context["easier"] == [easier]
        assert context["harder"] == [harder]
        assert context["variations"] == [sibling, variation]

    def test_lists_the_hardest_first(self, client, pull_up):
        levels = {"Band": "beginner", "Arms only": "advanced", "Chin": "intermediate", "": ""}
        for name, level in levels.items():
            ExerciseFactory(name=name, level=level).harder.add(pull_up)

        easier = client.get(pull_up.get_absolute_url()).context["easier"]

        assert [each.name for each in easier] == ["Arms only", "Chin", "Band", ""]

    def test_names_a_variation_on_the_ladder_once(self, client, pull_up):
        harder = ExerciseFactory(variation_of=pull_up)
        pull_up.harder.add(harder)

        context = client.get(pull_up.get_absolute_url()).context

        assert context["harder"] == [harder]
        assert context["variations"] == []

    def test_leads_from_a_variation_to_its_own_variations(self, client):
        press = ExerciseFactory(name="Press")
        dumbbells = ExerciseFactory(name="Dumbbell press", variation_of=press)
        arnold = ExerciseFactory(name="Arnold press", variation_of=dumbbells)

        assert client.get(press.get_absolute_url()).context["variations"] == [dumbbells]
        assert client.get(dumbbells.get_absolute_url()).context["variations"] == [arnold, press]
        assert client.get(arnold.get_absolute_url()).context["variations"] == [dumbbells]

    def test_leads_to_no_draft(self, client, pull_up):
        draft = ExerciseFactory(name="Half-written", status="draft", variation_of=pull_up)
        pull_up.harder.add(draft)
        draft.harder.add(pull_up)

        assert "Half-written" not in page_of(client, pull_up.get_absolute_url())

    def test_leaves_out_what_it_does_not_have(self, client):
        bare = ExerciseFactory(
            summary="", pattern="", force="", mechanic="", level="", load_type="duration"
        )

        page = page_of(client, bare.get_absolute_url())

        for heading in (
            "How to do it",
            "Cues",
            "Common mistakes",
            "Safety",
            "Equipment",
            "Sources",
        ):
            assert f">{heading}<" not in page
        assert "<dt>Logged as</dt><dd> Time </dd>" in page

    @pytest.mark.parametrize("slug", ["nosuch", "9" * 500, "pull_up"])
    def test_is_missing_for_an_unknown_slug(self, client, pull_up, slug):
        assert client.get(f"{EXERCISES}{slug}/").status_code == 404

    @pytest.mark.parametrize("address", ["%00/", "pull-up%00/", "%FF/", "..%2Fadmin/", "a b/"])
    def test_is_missing_for_what_can_be_no_slug(self, client, pull_up, address):
        assert client.get(f"{EXERCISES}{address}").status_code == 404

    def test_offers_a_visitor_to_sign_up_and_an_athlete_to_log(
        self, client, alices_client, pull_up
    ):
        visited = page_of(client, pull_up.get_absolute_url())
        signed_in = page_of(alices_client, pull_up.get_absolute_url())

        assert "Start a log" in visited
        assert "own-history" not in visited
        assert f'{reverse("workouts:new")}?exercise=pull-up"' in signed_in
        assert 'id="own-history"' in signed_in

    def test_draft_is_missing_for_everyone(self, client, alices_client, eddies_client):
        address = ExerciseFactory(status="draft").get_absolute_url()

        for visitor in (client, alices_client, eddies_client):
            assert visitor.get(address).status_code == 404

    def test_own_one_is_its_owner_s_alone(
        self, client, alices_client, charlies_client, eddies_client, alice
    ):
        address = ExerciseFactory(name="Alice's hang", owner=alice).get_absolute_url()

        assert "Only you can see it." in page_of(alices_client, address)
        for visitor in (client, charlies_client, eddies_client):
            assert visitor.get(address).status_code == 404

    def test_is_found_by_a_slug_that_it_used_to_have(self, client, pull_up):
        FormerSlug.objects.create(exercise=pull_up, slug="chin")

        response = client.get(reverse("exercises:exercise", args=["chin"]))

        assert (response.status_code, response.url) == (301, pull_up.get_absolute_url())

    def test_draft_is_not_found_by_a_slug_that_it_used_to_have(self, client, alices_client):
        FormerSlug.objects.create(exercise=ExerciseFactory(status="draft"), slug="chin")

        for visitor in (client, alices_client):
            assert visitor.get(reverse("exercises:exercise", args=["chin"])).status_code == 404

    def test_own_one_wins_at_the_same_address(self, client, alices_client, alice, pull_up):
        mine = ExerciseFactory(name="My pull-up", slug="pull-up", owner=alice)

        assert alices_client.get(mine.get_absolute_url()).context["exercise"] == mine
        assert client.get(mine.get_absolute_url()).context["exercise"] == pull_up

    def test_shows_the_figure_in_both_positions(self, client, pull_up):
        page = page_of(client, pull_up.get_absolute_url())

        assert 'role="img" aria-label="Pull-up: start"' in page
        assert 'role="img" aria-label="Pull-up: end"' in page
        assert page.count('class="fig-arrow"') == 2

    def test_shows_an_editor_s_first_picture_instead(self, client, pull_up):
        Picture.objects.create(exercise=pull_up, image="b.webp", alt="Second", position=2)
        Picture.objects.create(
            exercise=pull_up, image="a.webp", alt="Chin over the bar", credit="Eddie", position=1
        )

        page = page_of(client, pull_up.get_absolute_url())

        assert 'src="/media/a.webp" alt="Chin over the bar"' in page
        assert "Eddie" in page
        assert "Second" not in page
        assert "figure-drawing" not in page

    def test_without_figure_has_none(self, client):
        page = page_of(client, ExerciseFactory(slug="hovering").get_absolute_url())

        assert 'class="figure"' not in page

    @pytest.mark.parametrize("count", [2, 200])
    def test_costs_eight_queries(self, client, django_assert_num_queries, count, pull_up):
        self.surround(pull_up, count)

        # version, exercise, steps, targets and muscles, equipment, sources, relatives, substitutes
        with django_assert_num_queries(8):
            client.get(pull_up.get_absolute_url())

    @pytest.mark.parametrize("count", [1, 5])
    def test_costs_one_more_with_an_editor_s_picture(
        self, client, django_assert_num_queries, count, pull_up
    ):
        self.surround(pull_up, 2)
        for place in range(count):
            Picture.objects.create(exercise=pull_up, image="a.webp", alt="A", position=place)

        with django_assert_num_queries(9):
            client.get(pull_up.get_absolute_url())

    @pytest.mark.parametrize("count", [2, 200])
    def test_costs_two_more_signed_in_and_three_once_it_is_drawn_for_anyone(
        self, alices_client, charlies_client, django_assert_num_queries, count, pull_up
    ):
        self.surround(pull_up, count)

        with django_assert_num_queries(10):  # session and user
            alices_client.get(pull_up.get_absolute_url())
        with django_assert_num_queries(3):  # session, user, versions
            charlies_client.get(pull_up.get_absolute_url())

    def surround(self, exercise, count):
        muscle, equipment = MuscleFactory(), EquipmentFactory()
        others = catalogue(count, muscle=muscle, equipment=equipment, variation_of=exercise)
        exercise.harder.set(others)
        exercise.equipment.add(equipment)
        TargetFactory(exercise=exercise, muscle=muscle)
        Step.objects.bulk_create(
            Step(exercise=exercise, position=place + 1, text="Do.") for place in range(count)
        )
        Alias.objects.bulk_create(
            AliasFactory.build(exercise=exercise, key=f"key{n}") for n in range(count)
        )


@pytest.mark.parametrize("count", [2, 200])
def test_browsing_signed_in_costs_three_queries_once_drawn_for_anyone(
    alices_client, charlies_client, django_assert_num_queries, count
):
    muscle = MuscleFactory()
    exercise, *_ = catalogue(count, muscle=muscle, equipment=EquipmentFactory())

    for address in (MUSCLES, EXERCISES, muscle.get_absolute_url(), exercise.get_absolute_url()):
        charlies_client.get(address)
        with django_assert_num_queries(3):
            alices_client.get(address)


class TestEditLink:
    """On the pages of exercises and muscles, for whoever may edit them."""

    @pytest.fixture(params=[ExerciseFactory, MuscleFactory])
    def shown(self, request, db):
        return request.param()

    @staticmethod
    def link(row):
        return f'href="{reverse(f"admin:exercises_{row._meta.model_name}_change", args=[row.pk])}"'

    def test_leads_editors_to_the_desk(self, eddies_client, shown):
        page = page_of(eddies_client, shown.get_absolute_url())

        assert page.count(self.link(shown)) == 1
        assert eddies_client.get(self.link(shown)[6:-1]).status_code == 200

    def test_is_for_nobody_else(self, client, alices_client, charlie, charlies_client, shown):
        charlie.is_staff = True
        charlie.save()

        for visitor in (client, alices_client, charlies_client):
            assert "/admin/" not in page_of(visitor, shown.get_absolute_url())

    def test_needs_more_than_the_right(self, alice, alices_client, shown):
        codename = f"change_{shown._meta.model_name}"
        alice.user_permissions.add(Permission.objects.get(codename=codename))

        assert "/admin/" not in page_of(alices_client, shown.get_absolute_url())

    def test_is_not_on_an_own_exercise(self, eddies_client, eddie):
        own = ExerciseFactory(owner=eddie)

        assert "/admin/" not in page_of(eddies_client, own.get_absolute_url())

    def test_is_on_no_page_that_is_kept_for_visitors(self, client, eddies_client, shown):
        page_of(eddies_client, shown.get_absolute_url())

        for _ in range(2):
            response = client.get(shown.get_absolute_url())
            assert response.headers["Cache-Control"] == "public, no-cache"
            assert self.link(shown) not in response.content.decode()

    def test_costs_two_queries_for_staff_alone(self, client, alices_client, eddies_client, shown):
        costs = []
        for visitor in (client, alices_client, eddies_client):
            with CaptureQueriesContext(connection) as queries:
                visitor.get(shown.get_absolute_url())
            costs.append(len(queries))

        # session and user; for the editor instead of the version their permissions and the group's
        assert [cost - costs[0] for cost in costs] == [0, 2, 3]
