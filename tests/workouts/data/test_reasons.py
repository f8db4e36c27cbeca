"""Why lines were left out is kept so that it can be said in any language."""

import json

import pytest

from exercises.sentences import Sentence, gettext, ngettext
from workouts.data.reasons import as_kept, reason_of

REASONS = [
    gettext("There is no exercise."),
    gettext("“%(cell)s” is not a number.", cell="50 % ”"),
    gettext("%(exercise)s: %(problem)s", exercise="Row", problem=gettext("The row is empty.")),
    ngettext("%(count)s set of %(name)s", "%(count)s sets of %(name)s", 2, name="Row"),
]


@pytest.mark.parametrize("reason", REASONS)
def test_says_the_same_after_it_was_kept(reason):
    line, *kept = json.loads(json.dumps(as_kept(7, reason)))

    again = reason_of(*kept)

    assert line == 7
    assert kept[0] == again == reason
    assert (again.message, again.plural, again.number) == (
        reason.message,
        reason.plural,
        reason.number,
    )


def test_keeps_a_sentence_within_a_sentence():
    _line, *kept = as_kept(7, REASONS[2])

    assert isinstance(reason_of(*kept).values["problem"], Sentence)


@pytest.mark.parametrize("reason", ["The day is wrong.", REASONS[0]])
def test_keeps_a_text_that_says_all_as_it_is(reason):
    assert as_kept(7, reason) == [7, reason]
    assert reason_of(reason).message == reason
