"""Words per second of the archive's names and of spaCy's `ner`, in one run on one core.

    python benchmarks/names_speed.py NEWS.csv… [--rounds 3]
    python benchmarks/names_speed.py --memory [100000]

The first reads the column `text` (and `title`) of each CSV, one document a row, and times both
document by document, tokenization included, what they load aside: a first pass with cold caches,
and later passes. spaCy is its blank English tokenizer and a `ner` on a small tok2vec CNN
(HashEmbedCNN, width 96, depth 4; `pip install spacy`); its weights are drawn at random, which speed
does not depend on. Rounds alternate, and the best of each counts.

The second finds the names of that many short documents, whose names and words never stop being
new, and prints the memory in use at ten points.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the command does
os.environ["OMP_NUM_THREADS"] = "1"

import argparse
import csv
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from zlib import crc32

from archive.extraction.names import find_names

_CONSONANTS = (*"bdfghjklmnprstvwz", "ch", "kh", "sh")
_SYLLABLES = [consonant + vowel for consonant in _CONSONANTS for vowel in "aeiou"]
_SENTENCES = (
    "{0} {1}, who leads the {2} Foundation in {3}, said on Monday that the {4} had not been {5}.",
    "In {3}, {1} met {2} officials over the {4} {5} and left for {0}.",
    "The {2} Ministry of {4} denied that {0} {1} was {5} near {3}.",
)


def documents(paths: Sequence[Path]) -> list[list[str]]:
    """The paragraphs of each row: its title, then the lines of its text."""
    csv.field_size_limit(sys.maxsize)
    found = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                lines = [row.get("title") or "", *row["text"].splitlines()]
                found.append([line for line in lines if line.strip()])
    return found


def generated(count: int) -> Iterator[list[str]]:
    """Short documents whose names and nouns are drawn syllable by syllable."""
    draw = random.Random(5)

    def word() -> str:
        return "".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4)))

    for _ in range(count):
        names = [word().capitalize() for _ in range(4)]
        yield [sentence.format(*names, word(), word()) for sentence in draw.sample(_SENTENCES, k=2)]


def seconds(find: Callable[[list[str]], object], texts: Sequence[list[str]]) -> float:
    """Processor time of one pass over the documents."""
    begin = time.process_time()
    for text in texts:
        find(text)
    return time.process_time() - begin


def cold(paths: Sequence[Path]) -> float:
    """Seconds of a first pass in a process of its own, tables and weights loaded before."""
    command = [sys.executable, __file__, *map(str, paths), "--once"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def spacy_ner() -> Callable[[list[str]], object]:
    """The tokenizer and `ner` of spaCy, with random weights."""
    import spacy  # noqa: PLC0415 (not needed to measure memory)
    from spacy.training import Example  # noqa: PLC0415

    nlp = spacy.blank("en")
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": {
            "@architectures": "spacy.HashEmbedCNN.v2",
            "pretrained_vectors": None,
            "width": 96,
            "depth": 4,
            "embed_size": 2000,
            "window_size": 1,
            "maxout_pieces": 3,
            "subword_features": True,
        },
    }
    ner = nlp.add_pipe("ner", config={"model": model})
    for label in ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "LAW", "WORK"):
        ner.add_label(label)
    example = Example.from_dict(nlp.make_doc("Kenya"), {"entities": [(0, 5, "GPE")]})
    nlp.initialize(lambda: [example])
    print(f"spaCy {spacy.__version__}, pipes {nlp.pipe_names}", file=sys.stderr)
    return lambda lines: nlp("\n".join(lines))


def compare(paths: Sequence[Path], rounds: int) -> None:
    """Print both speeds and their ratio."""
    texts = documents(paths)
    words = sum(len(line.split()) for text in texts for line in text)
    other = spacy_ner()
    begin = time.process_time()
    find_names(["Kenya"])
    print(f"{len(texts)} documents, {words:,} words; loading {time.process_time() - begin:.2f} s")
    first, later, theirs = [], [], []
    for _ in range(rounds):
        first.append(cold(paths))
        later.append(seconds(find_names, texts))
        theirs.append(seconds(other, texts))
    _print_speed("first pass", words, min(first), theirs[0])
    _print_speed("later passes", words, min(later), min(theirs[1:], default=theirs[0]))


def _print_speed(name: str, words: int, ours: float, theirs: float) -> None:
    print(
        f"{name:13} archive {words / ours:9,.0f} words/s, spaCy {words / theirs:9,.0f} words/s, "
        f"{theirs / ours:.1f} times"
    )


def resident() -> float:
    """Memory of this process in MB (Linux; elsewhere its peak so far)."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    import resource  # noqa: PLC0415 (not on every system)

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def memory(count: int) -> None:
    """Print memory and distinct words after each tenth of the documents."""
    seen = bytearray(1 << 24)  # one byte for each hash: counting takes no memory that grows
    for number, document in enumerate(generated(count), 1):
        find_names(document)
        for line in document:
            for word in line.split():
                seen[crc32(word.encode()) & 0xFFFFFF] = 1
        if number % max(1, count // 10) == 0:
            print(f"{number:9,} documents {sum(seen):9,} words {resident():7.1f} MB", flush=True)


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("news", type=Path, nargs="*")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, nargs="?", const=100_000, metavar="DOCUMENTS")
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        find_names(["Kenya"])
        print(seconds(find_names, documents(options.news)))
    elif options.memory:
        memory(options.memory)
    elif options.news:
        compare(options.news, options.rounds)
    else:
        parser.error("name the news to time, or --memory")


if __name__ == "__main__":
    main()
