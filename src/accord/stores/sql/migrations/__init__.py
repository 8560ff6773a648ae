"""How the tables of an SQL store came to be what they are: run by Alembic when a store is opened."""
