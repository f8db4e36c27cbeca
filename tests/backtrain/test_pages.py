"""What holds for every page: a strict policy, nothing inline, files that exist."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from tests.factories import log

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))
INLINE = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]*\s(?:src=|type=.application/json))[^>]*>", re.IGNORECASE)
PUBLIC = (
    "/",
    "/muscles/",
    "/muscles/trapezius/",
    "/muscles/rhomboid-major/",
    "/exercises/",
    "/exercises/?q=row&muscle=trapezius&level=nonsense",
    "/exercises/pull-up/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/nothing/",
)
PERSONAL = (
    "/",
    "/exercises/pull-up/",
    "/workouts/",
    "/workouts/new/",
    "/progress/exercises/pull-up/",
    "/progress/exercises/rope-face-pull/",
    "/accounts/settings/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/logout/",
)


@pytest.fixture
def catalogue(db):
    folder = settings.BASE_DIR / "fixtures"
    call_command("loaddata", *folder.glob("*.yaml"), *folder.glob("exercises/*.yaml"), verbosity=0)


class TestTemplates:
    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
    def test_hold_no_inline_style_or_script(self, path):
        source = path.read_text()

        assert not INLINE.search(source)
        assert not SCRIPT.search(source)

    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
    def test_name_static_files_that_exist(self, path):
        names = re.findall(r"{% static '([^']+)' %}", path.read_text())

        assert [name for name in names if not finders.find(name)] == []

    def test_every_style_sheet_is_used(self):
        used = set(re.findall(r"static '([^']+\.css)'", "".join(p.read_text() for p in TEMPLATES)))
        folder = settings.BASE_DIR / "static"

        assert {str(p.relative_to(folder)) for p in folder.rglob("*.css")} == used


@pytest.mark.ignore_template_errors
class TestPages:
    def test_public_ones_have_a_strict_policy_and_nothing_inline(self, client, catalogue):
        for address in PUBLIC:
            self.check(client.get(address), address)

    def test_personal_ones_too(self, alice, alices_client, catalogue):
        workout = log(alice, "Pull-up: 8\n> note\nbb row: 60 kg x 8 w, 70 kg x 8 @9")
        own = workout.get_absolute_url()

        for address in (*PERSONAL, own, f"{own}edit/", f"{own}copy/", f"{own}delete/"):
            self.check(alices_client.get(address), address)

    def check(self, response, address):
        assert response.status_code in (200, 404), address
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        html = response.content.decode()
        assert not INLINE.search(html), address
        assert not SCRIPT.search(html), address
        assert "http:" not in re.sub(r'xmlns="[^"]+"|href="http:[^"]+"', "", html), address
