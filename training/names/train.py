"""Train the names network and write its weights.

    python -m training.names.train --sets ../shared/ner --news ../shared/news --out FILE.npz

The same seed, data and versions give the same weights. One core, about three minutes.
"""

import argparse
import collections
import random
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from archive.extraction.names.decoder import decode
from archive.extraction.names.labels import BEGIN, END, LABELS, SINGLE, tag
from training.names import sets
from training.names.batches import batches
from training.names.examples import Example, Vocabulary, examples
from training.names.net import NameNet, arrays_of, loss_of
from training.names.substitution import substituted
from training.names.targets import allowed, label_of

_WEIGHTS = {"CrossNER": 0.5, "multiNER": 0.4, "BTC": 0.5}
_NEAR = ("re3d", "UNER_English-PUD", "GUM news")
_LEFT_OUT = ("WNUT17 social", "BTC twitter")
_AVERAGING = 0.998  # of the averaged weights kept at each step
Counts = collections.Counter[str | None]
_SCALE = 64  # steps of a score in decoding


def options() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--sets", type=Path, required=True, help="folder of train.jsonl, dev.jsonl")
    parser.add_argument("--news", type=Path, required=True, help="folder of the open news set")
    parser.add_argument("--out", type=Path, required=True, help="weights as trained (.npz)")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--hidden", type=int, default=80)
    parser.add_argument("--size", type=int, default=64, help="of a feature's embedding")
    parser.add_argument("--batch", type=int, default=2500, help="words")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--dropout", type=float, default=0.25)
    parser.add_argument("--copies", type=int, default=3, help="substituted copies of own texts")
    parser.add_argument("--rules", type=float, default=0.0, help="weight of rule-labelled news")
    parser.add_argument("--own", type=float, default=1.2, help="weight of stories and labels")
    parser.add_argument(
        "--near", type=float, default=3.0, help="weight of the sets nearest to news"
    )
    parser.add_argument("--with-dev", action="store_true", help="learn from dev.jsonl as well")
    parser.add_argument("--no-places", action="store_true", help="without the rules' reading")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def training_documents(chosen: argparse.Namespace) -> list[sets.Document]:
    """All documents to learn from, substituted copies among them."""
    draw = random.Random(chosen.seed)  # noqa: S311 (no secret)
    news = sets.read_news(chosen.news)
    found = []
    splits = ("train", "dev") if chosen.with_dev else ("train",)
    labelled = (document for split in splits for document in sets.open_sets(chosen.sets, split))
    for document in labelled:
        source = document.source.split()[0]
        if document.source not in _LEFT_OUT:
            is_near = document.source.startswith(_NEAR)
            weight = chosen.near if is_near else _WEIGHTS.get(source, 1.0)
            found.append(replace(document, weight=weight))
    near = [document for document in found if document.source.startswith(_NEAR)]
    found += [substituted(document, draw, 0.6) for document in near]
    own = [*sets.stories("train"), *sets.labelled_news(news, "train")]
    found += [replace(document, weight=chosen.own) for document in own]
    for _ in range(chosen.copies):
        found += [
            replace(substituted(document, draw, 0.7), weight=chosen.own / 2) for document in own
        ]
    if chosen.rules:
        found += list(sets.ruled_news(news, chosen.rules))
    return found


def scores(
    net: NameNet, some: Sequence[Example], vocabulary: Vocabulary
) -> tuple[Counts, Counts, Counts]:
    """Right, found and labelled names by label."""
    right: Counts = collections.Counter()
    found, labelled = right.copy(), right.copy()
    for index, batch in enumerate(batches(some, vocabulary, 1, range(len(some)))):
        example = some[index]
        at = np.flatnonzero(example.candidate)
        runs = np.flatnonzero(np.diff(at, prepend=-9) > 1)
        with torch.no_grad():
            raw = (net(batch).numpy() * _SCALE).round().astype(np.int32)
        codes = example.tags[at]
        known = (example.weights[at] > 0) & (codes < len(allowed()) - 4)
        guess = {
            (start, end, label_of(tag(LABELS[label], SINGLE)))
            for start, end, label in decode(raw, runs)
            if known[start:end].all()
        }
        gold = {item for item in _labelled(codes) if item[2] is not None}
        right.update(item[2] for item in guess & gold)
        found.update(item[2] for item in guess)
        labelled.update(item[2] for item in gold)
    return right, found, labelled


def _labelled(codes: np.ndarray) -> Iterable[tuple[int, int, str | None]]:
    start = 0
    for at in np.flatnonzero(codes):
        part = (int(codes[at]) - 1) % 4
        if part in {BEGIN, SINGLE}:
            start = int(at)
        if part in {END, SINGLE}:
            yield start, int(at) + 1, label_of(int(codes[at]))


def report(net: NameNet, held: dict[str, list[Example]], vocabulary: Vocabulary) -> str:
    """F1 of each held-back source over all labels, places as one."""
    lines = []
    for source, some in held.items():
        counts = scores(net, some, vocabulary)
        right, found, labelled = (count.total() for count in counts)
        lines.append(f"{source} {200 * right / max(1, found + labelled):.1f}")
    return "  ".join(lines)


def held_documents(chosen: argparse.Namespace) -> dict[str, list[sets.Document]]:
    """Documents to score, by source."""
    news = sets.read_news(chosen.news)
    held: dict[str, list[sets.Document]] = collections.defaultdict(list)
    kept = ("re3d", "UNER_English-PUD", "GUM news", "wikigold", "UNER_English-EWT weblog")
    for document in sets.open_sets(chosen.sets, "dev"):
        for name in kept:
            if document.source.startswith(name):
                held[name].append(document)
    held["stories"] = list(sets.stories("held"))
    held["labels"] = list(sets.labelled_news(news, "held"))
    return held


def fit(some: Sequence[Example], vocabulary: Vocabulary, chosen: argparse.Namespace) -> NameNet:
    """A network trained on the examples: the running average of its weights."""
    torch.manual_seed(chosen.seed)
    rng = np.random.default_rng(chosen.seed)
    net = NameNet(chosen.size, chosen.hidden, chosen.dropout)
    average = NameNet(chosen.size, chosen.hidden, chosen.dropout)
    average.load_state_dict(net.state_dict())
    average.eval()
    optimizer = torch.optim.AdamW(net.parameters(), betas=(0.9, 0.99), weight_decay=1e-2)
    words = sum(len(example.words) for example in some)
    step, total = 0, chosen.epochs * words / chosen.batch
    for epoch in range(chosen.epochs):
        net.train()
        losses = []
        for batch in batches(some, vocabulary, chosen.batch, rng.permutation(len(some))):
            rate = chosen.rate * min(1, (step + 1) / 100) * max(0.02, 1 - step / total)
            optimizer.param_groups[0]["lr"] = rate
            optimizer.zero_grad()
            loss = loss_of(net(batch), batch)
            loss.backward()
            optimizer.step()
            step += 1
            losses.append(float(loss.detach()))
            _average(average, net, min(_AVERAGING, step / (step + 10)))
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}", file=sys.stderr, flush=True)
    return average


@torch.no_grad()
def _average(mean: NameNet, now: NameNet, keep: float) -> None:
    for old, new in zip(mean.parameters(), now.parameters(), strict=True):
        old.lerp_(new, 1 - keep)


def main() -> None:
    """Read, train, write."""
    chosen = options()
    torch.set_num_threads(1)
    began = time.monotonic()
    vocabulary = Vocabulary()
    learned = list(examples(training_documents(chosen), vocabulary))
    held = {
        source: list(examples(some, vocabulary)) for source, some in held_documents(chosen).items()
    }
    if chosen.no_places:
        vocabulary.place_rows = [rows[:1] for rows in vocabulary.place_rows]
    words = sum(len(example.words) for example in learned)
    print(f"{words} words, read in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    net = fit(learned, vocabulary, chosen)
    np.savez(chosen.out, **arrays_of(net))
    print(f"{report(net, held, vocabulary)}  {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
