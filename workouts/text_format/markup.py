"""Marks of lists, Markdown and org-mode in a line, blanked so that every position stays.

"- [x] **Bench:** 3x5" says what "        Bench:   3x5" says.
"""

import re
import unicodedata
from dataclasses import dataclass

_BULLET = re.compile(
    "[-*+\u2022\u2023\u25aa\u25ab\u25cf\u25cb\u25e6\u25a0\u25a1\u00b7\u2013\u2014"
    r"\u2192\u25ba\u25b6\u00bb\u2713\u2714]\s+(?=\S)"
)
_STARS = re.compile(r"\*{2,6}\s+(?=\S)")
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_BOX = re.compile(r"\[(?P<mark>[ xX\u2713\u2714-]?)\]\s+(?=\S)")
_NUMBER = re.compile(r"[0-9]{1,3}[.)]\s+(?=\S)|[\u2460-\u2473]\s*(?=\S)")
# "Set 1:", "Set 1 - ", "Set 1 60x8", "1st set:"
_SET = re.compile(
    r"(?:(?:set|satz|s\u00e9rie|serie)\s?(?:\#|nr\.?|no\.?)?\s?[0-9]{1,2}"
    r"(?:\s*[:.)=]|\s+[-\u2013\u2014]|(?=\s))"
    r"|(?:[0-9]{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|top|work(?:ing)?|back-?off)"
    r"\ssets?\s*[:=-])\s*(?=\S)",
    re.IGNORECASE,
)
_WARM_UP = re.compile(
    r"(?:warm[- ]?ups?|wu|drop\s?sets?|failure)(?:\s(?:sets?|[0-9]{1,2}))?\s?(?P<colon>:)"
    r"(?=\s*[0-9+@-])",
    re.IGNORECASE,
)
_EMPHASIS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<open>\*{2,3})(?=\S)[^*]+?(?P<close>\*{2,3})",
        r"(?P<open>__)(?=\S)[^_]+?(?P<close>__)",
        r"(?<![\w*])(?P<open>\*)(?=[^\W\d_]{2})[^*]*?[^\W_][:.!]?(?P<close>\*)(?![\w*])",
        r"(?<![\w_])(?P<open>_)(?=[^\W\d_]{2})[^_]*?[^\W_][:.!]?(?P<close>_)(?![\w_])",
        r"(?P<open>`)(?=[^\W\d_]{2})[^`]+(?P<close>`)",
    )
)
_RULE = re.compile(r"(?:[-*_=~\u2013\u2014\u2500\u2501\u2022.+|]\s*){3,}$")
_FENCE = re.compile(r"(?:```|~~~)[\w-]*$|:?---+:?$|[*#>-]{1,2}$")
_TAB = 4


@dataclass(frozen=True)
class MarkedLine:
    """A line with its marks blanked: `text` is as long as `raw`.

    `level` is that of a heading, 0 for none. `set_number` says that "Set 1:" was among the marks.
    `is_open` says that its box is not ticked; `picture` is where an emoji before its words stood.
    `indent` is in characters, a tab being four.
    """

    number: int
    raw: str
    text: str
    indent: int = 0
    level: int = 0
    is_listed: bool = False
    is_open: bool = False
    set_number: int | None = None
    picture: int | None = None

    @property
    def body(self) -> str:
        return self.text.strip()

    @property
    def is_note(self) -> bool:
        return self.raw.lstrip().startswith(">")

    @property
    def is_rule(self) -> bool:
        return not self.body or _is_rule(self.raw.strip())


def read_marks(number: int, raw: str) -> MarkedLine:
    """The line with the marks at its beginning and around its words blanked."""
    text = raw
    start = len(raw) - len(raw.lstrip())
    indent = len(raw[:start].expandtabs(_TAB))
    level = 0
    is_listed = is_open = False
    set_number = picture = None
    while match := _mark_at(raw, start):
        if match.re is _HEADING:
            level = len(match[0].rstrip())
        elif match.re is _BOX:
            is_open = match["mark"] == " " or not match["mark"]
        elif match.re is _SET:
            digits = re.search("[0-9]+", match[0])
            set_number = int(digits[0]) if digits else 0
        elif match.re is _PICTURES:
            picture = start
        else:
            is_listed = True
        text = " " * match.end() + raw[match.end() :]
        start = match.end()
        if match.re is _SET:
            break
    bold = text.strip()
    text = _without_emphasis(text)
    if not level and bold.startswith("**") and bold.rstrip(": ").endswith("**"):
        level = 7
    if not level and set_number is None and (match := _SET.match(text, _start(text))):
        digits = re.search("[0-9]+", match[0])
        set_number = int(digits[0]) if digits else 0
        text = " " * match.end() + text[match.end() :]
    if match := _WARM_UP.match(text, _start(text)):
        text = _blanked(text, match.start("colon"), match.end("colon"))
    return MarkedLine(number, raw, text, indent, level, is_listed, is_open, set_number, picture)


def _mark_at(raw: str, start: int) -> re.Match[str] | None:
    for pattern in (_STARS, _BULLET, _HEADING, _BOX, _NUMBER, _SET):
        if match := pattern.match(raw, start):
            return match
    return _picture_at(raw, start)


_PICTURES = re.compile(r"[^\w\s\x00-\x7f\u0300-\u036f]{1,8}\s*(?=[\w*_])")


def _picture_at(raw: str, start: int) -> re.Match[str] | None:
    """An emoji that begins a line, or several."""
    match = _PICTURES.match(raw, start)
    if match and unicodedata.category(match[0][0]) == "So":
        return match
    return None


def _is_rule(text: str) -> bool:
    return bool(_RULE.match(text) or _FENCE.match(text))


def _start(text: str) -> int:
    return len(text) - len(text.lstrip())


def _without_emphasis(text: str) -> str:
    for pattern in _EMPHASIS:
        for match in pattern.finditer(text):
            text = _blanked(text, *match.span("open"))
            text = _blanked(text, *match.span("close"))
    return text


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
