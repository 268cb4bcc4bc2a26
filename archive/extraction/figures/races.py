"""Times that a race took: `2:14:04`, `a time of 3:43.1`."""

from decimal import Decimal

from archive.extraction.figures.quantity import Quantity
from archive.extraction.figures.tokens import Tokens
from archive.records import Modifier
from archive.vocabulary.figure_words import figure_words
from archive.vocabulary.units import units

_NEAR = 8
_SIXTY = 60


def race_time(tokens: Tokens, index: int) -> Quantity | None:
    """Read `h:mm:ss` or `m:ss.s` at token `index` as a duration in seconds.

    Only beside a word of races or records; what may be a time of day (`5:30 a.m.`) is none.
    """
    parts = [tokens.texts[index]]
    at = index + 1
    while (
        len(parts) < 3
        and tokens.texts[at] == ":"
        and tokens.texts[at + 1][:1].isdecimal()
        and tokens.glued(at)
        and tokens.glued(at + 1)
    ):
        parts.append(tokens.texts[at + 1])
        at += 2
    if len(parts) == 1 or not _is_race(tokens, index, at, parts):
        return None
    value = Decimal(0)
    for part in parts:
        value = value * _SIXTY + Decimal(part)
    return Quantity(
        start=index,
        number_at=index,
        end=at,
        after=at,
        value=value,
        low=value,
        high=value,
        modifier=Modifier.EXACT,
        unit=units()["second"],
        form="number",
        digits=True,
    )


def _is_race(tokens: Tokens, index: int, end: int, parts: list[str]) -> bool:
    if not all(_is_sixtieth(part) for part in parts[1:]) or not parts[0].isdecimal():
        return False
    if len(parts[0]) > 2 or any(not part.isdecimal() for part in parts[1:-1]):
        return False
    if tokens.glued(end) and tokens.texts[end][:1].isalnum():
        return False
    if tokens.lows[end] in figure_words("time_word") or tokens.lows[index - 1] in ("at", "by"):
        return False
    nearby = tokens.lows[max(0, index - _NEAR) : index] + tokens.lows[end : end + 4]
    told = any(low in figure_words("race_word") for low in nearby)
    precise = len(parts) == 3 or "." in parts[-1]
    return told and (precise or tokens.lows[max(0, index - 2) : index] == ["time", "of"])


def _is_sixtieth(part: str) -> bool:
    """Tell whether two digits, and any decimals after them, are minutes or seconds."""
    whole, _, decimals = part.partition(".")
    return (
        len(whole) == 2
        and whole.isascii()
        and whole.isdecimal()
        and int(whole) < _SIXTY
        and (not decimals or (decimals.isascii() and decimals.isdecimal()))
    )
