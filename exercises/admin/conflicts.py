"""Two editors at one row: whoever saves second sees both versions and chooses, field by field."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.forms import BaseForm, BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from exercises.admin.sheets import Sheet, SheetRow, Values, as_post
from exercises.files.differences import Passage, differences
from exercises.files.rows import kind_of
from exercises.keys import may_be_key
from exercises.models import Revision

MINE, THEIRS = "mine", "theirs"
WHY_BY_HAND = "Nothing is saved yet. Look through the form, then save it."
WHY_GONE = (
    "Somebody deleted this while you had it open. What you typed is below; save it to make it anew."
)


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field or an inline that the two versions differ in, and what each made of it."""

    name: str
    label: str
    before: str
    theirs: tuple[Passage, ...]
    mine: tuple[Passage, ...]
    is_changed_by_them: bool
    is_changed_by_me: bool

    @property
    def picked(self) -> str:
        """What is chosen unless the editor says otherwise: whoever changed it, both: mine."""
        return MINE if self.is_changed_by_me else THEIRS


class ConflictAdmin(admin.ModelAdmin):
    """Refuses to save over what an editor has not seen, and loses neither version.

    The form carries in ``base`` the sheet that it began from. A row that says something else by the
    time of the save is answered with 409 and a page to choose on.
    """

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        with transaction.atomic():
            if request.method == "POST" and object_id is not None:
                answer = self._unless_stale(request, object_id)
                if answer is not None:
                    return answer
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        if context["original"] and not form.is_bound:
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            form.initial["base"] = Sheet.of(form, formsets).dumps()
        return super().render_change_form(request, context, *args, **kwargs)

    def get_form(
        self,
        request: HttpRequest,
        obj: models.Model | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        why = getattr(request, "why_not_saved", "")
        return type(form.__name__, (_NotSavedYet, form), {"why": why}) if why else form

    def _unless_stale(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """What to answer instead of saving; a choice that was made is put into the post."""
        key = unquote(object_id)
        if may_be_key(self.opts.pk, key):
            self.model._default_manager.select_for_update().filter(pk=key).first()
        row = self.get_object(request, key)
        if row is None:
            return self._offer_anew(request)
        if not self.has_change_permission(request, row):
            return None
        form, formsets = self._forms(request, row)
        stored = Sheet.of(form, formsets)
        base, mine = self._versions(request, row)
        if base == stored:
            if MINE in request.POST:
                self._put(request, mine, stored, formsets)
            return None
        if mine.parts == stored.parts:
            messages.info(request, f"{row} was saved like this already.")
            return redirect(request.get_full_path())
        if "_preview" in request.POST:
            self._put(request, mine, stored, formsets)
            return None
        return self._ask(request, row, form, formsets, Versions(base or stored, stored, mine))

    def _offer_anew(self, request: HttpRequest) -> HttpResponse | None:
        """The form of a new row with what was typed into that of one that is gone."""
        if not self.has_add_permission(request) or not _loaded(request.POST.get("base", "")):
            return None
        mine = Sheet.of(*self._forms(request, None, request.POST, request.FILES))
        _, formsets = self._forms(request, None)
        self._put(request, mine, None, formsets)
        request.why_not_saved = WHY_GONE  # type: ignore[attr-defined]
        adding = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        answer: HttpResponse = super().changeform_view(request, None, adding)
        return answer

    def _versions(self, request: HttpRequest, row: models.Model) -> tuple[Sheet | None, Sheet]:
        """The sheet that the edit began from, if it says so, and the one that it came to."""
        base = _loaded(request.POST.get("base", ""))
        chosen = _loaded(request.POST.get(MINE, ""))
        if base and chosen:
            is_all_mine = "_all_mine" in request.POST
            given = {name for name in base.parts if request.POST.get(f"pick-{name}") == THEIRS}
            return base, chosen if is_all_mine else chosen.taking(given, of=base)
        form, formsets = self._forms(request, row, request.POST, request.FILES)
        return base, Sheet.of(form, formsets)

    def _forms(
        self, request: HttpRequest, row: models.Model | None, *posted: Any
    ) -> tuple[ModelForm, list[BaseInlineFormSet]]:
        """The form and its inlines, unbound or with what was posted."""
        names = flatten_fieldsets(self.get_fieldsets(request, row))
        form_class: Any = self.get_form(request, row, change=row is not None, fields=names)
        form = form_class(*posted, instance=row)
        formsets = [
            formset(
                *posted,
                instance=form.instance,
                prefix=formset.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )
            for formset, inline in self.get_formsets_with_inlines(request, row)
        ]
        return form, formsets

    def _put(
        self,
        request: HttpRequest,
        sheet: Sheet,
        stored: Sheet | None,
        formsets: Iterable[BaseInlineFormSet],
    ) -> None:
        """Have the rest of the request go on as if the sheet had been typed over what is stored."""
        post = as_post(sheet, formsets)
        post["base"] = stored.dumps() if stored else ""
        post["change_reason"] = request.POST.get("change_reason", "")
        post["_preview" if "_preview" in request.POST else "_save"] = "1"
        if "_by_hand" in request.POST:
            request.why_not_saved = WHY_BY_HAND  # type: ignore[attr-defined]
        request.POST = post  # type: ignore[assignment]

    def _ask(
        self,
        request: HttpRequest,
        row: models.Model,
        form: ModelForm,
        formsets: Sequence[BaseInlineFormSet],
        versions: "Versions",
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": f"{row} was saved in between",
            "opts": self.opts,
            "original": row,
            "last": Revision.objects.of(kind_of(row), row.pk).first(),
            "choices": versions.choices(form, formsets),
            "base": versions.stored.dumps(),
            "mine": versions.mine.dumps(),
            "change_reason": request.POST.get("change_reason", ""),
            "files": [str(file) for file in request.FILES.values()],
        }
        return render(request, "admin/exercises/conflict.html", context, status=409)


class _NotSavedYet(ModelForm):
    """Shows what it was given, and waits for an editor to look at it."""

    why: str

    def clean(self) -> Any:
        super().clean()
        raise ValidationError(self.why)


@dataclass(frozen=True, slots=True)
class Versions:
    """Where two editors began, what one of them stored, and what the other came to."""

    base: Sheet
    stored: Sheet
    mine: Sheet

    def choices(self, form: BaseForm, formsets: Iterable[BaseInlineFormSet]) -> list[FieldChoice]:
        """All that the versions differ in, in the order of the form. A query for each relation."""
        prefixes = {str(formset.prefix): formset for formset in formsets}
        return [
            self._choice(name, form, prefixes)
            for name, stored in self.stored.parts.items()
            if self.mine.parts.get(name) != stored
        ]

    def _choice(
        self, name: str, form: BaseForm, formsets: Mapping[str, BaseInlineFormSet]
    ) -> FieldChoice:
        def words(sheet: Sheet) -> str:
            if name in formsets:
                return _rows_in_words(formsets[name], sheet.rows.get(name, []))
            return _in_words(form.fields[name], sheet.fields.get(name, []))

        before = words(self.base)
        label = formsets[name].fk.model._meta.verbose_name_plural if name in formsets else None
        return FieldChoice(
            name,
            str(label or form[name].label).capitalize(),
            before,
            _marked(before, words(self.stored)),
            _marked(before, words(self.mine)),
            is_changed_by_them=self.base.parts.get(name) != self.stored.parts[name],
            is_changed_by_me=self.base.parts.get(name) != self.mine.parts.get(name),
        )


def _loaded(text: str) -> Sheet | None:
    try:
        return Sheet.loads(text)
    except (ValueError, RecursionError):
        return None


def _marked(before: str, after: str) -> tuple[Passage, ...]:
    """``after`` with the words marked that ``before`` has not."""
    changed = differences({"text": before}, {"text": after})
    return changed[0].after if changed else (Passage(after, is_changed=False),) if after else ()


def _rows_in_words(formset: BaseInlineFormSet, rows: Sequence[SheetRow]) -> str:
    fields = formset.empty_form.fields
    said = (
        [_in_words(fields[name], v) for name, v in row.items() if name in fields] for row in rows
    )
    lines = [" · ".join(word for word in words if word) for words in said]
    is_ordered = "position" in fields
    return "\n".join(f"{n}. {line}" if is_ordered else line for n, line in enumerate(lines, 1))


def _in_words(field: forms.Field, values: Values) -> str:
    """A field's posted values as an editor reads them: rows and choices by their names."""
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        keys = [value for value in values if may_be_key(field.queryset.model._meta.pk, value)]
        return "\n".join(sorted(map(str, field.queryset.filter(pk__in=keys))))
    if isinstance(field, forms.ChoiceField):
        names = {str(value): str(label) for value, label in field.choices}  # type: ignore[misc,union-attr]
        return ", ".join(names.get(value, value) for value in values)
    if isinstance(field, forms.BooleanField):
        return "yes" if values else "no"
    return "\n".join(values)
