"""The figures of a paragraph, sentence by sentence.

1. A search for digits and number words tells the sentences that need a look.
2. `quantities.scan` reads numbers with their hedges, scales, units and ranges.
3. What each counts is read from the words after it; numbers that only refer back are dropped.
4. The clause gives measure, status, trend, period, and who and where.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from archive.extraction.figures.assembly import assemble
from archive.extraction.figures.counting import Draft, read_counted, refers_back, share_units
from archive.extraction.figures.money import settle_currencies
from archive.extraction.figures.numerals import MOST_DIGITS, words
from archive.extraction.figures.quantities import candidates, scan
from archive.extraction.figures.tokens import Tokens
from archive.extraction.sentences import sentence_spans
from archive.records import DateSpan, Figure, FigureKind, Mention


def find_figures(
    text: str,
    *,
    dates: Sequence[DateSpan] = (),
    mentions: Sequence[Mention] = (),
    published: str | None = None,
) -> list[Figure]:
    """Find the quantities that a paragraph states, in the order of the text, without overlaps.

    `dates` and `mentions` are the calendar expressions and names of the same paragraph: no number
    in them is a figure. References to mentions carry the paragraph index 0. Who said a figure is
    left open. Any string is accepted; the time is linear in its length.

    >>> [(f.text, f.low, f.high, f.unit) for f in find_figures("More than 40 soldiers fled.")]
    [('More than 40', 40.0, None, 'person')]
    """
    return _find(text, dates, mentions, referring=False)


def find_numbers(text: str) -> list[Figure]:
    """Find also the numbers that are no figures by the archive's rules: `one of the`, `the two`.

    For comparison with other systems and data sets, which count them.
    """
    return _find(text, (), (), referring=True)


def _find(
    text: str, dates: Sequence[DateSpan], mentions: Sequence[Mention], *, referring: bool
) -> list[Figure]:
    found: list[Figure] = []
    if not _has_numeral(text, 0, len(text)):
        return found
    spans = sorted(
        [(date.char_start, date.char_end) for date in dates]
        + [(mention.char_start, mention.char_end) for mention in mentions]
    )
    for start, end in sentence_spans(text):
        if _has_numeral(text, start, end):
            for piece in _pieces(text, start, end):
                drafts = _drafts(text, piece, spans, referring=referring)
                if drafts is not None:
                    settle_currencies(text, text[start:end], drafts[1])
                    inside = _between(dates, *piece), _between(mentions, *piece)
                    found += assemble(text, *drafts, (start, end), *inside)
    return found


def _between(
    spans: Sequence[DateSpan] | Sequence[Mention], start: int, end: int
) -> list[tuple[int, Any]]:
    """The dates or names that begin in a sentence, each with its index; they are in order."""
    low = bisect_left(spans, start, key=_start_of)
    high = bisect_left(spans, end, low, key=_start_of)
    return list(enumerate(spans[low:high], low))


def _start_of(span: DateSpan | Mention) -> int:
    return span.char_start


# A sentence is read in pieces of this many characters, so that looking back to its beginning
# stays linear for a megabyte without a stop.
_LONGEST_SENTENCE = 2000


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence whole, or cut at spaces where it is too long to be one."""
    while end - start > _LONGEST_SENTENCE:
        cut = text.rfind(" ", start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE)
        cut = cut if cut > 0 else start + _LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


_WORD = re.compile(r"[A-Za-z]+")


@cache
def _digit() -> re.Pattern[str]:
    return re.compile(rf"[\d{''.join(words().glyph)}]")


@cache
def _numerals() -> frozenset[str]:
    """The words that tell a number, in small letters, capitalised and in capitals."""
    table = words()
    plain = {"half", *table.basic, *table.vague, *table.years, *table.multiple, *table.large}
    plain |= {"several", "few", *table.fraction}
    return frozenset(form for word in plain for form in (word, word.capitalize(), word.upper()))


def _has_numeral(text: str, start: int, end: int) -> bool:
    """Tell whether a slice holds a digit or a number word: an eighth of the time of one regex."""
    if _digit().search(text, start, end):
        return True
    return not _numerals().isdisjoint(_WORD.findall(text, start, end))


def _drafts(
    text: str, piece: tuple[int, int], spans: list[tuple[int, int]], *, referring: bool
) -> tuple[Tokens, list[Draft]] | None:
    """The tokens of a piece of a sentence and the quantities in it; None where there is none."""
    tokens = Tokens(text, *piece)
    if not candidates(tokens):
        return None
    drafts: list[Draft] = []
    counted = None  # the last draft with a noun, which an ellipsis takes up
    for quantity in scan(tokens, _blocked(tokens, spans, piece)):
        draft = read_counted(tokens, quantity, counted)
        if draft is not None:
            drafts.append(draft)
            counted = draft if draft.kind is FigureKind.COUNT and draft.unit else counted
    share_units(tokens, drafts)
    kept = [
        draft
        for index, draft in enumerate(drafts)
        if _is_finite(draft) and (referring or not refers_back(tokens, drafts, index))
    ]
    return tokens, kept


def _is_finite(draft: Draft) -> bool:
    """Tell whether the bounds fit the numbers that the archive stores (double precision)."""
    limit = Decimal(10) ** MOST_DIGITS
    bounds = (draft.quantity.low, draft.quantity.high)
    return all(bound is None or abs(bound) < limit for bound in bounds)


def _blocked(
    tokens: Tokens, spans: list[tuple[int, int]], piece: tuple[int, int]
) -> frozenset[int]:
    """Tokens that lie in a date or a name."""
    blocked: set[int] = set()
    starts = tokens.starts
    count = len(tokens)
    at = bisect_left(spans, (piece[0],))
    for begin, finish in spans[max(0, at - 1) :]:
        if begin >= piece[1]:
            break
        index = bisect_left(starts, begin, 0, count)
        while index < count and starts[index] < finish:
            blocked.add(index)
            index += 1
    return frozenset(blocked)
