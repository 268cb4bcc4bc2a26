"""Division of a paragraph into sentences, by rules over the marks that can end one.

A stop ends a sentence where white space follows and the next word does not speak against it: a
small letter goes on (`“Is it over?” he asked`), and so do abbreviations, initials and ordinals
(`Gen. Khan`, `No. 5`, `J. Smith`). Decimals and names such as `archive.org` have no white space
after their stop and are never looked at. An empty line always ends a sentence.

The classes of abbreviation follow the idea of Grefenstette and Tapanainen, "What is a word, what
is a sentence?" (1994): a lexicon plus the word after it decides nearly all cases.
"""

import re
from bisect import bisect_right

from archive.vocabulary.abbreviations import abbreviations, sentence_openers
from archive.vocabulary.speech import is_reporting_verb

# A stop with the quotation marks and brackets that close after it, or an empty line. Each run is
# bounded so that a megabyte of stops stays linear.
_STOP = re.compile(r"[.!?…؟۔।]{1,16}(?P<closers>[\"'”’»›)\]]{0,4})(?=\s)|\n[^\S\n]*\n")
_WORD_BEFORE = re.compile(r"[\w.&'’-]+\Z")
_NEXT = re.compile(r"\s+[\"'“‘«‹(\[—–-]{0,4}\s?(?P<word>[^\W_]+|\S)")
_ASKER = re.compile(r"\s+(?P<name>(?:[^\W\d_][\w.’'-]{0,40}\s){1,4}?)(?P<verb>[a-z]{2,20})\b")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)+\Z")
# How far back the word before a stop is looked for: longer than any abbreviation.
_LOOKBACK = 24


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return start and end of each sentence, without surrounding white space.

    The spans are in order, do not overlap, and together hold every character of `text` that is
    not white space. Any string is accepted; the time is linear in its length.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _STOP.finditer(text):
        if _ends_sentence(text, match):
            _append_trimmed(spans, text, start, match.end())
            start = match.end()
    _append_trimmed(spans, text, start, len(text))
    return spans


def sentence_at(spans: list[tuple[int, int]], position: int) -> tuple[int, int]:
    """Find the span that holds `position`, else the nearest one before it, else (0, 0)."""
    index = bisect_right(spans, position, key=lambda span: span[0])
    return spans[index - 1] if index else (0, 0)


def _append_trimmed(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Append the slice without its surrounding white space, unless nothing is left."""
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    if left < right:
        spans.append((left, right))


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Tell whether the stop in `match` ends a sentence."""
    if match["closers"] is None:  # an empty line
        return True
    following = _NEXT.match(text, match.end())
    if following is None:
        return True
    word = following["word"]
    if word[0].islower():
        return False
    mark = match.group()[0]
    if mark in "!?؟" and match["closers"] and _asker_follows(text, match.end()):
        return False
    if mark != "." or match.group().startswith(".."):
        return True
    return not _stop_is_of_abbreviation(text, match.start() + 1, word)


def _stop_is_of_abbreviation(text: str, end: int, following: str) -> bool:
    """Tell whether the stop before `end` belongs to an abbreviation that `following` continues."""
    before = _WORD_BEFORE.search(text, max(0, end - _LOOKBACK), end)
    if before is None:
        return False
    word = before.group().lstrip("'’-")
    use = abbreviations().get(word)
    if use is None and _INITIAL.fullmatch(word):
        use = "either"
    if use is None:
        return False
    if use in {"number", "month"}:
        return following[0].isdecimal()
    return use in {"name", "never"} or (
        not following[0].isdecimal() and following not in sentence_openers()
    )


def _asker_follows(text: str, position: int) -> bool:
    """Tell whether a name and a reporting verb follow: `“Why?” Smith asked`."""
    match = _ASKER.match(text, position)
    if match is None or match["name"].split()[0] in sentence_openers():
        return False
    return is_reporting_verb(match["verb"])
