"""Progress of the signed-in athlete."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from exercises.models import Exercise
from exercises.search.lookup import exercise_at
from workouts.progress import exercise_progress
from workouts.views.access import AthleteRequest, cached_for_athlete, signed_in

SESSIONS_PER_PAGE = 40
SESSIONS_IN_PANEL = 3


@signed_in
@require_safe
@cached_for_athlete
def exercise(request: AthleteRequest, slug: str) -> HttpResponse:
    """One exercise over time: charts, records, and the table behind them. 3 queries.

    ``?part=own-history`` answers with the short panel of the exercise's page.
    """
    athlete = request.user.athlete
    subject = exercise_at(slug, user=request.user) or athlete.logged_exercise(slug)
    if subject is None:
        renamed = get_object_or_404(Exercise.objects.filter(owner=None), former_slugs__slug=slug)
        return redirect("progress:exercise", slug=renamed.slug)
    progress = exercise_progress(athlete, subject)
    context = {"exercise": subject, "progress": progress, "has_reps": progress.has_reps}
    if request.GET.get("part") == "own-history":
        return render(
            request,
            "workouts/exercise_progress.html#own-history",
            {**context, "rows": progress.rows(last=SESSIONS_IN_PANEL)},
        )
    places = range(len(progress.sessions))
    page = Paginator(places, SESSIONS_PER_PAGE).get_page(request.GET.get("page"))
    rows = progress.rows(page.start_index() - 1, page.end_index()) if page else []
    context |= {"page": page, "rows": rows}
    return render(request, "workouts/exercise_progress.html", context)
