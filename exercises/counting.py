"""How many of something there are, in words (1 set, 2 sets), and numbers read. No Django."""

from decimal import Decimal
from fractions import Fraction

MOST_DIGITS = 18  # any such number fits a column

Number = int | float | Decimal | Fraction


def noun(number: Number, singular: str, plural: str = "") -> str:
    """The form that stands behind the number: half a set and 1 set, but 0 sets."""
    return singular if 0 < number <= 1 else plural or f"{singular}s"


def counted(number: int, singular: str, plural: str = "") -> str:
    """ "1 set", "1,204 sets"."""
    return f"{number:,} {noun(number, singular, plural)}"


def whole_number(text: str) -> int | None:
    """What the digits 0 to 9 spell; None for all else, such as "²", "٣" or a number without end."""
    is_one = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_one else None
