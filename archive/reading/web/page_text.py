"""The story of a web page: its lines in order, without menus, advertisements and comments.

What is story and what is not trafilatura decides. Here its result becomes lines with roles. The
order of attempts: trafilatura in its fast mode; with its fallbacks where that gave little; the
`articleBody` of the page's JSON-LD where that is much longer than what the page shows.
"""

import logging
import re
from html import unescape
from typing import Final, cast

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from archive.reading.markup import Paragraphs, clean_line, render_element, render_text
from archive.reading.web.page_metadata import Page
from archive.records import Role

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it discards, our errors tell

_LITTLE: Final = 600
_SHARE_OF_PASSAGES: Final = 0.5
"""Characters of a result, and its share of the text that stands in paragraphs of the page, below
which trafilatura's fallbacks are tried too. Elsewhere they hardly ever change its result, and
would take as much time again."""

_PASSAGE_CHARS: Final = 80
"""Least characters of a `p` that counts as text; menus and notices have shorter ones."""

_SHARE_OF_BODY: Final = 0.5
"""A result with fewer words than this share of `articleBody` is a teaser, or not the story."""

_MERGED: Final = 300
"""Characters of a line that may be several paragraphs run together."""

MAX_ELEMENTS: Final = 50_000
"""Elements of a page that trafilatura is given: some of its steps take the square of them in time.
News pages have a few thousand, long live blogs ten times as many."""

_MOST_COMPARISONS: Final = 500_000_000
"""Lines of a page times characters of its story, beyond which they are not compared: the largest
pages of news have some ten million."""

_HTML_NAMES: Final = {
    "ab": "p",
    "cell": "td",
    "code": "span",
    "item": "li",
    "lb": "br",
    "list": "ul",
    "quote": "blockquote",
    "row": "tr",
}
_FAILURES: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    etree.LxmlError,
)
"""What trafilatura stumbles over on pages made of nonsense, or nested hundreds of elements deep."""

_HEADING: Final = re.compile("h[1-6]")

_PASSAGE_WORDS: Final = 8
_SENTENCE_END: Final = re.compile(r"[.!?…。！？।؟][\"”’»')\]]*$")
"""Least words of a line that is a passage, and how it ends."""

_UNSPACED: Final = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    r"\u2018-\u201d\u2026\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]{20}"
)
"""A run of a script that sets no spaces between words (Thai, Lao, Burmese, Khmer, Japanese,
Chinese), its punctuation included: as much as a passage has."""


def main_text(page: Page) -> Paragraphs:
    """The lines of a page's story with the roles that the markup tells; none if there is none.

    Of a page of more than `MAX_ELEMENTS` only its `article` or `main` element is read.
    """
    root = cast(HtmlElement, page.root)
    if is_too_large(page):
        return _marked_article(root)
    lines = _extract(root, fast=True)
    enough = max(_LITTLE, _SHARE_OF_PASSAGES * _passage_chars(page.root))
    if _length(lines) < enough:
        slower = _extract(root, fast=False)
        lines = slower if _length(slower) > _length(lines) else lines
    lines = _split_merged(lines, page.root) if lines else _marked_article(page.root)
    body = _article_body(page)
    # Where trafilatura itself took the story from there, it is one line.
    if _words(lines) < _SHARE_OF_BODY * _words(body) or _characters(lines) == _characters(body):
        return body
    return lines


def _marked_article(root: etree._Element) -> Paragraphs:
    """The lines of the page's one `article` or `main` element, where trafilatura finds nothing."""
    for tag in ("article", "main"):
        elements = list(root.iter(tag))
        if len(elements) == 1:
            return render_element(elements[0])
    return []


def is_too_large(page: Page) -> bool:
    """Whether a page has more elements than trafilatura is given."""
    return sum(1 for _ in page.root.iter()) > MAX_ELEMENTS


def has_passage(lines: Paragraphs) -> bool:
    """Whether any line reads as a sentence, which menus and notices of errors do not have."""
    return any(
        (len(line.split()) >= _PASSAGE_WORDS and _SENTENCE_END.search(line[-8:]))
        or _UNSPACED.search(line)
        for line, _ in lines
    )


def link_lines(page: Page, lines: Paragraphs) -> int:
    """How many lines of a story are nothing but the text of a link on the page."""
    links = {clean_line(" ".join(map(str, a.itertext()))) for a in page.root.iter("a")}
    return sum(line in links for line, _ in lines)


def _extract(root: HtmlElement, *, fast: bool) -> Paragraphs:
    """What trafilatura takes for the story. It works on copies of the tree."""
    try:
        document = bare_extraction(
            root, fast=fast, include_comments=False, deduplicate=False, with_metadata=False
        )
    except _FAILURES:
        return []
    body = getattr(document, "body", None)
    return [] if body is None else render_element(_as_html(body))


def _as_html(body: etree._Element) -> etree._Element:
    """The elements of trafilatura, TEI's for the most part, under the names HTML has for them."""
    for element in body.iter("*"):
        if element.tag == "head":
            level = element.get("rend") or ""
            element.tag = level if _HEADING.fullmatch(level) else "h2"
        elif element.tag in _HTML_NAMES:
            element.tag = _HTML_NAMES[str(element.tag)]
    return body


def _split_merged(lines: Paragraphs, root: etree._Element) -> Paragraphs:
    """Cut a line that is several of the page's own lines run together.

    trafilatura's last resorts give the text of an `article` element, or of the page, as one
    paragraph; its lines are found again by comparing characters, white space apart.
    """
    if all(len(line) < _MERGED for line, _ in lines):
        return lines
    shown = render_element(root)
    if len(shown) * _length(lines) > _MOST_COMPARISONS:
        return lines
    known = {line for line, _ in shown}
    cut: Paragraphs = []
    for line, role in lines:
        is_merged = len(line) >= _MERGED and line not in known and role is None
        cut.extend(_cut(line, shown) if is_merged else [(line, role)])
    return cut


def _cut(merged: str, shown: Paragraphs) -> Paragraphs:
    places = [at for at, char in enumerate(merged) if not char.isspace()]
    bare = "".join(merged[at] for at in places)
    found: list[tuple[int, int, Role | None]] = []
    at = 0
    for line, role in shown:
        key = "".join(line.split())
        # Single words stand anywhere; they would tear sentences.
        if len(key) < 20 or (start := bare.find(key, at)) < 0:
            continue
        found.append((start, start + len(key), role))
        at = start + len(key)
    if len(found) < 2:
        return [(merged, None)]
    cut: Paragraphs = []
    end = 0
    for start, stop, role in [*found, (len(bare), len(bare), None)]:
        for first, last, told in ((end, start, None), (start, stop, role)):
            if first < last:
                cut.append((clean_line(merged[places[first] : places[last - 1] + 1]), told))
        end = stop
    return cut


def _article_body(page: Page) -> Paragraphs:
    """The story as the page's JSON-LD has it: plain text, or HTML, escaped or not."""
    body = page.linked.article.get("articleBody")
    if isinstance(body, list):
        body = "\n".join(each for each in body if isinstance(each, str))
    if not isinstance(body, str):
        return []
    return render_text(unescape(body) if "&lt;" in body and "<" not in body else body)


def _passage_chars(root: etree._Element) -> int:
    lengths = (sum(map(len, map(str, p.itertext()))) for p in root.iter("p"))
    return sum(length for length in lengths if length >= _PASSAGE_CHARS)


def _length(lines: Paragraphs) -> int:
    return sum(len(line) for line, _ in lines)


def _characters(lines: Paragraphs) -> str:
    return "".join(char for line, _ in lines for char in line if not char.isspace())


def _words(lines: Paragraphs) -> int:
    return sum(len(line.split()) for line, _ in lines)
