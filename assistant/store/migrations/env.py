"""Runs the steps on the connection that `assistant.store.tables` holds; alembic looks for this file by its name."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], version_table="store_version")
context.run_migrations()
