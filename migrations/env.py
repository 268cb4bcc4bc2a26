"""Runs the migrations, on the connection handed in or on the database that ARCHIVE_DB names."""

import os
from logging.config import fileConfig
from pathlib import Path

from alembic import context
from sqlalchemy import Connection, Engine

from archive.storage.engine import migration_engine
from archive.storage.models import Base

config = context.config
if config.config_file_name and config.attributes.get("configure_logger", True):
    fileConfig(config.config_file_name, disable_existing_loggers=False)


def run_on(connection: Connection) -> None:
    """Run the migrations in one transaction each; a failed one leaves nothing behind."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        transaction_per_migration=True,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run() -> None:
    """Find the connection, then run."""
    if context.is_offline_mode():
        context.configure(
            url="sqlite://", target_metadata=Base.metadata, literal_binds=True, render_as_batch=True
        )
        with context.begin_transaction():
            context.run_migrations()
        return
    given = config.attributes.get("connection")
    if isinstance(given, Connection):
        run_on(given)
        return
    engine = given if isinstance(given, Engine) else None
    path = Path(os.environ.get("ARCHIVE_DB", "archive.db"))
    with (engine or migration_engine(path)).connect() as connection:
        run_on(connection)
        connection.commit()


run()
