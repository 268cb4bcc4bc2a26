"""Bare numbers that are ages, and the person whose age they tell."""

from archive.extraction.figures.phrases import (
    clause_start,
    closed_class,
    governing_subject,
    subject_before,
)
from archive.extraction.figures.quantity import Quantity
from archive.extraction.figures.tokens import Tokens
from archive.vocabulary.figure_words import figure_words
from archive.vocabulary.nouns import is_person

_PRONOUNS = frozenset(["he", "she", "i", "who"])
_BEFORE_AGES = (["age", "of"], ["older", "than"], ["younger", "than"])
_COPULAS = frozenset(["was", "is", "am", "turned", "turns"])
_WOULD_BE = (["he", "would", "have", "been"], ["she", "would", "have", "been"])
_CLOSING = frozenset([",", ".", ";", ")", ""])
# Words between `age` and the first end of a range: `range in age from 21 to 78`.
_BEFORE_RANGES = frozenset(["from", "between", "ranging", "ranged", "range", "in", "were", "was"])
_OLDEST = 120
_LONGEST_NAME = 4


def is_age(tokens: Tokens, quantity: Quantity) -> bool:
    """Tell whether a number without a unit is an age.

    `aged 45`, `Ali Rahimi, 45, said`, `age of 9`, `in age from 21 to 78`, `died at 95`.
    """
    lows, at = tokens.lows, quantity.number_at
    if not 0 < quantity.value <= _OLDEST or quantity.scaled or at == 0 or quantity.form == "vague":
        return False
    if lows[0] == "at" and quantity.start == at == 1 and tokens.texts[quantity.end] == ",":
        return quantity.digits and quantity.value > 10 and tokens.texts[1].isdecimal()
    beside = (lows[at - 1], lows[quantity.start - 1] if quantity.start else "")
    if not {"aged", "age", "ages"}.isdisjoint(beside) or lows[max(0, at - 2) : at] in _BEFORE_AGES:
        return True
    if _follows_age(tokens, at):
        return True
    if quantity.start != at or at < 2 or quantity.value != int(quantity.value):
        return False
    return _is_told_of_person(tokens, quantity) or _is_apposition(tokens, quantity)


def _follows_age(tokens: Tokens, at: int) -> bool:
    """Tell whether the range that begins at token `at` is one of ages."""
    place = at - 1
    while place > max(0, at - 5) and tokens.lows[place] in _BEFORE_RANGES:
        place -= 1
    return place < at - 1 and tokens.lows[place] in ("age", "ages", "aged")


def _is_told_of_person(tokens: Tokens, quantity: Quantity) -> bool:
    """`She was 34`, `I was eight when`, `Berg was 66.`, `died at 95`."""
    lows, at, end = tokens.lows, quantity.number_at, quantity.end
    stops = tokens.texts[end] in _CLOSING
    if lows[max(0, at - 4) : at] in _WOULD_BE:
        return stops or lows[end] in ("on", "in", "this", "next")
    if lows[at - 1] == "at":
        return lows[at - 2] in figure_words("age_verb") and (stops or lows[end] in ("in", "after"))
    if lows[at - 1] not in _COPULAS:
        return False
    if lows[at - 2] in _PRONOUNS:
        return stops or lows[end] in ("when", "and", "years", "at")
    name = tokens.texts[at - 2]
    if name == "," and tokens.texts[end] in (".", ""):
        return quantity.digits and 10 < quantity.value < 110
    return stops and name[:1].isupper() and name[1:2].islower() and 10 < quantity.value < 110


def _is_apposition(tokens: Tokens, quantity: Quantity) -> bool:
    """`Ali Rahimi, 45, said`, `the driver (45)`."""
    texts, at = tokens.texts, quantity.number_at
    if not quantity.digits or "." in texts[at] or quantity.value >= 110:
        return False
    before = texts[at - 2]
    named = before[:1].isupper() or (is_person(before) and before == before.lower())
    closed = texts[quantity.end] in (",", ")", ";", ".")
    final = texts[quantity.end] == "." and texts[at - 1] == ","
    return texts[at - 1] in (",", "(") and named and closed and not final


def person_of_age(tokens: Tokens, quantity: Quantity) -> tuple[int, int] | None:
    """Tokens of the person of the age: before its comma, else the subject; None for a pronoun."""
    at = quantity.start
    if at and tokens.texts[at - 1] in (",", "("):
        return _name_before(tokens, at - 1)
    if at and tokens.lows[at - 1] in ("is", "was", "are", "were"):
        verb = at - 1
        if verb and tokens.lows[verb - 1] == "who":
            end = verb - 2 if tokens.texts[verb - 2] == "," else verb - 1
            return _name_before(tokens, end)
        return subject_before(tokens, verb, clause_start(tokens, verb))
    return governing_subject(tokens, at)


def _name_before(tokens: Tokens, end: int) -> tuple[int, int] | None:
    """Tokens of a name, or of a noun with its attributes, that ends before token `end`."""
    start = end
    while start > max(0, end - _LONGEST_NAME):
        word, low = tokens.texts[start - 1], tokens.lows[start - 1]
        if not word[:1].isalpha() or low in closed_class():
            break
        if start < end and tokens.texts[end - 1][:1].isupper() and word[:1].islower():
            break
        start -= 1
    governed = tokens.lows[start - 1] == "the" and start > 1
    if start and tokens.lows[start - 2 if governed else start - 1] in figure_words("preposition"):
        return None  # a name within the person's description
    return (start, end) if start < end else None
