"""Reading from the command line: formats, mappings, containers, progress, interruption."""

import gzip
import itertools
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from archive import cli, pipeline, reading
from archive.records import Metadata
from archive.storage.digest import content_digest

STORY = (
    "Minister Opens Bridge In Tolven\nThe bridge cost €12 million, Ada Lindqvist said on Monday.\n"
)
COMMAND = [
    sys.executable,
    "-c",
    "from archive import cli; from archive.storage import writer; "
    "writer.BATCH_ARTICLES = 40; cli.main()",
]
"""The command in a process of its own, with small batches, so that few records make several."""

SAMPLES = Path(__file__).resolve().parents[1] / "seeds" / "documents"

RECORDS = 400
"""Ten batches: the first is stored long before the last."""


@pytest.fixture
def archive(tmp_path, monkeypatch, capsys):
    """Call the command in an empty folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ARCHIVE_DB", raising=False)

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["archive", *map(str, arguments)])
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        output = capsys.readouterr()
        return code, output.out, output.err

    return call


def ask(db: str | Path, sql: str) -> list[tuple]:
    """Rows of a query."""
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def digest(db: Path) -> str:
    connection = sqlite3.connect(db)
    try:
        return content_digest(connection)["all"]
    finally:
        connection.close()


def zip_of(path: Path, **members: str) -> Path:
    """A ZIP; keyword `a_txt` is its member `a.txt`."""
    with zipfile.ZipFile(path, "w") as box:
        for name, text in members.items():
            box.writestr(name.replace("_", "."), text)
    return path


# ------------------------------------------------------------------- archives and names


def test_an_archive_gives_a_source_for_each_file_in_it(archive, tmp_path):
    """The good ones are stored, the others named with their reasons; again changes nothing."""
    zip_of(tmp_path / "box.zip", a_txt=STORY, b_txt="", c_txt=STORY.replace("Monday", "Friday"))
    code, out, err = archive("ingest", "box.zip")
    assert (code, out) == (1, "Documents: 2 stored, 1 failed.\n")
    assert err == "box.zip#b.txt: an empty file. Fetch it again or leave it out.\n"
    assert ask("archive.db", "SELECT name FROM sources ORDER BY id") == [
        ("box.zip#a.txt",),
        ("box.zip#c.txt",),
    ]
    assert ask("archive.db", "SELECT name FROM failures") == [("box.zip#b.txt",)]
    before = digest(tmp_path / "archive.db")
    assert archive("ingest", "box.zip")[1] == "Documents: 2 unchanged, 1 failed.\n"
    assert digest(tmp_path / "archive.db") == before


def test_a_changed_member_is_a_revision_and_a_new_one_is_stored(archive, tmp_path):
    """The other members of the archive are left as they are."""
    zip_of(tmp_path / "box.zip", a_txt=STORY, b_txt=STORY.replace("Monday", "Friday"))
    archive("ingest", "box.zip")
    zip_of(
        tmp_path / "box.zip",
        a_txt=STORY.replace("12", "14"),
        b_txt=STORY.replace("Monday", "Friday"),
        c_txt="Rain Falls On Tolven\nRain fell on Tolven for three days.\n",
    )
    out = archive("ingest", "box.zip")[1]
    assert out == "Documents: 1 stored, 1 stored as a revision, 1 unchanged.\n"


def test_what_was_removed_from_an_archive_stays_out(archive, tmp_path):
    """A member is removed by its name, and left out when the archive is ingested again."""
    zip_of(tmp_path / "box.zip", a_txt=STORY, b_txt=STORY.replace("Monday", "Friday"))
    archive("ingest", "box.zip")
    assert archive("remove", "box.zip#a.txt", "--reason", "wrong")[0] == 0
    out = archive("ingest", "box.zip")[1]
    assert out == "Documents: 1 unchanged, 1 left out (removed before).\n"


def test_metadata_of_an_archive_holds_for_its_files_and_theirs_outranks_it(archive, tmp_path):
    """Rows of --meta name the archive or a file in it; options are outranked by both."""
    zip_of(tmp_path / "box.zip", a_txt=STORY, b_txt=STORY.replace("Monday", "Friday"))
    (tmp_path / "plain.txt").write_text(STORY.replace("Monday", "Sunday"), encoding="utf-8")
    (tmp_path / "meta.csv").write_text(
        "name,outlet,published\nbox.zip,The Gazette,2025-03-01\nbox.zip#b.txt,,2025-03-02\n"
    )
    options = ["--meta", "meta.csv", "--outlet", "The Ledger", "--published", "2024-01-01"]
    code, _out, err = archive("ingest", "box.zip", "plain.txt", *options)
    assert (code, err) == (0, "")
    rows = ask(
        "archive.db",
        "SELECT s.name, o.name, a.published_on FROM sources s JOIN outlets o ON o.id = s.outlet_id "
        "JOIN articles a ON a.source_id = s.id ORDER BY s.name",
    )
    assert rows == [
        ("box.zip#a.txt", "The Gazette", "2025-03-01"),
        ("box.zip#b.txt", "The Gazette", "2025-03-02"),
        ("plain.txt", "The Ledger", "2024-01-01"),
    ]


def test_an_archive_may_come_from_standard_input(archive, tmp_path):
    """It is named by its content, as a document is."""
    content = zip_of(tmp_path / "box.zip", a_txt=STORY).read_bytes()
    ran = subprocess.run(
        [*COMMAND, "ingest", "-"],
        input=content,
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])},
    )
    assert (ran.returncode, ran.stdout) == (0, b"Documents: 1 stored.\n")
    ((name,),) = ask(tmp_path / "archive.db", "SELECT name FROM sources")
    assert re.fullmatch(r"stdin-[0-9a-f]{12}#a\.txt", name)


# -------------------------------------------------------------------- --format and --map


def test_a_named_format_is_used_whatever_a_file_looks_like(archive, tmp_path):
    """Here a page is read as the text that its source is."""
    page = "<!DOCTYPE html><title>Rain</title><p>Rain fell on Tolven for three days.</p>"
    (tmp_path / "page.html").write_text(page)
    assert archive("ingest", "page.html", "--format", "text")[0] == 0
    assert ask("archive.db", "SELECT media_type FROM sources") == [("text/plain",)]


def test_an_unknown_format_is_misuse_and_names_those_there_are(archive, tmp_path):
    """Nothing is opened or made."""
    code, out, err = archive("ingest", ".", "--format", "dvi")
    assert (code, out) == (2, "")
    assert "no format is named 'dvi'" in err
    assert all(f" {known.name}" in err for known in reading.FORMATS)
    assert not (tmp_path / "archive.db").exists()


def test_a_mapping_tells_which_field_is_the_text(archive, tmp_path):
    """Records of a tool that nobody knows are read with --map."""
    headline, text = STORY.strip().split("\n")
    row = {"koerper": text, "kopf": headline, "tag": "2025-03-01"}
    (tmp_path / "odd.jsonl").write_text(json.dumps(row) + "\n" + json.dumps(row) + "\n")
    assert archive("ingest", "odd.jsonl")[0] == 1
    mapping = "text=koerper,headline=kopf,published_at=tag"
    code, out, _err = archive("ingest", "odd.jsonl", "--map", mapping)
    assert (code, out) == (0, "Documents: 2 stored.\n")
    rows = ask("archive.db", "SELECT headline, published_on FROM articles")
    assert rows == [(row["kopf"], "2025-03-01")] * 2


@pytest.mark.parametrize(
    ("mapping", "message"),
    [("text", "--map: 'text' is no pair"), ("words=body", "the archive has no field 'words'")],
)
def test_a_mapping_that_makes_no_sense_is_misuse(archive, tmp_path, mapping, message):
    """Told before anything is read."""
    code, _out, err = archive("ingest", ".", "--map", mapping)
    assert code == 2
    assert message in err
    assert not (tmp_path / "archive.db").exists()


# ---------------------------------------------------------------------- archive formats


def test_the_table_of_formats_tells_each(archive):
    """Name, title, suffixes, library, what a record is and what it fills."""
    code, out, err = archive("formats")
    assert (code, err) == (0, "")
    for known in reading.FORMATS:
        entry = re.search(rf"^{known.name} (?:.+\n)(?: .+\n)*", out, flags=re.MULTILINE)
        assert entry, known.name
        for told in (known.title, known.library, known.records, *known.suffixes, *known.fills):
            assert told in entry[0]


def test_the_table_of_formats_is_there_for_programs(archive):
    """The same, as JSON."""
    listed = json.loads(archive("formats", "--json")[1])
    assert [each["name"] for each in listed] == [known.name for known in reading.FORMATS]
    for each, known in zip(listed, reading.FORMATS, strict=True):
        assert each["fills"] == list(known.fills)
        assert each["records"] == known.records


def test_the_table_of_formats_is_that_of_the_documentation(archive):
    """docs/formats.md has the table that `archive formats --markdown` prints, and no other."""
    printed = archive("formats", "--markdown")[1]
    assert printed.count("\n") == len(reading.FORMATS) + 2
    documentation = Path(__file__).parents[1] / "docs" / "formats.md"
    assert printed in documentation.read_text(encoding="utf-8")


# ----------------------------------------------------------------------------- progress


class Terminal:
    """Standard error of somebody who watches."""

    def __init__(self) -> None:
        self.written = ""

    def write(self, text: str) -> int:
        """Take what is shown."""
        self.written += text
        return len(text)

    def flush(self) -> None:
        """Nothing waits."""

    def isatty(self) -> bool:
        """Somebody watches."""
        return True


def test_a_terminal_sees_documents_and_bytes(archive, tmp_path, monkeypatch):
    """How many documents are done, and how much of all the bytes."""
    zip_of(tmp_path / "box.zip", a_txt=STORY, b_txt=STORY.replace("Monday", "Friday"))
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(cli, "_REDRAW_SECONDS", 0)
    assert archive("ingest", "box.zip")[1] == "Documents: 2 stored.\n"
    size = (tmp_path / "box.zip").stat().st_size / 1e6
    assert f"Ingesting: 2, {size:,.1f} of {size:,.1f} MB  box.zip#b.txt" in terminal.written
    assert terminal.written.endswith("\r\033[K")


@pytest.mark.parametrize(
    ("total", "done", "elapsed", "shown"),
    [
        (0, 0, 9.0, ""),
        (8_000_000, 0, 9.0, ", 0.0 of 8.0 MB"),
        (8_000_000, 2_000_000, 1.0, ", 2.0 of 8.0 MB"),
        (8_000_000, 2_000_000, 10.0, ", 2.0 of 8.0 MB, 30 s left"),
        (8_000_000, 2_000_000, 70.0, ", 2.0 of 8.0 MB, 3 min left"),
        (2_000_000_000, 1_000_000, 10.0, ", 1.0 of 2,000.0 MB, 5 h 33 min left"),
        (8_000_000, 8_000_000, 70.0, ", 8.0 of 8.0 MB, 0 s left"),
    ],
)
def test_the_time_left_is_told_at_the_rate_so_far(total, done, elapsed, shown):
    """After two seconds, when there is a rate to go by."""
    meter = reading.Meter(total=total, finished=done)
    assert cli._how_far(meter, elapsed) == shown


# ------------------------------------------------------------------------- interruption


def write_records(path: Path, count: int) -> None:
    """JSON Lines, compressed: short stories, each other than the next."""
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for n in range(count):
            text = (
                f"The council of Tolven voted {n % 30 + 1} to {n % 17} on Monday to pay "
                f"€{n + 2} million for bridge {n}, Mayor Ada Lindqvist said."
            )
            file.write(json.dumps({"title": f"Council Pays For Bridge {n}", "text": text}) + "\n")


@pytest.mark.parametrize("workers", [1, 2])
def test_an_ingest_that_was_killed_in_a_container_goes_on_where_it_stopped(
    tmp_path, monkeypatch, workers
):
    """Killed after the first batch and run again: the rows of an undisturbed run, none twice."""
    write_records(tmp_path / "box.jsonl.gz", RECORDS)
    whole, cut = tmp_path / "whole.db", tmp_path / "cut.db"
    environment = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])}
    child = subprocess.Popen(
        [*COMMAND, "ingest", "box.jsonl.gz", "--db", "cut.db", "--workers", str(workers)],
        cwd=tmp_path,
        env=environment,
        start_new_session=True,  # the workers are killed with it
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for_rows(cut, child)
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    stored = ask(cut, "SELECT count(*) FROM sources")[0][0]
    assert 0 < stored < RECORDS
    monkeypatch.chdir(tmp_path)
    report = pipeline.ingest([Path("box.jsonl.gz")], cut, workers=workers)
    assert report.outcomes == {"unchanged": stored, "stored": RECORDS - stored}
    pipeline.ingest([Path("box.jsonl.gz")], whole)
    assert digest(cut) == digest(whole)
    assert ask(cut, "SELECT count(*), count(DISTINCT name) FROM sources") == [(RECORDS, RECORDS)]


def wait_for_rows(db: Path, child: subprocess.Popen) -> None:
    """Wait until the first batch is stored."""
    while child.poll() is None:
        time.sleep(0.05)
        try:
            if ask(db, "SELECT 1 FROM sources LIMIT 1"):
                return
        except sqlite3.OperationalError:  # not made yet
            continue
    pytest.fail("the ingest came to its end before it could be killed")


def test_all_samples_ingest_with_one_command(built_sample_archive):
    """Every record of every sample document is a source, and every row holds."""
    names = {row[0] for row in ask(built_sample_archive, "SELECT name FROM sources")}
    for name, path in reading.find_files([SAMPLES], name_prefix=""):
        for record in reading.records(name, path, Metadata()):
            assert record.name in names, record
    assert list(pipeline.check(built_sample_archive)) == []


def test_one_story_in_many_formats_is_one_cluster_of_copies(built_sample_archive):
    """The ferry's story comes in more than eight formats; each is a copy of each other."""
    articles = ask(
        built_sample_archive,
        "SELECT a.id, s.media_type FROM articles a JOIN sources s ON s.id = a.source_id "
        "WHERE a.headline = 'Ferry with 312 aboard runs aground off Tolven'",
    )
    assert len({media_type for _, media_type in articles}) >= 8
    ids = {article for article, _ in articles}
    pairs = ask(built_sample_archive, "SELECT article_id, other_id, relation FROM article_pairs")
    copies = {frozenset(pair) for *pair, relation in pairs if relation == "identical"}
    assert {frozenset(pair) for pair in itertools.combinations(ids, 2)} <= copies
