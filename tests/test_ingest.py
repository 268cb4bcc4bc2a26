"""From files to rows: what ingest promises of any folder."""

import hashlib
import itertools
import sqlite3
from pathlib import Path

import pytest

from archive import pipeline
from archive.errors import DatabaseError, MisuseError
from archive.reading import Instructions
from archive.reading.meta import overlay, parse_published
from archive.records import Metadata
from archive.storage.audit import AUDIT_SQL
from archive.storage.contents import load
from archive.storage.digest import content_digest
from archive.storage.writer import Outcome

FLOOD = (
    "River Bursts Its Banks At Elver Bridge\n\n"
    "ELVERTON, Norland — At least 14 people were killed and 230 homes destroyed on Tuesday when "
    "the Elver burst its banks, the regional governor, Ada Lindqvist, said.\n"
    "“We have never seen water like this,” Lindqvist told reporters. The state has pledged "
    "€2.5 million for repairs.\n"
)
FLOOD_REVISED = FLOOD.replace("14 people", "17 people")
VOTE = (
    "Council Votes For New Tram Line\n"
    "The council of Sandholm voted 31 to 14 on Monday to build a tram line of 12 kilometres.\n"
    "Mayor Piet Vanderholt said the line would cost £340 million.\n"
)
COPY = FLOOD.split("\n")[3] + "\n" + VOTE.split("\n")[2] + "\n"


def write(folder: Path, **files: str) -> Path:
    """Put files into a folder; keyword `a_txt` is the file `a.txt`."""
    folder.mkdir(exist_ok=True, parents=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def ingest(db: Path, *paths: Path, **options) -> pipeline.Report:
    """Ingest with names that do not depend on where the test runs."""
    options.setdefault("name_prefix", "")
    return pipeline.ingest(list(paths), db, **options)


def ask(db: Path, sql: str, *values: object) -> list[tuple]:
    """Rows of a query."""
    connection = sqlite3.connect(db)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def digest(db: Path) -> str:
    """Content digest of an archive."""
    connection = sqlite3.connect(db)
    try:
        return content_digest(connection)["all"]
    finally:
        connection.close()


def test_a_folder_becomes_rows(tmp_path):
    """Articles, paragraphs, names, figures and quotes are there, and every row holds."""
    db = tmp_path / "a.db"
    report = ingest(db, write(tmp_path / "in", flood_txt=FLOOD, vote_txt=VOTE))
    assert report.outcomes == {Outcome.STORED: 2}
    assert ask(db, "SELECT headline FROM articles ORDER BY id") == [
        ("River Bursts Its Banks At Elver Bridge",),
        ("Council Votes For New Tram Line",),
    ]
    assert ("At least 14", 14.0, None, "killed") in ask(
        db, "SELECT text, low, high, measure FROM figures"
    )
    assert ("We have never seen water like this", "Ada Lindqvist") in [
        (text.rstrip(","), speaker) for text, speaker in ask(db, "SELECT text, speaker FROM quotes")
    ]
    assert list(pipeline.check(db)) == []


def test_the_audit_is_one_query(built_sample_archive):
    """A reader can audit every row of every table with SQL alone."""
    assert ask(built_sample_archive, AUDIT_SQL) == []
    for table in ("mentions", "figures", "dates", "quotes", "reported_statements", "roles"):
        assert ask(built_sample_archive, f"SELECT count(*) FROM {table}") > [(0,)], table


@pytest.mark.parametrize(
    ("tampering", "named"),
    [
        ("UPDATE mentions SET text = 'Nobody' WHERE id = 1", "mentions 1"),
        ("UPDATE figures SET char_end = char_end + 1 WHERE id = 2", "figures 2"),
        ("UPDATE paragraphs SET text = text || 'x' WHERE id = 3", "paragraphs 3"),
        ("UPDATE paragraphs SET char_start = char_start + 1 WHERE id = 3", "paragraphs 3"),
        ("DELETE FROM paragraphs WHERE id = 2", "paragraphs 3"),
        ("UPDATE sources SET sha256 = 'no' WHERE id = 4", "sources 4"),
        ("UPDATE source_contents SET content = x'00' WHERE source_id = 1", "source_contents 1"),
        ("UPDATE articles SET char_start = char_start + 1 WHERE id = 1", "articles 1"),
        ("UPDATE articles SET uid = 'no' WHERE id = 2", "articles 2"),
        ("UPDATE mentions SET entity_id = 999999 WHERE id = 7", "mentions 7"),
        ("UPDATE paragraphs SET article_id = 9 WHERE id = 5", "paragraphs 5"),
        ("UPDATE paragraphs SET position = position + 100 WHERE id = 5", "paragraphs 5"),
        ("UPDATE paragraphs SET copy_of_id = NULL", "paragraphs"),
        ("UPDATE figures SET sentence_start = sentence_start - 900 WHERE id = 3", "figures 3"),
        ("DELETE FROM aliases", "entities"),
        ("UPDATE quotes SET speaker = 'Nobody' WHERE speaker_entity_id IS NOT NULL", "quotes"),
    ],
)
def test_a_row_tampered_with_is_found_and_named(sample_archive, tampering, named):
    """`archive check` goes back to the raw bytes and names table, row and source."""
    connection = sqlite3.connect(sample_archive)
    with connection:
        connection.execute(tampering)
    connection.close()
    assert any(str(fault).startswith(named) for fault in pipeline.check(sample_archive))


def test_ingesting_again_changes_nothing(tmp_path):
    """The second run finds everything unchanged."""
    db, folder = tmp_path / "a.db", write(tmp_path / "in", flood_txt=FLOOD, vote_txt=VOTE)
    ingest(db, folder)
    before = digest(db)
    assert ingest(db, folder).outcomes == {Outcome.UNCHANGED: 2}
    assert digest(db) == before


def test_parts_in_any_order_give_the_digest_of_the_whole(tmp_path):
    """Names, copies and entities do not depend on which document came first."""
    parts = [
        write(tmp_path / "1", flood_txt=FLOOD, copy_txt=COPY),
        write(tmp_path / "2", vote_txt=VOTE, caps_txt=FLOOD.upper()),
        write(tmp_path / "3", other_txt=VOTE.replace("Piet Vanderholt", "Vanderholt"), z_txt=COPY),
    ]
    dates = {"vote.txt": "2025-03-02", "flood.txt": "2025-03-04", "copy.txt": "2025-03-01"}

    def metadata_for(name: str) -> Metadata:
        return Metadata(
            outlet=f"Paper {name[0]}",
            published=parse_published(dates[name], "option") if name in dates else None,
        )

    ingest(tmp_path / "whole.db", *parts, metadata_for=metadata_for)
    whole = digest(tmp_path / "whole.db")
    for number, order in enumerate(itertools.permutations(parts)):
        db = tmp_path / f"{number}.db"
        for part in order:
            ingest(db, part, metadata_for=metadata_for)
        assert digest(db) == whole


def test_the_order_of_arguments_and_the_workers_do_not_show(tmp_path):
    """The same rows get the same ids."""
    folders = [
        write(
            tmp_path / "in1", **{f"a{i}_txt": FLOOD.replace("14", str(i)) for i in range(20, 50)}
        ),
        write(tmp_path / "in2", **{f"b{i}_txt": VOTE.replace("31", str(i)) for i in range(20, 50)}),
    ]
    ingest(tmp_path / "one.db", *folders)
    ingest(tmp_path / "two.db", *reversed(folders), workers=2)
    for table in ("sources", "articles", "paragraphs", "entities", "mentions", "figures", "runs"):
        query = f"SELECT * FROM {table} ORDER BY 1"
        assert ask(tmp_path / "one.db", query) == ask(tmp_path / "two.db", query)


def test_copies_point_at_the_earliest(tmp_path):
    """The original is the earliest by date, whatever the order of ingest."""
    db = tmp_path / "a.db"
    ingest(
        db,
        write(tmp_path / "in", flood_txt=FLOOD),
        metadata_for=lambda _: Metadata(published=parse_published("2025-03-04", "option")),
    )
    ingest(
        db,
        write(tmp_path / "later", copy_txt=COPY),
        metadata_for=lambda _: Metadata(published=parse_published("2025-03-01", "option")),
    )
    pairs = ask(
        db,
        "SELECT s.name, t.name FROM paragraphs p JOIN paragraphs o ON o.id = p.copy_of_id "
        "JOIN sources s ON s.id = p.source_id JOIN sources t ON t.id = o.source_id",
    )
    assert pairs == [("flood.txt", "copy.txt")]


# ---------------------------------------------------------------------------- revisions


def test_changed_content_becomes_a_revision(tmp_path):
    """Both versions stay; the old one says what replaced it."""
    db, folder = tmp_path / "a.db", write(tmp_path / "in", flood_txt=FLOOD)
    ingest(db, folder)
    write(folder, flood_txt=FLOOD_REVISED)
    assert ingest(db, folder).outcomes == {Outcome.REVISED: 1}
    assert ask(db, "SELECT id, superseded_by_id FROM sources ORDER BY id") == [(1, 2), (2, None)]
    current = (
        "SELECT f.text FROM figures f JOIN paragraphs p ON p.id = f.paragraph_id "
        "JOIN sources s ON s.id = p.source_id "
        "WHERE s.superseded_by_id IS NULL AND f.measure = 'killed'"
    )
    assert ask(db, current) == [("At least 17",)]
    assert ask(db, "SELECT count(*) FROM paragraphs WHERE copy_of_id IS NOT NULL") == [(0,)]
    assert list(pipeline.check(db)) == []


def test_content_that_comes_back_is_current_again(tmp_path):
    """A change that is taken back does not store the same bytes twice."""
    db, folder = tmp_path / "a.db", tmp_path / "in"
    for text in (FLOOD, FLOOD_REVISED, FLOOD):
        ingest(db, write(folder, flood_txt=text))
    assert ask(db, "SELECT id, superseded_by_id FROM sources ORDER BY id") == [(1, None), (2, 1)]
    assert list(pipeline.check(db)) == []


def test_what_was_said_of_a_document_holds_until_something_else_is_said(tmp_path):
    """A run without options keeps outlet and date; a run with others changes them."""
    db, folder = tmp_path / "a.db", write(tmp_path / "in", flood_txt=FLOOD)
    said = Metadata(outlet="Ledger", published=parse_published("2025-03-05", "option"))
    ingest(db, folder, metadata_for=lambda _: said)
    assert ingest(db, folder).outcomes == {Outcome.UNCHANGED: 1}
    assert ask(db, "SELECT start_date FROM dates WHERE text = 'Tuesday'") == [("2025-03-04",)]
    later = overlay(said, Metadata(published=parse_published("2025-03-12", "option")))
    assert ingest(db, folder, metadata_for=lambda _: later).outcomes == {Outcome.REPROCESSED: 1}
    assert ask(db, "SELECT published_on FROM articles") == [("2025-03-12",)]
    assert ask(db, "SELECT start_date FROM dates WHERE text = 'Tuesday'") == [("2025-03-11",)]


@pytest.mark.parametrize("order", list(itertools.permutations((1, 2, 3))))
def test_the_highest_version_of_a_name_is_current_whichever_came_last(tmp_path, order):
    """Versions form one chain, and the rows do not tell in which order they came."""
    db = tmp_path / "a.db"
    for version in order:
        folder = tmp_path / str(version)
        folder.mkdir()
        write(folder, story_txt=f"Ferry service resumes\n\nThe ferry carried {version}00 people.")
        ingest(
            db,
            folder,
            name_prefix="",
            metadata_for=lambda _name, version=version: Metadata(version=version),
        )
    chain = ask(
        db,
        "SELECT json_extract(s.metadata_json, '$.version'), "
        "json_extract(n.metadata_json, '$.version') FROM sources s "
        "LEFT JOIN sources n ON n.id = s.superseded_by_id ORDER BY 1",
    )
    assert chain == [(1, 2), (2, 3), (3, None)]
    assert not list(pipeline.check(db))
    other = tmp_path / "b.db"
    for version in (1, 2, 3):
        ingest(
            other,
            tmp_path / str(version),
            name_prefix="",
            metadata_for=lambda _name, version=version: Metadata(version=version),
        )
    assert digest(db) == digest(other)


def test_the_same_content_under_another_name_is_a_copy(tmp_path):
    """It is stored, with the same permanent name, and points at the first."""
    db = tmp_path / "a.db"
    ingest(db, write(tmp_path / "in", a_txt=FLOOD, b_txt=FLOOD))
    assert len(ask(db, "SELECT DISTINCT uid FROM articles")) == 1
    assert ask(
        db,
        "SELECT count(*) FROM paragraphs WHERE copy_of_id IS NOT NULL AND source_id = 2",
    ) == ask(db, "SELECT count(*) FROM paragraphs WHERE source_id = 2")


# ------------------------------------------------------------------------------ removal


def test_removing_a_source_leaves_no_row_of_it(tmp_path):
    """After the removal the archive has the digest of one that never held it, removals aside."""
    db, other = tmp_path / "a.db", tmp_path / "b.db"
    said = lambda name: Metadata(outlet="Gone" if name == "flood.txt" else "Kept")  # noqa: E731
    folder = write(tmp_path / "in", flood_txt=FLOOD, copy_txt=COPY, vote_txt=VOTE)
    ingest(db, folder, metadata_for=said)
    assert pipeline.remove(db, ["flood.txt"], "asked to").outcomes == {Outcome.REMOVED: 1}
    (folder / "flood.txt").unlink()
    ingest(other, folder, metadata_for=said)
    connections = sqlite3.connect(db), sqlite3.connect(other)
    digests = [content_digest(connection) for connection in connections]
    for connection in connections:
        connection.close()
    differing = {key for key in digests[0] if digests[0][key] != digests[1][key]}
    assert differing == {"removals", "all"}
    assert list(pipeline.check(db)) == []


def test_the_name_of_a_container_removes_all_its_records(tmp_path):
    """Nobody types the names of a thousand records; a file of a longer name stays."""
    db = tmp_path / "a.db"
    rows = "".join(f'{{"headline": "Day {n}", "text": "Snow fell."}}\n' for n in range(3))
    ingest(db, write(tmp_path / "in", x_jsonl=rows, xy_jsonl=rows))
    pipeline.remove(db, ["x.jsonl"], "licence ended")
    assert {name.partition("#")[0] for (name,) in ask(db, "SELECT name FROM sources")} == {
        "xy.jsonl"
    }
    assert not list(pipeline.check(db))


def test_what_was_removed_is_left_out_next_time(tmp_path):
    """The row in `removals` keeps it out; new content under the name is another document."""
    db, folder = tmp_path / "a.db", write(tmp_path / "in", flood_txt=FLOOD, vote_txt=VOTE)
    ingest(db, folder)
    pipeline.remove(db, ["flood.txt"], "asked to")
    outcomes = ingest(db, folder).outcomes
    assert outcomes == {Outcome.LEFT_OUT: 1, Outcome.UNCHANGED: 1}
    assert ask(db, "SELECT name, reason FROM removals") == [("flood.txt", "asked to")]


def test_removal_of_an_unknown_name_changes_nothing(tmp_path):
    """A wrong name among right ones stops before anything is done, with a hint."""
    db = tmp_path / "a.db"
    ingest(db, write(tmp_path / "in" / "deep", flood_txt=FLOOD).parent)
    before = digest(db)
    with pytest.raises(MisuseError, match=r"Did you mean deep/flood\.txt"):
        pipeline.remove(db, ["deep/flood.txt", "flood.txt"], "x")
    assert digest(db) == before


# ---------------------------------------------------------------------------- reprocess


def test_reprocessing_with_the_same_rules_changes_nothing(sample_archive):
    """Sources, permanent names and rows stay."""
    before = digest(sample_archive)
    report = pipeline.reprocess(sample_archive)
    assert set(report.outcomes) == {Outcome.REPROCESSED}
    assert report.changes == {}
    assert digest(sample_archive) == before


def test_reprocessing_says_what_changed(sample_archive, monkeypatch):
    """With other rules, the rows gone and the rows new are counted by table."""
    before = ask(sample_archive, "SELECT uid FROM articles ORDER BY uid")
    monkeypatch.setattr(pipeline, "extractor_version", lambda: "next")
    monkeypatch.setattr("archive.extraction.document.find_figures", lambda *_args, **_options: [])
    figures = ask(sample_archive, "SELECT count(*) FROM figures")[0][0]
    report = pipeline.reprocess(sample_archive, stale=True)
    assert report.changes == {"figures": (figures, 0)}
    assert pipeline.reprocess(sample_archive, stale=True).outcomes == {}
    assert ask(sample_archive, "SELECT uid FROM articles ORDER BY uid") == before


# ------------------------------------------------------------------------------ failures


def test_bad_files_are_named_and_the_good_ones_stored(tmp_path):
    """An empty file, an image, a dangling link, NUL, a huge line: each has its reason."""
    db, folder = tmp_path / "a.db", write(tmp_path / "in", flood_txt=FLOOD)
    (folder / "empty.txt").touch()
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")
    (folder / "nul.txt").write_bytes(b"The mayor said\x00 no more.\n")
    (folder / "huge.txt").write_bytes(b"word " * 10_000_000)
    name = "naïve résumé — 第一.txt"
    (folder / name).write_text(VOTE, encoding="utf-8")
    report = ingest(db, folder)
    assert report.outcomes == {Outcome.STORED: 2, Outcome.FAILED: 5}
    reasons = dict(ask(db, "SELECT name, reason FROM failures"))
    assert reasons.keys() == {"empty.txt", "picture.txt", "dangling.txt", "nul.txt", "huge.txt"}
    assert "empty" in reasons["empty.txt"]
    assert "PNG" in reasons["picture.txt"]
    assert "link" in reasons["dangling.txt"]
    assert "U+0000" in reasons["nul.txt"]
    assert "16" in reasons["huge.txt"]
    assert ask(db, "SELECT name FROM sources ORDER BY name") == [("flood.txt",), (name,)]
    assert [(each.name, each.reason) for each in report.failures] == sorted(reasons.items())


def test_a_failure_goes_when_the_document_is_read(tmp_path):
    """`failures` lists what is wrong now."""
    db, folder = tmp_path / "a.db", write(tmp_path / "in", flood_txt="")
    ingest(db, folder)
    ingest(db, write(folder, flood_txt=FLOOD))
    assert ask(db, "SELECT * FROM failures") == []


def test_failures_of_a_container_go_when_it_is_repaired(tmp_path):
    """Those of another file stay until that file is read again."""
    db = tmp_path / "a.db"
    folder = write(tmp_path / "in", x_jsonl='{"text": "Snow fell."\n', y_jsonl="{broken\n")
    assert len(ingest(db, folder, instructions=Instructions(format="jsonl")).failures) == 2
    (folder / "x.jsonl").write_text('{"headline": "Snow", "text": "Snow fell in Sandholm."}\n')
    assert not ingest(db, folder / "x.jsonl").failures
    assert [name.partition("#")[0] for (name,) in ask(db, "SELECT name FROM failures")] == [
        "y.jsonl"
    ]


def test_a_failure_goes_when_the_stored_content_is_back(tmp_path):
    """A file that was broken for a while is no failure any more once it is what it was."""
    db, folder = tmp_path / "a.db", write(tmp_path / "in", flood_txt=FLOOD)
    ingest(db, folder)
    for text in ("", FLOOD):
        ingest(db, write(folder, flood_txt=text))
    assert ask(db, "SELECT * FROM failures") == []


def test_a_fault_in_our_own_code_fails_one_document_only(tmp_path, monkeypatch):
    """The run goes on, and the reason asks for a report."""
    original = pipeline.segment

    def broken(document):
        if document.name == "flood.txt":
            raise ZeroDivisionError("oops")
        return original(document)

    monkeypatch.setattr(pipeline, "segment", broken)
    db = tmp_path / "a.db"
    report = ingest(db, write(tmp_path / "in", flood_txt=FLOOD, vote_txt=VOTE))
    assert report.outcomes == {Outcome.STORED: 1, Outcome.FAILED: 1}
    assert "please report" in report.failures[0].reason


def test_a_document_is_stored_whole_or_not_at_all(tmp_path, monkeypatch):
    """An error in the middle of a batch leaves nothing of it."""
    db, folder = tmp_path / "a.db", write(tmp_path / "in", flood_txt=FLOOD)
    ingest(db, folder)
    before = digest(db)

    def broken(*_args):
        raise RuntimeError("disk full")

    monkeypatch.setattr("archive.storage.copies.elect_originals", broken)
    with pytest.raises(RuntimeError, match="disk full"):
        ingest(db, write(tmp_path / "more", vote_txt=VOTE))
    assert digest(db) == before
    monkeypatch.undo()
    assert ingest(db, tmp_path / "more").outcomes == {Outcome.STORED: 1}


def test_every_batch_size_gives_the_same_rows(tmp_path, monkeypatch):
    """A batch boundary is invisible."""
    folder = write(tmp_path / "in", flood_txt=FLOOD, vote_txt=VOTE, x_txt=COPY, y_txt=FLOOD_REVISED)
    ingest(tmp_path / "a.db", folder)
    monkeypatch.setattr("archive.storage.writer.BATCH_ARTICLES", 1)
    ingest(tmp_path / "b.db", folder)
    for table in ("paragraphs", "entities", "aliases", "mentions", "figures"):
        query = f"SELECT * FROM {table} ORDER BY 1, 2"
        assert ask(tmp_path / "a.db", query) == ask(tmp_path / "b.db", query)


def test_a_path_that_is_not_there_is_misuse(tmp_path):
    """Nothing is written for a typing error."""
    with pytest.raises(MisuseError, match="no such file"):
        ingest(tmp_path / "a.db", tmp_path / "nothing")


def test_a_database_that_is_not_there_is_named(tmp_path):
    """Commands that need an archive say how to make one."""
    with pytest.raises(DatabaseError, match="archive ingest"):
        list(pipeline.check(tmp_path / "none.db"))


def test_raw_bytes_come_back_as_they_were(tmp_path):
    """The stored content is the file, byte for byte."""
    db, folder = tmp_path / "a.db", tmp_path / "in"
    folder.mkdir()
    content = "Café prices rose 5%.\r\n\r\n“Yes,” she said.".encode("cp1252")
    (folder / "a.txt").write_bytes(content)
    ingest(db, folder)
    connection = sqlite3.connect(db)
    stored = load(connection, 1)
    connection.close()
    assert (stored.content, stored.text, stored.parts) == (content, None, ())
    assert ask(db, "SELECT sha256 FROM sources") == [(hashlib.sha256(content).hexdigest(),)]
