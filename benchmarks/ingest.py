"""How fast files become rows, where the time goes, and whether memory stays flat.

    python benchmarks/ingest.py [DOCUMENTS]

Prints words and documents per second of the whole path on one core, the share of each step, the
writer's rows per second beside bare `sqlite3.executemany` of the same rows into the same schema,
and the peak memory of an ingest of DOCUMENTS and of four times as many.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does

import csv
import itertools
import multiprocessing
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from archive import pipeline, reading
from archive.extraction.document import extract
from archive.records import RawRecord
from archive.resolution.entities import resolve_names
from archive.segmenting import segment
from archive.storage.engine import migrate
from archive.storage.models import Base
from archive.storage.rows import insert_statement

ROOT = Path(__file__).resolve().parents[1]
NEWS = ROOT.parent / "shared" / "news"


def texts() -> list[str]:
    """Real news where it is at hand, else the sample documents."""
    if not NEWS.is_dir():
        files = sorted((ROOT / "seeds" / "documents").glob("*.txt"))
        return [file.read_text(encoding="utf-8", errors="replace") for file in files]
    found = []
    for file in sorted(NEWS.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as handle:
            found += [f"{row['title']}\n{row['text']}" for row in csv.DictReader(handle)]
    return found


def documents(count: int) -> Iterator[str]:
    """`count` texts, each with one word in twenty replaced by one from anywhere in the texts."""
    chance = random.Random(1)
    base = texts()
    vocabulary = " ".join(base).split()
    for number in range(count):
        words = base[number % len(base)].split(" ")
        for _ in range(len(words) // 20):
            words[chance.randrange(len(words))] = chance.choice(vocabulary)
        yield " ".join(words)


def write_files(folder: Path, count: int) -> int:
    """Write the documents as files; the number of words."""
    words = 0
    for number, text in enumerate(documents(count)):
        sub = folder / f"{number // 1000:04}"
        sub.mkdir(exist_ok=True, parents=True)
        (sub / f"{number:07}.txt").write_text(text, encoding="utf-8")
        words += len(text.split())
    return words


def measure_steps(count: int) -> None:
    """Seconds of each pure step over the documents."""
    spent = dict.fromkeys(("read", "segment", "extract", "resolve"), 0.0)
    words = 0
    for text in documents(count):
        record = RawRecord(name="x", content=text.encode())
        words += len(text.split())
        marks = [time.process_time()]
        document = reading.read(record)
        marks.append(time.process_time())
        segments = segment(document)
        marks.append(time.process_time())
        facts = extract(segments)
        marks.append(time.process_time())
        resolve_names(
            [each.mentions for each in facts], [each.article for each in segments.paragraphs]
        )
        marks.append(time.process_time())
        for step, (start, end) in zip(spent, itertools.pairwise(marks), strict=True):
            spent[step] += end - start
    for step, seconds in spent.items():
        print(f"  {step:8} {words / seconds:12,.0f} words/s")


def ingest_in_child(folder: str, db: str, workers: int) -> tuple[float, int]:
    """Ingest in a process of its own: seconds and peak memory in MB."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as executor:
        return executor.submit(_ingest, folder, db, workers).result()


def _ingest(folder: str, db: str, workers: int) -> tuple[float, int]:
    start = time.perf_counter()
    pipeline.ingest([Path(folder)], Path(db), workers=workers, name_prefix="")
    seconds = time.perf_counter() - start
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def bare_copy(db: Path, target: Path) -> tuple[int, float]:
    """Insert every row of an archive into an empty one with `executemany`: rows and seconds."""
    migrate(target)
    with sqlite3.connect(db) as source:
        tables = {
            table.name: source.execute(f"SELECT * FROM {table.name}").fetchall()
            for table in Base.metadata.sorted_tables
        }
    connection = sqlite3.connect(target, isolation_level=None)
    connection.execute("PRAGMA cache_size=-262144")
    start = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    for name, rows in tables.items():
        if rows:
            connection.executemany(insert_statement(name), rows)
    connection.execute("COMMIT")
    return sum(map(len, tables.values())), time.perf_counter() - start


def main() -> None:
    """Run all measurements."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        words = write_files(folder / "one", count)
        write_files(folder / "four", 4 * count)
        print(f"{count} documents, {words} words; steps on one core:")
        measure_steps(min(count, 300))
        for workers in (1, 2):
            db = folder / f"workers{workers}.db"
            seconds, memory = ingest_in_child(str(folder / "one"), str(db), workers)
            print(
                f"ingest, {workers} workers: {count / seconds:,.0f} documents/s, "
                f"{words / seconds:,.0f} words/s, peak {memory} MB"
            )
        _, memory = ingest_in_child(str(folder / "four"), str(folder / "four.db"), 1)
        print(f"ingest of four times as many: peak {memory} MB")
        rows, bare = bare_copy(folder / "workers1.db", folder / "bare.db")
        print(f"bare executemany of its rows: {rows / bare:,.0f} rows/s")


if __name__ == "__main__":
    main()
