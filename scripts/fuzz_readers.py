"""Read damaged samples of every format for a while, and say what breaks.

    python scripts/fuzz_readers.py [SECONDS] [--seed N] [--format NAME] [--case N]

Each case takes a sample of seeds/documents, damages it (bytes changed, cut out, repeated, taken
from another sample, numbers in it made huge) and reads it from the file to its paragraphs. What
must hold: records or reasons and nothing else, no internal error, no U+0000, parts within their
text, the same result twice, and a few seconds. A case that breaks is named by its number, which
with the same seed and samples makes it again: --case.
"""

import argparse
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import UnreadableDocument
from archive.reading import FORMATS, Instructions, format_named, read, records
from archive.records import Document, Metadata, RawRecord
from archive.segmenting import segment

SAMPLES = Path(__file__).resolve().parents[1] / "seeds" / "documents"

_LONGEST = 10
"""Seconds that a case may take."""

_MOST_RECORDS = 300
"""Records of a case that are read; damage to a list of members can repeat them endlessly."""


class BrokenError(Exception):
    """Something that must hold of every reader does not."""


def require(holds: bool, fault: str) -> None:
    """Raise `BrokenError` where something does not hold."""
    if not holds:
        raise BrokenError(fault)


def damage(chance: random.Random, content: bytes, other: bytes) -> bytes:
    """`content` with one to five places damaged, some by pieces of `other`."""
    for _ in range(chance.randint(1, 5)):
        content = _damage_once(chance, content, other)
    return content


def _damage_once(chance: random.Random, content: bytes, other: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    end = min(len(content), at + int(chance.expovariate(1 / 40)) + 1)
    piece_at = chance.randrange(len(other) + 1)
    number = str(chance.choice([0, 1, 255, 65_535, 2**31, 2**32 - 1, 2**63, 10**30])).encode()
    before, struck, after = content[:at], content[at:end], content[end:]
    kind = chance.randrange(8)
    if kind == 0:
        return before
    if kind == 1:
        return struck + after
    if kind == 2:
        return re.sub(rb"\d+", number, content, count=chance.randint(1, 3))
    middle = {
        3: b"",
        4: chance.randbytes(len(struck)),
        5: other[piece_at : piece_at + len(struck)],
        6: struck * chance.randint(2, 200),
        7: chance.choice([b"\0", b"\xff", b"<", b"&", b'"']) * 3,
    }
    return before + middle[kind] + after


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Raise TimeoutError within the block after so many seconds."""

    def stop(_signal: int, _frame: object) -> None:
        raise TimeoutError(f"more than {seconds} seconds")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def read_all(path: Path, name: str, instructions: Instructions) -> list[object]:
    """Documents and reasons that a file gives; raises BrokenError where one does not hold."""
    outcomes: list[object] = []
    for number, record in enumerate(records(name, path, Metadata(), instructions)):
        if number == _MOST_RECORDS:
            break
        outcomes.append(_outcome(record))
    require(bool(outcomes), "nothing at all came out")
    return outcomes


def _outcome(record: RawRecord | UnreadableDocument) -> object:
    if isinstance(record, RawRecord):
        try:
            document = read(record)
        except UnreadableDocument as refused:
            record = refused
        else:
            _require_sound(document)
            return document
    require(record.name.isprintable(), "a name that cannot be printed")
    require("internal error" not in record.reason, record.reason)
    require(record.reason.endswith("."), f"a reason without remedy: {record.reason}")
    return record.name, record.reason


def _require_sound(document: Document) -> None:
    require("\0" not in document.text, "U+0000")
    require(bool(document.text.strip()), "an empty text")
    document.text.encode()  # no lone surrogates
    for part in document.parts:
        require(
            0 <= part.char_start <= part.char_end <= len(document.text), "a part beyond the text"
        )
    for paragraph in segment(document).paragraphs:
        cut = document.text[paragraph.char_start : paragraph.char_end]
        require(cut == paragraph.text, "a paragraph that is not its slice of the text")


def run_case(seed: int, number: int, wanted: str | None, scratch: Path) -> tuple[str, str | None]:
    """Run one case; the sample's name, and what broke."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311
    files = sorted(path for path in SAMPLES.iterdir() if not path.name.startswith("."))
    if wanted:
        endings = format_named(wanted).suffixes
        files = [path for path in files if path.name.endswith(endings)] or files
    sample, other = chance.choice(files), chance.choice(files)
    path = scratch / "case"
    path.write_bytes(damage(chance, sample.read_bytes(), other.read_bytes()))
    forced = format_named(wanted) if wanted else None
    if not wanted and chance.random() < 0.1:
        forced = chance.choice(FORMATS)
    instructions = Instructions(format=forced)
    try:
        with limited(_LONGEST):
            first = read_all(path, sample.name, instructions)
            require(first == read_all(path, sample.name, instructions), "another result each time")
    except UnreadableDocument as error:
        return sample.name, f"raised, not given: {error}"
    except Exception as error:
        return sample.name, f"{type(error).__name__}: {error}"
    return sample.name, None


def main() -> None:
    """Run cases for the time given, or one case."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("seconds", type=float, nargs="?", default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", help="only samples of this format, forced upon them")
    parser.add_argument("--case", type=int, help="only this case")
    options = parser.parse_args()
    broken: Counter[str] = Counter()
    number = options.case or 0
    until = time.monotonic() + options.seconds
    with tempfile.TemporaryDirectory() as scratch:
        while time.monotonic() < until:
            sample, fault = run_case(options.seed, number, options.format, Path(scratch))
            if fault:
                broken[sample] += 1
                print(f"case {number}, {sample}: {fault}", flush=True)
            number += 1
            if options.case is not None:
                break
    print(f"{number - (options.case or 0)} cases, {broken.total()} broken, seed {options.seed}")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
