"""What a document says of a person that tells bearers of one name apart: country and field.

The evidence stands beside the name: a people or country with a noun for what the person is
(`Brazilian striker X`, `X, an Iranian physicist`), or a post and what it is of (`roles`). A sense
is written `IR:politics`; either side may be missing (`IR`, `:sport`), and both (the empty text).
Where no country stands beside the name, the one that its articles name most stands in, marked as
weak: `~GB`. So bearers of one name whom nothing tells apart in one country are one; `bearers` joins
the senses of one person again.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.records import EntityType, ResolvedName, RoleHeld
from archive.resolution.context import Context, Item
from archive.vocabulary.names import professions, titles

_FARTHEST = 48  # characters from a people to the name or noun they say something of
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_GAP = re.compile(r"(?:['’]s?)?(?:[\s-]+[\w’'.&-]+){1,5}?\s+")
_APPOSED = re.compile(r",\s+(?:who\s+(?:is|was)\s+)?(?:an?\s+|the\s+)?(?:[a-z]+\s+)?|\s+\(")
_AFTER = re.compile(r"(?:['’]s?)?((?:[\s-]+[\w’'-]+){1,4})")
_SENT_ABROAD = frozenset({"ambassador", "envoy", "consul", "correspondent", "representative"})
_OWNERS = frozenset({EntityType.NORP, EntityType.GPE, EntityType.ORG})


@dataclass(frozen=True, slots=True)
class Sense:
    """A sense taken apart; `is_weak` says that the country is only the article's."""

    code: str | None
    field: str | None
    is_weak: bool = False

    def __str__(self) -> str:
        """The written form, as in `ResolvedName.sense`."""
        country = ("~" if self.is_weak else "") + self.code if self.code else ""
        return f"{country}:{self.field}" if self.field else country


@lru_cache(maxsize=16_384)
def read_sense(text: str) -> Sense:
    """Take a written sense apart.

    >>> read_sense("~GB:politics")
    Sense(code='GB', field='politics', is_weak=True)
    """
    country, _, field_ = text.partition(":")
    return Sense(country.removeprefix("~") or None, field_ or None, country.startswith("~"))


def find_senses(
    context: Context,
    names: dict[tuple[int, int], ResolvedName],
    texts: Sequence[str],
    roles: Sequence[Sequence[RoleHeld]],
) -> dict[str, str]:
    """The sense of each person of a document, by the key of the name.

    `names` are the document's resolved mentions by paragraph and index; `texts` and `roles` run
    along its paragraphs, or are empty where unknown.
    """
    codes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    fields: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key, code, field_ in _evidence(context, names, texts, roles):
        if code:
            codes[key][code] += 1
        if field_:
            fields[key][field_] += 1
    found = {}
    countries = _countries(context, names)
    persons: defaultdict[str, set[int | None]] = defaultdict(set)
    for item in context.items:
        name = names[item.paragraph, item.index]
        if name.type is EntityType.PERSON:
            persons[name.key].add(item.article)
    for key, articles in persons.items():
        code, is_weak = _most(codes[key]), False
        if code is None:
            code, is_weak = _first_of_most(countries, articles), True
        found[key] = str(Sense(code, _most(fields[key]), is_weak))
    return found


def _most(counts: Counter[str]) -> str | None:
    """What was counted most, the first by alphabet of equals; None where nothing was."""
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _countries(
    context: Context, names: dict[tuple[int, int], ResolvedName]
) -> defaultdict[int | None, Counter[str]]:
    """How often each article names something of each country, in the order of the text."""
    counts: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    for item in context.items:
        code = names[item.paragraph, item.index].country_code
        if code is not None:
            counts[item.article][code] += 1
    return counts


def _first_of_most(
    countries: dict[int | None, Counter[str]], articles: set[int | None]
) -> str | None:
    """The country that these articles name most, of equals the one named first."""
    counts: Counter[str] = Counter()
    for article in sorted(articles, key=lambda index: -1 if index is None else index):
        counts.update(countries.get(article, Counter()))
    return max(counts, key=lambda code: counts[code], default=None)


_Evidence = tuple[str, str | None, str | None]
"""Key of a person, country, field."""


def _evidence(
    context: Context,
    names: dict[tuple[int, int], ResolvedName],
    texts: Sequence[str],
    roles: Sequence[Sequence[RoleHeld]],
) -> Iterator[_Evidence]:
    for at, text in enumerate(texts):
        items = context.paragraphs[at]
        for index, item in enumerate(items):
            if names[at, index].type is EntityType.PERSON:
                key = names[at, index].key
                yield key, None, _field_before(text, item)
                yield from _beside(text, key, items, index, names)
    for at, held in enumerate(roles):
        for role in held:
            yield from _of_role(at, role, context.paragraphs[at], names)


def _of_role(
    at: int, role: RoleHeld, items: Sequence[Item], names: dict[tuple[int, int], ResolvedName]
) -> Iterator[_Evidence]:
    """What a post tells of its holder; an ambassador is not of the country sent to."""
    holder = role.holder.mention
    if holder is None or names[at, holder[1]].type is not EntityType.PERSON:
        return
    words = [word.casefold() for word in _WORD.findall(role.text)]
    code = None
    if role.of is not None and role.of.mention is not None:
        owner = items[role.of.mention[1]].mention
        is_abroad = owner.char_start > role.char_start and not _SENT_ABROAD.isdisjoint(words)
        code = None if is_abroad else names[at, role.of.mention[1]].country_code
    yield names[at, holder[1]].key, code, _field(words)


def _beside(
    text: str,
    key: str,
    items: Sequence[Item],
    index: int,
    names: dict[tuple[int, int], ResolvedName],
) -> Iterator[_Evidence]:
    """`Brazilian striker X` and `X, a Brazilian striker`."""
    mention = items[index].mention
    for other in (index - 1, index + 1):
        if not 0 <= other < len(items):
            continue
        owner = items[other].mention
        code = names[items[other].paragraph, other].country_code
        if code is None or owner.type not in _OWNERS:
            continue
        if other < index:
            gap = text[owner.char_end : mention.char_start]
            is_said = len(gap) <= _FARTHEST and _GAP.fullmatch(gap) is not None
        else:
            gap = text[mention.char_end : owner.char_start]
            behind = _AFTER.match(text, owner.char_end)
            is_said = _APPOSED.fullmatch(gap) is not None and behind is not None
            gap = behind[1] if behind is not None else ""
        words = [word.casefold() for word in _WORD.findall(gap)]
        if is_said and any(_is_personal(word) for word in words):
            yield key, code, _field(words)


def _field_before(text: str, item: Item) -> str | None:
    """Field of the noun right before a name: `striker X`, `Prime Minister X`."""
    start = item.mention.char_start
    words = _WORD.findall(text[max(0, start - _FARTHEST) : start])
    is_apart = re.search(r"[^\w\s.]\s*$", text[:start]) is not None
    return None if is_apart else _field([word.casefold() for word in words[-1:]])


def _field(words: Sequence[str]) -> str | None:
    return next((professions()[word] for word in reversed(words) if word in professions()), None)


def _is_personal(word: str) -> bool:
    """Whether a word says what a person is: a profession, office, rank or honorific."""
    return word in professions() or titles().get(word.capitalize()) in {"office", "rank"}
