"""Files within archives: found, named, bounded, and told apart from what does harm."""

import bz2
import gzip
import io
import random
import stat
import tarfile
import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import UnreadableDocument
from archive.reading import MAX_DOCUMENT_BYTES, Instructions, format_named, limits, records
from archive.reading.packed.streams import Budget, damage_of, member_stream
from archive.records import Metadata, RawRecord

RAIN, WIND, SNOW = b"Rain fell on Tolven.\n", b"Wind felled two trees.\n", b"Snow closed a pass.\n"


def zip_of(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore", UserWarning)  # a name that stands twice is meant to
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tar_of(*members: tuple[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def take(content: bytes, name: str = "box", **options) -> list[RawRecord | UnreadableDocument]:
    """What the file of that name and content gives."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        return list(records(name, path, Metadata(outlet="The Gazette"), Instructions(**options)))


def told(found: list[RawRecord | UnreadableDocument]) -> list[tuple[str, object]]:
    """Names with the content of each record, or with None for what was refused."""
    return [(each.name, getattr(each, "content", None)) for each in found]


def reason(found: list[RawRecord | UnreadableDocument], name: str) -> str:
    """Why the record of that name was refused."""
    (error,) = [each for each in found if each.name == name]
    assert isinstance(error, UnreadableDocument)
    assert error.reason.endswith(".")
    return error.reason


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_members_are_records_named_after_archive_and_path(pack):
    """In the order of the archive, in their own formats, with what was said of the archive."""
    found = take(pack(("b/rain.txt", RAIN), ("./a.md", WIND)))
    assert told(found) == [("box#b/rain.txt", RAIN), ("box#a.md", WIND)]
    assert {each.format for each in found} == {"text"}
    assert {each.metadata for each in found} == {Metadata(outlet="The Gazette")}


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress])
def test_a_compressed_file_keeps_its_name(compress):
    """What is in it is one document under the name of the file, or an archive that is opened."""
    assert told(take(compress(RAIN), "rain.txt.gz")) == [("rain.txt.gz", RAIN)]
    packed = compress(tar_of(("rain.txt", RAIN)))
    assert told(take(packed, "box.tgz")) == [("box.tgz#rain.txt", RAIN)]


def test_archives_lie_within_archives():
    """Each archive's name is part of the names of what is in it."""
    inner = zip_of(("deep/rain.txt", RAIN), ("wind.txt.gz", gzip.compress(WIND)))
    found = take(zip_of(("in.tar.gz", gzip.compress(tar_of(("in.zip", inner), ("s", SNOW))))))
    assert told(found) == [
        ("box#in.tar.gz#in.zip#deep/rain.txt", RAIN),
        ("box#in.tar.gz#in.zip#wind.txt.gz", WIND),
        ("box#in.tar.gz#s", SNOW),
    ]


def test_archives_that_lie_too_deep_are_refused():
    """A chain of archives longer than the bound is named at the place where it is cut."""
    content = RAIN
    for _ in range(limits.MAX_NESTING + 1):
        content = zip_of(("in", content))
    found = take(content)
    assert "within each other" in reason(found, "box" + "#in" * (limits.MAX_NESTING + 1))


def test_what_is_hidden_in_an_archive_is_left_out():
    """As in folders: what Finder and version control put there is no news."""
    members = [("__MACOSX/._a.txt", b"\0\5\x16\7"), (".git/x", RAIN), ("a/.DS_Store", b"\0")]
    assert told(take(zip_of(*members, ("a.txt", RAIN)))) == [("box#a.txt", RAIN)]
    assert "nothing in it to read (ZIP archive)" in reason(take(zip_of(*members)), "box")


@pytest.mark.parametrize(
    "path", ["../up.txt", "a/../../up.txt", "/etc/passwd", "C:\\up.txt", "..\\up.txt", ".."]
)
@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_a_path_that_leads_out_of_the_archive_is_refused(pack, path):
    """It is named with its path; the other members are read."""
    refused, rain = take(pack((path, WIND), ("rain.txt", RAIN)))
    assert isinstance(refused, UnreadableDocument)
    assert "leads out of its archive" in refused.reason
    assert refused.name.startswith("box#")
    assert told([rain]) == [("box#rain.txt", RAIN)]


def test_a_name_in_an_archive_cannot_steer_a_terminal():
    """Control characters are written as escapes; a name beyond all measure is refused."""
    found = take(tar_of(("a\x1b[31m\u0085.txt", RAIN), ("n" * 2000, WIND)))
    assert found[0].name == "box#a\\x1b[31m\\u0085.txt"
    assert "a shorter one" in reason(found, "box#" + "n" * limits.MAX_NAME)


def test_utf8_names_are_read_whether_declared_or_not():
    """Many programs write UTF-8 names into a ZIP without saying so; old ones code page 437."""
    content = bytearray(zip_of(("é–.txt", RAIN)))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(signature) + flags
        assert content[at : at + 2] == (0x800).to_bytes(2, "little")
        content[at : at + 2] = b"\0\0"
    assert told(take(bytes(content))) == [("box#é–.txt", RAIN)]
    cp437 = content.replace("é–".encode(), b"\x82ab\x82c")
    assert told(take(bytes(cp437))) == [("box#éabéc.txt", RAIN)]


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_members_of_one_name_get_names_of_their_own(pack):
    """Under one name each would be a revision of the other whenever the archive is ingested."""
    found = take(pack(("a", RAIN), ("a", WIND), ("a~2", SNOW), ("./a", RAIN)))
    assert told(found) == [
        ("box#a", RAIN),
        ("box#a~2", WIND),
        ("box#a~2~2", SNOW),
        ("box#a~3", RAIN),
    ]


def test_links_and_devices_in_archives_are_refused():
    """Nothing is ever read through them."""
    buffer = io.BytesIO()
    kinds = [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE]
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("rain.txt"))
        for kind in kinds:
            info = tarfile.TarInfo(f"kind{kind.decode()}")
            info.type, info.linkname = (
                kind,
                "/etc/passwd" if kind == tarfile.SYMTYPE else "rain.txt",
            )
            archive.addfile(info)
    found = take(buffer.getvalue())
    for kind in kinds:
        assert "a link or a device" in reason(found, f"box#kind{kind.decode()}")
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "a link or a device" in reason(take(buffer.getvalue()), "box#link")


def with_flag(content: bytes, flag: int) -> bytes:
    """A ZIP of one member whose headers carry a general purpose flag."""
    marked = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        marked[marked.index(signature) + offset] |= flag
    return bytes(marked)


def with_method(content: bytes, method: int) -> bytes:
    """A ZIP of one member that is said to be compressed so."""
    marked = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        marked[marked.index(signature) + offset] = method
    return bytes(marked)


def test_encrypted_and_oddly_compressed_members_are_refused():
    """Each with what to do."""
    content = zip_of(("a", RAIN))
    assert "with its password" in reason(take(with_flag(content, 1)), "box#a")
    for method in (9, 14, 93, 99):
        assert "compressed in a way" in reason(take(with_method(content, method)), "box#a")


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ([("mimetype", b"application/epub+zip"), ("OEBPS/1.xhtml", b"<p>")], "EPUB book"),
        (
            [("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")],
            "OpenDocument text",
        ),
        ([("xl/workbook.xml", b"<x/>"), ("[Content_Types].xml", b"<x/>")], "Office document"),
    ],
)
def test_a_zip_that_is_one_document_is_not_opened(members, kind):
    """Its parts are no news; the kind is named."""
    found = take(zip_of(*members))
    assert reason(found, "box").startswith(kind)


# ---------------------------------------------------------------------------- damage


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_an_archive_that_breaks_off_gives_what_stands_before(share):
    """Whole members are kept, the broken one and the archive named; a ZIP has lost its list."""
    members = [(f"{n}.txt", RAIN * 3000 * (n + 1)) for n in range(8)]
    content = tar_of(*members)
    found = take(content[: int(len(content) * share)])
    whole = [each for each in found if isinstance(each, RawRecord)]
    assert told(whole) == [(f"box#{name}", text) for name, text in members[: len(whole)]]
    assert 0 < len(whole) < 8
    assert "breaks off" in reason(found, "box")
    packed = gzip.compress(content)
    found = take(packed[: int(len(packed) * share)])
    whole = [each for each in found if isinstance(each, RawRecord)]
    assert told(whole) == [(f"box#{name}", text) for name, text in members[: len(whole)]]
    assert "breaks off" in reason(found, "box")
    packed = zip_of(*members)
    assert "list of files" in reason(take(packed[: int(len(packed) * share)]), "box")


def test_one_damaged_member_leaves_the_others():
    """Told by its checksum; a document is never stored from damaged data."""
    content = bytearray(zip_of(("a", RAIN), ("b", WIND * 50), ("c", SNOW)))
    at = content.index(b"b", 40) + 8
    content[at] ^= 0x55
    found = take(bytes(content))
    assert told(found) == [("box#a", RAIN), ("box#b", None), ("box#c", SNOW)]
    assert "damaged" in reason(found, "box#b")


def test_a_compressed_document_that_breaks_off_is_refused():
    """Half a story under the name of the whole one would be worse than none."""
    packed = gzip.compress(RAIN * 1000)
    for content in (packed[:-4], packed[: len(packed) // 2], packed[:12], packed[:10]):
        assert "breaks off" in reason(take(content), "box")


def folder_in_a_tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
    return buffer.getvalue()


@pytest.mark.parametrize("content", [zip_of(), zip_of(("folder/", b"")), folder_in_a_tar()])
def test_an_archive_without_files_is_named(content):
    """Neither folders nor nothing at all are documents."""
    assert "nothing in it to read" in reason(take(content), "box")


def test_an_empty_member_is_named():
    """Like an empty file."""
    assert "empty file" in reason(take(zip_of(("a", b""), ("b", RAIN))), "box#a")


# ---------------------------------------------------------------------------- bounds


def test_a_member_may_be_as_large_as_a_document():
    """The bound of a document holds for each member, not for the archive."""
    large = (b"Rain fell. " * 100 + b"\n") * (MAX_DOCUMENT_BYTES // 1101)
    content = zip_of(("a", large), ("b", large + RAIN * 100), ("c", large))
    found = take(content)
    assert [getattr(each, "content", None) for each in found] == [large, None, large]
    assert "Split it" in reason(found, "box#b")


def test_a_bomb_is_refused_once_and_nothing_after_it_is_read(monkeypatch):
    """Beyond its bound no more of the file is unpacked, however deep the bytes lie."""
    monkeypatch.setattr("archive.reading.packed.streams.FREE_BYTES", 1024 * 1024)
    bomb = zip_of(*[(f"{n}", gzip.compress(bytes(4_000_000))) for n in range(20)], ("b", RAIN))
    found = take(zip_of(("a", RAIN), ("bomb.zip", bomb), ("c", RAIN)))
    assert told(found)[0] == ("box#a", RAIN)
    assert "made to do harm" in reason(found, "box")
    assert not any(each.name in ("box#bomb.zip#b", "box#c") for each in found)
    assert len(found) == 2


def test_the_bytes_of_one_file_are_bounded(monkeypatch):
    """Also where it compresses no better than text does."""
    monkeypatch.setattr("archive.reading.packed.streams.MAX_UNPACKED_BYTES", 100_000)
    found = take(zip_of(*[(f"{n}", RAIN * 1000) for n in range(10)]))
    assert [each.name for each in found] == ["box#0", "box#1", "box#2", "box#3", "box"]
    assert "unpacks to more than 100,000 bytes" in reason(found, "box")


def test_the_files_in_one_file_are_bounded(monkeypatch):
    """Those of archives within it counted in."""
    monkeypatch.setattr("archive.reading.packed.streams.MAX_MEMBERS", 4)
    inner = zip_of(("1", RAIN), ("2", RAIN))
    found = take(zip_of(("a.zip", inner), ("b.zip", inner), ("c", RAIN)))
    assert [each.name for each in found] == ["box#a.zip#1", "box#a.zip#2", "box"]
    assert "more than 4 files" in reason(found, "box")


def test_a_zip_within_an_archive_is_bounded(monkeypatch):
    """It is put into a temporary file, whose size is bounded."""
    monkeypatch.setattr("archive.reading.packed.streams.MAX_SPOOLED_BYTES", 500)
    inner = zip_of(*[(f"{n}", RAIN) for n in range(20)])
    found = take(tar_of(("in.zip", inner), ("a", RAIN)))
    assert "an archive of more than 500 bytes" in reason(found, "box#in.zip")
    assert told(found)[-1] == ("box#a", RAIN)


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_lists_and_headers_of_members_are_bounded(monkeypatch, pack):
    """A header that would fill the memory is not read."""
    module = "zips" if pack is zip_of else "tars"
    monkeypatch.setattr(f"archive.reading.packed.{module}.MAX_DIRECTORY_BYTES", 4_000)
    found = take(pack(*[("n" * 999 + str(n) * 9000, RAIN) for n in range(10)]))
    assert [type(each) for each in found] == [UnreadableDocument]
    assert found[0].name == "box"


LONG = random.Random(1).randbytes(1_500_000)  # noqa: S311
PACKED = gzip.compress(LONG, 1)


def unpacking(budget: Budget) -> BinaryIO:
    """The stream of the long member of a GZIP file."""
    return member_stream("box", gzip.GzipFile(fileobj=io.BytesIO(PACKED)), budget)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(-10, 1_600_000), st.sampled_from([0, 1, 2]), st.integers(0, 300_000)),
        max_size=6,
    )
)
def test_a_member_can_be_read_back_and_forth(steps):
    """From any place to any other, also far behind what is held in memory."""
    stream = unpacking(Budget("box", len(PACKED)))
    plain = io.BytesIO(LONG)
    for offset, whence, count in steps:
        base = {0: 0, 1: plain.tell(), 2: len(LONG)}[whence]
        target = min(max(0, base + offset), len(LONG))
        stream.seek(target - base, whence)
        plain.seek(target)
        assert stream.tell() == target
        assert stream.read(count) == plain.read(count)
    assert damage_of(stream) is None


def test_bytes_are_counted_once_however_often_they_are_read():
    """Going back to the beginning costs time, not budget."""
    budget = Budget("box", len(PACKED))
    stream = unpacking(budget)
    for _ in range(3):
        stream.seek(0)
        stream.read()
    assert budget.unpacked_bytes == len(LONG)


# ------------------------------------------------------------------------ instructions


def test_a_format_that_is_named_is_that_of_the_documents():
    """Archives around them are opened all the same; what is named otherwise is read so too."""
    content = zip_of(("page.txt", b"<!DOCTYPE html><p>Rain fell."), ("g.gz", gzip.compress(RAIN)))
    found = take(content, "box.zip", format=format_named("text"))
    assert [(each.name, each.format) for each in found] == [
        ("box.zip#page.txt", "text"),
        ("box.zip#g.gz", "text"),
    ]
    (one,) = take(content, "odd.docx", format=format_named("docx"))
    assert (one.name, one.format) == ("odd.docx", "docx")


def test_what_is_said_of_a_member_outranks_what_is_said_of_its_archive():
    """And holds for everything in the member; mapping comes along."""
    said = {
        "box#a.zip": Metadata(section="World"),
        "box#a.zip#2": Metadata(outlet="The Ledger"),
    }
    found = take(
        zip_of(("a.zip", zip_of(("1", RAIN), ("2", WIND))), ("b", SNOW)),
        metadata_for=lambda name: said.get(name, Metadata()),
        mapping=(("text", "body"),),
    )
    assert [(each.metadata.outlet, each.metadata.section) for each in found] == [
        ("The Gazette", "World"),
        ("The Ledger", "World"),
        ("The Gazette", None),
    ]
    assert {each.mapping for each in found} == {(("text", "body"),)}


# -------------------------------------------------------------------------------- fuzz

SAMPLES = {
    "zip": zip_of(("a/rain.txt", RAIN * 9), ("b.zip", zip_of(("c", WIND), ("d", SNOW)))),
    "tar": tar_of(("a/rain.txt", RAIN * 9), ("b" * 150, WIND), ("c.gz", gzip.compress(SNOW))),
    "old": tar_of(("a/rain.txt", RAIN), ("b" * 150, WIND), form=tarfile.GNU_FORMAT),
    "gz": gzip.compress(tar_of(("a", RAIN), ("b", WIND))),
    "bz2": bz2.compress(RAIN * 20),
}


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(SAMPLES)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=4),
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from(sorted(SAMPLES)),
)
def test_damaged_archives_give_records_or_reasons(kind, flips, cut, splice, other):
    """Whatever is flipped, cut off or put behind: the same records and reasons, and no crash."""
    content = bytearray(SAMPLES[kind])
    for place, value in flips:
        content[int(place * (len(content) - 1))] = value
    tail = SAMPLES[other][int(splice * len(SAMPLES[other])) :]
    content = bytes(content[: int(cut * len(content))]) + tail
    found = take(content)
    assert found
    assert told(found) == told(take(content))
    names = [each.name for each in found if isinstance(each, RawRecord)]
    assert len(set(names)) == len(names)
    for each in found:
        assert each.name.split("#")[0] == "box"
        if isinstance(each, UnreadableDocument):
            assert "internal error" not in each.reason
            assert each.reason.endswith(".")
