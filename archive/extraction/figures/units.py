"""Units of measure and currencies beside a number."""

from dataclasses import dataclass
from functools import cache

from archive.extraction.figures.numerals import HYPHENS
from archive.extraction.figures.tokens import Tokens
from archive.records import FigureKind
from archive.vocabulary.figure_words import figure_words, rate_adverbs
from archive.vocabulary.units import Unit, currency_signs, unit_symbols, unit_words, units

Phrases = dict[str, list[tuple[tuple[str, ...], Unit]]]


@dataclass(frozen=True, slots=True)
class _Tables:
    """Phrases by their first token: words in small letters, symbols and signs as written."""

    words: Phrases
    symbols: Phrases
    signs: Phrases


def _by_first(table: dict[str, str]) -> Phrases:
    found: Phrases = {}
    known = units()
    for written, name in table.items():
        line = Tokens(written, 0, len(written))
        parts = tuple(line.texts[: len(line)])
        if parts:
            found.setdefault(parts[0], []).append((parts, known[name]))
    for phrases in found.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return found


@cache
def _tables() -> _Tables:
    signs: Phrases = {}
    for written, name in currency_signs().items():
        line = Tokens(written, 0, len(written))
        parts = tuple(line.texts[: len(line)])
        signs.setdefault(parts[-1], []).append((parts, units()[name]))
    for phrases in signs.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return _Tables(_by_first(unit_words()), _by_first(unit_symbols()), signs)


def unit_after(tokens: Tokens, index: int, *, large: bool) -> tuple[Unit, int, bool] | None:
    """Read the unit at token `index`, the first after the number.

    Returns the unit, the token after it, and whether a hyphen joins it to the number; None where
    there is none. `large` says that the number is one that money comes in, which tells `won` the
    currency from `won` the verb.
    """
    at, hyphened = index, False
    if tokens.texts[at] in HYPHENS and tokens.glued(at) and tokens.glued(at + 1):
        at, hyphened = index + 1, True
    found = _symbol_at(tokens, at, hyphened) or _words_at(tokens, at, large)
    if found is None:
        return None
    return found[0], found[1], hyphened


def _symbol_at(tokens: Tokens, at: int, hyphened: bool) -> tuple[Unit, int] | None:
    for parts, unit in _tables().symbols.get(tokens.texts[at], ()):
        end = at + len(parts)
        if tuple(tokens.texts[at:end]) != parts or (parts[-1] == "." and end >= len(tokens)):
            continue
        if len(parts[-1]) == 1 and parts[-1].isalpha() and len(parts) == 1:
            spaced = not tokens.glued(at) or not tokens.texts[at - 1][-1:].isalnum()
            if spaced and parts[0] not in figure_words("spaced_symbol"):
                continue
            if hyphened and parts[0] not in "mgWV":
                continue
        if tokens.glued(end) and tokens.texts[end][:1].isalnum():
            continue
        return unit, end
    return None


def _words_at(tokens: Tokens, at: int, large: bool) -> tuple[Unit, int] | None:
    for parts, unit in _tables().words.get(tokens.lows[at], ()):
        end = at + len(parts)
        if tuple(tokens.lows[at:end]) != parts:
            continue
        if parts[0] in figure_words("doubtful_money") and not large:
            continue
        if len(parts) == 1 and unit.name == "stone" and tokens.texts[at].istitle():
            continue  # a name
        return unit, end
    return None


def sign_before(tokens: Tokens, index: int, floor: int) -> tuple[Unit, int] | None:
    """Read the currency sign or code that ends just before token `index`, not before `floor`.

    Returns the currency and the first token of its sign. A sign of letters (`Rs`, `EUR`) must
    be written in its own case.
    """
    last = index - 1
    if last < floor:
        return None
    for parts, unit in _tables().signs.get(tokens.texts[last], ()):
        start = index - len(parts)
        if start < floor or tuple(tokens.texts[start:index]) != parts:
            continue
        if _is_sign(tokens, start, index):
            return unit, start
    return None


def _is_sign(tokens: Tokens, start: int, index: int) -> bool:
    """Tell whether the sign at tokens `start` to `index` stands free: no end of a word or code."""
    first = tokens.texts[start]
    letter = index - start == 1 and len(first) == 1 and first.isalpha()
    if letter and (not tokens.glued(index) or len(tokens.texts[index]) < 3):
        return False  # R100, not `R 100` nor the code R18
    if not tokens.glued(start):
        return True
    before = tokens.texts[start - 1]
    return before in "(–—~" or not (before[-1:].isalnum() or first.isalpha())


def per_after(tokens: Tokens, index: int) -> tuple[str, int] | None:
    """Read what a rate is per, at token `index`: `a day`, `per person`, `/kg`, `daily`, `each`.

    Returns it and the token after it.
    """
    low = tokens.lows[index]
    if low in HYPHENS and tokens.lows[index + 1] in ("a", "per") and tokens.glued(index):
        index += 1
        low = tokens.lows[index]
    if low in rate_adverbs():
        return rate_adverbs()[low], index + 1
    if low not in ("a", "an", "per", "every", "each", "/"):
        return None
    at = index + 1
    if tokens.texts[at] in HYPHENS:
        at += 1
    if low == "per" and tokens.texts[at][:1].isdecimal():
        return tokens.texts[at], at + 1
    return _divisor(tokens, at, any_noun=low in ("per", "/"))


def _divisor(tokens: Tokens, at: int, *, any_noun: bool) -> tuple[str, int] | None:
    """The noun or unit that a rate divides by, and the token after it; not `a year earlier`."""
    noun = tokens.lows[at]
    if not noun.isalpha() or tokens.lows[at + 1] in ("earlier", "ago", "later", "before"):
        return None
    if not any_noun and noun not in figure_words("per_noun"):
        return None
    named = _symbol_at(tokens, at, False) or _words_at(tokens, at, large=True)
    if named is not None:
        return named[0].name, named[1]
    end = at + 1
    if noun in ("square", "cubic", "troy") and tokens.lows[end].isalpha():
        end += 1
    return " ".join(tokens.lows[at:end]), end


def kind_of(unit: Unit | None) -> FigureKind:
    """Kind of a figure with this unit; a bare number counts something."""
    return unit.kind if unit else FigureKind.COUNT
