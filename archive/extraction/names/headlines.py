"""Lines in Title Case, where a capital does not tell a name."""

from archive.extraction.names import lexicon
from archive.extraction.names.runs import Span
from archive.extraction.names.tokens import Tokens

_LONGEST = 30  # words; a longer line is running text
_SHARE = 0.75  # of the words of four letters or more that must be capitalised


def is_title_case(tokens: Tokens) -> bool:
    """Whether a paragraph is a line in Title Case or in capitals only.

    Such a line ends without a full stop and capitalises its longer words, common ones among them.
    """
    if not tokens.words or tokens.words[-1] in {".", "…"}:
        return False
    words = [word for word in tokens.words if word[0].isalpha()]
    if not 2 <= len(words) <= _LONGEST:
        return False
    long = [word for word in words if len(word) >= 4]
    capital = sum(word[0].isupper() for word in long)
    if not long or capital < _SHARE * len(long):
        return False
    return any(
        word[0].isupper() and lexicon.word(word).common > 0.3 and len(word) >= 4
        for word in words[1:]
    )


def is_sure(tokens: Tokens, span: Span) -> bool:
    """Whether a span in a Title-Case line is a name by more than its capitals."""
    if span.entry is not None:
        return span.entry.weight >= 0.6
    words = tokens.words[span.start : span.end]
    infos = [lexicon.word(word) for word in words]
    if span.head is not None:
        return _is_sure_body(words, span.head)
    if any(info.common > 0.2 or info.is_function for info in infos):
        return False
    return span.titled is not None or (infos[0].is_given and len(words) > 1)


def _is_sure_body(words: list[str], head: str) -> bool:
    """Whether a body's head is followed by `of` (`Ministry of X`) or preceded by a known name."""
    if "of" in words:
        return True
    entry = lexicon.entry_of(words[0])
    return entry is not None and entry.weight >= 0.8 and head in {"ORG", "FAC", "GPE"}
