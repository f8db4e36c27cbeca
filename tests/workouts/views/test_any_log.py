"""Whatever is typed, what is saved is what the preview showed, and otherwise nothing is."""

import html
import re

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.many import many
from tests.workouts.views.log_form import box, filled, page
from workouts.models import Workout
from workouts.text_format import print_sets

pytestmark = pytest.mark.usefixtures("catalogue")

NEW = "/workouts/new/"
PIECES = (
    *("Pull-up", "Weighted pull-up", "Dumbbell row", "Bent-over barbell row", "Plank", "Rows"),
    *(" ", " ", " ", "\n", "\n", ": ", ", ", "/", " x ", "x", "+", "-", "@", "(", ")", " - "),
    *("3", "5", "8", "10", "60", "62,5", "100", "1:30", "kg", " lb", " s", " reps", " sets"),
    *(" @8-9", " (7)", " (1+)", "5+", " (got 7)", " drop ", " w", " each side", " e/s", "RIR 2"),
    *("2026-11-20 18:00 Push\n", "2026-11-21\n", "11/12/2026\n", "today\n", "> slept badly\n"),
    *("A1 ", "- ", "# Week 3\n", "Set 1: ", "3 rounds: ", " superset 20/30 kg 3x8", "easy"),
    *(" each", "kg/side", " twice", "5 rounds:\n", "again ", "same", " - je 10", "8/7", "?", "1RM"),
    *("date,lift,kg,reps\n", "2/1/2026,Pull-up,,8\n", "|Exercise|kg|Reps|\n", "|Rows|60|8|\n"),
)
LINES = (
    *(
        "Pull-up: 8, 8, 6",
        "Bent-over barbell row 60x8 70x8",
        "Plank 1:30",
        "Dumbbell row 3x10 20kg",
    ),
    *("Weighted pull-up +10 kg x 5", "Farmer's walk 2x40m 32kg", "2026-11-20", "2026-11-21 Pull"),
    *("Dumbbell row 20 kg x 8 L @8, 7 R @9", "Bent-over barbell row 40x10 w, 60x5 f, 50x8 d"),
    *("Bent-over barbell row 3x8", "Frobnication 8, 8", "Pull-up 8, 7?", "Plank 30 s each side"),
    *("> notes", "felt strong today", "# Week 4", "", "Pull-up 8 (got 6)", "10x10 Pull-up"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.lists(
    st.sampled_from(LINES), max_size=8
).map("\n".join)


def shown(answer):
    """The exercises of a preview with their sets, as they stand there."""
    items = re.findall(r'<li class="preview-line">(.*?)</li>', page(answer), re.DOTALL)
    named = (
        re.search(r"<strong>(.*?)</strong>.*?<span class=\"numbers\">(.*?)</span>", item, re.DOTALL)
        for item in items
    )
    return [tuple(map(html.unescape, match.groups())) for match in named if match]


def saved(athlete):
    workouts = Workout.objects.with_entries().filter(athlete=athlete).order_by("day")
    return [
        (entry.name, print_sets(entry.sets, load_type=entry.load_type))
        for workout in workouts
        for entry in workout.as_text().entries
    ]


@settings(
    max_examples=many(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example("2026-11-20\nPull-up 8\n\n# Week 4\n\n2026-11-21\nPull-up 9")
@example("2026-11-20\nPull-up 8\n\n2026-11-21\nBent-over barbell row 3x8")
@example("Dumbbell row 20 kg x 8 L @8, 7 R @9.5\nPlank 30 s, 1:10")
@example("Bent-over barbell row 40 kg x 10 w, 60 kg x 5 f, 132 lb x 8 d, 60 kg x 8")
@example("Dumbbell row / Bent-over barbell row superset 20/30 kg 3x8")
@given(TEXTS)
def test_what_is_saved_is_what_was_shown(alice, alices_client, text):
    with transaction.atomic():
        preview = alices_client.post(NEW, filled(text, press="preview"))
        answer = alices_client.post(NEW, filled(text))

        if answer.status_code == 302:
            assert "Ready to save" in page(preview)
            assert sorted(saved(alice.athlete)) == sorted(shown(preview))
        else:
            assert answer.status_code == 422
            assert "Ready to save" not in page(preview)
            assert saved(alice.athlete) == []
            assert box(answer).strip() == text.replace("\r\n", "\n").strip()
        transaction.set_rollback(True)
