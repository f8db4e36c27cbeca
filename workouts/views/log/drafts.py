"""Keeping a log form while it is written: what its script sends, and its buttons without one."""

import uuid
from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from workouts.drafts import (
    AlreadySaved,
    DraftChanged,
    TooLong,
    discard_draft,
    keep_draft,
    restore_draft,
    versions_in,
)
from workouts.known import Known
from workouts.models import Workout, WorkoutDraft
from workouts.reckoning.sessions import read_session
from workouts.views.access import (
    AthleteRequest,
    signed_in_script,
    signed_in_then,
    without_buttons,
)
from workouts.views.log.grid import form_of, title_in
from workouts.views.log.reading import preview
from workouts.views.log.showing import DISCARDED, draft_key, draft_text, is_another, show


@signed_in_script
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: AthleteRequest) -> HttpResponse:
    """The version of the draft, or of that of an edit (``workout``); a form that is sent is kept.

    404 where there is nothing to keep it to, and where the draft that the device knows is gone:
    whoever goes on writing sends it anew, without a version. 409 has both as a piece of the page.
    """
    if request.method != "POST":
        return _version(request)
    if request.POST.get("owner") != str(request.user.pk):
        return HttpResponse(status=403)  # another one has signed in on this device
    try:
        kept = keep_posted(request, request.POST)
    except (ValueError, TooLong):
        return HttpResponse(status=422)
    except Workout.DoesNotExist:
        return HttpResponse(status=404)
    except AlreadySaved as saved:
        return _conflict(request, saved=saved.workout)
    except DraftChanged as changed:
        if changed.current is None:
            return HttpResponse(status=404)
        return _conflict(request, other=changed.current)
    return JsonResponse({"version": kept.version})


def _conflict(
    request: AthleteRequest, *, other: WorkoutDraft | None = None, saved: Workout | None = None
) -> HttpResponse:
    context = {
        "other": other,
        "other_text": draft_text(request, other) if other else "",
        "is_another": is_another(request, other),
        "saved": saved,
        "draft_key": draft_key(request, request.POST["id"]),
    }
    return render(request, "workouts/draft_conflict.html", context, status=409)


def _version(request: AthleteRequest) -> HttpResponse:
    keys = versions_in(request.GET.get("workout", ""))
    stored = request.user.athlete.drafts.about(keys[0] if keys else None)
    return JsonResponse({"version": stored and stored.version})


@signed_in_then("workouts:new")
@require_POST
def discard(request: AthleteRequest) -> HttpResponse:
    """Away with the draft that the form knows, and what it has beyond that; one that was changed
    since is shown instead. The page offers to bring it back.
    """
    posted = request.POST
    known = versions_in(posted.get("draft", ""))
    if posted.get("owner") == str(request.user.pk):
        with suppress(ValueError, TooLong, AlreadySaved, DraftChanged, Workout.DoesNotExist):
            known = [keep_posted(request, posted).version]
    is_gone = discard_draft(athlete=request.user.athlete, known=known, at=timezone.now())
    edited = versions_in(posted.get("id", "")) if posted.get("revision") else []
    return redirect(f"{_page_of(*edited[-1:])}{f'?{DISCARDED}' if is_gone else ''}")


@signed_in_then("workouts:new")
@require_POST
def restore(request: AthleteRequest) -> HttpResponse:
    """Bring back the draft that was discarded last."""
    draft = restore_draft(athlete=request.user.athlete, at=timezone.now())
    if draft is None:
        messages.info(request, _("There is nothing to bring back any more."))
        return redirect("workouts:new")
    return redirect(_page_of(draft.workout_id))


def _page_of(workout: uuid.UUID | None = None) -> str:
    """The form that edits a workout, or that of a new one."""
    return reverse("workouts:edit", args=[workout]) if workout else reverse("workouts:new")


def keep(request: AthleteRequest, posted: QueryDict, workout: Workout | None) -> HttpResponse:
    """Keep the form as a draft, whatever is in it."""
    form = form_of(posted, workout, Known(request.user, workout))
    try:
        keep_posted(request, posted)
    except (ValueError, TooLong):
        form.is_valid()
        return show(request, form, workout=workout, status=422)
    except AlreadySaved as saved:
        return show(request, form, saved=saved.workout, status=409)
    except DraftChanged as changed:
        return show_other(request, workout, changed)
    messages.success(request, _("Draft kept. Go on with it on any of your devices."))
    return redirect("workouts:edit", workout.pk) if workout else redirect("workouts:new")


def show_other(
    request: AthleteRequest, workout: Workout | None, changed: DraftChanged
) -> HttpResponse:
    """Both texts of a draft; what is sent next takes the other's place, which is known by then."""
    posted, known = request.POST.copy(), Known(request.user, workout)
    if other := changed.current:
        posted["draft"] = f"{posted.get('draft', '')} {other.version}"
    else:
        posted["draft"] = ""
    form = form_of(posted, workout, known)
    reading = preview(request, form, known)
    return show(request, form, workout=workout, reading=reading, other=other, status=409)


def keep_posted(request: AthleteRequest, posted: QueryDict) -> WorkoutDraft:
    """Keep a log form. Raises what ``keep_draft`` does, and ValueError if it has no key."""
    fields = without_buttons(posted)
    known = versions_in(f"{fields.pop('draft', [''])[-1]} {posted.get('keep', '')}")
    version = versions_in(fields.pop("version", [""])[-1])
    session = read_session(posted.get("started", ""))
    return keep_draft(
        athlete=request.user.athlete,
        key=uuid.UUID(posted.get("id", "")),
        form=fields.urlencode().replace("%0D%0A", "%0A"),
        is_edit=bool(posted.get("revision")),
        title=title_in(posted),
        started_at=session.started_at if session else None,
        known=known,
        version=version[-1] if version else None,
    )
