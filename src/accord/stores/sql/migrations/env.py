"""What Alembic runs: the migrations that are missing, on the connection that `migrating` hands over."""

from __future__ import annotations

from alembic import context

from accord.stores.sql.migrating import TABLE

connection = context.config.attributes["connection"]
context.configure(connection=connection, version_table=TABLE, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
