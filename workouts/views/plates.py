"""Plates for a weight, for everyone; the athlete's own bars and plates."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exercises.models import Exercise
from workouts.bars import racks_of, set_racks
from workouts.forms.plates import PlatesForm, RacksForm
from workouts.views.access import AthleteRequest, kept_post, signed_in
from workouts.vocabulary import Unit


@require_safe
def plates(request: HttpRequest) -> HttpResponse:
    """How a weight is loaded, how to warm up to it, what it is in the other unit. 0-6 queries."""
    athlete = request.user.athlete if request.user.is_authenticated else None
    unit = Unit(athlete.unit) if athlete else Unit.KG
    is_asked = "weight" in request.GET
    form = PlatesForm(request.GET if is_asked else None, racks=racks_of(athlete), unit=unit)
    slug = request.GET.get("exercise", "").replace("\x00", "")  # which PostgreSQL can't look up
    context = {
        "form": form,
        "plates": form.page if is_asked and form.is_valid() else None,
        "exercise": Exercise.objects.named(slug, user=request.user) if slug else None,
    }
    return render(request, "workouts/plates.html", context, status=200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: AthleteRequest) -> HttpResponse:
    """The athlete's own bars and plates."""
    athlete = request.user.athlete
    form = RacksForm(request.POST or kept_post(request), racks=racks_of(athlete))
    if request.method == "POST" and form.is_valid():
        set_racks(athlete=athlete, racks=form.racks)
        messages.success(request, _("Bars and plates saved."))
        return redirect("plates")
    context = {"form": form, "is_kept": kept_post(request) is not None}
    status = 422 if request.method == "POST" else 200
    return render(request, "workouts/own_plates.html", context, status=status)
