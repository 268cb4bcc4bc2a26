"""Write predictions for a NewsQuant-format file, in its conventions.

    python benchmarks/newsquant.py GOLD.json > predictions.jsonl

One JSON object a line: {"text", "quantities": [{"value", "unit", "change", "concept"}]}. NewsQuant
(Almasian et al., "CQE: A Comprehensive Quantity Extractor", EMNLP 2023) differs from the archive:

- it counts `one of the` and numbers that refer back, so `find_numbers` is asked, not
  `find_figures`;
- units are names of currencies and the whole noun phrase that is counted, also for people;
- a change from one value to another is one range, and a vague numeral is a range up to ten times
  its base;
- `p` after a price is a point, ages are in years of age, shares are `%` of a noun.
"""

import json
import sys
from pathlib import Path
from typing import Any

from archive.extraction.figures.finder import find_numbers
from archive.extraction.figures.phrases import counted_phrase, skip_of
from archive.extraction.figures.tokens import Tokens
from archive.records import Figure, FigureKind, Modifier
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
NAMES = {"percent": "percentage", "USD": "dollar", "GBP": "pound sterling", "ILS": "shekel"}


def unit_name(figure: Figure, text: str) -> str:
    """The unit in NewsQuant's words."""
    if figure.kind is FigureKind.AGE:
        return "year of age"
    name = figure.unit_name
    if name is None:
        noun = counted_noun(figure, text)
        if figure.rule == "figure:fraction":
            return f"% {noun or '-'}"
        if noun in ("", "time"):
            return "count" if noun or figure.rule == "figure:multiple" else "-"
        return noun + (f" per {figure.per}" if figure.per else "")
    if name == "penny" and figure.text.rstrip().endswith("p"):
        name = "point"
    if figure.kind is FigureKind.MONEY and name.isupper():
        name = NAMES.get(name) or currency_name(name)
    name = NAMES.get(name, name).removeprefix("degree ")
    per = figure.per
    return name + (f" per {per}" if per else "")


def currency_name(code: str) -> str:
    """The longest name of a currency without its plural: `australian dollar`."""
    names = [words for words, unit in unit_words().items() if unit == code]
    return min(max(names, key=len).rsplit(" ", 1)[-1:] and names, key=lambda n: (-n.count(" "), len(n)))


def counted_noun(figure: Figure, text: str) -> str:
    """The noun phrase after a number, its last word in the singular."""
    if figure.char_end < len(text) and figure.text[-1:].isalpha() and "-" in figure.text:
        return figure.unit or ""
    tokens = Tokens(text, figure.char_end, len(text))
    one = figure.value == 1 and tokens.lows[0] != "of"
    phrase = counted_phrase(tokens, skip_of(tokens, 0), one=one)
    if phrase is None:
        return figure.unit if figure.unit not in (None, "person") else ""
    words = [tokens.texts[at] for at in range(phrase.start, phrase.end)]
    last = words[-1]
    words[-1] = "people" if last == "people" else singular(last)
    return " ".join(words)


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


def change_of(figure: Figure) -> str:
    """NewsQuant's sign: bounds first, then the direction of a change."""
    return CHANGES.get(figure.modifier) or figure.trend or "="


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
            "change": change_of(figure),
            "concept": figure.counted or "",
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
