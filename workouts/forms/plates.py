"""Forms of bars and plates."""

from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exercises.languages import shown_number
from exercises.models.fields import label_of
from workouts.bars import Rack, Racks
from workouts.forms.fields import SHORT_UNITS, WeightField
from workouts.plates_page import PlatesPage
from workouts.reckoning.plates import GYM, HEAVIEST, MOST_OF_A_PLATE
from workouts.reckoning.weights import plain
from workouts.vocabulary import Unit


class PlatesForm(forms.Form):
    """A weight to be loaded on a bar of the ``racks``; what is not said is as usual."""

    weight = WeightField(
        min_value=0,
        max_digits=7,
        decimal_places=3,
        label=_("Weight with the bar"),
        error_messages={"required": _("Which weight?")},
    )
    unit = forms.ChoiceField(choices=SHORT_UNITS, required=False)
    bar = WeightField(required=False, widget=forms.Select)

    def __init__(self, data: Any = None, *, racks: Racks, unit: Unit) -> None:
        super().__init__(data, initial={"unit": unit})
        asked = data.get("unit") if data else None
        self.rack = racks[Unit(asked) if asked in Unit.values else unit]
        bars = [
            (plain(bar), shown_number(f"{plain(bar)} {self.rack.unit}")) for bar in self.rack.bars
        ]
        self.fields["bar"].widget.choices = bars

    def clean_weight(self) -> Decimal:
        weight: Decimal = self.cleaned_data["weight"]
        if weight > HEAVIEST[self.rack.unit]:
            most = shown_number(f"{HEAVIEST[self.rack.unit]:,f} {self.rack.unit}")
            raise forms.ValidationError(
                gettext("No bar holds more than %(most)s.") % {"most": most}
            )
        return weight

    @property
    def examples(self) -> tuple[int, ...]:
        return (60, 100, 140) if self.rack.unit == Unit.KG else (135, 225, 315)

    @property
    def page(self) -> PlatesPage:
        """Of a valid form."""
        bar = self.cleaned_data["bar"]
        usual, *_others = self.rack.bars
        return PlatesPage(
            self.cleaned_data["weight"], bar if bar in self.rack.bars else usual, self.rack
        )


BARS_ASKED = 4


class RackFields(NamedTuple):
    """What is asked about the bars and plates of a unit."""

    label: str
    bars: list[forms.BoundField]
    plates: list[forms.BoundField]


class RacksForm(forms.Form):
    """The bars and plates that an athlete has, in both units."""

    def __init__(self, data: Any = None, *, racks: Racks) -> None:
        super().__init__(data)
        for unit, rack in racks.items():
            bars = [plain(bar) for bar in rack.bars][:BARS_ASKED]
            for number in range(BARS_ASKED):
                self.fields[f"{unit}-bar-{number + 1}"] = WeightField(
                    required=not number,
                    min_value=Decimal("0.5"),
                    max_value=200,
                    max_digits=6,
                    decimal_places=3,
                    label=gettext("Bar %(number)s") % {"number": number + 1}
                    if number
                    else _("Usual bar"),
                    initial=bars[number] if number < len(bars) else None,
                    error_messages={"required": _("Say at least what your usual bar weighs.")},
                )
            for plate in GYM[unit]:
                self.fields[f"{unit}-{plain(plate)}"] = forms.IntegerField(
                    required=False,
                    min_value=0,
                    max_value=MOST_OF_A_PLATE,
                    label=shown_number(f"{plain(plate)} {unit}"),
                    initial=rack.plates.get(plate) or None,
                    widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                )

    @property
    def units(self) -> list[RackFields]:
        return [
            RackFields(
                label_of(Unit(unit)),
                [self[f"{unit}-bar-{number + 1}"] for number in range(BARS_ASKED)],
                [self[f"{unit}-{plain(plate)}"] for plate in plates],
            )
            for unit, plates in GYM.items()
        ]

    @property
    def racks(self) -> list[Rack]:
        """Of a valid form."""
        return [self._rack(unit) for unit in GYM]

    def _rack(self, unit: Unit) -> Rack:
        said = self.cleaned_data
        bars = [said[f"{unit}-bar-{number + 1}"] for number in range(BARS_ASKED)]
        plates = {plate: said[f"{unit}-{plain(plate)}"] or 0 for plate in GYM[unit]}
        return Rack(unit, list(dict.fromkeys(filter(None, bars))), plates)
