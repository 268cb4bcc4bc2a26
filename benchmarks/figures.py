"""Score the archive's figures on the sentences in `figures.txt`.

    python benchmarks/figures.py [--held] [--errors]

Every third sentence is held back: its errors are shown only with `--held`, after the rules are
written. A figure is right in `span` where its characters are, in `value` where low, high and
modifier agree as well, and in unit, measure and status where these agree on top of the value.
"""

import argparse
import math
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from archive.extraction.figures import find_figures
from archive.records import Figure, Modifier

SENTENCES = Path(__file__).with_name("figures.txt")
PREFIXES = (
    (">=", Modifier.AT_LEAST),
    ("<=", Modifier.AT_MOST),
    (">", Modifier.MORE_THAN),
    ("<", Modifier.LESS_THAN),
    ("a", Modifier.ABOUT),
    ("n", Modifier.NEARLY),
    ("v", Modifier.VAGUE),
)
ROWS = ("span", "value", "value+unit", "value+measure", "value+status")


class Expected(NamedTuple):
    """A figure as the file gives it."""

    text: str
    low: float | None
    high: float | None
    modifier: Modifier
    unit: str | None
    measure: str | None
    status: str


def read_value(cell: str) -> tuple[float | None, float | None, Modifier]:
    """Bounds and modifier of a cell: `5`, `>5`, `5..7`, `v24`."""
    if ".." in cell:
        low, high = cell.split("..")
        return float(low), float(high), Modifier.BETWEEN
    prefix, modifier = next(
        (pair for pair in PREFIXES if cell.startswith(pair[0])), ("", Modifier.EXACT)
    )
    value = float(cell.removeprefix(prefix))
    low_open = modifier in (Modifier.AT_MOST, Modifier.LESS_THAN)
    high_open = modifier in (Modifier.AT_LEAST, Modifier.MORE_THAN, Modifier.VAGUE)
    return None if low_open else value, None if high_open else value, modifier


def read_sentences() -> list[tuple[str, list[Expected]]]:
    """Sentences of the file with their figures, in order."""
    found = []
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        sentence, _, answers = line.partition("||")
        figures = []
        for answer in filter(None, map(str.strip, answers.split(" ; "))):
            text, _, cells = answer.rpartition(" = ")
            value, unit, *rest = cells.split()
            measure = rest[0] if rest and rest[0] != "-" else None
            figures.append(
                Expected(
                    text,
                    *read_value(value),
                    None if unit == "-" else unit.replace("_", " "),
                    measure,
                    rest[1] if len(rest) > 1 else "reported",
                )
            )
        found.append((sentence.strip(), figures))
    return found


def same(left: float | None, right: float | None) -> bool:
    """Tell whether two bounds agree; open ends agree with open ends."""
    if left is None or right is None:
        return left is right
    return math.isclose(left, right, rel_tol=1e-5)


def agreement(want: Expected, got: Figure) -> dict[str, bool]:
    """In which rows a figure with the right span is right."""
    value = same(want.low, got.low) and same(want.high, got.high) and want.modifier is got.modifier
    return {
        "span": True,
        "value": value,
        "value+unit": value and want.unit == got.unit,
        "value+measure": value and want.measure == got.measure,
        "value+status": value and want.status == got.status.value,
    }


def score(part: list[tuple[str, list[Expected]]], *, errors: bool) -> dict[str, float]:
    """F1 of each row over the sentences of one part."""
    hits: Counter[str] = Counter()
    wanted = found = 0
    for sentence, expected in part:
        figures = find_figures(sentence)
        wanted += len(expected)
        found += len(figures)
        left = list(figures)
        for want in expected:
            match = next((figure for figure in left if figure.text == want.text), None)
            if match is None:
                if errors:
                    print(f"missed  {want.text!r} in {sentence}: {[f.text for f in figures]}")
                continue
            left.remove(match)
            rows = agreement(want, match)
            hits.update(row for row, right in rows.items() if right)
            wrong = [row for row, right in rows.items() if not right]
            if wrong and errors:
                got = (match.low, match.high, match.modifier.value, match.unit, match.measure)
                print(f"{wrong} {want.text!r} in {sentence}: {(*got, match.status.value)}")
        for figure in left if errors else ():
            print(f"extra   {figure.text!r} in {sentence}")
    return {row: 200 * hits[row] / (wanted + found) for row in ROWS}


def main() -> None:
    """Print the scores of both parts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--held", action="store_true", help="show the errors of the held part too")
    parser.add_argument("--errors", action="store_true", help="show the errors")
    arguments = parser.parse_args()
    sentences = read_sentences()
    parts = {
        "written for": [s for number, s in enumerate(sentences) if number % 3 != 2],
        "held back": sentences[2::3],
    }
    for name, part in parts.items():
        shown = arguments.held if name == "held back" else arguments.errors
        scores = score(part, errors=shown)
        print(f"{name} ({len(part)} sentences): ", end="")
        print(", ".join(f"{row} {value:.1f}" for row, value in scores.items()))


if __name__ == "__main__":
    main()
