"""How fast a snapshot is exported in each format, and whether memory stays flat.

    python benchmarks/exports.py [--articles 3000] [--keep FOLDER] [--format csv ...]

Makes archives of a quarter of N articles and of N, as `benchmarks/published.py` does, and runs
`archive export` on a snapshot of each in a process of its own. Prints rows per second, size, and
peak memory; the baseline is `SELECT` of the same rows in the same order by Python's sqlite3, with
nothing done to them. Exit code 1 where four times the rows take half as much memory again.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from published import base_archive, multiply

from archive.publishing import snapshots
from archive.publishing.exports.export import FORMATS
from archive.publishing.exports.relations import names, read_relation
from archive.publishing.manifest import connect_frozen, read_manifest

GROWTH = 1.5
"""Peak memory at four times the rows, as a multiple of that at once."""


def snapshot_of(folder: Path, articles: int) -> tuple[Path, Path]:
    """An archive of this many articles and the folder of its newest snapshot, made if need be."""
    db = folder / f"articles{articles}.db"
    if not db.exists():
        multiply(base_archive(folder), db, articles)
    snapshot = snapshots.newest(db)
    return db, snapshots.create(db) if snapshot is None else snapshot.path


def selecting(snapshot: Path) -> tuple[int, float]:
    """Rows of all tables and views, and seconds in which Python only reads them."""
    count, start = 0, time.process_time()
    manifest = read_manifest(snapshot)
    with connect_frozen(snapshot / "archive.db") as connection:
        for name in names(manifest):
            relation = read_relation(connection, manifest, name, with_bytes=False)
            count += sum(1 for _row in connection.execute(relation.select))
    return count, time.process_time() - start


def exporting(db: Path, snapshot: Path, format_: str) -> tuple[int, float, float]:
    """Bytes written, seconds of processor time and peak memory in MB of the command."""
    with tempfile.TemporaryDirectory(dir=db.parent) as scratch:
        out = Path(scratch) / "out"
        process = subprocess.Popen(
            [
                *(sys.executable, "-c", "from archive.cli import main; main()"),
                *("export", str(out), "--format", format_),
                *("--db", str(db), "--snapshot", snapshot.name),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        assert os.waitstatus_to_exitcode(status) == 0, f"archive export --format {format_} failed"
        size = sum(path.stat().st_size for path in out.iterdir())
    return size, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def report(folder: Path, articles: int, formats: list[str]) -> Iterator[tuple[str, float]]:
    """Measure and print; the growth of memory of each format."""
    small, large = snapshot_of(folder, articles // 4), snapshot_of(folder, articles)
    count, seconds = selecting(large[1])
    print(
        f"{count:,} rows of {articles:,} articles, {(large[1] / 'archive.db').stat().st_size:,} B"
    )
    print(f"{'select alone':14} {count / seconds:>11,.0f} rows/s")
    for format_ in formats:
        _size, _seconds, before = exporting(*small, format_)
        size, spent, after = exporting(*large, format_)
        print(
            f"{format_:14} {count / spent:>11,.0f} rows/s {size / 1e6:>8,.0f} MB; "
            f"peak memory {before:,.0f} MB at a quarter, {after:,.0f} MB at all; "
            f"{spent / seconds:.1f} times the select"
        )
        yield format_, after / before


def main() -> int:
    """Make the archives, export them and print; exit code 1 where memory grows with the rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--format", action="append", choices=FORMATS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        found = list(report(folder, options.articles, options.format or list(FORMATS)))
    grown = {name: round(growth, 2) for name, growth in found if growth > GROWTH}
    if grown:
        print(f"memory grows with the rows: {json.dumps(grown)}")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
