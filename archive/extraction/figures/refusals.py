"""Numbers that are left out because they cannot be stored as what they are, and why."""

import re
from dataclasses import dataclass

from archive.extraction.figures.finder import find_figures
from archive.extraction.figures.numerals import MOST_DIGITS, read_digits

_DIGITS = re.compile(r"\d+(?:[.,٫٬]\d+)*(?:\^\d+)?")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Digits that look like a number and give no figure; offsets as in a figure."""

    char_start: int
    char_end: int
    text: str
    reason: str


def find_refusals(text: str) -> list[Refusal]:
    """Digits of `text` that no figure can state exactly, in order, each with the reason.

    >>> find_refusals("They counted 10^400 stars.")[0].reason
    'too large: more than 300 digits'
    """
    taken = {figure.char_start for figure in find_figures(text)}
    found = []
    for match in _DIGITS.finditer(text):
        reason = _reason(match.group())
        if reason is not None and match.start() not in taken:
            found.append(Refusal(match.start(), match.end(), match.group(), reason))
    return found


def _reason(written: str) -> str | None:
    digits, _, exponent = written.partition("^")
    if len(digits) > MOST_DIGITS or (exponent and _is_too_large(digits, exponent)):
        return f"too large: more than {MOST_DIGITS} digits"
    if read_digits(digits) is None:
        return "separators that make no number"
    return None


def _is_too_large(base: str, exponent: str) -> bool:
    """Tell whether a power has more digits than can be stored, by its logarithm."""
    return len(exponent) > 3 or (len(base) - 1) * int(exponent) >= MOST_DIGITS
