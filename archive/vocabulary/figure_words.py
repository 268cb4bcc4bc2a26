"""Words that steer the reading of figures, by role, from the table `figure_words`."""

from functools import cache

from archive.vocabulary.tables import read_table


@cache
def figure_words(role: str) -> frozenset[str]:
    """Words of one role.

    Closed classes: `determiner`, `pronoun`, `preposition` (with conjunctions and adverbs that end
    a noun phrase). Beside a number: `per_noun` (`a barrel`), `time_word`, `era`, `score_word`,
    `street`, `rank` (`top 10`), `no_unit` (after a hyphen: `two-way`), `doubtful_money` (`won`),
    `spaced_symbol` (units of one letter that stand off), `before_longer` (`for` in `for over a
    year`).
    """
    return frozenset(row["word"] for row in read_table("figure_words") if row["role"] == role)


@cache
def rate_adverbs() -> dict[str, str]:
    """The time that an adverb divides by: `daily` is per day."""
    return {
        row["word"]: row["value"]
        for row in read_table("figure_words")
        if row["role"] == "rate_adverb"
    }
