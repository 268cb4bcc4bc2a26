"""`archive export`: what is written is what the snapshot holds, whole, typed, the same twice."""

import base64
import builtins
import csv
import errno
import hashlib
import json
import math
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tracemalloc
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from archive.cli import cli
from archive.errors import MisuseError, SnapshotError
from archive.publishing import snapshots
from archive.publishing.exports import workbook
from archive.publishing.exports.delimited import FORMULA_SIGNS, CsvWriter
from archive.publishing.exports.errors import ExportError
from archive.publishing.exports.export import FORMATS, Options, export
from archive.publishing.exports.package import DATAPACKAGE
from archive.publishing.exports.relations import Kind, read_relation
from archive.publishing.manifest import connect_frozen, file_sha256, read_manifest

DOCS = Path(__file__).resolve().parents[2] / "docs" / "exports.md"

NEEDED = {"parquet": "pyarrow", "xlsx": "xlsxwriter"}


def require(format_: str) -> None:
    """Skip where the library of a format is not installed; the extra `dev` has them all."""
    if format_ in NEEDED:
        pytest.importorskip(NEEDED[format_])


def run(db: Path, folder: Path, format_: str, **options):
    """Export the archive; skips where the format's library is missing."""
    require(format_)
    snapshot = options.pop("snapshot", None)
    return export(db, folder, Options(format=format_, **options), snapshot=snapshot)


def truth(db: Path) -> sqlite3.Connection:
    """A connection to the newest snapshot."""
    return sqlite3.connect(snapshots.find(db, "latest") / "archive.db")


def csv_cells(path: Path) -> list[list[str | None]]:
    """Cells of a CSV as RFC 4180 has them; what is empty without quotation marks is None."""
    text = path.read_bytes().decode("utf-8-sig")
    cell = re.compile(r'("(?:[^"]|"")*"|[^,\r\n"]*)(,|\r\n)')
    records, record, position = [], [], 0
    while position < len(text):
        match = cell.match(text, position)
        assert match, text[position : position + 80]
        raw, end = match.groups()
        record.append(raw[1:-1].replace('""', '"') if raw.startswith('"') else raw or None)
        if end == "\r\n":
            records.append(record)
            record = []
        position = match.end()
    return records


def json_rows(path: Path) -> list[dict]:
    """Objects of a file of JSON Lines, by the strictest reading of JSON."""

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    with path.open(encoding="utf-8", newline="\n") as file:
        return [json.loads(line, parse_constant=refuse) for line in file]


@pytest.fixture(scope="module")
def sample(built_sample_archive, tmp_path_factory):
    """A copy of the sample archive that only exports read."""
    db = tmp_path_factory.mktemp("exports") / "archive.db"
    shutil.copy(built_sample_archive, db)
    return db


@pytest.fixture
def odd_archive(rows):
    """An archive of texts that are hard to write: formulas, quotation marks, empty, very long."""
    rows.article("=1+1.txt", '=HYPERLINK("x")', 'He said "no",\r then\x01 left', outlet="+44")
    rows.add("outlets", name="\tTab", domain="")
    rows.add("outlets", name="Plain")
    rows.add("failures", name="@x", reason="x" * 40_000, run_id=rows.run_id)
    rows.add("units", name="big", kind="other", si_factor=math.inf)
    rows.add("units", name="small", kind="other", si_factor=-0.1)
    return rows.commit()


# ---------------------------------------------------------------------------------- rows


@pytest.mark.parametrize("format_", FORMATS)
def test_every_row_of_every_table_and_view_is_written(sample, tmp_path, format_):
    """Each relation of the manifest but the migrations' own has all its rows."""
    report = run(sample, tmp_path / "out", format_)
    manifest = read_manifest(snapshots.find(sample, "latest"))
    expected = {*manifest.tables, *manifest.summaries, *manifest.views} - {"alembic_version"}
    counts = {each.relation.name: each.rows for each in report.written}
    assert counts.keys() == expected
    with truth(sample) as connection:
        for name, count in counts.items():
            assert count == connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0], name


def test_csv_gives_back_the_values(sample, tmp_path):
    """Every cell of the CSV, read by its type, is the value of the snapshot; nulls are nulls."""
    report = run(sample, tmp_path / "out", "csv")
    read = {Kind.INTEGER: int, Kind.NUMBER: float, Kind.BOOLEAN: {"true": 1, "false": 0}.get}
    with truth(sample) as connection:
        for each in report.written:
            header, *found = csv_cells(tmp_path / "out" / each.path)
            columns = each.relation.columns
            assert header == [column.name for column in columns]
            stored = connection.execute(each.relation.select).fetchall()
            assert len(stored) == len(found)
            for row, cells in zip(stored, found, strict=True):
                values = [
                    None if cell is None else read.get(column.kind, str)(cell)
                    for column, cell in zip(columns, cells, strict=True)
                ]
                assert values == [
                    str(value) if column.is_mixed and column.kind is Kind.TEXT else value
                    for column, value in zip(columns, row, strict=True)
                ]


def test_json_lines_give_back_the_values(sample, tmp_path):
    """Every object has every column in order, with the snapshot's value as JSON has it."""
    report = run(sample, tmp_path / "out", "jsonl")
    with truth(sample) as connection:
        for each in report.written:
            found = json_rows(tmp_path / "out" / each.path)
            names = [column.name for column in each.relation.columns]
            mixed = [column.is_mixed for column in each.relation.columns]
            stored = connection.execute(each.relation.select).fetchall()
            assert [list(record) for record in found] == [names] * len(stored)
            assert [list(record.values()) for record in found] == [
                [
                    str(value) if is_text else value
                    for value, is_text in zip(row, mixed, strict=True)
                ]
                for row in stored
            ]
    assert json_rows(tmp_path / "out" / "runs.jsonl")[0]["is_complete"] is True


def test_parquet_gives_back_the_values(sample, tmp_path):
    """Every column has its type, its meaning and the snapshot's values."""
    report = run(sample, tmp_path / "out", "parquet")
    from pyarrow import parquet  # noqa: PLC0415 - an extra

    with truth(sample) as connection:
        for each in report.written:
            table = parquet.read_table(tmp_path / "out" / each.path)
            stored = list(zip(*connection.execute(each.relation.select), strict=True))
            for place, column in enumerate(each.relation.columns):
                found = table.column(column.name).to_pylist()
                if column.kind is Kind.DAY:
                    found = [value and value.isoformat() for value in found]
                expected = list(stored[place]) if stored else []
                if column.is_mixed and column.kind is Kind.TEXT:
                    expected = [value if value is None else str(value) for value in expected]
                assert found == expected, (each.relation.name, column.name)
                about = table.schema.field(column.name).metadata or {}
                assert about.get(b"description", b"").decode() == column.meaning
    schema = parquet.read_schema(tmp_path / "out" / "articles.parquet")
    types = {name: str(schema.field(name).type) for name in schema.names}
    assert types["published_on"] == "date32[day]"
    assert (types["id"], types["uid"], types["published_at"]) == ("int64", "string", "string")
    assert not schema.field("id").nullable
    assert schema.field("headline").nullable


def test_xlsx_gives_back_the_values(sample, tmp_path):
    """Sheets hold numbers, days, truth values and texts as such; long integers are exact."""
    openpyxl = pytest.importorskip("openpyxl")
    report = run(sample, tmp_path / "out", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "out" / "archive.xlsx", read_only=True)
    about = ["_contents", "_columns", "_cut"]
    assert book.sheetnames == [*about, *(each.sheet for each in report.written)]
    with truth(sample) as connection:
        for each in report.written:
            header, *found = book[each.sheet].iter_rows(values_only=True)
            assert list(header) == [column.name for column in each.relation.columns]
            stored = connection.execute(each.relation.select).fetchall()
            assert len(found) == len(stored)
            for cells, row in zip(found, stored, strict=True):
                for column, cell, value in zip(each.relation.columns, cells, row, strict=True):
                    assert_same_cell(column, cell, value)


def assert_same_cell(column, cell, value) -> None:
    """The cell says what the value is."""
    if workbook.is_day_cell(column) and value is not None:
        assert cell.date().isoformat() == value
    elif isinstance(value, str) or value is None or column.kind is Kind.TEXT:
        assert cell == (None if value is None else str(value)), column.name
    elif workbook.is_text_cell(column):
        assert cell == str(value)
    else:
        assert cell == pytest.approx(value, rel=1e-15)
        assert isinstance(cell, bool) == (column.kind is Kind.BOOLEAN)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_snapshot_gives_the_same_bytes(sample, tmp_path, format_, monkeypatch):
    """Two exports at different times and with another time zone are equal, file by file."""
    run(sample, tmp_path / "one", format_)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setenv("TZ", "Asia/Kabul")
    run(sample, tmp_path / "two", format_)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "two")
    )
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


def test_rows_stand_in_an_order_that_follows_from_their_values(sample, tmp_path):
    """Where a view is ordered by its `id`, no two rows share one."""
    report = run(sample, tmp_path / "out", "jsonl")
    for each in report.written:
        found = json_rows(tmp_path / "out" / each.path)
        if each.relation.select.endswith('ORDER BY "id"'):
            assert len({row["id"] for row in found}) == len(found), each.relation.name


# ------------------------------------------------------------------------- hard values


def test_csv_quotes_texts_and_tells_null_from_empty(odd_archive, tmp_path):
    """RFC 4180: CRLF ends records only, quotation marks are doubled; `,,` is null, `""` empty."""
    run(odd_archive, tmp_path / "out", "csv")
    raw = (tmp_path / "out" / "outlets.csv").read_bytes()
    assert raw == (
        b'"id","name","domain","country_code"\r\n1,"+44",,\r\n2,"\tTab","",\r\n3,"Plain",,\r\n'
    )
    text = 'He said "no",\r then\x01 left'
    assert [row[6] for row in csv_cells(tmp_path / "out" / "paragraphs.csv")][2] == text
    with (tmp_path / "out" / "paragraphs.csv").open(encoding="utf-8", newline="") as file:
        assert [row["text"] for row in csv.DictReader(file)][1] == text


def test_csv_is_exact_unless_it_is_for_spreadsheets(odd_archive, tmp_path):
    """By default formulas stay and are counted; the option puts an apostrophe before them."""
    plain = run(odd_archive, tmp_path / "plain", "csv")
    assert '"=HYPERLINK(""x"")"' in (tmp_path / "plain" / "articles.csv").read_text()
    assert any(
        note.startswith("outlets: 2 texts begin") and "--for-spreadsheets" in note
        for note in plain.notes
    )
    guarded = run(odd_archive, tmp_path / "guarded", "csv", for_spreadsheets=True, bom=True)
    for path in (tmp_path / "guarded").glob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        for row in csv_cells(path)[1:]:
            assert [cell for cell in row if cell and cell[0] in "=+@\t\r\n"] == []
    assert "outlets: 2 texts begin" in " ".join(guarded.notes)
    units = csv_cells(tmp_path / "guarded" / "units.csv")
    assert "-0.1" in [row[5] for row in units], "a negative number is no text"


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_no_guarded_text_begins_like_a_formula(text):
    """Whatever the text, a guarded cell is it, or it after an apostrophe; never a formula."""
    values = [text]
    risky = CsvWriter(for_spreadsheets=True)._guard(values, [0])
    assert values[0] in (text, f"'{text}")
    assert (values[0] != text) == bool(risky)
    assert values[0][:1] not in FORMULA_SIGNS


def test_infinity_is_said_where_json_has_no_word_for_it(odd_archive, tmp_path):
    """JSON Lines write null and tell; CSV and Parquet have the number."""
    report = run(odd_archive, tmp_path / "out", "jsonl")
    units = {row["name"]: row["si_factor"] for row in json_rows(tmp_path / "out" / "units.jsonl")}
    assert units == {**units, "big": None, "small": -0.1}
    assert "units: 1 infinite numbers, written as null." in report.notes
    run(odd_archive, tmp_path / "csv", "csv")
    assert "inf" in [row[5] for row in csv_cells(tmp_path / "csv" / "units.csv")]


def test_xlsx_cuts_what_no_cell_takes_and_says_so(odd_archive, tmp_path):
    """A long text is cut and listed; formulas are texts; forbidden characters are escaped."""
    openpyxl = pytest.importorskip("openpyxl")
    report = run(odd_archive, tmp_path / "out", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "out" / "archive.xlsx")
    failures = list(book["failures"].iter_rows(values_only=True))
    assert failures[1][2] == "x" * 32_767
    assert list(book["_cut"].iter_rows(values_only=True))[1:] == [
        ("failures", 2, "reason", 40_000, 32_767)
    ]
    (note,) = [note for note in report.notes if "cut" in note]
    assert note.startswith("failures: 1 text is cut")
    contents = {row[0]: row for row in book["_contents"].iter_rows(values_only=True)}
    assert contents["failures"][1:] == (1, contents["failures"][2], note)
    headline = book["articles"]["F2"]
    assert (headline.value, headline.data_type) == ('=HYPERLINK("x")', "s")
    assert "left" in book["paragraphs"]["G3"].value
    assert "_x0001_" in book["paragraphs"]["G3"].value
    assert "infinite" not in " ".join(report.notes)
    assert "inf" in [cell.value for cell in book["units"]["F"]]


@given(st.text(st.characters(codec="utf-8"), max_size=50), st.integers(1, 900))
def test_a_fitting_text_is_the_beginning_of_the_text(text, times):
    """What is kept begins the text, fits into a cell, and is all of a text that fits."""
    long = text * times
    kept = workbook.fitting(long)
    assert long.startswith(kept)
    assert len(kept.encode("utf-16-le")) <= 2 * 32_767
    assert kept == long or len(kept.encode("utf-16-le")) >= 2 * 32_766


@pytest.mark.parametrize(("limit", "parts"), [(4, [3, 3, 1]), (8, [7]), (2, [1] * 7)])
def test_xlsx_goes_on_in_a_further_sheet(rows, tmp_path, monkeypatch, limit, parts):
    """More rows than a sheet takes are in the next one, with a header, in order, none twice."""
    openpyxl = pytest.importorskip("openpyxl")
    for number in range(7):
        rows.outlet(f"Outlet {number}")
    monkeypatch.setattr(workbook, "SHEET_ROWS", limit)
    report = run(rows.commit(), tmp_path / "out", "xlsx", tables=("outlets",))
    sheets = ["outlets", *(f"outlets ({n})" for n in range(2, len(parts) + 1))]
    assert [(each.sheet, each.rows) for each in report.written] == list(
        zip(sheets, parts, strict=True)
    )
    book = openpyxl.load_workbook(tmp_path / "out" / "archive.xlsx")
    names = []
    for sheet in sheets:
        header, *found = book[sheet].iter_rows(values_only=True)
        assert header[1] == "name"
        names += [row[1] for row in found]
    assert names == [f"Outlet {number}" for number in range(7)]
    assert len([note for note in report.notes if "goes on" in note]) == len(parts) - 1


@pytest.mark.parametrize("format_", ["parquet", "csv", "jsonl"])
def test_raw_bytes_are_left_out_unless_asked_for(small_archive, tmp_path, format_):
    """Without the option the column is not there, and a note says so; with it the bytes are."""
    report = run(small_archive, tmp_path / "out", format_, tables=("source_contents",))
    assert "content" not in [column.name for column in report.written[0].relation.columns]
    assert any("source_contents.content" in note for note in report.notes)
    run(small_archive, tmp_path / "with", format_, tables=("source_contents",), with_sources=True)
    path = tmp_path / "with" / f"source_contents.{format_}"
    if format_ == "parquet":
        from pyarrow import parquet  # noqa: PLC0415 - an extra

        content = parquet.read_table(path).column("content").to_pylist()[0]
    elif format_ == "csv":
        content = base64.b64decode(csv_cells(path)[1][1])
    else:
        content = base64.b64decode(json_rows(path)[0]["content"])
    assert zlib.decompress(content).startswith(b"Bridge falls at Port Elver")


def test_types_follow_the_values(small_archive, tmp_path):
    """A day column with one value that is no day is text; numbers beside texts are text."""
    with sqlite3.connect(small_archive) as connection:
        connection.execute("UPDATE articles SET published_on = '2025-02-30' WHERE id = 1")
        connection.execute("UPDATE figures SET value = 'many' WHERE id = 1")
    path = snapshots.create(small_archive)
    manifest = read_manifest(path)
    with connect_frozen(path / "archive.db") as connection:
        kinds = {
            name: {
                column.name: (column.kind, column.is_mixed)
                for column in read_relation(connection, manifest, name, with_bytes=True).columns
            }
            for name in ("articles", "figures", "coverage", "figure_facts", "source_contents")
        }
    assert kinds["articles"]["published_on"] == (Kind.TEXT, False)
    assert kinds["articles"]["updated_at"] == (Kind.TEXT, False)
    assert kinds["figures"]["value"] == (Kind.TEXT, True)
    assert kinds["figures"]["low"] == (Kind.NUMBER, False)
    assert kinds["figures"]["period_end"] == (Kind.DAY, False), "by its name, where it has no value"
    assert kinds["figure_facts"]["is_copy"] == (Kind.BOOLEAN, False)
    assert kinds["source_contents"]["content"] == (Kind.BYTES, False)
    report = run(small_archive, tmp_path / "out", "jsonl", tables=("figures",))
    assert report.row_count == 3
    values = [row["value"] for row in json_rows(tmp_path / "out" / "figures.jsonl")]
    assert values == ["many", "14.0", "17.0"]


@pytest.mark.parametrize("format_", ["csv", "jsonl", "xlsx"])
def test_memory_does_not_grow_with_the_rows(rows, tmp_path, format_):
    """Ten times the rows, 10 MB of text, take about the same memory."""
    require(format_)
    peaks = []
    for first, last in ((0, 1_000), (1_000, 10_000)):
        rows.connection.executemany(
            "INSERT INTO failures (name, reason, run_id) VALUES (?, ?, ?)",
            ((f"{number}", "x" * 1_000, rows.run_id) for number in range(first, last)),
        )
        db = rows.commit()
        snapshots.create(db)
        tracemalloc.start()
        run(db, tmp_path / f"out{last}", format_, tables=("failures",))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 2_000_000


# ------------------------------------------------------------------------- descriptions


@pytest.mark.parametrize("format_", FORMATS)
def test_the_data_package_describes_the_files(sample, tmp_path, format_):
    """Digests, sizes, rows, columns and meanings are those of the files and of the snapshot."""
    report = run(sample, tmp_path / "out", format_)
    package = json.loads((tmp_path / "out" / DATAPACKAGE).read_text(encoding="utf-8"))
    manifest = read_manifest(snapshots.find(sample, "latest"))
    assert package["snapshot"]["sha256"] == manifest.sha256
    assert package["snapshot"]["content_digest"] == manifest.content_digest
    assert package["version"] == package["snapshot"]["name"] == report.snapshot
    assert "licenses" not in package
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"])
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    fields = {}
    for resource, each in zip(package["resources"], report.written, strict=True):
        path = tmp_path / "out" / resource["path"]
        assert resource["hash"] == f"sha256:{file_sha256(path)}"
        assert (resource["bytes"], resource["rows"]) == (path.stat().st_size, each.rows)
        fields[resource["name"]] = {each["name"]: each for each in resource["schema"]["fields"]}
        assert all(field.get("description") for field in resource["schema"]["fields"])
    for resource in package["resources"]:
        for key in resource["schema"].get("foreignKeys", ()):
            target = key["reference"]["resource"] or resource["name"]
            assert set(key["fields"]) <= fields[resource["name"]].keys()
            assert set(key["reference"]["fields"]) <= fields[target].keys()
    mentions = next(each for each in package["resources"] if each["name"] == "mentions")
    assert mentions["schema"]["primaryKey"] == ["id"]
    assert {"fields": ["entity_id"], "reference": {"resource": "entities", "fields": ["id"]}} in (
        mentions["schema"]["foreignKeys"]
    )
    listed = {resource["path"] for resource in package["resources"]}
    there = {path.name for path in (tmp_path / "out").iterdir()}
    assert there == {*listed, DATAPACKAGE, "README.txt"}
    text = (tmp_path / "out" / "README.txt").read_text(encoding="utf-8")
    assert manifest.content_digest in text
    assert all(each.relation.name in text for each in report.written)


def test_references_lead_to_files_that_are_there(sample, tmp_path):
    """With some tables only, no reference names another one; one to the table itself stays."""
    run(sample, tmp_path / "out", "csv", tables=("sources", "articles", "articles"))
    package = json.loads((tmp_path / "out" / DATAPACKAGE).read_text(encoding="utf-8"))
    keys = {
        each["name"]: [key["reference"]["resource"] for key in each["schema"]["foreignKeys"]]
        for each in package["resources"]
    }
    assert keys == {"articles": ["sources"], "sources": [""]}


# --------------------------------------------------------------------- whole or not at all


def test_a_folder_that_holds_something_stays(small_archive, tmp_path):
    """Only an empty folder is filled, and only an earlier export is replaced."""
    out = tmp_path / "out"
    out.mkdir()
    run(small_archive, out, "csv")
    with pytest.raises(MisuseError, match="--overwrite"):
        run(small_archive, out, "jsonl")
    run(small_archive, out, "jsonl", overwrite=True)
    assert not list(out.glob("*.csv"))
    (out / "thesis.doc").write_text("mine")
    with pytest.raises(MisuseError, match=r"thesis\.doc"):
        run(small_archive, out, "jsonl", overwrite=True)
    assert (out / "thesis.doc").read_text() == "mine"
    other = tmp_path / "other"
    other.mkdir()
    (other / DATAPACKAGE).write_text('{"resources": [{"path": "a.csv"}]}')
    with pytest.raises(MisuseError, match="no export wrote"):
        run(small_archive, other, "csv", overwrite=True)
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(MisuseError, match="is a file"):
        run(small_archive, file, "csv", overwrite=True)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left")])
def test_an_interrupted_export_leaves_nothing(small_archive, tmp_path, format_, error, monkeypatch):
    """Where it stops in the middle, the folder is as before and nothing is left beside it."""
    require(format_)
    snapshots.create(small_archive)
    out = tmp_path / "kept" / "out"
    run(small_archive, out, "csv", tables=("outlets",))
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    done = []

    def stop(name: str) -> None:
        done.append(name)
        if len(done) == 5:
            raise error

    expected = ExportError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        export(small_archive, out, Options(format=format_, overwrite=True), progress=stop)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert [path.name for path in out.parent.iterdir()] == ["out"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("format_", ["csv", "jsonl", "parquet"])
def test_a_full_disk_is_said(small_archive, tmp_path, monkeypatch, format_):
    """A write that fails for lack of room becomes one sentence with a remedy."""
    require(format_)
    whole = Path.mkdir

    def full(self, *args, **kwargs):
        whole(self, *args, **kwargs)
        if self.name == "new":
            (self / f"outlets.{format_}").symlink_to("/dev/full")

    monkeypatch.setattr(Path, "mkdir", full)
    with pytest.raises(ExportError, match="disk has room"):
        run(small_archive, tmp_path / "out", format_)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_said(small_archive, tmp_path):
    """Where no folder can be, the message names it and what to look at."""
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="could not be written"):
        run(small_archive, tmp_path / "file" / "out", "csv")


def test_a_damaged_snapshot_is_not_exported(small_archive, tmp_path):
    """Where the database is not the one of the manifest, nothing is written."""
    path = snapshots.create(small_archive)
    database = path / "archive.db"
    data = bytearray(database.read_bytes())
    data[-100] ^= 1
    database.write_bytes(data)
    with pytest.raises(SnapshotError, match="damaged"):
        run(small_archive, tmp_path / "out", "csv", snapshot=path.name)
    assert not (tmp_path / "out").exists()


def test_the_newest_rows_are_exported(rows, tmp_path):
    """Where the archive is newer than its last snapshot, one is made; a named one is as it is."""
    rows.article("a.txt", "One")
    db = rows.commit()
    old = snapshots.create(db)
    rows.article("b.txt", "Two")
    rows.commit()
    assert run(db, tmp_path / "new", "csv", tables=("sources",)).row_count == 2
    assert len(snapshots.list_snapshots(db)) == 2
    report = run(db, tmp_path / "old", "csv", tables=("sources",), snapshot=old.name)
    assert (report.row_count, report.snapshot) == (1, old.name)
    run(db, tmp_path / "again", "csv")
    assert len(snapshots.list_snapshots(db)) == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "parquet", "bom": True}, "for CSV"),
        ({"format": "jsonl", "for_spreadsheets": True}, "for CSV"),
        ({"format": "xlsx", "with_sources": True}, "XLSX"),
        ({"format": "csv", "tables": ("nonsense",)}, "articles"),
        ({"format": "csv", "tables": ("paragraphs_fts",)}, "no such table"),
        ({"format": "stone"}, "parquet, csv"),
    ],
)
def test_options_that_cannot_be_are_refused(small_archive, tmp_path, options, message):
    """Each with a sentence that says what can be."""
    with pytest.raises(MisuseError, match=message):
        export(small_archive, tmp_path / "out", Options(**options))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("format_", "library"), NEEDED.items())
def test_a_missing_library_is_named_with_its_remedy(
    small_archive, tmp_path, monkeypatch, format_, library
):
    """Without the extra, Parquet and XLSX say how to get it."""

    def without(name, *_args, **_kwargs):
        if name.partition(".")[0] == library:
            raise ImportError(f"No module named {name!r}")
        return real(name, *_args, **_kwargs)

    real = builtins.__import__
    monkeypatch.setattr("archive.publishing.exports.errors.import_module", without)
    with pytest.raises(ExportError, match=r"news-archive\[export\]"):
        export(small_archive, tmp_path / "out", Options(format=format_))
    assert not (tmp_path / "out").exists()


# ------------------------------------------------------------------------------- command


def test_the_command_tells_what_it_wrote(small_archive, tmp_path):
    """Words for people on one line, notes on standard error, and JSON for programs."""
    arguments = ["export", str(tmp_path / "out"), "--format", "csv", "--db", str(small_archive)]
    result = CliRunner().invoke(cli, [*arguments, "--table", "articles", "--table", "quotes"])
    assert result.exit_code == 0, result.output
    assert "2 tables and views of snapshot" in result.stdout
    assert "3 rows" in result.stdout
    result = CliRunner().invoke(cli, [*arguments, "--overwrite", "--json"])
    told = json.loads(result.stdout)
    assert {"table": "articles", "path": "articles.csv", "sheet": None, "rows": 3} in (
        told["written"]
    )
    assert any("--with-sources" in note for note in told["notes"])


# ------------------------------------------------------------------------- documentation

BLOCKS = re.findall(r"```(\w+)\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
PYTHON = [code for language, code in BLOCKS if language == "python"]
SHELL = [line for language, code in BLOCKS if language == "sh" for line in code.splitlines()]


@pytest.fixture(scope="module")
def exported(sample, tmp_path_factory):
    """A folder with the exports of the page, made by the commands that it prints."""
    folder = tmp_path_factory.mktemp("page")
    runner = CliRunner()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("ARCHIVE_DB", str(sample))
        for line in SHELL:
            words = shlex.split(line)
            if words[:2] != ["archive", "export"]:
                continue
            result = runner.invoke(cli, words[1:])
            missing = "news-archive[export]" in str(result.exception)
            assert result.exit_code == 0 or missing, result.output
    return folder


@pytest.mark.parametrize("code", PYTHON, ids=[f"{n}" for n in range(len(PYTHON))])
def test_each_snippet_of_the_page_works_as_printed(exported, code, monkeypatch):
    """It runs where the exports lie, and its `articles` are as many as the archive's."""
    for library in re.findall(r"^import (\w+)", code, re.MULTILINE):
        pytest.importorskip(library, reason=f"{library} is not installed")
    if "parquet/" in code:
        require("parquet")
    if "xlsx/" in code:
        require("xlsx")
        pytest.importorskip("openpyxl")
    monkeypatch.chdir(exported)
    names: dict = {}
    exec(compile(code, str(DOCS), "exec"), names)  # noqa: S102 - our own page
    assert len(names["articles"]) == len(json_rows(exported / "jsonl" / "articles.jsonl"))


def test_the_sqlite_utils_of_the_page_work_as_printed(exported, tmp_path):
    """Its commands, run one after the other, make a database that answers."""
    shutil.copytree(exported / "jsonl", tmp_path / "jsonl")
    answers = [
        subprocess.run(
            [sys.executable, "-m", "sqlite_utils", *shlex.split(line)[1:]],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for line in SHELL
        if line.startswith("sqlite-utils")
    ]
    assert {"kind", "count(*)"} == json.loads(answers[-1])[0].keys()


def test_pandas_keeps_namibia(exported):
    """The trap of which the page warns is there, and its remedy works."""
    pandas = pytest.importorskip("pandas")
    path = exported / "csv" / "countries.csv"
    kept = pandas.read_csv(path, keep_default_na=False, na_values=[""])
    assert "NA" in set(kept["code"])
    assert "NA" not in set(pandas.read_csv(path)["code"])


def test_the_page_has_a_snippet_for_every_program():
    """pandas, DuckDB, polars, R, LibreOffice and sqlite-utils have one."""
    text = DOCS.read_text(encoding="utf-8")
    for part in ("import pandas", "import duckdb", "import polars", "read.csv", "dbGetQuery"):
        assert part in text
    assert {shlex.split(line)[0] for line in SHELL} == {"archive", "soffice", "sqlite-utils"}
    assert len(PYTHON) >= 8


def test_digests_are_of_the_bytes(sample, tmp_path):
    """SHA-256 as any other program works it out."""
    run(sample, tmp_path / "out", "csv", tables=("units",))
    package = json.loads((tmp_path / "out" / DATAPACKAGE).read_text(encoding="utf-8"))
    data = (tmp_path / "out" / "units.csv").read_bytes()
    assert package["resources"][0]["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
