"""The words of a WordprocessingML document, paragraph by paragraph (ECMA-376, part 1, 17).

python-docx opens the package; the text is collected here, because its own `text` leaves out what
was inserted with changes tracked, content controls and text boxes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_LEFT_OUT: Final = frozenset(
    f"{_W}{name}"
    for name in (
        *("del", "moveFrom", "delText", "delInstrText", "instrText", "rPr", "pPr", "sectPr"),
        *("tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "rt", "annotationRef"),
    )
) | {f"{_MC}Fallback"}
"""Deleted text, instructions of fields, properties, and what repeats an alternative for old
programs."""

_CHARACTERS: Final = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
}
_DEEPEST: Final = 200
"""Most elements within each other; libxml2 stops at 256 by itself."""


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph, or a row of a table: its text (breaks as newlines) and the id of its style."""

    text: str
    style: str | None = None


def paragraphs_of(root: etree._Element) -> Iterator[WordParagraph]:
    """Yield the paragraphs and table rows below `root` in the order of the document.

    The cells of a row make one line, unless one of them holds several paragraphs or a table. The
    text of a box follows the paragraph that it is anchored in.
    """
    for element in _blocks(root, 0):
        if element.tag == f"{_W}tr":
            yield from _row(element)
        else:
            yield from _paragraph(element)


def _blocks(root: etree._Element, depth: int) -> Iterator[etree._Element]:
    """Paragraphs and rows that are not within others of them."""
    if depth > _DEEPEST:
        return
    for child in root:
        if child.tag in (f"{_W}p", f"{_W}tr"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            yield from _blocks(child, depth + 1)


def _paragraph(element: etree._Element) -> Iterator[WordParagraph]:
    pieces: list[str] = []
    boxes: list[etree._Element] = []
    _collect(element, pieces.append, boxes, 0)
    style = element.find(f"{_W}pPr/{_W}pStyle")
    yield WordParagraph("".join(pieces), None if style is None else style.get(f"{_W}val"))
    for box in boxes:
        yield from paragraphs_of(box)


def _row(row: etree._Element) -> Iterator[WordParagraph]:
    cells = [list(_cell(cell)) for cell in _cells(row, 0)]
    if any(len(cell) > 1 for cell in cells):
        for cell in cells:
            yield from cell
    else:
        yield WordParagraph("\t".join(cell[0].text for cell in cells if cell))


def _cells(row: etree._Element, depth: int) -> Iterator[etree._Element]:
    if depth > _DEEPEST:
        return
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            yield from _cells(child, depth + 1)


def _cell(cell: etree._Element) -> Iterator[WordParagraph]:
    return (paragraph for paragraph in paragraphs_of(cell) if paragraph.text.strip())


def _collect(
    element: etree._Element,
    write: Callable[[str], None],
    boxes: list[etree._Element],
    depth: int,
) -> None:
    """Write the text of an element; text boxes in it are put aside."""
    if depth > _DEEPEST:
        return
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in _LEFT_OUT:
            continue
        if tag == f"{_W}t":
            write(child.text or "")
        elif tag in _CHARACTERS:
            write(_CHARACTERS[tag])
        elif tag == f"{_W}txbxContent":
            boxes.append(child)
        elif not (tag == f"{_W}r" and _is_hidden(child)):
            _collect(child, write, boxes, depth + 1)


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false", "off")


def notes_of(root: etree._Element) -> Iterator[WordParagraph]:
    """Yield the paragraphs of footnotes or endnotes; the lines that separate them are none."""
    for note in root:
        if isinstance(note.tag, str) and note.get(f"{_W}type") in (None, "normal"):
            yield from paragraphs_of(note)
