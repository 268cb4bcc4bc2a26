"""Write predictions for a NewsQuant-format file, in its conventions.

    python benchmarks/newsquant.py GOLD.json > predictions.jsonl

One JSON object a line: {"text", "quantities": [{"value", "unit", "change", "concept"}]}. NewsQuant
(Almasian et al., "CQE: A Comprehensive Quantity Extractor", EMNLP 2023) differs from the archive:

- it counts `one of the` and numbers that refer back, so `find_numbers` is asked, not
  `find_figures`;
- units are names of currencies and the whole noun phrase that is counted, also for people;
- a change from one value to another is one range, and a vague numeral is a range up to ten times
  its base;
- concepts are written without possessives;
- `p` after a price is a point, ages are in years of age, shares are `%` of a noun.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from archive.extraction.figures.finder import find_numbers
from archive.extraction.figures.hedges import is_bounding_verb
from archive.extraction.figures.phrases import (
    DETERMINERS,
    counted_phrase,
    governing_subject,
    skip_of,
)
from archive.extraction.figures.tokens import Tokens
from archive.records import Figure, FigureKind, Modifier
from archive.vocabulary.modality import trend_words
from archive.vocabulary.nouns import singular
from archive.vocabulary.numbers import number_words
from archive.vocabulary.units import unit_words

CHANGES = {
    Modifier.MORE_THAN: ">",
    Modifier.AT_LEAST: ">",
    Modifier.LESS_THAN: "<",
    Modifier.AT_MOST: "<",
    Modifier.ABOUT: "~",
    Modifier.NEARLY: "~",
}
NAMES = {
    "percent": "percentage",
    "USD": "dollar",
    "GBP": "pound sterling",
    "ILS": "shekel",
    "pound": "pound-mass",
    "pound-foot": "foot pound-force",
    "milliampere hour": "milliampere-hour",
    "million British thermal units": "mega british thermal unit",
    "gigatonne": "gigaton",
    "revolution per minute": "revolutions per minute",
}


def unit_name(figure: Figure, text: str) -> str:
    """The unit in NewsQuant's words."""
    if figure.kind is FigureKind.AGE:
        return "year of age"
    name = figure.unit_name
    if name is None:
        noun = counted_noun(figure, text)
        if noun.split(" ")[:1] == ["times"]:
            noun = "time"
        if figure.rule == "figure:fraction":
            return f"% {noun or '-'}"
        if noun == "time" or figure.rule == "figure:multiple":
            noun = "count"
        return (noun or "-") + (f" per {figure.per}" if figure.per and noun else "")
    if name == "penny" and figure.text.rstrip().endswith("p"):
        name = "point"
    if figure.kind is FigureKind.MONEY and name.isupper():
        name = NAMES.get(name) or currency_name(name)
    name = NAMES.get(name, name).removeprefix("degree ")
    per = NAMES.get(figure.per or "", figure.per)
    return name + (f" per {per}" if per else "")


def currency_name(code: str) -> str:
    """The full name of a currency, in the singular: `australian dollar`."""
    names = [words for words, unit in unit_words().items() if unit == code]
    return min(names, key=lambda name: (-name.count(" "), len(name)))


def counted_noun(figure: Figure, text: str) -> str:
    """The noun phrase after a number, its last word in the singular."""
    if figure.char_end < len(text) and figure.text[-1:].isalpha() and "-" in figure.text:
        return figure.unit or ""
    tokens = Tokens(text, figure.char_end, len(text))
    start = skip_of(tokens, 0)
    if tokens.lows[start] in DETERMINERS:
        start += 1
    phrase = counted_phrase(tokens, start, one=figure.value == 1 and tokens.lows[0] != "of")
    if phrase is None and figure.unit is not None and not figure.text.endswith("s"):
        phrase = counted_phrase(tokens, start, one=True)
    if phrase is None:
        return figure.unit if figure.unit not in (None, "person") else ""
    words = [
        tokens.texts[at].removesuffix("'s").removesuffix("’s")
        for at in range(phrase.start, phrase.end)
        if tokens.lows[at] != "and"
    ]
    last = words[-1]
    words[-1] = "people" if last == "people" else singular(last)
    return " ".join(words).replace(" - ", "-")


def value_of(figure: Figure) -> float | list[float]:
    """One number, or the ends of a range."""
    if figure.modifier is Modifier.BETWEEN and figure.low is not None and figure.high is not None:
        return [figure.low, figure.high]
    if figure.modifier is Modifier.VAGUE and figure.low is not None:
        first = figure.text.split()[0].lower()
        dozens = number_words("vague").get(first)
        base = figure.low / 2 if dozens else figure.low
        return [base, base * 10]
    return figure.value if figure.value is not None else float(figure.low or figure.high or 0)


def change_of(figure: Figure, text: str) -> str:
    """NewsQuant's sign: the direction of a change before approximations, no nouns of change."""
    trend = figure.trend
    after = re.match(r"\s+(\w+)", text[figure.char_end :])
    if trend and (
        (after and after[1].lower() in trend_words("noun") | trend_words("adverb"))
        or text[: figure.char_start].rstrip().endswith(" of")
        or figure.modifier is Modifier.BETWEEN
    ):
        trend = None
    sign = CHANGES.get(figure.modifier, "=")
    if sign == ">" and is_bounding_verb(figure.text.split()[0].lower()):
        sign = "="  # the verb in `exceeded 100` is no hedge there
    if figure.modifier is Modifier.BETWEEN and figure.text[:1] in "~≈":
        sign = "~"
    return trend or sign if sign in "~=" else sign


def concept_of(figure: Figure, text: str) -> str:
    """NewsQuant's concept: the subject, for measures with what is measured."""
    start, end = figure.sentence_start, figure.char_start
    tokens = Tokens(text, start, end)
    span = governing_subject(tokens, len(tokens))
    subject = text[tokens.starts[span[0]] : tokens.ends[span[1] - 1]] if span else ""
    if figure.kind in (FigureKind.COUNT, FigureKind.DURATION):
        return subject
    counted = figure.counted or ""
    return f"{counted} {subject}" if subject not in counted else counted


def merged(figures: list[Figure], text: str) -> list[dict[str, Any]]:
    """Predictions for one text; `from A to B` becomes one range."""
    found: list[dict[str, Any]] = []
    previous: Figure | None = None
    for figure in figures:
        if figure.rule == "figure:multiple" and not figure.text[-5:].lower().startswith("times"):
            continue
        row: dict[str, Any] = {
            "value": value_of(figure),
            "unit": unit_name(figure, text),
            "change": change_of(figure, text),
            "concept": re.sub(r"['’]s\b", "", concept_of(figure, text)),
        }
        if previous is not None and is_change(text, previous, figure) and found:
            row["value"] = [found[-1]["value"], row["value"]]
            row["change"] = "="
            row["concept"] = found[-1]["concept"]
            found[-1] = row
        else:
            found.append(row)
        previous = figure
    return found


def is_change(text: str, first: Figure, second: Figure) -> bool:
    """Tell whether two figures are the ends of `from A to B`."""
    return (
        text[first.char_end : second.char_start].strip() == "to"
        and text[: first.char_start].rstrip().endswith("from")
        and first.value is not None
        and second.value is not None
    )


def main(gold: Path) -> None:
    """Write one line per text of the file."""
    for entry in json.loads(gold.read_text(encoding="utf-8")):
        text = entry["text"]
        print(json.dumps({"text": text, "quantities": merged(find_numbers(text), text)}))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/newsquant.py GOLD.json > predictions.jsonl")
    main(Path(sys.argv[1]))
