"""What a strict content security policy asks of the templates, and that what they name exists."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template

FOLDERS = [Path(settings.BASE_DIR) / "templates"]
TEMPLATES = sorted(path for folder in FOLDERS for path in folder.rglob("*.html"))
SCRIPTS = sorted((Path(settings.BASE_DIR) / "static").rglob("*.js"))
STYLES = sorted((Path(settings.BASE_DIR) / "static").rglob("*.css"))

INLINE = {
    "a style element": r"<style\b",
    "a style attribute": r"\sstyle\s*=",
    "a script in the page": r"<script\b(?![^>]*\ssrc=)",
    "an event handler": r"\son[a-z]+\s*=",
    "a script as an address": r"(?i)[\"'=\s]javascript:",
    "a script for htmx": r"\shx-(?:on|vars)\b|\shx-(?:vals|headers)=.js:|\shx-trigger=[^>]*\[",
    "a script from elsewhere": r"<(?:script|link|img|iframe)\b[^>]*\s(?:src|href)=.(?:https?:)?//",
}
COMMENT = re.compile(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)


# A field with an instant, shown by date and time; a stamp for machines has its zone with it
INSTANT = re.compile(
    r"""{{\s*[\w.]*_at\s*(?:\|\s*(?:date|time)(?!:.c.)[^}]*)?}}(?!\s*UTC\b)""", re.VERBOSE
)


def name(path):
    return str(path.relative_to(settings.BASE_DIR))


def source(path):
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


class TestTemplates:
    def test_are_found(self):
        assert len(TEMPLATES) > 20

    def test_reckon_nothing(self):
        """Numbers are the view's; whether there is more than one thing is not a calculation."""
        sums = re.compile(r"\|add:\"?-?\d|\|slice:|{%[^%]*[<>]=?\s*(?:[2-9]|\d\d)|{% widthratio")

        assert [name(path) for path in TEMPLATES if sums.search(source(path))] == []

    @pytest.mark.parametrize("kind", INLINE)
    def test_hold_nothing_inline(self, kind):
        assert [name(path) for path in TEMPLATES if re.search(INLINE[kind], source(path))] == []

    @pytest.mark.parametrize(
        ("kind", "html"),
        [
            ("a style element", "<style>p{}</style>"),
            ("a style attribute", '<p class="a" style="color:red">'),
            ("a script in the page", "<script>x()</script>"),
            ("a script in the page", '<script type="module">x()</script>'),
            ("an event handler", '<a onclick="x()">'),
            ("a script as an address", '<a href="javascript:x()">'),
            ("a script for htmx", "<a hx-on:click='x()'>"),
            ("a script for htmx", "<a hx-vals='js:{a: x()}'>"),
            ("a script from elsewhere", '<script src="https://cdn.example.org/x.js">'),
            ("a script from elsewhere", '<link rel="stylesheet" href="//cdn.example.org/x.css">'),
        ],
    )
    def test_would_be_caught(self, kind, html):
        assert re.search(INLINE[kind], html)

    def test_compile(self):
        for path in TEMPLATES:
            get_template(str(path.relative_to(FOLDERS[0])))

    def test_name_only_static_files_that_exist(self):
        named = {
            (name(path), file)
            for path in TEMPLATES
            for file in re.findall(r"{%\s*static\s+['\"]([^'\"]+)['\"]", source(path))
        }

        assert named
        assert [each for each in named if finders.find(each[1]) is None] == []

    @pytest.mark.parametrize(
        ("html", "is_shifted"),
        [
            ("{{ workout.started_at|date:'H:i' }}", True),
            ('{{ row.made_at|date:"j F Y, H:i" }}</time>', True),
            ("{{ version.revision.made_at }}", True),
            ('{{ row.made_at|date:"j F Y, H:i" }} UTC', False),
            ("{{ row.made_at|date:'c' }}", False),
            ('{{ workout.local_start|time:"H:i" }}', False),
        ],
    )
    def test_would_be_caught_showing_a_time_in_the_servers_zone(self, html, is_shifted):
        assert bool(INSTANT.search(html)) is is_shifted

    def test_show_no_instant_in_the_servers_zone_without_saying_so(self):
        """A template turns a datetime that has a zone into the server's, which is UTC."""
        assert [name(path) for path in TEMPLATES if INSTANT.search(source(path))] == []

    def test_take_all_components_from_a_place_that_says_its_inputs(self):
        components = [path for path in TEMPLATES if path.parent.name == "components"]

        silent = [
            name(path)
            for path in components
            if not path.read_text(encoding="utf-8").startswith("{% comment %}")
        ]
        assert silent == []


ADMIN_STYLES = "static/css/admin.css"
SITE_STYLES = "static/css/site.css"
SHEETS = {SITE_STYLES, "static/css/training.css"}  # name the others
OUTSIDE = r"""url\(["']?(?:https?:)?//|@import (?!"[\w/-]+\.css";)|fetch\(["']https?:"""


class TestStaticFiles:
    @pytest.mark.parametrize(
        "text",
        [
            'url("https://example.org/a.png")',
            "url(//example.org/a.png)",
            '@import "https://example.org/a.css";',
            '@import "//example.org/a.css";',
            "@import url(a.css);",
            "fetch('https://example.org')",
        ],
    )
    def test_that_ask_somebody_else_would_be_caught(self, text):
        assert re.search(OUTSIDE, text)

    def test_import_modules_that_exist(self):
        missing = [
            (name(path), module)
            for path in SCRIPTS
            for module in re.findall(r"from\s+[\"'](\.[^\"']+)[\"']", path.read_text())
            if not (path.parent / module).is_file()
        ]

        assert missing == []

    def test_evaluate_no_text_as_a_script(self):
        pattern = r"\beval\(|new Function\(|\.innerHTML\s*=|document\.write|setTimeout\(\s*[\"']"

        assert [name(path) for path in SCRIPTS if re.search(pattern, path.read_text())] == []

    def test_style_within_layers_and_without_force(self):
        loose = [
            name(path)
            for path in STYLES
            if name(path) != ADMIN_STYLES  # Django admin's own are in no layer, and would win
            if name(path) not in SHEETS  # imports, with the layers first among them
            if not re.match(r"\s*(?:/\*.*?\*/\s*)*@layer\b", path.read_text(), re.DOTALL)
            or "!important" in path.read_text()
        ]

        assert loose == []

    def test_styles_are_all_used(self):
        imported = {
            sheet: re.findall(r'^@import "(.+)";$', Path(sheet).read_text(), re.MULTILINE)
            for sheet in SHEETS
        }

        names = {name(path) for path in STYLES} - {ADMIN_STYLES} - SHEETS
        every = [f"static/css/{each}" for sheets in imported.values() for each in sheets]
        assert sorted(every) == sorted(names)
        assert imported[SITE_STYLES][0] == "layers.css"

    def test_ask_nobody_else_for_anything(self):
        outside = [
            name(path) for path in (*STYLES, *SCRIPTS) if re.search(OUTSIDE, path.read_text())
        ]

        assert outside == []
