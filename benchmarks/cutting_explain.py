"""Shows why a document was cut as it was: every decision, its chance, and what spoke for it.

    python benchmarks/cutting_explain.py FILE [--signals 8]

One line for each decision of the cutter: line number, question, chance of a yes, the line; below
it the signals with the largest shares, weight times value.
"""

import argparse
from pathlib import Path

from archive.reading import read, records
from archive.records import Metadata
from archive.segmenting.evidence import Signals
from archive.segmenting.lines import split_lines
from archive.segmenting.stories import place_lines
from archive.vocabulary.story_model import probability, weights


def main() -> None:
    """Cut the document and print each decision."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--signals", type=int, default=8, help="print so many for each decision")
    options = parser.parse_args()
    (record,) = records(str(options.file), options.file, Metadata())
    text = read(record).text
    lines = split_lines(text)

    def shown(model: str, signals: Signals, index: int) -> float:
        chance = probability(model, signals)
        line = lines[index]
        print(f"{text.count(chr(10), 0, line.start) + 1}: {model} {chance:.2f}  {line.text[:80]}")
        shares = {name: weights(model).get(name, 0.0) * signals[name] for name in signals}
        largest = sorted(shares, key=lambda name: -abs(shares[name]))[: options.signals]
        print("    " + ", ".join(f"{name} {shares[name]:+.2f}" for name in largest))
        return chance

    place_lines(lines, shown)


if __name__ == "__main__":
    main()
