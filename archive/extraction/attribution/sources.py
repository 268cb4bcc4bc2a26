"""Which person or body a source phrase means, with what the article has told before.

A phrase is a name (with titles and other words around it), a pronoun, a definite description
that takes up somebody named before (`the ministry`, `the spokesman`), or a description of its own
(`senior military official`). Nothing else can be a source: `the move signalled …` has none.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from archive.records import EntityType, Mention, Reference
from archive.vocabulary.speech import SourceNoun, attributing_verbs, source_nouns, speech_words

_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
_ACRONYM = re.compile(r"\s?\((?P<acronym>[A-Z][\w&-]{1,10})\)")
_BODIES = frozenset({EntityType.ORG, EntityType.GPE, EntityType.PRODUCT, EntityType.WORK})
_SOURCES = _BODIES | {EntityType.PERSON, EntityType.NORP, EntityType.FAC}
_NOT_IN_TITLES = frozenset({"to", "in", "and", "at", "on", "with", "by", "as", "that", "who"})
_LONGEST = 100  # characters of a description
_LONGEST_PRONOUN = 3  # words of a phrase that ends in a pronoun: `and then he`
_MEMORY = 8  # persons that a pronoun can reach back to
_BODIES_KEPT = 40  # bodies that a description can reach back to
_TITLE_REACH = 80  # characters before a name in which its titles stand
_OBJECTS = {"him": "he", "her": "she", "them": "they"}
_OWNING = frozenset({"of", "by", "from"})
_TAKING_UP = frozenset({"same", "latest", "new"})


class Head(NamedTuple):
    """The noun that a description is about, and the place of the description.

    `before` are the words between a determiner and the noun, in small letters, `after` is where
    the noun ends; a determiner and what stands before it are left out of the place.
    """

    noun: SourceNoun
    is_definite: bool
    start: int
    end: int
    before: frozenset[str]
    after: int


@dataclass(slots=True)
class Discourse:
    """What the article has told so far, for one article's paragraphs in order.

    `persons` and `bodies` are those that spoke or were the subject, the latest last; `genders`
    tells `he` or `she` by the last word of a person's name where the text has told it; `roles`
    gives the persons introduced with a noun (`minister`), each with what stood before it
    (`foreign`); `documents` the source last named with a kind of document (`report`); `acronyms`
    the names that an acronym in parentheses stands for; `surnames` persons by the last word of
    their name.
    """

    persons: list[Reference] = field(default_factory=list)
    body: Reference | None = None
    plural: Reference | None = None
    roles: dict[str, list[tuple[frozenset[str], Reference]]] = field(default_factory=dict)
    documents: dict[str, Reference] = field(default_factory=dict)
    acronyms: dict[str, Reference] = field(default_factory=dict)
    surnames: dict[str, Reference] = field(default_factory=dict)
    bodies: list[Reference] = field(default_factory=list)
    genders: dict[str, str] = field(default_factory=dict)

    def person(self, pronoun: str) -> Reference | None:
        """Return the latest person that `he` or `she` can mean, and remember the gender."""
        for reference in reversed(self.persons[-_MEMORY:]):
            key = reference.text.split()[-1]
            if self.genders.get(key, pronoun) == pronoun:
                if reference.mention is not None:
                    self.genders[key] = pronoun
                return reference
        return None

    def saw(self, person: Reference) -> None:
        """Make a person the latest."""
        if not self.persons or self.persons[-1] != person:
            self.persons.append(person)

    def heard(self, source: Reference, mention: Mention | None, noun: SourceNoun | None) -> None:
        """Remember a source that has just spoken."""
        if mention is not None:
            if mention.type is EntityType.PERSON:
                self.saw(source)
            else:
                self.body = source
                self.bodies.append(source)
        elif noun is not None and noun.is_plural:
            self.plural = source
        elif noun is not None and noun.kind == "person":
            self.saw(source)
        else:
            self.body = source


class Resolver:
    """Turns source phrases of one article into references; call it in the order of the text."""

    def __init__(self) -> None:
        """Start with an article of which nothing has been read."""
        self.discourse = Discourse()

    # ------------------------------------------------------------------ what is read

    def read_names(
        self, paragraph: int, text: str, mentions: Sequence[Mention], start: int, end: int
    ) -> None:
        """Take in the names of a sentence: titles of persons, and its likely subject."""
        first_person: Reference | None = None
        for index in mentions_inside(mentions, (start, end)):
            mention = mentions[index]
            reference = Reference(text=mention.text, mention=(paragraph, index))
            if mention.type is EntityType.PERSON:
                self.discourse.surnames.setdefault(mention.text.split()[-1], reference)
                for word in _titles(text, mention, start, end):
                    self._introduce(reference, word)
                if first_person is None and mention.char_start - start <= _TITLE_REACH:
                    first_person = reference
            elif mention.type is EntityType.ORG:
                self.discourse.bodies.append(reference)
                self._name_acronym(text, mention, reference)
            if mention.type in {EntityType.PERSON, EntityType.ORG}:
                published = _published().match(text, mention.char_end, end)
                if published is not None:
                    noun = source_nouns()[published["noun"].lower()]
                    self.discourse.documents[noun.group] = reference
        if first_person is not None and not self.discourse.persons:
            self.discourse.saw(first_person)
        self._subject = first_person

    def _name_acronym(self, text: str, mention: Mention, reference: Reference) -> None:
        """Remember `World Health Organization (WHO)`; the acronym then points to the name."""
        match = _ACRONYM.match(text, mention.char_end)
        if match is not None and _abbreviates(match["acronym"], mention.text):
            self.discourse.acronyms[match["acronym"]] = reference

    def _introduce(self, person: Reference, title: tuple[str, frozenset[str]]) -> None:
        """Remember a title or noun that stands with a person's name."""
        key = person.text.split()[-1]
        word, before = title
        if word in speech_words("male"):
            self.discourse.genders[key] = "he"
        elif word in speech_words("female"):
            self.discourse.genders[key] = "she"
        noun = source_nouns().get(word)
        if noun is not None and noun.kind == "person" and not noun.is_plural:
            known = self.discourse.roles.setdefault(noun.group, [])
            known.append((before, person))
            del known[:-_MEMORY]

    def end_sentence(self, *, has_source: bool) -> None:
        """Make the subject of a sentence that reports nothing the one a pronoun means."""
        if not has_source and self._subject is not None:
            self.discourse.saw(self._subject)

    _subject: Reference | None = None

    # -------------------------------------------------------------------- resolution

    def resolve(
        self,
        paragraph: int,
        text: str,
        mentions: Sequence[Mention],
        span: tuple[int, int],
        apposition: tuple[int, int] | None = None,
    ) -> Reference | None:
        """Return whom the phrase at `span` means, None where it can be no source."""
        inside = mentions_inside(mentions, span)
        if apposition is not None:
            apposed = self._apposed(text, mentions, inside, apposition)
            if apposed is not None:
                return self._named(paragraph, mentions, apposed)
        words = [(m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(text, *span)]
        if not words or words[0][2] in speech_words("negation"):
            return None
        if _is_small(text, words[-1]) and len(words) <= _LONGEST_PRONOUN:
            word = words[-1][2]
            pronoun = self._pronoun(_OBJECTS.get(word, word) if len(words) == 1 else word)
            if pronoun is not None:
                return pronoun
        chosen = _head_mention(text, mentions, inside, span)
        if chosen is not None:
            return self._named(paragraph, mentions, chosen)
        return self._described(paragraph, text, mentions, span)

    @staticmethod
    def _apposed(
        text: str, mentions: Sequence[Mention], inside: list[int], apposition: tuple[int, int]
    ) -> int | None:
        """Return the name in `the minister, Ana Ruiz,` or `the agency, UNHCR,`, if it is one."""
        if any(mentions[index].type is EntityType.PERSON for index in inside):
            return None
        for index in mentions_inside(mentions, apposition):
            mention = mentions[index]
            opens = not _WORD.search(text, apposition[0], mention.char_start)
            closes = not _WORD.search(text, mention.char_end, apposition[1])
            if mention.type is EntityType.PERSON and (opens or closes):
                return index
            if mention.type is EntityType.ORG and opens and closes:
                return index
        return None

    def _named(self, paragraph: int, mentions: Sequence[Mention], index: int) -> Reference:
        """Return the reference to a mention, and remember it as the latest source."""
        reference = Reference(text=mentions[index].text, mention=(paragraph, index))
        reference = self.discourse.acronyms.get(reference.text, reference)
        self.discourse.heard(reference, mentions[index], None)
        return reference

    def _pronoun(self, word: str) -> Reference | None:
        """Return whom a pronoun means."""
        if word in {"he", "she"}:
            return self.discourse.person(word)
        if word == "it":
            return self.discourse.body
        if word == "they":
            return self.discourse.plural or self.discourse.body
        return None

    def _described(
        self, paragraph: int, text: str, mentions: Sequence[Mention], span: tuple[int, int]
    ) -> Reference | None:
        """Return what a description takes up or, failing that, the description itself."""
        head = _head_noun(text, span)
        if head is None:
            return None
        noun, is_definite, start, end, before, _ = head
        if noun.kind == "document":
            return self._document(paragraph, text, mentions, head)
        inside = mentions_inside(mentions, (start, end))
        if noun.kind == "body" and inside and mentions[inside[-1]].type is EntityType.ORG:
            part_of = text[start : mentions[inside[-1]].char_start].rstrip().lower()
            if mentions[inside[-1]].char_end >= end and part_of.endswith((" of", " of the")):
                return self._named(paragraph, mentions, inside[-1])  # a division of it
        taken_up = self._taken_up(noun, before, has_name=bool(inside)) if is_definite else None
        if taken_up is not None:
            if noun.kind == "person":
                self.discourse.saw(taken_up)
            else:
                self.discourse.body = taken_up
            return taken_up
        reference = Reference(text=text[start:end])
        self.discourse.heard(reference, None, noun)
        return reference

    def _document(
        self, paragraph: int, text: str, mentions: Sequence[Mention], head: Head
    ) -> Reference:
        """Return whose a document is: its owner, the one it takes up, else the document."""
        owner = _owner(text, mentions, head)
        known = self.discourse.documents.get(head.noun.group)
        if owner is not None:
            reference = self._named(paragraph, mentions, owner)
        elif (maker := _made_by(text, head)) is not None:
            reference = maker
        elif known is not None and head.is_definite and head.before <= _TAKING_UP:
            return known
        else:
            reference = Reference(text=text[head.start : head.end])
            self.discourse.heard(reference, None, head.noun)
        self.discourse.documents[head.noun.group] = reference
        return reference

    def _taken_up(
        self, noun: SourceNoun, before: frozenset[str], *, has_name: bool
    ) -> Reference | None:
        """Return the name that a definite description stands for; `before` are its adjectives."""
        if noun.is_plural:
            return None
        if noun.kind == "person":
            return self._holder(noun, before, has_name=has_name)
        if noun.kind != "body" or has_name:
            return None
        if noun.group in _GENERIC_BODIES:
            return self.discourse.body or next(reversed(self.discourse.bodies), None)
        head = noun.group.lower()
        bodies = reversed(self.discourse.bodies[-_BODIES_KEPT:])
        return next((body for body in bodies if head in body.text.lower()), None)

    def _holder(
        self, noun: SourceNoun, before: frozenset[str], *, has_name: bool
    ) -> Reference | None:
        """Return the person introduced with a noun.

        `the foreign minister` is whoever was introduced as one, else a minister of whom no other
        office was told; `the minister` is the latest of all.
        """
        known = self.discourse.roles.get(noun.group, [])
        if noun.group in _ONE_AT_A_TIME or not (before or has_name):
            return known[-1][1] if known else None
        exact = [person for titles, person in known if titles == before]
        wider = [person for titles, person in known if before and before < titles]
        other = [person for titles, person in known if not titles or titles & before]
        return next(iter([*exact[-1:], *wider[-1:], *other[-1:]]), None)


# Whoever speaks for a body is one person within an article: `the Acme spokesman`.
_ONE_AT_A_TIME = frozenset({"spokesperson"})
_GENERIC_BODIES = frozenset(
    {
        "organization",
        "group",
        "agency",
        "body",
        "company",
        "firm",
        "newspaper",
        "paper",
        "outlet",
        "watchdog",
        "charity",
        "movement",
        "party",
        "broadcaster",
        "magazine",
        "network",
    }
)


def _abbreviates(acronym: str, name: str) -> bool:
    """Tell whether the letters of an acronym are those of a name, in order.

    Each capital begins a word of the name: `WHO` is no short form of `Health Organization`.
    """
    position = 0
    lowered = name.lower()
    for letter in (character for character in acronym if character.isalnum()):
        while position >= 0:
            position = lowered.find(letter.lower(), position)
            if position < 0:
                return False
            position += 1
            if letter.islower() or position == 1 or not lowered[position - 2].isalnum():
                break
    return lowered[:1] == acronym[:1].lower() and len(name) > len(acronym)


def mentions_inside(mentions: Sequence[Mention], span: tuple[int, int]) -> list[int]:
    """Return the indices of the mentions within a span; mentions are in the order of the text."""
    first = bisect_left(mentions, span[0], key=lambda mention: mention.char_start)
    last = bisect_left(mentions, span[1], key=lambda mention: mention.char_start)
    return [index for index in range(first, last) if mentions[index].char_end <= span[1]]


def _titles(text: str, mention: Mention, start: int, end: int) -> list[tuple[str, frozenset[str]]]:
    """Return the words that introduce a person, before the name or set off behind it.

    Each comes with the words before it that tell it from others: `foreign` of `minister`.
    """
    known = _title_words()
    before = text[max(start, mention.char_start - _TITLE_REACH) : mention.char_start]
    cut = max((before.rfind(mark) for mark in ';:.!?“”"'), default=-1)
    comma = before.rstrip().rfind(",")
    if comma >= 0 and comma < len(before.rstrip()) - 1:
        cut = max(cut, comma)
    after = text[mention.char_end : min(end, mention.char_end + _TITLE_REACH)]
    apposed = after[1:].split(",")[0] if after.startswith(",") else ""
    found = []
    for piece, is_before in ((before[cut + 1 :], True), (apposed, False)):
        words = [word.lower() for word in _WORD.findall(piece)]
        for position, word in enumerate(words):
            if word not in known:
                continue
            if is_before and not _NOT_IN_TITLES.isdisjoint(words[position + 1 :]):
                continue
            found.append(_post(words, position))
    return found


@cache
def _title_words() -> frozenset[str]:
    """Return the words that tell something of a person beside the name."""
    return frozenset(source_nouns()) | speech_words("male") | speech_words("female")


def _post(words: Sequence[str], position: int) -> tuple[str, frozenset[str]]:
    """Return the noun of a post and the words right before it: `prime minister` is a premier."""
    first = position
    stops = _POST_STOPS
    while first and words[first - 1] not in stops:
        first -= 1
    before = frozenset(words[first:position])
    if words[position] == "minister" and "prime" in before:
        return "premier", before - {"prime"}
    return words[position], before


def _head_mention(
    text: str, mentions: Sequence[Mention], inside: list[int], span: tuple[int, int]
) -> int | None:
    """Return the mention that a phrase is about: at its end, or before `of`, `from` and the like.

    A name that only completes a description (`residents of Kabul`) or owns something (`Kabul’s
    mayor`) is not what the phrase is about.
    """
    prepositions, press = speech_words("preposition"), speech_words("press")
    for index in inside:
        mention = mentions[index]
        if mention.type not in _SOURCES:
            continue
        if text[mention.char_end : mention.char_end + 2] in {"’s", "'s", "’ ", "' "}:
            continue
        before = _WORD.findall(text[span[0] : mention.char_start])
        if _is_complement(before, is_person=mention.type is EntityType.PERSON):
            continue
        rest = _WORD.findall(text[mention.char_end : span[1]].lower())
        if not rest or text[mention.char_end : span[1]].lstrip().startswith("("):
            return index
        is_head = rest[0] in prepositions or all(word in press for word in rest)
        if is_head and mention.type is not EntityType.NORP:
            return index
    return None


def _is_complement(before: list[str], *, is_person: bool) -> bool:
    """Tell whether the words before a name make it part of a description: `residents of`.

    Titles (`spokesman for Foreign Minister`) may stand between, unless the preposition is part of
    the title itself (`Secretary of State`); a small word (`spokesman for the government`) before
    the name means that the preposition had another object.
    """
    position = len(before) - 1
    while position > 0 and (
        before[position][0].isupper()
        or before[position].lower() in speech_words("determiner")
        or not (is_person or before[position].lower() in speech_words("preposition"))
    ):
        position -= 1
    if position <= 0 or before[position].lower() not in speech_words("preposition"):
        return False
    if is_person and before[position].lower() == "of" and position < len(before) - 1:
        return False
    return any(word.lower() in source_nouns() for word in before[:position])


def _head_noun(text: str, span: tuple[int, int]) -> Head | None:
    """Return what a description is about: the last word before the first preposition."""
    words = [(m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(text, *span)]
    first = 0
    while first < len(words) and words[first][2] in _LEADING:
        first += 1
    is_definite = first > 0 and words[first - 1][2] == "the"
    words = words[first:]
    if not words:
        return None
    head = next(
        (
            position - 1
            for position, word in enumerate(words)
            if word[2] in speech_words("preposition")
        ),
        len(words) - 1,
    )
    rest = words[:]
    if head > 0 and words[head][2].endswith(("ed", "en", "ing")):
        del rest[head]  # "figures released by …"
        head -= 1
    if head < 0:
        return None
    lowered = [word[2] for word in words[: head + 1]]
    noun = source_nouns().get(lowered[-1])
    if any(word[2] in speech_words("finite") or word[2] in _REPORTED for word in rest):
        return None
    start, end = words[0][0], span[1]
    if noun is None or end - start > _LONGEST:
        return None
    name, before = _post(lowered, head)
    noun = source_nouns().get(name, noun)
    is_whole = head == len(words) - 1
    return Head(noun, is_definite and is_whole, start, end, before, words[head][1])


def _owner(text: str, mentions: Sequence[Mention], head: Head) -> int | None:
    """Return the name whose a document is: `X’s report`, `X report`, `a report of X`.

    What a document is about, or where it stands (`a study in the Lancet`), does not own it.
    """
    for index in mentions_inside(mentions, (head.start, head.end)):
        mention = mentions[index]
        if mention.type not in _SOURCES - {EntityType.NORP}:
            continue
        words = _WORD.findall(text[head.after : mention.char_start].lower())
        small = [word for word in words if word not in _LEADING]
        is_place = mention.type is EntityType.GPE and small[-1:] == ["of"]
        if mention.char_end <= head.after or (small[-1:] and small[-1] in _OWNING and not is_place):
            return index
    return None


def _made_by(text: str, head: Head) -> Reference | None:
    """Return who made a document where it is a description: `estimates given by officials`."""
    match = re.search(r"\b(?:by|from)\s", text[head.after : head.end])
    if match is None:
        return None
    made = _head_noun(text, (head.after + match.end(), head.end))
    if made is None or made.noun.kind not in {"people", "person", "body"}:
        return None
    return Reference(text=text[made.start : made.end])


@cache
def _published() -> re.Pattern[str]:
    """Pattern, behind a name, of the document that it published: `X released a new report`."""
    nouns = {word for word, noun in source_nouns().items() if noun.kind == "document"}
    made = "|".join(sorted(speech_words("compiled")))
    documents = "|".join(sorted(map(re.escape, nouns), key=lambda noun: (-len(noun), noun)))
    return re.compile(
        rf"\s(?:has\s|had\s)?(?:{made})\s(?:an?|its|their|his|her|the)\s"
        rf"(?:[\w-]+\s){{0,3}}?(?P<noun>{documents})\b"
    )


def _is_small(text: str, word: tuple[int, int, str]) -> bool:
    """Tell whether a word is not written in capitals: `it`, not `IT`."""
    return not text[word[0] : word[1]].isupper()


# Past tenses: a phrase with one is a clause.
_REPORTED = frozenset(verb for verb in attributing_verbs() if verb.endswith("ed")) | {
    "said",
    "told",
}
_LEADING = (
    speech_words("determiner") | speech_words("auxiliary") | {"earlier", "later", "according"}
)
_POST_STOPS = _LEADING | speech_words("preposition") | _NOT_IN_TITLES
