"""How many examples property tests try: as many as usual, or times ``EXAMPLES`` (``make fuzz``)."""

import os


def many(usual: int) -> int:
    return usual * int(os.environ.get("EXAMPLES", "1"))
