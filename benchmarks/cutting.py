"""How well stories are cut, on documents made from real news (see `cutting_documents.py`).

    python benchmarks/cutting.py [--count 1000] [--seed 7] [--half 0|1] [--errors 20]

Prints F1 of `start` (a story's first line), `kind` (and its kind), `headline` (and its headline)
and `role` (of a line), counted as the project's scorer counts them, the same for documents of one
story and of several, and the words cut a second.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator

from cutting_documents import Example, generate, half, load_news

from archive.reading import read
from archive.records import RawRecord, Segments
from archive.segmenting import segment

METRICS = ("start", "kind", "headline", "role")
REPORTED_HALF = 1
"""The half of the news that no weight was fitted on."""


def cut(example: Example) -> Segments:
    """Read and segment a generated document, from its bytes on."""
    record = RawRecord(name=example.name, content=example.text.encode())
    return segment(read(record))


def count_right(example: Example, segments: Segments) -> Counter[tuple[str, str]]:
    """Count, for each metric, what is `right`, `predicted` and `gold` in one document."""

    def line_of(start: int) -> int:
        return example.text.count("\n", 0, start) + 1

    gold = {story.line: story for story in example.stories}
    counts: Counter[tuple[str, str]] = Counter()
    for article in segments.articles:
        story = gold.get(line_of(article.char_start))
        counts["start", "right"] += story is not None
        counts["kind", "right"] += story is not None and story.kind == article.kind
        if article.headline is not None:
            counts["headline", "predicted"] += 1
            counts["headline", "right"] += story is not None and story.headline == article.headline
    for metric in ("start", "kind"):
        counts[metric, "predicted"] += len(segments.articles)
        counts[metric, "gold"] += len(gold)
    counts["headline", "gold"] += sum(story.headline is not None for story in gold.values())
    for paragraph in segments.paragraphs:
        right = example.roles.get(line_of(paragraph.char_start)) == paragraph.role
        counts["role", "right"] += right
        counts["role", "predicted"] += 1
    counts["role", "gold"] += len(example.roles)
    return counts


def f1(counts: Counter[tuple[str, str]], metric: str) -> float:
    """Harmonic mean of precision and recall in percent; 100 where there is nothing to find."""
    total = counts[metric, "predicted"] + counts[metric, "gold"]
    return 100 * 2 * counts[metric, "right"] / total if total else 100.0


def show_errors(example: Example, segments: Segments) -> Iterator[str]:
    """One line of text for each story missed, made up, or of another kind."""
    lines = example.text.split("\n")
    gold = {story.line: story.kind for story in example.stories}
    ours = {
        example.text.count("\n", 0, article.char_start) + 1: str(article.kind)
        for article in segments.articles
    }
    for line in sorted(gold.keys() | ours.keys()):
        if gold.get(line) != ours.get(line):
            text = lines[line - 1].strip()[:110]
            yield f"{example.name}:{line} gold {gold.get(line)}, cut {ours.get(line)}: {text}"


def report(name: str, examples: Iterable[tuple[Example, Segments]]) -> str:
    """A row of the table of scores."""
    counts: Counter[tuple[str, str]] = Counter()
    for example, segments in examples:
        counts += count_right(example, segments)
    scores = "  ".join(f"{metric} {f1(counts, metric):5.1f}" for metric in METRICS)
    return (
        f"{name:16} {scores}  (stories {counts['start', 'gold']}, lines {counts['role', 'gold']})"
    )


def main() -> None:
    """Make the documents, cut them, print the scores."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--half", type=int, choices=(0, 1), default=REPORTED_HALF)
    parser.add_argument("--errors", type=int, default=0, help="print so many wrong cuts")
    options = parser.parse_args()
    examples = list(generate(half(load_news(), options.half), options.count, options.seed))
    started = time.process_time()
    pairs = [(example, cut(example)) for example in examples]
    seconds = time.process_time() - started
    print(report("all", pairs))
    print(report("one story", [pair for pair in pairs if len(pair[0].stories) == 1]))
    print(report("regional", [pair for pair in pairs if pair[0].is_regional]))
    print(report("several stories", [pair for pair in pairs if len(pair[0].stories) > 1]))
    words = sum(len(example.text.split()) for example in examples)
    print(f"{words / seconds:,.0f} words a second ({words:,} words, {seconds:.1f} s)")
    for number, line in enumerate(line for pair in pairs for line in show_errors(*pair)):
        if number >= options.errors:
            break
        print(line)


if __name__ == "__main__":
    main()
