"""`archive serve` as a process: it answers, follows newer snapshots, and ends when told."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.errors import MisuseError
from archive.publishing import server, snapshots

PROGRAM = """
import sys
from pathlib import Path
from archive.publishing.server import serve
sys.exit(serve(Path(sys.argv[1]), port=int(sys.argv[2]), watch_seconds=0.2))
"""


@contextmanager
def serving(db: Path) -> Iterator[tuple[subprocess.Popen, int]]:
    """A server of a database, and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(db), str(port)], stderr=subprocess.DEVNULL
    )
    try:
        yield process, port
    finally:
        process.terminate()
        process.wait(20)


def count_articles(port: int) -> int | None:
    """What the server says; None while it does not answer."""
    query = "sql=select+count(*)+from+articles&_shape=arrayfirst"
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/archive.json?{query}") as answer:
            return int(json.load(answer)[0])
    except (urllib.error.URLError, ConnectionError):
        return None


def wait_until(holds, seconds: float = 30) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_serve_makes_a_snapshot_and_ends_when_told(small_archive: Path, number: int):
    """A fresh archive is served at once; the signal ends both processes with exit code 0."""
    with serving(small_archive) as (process, port):
        wait_until(lambda: count_articles(port) == 3)
        assert len(snapshots.list_snapshots(small_archive)) == 1
        process.send_signal(number)
        assert process.wait(20) == 0
        assert count_articles(port) is None


def test_serve_goes_on_where_hangups_are_ignored(small_archive: Path):
    """Started with `nohup`, it outlives the terminal."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as `nohup` hands it on
    try:
        with serving(small_archive) as (process, port):
            wait_until(lambda: count_articles(port) == 3)
            process.send_signal(signal.SIGHUP)
            time.sleep(1)
            assert process.poll() is None
            assert count_articles(port) == 3
    finally:
        signal.signal(signal.SIGHUP, before)


def test_no_datasette_outlives_its_parent(small_archive: Path):
    """Where `archive serve` is killed, so that it can end nothing, the port is free again."""
    with serving(small_archive) as (process, port):
        wait_until(lambda: count_articles(port) == 3)
        process.kill()
        wait_until(lambda: count_articles(port) is None)


@pytest.mark.parametrize("damaged", ["archive.db", "inspect.json"])
def test_serve_passes_over_a_damaged_snapshot(small_archive: Path, damaged: str):
    """Where the newest one is damaged and no other is left, a new one is made and served."""
    (snapshots.create(small_archive) / damaged).write_bytes(b"")
    with serving(small_archive) as (_process, port):
        wait_until(lambda: count_articles(port) == 3)
    assert len(snapshots.list_snapshots(small_archive)) == 2


def test_serve_moves_on_to_a_newer_snapshot(rows):
    """What is ingested is shown once a snapshot holds it, not before."""
    rows.article("a.txt", "One", "Text.")
    db = rows.commit()
    with serving(db) as (_process, port):
        wait_until(lambda: count_articles(port) == 1)
        rows.run()
        rows.article("b.txt", "Two", "Text.")
        rows.commit()
        assert count_articles(port) == 1
        snapshots.create(db)
        wait_until(lambda: count_articles(port) == 2)


def test_a_taken_port_is_said_before_anything_is_made(small_archive: Path):
    """The error names the address and how to choose another."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(MisuseError, match=rf"127\.0\.0\.1:{port}.*--port"):
            server.serve(small_archive, port=port)
    assert snapshots.list_snapshots(small_archive) == []


def test_missing_metadata_is_said(small_archive: Path, tmp_path: Path):
    """A metadata file that is not there is named."""
    with pytest.raises(MisuseError, match="--metadata"):
        server.serve(small_archive, metadata=tmp_path / "none.yml")


def test_the_command_names_no_path_of_the_database():
    """Datasette puts the name into a URI unescaped, and shows it: it gets none but `archive.db`."""
    command = server.command(host="h", port=1, public=True, metadata=server.METADATA)
    assert command[command.index("-i") + 1] == "archive.db"
    assert command[command.index("sql_time_limit_ms") + 1] == "1000"
