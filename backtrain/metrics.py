"""What requests and queries cost: figures for Prometheus, and slow queries in the log.

The figures are asked for with METRICS_TOKEN, directly at the server as /healthz/ is. With several
processes they lie in METRICS_ROOT, so that whichever process is asked answers for all.
"""

import logging
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.crypto import constant_time_compare
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client import multiprocess as processes
from prometheus_client.core import InfoMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from backtrain.environment import make_folder
from exercises.page_cache import build

logger = logging.getLogger(__name__)

PATH = "/metrics"
NOT_COUNTED = "backtrain.not_counted"  # in the environment of what the site asks itself
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

if settings.METRICS_ROOT:
    make_folder("METRICS_ROOT", settings.METRICS_ROOT)
registry = CollectorRegistry()
requests = Counter("backtrain_requests", "Answers", ("view", "method", "status"), registry=registry)
durations = Histogram(
    "backtrain_request_seconds",
    "From a request to its answer",
    ("view",),
    registry=registry,
    buckets=SECONDS,
)
database_seconds = Counter(
    "backtrain_database_seconds", "Waiting for the database", ("view",), registry=registry
)
queries = Counter("backtrain_database_queries", "Queries", ("view",), registry=registry)
pages = Counter(
    "backtrain_kept_pages", "Pages asked of those that were drawn", ("kept",), registry=registry
)


class MetricsMiddleware:
    """Counts every answer by its view, answers /metrics, and logs queries that take long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == PATH and settings.METRICS_TOKEN:
            return figures(request)
        began, watch = time.perf_counter(), Watch(request)
        with ExitStack() as watched:
            for connection in connections.all():
                watched.enter_context(connection.execute_wrapper(watch))
            response = self.get_response(request)
        if settings.METRICS_TOKEN and NOT_COUNTED not in request.META:
            _count(request, response, time.perf_counter() - began, watch)
        return response


class Watch:
    """How many queries a request makes and how long they take."""

    def __init__(self, request: HttpRequest) -> None:
        self.request, self.queries, self.seconds = request, 0, 0.0

    def __call__(self, execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            seconds = time.perf_counter() - began
            self.queries += 1
            self.seconds += seconds
            if 0 < settings.SLOW_QUERY_MS <= seconds * 1000:
                self._tell(str(sql), round(seconds * 1000))

    def _tell(self, sql: str, ms: int) -> None:
        """Without its values, which are an athlete's: the SQL has places for them."""
        view = view_of(self.request)
        details = {"view": view, "ms": ms}
        logger.warning(
            "A query of %s took %d ms: %s", view, ms, " ".join(sql.split()), extra=details
        )


def view_of(request: HttpRequest) -> str:
    """The address's name, of which there are as many as patterns; "none" where none fits."""
    match = request.resolver_match
    return (match.view_name or match.route) if match else "none"


def figures(request: HttpRequest) -> HttpResponse:
    """All figures for whoever has the token; for all others there is no such page."""
    told = request.headers.get("Authorization", "")
    if not constant_time_compare(told, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponseNotFound(content_type="text/plain")
    answer = HttpResponse(generate_latest(_all()), content_type=CONTENT_TYPE_PLAIN_0_0_4)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _all() -> CollectorRegistry:
    everything = CollectorRegistry()
    if settings.METRICS_ROOT:
        processes.MultiProcessCollector(everything, settings.METRICS_ROOT)  # type: ignore[no-untyped-call]
    else:
        everything.register(registry)
    everything.register(Build())
    return everything


class Build:
    """Which code answers."""

    def collect(self) -> list[InfoMetricFamily]:
        return [InfoMetricFamily("backtrain_build", "The code", value={"version": build()[:12]})]


def _count(request: HttpRequest, response: HttpResponse, seconds: float, watch: Watch) -> None:
    view = view_of(request)
    method = request.method if request.method in METHODS else "other"
    requests.labels(view, method, response.status_code).inc()
    durations.labels(view).observe(seconds)
    database_seconds.labels(view).inc(watch.seconds)
    queries.labels(view).inc(watch.queries)
    is_kept = getattr(request, "is_kept_page", None)
    if is_kept is not None:
        pages.labels("yes" if is_kept else "no").inc()
