"""Names as they are compared: without case, accents, punctuation, article and possessive."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

_POSSESSIVE = re.compile(r"['’](?:s\b|(?=\s|$))", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"^(?:the|a|an) (?=\w)")
# Letters that have no decomposition into a plain letter and marks.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae",
                          "œ": "oe", "ß": "ss", "ʿ": "", "ʾ": "", "ʻ": "", "ʼ": ""})  # fmt: skip


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """The name in lower case, without accents, punctuation, possessive or leading article.

    Names with the same key are written alike; a name of marks alone keeps them, so that no key of
    a name that has characters is empty.

    >>> name_key("The Côte d’Ivoire's")
    'cote d ivoire'
    """
    bare = _POSSESSIVE.sub("", name).casefold().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    joined = " ".join(_WORD.findall(plain.replace(".", "") if _is_dotted(name) else plain))
    return _ARTICLE.sub("", joined) or name.strip().casefold()


def _is_dotted(name: str) -> bool:
    """Whether the name is an abbreviation with full stops, as `U.S.` is."""
    return re.fullmatch(r"(?:\w\.)+\w?\.?(?:['’]s)?", name) is not None


_SOUNDS = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("y", "i"), ("ph", "f"), ("q", "k"))
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """A key's word with the letters that transliteration varies made one.

    >>> sound("hussein") == sound("husein"), sound("mario") == sound("maria")
    (True, False)
    """
    for written, plain in _SOUNDS:
        word = word.replace(written, plain)
    return _DOUBLED.sub(r"\1", word)


def is_misspelling(left: str, right: str) -> bool:
    """Whether two words, as keys, differ by one letter, or by two where they are long.

    They must begin alike; short words must agree.
    """
    shorter = min(len(left), len(right))
    if shorter < 5 or left[0] != right[0]:
        return left == right
    most = 1 if shorter < 8 else 2
    return Levenshtein.distance(left, right, score_cutoff=most) <= most
