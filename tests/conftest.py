"""Fixtures that several tests share."""

import os
import shutil
from pathlib import Path

import pytest

from archive import pipeline
from archive.reading.meta import overlay, read_metadata
from archive.records import Metadata
from archive.storage.engine import migration_engine

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def _fixed_clock():
    """Every test runs at one moment, so that what it makes can be compared to the byte."""
    os.environ["SOURCE_DATE_EPOCH"] = "1760000000"


@pytest.fixture(scope="session")
def built_sample_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of `seeds/documents/`, built once; not to be changed."""
    db = tmp_path_factory.mktemp("sample") / "archive.db"
    table = read_metadata(ROOT / "seeds" / "meta.csv")
    report = pipeline.ingest(
        [ROOT / "seeds" / "documents"],
        db,
        metadata_for=lambda name: overlay(Metadata(), table.find(name)),
        name_prefix="",
    )
    assert not report.failures
    return db


@pytest.fixture
def sample_archive(built_sample_archive: Path, tmp_path: Path) -> Path:
    """A copy of the sample archive that the test may change."""
    db = tmp_path / "archive.db"
    shutil.copy(built_sample_archive, db)
    return db


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real documents and their annotation, which are not part of the project."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder ../shared with real documents is not here")
    return folder


@pytest.fixture
def alembic_config() -> dict[str, str]:
    """Where pytest-alembic finds the migrations."""
    return {"file": str(ROOT / "alembic.ini"), "script_location": str(ROOT / "migrations")}


@pytest.fixture
def alembic_engine(tmp_path: Path):
    """The migrations' own engine on an empty database, for pytest-alembic."""
    return migration_engine(tmp_path / "migrated.db")
