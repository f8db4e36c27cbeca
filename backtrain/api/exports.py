"""All that the athlete has, as the files of /data/export/."""

from django.http.response import HttpResponseBase
from ninja import Router

from workouts.views.access import AthleteRequest
from workouts.views.exports import csv_file, json_file, notebook_file

router = Router()


@router.get("everything.json", response={200: None})
def everything(request: AthleteRequest) -> HttpResponseBase:
    """Everything, as docs/data.md describes it. It can be brought in again."""
    return json_file(request.user.athlete)


@router.get("workouts.csv", response={200: None})
def workouts_csv(request: AthleteRequest) -> HttpResponseBase:
    """A row a set."""
    return csv_file(request.user.athlete)


@router.get("notebook.txt", response={200: None})
def notebook(request: AthleteRequest) -> HttpResponseBase:
    """The whole log in the text format."""
    return notebook_file(request.user.athlete)
