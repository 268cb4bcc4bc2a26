"""Reading, cutting and copies together, without extraction: words per second and memory.

`copies` is finding and comparing them (hashes, `storage.pairs`, `storage.copies`), `rows` the rest
of writing.

    python benchmarks/spine.py [DOCUMENTS]

Runs on real news repeated with changes, on one core, into a database in a temporary folder, and
counts processor time. The baseline of the same run: `str.split` of the same texts, and bare
`hashlib.sha256` of them, the least that any archive must do.
"""

import hashlib
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingest import documents

from archive import pipeline, reading
from archive.records import Facts, Prepared, RawRecord
from archive.resolution import copies
from archive.segmenting import segment
from archive.storage import contents, pairs
from archive.storage import copies as stored_copies
from archive.storage.engine import migrate, write_engine
from archive.storage.runs import start_run
from archive.storage.writer import Writer


def prepare(name: str, text: str, spent: dict[str, float]) -> Prepared:
    """Read, cut and fingerprint one document; adds the processor seconds of each step."""
    marks = [time.process_time()]
    content = text.encode()
    document = reading.read(RawRecord(name=name, content=content))
    packed, compression = contents.pack(content)
    marks.append(time.process_time())
    segments = segment(document)
    marks.append(time.process_time())
    hashed = copies.hash_document(segments)
    prepared = Prepared(
        document=document,
        sha256=hashlib.sha256(content).hexdigest(),
        byte_count=len(content),
        packed=packed,
        compression=compression,
        segments=segments,
        facts=tuple(Facts() for _ in segments.paragraphs),
        names=tuple(() for _ in segments.paragraphs),
        places=tuple(None for _ in segments.articles),
        words_hashes=hashed.words_hashes,
        word_counts=hashed.word_counts,
        fingerprints=hashed.fingerprints,
    )
    marks.append(time.process_time())
    for step, start, end in zip(("read", "cut", "hash"), marks, marks[1:], strict=False):
        spent[step] += end - start
    return prepared


def timed(spent: dict[str, float], function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the processor seconds of a function to `spent["copies"]`."""

    def run(*arguments: Any) -> Any:
        start = time.process_time()
        result = function(*arguments)
        spent["copies"] += time.process_time() - start
        return result

    return run


def main() -> None:
    """Run and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    spent = dict.fromkeys(("read", "cut", "hash", "copies", "rows"), 0.0)
    pairs.link = timed(spent, pairs.link)
    stored_copies.elect_originals = timed(spent, stored_copies.elect_originals)
    words, baseline = 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "spine.db"
        migrate(db)
        with write_engine(db).connect() as connection:
            run_id = start_run(connection, "ingest", "benchmark")
            writer = Writer(connection, run_id, "benchmark", pipeline.COMPARER)
            for number, text in enumerate(documents(count)):
                start = time.process_time()
                words += len(text.split())
                hashlib.sha256(text.encode()).digest()
                baseline += time.process_time() - start
                prepared = prepare(f"{number:07}.txt", text, spent)
                start = time.process_time()
                writer.add(prepared)
                spent["rows"] += time.process_time() - start
                if number + 1 in (count // 4, count):
                    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
                    print(f"after {number + 1} documents: peak {peak} MB")
            start = time.process_time()
            writer.flush()
            spent["rows"] += time.process_time() - start
    spent["rows"] -= spent["copies"]  # it was counted within the writer
    for step, seconds in spent.items():
        print(f"  {step:16} {words / seconds:12,.0f} words/s")
    total = sum(spent.values())
    print(f"reading, cutting, copies: {words / (total - spent['rows']):,.0f} words/s")
    print(f"and rows: {words / total:,.0f} words/s, {total / baseline:.0f} times split and SHA-256")


if __name__ == "__main__":
    main()
