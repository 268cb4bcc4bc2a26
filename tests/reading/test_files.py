"""Which files are found, under which names, and why some cannot be read."""

import inspect
import os
import sys
from pathlib import Path

import pytest

from archive.errors import MisuseError, UnreadableDocument
from archive.reading import find_files
from archive.reading.files import open_file


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


def test_a_link_gives_no_folder_a_second_name(tmp_path, monkeypatch):
    """Folders keep their own paths; links lead to what has none, once, and not in circles."""
    make(tmp_path, "in/a/1.txt", "in/b/2.txt", "out/3.txt", "out/deep/4.txt")
    folder = tmp_path / "in"
    (folder / "a" / "loop").symlink_to(folder)
    (folder / "a" / "other").symlink_to(folder / "b")
    (folder / "a" / "outside").symlink_to(tmp_path / "out")
    (folder / "b" / "outside").symlink_to(tmp_path / "out" / "deep")
    (tmp_path / "out" / "back").symlink_to(folder / "a")
    monkeypatch.chdir(folder)
    expected = ["a/1.txt", "a/outside/3.txt", "a/outside/deep/4.txt", "b/2.txt"]
    assert names(find_files([Path()])) == expected


def test_folders_linked_to_each_other_do_not_multiply(tmp_path, monkeypatch):
    """Among seven folders with links to all the others each file is found once."""
    folders = [tmp_path / str(number) for number in range(7)]
    for folder in folders:
        make(folder, "x.txt")
    for one in folders:
        for other in folders:
            if one != other:
                (one / f"to{other.name}").symlink_to(other)
    monkeypatch.chdir(tmp_path)
    assert names(find_files([Path()])) == [f"{folder.name}/x.txt" for folder in folders]


def test_depth_is_not_bounded_by_pythons_calls(tmp_path, monkeypatch):
    """A file below more folders than calls may be nested is found."""
    deep = "d/" * 300
    make(tmp_path, f"{deep}x.txt")
    monkeypatch.chdir(tmp_path)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        found = find_files([Path("d")])
    finally:
        sys.setrecursionlimit(limit)
    assert names(found) == [f"{deep}x.txt"]


def test_two_files_of_one_name_are_misuse(tmp_path, monkeypatch):
    """Neither is dropped in silence; the error tells both."""
    make(tmp_path, "c1/x.txt", "c2/x.txt", "c2/y.txt")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MisuseError, match=r"'c1/x\.txt' and 'c2/x\.txt' .* named p/x\.txt\."):
        find_files([Path("c1"), Path("c2")], name_prefix="p/")


def test_one_file_under_two_paths_is_one_file(tmp_path, monkeypatch):
    """The same file given twice, or behind a link, or a dangling link given twice, is no clash."""
    make(tmp_path, "c1/x.txt")
    (tmp_path / "c1" / "gone").symlink_to("nowhere")
    (tmp_path / "c2").symlink_to("c1")
    monkeypatch.chdir(tmp_path)
    found = find_files([Path("c1"), Path("c1/x.txt"), Path("c2")], name_prefix="")
    assert names(found) == ["gone", "x.txt"]


def test_undecodable_names_that_print_alike_are_misuse(tmp_path):
    """A byte that is no UTF-8, and the escape that stands for it, written out."""
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9")).write_text("Rain fell.")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    make(tmp_path, "caf\\xe9")
    with pytest.raises(MisuseError, match="would both be named") as refused:
        find_files([tmp_path], name_prefix="")
    message = str(refused.value)
    assert "caf\\udce9'" in message
    assert "caf\\\\xe9'" in message
    assert message.isprintable()


def test_what_is_left_out_is_left_out_by_any_path(tmp_path, monkeypatch):
    """A file or folder left out is so below a folder, as an argument and behind a link."""
    make(tmp_path, "in/1.txt", "in/meta.csv", "in/copies/2.txt", "copy.txt")
    (tmp_path / "in" / "link").symlink_to("copies")
    (tmp_path / "in" / "link.csv").symlink_to("meta.csv")
    monkeypatch.chdir(tmp_path)
    left_out = [tmp_path / "in" / "meta.csv", Path("in/copies"), Path("in/never_made")]
    paths = [Path("in"), Path("in/meta.csv"), Path("in/copies"), Path("copy.txt")]
    assert names(find_files(paths, leave_out=left_out)) == ["copy.txt", "in/1.txt"]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("a\x1b[31m.txt", "a\\x1b[31m.txt"),
        ("a\nb", "a\\x0ab"),
        ("a\x7fb", "a\\x7fb"),
        ("a\x9bb", "a\\u009bb"),
        ("é\u200f — 第一", "é\u200f — 第一"),
    ],
)
def test_a_name_cannot_steer_a_terminal(tmp_path, written, printed):
    """Control characters are written as escapes, all other characters as they are."""
    make(tmp_path, written)
    assert names(find_files([tmp_path], name_prefix="")) == [printed]


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


def dangling(path: Path) -> None:
    path.symlink_to(path.parent / "gone")


def in_a_circle(path: Path) -> None:
    path.symlink_to(path)


def pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make_unfit", "reason"),
    [
        (dangling, "target is missing"),
        (in_a_circle, "target is missing"),
        (pipe, "not a regular file"),
    ],
)
def test_unfit_file_is_listed_and_refused_with_a_reason(tmp_path, make_unfit, reason):
    """What cannot be read is found like any file, and fails when opened, saying why."""
    make_unfit(tmp_path / "bad.txt")
    ((name, path),) = find_files([tmp_path], name_prefix="")
    with pytest.raises(UnreadableDocument, match=reason) as refused:
        open_file(name, path)
    assert refused.value.name == "bad.txt"


def test_missing_permission_is_a_reason(tmp_path, monkeypatch):
    """A file that may not be read, and a folder that may not be listed, are refused so."""

    def refuse(*_arguments):
        raise PermissionError(13, "Permission denied")

    make(tmp_path, "locked/1.txt", "2.txt")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableDocument, match="permissions"):
        open_file("2.txt", tmp_path / "2.txt")
    monkeypatch.setattr(Path, "iterdir", refuse)
    ((name, folder),) = find_files([tmp_path / "locked"], name_prefix="")
    with pytest.raises(UnreadableDocument, match="permissions"):
        open_file(name, folder)


@pytest.fixture
def closed_folder(tmp_path, monkeypatch):
    """A folder whose names can be listed, but which cannot be entered (mode 644)."""
    make(tmp_path, "closed/1.txt", "closed/sub/2.txt", "open.txt")
    folder = tmp_path / "closed"

    def refusing(look):
        def look_or_refuse(path, *arguments, **options):
            if folder in path.parents:
                raise PermissionError(13, "Permission denied", str(path))
            return look(path, *arguments, **options)

        return look_or_refuse

    for method in ("stat", "lstat"):
        monkeypatch.setattr(Path, method, refusing(getattr(Path, method)))
    return folder


def test_a_folder_that_may_be_listed_but_not_entered_fails_by_itself(closed_folder):
    """Each name in it is listed and refused for want of permission; the others are read."""
    found = dict(find_files([closed_folder.parent], name_prefix=""))
    assert sorted(found) == ["closed/1.txt", "closed/sub", "open.txt"]
    for name in ("closed/1.txt", "closed/sub"):
        with pytest.raises(UnreadableDocument, match="no permission") as refused:
            open_file(name, found[name])
        assert refused.value.name == name


def test_an_argument_in_a_closed_folder_is_not_called_missing(closed_folder):
    """Nobody can know whether it is there; the permission is what is wanting."""
    ((name, path),) = find_files([closed_folder / "1.txt"], name_prefix="")
    with pytest.raises(UnreadableDocument, match="no permission"):
        open_file(name, path)


def test_a_name_that_is_too_long_is_refused_with_the_reason(tmp_path):
    """An error of the file system other than the usual ones is named too."""
    ((name, path),) = find_files([tmp_path / ("x" * 300)], name_prefix="")
    with pytest.raises(UnreadableDocument, match="cannot be read: "):
        open_file(name, path)
