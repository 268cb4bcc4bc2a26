"""The lines of printed pages put together to paragraphs, by where they stand on the page.

A PDF holds lines, not paragraphs: nothing in it says whether a line ends because the paragraph
does or because the column is full. Two lines are joined where distance, indent, size of type and
length say so together; where they do not, each stays a line of its own.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import quantiles
from typing import Final

from archive.vocabulary.names import common_words

_SAME_SIZE: Final = 0.08
"""Share by which sizes of type may differ within a paragraph: small capitals, rounding."""

_LOOSE: Final = 1.25
"""A distance so many times the usual one of its size of type parts paragraphs."""

_INDENT: Final = 0.7
"""Indent that begins a paragraph, in sizes of type; printers use one or two."""

_COLUMN: Final = 3.0
"""Lines whose beginnings lie further apart than this, in sizes of type, are in two columns."""

_ROOM: Final = 0.82
"""Share of the longest lines' length below which a line had room for the next word: widths of
letters differ, but rarely by a fifth over a whole line."""

_FEWEST: Final = 4
"""Fewest lines of a size of type from which its longest line is judged."""

_EDGE: Final = 2
"""Lines at the top and at the bottom of a page that can be a running head or foot."""

_ENDS: Final = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_HYPHENATED: Final = re.compile(r"[^\W\d_]{2,}-$")
_NUMBER: Final = re.compile(r"\d+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SOFT_HYPHEN: Final = "\u00ad"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """A line of a page: its text, where it begins (points, from the lower left), size of type."""

    text: str
    x: float
    y: float
    size: float
    page: int


def without_running_lines(lines: Sequence[PageLine]) -> tuple[list[PageLine], list[PageLine]]:
    """Part the running heads and feet, page numbers included, from the other lines.

    They are lines among the first or last two of a page that stand at the same height, with the
    same words but for numbers, on more than half of the pages, and on two at least. A line without
    words must count the pages.
    """
    pages: dict[int, list[PageLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    alike: dict[tuple[str, int], list[PageLine]] = {}
    for page in pages.values():
        by_height = sorted(page, key=lambda line: -line.y)
        # A page of few lines has the same ones at top and bottom.
        for line in dict.fromkeys([*by_height[:_EDGE], *by_height[-_EDGE:]]):
            alike.setdefault(_running_key(line), []).append(line)
    least = max(2, len(pages) // 2 + 1)
    running = {
        line
        for found in alike.values()
        if len({line.page for line in found}) >= least and _has_words_or_counts(found)
        for line in found
    }
    return [line for line in lines if line not in running], [
        line for line in lines if line in running
    ]


def _running_key(line: PageLine) -> tuple[str, int]:
    return _NUMBER.sub("#", line.text), round(line.y / 3)


def _has_words_or_counts(lines: Sequence[PageLine]) -> bool:
    """Whether lines have letters, or a number that grows with the page; those of tables do not."""
    if any(char.isalpha() for char in lines[0].text):
        return True
    numbers = [[int(number[:9]) for number in _NUMBER.findall(line.text)] for line in lines]
    return any(
        len({number - line.page for number, line in zip(column, lines, strict=True)}) == 1
        for column in zip(*numbers, strict=True)
    )


def join_paragraphs(lines: Sequence[PageLine]) -> list[str]:
    """Join lines, in the order of the file, to paragraphs; words are never changed.

    A word that is divided at the end of a line is put together where the hyphen is a soft one, or
    where the document has the word whole elsewhere, or the list of common words has it and the
    document never writes it with a hyphen; else its hyphen stays.
    """
    usual = _usual_distances(lines)
    longest = _longest_lines(lines)
    words = {word.casefold() for line in lines for word in _WORD.findall(line.text)}
    paragraphs: list[str] = []
    before: PageLine | None = None
    for line in lines:
        if before is not None and _continues(before, line, usual, longest):
            paragraphs[-1] = _joined(paragraphs[-1], line.text, words)
        else:
            paragraphs.append(line.text)
        before = line
    return [text.replace(SOFT_HYPHEN, "") for text in paragraphs]


def _size_key(line: PageLine) -> int:
    return round(line.size * 2)


def _usual_distances(lines: Sequence[PageLine]) -> dict[int, float]:
    """Distance of lines within a paragraph, by size of type: a low one among all there are."""
    distances: dict[int, list[float]] = {}
    for above, below in pairwise(lines):
        distance = above.y - below.y
        if above.page == below.page and 0 < distance < 3 * above.size and _same_size(above, below):
            distances.setdefault(_size_key(above), []).append(distance)
    return {
        key: quantiles(found, n=4, method="inclusive")[0] if len(found) > 1 else found[0]
        for key, found in distances.items()
    }


def _longest_lines(lines: Sequence[PageLine]) -> dict[int, int]:
    """Length of full lines, in characters, by size of type; only where there are lines enough."""
    lengths: dict[int, list[int]] = {}
    for line in lines:
        lengths.setdefault(_size_key(line), []).append(len(line.text))
    return {
        # One line with many narrow letters must not decide.
        key: sorted(found)[-max(1, len(found) // 10) - 1]
        for key, found in lengths.items()
        if len(found) >= _FEWEST
    }


def _same_size(one: PageLine, other: PageLine) -> bool:
    return abs(one.size - other.size) <= _SAME_SIZE * max(one.size, other.size)


def _continues(
    above: PageLine, below: PageLine, usual: dict[int, float], longest: dict[int, int]
) -> bool:
    if not _same_size(above, below):
        return False
    distance = above.y - below.y
    size = above.size
    is_next = above.page == below.page and 0 < distance < 3 * size
    if not is_next or abs(above.x - below.x) > _COLUMN * size:
        return _goes_on(above.text, below.text)  # next column or page
    typical = usual.get(_size_key(above), 1.3 * size)
    if distance > _LOOSE * typical or below.x - above.x > _INDENT * size:
        return False
    had_room = len(above.text) + 1 + len(below.text.partition(" ")[0]) < _ROOM * longest.get(
        _size_key(above), 0
    )
    return not had_room or _goes_on(above.text, below.text)


def _goes_on(above: str, below: str) -> bool:
    """Whether the sentence of one line surely goes on in the next one."""
    if above.endswith(SOFT_HYPHEN) or (_HYPHENATED.search(above) and below[:1].islower()):
        return True
    return below[:1].islower() and _ENDS.search(above) is None


def _joined(above: str, below: str, words: set[str]) -> str:
    if above.endswith(SOFT_HYPHEN):
        return above[:-1] + below
    divided = _HYPHENATED.search(above)
    if divided is None or not below[:1].islower():
        return f"{above} {below}"
    first = re.split(r"[^\w]", divided[0][:-1])[-1].casefold()
    second = match[0].casefold() if (match := _WORD.match(below)) else ""
    is_known = first + second in words or (
        first + second in common_words() and f"{first}-{second}" not in words
    )
    return (above[:-1] if is_known else above) + below


def page_lines(fragments: Iterable[tuple[str, float, float, float]], page: int) -> list[PageLine]:
    """Put the fragments of one page (text, x, y, size) to lines, in the order of the file.

    A newline in the text of a fragment ends a line. A line begins where its first fragment with a
    word does.
    """
    lines: list[PageLine] = []
    current: PageLine | None = None
    for text, x, y, size in fragments:
        for index, piece in enumerate(text.split("\n")):
            if index and current is not None:
                lines.append(current)
                current = None
            if current is None and piece.strip():
                current = PageLine(text=piece, x=x, y=y, size=size, page=page)
            elif current is not None:
                current = replace(current, text=current.text + piece)
    return [*lines, current] if current is not None else lines
