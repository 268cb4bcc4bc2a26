"""Web pages: HTML and XHTML files, as published or as a browser or an archiver saved them."""

import re
from typing import Final

from lxml import etree
from lxml import html as lxml_html

from archive.errors import UnreadableDocument
from archive.reading.format import Format, Head
from archive.reading.markup import Paragraphs, compose, with_headline, without_crowded_tags
from archive.reading.meta import overlay
from archive.reading.moments import moment_of
from archive.reading.signatures import foreign_format
from archive.reading.web.page_encoding import decode_page
from archive.reading.web.page_metadata import Page, domain_of, page_metadata, read_page, web_address
from archive.reading.web.page_text import (
    MAX_ELEMENTS,
    has_passage,
    is_too_large,
    link_lines,
    main_text,
)
from archive.records import Document, Metadata, RawRecord

SUFFIXES: Final = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".asp", ".aspx", ".php", ".jsp")

_PROLOG: Final = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?>)*", re.S)
_ROOT: Final = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|script|style|link|div|article|main|section|"
    r"table|h[1-6]|p|center|font)(?=[\s>/])",
    re.I,
)
_FULL_ROOT: Final = re.compile(r"<(?:!doctype\s+html|html)(?=[\s>])", re.I)
_TAG: Final = re.compile(r"<(?:p|div|br|h[1-6]|body|article|span|table|a)(?=[\s>/])", re.I)

_SAVED_FROM: Final = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.I)
"""The mark that browsers write into a page they save (Internet Explorer's, Chrome's)."""

_SINGLE_FILE: Final = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)\s+saved date:\s*"
    r"\w{3} (\w{3} [0-9]{2} [0-9]{4} [0-9:]{8}) GMT([+-][0-9]{4})",
    re.I,
)
"""The comment of SingleFile (github.com/gildas-lormeau/SingleFile), with JavaScript's date."""

_TOO_DEEP: Final = "ERR_RESOURCE_LIMIT"
_LETTER_SHAPES: Final = (
    "font", "b", "i", "u", "strong", "em", "span", "small", "big", "center", "tt", "strike",
)  # fmt: skip

_MARK_CHARS: Final = 8192
"""How far into a page such marks are looked for."""

_ERROR_TITLE: Final = re.compile(
    r"^\W*(?:error\W*)?(?:4(?:00|01|03|04|10|29)|50[0-4])\b|"
    r"\b(?:page|file|story|article) (?:(?:can ?not|could not|can[’']t) be found|not found|"
    r"(?:is )?no longer available)\b|^not found\b|"
    r"\baccess (?:to this page )?(?:has been )?denied\b|"
    r"\b(?:forbidden|service unavailable|bad gateway|internal server error)\b|"
    r"^just a moment\b|\battention required\b|\bare you (?:a )?(?:human|robot)\b|"
    r"\bcaptcha\b|\bsecurity check\b",
    re.I,
)
_CONSENT: Final = re.compile(
    r"\bbefore you continue\b|\byour privacy\b|\bcookies? (?:consent|settings|preferences)\b|"
    r"\bprivacy (?:settings|preferences|cent(?:er|re))\b|\bconsent\b",
    re.I,
)
"""Titles of pages that stand in for a story: what servers and consent managers call them."""

_SHOWN: Final = 80
"""Characters of a title that a reason shows."""

_STAND_IN_WORDS: Final = 150
"""Most words that such a page has."""

_LINK_SHARE: Final = 0.5
"""Lines that are links, as a share of all: a page with more is a list of other pages."""

_NO_LINES: Final = "menus, scripts or forms only"
_NO_TEXT: Final = (
    "a web page without the text of an article: {what}. Leave it out, or save the page of the "
    "story itself."
)


def recognises(head: Head) -> bool:
    """Whether a file begins as HTML does, or is named so and holds its tags."""
    text = _head_text(head.content)
    start = text[_PROLOG.match(text).end() :] if _PROLOG.match(text) else text  # type: ignore[union-attr]
    if _FULL_ROOT.match(start):
        return True
    if not head.name.lower().endswith(SUFFIXES):
        return False
    if start.startswith(("{", "[")) or foreign_format(head.content):
        return False
    return bool(_ROOT.match(start) or _TAG.search(text))


def _head_text(content: bytes) -> str:
    """The first characters of a file, roughly: its tags are ASCII in all but UTF-16."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content[: len(content) // 2 * 2].decode("utf-16", "ignore")
    return content.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def read(record: RawRecord) -> Document:
    """Make a `Document` of a web page: its story as a rendition, its metadata.

    Raises `UnreadableDocument` for a page that holds no article's text.
    """
    return read_html(record, record.content)


def read_html(record: RawRecord, body: bytes, charset: str | None = None) -> Document:
    """Make a `Document` of the page in `body`, which `record` holds in whatever wrapping.

    `charset` is the encoding that the server declared. Raises `UnreadableDocument`.
    """
    html, encoding = decode_page(body, charset)
    root = _parse(html)
    if root is None:
        raise UnreadableDocument(record.name, _NO_TEXT.format(what="it has no content at all"))
    source = _view_source(root)
    if source is not None and (inner := _parse(source)) is not None:
        html, root = source, inner
    found = overlay(record.found, _saved(html))
    url = record.metadata.url or found.url
    page = read_page(root, url)
    own = overlay(_saved(html), page_metadata(page))
    metadata = overlay(overlay(record.found, own), record.metadata)
    if metadata.outlet_domain is None and metadata.url:
        own = Metadata(outlet_domain=domain_of(metadata.url))
        metadata = overlay(own, metadata)
    lines = main_text(page)
    links = link_lines(page, lines)
    if reason := _unfit(page, metadata.headline, lines, links):
        raise UnreadableDocument(record.name, _NO_TEXT.format(what=reason))
    text, parts = compose(with_headline(metadata.headline, lines))
    # A page that does not call itself an article, and names others, may hold several stories.
    is_one_story = page.is_article or links < 3
    return Document(
        name=record.name,
        text=text,
        media_type="text/html",
        encoding=encoding,
        is_rendition=True,
        metadata=metadata,
        parts=parts if is_one_story else (),
    )


def _parse(html: str) -> etree._Element | None:
    """The tree of a page; None where there is nothing in it.

    Where elements are nested so deeply that libxml2 drops the rest, as on old pages that never
    close a `font`, those that only shape letters are taken out.
    """
    content = without_crowded_tags(html.replace("\0", "")).encode("utf-8", "replace")
    if not content.strip():
        return None
    for huge_tree in (False, True):
        parser = lxml_html.HTMLParser(
            encoding="utf-8",
            no_network=True,
            huge_tree=huge_tree,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = lxml_html.document_fromstring(content, parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
            return None
        if not any(entry.type_name == _TOO_DEEP for entry in parser.error_log):
            break
    if huge_tree:
        etree.strip_tags(root, *_LETTER_SHAPES)
    return root


def _view_source(root: etree._Element) -> str | None:
    """The page whose source a browser showed in its view-source window, which was saved."""
    cells = root.xpath('//td[@class="line-content"]')
    if not isinstance(cells, list) or len(cells) < 2:
        return None
    lines = [
        "".join(map(str, cell.itertext())) for cell in cells if isinstance(cell, etree._Element)
    ]
    return "\n".join(lines)


def _saved(html: str) -> Metadata:
    """Where and when a page was saved, as the program that saved it wrote into it."""
    head = html[:_MARK_CHARS]
    if match := _SAVED_FROM.search(head):
        return Metadata(url=web_address(match[1]))
    if match := _SINGLE_FILE.search(head):
        month, day, year, time = match[2].split()
        moment = moment_of(f"{day} {month} {year} {time} {match[3]}")
        return Metadata(url=web_address(match[1]), retrieved_at=moment)
    return Metadata()


def _unfit(page: Page, headline: str | None, lines: Paragraphs, links: int) -> str | None:
    """What a page is, where it is no article; None where it is one."""
    if not lines and is_too_large(page):
        return f"none that is marked as one, among more than {MAX_ELEMENTS:,} elements"
    if page.is_article:
        return None if lines else _NO_LINES
    if stands_in := _stand_in(headline or "", lines):
        return stands_in
    if not lines:
        return _NO_LINES
    if links > len(lines) * _LINK_SHARE:
        return "a list of links to other pages"
    return None if has_passage(lines) else "no sentence in it, only short lines"


def _stand_in(title: str, lines: Paragraphs) -> str | None:
    """What a short page stands in for a story as, by its title."""
    if sum(len(line.split()) for line, _ in lines) >= _STAND_IN_WORDS:
        return None
    if _ERROR_TITLE.search(title):
        return f"an error page ({title[:_SHOWN]})"
    return f"a request for consent ({title[:_SHOWN]})" if _CONSENT.search(title) else None


FORMAT: Final = Format(
    name="html",
    title="web page (HTML)",
    suffixes=SUFFIXES,
    library="trafilatura, lxml",
    fills=(
        "text", "headline", "byline", "outlet", "outlet_domain", "published", "updated_at", "url",
        "section", "language", "status", "retrieved_at",
    ),
    recognises=recognises,
    read=read,
)  # fmt: skip
