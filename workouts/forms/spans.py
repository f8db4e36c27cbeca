"""Which days a page of progress looks at."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from workouts.reckoning.spans import DaySpan, span_between, span_of

DAY = {"type": "date"}
UNREADABLE = {"invalid": gettext_lazy("Write the day as 2026-11-22.")}


class SpanForm(forms.Form):
    """``range`` is one of those that are named; ``from`` and ``to`` are days of one's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("from", _("From")), ("to", pgettext("until a day", "To"))):
            self.fields[name] = forms.DateField(
                label=label,
                required=False,
                widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
                error_messages=UNREADABLE,
            )

    def span(self, *, today: date) -> DaySpan:
        """The days that are asked for; what can't be read asks for none."""
        self.is_valid()
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first or last:
            return span_between(first, last)
        return span_of(self.data.get("range", ""), today=today)
