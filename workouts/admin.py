"""Workouts for support staff: to look at, never to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from workouts.models import Entry, Workout


class ReadOnly:
    """Neither adding, changing nor deleting, whatever the permissions say."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class EntryInline(ReadOnly, admin.TabularInline):
    model = Entry
    fields = ("position", "exercise", "hard_sets", "reps", "top_weight_kg", "best_e1rm_kg")


@admin.register(Workout)
class WorkoutAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("day", "athlete", "title", "source", "revision", "deleted_at")
    list_filter = ("source", "day")
    list_select_related = ("athlete__user",)
    search_fields = ("athlete__user__username", "athlete__user__email", "=id")
    date_hierarchy = "day"
    exclude = ("started_at", "time_zone")  # shown where it was: Django would show it in UTC
    readonly_fields = ("began",)
    inlines = (EntryInline,)

    @admin.display(description="began")
    def began(self, workout: Workout) -> str:
        return f"{workout.local_start:%Y-%m-%d %H:%M} {workout.time_zone}"
