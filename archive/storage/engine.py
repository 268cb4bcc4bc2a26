"""Engines for reading, writing and migrating, and the migration itself.

SQLite is opened with its driver's own transaction handling switched off: every transaction
begins where the code says so. Why migrations have an engine of their own is told at
`migration_engine`.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from archive.errors import DatabaseError
from archive.resources import ROOT

BUSY_TIMEOUT = 60_000
"""Milliseconds a writer waits for another one to finish its batch."""

_WRITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers never wait for the writer
    "PRAGMA synchronous=NORMAL",  # with WAL a crash cannot corrupt, only lose the last batch
    "PRAGMA foreign_keys=ON",
    "PRAGMA wal_autocheckpoint=65536",  # pages; helps long loads
    "PRAGMA cache_size=-32768",  # 32 MB; more brought little speed, but memory
    "PRAGMA temp_store=MEMORY",
)


def write_engine(path: Path) -> Engine:
    """Make an engine for the one writer: foreign keys on, `BEGIN IMMEDIATE`, write-ahead log."""
    return _engine(lambda: _open(path), _WRITE_PRAGMAS, begin="BEGIN IMMEDIATE")


def read_engine(path: Path) -> Engine:
    """Make an engine that cannot write."""
    return _engine(lambda: _open_readonly(path), (), begin="BEGIN")


def migration_engine(path: Path) -> Engine:
    """Make the engine for Alembic alone; `env.py` asks for it unless handed a connection.

    SQLite changes most of a table by copying it. With foreign keys on, dropping the old copy
    fires the cascades and silently deletes the children's rows, so they are off here. The driver
    opens no transaction for DDL, so a failed migration would keep half its tables: here every
    transaction is begun explicitly, and `env.py` sets `transactional_ddl`.
    """
    return _engine(lambda: _open(path), ("PRAGMA foreign_keys=OFF",), begin="BEGIN IMMEDIATE")


def _engine(
    opener: Callable[[], sqlite3.Connection], pragmas: tuple[str, ...], *, begin: str
) -> Engine:
    # The driver opens the file itself: SQLAlchemy would decode the `%` of the URI once more.
    engine = create_engine("sqlite://", creator=opener, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT}")
        for pragma in pragmas:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _file(path: Path) -> str:
    """SQLite's URI of a file, whatever characters its name has."""
    return f"file:{quote(str(path.resolve()))}"


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(_file(path), uri=True)


_UNWRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
"""Primary result codes (https://www.sqlite.org/rescode.html) of a folder that cannot be written."""


def _open_readonly(path: Path) -> sqlite3.Connection:
    """Open a database unable to write, on read-only media too.

    To read a database in WAL mode SQLite makes two files beside it. Where it cannot, and no log
    is there that would have to be read, the file is opened as one that nobody changes
    (https://www.sqlite.org/wal.html#read_only_databases). Raises DatabaseError where a log is.
    """
    connection = sqlite3.connect(f"{_file(path)}?mode=ro", uri=True, timeout=BUSY_TIMEOUT / 1000)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.Error as error:
        connection.close()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _UNWRITABLE:
            raise
        if _has_log(path.resolve()):
            raise DatabaseError(
                f"{path}: {error}. With its log {path.name}-wal it can be read only where its "
                "folder can be written to: copy both to such a folder."
            ) from error
        connection = sqlite3.connect(f"{_file(path)}?mode=ro&immutable=1", uri=True)
    return connection


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def connect_readonly(path: Path) -> sqlite3.Connection:
    """Open an existing database with the standard library's driver, unable to write.

    Raises DatabaseError where there is no such file or it is no SQLite database.
    """
    if not path.is_file():
        raise DatabaseError(
            f"{path}: no such archive. Make one with: archive ingest PATH --db {path}"
        )
    with explained(path):
        return _open_readonly(path)


# ---------------------------------------------------------------------------- migration


def alembic_config(connection: Connection | Engine | None = None) -> Config:
    """Alembic's configuration from the project's `alembic.ini`, to run on `connection`."""
    config = Config(ROOT / "alembic.ini")
    config.attributes["configure_logger"] = False
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def head_revision() -> str:
    """Name the schema revision that this software writes."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    assert head is not None  # noqa: S101 - the project always has a migration
    return head


def schema_revision(path: Path) -> str | None:
    """Read the schema revision of a database, None where no migration ran."""
    with _opened(read_engine(path), path) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(path: Path) -> None:
    """Bring a database to this software's schema, making it where there is none.

    Raises DatabaseError for a file that is no archive, or that a newer version has written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.stat().st_size:
        revision = schema_revision(path)
        if revision == head_revision():
            return
        _require_ours(path, revision)
    engine = migration_engine(path)
    with _opened(engine, path) as connection:
        command.upgrade(alembic_config(connection), "head")
        connection.commit()


def require_current(path: Path) -> None:
    """Raise DatabaseError unless the file is an archive at this software's schema revision."""
    connect_readonly(path).close()
    revision = schema_revision(path)
    if revision != head_revision():
        _require_ours(path, revision)
        if revision is None:
            raise DatabaseError(
                f"{path}: an empty database, no archive yet. Fill it with: "
                f"archive ingest PATH --db {path}"
            )
        raise DatabaseError(
            f"{path}: its schema is at {revision}, this version needs {head_revision()}. "
            f"Bring it up with: ARCHIVE_DB={path} alembic upgrade head"
        )


def _require_ours(path: Path, revision: str | None) -> None:
    script = ScriptDirectory.from_config(alembic_config())
    known = {each.revision for each in script.walk_revisions()}
    if revision is None and _has_tables(path):
        raise DatabaseError(f"{path}: a database, but no archive. Give another name with --db.")
    if revision is not None and revision not in known:
        raise DatabaseError(
            f"{path}: its schema {revision} is newer than this version knows. Upgrade News Archive."
        )


def _has_tables(path: Path) -> bool:
    with connect_readonly(path) as connection:
        return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


@contextmanager
def _opened(engine: Engine, path: Path) -> Iterator[Connection]:
    """Give a connection of an engine that is used this once."""
    try:
        with explained(path), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


_REMEDIES = {
    "locked": "Another process is writing to it; wait until that is done, then try again.",
    "busy": "Another process is writing to it; wait until that is done, then try again.",
    "full": "The disk is full. Make room, then run the same command again: what is stored stays.",
    "readonly": "Make the file and its folder writable, or give another one with --db.",
    "malformed": "The file is damaged. Go back with: archive snapshot restore latest --yes",
}
"""What to do, by a word of SQLite's message."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what SQLite and the operating system say of a database into a `DatabaseError`."""
    try:
        yield
    except (sqlite3.Error, DBAPIError, OSError) as error:
        cause = getattr(error, "orig", None) or error
        words = str(cause).replace("read-only", "readonly").lower()
        remedy = next(
            (remedy for word, remedy in _REMEDIES.items() if word in words),
            "Name the archive's database with --db.",
        )
        raise DatabaseError(f"{path}: {cause}. {remedy}") from error
