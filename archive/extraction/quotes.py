"""Quotations in one paragraph: the words between quotation marks, and what kind they are.

Marks are read in one pass. A mark opens where it stands before a word and not behind one, and
closes the other way round, so that `"` and `'` are told apart from each other and from inches,
feet and apostrophes. Words inside an open quotation are not looked at again: a quotation within
a quotation belongs to the outer one. A double quotation left open at the end of the paragraph
goes on in the next one and ends, for us, with the paragraph; a single mark that is never closed
is an apostrophe.
"""

import re
from collections.abc import Iterator

from archive.records import Quote, QuoteKind
from archive.vocabulary.speech import elisions, is_reporting_verb

_MARK = re.compile(r"``|''|[\"“”„‟«»‹›‘’‚']")
# Which marks close a quotation, by the mark that opened it.
_CLOSERS = {
    '"': '"”',
    "“": '”"',
    "”": "”",
    "„": "“”‟",
    "‟": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "``": "''",
}
_SINGLE = frozenset("‘’'‚")
_FEET_AND_INCHES = re.compile(r"\d['’′]\s?\d{1,2}\Z")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_INSIDE = re.compile(r"[.!?…]['\"’”]?\s+[\"'“‘]?[^\W\d_a-z]")
_LAST_WORDS = 80  # characters before a quotation in which its reporting verb is looked for


def find_quotes(text: str) -> list[Quote]:
    """Find the quotations of a paragraph, in order and without overlap.

    `char_start` and `char_end` exclude the marks and any white space inside them. The kind is
    `direct` for a sentence or more, `partial` for words built into a sentence of the text, and
    `scare` for a few words set off with no speaker near. Speakers are filled in by
    `attribution.attribute`. Any string is accepted; the time is linear in its length.
    """
    quotes: list[Quote] = []
    for opened, closed, is_open in _bounded(text):
        inner = text[opened:closed].strip()
        if any(character.isalnum() for character in inner):
            start = closed - len(text[opened:closed].lstrip())
            end = start + len(inner)
            kind = _kind(text, start, end, quotes, is_open=is_open)
            quotes.append(Quote(char_start=start, char_end=end, text=inner, kind=kind))
    return quotes


def _bounded(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start and end between each pair of marks, and whether the closing one is missing."""
    marks = list(_MARK.finditer(text))
    unclosable_single = False  # once one is not closed, none after it is
    index = 0
    while index < len(marks):
        mark = marks[index]
        kind = mark.group()
        index += 1
        if not _may_open(text, mark.start(), mark.end()):
            continue
        if kind in _SINGLE:
            if unclosable_single or _is_elision(text, mark.end()):
                continue
            close = _closing_single(text, marks, index)
            if close is None:
                unclosable_single = True
                continue
        else:
            close = _closing_double(text, marks, index, kind)
        if close is None:
            yield mark.end(), len(text), True
            return
        yield mark.end(), marks[close].start(), False
        index = close + 1


def _may_open(text: str, start: int, end: int) -> bool:
    """Tell whether a mark at `start` stands where a quotation begins."""
    mark = text[start:end]
    if mark == "''" or end >= len(text):
        return False
    if mark in {"“", "„", "«", "``"}:
        return True
    before = text[start - 1] if start else " "
    return not before.isalnum() and before not in ".,!?%)" and not text[end].isspace()


def _closing_double(text: str, marks: list[re.Match[str]], index: int, opened: str) -> int | None:
    """Index of the mark that closes a quotation opened by `opened`, None where none does."""
    closers = _CLOSERS[opened]
    depth = 0
    for position in range(index, len(marks)):
        mark = marks[position]
        if opened == "“" and mark.group() == "“":
            depth += 1
        elif mark.group() == closers or (len(mark.group()) == 1 and mark.group() in closers):
            if mark.group() == '"' and _is_inches(text, mark.start()):
                continue
            if depth == 0:
                return position
            depth -= 1
    return None


def _closing_single(text: str, marks: list[re.Match[str]], index: int) -> int | None:
    """Index of the mark that closes a single quotation, None where only apostrophes follow.

    The mark after a plural (`officers’ mess`) closes only where no better one comes before the
    next quotation opens.
    """
    tentative: int | None = None
    for position in range(index, len(marks)):
        mark = marks[position]
        if mark.group() not in {"’", "'"}:
            if mark.group() == "‘" and tentative is not None:
                return tentative
            continue
        before = text[mark.start() - 1]
        after = text[mark.end() : mark.end() + 2]
        if after[:1].isalnum() or before.isspace():
            if tentative is not None and before.isspace():
                return tentative
            continue
        if before != "s" or not (after[:1].isspace() and after[1:].isalpha()):
            return position
        if tentative is None:
            tentative = position
    return tentative


def _is_elision(text: str, end: int) -> bool:
    """Tell whether the mark before `end` stands for left-out letters: `’90s`, `’tis`."""
    word = _WORD.match(text, end)
    if word is None:
        return False
    return word.group()[0].isdigit() or word.group().lower() in elisions()


def _is_inches(text: str, start: int) -> bool:
    """Tell whether the mark at `start` ends a length such as `5'10"`."""
    return _FEET_AND_INCHES.search(text, max(0, start - 8), start) is not None


def _kind(text: str, start: int, end: int, earlier: list[Quote], *, is_open: bool) -> QuoteKind:
    """Tell a quotation of a sentence or more from a part of one and from a scare quote."""
    inner = text[start:end]
    if is_open or _SENTENCE_INSIDE.search(inner):
        return QuoteKind.DIRECT
    count = sum(1 for _ in zip(range(9), _WORD.finditer(inner), strict=False))
    closes = inner[-1] in ".,!?…" or text[end + 1 : end + 2] in {",", "."}
    spoken = _verb_is_near(text, start, end)
    is_capital = inner[0].isupper() or inner[0] == "["
    if is_capital and closes and (count >= 4 or _stands_free(text, start)):
        return QuoteKind.DIRECT
    if closes and count >= 4 and _continues(text, start, earlier):
        return QuoteKind.DIRECT
    return QuoteKind.SCARE if count <= 3 and not spoken else QuoteKind.PARTIAL


def _stands_free(text: str, start: int) -> bool:
    """Tell whether the quotation opens the text or follows a comma, colon or full stop."""
    before = text[max(0, start - 6) : max(0, start - 1)].rstrip()
    return not before or before[-1] in ",:.!?"


def _continues(text: str, start: int, earlier: list[Quote]) -> bool:
    """Tell whether it goes on with the sentence of the one before: `“We,” he said, “stay.”`."""
    if not earlier or earlier[-1].kind is not QuoteKind.DIRECT:
        return False
    between = text[earlier[-1].char_end : start]
    return len(between) <= _LAST_WORDS and not any(mark in between for mark in ".!?")


def _verb_is_near(text: str, start: int, end: int) -> bool:
    """Tell whether a reporting verb stands close before or right behind the quotation."""
    before = text[max(0, start - _LAST_WORDS) : start]
    after = text[end : end + 40]
    stop = max(before.rfind(mark) for mark in ".!?")
    words = _WORD.findall(before[stop + 1 :].lower()) + _WORD.findall(after.lower())[:4]
    return any(is_reporting_verb(word) for word in words)
