"""The documents that the network learns from: open sets, stories, labels, what rules say of news.

All are read where they lie; nothing is copied into the project.
"""

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.extraction.names.recognizer import recognize
from training.names.check_data import HERE, BadData, check_text, read_labels, read_stories

OWN = frozenset({"stories", "labels", "rules"})
"""Sources labelled by the archive's own guidelines."""

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


def open_sets(folder: Path, split: str) -> Iterator[Document]:
    """Documents of `<folder>/<split>.jsonl`; its README says what the sets are."""
    with (folder / f"{split}.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield Document(
                row["text"],
                tuple((start, end, label) for start, end, label in row["ents"]),
                tuple((start, end) for start, end in row.get("missing", ())),
                f"{row['source']} {row['genre'].split(':')[0]}",
            )


def stories(split: str) -> Iterator[Document]:
    """The stories written for this archive; `split` is train or held."""
    for path in sorted(HERE.glob("stories/*.txt")):
        for story in read_stories(path):
            if story.held == (split == "held"):
                yield Document(story.text, story.spans, (), "stories")


def read_news(folder: Path) -> Mapping[tuple[str, str], str]:
    """Texts of the openly licensed news set by file name and address."""
    csv.field_size_limit(sys.maxsize)
    texts: dict[tuple[str, str], str] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                texts[path.name, row["url"]] = row["text"]
    return texts


def labelled_news(news: Mapping[tuple[str, str], str], split: str) -> Iterator[Document]:
    """The articles labelled for this archive; `split` is train or held."""
    for path in sorted(HERE.glob("labels/*.jsonl")):
        for label in read_labels(path):
            text = news.get((label.file, label.url))
            if text is None:
                raise BadData(f"{label.url}: not in the news set")
            check_text(label, text)
            if label.split == split:
                spans = tuple((start, end, type_) for start, end, type_, _ in label.spans)
                yield Document(text, spans, (), "labels")


def ruled_news(news: Mapping[tuple[str, str], str], weight: float) -> Iterator[Document]:
    """Articles that nobody labelled, as the rules read them; what they doubt is missing."""
    labelled = {
        (label.file, label.url)
        for path in sorted(HERE.glob("labels/*.jsonl"))
        for label in read_labels(path)
    }
    for key, text in news.items():
        if key in labelled:
            continue
        spans: list[tuple[int, int, str]] = []
        missing: list[tuple[int, int]] = []
        at = 0
        lines = text.split("\n")
        for line, mentions in zip(lines, recognize(lines), strict=True):
            for mention in mentions:
                start, end = at + mention.char_start, at + mention.char_end
                if mention.score >= _SURE:
                    spans.append((start, end, str(mention.type)))
                else:
                    missing.append((start, end))
            at += len(line) + 1
        yield Document(text, tuple(spans), tuple(missing), "rules", weight)
