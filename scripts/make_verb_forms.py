"""Make `seeds/reference/verb_forms.csv` (development only).

    python scripts/make_verb_forms.py

needs the packages lemminflect (inflections of the SPECIALIST Lexicon of the US National Library
of Medicine) and wordfreq (how common a form is). A verb is listed where its past tense or its
`-ing` form is common; `noun` says which of its forms are also nouns (`reports`, `killing`), so
that a reader of noun phrases knows which forms can end one only with more evidence.
"""

import csv
from pathlib import Path

from lemminflect import getAllInflections, getAllLemmas
from wordfreq import top_n_list, zipf_frequency

OUT = Path(__file__).parents[1] / "seeds" / "reference" / "verb_forms.csv"
SOURCE = "SPECIALIST Lexicon (US National Library of Medicine), through lemminflect (MIT)"
COMMON = 2.9  # Zipf scale: about 0.8 occurrences in a million words
TAGS = {"third": "VBZ", "past": "VBD", "participle": "VBN", "ing": "VBG"}


def candidate_lemmas() -> list[str]:
    """Lemmas of every verb form among the 40,000 most common words."""
    found = set()
    for word in top_n_list("en", 40_000):
        if word.isalpha() and word.isascii():
            found.update(getAllLemmas(word).get("VERB", ()))
    return sorted(found | measure_verbs())


def measure_verbs() -> set[str]:
    """Verbs that tell a measure; they are listed however rare they are."""
    with (OUT.parent / "measure_words.csv").open(encoding="utf-8", newline="") as file:
        return {row["word"] for row in csv.DictReader(file) if row["use"] in ("object", "subject")}


def forms_of(lemma: str, least: float) -> dict[str, str] | None:
    """The forms of a common verb, the most common spelling of each; None for a rare one."""
    inflections = getAllInflections(lemma, upos="VERB")
    inflections.setdefault("VBN", inflections.get("VBD", ()))  # regular verbs list one for both
    if not inflections["VBN"] or any(tag not in inflections for tag in TAGS.values()):
        return None
    forms = {
        name: max(inflections[tag], key=lambda form: zipf_frequency(form, "en"))
        for name, tag in TAGS.items()
    }
    if max(zipf_frequency(forms["past"], "en"), zipf_frequency(forms["ing"], "en")) < least:
        return None
    return forms


def main() -> None:
    """Write one row per verb, by lemma."""
    with OUT.open("w", encoding="utf-8", newline="") as file:
        measured = measure_verbs()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["verb", *TAGS, "noun", "source"])
        for lemma in candidate_lemmas():
            forms = forms_of(lemma, 0 if lemma in measured else COMMON)
            if forms is None:
                continue
            nouns = [
                form
                for form in dict.fromkeys([lemma, *forms.values()])
                if "NOUN" in getAllLemmas(form)
            ]
            writer.writerow([lemma, *forms.values(), "|".join(nouns), SOURCE])


if __name__ == "__main__":
    main()
