"""Words per second of the archive's figures and of quantulum3, in one run on one core.

    python benchmarks/figures_speed.py NEWS.csv … [--paragraphs N]

reads the column `text` of each CSV, one paragraph a line. The archive reads every paragraph,
quantulum3 (a pip package, without its optional classifier) the first N of a fixed shuffle, since
it takes minutes for what takes a second here.
"""

import argparse
import csv
import random
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from archive.extraction.figures import find_figures


def paragraphs(paths: Sequence[Path]) -> list[str]:
    """The lines that are not blank, in a fixed random order."""
    csv.field_size_limit(sys.maxsize)
    found = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found += [line for line in row["text"].splitlines() if line.strip()]
    random.Random(0).shuffle(found)
    return found


def words_per_second(find: Callable[[str], object], texts: list[str]) -> float:
    """Words (runs of characters that are no space) per second of processor time."""
    begin = time.process_time()
    for text in texts:
        find(text)
    return sum(len(text.split()) for text in texts) / (time.process_time() - begin)


def main() -> None:
    """Print both speeds and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("news", type=Path, nargs="+")
    parser.add_argument("--paragraphs", type=int, default=200)
    arguments = parser.parse_args()
    texts = paragraphs(arguments.news)
    find_figures("One warm-up of 5 km loads the vocabularies.")
    own = words_per_second(find_figures, texts)
    print(f"archive     {own:>10,.0f} words/s over {len(texts)} paragraphs")
    warnings.simplefilter("ignore")
    from quantulum3 import parser as quantulum  # noqa: PLC0415 - optional, and slow to load

    quantulum.parse("One warm-up of 5 km.")
    sample = texts[: arguments.paragraphs]
    other = words_per_second(quantulum.parse, sample)
    print(f"quantulum3  {other:>10,.0f} words/s over {len(sample)} paragraphs")
    print(f"ratio       {own / other:>10,.0f}")


if __name__ == "__main__":
    main()
