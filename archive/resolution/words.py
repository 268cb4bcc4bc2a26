"""Words of a text for comparing it with others: case, punctuation and white space aside."""

import hashlib
import re

_WORD = re.compile(r"[^\W_]+")


def comparison_words(text: str) -> list[str]:
    """Words of a text, case folded, without punctuation, quotation marks and white space.

    >>> comparison_words("“It’s over,” she SAID.")
    ['it', 's', 'over', 'she', 'said']
    """
    return _WORD.findall(text.casefold())


def words_hash(words: list[str]) -> int | None:
    """64-bit signed hash (BLAKE2b, RFC 7693) of a sequence of words; None for no words.

    Two texts with the same words in the same order have the same hash; texts with other words
    share one with a chance of one in 2^64.
    """
    if not words:
        return None
    digest = hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
