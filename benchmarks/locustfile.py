"""What athletes do, for locust: browse, look at progress, log (see ``benchmarks.load``)."""

import datetime
import json
import os
import random
import re
import uuid
from itertools import count
from pathlib import Path

from locust import FastHttpUser, task

HEADERS = {"Host": "localhost", "Accept-Encoding": "gzip, deflate, br"}  # all that locust reads
TOKEN = "a" * 32
NEW = "/workouts/new/"
TEXT = "Barbell bench press 80 kg x 5, 5, 5\nDip 8, 8, 7\nBarbell curl 30 kg x 10, 10"
EXERCISES = ("barbell-bench-press", "barbell-curl", "dip", "lat-pulldown", "overhead-press")
SESSIONS: list[str] = json.loads(Path(os.environ["SESSIONS"]).read_text())
numbers = count()


class Athlete(FastHttpUser):
    """Signed in, on a connection that stays open, without a pause: a page is asked for as soon as
    the one before has come. For each workout that is logged some twelve pages are looked at.
    """

    def on_start(self) -> None:
        session = SESSIONS[next(numbers) % len(SESSIONS)]
        self.headers = {**HEADERS, "Cookie": f"sessionid={session}; csrftoken={TOKEN}"}
        self.workouts = ["/workouts/"]

    def look(self, address: str, name: str = "") -> str:
        with self.client.get(
            address, name=name or address, headers=self.headers, catch_response=True
        ) as answer:
            if answer.status_code != 200:
                answer.failure(f"{answer.status_code}")
            return answer.text or ""

    @task(3)
    def browse_exercises(self) -> None:
        self.look("/exercises/")
        self.look(f"/exercises/{random.choice(EXERCISES)}/", "/exercises/…/")

    @task(1)
    def search(self) -> None:
        self.look(f"/exercises/?q={random.choice(('row', 'curl', 'squat'))}", "/exercises/?q=…")

    @task(1)
    def browse_muscles(self) -> None:
        self.look("/muscles/")

    @task(3)
    def home(self) -> None:
        self.look("/")

    @task(3)
    def history(self) -> None:
        page = self.look("/workouts/")
        self.workouts = re.findall(r'href="(/workouts/[0-9a-f-]{36}/)"', page) or self.workouts

    @task(3)
    def workout(self) -> None:
        self.look(random.choice(self.workouts), "/workouts/…/")

    @task(2)
    def progress(self) -> None:
        self.look("/progress/")
        self.look(f"/progress/exercises/{random.choice(EXERCISES)}/", "/progress/exercises/…/")

    @task(2)
    def log(self) -> None:
        """Open, preview, save."""
        self.look(NEW)
        day = datetime.date.today() - datetime.timedelta(days=random.randrange(1, 300))
        form = {
            "csrfmiddlewaretoken": TOKEN,
            "id": str(uuid.uuid4()),
            "day": str(day),
            "time": "18:30",
            "time_zone": "UTC",
            "text": TEXT,
        }
        self.send("preview", form, 200)
        self.send("save", form | {"save": "1"}, 302)

    def send(self, name: str, form: dict[str, str], status: int) -> None:
        with self.client.post(
            NEW,
            form,
            name=f"{NEW} {name}",
            headers=self.headers | {"Origin": "http://localhost"},
            allow_redirects=False,
            catch_response=True,
        ) as answer:
            if answer.status_code == status:
                answer.success()
            else:
                answer.failure(f"{answer.status_code}")
