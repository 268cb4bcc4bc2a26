"""A story in the plain text that LexisNexis exported until 2019.

Source: see `nexis_fields`. A line `2 of 50 DOCUMENTS` begins a story. Lines that are set in from
the margin name the source, the date and the copyright; fields in capitals and the headline follow,
in one of two orders: headline, fields up to LENGTH, text; or fields with HEADLINE, then `BODY:`.
After the text stand more fields and again lines that are set in. Lines are broken at 80 characters.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive.reading.databases.nexis_fields import HEADER, TRAILER, field_of, metadata_of
from archive.reading.databases.press_stories import Story, is_copyright
from archive.reading.databases.printed_dates import find_date, parse_printed
from archive.reading.markup import Paragraphs, clean_line
from archive.records import Published, Role

MARKER: Final = re.compile(
    r"[ \t]*(?:FOCUS - )?[0-9]{1,6} of [0-9]{1,6} DOCUMENTS?[ \t]*"
    r"|[ \t]{2,}Dokument [0-9]{1,6} von [0-9]{1,6}[ \t]*"
    r"|[ \t]{2,}Document [0-9]{1,6} de [0-9]{1,6}[ \t]*"
)
"""The line before a story. The number of stories that it promises is not relied on: exports break
off, and parts of exports are put together."""

_BODY: Final = re.compile(r"(?:BODY|VOLLEDIGE TEKST):\s*(.*)", re.S)
_WIDTH: Final = range(60, 101)
"""Lengths of the longest lines of text that was broken at a fixed width."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines without a blank one between them."""

    lines: tuple[str, ...]

    @property
    def is_set_in(self) -> bool:
        return all(line.startswith(("  ", "\t")) for line in self.lines)

    @property
    def text(self) -> str:
        return " ".join(line.strip() for line in self.lines)

    def fields(self) -> list[tuple[str, str]]:
        """The fields that a block holds; [] where it does not begin with one."""
        found: list[tuple[str, str]] = []
        for line in self.lines:
            begun = field_of(line.strip(), capitals=True)
            if begun:
                found.append(begun)
            elif not found:
                return []
            else:
                name, value = found[-1]
                found[-1] = (name, f"{value} {line.strip()}".strip())
        return found


def is_marker(line: str) -> bool:
    """Whether a line begins a story.

    >>> is_marker("              2 of 50 DOCUMENTS"), is_marker("He took 2 of 50 DOCUMENTS.")
    (True, False)
    """
    return MARKER.fullmatch(line) is not None


def is_text_export(lines: Sequence[str]) -> bool:
    """Whether lines are the beginning of an export: a line that begins a story, then its header."""
    begins = next((index for index, line in enumerate(lines) if is_marker(line)), None)
    if begins is None:
        return False
    header = lines[begins + 1 : begins + 60]
    return any(field_of(line.strip(), capitals=True) for line in header) or any(
        line.startswith("  ") and find_date(line) for line in header[:20]
    )


def parse(text: str) -> Story:
    """Take a story apart: what its header and its end say, and the paragraphs of its text."""
    blocks = _blocks(text)
    start, first_words = _body_start(blocks)
    end = _body_end(blocks, start)
    header = blocks[:start]
    fields = {name: value for block in [*blocks[end:], *header] for name, value in block.fields()}
    outlet, published = _banner(header)
    metadata = replace(metadata_of(fields), outlet=outlet, published=published)
    headlines = [
        block.text
        for block in header
        if not block.is_set_in and not block.fields() and not _BODY.match(block.text)
    ]
    if metadata.headline is None and headlines:
        metadata = replace(metadata, headline=clean_line(headlines.pop(0)))
    paragraphs: Paragraphs = [(clean_line(line), Role.SUBHEADING) for line in headlines]
    body = ([_Block((first_words,))] if first_words else []) + blocks[start:end]
    width = max((len(line.rstrip()) for block in body for line in block.lines), default=0)
    for block in body:
        paragraphs += [(line, None) for line in _unbroken(block.lines, width)]
    if caption := clean_line(fields.get("graphic", "")):
        paragraphs.append((caption, Role.CAPTION))
    return Story(metadata, paragraphs)


def _blocks(text: str) -> list[_Block]:
    blocks: list[_Block] = []
    lines: list[str] = []
    for line in [*text.replace("\f", "\n").splitlines(), ""]:
        if line.strip():
            if not is_marker(line):
                lines.append(line.expandtabs())
        elif lines:
            blocks.append(_Block(tuple(lines)))
            lines = []
    return blocks


def _body_start(blocks: Sequence[_Block]) -> tuple[int, str]:
    """The first block of the text, and what stands of it on the line that begins it.

    It is what follows `BODY:`, else LENGTH and the fields after it, else the fields after the
    headline; a story without any fields begins after its headline.
    """
    for index, block in enumerate(blocks):
        if match := _BODY.fullmatch(block.lines[0].strip()):
            return index + 1, " ".join(
                [match[1], *(line.strip() for line in block.lines[1:])]
            ).strip()
    names = [{name for name, _ in block.fields()} for block in blocks]
    with_length = [index for index, found in enumerate(names) if "length" in found]
    if with_length:
        at = with_length[0] + 1
    else:
        is_text = [
            not block.is_set_in and not found for block, found in zip(blocks, names, strict=True)
        ]
        at = is_text.index(True) + 1 if True in is_text else len(blocks)
    while at < len(blocks) and names[at] and names[at] <= HEADER:
        at += 1
    return at, ""


def _body_end(blocks: Sequence[_Block], start: int) -> int:
    """One past the last block of the text: before the fields and the copyright at the end."""
    end = len(blocks)
    while end > start and _is_trailer(blocks[end - 1]):
        end -= 1
    return end


def _is_trailer(block: _Block) -> bool:
    names = {name for name, _ in block.fields()}
    return bool(names and names <= TRAILER) or (block.is_set_in and is_copyright(block.text))


def _banner(blocks: Sequence[_Block]) -> tuple[str | None, Published | None]:
    """Outlet and date of publication, from the lines of the header that are set in."""
    lines = [
        line.strip()
        for block in blocks
        if block.is_set_in and not is_copyright(block.text)
        for line in block.lines
    ]
    dated = next((index for index, line in enumerate(lines) if find_date(line)), None)
    if dated is None:
        return (clean_line(lines[0]) if lines else None), None
    return clean_line(" ".join(lines[:dated])) or None, parse_printed(lines[dated])


def _unbroken(lines: Sequence[str], width: int) -> list[str]:
    """The paragraphs of a block: lines that were broken for want of room are joined.

    Where the first word of the next line would have had room, the break was meant.
    """
    paragraphs: list[str] = []
    before = ""
    for line in map(clean_line, lines):
        had_room = (
            width in _WIDTH and len(before) + 1 + len(line.partition(" ")[0]) < width - 2
        )  # fmt: skip
        if before and not had_room:
            # A word with a hyphen may have been broken after it.
            hyphenated = re.search(r"[^\W\d_]-$", before) and line[:1].isalnum()
            paragraphs[-1] += ("" if hyphenated else " ") + line
        else:
            paragraphs.append(line)
        before = line
    return paragraphs
