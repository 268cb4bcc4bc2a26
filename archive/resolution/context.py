"""The mentions of one document, indexed by what resolution asks of them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from archive.records import EntityType, Mention
from archive.resolution import bodies
from archive.resolution.keys import name_key
from archive.resolution.places import country_of, locate
from archive.vocabulary.countries import demonyms

PLACES = frozenset({EntityType.GPE, EntityType.LOC, EntityType.FAC})
NO_GAP = 1_000  # characters, said of two mentions that do not stand side by side
_GUESSED = 0.6  # score of a place that is only the largest of its name
_OFTEN = 2  # mentions of a country that make it an article's home
_MOST = 0.6  # share of all mentions of countries that does
_BESIDE = 2  # characters between a name and its abbreviation: ` (` or `, `


@dataclass(frozen=True, slots=True)
class Item:
    """A mention with its place in the document."""

    paragraph: int
    index: int
    article: int | None
    mention: Mention


class Context:
    """What the mentions of one document tell together; built once, then only read."""

    def __init__(
        self, mentions: Sequence[Sequence[Mention]], articles: Sequence[int | None]
    ) -> None:
        self.paragraphs = [
            [Item(at, index, article, mention) for index, mention in enumerate(some)]
            for at, (some, article) in enumerate(zip(mentions, articles, strict=True))
        ]
        self.items = [item for some in self.paragraphs for item in some]
        self.countries = self._count_countries()
        self.homes = self._find_homes()
        self.expansions = self._find_expansions()
        self._longer = self._index_beginnings()

    def before(self, item: Item) -> tuple[Item | None, int]:
        """The mention before one in its paragraph, and the characters between."""
        if item.index == 0:
            return None, NO_GAP
        other = self.paragraphs[item.paragraph][item.index - 1]
        return other, item.mention.char_start - other.mention.char_end

    def after(self, item: Item) -> tuple[Item | None, int]:
        """The mention after one in its paragraph, and the characters between."""
        some = self.paragraphs[item.paragraph]
        if item.index + 1 == len(some):
            return None, NO_GAP
        other = some[item.index + 1]
        return other, other.mention.char_start - item.mention.char_end

    def code_of(self, item: Item) -> str | None:
        """Country of a mentioned place or people, None for other mentions."""
        text = item.mention.text
        if item.mention.type is EntityType.NORP:
            demonym = demonyms().get(text)
            return None if demonym is None else demonym.code
        if item.mention.type not in PLACES:
            return None
        found = country_of(text) or locate(text, self.countries[item.article])
        return None if found is None else found.code

    def longer_form(self, item: Item, text: str) -> str | None:
        """The one longer name of the same type and article that begins with these words.

        None for a single word, and where several names go on differently.
        """
        key = name_key(text)
        if " " not in key:
            return None
        found = self._longer.get((item.article, item.mention.type, key), {})
        return next(iter(found.values())) if len(found) == 1 else None

    def _count_countries(self) -> defaultdict[int | None, Counter[str]]:
        """How often each article names each country or its people."""
        counts: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
        for item in self.items:
            country = country_of(item.mention.text)
            demonym = demonyms().get(item.mention.text)
            code = country.code if country else demonym.code if demonym else None
            if code is not None:
                counts[item.article][code] += 1
        return counts

    def _find_homes(self) -> dict[int | None, str]:
        """The country where most that each article names is, if it is by far the most."""
        counts = {article: Counter(named) for article, named in self.countries.items()}
        for item in self.items:
            if item.mention.type in PLACES and country_of(item.mention.text) is None:
                found = locate(item.mention.text, self.countries[item.article])
                if found is not None and found.code is not None and found.score > _GUESSED:
                    counts.setdefault(item.article, Counter())[found.code] += 1
        homes = {}
        for article, named in counts.items():
            code = max(named, key=lambda code: (named[code], code), default=None)
            if code is not None and named[code] >= max(_OFTEN, _MOST * named.total()):
                homes[article] = code
        return homes

    def _find_expansions(self) -> dict[str, str]:
        """Full name by the key of its abbreviation: side by side, else initials of one name."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for some in self.paragraphs:
            for left, right in pairwise(some):
                if right.mention.char_start - left.mention.char_end == _BESIDE:
                    for short, full in _abbreviated(left.mention, right.mention):
                        found[name_key(short)].add(full)
        by_initials: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for item in self.items:
            text = item.mention.text
            if " " in text and item.mention.type is not EntityType.PERSON:
                for initials in bodies.initials_of(text):
                    by_initials[initials].setdefault(name_key(text), text)
        for item in self.items:
            key, letters = name_key(item.mention.text), bodies.acronym_letters(item.mention.text)
            if letters and key not in found and letters in by_initials:
                found[key].update(by_initials[letters].values())
        return {key: next(iter(full)) for key, full in found.items() if len(full) == 1}

    def _index_beginnings(
        self,
    ) -> dict[tuple[int | None, EntityType, str], dict[str, str]]:
        """Names by article, type and the key of each beginning of two words or more."""
        found: defaultdict[tuple[int | None, EntityType, str], dict[str, str]] = defaultdict(dict)
        for item in self.items:
            if item.mention.type in PLACES or item.mention.type is EntityType.PERSON:
                continue
            key = name_key(item.mention.text)
            words = key.split()
            for size in range(2, len(words)):
                beginning = item.article, item.mention.type, " ".join(words[:size])
                found[beginning].setdefault(key, item.mention.text)
        return dict(found)


def _abbreviated(left: Mention, right: Mention) -> list[tuple[str, str]]:
    """Pairs (abbreviation, full name) that two neighbouring mentions can be."""
    return [
        (short.text, full.text)
        for short, full in ((right, left), (left, right))
        if full.type is not EntityType.PERSON and bodies.stands_for(short.text, full.text)
    ]
