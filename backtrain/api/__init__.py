"""/api/v1/: the verbs and rules of the pages, for an athlete's scripts. Its page says how."""

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from backtrain.api import body_weights, catalogue, exports, workouts
from backtrain.api.access import PerAthlete, Token
from backtrain.api.reading import Refused
from backtrain.api.schemas import Refusal

OUTDATED = "An exercise was deleted or merged while this was saved. Send it again."

api = NinjaAPI(
    title="Backtrain",
    version="1",
    description="Read the catalogue, read and write your own log.",
    urls_namespace="api",
    docs_url=None,
    openapi_url="openapi.json",
    auth=Token(),
    throttle=[PerAthlete("120/m")],
)
api.add_router("", catalogue.router, tags=["Catalogue"])
api.add_router("", workouts.router, tags=["Workouts"])
api.add_router("/body-weights/", body_weights.router, tags=["Body weight"])
api.add_router("/export/", exports.router, tags=["Export"])


@api.exception_handler(Refused)
def say_why(request: HttpRequest, refused: Refused) -> HttpResponse:
    return _refused(request, Refusal.model_validate(refused.answer))


@api.exception_handler(IntegrityError)
def say_outdated(request: HttpRequest, _: IntegrityError) -> HttpResponse:
    return _refused(request, Refusal(detail=OUTDATED))


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return api.create_response(request, refusal.model_dump(), status=422)
