"""The form that takes a file."""

from django import forms


class ImportForm(forms.Form):
    """A file of another app. What is in it, ``workouts.data.importers`` tells."""

    file = forms.FileField(
        label="File",
        error_messages={
            "required": "Choose the file that the other app exported.",
            "empty": "The file is empty.",
        },
    )
