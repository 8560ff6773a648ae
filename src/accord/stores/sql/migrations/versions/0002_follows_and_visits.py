"""Articles say whose place they took, and visits what the watch noted.

Before, an article took the place of the one that it replaces, and of no other.
"""

from __future__ import annotations

import sqlalchemy as sql
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new; articles that took another's place say so from now on."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    text = sql.Text(collation="C") if postgresql else sql.Text()
    op.add_column("articles", sql.Column("follows", text, nullable=True))
    op.execute(
        "UPDATE articles SET follows = replaces WHERE replaces IN (SELECT o.id FROM articles o WHERE o.superseded = 1)"
    )
    held = sql.text("follows IS NOT NULL")
    op.create_index("articles_by_followed", "articles", ["follows"], sqlite_where=held)
    op.add_column("visits", sql.Column("missed", sql.Integer(), nullable=False, server_default="0"))
    op.add_column("visits", sql.Column("last", text, nullable=True))
    op.add_column("visits", sql.Column("note", text, nullable=True))
