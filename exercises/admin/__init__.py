"""The editor's desk: muscles, equipment, exercises and their sources in Django admin."""

from django.contrib import admin

from exercises.admin.activity import ActivityAdmin
from exercises.admin.anatomy import EquipmentAdmin, MuscleAdmin, SourceAdmin
from exercises.admin.catalogue import ExerciseAdmin
from exercises.admin.upstream import OpenConflictAdmin

__all__ = [
    "ActivityAdmin",
    "EquipmentAdmin",
    "ExerciseAdmin",
    "MuscleAdmin",
    "OpenConflictAdmin",
    "SourceAdmin",
]

admin.site.site_header = "Backtrain: editor's desk"
admin.site.site_title = "Backtrain"
admin.site.enable_nav_sidebar = False  # a few tables, which the breadcrumbs lead to
admin.site.index_title = "What would you like to edit?"
