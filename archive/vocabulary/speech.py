"""Words of reported speech: the verbs that introduce it and the nouns that stand for a source.

`reporting_verbs.csv` and `recording_verbs.csv` give each verb with its forms and what it
introduces: `clause` (`said
that …`), `addressee` (a clause after the person told: `told reporters that …`), `object` (an
object, or a clause after `that`: `announced a plan`, `found that …`), `measure` (an object that
is measured: `put the toll at 5`), `count` (an object that is counted: `recorded 5 cases`), `toll`
(a count that is brought up to date: `raised the toll to 5`), `quote` (only quoted words: `replied`,
`described it as “…”`), `disputed` beside
another (what is reported is a claim that others deny: `alleged that …`).
"""

from dataclasses import dataclass
from functools import cache

from archive.vocabulary.tables import read_table, split_values


@cache
def reporting_verbs() -> dict[str, frozenset[str]]:
    """Return what each form of a reporting verb introduces; keys are in small letters."""
    return _introduced("reporting_verbs")


@cache
def attributing_verbs() -> dict[str, frozenset[str]]:
    """Return the same with the verbs whose subject is the source of a number without speaking.

    `recorded 40 cases` and `raised the toll to 5` are told by their subject; `record` and `raise`
    introduce no speech.
    """
    found = dict(_introduced("recording_verbs"))
    for form, introduces in reporting_verbs().items():
        found[form] = found.get(form, frozenset()) | introduces
    return found


def _introduced(table: str) -> dict[str, frozenset[str]]:
    """Return what each form of the verbs of a table introduces."""
    found: dict[str, frozenset[str]] = {}
    for row in read_table(table):
        introduces = frozenset(split_values(row["introduces"]))
        for form in (row["verb"], *split_values(row["forms"])):
            found[form] = found.get(form, frozenset()) | introduces
    return found


def is_reporting_verb(word: str) -> bool:
    """Tell whether `word`, in small letters, is a form of a reporting verb."""
    return word in reporting_verbs()


@cache
def elisions() -> frozenset[str]:
    """Return words that are written with an apostrophe before them, in small letters."""
    return frozenset(row["word"] for row in read_table("elisions"))


@dataclass(frozen=True, slots=True)
class SourceNoun:
    """A common noun that can stand for whoever said something.

    `kind` is `person`, `people`, `body` or `document`; `group` joins nouns for one office
    (`spokesman`, `spokesperson`).
    """

    kind: str
    group: str
    is_plural: bool


@cache
def source_nouns() -> dict[str, SourceNoun]:
    """Return the nouns that can stand for a source, singular and plural, in small letters."""
    found: dict[str, SourceNoun] = {}
    for row in read_table("person_nouns"):
        found[row["noun"]] = SourceNoun("person", row["noun"], False)
    for row in read_table("source_nouns"):
        found[row["noun"].lower()] = SourceNoun(
            row["class"], row["group"], row["class"] == "people"
        )
    for noun, meaning in list(found.items()):
        found.setdefault(_plural(noun), SourceNoun(meaning.kind, meaning.group, True))
    return found


def _plural(noun: str) -> str:
    """Return the regular plural of a noun, `-men` for `-man`."""
    if noun.endswith("man"):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun + "s"


@cache
def speech_words(role: str) -> frozenset[str]:
    """Return the words of one role around a reporting verb, such as `determiner` or `negation`."""
    return frozenset(row["word"] for row in read_table("speech_words") if row["role"] == role)
