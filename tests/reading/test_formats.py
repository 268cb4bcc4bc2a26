"""The registry of formats, and the choice among them."""

import gzip
import re
from pathlib import Path

import pytest

from archive.errors import MisuseError, UnreadableDocument
from archive.reading import FORMATS, Instructions, format_named, read, records
from archive.reading.data.presets import MAPPABLE
from archive.reading.format import Head
from archive.reading.formats import find_format
from archive.reading.limits import MAX_DOCUMENT_BYTES
from archive.reading.mapping import parse_mapping
from archive.records import Metadata, RawRecord

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds" / "documents"

by_format = pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)


def take(path: Path, **options) -> list[RawRecord | UnreadableDocument]:
    """What a file gives."""
    return list(records(path.name, path, Metadata(), Instructions(**options)))


def reason(found: list[RawRecord | UnreadableDocument]) -> str:
    """Why a file of which nothing can be read is refused."""
    (error,) = found
    assert isinstance(error, UnreadableDocument)
    return error.reason


def test_one_file_is_one_record(tmp_path):
    """The record holds the file's bytes, its name, the metadata given and its format."""
    path = tmp_path / "1.txt"
    path.write_bytes(b"Rain fell.")
    said = Metadata(outlet="The Gazette")
    (record,) = records("1.txt", path, said)
    assert record == RawRecord(name="1.txt", content=b"Rain fell.", metadata=said, format="text")


def test_a_file_that_cannot_be_opened_is_a_reason(tmp_path):
    """It is given in its place, not raised."""
    assert "missing" in reason(take_link(tmp_path))


def take_link(folder: Path) -> list[RawRecord | UnreadableDocument]:
    """What a link to nowhere gives."""
    (folder / "link").symlink_to("nowhere")
    return take(folder / "link")


def test_a_file_that_cannot_be_read_to_its_end_is_a_reason(tmp_path, monkeypatch):
    """An error of the disk in the middle of a file is told like one at its beginning."""

    class Failing:
        def __enter__(self):
            return self

        def __exit__(self, *_error):
            return None

        def read(self, *_count):
            raise OSError(5, "Input/output error")

    (tmp_path / "a").write_bytes(b"Rain fell.")
    monkeypatch.setattr("archive.reading.containers.open_file", lambda *_: Failing())
    assert "Input/output error. Check the file and its disk." in reason(take(tmp_path / "a"))


def test_a_document_that_is_too_large_is_refused(tmp_path):
    """It is read no further than the bound."""
    with (tmp_path / "large.txt").open("wb") as file:
        file.write(b"Rain fell.")
        file.truncate(MAX_DOCUMENT_BYTES + 1)
    assert "Split it" in reason(take(tmp_path / "large.txt"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "an empty file. Fetch it again or leave it out."),
        (b"\x89PNG\r\n\x1a\n", "PNG image: not a format that is read. There is no text in it"),
        (b"\0\0\0\x18ftypmp42", "MP4 video: not a format that is read. There is no text in it"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip archive: not a format that is read. Unpack it"),
        (b"SQLite format 3\0", "SQLite database: not a format that is read. Export its texts"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Microsoft Office document: not a format that"),
    ],
)
def test_what_is_not_read_is_refused_by_its_first_bytes(tmp_path, content, told):
    """Also in a file far too large to be one document, with what to do."""
    path = tmp_path / "file.txt"
    path.write_bytes(content)
    assert reason(take(path)).startswith(told)
    if content:
        with path.open("r+b") as file:
            file.truncate(10 * MAX_DOCUMENT_BYTES)
        assert reason(take(path)).startswith(told)


@pytest.mark.parametrize(
    "opening",
    ["ID3 ", "GIF89a ", "OggS ", "PAR1 ", "RIFF or WEBP ", "The big WEBPage ", "The ftyp "],
)
def test_text_that_begins_with_the_letters_of_another_format_is_text(tmp_path, opening):
    """A file of that kind has control characters behind them."""
    path = tmp_path / "file.txt"
    path.write_text(opening + "is a name, and this is a story about it.\n")
    (record,) = take(path)
    assert read(record).text.startswith(opening)
    path.write_bytes(opening.encode() + b"\x03\0\0\0" + bytes(range(256)))
    assert "not a format that is read" in reason(take(path))


def test_the_meter_tells_how_far_reading_has_come(tmp_path):
    """Bytes of all files as they lie on the disk, also of those that fail."""
    (tmp_path / "a.txt").write_bytes(b"Rain fell.")
    (tmp_path / "b.txt").write_bytes(b"")
    instructions = Instructions()
    done = [
        instructions.meter.done
        for name in ("a.txt", "b.txt")
        for _record in records(name, tmp_path / name, Metadata(), instructions)
    ]
    assert done == [10, 10]
    assert instructions.meter.done == 10


# ---------------------------------------------------------------------------- registry


@by_format
def test_a_format_tells_all_that_the_table_of_formats_shows(known):
    """Name, suffixes and library are there, and it reads or takes apart."""
    assert re.fullmatch(r"[a-z][a-z0-9-]*", known.name)
    assert known.title
    assert known.library
    assert known.records
    assert all(re.fullmatch(r"\.[a-z0-9.]+", suffix) for suffix in known.suffixes)
    assert known.suffixes
    assert set(known.fills) <= {*MAPPABLE, "text"}
    assert known.read or known.split


def test_every_format_has_a_name_of_its_own():
    """`--format` knows each by it."""
    names = [known.name for known in FORMATS]
    assert len(set(names)) == len(names)
    for known in FORMATS:
        assert format_named(known.name) is known


def test_an_unknown_format_is_misuse():
    """The error lists those there are."""
    with pytest.raises(MisuseError, match=r"no format is named 'dvi'. Formats: .*text.*zip"):
        format_named("dvi")


@by_format
@pytest.mark.parametrize("content", [b"", b"\0", b"<", b"{", b"PK", b"\xff\xfe", b"From ", b"\n"])
def test_no_beginning_of_a_file_makes_recognition_fail(known, content):
    """However short or odd a file is."""
    for is_whole in (True, False):
        known.recognises(Head(name="x", content=content, is_whole=is_whole))


@by_format
def test_every_format_refuses_foreign_bytes_with_a_reason(tmp_path, known):
    """Forced upon bytes of another kind, a format gives reasons or text, never a crash."""
    path = tmp_path / "odd"
    for content in (b"\0\1\2\3" * 200, b"\x89PNG\r\n\x1a\n" * 20, b"<<<<&&&&>>>>" * 50, b"\n"):
        path.write_bytes(content)
        for each in take(path, format=known):
            if isinstance(each, RawRecord):
                try:
                    each = read(each)  # noqa: PLW2901
                except UnreadableDocument as refused:
                    each = refused  # noqa: PLW2901
            if isinstance(each, UnreadableDocument):
                assert "internal error" not in each.reason
                assert each.reason.endswith(".")


@by_format
def test_every_format_has_a_sample(known):
    """Some sample document, or a member of one, is of the format."""
    assert known.name in sample_formats()


def sample_formats() -> set[str]:
    """Formats of the files in seeds/documents, their containers and the documents in them."""
    found = set()
    for path in SEEDS.iterdir():
        with path.open("rb") as file:
            content = file.read(64 * 1024)
        top = find_format(Head(name=path.name, content=content, is_whole=False))
        found.add(top and top.name)
        if top and top.name == "gzip":
            inner = Head(name=path.name, content=gzip.decompress(content))
            found.add((within := find_format(inner)) and within.name)
        found |= {each.format for each in take(path) if isinstance(each, RawRecord)}
    return found


# ----------------------------------------------------------------------------- mapping


@pytest.mark.parametrize(
    ("written", "pairs"),
    [
        ("text=body", (("text", "body"),)),
        (" text = body , url=link", (("text", "body"), ("url", "link"))),
        ("published_at=date,title=head line", (("published", "date"), ("headline", "head line"))),
        ("text=a=b", (("text", "a=b"),)),
    ],
)
def test_a_mapping_pairs_fields_of_the_archive_with_fields_of_records(written, pairs):
    """White space around names is not theirs; common names of ours are known."""
    assert parse_mapping(written) == pairs


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("", "'' is no pair"),
        ("text", "'text' is no pair"),
        ("text=", "'text=' is no pair"),
        ("text=body,", "'' is no pair"),
        ("words=body", "the archive has no field 'words'. Its fields: .*text.*"),
        ("published=a,published_at=b", "published stands twice"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_misuse(written, wrong):
    """The error says what is wrong with which part."""
    with pytest.raises(MisuseError, match=f"--map: {wrong}"):
        parse_mapping(written)
