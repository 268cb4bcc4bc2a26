"""The command line: exit codes, messages, and the round from ingest to snapshots."""

import hashlib
import io
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from archive import cli
from archive.storage.digest import content_digest

ROOT = Path(__file__).resolve().parents[1]
STORY = (
    "Minister Opens Bridge In Tolven\nThe bridge cost €12 million, Ada Lindqvist said on Monday.\n"
)


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


@pytest.fixture
def folder(tmp_path):
    """A folder with one story."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "story.txt").write_text(STORY, encoding="utf-8")
    return tmp_path / "in"


def digest(db: Path) -> str:
    connection = sqlite3.connect(db)
    try:
        return content_digest(connection)["all"]
    finally:
        connection.close()


def test_ingest_says_what_it_did(archive, folder):
    """A summary on standard output, exit code 0; names are the paths as given."""
    assert archive("ingest", "in") == (0, "Documents: 1 stored.\n", "")
    assert archive("ingest", "./in/") == (0, "Documents: 1 unchanged.\n", "")
    with sqlite3.connect("archive.db") as connection:
        assert connection.execute("SELECT name FROM sources").fetchall() == [("in/story.txt",)]


def test_failures_are_named_and_the_exit_code_tells(archive, folder):
    """The good documents are stored all the same."""
    (folder / "empty.txt").touch()
    code, out, err = archive("ingest", "in")
    assert (code, out) == (1, "Documents: 1 stored, 1 failed.\n")
    assert err.startswith("in/empty.txt: ")


def test_json_output_is_json(archive, folder):
    """Every count is there, zero or not."""
    (folder / "empty.txt").touch()
    code, out, _err = archive("ingest", "in", "--json")
    report = json.loads(out)
    assert (code, report["stored"], report["failed"], report["revised"]) == (1, 1, 1, 0)
    assert report["failures"][0]["name"] == "in/empty.txt"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ingest"], "Missing argument"),
        (["ingest", "nothing"], "nothing: no such file"),
        (["ingest", "in", "--published", "15/07/2025"], "--published: '15/07/2025' is no ISO"),
        (["ingest", "in", "--published", ""], "--published: '' is no ISO 8601 date"),
        (["ingest", "in", "--published", "2025-W30"], "2025-07-15"),
        (["ingest", "in", "--meta", "none.csv"], "none.csv"),
        (["ingest", "in", "--workers", "0"], "workers"),
        (["ingest", "in", "-"], "stands alone"),
        (["check"], "archive ingest"),
        (["check", "--db", "in/story.txt"], "in/story.txt"),
        (["remove", "x", "--reason", "y"], "archive ingest"),
        (["snapshot", "create"], "archive ingest"),
        (["snapshot", "verify"], "snapshot"),
        (["snapshot", "prune", "--keep", "0"], "at least 1"),
        (["brew"], "No such command"),
    ],
)
def test_misuse_is_told_in_a_sentence(archive, folder, arguments, message):
    """Exit code 2, a message that says what to do, no traceback."""
    code, _out, err = archive(*arguments)
    assert code == 2
    assert message in err
    assert "Traceback" not in err


def pipe_in(monkeypatch, text: str) -> None:
    """Put a text on standard input."""

    class Stdin:
        buffer = io.BytesIO(text.encode())

    monkeypatch.setattr(sys, "stdin", Stdin)


def names_stored() -> list[tuple[str, int | None]]:
    """Names of the sources, and what superseded them."""
    with sqlite3.connect("archive.db") as connection:
        query = "SELECT name, superseded_by_id FROM sources ORDER BY name"
        return connection.execute(query).fetchall()


def test_every_text_from_standard_input_has_its_own_name(archive, monkeypatch):
    """`-` names what is piped in by its SHA-256, so that no text supersedes another."""
    other = STORY.replace("12", "13")
    expected = []
    for text in (STORY, other):
        pipe_in(monkeypatch, text)
        assert archive("ingest", "-")[1] == "Documents: 1 stored.\n"
        expected.append((f"stdin-{hashlib.sha256(text.encode()).hexdigest()[:12]}", None))
    assert names_stored() == sorted(expected)
    pipe_in(monkeypatch, other)
    assert archive("ingest", "-")[1] == "Documents: 1 unchanged.\n"
    pipe_in(monkeypatch, other)
    assert archive("ingest", "-", "--name-prefix", "wire/")[0] == 0
    assert (f"wire/{expected[1][0]}", None) in names_stored()


def test_an_archive_among_its_documents_is_none_of_them(archive, folder, monkeypatch):
    """Database, log, snapshots and the CSV stay out, for a folder and for its files by name."""
    monkeypatch.chdir(folder)
    Path("meta.csv").write_text("name,outlet\nstory.txt,Ledger\n")
    options = ("--meta", "meta.csv", "--db", "news.db")
    assert archive("ingest", ".", *options) == (0, "Documents: 1 stored.\n", "")
    assert archive("snapshot", "create", "--db", "news.db")[0] == 0
    held = sqlite3.connect("news.db")  # while somebody reads, log and index stay on disk
    held.execute("SELECT count(*) FROM sources").fetchall()
    assert Path("news.db-wal").exists()
    for paths in ([Path()], sorted(Path().iterdir())):
        assert archive("ingest", *paths, *options) == (0, "Documents: 1 unchanged.\n", "")
    held.close()


def test_two_files_of_one_name_are_told_and_nothing_is_stored(archive):
    """A prefix that would make one name of two files is misuse."""
    for name in ("c1", "c2"):
        Path(name).mkdir()
        Path(name, "x.txt").write_text(STORY, encoding="utf-8")
    code, out, err = archive("ingest", "c1", "c2", "--name-prefix", "p/")
    assert (code, out) == (2, "")
    assert "'c1/x.txt' and 'c2/x.txt' would both be named p/x.txt" in err
    assert not Path("archive.db").exists()


def test_control_characters_of_a_name_are_not_printed(archive, folder):
    """A file name cannot clear the screen, nor add a line to the report."""
    (folder / "a\x1b[2J\nb.txt").touch()
    code, _out, err = archive("ingest", "in")
    assert code == 1
    assert err.startswith("in/a\\x1b[2J\\x0ab.txt: an empty file")
    assert len(err.splitlines()) == 1


def test_options_and_the_csv_say_what_the_file_does_not(archive, folder):
    """A row of the CSV outranks the options; one that fits no document is pointed out."""
    (folder / "other.txt").write_text(STORY.replace("12", "13"), encoding="utf-8")
    Path("meta.csv").write_text(
        "name,outlet,published,url\nstory.txt,Ledger,2025-07-15,https://ledger.example/1\n"
        "gone.txt,Ledger,,\n"
    )
    options = ("--outlet", "Courier", "--published", "2025-07", "--meta", "meta.csv")
    code, _out, err = archive("ingest", "in", *options)
    assert (code, err) == (0, "Warning: meta.csv: no document is named gone.txt.\n")
    with sqlite3.connect("archive.db") as connection:
        rows = connection.execute(
            "SELECT o.name, a.published_on, a.published_precision, a.published_source, a.url "
            "FROM articles a JOIN outlets o ON o.id = a.outlet_id ORDER BY a.id"
        ).fetchall()
    assert rows == [
        ("Courier", "2025-07-01", "month", "option", None),
        ("Ledger", "2025-07-15", "day", "metadata", "https://ledger.example/1"),
    ]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("outlet\nLedger\n", "no column `name`"),
        ("name,colour\na.txt,red\n", "unknown column 'colour'"),
        ("name,outlet\n,Ledger\n", "line 2: no name"),
        ("name,outlet\na.txt,Ledger\na.txt,Courier\n", "line 3: a.txt stands twice"),
        ("name,published\na.txt,yesterday\n", "line 2, published: 'yesterday'"),
    ],
)
def test_a_faulty_csv_is_refused_with_its_line(archive, folder, table, message):
    """Nothing is stored on half a table."""
    Path("meta.csv").write_text(table)
    code, _out, err = archive("ingest", "in", "--meta", "meta.csv")
    assert code == 2
    assert message in err
    assert not Path("archive.db").exists()


def test_check_tells_sound_from_unsound(archive, folder):
    """Exit code 1 and the row, where one does not hold."""
    archive("ingest", "in")
    assert archive("check") == (0, "Every row holds.\n", "")
    connection = sqlite3.connect("archive.db")
    with connection:
        connection.execute("UPDATE paragraphs SET text = 'forged' WHERE id = 1")
    connection.close()
    code, out, err = archive("check")
    assert code == 1
    assert "paragraphs 1 (in/story.txt)" in out
    assert "do not hold" in err


def test_three_snapshots_compare_and_restore(archive, folder):
    """`diff` lists exactly what an ingest brought; `restore` gives the digest back."""
    archive("ingest", "in")
    first = Path(archive("snapshot", "create")[1].strip())
    digest_before = digest(Path("archive.db"))
    (folder / "second.txt").write_text(
        "Ferry Sinks Off Marrowby\nAt least 9 people drowned on Sunday, the coast guard said.\n"
    )
    archive("ingest", "in")
    second = Path(archive("snapshot", "create")[1].strip())
    (folder / "third.txt").write_text("Harvest fell 5 percent.\n")
    archive("ingest", "in")
    third = Path(archive("snapshot", "create")[1].strip())
    assert len({first, second, third}) == 3

    found = json.loads(archive("snapshot", "diff", first, second, "--json")[1])
    assert [row["source"] for row in found["articles"]["added"]] == ["in/second.txt"]
    assert [row["text"] for row in found["figures"]["added"]] == ["At least 9"]
    for kind in ("articles", "figures", "entities"):
        assert found[kind]["removed"] == found[kind]["changed"] == []

    code, _out, err = archive("snapshot", "restore", first.name)
    assert code == 2
    assert "--yes" in err
    assert archive("snapshot", "restore", first.name, "--yes")[0] == 0
    assert digest(Path("archive.db")) == digest_before
    assert archive("check")[0] == 0
    assert archive("snapshot", "verify", second)[0] == 0
    assert len(archive("snapshot", "list")[1].splitlines()) == 3
    archive("snapshot", "prune", "--keep", "1")
    assert [line.split()[0] for line in archive("snapshot", "list")[1].splitlines()] == [third.name]


@pytest.mark.parametrize("command", [("list",), ("list", "--json"), ("prune", "--keep", "1")])
def test_snapshots_of_a_mistyped_archive_are_an_error(archive, command):
    """Exit code 2 and the remedy, not an empty answer."""
    code, out, err = archive("snapshot", *command, "--db", "nwes.db")
    assert (code, out) == (2, "")
    assert "nwes.db: no such archive" in err


def test_a_damaged_snapshot_is_pointed_out(archive, folder):
    """`verify` looks at the newest of all, `list` marks it, and the others pass it over."""
    archive("ingest", "in")
    sound, damaged = (Path(archive("snapshot", "create")[1].strip()) for _ in range(2))
    (damaged / "inspect.json").unlink()
    fault = f"{damaged.name}: inspect.json: missing\n"
    assert archive("snapshot", "verify") == (1, fault, "")
    lines = archive("snapshot", "list")[1].splitlines()
    assert lines[0].startswith(f"{sound.name}  ")
    assert lines[1] == f"{damaged.name}  damaged: inspect.json: missing"
    listed = json.loads(archive("snapshot", "list", "--json")[1])
    assert [each["faults"] for each in listed] == [[], ["inspect.json: missing"]]
    (damaged / "archive.db").unlink()
    assert archive("snapshot", "diff", sound)[:2] == (0, "No difference.\n")
    code, _out, err = archive("snapshot", "diff", sound, damaged)
    assert code == 2
    assert "archive.db: missing" in err


def test_an_empty_file_is_to_be_filled(archive):
    """There is nothing in it that could be upgraded."""
    Path("archive.db").touch()
    for command in (("check",), ("snapshot", "create")):
        code, _out, err = archive(*command)
        assert code == 2
        assert "archive ingest" in err


def test_removing_and_reprocessing_from_the_command_line(archive, folder):
    """Both say what they did."""
    archive("ingest", "in")
    assert archive("reprocess")[1] == "Documents: 1 extracted again.\n"
    assert archive("remove", "in/story.txt", "--reason", "wrong")[1] == "Documents: 1 removed.\n"
    assert archive("ingest", "in")[1] == "Documents: 1 left out (removed before).\n"


def commands(group, path=()):
    """Every command below a group, with its path."""
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


@pytest.mark.parametrize(("path", "command"), list(commands(cli.cli)), ids=str)
def test_every_command_has_help_and_stands_in_the_readme(path, command):
    """No command is a secret."""
    assert command.help
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"archive {path[0]}" in readme
    assert path[-1] in readme


def test_the_console_script_runs(tmp_path):
    """The installed command starts and knows its version."""
    script = Path(sys.executable).parent / "archive"
    done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("archive, version ")
