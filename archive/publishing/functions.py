"""SQL functions of ours.

Those of `register_building` are used only while a snapshot is built: what it holds must be readable
by any SQLite. `escape_fts` is Datasette's function of that name made safe; search uses it.
"""

import re
import sqlite3
from functools import cache, lru_cache

from archive.extraction.sentences import sentence_at, sentence_spans
from archive.vocabulary.measures import measure_words
from archive.vocabulary.nouns import singular

_WORD = re.compile(r"\w+(?:[.,]\d+)*")
# Words that tell nothing of what is counted.
_IDLE = frozenset(
    (
        *("a", "an", "the", "of", "in", "at", "by", "for", "to", "and", "or", "other"),
        *("its", "their", "his", "her", "this", "that", "these", "those"),
        *("people", "person", "individual", "human"),
    )
)
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")


def register_building(connection: sqlite3.Connection) -> None:
    """Add `thing_key` and `sentence_start` to a connection that builds a snapshot."""
    connection.create_function("thing_key", 4, thing_key, deterministic=True)
    connection.create_function("sentence_start", 2, sentence_start, deterministic=True)


def thing_key(counted: str | None, unit: str | None, kind: str | None, measure: str | None) -> str:
    """What is counted in its shortest form, so that wordings of one thing compare.

    Small letters, singular, in the order of the alphabet, without articles, prepositions, words
    for people in general, and words that only tell the measure. Where nothing is left of a count
    its unit stands for it, `person` without one; of other kinds the empty string.

    >>> thing_key("Afghans deported", "person", "count", "deported")
    'afghan'
    >>> thing_key("dead", None, "count", "killed")
    'person'
    """
    told = _words_of(measure)
    words = {
        single
        for word in _WORD.findall(_POSSESSIVE.sub("", (counted or "").casefold()))
        if word not in told and (single := singular(word)) not in told
    }
    kept = sorted(words - _IDLE)
    if kept or kind != "count":
        return " ".join(kept)
    return (unit or "person").casefold()


@cache
def _words_of(measure: str | None) -> frozenset[str]:
    """Words that tell this measure and nothing of what is counted: `killed`, `dead`, `toll`."""
    uses = ("object", "subject", "noun", "predicate", "bearer")
    told = {word for use in uses for word, name in measure_words(use).items() if name == measure}
    return frozenset(told | ({measure} if measure else set()))


def sentence_start(text: str, position: int) -> int:
    """Offset in a paragraph's text where the sentence that holds `position` begins."""
    return sentence_at(_sentences(text), position)[0]


@lru_cache(maxsize=1)
def _sentences(text: str) -> list[tuple[int, int]]:
    """Sentences of the paragraph asked for last; its mentions come one after another."""
    return sentence_spans(text)


# --------------------------------------------------------------------------------- search

_TERM = re.compile(r'"([^"]*)"?(\*)?|([^\s"]+)')
_MOST_TERMS = 64
"""Terms of one search; FTS5 takes more, but nobody reads what they find."""


def register_search(connection: sqlite3.Connection) -> None:
    """Put the safe `escape_fts` in the place of Datasette's."""
    connection.create_function("escape_fts", 1, escape_fts, deterministic=True)


def escape_fts(text: str | None) -> str:
    """Make an FTS5 expression of whatever somebody typed; no input is an error.

    All words must occur; words between quotation marks must follow one another, and a `*` after
    a word matches whatever begins with it. Nothing else has a meaning: `AND`, `NEAR` and `-` are
    looked for like any word. Without a word the expression finds nothing.

    >>> escape_fts('iran "prime minister" deport* NEAR(')
    '"iran" "prime minister" "deport" * "NEAR("'
    >>> escape_fts('"')
    '""'
    """
    terms = []
    for match in _TERM.finditer((text or "").replace("\0", " ")):
        phrase, star, word = match.groups()
        if word is not None:
            phrase, star = (word[:-1], "*") if word.endswith("*") else (word, None)
        if any(character.isalnum() for character in phrase):
            terms.append(f'"{phrase}" *' if star else f'"{phrase}"')
    return " ".join(terms[:_MOST_TERMS]) or '""'
