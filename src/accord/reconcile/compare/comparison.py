"""What comparing one field of two claims gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from accord.reconcile.claims import Claim
from accord.records import Name


@dataclass(frozen=True, slots=True)
class Comparison:
    """What each side says in one field, whether both can hold, how sure that is (0..1), and why."""

    field: str
    a: str
    b: str
    compatible: bool
    sure: float
    why: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a comparison may look up: the names of the story by id, and its claims by article."""

    names: Mapping[str, Name]
    claims: Mapping[str, tuple[Claim, ...]]

    def known_in(self, name: str, article: str) -> bool:
        """Whether `article` means the name anywhere."""
        entry = self.names.get(name)
        return entry is not None and article in entry.articles
