"""Words that tie a passage to what stands before it, and words that carry no subject.

Table: `discourse_words` (word, kind, source).
"""

import re
from functools import cache
from typing import Final

from archive.vocabulary.tables import read_table

_QUOTES: Final = "“\"‘'"


@cache
def discourse_words(kind: str) -> frozenset[str]:
    """Lower-case words and phrases of one kind: `pronoun`, `connective`, `additive`, ...

    `stop` are the closed-class words that say nothing of a text's subject, `weekday` the names
    of days together with today, yesterday and tonight.
    """
    return frozenset(row["word"] for row in read_table("discourse_words") if row["kind"] == kind)


def opens_with(kind: str, text: str) -> bool:
    """Whether `text` opens with a word or phrase of `kind`, in any case, perhaps in quotes.

    >>> opens_with("pronoun", "He left."), opens_with("pronoun", "Heat rose.")
    (True, False)
    """
    start = text[1:3] if text[:1] in _QUOTES else text[:2]
    start, known = start.lower(), _openings(kind)
    return (start in known or start[:1] in known) and (
        opening_pattern(kind).match(text) is not None
    )


@cache
def _openings(kind: str) -> frozenset[str]:
    """The first two letters of the phrases of a kind: few texts need be looked at further."""
    return frozenset(phrase[:2] for phrase in discourse_words(kind))


@cache
def opening_pattern(kind: str) -> re.Pattern[str]:
    """A pattern that `match`es a text which opens with a word or phrase of `kind`."""
    phrases = sorted(discourse_words(kind), key=lambda phrase: (-len(phrase), phrase))
    joined = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
    return re.compile(rf"[“\"‘']?(?:{joined})\b", re.IGNORECASE)
