"""Snapshots of which a file is gone, cut off or another's: told, and never served."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.errors import SnapshotError
from archive.publishing import snapshots
from archive.publishing.comparison import diff


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


DAMAGES: dict[str, Callable[[Path], None]] = {"gone": Path.unlink, "cut": _cut, "empty": _empty}


@pytest.mark.parametrize("name", ["archive.db", "inspect.json", "manifest.json"])
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_snapshot_is_not_the_newest(
    small_archive: Path, name: str, damage: Callable[[Path], None]
):
    """It is passed over, so that the one before is served, or another one made."""
    first = snapshots.create(small_archive)
    second = snapshots.create(small_archive)
    damage(second / name)
    newest = snapshots.newest(small_archive)
    assert newest is not None
    assert newest.path == first
    assert snapshots.find(small_archive, "latest") == first
    assert snapshots.find(small_archive, "latest", whole=False) == second
    damage(first / name)
    assert snapshots.newest(small_archive) is None
    assert snapshots.is_stale(small_archive)
    with pytest.raises(SnapshotError, match="no undamaged snapshot"):
        snapshots.find(small_archive, "latest")


@pytest.mark.parametrize("name", ["archive.db", "inspect.json"])
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_snapshot_does_not_verify(
    small_archive: Path, name: str, damage: Callable[[Path], None]
):
    """The file is named."""
    path = snapshots.create(small_archive)
    damage(path / name)
    faults = snapshots.verify(path)
    assert faults
    assert faults[0].startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda counted: counted.update(hash="0"), "another database"),
        (lambda counted: counted["tables"]["figures"].update(count=9), "9 rows of figures"),
        (lambda counted: counted["tables"].pop("claims"), "rows of claims"),
        (lambda counted: counted.pop("tables"), "damaged"),
    ],
)
def test_row_counts_that_are_not_the_databases_are_a_fault(small_archive: Path, change, named: str):
    """Datasette shows them as they stand there."""
    path = snapshots.create(small_archive)
    inspect = json.loads((path / "inspect.json").read_text())
    change(inspect["archive"])
    (path / "inspect.json").write_text(json.dumps(inspect))
    assert any(named in fault for fault in snapshots.verify(path))


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damaged_snapshots_are_not_compared(small_archive: Path, damage: Callable[[Path], None]):
    """The error names the one that is damaged, on either side."""
    sound, damaged = (snapshots.create(small_archive) for _ in range(2))
    damage(damaged / "archive.db")
    for pair in ((sound, damaged), (damaged, sound)):
        with pytest.raises(
            SnapshotError, match=rf"{damaged.name}: cannot be compared: archive\.db"
        ):
            diff(*pair)


def test_restore_needs_no_row_counts(small_archive: Path, tmp_path: Path):
    """What only a server reads is no reason to lose an archive."""
    path = snapshots.create(small_archive)
    (path / "inspect.json").unlink()
    snapshots.restore(path, tmp_path / "new.db")
    assert (tmp_path / "new.db").is_file()


def test_prune_never_deletes_the_last_sound_snapshot(small_archive: Path):
    """Damaged ones do not count as kept."""
    sound, damaged = (snapshots.create(small_archive) for _ in range(2))
    (damaged / "archive.db").unlink()
    assert snapshots.prune(small_archive, keep=1) == []
    assert sound.is_dir()
