"""Fits the weights of the story models on documents made from one half of the news.

    python benchmarks/cutting_fit.py [--count 2000] [--seed 1] [--write]

Logistic regression with an L2 penalty, by Newton's method (iteratively reweighted least squares;
Bishop, Pattern Recognition and Machine Learning, 2006, 4.3.3). Every decision that the cutter has
to take on a document gives one example, its signals computed from the true cuts so far. Prints
the weights and the error on the examples; `--write` puts the weights into
`seeds/reference/story_weights.csv`, where the cutter reads them.
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from cutting_documents import Example, generate, half, load_news

from archive.resources import REFERENCE
from archive.segmenting.evidence import Signals, mid_story_signals
from archive.segmenting.lines import split_lines
from archive.segmenting.stories import place_lines
from archive.segmenting.wording import wording_of

FITTED_HALF = 0
PENALTY = {"opening": 10.0, "heading": 10.0, "mid_story": 2.0}
PRIOR = {"opening": None, "heading": None, "mid_story": 0.3}
"""Share of yes to reckon with: most texts without headline open with their lead all the same."""
SOURCE = (
    "fitted by benchmarks/cutting_fit.py --write on documents made from half of Wikinews 2019-2020 "
    "(CC BY 2.5) and of benchmarks/cutting_stories.txt (own)"
)

Sample = tuple[Signals, bool]


def samples(examples: Sequence[Example]) -> dict[str, list[Sample]]:
    """Signals and right answer of every decision, by model."""
    found: dict[str, list[Sample]] = defaultdict(list)
    for example in examples:
        lines = split_lines(example.text)
        numbers = [example.text.count("\n", 0, line.start) + 1 for line in lines]
        first_text = _first_text_lines(example)

        def estimate(model: str, signals: Signals, index: int) -> float:
            number = numbers[index]  # noqa: B023
            answer = number in first_text  # noqa: B023
            if model == "heading":
                answer = example.roles[number] == "headline"  # noqa: B023
            found[model].append((signals, answer))
            return float(answer)

        place_lines(lines, estimate)
    return found


def mid_story_samples(news: Sequence[Sequence[str]]) -> list[Sample]:
    """Openings of stories (no) and their later passages (yes), each with the passage after."""
    found = []
    for paragraphs in news:
        wordings = [wording_of(text) for text in paragraphs]
        found += [
            (mid_story_signals(wordings[index : index + 2]), index > 0)
            for index in range(len(wordings) - 1)
        ]
    return found


def _first_text_lines(example: Example) -> set[int]:
    """Numbers of the lines that are the first text of a story."""
    seen: set[int | None] = set()
    first = set()
    for number, role in example.roles.items():
        story = example.story_of[number]
        if role in ("body", "teaser") and story not in seen:
            seen.add(story)
            first.add(number)
    return first


def fit(found: Sequence[Sample], penalty: float, prior: float | None) -> dict[str, float]:
    """Weights of the signals; with `prior` the examples count as if that share were yes."""
    names = sorted({name for signals, _ in found for name in signals})
    matrix = np.array([[signals.get(name, 0.0) for name in names] for signals, _ in found])
    answers = np.array([float(answer) for _, answer in found])
    share = answers.mean()
    importance = np.ones(len(answers))
    if prior is not None:
        importance = np.where(answers > 0, prior / share, (1 - prior) / (1 - share))
    ridge = penalty * np.eye(len(names))
    ridge[names.index("bias"), names.index("bias")] = 1e-6
    weights = np.zeros(len(names))
    for _ in range(30):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (importance * (answers - chance)) - ridge @ weights
        spread = importance * chance * (1 - chance)
        step = np.linalg.solve(matrix.T @ (matrix * spread[:, None]) + ridge, slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    wrong = ((matrix @ weights > 0) != (answers > 0)).mean()
    print(f"  {len(found)} decisions, {share:.3f} yes, {100 * wrong:.2f} % wrong")
    return dict(zip(names, weights.tolist(), strict=True))


def main() -> None:
    """Fit all models, print the weights, and write them where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    news = half(load_news(), FITTED_HALF)
    found = samples(list(generate(news, options.count, options.seed)))
    found["mid_story"] = mid_story_samples([item.paragraphs for item in news])
    rows = []
    for model in ("opening", "heading", "mid_story"):
        print(model)
        weights = fit(found[model], PENALTY[model], PRIOR[model])
        for signal, weight in sorted(weights.items(), key=lambda item: -abs(item[1])):
            print(f"  {weight:+7.3f} {signal}")
            rows.append((model, signal, f"{weight:.3f}", SOURCE))
    if options.write:
        with (REFERENCE / "story_weights.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("model", "signal", "weight", "source"))
            writer.writerows(rows)


if __name__ == "__main__":
    main()
