"""The same input gives the same bytes, and a kill costs no more than the last batch."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive import pipeline
from archive.publishing import snapshots
from archive.storage.digest import content_digest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ROOT / "seeds" / "documents"


def build(db: Path, paths: list[Path], workers: int) -> str:
    """Ingest and make a snapshot in a process of its own; SHA-256 of the snapshot's database."""
    command = [sys.executable, "-c", "from archive.cli import main; main()"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    ingest = [*command, "ingest", *map(str, paths), "--db", str(db), "--workers", str(workers)]
    subprocess.run([*ingest, "--name-prefix", ""], env=environment, check=True)
    made = subprocess.run(
        [*command, "snapshot", "create", "--db", str(db)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return hashlib.sha256((Path(made.stdout.strip()) / "archive.db").read_bytes()).hexdigest()


def test_snapshots_are_identical_to_the_byte(tmp_path):
    """Two builds, with the arguments in two orders and with one and two workers."""
    extra = tmp_path / "extra"
    extra.mkdir()
    for number in range(40):
        text = f"Toll rises\nAt least {number + 20} people were killed in Tolven on Sunday.\n"
        (extra / f"{number:02}.txt").write_text(text)
    one = build(tmp_path / "one" / "archive.db", [DOCUMENTS, extra], 1)
    two = build(tmp_path / "two" / "archive.db", [extra, DOCUMENTS], 2)
    assert one == two


def digest(db: Path) -> str:
    connection = sqlite3.connect(db)
    try:
        return content_digest(connection)["all"]
    finally:
        connection.close()


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Path:
    """A folder of some hundred stories."""
    folder = tmp_path_factory.mktemp("many")
    base = (
        "Toll rises in Tolven\nAt least {} people were killed in Tolven on Sunday, police said.\n"
    )
    for number in range(400):
        (folder / f"{number:03}.txt").write_text(base.format(number + 20) + "More rain came.\n" * 9)
    return folder


def test_a_killed_ingest_goes_on_where_it_stopped(many, tmp_path):
    """After the same command has run again, the digest is that of an undisturbed run."""
    pipeline.ingest([many], tmp_path / "whole.db", name_prefix="")
    db = tmp_path / "killed.db"
    code = (
        "import archive.storage.writer as w; w.BATCH_ARTICLES = 20\n"
        "from archive import pipeline; from pathlib import Path\n"
        f"pipeline.ingest([Path({str(many)!r})], Path({str(db)!r}), name_prefix='')"
    )
    process = subprocess.Popen([sys.executable, "-c", code])
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if db.exists() and _stored(db) >= 20:
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.01)
    assert process.wait() == -signal.SIGKILL
    assert 0 < _stored(db) < 400
    assert list(pipeline.check(db)) == []
    pipeline.ingest([many], db, name_prefix="")
    assert digest(db) == digest(tmp_path / "whole.db")


def _stored(db: Path) -> int:
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    try:
        return connection.execute("SELECT count(*) FROM sources").fetchone()[0]
    except sqlite3.OperationalError:  # the tables are not there yet
        return 0
    finally:
        connection.close()


def test_a_snapshot_made_while_an_ingest_writes_is_sound(many, tmp_path):
    """Readers get whole batches, whatever the writer is doing."""
    db = tmp_path / "archive.db"
    pipeline.ingest([DOCUMENTS], db, name_prefix="")
    code = (
        "import archive.storage.writer as w; w.BATCH_ARTICLES = 10\n"
        "from archive import pipeline; from pathlib import Path\n"
        f"pipeline.ingest([Path({str(many)!r})], Path({str(db)!r}), name_prefix='')"
    )
    process = subprocess.Popen([sys.executable, "-c", code])
    before = _stored(db)
    made = []
    while process.poll() is None:
        if _stored(db) > before:
            made.append(snapshots.create(db))
            before = _stored(db)
        time.sleep(0.02)
    assert process.wait() == 0
    assert made, "the ingest ended before a snapshot could be made"
    assert [snapshots.verify(path) for path in made] == [[] for _ in made]


def test_two_ingests_at_once_both_succeed(many, tmp_path):
    """The second writer waits for the first's batches; the rows are those of one run."""
    pipeline.ingest([many], tmp_path / "whole.db", name_prefix="")
    db = tmp_path / "both.db"
    pipeline.ingest([], db)
    code = (
        "import archive.storage.writer as w; w.BATCH_ARTICLES = 10\n"
        "from archive import pipeline; from pathlib import Path\n"
        f"pipeline.ingest([Path({str(many)!r})], Path({str(db)!r}), name_prefix='')"
    )
    processes = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert digest(db) == digest(tmp_path / "whole.db")
    assert list(pipeline.check(db)) == []
