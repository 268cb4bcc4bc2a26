"""A story of a Factiva export, from its fields or from the order of its lines.

Two layouts, both in RTF and HTML. With indexing, each story is a table of field codes and values:
SE section, HD headline, BY byline, CR credit, WC words, PD date, ET time, SN source, SC its code,
LA language, CY copyright, LP lead paragraphs, TD the text after them, and codes of subjects,
companies and regions; AN, the accession number, ends it. Without indexing the same values stand as
lines in that order, without codes; `Document` and the accession number end the story.

Sources: the list of fields by Kai Chen (kaichen.work, 2015); the code and samples of R's
tm.plugin.factiva (Bouchet-Valat), fraba/Factiva-RTF-output-to-XML, vkelk/factiva-rtf-db and
BernhardClemm/factiva-parsing, read as descriptions; the accession number after Dow Jones' Factiva
Select Feed reference: eight characters of source code, day of loading, nine more.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive.reading.databases.press_stories import Story, byline_field, is_copyright, section_field
from archive.reading.databases.printed_dates import find_date, parse_printed
from archive.reading.language_names import language_code
from archive.reading.markup import Paragraphs, clean_line
from archive.reading.office.office_properties import byline_of
from archive.records import Metadata, Role

_CODES: Final = (
    "AN ART BY CLM CO CR CT CX CY ED ET GC HD IN IPC IPD LA LP NGC NS PD PG PUB RE RF SC SE SN TD "
    "VOL WC"
)
CODES: Final = frozenset(_CODES.split())
"""Codes of fields that exports print."""

ACCESSION: Final = re.compile(
    r"(?:Document|Dokument|Documento|文件)\s+([A-Za-z][A-Za-z0-9]{7}(?:19|20)[0-9]{6}[a-z0-9]{9})"
)
"""The last line of a story."""

_WORDS: Final = re.compile(
    r"[0-9][0-9.,\u00a0\u202f ]*(?:words?|mots?|Wörter|Wort|palabras?|parole|palavras?|woorden|"
    r"слов|字|語|단어)",
    re.I,
)
_TIME: Final = re.compile(r"[0-9]{1,2}[:.][0-9]{2}(?:\s*[AaPp][Mm])?(?:\s*[A-Z]{3,4})?")
_CODE: Final = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_HEADER_LINES: Final = 8
"""Lines between the number of words and the text at most: date, time, source, code, page, edition,
language, copyright."""
_BEFORE_WORDS: Final = 4
"""Lines before the number of words at most: section, column, headline, byline."""
_MOST_CONTENTS: Final = 500
"""Lines of a list of headlines before the first story at most; an export has 100 stories."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Headline and byline where the markup tells them."""

    headline: str | None = None
    byline: str | None = None


def find_fields(lines: Sequence[str]) -> dict[str, list[str]]:
    """The fields of a story in the layout with indexing; {} for lines that are in the other one.

    A line that begins with a code and a tab begins a field; the lines after it belong to it.
    """
    fields: dict[str, list[str]] = {}
    code = None
    for line in lines:
        begun, tab, value = line.lstrip().partition("\t")
        if tab and begun.strip() in CODES and begun.strip() not in fields:
            code = begun.strip()
            fields[code] = [value] if clean_line(value) else []
        elif code is not None and clean_line(line):
            fields[code].append(line)
    return fields if {"HD", "PD"} <= fields.keys() else {}


def from_fields(fields: Mapping[str, Sequence[str]]) -> Story:
    """A story from its fields, each with its lines."""
    said = {code: clean_line(" ".join(lines)) for code, lines in fields.items()}
    metadata = Metadata(
        headline=said.get("HD") or None,
        byline=byline_field(said.get("BY", "")),
        agency=said.get("CR") or None,
        outlet=said.get("SN") or None,
        published=parse_printed(said.get("PD", ""), time=said.get("ET", "")),
        section=section_field(said.get("SE", "") or said.get("CLM", "")),
        language=language_code(said.get("LA", "")),
        status="corrected" if said.get("CX") else None,
    )
    paragraphs: Paragraphs = [
        (line, role)
        for code, role in (("LP", None), ("TD", None), ("ART", Role.CAPTION))
        for each in fields.get(code, ())
        if (line := clean_line(each))
    ]
    return Story(metadata, paragraphs)


def from_lines(lines: Sequence[str], heading: Heading | None = None) -> Story:
    """A story from its lines in their order, in the layout without indexing.

    `heading` tells headline and byline where the markup does; else the lines before the number of
    words are told apart by their looks. A story whose header cannot be told is all text.
    """
    lines = [line for line in map(clean_line, lines) if line and not ACCESSION.fullmatch(line)]
    lines = _without_contents(lines)
    counted = next(
        (index for index, line in enumerate(lines[: _BEFORE_WORDS + 1]) if _WORDS.fullmatch(line)),
        None,
    )
    if counted is None:
        headline = (heading.headline if heading else None) or (lines[0] if lines else None)
        rest = [line for line in lines if line != headline]
        return Story(Metadata(headline=headline), [(line, None) for line in rest])
    metadata = _top(lines[:counted], heading)
    metadata, start = _below(lines, counted + 1, metadata)
    return Story(metadata, [(line, None) for line in lines[start:]])


def _without_contents(lines: list[str]) -> list[str]:
    """A story without the list of headlines that stands before the first one of some files.

    Where the number of words and the date stand far below the beginning, the headline is the line
    above them, or the one above the byline.
    """
    for index in range(_BEFORE_WORDS + 1, min(len(lines) - 1, _MOST_CONTENTS)):
        if _WORDS.fullmatch(lines[index]) and find_date(lines[index + 1]):
            return lines[index - (2 if _is_byline(lines[index - 1]) else 1) :]
    return lines


def _is_byline(line: str) -> bool:
    return line.lower().startswith(("by ", "von ", "par ", "por ")) or byline_of(line) is not None


def _top(lines: Sequence[str], heading: Heading | None) -> Metadata:
    """Section, headline and byline, from the lines before the number of words."""
    if heading and heading.headline in lines:
        at = lines.index(heading.headline or "")
        byline = heading.byline or " ".join(lines[at + 1 :])
    else:
        at = len(lines) - 1
        byline = ""
        if at > 0 and (at >= 2 or _is_byline(lines[at])):
            byline = lines[at]
            at -= 1
    return Metadata(
        headline=lines[at] if lines else None,
        byline=byline_field(byline),
        section=section_field(lines[at - 1]) if at > 0 else None,
    )


def _below(lines: Sequence[str], start: int, metadata: Metadata) -> tuple[Metadata, int]:
    """Date, source and language, from the lines below the number of words; where the text begins.

    It begins after the copyright, else after the language, else after what was told.
    """
    header = list(lines[start : start + _HEADER_LINES])
    at = 0
    published = None
    if header and find_date(header[0]):
        clock = header[1] if len(header) > 1 and _TIME.fullmatch(header[1]) else ""
        published = parse_printed(header[0], time=clock)
        at = 2 if clock else 1
    end = _header_end(header, at)
    language = next((code for line in header[:end] if (code := language_code(line))), None)
    metadata = replace(
        metadata,
        published=published,
        outlet=header[at] if at < end and not is_copyright(header[at]) else None,
        language=language,
    )
    return metadata, start + end


def _header_end(header: Sequence[str], at: int) -> int:
    """One past the last line of the header; `at` is where the source stands in it."""
    languages = [index for index, line in enumerate(header) if language_code(line)]
    rights = [index for index, line in enumerate(header) if is_copyright(line)]
    if languages:
        end = languages[0] + 1
        return end + 1 if end in rights else end
    if rights:
        return rights[0] + 1
    if at + 1 < len(header) and _CODE.fullmatch(header[at + 1]):
        return at + 2
    return at
