"""Marks of lists, Markdown and org-mode in a line, blanked so that every position stays.

"- [x] **Bench:** 3x5" says what "        Bench:   3x5" says.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from .words import WARM_UP, half_width

_BULLET = re.compile(
    "[-*+\u2022\u2023\u25aa\u25ab\u25cf\u25cb\u25e6\u25a0\u25a1\u00b7\u2013\u2014"
    r"\u2192\u25ba\u25b6\u00bb\u2713\u2714]\s+(?=\S)"
)
_STARS = re.compile(r"\*{2,6}\s+(?=\S)")
_STATE = re.compile(r"(?P<state>DONE|TODO)\s+(?=\S)")
_KEYWORD = re.compile(r"\#\+\w+:\s+(?=\S)|:(?=\w+:\s)")
_DRAWER = re.compile(r":(?:PROPERTIES|LOGBOOK|END):$|\#\+(?:BEGIN|END)_?\w*:?.*$", re.IGNORECASE)
# "[12/01/2026, 18:42:11] Anna: ", "12.01.26, 18:42 - Anna: "
_CHAT = re.compile(
    r"\u200e?\[?(?P<when>[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4},?\s[0-9]{1,2}:[0-9]{2}"
    r"(?::[0-9]{2})?(?:\s?[ap]m)?)(?:\]|\s-)\s(?P<who>[^:]{1,40}):\s(?=\S)",
    re.IGNORECASE,
)
# "Anna, [12.01.2026 18:42]", above what she wrote
_CHAT_ABOVE = re.compile(
    r"(?P<who>[^\[\]:,0-9]{1,40}),\s\[(?P<when>[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4},?\s"
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[ap]m)?)\]\s*$",
    re.IGNORECASE,
)
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_BOX = re.compile(r"\[(?P<mark>[ xX\u2713\u2714-]?)\]\s+(?=\S)")
_NUMBER = re.compile(
    r"[0-9]{1,3}[.)]\s+(?=\S)|[A-H][.)]\s+(?=[^\W\d_]{2})|[\u2460-\u2473]\s*(?=\S)"
)
# "Set 1:", "Set 1 - ", "Set 1 60x8", "1st set:"
_SET = re.compile(
    r"(?:(?:set|satz|s\u00e9rie|serie)\s?(?:\#|nr\.?|no\.?)?\s?[0-9]{1,2}"
    r"(?:\s*[:.)=]|\s+[-\u2013\u2014]|(?=\s))"
    r"|(?:[0-9]{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|top|work(?:ing)?|back-?off)"
    r"\ssets?\s*[:=-])\s*(?=\S)",
    re.IGNORECASE,
)
_WARM_UP = re.compile(
    rf"(?:{WARM_UP}|drop\s?sets?|failure)(?:\s(?:sets?|[0-9]{{1,2}}))?\s?(?P<colon>:)"
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
_BOLD = 7  # a line that is bold as a whole, as a heading below those with #


@dataclass(frozen=True)
class MarkedLine:
    """A line with its marks blanked: `text` is as long as `raw`.

    `level` is that of a heading, 0 for none. `set_number` says that "Set 1:" was among the marks.
    `is_open` says that its box is not ticked; `picture` is where an emoji before its words stood.
    `when` is the beginning of a message in a chat, with the parts "when" and "who"; where the
    message stands below it, nothing else is on the line.
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
    when: re.Match[str] | None = None

    @property
    def body(self) -> str:
        return self.text.strip()

    @property
    def is_note(self) -> bool:
        return self.raw.lstrip().startswith(">")

    @property
    def is_rule(self) -> bool:
        text = self.raw.strip()
        return not self.body or bool(_RULE.match(text) or _FENCE.match(text) or _DRAWER.match(text))


def read_marks(number: int, raw: str) -> MarkedLine:
    """The line with the marks at its beginning and around its words blanked."""
    text = half_width(raw)
    start = _start(text)
    indent = len(raw[:start].expandtabs(_TAB))
    line = MarkedLine(number, raw, text, indent)
    while match := _mark_at(line.text, start):
        line, start = _without(line, match), match.end()
        if match.re is _SET:
            break
    bold = line.body
    text = _without_emphasis(line.text)
    if not line.level and bold.startswith("**") and bold.rstrip(": ").endswith("**"):
        line = replace(line, level=_BOLD)
    line = replace(line, text=text)
    if line.set_number is None and (match := _SET.match(text, _start(text))):
        line = _without(line, match)
    if match := _WARM_UP.match(line.text, _start(line.text)):
        line = replace(line, text=_blanked(line.text, *match.span("colon")))
    return line


def message_prefix(line: MarkedLine) -> str:
    """What of the line says who wrote it in a chat, and when."""
    return line.raw[: line.when.end()] if line.when and line.body else ""


def _without(line: MarkedLine, match: re.Match[str]) -> MarkedLine:
    """The line without a mark, and what the mark says of it."""
    text = _blanked(line.text, *match.span())
    if match.re is _HEADING:
        return replace(line, text=text, level=len(match[0].rstrip()))
    if match.re is _BOX:
        return replace(line, text=text, is_open=match["mark"] in ("", " "))
    if match.re is _STATE:
        return replace(line, text=text, is_open=match["state"] == "TODO")
    if match.re is _SET:
        digits = re.search("[0-9]+", match[0])
        return replace(line, text=text, set_number=int(digits[0]) if digits else 0)
    if match.re is _PICTURES:
        return replace(line, text=text, picture=match.start())
    if match.re in (_CHAT, _CHAT_ABOVE):
        return replace(line, text=text, when=match)
    return replace(line, text=text, is_listed=line.is_listed or match.re is not _KEYWORD)


_MARKS = (_CHAT, _CHAT_ABOVE, _STARS, _BULLET, _HEADING, _BOX, _NUMBER, _STATE, _KEYWORD, _SET)


def _mark_at(raw: str, start: int) -> re.Match[str] | None:
    for pattern in _MARKS:
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
