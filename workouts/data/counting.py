"""How far an import is, for whoever asks another process of the server meanwhile.

Nobody else sees what a transaction writes, so the count stands in a file that all processes of this
machine can read. Its name can't be guessed. Where no file can be written, nothing is known.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir

from django.utils.crypto import salted_hmac

from exercises.counting import whole_number
from workouts.data.inserting import Batches, Progress
from workouts.data.planning import PlannedWorkout


def counting(pk: int) -> Progress:
    """Keeps count of the workouts of this import while they are saved."""

    def progress(batches: Batches) -> Iterator[Sequence[PlannedWorkout]]:
        done, count, file = 0, sum(map(len, batches)), _file(pk)
        try:
            for batch in batches:
                with suppress(OSError):
                    file.write_text(f"{done} {count}", encoding="ascii")
                yield batch
                done += len(batch)
        finally:
            with suppress(OSError):
                file.unlink()

    return progress


def how_far(pk: int) -> dict[str, int]:
    """How many workouts are ``done``, ``of`` how many; empty where that is not known."""
    try:
        numbers = [whole_number(word) for word in _file(pk).read_text(encoding="ascii").split()]
    except (OSError, ValueError):
        return {}
    match numbers:
        case [int(done), int(of)]:
            return {"done": done, "of": of}
        case _:
            return {}


def _file(pk: int) -> Path:
    return Path(gettempdir(), f"backtrain-{salted_hmac(__name__, str(pk)).hexdigest()}")
