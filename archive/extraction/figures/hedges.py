"""The hedge before or after a number, and the bounds that it sets."""

from functools import cache

from archive.extraction.figures.numerals import HYPHENS
from archive.extraction.figures.quantity import Quantity
from archive.extraction.figures.tokens import Tokens
from archive.records import FigureKind, Modifier
from archive.vocabulary.figure_words import figure_words
from archive.vocabulary.numbers import hedges
from archive.vocabulary.verbs import lemmas


@cache
def _hedges_by_last() -> dict[str, list[tuple[tuple[str, ...], Modifier]]]:
    found: dict[str, list[tuple[tuple[str, ...], Modifier]]] = {}
    for phrase, modifier in hedges("before").items():
        line = Tokens(phrase, 0, len(phrase))
        parts = tuple(line.lows[: len(line)])
        found.setdefault(parts[-1], []).append((parts, modifier))
    for phrases in found.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return found


@cache
def _hedges_by_first() -> dict[str, list[tuple[tuple[str, ...], Modifier]]]:
    found: dict[str, list[tuple[tuple[str, ...], Modifier]]] = {}
    for phrase, modifier in hedges("after").items():
        line = Tokens(phrase, 0, len(phrase))
        parts = tuple(line.lows[: len(line)])
        found.setdefault(parts[0], []).append((parts, modifier))
    return found


_BOUNDING_VERBS = frozenset(["exceed", "surpass", "top"])


def is_bounding_verb(low: str) -> bool:
    """Tell whether a verb bounds the number that is its object: `cases exceeded 9,000`."""
    return lemmas().get(low) in _BOUNDING_VERBS


def hedge(tokens: Tokens, quantity: Quantity, floor: int) -> None:
    """Widen the quantity by the hedge before or after it and bound it accordingly."""
    found = _hedge_before(tokens, quantity, floor)
    if found is not None:
        start, modifier = found
        outer = _hedge_at(tokens, start, floor)
        if outer is not None:  # `at least about 50`: the outer one bounds, unless it is `only`
            start = outer[0]
            modifier = outer[1] if outer[1] is not Modifier.EXACT else modifier
        quantity.start = start
        _bound(quantity, modifier)
        return
    for parts, modifier in _hedges_by_first().get(tokens.lows[quantity.end], ()):
        end = quantity.end + len(parts)
        if tuple(tokens.lows[quantity.end : end]) == parts and _really_after(
            tokens, quantity, parts, end
        ):
            quantity.after = max(quantity.after, end)
            quantity.end = end
            _bound(quantity, modifier)
            return


def _really_after(tokens: Tokens, quantity: Quantity, parts: tuple[str, ...], end: int) -> bool:
    if parts[0] == "+":
        return tokens.glued(quantity.end)
    if parts[-1] in ("more", "less", "over", "above"):
        return tokens.lows[end] != "than"
    return True


def _hedge_before(tokens: Tokens, quantity: Quantity, floor: int) -> tuple[int, Modifier] | None:
    at = quantity.start
    if tokens.texts[at - 1] in HYPHENS and at - 2 >= floor and tokens.lows[at - 2] == "sub":
        return at - 2, Modifier.LESS_THAN
    while at - 1 >= floor and tokens.lows[at - 1] in ("another", "additional", "further"):
        at -= 1  # `at least another 50`
        if _hedge_at(tokens, at, floor) is None:
            return None
    found = _hedge_at(tokens, at, floor)
    if found is None:
        return None
    start, _modifier = found
    if (
        tokens.lows[start] in ("over", "around", "about", "past", "above", "under")
        and start + 1 == at
    ) and not _is_hedging_preposition(tokens, quantity, start):
        return None
    return found


def _is_hedging_preposition(tokens: Tokens, quantity: Quantity, at: int) -> bool:
    """Tell `over 200 wounded` from `over three years, officials visited` (during)."""
    if tokens.lows[at] != "over" or quantity.unit is None:
        return True
    if quantity.unit.kind is not FigureKind.DURATION:
        return True
    previous = tokens.lows[at - 1] if at else ""
    return previous in figure_words("before_longer")


def _hedge_at(tokens: Tokens, end: int, floor: int) -> tuple[int, Modifier] | None:
    """Read the hedge that ends just before token `end`: its first token and modifier."""
    if end - 1 < floor:
        return None
    for parts, modifier in _hedges_by_last().get(tokens.lows[end - 1], ()):
        start = end - len(parts)
        if start >= floor and tuple(tokens.lows[start:end]) == parts:
            return start, modifier
    return None


def _bound(quantity: Quantity, modifier: Modifier) -> None:
    """Set low and high as the modifier says; a range and a vague numeral keep their own."""
    if quantity.low is None or quantity.high is None:
        return
    if quantity.form == "range":
        if modifier in (Modifier.AT_MOST, Modifier.LESS_THAN):
            quantity.low = None
            quantity.modifier = modifier
        elif modifier in (Modifier.AT_LEAST, Modifier.MORE_THAN):
            quantity.high = None
            quantity.modifier = modifier
        return
    quantity.modifier = modifier
    if modifier in (Modifier.AT_LEAST, Modifier.MORE_THAN):
        quantity.high = None
    elif modifier in (Modifier.AT_MOST, Modifier.LESS_THAN):
        quantity.low = None
