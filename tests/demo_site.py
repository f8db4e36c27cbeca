"""The demo as tests and pictures see it: its rows, and whoever has signed in to it."""

import io
from datetime import time, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from exercises.models import Exercise, Muscle
from exercises.names import name_key
from tests.factories import log
from tests.pages import ATHLETES, DEMO, PASSWORD, VISITOR, WARY
from workouts.data.importing import finish, keep, opened
from workouts.data.planning import read_file
from workouts.models import OwnName, Workout
from workouts.own_exercises import make_own_exercise, names_of, remove_own_exercise
from workouts.saving import delete_workout

SECRET = "JBSWY3DPEHPK3PXP"
# A provider that nobody asks: its pages are there, and its button.
CLUB = {
    "issuer": "https://id.example.org",
    "client_id": "backtrain",
    "client_secret": "secret",
    "name": "the club",
}


def make_demo() -> dict[str, str]:
    """Fill an empty database with the demo and more; return the keys that its pages need."""
    with override_settings(DEBUG=True):
        call_command("demo", "--no-serve", stdout=io.StringIO())
    return furnish()


def furnish() -> dict[str, str]:
    """Add to the demo what its athlete rarely does.

    Returns what the addresses of tests/pages.py leave open.
    """
    demo = User.objects.get(username=DEMO)
    make_wary_athlete()
    for user in User.objects.filter(username__in=ATHLETES):
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    admin = User.objects.get(username="admin")
    unsure = EmailAddress.objects.create(user=admin, email=admin.email)
    delete_something(demo)
    workouts = list(demo.athlete.workouts.live().newest_first())
    richest = max(workouts[:5], key=lambda workout: workout.entries.count())
    waiting, imported = bring_files(demo)
    return {
        "workout": str(richest.pk),
        "oldest": str(workouts[-1].pk),
        "routine": str(demo.athlete.routines.in_order()[0].pk),
        "own": make_own_exercises(demo, like=workouts[40]),
        "pull_up": str(Exercise.objects.get(slug="pull-up").pk),
        "row": str(Exercise.objects.get(slug="bent-over-barbell-row").pk),
        "trapezius": str(Muscle.objects.get(slug="trapezius").pk),
        "weighing": f"bodyweight/{demo.athlete.body_weights.latest('weighed_on').pk}",
        "waiting": f"data/import/{waiting}",
        "imported": f"data/import/{imported}",
        "email_key": EmailConfirmationHMAC.create(unsure).key,
        "reset_key": f"{user_pk_to_url_str(admin)}-{default_token_generator.make_token(admin)}",
    }


FILE = b"""date,exercise,kind,weight,unit,reps
2019-03-01,Barbell row,warm-up,40,kg,10
2019-03-01,Barbell row,working,60,kg,8
2019-03-01,Barbell row,working,60,kg,none
2019-03-02,%s,working,20,kg,12
"""


def bring_files(demo: User) -> tuple[int, int]:
    """One with a name to be told, which waits, and one that is brought in; return their keys."""
    keys = []
    for name in (b"Reverse pyramid row", b"Barbell curl"):
        data = FILE % name
        export = read_file(demo.athlete, data, index=names_of(demo))
        one = opened(athlete=demo.athlete, data=data, file_name="table.csv", export=export)
        keys.append(keep(one).pk)
    finish(one, at=timezone.now())
    return keys[0], keys[1]


def make_own_exercises(demo: User, *, like: Workout) -> str:
    """One in use, one archived, and a name for the catalogue's; return the slug of the first."""
    carry = make_own_exercise(owner=demo, name="Zercher carry")
    curl = make_own_exercise(owner=demo, name="Jefferson curl")
    log(demo, "Zercher carry: 60 kg x 8, 6\nJefferson curl: 20 kg x 8", on=like.day, at=time(7, 0))
    remove_own_exercise(owner=demo, exercise=curl)
    pull_up = Exercise.objects.get(slug="pull-up")
    OwnName.objects.create(
        athlete=demo.athlete, exercise=pull_up, name="Garage pulls", key=name_key("Garage pulls")
    )
    return carry.slug


def delete_something(demo: User) -> None:
    """Two workouts: one that has just been deleted, one that is about to go for good."""
    workouts = list(demo.athlete.workouts.live().newest_first())
    for workout, days in ((workouts[60], 1), (workouts[80], 29)):
        at = timezone.now() - timedelta(days=days)
        delete_workout(athlete=demo.athlete, key=workout.pk, at=at)


def make_wary_athlete() -> None:
    """One who signs in with a second factor, also by the provider."""
    wary = User.objects.create_user(WARY, "wary@example.org", PASSWORD)
    EmailAddress.objects.create(user=wary, email=wary.email, primary=True, verified=True)
    totp.TOTP.activate(wary, SECRET)
    RecoveryCodes.activate(wary)
    if settings.SINGLE_SIGN_ON:
        issuer = settings.SINGLE_SIGN_ON["issuer"]
        SocialAccount.objects.create(user=wary, provider=issuer, uid=WARY)


def client_of(who: str) -> Client:
    """A client in which someone of the demo has just signed in, and has said twice who they are."""
    client = Client()
    if who == VISITOR:
        return client
    client.post(reverse("account_login"), {"login": who, "password": PASSWORD})
    if who == WARY:
        counter = next(totp.yield_hotp_counters_from_time())
        code = totp.format_hotp_value(totp.hotp_value(SECRET, counter))
        client.post(reverse("mfa_authenticate"), {"code": code})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client
