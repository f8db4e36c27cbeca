"""Every page of the site and the states it can be in: one list for tests and pictures.

A new address needs a line here; tests/backtrain/test_pages.py fails until it has one. Addresses
lead into the demo that tests/demo_site.py makes, and may name what only it knows: `{workout}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

VISITOR, NEW, DEMO, WARY, EDITOR = "visitor", "new", "demo", "wary", "editor"
EVERYONE = (VISITOR, NEW, DEMO)
ATHLETES = (NEW, DEMO)

PASSWORD = "backtrain-demo"
SESSION = """2024-11-22 18:30 Back day
> slept badly, 65 min
Pull-up: 8, 8, 6
bb row 40 kg x 10 w, 60 kg x 8, 70 kg x 8, 70 kg x 7 @9
plank 1:30"""
# What is being fetched, or will be
UNDER_WAY = "[data-part], [aria-busy=true], .htmx-request"
UNREADABLE = "Pull-up: 8, 8\nPull-up: a few\nJeferson curl 20 kg x 8"


@dataclass(frozen=True, slots=True)
class Page:
    """A page in one state: its address, who has it, its answer's status, what to do when open."""

    name: str
    address: str
    who: tuple[str, ...]
    status: int = 200
    steps: Callable[[Tab], None] | None = None

    def at(self, keys: Mapping[str, str]) -> str:
        """The address, with the demo's keys in it."""
        return self.address.format_map(keys)

    def opened(self, tab: Tab, keys: Mapping[str, str]) -> None:
        """Open the page, and bring it into its state."""
        self.visited(tab, keys)
        if self.steps:
            self.steps(tab)

    def visited(self, tab: Tab, keys: Mapping[str, str]) -> None:
        """Open the page, and wait until nothing is under way.

        Raises RuntimeError if something else answered.
        """
        answer = tab.goto(self.at(keys))
        if answer is None or answer.status not in (self.status, 200):
            raise RuntimeError(f"{self.name}: {tab.url} answered {answer and answer.status}.")
        for waiting in tab.locator(UNDER_WAY).all():
            waiting.wait_for(state="detached")


# Steps


def open_details(tab: Tab) -> None:
    """Open all that is folded, as a reader would who wants to see everything."""
    tab.locator("main details").evaluate_all(
        "all => all.forEach(one => { one.removeAttribute('name'); one.open = true; })"
    )


def in_grid(tab: Tab) -> None:
    """With all that is folded; the pages after it are as if the grid had not been asked for."""
    open_details(tab)
    tab.context.clear_cookies(name="log-view")


def make_token(tab: Tab) -> None:
    tab.get_by_label("What is it for?").fill("Backup at night")
    tab.get_by_role("button", name="Make a token").click()
    tab.wait_for_load_state()
    password = tab.get_by_label("Password", exact=True)
    if password.is_visible():
        password.fill(PASSWORD)
        password.press("Enter")


def preview(tab: Tab) -> None:
    tab.get_by_label("What did you do?").fill(SESSION)
    tab.locator("#preview").get_by_text("exercises").first.wait_for()


def save_unreadable(tab: Tab) -> None:
    write(tab, UNREADABLE, press="Save workout")


def leave_a_draft(tab: Tab) -> None:
    tab.get_by_label("What did you do?").fill(SESSION)
    tab.get_by_text("Draft kept.").wait_for()
    tab.reload()


def save_over_another(tab: Tab) -> None:
    """Save as a tab does that was opened before another one saved."""
    tab.locator("[name=revision]").evaluate("field => field.value = '99'")
    write(tab, SESSION, press="Save changes")


def write(tab: Tab, text: str, *, press: str) -> None:
    tab.get_by_label("What did you do?").fill(text)
    with tab.expect_navigation():
        tab.get_by_role("button", name=press).click()


def submit(tab: Tab) -> None:
    """Press the page's own button."""
    with tab.expect_navigation():
        tab.locator("main form button").first.click()


def weigh_wrongly(tab: Tab) -> None:
    tab.get_by_label("Weight", exact=True).fill("176")
    submit(tab)


def submit_empty(tab: Tab) -> None:
    """Send the form as it is, past the browser's own checks."""
    tab.locator("main form").evaluate_all("forms => forms.forEach(form => form.noValidate = true)")
    submit(tab)


def sign_in_wrongly(tab: Tab) -> None:
    tab.locator("[name=login]").fill(DEMO)
    tab.locator("[name=password]").fill("not this one")
    submit(tab)


def sign_in_warily(tab: Tab) -> None:
    """As far as the second factor."""
    tab.locator("[name=login]").fill(WARY)
    tab.locator("[name=password]").fill(PASSWORD)
    submit(tab)


def come_by_provider(tab: Tab) -> None:
    """From the page to sign in, as somebody whom the site does not know."""
    tab.get_by_role("button", name="Go on with the club").click()
    tab.wait_for_url("**/sso/signup/")


PAGES = (
    Page("home", "/", EVERYONE),
    Page("home-open", "/", (VISITOR,), steps=open_details),
    Page("back", "/back/", EVERYONE),
    Page("muscles", "/muscles/", EVERYONE),
    Page("muscle", "/muscles/latissimus-dorsi/", EVERYONE),
    Page("muscle-group", "/muscles/trapezius/", (VISITOR,), steps=open_details),
    Page("muscle-part", "/muscles/lower-trapezius/", (VISITOR,)),
    Page("exercises", "/exercises/", EVERYONE),
    Page("exercises-open", "/exercises/", (VISITOR, DEMO), steps=open_details),
    Page("exercises-narrowed", "/exercises/?muscle=back&level=beginner&page=2", (VISITOR,)),
    Page("exercises-unknown", "/exercises/?q=jeferson+crul", (VISITOR, DEMO)),
    Page("exercises-none", "/exercises/?muscle=calves&equipment=rings&level=nonsense", (VISITOR,)),
    Page("exercise", "/exercises/pull-up/", EVERYONE),
    Page("exercise-open", "/exercises/bent-over-barbell-row/", (VISITOR,), steps=open_details),
    Page("compare", "/exercises/compare/?a=pull-up&b=lat-pulldown", EVERYONE),
    Page("compare-offers", "/exercises/compare/?a=barbell-bench-press", (VISITOR,)),
    Page("compare-none", "/exercises/compare/?a=nonsense", (VISITOR,)),
    Page("exercise-own", "/exercises/{own}/", (DEMO,)),
    Page("own-exercises", "/exercises/own/", ATHLETES),
    Page("own-exercise-create", "/exercises/own/new/", ATHLETES),
    Page("own-exercise-create-wrong", "/exercises/own/new/", (NEW,), steps=submit_empty),
    Page("own-exercise-edit", "/exercises/own/{own}/edit/", (DEMO,), steps=open_details),
    Page("own-exercise-delete", "/exercises/own/{own}/delete/", (DEMO,)),
    Page("own-exercise-merge", "/exercises/own/{own}/merge/", (DEMO,)),
    Page("own-exercise-merge-into", "/exercises/own/{own}/merge/?into={row}", (DEMO,)),
    Page("own-exercise-clash", "/exercises/own/{own}/merge/?into={pull_up}", (DEMO,)),
    Page("history", "/workouts/", ATHLETES),
    Page("history-earlier", "/workouts/?page=3", (DEMO,)),
    Page("history-year", "/workouts/?year=2025", ATHLETES, steps=open_details),
    Page("history-month", "/workouts/?month=2024-11", (DEMO,), steps=open_details),
    Page("history-filters", "/workouts/?filter=1&exercise=pull-up&year=2025", ATHLETES),
    Page("history-day", "/workouts/?day=2024-11-22", (DEMO,)),
    Page("deleted", "/workouts/deleted/", ATHLETES),
    Page("deleted-open", "/workouts/deleted/", (DEMO,), steps=open_details),
    Page("log", "/workouts/new/", ATHLETES),
    Page("log-open", "/workouts/new/", (NEW,), steps=open_details),
    Page("log-exercise", "/workouts/new/?exercise=pull-up", (DEMO,)),
    Page("log-preview", "/workouts/new/", (DEMO,), steps=preview),
    Page("log-draft", "/workouts/new/", (NEW,), steps=leave_a_draft),
    Page("log-unreadable", "/workouts/new/", (DEMO,), steps=save_unreadable),
    Page("workout", "/workouts/{workout}/", (DEMO,)),
    Page("workout-open", "/workouts/{workout}/", (DEMO,), steps=open_details),
    Page("workout-records", "/workouts/{workout}/?show=records", (DEMO,)),
    Page("workout-edit", "/workouts/{workout}/edit/", (DEMO,)),
    Page("workout-conflict", "/workouts/{workout}/edit/", (DEMO,), steps=save_over_another),
    Page("workout-copy", "/workouts/{workout}/copy/", (DEMO,)),
    Page("log-grid", "/workouts/new/?view=grid", ATHLETES, steps=in_grid),
    Page("workout-edit-grid", "/workouts/{workout}/edit/?view=grid", (DEMO,), steps=in_grid),
    Page("workout-delete", "/workouts/{workout}/delete/", (DEMO,)),
    Page("routines", "/routines/", ATHLETES),
    Page("routines-order", "/routines/?order=1", (DEMO,)),
    Page("routine", "/routines/{routine}/", (DEMO,), steps=open_details),
    Page("routine-new", "/routines/new/", ATHLETES, steps=open_details),
    Page("routine-new-wrong", "/routines/new/", (NEW,), steps=submit_empty),
    Page("routine-from-workout", "/routines/new/?workout={workout}", (DEMO,)),
    Page("routine-add", "/routines/add/rope-face-pull/", ATHLETES),
    Page("routine-added", "/routines/{routine}/edit/?exercise=superman-raise", (DEMO,)),
    Page("routine-edit", "/routines/{routine}/edit/", (DEMO,)),
    Page("routine-start", "/workouts/new/?routine={routine}", (DEMO,)),
    Page("starters", "/routines/starters/", EVERYONE),
    Page("starter", "/routines/starters/pull-push-legs/", EVERYONE),
    Page("overview", "/progress/", ATHLETES),
    Page("overview-open", "/progress/?span=12w&sort=last", (DEMO,), steps=open_details),
    Page("progress", "/progress/exercises/bent-over-barbell-row/", (DEMO,)),
    Page("progress-open", "/progress/exercises/dip/?range=all", (DEMO,), steps=open_details),
    Page("progress-bests", "/progress/exercises/barbell-bench-press/?show=bests", (DEMO,)),
    Page("progress-compared", "/progress/exercises/pull-up/?show=compare", ATHLETES),
    Page("progress-reps", "/progress/exercises/dip/", (DEMO,)),
    Page("progress-none", "/progress/exercises/wrist-curl/", ATHLETES),
    Page("muscle-progress", "/progress/muscles/latissimus-dorsi/", ATHLETES, steps=open_details),
    Page("muscle-progress-all", "/progress/muscles/trapezius/?range=all", (DEMO,)),
    Page("year", "/progress/years/2025/", ATHLETES, steps=open_details),
    Page("logged-exercises", "/progress/exercises/", ATHLETES),
    Page("records", "/progress/records/", ATHLETES),
    Page("favourite", "/progress/exercises/pull-up/favourite/", ATHLETES),
    Page("settings", "/accounts/settings/", ATHLETES),
    Page("plates", "/plates/", EVERYONE),
    Page("plates-loaded", "/plates/?weight=142.5&unit=kg&exercise=back-squat", (VISITOR, DEMO)),
    Page("plates-not-loaded", "/plates/?weight=101&unit=kg", (VISITOR,)),
    Page("own-plates", "/plates/own/", ATHLETES),
    Page("log-warm-up", "/workouts/new/?exercise=back-squat&sets=20+kg+x+10+w", (DEMO,)),
    Page("body-weight", "/bodyweight/", ATHLETES),
    Page("body-weight-open", "/bodyweight/?range=all", (DEMO,), steps=open_details),
    Page("body-weight-slip", "/bodyweight/", (DEMO,), steps=weigh_wrongly),
    Page("body-weight-edit", "/{weighing}/edit/", (DEMO,)),
    Page("imports", "/data/import/", ATHLETES),
    Page("import-waits", "/{waiting}/", (DEMO,), steps=open_details),
    Page("import-done", "/{imported}/", (DEMO,), steps=open_details),
    Page("exports", "/data/export/", ATHLETES),
    Page("account-delete", "/accounts/delete/", (DEMO,)),
    Page("sessions", "/accounts/sessions/", ATHLETES),
    Page("tokens", "/accounts/tokens/", ATHLETES),
    Page("token-made", "/accounts/tokens/", (DEMO,), steps=make_token),
    Page("api", "/api/v1/", (VISITOR,)),
    Page("sign-in", "/accounts/login/", (VISITOR,)),
    Page("sign-in-wrong", "/accounts/login/", (VISITOR,), steps=sign_in_wrongly),
    Page("sign-in-code", "/accounts/login/", (VISITOR,), steps=sign_in_warily),
    Page("sign-up", "/accounts/signup/", (VISITOR,)),
    Page("sign-up-wrong", "/accounts/signup/", (VISITOR,), steps=submit_empty),
    Page("single-sign-on", "/accounts/sso/", (DEMO,)),
    Page("single-sign-on-connected", "/accounts/sso/", (WARY,)),
    Page(
        "single-sign-on-sign-up", "/accounts/sso/signup/", (VISITOR,), 302, steps=come_by_provider
    ),
    Page("single-sign-on-failed", "/accounts/sso/callback/", (VISITOR,), status=401),
    Page("single-sign-on-cancelled", "/accounts/sso/cancelled/", (VISITOR,)),
    Page("sign-out", "/accounts/logout/", (DEMO,)),
    Page("inactive", "/accounts/inactive/", (VISITOR,)),
    Page("reauthenticate", "/accounts/reauthenticate/", (DEMO,)),
    Page("email", "/accounts/email/", (DEMO,)),
    Page("email-sent", "/accounts/confirm-email/", (VISITOR,)),
    Page("email-confirm", "/accounts/confirm-email/{email_key}/", (VISITOR,)),
    Page("email-confirm-wrong", "/accounts/confirm-email/nothing/", (VISITOR,)),
    Page("password-change", "/accounts/password/change/", (DEMO,)),
    Page("password-reset", "/accounts/password/reset/", (VISITOR,)),
    Page("password-reset-done", "/accounts/password/reset/done/", (VISITOR,)),
    Page("password-reset-key", "/accounts/password/reset/key/{reset_key}/", (VISITOR,), 302),
    Page("password-reset-key-wrong", "/accounts/password/reset/key/1-nothing/", (VISITOR,)),
    Page("password-reset-key-done", "/accounts/password/reset/key/done/", (VISITOR,)),
    Page("second-factor", "/accounts/2fa/", (DEMO, WARY)),
    Page("second-factor-activate", "/accounts/2fa/totp/activate/", (DEMO,)),
    Page("second-factor-deactivate", "/accounts/2fa/totp/deactivate/", (WARY,)),
    Page("second-factor-reauthenticate", "/accounts/2fa/reauthenticate/", (WARY,)),
    Page("recovery-codes", "/accounts/2fa/recovery-codes/", (WARY,)),
    Page("recovery-codes-new", "/accounts/2fa/recovery-codes/generate/", (WARY,)),
    Page("offline", "/offline/", (VISITOR, DEMO)),
    Page("error-404", "/nothing/", (VISITOR, DEMO), status=404),
    Page("error-400", "/errors/400/", (VISITOR,), status=400),
    Page("error-403", "/errors/403/", (DEMO,), status=403),
    Page("error-403-csrf", "/errors/403-csrf/", (DEMO,), status=403),
    Page("error-503", "/errors/503/", (VISITOR,), status=503),
    Page("error-500", "/errors/500/", (VISITOR,), status=500),
    Page("styleguide", "/styleguide/", (EDITOR,)),
    Page("styleguide-figures", "/styleguide/figures/", (EDITOR,)),
    Page("admin", "/admin/", (EDITOR,)),
    Page("admin-changes", "/admin/exercises/revision/", (EDITOR,)),
    Page("admin-exercises", "/admin/exercises/exercise/", (EDITOR,)),
    Page("admin-exercise-add", "/admin/exercises/exercise/add/", (EDITOR,)),
    Page("admin-exercise", "/admin/exercises/exercise/{pull_up}/change/", (EDITOR,)),
    Page("admin-history", "/admin/exercises/exercise/{pull_up}/history/", (EDITOR,)),
    Page("admin-upstream", "/admin/exercises/exercise/{pull_up}/upstream/", (EDITOR,)),
    Page("admin-conflicts", "/admin/exercises/openconflict/", (EDITOR,)),
    Page("admin-muscles", "/admin/exercises/muscle/", (EDITOR,)),
    Page("admin-muscle", "/admin/exercises/muscle/{trapezius}/change/", (EDITOR,)),
    Page("admin-equipment", "/admin/exercises/equipment/", (EDITOR,)),
    Page("admin-sources", "/admin/exercises/source/", (EDITOR,)),
    # Last, since it takes a workout away.
    Page("history-deleted", "/workouts/{oldest}/delete/", (DEMO,), steps=submit),
)


def views() -> Iterator[tuple[Page, str]]:
    """Each page with each of those who have it, one person's pages after the other's."""
    for who in (VISITOR, NEW, DEMO, WARY, EDITOR):
        yield from ((page, who) for page in PAGES if who in page.who)
