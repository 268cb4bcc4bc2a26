"""Capitalised words that follow each other, and the stretch of them taken for a name."""

from dataclasses import dataclass

from archive.extraction.names.lexicon import Entry
from archive.extraction.names.tokens import PARTICLES, Tokens


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of words taken for a name: [start, end) counts words.

    `entry` is set where a lexicon or the document knows it, `head` where a head word makes it a
    name of its type; neither for a sequence of capitalised words. `titled` is the kind of title
    right before it, or None.
    """

    start: int
    end: int
    entry: Entry | None = None
    head: str | None = None
    titled: str | None = None


def run_end(tokens: Tokens, start: int) -> int:
    """End of the capitalised words that follow each other from `start`, particles included."""
    words = tokens.words
    end = start + 1
    size = len(words)
    while end < size and tokens.is_spaced(end):
        if (
            tokens.capital[end]
            or (words[end] == "&" and end + 1 < size)
            or (words[end] in PARTICLES and goes_on(tokens, end))
        ):
            end += 1
        else:
            break
    while not tokens.capital[end - 1] and end > start + 1:
        end -= 1
    return end


def goes_on(tokens: Tokens, index: int) -> bool:
    """Whether a capitalised word follows, at most one more particle between."""
    for ahead in (index + 1, index + 2):
        if ahead >= len(tokens.words) or not tokens.is_spaced(ahead):
            return False
        if tokens.capital[ahead]:
            return True
        if tokens.words[ahead] not in PARTICLES:
            return False
    return False
