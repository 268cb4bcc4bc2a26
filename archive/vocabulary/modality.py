"""Words that make a figure a plan, a claim, a denial or a possibility, and words of change.

Tables: `status_words` (word, status, use) and `trend_words` (word, use, trend).
"""

from functools import cache

from archive.records import Status
from archive.vocabulary.tables import read_table
from archive.vocabulary.verbs import lemmas


@cache
def status_words(use: str) -> dict[str, Status]:
    """Status told by each word, in small letters.

    `alone` words tell it wherever they stand in the clause; the others (`word`) only before an
    infinitive or a clause of what is planned (`plans to deport`).
    """
    return {
        row["word"]: Status(row["status"])
        for row in read_table("status_words")
        if row["use"] == use
    }


@cache
def trend_words(use: str) -> dict[str, str]:
    """`up` or `down` for each word of one use: `verb` (every form), `adverb` or `noun`."""
    words = {row["word"]: row["trend"] for row in read_table("trend_words") if row["use"] == use}
    if use != "verb":
        return words
    return {form: words[lemma] for form, lemma in lemmas().items() if lemma in words}
