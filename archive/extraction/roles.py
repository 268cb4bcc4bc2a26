"""Posts and who holds them: `Iranian President Masoud Pezeshkian`, `A, head of the B`.

A post is a noun of the table of titles (`president`, `spokesman`) with the words that make it
one (`Acting Foreign Minister`, `Minister of Defence`). Whoever holds it stands right after it or,
set off by a comma, right before; what it is a post of, before it (`Iran's`, `Iranian`) or after
`of`, `for`, `at` or `to`.
"""

import re
from collections.abc import Sequence
from functools import cache

from archive.extraction.names.titles import is_portfolio
from archive.records import EntityType, Mention, Reference, RoleHeld
from archive.vocabulary.names import titles

_BODIES = frozenset({EntityType.ORG, EntityType.GPE, EntityType.NORP, EntityType.LOC})
_LINK = re.compile(r"\s+(?:of|for|at|to|in)\s+(?:the\s+)?$")
_OF = re.compile(r"\s+of\s")
_OWNER = re.compile(r"(?:['’]s?)?\s+$")
# Between a post, or what it is of, and a name behind it: `Kandahar province Sher Agha`.
_TO_HOLDER = re.compile(
    r"(?:\s+(?:province|state|city|district|region|county|government|party|group|movement))?,?\s+$"
)
# Between a name and a post behind it: `, the`, `, who is a`, ` is the former`.
_FROM_HOLDER = re.compile(
    r"(?:,\s+(?:who\s+(?:is|was|serves?\s+as|served\s+as)\s+)?|\s+(?:is|was|as)\s+|\s+\()"
    r"(?:the\s+|an?\s+)?(?:(?!and\s|or\s)[a-z]+(?:-[a-z]+)?\s+){0,2}$"
)
_PORTFOLIO = re.compile(r"\s+of\s+(?:the\s+)?((?:[A-Z][\w’'-]+(?:,?\s+(?:and\s+)?(?=[A-Z]))?)+)")


@cache
def _post() -> re.Pattern[str]:
    """Pattern of a post: title words such as `acting`, then the noun, in either case."""
    kinds = titles()
    nouns = {name for name, kind in kinds.items() if kind == "office"} | {"Commander", "Chief"}
    before = {name for name, kind in kinds.items() if kind == "modifier"} | {"Chief", "General"}

    def either(words: set[str]) -> str:
        longest = sorted(words, key=lambda word: (-len(word), word))
        return "|".join(f"(?:{_either_case(word)})" for word in longest)

    return re.compile(
        rf"(?<![\w-])(?:(?:{either(before)})[\s-]+)*(?:{either(nouns)})"
        r"(?:[\s-](?:[Gg]eneral|[Ee]xecutive|[Oo]fficer|of\s[Ss]taff))*(?![\w-])"
    )


def _either_case(word: str) -> str:
    """Pattern of a word with or without its capital; abbreviations keep theirs."""
    if word.isupper() or word.endswith("."):
        return re.escape(word)
    return f"[{word[0]}{word[0].lower()}]{re.escape(word[1:])}"


def find_roles(text: str, mentions: Sequence[Mention]) -> list[RoleHeld]:
    """Find the posts that a paragraph gives to persons it names, in the order of the text.

    `mentions` are the paragraph's names in the order of the text; `holder` and `of` refer to them
    as (0, index). The span is the post as written, without its holder, country or body. A post
    whose holder is not named beside it is left out. No text makes this raise.

    >>> from archive.extraction.names import find_names
    >>> text = "Kenyan President William Ruto met Ali Omar, head of the Peace Council."
    >>> [(role.text, role.holder.text) for role in find_roles(text, find_names([text])[0])]
    [('President', 'William Ruto'), ('head', 'Ali Omar')]
    """
    if not any(mention.type is EntityType.PERSON for mention in mentions):
        return []
    found = []
    end = 0
    for match in _post().finditer(text):
        if match.start() < end or _is_inside(match.start(), match.end(), mentions):
            continue
        role = _role(text, match.start(), match.end(), mentions)
        if role is not None:
            found.append(role)
            end = role.char_end
    return found


def _is_inside(start: int, end: int, mentions: Sequence[Mention]) -> bool:
    return any(m.char_start < end and start < m.char_end for m in mentions)


def _role(text: str, start: int, end: int, mentions: Sequence[Mention]) -> RoleHeld | None:
    """Complete one post: its portfolio, what it is of, who holds it."""
    end = _with_portfolio(text, end, mentions)
    owner = _before(text, start, mentions)
    after = _after(text, end, mentions)
    tail = mentions[after].char_end if after is not None else end
    front = mentions[owner].char_start if owner is not None else start
    holder = _holder(text, front, tail, mentions)
    if holder is None:
        return None
    of = after
    if owner is not None and (after is None or not _OF.match(text, end)):
        of = owner  # `Iran's envoy for Syria` is Iran's
    return RoleHeld(
        char_start=start,
        char_end=end,
        text=text[start:end],
        holder=_reference(mentions, holder),
        of=None if of is None else _reference(mentions, of),
    )


def _reference(mentions: Sequence[Mention], index: int) -> Reference:
    return Reference(text=mentions[index].text, mention=(0, index))


def _with_portfolio(text: str, end: int, mentions: Sequence[Mention]) -> int:
    """End of `Minister of Foreign Affairs` where what follows `of` is a field and no name."""
    match = _PORTFOLIO.match(text, end)
    if match is None:
        return end
    last = end
    for word in re.finditer(r"[\w’'-]+", match[1]):
        if word[0] != "and" and not is_portfolio(word[0]):
            break
        last = match.start(1) + word.end()
    return end if last == end or _is_inside(end, last, mentions) else last


def _before(text: str, start: int, mentions: Sequence[Mention]) -> int | None:
    """The country, people or body right before a post (`Iran's`, `Iranian`, `UN`)."""
    for index, mention in enumerate(mentions):
        gap = text[mention.char_end : start]
        if mention.type in _BODIES and mention.char_end < start and _OWNER.fullmatch(gap):
            return index
    return None


def _after(text: str, end: int, mentions: Sequence[Mention]) -> int | None:
    """The country or body that a post is of (`of the Afghan Council`)."""
    for index, mention in enumerate(mentions):
        gap = text[end : mention.char_start]
        if mention.type in _BODIES and mention.char_start > end and _LINK.fullmatch(gap):
            return index
    return None


def _holder(text: str, front: int, tail: int, mentions: Sequence[Mention]) -> int | None:
    """The person named right after the post, else right before it."""
    for index, mention in enumerate(mentions):
        if mention.type is EntityType.PERSON and mention.char_start > tail:
            if _TO_HOLDER.fullmatch(_without_titles(text[tail : mention.char_start])):
                return index
            break
    for index in range(len(mentions) - 1, -1, -1):
        mention = mentions[index]
        if mention.char_end < front:
            gap = text[mention.char_end : front]
            is_holder = mention.type is EntityType.PERSON and _FROM_HOLDER.fullmatch(gap)
            return index if is_holder else None
    return None


def _without_titles(gap: str) -> str:
    """The text between a post and a name without honorifics and ranks (`Mullah`, `General`)."""
    words = gap.split()
    kept = [word for word in words if titles().get(word) not in {"honorific", "rank"}]
    return " ".join(["", *kept, ""]) if words and len(kept) < len(words) else gap
