"""The measures: what can happen to what a figure counts, and the words that tell it.

Tables: `measures` (name, definition, what it counts) and `measure_words` (word, use, measure);
forms of verbs come from `verb_forms`.
"""

from functools import cache

from archive.vocabulary.tables import read_table, split_values
from archive.vocabulary.verbs import lemmas


def measure_rows() -> tuple[tuple[str, str], ...]:
    """Name and definition of each measure, in the order of the table."""
    return tuple((row["name"], row["definition"]) for row in read_table("measures"))


@cache
def measure_words(use: str) -> dict[str, str]:
    """Measure of each word of one use, in small letters.

    Uses: `object` (verbs that do something to what is counted: `deport`), `subject` (verbs whose
    subject is counted: `flee`), `phrasal` (a verb and its particle: `take in`), `noun` (`death`),
    `predicate` (`dead`), `bearer` (nouns for those it happened to: `detainee`). Verbs of the
    first two are listed in every form.
    """
    words = {
        row["word"]: row["measure"] for row in read_table("measure_words") if row["use"] == use
    }
    if use not in {"object", "subject"}:
        return words
    return {form: words[lemma] for form, lemma in lemmas().items() if lemma in words}


@cache
def measures_counting(what: str) -> frozenset[str]:
    """Measures that can hold of `people`, `things` or `money`."""
    return frozenset(
        row["name"] for row in read_table("measures") if what in split_values(row["counts"])
    )
