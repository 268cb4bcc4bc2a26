"""A folder that appears whole or not at all."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import MisuseError


@contextmanager
def whole_folder(
    target: Path, *, overwrite: bool, foreign: Callable[[Path], list[str]]
) -> Iterator[Path]:
    """Yield a folder to write into, which becomes `target` at the end of the block.

    It lies beside `target` under a hidden name; where the block fails, nothing is left of it and
    `target` is as it was. A folder that holds anything is replaced only with `overwrite`, and only
    where `foreign` finds nothing in it that did not come from here. Raises MisuseError otherwise.
    """
    target = target.resolve()
    _require_replaceable(target, overwrite=overwrite, foreign=foreign)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as scratch:
        new, old = Path(scratch) / "new", Path(scratch) / "old"
        new.mkdir()  # not the scratch folder itself, which nobody else may read
        yield new
        _require_replaceable(target, overwrite=overwrite, foreign=foreign)
        if target.exists():
            target.rename(old)
        try:
            new.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise


def _require_replaceable(
    target: Path, *, overwrite: bool, foreign: Callable[[Path], list[str]]
) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise MisuseError(f"{target}: is a file. Name a folder that is new or empty.")
    if not any(target.iterdir()):
        return
    if not overwrite:
        raise MisuseError(
            f"{target}: the folder is not empty. Name another one, or replace an earlier export "
            "with --overwrite."
        )
    strange = foreign(target)
    if strange:
        listed = ", ".join(strange[:3]) + (" and more" if len(strange) > 3 else "")
        raise MisuseError(
            f"{target}: not replaced, for it holds what no export wrote: {listed}. Take that "
            "away, or name another folder."
        )
