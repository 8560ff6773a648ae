"""Upkeep: what is read goes into a store, is grouped with what is there, and stories that changed are briefed anew."""

from __future__ import annotations

from accord.upkeep.intake import Added, add, add_pages
from accord.upkeep.refreshing import refresh

__all__ = ["Added", "add", "add_pages", "refresh"]
