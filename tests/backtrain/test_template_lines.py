"""No line of a template is over 160 characters if it could end before and the page stay as it is.

A line may end at a space of a text, between two attributes or two classes, and beside what stands
in a block of its own, where one more space is not seen; not within a template's tag, an attribute,
or what shows its spaces.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
LONGEST = 160

BLOCK = re.compile(
    "body|br|caption|d[dlt]|details|div|fieldset|figcaption|figure|footer|form|h[1-6r]|head|header"
    "|html|legend|li|link|main|meta|nav|ol|optgroup|option|p|script|search|section|summary|table"
    "|tbody|t[dhr]|tfoot|thead|title|ul|circle|g|line|path|rect|text|use"
)
# In print an item is a word of a list, where a space within would stand before the comma
WORD_IN_PRINT = "li"
SPACES_SHOW = re.compile(r"<(?:pre|textarea|mark)\b|<[^>]*\bclass=.(?:version|preview-raw)\b")

DJANGO = "{%.*?%}|{{.*?}}"
QUOTED = rf'"(?:{DJANGO}|[^"])*"|' + rf"'(?:{DJANGO}|[^'])*'"
SPACE = r"(?P<space>\s+)"
WORDS = re.compile(f"{DJANGO}|{SPACE}", re.DOTALL)
TAG = re.compile(rf"<\w+\s|(?P<classes>class=(?:{QUOTED}))|{QUOTED}|{DJANGO}|{SPACE}", re.DOTALL)
TEXT = re.compile(
    r"(?P<attribute>{% block (?:title|description) %}.*?{% endblock.*?%})"
    r"|(?P<comment>{% comment %}.*?{% endcomment %})"
    rf"|(?P<tag></?(?P<element>[a-z]\w*)(?:{QUOTED}|{DJANGO}|[^>])*>)"
    rf"|{DJANGO}|{SPACE}",
    re.DOTALL,
)


def ends(text):
    """Offsets at which a line may end."""
    at = 0
    while token := TEXT.search(text, at):
        at = token.end()
        if token["space"]:
            yield token.start()
        elif token["comment"]:
            yield from spaces(WORDS, token["comment"], token.start())
        elif token["tag"]:
            yield from spaces(TAG, token["tag"], token.start())
            is_closing = token["tag"].startswith("</")
            outer, inner = token.span() if not is_closing else token.span()[::-1]
            if BLOCK.fullmatch(token["element"]):
                yield outer
            if not is_closing and SPACES_SHOW.match(token["tag"]):
                at = text.index(f"</{token['element']}>", at) + len(f"</{token['element']}>")
            elif BLOCK.fullmatch(token["element"]) and token["element"] != WORD_IN_PRINT:
                yield inner


def spaces(pattern, text, start):
    """Offsets of the spaces in a text that begins at an offset."""
    for found in pattern.finditer(text):
        if found["space"]:
            yield start + found.start()
        elif found.groupdict().get("classes"):
            yield from spaces(WORDS, found[0], start + found.start())


def needlessly_long(text):
    """Numbers of the lines that are too long and could end before."""
    possible = sorted(ends(text))
    at = 0
    for number, line in enumerate(text.split("\n"), start=1):
        first, last = at + len(line) - len(line.lstrip()), at + len(line)
        if len(line) > LONGEST and any(first < each < last for each in possible):
            yield number
        at = last + 1


LONG = "word" * 40


@pytest.mark.parametrize(
    "line",
    [
        f"<i>{LONG} more</i>",
        f"<p>{LONG}</p>",
        f"<td>{LONG}</td><td>b</td>",
        f"{{% if a %}}<p>{LONG}</p>{{% endif %}}",
        f"{{% for a in b %}}<li>{LONG}</li>{{% endfor %}}",
        f'<i>{LONG}</i><b class="a" hidden>b</b>',
        f'<b title="{LONG}" hidden>b</b>',
        f'<b title="{LONG}"{{% if a %}} hidden{{% endif %}}>b</b>',
        f'<b class="a {LONG}">b</b>',
        f'<pre class="a" hidden>{LONG}</pre>',
        f"{{% comment %}}A {LONG}{{% endcomment %}}",
    ],
)
def test_a_line_that_could_end_before_would_be_caught(line):
    assert list(needlessly_long(f"<i>\n  {line}\n</i>")) == [2]


@pytest.mark.parametrize(
    "line",
    [
        f"<i>{LONG}</i>",
        f"<li><i>{LONG}</i></li>",
        f'{{% include "a.html" with help="{LONG} more" %}}',
        f'<b title="{LONG} {{{{ a|date:"j M" }}}} more">',
        f"<pre>{LONG} more</pre>",
        f'<p class="version"><b>{LONG}</b> more</p>',
        f"{{% block title %}}{LONG} more{{% endblock title %}}",
        f"<i>{'more ' * 20}</i>",
    ],
)
def test_a_line_may_be_as_it_is(line):
    assert list(needlessly_long(f"<i>\n  {line}\n</i>")) == []


def test_no_line_could_end_before():
    long = [
        f"{path.relative_to(TEMPLATES)}:{number}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for number in needlessly_long(path.read_text(encoding="utf-8"))
    ]

    assert long == []
