"""What a line in the logs says."""

import json
import logging
import re
from io import StringIO

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.log import configure_logging

from backtrain.logs import (
    NOTHING,
    JSONFormatter,
    RequestFilter,
    RequestIdMiddleware,
    current_id,
    forget_request,
)

logger = logging.getLogger("tests.logs")


@pytest.fixture
def lines():
    """What the site's own handler writes, as lines."""
    formatter = settings.LOGGING["formatters"]["line"]
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        logging.Formatter(formatter["format"], formatter["datefmt"], formatter["style"])
    )
    handler.addFilter(RequestFilter())
    logger.addHandler(handler)
    yield lambda: stream.getvalue().splitlines()
    logger.removeHandler(handler)


class TestLine:
    def test_tells_time_level_request_and_client(self, lines):
        def view(request):
            logger.warning("slept badly")
            return HttpResponse()

        request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.9")
        response = RequestIdMiddleware(view)(request)

        forget_request()
        [line] = lines()
        found = re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ WARNING ([0-9a-f]{12}) 203\.0\.113\.9"
            r" tests\.logs: slept badly",
            line,
        )
        assert found[1] == response.headers["X-Request-ID"]

    def test_outside_of_requests_says_that_there_is_none(self, lines):
        logger.warning("slept badly")

        [line] = lines()
        assert line.endswith("Z WARNING - - tests.logs: slept badly")


class TestJSON:
    @pytest.fixture
    def objects(self, lines):
        """What is written with LOG_FORMAT=json."""
        logger.handlers[-1].setFormatter(JSONFormatter())
        return lambda: [json.loads(line) for line in lines()]

    def test_has_what_a_line_has_and_what_was_said_besides(self, objects):
        with time_machine.travel("2024-02-29T12:00:00.25Z", tick=False):
            logger.warning("slept %d times", 2, extra={"event": "sleep", "request": object()})

        assert objects() == [
            {
                "at": "2024-02-29T12:00:00.250Z",
                "level": "WARNING",
                "logger": "tests.logs",
                "message": "slept 2 times",
                "request_id": "-",
                "client": "-",
                "event": "sleep",
            }
        ]

    def test_is_one_line_with_an_error_too(self, objects):
        try:
            raise ValueError("two\nlines")
        except ValueError:
            logger.exception("slept badly")

        [line] = objects()
        assert line["exception"].endswith("ValueError: two\nlines")


class TestRequestId:
    def test_is_new_each_time_and_gone_afterwards(self, client):
        ids = {client.get("/robots.txt").headers["X-Request-ID"] for _ in range(3)}

        assert len(ids) == 3
        assert current_id() == NOTHING.request_id

    def test_is_none_from_outside(self, client):
        response = client.get("/robots.txt", headers={"X-Request-ID": "0123456789ab"})

        assert response.headers["X-Request-ID"] != "0123456789ab"

    @pytest.mark.django_db
    def test_is_on_the_line_of_a_page_that_is_not_there(self, client, lines):
        django = logging.getLogger("django.request")
        django.addHandler(handler := logger.handlers[0])
        response = client.get("/nothing/")
        django.removeHandler(handler)

        [line] = lines()
        assert f" WARNING {response.headers['X-Request-ID']} 127.0.0.1 django.request: " in line


class TestLogging:
    def test_can_be_set_up(self):
        configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)

        assert logging.getLogger("django").handlers == []
