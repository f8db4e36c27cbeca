"""An athlete's own settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workouts.forms.settings import SettingsForm
from workouts.views.access import AthleteRequest, kept_post, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: AthleteRequest) -> HttpResponse:
    """Unit, time zone, week start, and what they have to train with."""
    athlete = request.user.athlete
    form = SettingsForm(request.POST or kept_post(request), instance=athlete)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Settings saved."))
        return redirect("settings")
    context = {
        "form": form,
        "weighed": request.user.athlete.body_weights.first(),
        "is_kept": kept_post(request) is not None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workouts/settings.html", context, status=status)


@signed_in
@require_safe
def owned_equipment(request: AthleteRequest) -> HttpResponse:
    """To the catalogue, with what the athlete owns as the only equipment. 4 queries.

    The rest of the query goes along. Whoever has not said what they own is asked to.
    """
    owned = list(request.user.athlete.equipment.values_list("slug", flat=True))
    if not owned:
        messages.info(request, _("Tick what you have to train with, then find exercises for it."))
        return redirect(f"{reverse('settings')}#equipment")
    query = request.GET.copy()
    query.pop("page", None)
    query.setlist("equipment", owned)
    query["only"] = "equipment"
    return redirect(f"{reverse('exercises:exercises')}?{query.urlencode()}")
