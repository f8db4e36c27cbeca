"""The form that takes a file."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    """A file of another app. What is in it, ``workouts.data.importers`` tells."""

    file = forms.FileField(
        label=_("File"),
        error_messages={
            "required": _("Choose the file that the other app exported."),
            "empty": _("The file is empty."),
        },
    )
