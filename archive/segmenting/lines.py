"""The lines of a text, trimmed, with exact offsets: the paragraphs before they have roles."""

import re
from dataclasses import dataclass
from typing import Final

_LINE: Final = re.compile("[^\r\n\f\u2028\u2029]+")
_NEWLINE: Final = re.compile("\r\n|[\r\n\f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line without surrounding white space; `gap` counts the newlines before it."""

    text: str
    start: int
    end: int
    gap: int


def split_lines(text: str) -> list[Line]:
    r"""Split `text` at \r\n, \n, \r, form feed, U+2028 and U+2029; blank lines are left out.

    Every character of `text` that is not white space (`str.isspace`) lies in exactly one line.

    >>> [line.text for line in split_lines(" Rain fell.\r\n\r\nRivers rose. ")]
    ['Rain fell.', 'Rivers rose.']
    """
    lines = []
    end_before = 0
    for match in _LINE.finditer(text):
        trimmed = match[0].strip()
        if not trimmed:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        gap = len(_NEWLINE.findall(text, end_before, start))
        lines.append(Line(trimmed, start, start + len(trimmed), gap))
        end_before = start + len(trimmed)
    return lines
