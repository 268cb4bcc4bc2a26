"""Containers of a gigabyte: memory that stays flat, and an ingest that survives being killed.

    python benchmarks/containers.py [--megabytes 1000] [--page-kilobytes 120] [--workers 1]
        [--format warc|jsonl]

Writes a WARC and a JSON Lines file of that size (news pages with their scripts and menus; records
that hold the text and the page it came from), and ingests each three times: undisturbed; again
into the same archive, where nothing is new; and into another archive, killed (SIGKILL) when half
of it is stored, then started again. The content digests must be the same. Peak memory is that of
the largest process, and of all processes together (sampled, shared pages counted once).
"""

import argparse
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from news_pages import Story, page, stories
from readers import row, warc_record

from archive.storage.digest import content_digest

_COMMAND = [sys.executable, "-c", "from archive import cli; cli.main()", "ingest"]
_KILOBYTES = 120
"""Usual size of a page, as that of news sites is: most of it scripts, styles and menus."""

_LEAST_RECORDS = 1500
"""Records of a file, of smaller pages where it is small: they are stored five hundred at a time."""

_SAMPLE_SECONDS = 0.2


Make = Callable[[Story, int], bytes]
"""Makes a record of a story, from a page of so many kilobytes."""


def jsonl(story: Story, kilobytes: int) -> bytes:
    """A line as crawlers write it: fields of the story, and the page that they were taken from."""
    record = {**row(story), "raw_html": page(story, kilobytes).decode()}
    return json.dumps(record, ensure_ascii=False).encode() + b"\n"


def write(path: Path, size: int, make: Make, usual: int) -> int:
    """Write a file of about that many bytes, in pages of so many kilobytes; how many records."""
    count = 0
    kilobytes = min(usual, size // _LEAST_RECORDS // 1000)
    with path.open("wb") as file:
        for story in stories():
            if file.tell() >= size:
                break
            file.write(make(story, kilobytes))
            count += 1
    return count


@dataclass(slots=True)
class Run:
    """What one ingest took: seconds, and memory in megabytes; what it printed."""

    seconds: float
    largest: float
    together: float
    report: dict[str, int]


def ingest(path: Path, db: Path, workers: int, stop_at: int | None = None) -> Run:
    """Ingest a file in processes of its own; killed once `stop_at` sources are stored."""
    start = time.monotonic()
    output = db.with_suffix(".json")
    with output.open("wb") as printed:
        child = subprocess.Popen(
            [*_COMMAND, path.name, "--db", str(db), "--workers", str(workers), "--json"],
            cwd=path.parent,
            stdout=printed,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])},
        )
        together = 0.0
        while True:
            pid, _status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            together = max(together, sum(map(_proportional_kilobytes, _group(child.pid))) / 1024)
            if stop_at is not None and _stored(db) >= stop_at:
                os.killpg(child.pid, signal.SIGKILL)
                _pid, _status, usage = os.wait4(child.pid, 0)
                break
            time.sleep(_SAMPLE_SECONDS)
    text = output.read_text(encoding="utf-8")
    seconds = time.monotonic() - start
    return Run(seconds, usage.ru_maxrss / 1024, together, json.loads(text) if text else {})


def _group(leader: int) -> Iterator[int]:
    """The processes of a group, as /proc tells (Linux only; elsewhere none)."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        if int(fields[2]) == leader:
            yield int(stat.parent.name)


def _proportional_kilobytes(pid: int) -> int:
    """Memory of a process; what several share is divided among them."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))


def _stored(db: Path) -> int:
    """Sources stored so far."""
    try:
        connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
        try:
            return int(connection.execute("SELECT count(*) FROM sources").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.OperationalError:  # not made yet
        return 0


def digest(db: Path) -> str:
    """Content digest of an archive."""
    connection = sqlite3.connect(db)
    try:
        return content_digest(connection)["all"]
    finally:
        connection.close()


def measure(name: str, make: Make, size: int, workers: int, kilobytes: int) -> bool:
    """Run everything for one format and print it; whether the digests are the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"news.{name}"
        count = write(path, size, make, kilobytes)
        megabytes = path.stat().st_size / 1e6
        print(f"{name}: {megabytes:,.0f} MB, {count:,} records, {workers} worker(s)", flush=True)
        whole, cut = Path(folder) / "whole.db", Path(folder) / "cut.db"
        for label, db, stop_at in (
            ("undisturbed", whole, None),
            ("again, nothing new", whole, None),
            ("killed at half", cut, count // 2),
            ("started again", cut, None),
        ):
            run = ingest(path, db, workers, stop_at)
            told = {key: n for key, n in run.report.items() if n and isinstance(n, int)}
            print(
                f"  {label:20} {run.seconds:8.1f} s   peak {run.largest:5.0f} MB the largest "
                f"process, {run.together:5.0f} MB together   {told or _stored(db)}",
                flush=True,
            )
        is_same = digest(whole) == digest(cut)
        print(f"  content digests {'are the same' if is_same else 'DIFFER'}: {digest(cut)[:16]}")
        return is_same


def main() -> None:
    """Measure the formats asked for; exit code 1 where a digest differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--page-kilobytes", type=int, default=_KILOBYTES)
    parser.add_argument("--workers", type=int, default=1)
    makers: dict[str, Make] = {"warc": warc_record, "jsonl": jsonl}
    parser.add_argument("--format", choices=sorted(makers))
    options = parser.parse_args()
    chosen = [options.format] if options.format else list(makers)
    size = options.megabytes * 1_000_000
    same = [
        measure(name, makers[name], size, options.workers, options.page_kilobytes)
        for name in chosen
    ]
    sys.exit(0 if all(same) else 1)


if __name__ == "__main__":
    main()
