"""`archive entity`: what users decide of names, from the command line."""

import json
import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive import pipeline
from archive.cli import cli
from archive.errors import MisuseError
from archive.storage.digest import content_digest

PAGE = Path(__file__).resolve().parents[1] / "docs" / "entities.md"
STATEMENTS = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

STORIES = {
    "1.txt": "Bridge opens in Sandholm\nMayor Ada Lindqvist opened a bridge on Monday. “It is "
    "safe,” Lindqvist said. It cost 12 million euros, Lindqvist said.\n",
    "2.txt": "Ferry stops\nThe ferry will stop in May, Ada Lindquist, the mayor, told reporters. "
    "At least 40 people lost their jobs, Lindquist said.\n",
    "3.txt": "Bridge is safe\nThe Swedish minister Ada Lindqvist visited Stockholm on Monday.\n",
    "4.txt": "Council votes\nBirger Holm, head of the council, voted against the bridge.\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """An archive of four stories."""
    folder = tmp_path_factory.mktemp("stories")
    for name, text in STORIES.items():
        (folder / name).write_text(text)
    db = tmp_path_factory.mktemp("archive") / "archive.db"
    pipeline.ingest([folder], db, name_prefix="")
    return db


@pytest.fixture
def db(built, tmp_path):
    """A copy of it that the test may change."""
    path = tmp_path / "archive.db"
    path.write_bytes(built.read_bytes())
    return path


def run(db, *arguments):
    """Standard output of a command."""
    result = CliRunner().invoke(
        cli, ["entity", *arguments, "--db", str(db)], catch_exceptions=False, standalone_mode=False
    )
    return result.output


def digest(db):
    """Content digest without the decisions themselves."""
    connection = sqlite3.connect(db)
    found = content_digest(connection)
    connection.close()
    return {name: value for name, value in found.items() if name not in ("all", "decisions")}


def number_of(db, name):
    """Number of the entity that goes by a name."""
    connection = sqlite3.connect(db)
    rows = connection.execute("SELECT id FROM entities WHERE name = ?", (name,)).fetchall()
    connection.close()
    return str(rows[0][0])


def test_a_decision_is_made_shown_and_taken_back(db):
    """After `undo` the archive holds what it held before."""
    before = digest(db)
    made = json.loads(
        run(db, "same", "Ada Lindqvist", "Birger Holm", "--by", "ed", "--reason", "test", "--json")
    )
    assert (made["left"][0], made["verdict"], made["decided_by"]) == (
        "Ada Lindqvist",
        "same",
        "user:ed",
    )
    shown = json.loads(run(db, "show", "Birger Holm", "--json"))
    assert shown["name"] == "Ada Lindqvist"
    assert "Birger Holm" in [name for name, _count in shown["names"]]
    assert "Birger Holm" in [each["name"] for each in shown["merged"]]
    assert [each["reason"] for each in shown["decisions"] if each["block"] is None] == ["test"]
    assert list(pipeline.check(db)) == []
    assert digest(db) != before
    assert "Taken back" in run(db, "undo", str(made["id"]))
    assert digest(db) == before
    assert list(pipeline.check(db)) == []


def test_an_entity_is_shown_by_number_name_or_form(db):
    """With its names, posts, counts and days."""
    shown = run(db, "show", "Ada Lindqvist")
    assert "Ada Lindqvist (PERSON" in shown
    assert "names: " in shown
    assert "Lindqvist 2" in shown
    assert "role: Mayor" in shown
    assert run(db, "show", number_of(db, "Ada Lindqvist")) == shown
    assert run(db, "show", "lindqvist") == shown


def test_what_was_merged_says_where_it_went_and_why(db):
    """By number an entity that was merged away is shown for itself, by name as what it is now."""
    number = number_of(db, "Birger Holm")
    run(db, "same", "Ada Lindqvist", "Birger Holm", "--by", "ed")
    shown = run(db, "show", number)
    assert shown.startswith(f"{number}  Birger Holm (PERSON")
    assert "merged into:" in shown
    assert "by user:ed (score 1, decision" in shown
    assert "Ada Lindqvist (PERSON" in run(db, "show", "Birger Holm").split("\n")[0]


def test_different_keeps_two_names_apart(db):
    """Nothing that is stored later brings them together."""
    run(db, "different", "Ada Lindqvist", "Ada Lindquist", "--by", "ed")
    one, other = (
        json.loads(run(db, "show", name, "--json"))["id"]
        for name in ("Ada Lindqvist", "Ada Lindquist")
    )
    assert one != other
    pipeline.reprocess(db)
    assert json.loads(run(db, "show", "Ada Lindquist", "--json"))["name"] == "Ada Lindquist"
    assert list(pipeline.check(db)) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "Ada Lindqvast"), "Did you mean Ada Lindqvist"),
        (("show", "Xqzzy"), "knows no such name"),
        (("same", "Ada Lindqvist", "Nobody Here"), "Nobody Here: the archive knows no such name"),
        (("same", "Ada Lindqvist", "Ada Lindqvist"), "both names mean this one"),
        (("show", "Ada Lindqvist", "--type", "ORG"), "none of that type"),
        (("undo", "999"), "no decision of that number"),
    ],
)
def test_what_cannot_be_done_is_explained(db, arguments, message):
    """Nothing is changed, and the message says what might be meant."""
    before = digest(db)
    with pytest.raises(MisuseError, match=message):
        run(db, *arguments)
    assert digest(db) == before


def test_a_name_of_several_asks_which(db, tmp_path):
    """The message lists them with number, type, country and mentions."""
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "5.txt").write_text("Holm wins\nThe team of Holm, a village, won. Holm celebrated.\n")
    pipeline.ingest([folder], db, name_prefix="")
    connection = sqlite3.connect(db)
    with connection:
        connection.execute(
            "INSERT INTO aliases SELECT id, 'Same Name', 1 FROM entities "
            "WHERE name IN ('Ada Lindqvist', 'Birger Holm')"
        )
    connection.close()
    with pytest.raises(MisuseError, match=r"the name of several(.|\n)*\d+  .*mentions"):
        run(db, "show", "Same Name")


def test_a_rule_is_not_undone_but_overruled(db):
    """The message says how."""
    connection = sqlite3.connect(db)
    found = connection.execute("SELECT id FROM decisions WHERE block IS NOT NULL").fetchall()
    connection.close()
    assert found
    with pytest.raises(MisuseError, match="archive entity different"):
        run(db, "undo", str(found[0][0]))


def test_new_rules_settle_what_is_stored_already(db, monkeypatch):
    """The next run after an upgrade compares everything anew, though no document is new."""
    connection = sqlite3.connect(db)
    merged = "SELECT count(*) FROM entities WHERE merged_into_id IS NOT NULL"
    assert connection.execute(merged).fetchone() > (0,)
    monkeypatch.setattr(pipeline, "LINKER", replace(pipeline.LINKER, link=lambda *_: []))
    monkeypatch.setattr(pipeline, "extractor_version", lambda: "next")
    assert list(pipeline.check(db)) == []
    pipeline.ingest([], db)
    assert connection.execute(merged).fetchone() == (0,)
    assert connection.execute("SELECT count(*) FROM decisions").fetchone() == (0,)
    connection.close()
    assert list(pipeline.check(db)) == []


@pytest.mark.parametrize("sql", STATEMENTS)
def test_the_sql_of_the_page_finds_what_it_says(db, sql):
    """Every statement of docs/entities.md gives rows."""
    connection = sqlite3.connect(db)
    try:
        assert connection.execute(sql, {"name": "Ada Lindqvist"}).fetchall()
    finally:
        connection.close()
