"""Finds people, organisations and places, one entry per real one, with all their mentions.

Kinds are settled over the whole article: recogniser labels, titles, given names, speech verbs and a gazetteer vote for
every place a string stands, short forms join the longest form they can belong to, and the votes of all of them decide.
"""

from __future__ import annotations

from accord.analyze.coreference import add_references
from accord.analyze.name_candidates import find_candidates
from accord.analyze.name_groups import group
from accord.analyze.reading import Reading
from accord.records import Name


def find_names(reading: Reading) -> tuple[Name, ...]:
    """Return the names of the article in the order in which they first stand.

    "Ana Paz, the mayor, ... Paz ... she" -> Name("Ana Paz", "person", mentions: 2 by name, 1 by title, 1 by pronoun).
    """
    return add_references(reading, group(reading, find_candidates(reading)))
