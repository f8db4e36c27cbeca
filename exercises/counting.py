"""How many of something there are, in words: 1 set, 2 sets. No Django."""

from decimal import Decimal
from fractions import Fraction

Number = int | float | Decimal | Fraction


def noun(number: Number, singular: str, plural: str = "") -> str:
    """The form that stands behind the number: half a set and 1 set, but 0 sets."""
    return singular if 0 < number <= 1 else plural or f"{singular}s"


def counted(number: int, singular: str, plural: str = "") -> str:
    """ "1 set", "1,204 sets"."""
    return f"{number:,} {noun(number, singular, plural)}"
