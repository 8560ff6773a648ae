"""Cuts an article's text at the borders of its evidence, so that overlapping passages can be marked on a page."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from accord.records import Article
from accord.renderers.outline import Line

_RANK = {"disputed": 3, "corroborated": 2, "single": 1, None: 0}


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that carry the same lines.

    `opens` are the anchors of lines whose first passage in the article starts here, `closes` the agreed and disputed
    findings (number, key, verdict) of which a passage ends here; `verdict` is the strongest of its lines.
    """

    text: str
    keys: tuple[str, ...] = ()
    verdict: str | None = None
    opens: tuple[str, ...] = ()
    closes: tuple[tuple[int, str, str | None], ...] = ()


def anchor(key: str, article: int) -> str:
    """Return the id of the place where the evidence of line `key` starts in the article at this index."""
    return f"e-{key}-{article}"


def paragraphs(article: Article, index: int, lines: Iterable[Line]) -> tuple[tuple[Segment, ...], ...]:
    """Return the text's paragraphs (its lines that are not empty), each as segments; joined they are the paragraph."""
    spans = [
        (citation.start, citation.end, line)
        for line in lines
        for citation in line.evidence
        if citation.article == article.id and 0 <= citation.start < citation.end <= len(article.text)
    ]
    first: dict[str, int] = {}
    for start, _, line in spans:
        first[line.key] = min(start, first.get(line.key, start))
    pieces = []
    for found in re.finditer(r"[^\r\n]*\S[^\r\n]*", article.text):
        pieces.append(_segments(article.text, found.start(), found.end(), spans, first, index))
    return tuple(pieces)


def _segments(
    text: str, start: int, end: int, spans: list[tuple[int, int, Line]], first: dict[str, int], index: int
) -> tuple[Segment, ...]:
    here = [span for span in spans if span[0] < end and start < span[1]]
    borders = sorted({start, end, *(at for span in here for at in span[:2] if start < at < end)})
    segments = []
    for left, right in itertools.pairwise(borders):
        over = [(s, e, line) for s, e, line in here if s <= left and right <= e]
        closing = {line.number: line for _, e, line in here if e == right and line.number and line.verdict != "single"}
        segments.append(
            Segment(
                text=text[left:right],
                keys=tuple(dict.fromkeys(line.key for _, _, line in over)),
                verdict=max((line.verdict for _, _, line in over), key=_RANK.__getitem__, default=None),
                opens=tuple(
                    dict.fromkeys(anchor(line.key, index) for s, _, line in over if s == left == first[line.key])
                ),
                closes=tuple((n, line.key, line.verdict) for n, line in sorted(closing.items())),
            )
        )
    return tuple(segments)
