"""The wheel carries all it needs: it works outside the checkout."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The wheel, built and unpacked into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", folder, ROOT], check=True)
    (wheel,) = folder.glob("news_archive-*.whl")
    target = folder / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", target, wheel], check=True)
    return target


def run(installed: Path, folder: Path, *arguments: str) -> str:
    """Run the installed command in a folder; its standard output."""
    done = subprocess.run(
        [sys.executable, "-c", "from archive.cli import main; main()", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def test_the_installed_archive_uses_its_own_files(installed, tmp_path):
    """Nothing is read from the checkout."""
    code = "import archive.resources as r; print(r.ROOT)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    )
    root = Path(done.stdout.strip())
    assert root == installed / "archive" / "_data"
    for name in ("alembic.ini", "metadata.yml", "migrations/env.py", "seeds/reference/units.csv"):
        assert (root / name).is_file()


def test_the_installed_archive_ingests_checks_and_makes_snapshots(installed, tmp_path):
    """From files to a verified snapshot, as `pip install` leaves it."""
    documents = installed / "archive" / "_data" / "seeds" / "documents"
    report = json.loads(run(installed, tmp_path, "ingest", str(documents), "--json"))
    assert report["stored"] > 10
    assert report["failed"] == 0
    assert run(installed, tmp_path, "check") == "Every row holds.\n"
    assert run(installed, tmp_path, "snapshot", "create").strip()
    assert run(installed, tmp_path, "snapshot", "verify").endswith("sound.\n")
