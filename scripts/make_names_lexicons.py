"""Make `given_names.csv`, `surnames.csv` and `common_words.csv` (development only).

    python scripts/make_names_lexicons.py NEWS_FOLDER NER_TRAIN.jsonl HAND_WRITTEN.txt

needs the package faker (MIT licence) for personal names of many languages; the words are counted
in openly licensed text: Wikinews (CC-BY-2.5) and the CC-BY and CC0 sets of NER_TRAIN.
HAND_WRITTEN.txt holds given names in common transliterations, white space between them.
"""

import collections
import csv
import json
import re
import sys
from pathlib import Path
from typing import Any

import faker
from faker.config import AVAILABLE_LOCALES

REFERENCE = Path(__file__).parents[1] / "seeds" / "reference"
OPEN_SETS = ("GUM", "multiNER", "wikigold", "re3d")
OPEN_GENRES = ("news", "interview", "academic", "court", "government", "wikipedia")
NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-öø-ÿā-ž'’]+")
TOKEN = re.compile(r"(?<![\w'’-])[A-Za-z][a-z]+(?![\w])")


def provider_names(attribute: str) -> set[str]:
    """Single-word names in Latin letters that faker's person providers list, all locales."""
    names: set[str] = set()
    for locale in sorted(AVAILABLE_LOCALES):
        fake: Any = faker.Faker(locale)
        for provider in fake.get_providers():
            if ".person." not in type(provider).__module__ + ".":
                continue
            for key in dir(provider):
                if key.startswith(attribute):
                    values = getattr(provider, key)
                    if isinstance(values, (list, tuple, dict)):
                        names |= {name for name in values if isinstance(name, str)}
    return {name for name in names if NAME.fullmatch(name)}


def texts(news: Path, train: Path) -> list[str]:
    """The openly licensed English texts that words are counted in."""
    found = []
    for path in sorted(news.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += [row["text"] for row in csv.DictReader(file)]
    for line in train.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        if document["source"] in OPEN_SETS and document["genre"].startswith(OPEN_GENRES):
            found.append(document["text"])
    return found


def count_words(documents: list[str]) -> list[tuple[str, int, int]]:
    """Each word seen in lower case: (word, times so, times capitalised inside a sentence)."""
    lower: collections.Counter[str] = collections.Counter()
    capital: collections.Counter[str] = collections.Counter()
    for text in documents:
        for match in TOKEN.finditer(text):
            word = match[0]
            if word[0].islower():
                lower[word] += 1
            elif text[max(0, match.start() - 2) : match.start()].strip(" ").isalpha():
                capital[word.lower()] += 1
    return [(word, n, capital[word]) for word, n in sorted(lower.items()) if len(word) > 1]


def write(name: str, header: list[str], rows: list[tuple[object, ...]]) -> None:
    """Write one table."""
    with (REFERENCE / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def main(news: Path, train: Path, hand_written: Path) -> None:
    """Write the three tables, by name or word."""
    own = dict.fromkeys(hand_written.read_text(encoding="utf-8").split(), "own compilation")
    given = dict.fromkeys(provider_names("first_name"), "Faker (MIT)") | own
    last = dict.fromkeys(provider_names("last_name"), "Faker (MIT)")
    write("given_names", ["name", "source"], sorted(given.items()))
    write("surnames", ["name", "source"], sorted(last.items()))
    words = count_words(texts(news, train))
    header = ["word", "lower", "capital", "source"]
    write("common_words", header, [(*row, "Wikinews; GUM") for row in words])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
