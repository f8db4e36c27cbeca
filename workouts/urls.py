from django.urls import include, path

from workouts.views import (
    body_weight,
    deleted,
    exports,
    history,
    imports,
    muscle,
    names,
    own_exercises,
    plates,
    progress,
    rests,
    routines,
    settings,
    starters,
    tokens,
    years,
)
from workouts.views.log import drafts, opening

workouts = [
    path("", history.workout_list, name="list"),
    path("new/", opening.new, name="new"),
    path("names/", names.names, name="names"),
    path("rests/", rests.rests, name="rests"),
    path("draft/", drafts.draft, name="draft"),
    path("draft/discard/", drafts.discard, name="draft-discard"),
    path("draft/restore/", drafts.restore, name="draft-restore"),
    path("deleted/", deleted.deleted_list, name="deleted"),
    path("<uuid:pk>/", history.workout_detail, name="detail"),
    path("<uuid:pk>/edit/", opening.edit, name="edit"),
    path("<uuid:pk>/copy/", opening.copy, name="copy"),
    path("<uuid:pk>/delete/", deleted.delete, name="delete"),
    path("<uuid:pk>/restore/", deleted.restore, name="restore"),
]

own_exercise_pages = [
    path("", own_exercises.own_list, name="own-exercises"),
    path("new/", own_exercises.create, name="own-exercise-create"),
    path("names/<int:pk>/forget/", own_exercises.forget_name, name="own-name-forget"),
    path("<slug:slug>/edit/", own_exercises.edit, name="own-exercise-edit"),
    path("<slug:slug>/delete/", own_exercises.delete, name="own-exercise-delete"),
    path("<slug:slug>/restore/", own_exercises.restore, name="own-exercise-restore"),
    path("<slug:slug>/merge/", own_exercises.merge, name="own-exercise-merge"),
]

progress_pages = [
    path("", progress.overview, name="overview"),
    path("exercises/", progress.exercises, name="exercises"),
    path("records/", progress.records, name="records"),
    path("exercises/<slug:slug>/", progress.exercise, name="exercise"),
    path("exercises/<slug:slug>/favourite/", progress.favourite, name="favourite"),
    path("muscles/<slug:slug>/", muscle.muscle, name="muscle"),
    path("years/<int:year>/", years.year, name="year"),
    path("years/<int:year>/picture.png", years.picture, name="year-picture"),
]

data_pages = [
    path("import/", imports.imports, name="imports"),
    path("import/<int:pk>/", imports.detail, name="import"),
    path("import/<int:pk>/progress/", imports.progress, name="import-progress"),
    path("export/", exports.exports, name="exports"),
    path("export/workouts.csv", exports.workouts_csv, name="csv"),
    path("export/everything.json", exports.everything_json, name="json"),
    path("export/notebook.txt", exports.notebook, name="notebook"),
    path("import/<int:pk>/undo/", imports.take_back, name="import-undo"),
]

routine_pages = [
    path("", routines.routine_list, name="list"),
    path("new/", routines.new, name="new"),
    path("<uuid:pk>/", routines.detail, name="detail"),
    path("<uuid:pk>/edit/", routines.edit, name="edit"),
    path("<uuid:pk>/copy/", routines.copy, name="copy"),
    path("<uuid:pk>/delete/", routines.delete, name="delete"),
    path("<uuid:pk>/restore/", routines.restore, name="restore"),
    path("<uuid:pk>/move/", routines.move, name="move"),
    path("add/<slug:slug>/", routines.add, name="add"),
    path("starters/", starters.starter_list, name="starters"),
    path("starters/<slug:slug>/", starters.starter, name="starter"),
    path("starters/<slug:slug>/use/", starters.use, name="starter-use"),
]

# Two places, one namespace
pages = [
    path("workouts/", include(workouts)),
    path("exercises/own/", include(own_exercise_pages)),
]

urlpatterns = [
    path("", include((pages, "workouts"))),
    path("progress/", include((progress_pages, "progress"))),
    path("routines/", include((routine_pages, "routines"))),
    path("bodyweight/", body_weight.body_weight, name="body-weight"),
    path("bodyweight/goal/", body_weight.goal, name="body-weight-goal"),
    path("bodyweight/restore/", body_weight.restore, name="body-weight-restore"),
    path("bodyweight/<int:pk>/edit/", body_weight.edit, name="body-weight-edit"),
    path("bodyweight/<int:pk>/delete/", body_weight.delete, name="body-weight-delete"),
    path("data/", include((data_pages, "data"))),
    path("plates/", plates.plates, name="plates"),
    path("plates/own/", plates.own, name="own-plates"),
    path("accounts/settings/", settings.settings, name="settings"),
    path("accounts/tokens/", tokens.tokens, name="tokens"),
    path("accounts/tokens/<int:pk>/revoke/", tokens.revoke, name="token-revoke"),
    path("exercises/own/equipment/", settings.owned_equipment, name="owned-equipment"),
]
