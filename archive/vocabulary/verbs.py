"""Forms of the common English verbs, from the table `verb_forms`."""

from functools import cache

from archive.vocabulary.figure_words import figure_words
from archive.vocabulary.tables import read_table, split_values

AUXILIARIES = figure_words("auxiliary")
"""Forms of `be`, `have`, `do` and the modal verbs (Quirk et al. 1985, 3.21-3.52)."""


@cache
def lemmas() -> dict[str, str]:
    """The verb that each form belongs to, in small letters; `left` is of `leave`."""
    found: dict[str, str] = {}
    for row in read_table("verb_forms"):
        for column in ("third", "past", "participle", "ing"):
            found.setdefault(row[column], row["verb"])
    for row in read_table("verb_forms"):
        found.setdefault(row["verb"], row["verb"])
    found.update(dict.fromkeys(("are", "were", "am"), "be"))
    return found


@cache
def participles() -> dict[str, str]:
    """The past participle of each verb."""
    return {row["verb"]: row["participle"] for row in read_table("verb_forms")}


@cache
def past_forms() -> frozenset[str]:
    """Past tenses and participles, without those that are nouns too (`shot`, `cut`)."""
    found: set[str] = set()
    for row in read_table("verb_forms"):
        nouns = set(split_values(row["noun"]))
        found.update({row["past"], row["participle"]} - nouns)
    return frozenset(found)


@cache
def plain_verbs() -> frozenset[str]:
    """Every form that is no noun: a noun phrase cannot go on with it (but for participles)."""
    found: set[str] = set()
    for row in read_table("verb_forms"):
        nouns = set(split_values(row["noun"]))
        forms = {row["verb"], row["third"], row["past"], row["participle"], row["ing"]}
        found.update(forms - nouns)
    return frozenset(found) | AUXILIARIES
