"""Every page for everyone: axe, fingers, narrow windows, words for drawings, nothing jumps."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ViewportSize, expect
from playwright.sync_api import Page as Tab

from tests.demo_server import Site
from tests.pages import DEMO, NEW, PAGES, VISITOR, views

pytestmark = pytest.mark.whole

PHONE: ViewportSize = {"width": 390, "height": 844}
# A screen of 1280 × 800, magnified twice and, as WCAG 1.4.10 asks, four times
MAGNIFIED: list[ViewportSize] = [{"width": 640, "height": 400}, {"width": 320, "height": 256}]
LARGEST_SHIFT = 0.01

# All of it in the light; the dark has the same page in other colours. No rule of these asks for the
# style sheets, which axe would fetch again.
AXE = """scheme => axe.run({
    runOnly: scheme === "light"
        ? ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        : {type: "rule", values: ["color-contrast", "link-in-text-block"]},
    preload: {assets: ["media"]},
    resultTypes: ["violations"],
}).then(found => found.violations.flatMap(rule => rule.nodes.map(
    node => `${rule.id}: ${node.target} ${node.failureSummary}`)))"""

# How far the parts of a page have moved of themselves
SHIFT = """() => new Promise(resolve => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(shift => { sum += shift.value; }))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => resolve(sum), 50);
})"""

# What a finger may miss, by WCAG 2.5.8: less than 24 px, not in a line of text, and not alone.
SMALL_TARGETS = """() => {
    const SIZE = 24;
    const area = element => {
        const box = element.closest("label") ?? element;
        const after = getComputedStyle(element, "::after");
        const covers = after.content !== "none" && after.position === "absolute";
        const whole = covers ? element.closest(".row, .tile") : null;
        return (whole ?? box).getBoundingClientRect();
    };
    const isSeen = element => element.checkVisibility({visibilityProperty: true})
        && !element.closest(".visually-hidden") && !element.disabled;
    const isInWindow = ({element, box}) => {
        for (let part = element.parentElement; part; part = part.parentElement) {
            const {top, bottom} = part.getBoundingClientRect();
            const [above, below] = [box.bottom <= top, box.top >= bottom];
            if (getComputedStyle(part).overflowY === "auto" && (above || below)) return false;
        }
        return true;
    };
    const isInText = element => getComputedStyle(element).display === "inline"
        && element.parentElement.textContent.trim() !== element.textContent.trim();
    const targets = [...document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary")]
        .filter(isSeen).map(element => ({element, box: area(element)})).filter(isInWindow);
    const isSmall = ({box}) => box.width < SIZE - 0.01 || box.height < SIZE - 0.01;
    const middle = box => [box.x + box.width / 2, box.y + box.height / 2];
    const reaches = (one, other) => {
        const [x, y] = middle(one.box);
        if (isSmall(other)) {
            const [left, top] = middle(other.box);
            return Math.hypot(left - x, top - y) < SIZE;
        }
        const aside = Math.max(other.box.left - x, 0, x - other.box.right);
        const above = Math.max(other.box.top - y, 0, y - other.box.bottom);
        return Math.hypot(aside, above) < SIZE / 2;
    };
    return targets
        .filter(one => isSmall(one) && !isInText(one.element))
        .filter(one => targets.some(other => other !== one && reaches(one, other)))
        .map(({element, box}) => `${element.outerHTML.slice(0, 120)} ${box.width} x ${box.height}`);
}"""

# How far the page can be moved sideways, and what moves sideways in it without a name or a key.
SIDEWAYS = """() => {
    const page = document.documentElement;
    const moves = element => element.scrollWidth > element.clientWidth + 1
        && ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
    const isReached = element => element.tabIndex >= 0
        && (element.ariaLabel || element.getAttribute("aria-labelledby") || element.labels?.length);
    return [
        ...(page.scrollWidth > page.clientWidth ? [`the page, by ${page.scrollWidth}`] : []),
        ...[...document.querySelectorAll("main *")]
            .filter(element => moves(element) && !isReached(element))
            .map(element => element.outerHTML.slice(0, 120)),
    ];
}"""

# Drawings that nothing but eyes can read.
WORDLESS = """() => {
    const isDrawn = svg => svg.checkVisibility() && !svg.closest("[aria-hidden=true]");
    const isNamed = svg => ["img", "group"].includes(svg.role) && svg.ariaLabel?.trim();
    const subject = link => link.getAttribute("href").split("/").at(-2);
    const words = new Set([...document.querySelectorAll("main :is(li, dd, th) a")].map(subject));
    const marked = map => [...map.querySelectorAll(
        ".body-map-muscle:is(.is-primary, .is-secondary, .is-stabiliser, [class*=heat-])"
    )].map(subject);
    const rows = document.querySelectorAll(".table tbody tr").length;
    const bad = (selector, test) => [...document.querySelectorAll(selector)].filter(test)
        .map(element => element.outerHTML.slice(0, 120));
    return [
        ...bad("svg", svg => isDrawn(svg) && !isNamed(svg)),
        ...bad(".body-map.is-marked:has(.body-map-legend)", map =>
            !marked(map).length || marked(map).some(muscle => !words.has(muscle))),
        ...bad(".chart", chart => rows < 1),
        ...bad("img", image => !image.hasAttribute("alt")),
    ];
}"""


@dataclass(frozen=True)
class Opened:
    """A page in a state, and how far its parts moved while it opened."""

    tab: Tab
    shift: float


# Django's own admin is Django's to mend; the sheet of figures has 154 times what exercises have.
OURS = [view for view in views() if not view[0].name.startswith(("admin", "styleguide-figures"))]
# One person's pages stay on one process, one after the other.
EACH = [
    pytest.param((page, who), id=f"{page.name}--{who}", marks=pytest.mark.xdist_group(who))
    for page, who in OURS
]


@pytest.fixture(scope="module")
def tabs(site: Site, browser: Browser) -> Iterator[dict[str, Tab]]:
    """One for each of those who have pages."""
    tabs = {who: site.tab(browser, who) for who in {who for _, who in OURS}}
    yield tabs
    for tab in tabs.values():
        tab.context.close()


@pytest.fixture(scope="module", params=EACH)
def opened(request: pytest.FixtureRequest, site: Site, tabs: dict[str, Tab]) -> Opened:
    """A page on a phone. All that is asked of it comes one after the other."""
    page, who = request.param
    tab = tabs[who]
    tab.set_viewport_size(PHONE)
    if who == VISITOR:  # who may be half signed in since another page
        tab.context.clear_cookies()
    # What was typed on another page and not saved would be put back on this one.
    tab.evaluate("() => { try { localStorage.clear() } catch { /* no page yet */ } }")
    page.visited(tab, site.keys)
    shift = tab.evaluate(SHIFT)
    if page.steps:
        page.steps(tab)
    tab.evaluate(AXE_SCRIPT)
    return Opened(tab, shift)


@pytest.fixture
def tab(opened: Opened) -> Tab:
    """The page on a phone, in the light."""
    opened.tab.set_viewport_size(PHONE)
    opened.tab.emulate_media(color_scheme="light")
    return opened.tab


class TestEveryPage:
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_passes_axe(self, tab: Tab, scheme: str) -> None:
        tab.emulate_media(color_scheme=scheme)

        assert tab.evaluate(AXE, scheme) == []

    def test_is_within_reach_of_a_finger(self, tab: Tab) -> None:
        """The window is as tall as the page, so that the tabs at its foot cover nothing."""
        height = tab.evaluate("document.documentElement.scrollHeight")
        tab.set_viewport_size({"width": PHONE["width"], "height": height})

        assert tab.evaluate(SMALL_TARGETS) == []

    def test_does_not_scroll_sideways(self, tab: Tab) -> None:
        for size in MAGNIFIED:
            tab.set_viewport_size(size)

            assert (size, tab.evaluate(SIDEWAYS)) == (size, [])

    def test_has_words_for_its_drawings(self, tab: Tab) -> None:
        assert tab.evaluate(WORDLESS) == []

    def test_stands_still_while_it_opens(self, opened: Opened) -> None:
        assert opened.shift < LARGEST_SHIFT


class TestSteps:
    @pytest.mark.parametrize(
        ("name", "who", "words"),
        [
            ("log-preview", DEMO, "Ready to save."),
            ("log-unreadable", DEMO, "No exercise goes by this name."),
            ("workout-conflict", DEMO, "This workout was saved in between"),
            ("own-exercise-create-wrong", NEW, "Give it a name."),
            ("sign-in-wrong", VISITOR, "No account has this user name with this password."),
            ("sign-in-code", VISITOR, "And your code"),
            ("sign-up-wrong", VISITOR, "Please fill this in."),
        ],
    )
    def test_lead_to_the_state(
        self, site: Site, browser: Browser, name: str, who: str, words: str
    ) -> None:
        tab = site.tab(browser, who)

        next(page for page in PAGES if page.name == name).opened(tab, site.keys)

        expect(tab.get_by_role("main").get_by_text(words).first).to_be_visible()
        tab.context.close()


class TestPreview:
    def test_moves_nothing_when_it_comes(self, site: Site, browser: Browser) -> None:
        """Not even what browsers forgive, as it follows upon a key."""
        tab = site.tab(browser, DEMO, viewport=PHONE)
        tab.goto("/workouts/new/?view=text")
        text, preview = (
            tab.get_by_label("What did you do?"),
            tab.get_by_role("region", name="Preview"),
        )
        text.fill("")  # maybe a draft of another page
        expect(preview).to_contain_text("Start typing")
        before = tab.evaluate(SHIFT)

        text.press_sequentially("pullups 8 8 6")
        expect(preview).to_contain_text("Ready to save")

        assert tab.evaluate(SHIFT) - before < LARGEST_SHIFT
        tab.context.close()
