"""Spellings that several steps need: of warm-ups and rests, and of East Asian keyboards."""

# For patterns that ignore case
WARM_UP = r"(?:warm[- ]?ups?|w/?u|aufwärmen|échauffement|calentamiento|разминка|アップ)"
REST = r"(?:rest(?:ed|ing|s)?|pausen?|repos|descanso|отдых)"

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# A comma of theirs is never a decimal one.
_HALF_WIDTH |= dict.fromkeys(map(ord, "\u3001\uff0c"), ord(";")) | {0x3000: ord(" ")}


def half_width(text: str) -> str:
    """The text with the digits, letters and signs of East Asian keyboards as those of ASCII.

    Every position stays.
    """
    return text if text.isascii() else text.translate(_HALF_WIDTH)
