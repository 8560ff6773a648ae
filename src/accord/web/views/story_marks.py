"""Cuts an article's text at the borders of its evidence, of copied passages and of what a page points at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from accord.renderers.outline import Line

if TYPE_CHECKING:
    from accord.records import Article, Passage

_RANK = {"disputed": 3, "corroborated": 2, "single": 1, None: 0}
_PARAGRAPH = re.compile(r"[^\r\n]*\S[^\r\n]*")
_LONGEST = 6_000  # characters of a paragraph that is not cut into several


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that carry the same lines.

    `keys` are those of the lines, `verdict` the strongest of theirs; `closes` the numbered findings of which a passage
    ends here, `opens` the lines whose first passage in the article starts here; `shared` the id of the copied passage
    that starts here, `copied` tells that the characters are part of one; `here` that the page points at them.
    """

    text: str
    keys: tuple[str, ...] = ()
    verdict: str | None = None
    opens: tuple[str, ...] = ()
    closes: tuple[Line, ...] = ()
    shared: str | None = None
    copied: bool = False
    here: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in pieces, where it starts and ends in the text, and when it was posted in a live blog."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    posted: str | None = None

    @property
    def size(self) -> int:
        """About how many bytes it takes on a page."""
        size = 60
        for piece in self.pieces:
            size += len(piece.text) * 21 // 20 + 8
            size += 42 + sum(map(len, piece.keys)) + 8 * len(piece.keys) if piece.keys else 0
            size += 120 * len(piece.closes) + 30 * len(piece.opens) + (150 if piece.shared else 0)
        return size


def paragraphs(
    article: Article,
    lines: Iterable[Line],
    passages: Iterable[Passage] = (),
    at: tuple[int, int] | None = None,
) -> list[Paragraph]:
    """Return the text's paragraphs with the evidence of `lines`, the copied `passages`, and the characters `at`.

    The pieces of a paragraph joined are its text as it stands.
    """
    whole = len(article.text)
    spans = [
        (citation.start, citation.end, line)
        for line in lines
        for citation in line.evidence
        if citation.article == article.id and 0 <= citation.start < citation.end <= whole
    ]
    spans.sort(key=lambda span: (span[0], -span[1]))
    first: dict[str, int] = {}
    for start, _, line in spans:
        first.setdefault(line.key, start)
    copied = sorted((p.start, p.end, p.shared) for p in passages if p.article == article.id)
    posted = {entry.start: entry.at for entry in article.entries if entry.at}
    made = []
    active: list[tuple[int, int, Line]] = []
    coming = 0
    for start, end in _stretches(article.text):
        while coming < len(spans) and spans[coming][0] < end:
            active.append(spans[coming])
            coming += 1
        active = [span for span in active if span[1] > start]
        times = [told for where, told in posted.items() if start <= where < end]
        pieces = _pieces(article.text, (start, end), active, copied, first, at)
        made.append(Paragraph(start, end, pieces, times[0] if times else None))
    return made


def _stretches(text: str) -> Iterable[tuple[int, int]]:
    """Yield where paragraphs start and end; one that is too long for a page to be cut at is given in several."""
    for found in _PARAGRAPH.finditer(text):
        start, end = found.span()
        while end - start > _LONGEST:
            cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST) + 1 or start + _LONGEST
            yield start, cut
            start = cut
        yield start, end


def _pieces(
    text: str,
    stretch: tuple[int, int],
    here: Sequence[tuple[int, int, Line]],
    copied: Sequence[tuple[int, int, str]],
    first: dict[str, int],
    at: tuple[int, int] | None,
) -> tuple[Piece, ...]:
    start, end = stretch
    near = [one for one in copied if one[0] < end and start < one[1]]
    borders = {start, end}
    for span in (*here, *near, *([(*at, None)] if at else [])):
        borders.update(place for place in span[:2] if start < place < end)
    pieces = []
    for left, right in pairwise(sorted(borders)):
        over = [(s, e, line) for s, e, line in here if s <= left and right <= e]
        closing = {line.number: line for _, e, line in over if e == right and line.number}
        inside = next((one for one in near if one[0] <= left and right <= one[1]), None)
        pieces.append(
            Piece(
                text=text[left:right],
                keys=tuple(dict.fromkeys(line.key for _, _, line in over)),
                verdict=max((line.verdict for _, _, line in over), key=_RANK.__getitem__, default=None),
                opens=tuple(dict.fromkeys(line.key for s, _, line in over if s == left == first[line.key])),
                closes=tuple(closing[n] for n in sorted(closing)),
                shared=inside[2] if inside and left == max(inside[0], start) and inside[0] >= start else None,
                copied=inside is not None,
                here=at is not None and at[0] <= left and right <= at[1],
            )
        )
    return tuple(pieces)


def parts(made: Sequence[Paragraph], room: int) -> list[list[Paragraph]]:
    """Return paragraphs in parts of about `room` bytes each; at least one part, which may be empty."""
    found: list[list[Paragraph]] = [[]]
    used = 0
    for paragraph in made:
        if used + paragraph.size > room and found[-1]:
            found.append([])
            used = 0
        found[-1].append(paragraph)
        used += paragraph.size
    return found


def part_of(made: Sequence[Sequence[Paragraph]], offset: int) -> int:
    """Return which part (from 0) a character of the text is in; the last before it, where it is in none."""
    found = 0
    for at, one in enumerate(made):
        if one and one[0].start <= offset:
            found = at
    return found
