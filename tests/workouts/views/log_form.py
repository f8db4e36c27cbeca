"""What the log form sends, and what stands in its box."""

import html
import re
from uuid import uuid4

from django.http import HttpResponse

PREVIEW = {"HX-Request": "true", "HX-Target": "preview"}
WHOLE_FORM = {"HX-Request": "true", "HX-Target": "log-form"}


def filled(text: str, *, press: str | None = "save", **changes: str) -> dict[str, str]:
    """The form's fields with a text, and the button that was pressed."""
    fields = {
        "id": str(uuid4()),
        "day": "2026-11-22",
        "time": "18:30",
        "time_zone": "UTC",
        "notes": "",
        "text": text,
    }
    button = {press: "1"} if press else {}
    return {**fields, **button, **changes}


def box(response: HttpResponse) -> str:
    """The text in the answer's box."""
    match = re.search(r'<textarea[^>]*\bname="text"[^>]*>(.*?)</textarea>', page(response), re.S)
    assert match, "There is no box."
    return html.unescape(match[1])


def value(response: HttpResponse, name: str) -> str:
    """The value of an input in the answer."""
    (tag,) = re.findall(rf'<input[^>]*\bname="{name}"[^>]*>', page(response))
    match = re.search(r'\bvalue="([^"]*)"', tag)
    return html.unescape(match[1]) if match else ""


def page(response: HttpResponse) -> str:
    return response.content.decode()


def words(response: HttpResponse) -> str:
    """The answer as it is read: no tags, entities as characters, single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page(response))).split())
