r"""The words and numbers at which a calendar expression is recognised, and what is beside them.

`TRIGGER` finds the core of each expression in one pass; its named groups tell the reader that
takes over. The other patterns are matched from the core to the right, or end at it (`\Z`) within
a short stretch to its left, so that no text is scanned more than a few times.
"""

import re

from archive.vocabulary.calendar import calendar_names, date_words


def _any_of(words: set[str]) -> str:
    """Alternation of the words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _names(kind: str, *, abbreviated: bool = True) -> set[str]:
    """Spellings of one kind of calendar name, in capitals too."""
    names = {
        name
        for name, meaning in calendar_names().items()
        if meaning.kind == kind and (abbreviated or not meaning.abbreviated)
    }
    return names | {name.upper() for name in names if len(name) > 3 and name[0].isupper()}


def _either_case(role: str) -> set[str]:
    """Words of one role, in small letters and capitalised."""
    words = set(date_words(role))
    return words | {word.capitalize() for word in words}


_MONTHS = _any_of(_names("month"))
_UNITS = _any_of(set(date_words("unit")))
_ABBREVIATED_DAYS = _any_of(_names("weekday") - _names("weekday", abbreviated=False))
_ORDINAL_END = r"(?:st|nd|rd|th)?"
_YEAR_END = r"(?!\w|[.,]\d|[-–/]\d{1,2}(?!\d))"

# The letters a word of the calendar can begin with: most words are passed over by their first.
_INITIALS = "".join(
    sorted(
        {
            word[0]
            for word in _names("month")
            | _names("weekday")
            | _names("season")
            | set(date_words("unit"))
            | _either_case("deictic")
            | {"centuries", "Q"}
        }
    )
)

TRIGGER = re.compile(
    rf"""
    \b(?=[{_INITIALS}])(?:
        (?P<month>{_MONTHS})
      | (?P<weekday>{_any_of(_names("weekday", abbreviated=False))})
      | (?P<unit>{_UNITS})s?
      | (?P<century>centuries)
      | (?P<season>{_any_of(_names("season"))})
      | (?P<deictic>{_any_of(_either_case("deictic"))})
      | Q(?P<quarter>[1-4])
    )\b
    | (?=\d)(?:
        (?<![\w.,/-])(?P<numeric>\d{{4}}-\d\d-\d\d(?=T\d)
          |(?:\d{{4}}-\d\d-\d\d|\d{{4}}/\d\d?/\d\d?|\d\d?[./-]\d\d?[./-]\d{{4}})(?![\w/-]|\.\d))
      | (?:(?<![\w.,$€£#+/-])|(?<=[Mm]id-)|(?<=[Pp]re-)|(?<=[Pp]ost-)|(?<=\d{{4}}[-/]))
          (?P<year>(?:1\d|2[01])\d\d)(?:(?P<decade>(?<=0)['’]?s\b)|(?![\w%]|[.,/:]\d|-[A-Za-z]))
    )
    | (?<!\w)['’](?P<nineties>[5-9]0)s\b
    """,
    re.VERBOSE,
)

# ---- beside a month
DAYS_BEFORE = re.compile(
    rf"(?:(?<![\w.,:/$€£-])(?P<first>\d{{1,2}}){_ORDINAL_END}"
    r"(?:\s?[-–—]\s?|\s(?:and|to|or|until|till|through)\s(?:the\s)?))?"
    rf"(?<![\w.,:/$€£])(?P<day>\d{{1,2}}){_ORDINAL_END}(?:\s|-|\s(?:day\s)?of\s)\Z"
)
DAY_AFTER = re.compile(
    rf"\.?\s(?:the\s)?(?P<day>\d{{1,2}}){_ORDINAL_END}(?![\w%]|[.,:]\d|\sper\b|\spercent\b)"
)
SECOND_DAY_AFTER = re.compile(
    r"(?P<join>\s?[-–—]\s?|\s(?:to|and|or|through|until|till)\s(?:the\s)?)"
    rf"(?P<day>\d{{1,2}}){_ORDINAL_END}(?![\w%]|[.,:]\d|[\s-](?:of\s)?(?:{_MONTHS})\b)"
)
YEAR_AFTER_DAY = re.compile(rf"(?:\.?,?\s|-)(?:of\s)?(?P<year>\d{{4}}){_YEAR_END}")
YEAR_AFTER_MONTH = re.compile(
    r"(?:\.?,?\s|-)(?:of\s)?(?:(?:the\s)?year\s)?(?P<year>\d{4})(?!\w|[.,]\d)"
)
NAMED_YEAR_AFTER = re.compile(r",?\s(?:of\s)?(?P<which>this|last|next)\syear\b")
COUNTED_AFTER = re.compile(r"\s(?:people|men|women|children|[a-z]+s)\b")
MONTH_AFTER = re.compile(
    rf"\s?(?:[-–—]|to|and|or|until|through)\s?(?:mid-|early\s|late\s)?(?:{_MONTHS})\b"
)
MONTH_BEFORE = re.compile(rf"\b(?:{_MONTHS})(?:\s\d{{4}})?(?:\s?[-–—]\s?|\s[a-z]{{2,7}}\s)\Z")
CLOSES = re.compile(r"[;.)]|,\s[a-z]|\Z")
SMALL_AFTER = re.compile(r"\s[a-z]|[.,;)]")
WEEKDAY_ABBREVIATED = re.compile(rf"\b(?:{_ABBREVIATED_DAYS})\.?,?\s\Z")

# ---- before any core
MODIFIER = re.compile(
    r"""(?:
      \b(?P<vague>[Ee]arly|[Ll]ate|[Mm]id)(?:[\s-]|\sin\s)(?:the\s)?
    | \b(?P<edge>[Ee]nd|[Cc]lose|[Ss]tart|[Bb]eginning|[Mm]iddle)\sof\s(?:the\s)?(?:year\s)?
    | \b(?P<nth>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast|[Ff]inal|[Ll]atter)\s
        (?P<part>half|quarter|day|days|week|weeks|month|months)\sof\s(?:the\s)?(?:year\s)?
    )\Z""",
    re.VERBOSE,
)
WHICH = re.compile(
    r"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?:\s(?:past|coming))?|[Cc]oming|[Rr]ecent|[Cc]urrent"
    r"|[Uu]pcoming|[Pp]ast|[Ff]ollowing|[Pp]revious|[Ee]very|[Ee]ach|[Aa]ny|[Aa]nother|[Oo]ne|[Aa])"
    r"\s(?P<kind>(?:fiscal|financial|calendar|academic|school)\s)?\Z"
)
FEW = re.compile(
    r"\b(?:[Pp]ast|[Ll]ast|[Nn]ext|[Cc]oming|[Rr]ecent)\s(?:few|several|couple\sof|many)\s\Z"
)
DETERMINER = re.compile(r"\b(?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Mm]y|[Oo]ur|[Yy]our)\s\Z")
AGO = re.compile(r"\sago\b")
NUMBER = re.compile(rf"\b(?P<number>\d{{1,3}}|{_any_of(_either_case('number'))})[\s-]\Z")
HEDGE = re.compile(
    r"(?:\b(?:than|least|about|around|nearly|almost|over|under|some|roughly|to|or|and)\s|[-–—])\Z"
)
ORDINAL = re.compile(
    rf"\b(?:(?P<digits>\d{{1,2}})(?:st|nd|rd|th)|(?P<word>{_any_of(_either_case('ordinal'))}))[\s-]\Z"
)
WEEKEND = re.compile(r"\b(?:[Oo]ver|[Aa]t|[Dd]uring|[Oo]n)\sthe\s\Z")
SHORT_RANGE_END = re.compile(r"[-–/](?P<year>\d\d)(?![\w%]|[.,]\d|-)")
YEAR_OF_SEASON = re.compile(r"(?:\sof)?\s(?P<year>(?:1[5-9]|20)\d\d)(?!\w|[.,]\d)")
ERA = re.compile(r"\s(?P<era>SH|AP|AH|BCE?)\b")
OTHER_CALENDAR = re.compile(
    r"\b(?P<calendar>Persian|Iranian|Afghan|[Ss]olar|Shamsi|Jalali|Islamic|[Ll]unar)\s"
    r"(?:[Hh]ijri\s)?(?:calendar\s)?year\s(?:of\s)?\Z"
)

# ---- between two expressions
RANGE_JOIN = re.compile(r"\s?(?:[-–—/]|\b(?:and|to|until|till|through|or)\b(?:\s(?:the|on))?|,)\s?")
WORD_BEFORE = re.compile(r"(?P<word>[^\W\d_]+(?:[.’'-][^\W\d_]+)*)(?P<gap>[^\S\n]|-)\Z")
CAPITALISED_AFTER = re.compile(r"\s(?P<word>[^\W\d_]+)")
