"""Names are found by themselves, stories by when they changed, entries of the ledger by status and due date.

Stories say what their briefing begins with, from their next briefing on.

Before, each of these lists was gone through whole.
"""

from __future__ import annotations

import sqlalchemy as sql
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_FIRST_LINE = {
    "sqlite": "substr(folded, 1, instr(folded || char(10), char(10)) - 1)",
    "postgresql": "split_part(folded, chr(10), 1)",
}


def upgrade() -> None:
    """Add what is new; the key of a name is the first of its folded forms."""
    dialect = op.get_bind().dialect.name
    text = sql.Text(collation="C") if dialect == "postgresql" else sql.Text()
    op.add_column("names", sql.Column("key", text, nullable=False, server_default=sql.text("''")))
    op.execute(f"UPDATE names SET key = substr({_FIRST_LINE[dialect]}, 1, 200)")
    op.create_index("names_by_key", "names", ["key"])
    op.add_column("stories", sql.Column("lead", text, nullable=False, server_default=sql.text("''")))
    op.create_index("stories_by_change", "stories", ["gone", "updated"])
    op.create_index("entries_by_status", "entries", ["status", "made", "id", "due"])
    op.create_index("entries_by_due", "entries", ["due", "id", "status"])
