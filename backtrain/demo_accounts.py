"""The demo's accounts: who they are, how they are made, and how they are found again.

Everyone knows their password, so no real server starts while one of them exists.
"""

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from workouts.demo import make_demo_training

PASSWORD = "backtrain-demo"  # noqa: S105  (printed for everyone to see)
ACCOUNTS = (
    ("demo", "athlete with two years of training"),
    ("new", "athlete who has logged nothing yet"),
    ("editor", "edits the catalogue in /admin/"),
    ("admin", "administrator"),
)
NAMES = tuple(name for name, _ in ACCOUNTS)
# Marks the password's hash, so that finding it takes a look and no hashing. Long enough for Django
# to leave it as it is when someone signs in.
SALT = "theSaltOfTheDemosAccounts"


@transaction.atomic
def make_accounts() -> None:
    """The four accounts, and the training of ``demo``."""
    demo = _make("demo")
    _make("new")
    editor = _make("editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    _make("admin", is_staff=True, is_superuser=True)
    demo.athlete.time_zone = "Europe/London"
    demo.athlete.save()
    make_demo_training(demo.athlete, today=demo.athlete.day_at(timezone.now()))


def _make(name: str, **powers: bool) -> User:
    password = make_password(PASSWORD, salt=SALT)
    return User.objects.create(
        username=name, email=f"{name}@example.org", password=password, **powers
    )


def demo_accounts() -> list[User]:
    """Accounts that open with the demo's password, by name. 1 query.

    They are known by their salt, whatever they are called by now. Only an account that has one of
    the four names and another salt costs a hash, some 0.3 s: the demo's own may have got another
    salt from a newer Django. Another account can't have chosen this password (``CommonPassword…``).
    """
    candidates = User.objects.filter(Q(password__contains=f"${SALT}$") | Q(username__in=NAMES))
    return [
        user
        for user in candidates.order_by("username")
        if SALT in user.password or check_password(PASSWORD, user.password)
    ]
