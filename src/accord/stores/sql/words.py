"""A search as a database is asked; nothing of what people type reaches a database's own syntax."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from accord.stores.folding import fold
from accord.stores.store import HitKind
from accord.stores.terms import Term

MOST_RANKED = 2_000
"""Of more matches than this only the latest are ranked: a word that is in every other article tells nothing apart."""
HIT_KINDS: dict[int, HitKind] = {0: "article", 1: "quote", 2: "figure", 3: "commitment"}
KINDS = {kind: number for number, kind in HIT_KINDS.items()}
"""The numbers of kinds, as the tables keep them."""
MOST_MARKS = 64


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search as a database is asked: `of` articles or claims, numbers in place of names; None admits all.

    `marks` are those that go with the words into the index, each a choice; `days` are first and last.
    """

    of: Literal["articles", "claims"]
    terms: tuple[Term, ...]
    marks: tuple[tuple[str, ...], ...]
    kinds: tuple[int, ...] | None
    speakers: tuple[int, ...] | None
    outlets: tuple[int, ...] | None
    days: tuple[str | None, str | None]
    limit: int


Facet: TypeAlias = tuple[int, int, int | None, str | None]
"""What is counted of a match: the numbers of its kind (of `HIT_KINDS`), outlet and speaker, and its day."""


@dataclass(frozen=True, slots=True)
class Found:
    """The number of an article or a claim that was found, and what hits are ordered by."""

    of: Literal["articles", "claims"]
    number: int
    score: float
    published: str | None
    article: str


def marks_of(outlet: int, published: str | None, kind: int | None = None, speaker: int | None = None) -> str:
    """Return what stands beside the words of an article or claim, for filters: "o3 m202406 d20240615 k1 s7"."""
    day = published or "none"
    found = [f"o{outlet}", f"m{day[:7].replace('-', '')}", f"d{day[:10].replace('-', '')}"]
    found += [f"k{kind}"] if kind is not None else []
    found += [f"s{speaker}"] if speaker is not None else []
    return " ".join(found)


def days(since: str | None, until: str | None) -> tuple[str, ...]:
    """Return the marks of the days from `since` to `until`, and of their months and years: some know no more.

    None of them where these are open or over a month apart.
    days("2024-05-03", "2024-05-03") -> ("d2024", "d202405", "d20240503")
    """
    try:
        first, last = (date.fromisoformat((day or "")[:10]).toordinal() for day in (since, until))
    except ValueError:
        return ()
    if last - first >= MOST_MARKS // 2:
        return ()
    found = [date.fromordinal(n).isoformat().replace("-", "") for n in range(first, last + 1)]
    return tuple(dict.fromkeys(f"d{day[:size]}" for size in (4, 6, 8) for day in found))


def months(since: str | None, until: str | None) -> tuple[str, ...]:
    """Return the marks of the months from `since` to `until`; none where these are open or far apart.

    months("2024-05-03", "2024-06-30") -> ("m2024", "m202405", "m202406")
    """
    if not since or not until or len(since) < 7 or len(until) < 7:
        return ()
    try:
        first, last = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in (since, until))
    except ValueError:
        return ()
    if last - first >= MOST_MARKS // 2:
        return ()
    found = range(first, last + 1)
    years = sorted({n // 12 for n in found})
    return (*(f"m{year:04}" for year in years), *(f"m{n // 12:04}{n % 12 + 1:02}" for n in found))


def passage(text: str, terms: Sequence[Term], size: int = 240) -> tuple[int, int]:
    """Return where the passage of `text` stands that shows most of the words of `terms`, cut between words.

    A word shows where a word of the text begins as it does, endings left out ("flooded" shows "floods"). Without any,
    it is the beginning of the text.
    """
    stems = {word[: max(3, len(word) - 3)] for term in terms if not term.excluded for word in term.words}
    if not stems:
        return _cut(text, 0, size)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(stems, key=len, reverse=True)))})")
    plain = fold(text)
    if len(plain) != len(text):
        plain = text.lower() if len(text.lower()) == len(text) else text
    found = [(match.start(), match[0]) for match in pattern.finditer(plain)]
    if not found:
        return _cut(text, 0, size)
    best, most, low = found[0][0], 0, 0
    for high, (at, _) in enumerate(found):
        while at - found[low][0] > size * 2 // 3:
            low += 1
        shown = len({stem for _, stem in found[low : high + 1]})
        if shown > most:
            best, most = found[low][0], shown
    return _cut(text, max(0, best - size // 4), size)


def _cut(text: str, start: int, size: int) -> tuple[int, int]:
    """Return the stretch of about `size` characters from `start` that begins and ends with a whole word."""
    while 0 < start < len(text) and not text[start - 1].isspace():
        start += 1
    while start < len(text) and text[start].isspace():
        start += 1
    end = min(len(text), start + size)
    cut = end
    while start < cut < len(text) and not text[cut].isspace():
        cut -= 1
    end = cut if cut > start else end
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
