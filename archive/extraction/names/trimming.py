"""Where a name begins and ends by the archive's guidelines: no article, title or possessive."""

from archive.extraction.names.titles import title_end
from archive.extraction.names.tokens import Tokens

_ARTICLES = frozenset({"the", "a", "an"})


def bare(tokens: Tokens, start: int, end: int) -> tuple[int, int] | None:
    """Offsets of a name's words without articles and possessives; None where nothing is left."""
    words = tokens.words
    while start < end and words[start].lower() in _ARTICLES:
        start += 1
    while start < end and not ends_name(words[end - 1]):
        end -= 1
    if start == end:
        return None
    return tokens.starts[start], tokens.ends[end - 1]


def untitled(tokens: Tokens, start: int, end: int) -> int:
    """First word of a name behind its titles; `end` where it is nothing but a title.

    A single word stays: what stands alone may be a name that is a title elsewhere.
    """
    found = title_end(tokens, start, end)
    if found is None or end == start + 1:
        return start
    after = min(found[0], end)
    is_possessor = after < end and not ends_name(tokens.words[after])  # `Prime Minister's Office`
    return start if is_possessor else after


def ends_name(word: str) -> bool:
    """Whether a word can end a name: `U.S.` and `Jr.` can, `'s` and `,` cannot."""
    return word[0].isalnum()
