"""/api/v1/: the verbs and rules of the pages, for an athlete's scripts. Its page says how."""

from ninja import NinjaAPI

from backtrain.api import body_weights, catalogue, exports, workouts
from backtrain.api.access import PerAthlete, Token

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
