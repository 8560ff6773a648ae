"""Asks the pair encoder about sentences: only where a dispute or a contradiction hangs on it, since it is dear."""

from __future__ import annotations

from collections.abc import Sequence

from accord.models import pairs
from accord.reconcile.candidates import Corpus


def ask(corpus: Corpus, asked: Sequence[tuple[int, int]], *, threads: int) -> list[list[float]]:
    """Return, for each pair of units, the logits of the whole sentences, then of each claim with each."""
    return pairs.score([_question(corpus, i, j) for i, j in asked], threads=threads)


def _question(corpus: Corpus, i: int, j: int) -> pairs.Question:
    a, b = corpus.units[i], corpus.units[j]
    spans = [((0, len(a.text)), (0, len(b.text)))]
    for x in a.claims:
        for y in b.claims:
            first, second = corpus.claims[x], corpus.claims[y]
            spans.append(((first.start - a.start, first.end - a.start), (second.start - b.start, second.end - b.start)))
    return a.text, b.text, spans
