"""Numbers written out, as people dictate them: "sixty kilos eight reps, one hundred and forty"."""

import re

_UNITS = {
    word: number
    for number, word in enumerate(
        [
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
            *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
            *("seventeen", "eighteen", "nineteen"),
        ]
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SMALL = "|".join(_UNITS)
_LARGE = "|".join(_TENS)
_BELOW_HUNDRED = rf"(?:(?:{_LARGE})(?:[\s-](?:{_SMALL}))?|(?:{_SMALL}))"
_NUMBER = re.compile(
    rf"(?<![\w-])(?:(?P<hundreds>{_SMALL}|a)\shundred(?:\s(?:and\s)?(?P<rest>{_BELOW_HUNDRED}))?"
    rf"|(?P<small>{_BELOW_HUNDRED}))(?:\spoint\s(?P<decimal>{_SMALL}))?(?![\w'\u2019-])",
    re.IGNORECASE,
)
# What a number of sets has behind it, or before it
_COUNTED = re.compile(
    r"\s*(?:$|[,.;!]|(?:kilos?|kgs?|kilograms?|pounds?|lbs?|reps?|repetitions?|sets?|times|rounds?|seconds?|secs?"
    r"|minutes?|mins?|by|for|and|then|at|with|x)(?!\w))",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"(?:\b(?:of|by|for|and|then|at|with|x)|[,:])\s*$", re.IGNORECASE)
_LONGEST = 1_000  # characters


def with_digits(text: str) -> str:
    """The text with the numbers of sets in digits; every other position stays."""
    if len(text) > _LONGEST or not _NUMBER.search(text):
        return text
    written = []
    start = 0
    for match in _NUMBER.finditer(text):
        if not _is_meant(text, match):
            continue
        written += [text[start : match.start()], _value(match).ljust(len(match[0]))]
        start = match.end()
    return "".join([*written, text[start:]])


def _is_meant(text: str, match: re.Match[str]) -> bool:
    is_counted = _COUNTED.match(text, match.end()) is not None
    if match[0].lower() == "one":
        return bool(re.match(r"\s(?:sets?|reps?|minutes?|seconds?|round)\b", text[match.end() :]))
    opens = not text[: match.start()].strip()
    return is_counted or opens or _COUNTS.search(text, 0, match.start()) is not None


def _value(match: re.Match[str]) -> str:
    if match["hundreds"]:
        hundreds = _UNITS.get(match["hundreds"].lower(), 1)
        number = 100 * hundreds + _below_hundred(match["rest"] or "zero")
    else:
        number = _below_hundred(match["small"])
    decimal = f".{_UNITS[match['decimal'].lower()]}" if match["decimal"] else ""
    return f"{number}{decimal}"


def _below_hundred(words: str) -> int:
    return sum(_TENS.get(word, _UNITS.get(word, 0)) for word in re.split(r"[\s-]", words.lower()))
