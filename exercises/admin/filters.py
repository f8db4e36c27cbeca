"""Filters of the desk's lists."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from exercises.models import Exercise


class GapFilter(admin.SimpleListFilter):
    """By what a row still lacks; the model's ``GAPS`` name what there is to lack."""

    title = "what is missing"
    parameter_name = "missing"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        gaps = [(gap, f"No {gap}") for gap in model_admin.model.GAPS]
        return [("nothing", "Nothing"), *gaps]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        model = queryset.model
        if self.value() == "nothing":
            return queryset.filter(*(~model.lacking(gap) for gap in model.GAPS))
        if self.value() not in model.GAPS:
            return queryset
        return queryset.filter(model.lacking(self.value()))


class ReviewFilter(admin.SimpleListFilter):
    """Imported texts that nobody has looked at yet."""

    title = "review"
    parameter_name = "review"

    def lookups(
        self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]"
    ) -> list[tuple[str, str]]:
        return [("waiting", "Imported, to be looked at")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        if self.value() != "waiting":
            return queryset
        return queryset.filter(pk__in=Exercise.objects.unreviewed())
