"""Reads and validates the marked stories and the stand-off labels beside this file.

The format is README_DATA.md's. Run as a command it prints counts and, on request, the capitalised
words that no mark covers, which is what to read when looking for a forgotten name.
"""

from __future__ import annotations

import argparse
import calendar
import csv
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TYPES = frozenset(["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "LAW", "WORK"])
REGIONS = frozenset(
    {
        "South Asia",
        "West Asia",
        "Central Asia",
        "North Africa",
        "West Africa",
        "East Africa",
        "Southern Africa",
        "South-East Asia",
        "East Asia",
        "Latin America",
        "Europe",
        "North America",
        "Oceania",
        "World",
    }
)
HELD_EVERY = 10

_MARK = re.compile(r"\[([A-Z]+)\|([^\[\]|\n]+)\]")
_HONORIFIC = re.compile(
    r"(?:(?:mr|mrs|ms|dr|prof|professor|president|minister|general|colonel|mullah|mawlawi|maulana|dasho"
    r"|ayatollah|ato|sir|lord|pope|king|queen|prince|princess|senator|judge|captain)\b\.? )",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
# Capitalised for other reasons than being a name of the ten types.
_MONTHS = frozenset(calendar.month_name[1:])
_WEEKDAYS = frozenset(calendar.day_name)
_CALENDAR = _MONTHS | _WEEKDAYS | {"I"}


class BadData(ValueError):
    """A story or a label that breaks the format; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Story:
    """One invented story: its plain text and the names in it."""

    header: dict[str, str]  # region, beat, style, and split where it is held back
    text: str  # paragraphs joined by a line feed
    spans: tuple[tuple[int, int, str], ...]  # start, end in characters of `text`, type
    origin: str  # file and line of the header, for messages

    @property
    def held(self) -> bool:
        """Whether the story is kept from training, for scoring."""
        return self.header.get("split") == "held"


@dataclass(frozen=True, slots=True)
class Label:
    """The names of one article of the openly licensed news set, whose text is not kept here."""

    file: str
    url: str
    split: str  # train or held
    sha256: str  # of the article's text in UTF-8
    spans: tuple[tuple[int, int, str, str], ...]  # start, end, type, surface text


def parse_marks(line: str, origin: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The plain text of a marked line and its spans (start, end, type), in characters.

    Raises `BadData` for an unknown type, a stray bracket or bar, a name with a space at its end, an
    article, honorific or possessive inside.
    """
    plain: list[str] = []
    spans: list[tuple[int, int, str]] = []
    length = position = 0
    for mark in _MARK.finditer(line):
        before, (label, name) = line[position : mark.start()], mark.groups()
        _check_name(label, name, origin)
        length += len(before)
        spans.append((length, length + len(name), label))
        length += len(name)
        plain += (before, name)
        position = mark.end()
    plain.append(line[position:])
    text = "".join(plain)
    if stray := re.search(r"[\[\]|]", text):
        raise BadData(
            f"{origin}: stray {stray[0]!r} in {text[max(0, stray.start() - 20) :][:50]!r}"
        )
    return text, spans


def _check_name(label: str, name: str, origin: str) -> None:
    if label not in TYPES:
        raise BadData(f"{origin}: {label!r} is not a type")
    if re.match(r"the ", name, re.IGNORECASE):
        raise BadData(f"{origin}: article inside {name!r}")
    if name != name.strip():
        raise BadData(f"{origin}: space at the end of {name!r}")
    if re.search(r"['’]s$", name) and label in {"PERSON", "GPE", "NORP"}:
        raise BadData(f"{origin}: possessive inside {name!r}")
    if label == "PERSON" and _HONORIFIC.match(name):
        raise BadData(f"{origin}: title inside {name!r}")


def parse_story(block: str, origin: str) -> Story:
    """One block of a stories file, without the `---` lines around it."""
    first, *lines = block.strip("\n").split("\n")
    if not first.startswith("# "):
        raise BadData(f"{origin}: the block has no header")
    pairs = [pair.partition("=") for pair in first[2:].split("; ")]
    header = {key.strip(): value.strip() for key, _, value in pairs}
    if not header.keys() >= {"region", "beat", "style"} or header["region"] not in REGIONS:
        raise BadData(f"{origin}: header without region, beat and style, or an unknown region")
    if header.get("split", "held") != "held":
        raise BadData(f"{origin}: the only split to mark is held")
    if not lines:
        raise BadData(f"{origin}: no paragraphs")
    texts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    start = 0
    for line in lines:
        if not line.strip():
            raise BadData(f"{origin}: blank line inside the story")
        text, marks = parse_marks(line, origin)
        spans += [(start + left, start + right, label) for left, right, label in marks]
        texts.append(text)
        start += len(text) + 1
    return Story(header, "\n".join(texts), tuple(spans), origin)


def read_stories(path: Path) -> list[Story]:
    """The stories of one file, in order; every tenth must be the one held back."""
    stories: list[Story] = []
    line_number = 1
    for block in re.split(r"(?m)^---\n", path.read_text(encoding="utf-8")):
        story = parse_story(block, f"{path.name}:{line_number}")
        line_number += block.count("\n") + 1
        stories.append(story)
        if story.held != (len(stories) % HELD_EVERY == 0):
            raise BadData(f"{story.origin}: block {len(stories)}: every tenth is held, no other")
    return stories


def read_labels(path: Path) -> list[Label]:
    """The labelled articles of one JSON Lines file; `check_text` compares one with its article."""
    labels: list[Label] = []
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        origin = f"{path.name}:{number}"
        row = json.loads(line)
        spans = tuple((int(s), int(e), str(label), str(text)) for s, e, label, text in row["spans"])
        end = 0
        for left, right, label, name in spans:
            if left < end or right - left != len(name):
                raise BadData(f"{origin}: spans overlap, are unsorted or misfit at {name!r}")
            _check_name(label, name, origin)
            end = right
        if row["split"] not in {"train", "held"}:
            raise BadData(f"{origin}: split is train or held")
        labels.append(Label(row["file"], row["url"], row["split"], row["sha256"], spans))
    return labels


def check_text(label: Label, text: str) -> None:
    """Raises `BadData` unless the label was made on exactly this text and its names stand there."""
    if hashlib.sha256(text.encode()).hexdigest() != label.sha256:
        raise BadData(f"{label.url}: the text is not the one that was labelled")
    for start, end, _, name in label.spans:
        if text[start:end] != name:
            raise BadData(f"{label.url}: {name!r} is not at {start}")


def name_words(stories: list[Story]) -> frozenset[str]:
    """The words that stand inside marks and nowhere in lower case outside them."""
    marked: set[str] = set()
    plain: set[str] = set()
    for story in stories:
        for word in _WORD.finditer(story.text):
            inside = any(left <= word.start() < right for left, right, _ in story.spans)
            (marked if inside else plain).add(word[0])
    return frozenset(word.casefold() for word in marked if word.lower() not in plain)


def unmarked(story: Story, names: frozenset[str]) -> Iterator[str]:
    """Capitalised words outside every mark, with a little context.

    Of those that open a sentence only the ones in `names`, which are marked somewhere else.
    """
    for word in _WORD.finditer(story.text):
        if not word[0][0].isupper() or word[0] in _CALENDAR:
            continue
        if any(left <= word.start() < right for left, right, _ in story.spans):
            continue
        before = story.text[: word.start()].rstrip(" \"“‘'(")
        opens = not before or before[-1] in ".?!\n—:…"
        if not opens or re.sub(r"['’]s$", "", word[0]).casefold() in names:
            left, right = max(0, word.start() - 25), word.end() + 15
            yield story.text[left:right].replace("\n", " / ")


def check_news(labels: list[Label], folder: Path) -> None:
    """Compares every label with the article in the news set's folder."""
    csv.field_size_limit(sys.maxsize)
    wanted = {(label.file, label.url): label for label in labels}
    if len(wanted) < len(labels):
        raise BadData("an article is labelled twice")
    for name in sorted({label.file for label in labels}):
        with (folder / name).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if label := wanted.pop((name, row["url"]), None):
                    check_text(label, row["text"])
    if wanted:
        raise BadData(f"not in the news set: {sorted(wanted)[:3]}")


def _print_counts(title: str, types: Counter[str], other: Counter[str]) -> None:
    print(title, "  ".join(f"{name} {count}" for name, count in types.most_common()))
    print("   ", "  ".join(f"{name} {count}" for name, count in other.most_common()))


def main(arguments: list[str] | None = None) -> int:
    """Validates everything; 1 and a message for the first defect."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unmarked", metavar="FILE", type=Path, help="capitalised words unmarked")
    parser.add_argument("--news", metavar="DIR", type=Path, help="the openly licensed news set")
    options = parser.parse_args(arguments)
    try:
        if options.unmarked:
            stories = read_stories(options.unmarked)
            known = name_words(stories)
            for story in stories:
                for found in unmarked(story, known):
                    print(story.origin, found, sep="\t")
            return 0
        stories = [s for path in sorted(HERE.glob("stories/*.txt")) for s in read_stories(path)]
        labels = [
            item for path in sorted(HERE.glob("labels/*.jsonl")) for item in read_labels(path)
        ]
        if options.news:
            check_news(labels, options.news)
    except (BadData, KeyError, json.JSONDecodeError) as error:
        print(f"check_data: {error}", file=sys.stderr)
        return 1
    names = Counter(label for story in stories for _, _, label in story.spans)
    regions = Counter(story.header["region"] for story in stories)
    words = sum(len(story.text.split()) for story in stories)
    _print_counts(f"{len(stories)} stories, {words} words:", names, regions)
    of_labels = Counter(span[2] for label in labels for span in label.spans)
    _print_counts(f"{len(labels)} articles:", of_labels, Counter(item.split for item in labels))
    return 0


if __name__ == "__main__":
    sys.exit(main())
