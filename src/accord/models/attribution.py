"""The attribution model: MiniLM fine-tuned on PolNeAR to find source, cue and content of every attribution.

A window of paragraphs goes in; each word gets a score a label and two vectors. The scores are those of a linear chain
(Lafferty et al., 2001): by its forward and backward sums every span has a probability, and those above a threshold are
told of, which hits more spans exactly than the best path does (Kumar and Byrne, 2004, for the idea of least risk). By
the products of the vectors a content picks its cue and a cue its source (Dozat and Manning, 2017, without the affine
part). Windows run one at a time, so that an answer depends on nothing but the article, whatever the threads.
Training: `eval/train_attribution.py`; card: `attribution/README.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from accord.models import run_batches, session
from accord.models.attribution_windows import Range, Window, windows

MODEL = Path(__file__).parent / "attribution" / "model.onnx"
SHA256 = "05185a87b8a2deef8d0ff461d0b07099cbd1e7742efabd4948fcf4b574195a1c"
KINDS = ("source", "cue", "content")
LABELS = ("O", *(f"{edge}-{kind}" for kind in KINDS for edge in "BI"))
_SOURCE, _CONTENT = 0, 1

LEAST = 0.5  # probability of a span that is told of; chosen on PolNeAR dev

Scores = NDArray[np.float32]
Sums = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution, as character ranges: its cue, its source if it names one, and its content, in pieces.

    A content piece never crosses a paragraph. A content or a source that no cue belongs to stands alone. `score` is
    the mean probability of its spans, 0 to 1.
    """

    cue: Range | None
    source: Range | None
    content: tuple[Range, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Labelled:
    """A span that the model finds: kind, characters, its first word in the window, probability that it is one."""

    kind: str
    range: Range
    word: int
    score: float


@dataclass(frozen=True, slots=True)
class Read:
    """What the model says of a window: its labelled spans, and the vectors that link them, (words, 2, link)."""

    window: Window
    spans: tuple[Labelled, ...]
    asks: Scores
    answers: Scores


def attribute(
    text: str, paragraphs: Sequence[Range], *, threads: int = 2, model: Path = MODEL, sha256: str = SHA256
) -> list[Attribution]:
    """Return the attributions in the `paragraphs` (character ranges) of `text`, in text order.

    'Paz said the pier was safe.' -> cue "said", source "Paz", content "the pier was safe".
    """
    given = windows(text, paragraphs)
    return link(decode(given, run(given, threads=threads, model=model, sha256=sha256)))


def run(
    given: Sequence[Window], *, threads: int = 2, model: Path = MODEL, sha256: str = SHA256
) -> list[Sequence[Scores]]:
    """Return the model's outputs for windows: scores, asks, answers, transitions; each is read by itself."""
    inputs = [
        {
            "pieces": np.array([window.words.pieces], dtype=np.int64),
            "features": np.array([window.words.features], dtype=np.int64),
            "firsts": np.array([window.words.firsts], dtype=np.int64),
        }
        for window in given
    ]
    return run_batches(session(model, sha256), inputs, threads, every=True)


def decode(given: Sequence[Window], outputs: Sequence[Sequence[Scores]], *, least: float = LEAST) -> list[Read]:
    """Return what the model's `outputs` say of the windows."""
    if not given:
        return []
    found = probable([scores[0] for scores, *_ in outputs], outputs[0][3], least=least)
    return [
        Read(window, tuple(_labelled(window, spans)), asks[0], answers[0])
        for window, spans, (_, asks, answers, _) in zip(given, found, outputs, strict=True)
    ]


def probable(
    scores: Sequence[Scores], transitions: Scores, *, least: float = LEAST
) -> list[list[tuple[str, int, int, float]]]:
    """Return the spans of each window that have a probability above `least`, a half or more: so none overlap.

    `scores` are (words, labels); `transitions` (labels + 1, labels), from row to column, the last row the start. A span
    is its kind, its first word, the word after its last, and its probability.
    """
    odds, forward, backward, sums = _forward_backward(scores, transitions)
    table = np.exp(transitions[:-1].astype(np.float64))
    found: list[list[tuple[str, int, int, float]]] = [[] for _ in scores]
    begins = (1, 3, 5)
    for row, word, number in np.argwhere((forward * backward)[:, :, begins] > least).tolist():
        first = begins[number]
        inner = first + 1
        length = len(scores[row])
        chance, before = forward[row, word, first], first
        for last in range(word, length):
            if last > word:
                chance *= table[before, inner] * odds[row, last, inner] / sums[row, last]
                before = inner
            if chance * backward[row, last, before] <= least:
                break
            goes_on = (
                table[before, inner] * odds[row, last + 1, inner] * backward[row, last + 1, inner] / sums[row, last + 1]
                if last + 1 < length
                else 0.0
            )
            ends = chance * (backward[row, last, before] - goes_on)
            if ends > least:
                found[row].append((KINDS[number], word, last + 1, float(ends)))
                break
    return found


def _forward_backward(scores: Sequence[Scores], transitions: Scores) -> tuple[Sums, Sums, Sums, Sums]:
    """Return odds, forward and backward sums (windows, words, labels) and the scale of each word (windows, words).

    Forward sums are scaled to one a word and backward sums likewise (Rabiner, 1989): the product of both is the
    probability of a label.
    """
    longest = max(len(each) for each in scores)
    shape = (len(scores), longest, len(LABELS))
    table, start = np.exp(transitions[:-1].astype(np.float64)), np.exp(transitions[-1].astype(np.float64))
    odds, forward, backward = np.ones(shape), np.ones(shape), np.ones(shape)
    sums = np.ones(shape[:2])
    for row, each in enumerate(scores):
        odds[row, : len(each)] = np.exp(each.astype(np.float64) - each.max(1, keepdims=True))
    ends = np.array([len(each) - 1 for each in scores])
    for word in range(longest):
        reached = (forward[:, word - 1] @ table if word else start) * odds[:, word]
        sums[:, word] = reached.sum(1)
        forward[:, word] = reached / sums[:, word, None]
    for word in range(longest - 2, -1, -1):
        follow = (odds[:, word + 1] * backward[:, word + 1] / sums[:, word + 1, None]) @ table.T
        backward[:, word] = np.where((ends > word)[:, None], follow, 1.0)
    return odds, forward, backward, sums


def _labelled(window: Window, spans: Sequence[tuple[str, int, int, float]]) -> list[Labelled]:
    """Return `spans` of words as ranges of characters."""
    ranges = window.words.ranges
    return [
        Labelled(kind, (ranges[first][0], ranges[end - 1][1]), first, score)
        for kind, first, end, score in sorted(spans, key=lambda span: span[1])
        if ranges[first][0] >= 0 and ranges[end - 1][0] >= 0
    ]


def link(answers: Sequence[Read]) -> list[Attribution]:
    """Return the attributions: each content joins the cue that it picks, each cue the source that it picks.

    A cue or content of a window's context is not told of again, but can be picked.
    """
    sources: dict[Range, Labelled] = {}
    contents: dict[Range, list[Labelled]] = {}
    cues: dict[Range, Labelled] = {}
    alone: list[Attribution] = []
    for answer in answers:
        core = answer.window.core
        own = {kind: [span for span in answer.spans if span.kind == kind] for kind in KINDS}
        for content, cue in _picks(own["content"], own["cue"], answer.answers, answer.asks, _CONTENT):
            if content.word >= core and cue is not None:
                cues.setdefault(cue.range, cue)
                contents.setdefault(cue.range, []).append(content)
            elif content.word >= core:
                alone.append(Attribution(None, None, (content.range,), round(content.score, 4)))
        picked = _picks(own["cue"], own["source"], answer.asks, answer.answers, _SOURCE)
        for cue, source in picked:
            if cue.word >= core:
                cues.setdefault(cue.range, cue)
                if source is not None:
                    sources[cue.range] = source
        taken = {source for _, source in picked}
        for source in own["source"]:
            if source.word >= core and source not in taken:
                alone.append(Attribution(None, source.range, (), round(source.score, 4)))
    found = []
    for at, cue in cues.items():
        pieces = contents.get(at, [])
        source = sources.get(at)
        parts = [cue, *pieces, *([source] if source else [])]
        found.append(
            Attribution(
                at,
                source.range if source else None,
                tuple(sorted(piece.range for piece in pieces)),
                round(sum(part.score for part in parts) / len(parts), 4),
            )
        )
    return sorted([*found, *alone], key=lambda each: min(r for r in (each.cue, each.source, *each.content) if r))


def _picks(
    askers: Sequence[Labelled], offers: Sequence[Labelled], asks: Scores, answers: Scores, kind: int
) -> list[tuple[Labelled, Labelled | None]]:
    """Return which of the `offers` each of the `askers` picks, None if there is none."""
    if not askers:
        return []
    if not offers:
        return [(asker, None) for asker in askers]
    table = asks[[each.word for each in askers], kind] @ answers[[each.word for each in offers], kind].T
    return [(asker, offers[int(at)]) for asker, at in zip(askers, table.argmax(1), strict=True)]
