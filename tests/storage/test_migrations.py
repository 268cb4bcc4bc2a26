"""Migrations go up and down with rows in place, and agree with the models."""

import sqlite3

import pytest
from alembic import command
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from pytest_alembic.tests import (  # noqa: F401 - pytest-alembic's suite runs here
    test_model_definitions_match_ddl,
    test_single_head_revision,
    test_up_down_consistency,
    test_upgrade,
)
from sqlalchemy import event

from archive import pipeline
from archive.errors import DatabaseError
from archive.storage.digest import content_digest
from archive.storage.engine import (
    alembic_config as own_config,
)
from archive.storage.engine import (
    head_revision,
    migrate,
    migration_engine,
    require_current,
    schema_revision,
)
from archive.storage.models import Base

REVISIONS = [
    script.revision for script in ScriptDirectory.from_config(own_config()).walk_revisions()
]


def run(path, step, *arguments):
    """Run an Alembic command on a database file."""
    engine = migration_engine(path)
    with engine.connect() as connection:
        step(own_config(connection), *arguments)
        connection.commit()
    engine.dispose()


DERIVED = {"decisions", "entity_keys", "unsettled_entities", "unsettled_keys"}
"""Tables that the next run fills again, as far as rules do; a downgrade may empty or drop them."""


def counts(path):
    """Rows per table, those aside that are derived from the others."""
    tables = {table: table for table in Base.metadata.tables.keys() - DERIVED}
    tables["aliases"] += " WHERE is_own"
    with sqlite3.connect(path) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {rows}").fetchone()[0]
            for table, rows in tables.items()
        }


def test_models_and_migrations_agree(tmp_path):
    """`alembic check` finds nothing to do."""
    migrate(tmp_path / "new.db")
    run(tmp_path / "new.db", command.check)


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_revision_goes_down_and_up_with_rows_in_place(revision, sample_archive):
    """No row of a table that stays is lost, and no foreign key dangles."""
    before = counts(sample_archive)
    script = ScriptDirectory.from_config(own_config()).get_revision(revision)
    run(sample_archive, command.downgrade, script.down_revision or "base")
    with sqlite3.connect(sample_archive) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    run(sample_archive, command.upgrade, "head")
    with sqlite3.connect(sample_archive) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    if script.down_revision is not None:
        assert counts(sample_archive) == before


def test_merged_entities_go_down_and_up_with_the_schema(sample_archive):
    """Down, every row has what its document gave; up, the next runs merge again and keep users'."""
    pipeline.decide(sample_archive, "Iran", "Afghanistan", "same", by="ed")
    pipeline.decide(sample_archive, "Iran", "Pakistan", "different", by="ed")
    before = whole_digest(sample_archive)
    run(sample_archive, command.downgrade, "0002")
    with sqlite3.connect(sample_archive) as connection:
        for statement in (
            "SELECT count(*) FROM entities WHERE merged_into_id IS NOT NULL",
            "SELECT count(*) FROM entities e WHERE NOT EXISTS "
            "(SELECT 1 FROM mentions WHERE entity_id = e.id)",
            "SELECT count(*) FROM quotes q JOIN entities e ON e.id = q.speaker_entity_id "
            "WHERE e.name <> q.speaker",
        ):
            assert connection.execute(statement).fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM decisions").fetchone() == (2,)
    run(sample_archive, command.upgrade, "head")
    pipeline.reprocess(sample_archive)
    assert list(pipeline.check(sample_archive)) == []
    found = whole_digest(sample_archive)
    # What is said of senses in users' decisions is not in the older schema.
    assert {table for table in before if before[table] != found[table]} <= {"decisions", "all"}
    assert pipeline.describe(sample_archive, "Afghanistan").name == "Iran"


def whole_digest(path):
    """Content digest by table."""
    with sqlite3.connect(path) as connection:
        return content_digest(connection)


def test_a_rebuild_of_a_parent_table_keeps_its_children(sample_archive):
    """Alembic's batch mode copies a table; the children's rows stay."""
    before = counts(sample_archive)
    engine = migration_engine(sample_archive)
    with engine.connect() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("paragraphs", recreate="always"):
            pass
        connection.commit()
    engine.dispose()
    assert counts(sample_archive) == before
    with sqlite3.connect(sample_archive) as connection:
        assert content_digest(connection)["all"]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_failed_migration_leaves_nothing_behind(tmp_path):
    """Half a schema is never left in the file."""
    path, seen = tmp_path / "new.db", []
    engine = migration_engine(path)

    @event.listens_for(engine, "before_cursor_execute")
    def fail_in_the_middle(_connection, _cursor, statement, *_rest):
        seen.append(statement)
        if statement.strip().startswith("CREATE TABLE figures"):
            raise RuntimeError("power cut")

    with engine.connect() as connection, pytest.raises(RuntimeError, match="power cut"):
        command.upgrade(own_config(connection), "head")
    engine.dispose()
    assert sum("CREATE TABLE" in statement for statement in seen) > 5
    with sqlite3.connect(path) as connection:
        tables = {row[0] for row in connection.execute("SELECT tbl_name FROM sqlite_master")}
    assert tables <= {"alembic_version"}


def test_migrating_again_changes_nothing(tmp_path):
    """A database at the head is left alone."""
    path = tmp_path / "new.db"
    migrate(path)
    before = path.read_bytes()
    migrate(path)
    assert path.read_bytes() == before
    assert schema_revision(path) == head_revision()


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("CREATE TABLE recipes (id)", "no archive"),
        (
            "CREATE TABLE alembic_version (version_num TEXT); "
            "INSERT INTO alembic_version VALUES ('9999')",
            "newer",
        ),
    ],
)
def test_a_foreign_database_is_refused(tmp_path, statement, message):
    """Somebody else's tables are never written to, and the message says what to do."""
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.executescript(statement)
    with pytest.raises(DatabaseError, match=message):
        migrate(path)
    with pytest.raises(DatabaseError, match=message):
        require_current(path)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    """Text given as --db is named, not overwritten."""
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to be read as a header" * 40)
    with pytest.raises(DatabaseError, match=r"notes\.txt"):
        migrate(path)
    assert path.read_text().startswith("not a database")


def test_a_database_may_have_any_name(tmp_path):
    """Characters with a meaning in URLs are part of the name."""
    path = tmp_path / "100% new? #1 é.db"
    migrate(path)
    require_current(path)
    assert [file.name for file in tmp_path.glob("*.db")] == [path.name]
