"""Which items are one line: the same quote, figure or commitment in several reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from accord.records import Citation, Commitment, Figure, Quote
from accord.renderers import words

ALIKE = 0.75  # share of the words of the shorter that must stand in the longer, once a finding says that they are one
OF_ALIKE = 0.5  # the same for what two equal figures count

Quoted = tuple[tuple[Citation, ...], ...]
Item = TypeVar("Item", Quote, Figure, Commitment)


def merge(items: Iterable[Item], same: Callable[[Item, Item], bool]) -> list[list[Item]]:
    """Group items, each with the first earlier one that it is the `same` as; order is kept."""
    groups: list[list[Item]] = []
    for item in items:
        for group in groups:
            if same(group[0], item):
                group.append(item)
                break
        else:
            groups.append([item])
    return groups


def same_quote(one: Quote, other: Quote) -> bool:
    """Tell whether the words are the same, or one quotes a part (three words or more) of what the other quotes."""
    short, long = sorted((words.words(one.text), words.words(other.text)), key=len)
    if f" {' '.join(short)} " in f" {' '.join(long)} " and (len(short) > 2 or len(short) == len(long)):
        return True
    linked = one.finding is not None and one.finding == other.finding and one.article != other.article
    return linked and words.covered(" ".join(short), by=" ".join(long)) >= ALIKE


def same_figure(one: Figure, other: Figure) -> bool:
    """Tell whether value, unit and qualifier are equal and both count the same thing."""
    if one.value is None or _value(one) != _value(other):
        return False
    if one.finding is not None and one.finding == other.finding:
        return True
    short, long = sorted((words.plain(one.of or ""), words.plain(other.of or "")), key=len)
    return bool(short) and words.covered(short, by=long) > OF_ALIKE


def _value(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.high, figure.unit, figure.qualifier


def same_commitment(one: Commitment, other: Commitment) -> bool:
    """Tell whether one finding holds both, and they stand in different articles or overlap."""
    if one.finding is None or one.finding != other.finding:
        return False
    return one.article != other.article or (one.start < other.end and other.start < one.end)


def citations(items: Sequence[Item]) -> tuple[Citation, ...]:
    """Return where `items` stand, in their order."""
    return tuple(Citation(item.article, item.start, item.end, item.text) for item in items)


def words_of(evidence: Iterable[Citation]) -> Quoted:
    """Return the first passage of each article, those with the same words together."""
    first: dict[str, Citation] = {}
    for citation in evidence:
        first.setdefault(citation.article, citation)
    alike: dict[str, list[Citation]] = {}
    for citation in first.values():
        alike.setdefault(words.plain(citation.text), []).append(citation)
    return tuple(map(tuple, alike.values()))
