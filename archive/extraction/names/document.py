"""What a document makes sure of in one place, for use in the others.

A name that is clear somewhere (`President Masoud Pezeshkian`) decides where it is not: a
surname alone, a word at a sentence's start, a headline in capitals.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from archive.extraction.names import lexicon
from archive.extraction.names.evidence import Typed
from archive.extraction.names.lexicon import Entry
from archive.extraction.names.tokens import is_capital

SURE = 0.55  # score from which a mention speaks for others of the same words
_SURNAME = 1.5  # what a full name is worth for its last word alone, against one sure mention

Names = Mapping[tuple[str, ...], Entry]


def remember(found: Iterable[tuple[tuple[str, ...], Typed, bool]]) -> dict[tuple[str, ...], Entry]:
    """Collect the names of a document from its mentions: (words, type, opens a sentence).

    The result holds, for each sequence of words, the type with the most evidence, and for each
    person of several words the last one alone. Names that the lexicons know for sure keep the
    lexicon's type.
    """
    votes: dict[tuple[str, ...], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for words, typed, initial in found:
        if typed.score < SURE or (initial and len(words) == 1):
            continue
        votes[words][typed.type] += typed.score
        if typed.type == "PERSON" and len(words) > 1 and can_be_surname(words[-1]):
            votes[words[-1:]]["PERSON"] += _SURNAME * typed.score
    known = {}
    for words, by_type in votes.items():
        best = max(sorted(by_type), key=by_type.__getitem__)
        known[words] = Entry(best, "document", min(0.99, by_type[best] / sum(by_type.values())))
    return known


def can_be_surname(word: str) -> bool:
    """Whether a person's last word can stand for the person: no word, place or known body."""
    info = lexicon.word(word)
    if (
        not is_capital(word)
        or lexicon.is_roman(word)
        or info.is_function
        or info.title
        or info.common > 0.8
    ):
        return False
    entry = lexicon.entry_of(word)
    return entry is None or entry.weight < 0.9
