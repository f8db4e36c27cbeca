"""Fields that several forms have."""

import csv
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from exercises.models.fields import choices_of
from workouts.text_format import clean_name
from workouts.text_format.values import split_lines
from workouts.time_zones import known_time_zones, time_zone_choices
from workouts.vocabulary import Unit


@cache
def time_zone_options() -> str:
    """All options as HTML."""
    options = format_html_join("\n", '<option value="{}">{}</option>', time_zone_choices())
    return str(options)


class TimeZoneSelect(forms.Select):
    """The list of time zones, of which only the chosen one is rendered anew."""

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: the list has no empty choice, which Django would go through all of it to learn."""
        return False

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        attrs = {"name": name, **self.build_attrs(self.attrs, attrs)}
        option = format_html('<option value="{}"', value)
        options = time_zone_options().replace(f"{option}>", f"{option} selected>")
        return format_html("<select{}>{}</select>", flatatt(attrs), mark_safe(options))  # noqa: S308  (escaped above)


class TimeZoneField(forms.ChoiceField):
    widget = TimeZoneSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=time_zone_choices, **kwargs)

    def valid_value(self, value: str) -> bool:
        """Also the names that the list leaves out, such as "Japan"."""
        return value in known_time_zones()


class TypedField(forms.CharField):
    """Text as it was typed. A line end counts as one character, as in the browser's own limit."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class WeightField(forms.DecimalField):
    """A number with a decimal point or comma."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class PercentField(forms.IntegerField):
    """A whole percentage, with or without its sign."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("%", "") if isinstance(value, str) else value)


SHORT_UNITS = [(unit, unit) for unit in Unit.values]  # beside a number


def unit_choices() -> list[tuple[str, str]]:
    """The units by their whole names."""
    return choices_of(Unit)


@dataclass(frozen=True, slots=True)
class Option:
    """A muscle or a piece of equipment to tick; muscles can be ticked in either of two roles."""

    slug: str
    name: str
    is_chosen: bool
    is_helper: bool = False


class CommaSeparatedField(forms.CharField):
    """Names with commas between them; one that has a comma itself stands in double quotes."""

    def to_python(self, value: Any) -> Any:
        rows = csv.reader(split_lines(super().to_python(value) or ""), skipinitialspace=True)
        try:
            names = [clean_name(name) for row in rows for name in row]
        except csv.Error as error:  # longer than any list of names
            raise forms.ValidationError(gettext("That is too long.")) from error
        return [name for name in names if name]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(_quoted, value)) if isinstance(value, list) else value

    def run_validators(self, value: Any) -> None:
        super().run_validators(", ".join(value))


def _quoted(name: str) -> str:
    if "," not in name and '"' not in name:
        return name
    return '"{}"'.format(name.replace('"', '""'))
