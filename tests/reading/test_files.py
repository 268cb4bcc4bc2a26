"""Which files are found, under which names, and why some cannot be read."""

import os
from pathlib import Path

import pytest

from archive.errors import MisuseError, UnreadableDocument
from archive.reading import MAX_DOCUMENT_BYTES, find_files, records
from archive.records import Metadata


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Rain fell.")


def names(found: list[tuple[str, Path]]) -> list[str]:
    return [name for name, _ in found]


def test_files_below_folders_are_listed_once_sorted_without_hidden_ones(tmp_path, monkeypatch):
    """Overlapping arguments give each file once; what a leading dot hides stays out."""
    make(tmp_path, "b.txt", "a b/ü.txt", ".hidden/x.txt", "a b/.x.txt", "c/d/e.md")
    monkeypatch.chdir(tmp_path)
    found = find_files([Path("c"), Path(), Path("./c/d/../d/e.md")])
    assert names(found) == ["a b/ü.txt", "b.txt", "c/d/e.md"]
    assert [path.read_text() for _, path in found] == ["Rain fell."] * 3


def test_order_of_arguments_does_not_matter(tmp_path, monkeypatch):
    """The same arguments in another order list the same files."""
    make(tmp_path, "x/1.txt", "y/2.txt")
    monkeypatch.chdir(tmp_path)
    assert names(find_files([Path("y"), Path("x")])) == names(find_files([Path("x"), Path("y")]))


def test_prefix_replaces_the_argument_in_names(tmp_path):
    """With a prefix a name is the prefix and the path below the argument."""
    make(tmp_path, "x/y/1.txt", "2.txt")
    found = find_files([tmp_path / "x", tmp_path / "2.txt"], name_prefix="news/")
    assert names(found) == ["news/2.txt", "news/y/1.txt"]


def test_links_to_folders_are_followed_but_not_round_in_circles(tmp_path, monkeypatch):
    """A link back into a folder above it adds nothing; another link is followed."""
    make(tmp_path, "a/1.txt", "b/2.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "a" / "other").symlink_to(tmp_path / "b")
    monkeypatch.chdir(tmp_path)
    assert names(find_files([Path()])) == ["a/1.txt", "a/other/2.txt", "b/2.txt"]


def test_missing_argument_is_misuse(tmp_path):
    """A path at which there is nothing is named in the error."""
    with pytest.raises(MisuseError, match=r"gone\.txt: no such file or folder"):
        find_files([tmp_path / "gone.txt"])


def test_undecodable_name_is_made_printable(tmp_path):
    """A byte that is no UTF-8 in a file's name is written as an escape."""
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("Rain fell.")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert names(find_files([tmp_path], name_prefix="")) == ["caf\\xe9.txt"]


def test_one_file_is_one_record(tmp_path):
    """The record holds the file's bytes, its name and the metadata given."""
    make(tmp_path, "1.txt")
    metadata = Metadata(outlet="The Gazette")
    (record,) = records("1.txt", tmp_path / "1.txt", metadata)
    assert (record.name, record.content, record.metadata) == ("1.txt", b"Rain fell.", metadata)


def dangling(path: Path) -> None:
    path.symlink_to(path.parent / "gone")


def in_a_circle(path: Path) -> None:
    path.symlink_to(path)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def too_large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MAX_DOCUMENT_BYTES + 1)


@pytest.mark.parametrize(
    ("make_unfit", "reason"),
    [
        (dangling, "target is missing"),
        (in_a_circle, "target is missing"),
        (pipe, "not a regular file"),
        (too_large, "Split it"),
    ],
)
def test_unfit_file_is_listed_and_refused_with_a_reason(tmp_path, make_unfit, reason):
    """What cannot be read is found like any file, and fails when read, saying why."""
    make_unfit(tmp_path / "bad.txt")
    ((name, path),) = find_files([tmp_path], name_prefix="")
    with pytest.raises(UnreadableDocument, match=reason) as refused:
        list(records(name, path, Metadata()))
    assert refused.value.name == "bad.txt"


def test_missing_permission_is_a_reason(tmp_path, monkeypatch):
    """A file that may not be read, and a folder that may not be listed, are refused so."""

    def refuse(*_arguments):
        raise PermissionError(13, "Permission denied")

    make(tmp_path, "locked/1.txt", "2.txt")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableDocument, match="permissions"):
        list(records("2.txt", tmp_path / "2.txt", Metadata()))
    monkeypatch.setattr(Path, "iterdir", refuse)
    ((name, folder),) = find_files([tmp_path / "locked"], name_prefix="")
    with pytest.raises(UnreadableDocument, match="permissions"):
        list(records(name, folder, Metadata()))
