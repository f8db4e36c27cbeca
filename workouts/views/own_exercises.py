"""An athlete's own exercises: list, make, change, archive, merge."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exercises.languages import shown_count, within
from exercises.models import Exercise, Status
from exercises.search.lookup import NameIndex
from workouts.forms.own_exercises import OwnExerciseForm
from workouts.models import Athlete
from workouts.own_exercises import (
    Gone,
    NamesTaken,
    NotMergeable,
    Reread,
    TakenName,
    Unreadable,
    create_own_exercise,
    forget_own_name,
    is_reckoned_alike,
    is_used,
    merge_own_exercise,
    names_of,
    remove_own_exercise,
    reread,
    restore_own_exercise,
    revise_own_exercise,
)
from workouts.progress.exercise import volume_text
from workouts.text_format import clean_name
from workouts.views.access import (
    AthleteRequest,
    kept_post,
    next_page,
    signed_in,
    signed_in_then,
)
from workouts.vocabulary import Unit

EXERCISES_PER_PAGE = 50
MOST_ALIKE = 5


@signed_in
@require_safe
def own_list(request: AthleteRequest) -> HttpResponse:
    """Own exercises, archived ones last, and own names for the catalogue's. 8 queries at most.

    ``?archived=`` names one to offer undo for.
    """
    athlete = request.user.athlete
    exercises = athlete.own_exercises().with_primary_targets()
    page = Paginator(exercises, EXERCISES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "active": [exercise for exercise in page if not exercise.is_archived],
        "archived": [exercise for exercise in page if exercise.is_archived],
        "names": athlete.own_names.filter(exercise__owner=None).select_related("exercise"),
        "just_archived": _just_archived(request),
    }
    return render(request, "workouts/own_exercises.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: AthleteRequest) -> HttpResponse:
    """A form: ``?name=`` fills the name in, ``?next=`` is where to go on afterwards. 4 queries."""
    if kept := kept_post(request):
        return _show(request, OwnExerciseForm(kept))
    if request.method != "POST":
        return _show(request, OwnExerciseForm(initial={"name": request.GET.get("name", "")}))
    form = OwnExerciseForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        exercise = create_own_exercise(owner=request.user, facts=form.facts)
    except NamesTaken as error:
        _explain_names(form, error)
        return _show(request, form, status=422)
    messages.success(
        request, _("“%(name)s” is one of your exercises now.") % {"name": exercise.name}
    )
    return redirect(next_page(request) or exercise)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AthleteRequest, slug: str) -> HttpResponse:
    """The same form with what is stored. 7 queries. What is gone by the time is given back."""
    exercise = request.user.own_exercises.filter(slug=slug).first()
    kept = kept_post(request)
    if exercise is None:
        return _give_back(request, kept or request.POST)
    if kept:
        return _show(request, OwnExerciseForm(kept, exercise=exercise), exercise=exercise)
    if request.method != "POST":
        return _show(request, OwnExerciseForm(exercise=exercise), exercise=exercise)
    form = OwnExerciseForm(request.POST, exercise=exercise)
    if not form.is_valid():
        return _show(request, form, exercise=exercise, status=422)
    try:
        revise_own_exercise(owner=request.user, exercise=exercise, facts=form.facts)
    except NamesTaken as error:
        _explain_names(form, error)
        return _show(request, form, exercise=exercise, status=422)
    except Unreadable as error:
        return _show(request, form, exercise=exercise, unreadable=error.reread, status=422)
    except Gone:
        return _give_back(request, request.POST)
    messages.success(request, _("Changes saved."))
    return redirect(exercise)


def _give_back(request: AthleteRequest, typed: QueryDict) -> HttpResponse:
    """The form of a new exercise with what was typed into that of one which is gone."""
    was = clean_name(typed.get("was", ""))
    if not was:  # so it is not from that form
        raise Http404("There is no such exercise.")
    gone = {"name": was, "now": names_of(request.user).find(was)}
    return _show(request, OwnExerciseForm(typed), gone=gone, status=409)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: AthleteRequest, slug: str) -> HttpResponse:
    """Ask, then delete what was never logged, or archive what was. 5-6 queries."""
    exercise = get_object_or_404(request.user.own_exercises, slug=slug)
    if request.method != "POST":
        context = {"exercise": exercise, "is_used": is_used(exercise)}
        return render(request, "workouts/own_exercise_delete.html", context)
    outcome = remove_own_exercise(owner=request.user, exercise=exercise)
    address = reverse("workouts:own-exercises")
    if outcome == "archived":
        return redirect(f"{address}?archived={slug}")
    messages.success(request, _("“%(name)s” is deleted.") % {"name": exercise.name})
    return redirect(address)


@signed_in_then("workouts:own-exercises")
@require_POST
def restore(request: AthleteRequest, slug: str) -> HttpResponse:
    """Bring back what was archived."""
    exercise = get_object_or_404(request.user.own_exercises, slug=slug)
    restore_own_exercise(exercise=exercise)
    messages.success(request, _("“%(name)s” is back.") % {"name": exercise.name})
    return redirect("workouts:own-exercises")


@signed_in_then("workouts:own-exercises")
@require_POST
def forget_name(request: AthleteRequest, pk: int) -> HttpResponse:
    """Let a private name of an exercise go."""
    name = get_object_or_404(request.user.athlete.own_names, pk=pk)
    forget_own_name(name)
    message = _("The log no longer takes “%(name)s” for another exercise.") % {"name": name.name}
    messages.success(request, message)
    return redirect("workouts:own-exercises")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: AthleteRequest, slug: str) -> HttpResponse:
    """Choose another exercise (``into``), see what would move, then merge. 7 queries to see."""
    exercise = get_object_or_404(request.user.own_exercises, slug=slug)
    others = Exercise.objects.loggable_by(request.user).exclude(pk=exercise.pk)
    open_to = list(others.defer("summary", "cues", "mistakes", "safety", "review_notes"))
    wanted = (request.POST or request.GET).get("into", "")
    target = next((each for each in open_to if str(each.pk) == wanted), None)
    if request.method == "POST" and target:
        return _merge(request, exercise, target)
    context = {
        "exercise": exercise,
        "target": target,
        "groups": _groups(exercise, open_to),
        **(_outlook(request.user.athlete, exercise, target) if target else {}),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workouts/own_exercise_merge.html", context, status=status)


def _outlook(athlete: Athlete, exercise: Exercise, target: Exercise) -> dict[str, object]:
    """What merging would do, with volumes as the athlete reads them. 2 queries."""
    outlook = reread(athlete, exercise, target)
    return {
        "reread": outlook,
        "is_reckoned_alike": is_reckoned_alike(exercise, target),
        "volume_before": _shown(outlook.volume_before_kg, athlete.unit),
        "volume_after": _shown(outlook.volume_after_kg, athlete.unit),
        "load_now": target.get_load_type_display(),
        "load_before": within(exercise.get_load_type_display()),
        "load_after": within(target.get_load_type_display()),
    }


def _shown(volume_kg: Decimal | None, unit: Unit) -> str:
    return pgettext("volume", "none") if volume_kg is None else volume_text(volume_kg, unit)


def _merge(request: AthleteRequest, exercise: Exercise, target: Exercise) -> HttpResponse:
    try:
        moved = merge_own_exercise(owner=request.user, source=exercise, target=target)
    except (Unreadable, NotMergeable):  # something was logged, or merged, a moment ago
        again = reverse("workouts:own-exercise-merge", args=[exercise.slug])
        return redirect(f"{again}?into={target.pk}")
    messages.success(request, _merged(exercise, target, moved.workout_count))
    return redirect("progress:exercise", slug=target.slug)


def _show(
    request: AthleteRequest,
    form: OwnExerciseForm,
    *,
    exercise: Exercise | None = None,
    unreadable: Reread | None = None,
    gone: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "exercise": exercise,
        "unreadable": unreadable,
        "gone": gone,
        "next": next_page(request),
        "is_kept": kept_post(request) is not None,
    }
    return render(request, "workouts/own_exercise_form.html", context, status=status)


def _just_archived(request: AthleteRequest) -> Exercise | None:
    """The exercise that ``?archived=`` offers to bring back."""
    slug = request.GET.get("archived", "").replace("\x00", "")
    if not slug:
        return None
    return request.user.own_exercises.filter(slug=slug, status=Status.ARCHIVED).first()


def _explain_names(form: OwnExerciseForm, error: NamesTaken) -> None:
    for taken in error.taken:
        form.add_error("aliases" if taken.is_alias else "name", _taken(taken))


def _taken(taken: TakenName) -> SafeString:
    """Which exercise goes by the name, with a link to it."""
    exercise = taken.exercise
    if exercise.status == Status.ARCHIVED:
        where = reverse("workouts:own-exercises")
        sentence = _(
            "“%(name)s” is the name of %(exercise)s, which you archived. You can bring it back."
        )
    elif exercise.is_own:
        where = reverse("workouts:own-exercise-edit", args=[exercise.slug])
        sentence = _("“%(name)s” is already a name of your own %(exercise)s.")
    else:
        where = exercise.get_absolute_url()
        sentence = _(
            "“%(name)s” is already a name of %(exercise)s in the catalogue. Log that, or choose"
            " another name."
        )
    link = format_html('<a href="{}">{}</a>', where, exercise.shown_name)
    places = {"name": "{name}", "exercise": "{exercise}"}
    return format_html(sentence % places, name=taken.name, exercise=link)


def _groups(exercise: Exercise, others: list[Exercise]) -> list[tuple[str, list[Exercise]]]:
    """The others to choose from, those with the most similar names first; no empty group."""
    alike = NameIndex((each.name_key, each) for each in others)
    groups = [
        (_("Most alike"), alike.nearest(exercise.name, limit=MOST_ALIKE)),
        (_("Yours"), [each for each in others if each.is_own]),
        (_("The catalogue"), [each for each in others if not each.is_own]),
    ]
    return [(label, exercises) for label, exercises in groups if exercises]


def _merged(exercise: Exercise, target: Exercise, workouts: int) -> str:
    names = {"name": exercise.name, "target": target.shown_name, "count": workouts}
    if not workouts:
        return (
            _("“%(name)s” is now “%(target)s”, in no workout. The old name goes on working.")
            % names
        )
    message = ngettext(
        "“%(name)s” is now “%(target)s”, in %(count)s workout. The old name goes on working.",
        "“%(name)s” is now “%(target)s”, in %(count)s workouts. The old name goes on working.",
        workouts,
    )
    return message % {**names, "count": shown_count(workouts)}
