"""Bylines, datelines, and the dates and agencies that stand in them.

The forms are those of the Associated Press and Reuters style books and of the agencies of Iran,
Pakistan and India: `KABUL, Afghanistan (AP) — `, `ISLAMABAD, Nov 16 (APP): `, `By A. Writer`.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, time, timedelta, timezone
from typing import Final

from archive.records import Precision, Published
from archive.vocabulary.press import agency_names, agency_pattern

MONTHS: Final = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
]  # fmt: skip

_MONTH: Final = (
    r"(?P<month{n}>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY: Final = re.compile(
    r"(?<![\w/.-])(?:"
    + _MONTH.format(n=1)
    + r"\s+(?P<day1>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<year1>(?:19|20)\d\d))?"
    + r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)?\s+"
    + _MONTH.format(n=2)
    + r"(?:,?\s+(?P<year2>(?:19|20)\d\d))?"
    + r"|(?P<year3>(?:19|20)\d\d)[-/.](?P<month3>\d{1,2})[-/.](?P<day3>\d{1,2})"
    + r"|(?P<one>\d{1,2})[-/.](?P<two>\d{1,2})[-/.](?P<year4>(?:19|20)\d\d)"
    + r")(?![\w/])",
    re.IGNORECASE,
)
_NAME_BEFORE_DATE: Final = re.compile(
    r"(?P<who>[A-Z][\w.’'-]*"
    r"(?:,? (?:[A-Z][\w.’'-]*|staff|desk|in|for|and|correspondent|reporter)){1,4})"
    r" ?[-–—|•·,/]+ ?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
)
_TIME: Final = re.compile(
    r"(?<![\d:])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d)?\s*"
    r"(?P<half>[ap]\.?m\b\.?)?\s*"
    r"(?P<zone>(?:GMT|UTC|Z)\b(?:\s*[+-]\d{1,2}(?::?\d\d)?)?|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_ISO_TIME: Final = re.compile(r"(?<=\d)T(?=\d\d:)")

_PLACE: Final = (
    r"[A-ZÀ-ÖØ-Þ][\w’'.-]*(?: (?:[A-ZÀ-ÖØ-Þ][\w’'.-]*|of|de|del|la|le|el|al|and|du)){0,4}"
)
_DATELINE: Final = re.compile(
    rf"(?P<place>{_PLACE}(?:, {_PLACE}|/{_PLACE}){{0,2}}?)"
    r"(?:,? (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?=[ ,:—–-]))?"
    r"(?:,? (?P<day>[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{4})?"
    r"|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8}\.?(?: \d{4})?),?)?"
    r"(?:,? ?[(\[](?P<agency>[^()\[\]]{2,40})[)\]])?"
    r"(?:\s*(?P<dash>—|--|―|(?<=\s)–|–(?=\s))\s*|\s+(?P<hyphen>-)\s+|(?P<colon>:)\s+)"
    r"(?=[“\"‘'(]?[A-Z0-9À-ÖØ-Þ])"
)
_SIGN: Final = re.compile(r"[—–―:(\[]|-[- ]")
"""One of these stands in every dateline."""
_PLACE_AND_AGENCY: Final = re.compile(
    rf"(?P<place>{_PLACE}(?:, {_PLACE})?) \((?P<agency>[^()]{{2,40}})\),? (?=[“\"‘']?[A-Z0-9])"
)
_AGENCY_FIRST: Final = re.compile(
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2} (?=\())?"
    r"[(\[]?(?P<agency>[A-Z][\w. -]{1,30}?)[)\]]?(?:\s*(?:—|–|--|―)\s*|\s+-\s+)(?=[“\"‘']?[A-Z0-9])"
)
_BYLINE: Final = re.compile(
    r"(?:written |reported |posted |compiled |story |text |words |report )?by:?\s+(?P<who>\S.*)",
    re.IGNORECASE,
)
_AUTHOR: Final = re.compile(r"(?:author|reporter|correspondent|writer)s?:\s*(?P<who>\S.*)", re.I)
_CALLED_AGENCY: Final = re.compile(
    r"\b(?!(?i:by|from|with|the|via|source|and) )[A-ZÀ-ÖØ-Þ][\w’'&-]*"
    r"(?: (?!(?i:by|from|with|the|via|and) )[A-ZÀ-ÖØ-Þ][\w’'&-]*)?? "
    r"(?:(?:News|Press|Telegraph|Information) Agency|Wire|Newswire|(?:News|Wire|Press) Service"
    r"|(?:NEWS|PRESS|TELEGRAPH|INFORMATION) AGENCY|WIRE|NEWSWIRE|(?:NEWS|WIRE|PRESS) SERVICE)\b"
)
"""A name that ends as those of agencies do."""
_IMAGE: Final = re.compile(
    r"\W*(?:file )?(?:photo|image|picture|illustration|graphic|video|credit|courtesy)",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(r"\s*(?:[|•·/]|\s[-–—]\s|\b(?:published|updated|posted|on)\b).*", re.I)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of a story: place as written, agency and date where it names them.

    `end` is where the story's own words begin.
    """

    place: str | None
    agency: str | None
    published: Published | None
    end: int


def find_dateline(text: str) -> Dateline | None:
    """Read the dateline that `text` opens with, None where it has none.

    >>> find_dateline("HERAT, Afghanistan (AP) — Snow closed the road.").place
    'HERAT, Afghanistan'
    >>> find_dateline("Herat — which lies in the west — was cut off.") is None
    True
    """
    if _SIGN.search(text, 0, 120) is None:
        return None
    match = _DATELINE.match(text, 0, 120)
    if match and _is_dateline(match):
        day = match["day"]
        return Dateline(
            match["place"],
            find_agency(match["agency"] or ""),
            find_published(day, "dateline") if day else None,
            match.end(),
        )
    match = _PLACE_AND_AGENCY.match(text, 0, 100)
    if match and match["agency"] in agency_names():
        return Dateline(match["place"], agency_names()[match["agency"]], None, match.end())
    match = _AGENCY_FIRST.match(text, 0, 60)
    if match and match["agency"] in agency_names():
        return Dateline(None, agency_names()[match["agency"]], None, match.end())
    return None


def _is_dateline(match: re.Match[str]) -> bool:
    """Whether the words before the dash are a place rather than a subject or a label.

    Capitals throughout, a day or an agency settle it; otherwise there must be a dash and few
    words, none of them an agency's name alone.
    """
    place = match["place"]
    if match["day"] or match["agency"]:
        return True
    if place.isupper():
        return len(place) > 2 and place not in agency_names()
    return (
        bool(match["dash"] or match["hyphen"])
        and len(place.split()) <= 4
        and (place not in agency_names())
    )


def find_agency(text: str) -> str | None:
    """Short name of the first news agency that a credit names, None where it names none.

    An agency that is not known is told by what it calls itself.

    >>> find_agency("By Agence France-Presse, Kabul"), find_agency("BY HIGHLAND NEWS AGENCY")
    ('AFP', 'Highland News Agency')
    """
    match = agency_pattern().search(text)
    if match:
        return agency_names()[match[1]]
    named = _CALLED_AGENCY.search(text)
    if named is None:
        return None
    return named[0].title() if named[0].isupper() else named[0]


def find_byline(text: str) -> str | None:
    """Name the writers that a byline line gives, as written, without date and other matter.

    >>> find_byline("By Ann Lee and Omar Noor | 3 May 2021")
    'Ann Lee and Omar Noor'
    """
    match = _BYLINE.match(text) or _AUTHOR.match(text)
    if match is None:
        day = _DAY.search(text)
        match = _NAME_BEFORE_DATE.fullmatch(text, 0, day.start()) if day else None
    if match is None:
        return None
    who = _DAY.split(_TAIL.sub("", match["who"]), maxsplit=1)[0].strip(" ,;:-–—")
    return who or None


def is_image_credit(text: str) -> bool:
    """Whether a credit names who made a picture, and so not who wrote the story.

    >>> is_image_credit("Photo: Reuters"), is_image_credit("Source: Reuters")
    (True, False)
    """
    return _IMAGE.match(text) is not None


def find_published(text: str, source: str) -> Published | None:
    """Read the first whole date (with a year) in a byline or dateline; `source` names which.

    A time gives `at` and precision `minute`; its offset from UTC is kept where written. Days
    written in figures only are read where one order alone is possible (31/12/2023), else left.
    """
    text = _ISO_TIME.sub(" ", text)
    match = _DAY.search(text)
    day = _read_day(match) if match else None
    if match is None or day is None:
        return None
    clock = _TIME.search(text, match.end()) or _TIME.search(text, 0, match.start())
    if clock is None:
        return Published(on=day.isoformat(), source=source)
    return Published(
        on=day.isoformat(),
        at=f"{day.isoformat()}T{_read_time(clock)}",
        precision=Precision.MINUTE,
        source=source,
    )


def is_date_line(text: str) -> bool:
    """Whether a line holds a date and nothing else but weekday, time and words such as Updated.

    A name may stand before it: `Ann Lee - May 3, 2021`.
    """
    day = _DAY.search(text) if len(text) <= 80 else None
    if day is None:
        return False
    if _NAME_BEFORE_DATE.fullmatch(text, 0, day.start()):
        return True
    rest = _TIME.sub(" ", _DAY.sub(" ", _ISO_TIME.sub(" ", text)))
    return all(_DATE_WORDS.fullmatch(word) for word in re.findall(r"[^\W\d_]+", rest))


_DATE_WORDS: Final = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|published|posted|updated"
    r"|modified|date|time|last|first|on|at|and|am|pm|gmt|utc|est|edt|ist|pkt|aft|local|hrs)",
    re.IGNORECASE,
)


def _read_day(match: re.Match[str]) -> date | None:
    found = match.groupdict()
    try:
        if found["day1"]:
            return _day(found["year1"], found["month1"], found["day1"])
        if found["day2"]:
            return _day(found["year2"], found["month2"], found["day2"])
        if found["day3"]:
            return date(int(found["year3"]), int(found["month3"]), int(found["day3"]))
        one, two = int(found["one"]), int(found["two"])
        if one > 12 or one == two:
            return date(int(found["year4"]), two, one)
        return date(int(found["year4"]), one, two) if two > 12 else None
    except ValueError:
        return None


def _day(year: str | None, month: str, day: str) -> date | None:
    if year is None:
        return None
    return date(int(year), MONTHS.index(month[:3].lower()) + 1, int(day))


def _read_time(match: re.Match[str]) -> str:
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    return time(hour, int(match["minute"]), tzinfo=_zone(match["zone"])).isoformat("minutes")


def _zone(written: str | None) -> timezone | None:
    if not written:
        return None
    offset = re.search(r"([+-])(\d{1,2}):?(\d\d)?$", written)
    if offset is None:
        return UTC
    ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    if ahead >= timedelta(hours=24):
        return None
    return timezone(ahead if offset[1] == "+" else -ahead)
