"""An athlete's own data, to take along."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from workouts.audit import record
from workouts.data.exporting import as_csv, as_json, as_notebook
from workouts.models import Athlete
from workouts.views.access import AthleteRequest, signed_in


@signed_in
@require_safe
def exports(request: AthleteRequest) -> HttpResponse:
    """What can be taken along. 2 queries."""
    count = request.user.athlete.workouts.live().count()
    return render(request, "data/exports.html", {"count": count})


@signed_in
@require_safe
def workouts_csv(request: AthleteRequest) -> StreamingHttpResponse:
    return csv_file(request.user.athlete)


@signed_in
@require_safe
def everything_json(request: AthleteRequest) -> StreamingHttpResponse:
    return json_file(request.user.athlete)


@signed_in
@require_safe
def notebook(request: AthleteRequest) -> StreamingHttpResponse:
    return notebook_file(request.user.athlete)


def csv_file(athlete: Athlete) -> StreamingHttpResponse:
    return _file(athlete, as_csv(athlete), "text/csv; charset=utf-8", "csv")


def json_file(athlete: Athlete) -> StreamingHttpResponse:
    pieces = as_json(athlete, at=timezone.now())
    return _file(athlete, pieces, "application/json", "json")


def notebook_file(athlete: Athlete) -> StreamingHttpResponse:
    return _file(athlete, as_notebook(athlete), "text/plain; charset=utf-8", "txt")


def _file(
    athlete: Athlete, pieces: Iterator[str], content_type: str, ending: str
) -> StreamingHttpResponse:
    """A download that is made while it is sent."""
    record("export", user=athlete.user_id)
    day = athlete.day_at(timezone.now())
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="backtrain-{day}.{ending}"'
    response["Cache-Control"] = "no-store"
    return response
