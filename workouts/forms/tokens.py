"""The form of a token for scripts."""

from django import forms

from workouts.models.tokens import MAX_TOKEN_NAME


class TokenForm(forms.Form):
    """What a token is for, and whether it may write."""

    name = forms.CharField(
        max_length=MAX_TOKEN_NAME,
        label="What is it for?",
        help_text="For example: watch, spreadsheet, backup at night.",
    )
    may_write = forms.BooleanField(required=False, label="It may log and change, not only read")
