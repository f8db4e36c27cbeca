"""The editor's desk: muscles, equipment, exercises and their sources in Django admin."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from exercises.models import Alias, Equipment, Exercise, Muscle, Picture, Source, Step, Target
from exercises.names import name_key


class StepInline(admin.TabularInline):
    model = Step
    extra = 0


class TargetInline(admin.TabularInline):
    model = Target
    extra = 0
    autocomplete_fields = ("muscle",)


class AliasFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        """Aliases that are new together are not in the database yet for each other to find."""
        super().clean()
        kept = [form for form in self.forms if form.is_valid() and form not in self.deleted_forms]
        names = [form.cleaned_data["name"] for form in kept if form.has_changed()]
        if len({name_key(name) for name in names}) < len(names):
            raise ValidationError("Two of these aliases differ in case, hyphens or plural only.")


class AliasInline(admin.TabularInline):
    model = Alias
    formset = AliasFormSet
    extra = 0


class PictureInline(admin.StackedInline):
    model = Picture
    extra = 0


@admin.register(Exercise)
class ExerciseAdmin(SimpleHistoryAdmin):
    """The catalogue. Athletes' own exercises are private and do not show here."""

    list_display = ("name", "status", "primary_muscles", "pattern", "level", "load_type")
    list_filter = (
        "status",
        "level",
        "mechanic",
        "force",
        "load_type",
        ("muscles", admin.RelatedOnlyFieldListFilter),
        ("equipment", admin.RelatedOnlyFieldListFilter),
        "pattern",
    )
    search_fields = ("name", "slug", "aliases__name")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = (
        "equipment",
        "alternative_equipment",
        "variation_of",
        "harder",
        "sources",
    )
    inlines = (StepInline, TargetInline, AliasInline, PictureInline)
    list_per_page = 50
    save_on_top = True
    fieldsets = (
        (None, {"fields": (("name", "slug"), ("status", "article_place"))}),
        ("Text", {"fields": ("summary", "cues", "mistakes", "safety", "sources")}),
        (
            "What kind of exercise",
            {"fields": (("pattern", "level"), ("force", "mechanic"), "laterality")},
        ),
        (
            "Load and equipment",
            {
                "fields": (
                    ("load_type", "bodyweight_fraction"),
                    ("grip_orientation", "grip_width"),
                    ("equipment", "alternative_equipment"),
                )
            },
        ),
        ("Relatives", {"fields": ("variation_of", "harder")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Exercise]:
        return Exercise.objects.filter(owner=None).with_primary_muscles()

    def has_view_history_or_change_history_permission(
        self, request: HttpRequest, obj: Exercise | None = None
    ) -> bool:
        """The history pages find rows on their own, past ``get_queryset``."""
        is_private = obj is not None and obj.is_own
        may_see: bool = super().has_view_history_or_change_history_permission(request, obj)
        return may_see and not is_private

    def view_on_site(self, obj: Exercise) -> str | None:
        """Only what a visitor can open."""
        return obj.get_absolute_url() if obj.status == "published" else None

    @admin.display(description="Trains")
    def primary_muscles(self, obj: Exercise) -> str:
        return ", ".join(target.muscle.name for target in obj.primary_targets)


@admin.register(Muscle)
class MuscleAdmin(SimpleHistoryAdmin):
    list_display = ("name", "common_name", "region", "kind", "layer", "is_volume_unit", "parent")
    list_filter = ("region", "kind", "layer", "view", "is_volume_unit")
    list_select_related = ("parent",)
    search_fields = ("name", "latin", "common_name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("parent", "antagonists", "sources")
    fieldsets = (
        (None, {"fields": (("name", "slug"), ("latin", "common_name"))}),
        ("Text", {"fields": ("text", "sources")}),
        (
            "Anatomy",
            {"fields": ("origin", "insertion", "actions", "nerve", "antagonists")},
        ),
        (
            "Place",
            {
                "fields": (
                    ("kind", "parent"),
                    ("region", "view", "layer"),
                    ("is_volume_unit", "position"),
                )
            },
        ),
    )


@admin.register(Equipment)
class EquipmentAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "is_home_friendly", "empty_weight_kg")
    list_filter = ("kind", "is_home_friendly")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ("key", "title", "url")
    search_fields = ("key", "title")


admin.site.site_header = "Backtrain: editor's desk"
admin.site.site_title = "Backtrain"
admin.site.index_title = "What would you like to edit?"
