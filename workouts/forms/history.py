"""What of a history is asked for."""

from django import forms

from workouts.history_page import Asked


class HistoryForm(forms.Form):
    """What of a history is asked for; what can't be read asks for nothing."""

    q = forms.CharField(required=False, max_length=100)
    exercise = forms.SlugField(required=False, max_length=200, allow_unicode=True)
    muscle = forms.SlugField(required=False, max_length=200)
    title = forms.CharField(required=False, max_length=100)
    filter = forms.BooleanField(required=False)
    year = forms.IntegerField(required=False, min_value=1, max_value=9999)
    month = forms.DateField(required=False, input_formats=["%Y-%m"])
    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"])

    def read(self) -> Asked:
        self.is_valid()
        return Asked(**{name: value for name, value in self.cleaned_data.items() if value})
