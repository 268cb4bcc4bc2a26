"""What docs/guide.md tells users to run, runs."""

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from archive.publishing import snapshots

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "guide.md"
STATEMENTS = re.findall(r"```sql\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def snapshot(built_sample_archive, tmp_path_factory):
    """A snapshot of the sample archive, tables and views."""
    db = tmp_path_factory.mktemp("guide") / "archive.db"
    shutil.copy(built_sample_archive, db)
    return snapshots.create(db) / "archive.db"


@pytest.mark.parametrize("sql", STATEMENTS, ids=lambda sql: sql.strip().splitlines()[0][:40])
def test_the_guides_sql_runs(snapshot, sql):
    """Every statement is accepted by a snapshot of the sample archive."""
    connection = sqlite3.connect(f"file:{snapshot}?mode=ro", uri=True)
    try:
        connection.execute(sql, {"id": 1, "name": "Iran"}).fetchall()
    finally:
        connection.close()
