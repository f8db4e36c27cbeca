from datetime import date, time
from decimal import Decimal

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from backtrain.form_inputs import INPUTS, TEXTAREA, Renderer

WIDGETS = [
    forms.HiddenInput(),
    forms.TextInput(attrs={"inputmode": "decimal", "disabled": True, "hidden": False}),
    forms.NumberInput(attrs={"step": 0.5, "data-says": '"a" & <b>'}),
    forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    forms.TimeInput(format="%H:%M"),
    forms.EmailInput(),
    forms.PasswordInput(render_value=True),
    forms.CheckboxInput(),
    forms.Textarea(attrs={"rows": 2, "class": None}),
]
VALUES = [
    *(None, "", "plain", "\nfirst line", "<script>'\"&amp;", "日本\x00", True, 0, 1_000_000),
    *(Decimal("62.50"), date(2026, 11, 22), time(18, 30), mark_safe("<b>")),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
def test_inputs_are_written_as_django_writes_them(widget, value):
    assert widget.template_name in {*INPUTS, TEXTAREA}

    shown = widget.render("it", value, attrs={"id": "id_it"}, renderer=Renderer())

    assert shown == widget.render("it", value, attrs={"id": "id_it"}, renderer=DjangoTemplates())


def test_what_is_no_input_is_drawn_by_its_template():
    widget = forms.Select(choices=[("kg", "kilograms")])

    assert "<option" in widget.render("unit", "kg", renderer=Renderer())
