"""Whether two words of names are spellings of one name, and the block where they meet.

A word is taken apart into consonants and the runs of vowels between them. Letters that
romanisation varies are made one (`kh` and `q` are k, `ou` and `oo` u, a final `iy`, `yy`, `ey` i),
after the systems in use for Arabic, Persian and Cyrillic (ISO 233, ISO 9, BGN/PCGN). Words with
the same consonants are compared run by run: Arabic and Persian short vowels are written a or e, e
or i, o or u.
"""

import re
from collections import Counter, defaultdict
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from archive.resolution.keys import name_key
from archive.vocabulary.names import given_name_variants, given_names, nicknames, surnames

EXACT = 1.0
SPELLING = 0.95
"""The same letters once romanisation is made one, or listed as forms of one name."""
NEAR = 0.85
"""Other vowels, or a slip of the pen: may be two names."""
NICKNAME = 0.82
INITIAL = 0.8

_SURE_LETTERS = (
    (re.compile(r"dzh|dj"), "j"),
    (re.compile(r"^ye(?=[^aeiou])"), "e"),
    (re.compile(r"^[ijy](?=[aou])"), "Y"),
    (re.compile(r"(?:iy|yy|ii|yi|ij|yj|ie|ee|ey|ei|ej|y)$"), "i"),
    (re.compile(r"(?:ah|eh)$"), "a"),
    (re.compile(r"(?<=[aeiou])j(?![aeiou])|(?<=[^aeioujdsz])j(?=[aeou])"), "y"),
    (re.compile(r"tsch|tch|cz|č"), "C"),
    (re.compile(r"ksh"), "ks"),
    (re.compile(r"sch|sh"), "S"),
    (re.compile(r"ch"), "C"),
    (re.compile(r"zh"), "J"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"[qkc]h|ck|q|c(?![eiy])"), "k"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"([gdtb])h"), r"\1"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w"), "v"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_PARTS = re.compile(r"([aeiouy]+)|([^aeiouy])")
_RUNS = {
    "a": "a", "e": "e", "i": "i", "y": "i", "iy": "i", "o": "o", "u": "u", "ou": "u",
    "oo": "u", "ee": "i", "ai": "@", "ay": "@", "ei": "@", "ey": "@", "ae": "@",
    "iya": "ia", "ya": "ia", "yia": "ia", "aye": "@", "eye": "i", "ayi": "@", "iyi": "i",
    "yu": "iu", "yo": "io", "ye": "e", "ie": "i", "eyo": "eio", "ayo": "aio", "oyo": "oio",
}  # fmt: skip
_INTERCHANGED = frozenset(
    frozenset(pair) for pair in (("a", "e"), ("e", "i"), ("o", "u"), ("@", "e"), ("@", "i"))
) | {frozenset(("io", "e"))}  # the Russian letter ë
_BROAD = str.maketrans({"e": "a", "@": "a", "o": "u"})
_HARD = str.maketrans({"g": "k"})
_SHORT = 3  # consonants; words of fewer meet by vowels too
_TELLING = 5  # letters from which listed words of other vowels may still be one name
_SLIP = 7  # letters from which two unlisted words may differ by a slip of the pen


@lru_cache(maxsize=65_536)
def _parts(word: str) -> tuple[str, tuple[str, ...]]:
    """Consonants of a word, and the run of vowels before each of them and at the end."""
    for pattern, plain in _SURE_LETTERS:
        word = pattern.sub(plain, word)
    consonants, runs, run = "", [], ""
    for match in _PARTS.finditer(word):
        if match[1]:
            run = _RUNS.get(match[1], match[1])
        else:
            consonants += match[2]
            runs.append(run)
            run = ""
    return consonants, (*runs, run)


@lru_cache(maxsize=65_536)
def block_of(word: str) -> str:
    """The block in which spellings of a word (as key) meet.

    These are its consonants and, roughly, its vowels: o and u are one, all others another; words
    of few consonants keep more of them.

    >>> block_of("zelenskyy") == block_of("zelensky"), block_of("lee") == block_of("liu")
    (True, False)
    """
    return _listed_blocks().get(word) or skeleton(word)


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """What spellings of a word have in common by its letters alone; see `block_of`."""
    consonants, runs = _parts(word)
    consonants = consonants.translate(_HARD)
    if len(consonants) >= _SHORT:
        rough = "".join(_rough(run) for run in runs[:-1])
        return f"{consonants}.{rough}.{runs[-1]}"
    vowels = [run for run in runs if run]
    kept = vowels if len(consonants) < _SHORT - 1 else vowels[:1]
    return consonants + "." + "".join(kept).translate(_BROAD)


def _rough(run: str) -> str:
    return "" if not run else "u" if run in {"o", "u"} else "a"


@cache
def _listed_blocks() -> dict[str, str]:
    """Block of each given name that the lexicon lists in several forms: that of most of them."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for name, groups in given_name_variants().items():
        for group in groups:
            counts[group][skeleton(name)] += 1
    found = {}
    for name, groups in given_name_variants().items():
        together = sum((counts[group] for group in sorted(groups)), Counter[str]())
        found[name] = min(together, key=lambda block: (-together[block], block))
    return found


@cache
def listed() -> frozenset[str]:
    """Keys of all given names and surnames that the lexicons list."""
    return frozenset(name_key(name) for name in given_names() | surnames())


@lru_cache(maxsize=262_144)
def likeness(left: str, right: str) -> float:
    """How sure two words (as keys) are one name: EXACT, SPELLING, NEAR, or 0.0 for two names.

    >>> likeness("muhammad", "mohamed") > likeness("mario", "maria")
    True
    """
    if left == right:
        return EXACT
    if given_name_variants().get(left, frozenset()) & given_name_variants().get(right, frozenset()):
        return SPELLING
    (ours, our_runs), (theirs, their_runs) = _parts(left), _parts(right)
    if ours == theirs:
        if our_runs == their_runs:
            return SPELLING
        inner = zip(our_runs[:-1], their_runs[:-1], strict=True)
        if our_runs[-1] == their_runs[-1] and all(_interchanged(a, b) for a, b in inner):
            short = min(len(left), len(right)) < _TELLING
            return 0.0 if short and {left, right} <= listed() else NEAR
    if ("q" in left and "gh" in right) or ("gh" in left and "q" in right):
        found = likeness(left.replace("q", "gh"), right.replace("q", "gh"))
        return min(found, NEAR)  # one Persian letter has both sounds
    return _slip(left, right)


def is_same_letters(left: str, right: str) -> bool:
    """Whether two words (as keys) differ only in how one romanisation or another writes a letter.

    >>> is_same_letters("qandahar", "kandahar"), is_same_letters("helmand", "hilmand")
    (True, False)
    """
    return _parts(left) == _parts(right)


def _interchanged(left: str, right: str) -> bool:
    return left == right or frozenset((left, right)) in _INTERCHANGED


def _slip(left: str, right: str) -> float:
    """NEAR where two long words that no lexicon lists differ by one letter within."""
    if min(len(left), len(right)) < _SLIP or left[0] != right[0] or left[-1] != right[-1]:
        return 0.0
    if left in listed() or right in listed():
        return 0.0
    return NEAR if OSA.distance(left, right, score_cutoff=1) <= 1 else 0.0


def given_likeness(left: str, right: str) -> float:
    """`likeness` of two given names, which may also be initials or pet names.

    >>> given_likeness("j", "john"), given_likeness("bill", "william")
    (0.8, 0.82)
    """
    if left == right:
        return EXACT
    if len(left) == 1 or len(right) == 1:
        return INITIAL if left[0] == right[0] else 0.0
    found = likeness(left, right)
    if found:
        return found
    pet = right in nicknames().get(left, ()) or left in nicknames().get(right, ())
    return NICKNAME if pet else 0.0
