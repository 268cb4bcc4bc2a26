"""Words that tie a passage to what stands before it, and words that carry no subject.

Table: `discourse_words` (word, kind, source).
"""

import re
from functools import cache

from archive.vocabulary.tables import read_table


@cache
def discourse_words(kind: str) -> frozenset[str]:
    """Lower-case words and phrases of one kind: `pronoun`, `connective`, `additive`, ...

    `stop` are the closed-class words that say nothing of a text's subject, `weekday` the names
    of days together with today, yesterday and tonight.
    """
    return frozenset(row["word"] for row in read_table("discourse_words") if row["kind"] == kind)


@cache
def opening_pattern(kind: str) -> re.Pattern[str]:
    """A pattern that `match`es a text which opens with a word or phrase of `kind`."""
    phrases = sorted(discourse_words(kind), key=lambda phrase: (-len(phrase), phrase))
    joined = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
    return re.compile(rf"[“\"‘']?(?:{joined})\b", re.IGNORECASE)
