"""The documents that the network learns from: open sets, stories, labels, what rules say of news.

All are read where they lie; nothing is copied into the project.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.extraction.names import recognizer
from training.names.check_data import HERE, read_labels, read_stories

_SURE = 0.6  # score from which what the rules find is taken for right


@dataclass(frozen=True, slots=True)
class Document:
    """A labelled text.

    `spans` are (start, end, label) and `missing` (start, end) where nothing is known, in
    characters of `text`. `source` tells where it is from, `weight` what a word of it counts.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...]
    missing: tuple[tuple[int, int], ...]
    source: str
    weight: float = 1.0
    complete: tuple[str, ...] = ()


def open_sets(folder: Path, split: str) -> Iterator[Document]:
    """Documents of `<folder>/<split>.jsonl`; its README says what the sets are."""
    with (folder / f"{split}.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield Document(
                row["text"],
                tuple((start, end, label) for start, end, label in row["ents"]),
                tuple((start, end) for start, end in row["missing"]),
                f"{row['source']} {row['genre'].split(':')[0]}",
                complete=tuple(row["labels_complete"]),
            )
