"""What the rest timer of a session asks, and what it is told."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from workouts.forms.log import RestForm
from workouts.own_exercises import names_of
from workouts.rests import keep_rest, rests_of
from workouts.views.access import AthleteRequest, signed_in_script


@signed_in_script
@require_http_methods(["GET", "HEAD", "POST"])
def rests(request: AthleteRequest) -> HttpResponse:
    """Seconds between sets, by exercise. Posted are the ``seconds`` of one, or without a ``name``
    of all that have none of their own.
    """
    athlete = request.user.athlete
    if request.method == "POST":
        form = RestForm(request.POST)
        if not form.is_valid():
            return HttpResponse(status=422)
        name = form.cleaned_data["name"]
        exercise = names_of(request.user).find(name) if name else None
        if name and exercise is None:
            return HttpResponse(status=404)
        keep_rest(athlete=athlete, exercise=exercise, seconds=form.cleaned_data["seconds"])
    kept = rests_of(athlete)
    return JsonResponse({"usual": kept.usual, "exercises": kept.by_name})
