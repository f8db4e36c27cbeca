from django.urls import include, path

from workouts.views import history, log, progress, settings

workouts = [
    path("", history.workout_list, name="list"),
    path("new/", log.new, name="new"),
    path("<uuid:pk>/", history.workout_detail, name="detail"),
    path("<uuid:pk>/edit/", log.edit, name="edit"),
    path("<uuid:pk>/copy/", log.copy, name="copy"),
    path("<uuid:pk>/delete/", history.delete, name="delete"),
    path("<uuid:pk>/restore/", history.restore, name="restore"),
]

progress_pages = [
    path("exercises/<slug:slug>/", progress.exercise, name="exercise"),
]

urlpatterns = [
    path("workouts/", include((workouts, "workouts"))),
    path("progress/", include((progress_pages, "progress"))),
    path("accounts/settings/", settings.settings, name="settings"),
    path("exercises/own/equipment/", settings.owned_equipment, name="owned-equipment"),
]
