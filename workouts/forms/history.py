"""What of a history is asked for."""

from datetime import date
from typing import TypedDict

from django import forms


class Asked(TypedDict):
    """What of a history is asked for; ``month`` is its first day."""

    q: str
    year: int | None
    month: date | None


class HistoryForm(forms.Form):
    """What of a history is asked for; what can't be read asks for nothing."""

    q = forms.CharField(required=False, max_length=100)
    year = forms.IntegerField(required=False, min_value=1, max_value=9999)
    month = forms.DateField(required=False, input_formats=["%Y-%m"])

    def read(self) -> Asked:
        self.is_valid()
        fields = self.cleaned_data
        return Asked(q=fields.get("q", ""), year=fields.get("year"), month=fields.get("month"))
