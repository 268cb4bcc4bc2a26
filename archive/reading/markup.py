"""HTML fragments to paragraphs, and paragraphs to the text of a rendition.

For the markup that stands inside other formats: a `content` field of JSON, the body of a mail or
of a news item, the description of a feed entry. Whole web pages, with menus and advertisements
around the story, are for `html`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final

from lxml import etree
from lxml import html as lxml_html

from archive.records import Part, Role

Paragraphs = list[tuple[str, Role | None]]
"""Lines of text without surrounding white space, with the role that the markup tells."""

_BLOCKS: Final = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd",
        "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
        "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table",
        "tbody", "tfoot", "thead", "tr", "ul",
    ]
)  # fmt: skip
"""Elements that begin and end a line (HTML Living Standard, 15.3: rendering as blocks)."""

_CELLS: Final = frozenset({"td", "th"})

_UNSEEN: Final = frozenset(
    [
        "area", "audio", "base", "button", "canvas", "datalist", "embed", "head", "iframe",
        "input", "link", "map", "math", "meta", "noembed", "noframes", "noscript", "object",
        "optgroup", "option", "param", "rp", "rt", "script", "select", "source", "style",
        "svg", "template", "textarea", "title", "track", "video",
    ]
)  # fmt: skip
"""Elements whose content is no text of the page (HTML Living Standard, 15.3.1, and form fields)."""

_ROLES: Final = {
    "h1": Role.HEADLINE,
    "h2": Role.SUBHEADING,
    "h3": Role.SUBHEADING,
    "h4": Role.SUBHEADING,
    "h5": Role.SUBHEADING,
    "h6": Role.SUBHEADING,
    "figcaption": Role.CAPTION,
    "caption": Role.CAPTION,
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the elements of a markup language do: begin a line, have a role, stay unseen."""

    blocks: frozenset[str]
    roles: Mapping[str, Role]
    unseen: frozenset[str]


HTML: Final = Vocabulary(_BLOCKS, _ROLES, _UNSEEN)

_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)

_TAG: Final = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:-]*(?:\s[^<>]*)?/?>|<!--")
_BLOCK_TAG: Final = re.compile(rf"<(?:br|td|th|{'|'.join(sorted(_BLOCKS))})(?=[\s/>])", re.I)
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")

_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\u034f\xad]")
"""Controls of ISO/IEC 6429 and characters without width: no part of any word."""

_MOST_ATTRIBUTES: Final = 1_000
"""Attributes of one tag that are read; tags of pages have some dozen."""

_LONG_TAG: Final = re.compile(rf"<([a-zA-Z][a-zA-Z0-9]{{0,20}})[^<>]{{{2 * _MOST_ATTRIBUTES},}}")
_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'")

_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
"""Half a character, as a broken `\\u` escape leaves it; no encoding can write it."""

_HARD_SPACE: Final = re.compile(r"(?<=[0-9])([\u00a0\u2009\u202f])(?=[0-9])")
"""A space that holds the digits of one number together stays as it is."""

_TOO_DEEP: Final = "ERR_RESOURCE_LIMIT"
"""What libxml2 calls elements nested so deeply that it drops the rest of the page."""

_LINE: Final = re.compile(r"[\r\n\f\v\x85\u2028\u2029]+")


def clean_line(text: str) -> str:
    r"""Text on one line: white space runs as single spaces, controls gone, none at the ends.

    A no-break or thin space between two digits stays. Half a surrogate pair becomes U+FFFD.

    >>> clean_line(" Rain\n fell. ")
    'Rain fell.'
    """
    if text.isprintable() and "\u034f" not in text:  # no controls, no space but U+0020
        return " ".join(text.split()) if "  " in text else text.strip(" ")
    text = _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))
    if not _HARD_SPACE.search(text):
        return " ".join(text.split())
    # Split at the hard spaces, join with them: only what lies between is made single spaces.
    pieces = _HARD_SPACE.split(text)
    pieces[::2] = [re.sub(r"\s+", " ", piece) for piece in pieces[::2]]
    return "".join(pieces).strip()


def split_paragraphs(text: str) -> Paragraphs:
    """The non-blank lines of plain text, cleaned; a line of the source is a line here."""
    lines = map(clean_line, filter(None, text.splitlines()))
    return [(line, None) for line in lines if line]


def is_markup(text: str) -> bool:
    """Whether a string holds HTML tags or character references such as `&amp;`.

    >>> is_markup("<p>Rain fell.</p>"), is_markup("3 < 5"), is_markup("R&amp;D"), is_markup("R&D")
    (True, False, True, False)
    """
    return ("<" in text and _TAG.search(text) is not None) or (
        "&" in text and _ENTITY.search(text) is not None
    )


def render_text(text: str) -> Paragraphs:
    """Paragraphs of a string that may be plain text or HTML.

    Where its tags make no lines (links, emphasis, character references), the newlines do.
    """
    if not is_markup(text):
        return split_paragraphs(text)
    if _BLOCK_TAG.search(text):
        return render_fragment(text)
    return [paragraph for line in text.splitlines() for paragraph in render_fragment(line)]


def render_line(text: str) -> str:
    """A headline or a name, that may hold tags or character references, on one line."""
    if not is_markup(text):
        return clean_line(text)
    return " ".join(line for line, _ in render_fragment(text))


def without_crowded_tags(html: str) -> str:
    """HTML with the attributes of such tags left out as have more than `_MOST_ATTRIBUTES`.

    libxml2 compares each attribute of a tag with all others of it, so that a small file of nothing
    else would be parsed for hours. To be called before any HTML is parsed.
    """
    return _LONG_TAG.sub(_uncrowded, html)


def _uncrowded(tag: re.Match[str]) -> str:
    bare = _QUOTED.sub(" ", tag[0])
    is_crowded = max(len(bare.split()), bare.count("="), bare.count("/")) > _MOST_ATTRIBUTES
    return f"<{tag[1]} " if is_crowded else tag[0]


def render_fragment(html: str) -> Paragraphs:
    """Render a piece of HTML: its paragraphs in order, with the roles that the tags tell.

    Block elements and `br` end a line. `h1` is a headline, `h2` to `h6` subheadings, `figcaption`
    and `caption` captions. The cells of a table's row make one line, unless they hold blocks
    themselves, as in the tables by which newsletters are laid out. What a reader does not see
    (scripts, form fields, `hidden`, `display: none`) is left out. Nothing is fetched; what is no
    HTML at all is read as far as the parser gets. Never raises for any string.
    """
    html = without_crowded_tags(_SURROGATE.sub("\ufffd", html).replace("\0", ""))
    if not html.strip():
        return []
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml_html.document_fromstring(html.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        return []  # nothing but comments, or an element that is never closed
    if any(entry.type_name == _TOO_DEEP for entry in parser.error_log):
        return split_paragraphs(unescape(_TAG.sub("\n", html)))
    return render_element(root)


def render_element(root: etree._Element, vocabulary: Vocabulary = HTML) -> Paragraphs:
    """Render an element that lxml parsed, by default from HTML or XHTML; see `render_fragment`."""
    return _Renderer(vocabulary).render(root)


class _Renderer:
    """Collects the text of one tree, line by line, without recursion."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._blocks = vocabulary.blocks
        self._roles_of = vocabulary.roles
        self._unseen = vocabulary.unseen
        self._lines: Paragraphs = []
        self._pieces: list[str] = []
        self._roles: list[Role] = []

    def render(self, root: etree._Element) -> Paragraphs:
        stack: list[tuple[etree._Element, bool]] = [(root, False)]
        while stack:
            element, is_end = stack.pop()
            if is_end:
                self._leave(element)
                if element is not root:
                    self._pieces.append(element.tail or "")
            elif self._enter(element):
                stack.append((element, True))
                stack.extend((child, False) for child in reversed(element))
            elif element is not root:
                self._pieces.append(element.tail or "")
        self._end_line()
        return self._lines

    def _enter(self, element: etree._Element) -> bool:
        """Begin an element; false where nothing of it is seen."""
        tag = local_name(element)
        if tag is None or tag in self._unseen or _is_hidden(element):
            return False
        if tag in self._blocks or tag == "br":
            self._end_line()
        elif tag in _CELLS:
            if self._holds_blocks(element):
                self._end_line()
            else:
                self._pieces.append(" ")
        if tag in self._roles_of:
            self._roles.append(self._roles_of[tag])
        text = element.text or ""
        if tag == "pre":
            *whole, text = _LINE.split(text)
            for line in whole:
                self._pieces.append(line)
                self._end_line()
        self._pieces.append(text)
        return True

    def _leave(self, element: etree._Element) -> None:
        tag = local_name(element)
        if tag in self._blocks or (tag in _CELLS and self._holds_blocks(element)):
            self._end_line()
        elif tag in _CELLS:
            self._pieces.append(" ")
        if tag in self._roles_of:
            self._roles.pop()

    def _end_line(self) -> None:
        line = clean_line("".join(self._pieces))
        self._pieces.clear()
        if line:
            self._lines.append((line, self._roles[-1] if self._roles else None))

    def _holds_blocks(self, cell: etree._Element) -> bool:
        names = map(local_name, cell)
        return any(name in self._blocks or name == "br" for name in names)


def local_name(element: etree._Element) -> str | None:
    """The name of an element in lower case without its namespace; None for comments and such."""
    tag = element.tag
    if not isinstance(tag, str):
        return None
    return tag.rpartition("}")[2].lower()


def _is_hidden(element: etree._Element) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def compose(paragraphs: Iterable[tuple[str, Role | None]]) -> tuple[str, tuple[Part, ...]]:
    """The text of a rendition and its parts: one line per paragraph, blank lines between them."""
    lines: list[str] = []
    parts: list[Part] = []
    at = 0
    for line, role in paragraphs:
        lines.append(line)
        parts.append(Part(char_start=at, char_end=at + len(line), role=role))
        at += len(line) + 2
    return "\n\n".join(lines), tuple(parts)


def with_headline(
    headline: str | None, paragraphs: Sequence[tuple[str, Role | None]]
) -> Paragraphs:
    """Put a headline first, unless the text shows it as its first line already.

    Where the text marks another line as its headline (`h1`), that becomes a subheading: a story
    has one.
    """
    if not headline:
        return list(paragraphs)
    rest = list(paragraphs)
    if rest and _same(rest[0][0], headline):
        rest = rest[1:]
    demoted = [
        (line, Role.SUBHEADING if role is Role.HEADLINE else role)
        for line, role in rest
        if not (role is Role.HEADLINE and _same(line, headline))
    ]
    return [(headline, Role.HEADLINE), *demoted]


def _same(one: str, other: str) -> bool:
    """Whether two lines have the same words, whatever their case and punctuation."""
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())
