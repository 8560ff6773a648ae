"""Finds the passages that articles share, the same text with the same id in each."""

from __future__ import annotations

from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from accord.cluster.lines import ENOUGH, read_text
from accord.cluster.order import in_order
from accord.cluster.overlaps import find_overlaps
from accord.records import Passage, content_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accord.cluster.lines import Text
    from accord.cluster.overlaps import Overlap
    from accord.records import Analysis, Article

Place = tuple[int, int]


def shared_passages(articles: Sequence[Article], analyses: Sequence[Analysis]) -> tuple[Passage, ...]:
    """Return each stretch of consecutive sentences that another article carries too, in article order.

    The stretch breaks where the articles that carry it change, so that passages with one `shared` id are one text.
    """
    texts = [read_text(article, analysis) for article, analysis in in_order(articles, analyses)]
    return passages_of(texts, find_overlaps(texts))


def passages_of(texts: Sequence[Text], overlaps: Sequence[Overlap]) -> tuple[Passage, ...]:
    """Return the passages that `overlaps` link."""
    labels = _labels(overlaps)
    chains = _chains(texts, labels)
    wording: dict[int, str] = {}
    for (t, n), label in sorted(labels.items()):
        words = " ".join(texts[t].lines[n].full)
        wording[label] = min(words, wording.get(label, words))
    names = {chain: content_id("passage", *(wording[label] for label in chain)) for chain in set(chains.values())}
    places: dict[str, list[tuple[int, int, int]]] = {}
    for t, text in enumerate(texts):
        named = [(names[chains[labels[t, n]]], n) for n in range(len(text.lines)) if (t, n) in labels]
        for shared, group in groupby(named, key=itemgetter(0)):
            numbers = [n for _, n in group]
            places.setdefault(shared, []).append((t, numbers[0], numbers[-1]))
    found = []
    for shared, spans in places.items():
        if min(_weight(texts[t], first, last) for t, first, last in spans) < ENOUGH:
            continue
        for t, first, last in spans:
            article, lines = texts[t].article, texts[t].lines
            start, end = lines[first].sentence.start, lines[last].sentence.end
            found.append((t, Passage(article.id, start, end, article.text[start:end], shared)))
    return tuple(passage for _, passage in sorted(found, key=lambda item: (item[0], item[1].start)))


def _weight(text: Text, first: int, last: int) -> int:
    return sum(len(line.words) for line in text.lines[first : last + 1])


def _labels(overlaps: Sequence[Overlap]) -> dict[Place, int]:
    """Number the sentences: linked ones, directly or over others, share a number."""
    parent: dict[Place, Place] = {}

    def find(place: Place) -> Place:
        while parent.setdefault(place, place) != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for overlap in overlaps:
        for m, n in overlap.links:
            low, high = sorted((find((overlap.first, m)), find((overlap.second, n))))
            parent[high] = low
    numbers = {place: number for number, place in enumerate(sorted({find(place) for place in list(parent)}))}
    return {place: numbers[find(place)] for place in list(parent)}


def _chains(texts: Sequence[Text], labels: dict[Place, int]) -> dict[int, tuple[int, ...]]:
    """Join sentences that stand next to each other wherever they stand, as the unitigs of an assembly graph."""
    after: dict[int, set[int | None]] = {}
    before: dict[int, set[int | None]] = {}
    for t, text in enumerate(texts):
        row = [labels.get((t, n)) for n in range(len(text.lines))]
        for label, following in pairwise([None, *row, None]):
            if label == following:
                continue
            if label is not None:
                after.setdefault(label, set()).add(following)
            if following is not None:
                before.setdefault(following, set()).add(label)
    joined: dict[int, int] = {}
    for label, successors in after.items():
        only = next(iter(successors)) if len(successors) == 1 else None
        if only is not None and before[only] == {label}:
            joined[label] = only
    chains: dict[int, tuple[int, ...]] = {}
    inner = set(joined.values())
    for label in after:
        if label in inner:
            continue
        chain = [label]
        while chain[-1] in joined:
            chain.append(joined[chain[-1]])
        chains.update(dict.fromkeys(chain, tuple(chain)))
    for label in after:
        chains.setdefault(label, (label,))
    return chains
