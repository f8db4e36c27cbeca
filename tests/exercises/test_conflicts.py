"""Two editors at one row: nobody saves over what they have not seen, and nothing is lost."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection
from django.urls import reverse

from exercises.admin.conflicts import ConflictAdmin
from exercises.admin.sheets import Sheet
from exercises.models import Exercise, Revision, Source
from tests.conftest import signed_in
from tests.exercises.test_admin import LIST, add_row, address, errors_of, form_data, row_of
from tests.factories import (
    AliasFactory,
    EquipmentFactory,
    ExerciseFactory,
    MuscleFactory,
    SourceFactory,
    StepFactory,
    TargetFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def shrug():
    shrug = ExerciseFactory(
        name="Barbell shrug", slug="barbell-shrug", status="draft", summary="Shrug it."
    )
    StepFactory(exercise=shrug, position=1, text="Stand with the bar.")
    StepFactory(exercise=shrug, position=2, text="Lift your shoulders.")
    TargetFactory(exercise=shrug, muscle=MuscleFactory(slug="upper-traps", name="Upper traps"))
    AliasFactory(exercise=shrug, name="Power shrug")
    shrug.equipment.add(EquipmentFactory(slug="barbell", name="Barbell"))
    return shrug


@pytest.fixture
def fannys_client(eddie):
    """Another editor."""
    fanny = UserFactory.create(username="fanny", is_staff=True)
    fanny.groups.set(eddie.groups.all())
    return signed_in(fanny)


def opened(client, row):
    return form_data(client.get(address("change", row)))


def save(client, row, data, **changes):
    return client.post(address("change", row), data | changes)


def choices(response):
    assert response.status_code == 409
    return {choice.name: choice for choice in response.context["choices"]}


def said(pieces):
    return "".join(piece.text for piece in pieces)


def settle(client, response, row, button="_choices", **picks):
    """Press a button of the conflict's page."""
    data = {name: response.context[name] for name in ("base", "mine", "change_reason")}
    data |= {f"pick-{choice.name}": choice.picked for choice in response.context["choices"]}
    data |= {f"pick-{name}": side for name, side in picks.items()}
    return client.post(address("change", row), data | {button: "1"})


def hidden(response):
    """What a page that asks would post."""
    page = response.content.decode()
    names = {"post", "newest", "action"}
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', page))
    return {name: value for name, value in fields.items() if name in names}


class TestAStaleSave:
    def test_is_answered_with_both_texts_and_saves_nothing(
        self, eddies_client, fannys_client, shrug
    ):
        mine, hers = opened(eddies_client, shrug), opened(fannys_client, shrug)
        save(fannys_client, shrug, hers, summary="Shrug it up.", change_reason="Say where to")

        response = save(eddies_client, shrug, mine, summary="Shrug it slowly.")

        [choice] = choices(response).values()
        assert (choice.label, choice.before) == ("Summary", "Shrug it.")
        assert said(choice.theirs) == "Shrug it up."
        assert said(choice.mine) == "Shrug it slowly."
        page = response.content.decode()
        assert "<strong>fanny</strong> saved it" in page
        assert "Say where to" in page
        assert "<ins> slowly</ins>" in page
        shrug.refresh_from_db()
        assert shrug.summary == "Shrug it up."

    def test_is_none_when_nobody_saved_in_between(self, eddies_client, shrug):
        for text in ("One.", "Two."):
            response = save(eddies_client, shrug, opened(eddies_client, shrug), summary=text)
            assert response.status_code == 302

    def test_is_none_when_the_other_save_changed_nothing(self, eddies_client, fannys_client, shrug):
        mine = opened(eddies_client, shrug)
        save(fannys_client, shrug, opened(fannys_client, shrug))

        assert save(eddies_client, shrug, mine, summary="New.").status_code == 302

    def test_sent_twice_saves_once(self, eddies_client, shrug):
        data = add_row(opened(eddies_client, shrug), "steps", position=3, text="Lower it.")

        for _ in range(2):
            assert save(eddies_client, shrug, data).status_code == 302

        assert shrug.steps.count() == 3

    def test_without_what_it_began_from_is_not_trusted(self, eddies_client, shrug):
        for base in ("", "{", "[" * 100_000, '{"fields": {"name": 1}, "rows": {}}'):
            data = opened(eddies_client, shrug) | {"base": base}

            response = save(eddies_client, shrug, data, summary="New.")

            assert list(choices(response)) == ["summary"]

    def test_notices_what_no_form_wrote(self, eddies_client, shrug):
        mine = opened(eddies_client, shrug)
        Exercise.objects.filter(pk=shrug.pk).update(level="advanced")

        response = save(eddies_client, shrug, mine, summary="New.")

        assert choices(response)["level"].picked == "theirs"

    def test_comes_before_what_is_wrong_with_the_form(self, eddies_client, fannys_client, shrug):
        mine = opened(eddies_client, shrug)
        hers = opened(fannys_client, shrug)
        hers[row_of(hers, "steps", "position", 1) + "-DELETE"] = "on"
        save(fannys_client, shrug, hers)

        response = save(eddies_client, shrug, mine, name="")

        assert set(choices(response)) == {"name", "steps"}

    @pytest.mark.parametrize("kind", ["muscle", "equipment", "source"])
    def test_is_asked_about_at_every_kind(self, eddies_client, fannys_client, kind):
        make = {"muscle": MuscleFactory, "equipment": EquipmentFactory, "source": SourceFactory}
        row, field = make[kind](), "title" if kind == "source" else "name"
        mine = opened(eddies_client, row)
        save(fannys_client, row, opened(fannys_client, row), **{field: "Hers"})

        response = save(eddies_client, row, mine, **{field: "Mine"})

        assert said(choices(response)[field].theirs) == "Hers"
        assert settle(eddies_client, response, row).status_code == 302
        row.refresh_from_db()
        assert getattr(row, field) == "Mine"

    def test_shows_relations_by_name(self, eddies_client, fannys_client, shrug):
        mine = opened(eddies_client, shrug)
        bench = EquipmentFactory(name="Bench")
        hers = opened(fannys_client, shrug)
        save(fannys_client, shrug, hers, equipment=[*hers["equipment"], bench.pk])

        choice = choices(save(eddies_client, shrug, mine, level="advanced"))["equipment"]

        assert said(choice.theirs) == "Barbell\nBench"
        assert said(choice.mine) == "Barbell"

    def test_shows_what_hangs_on_it(self, eddies_client, fannys_client, shrug):
        mine, hers = opened(eddies_client, shrug), opened(fannys_client, shrug)
        add_row(hers, "aliases", name="Trap lift")
        add_row(hers, "targets", muscle=MuscleFactory(name="Forearms").pk, role="secondary")
        save(fannys_client, shrug, hers)
        mine[row_of(mine, "steps", "position", 1) + "-text"] = "Take the bar."

        found = choices(save(eddies_client, shrug, mine))

        assert said(found["aliases"].theirs).splitlines() == ["Power shrug", "Trap lift"]
        assert said(found["targets"].theirs).splitlines() == [
            "1. Upper traps · Primary",
            "2. Forearms · Secondary",
        ]
        assert said(found["steps"].mine).splitlines() == [
            "1. Take the bar.",
            "2. Lift your shoulders.",
        ]
        assert [choice.picked for choice in found.values()] == ["mine", "theirs", "theirs"]

    def test_of_a_preview_shows_the_page_as_typed(self, eddies_client, fannys_client, shrug):
        mine, hers = opened(eddies_client, shrug), opened(fannys_client, shrug)
        hers[row_of(hers, "steps", "position", 1) + "-DELETE"] = "on"
        save(fannys_client, shrug, hers)

        response = save(eddies_client, shrug, mine, summary="Mine.", _preview="1")

        assert response.status_code == 200
        assert "Mine." in response.content.decode()
        assert "Stand with the bar." in response.content.decode()
        assert shrug.steps.count() == 1


class TestSettling:
    """Eddie changed the summary and the first step; Fanny the summary, a step and the aliases."""

    @pytest.fixture
    def conflict(self, eddies_client, fannys_client, shrug):
        mine, hers = opened(eddies_client, shrug), opened(fannys_client, shrug)
        second = row_of(hers, "steps", "position", 2)
        hers[f"{second}-DELETE"] = "on"
        add_row(hers, "steps", position=3, text="Breathe.")
        hers[row_of(hers, "aliases", "name", "Power shrug") + "-DELETE"] = "on"
        add_row(hers, "aliases", name="Trap lift")
        response = save(fannys_client, shrug, hers, summary="Hers.", level="advanced")
        assert response.status_code == 302, errors_of(response)
        mine[row_of(mine, "steps", "position", 1) + "-text"] = "Take the bar."
        return save(eddies_client, shrug, mine, summary="Mine.", change_reason="Clearer")

    def state(self, shrug):
        shrug.refresh_from_db()
        return (
            shrug.summary,
            shrug.level,
            list(shrug.steps.values_list("text", flat=True)),
            list(shrug.aliases.values_list("name", flat=True)),
        )

    def test_takes_from_each_what_they_changed(self, eddies_client, shrug, conflict):
        response = settle(eddies_client, conflict, shrug)

        assert response.status_code == 302, errors_of(response)
        assert self.state(shrug) == (
            "Mine.",
            "advanced",
            ["Take the bar.", "Lift your shoulders."],
            ["Trap lift"],
        )
        newest = Revision.objects.of("exercise", shrug.pk).first()
        assert (newest.reason, newest.user.username) == ("Clearer", "eddie")

    def test_takes_what_is_chosen(self, eddies_client, shrug, conflict):
        settle(eddies_client, conflict, shrug, summary="theirs", steps="theirs", aliases="mine")

        assert self.state(shrug) == (
            "Hers.",
            "advanced",
            ["Stand with the bar.", "Breathe."],
            ["Power shrug"],
        )

    def test_saves_all_of_mine_over_it(self, eddies_client, shrug, conflict):
        settle(eddies_client, conflict, shrug, "_all_mine", summary="theirs")

        assert self.state(shrug) == (
            "Mine.",
            "beginner",
            ["Take the bar.", "Lift your shoulders."],
            ["Power shrug"],
        )

    def test_by_hand_opens_the_form_with_it_and_saves_nothing(self, eddies_client, shrug, conflict):
        before = self.state(shrug)

        response = settle(eddies_client, conflict, shrug, "_by_hand")

        assert "Nothing is saved yet." in errors_of(response)
        assert self.state(shrug) == before
        data = form_data(response)
        assert data["summary"] == "Mine."
        response = save(eddies_client, shrug, data, summary="Mine and hers.")
        assert response.status_code == 302, errors_of(response)
        assert self.state(shrug) == (
            "Mine and hers.",
            "advanced",
            ["Take the bar.", "Lift your shoulders."],
            ["Trap lift"],
        )

    def test_asks_again_when_a_third_save_came(self, eddies_client, fannys_client, shrug, conflict):
        save(fannys_client, shrug, opened(fannys_client, shrug), summary="Hers again.")

        response = settle(eddies_client, conflict, shrug)

        [choice] = (
            choices(response).values()
            if len(choices(response)) == 1
            else [choices(response)["summary"]]
        )
        assert (choice.before, said(choice.theirs)) == ("Hers.", "Hers again.")
        settle(eddies_client, response, shrug)
        assert self.state(shrug)[0] == "Mine."

    def test_keeps_what_was_there_in_the_history(self, eddies_client, shrug, conflict):
        settle(eddies_client, conflict, shrug, "_all_mine")

        said = [each.fields["summary"] for each in Revision.objects.of("exercise", shrug.pk)]
        assert said == ["Mine.", "Hers.", "Shrug it."]


class TestOfARowThatIsGone:
    def test_what_was_typed_can_be_made_anew(self, eddies_client, fannys_client):
        source = SourceFactory(key="gray", title="Gray")
        mine = opened(eddies_client, source)
        source_page = address("change", source)
        fannys_client.post(address("delete", source), {"post": "yes"})

        response = eddies_client.post(source_page, mine | {"title": "Gray's Anatomy"})

        assert response.context["adminform"].form["title"].value() == "Gray's Anatomy"
        assert "deleted" in errors_of(response)
        assert response.context["form_url"] == reverse("admin:exercises_source_add")


class TestSheet:
    def test_reads_what_it_wrote(self):
        sheet = Sheet({"name": ["Row"], "sources": ["1", "2"]}, {"steps": [{"text": ["One\nTwo"]}]})

        assert Sheet.loads(sheet.dumps()) == sheet

    def test_of_the_form_is_small(self, eddies_client, shrug):
        assert len(opened(eddies_client, shrug)["base"]) < 2_000


class TestGoingBack:
    def test_from_a_page_that_is_stale_changes_nothing(self, eddies_client, fannys_client, shrug):
        save(eddies_client, shrug, opened(eddies_client, shrug), summary="One.")
        page = eddies_client.get(address("history", shrug))
        save(fannys_client, shrug, opened(fannys_client, shrug), summary="Two.")
        first = Revision.objects.of("exercise", shrug.pk).last()
        sent = {"revision": first.pk, "newest": page.context["newest"].pk}

        response = eddies_client.post(address("history", shrug), sent, follow=True)

        shrug.refresh_from_db()
        assert shrug.summary == "Two."
        page = response.content.decode()
        assert "Nothing was changed: somebody saved it after you opened this page." in page
        assert "<ins>Two</ins>" in page

        sent["newest"] = response.context["newest"].pk
        eddies_client.post(address("history", shrug), sent)
        shrug.refresh_from_db()
        assert shrug.summary == "Shrug it."


class TestActionsOnAList:
    @pytest.mark.parametrize("action", ["unpublish", "delete_selected"])
    def test_leave_alone_what_was_saved_since(self, eddies_client, fannys_client, shrug, action):
        Exercise.objects.update(status="published")
        other = ExerciseFactory(name="Pull-up", status="published")
        page = eddies_client.get(LIST)
        save(fannys_client, shrug, opened(fannys_client, shrug), summary="Hers.")

        response = eddies_client.post(
            LIST,
            {
                "action": action,
                "_selected_action": [shrug.pk, other.pk],
                "newest": page.context["newest"],
            },
            follow=True,
        )

        shrug.refresh_from_db()
        other.refresh_from_db()
        assert (shrug.status, other.status == "published") == ("published", False)
        said = [str(message) for message in response.context["messages"]]
        assert said[0].startswith("Barbell shrug was saved by fanny after you opened this list")
        assert f'name="newest" value="{page.context["newest"]}"' in page.content.decode()

    def test_of_all_rows_too(self, eddies_client, fannys_client, shrug):
        Exercise.objects.update(status="published")
        page = eddies_client.get(LIST)
        save(fannys_client, shrug, opened(fannys_client, shrug), summary="Hers.")
        sent = {"action": "unpublish", "_selected_action": ["0"], "select_across": "1"}

        eddies_client.post(LIST, sent | {"newest": page.context["newest"]})

        shrug.refresh_from_db()
        assert shrug.status == "published"


class TestPagesThatAsk:
    """What was saved between the question and the answer is shown, and asked about again."""

    SOURCES = reverse("admin:exercises_source_changelist")

    @pytest.fixture
    def source(self):
        return SourceFactory(key="gray", title="Old title")

    def retitled(self, client, source):
        save(client, source, opened(client, source), title="New title")

    def asked(self, client):
        rows = Source.objects.values_list("pk", flat=True)
        page = client.post(self.SOURCES, {"action": "delete_selected", "_selected_action": rows})
        return hidden(page) | {"_selected_action": list(rows)}

    def test_deletes_what_was_shown(self, eddies_client, source):
        at = address("delete", source)

        assert eddies_client.post(at, hidden(eddies_client.get(at))).status_code == 302
        assert not Source.objects.exists()

    def test_show_what_was_saved_before_they_delete(self, eddies_client, fannys_client, source):
        at = address("delete", source)
        sent = hidden(eddies_client.get(at))
        self.retitled(fannys_client, source)

        answer = eddies_client.post(at, sent)

        assert answer.status_code == 409
        assert Source.objects.exists()
        page = answer.content.decode()
        assert "Nothing was done yet." in page
        assert "<del>Old</del>" in page
        assert "<ins>New</ins>" in page
        assert "fanny · Edited in admin" in page
        assert eddies_client.post(at, hidden(answer)).status_code == 302
        assert not Source.objects.exists()

    def test_show_what_was_saved_before_they_archive(self, eddies_client, fannys_client, shrug):
        at = address("delete", shrug)
        sent = hidden(eddies_client.get(at))
        save(fannys_client, shrug, opened(fannys_client, shrug), summary="Hers.")
        status = Exercise.objects.get(pk=shrug.pk).status

        answer = eddies_client.post(at, sent)

        assert answer.status_code == 409
        assert "<ins>Hers</ins>" in answer.content.decode()
        assert Exercise.objects.get(pk=shrug.pk).status == status
        eddies_client.post(at, hidden(answer))
        assert Exercise.objects.get(pk=shrug.pk).status == "archived"

    def test_after_an_action_do_so_too(self, eddies_client, fannys_client, source):
        SourceFactory()
        sent = self.asked(eddies_client)
        self.retitled(fannys_client, source)

        answer = eddies_client.post(self.SOURCES, sent)

        assert answer.status_code == 409
        assert Source.objects.count() == 2
        assert "<ins>New</ins>" in answer.content.decode()
        again = hidden(answer) | {"_selected_action": sent["_selected_action"]}
        assert eddies_client.post(self.SOURCES, again).status_code == 302
        assert not Source.objects.exists()

    def test_of_what_somebody_deleted_say_so(self, eddies_client, fannys_client, source):
        at = address("delete", source)
        sent = hidden(eddies_client.get(at))
        self.retitled(fannys_client, source)
        Source.objects.all().delete()

        assert eddies_client.post(at, sent).status_code == 302


@pytest.mark.usefixtures("editors_again")
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="SQLite lets one writer at a time into the whole file, so there is no row to lock.",
)
class TestTwoSavesAtOneMoment:
    """The second waits for the first, and then finds what that has saved."""

    @pytest.fixture
    def editors(self):
        names = ("eddie", "fanny")
        users = [UserFactory(username=name, is_staff=True, is_superuser=True) for name in names]
        return [signed_in(user) for user in users]

    @pytest.fixture
    def moment(self, monkeypatch):
        """Both are past the lock at one moment, if nothing holds one of them back."""
        meeting = Barrier(2)
        versions = ConflictAdmin._versions

        def met(*args):
            with suppress(BrokenBarrierError):
                meeting.wait(timeout=2)
            return versions(*args)

        monkeypatch.setattr(ConflictAdmin, "_versions", met)

    def at_once(self, editors, rows, summaries):
        def post(client, row, data):
            try:
                return client.post(address("change", row), data)
            finally:
                connection.close()

        typed = [
            opened(client, row) | {"summary": summary}
            for client, row, summary in zip(editors, rows, summaries, strict=True)
        ]
        with ThreadPoolExecutor(2) as threads:
            return list(threads.map(post, editors, rows, typed))

    @pytest.mark.usefixtures("moment")
    def test_give_the_second_the_conflict_and_lose_nothing(self, editors, shrug):
        texts = ["Hers.", "His."]

        answers = self.at_once(editors, [shrug, shrug], texts)

        assert sorted(answer.status_code for answer in answers) == [302, 409]
        [late] = [number for number, answer in enumerate(answers) if answer.status_code == 409]
        shrug.refresh_from_db()
        assert shrug.summary == texts[1 - late]
        choice = choices(answers[late])["summary"]
        assert (said(choice.theirs), said(choice.mine)) == (texts[1 - late], texts[late])
        settle(editors[late], answers[late], shrug)
        shrug.refresh_from_db()
        assert shrug.summary == texts[late]
        versions = [each.fields["summary"] for each in Revision.objects.of("exercise", shrug.pk)]
        assert versions == [texts[late], texts[1 - late], "Shrug it."]

    @pytest.mark.usefixtures("moment")
    def test_of_different_rows_do_not_wait(self, editors, shrug):
        other = ExerciseFactory(name="Pull-up", slug="pull-up")

        answers = self.at_once(editors, [shrug, other], ["New.", "New."])

        assert [answer.status_code for answer in answers] == [302, 302]
