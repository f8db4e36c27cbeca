"""Workouts for support staff: to look at, never to change."""

from django.contrib import admin

from exercises.admin.read_only import ReadOnly
from workouts.models import Entry, Workout


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
