"""Words of a paragraph with their offsets.

A word keeps its hyphens (`Baden-Württemberg`, `Jong-un`) where its parts belong together and is
cut where they do not (`Tehran-based`, `Iran-Iraq`), so that every name begins and ends with a
word.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_LETTERS = r"[^\W\d_][^\W_]*"
_PART = rf"(?:(?:[A-Z]\.){{2,}}|{_LETTERS}(?:['’](?![sS]\b){_LETTERS})*)"
_TOKEN = re.compile(
    r"(?P<dotted>(?:[A-Z]\.){2,}|"
    r"(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Sen|Rep|Gov|Prof|St|Rev|Capt|Maj|Spc|Pvt|Pfc|Adm|Brig|Cpl|Cmdr|Hon|Fr|"
    r"Jr|Sr|Mt|Inc|Corp|Ltd|Co|Bros)\.(?=\W)|"
    r"[A-Z]\.(?=\s[A-Z]))|"
    r"(?P<number>\d[\d.,]*\d|\d)(?![^\W\d_])|"
    rf"(?P<word>(?:{_PART}|\d+{_LETTERS})(?:[-‐‑](?:{_PART}|\d+))*)|"
    r"(?P<possessive>['’][sS]?\b|['’](?=\s))|"
    r"(?P<mark>[^\w\s])"
)
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


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one paragraph, in parallel lists.

    `starts` and `ends` count characters of `text`. `capital` is true of words that begin with a
    capital, an article in lower case aside (`al-Assad`, `d'Estaing`), `initial` where a capital
    may come from the position alone: first in a sentence, after an opening quotation mark, colon
    or dash.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    capital: list[bool]
    initial: list[bool]

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
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(text):
        word, (start, end) = match[0], match.span()
        if _has_hyphen(word) and match.lastgroup == "word" and not word.islower():
            for at, part in _parts(word, is_name, is_suffix):
                words.append(part)
                starts.append(start + at)
                ends.append(start + at + len(part))
        else:
            words.append(word)
            starts.append(start)
            ends.append(end)
    capital = [word[0].isupper() or (not word.isalpha() and is_capital(word)) for word in words]
    return Tokens(text, words, starts, ends, capital, _initials(words))


def _has_hyphen(word: str) -> bool:
    return "-" in word or (not word.isascii() and ("‐" in word or "‑" in word))


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


def _initials(words: list[str]) -> list[bool]:
    """Mark the words whose capital may come from their position alone."""
    initial: list[bool] = []
    fresh = True
    for word in words:
        initial.append(fresh)
        first = word[0]
        if first.isalnum():
            fresh = False
        elif first in _CLOSES or first in _OPENS:
            fresh = True
        elif first not in _TRAILS:
            fresh = False
    return initial
