"""Muscles, equipment and sources on the desk."""

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from exercises.admin.desk import DeskAdmin
from exercises.admin.filters import GapFilter
from exercises.models import Equipment, Muscle, Source


@admin.register(Muscle)
class MuscleAdmin(DeskAdmin):
    list_display = ("name", "common_name", "region", "kind", "layer", "missing", "parent")
    list_filter = (GapFilter, "region", "kind", "layer", "view", "is_volume_unit")
    list_select_related = ("parent",)
    search_fields = ("name", "latin", "common_name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("parent", "antagonists", "sources")
    previews = {"text": "prose"}
    save_on_top = True
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

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Muscle]":
        return Muscle.objects.with_gaps()

    @admin.display(description="Missing")
    def missing(self, obj: Muscle) -> str:
        return ", ".join(obj.gaps)


@admin.register(Equipment)
class EquipmentAdmin(DeskAdmin):
    list_display = ("name", "kind", "is_home_friendly", "empty_weight_kg")
    list_filter = ("kind", "is_home_friendly")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name", "slug"),
                    ("kind", "position"),
                    ("empty_weight_kg", "is_home_friendly"),
                    "note",
                )
            },
        ),
    )


@admin.register(Source)
class SourceAdmin(DeskAdmin):
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ("key", "title", "url")
    search_fields = ("key", "title")
    fieldsets = ((None, {"fields": ("title", "key", "url")}),)
