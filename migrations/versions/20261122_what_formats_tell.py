"""What formats tell: roles of parts of a rendition, and what the user said apart from it.

Revision: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_METADATA_BEFORE = "What the user or the format said of the document, as a JSON object"
_METADATA_NOW = (
    "What is known of the document beside its text, from the user, its own bytes or its "
    "container, as a JSON object"
)


def upgrade() -> None:
    with op.batch_alter_table("source_contents") as batch:
        batch.add_column(
            sa.Column(
                "parts",
                sa.Text(),
                nullable=True,
                comment="Parts that the format sets apart, as JSON: [[first character, one past "
                "the last, role or null], ...]; null where the format tells nothing of roles",
            )
        )
    with op.batch_alter_table("sources") as batch:
        batch.add_column(
            sa.Column(
                "given_json",
                sa.Text(),
                nullable=True,
                comment="The part of it that the user said, as a JSON object",
            )
        )
    # Until now no format that was read said anything: all that is known came from the user.
    op.execute("UPDATE sources SET given_json = metadata_json")
    with op.batch_alter_table("sources") as batch:
        batch.alter_column("given_json", existing_type=sa.Text(), nullable=False)
        batch.alter_column(
            "metadata_json",
            existing_type=sa.Text(),
            existing_nullable=False,
            comment=_METADATA_NOW,
            existing_comment=_METADATA_BEFORE,
        )


def downgrade() -> None:
    with op.batch_alter_table("sources") as batch:
        batch.alter_column(
            "metadata_json",
            existing_type=sa.Text(),
            existing_nullable=False,
            comment=_METADATA_BEFORE,
            existing_comment=_METADATA_NOW,
        )
        batch.drop_column("given_json")
    with op.batch_alter_table("source_contents") as batch:
        batch.drop_column("parts")
