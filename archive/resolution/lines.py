"""Parts of a story's text that an outlet sets as it likes: datelines and lines that are titles."""

import re

from archive.resolution.words import comparison_words

_DATELINE = re.compile(
    r"[^\W\d_a-zß-öø-ÿ][^!?;“”\"]{1,60}?"
    r"(?:\s*(?:—|–|―|--)\s*|\s+-\s+|\)\s*:\s+)"
    r"(?=[“\"‘'(]?[^\W_a-zß-öø-ÿ])"
)
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]]*$")
_LINE_WORDS = 20
"""Words of the longest headline or credit line that is taken for one."""


def dateline_words(text: str) -> int:
    """Number of comparison words of the dateline that a paragraph opens with.

    Forms: `KABUL, Afghanistan (AP) — `, `ISLAMABAD, Nov 16 (APP): ` (style books of the Associated
    Press, Reuters and the agencies of South Asia).

    >>> dateline_words("KABUL, Afghanistan (AP) — Snow has closed the pass.")
    3
    """
    match = _DATELINE.match(text)
    return len(comparison_words(match[0])) if match else 0


def is_line(text: str) -> bool:
    """Whether a paragraph is a short line that no sentence ends, as headlines and credits are."""
    return not _SENTENCE_END.search(text) and len(comparison_words(text)) <= _LINE_WORDS
