"""Titles: no names themselves, but they announce a person."""

from archive.extraction.names import lexicon
from archive.extraction.names.tokens import Tokens

_ARTICLES = frozenset({"the", "la", "le", "los", "las", "les", "a"})


def title_end(tokens: Tokens, start: int, stop: int) -> tuple[int, str] | None:
    """End of a title that starts at a word, and its kind; None where none does.

    Words such as `Deputy` or `Foreign` count only before a title word. What follows `of` or
    `for` in lower case belongs to it (`Minister of Defense`), unless it is a country.
    """
    words = tokens.words
    end, kind = start, None
    while end < stop:
        word_kind = lexicon.word(words[end]).title
        if word_kind is None:
            break
        end += 1
        if word_kind != "modifier":
            kind = word_kind
            last = end
    if kind is None:
        return None
    if kind == "office" and last < len(words) and words[last] in {"of", "for"}:
        last = _portfolio_end(tokens, last)
    return last, kind


def _portfolio_end(tokens: Tokens, of: int) -> int:
    """End of `of Defense` or `of Foreign Affairs`; where a name follows, the title ends before."""
    words = tokens.words
    end = of + 1
    while end < len(words) and words[end] in {"the", "and"} | _ARTICLES:
        end += 1
    first = end
    while end < len(words) and is_portfolio(words[end]):
        end += 1
        if end + 1 < len(words) and words[end] == "and" and is_portfolio(words[end + 1]):
            end += 1
    return end if end > first else of


def is_portfolio(text: str) -> bool:
    """Whether a word names a field that ministers are of (`Defense`), and no place or body."""
    if not text[0].isupper():
        return False
    info = lexicon.word(text)
    return info.title == "modifier" or (info.common > 0 and lexicon.entry_of(text) is None)
