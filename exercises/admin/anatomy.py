"""Muscles, equipment and sources on the desk."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html

from exercises.admin.desk import DeskAdmin, said_missing, with_last_change
from exercises.admin.filters import GapFilter
from exercises.admin.upstream import UpstreamFilter
from exercises.counting import counted
from exercises.footnotes import citations
from exercises.forms import MuscleForm
from exercises.models import Equipment, Exercise, Muscle, Source, Target


@admin.register(Muscle)
class MuscleAdmin(DeskAdmin):
    form = MuscleForm
    list_display = (
        "name",
        "common_name",
        "region",
        "kind",
        "layer",
        "missing",
        "differs",
        "parent",
        "last_changed",
    )
    list_filter = (GapFilter, UpstreamFilter, "region", "kind", "layer", "view", "is_volume_unit")
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
        ("Other languages", {"fields": ("translations",)}),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_last_change(super().get_queryset(request).with_gaps(), "muscle")

    @admin.display(description="Missing")
    def missing(self, obj: Muscle) -> str:
        return said_missing(obj.gaps)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Targets keep a muscle; those of athletes' own exercises are counted, not named."""
        *others, protected = super().get_deleted_objects(objs, request)
        own = Target.objects.filter(muscle__in=list(objs)).exclude(exercise__owner=None)
        named = {f"Target: {target}" for target in own.select_related("exercise", "muscle")}
        kept = [each for each in protected if each not in named]
        if named:
            kept.append(f"{counted(len(own), 'target')} of athletes’ own exercises")
        return (*others, kept)


@admin.register(Equipment)
class EquipmentAdmin(DeskAdmin):
    list_display = ("name", "kind", "differs", "is_home_friendly", "empty_weight_kg")
    list_filter = (UpstreamFilter, "kind", "is_home_friendly")
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
                    "translations",
                )
            },
        ),
    )


@admin.register(Source)
class SourceAdmin(DeskAdmin):
    formfield_overrides = {
        **DeskAdmin.formfield_overrides,
        models.URLField: {"assume_scheme": "https"},
    }
    list_display = ("key", "title", "differs", "url")
    list_filter = (UpstreamFilter,)
    search_fields = ("key", "title")
    fieldsets = ((None, {"fields": ("title", "key", "url")}),)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What cites it stands in the way; lists of sources that it is in just lose it."""
        cited = [citation for source in objs for citation in citations(source.key)]
        links = [format_html('<a href="{}">{}</a>', each.address, each.name) for each in cited]
        gone = [[str(source), _listing(source)] for source in objs]
        return [part for parts in gone for part in parts], {"sources": len(gone)}, set(), links

    def get_readonly_fields(
        self, request: HttpRequest, obj: Source | None = None
    ) -> tuple[str, ...]:
        """Texts cite the key, so one that is in use stays."""
        return ("key",) if obj else ()


def _listing(source: Source) -> list[str]:
    """The exercises and muscles that have the source among theirs. 2 queries."""
    listing = [
        *Exercise.objects.filter(owner=None, sources=source),
        *Muscle.objects.filter(sources=source),
    ]
    return [f"{row}: leaves its sources" for row in listing]
