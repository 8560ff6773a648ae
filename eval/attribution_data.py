"""PolNeAR as training examples: one document a text, its annotators' attributions, and the labels of a window's words.

An attribution is a cue, at most one source and any number of content pieces; a piece never crosses a paragraph.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from accord.models.attribution import KINDS, LABELS
from accord.models.attribution_windows import Range, Words

POLNEAR = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "polnear"


@dataclass(frozen=True)
class Attribution:
    """Character ranges: `source` may be empty, `cue` and `content` hold at least one range."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]


@dataclass(frozen=True)
class Document:
    """A text, its paragraphs, and the attributions that each of its annotators found."""

    id: str
    text: str
    paragraphs: tuple[Range, ...]
    annotations: tuple[tuple[Attribution, ...], ...]


def load(path: Path) -> list[Document]:
    """Return the documents of a PolNeAR file (JSON lines, gzipped or not), the rows of one document together."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows: dict[str, list[dict]] = {}
    for line in filter(None, content.decode().split("\n")):
        row = json.loads(line)
        rows.setdefault(row["id"], []).append(row)
    return [
        Document(
            id=name,
            text=same[0]["text"],
            paragraphs=paragraphs_of(same[0]["text"]),
            annotations=tuple(
                tuple(found for a in row["attributions"] if (found := _attribution(row["text"], a)).cue) for row in same
            ),
        )
        for name, same in rows.items()
    ]


def paragraphs_of(text: str) -> tuple[Range, ...]:
    """Return the lines of `text` that hold something."""
    return tuple(match.span() for match in re.finditer(r"[^\n]*[^\s][^\n]*", text))


def _attribution(text: str, row: dict) -> Attribution:
    return Attribution(*(tuple(trimmed(text, span) for span in sorted(row.get(kind, ()))) for kind in KINDS))


def trimmed(text: str, span: Sequence[int]) -> Range:
    """Return `span` without the space at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def flat(attributions: Sequence[Attribution]) -> list[tuple[str, Range]]:
    """Return the (kind, range) of every span, each once, none overlapping: the outer of two contents is kept."""
    spans = {(kind, span) for a in attributions for kind in KINDS for span in getattr(a, kind)}
    kept: list[tuple[str, Range]] = []
    order = {"content": 0, "cue": 1, "source": 2}
    for kind, span in sorted(spans, key=lambda s: (s[1][0] - s[1][1] if s[0] == "content" else 0, order[s[0]], s[1])):
        if all(span[1] <= other[0] or other[1] <= span[0] for _, other in kept):
            kept.append((kind, span))
    return sorted(kept, key=lambda item: item[1])


def word_range(words: Words, span: Range) -> Range | None:
    """Return the range of words that `span` covers, None if the window does not hold them all."""
    inside = [i for i, (start, end) in enumerate(words.ranges) if start < span[1] and end > span[0] and start >= 0]
    if not inside or words.ranges[inside[0]][0] > span[0] or words.ranges[inside[-1]][1] < span[1]:
        return None
    return inside[0], inside[-1] + 1


def labels(words: Words, attributions: Sequence[Attribution]) -> tuple[list[int], list[tuple[int, int, int]]]:
    """Return the label of each word, and the links: (kind, first word of a source or content, first word of its cue).

    A source or content without a cue in the window has the link -1.
    """
    found = [0] * len(words.ranges)
    places: dict[tuple[str, Range], Range] = {}
    for kind, span in flat(attributions):
        if place := word_range(words, span):
            places[kind, span] = place
            first = LABELS.index(f"B-{kind}")
            found[place[0]] = first
            for i in range(place[0] + 1, place[1]):
                found[i] = first + 1
    links = []
    for a in attributions:
        cue = next((places["cue", span][0] for span in a.cue if ("cue", span) in places), -1)
        for number, kind in ((0, "source"), (1, "content")):
            links += [(number, places[kind, s][0], cue) for s in getattr(a, kind) if (kind, s) in places]
    return found, sorted(set(links))
