"""Finds two people to whom two reports give one office ("Port Board chair Ana Ruiz", "its chair, Luis Pardo")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from accord.reconcile.names import fold
from accord.records import Name

_SHORT = {
    "ceo": "chief executive",
    "cfo": "chief financial",
    "pm": "prime minister",
    "gov": "governor",
    "sen": "senator",
}
_EMPTY = frozenset("the of for and a an in at to current officer s his her its".split())
# Offices that one body has many of, so that two names are two people.
_SHARED = frozenset(
    """representative rep senator member spokesman spokeswoman spokesperson lawyer attorney lawmaker professor officer
    official journalist reporter former friend cousin sister brother son daughter wife husband democrat republican
    analyst expert teacher student resident witness actor player adviser counsel ex vice deputy""".split()
)


def find_rivals(names: Sequence[Name]) -> list[tuple[Name, Name]]:
    """Return the pairs of people with one office of which no article knows both."""
    people = [(name, office) for name in names if name.kind == "person" and (office := _office(name))]
    return [
        (x, y)
        for (x, office_x), (y, office_y) in combinations(people, 2)
        if not set(x.articles) & set(y.articles) and _same(office_x, office_y) and not _same_family(x, y)
    ]


def _office(name: Name) -> frozenset[str]:
    """Return the telling words of the role: an office and the body or place that it is of, or nothing."""
    text = " ".join(_SHORT.get(word, word) for word in re.findall(r"[\w-]+", fold(name.role or "").replace("’s", "")))
    words = frozenset(text.split()) - _EMPTY
    return words if len(words) >= 2 and not words & _SHARED else frozenset()


def _same(a: frozenset[str], b: frozenset[str]) -> bool:
    """The same words, or all of the shorter (three or more) in the longer."""
    return a == b or (min(len(a), len(b)) >= 3 and (a <= b or b <= a))


def _same_family(x: Name, y: Name) -> bool:
    """Whether the names share a word of three letters or more: then they may be one person ("James R. Clapper Jr.")."""
    first, second = ({word for word in fold(name.name).replace("-", " ").split() if len(word) > 2} for name in (x, y))
    return bool(first & second)
