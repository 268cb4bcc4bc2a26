"""${message}

Revision: ${up_revision}
Revises: ${down_revision | comma,n}

SQLite changes tables by copying them: use `op.batch_alter_table`. Declare a table as it is at
this revision (`sa.table(...)`) before moving its rows; never import the models, they move on.
Test it up and down with rows in place (tests/storage/test_migrations.py).
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
