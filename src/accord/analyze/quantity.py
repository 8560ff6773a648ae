"""A number with what stands beside it, before anybody knows what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["count", "money", "measure", "duration", "age", "score", "fraction", "vague", "none"]


NEAR = 200
"""How many characters on either side of a number are looked at."""


def before(text: str, at: int) -> str:
    """Return the stretch of `text` that ends at `at`; short, so that a long line costs no more than many short ones."""
    return text[max(0, at - NEAR) : at]


def after(text: str, at: int) -> str:
    """Return the stretch of `text` that starts at `at`."""
    return text[at : at + NEAR]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at `text[start:end]`; `number` is where the bare number ends.

    `unit` is None while nobody knows what is counted.
    """

    start: int
    end: int
    number: int
    value: float | None
    step: float | None
    kind: Kind
    unit: str | None = None
    high: float | None = None
    digits: bool = False
    article: bool = False
    scaled: bool = False
