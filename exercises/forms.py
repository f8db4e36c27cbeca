"""Forms of the editor's desk. They validate and convert, nothing else."""

from collections.abc import Iterable
from math import inf
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import F
from django.forms import BaseInlineFormSet
from django.forms.fields import InvalidJSONInput

from exercises import footnotes, pictures
from exercises.files.documents import BadFile, Document, read_text
from exercises.files.faults import NO_FOOTNOTES_IN_CUES, needed
from exercises.files.revisions import LONGEST_REASON
from exercises.models import Exercise, Picture, Role, Source, Status
from exercises.names import name_key

MAX_FILE_BYTES = 1_000_000


class TextField(forms.CharField):
    """Text of several lines, as it is but for line breaks, of which browsers post CR LF.

    The end of the text stays too: a save that changes nothing must not look like an edit.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.Textarea(attrs={"rows": 4}), **kwargs, "strip": False})

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return text if text.strip() else ""


class MappingField(forms.JSONField):
    """JSON of which Python may read no part: a number of 5,000 digits, a thousand brackets."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": value}
            ) from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except (ValueError, RecursionError):
            return InvalidJSONInput(data)


class AboutTheEdit(forms.CharField):
    """Says something of an edit and nothing of the row, so it is no change of the row."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class DeskForm(forms.ModelForm):
    """A row of the catalogue, with the version that the edit began from and why it is made."""

    base = AboutTheEdit(required=False, widget=forms.HiddenInput)
    change_reason = AboutTheEdit(
        required=False,
        max_length=LONGEST_REASON,
        label="Why",
        help_text="If you like: what you changed and why, in a few words for the history.",
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )


class CitingForm(forms.ModelForm):
    """Texts whose footnote marks have to lead to a source that stands below them."""

    CITING: tuple[str, ...] = ()

    def clean(self) -> Any:
        data = super().clean() or self.cleaned_data
        attached = {source.key for source in self.attached_sources()}
        for name in self.CITING:
            for fault in footnotes.faults(data.get(name) or "", attached):
                self.add_error(name, fault)
        return data

    def attached_sources(self) -> Iterable[Source]:
        """As they are chosen in this form."""
        return self.cleaned_data.get("sources") or ()


class MuscleForm(CitingForm, DeskForm):
    CITING = ("text",)


class ExerciseForm(CitingForm, DeskForm):
    """Looked at before its inlines, for which it leaves on the row what they have to know."""

    CITING = footnotes.TEXTS

    def clean(self) -> Any:
        data = super().clean()
        self.instance.chosen_sources = list(self.attached_sources())
        if footnotes.MARK.search(data.get("cues") or ""):
            self.add_error("cues", NO_FOOTNOTES_IN_CUES)
        is_published = data.get("status") == Status.PUBLISHED
        was_published = self.instance.pk and self.initial.get("status") == Status.PUBLISHED
        self.instance.is_being_published = is_published and not was_published
        is_asked = self.instance.is_being_published or "summary" in self.changed_data
        if is_published and is_asked and not data.get("summary"):
            self.add_error("summary", needed("summary"))
        return data


class PlaceField(forms.IntegerField):
    """The number of a row in its order, which is all that it says; rows without one come last."""

    def __init__(self) -> None:
        widget = forms.NumberInput(attrs={"class": "place", "data-place": ""})
        super().__init__(required=False, min_value=0, label="PlaceField", widget=widget)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Rows that move don't change, since all are numbered anew together."""
        return initial is None and super().has_changed(initial, data)


class OrderedForm(forms.ModelForm):
    position = PlaceField()

    def _get_validation_exclusions(self) -> set[str]:
        """Positions are made anew for all rows together, so two may be swapped."""
        return {*super()._get_validation_exclusions(), "position"}  # type: ignore[misc]


class OrderedFormSet(BaseInlineFormSet):
    """Rows in the order of their numbers, saved as 1, 2, 3 …"""

    def kept_forms(self) -> list[Any]:
        kept = [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]
        return sorted(kept, key=_place)

    def save(self, commit: bool = True) -> list[Any]:
        """All that are kept, whether changed or not, since any may have moved."""
        saved: list[Any] = super().save(commit=False)
        if not commit:
            return saved
        for row in self.deleted_objects:
            row.delete()
        rows = self.fk.model._default_manager.filter(**{self.fk.name: self.instance})
        rows.update(position=F("position") + 1000)  # out of each other's way
        for position, form in enumerate(self.kept_forms(), start=1):
            form.instance.position = position
            form.instance.save()
        return saved


def _place(form: forms.ModelForm) -> float:
    place: int | None = form.cleaned_data.get("position")
    return inf if place is None else place


class StepForm(CitingForm, OrderedForm):
    CITING = ("text",)

    def __init__(self, *args: Any, of: Exercise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of

    def attached_sources(self) -> Iterable[Source]:
        return getattr(self.of, "chosen_sources", ())


class StepFormSet(OrderedFormSet):
    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "of": self.instance}

    def clean(self) -> None:
        super().clean()
        if not self.kept_forms() and _may_not_lack(self):
            raise ValidationError(needed("steps"))


class TargetFormSet(OrderedFormSet):
    def clean(self) -> None:
        super().clean()
        roles = [form.cleaned_data.get("role") for form in self.kept_forms()]
        if Role.PRIMARY not in roles and _may_not_lack(self):
            raise ValidationError(needed("main muscle"))


def _may_not_lack(rows: BaseInlineFormSet) -> bool:
    """Whether the exercise is published now, or stays so while its rows change."""
    is_published = rows.instance.status == Status.PUBLISHED
    return is_published and (rows.instance.is_being_published or rows.has_changed())


class AliasFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        """Aliases that are new together are not in the database yet for each other to find."""
        super().clean()
        kept = [form for form in self.forms if form.is_valid() and form not in self.deleted_forms]
        names = [form.cleaned_data["name"] for form in kept if form.has_changed()]
        if len({name_key(name) for name in names}) < len(names):
            raise ValidationError("Two of these aliases differ in case, hyphens or plural only.")


class PictureForm(forms.ModelForm):
    """A picture is drawn anew while the form is checked, so that a bad one is told here."""

    image = forms.FileField(
        label="Picture",
        help_text="JPEG, PNG or WebP, at most 10 MB; 2,560 pixels along its longer side are plenty."
        " What a camera wrote into it is not kept.",
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    class Meta:
        model = Picture
        fields = ("image", "alt", "credit", "licence")

    def clean_image(self) -> Any:
        upload = self.cleaned_data["image"]
        if not isinstance(upload, UploadedFile):
            return upload
        if (upload.size or 0) > pictures.MAX_BYTES:
            raise ValidationError("The file is larger than 10 MB; make the picture smaller.")
        try:
            redrawn = pictures.redraw(upload, name=self.instance.exercise.slug or "picture")
        except pictures.BadPicture as error:
            raise ValidationError(str(error)) from error
        self.instance.small = redrawn.small
        self.instance.width, self.instance.height = redrawn.size
        return redrawn.page


class PictureFormSet(BaseInlineFormSet):
    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        """Each picture knows its exercise, after which its files are called, even a new one."""
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.instance.exercise = self.instance
        return form


class CatalogueFileForm(forms.Form):
    """A file of the catalogue, uploaded to look at, or its text coming back to be applied."""

    file = forms.FileField(
        required=False,
        label="Catalogue file",
        help_text="As “Export as catalogue file” and dump_catalog write them.",
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"}),
    )
    text = TextField(required=False, label="or its text")

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.documents: list[Document] = []

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        upload = data.get("file")
        if upload:
            data["text"] = self._read(upload)
        if not data.get("text", "").strip():
            raise ValidationError("Choose a file, or paste its text.")
        if len(data["text"].encode()) > MAX_FILE_BYTES:
            raise ValidationError("The text is longer than 1 MB.")
        try:
            self.documents = read_text(data["text"], name=upload.name if upload else "The text")
        except BadFile as error:
            raise ValidationError(str(error)) from error
        if not self.documents:
            raise ValidationError("There is no exercise, muscle, equipment or source in it.")
        return data

    def _read(self, upload: "UploadedFile[bytes]") -> str:
        if (upload.size or 0) > MAX_FILE_BYTES:
            raise ValidationError("The file is larger than 1 MB.")
        try:
            return str(upload.read().decode("utf-8-sig").replace("\r\n", "\n"))
        except UnicodeDecodeError as error:
            raise ValidationError("The file is not text in UTF-8.") from error
