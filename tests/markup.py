"""Markup as tests read it, however its template is broken into lines."""

import re


def on_one_line(markup: str) -> str:
    """The markup with one space for several, and none between tags or before a tag ends."""
    return re.sub(r"(?<=>) (?=<)| (?=>)", "", " ".join(markup.split()))
