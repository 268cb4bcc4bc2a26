"""Draws the articles that were annotated: one per topic, with fixed seeds.

    python benchmarks/annotated/draw.py [--texts]

From the articles of `../shared/news` with 150 to 450 words, in the order of the files, each topic
takes one at random among those whose title has one of its words and that no topic took before.
A draw has some or all of the topics; 5 gives lot 1, 6 and 7 give lot 2, 8 gives lot 3.
"""

import argparse
import csv
import random
import re
from pathlib import Path

NEWS = Path(__file__).parents[2].parent / "shared" / "news"

TOPICS = {
    "disaster": r"earthquake|hurricane|typhoon|tropical|storm|seismic",
    "accident": r"crash|collapse|fire\b|overturns|bursts",
    "election": r"elect|primar|caucus|presidential bid",
    "government": r"minister|governor|legislature|parliament|senator|congress",
    "business": r"facebook|ford over|free trade|oil facilit|restrictions on flying|power outages"
    r"|bans mahan",
    "sport": r"marathon|rugby|hurdles|tennis|championship|league|cup\b|basketball",
    "crime": r"stab|shot|murder|killer|police|arrest|theft",
    "court": r"court|sentence|jail|convict|sues?\b|federal judge",
    "science": r"scien|stud(y|ies)|astronomers|nobel|researchers",
    "conflict": r"bomb|missile|troops|attack|syria|kurds|yemen|drone",
    "protest": r"protest|rall(y|ies)",
    "health": r"covid|coronavirus|sars|pandemic",
}
"""Topics with the words of a title, in the order in which they draw."""

DRAWS = {
    5: tuple(TOPICS),
    6: ("business", "sport", "government", "accident", "court", "crime"),
    7: ("disaster", "election", "conflict", "health", "sport", "protest", "accident", "government"),
    8: ("disaster", "business", "health", "conflict", "crime", "court"),
}
"""Seed of each draw and its topics: 5 gives lot 1, 6 and 7 lot 2, 8 lot 3."""


def drawn() -> list[tuple[int, str, dict[str, str]]]:
    """Seed, topic and row (url, date, title, text) of every article drawn."""
    rows = []
    for path in sorted(NEWS.glob("wikinews_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += [row for row in csv.DictReader(file) if 150 <= len(row["text"].split()) <= 450]
    taken: set[str] = set()
    found = []
    for seed, topics in DRAWS.items():
        source = random.Random(seed)
        for topic in topics:
            pattern = re.compile(TOPICS[topic], re.IGNORECASE)
            open_ = [r for r in rows if pattern.search(r["title"]) and r["url"] not in taken]
            row = source.choice(open_)
            taken.add(row["url"])
            found.append((seed, topic, row))
    return found


def main() -> None:
    """Print what is drawn."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--texts", action="store_true", help="print the texts too")
    options = parser.parse_args()
    for seed, topic, row in drawn():
        print(f"{seed} {topic:11}{row['date']}  {row['title']}  {row['url']}")
        if options.texts:
            print(row["text"])


if __name__ == "__main__":
    main()
