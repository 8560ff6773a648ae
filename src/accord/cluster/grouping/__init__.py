"""Grouping: any number of articles in, those of one event together, stories that follow one another in chains."""

from __future__ import annotations

from accord.cluster.grouping.chains import chains_of
from accord.cluster.grouping.grouper import Group, Grouper
from accord.cluster.grouping.likeness import Measure, likeness
from accord.cluster.grouping.nearest import nearest
from accord.cluster.grouping.packing import pack, postings, unpack
from accord.cluster.grouping.regrouping import in_time, regrouped
from accord.cluster.grouping.sketches import Sketch, sketch

__all__ = [
    "Group",
    "Grouper",
    "Measure",
    "Sketch",
    "chains_of",
    "in_time",
    "likeness",
    "nearest",
    "pack",
    "postings",
    "regrouped",
    "sketch",
    "unpack",
]
