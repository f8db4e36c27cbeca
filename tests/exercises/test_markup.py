import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.markup import TAGS, Footnotes, to_html, to_inline_html
from tests.factories import SourceFactory

TRICKS = st.lists(
    st.sampled_from(
        [
            *("<script>", "</script>", "<img src=x onerror=alert(1)>", "<a href='", "'>", '"', "<"),
            *(
                "javascript:",
                "data:text/html,",
                "vbscript:",
                "[x](",
                ")",
                "![",
                "](",
                "`",
                "&#106;",
            ),
            *("[^key]", "[^", "]", "onclick=", " ", "\n", "\n\n", "*", "# ", "- ", "> ", "\0", "a"),
            *("https://example.org/", "<javascript:alert(1)>", ' "title [^key]"', "style=", "&lt;"),
        ]
    ),
    max_size=30,
).map("".join)


class Markup(HTMLParser):
    """The elements of some HTML."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))


def elements(html):
    return Markup(html).elements


def tags(html):
    return [tag for tag, _ in elements(html)]


class TestToHtml:
    def test_keeps_paragraphs_lists_emphasis_and_links(self):
        html = to_html("One *two* **three**\n\n- [four](https://example.org/4)\n")

        assert tags(html) == ["p", "em", "strong", "ul", "li", "a"]
        assert 'href="https://example.org/4"' in html

    def test_tells_search_engines_and_pages_nothing_through_links(self):
        [_, (tag, attributes)] = elements(to_html("[out](https://example.org/)"))

        assert tag == "a"
        assert attributes["rel"] == "noopener nofollow"

    def test_shows_raw_html_as_text(self):
        html = to_html("<b onclick=alert(1)>bold</b> <script>alert(1)</script>")

        assert tags(html) == ["p"]
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "&#106;avascript:alert(1)",
            "data:text/html;base64,PHNjcmlwdD4=",
            "data:image/svg+xml,<svg/onload=alert(1)>",
            "vbscript:msgbox(1)",
            "file:///etc/passwd",
        ],
    )
    @pytest.mark.parametrize("form", ["[x]({})", "<{}>", "![x]({})", "[x][1]\n\n[1]: {}"])
    def test_makes_no_link_to_a_dangerous_address(self, form, address):
        assert not [
            attributes for _, attributes in elements(to_html(form.format(address))) if attributes
        ]

    def test_drops_pictures(self):
        assert tags(to_html("![tracker](https://example.org/pixel.png)")) == ["p"]

    def test_drops_headings_but_keeps_their_words(self):
        assert to_html("# Loud").strip() == "Loud"

    def test_puts_nothing_but_an_address_in_attributes(self):
        [_, (_, attributes)] = elements(to_html('[x](https://example.org/ "a title [^key]")'))

        assert set(attributes) == {"href", "rel"}

    @given(TRICKS | st.text())
    def test_never_lets_anything_else_through(self, text):
        source = SourceFactory.build(key="key")
        html = Footnotes.of([text], [source]).link(to_html(text))

        for tag, attributes in elements(html):
            assert tag in TAGS | {"sup"}
            assert set(attributes) <= {"href", "rel", "class", "aria-label"}
            assert urlsplit(attributes.get("href", "")).scheme in ("", "http", "https", "mailto")
        assert "<script" not in html


class TestToInlineHtml:
    def test_has_no_paragraph(self):
        assert to_inline_html("Pull *hard*") == "Pull <em>hard</em>"

    def test_shows_raw_html_as_text(self):
        assert tags(to_inline_html("<p>x</p><i>y</i><script>z</script>")) == []

    def test_does_not_take_a_line_for_a_list(self):
        assert to_inline_html("- one") == "- one"


class TestFootnotes:
    def test_numbers_sources_as_the_texts_come_to_them(self):
        first, second = SourceFactory.build(key="a1"), SourceFactory.build(key="b2")

        notes = Footnotes.of(["One.[^b2]", "Two.[^a1] Again.[^b2]"], [first, second])

        assert notes.cited == (second, first)
        assert notes.others == ()

    def test_keeps_what_no_text_cites_apart(self):
        cited, other = SourceFactory.build(key="cited"), SourceFactory.build(key="other")

        notes = Footnotes.of(["It is so.[^cited]"], [other, cited])

        assert notes.cited == (cited,)
        assert notes.others == (other,)

    def test_makes_marks_links_with_the_number_of_their_source(self):
        notes = Footnotes.of(
            ["[^b2] [^a1]"], [SourceFactory.build(key="a1"), SourceFactory.build(key="b2")]
        )

        html = notes.link("So.[^a1] And so.[^b2] So again.[^a1]")

        assert re.findall(r'href="#source-([a-z0-9]+)" aria-label="Source (\d)">(\d)<', html) == [
            ("a1", "2", "2"),
            ("b2", "1", "1"),
            ("a1", "2", "2"),
        ]

    def test_leaves_unknown_marks_as_they_are(self):
        notes = Footnotes.of(["[^gone] [^a1]"], [SourceFactory.build(key="a1")])

        html = notes.link("Lost.[^gone] Kept.[^a1]")

        assert html.startswith("Lost.[^gone] Kept.<sup")

    def test_is_empty_without_texts_and_sources(self):
        notes = Footnotes.of([], [])

        assert notes == Footnotes(cited=(), others=())
        assert notes.link("<p>x</p>") == "<p>x</p>"

    def test_survives_markdown(self):
        text = "Held *so*.[^a1]"
        notes = Footnotes.of([text], [SourceFactory.build(key="a1")])

        assert tags(notes.link(to_html(text))) == ["p", "em", "sup", "a"]
