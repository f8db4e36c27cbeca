"""The sets part of a line, cut into tokens: numbers, units, words and marks.

Only this module knows how things are spelled: decimal commas, "kgs", a Cyrillic x, an en dash.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from exercises.sentences import gettext as _

from .errors import UnreadableError
from .values import SIGN_CHARACTERS
from .words import half_width

TokenKind = Literal[
    "number",  # 8, 62.5, 62,5
    "clock",  # 1:30, 1m30s; meaning: seconds
    "sign",  # + or -, right before a number; meaning: which
    "dash",  # a - that is no sign, and "to"
    "arrow",  # ->, from one set to the next
    "times",  # x
    "at",  # @
    "comma",
    "line end",  # where an entry goes on in another line
    "stop",  # . ! ? : | and what closes a sentence
    "slash",
    "doubt",  # ~ before a number, ? behind one
    "same",  # the set before once more
    "weight unit",  # meaning: kg or lb
    "time unit",  # meaning: its seconds
    "distance unit",  # meaning: its metres
    "quote",  # 30", 1'
    "percent",
    "colon",  # after a weight: 70: 6, 6, 5
    "bar",  # the empty bar
    "plates",  # the largest ones, a pair on the bar
    "bodyweight",  # bw: this set has no weight, and no help
    "band",  # help of a size that nobody knows
    "reps",
    "rm",  # 3RM: the most for so many reps; a weight may stand behind it
    "sets",
    "of",
    "in",
    "rpe",
    "rir",  # repetitions in reserve
    "amrap",  # as many as possible, and max behind an x
    "kind",  # meaning: the kind of set
    "side",  # meaning: left or right
    "each",  # each, per
    "limb",  # side, arm, leg, hand: after each, per or /
    "filler",  # words that change nothing
    "other",
]


@dataclass(frozen=True)
class Token:
    """One token; `start` and `end` count from 0 in the whole line."""

    kind: TokenKind
    start: int
    end: int
    text: str
    meaning: str = ""

    @property
    def number(self) -> Decimal:
        """The value of a number, or the seconds of a clock time."""
        return Decimal(self.meaning)


def _words(kind: TokenKind, spellings: dict[str, str]) -> dict[str, tuple[TokenKind, str]]:
    return {word: (kind, meaning) for meaning, words in spellings.items() for word in words.split()}


_WORDS: dict[str, tuple[TokenKind, str]] = {
    **_words(
        "weight unit",
        {
            "kg": "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes кг",
            "lb": "lb lbs pound pounds",
        },
    ),
    **_words(
        "time unit",
        {
            "1": "s sec secs second seconds sek sekunden seg segundos сек 秒",
            "60": "min mins minute minutes minuten мин 分",
            "3600": "h hr hrs hour hours std",
        },
    ),
    **_words(
        "distance unit",
        {
            "1": "m metre metres meter meters м",
            "1000": "km kilometre kilometres kilometer kilometers км",
            "1609.344": "mi mile miles",
        },
    ),
    **_words(
        "kind",
        {
            "warm-up": "w wu w/u warm warmup warmups warm-up warm-ups "
            "aufw\u00e4rmen \u00e9chauffement calentamiento разминка アップ",
            "drop": "d drop drops dropset dropsets drop-set drop-sets dropsatz drops\u00e4tze "
            "d\u00e9gressif d\u00e9gressive d\u00e9gressives descendente descendentes дропсет",
            "failure": "f fail failed failure",
        },
    ),
    **_words("side", {"left": "l left", "right": "r right"}),
    **_words(
        "times", {"": "x \u0445 mal for by по"}
    ),  # \u0445 is the Cyrillic letter that looks like x
    **_words("bodyweight", {"": "bw bodyweight body-weight 自重 pdc"}),
    **_words("band", {"": "band bands"}),
    **_words("bar", {"": "bar"}),
    **_words("plates", {"": "plate plates"}),
    **_words(
        "reps",
        {
            "": "rep reps repetition repetitions wdh wh wiederholungen r\u00e9p r\u00e9ps "
            "r\u00e9p\u00e9titions repeticiones rip повт повтора повторений раз 回"
        },
    ),
    **_words(
        "sets",
        {
            "": "set sets satz s\u00e4tze s\u00e9rie s\u00e9ries serie series serien "
            "подход подхода подходов セット "
            "round rounds runden tours times"
        },
    ),
    **_words("rm", {"": "rm"}),
    **_words("of", {"": "of de"}),
    **_words("in", {"": "in"}),
    **_words("at", {"": "at \u00e0 mit with avec con"}),
    **_words("rpe", {"": "rpe"}),
    **_words("rir", {"": "rir"}),
    **_words("amrap", {"": "amrap"}),
    **_words(
        "comma", {"": "and then und dann danach et puis ensuite y luego despu\u00e9s и затем"}
    ),
    **_words("each", {"": "each every per ea por pro par chaque cada jede jeden jeder каждую"}),
    **_words(
        "limb",
        {
            "": "side sides arm arms leg legs hand hands seite seiten arme bein beine "
            "lado lados brazo pierna c\u00f4t\u00e9 c\u00f4t\u00e9s bras jambe jambes "
            "сторону руку ногу"
        },
    ),
    **_words("dash", {"-": "to"}),  # 8 to 10, to failure
    **_words("filler", {"": "up je rest-pause на"}),  # warm up
}
# Written out before what they count: five sets of five
_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=1
    )
}
_TIMES_WORDS = {"twice": 2, "thrice": 3, "zweimal": 2, "dreimal": 3}
_IMPLEMENTS = frozenset(["dbs", "dumbbells", "kbs", "kettlebells", "bells", "kh"])  # 2x12 kg bells
_AGAIN = frozenset(("again", "nochmal", "encore"))
# Of several words: just warming up, bis zum Muskelversagen
_PHRASES = (
    (re.compile(r"(?:just\s|only\s)?warming[\s-]up(?!\w)", re.IGNORECASE), "warm-up"),
    (
        re.compile(
            r"(?:bis\s(?:zum\s)?(?:muskel)?versagen|jusqu['\u2019]\u00e0\sl['\u2019]\u00e9chec"
            r"|(?:hasta\sel|al)\sfallo)(?!\w)",
            re.IGNORECASE,
        ),
        "failure",
    ),
)
_WITH = re.compile(r"w/(?=\s?[0-9])", re.IGNORECASE)
_CLOSES = re.compile(r"\s*(?:again\s*)?(?:[,;.!)\n]|$)", re.IGNORECASE)
_CLOSES_OR_SETS = re.compile(r"\s*(?:[,;.!)\n]|$|[0-9])")
_COUNTED: frozenset[TokenKind | None] = frozenset(("sets", "reps"))
_MARKS: dict[str, TokenKind] = {
    "@": "at",
    ",": "comma",
    "、": "comma",
    "・": "comma",
    ";": "comma",
    "/": "slash",
    "*": "times",
    "\u00d7": "times",
    "\u2715": "times",
    "\u2716": "times",
    "\n": "line end",
    "%": "percent",
    ":": "colon",
    **dict.fromkeys(".!?|。", "stop"),
    **dict.fromkeys("'\"\u2019\u2032\u2033\u201d", "quote"),
}

# Brackets change nothing: (warm-up), [Failure]
_SPACE = re.compile(r"(?:[^\S\n]|[()\[\]])*")
# 1:30 or 1:02:30
_CLOCK = re.compile(r"(?:([0-9]{1,2}):(?=[0-5]?[0-9]:))?([0-9]{1,3}):([0-5][0-9])(?![0-9:])")
# 1m30s, 1min30s, 1m30: without spaces, so that it isn't a distance
_MINUTES_SECONDS = re.compile(r"([0-9]{1,3})m(?:in)?([0-5]?[0-9])(?:s(?:ecs?)?)?(?!\w)", re.I)
# 10.8.8
_POINTED = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){2,}(?![0-9.,:x\u00d7])")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# Digits, one comma, digits: a decimal or two sets. More than one comma is always a list.
_COMMA_NUMBER = re.compile(r"(?<![0-9],)[0-9]+,[0-9]+(?![0-9]|,[0-9])")
# 67,5 and 62,25, but not 8,5,5
_HALF = re.compile(r"(?<![0-9.,])[0-9]+,(?:5|25|75)(?![0-9]|,[0-9])")
_ARROW = re.compile(
    r"[-\u2212\u2013\u2014=]{1,2}>|[\u2192\u21d2\u27a1\u2794\u279c]\ufe0f?|(?<=\s)>(?=\s)"
)
_WORD = re.compile(r"[wW]/[uU](?!\w)|[eE]/[sS](?!\w)|[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")
_LONGEST_NUMBER = 9


def scan(line: str, start: int = 0, *, has_decimals: bool = False) -> list[Token]:
    """The tokens of the line from `start`. Raises UnreadableError at a number too long to be meant.

    `has_decimals` takes the comma of 67,5 for a decimal one where nothing beside it tells.
    """
    return list(iter_tokens(line, start, has_decimals=has_decimals))


def may_have_decimals(line: str, start: int = 0) -> bool:
    """Whether a comma of the line may be a decimal one, as far as its digits tell: 67,5."""
    return _HALF.search(line, start) is not None


def iter_tokens(line: str, start: int = 0, *, has_decimals: bool = False) -> Iterator[Token]:
    """The tokens of the line from `start` one at a time, for a caller who stops before the end."""
    text = half_width(line)
    position, before = _skip_space(text, start), None
    while position < len(text):
        for token in _tokens_at(text, position, before, has_decimals=has_decimals):
            yield token
            position, before = _skip_space(text, token.end), token


def _tokens_at(
    text: str, position: int, before: Token | None, *, has_decimals: bool
) -> Iterable[Token]:
    character = text[position]
    if has_decimals and (half := _HALF.match(text, position)):
        return [_decimal(half)]
    if pointed := _POINTED.match(text, position):
        return _pointed_tokens(pointed)
    if digits := _NUMBER.match(text, position):
        return [_number_at(digits, before)]
    if match := _ARROW.match(text, position):
        return [_token("arrow", match, "")]
    if character in SIGN_CHARACTERS:
        return [_sign_at(text, position, before)]
    for phrase, meaning in _PHRASES:
        if match := phrase.match(text, position):
            return [_token("kind", match, meaning)]
    if with_weight := _WITH.match(text, position):
        return [_token("at", with_weight, "")]
    if match := _WORD.match(text, position):
        word, goes_on = match[0].lower(), _CLOSES.match(text, match.end()) is None
        if word in _TIMES_WORDS and before is not None:
            count = _token("number", match, str(_TIMES_WORDS[word]))
            return [count, Token("sets", match.end(), match.end(), "")]
        if word == "same" and before is not None and not goes_on:
            return [_token("same", match, "")]
        if word in _AGAIN and _kind_after(text, match.end()) == "number":
            return [_token("filler", match, "")]
        if (
            word in _IMPLEMENTS
            and before
            and before.kind == "weight unit"
            and _CLOSES_OR_SETS.match(text, match.end())
        ):
            return [_token("filler", match, "")]
        if match[0].lower() == "max" and before is not None and before.kind == "times":
            return [_token("amrap", match, "")]
        if (number := _NUMBER_WORDS.get(match[0].lower())) and (
            _kind_after(text, match.end()) in _COUNTED
            or (before is not None and before.kind == "of")
        ):
            return [_token("number", match, str(number))]
        if match[0].lower() == "je" and _kind_after(text, match.end()) in ("limb", "number"):
            return [_token("each", match, "")]
        if match[0].lower() == "a" and _kind_after(text, match.end()) == "limb":
            return [_token("each", match, "")]
        if match[0] == "er" and before is not None and before.kind == "number":  # a 24er
            return [_token("filler" if before.end == position else "other", match, "")]
        return _word_tokens(match[0], position)
    if character == "#" and before is not None and before.kind == "number":
        return [Token("weight unit", position, position + 1, character, "lb")]
    if character in "~\u2248" or (character == "?" and before and before.kind == "number"):
        return [Token("doubt", position, position + 1, character)]
    kind = _MARKS.get(character, "other")
    return [Token(kind, position, position + 1, character)]


def _pointed_tokens(match: re.Match[str]) -> list[Token]:
    tokens, start = [], match.start()
    for number in match[0].split("."):
        end = start + len(number)
        tokens += [Token("number", start, end, number, number), Token("slash", end, end + 1, ".")]
        start = end + 1
    return tokens[:-1]


def _number_at(digits: re.Match[str], before: Token | None) -> Token:
    """The number or clock time that begins with these digits."""
    text, position = digits.string, digits.start()
    if match := _CLOCK.match(text, position):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return _token("clock", match, str(hours * 3600 + minutes * 60 + seconds))
    if match := _MINUTES_SECONDS.match(text, position):
        return _token("clock", match, str(int(match[1]) * 60 + int(match[2])))
    match = _COMMA_NUMBER.match(text, position)
    return _decimal(match if match and _is_decimal_comma(match, before) else digits)


def _decimal(match: re.Match[str]) -> Token:
    whole, comma, decimals = match[0].partition(",")
    if len(match[0]) > _LONGEST_NUMBER:
        raise UnreadableError(_("This number is too long."), match.start(), match.end())
    if comma and len(decimals) == 3:
        message = _(
            "Is the comma a decimal? Write %(whole)s, or %(decimal)s with a point.",
            whole=f"{whole}{decimals}",
            decimal=f"{whole}.{decimals}",
        )
        raise UnreadableError(message, match.start(), match.end())
    return _token("number", match, match[0].replace(",", "."))


def _is_decimal_comma(match: re.Match[str], before: Token | None) -> bool:
    """Whether 62,5 is a number and not two sets: a unit, an x or an @ beside it says so."""
    if before is not None and before.kind in ("at", "rpe"):
        return not match.string.startswith("@", match.end())  # 15@40,12@45
    after = _kind_after(match.string, match.end())
    if after == "times":  # 62,5 x 8, but 60x8,70x8 is a list
        return before is None or before.kind != "times"
    return after in ("weight unit", "time unit", "distance unit")


def _kind_after(text: str, position: int) -> TokenKind | None:
    position = _skip_space(text, position)
    if position == len(text):
        return None
    if match := _WORD.match(text, position):
        return _word_tokens(match[0], position)[0].kind
    return "number" if "0" <= text[position] <= "9" else _MARKS.get(text[position])


def _sign_at(text: str, position: int, before: Token | None) -> Token:
    """A sign stands right before a number and apart from the one before it: 8-10 is a range."""
    follows = text[position + 1 : position + 2]
    apart = before is None or before.kind != "number" or before.end < position
    meaning = "+" if text[position] == "+" else "-"
    kind: TokenKind = "sign" if "0" <= follows <= "9" and apart else "dash"
    return Token(kind, position, position + 1, text[position], meaning)


def _word_tokens(word: str, position: int) -> list[Token]:
    """One token for the word, or two for a unit and the x that touches it: 80kgx5, and for e/s."""
    if word.lower() == "e/s":
        middle = position + 1
        sides = Token("limb", middle, position + len(word), word[1:])
        return [Token("each", position, middle, word[0]), sides]
    unit, times = word[:-1].lower(), word[-1].lower()
    if word.lower() in _WORDS or unit not in _WORDS or times not in ("x", "\u0445"):
        return [_word_token(word, position)]
    middle = position + len(word) - 1
    return [_word_token(word[:-1], position), _word_token(word[-1], middle)]


def _word_token(word: str, position: int) -> Token:
    kind, meaning = _WORDS.get(word.lower(), ("other", ""))
    return Token(kind, position, position + len(word), word, meaning)


def _token(kind: TokenKind, match: re.Match[str], meaning: str) -> Token:
    return Token(kind, match.start(), match.end(), match[0], meaning)


def _skip_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position
