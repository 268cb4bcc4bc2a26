"""Whether the clause around a calendar expression looks ahead or back.

A weekday, month or day without a year is the nearest past one, unless the clause it stands in
speaks of the future: `on Sunday the court will rule`, `is due in May`. The clause is the words
from the nearest comma, stop, reporting verb or conjunction before the expression; where nothing
stands there (`On Sunday, …`), the words after it decide.
"""

import re

from archive.vocabulary.calendar import date_words
from archive.vocabulary.speech import is_reporting_verb

_REACH = 120  # characters looked at on either side
_CLAUSE_MARK = re.compile(r"[,.;:!?—–“”\"()]|\b(?:and|but|that|which|who|after|because|while)\b")
_WORD = re.compile(r"[a-z]+(?:[’'][a-z]+)?")
_PAST_FORM = re.compile(
    r"(?:was|were|had|did|went|came|met|took|held|told|said|began|left|won|lost|made|[a-z]{2,}ed)\Z"
)


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Tell whether the clause of `text[start:end]` speaks of the future.

    The verb nearest to the expression decides: before it, else (`On Sunday, …`) after it.
    """
    before = _clause_before(text, start)
    return _speaks_of_future(before[::-1] if len(before) > 1 else _clause_after(text, end))


def looks_back(text: str, start: int, end: int) -> bool:
    """Tell whether the clause of `text[start:end]` has a verb in the past tense."""
    words = [*_clause_before(text, start), *_clause_after(text, end)]
    return any(_PAST_FORM.match(word) for word in words)


def _speaks_of_future(words: list[str]) -> bool:
    """Tell whether, in the order given, a sign of the future comes before one of the past."""
    future = date_words("ahead")
    for index, word in enumerate(words):
        pairs = {f"{word} {other}" for other in words[max(0, index - 1) : index + 2]}
        if word in future or not pairs.isdisjoint(future):
            return True
        if _PAST_FORM.match(word) or (word.endswith("s") and is_reporting_verb(word)):
            return False
    return False


def _clause_before(text: str, start: int) -> list[str]:
    """Return the words, in small letters, from the last clause boundary to the expression."""
    piece = text[max(0, start - _REACH) : start].lower()
    cut = 0
    for mark in _CLAUSE_MARK.finditer(piece):
        cut = mark.end()
    return _WORD.findall(piece[cut:])


def _clause_after(text: str, end: int) -> list[str]:
    """Return the words after the expression up to the end of its clause."""
    piece = text[end : end + _REACH].lower().removeprefix(",")
    mark = _CLAUSE_MARK.search(piece)
    return _WORD.findall(piece[: mark.start()] if mark else piece)
