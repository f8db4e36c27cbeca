"""Test vectors for what to do next time."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.vocabulary import LoadType
from workouts.reckoning.progression import Offer, Suggestion, suggest
from workouts.reckoning.targets import Span, Target, Weight
from workouts.text_format import Load, SetText
from workouts.vocabulary import SetKind, Side, Unit

STEPS = {Unit.KG: Decimal("2.5"), Unit.LB: Decimal(5)}
EIGHT_TO_TWELVE = Target(reps=Span(8, 12))


def sets(reps: str, weight: str = "", unit: Unit = Unit.KG, **others: object) -> list[SetText]:
    """ "10, 9" with the same weight; a sign before it is the exercise's."""
    load = (
        Load(Decimal(weight.lstrip("+-")), unit, weight[0] if weight[0] in "+-" else "")
        if weight
        else None
    )  # type: ignore[arg-type]
    return [SetText(load=load, reps=int(each), **others) for each in reps.split(",")]  # type: ignore[arg-type]


def next_time(
    targets: list[Target],
    last: list[SetText],
    load_type: LoadType = LoadType.EXTERNAL,
    **others: bool,
) -> Suggestion:
    return suggest(targets, last, load_type=load_type, steps=STEPS, unit=Unit.KG, **others)


def shown(suggestion: Suggestion) -> str:
    """ "60 kg x 8, 8, 8", or each set with its own weight."""

    def amount(offer: Offer) -> str:
        if offer.metres is not None:
            return f"{offer.metres} m"
        return str(offer.reps) if offer.reps else f"{offer.seconds} s"

    weights = {offer.weight for offer in suggestion.sets}
    amounts = ", ".join(map(amount, suggestion.sets))
    if len(weights) == 1:
        weight = weights.pop()
        return f"{weight.amount} {weight.unit} x {amounts}" if weight else amounts
    return ", ".join(
        f"{offer.weight.amount if offer.weight else '-'} x {amount(offer)}"
        for offer in suggestion.sets
    )


class TestWeights:
    @pytest.mark.parametrize(
        ("reps", "sets_next", "why", "is_raised"),
        [
            (
                "12, 12, 12",
                "62.5 kg x 8, 8, 8",
                "All sets reached 12 last time: 62.5 kg from 8 reps again.",
                True,
            ),
            (
                "13, 12, 14",
                "62.5 kg x 8, 8, 8",
                "All sets reached 12 last time: 62.5 kg from 8 reps again.",
                True,
            ),
            (
                "12, 11, 10",
                "60 kg x 12, 12, 10",
                "12, 11, 10 last time, 12 wanted: 60 kg again, one rep more.",
                False,
            ),
            (
                "8, 8, 8",
                "60 kg x 9, 8, 8",
                "8, 8, 8 last time, 12 wanted: 60 kg again, one rep more.",
                False,
            ),
            (
                "12, 12, 7",
                "60 kg x 12, 12, 8",
                "12, 12, 7 last time, 8 wanted: 60 kg again.",
                False,
            ),
            ("12, 12", "60 kg x 12, 12, 8", "2 of 3 sets last time: 60 kg again.", False),
            (
                "12, 12, 12, 3",
                "62.5 kg x 8, 8, 8",
                "All sets reached 12 last time: 62.5 kg from 8 reps again.",
                True,
            ),
        ],
    )
    def test_of_three_sets_of_8_to_12(self, reps, sets_next, why, is_raised):
        suggestion = next_time([EIGHT_TO_TWELVE] * 3, sets(reps, "60"))

        assert (shown(suggestion), suggestion.why) == (sets_next, why)
        assert suggestion.is_raised is is_raised

    def test_go_up_after_five_by_five(self):
        suggestion = next_time([Target(reps=Span(5, 5))] * 5, sets("5, 5, 5, 5, 5", "100"))

        assert shown(suggestion) == "102.5 kg x 5, 5, 5, 5, 5"
        assert suggestion.why == "All sets reached 5 last time: 102.5 kg."

    def test_stay_in_the_unit_that_they_were_logged_in(self):
        suggestion = next_time([EIGHT_TO_TWELVE], sets("12", "135", Unit.LB))

        assert shown(suggestion) == "140 lb x 8"
        assert suggestion.why == "It reached 12 last time: 140 lb from 8 reps again."

    def test_go_up_by_a_step_in_each_set_where_they_differ(self):
        last = [*sets("12", "60"), *sets("12", "50")]

        suggestion = next_time([EIGHT_TO_TWELVE] * 2, last)

        assert shown(suggestion) == "62.5 x 8, 52.5 x 8"
        assert (
            suggestion.why
            == "All sets reached 12 last time: 2.5 kg more in each from 8 reps again."
        )

    def test_stay_where_it_was_harder_than_planned(self):
        target = Target(reps=Span(8, 12), rpe=Decimal(8))

        suggestion = next_time([target] * 2, sets("12, 12", "60", rpe=Decimal("9.5")))

        assert shown(suggestion) == "60 kg x 12, 12"
        assert suggestion.why == "RPE 9.5 last time where 8 is planned: 60 kg again."
        assert not suggestion.is_raised

    def test_go_up_where_it_was_as_hard_as_planned(self):
        target = Target(reps=Span(8, 12), rpe=Decimal(8))

        assert next_time([target], sets("12", "60", rpe=Decimal(8))).is_raised

    def test_are_not_made_up_the_first_time(self):
        suggestion = next_time([EIGHT_TO_TWELVE] * 3, [])

        assert shown(suggestion) == "8, 8, 8"
        assert suggestion.why == "Choose a weight that leaves some of 8 to 12 reps to spare."

    def test_of_the_routine_are_kept_to(self):
        target = Target(reps=Span(5, 5), weight=Weight(Decimal(100), Unit.KG))

        full = next_time([target] * 2, sets("5, 5", "100"))
        light = next_time([target] * 2, sets("5, 5", "90"))
        first = next_time([target] * 2, [])

        assert shown(full) == shown(light) == shown(first) == "100 kg x 5, 5"
        assert full.why == (
            "All sets reached 5 last time: the routine says 100 kg; you could raise it there."
        )
        assert light.why == "Less than the routine says last time: 100 kg again."
        assert first.why == "Begin with 100 kg."

    def test_without_any_logged_are_not_raised(self):
        suggestion = next_time([EIGHT_TO_TWELVE], sets("12"))

        assert not suggestion.is_raised
        assert (
            suggestion.why
            == "It reached 12 last time. Raise the target, or take a harder exercise."
        )


class TestBodyweight:
    def test_goes_on_by_reps(self):
        suggestion = next_time([Target(reps=Span(5, 8))] * 3, sets("6, 5, 5"), LoadType.BODYWEIGHT)

        assert shown(suggestion) == "7, 5, 5"
        assert suggestion.why == "6, 5, 5 last time, 8 wanted: one rep more."

    def test_says_that_the_target_is_full(self):
        suggestion = next_time([Target(reps=Span(5, 8))] * 2, sets("8, 8"), LoadType.BODYWEIGHT)

        assert shown(suggestion) == "8, 8"
        assert suggestion.why == (
            "All sets reached 8 last time. Raise the target, or take a harder exercise."
        )

    def test_without_end_always_asks_for_one_more(self):
        suggestion = next_time([Target(reps=Span(1, None))] * 2, sets("9, 7"), LoadType.BODYWEIGHT)

        assert shown(suggestion) == "10, 7"
        assert suggestion.why == "9, 7 last time: one rep more."

    def test_begins_at_the_bottom(self):
        suggestion = next_time([Target(reps=Span(5, 8))], [], LoadType.BODYWEIGHT)

        assert (shown(suggestion), suggestion.why) == (
            "5",
            "Begin with 5 to 8 reps.",
        )


class TestAddedAndHelp:
    def test_adds_to_the_body(self):
        plus = LoadType.BODYWEIGHT_PLUS
        target = [Target(reps=Span(5, 8))] * 2

        suggestion = next_time(target, sets("8, 8", "+10"), plus)
        first = next_time(target, sets("8, 8"), plus)

        assert shown(suggestion) == "12.5 kg x 5, 5"
        assert suggestion.why == "All sets reached 8 last time: +12.5 kg from 5 reps again."
        assert shown(first) == "2.5 kg x 5, 5"

    def test_takes_help_away(self):
        suggestion = next_time(
            [Target(reps=Span(5, 8))] * 2, sets("8, 8", "-20"), LoadType.ASSISTED_BODYWEIGHT
        )

        assert shown(suggestion) == "17.5 kg x 5, 5"
        assert suggestion.why == "All sets reached 8 last time: 17.5 kg of help from 5 reps again."

    def test_never_takes_away_more_help_than_there_is(self):
        target = [Target(reps=Span(5, 8))]

        last_bit = next_time(target, sets("8", "-2"), LoadType.ASSISTED_BODYWEIGHT)
        none = next_time(target, sets("8", "0"), LoadType.ASSISTED_BODYWEIGHT)

        assert shown(last_bit) == "0 kg x 5"
        assert last_bit.why == "It reached 8 last time: no help from 5 reps again."
        assert not none.is_raised

    def test_keeps_the_help_after_a_miss(self):
        suggestion = next_time(
            [Target(reps=Span(5, 8))] * 2, sets("8, 4", "-20"), LoadType.ASSISTED_BODYWEIGHT
        )

        assert shown(suggestion) == "20 kg x 8, 5"
        assert suggestion.why == "8, 4 last time, 5 wanted: 20 kg of help again."


class TestTimesAndDistances:
    def test_holds_five_seconds_longer(self):
        held = [SetText(seconds=40), SetText(seconds=30)]

        suggestion = next_time([Target(seconds=Span(30, 60))] * 2, held, LoadType.DURATION)

        assert shown(suggestion) == "45 s, 30 s"
        assert suggestion.why == "40, 30 s last time, 60 s wanted: 5 s more."

    def test_never_holds_longer_than_is_wanted(self):
        suggestion = next_time(
            [Target(seconds=Span(30, 60))], [SetText(seconds=58)], LoadType.DURATION
        )

        assert shown(suggestion) == "60 s"

    def test_carries_more_once_the_way_is_done(self):
        load = Load(Decimal(30), Unit.KG)
        target = [Target(metres=Decimal(40))] * 2
        done = [SetText(load=load, metres=Decimal(40))] * 2
        short = [*done[:1], SetText(load=load, metres=Decimal(25))]

        further = next_time(target, done, LoadType.WEIGHTED_DURATION)
        again = next_time(target, short, LoadType.WEIGHTED_DURATION)

        assert further.why == "All sets went 40 m last time: 32.5 kg."
        assert again.why == "Not all sets went 40 m last time: 30 kg again."
        assert shown(again) == "30 kg x 40 m, 40 m"

    def test_of_another_measure_says_nothing(self):
        suggestion = next_time([Target(seconds=Span(30, 60))], sets("8"), LoadType.BODYWEIGHT)

        assert suggestion.why == "Begin with 30 to 60 s."


class TestSeveral:
    def test_groups_go_on_each_by_itself(self):
        targets = [Target(reps=Span(5, 5)), *[Target(reps=Span(8, 10))] * 2]
        last = [*sets("5", "100"), *sets("9, 8", "80")]

        suggestion = next_time(targets, last)

        assert shown(suggestion) == "102.5 x 5, 80 x 10, 80 x 8"
        assert suggestion.why == (
            "Set 1: It reached 5 last time: 102.5 kg."
            " Sets 2 and 3: 9, 8 last time, 10 wanted: 80 kg again, one rep more."
        )

    def test_warm_ups_are_as_last_time_and_count_for_nothing(self):
        targets = [Target(reps=Span(5, 5), kind=SetKind.WARMUP), *[EIGHT_TO_TWELVE] * 2]
        last = [*sets("3", "40", kind=SetKind.WARMUP), *sets("12, 12", "60")]

        suggestion = next_time(targets, last)

        assert shown(suggestion) == "40 x 5, 62.5 x 8, 62.5 x 8"
        assert next(offer.kind for offer in suggestion.sets) == SetKind.WARMUP

    def test_a_left_and_a_right_set_are_one(self):
        last = [
            SetText(load=Load(Decimal(20), Unit.KG), reps=reps, side=side)
            for reps, side in ((12, Side.LEFT), (11, Side.RIGHT))
        ]

        suggestion = next_time([EIGHT_TO_TWELVE], last, LoadType.PER_HAND)

        assert suggestion.why == "11 last time, 12 wanted: 20 kg again, one rep more."
        assert [(offer.reps, offer.side) for offer in suggestion.sets] == [
            (12, Side.LEFT),
            (12, Side.RIGHT),
        ]

    def test_from_another_routine_a_miss_says_nothing(self):
        heavy = sets("5, 5", "100")

        suggestion = next_time([EIGHT_TO_TWELVE] * 2, heavy, is_elsewhere=True)

        assert suggestion.why.startswith("Choose a weight")
        assert next_time([EIGHT_TO_TWELVE] * 2, heavy).why.endswith("100 kg again.")


@given(
    least=st.integers(1, 20),
    more=st.integers(0, 10),
    reps=st.lists(st.integers(1, 40), min_size=1, max_size=5),
    count=st.integers(1, 5),
    load_type=st.sampled_from(LoadType),
)
def test_nothing_is_raised_after_a_miss(least, more, reps, count, load_type):
    """And what is offered never lies under the target, or above its top."""
    target = Target(reps=Span(least, least + more))
    last = [SetText(load=Load(Decimal(50), Unit.KG), reps=each) for each in reps]

    suggestion = next_time([target] * count, last, load_type)

    is_met = len(reps) >= count and all(each >= least for each in reps[:count])
    assert len(suggestion.sets) == count
    assert all(least <= (offer.reps or 0) <= least + more for offer in suggestion.sets)
    if not is_met:
        assert not suggestion.is_raised
        assert all(not offer.weight or offer.weight.amount == 50 for offer in suggestion.sets)
