"""What bringing in 30,000 sets takes: ``python -m benchmarks.imports [--rounds 3]``.

A made-up file of Strong with 1,500 workouts goes through what the page does: read, planned, brought
in, and taken back. It fills an empty database, that of DATABASE_URL or one of its own. The times
are of the best round, of the processor and by the clock.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.installation import set_up

WORKOUTS, EXERCISES, SETS = 1_500, 5, 4  # of each
NAMES = (
    "Bench Press (Barbell)",
    "Bent Over Row (Barbell)",
    "Squat (Barbell)",
    "Deadlift (Barbell)",
    "Overhead Press (Barbell)",
    "Lat Pulldown (Cable)",
    "Seated Row (Cable)",
    "Leg Press",
    "Pull Up",
    "Hammer Curl (Dumbbell)",
)
HEADER = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    "Workout Notes,RPE"
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("--rounds", type=int, default=3)
    rounds = arguments.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        measure(rounds)


def measure(rounds: int) -> None:
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    if User.objects.exists():
        raise SystemExit("The benchmark fills an empty database, and this one has accounts.")
    call_command("sync_catalog", verbosity=0)
    user = User.objects.create_user("athlete")
    before = _megabytes()
    best: dict[str, tuple[float, float]] = {}
    for _ in range(rounds):
        for name, seconds in _round(user).items():
            best[name] = min(seconds, best.get(name, seconds))
    for name, (processor, clock) in best.items():
        sys.stdout.write(f"{name:<12} {processor:6.2f} s of the processor, {clock:6.2f} s\n")
    sys.stdout.write(f"memory       {_megabytes() - before:6.0f} MB more than before\n")


def _round(user: Any) -> dict[str, tuple[float, float]]:
    from django.utils import timezone

    from workouts.data.importing import finish, keep, opened
    from workouts.data.planning import plan, read_file
    from workouts.data.taking_back import undo
    from workouts.own_exercises import names_of

    data = _file()
    times: dict[str, tuple[float, float]] = {}

    def timed(name: str, do: Callable[[], Any]) -> Any:
        processor, clock = time.process_time(), time.perf_counter()
        done = do()
        times[name] = (time.process_time() - processor, time.perf_counter() - clock)
        return done

    export = timed("read", lambda: read_file(user.athlete, data, index=names_of(user)))
    brought = opened(athlete=user.athlete, data=data, file_name="strong.csv", export=export)
    brought.unit = "kg"
    timed("plan", lambda: plan(brought))
    keep(brought)
    done = timed("bring in", lambda: finish(brought, at=timezone.now()))
    if done.set_count != WORKOUTS * EXERCISES * SETS:
        raise SystemExit(f"Only {done.set_count:,} sets came in.")
    timed("take back", lambda: undo(done, at=timezone.now()))
    return times


def _file() -> bytes:
    random = Random(1)
    lines = [HEADER]
    day = date(2016, 1, 4)
    for number in range(WORKOUTS):
        day += timedelta(days=random.choice((1, 2, 3)))
        for name in random.sample(NAMES, EXERCISES):
            weight = 0 if name == "Pull Up" else random.randrange(20, 140, 2)
            lines += [
                f'{day} 18:05:00,"Day {number % 3}",1h 5m,"{name}",{place},{weight}.0,'
                f'{random.randint(3, 12)},0,0,"","",8'
                for place in range(1, SETS + 1)
            ]
    return "\n".join(lines).encode()


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
