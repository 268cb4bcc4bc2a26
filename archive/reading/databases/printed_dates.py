"""Dates as news databases print them at the head of a story, in the languages they print them in.

`July 15, 2025 Tuesday`, `15 July 2025`, `Dienstag 15. Juli 2025`, `Tuesday 15 July 2025 10:32 PM
GMT`, `mardi 10 décembre 2019`, `2011年12月29日`. Names of months are those of the Unicode Common
Locale Data Repository 44 (facts, Unicode License v3): the month of a date, and standing alone
where that differs.
"""

import re
import unicodedata
from typing import Final

from archive.errors import MisuseError
from archive.reading.meta import parse_published
from archive.records import Published

_MONTHS: Final = (
    # English, German, French, Spanish, Dutch, Portuguese, Italian, Russian
    ("january januar janvier enero januari janeiro gennaio января январь jänner"),
    ("february februar février febrero februari fevereiro febbraio февраля февраль"),
    ("march märz mars marzo maart março марта март"),
    ("april avril abril aprile апреля апрель"),
    ("may mai mayo mei maio maggio мая май"),
    ("june juni juin junio junho giugno июня июнь"),
    ("july juli juillet julio julho luglio июля июль"),
    ("august août agosto augustus августа август"),
    ("september septembre septiembre setiembre setembro settembre сентября сентябрь"),
    ("october oktober octobre octubre outubro ottobre октября октябрь"),
    ("november novembre noviembre novembro ноября ноябрь"),
    ("december dezember décembre diciembre dezembro dicembre декабря декабрь"),
)


def _plain(word: str) -> str:
    """Lower case without accents, as capitals are often printed (`FEVRIER`)."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_NUMBER_OF: Final = {
    spelling: number
    for number, names in enumerate(_MONTHS, start=1)
    for name in names.split()
    for spelling in (_plain(name), name[:3] if name.isascii() and name == names.split()[0] else "")
    if spelling
} | {"sept": 9}
"""By name, and by the English abbreviation, which is its first three letters."""

_WORD: Final = r"([^\W\d_]{3,12})\.?"
_DAY: Final = r"(?<![\d:.])([0-9]{1,2})(?:st|nd|rd|th|er|º)?"
_YEAR: Final = r"((?:1[6-9]|20)[0-9]{2})(?![\d:])"
_OF: Final = r"(?:d[eio](?:l|')?\s+)?"
_DAY_FIRST: Final = re.compile(rf"{_DAY}\.?\s*{_OF}{_WORD},?\s+{_OF}{_YEAR}", re.I)
_MONTH_FIRST: Final = re.compile(
    rf"{_WORD}\s+([0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}", re.I
)  # fmt: skip
_MONTH_ONLY: Final = re.compile(rf"{_WORD},?\s+{_OF}{_YEAR}", re.I)
_IDEOGRAPHIC: Final = re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日")
_ISO: Final = re.compile(r"(?<!\d)([0-9]{4})-([0-9]{2})-([0-9]{2})(?!\d)")

_TIME: Final = re.compile(
    r"(?<![\d:])([0-9]{1,2})[:.]([0-9]{2})(?::[0-9]{2})?(?![\d:])"
    r"\s*([ap]\.?m\b\.?)?\s*([A-Z]{1,4}\b)?",
    re.I,
)
_ZONES: Final = {
    "GMT": "+00:00", "UTC": "+00:00", "UT": "+00:00", "Z": "+00:00",
    "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00",
    "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00",
}  # fmt: skip
"""Zones whose offset a standard fixes (RFC 5322, 4.3); any other abbreviation says no offset."""

_LONGEST: Final = 200
"""Characters of a line that is still looked at; lines with dates are short."""


def find_date(line: str) -> tuple[str, int] | None:
    """The first date that a line prints, as ISO 8601, and where it ends; None where it has none.

    >>> find_date("Dienstag 10.Dezember 2019")
    ('2019-12-10', 25)
    >>> find_date("Summer 2019") is None
    True
    """
    line = line[:_LONGEST]
    found: list[tuple[int, str, int]] = []
    for match in _DAY_FIRST.finditer(line):
        found += _made(match, match[3], match[2], match[1])
    for match in _MONTH_FIRST.finditer(line):
        found += _made(match, match[3], match[1], match[2])
    for pattern in (_IDEOGRAPHIC, _ISO):
        for match in pattern.finditer(line):
            found.append((match.start(), _iso(match[1], int(match[2]), match[3]), match.end()))
    if not found:
        for match in _MONTH_ONLY.finditer(line):
            found += _made(match, match[2], match[1], None)
    if not found:
        return None
    _, iso, end = min(found)
    return iso, end


def _made(
    match: re.Match[str], year: str, month: str, day: str | None
) -> list[tuple[int, str, int]]:
    number = _NUMBER_OF.get(_plain(month))
    return [(match.start(), _iso(year, number, day), match.end())] if number else []


def _iso(year: str, month: int, day: str | None) -> str:
    return f"{year}-{month:02d}" + (f"-{int(day):02d}" if day else "")


def parse_printed(line: str, *, time: str | None = None) -> Published | None:
    """Read the date that a line prints, with the time after it or the one in `time`.

    None where there is no date or one that no calendar has. A time without a zone whose offset is
    fixed is a local one, without offset.

    >>> parse_printed("Tuesday 15 July 2025 10:32 PM GMT").at
    '2025-07-15T22:32+00:00'
    >>> parse_printed("July 2025").precision.value
    'month'
    """
    found = find_date(line)
    if found is None:
        return None
    iso, end = found
    clock = _clock(time if time is not None else line[end:_LONGEST])
    for text in ([iso + clock] if clock and len(iso) == 10 else []) + [iso]:
        try:
            return parse_published(text, "metadata")
        except MisuseError:
            continue
    return None


def _clock(text: str) -> str:
    """`T22:32+00:00` for the first time of day in `text`; empty where there is none."""
    match = _TIME.search(text[:_LONGEST])
    if match is None:
        return ""
    hour, minute = int(match[1]), match[2]
    half = (match[3] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"T{hour:02d}:{minute}{_ZONES.get((match[4] or '').upper(), '')}"
