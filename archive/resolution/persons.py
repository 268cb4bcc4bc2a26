"""Which mentions of persons in one document are the same person."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from archive.resolution.forms import EXACT, PersonName, agreement, parse
from archive.resolution.keys import is_misspelling, name_key, sound
from archive.vocabulary.names import given_names, surnames

Link = tuple[str, str, float]
"""Name that stands for the person, rule that found it, score."""

_PARTICLES = frozenset(
    {"abu", "al", "bin", "bint", "da", "de", "del", "der", "di", "dos", "du", "el", "ibn", "la"}
    | {"ul", "ur", "van", "von"}
)
_SHORTEST_VARIANT = 6  # letters; shorter surnames must agree


def link_persons(names: Sequence[tuple[str, int | None]]) -> list[Link]:
    """Give each mention of a person the fullest name, in the same order.

    `names` are (text, article index) in the order of the document. A single word joins the one
    person of its article that bears it as surname or given name, else the one of the whole
    document; where several do, it stays alone: a wrong merge is worse than a missed one.
    """
    counts = Counter(text for text, _ in names)
    order = {text: at for at, text in enumerate(counts)}
    person = _number_persons([text for text in counts if _is_full(text)])
    best = _fullest(person, counts, order)
    scopes = _Scopes(names, person)
    found: dict[tuple[str, int | None], Link] = {}
    for text, article in names:
        if (text, article) not in found:
            found[text, article] = (
                _full_link(text, best[person[text]])
                if text in person
                else _single_link(text, scopes.of(article), best)
            )
    return [found[name] for name in names]


def _words(text: str) -> tuple[str, ...]:
    return tuple(name_key(text).split())


def _is_full(text: str) -> bool:
    """Whether a name has more than one word; a hyphenated surname (`Mir-Hosseini`) is one."""
    if " " not in text:
        return False
    return sum(word not in _PARTICLES for word in _words(text)) > 1


def _full_link(text: str, name: str) -> Link:
    if name_key(name) == name_key(text):
        return name, "full-name", 1.0
    return name, "name-variant", 0.9


# ------------------------------------------------------------------- full names


def _number_persons(full: list[str]) -> dict[str, int]:
    """Number the persons among full names; a shorter or other form joins one of them only.

    Names are compared with those of the same family name, spelt in any way, not all with all.
    """
    person: dict[str, int] = {}
    blocks: defaultdict[str, list[tuple[PersonName, int]]] = defaultdict(list)
    for text in sorted(full, key=lambda text: (-len(_words(text)), text)):
        name = parse(text)
        if name is None:
            person[text] = len(person)
            continue
        agreed: defaultdict[int, list[float]] = defaultdict(list)
        for other, number in blocks[name.block]:
            agreed[number].append(agreement(name, other))
        same = [number for number, some in agreed.items() if all(some)]
        exact = [number for number in same if EXACT in agreed[number]]
        number = (exact or same)[0] if len(exact or same) == 1 else len(person)
        person[text] = number
        blocks[name.block].append((name, number))
    return person


@cache
def _listed() -> frozenset[str]:
    return frozenset(name_key(name) for name in given_names() | surnames())


def _is_variant(left: str, right: str) -> bool:
    """Whether two words of names are spellings of one: alike in sound, or one a misspelling.

    Two listed names that differ (`Mario`, `Maria`) are two names.
    """
    if left == right or sound(left) == sound(right):
        return True
    return is_misspelling(left, right) and not {left, right} <= _listed()


def _fullest(person: dict[str, int], counts: Counter[str], order: dict[str, int]) -> dict[int, str]:
    """Choose the form that stands for each person: most words, most used, first in the text."""
    best: dict[int, str] = {}
    ranked = sorted(person, key=lambda text: (-len(_words(text)), -counts[text], order[text]))
    for text in ranked:
        best.setdefault(person[text], text)
    return best


# --------------------------------------------------------------- single words


class _Bearers:
    """Persons of one article or document by surname and by given name."""

    def __init__(self) -> None:
        self.surnames: defaultdict[str, set[int]] = defaultdict(set)
        self.given: defaultdict[str, set[int]] = defaultdict(set)

    def add(self, text: str, number: int) -> None:
        """Take in a full name; its family name need not stand last."""
        words = _words(text)
        name = parse(text)
        family = words[-1]
        if name is not None and name.is_east_asian and name.given[0].endswith(words[-1]):
            family = words[0]
        elif name is not None and name.family in words:
            family = name.family
        self.surnames[family].add(number)
        for word in words:
            if word not in {family, name and name.second}:
                self.given[word].add(number)

    def variants(self, word: str) -> set[int]:
        """Persons whose surname is another spelling of the word."""
        if len(word) < _SHORTEST_VARIANT:
            return set()
        return {
            number
            for surname, numbers in self.surnames.items()
            if surname[0] == word[0] and _is_variant(word, surname)
            for number in numbers
        }


class _Scopes:
    """Where a single word's person is looked for: its article, then the whole document."""

    def __init__(self, names: Iterable[tuple[str, int | None]], person: dict[str, int]) -> None:
        self._document = _Bearers()
        self._articles: defaultdict[int | None, _Bearers] = defaultdict(_Bearers)
        for text, article in dict.fromkeys(names):
            if text in person:
                self._document.add(text, person[text])
                self._articles[article].add(text, person[text])

    def of(self, article: int | None) -> list[tuple[_Bearers, float]]:
        """Bearers to ask in turn, with the score of what they answer."""
        return [(self._articles[article], 0.95), (self._document, 0.8)]


def _single_link(text: str, scopes: list[tuple[_Bearers, float]], best: dict[int, str]) -> Link:
    word = _words(text)[-1]
    for bearers, score in scopes:
        for rule, persons in (
            ("surname", bearers.surnames.get(word, set())),
            ("given-name", bearers.given.get(word, set())),
            ("surname-variant", bearers.variants(word)),
        ):
            if len(persons) == 1:
                return best[next(iter(persons))], rule, score
            if persons:
                return text, "ambiguous", 0.5
    return text, "alone", 0.5
