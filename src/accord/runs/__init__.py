"""Runs: any number of articles through all stages, on one core or a cluster, into tables; and from these to a store."""

from __future__ import annotations

from accord.runs.running import Ran, run

__all__ = ["Ran", "run"]
