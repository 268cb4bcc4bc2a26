"""What the properties of an office file or a PDF say of a story, where they can be believed.

Programs fill these properties with file names, template names and the name of the computer's
user, and copy them from file to file. So a title counts where the text shows it too, an author
where it reads as a person's name. The day that a file was made is never the day that a story
appeared: it would overrule the date that the story prints.
"""

import re
from collections.abc import Sequence
from typing import Final

_FIRST_LINES: Final = 8
"""Lines among which a headline stands: after a masthead, a date, a section, a menu or two."""

_SEPARATORS: Final = re.compile(r"\s+[-–—|·•:]\s+|\s*[|»]\s*")
"""What stands between the headline and the name of the site in the title of a web page."""

_WORD: Final = r"[^\W\d_][^\W\d_'’.-]*(?:[-'’][^\W\d_]+)*\.?"
_NAME: Final = re.compile(rf"{_WORD}(?: {_WORD}){{1,4}}")
_PARTICLE: Final = re.compile(
    r"al|and|bin|d|das?|de[lnr]?|della|di|dos|du|el|et|l[ae]|och|of|san|st|ten|ter|und|van|vo[mn]|"
    r"y|zum?"
)
_NO_PERSON: Final = re.compile(
    r"(?i)admin|administrator|author|benutzer|default|editor|microsoft|office|openoffice|"
    r"libreoffice|owner|pc|python-docx|root|test|unknown|user|utilisateur|word|writer"
)
_BY: Final = re.compile(r"^\s*(?:by|von|par|por|door|di)\s*:?\s+(?=\S)", re.I)


def headline_among(title: str | None, lines: Sequence[str]) -> int | None:
    """Which of the first lines of a text its file's title gives as the headline; None where none.

    The title of a printed web page often goes on with the name of the site or the section.

    >>> headline_among("Rain floods Tolven | Quayside Herald", ["News", "Rain floods Tolven"])
    1
    """
    if not title:
        return None
    ends = (match.start() for match in _SEPARATORS.finditer(title[:1000]))
    titles = [_key(title), *(_key(title[:end]) for end in ends)]
    keys = [_key(line[:1000]) for line in lines[:_FIRST_LINES]]
    for wanted in titles:
        # One word alone is as likely the name of a section or of the paper.
        if wanted in keys and " " in wanted:
            return keys.index(wanted)
    return None


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def byline_of(author: str | None) -> str | None:
    """The author that a file names, where it reads as one or more persons; None otherwise.

    >>> byline_of("Ana Torvald"), byline_of("By Jan van der Meer"), byline_of("python-docx")
    ('Ana Torvald', 'Jan van der Meer', None)
    """
    name = without_by(" ".join((author or "")[:200].split()))
    if not _NAME.fullmatch(name) or any(map(_NO_PERSON.fullmatch, name.split())):
        return None
    words = [word for word in name.split() if not _PARTICLE.fullmatch(word)]
    # Scripts without capitals have names too: `islower` is false for their words.
    return name if len(words) >= 2 and not any(word[0].islower() for word in words) else None


def without_by(byline: str) -> str:
    """A byline without the `By` before it.

    >>> without_by("By Lina Osterby")
    'Lina Osterby'
    """
    return _BY.sub("", byline).strip()


def language_of(tag: str | None) -> str | None:
    """The language of a BCP 47 tag (`en-GB`), as its ISO 639-1 code; None for other text."""
    match = re.match(r"([A-Za-z]{2})(?:[-_]|$)", tag or "")
    return match[1].lower() if match else None
