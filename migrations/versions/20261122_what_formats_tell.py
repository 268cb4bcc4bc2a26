"""What formats tell: roles of parts of a rendition, and what the user said apart from it.

Revision: 0002
Revises: 0001

Columns are added in place: batch mode would rebuild tables, with constraints in an order that
differs from run to run, and snapshots would no longer be the same to the byte.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "source_contents",
        sa.Column(
            "parts",
            sa.Text(),
            nullable=True,
            comment="Parts that the format sets apart, as JSON: [[first character, one past "
            "the last, role or null], ...]; null where the format tells nothing of roles",
        ),
    )
    op.add_column(
        "sources",
        sa.Column(
            "given_json",
            sa.Text(),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="The part of it that the user said, as a JSON object",
        ),
    )
    # Until now no format that was read said anything: all that is known came from the user.
    op.execute("UPDATE sources SET given_json = metadata_json")


def downgrade() -> None:
    op.drop_column("sources", "given_json")
    op.drop_column("source_contents", "parts")
