"""Words of a paragraph with their offsets.

A word keeps its hyphens (`Baden-Württemberg`, `Jong-un`) where its parts belong together and is
cut where they do not (`Tehran-based`, `Iran-Iraq`), so that every name begins and ends with a
word.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

_LETTERS = r"[^\W\d_][^\W_]*"
_PART = rf"(?:(?:[A-Z]\.){{2,}}|{_LETTERS}(?:['’](?![sS]\b){_LETTERS})*)"
_TOKEN = re.compile(
    r"[A-Za-z][a-z]*+(?=[ ,])|"  # most words: what the alternatives below give, found sooner
    r"(?:[A-Z]\.){2,}|"  # abbreviations with their full stops
    r"(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Sen|Rep|Gov|Prof|St|Rev|Capt|Maj|Spc|Pvt|Pfc|Adm|Brig|Cpl|Cmdr|Hon|Fr|"
    r"Jr|Sr|Mt|Inc|Corp|Ltd|Co|Bros)\.(?=\W)|"
    r"[A-Z]\.(?=\s[A-Z])|"
    r"(?:\d[\d.,]*\d|\d)(?![^\W\d_])|"  # numbers
    rf"(?:{_PART}|\d+{_LETTERS})(?:[-‐‑](?:{_PART}|\d+))*|"  # words
    r"['’][sS]?\b|['’](?=\s)|"  # possessives
    r"[^\w\s]"  # marks
)
_HYPHEN = re.compile("[-‐‑]")
_CLOSES = frozenset(".!?…")
_OPENS = frozenset('“"‘«(—–:;-•*[')
_TRAILS = frozenset("”\"’»)']")

# Lower-case parts that belong to the name they stand in (Arabic article, Persian ezafe, ...).
PARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "ur",
        "us",
        "ud",
        "ad",
        "as",
        "an",
        "ar",
        "at",
        "az",
        "ash",
        "bin",
        "bint",
        "ibn",
        "ben",
        "abu",
        "e",
        "i",
        "o",
        "ye",
        "de",
        "la",
        "le",
        "du",
        "des",
        "di",
        "da",
        "dos",
        "das",
        "do",
        "ut",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "zu",
        "y",
        "und",
        "ez",
        "d",
    ]
)
_LED = re.compile(r"(?:al|el|ul|ut|ad|as|ar|an|at|az|ash|d|l)[-‐‑'’][A-Z]")


# The kind of a word, one byte each, so that a paragraph's kinds can be searched and translated.
CAPITAL, BESIDE, OTHER, BREAK, TRAIL, MARK = b"CboBtm"
"""A capitalised word; a particle or number; another word; a mark that ends or opens a sentence, one
that may follow such a mark, any other mark."""
_FRESH = re.compile(rb"(?:^|B)t*")  # the word behind it stands where a sentence may begin
_IS_CAPITAL = bytes(code == CAPITAL for code in range(256))
_MOST_KINDS = 1 << 16


class _Kinds(dict[str, int]):
    """Kind of each word seen lately; emptied when full, so that memory stays flat."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_KINDS:
            self.clear()
        kind = self[word] = _kind(word)
        return kind


_kinds = _Kinds()


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one paragraph, in parallel sequences.

    `starts` and `ends` count characters of `text`, `kinds` has a byte for each word. `capital` is
    1 for words that begin with a capital, an article in lower case aside (`al-Assad`,
    `d'Estaing`), `initial` where a capital may come from the position alone: first in a sentence,
    after an opening quotation mark, colon or dash; else both are 0.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    kinds: bytes
    capital: bytes = field(init=False)
    initial: bytes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "capital", self.kinds.translate(_IS_CAPITAL))
        object.__setattr__(self, "initial", _initials(self.kinds))

    def is_spaced(self, index: int) -> bool:
        """Whether one space or a hyphen is all that parts this word from the one before."""
        gap = self.text[self.ends[index - 1] : self.starts[index]]
        return gap in {" ", "\u00a0", "-"} or (gap.isspace() and "\n" not in gap)


def is_capital(word: str) -> bool:
    """Whether a word begins with a capital, an article in lower case aside (`al-Assad`)."""
    if word[0].isupper():
        return True
    return word[0].islower() and not word.isalpha() and _LED.match(word) is not None


def words_of(name: str) -> list[str]:
    """Words and marks of a name as running text is cut, hyphenated words whole."""
    return [match[0] for match in _TOKEN.finditer(name)]


def tokenize(text: str, is_name: Callable[[str], bool], is_suffix: Callable[[str], bool]) -> Tokens:
    """Cut a paragraph into words, numbers and marks.

    `is_name` tells whether a part of a hyphenated word is a name by itself (`Iran`, `Taliban`);
    such parts are words of their own unless the whole is a name (`Guinea-Bissau`). `is_suffix`
    tells what is cut off a name before it (`-based`); other syllables are part of it (`Ki-moon`).
    """
    spans = [match.span() for match in _TOKEN.finditer(text)]
    words = [text[start:end] for start, end in spans]
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    for at in _hyphenated(text, starts, words):
        start = starts[at]
        parts = _parts(words[at], is_name, is_suffix)
        words[at : at + 1] = [part for _, part in parts]
        starts[at : at + 1] = [start + offset for offset, _ in parts]
        ends[at : at + 1] = [start + offset + len(part) for offset, part in parts]
    return Tokens(text, words, starts, ends, bytes(map(_kinds.__getitem__, words)))


def _hyphenated(text: str, starts: list[int], words: list[str]) -> list[int]:
    """The words with a hyphen and a capital, last first."""
    at = {bisect_right(starts, match.start()) - 1 for match in _HYPHEN.finditer(text)}
    return sorted(
        (index for index in at if len(words[index]) > 1 and not words[index].islower()),
        reverse=True,
    )


def _parts(
    word: str, is_name: Callable[[str], bool], is_suffix: Callable[[str], bool]
) -> list[tuple[int, str]]:
    """Cut a hyphenated word with a capital: (offset, part), hyphens left out where it is cut."""
    if is_name(word):
        return [(0, word)]
    pieces = [(m.start(), m[0]) for m in re.finditer(r"[^-‐‑]+", word)]
    capital = [piece[0].isupper() for _, piece in pieces]
    belongs = [
        up or piece in PARTICLES or piece[0].isdigit()
        for up, (_, piece) in zip(capital, pieces, strict=True)
    ]
    if all(belongs) and not (sum(capital) > 1 and sum(is_name(p) for _, p in pieces) > 1):
        return [(0, word)]
    if capital == [True, False] and not is_name(pieces[0][1]) and not is_suffix(pieces[1][1]):
        return [(0, word)]  # a name of two syllables: `Jong-un`, `Kwok-hung`
    return _runs(word, pieces, capital, is_name)


def _runs(
    word: str,
    pieces: list[tuple[int, str]],
    capital: list[bool],
    is_name: Callable[[str], bool],
) -> list[tuple[int, str]]:
    """Join neighbouring capitalised pieces that are no names by themselves."""
    found: list[tuple[int, str]] = []
    for (at, piece), up in zip(pieces, capital, strict=True):
        if found and up:
            before, last = found[-1]
            joined = word[before : at + len(piece)]
            if last[0].isupper() and (is_name(joined) or not (is_name(last) or is_name(piece))):
                found[-1] = (before, joined)
                continue
        found.append((at, piece))
    return found


def _kind(word: str) -> int:
    """Kind of a word; a mark has one character but for the possessives."""
    first = word[0]
    if first.isupper() or (not word.isalpha() and is_capital(word)):
        return CAPITAL
    if word in PARTICLES or first.isdigit():
        return BESIDE
    if first.isalnum():
        return OTHER
    if first in _CLOSES or first in _OPENS:
        return BREAK
    return TRAIL if first in _TRAILS else MARK


def _initials(kinds: bytes) -> bytes:
    """Mark the words whose capital may come from their position alone."""
    initial = bytearray(len(kinds) + 1)
    initial[0] = 1
    for match in _FRESH.finditer(kinds):
        start, end = match.span()
        first = start + (kinds[start : start + 1] == b"B")
        initial[first : end + 1] = b"\1" * (end + 1 - first)
    return bytes(initial[: len(kinds)])
