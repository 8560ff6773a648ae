"""Corrections, the findings that briefings lost, and counts of stories that corrections changed.

Before, a finding was found by its story alone, and gone with its briefing.
"""

from __future__ import annotations

import sqlalchemy as sql
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new; findings are found by their ids from now on, and kept once they are lost."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    text = sql.Text(collation="C") if postgresql else sql.Text()
    number = sql.BigInteger() if postgresql else sql.Integer()
    op.add_column("stories", sql.Column("tallied", sql.SmallInteger(), nullable=False, server_default="0"))
    op.create_index("findings_by_id", "findings", ["id"])
    op.create_table(
        "former",
        sql.Column("id", text, primary_key=True),
        sql.Column("story", number, sql.ForeignKey("stories.number"), nullable=False),
        sql.Column("blob", sql.LargeBinary(), nullable=False),
    )
    op.create_table(
        "corrections",
        sql.Column("number", number, primary_key=True, autoincrement=False),
        sql.Column("id", text, nullable=False, unique=True),
        sql.Column("kind", text, nullable=False),
        sql.Column("undone", sql.SmallInteger(), nullable=False),
        sql.Column("blob", sql.LargeBinary(), nullable=False),
    )
    op.create_table(
        "corrected",
        sql.Column("article", text, primary_key=True),
        sql.Column("correction", number, sql.ForeignKey("corrections.number"), primary_key=True),
        sqlite_with_rowid=False,
    )
