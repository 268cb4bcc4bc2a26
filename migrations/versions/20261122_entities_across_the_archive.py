"""Entities across the archive: which are the same, what that rests on, and what each was before.

Revision: 0003
Revises: 0002

Columns are added in place: batch mode would rebuild tables, with constraints in an order that
differs from run to run, and snapshots would no longer be the same to the byte.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_REFERENCES = {
    "articles": ("place_entity_id",),
    "mentions": ("entity_id",),
    "figures": (
        "attributed_entity_id",
        "counted_entity_id",
        "actor_entity_id",
        "place_entity_id",
    ),
    "quotes": ("speaker_entity_id",),
    "reported_statements": ("source_entity_id",),
    "roles": ("entity_id", "of_entity_id"),
}
_DERIVED_NAMES = (
    ("figures", "attributed_to", "attributed_entity_id"),
    ("quotes", "speaker", "speaker_entity_id"),
    ("reported_statements", "source", "source_entity_id"),
)


def _own(column: str) -> str:
    return column.replace("entity_id", "own_entity_id")


def _references() -> Iterator[tuple[str, str]]:
    for table, columns in _REFERENCES.items():
        for column in columns:
            yield table, column


def upgrade() -> None:
    for table, column in _references():
        own = _own(column)
        op.add_column(
            table,
            sa.Column(
                own,
                sa.Integer(),
                nullable=True,
                comment=f"Entity that `{column}` was before it was merged into that one; null "
                "where it is that one",
            ),
        )
        op.create_index(
            f"ix_{table}_{own}", table, [own], sqlite_where=sa.text(f"{own} IS NOT NULL")
        )
    op.drop_index("ix_mentions_entity_id", "mentions")
    op.create_index(
        "ix_mentions_entity_id_own_entity_id", "mentions", ["entity_id", "own_entity_id"]
    )
    op.add_column(
        "entities",
        sa.Column(
            "sense",
            sa.Text(),
            server_default=sa.text("''"),
            nullable=False,
            comment="What documents say of the bearer, where bearers of one name must be told "
            "apart",
        ),
    )
    op.drop_index("ix_entities_name_key_type_country_code", "entities")
    op.create_index(
        "ix_entities_name_key_type_country_code_sense",
        "entities",
        ["name_key", "type", "country_code", "sense"],
    )
    op.add_column(
        "aliases",
        sa.Column(
            "is_own",
            sa.Boolean(),
            server_default=sa.text("1"),
            nullable=False,
            comment="0 for a form that only entities merged into this one have",
        ),
    )
    _create_settling_tables()
    _extend_decisions()
    # None of them was ever compared with others: the next run does that.
    op.execute("INSERT INTO unsettled_entities SELECT id FROM entities")


def _create_settling_tables() -> None:
    op.create_table(
        "entity_keys",
        sa.Column("key", sa.Text(), nullable=False, comment="Key, made from type and names"),
        sa.Column("entity_id", sa.Integer(), nullable=False, comment="Entity that has it"),
        sa.PrimaryKeyConstraint("key", "entity_id", name=op.f("pk_entity_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entity_keys_entity_id", "entity_keys", ["entity_id"])
    op.create_table(
        "unsettled_entities",
        sa.Column("entity_id", sa.Integer(), nullable=False, comment="Number of the entity"),
        sa.PrimaryKeyConstraint("entity_id", name=op.f("pk_unsettled_entities")),
    )
    op.create_table(
        "unsettled_keys",
        sa.Column("key", sa.Text(), nullable=False, comment="Key, as in `entity_keys`"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_unsettled_keys")),
        sqlite_with_rowid=False,
    )


def _extend_decisions() -> None:
    op.drop_index("ix_decisions_left_name", "decisions")
    op.drop_index("ix_decisions_right_name", "decisions")
    for side in ("left", "right"):
        op.add_column(
            "decisions",
            sa.Column(
                f"{side}_key",
                sa.Text(),
                server_default=sa.text("''"),
                nullable=False,
                comment="It as compared, as in `entities.name_key`",
            ),
        )
        op.add_column(
            "decisions",
            sa.Column(
                f"{side}_sense", sa.Text(), nullable=True, comment="Its sense; null for all of them"
            ),
        )
    op.add_column(
        "decisions",
        sa.Column(
            "block",
            sa.Text(),
            nullable=True,
            comment="Key under which the rule compared them, as in `entity_keys`; null for users",
        ),
    )
    op.add_column(
        "decisions",
        sa.Column("reason", sa.Text(), nullable=True, comment="Why, in the user's words"),
    )
    # Until now nothing wrote decisions by rules; those by users need their keys.
    op.execute("DELETE FROM decisions WHERE decided_by NOT LIKE 'user:%'")
    op.execute(
        "UPDATE decisions SET left_key = ifnull((SELECT name_key FROM entities "
        "WHERE name = left_name LIMIT 1), lower(left_name)), right_key = ifnull((SELECT name_key "
        "FROM entities WHERE name = right_name LIMIT 1), lower(right_name))"
    )
    for side in ("left", "right"):
        op.create_index(
            f"ix_decisions_{side}_key_{side}_type", "decisions", [f"{side}_key", f"{side}_type"]
        )
    op.create_index(
        "ix_decisions_block", "decisions", ["block"], sqlite_where=sa.text("block IS NOT NULL")
    )
    op.create_index("ix_decisions_user", "decisions", ["id"], sqlite_where=sa.text("block IS NULL"))


def downgrade() -> None:
    """Give every row the entity that its document alone gave; users' decisions stay.

    Bearers of one name that only their sense told apart stay apart, and nothing says why.
    """
    _reduce_decisions()
    for table in ("unsettled_keys", "unsettled_entities", "entity_keys"):
        op.drop_table(table)
    for table, column in _references():
        op.execute(f"UPDATE {table} SET {column} = {_own(column)} WHERE {_own(column)} IS NOT NULL")
    for table, name, column in _DERIVED_NAMES:
        op.execute(
            f"UPDATE {table} SET {name} = (SELECT e.name FROM entities e WHERE e.id = {column}) "
            f"WHERE {_own(column)} IS NOT NULL"
        )
    op.execute("UPDATE entities SET merged_into_id = NULL WHERE merged_into_id IS NOT NULL")
    op.execute("DELETE FROM aliases WHERE NOT is_own")
    op.drop_column("aliases", "is_own")
    op.drop_index("ix_entities_name_key_type_country_code_sense", "entities")
    op.create_index(
        "ix_entities_name_key_type_country_code",
        "entities",
        ["name_key", "type", "country_code"],
    )
    op.drop_column("entities", "sense")
    op.drop_index("ix_mentions_entity_id_own_entity_id", "mentions")
    op.create_index("ix_mentions_entity_id", "mentions", ["entity_id"])
    for table, column in _references():
        op.drop_index(f"ix_{table}_{_own(column)}", table)
        op.drop_column(table, _own(column))


def _reduce_decisions() -> None:
    for name in ("user", "block", "left_key_left_type", "right_key_right_type"):
        op.drop_index(f"ix_decisions_{name}", "decisions")
    op.execute("DELETE FROM decisions WHERE block IS NOT NULL")
    for column in ("left_key", "left_sense", "right_key", "right_sense", "block", "reason"):
        op.drop_column("decisions", column)
    for side in ("left", "right"):
        op.create_index(f"ix_decisions_{side}_name", "decisions", [f"{side}_name"])
