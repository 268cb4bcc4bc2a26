"""Words of the press: news agencies, and the phrases of credits, captions and furniture.

Tables: `agencies` (name, forms, source), `line_phrases` (phrase, place, role, source). `place`
tells where in a line the phrase must stand: `whole` (it is the line), `start`, `end` (where `#`
stands for a number), `anywhere`; `sentence` is the start even of a whole sentence, where a `start`
that has no colon would be ordinary text (`Published on Monday, the report says that …`). A `call`
to action is the line, or gives a bar away as one of its parts (`The Gazette | Log in`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Final

from archive.records import Role
from archive.vocabulary.tables import read_table, split_values

_LEADING: Final = " \t*#|>»•·-–—[(:"
_TRAILING: Final = " \t*|.!,:;…»>-–—"
_SENTENCE_WORDS: Final = 9
"""A line of more words than this that ends with a stop is a sentence, ..."""
_MOST_LABEL_WORDS: Final = 20
"""... and a line of more words than this is one however it ends."""
_SENTENCE_ENDS: Final = (".", "?", "!", "…")
_LONGEST_BAR: Final = 80
_WIDE_SPACE: Final = re.compile(r"[^\S ]| {2}")
_COUNT: Final = re.compile(r"\d[km]? $")


@cache
def agency_names() -> dict[str, str]:
    """Every written form of a news agency (`Agence France-Presse`, `AFP`), to its short name."""
    return {
        form: row["name"]
        for row in read_table("agencies")
        for form in [row["name"], *split_values(row["forms"])]
    }


@cache
def agency_pattern() -> re.Pattern[str]:
    """A pattern whose only group is a written form of an agency, longest forms first."""
    forms = sorted(agency_names(), key=lambda form: (-len(form), form))
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, forms))})(?![\w-])")


class LinePhrases:
    """The phrases that give lines of one role away; quicker than one pattern of them all."""

    def __init__(self, role: Role) -> None:
        placed: dict[str, list[str]] = defaultdict(list)
        for row in read_table("line_phrases"):
            if row["role"] == role:
                placed[row["place"]].append(plain_line(row["phrase"]))
        self._calls = frozenset(map(_strip, placed["call"]))
        self._whole = self._calls.union(map(_strip, placed["whole"]))
        labels = [phrase for phrase in placed["start"] if phrase.endswith(":")]
        self._starts = _by_first_letter(placed["start"])
        self._sentence_starts = _by_first_letter(placed["sentence"] + labels)
        self._ends_sentences = role is not Role.FURNITURE
        self._ends = tuple(phrase.rstrip(_TRAILING) for phrase in placed["end"])
        self._end_words = tuple(phrase.removeprefix("# ") for phrase in self._ends)
        self._anywhere = tuple(placed["anywhere"])

    def found_in(self, plain: str) -> bool:
        """Whether a line, as `plain_line` gives it, shows one of the phrases at its place."""
        start = plain.lstrip(_LEADING)
        spaces = plain.count(" ")
        is_sentence = spaces >= _MOST_LABEL_WORDS or (
            spaces >= _SENTENCE_WORDS and plain.endswith(_SENTENCE_ENDS)
        )
        phrases = self._sentence_starts.get(start[:1], ())
        if not is_sentence:
            phrases += self._starts.get(start[:1], ())
        if start.startswith(phrases) and any(_starts(start, phrase) for phrase in phrases):
            return True
        end = plain.rstrip(_TRAILING)
        may_end = self._ends_sentences or not (is_sentence or plain.endswith("."))
        if may_end and end.endswith(self._end_words) and any(_ends(end, p) for p in self._ends):
            return True
        if end.lstrip(_LEADING) in self._whole or self._is_bar(plain):
            return True
        return any(map(plain.__contains__, self._anywhere))

    def calls_to_act(self, plain: str) -> bool:
        """Whether a part of a line, as `plain_line` gives it, is a call to action."""
        return _strip(plain) in self._calls

    def _is_bar(self, plain: str) -> bool:
        """Whether a line is a row of such phrases: `share tweet save`, `home | world | sport`."""
        if len(plain) > _LONGEST_BAR:
            return False
        words = [word for word in map(_strip, plain.split()) if word]
        return len(words) > 1 and self._whole.issuperset(words)


def _by_first_letter(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for phrase in (written.lstrip(_LEADING) for written in phrases):
        found[phrase[0]] += (phrase,)
    return dict(found)


def _strip(word: str) -> str:
    return word.strip(_LEADING + _TRAILING)


def plain_line(text: str) -> str:
    """A line in small letters, with straight apostrophes and single spaces.

    >>> plain_line("Don’t  miss:")
    "don't miss:"
    """
    plain = text.lower().replace("’", "'")
    return " ".join(plain.split()) if _WIDE_SPACE.search(plain) else plain


@cache
def line_phrases(role: Role) -> LinePhrases:
    """The phrases of `credit`, `caption` or `furniture` lines."""
    return LinePhrases(role)


def _starts(text: str, phrase: str) -> bool:
    """Whether `text` starts with `phrase` and no word goes on after it."""
    return text.startswith(phrase) and not (
        phrase[-1].isalnum() and text[len(phrase) : len(phrase) + 1].isalnum()
    )


def _ends(text: str, phrase: str) -> bool:
    """Whether `text` ends with `phrase` and no word goes on before it.

    A phrase `# shares` stands for the word after a number: `12 shares`.
    """
    word = phrase.removeprefix("# ")
    if not text.endswith(word):
        return False
    before = text[: -len(word)]
    if word != phrase:
        return _COUNT.search(before) is not None
    return not (phrase[0].isalnum() and before[-1:].isalnum())
