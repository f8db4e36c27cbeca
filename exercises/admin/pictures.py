"""An exercise's picture on the desk, and in the preview of its page."""

from base64 import b64encode
from typing import Any

from django.contrib import admin

from exercises.admin.desk import BoundedRows
from exercises.forms import PictureForm, PictureFormSet
from exercises.models import Picture


class PictureInline(BoundedRows, admin.StackedInline):
    model = Picture
    form = PictureForm
    formset = PictureFormSet
    extra = 0
    max_num = 1
    verbose_name_plural = "picture"
    after = "Relatives"


def uploaded(formset: "PictureFormSet[Any, Any, Any]") -> list[Picture]:
    """Those whose files a save of the formset has just written."""
    replaced = [picture for picture, names in formset.changed_objects if "image" in names]
    return [*formset.new_objects, *replaced]


def as_data(picture: Picture) -> str:
    """The page-sized file as an address that holds it, for a page that outlives the file."""
    with picture.image.open() as file:
        return f"data:image/webp;base64,{b64encode(file.read()).decode()}"
