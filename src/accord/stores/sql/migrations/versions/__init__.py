"""The migrations of an SQL store, one module each, in the order of their numbers."""
