"""The form of a token for scripts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from workouts.models.tokens import MAX_TOKEN_NAME


class TokenForm(forms.Form):
    """What a token is for, and whether it may write."""

    name = forms.CharField(
        max_length=MAX_TOKEN_NAME,
        label=_("What is it for?"),
        help_text=_("For example: watch, spreadsheet, backup at night."),
    )
    may_write = forms.BooleanField(required=False, label=_("It may log and change, not only read"))
