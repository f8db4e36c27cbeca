"""How long the server takes for pages, against a bare Django view: ``make bench``.

Each page is drawn by turns with a bare view, which renders a template of exactly the same text
through the same middleware. So the ratio tells what Backtrain adds, whatever the machine. Times are
of the processor, medians after a warm-up. The database is made for it, with the demo's two years of
training, and goes afterwards.

    python benchmarks/pages.py [rounds]
"""

import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from wsgiref.util import setup_testing_defaults

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, WARM_UP = 60, 5
# By name: address, who asks, and how many times a bare view it may take.
PAGES = {
    "home": ("/", None, 2.0),
    "catalogue": ("/exercises/", None, 1.5),
    "search": ("/exercises/?q=row&muscle=back", None, 1.5),
    "exercise": ("/exercises/pull-up/", None, 1.5),
    "muscles": ("/muscles/", None, 1.5),
    "muscle": ("/muscles/latissimus-dorsi/", None, 1.5),
    "today": ("/", "demo", 2.0),
    "history": ("/workouts/", "demo", 3.0),
    "progress": ("/progress/exercises/pull-up/", "demo", 3.0),
}

Ask = Callable[[str, dict[str, str]], bytes]


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder, site(Path(folder)) as ask:
        headers = {who: signed_in(who) for who in {who for _, who, _ in PAGES.values()}}
        for name, (address, who, _) in PAGES.items():
            page = ask(address, headers[who]).decode()
            text = f"{{% verbatim bare %}}{page}{{% endverbatim bare %}}"
            (Path(folder) / f"bare-{name}.html").write_text(text, encoding="utf-8")
        times = measured(ask, headers, rounds)
    report(times)


@contextmanager
def site(folder: Path) -> Iterator[Ask]:
    """The application with a database of its own, and what asks it and gives the answer's body."""
    os.environ |= {"DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3", "SECURE_SSL_REDIRECT": "0"}
    os.environ |= {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "backtrain.settings"}
    sys.path.insert(0, str(ROOT))
    import django
    from django.conf import settings

    settings.TEMPLATES[0]["DIRS"].append(folder)
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("demo", no_serve=True, verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115
    settings.DEBUG = connection.force_debug_cursor = False
    yield application()
    connection.close()


def application() -> Ask:
    from django.core.handlers.wsgi import WSGIHandler
    from django.http import HttpRequest, HttpResponse
    from django.shortcuts import render
    from django.urls import path

    from backtrain import urls

    def bare(request: HttpRequest, name: str) -> HttpResponse:
        return render(request, f"bare-{name}.html")

    urls.urlpatterns.append(path("bare/<slug:name>/", bare))
    handler = WSGIHandler()

    def ask(address: str, headers: dict[str, str]) -> bytes:
        where, _, query = address.partition("?")
        environ = {"PATH_INFO": where, "QUERY_STRING": query, "HTTP_HOST": "localhost", **headers}
        setup_testing_defaults(environ)
        status: list[str] = []
        with closing(handler(environ, lambda line, _: status.append(line))) as answer:
            body = b"".join(answer)
        assert status[0][:3] in ("200", "304"), (address, status)
        return body

    return ask


def signed_in(who: str | None) -> dict[str, str]:
    if who is None:
        return {}
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get(username=who))
    return {"HTTP_COOKIE": f"sessionid={client.cookies['sessionid'].value}"}


def measured(
    ask: Ask, headers: dict[str | None, dict[str, str]], rounds: int
) -> dict[str, tuple[float, float]]:
    """Median milliseconds of each page and of its bare twin."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in PAGES}
    for _ in range(WARM_UP + rounds):
        for name, (address, who, _) in PAGES.items():
            taken[name].append(
                (
                    timed(ask, address, headers[who]),
                    timed(ask, f"/bare/{name}/", headers[who]),
                )
            )
    return {
        name: (median(page for page, _ in pairs), median(bare for _, bare in pairs))
        for name, all_pairs in taken.items()
        for pairs in [all_pairs[WARM_UP:]]
    }


def timed(ask: Ask, address: str, headers: dict[str, str]) -> float:
    begun = time.process_time()
    ask(address, headers)
    return (time.process_time() - begun) * 1000


def report(times: dict[str, tuple[float, float]]) -> None:
    print(f"{'page':<12}{'ms':>8}{'bare ms':>10}{'ratio':>8}{'budget':>8}")
    for name, (page, bare) in times.items():
        budget = PAGES[name][2]
        verdict = "" if page / bare <= budget else "  over"
        print(f"{name:<12}{page:>8.2f}{bare:>10.2f}{page / bare:>7.1f}x{budget:>7.1f}x{verdict}")


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
