"""Abbreviations that end in a full stop, and words that usually open a sentence.

From `abbreviations.csv`, whose column `before` says what follows the abbreviation inside a
sentence: `name` (a title or rank, always followed by a name), `number` (`No. 5`), `month`
(`Jan. 5`), `never` (never ends a sentence: `e.g.`), `either` (may end one: `Inc.`, `U.S.`); and
from `sentence_openers.csv`.
"""

from functools import cache

from archive.vocabulary.tables import read_table


@cache
def abbreviations() -> dict[str, str]:
    """Return what follows each abbreviation (written with its stop): the column `before`."""
    return {row["abbreviation"]: row["before"] for row in read_table("abbreviations")}


@cache
def sentence_openers() -> frozenset[str]:
    """Return the capitalised words that tell, after an abbreviation, that a sentence begins."""
    return frozenset(row["word"] for row in read_table("sentence_openers"))
