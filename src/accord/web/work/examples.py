"""The example coverage: invented events that an empty room offers to read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PLACES = ("examples", "../../examples")
"""Where it lies, seen from the package: in what is installed, and in a checkout."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event: the folder of its reports, and the day of those that give none."""

    folder: str
    what: str
    reports: int
    published: str | None = None


EVENTS = (
    Event("ferry-inquiry", "an inquiry into a ferry that sank", 4),
    Event("harbour-deal", "a deal about a harbour", 3),
    Event("hospital-strike", "a strike at a hospital", 4, "2025-05-09"),
    Event("night-ferry", "a night ferry that was promised, from February to October", 5),
)


@cache
def folder() -> Path | None:
    """Return the folder of the example coverage; None where it was left out of what is installed."""
    package = Path(__file__).parent.parent.parent
    for place in _PLACES:
        found = (package / place).resolve()
        if (found / EVENTS[0].folder / "articles").is_dir():
            return found
    return None
