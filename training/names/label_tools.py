"""Helpers for labelling names in the openly licensed news: draw, expand, show.

The labels are a reader's: a sheet names, for each article, the surfaces and their types; this
module turns a sheet into stand-off offsets and prints an article with its marks for review.

    python training/names/label_tools.py draw NEWS [--known SET.jsonl ...]
    python training/names/label_tools.py expand NEWS SHEET LABELS.jsonl
    python training/names/label_tools.py show NEWS LABELS.jsonl

A sheet holds blocks of lines, one block an article:

    # https://en.wikinews.org//wiki/...        the article's address
    PERSON Vladimir Putin | Putin              surfaces, everywhere in the article
    = GPE fans of {Reading} won                this one place: the braces hold the name
    - in {May} 2019                            this one place is no name

Every occurrence of a surface at word boundaries (not the `US` of `US$`) is a name, the longest
surface first; the lines with braces come before them and hold wherever their words occur, the
`-` before the `=` where both hold.
"""

import argparse
import csv
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

TYPES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "LAW", "WORK")

SEED = 20190104
SHORTEST, LONGEST = 120, 620  # words of an article that is drawn
SHINGLE = 8  # words in a row that show two texts to be the same
HELD_EVERY = 10  # every tenth article is kept back for scoring

# A topic's stems, looked for in the headline; the first topic with a hit is the article's.
TOPICS = {
    "obituary": "dies died aged tributes",
    "sport": "rugby tennis chess marathon medal hurdles cup league wrestl rugb olympi basketball",
    "science": "scientist stud astronom space planet species fossil nasa comet biolog reveal find",
    "health": "covid sars ebola virus infection hospital abortion health vaccin",
    "weather": "storm hurricane earthquake flood volcan cyclone typhoon tropical bushfire fires",
    "accident": "crash fire collaps bus plane kills kill dead derail pileup train boat",
    "crime": "murder police sentenc jail arrest court stab shot shoot guilty bomb attack theft",
    "election": "election president primar candidate minister parliament party senat congress",
    "business": "facebook google company sell ford github microsoft apple tesco bank store trade",
    "culture": "film festival award comic fan actor wikinews attends music museum cathedral",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled name: characters `start` to `end` of the article's text."""

    start: int
    end: int
    type: str


@dataclass(slots=True)
class Sheet:
    """What a reader wrote about one article."""

    url: str
    surfaces: dict[str, str] = field(default_factory=dict)
    places: list[tuple[str | None, str]] = field(default_factory=list)


def read_news(folder: Path) -> dict[str, dict[str, str]]:
    """Rows of the `wikinews_*.csv` in `folder` by address, in the files' order."""
    csv.field_size_limit(10**9)
    rows: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("wikinews_*.csv")):
        with path.open(newline="", encoding="utf-8") as lines:
            rows.update((row["url"], row | {"file": path.name}) for row in csv.DictReader(lines))
    return rows


def topic_of(headline: str) -> str:
    """The topic whose stem begins a word of `headline`, or `other`."""
    words = re.findall(r"[a-z]+", headline.lower())
    for topic, stems in TOPICS.items():
        if any(word.startswith(stem) for word in words for stem in stems.split()):
            return topic
    return "other"


def _shingles(text: str) -> Iterator[str]:
    words = re.findall(r"\w+", text.lower())
    for at in range(len(words) - SHINGLE + 1):
        yield " ".join(words[at : at + SHINGLE])


def draw(news: dict[str, dict[str, str]], known: Iterable[Path]) -> list[str]:
    """Addresses in the order to label: the topics take turns, shuffled within by `SEED`.

    An article that shares more than three runs of eight words with a text of the JSON-lines
    files `known` (other training and test sets) is left out, so that no set scores another.
    `labels/` holds the first 196 of this order but the 157th, drawn with `known` the three
    open sets that the tagger is trained and scored on.
    """
    seen: set[str] = set()
    for path in known:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                seen.update(_shingles(json.loads(line)["text"]))
    piles: dict[str, list[str]] = defaultdict(list)
    for url, row in sorted(news.items()):
        fits = SHORTEST <= len(row["text"].split()) <= LONGEST
        if fits and sum(shingle in seen for shingle in _shingles(row["text"])) <= 3:
            piles[topic_of(row["title"])].append(url)
    chance = random.Random(SEED)  # noqa: S311
    for topic in sorted(piles):
        chance.shuffle(piles[topic])
    order: list[str] = []
    while any(piles.values()):
        order += [piles[topic].pop() for topic in sorted(piles) if piles[topic]]
    return order


def read_sheets(text: str) -> list[Sheet]:
    """The blocks of a sheet; ValueError names the line that cannot be read."""
    sheets: list[Sheet] = []
    for number, line in enumerate(text.splitlines(), 1):
        head, _, rest = line.strip().partition(" ")
        if not head:
            continue
        if head == "#":
            sheets.append(Sheet(rest.strip()))
        elif head in TYPES:
            sheets[-1].surfaces.update((name.strip(), head) for name in rest.split("|"))
        elif head == "-":
            sheets[-1].places.append((None, rest))
        elif head == "=" and rest.split()[0] in TYPES:
            type_, _, place = rest.partition(" ")
            sheets[-1].places.append((type_, place))
        else:
            msg = f"line {number} of the sheet is neither surfaces nor a place: {line!r}"
            raise ValueError(msg)
    return sheets


def expand(sheet: Sheet, text: str) -> tuple[list[Span], list[str]]:
    """Spans of the names in `text` in order, and the sheet's lines that occur nowhere in it."""
    taken: set[int] = set()
    spans: list[Span] = []
    unused: list[str] = []
    for type_, place in sorted(sheet.places, key=lambda item: item[0] is not None):
        before, name, after = re.split(r"[{}]", place)
        hits = list(re.finditer(re.escape(before + name + after), text))
        if not hits:
            unused.append(place)
        for hit in hits:
            start = hit.start() + len(before)
            _take(spans, taken, Span(start, start + len(name), type_ or ""))
    for name, type_ in sorted(sheet.surfaces.items(), key=lambda item: -len(item[0])):
        hits = list(re.finditer(rf"(?<!\w){re.escape(name)}(?![\w$])", text))
        if not hits:
            unused.append(name)
        for hit in hits:
            _take(spans, taken, Span(hit.start(), hit.end(), type_))
    return sorted((span for span in spans if span.type), key=lambda span: span.start), unused


def _take(spans: list[Span], taken: set[int], span: Span) -> None:
    """Add `span` unless a longer or more particular one holds some of its characters."""
    if taken.isdisjoint(range(span.start, span.end)):
        taken.update(range(span.start, span.end))
        spans.append(span)


def sha256(text: str) -> str:
    """Hexadecimal SHA-256 of `text` in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def marked(text: str, spans: Iterable[Span]) -> str:
    """`text` with `[name|TYPE]` for each span, and `*` before other words with a capital."""
    parts: list[str] = []
    at = 0
    for span in spans:
        parts.append(_starred(text[at : span.start]))
        parts.append(f"[{text[span.start : span.end]}|{span.type}]")
        at = span.end
    return "".join([*parts, _starred(text[at:])])


def _starred(text: str) -> str:
    """`text` with `*` before words with a capital that do not open a sentence."""
    opener = r"""(?:[.!?][”")\]]*[ \xa0]+|\n\s*)[“"]?"""
    after = r"""(?<=[ (“"'\-])(?=[^\W\d_a-z])(?![a-zà-ÿ])"""
    return re.sub(rf"({opener}\w)|{after}", lambda hit: hit[1] or "*", text)


def _labels(news: dict[str, dict[str, str]], sheets: list[Sheet], first: int) -> list[object]:
    """The records of a batch whose first article is the `first` labelled, counted from one."""
    records: list[object] = []
    for number, sheet in enumerate(sheets, first):
        text = news[sheet.url]["text"]
        spans, unused = expand(sheet, text)
        for line in unused:
            print(f"{sheet.url}: not in the text: {line}")
        records.append(
            {
                "file": news[sheet.url]["file"],
                "url": sheet.url,
                "split": "train" if number % HELD_EVERY else "held",
                "sha256": sha256(text),
                "spans": [[s.start, s.end, s.type, text[s.start : s.end]] for s in spans],
            }
        )
    return records


def main() -> None:
    """Parse the command line and draw, expand or show."""
    parser = argparse.ArgumentParser(description="Draw, expand and show labelled news.")
    parser.add_argument("action", choices=("draw", "expand", "show"))
    parser.add_argument("news", type=Path, help="the folder of wikinews_*.csv")
    parser.add_argument("files", type=Path, nargs="*", help="expand: SHEET LABELS; show: LABELS")
    parser.add_argument("--known", type=Path, nargs="*", default=[], help="draw: other sets")
    parser.add_argument("--first", type=int, default=1, help="expand: the first article's number")
    given = parser.parse_args()
    news = read_news(given.news)
    if given.action == "draw":
        for url in draw(news, given.known):
            print(topic_of(news[url]["title"]), url)
    elif given.action == "expand":
        sheet, labels = given.files
        records = _labels(news, read_sheets(sheet.read_text("utf-8")), given.first)
        lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in records]
        labels.write_text("".join(lines), encoding="utf-8")
    else:
        for line in given.files[0].read_text("utf-8").splitlines():
            record = json.loads(line)
            spans = [Span(start, end, type_) for start, end, type_, _ in record["spans"]]
            print(f"# {record['url']} {record['split']}")
            print(marked(news[record["url"]]["text"], spans))


if __name__ == "__main__":
    main()
