"""Words that steer the reading of figures, by role, from the table `figure_words`."""

from functools import cache

from archive.vocabulary.tables import read_table


@cache
def figure_words(role: str) -> frozenset[str]:
    """Words of one role.

    Closed classes: `determiner`, `pronoun`, `auxiliary`, `be`, `preposition` (with conjunctions and
    adverbs that end a noun phrase), `clause_word`. Beside a number: `per_noun` (`a barrel`),
    `time_word`, `era`, `score_word`, `street`, `rank` (`top 10`), `no_unit` (after a hyphen:
    `two-way`), `spaced_symbol` (units of one letter that stand off), `before_longer` (`for` in
    `for over a year`), `joining` (`two guards and one fighter`), `of_comparison`, `before_half`.
    Of money: `doubtful_money` (`won`), `shared_currency` (`rupee`), `money_word`. Of what is
    counted: `of_people` (units that people's measures hold of), `guest`, `head_count`,
    `case_word`, `thing_ending`. Around verbs: `light_adverb`, `leads_to_predicate`,
    `before_object`, `in_subject`, `place_preposition`, `period_adverb`, `status_noun`,
    `list_joint` (between items of a list), `claimed_thing` (`claimed responsibility`). Numbers that
    count nothing: `quake`, `index_noun`, `age_verb` (`died at 95`), `race_word`, `timed` (`time
    of`). More of what is counted: `counts_people` (`death`), `of_forces`, `population`, `supply`
    (`homes without power`), `tally` (`number of`).
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
