"""Words of a text for comparing it with others: case, punctuation and white space aside."""

import re

_WORD = re.compile(r"[^\W_]+")


def comparison_words(text: str) -> list[str]:
    """Words of a text, case folded, without punctuation, quotation marks and white space.

    >>> comparison_words("“It’s over,” she SAID.")
    ['it', 's', 'over', 'she', 'said']
    """
    return _WORD.findall(text.casefold())
