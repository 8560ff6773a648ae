"""Grouping: any number of articles in, those of one event together, stories that follow one another in chains."""

from __future__ import annotations

from accord.cluster.grouping.grouper import Group, Grouper
from accord.cluster.grouping.likeness import Measure
from accord.cluster.grouping.sketches import Sketch, sketch

__all__ = ["Group", "Grouper", "Measure", "Sketch", "sketch"]
