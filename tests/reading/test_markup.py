"""HTML fragments to lines, and lines to the text of a rendition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.reading.markup import (
    clean_line,
    compose,
    is_markup,
    render_fragment,
    render_line,
    render_text,
    with_headline,
    without_crowded_tags,
)
from archive.records import Role

SUB, CAPTION, HEADLINE = Role.SUBHEADING, Role.CAPTION, Role.HEADLINE


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("Rain fell.", [("Rain fell.", None)]),
        (
            "<p>Rain <b>fe</b>ll.</p>\n<p>Rivers\n rose.</p>",
            [("Rain fell.", None), ("Rivers rose.", None)],
        ),
        ("One<br>two<br/><br>three", [("One", None), ("two", None), ("three", None)]),
        ("<h1>A</h1><h2>B <i>c</i></h2><p>D</p>", [("A", HEADLINE), ("B c", SUB), ("D", None)]),
        (
            "<figure><img alt='x'><figcaption>The <b>dam</b></figcaption></figure>Rain.",
            [("The dam", CAPTION), ("Rain.", None)],
        ),
        (
            "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
            [("a", None), ("b", None), ("c", None)],
        ),
        (
            "<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>",
            [("a b", None), ("c", None)],
        ),
        ("<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", [("a", None), ("b", None)]),
        ("<pre>a\n b\n\nc</pre>", [("a", None), ("b", None), ("c", None)]),
        ("a<script>1</script>b<style>x</style><!-- c --> d", [("ab d", None)]),
        ("a <p hidden>b</p><p style='display: none'>c</p>d", [("a d", None)]),
        ("<p>1&nbsp;000 km&nbsp;away&#8203;</p>", [("1\u00a0000 km away", None)]),
        ("&lt;b&gt; &amp; &rsquo;", [("<b> & ’", None)]),
        ("<p>unclosed <b>tags", [("unclosed tags", None)]),
        ("a < b", [("a < b", None)]),
        ("", []),
        ("<!-- -->", []),
        ("<p> &nbsp; </p>", []),
        ("a\0b", [("ab", None)]),
        ("a\ud800b", [("a\ufffdb", None)]),
        ("<html><head><title>x</title></head><body><p>a</p></body></html>", [("a", None)]),
    ],
)
def test_fragments(html, lines):
    """Lines in the order of the page, with the roles that the tags tell."""
    assert render_fragment(html) == lines


def test_tags_of_thousands_of_attributes_take_no_time():
    """Parsing them takes the square of their number; the text of the element stays."""
    crowded = " ".join(f"a{number}=1" for number in range(200_000))
    assert render_fragment(f"<p {crowded}>Rain.</p><p>Wind.</p>") == [
        ("Rain.", None),
        ("Wind.", None),
    ]
    picture = f"<p><img alt='a b' src='data:image/png;base64,{'QUJD/+' * 5_000}='>Rain.</p>"
    assert without_crowded_tags(picture) == picture


def test_nothing_is_lost_in_the_depths():
    """More elements within each other than the parser follows."""
    assert render_fragment("<div>" * 50_000 + "Rain fell.") == [("Rain fell.", None)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb\r\n\r\nc", ["a", "b", "c"]),
        ("a <b>b</b>\nc", ["a b", "c"]),
        ("<p>a\nb</p>", ["a b"]),
        ("R&amp;D\nR&D", ["R&D", "R&D"]),
        ("a\u2028b\fc", ["a", "b", "c"]),
    ],
)
def test_text_that_may_be_html(text, lines):
    """Newlines count where no tag makes lines."""
    assert [line for line, _ in render_text(text)] == lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" a \t\n b ", "a b"),
        ("a\u00a0b", "a b"),
        ("1\u202f000\u00a0m", "1\u202f000 m"),
        ("a\x07b\u200bc\xadd", "abcd"),
        ("\ufeff a", "a"),
        ("caf\u0301e\udc80", "caf\u0301e\ufffd"),
    ],
)
def test_lines_are_clean(text, line):
    """No controls, no white space but single spaces and those within numbers."""
    assert clean_line(text) == line


@given(st.text())
def test_any_string_is_rendered(text):
    """Lines without newlines and without white space around them, that any encoding can write."""
    for line, _ in [*render_fragment(text), *render_text(text)]:
        assert line and line == line.strip() and not set("\n\r\0") & set(line)
        line.encode("utf-8")
    assert clean_line(clean_line(text)) == clean_line(text)
    render_line(text)


@given(st.lists(st.tuples(st.text(st.characters(exclude_characters="\n"), min_size=1), st.none())))
def test_parts_are_the_lines(paragraphs):
    """Each part is one line of the text, in order."""
    text, parts = compose(paragraphs)
    assert [text[part.char_start : part.char_end] for part in parts] == [p for p, _ in paragraphs]


@pytest.mark.parametrize(
    ("headline", "lines", "expected"),
    [
        ("A b", [("C", None)], [("A b", HEADLINE), ("C", None)]),
        ("A b", [("A B!", HEADLINE), ("C", None)], [("A b", HEADLINE), ("C", None)]),
        ("A b", [("X", HEADLINE), ("C", None)], [("A b", HEADLINE), ("X", SUB), ("C", None)]),
        ("A b", [("X", None), ("A b", HEADLINE)], [("A b", HEADLINE), ("X", None)]),
        (None, [("C", None)], [("C", None)]),
        ("A b", [], [("A b", HEADLINE)]),
    ],
)
def test_headline_stands_first_and_once(headline, lines, expected):
    """Whatever the text shows of it."""
    assert with_headline(headline, lines) == expected


def test_markup_is_told_from_signs():
    """A sign of comparison or an ampersand makes no HTML."""
    assert all(map(is_markup, ("<p>", "</b>", "<br/>", "&eacute;", "&#233;")))
    assert not any(map(is_markup, ("a < b > c", "A & B; C", "<3", "a <- b")))
