"""Progress of one muscle, for the signed-in athlete."""

from django.db import connection
from django.db.models import CharField, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from exercises.models import Muscle
from exercises.prepared import PreparedQuery, columns_of
from workouts.progress.muscle import muscle_progress
from workouts.views.access import AthleteRequest, cached_for_athlete, signed_in

MUSCLE = columns_of(Muscle)
_family = PreparedQuery(
    lambda slug: Muscle.objects.filter(Q(slug=slug) | Q(parent__slug=slug)).values_list(*MUSCLE),
    slug=CharField(),
)


@signed_in
@require_safe
@cached_for_athlete
def muscle(request: AthleteRequest, slug: str) -> HttpResponse:
    """One muscle's sets over weeks, the exercises that gave them, and the sets behind. 5 queries.

    A part that no exercise names alone leads to the group that it counts under.
    """
    found = [Muscle.from_db(connection.alias, MUSCLE, row) for row in _family.rows(slug=slug)]
    family = sorted(found, key=lambda each: (each.slug != slug, each.position, each.slug))
    if not family or family[0].slug != slug:
        renamed = get_object_or_404(Muscle, former_slugs__slug=slug)
        return redirect("progress:muscle", slug=renamed.slug)
    subject = family[0]
    if subject.counted_as != subject:
        return redirect("progress:muscle", slug=subject.counted_as.slug)
    athlete = request.user.athlete
    progress = muscle_progress(
        athlete,
        family,
        today=athlete.day_at(timezone.now()),
        chosen=request.GET.get("range", ""),
        asked_for=request.GET.get("from", ""),
    )
    return render(request, "progress/muscle.html", {"muscle": subject, "progress": progress})
