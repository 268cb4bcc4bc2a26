"""Precision, recall and F1 of the names found in labelled documents.

    python benchmarks/names.py FILE.jsonl [--json] [--errors N]

Each line of FILE is a document: `text`, `ents` as [start, end, label], `source`, `genre`,
`missing` as [start, end] (characters whose label is unknown: neither right nor wrong) and
`labels_complete`, the label groups that are labelled throughout. `GPE+LOC+FAC` is one group, its
labels not told apart; what is found with a label outside of all groups does not count. Spans
must agree to the character.
"""

import argparse
import collections
import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from archive.extraction.names import find_names

Counts = dict[str, list[int]]  # right, found, labelled
Item = tuple[int, int, str]


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Lines of a text with the offset of each."""
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def found_in(text: str) -> list[Item]:
    """Names of a document as (start, end, type), offsets into the whole text."""
    lines = list(paragraphs(text))
    mentions = find_names([line for _, line in lines])
    return [
        (at + m.char_start, at + m.char_end, str(m.type))
        for (at, _), some in zip(lines, mentions, strict=True)
        for m in some
    ]


def grouped(items: Iterable[Item], document: dict[str, Any]) -> set[Item]:
    """The items that count, each with its label group for label."""
    groups = {label: group for group in document["labels_complete"] for label in group.split("+")}
    missing = document.get("missing", ())
    return {
        (start, end, groups[label])
        for start, end, label in items
        if label in groups and not any(a < end and start < b for a, b in missing)
    }


def source_of(document: dict[str, Any]) -> str:
    """Name under which a document is counted: source and the first part of its genre."""
    return f"{document['source']} {document['genre'].split(':')[0]}"


def ratios(counts: list[int]) -> dict[str, float]:
    """Precision, recall and F1 in percent of (right, found, labelled)."""
    right, found, labelled = counts
    return {
        "precision": round(100 * right / found, 1) if found else 0.0,
        "recall": round(100 * right / labelled, 1) if labelled else 0.0,
        "f1": round(200 * right / (found + labelled), 1) if found + labelled else 0.0,
        "labelled": labelled,
    }


def main() -> None:
    """Score one file and print the table or the JSON."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--errors", type=int, default=0, help="show the first N errors on stderr")
    parser.add_argument("--source", help="only the sources whose name holds this")
    options = parser.parse_args()
    tally: dict[str, Counts] = {
        part: collections.defaultdict(lambda: [0, 0, 0]) for part in ("overall", "source", "type")
    }
    words, seconds, shown = 0, 0.0, 0
    for line in options.file.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        source = source_of(document)
        if options.source and options.source not in source:
            continue
        text = document["text"]
        began = time.perf_counter()
        names = found_in(text)
        seconds += time.perf_counter() - began
        words += len(text.split())
        found = grouped(names, document)
        labelled = grouped((tuple(entity) for entity in document["ents"]), document)
        for label in sorted({item[2] for item in found | labelled}):
            some = {item for item in found if item[2] == label}
            gold = {item for item in labelled if item[2] == label}
            for part, key in (("overall", "all"), ("source", source), ("type", label)):
                counts = tally[part][key]
                counts[0] += len(some & gold)
                counts[1] += len(some)
                counts[2] += len(gold)
        for start, end, label in sorted(found ^ labelled):
            if shown >= options.errors:
                break
            shown += 1
            side = "spurious" if (start, end, label) in found else "missed"
            context = f"{text[max(0, start - 30) : start]}[{text[start:end]}]{text[end : end + 20]}"
            print(f"{side:9}{label:12}{context!r}", file=sys.stderr)
    report = {
        "overall": ratios(tally["overall"]["all"]),
        "source": {key: ratios(counts) for key, counts in sorted(tally["source"].items())},
        "type": {key: ratios(counts) for key, counts in sorted(tally["type"].items())},
        "words_per_second": round(words / seconds) if seconds else 0,
    }
    if options.json:
        print(json.dumps(report, indent=1))
        return
    print(f"{'':34}{'precision':>10}{'recall':>8}{'F1':>7}{'labelled':>10}")
    for part in ("overall", "source", "type"):
        for key, counts in sorted(tally[part].items()):
            row = ratios(counts)
            print(
                f"{key:34}{row['precision']:>10}{row['recall']:>8}{row['f1']:>7}{row['labelled']:>10}"
            )
    print(f"{report['words_per_second']} words/s, {words} words")


if __name__ == "__main__":
    main()
