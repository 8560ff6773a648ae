"""Where the passages that a finding rests on are by now: in which findings, also of later versions of its articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from accord.records import Briefing, Citation, Correction, Finding


def carriers(lost: Finding, briefings: Iterable[Briefing], versions: Mapping[str, Set[str]]) -> tuple[str, ...]:
    """Return the ids of the findings that carry passages of `lost`, those that carry most of them first.

    A finding carries a passage where it cites words of it, in its article or in another version that has the same
    words. `versions` gives the ids of all versions of each article that `lost` cites.
    """
    found: list[tuple[float, str]] = []
    for briefing in briefings:
        texts = {article.id: article.text for article in briefing.articles}
        passages = [_places(passage, versions.get(passage.article, ()), texts) for passage in lost.evidence]
        for finding in briefing.findings:
            carried = sum(
                max((_shared(cited, places) for cited in finding.evidence), default=0.0) for places in passages
            )
            if carried > 0 and finding.id != lost.id:
                found.append((carried, finding.id))
    found.sort(key=lambda one: -one[0])
    return tuple(dict.fromkeys(identity for _, identity in found))


def named_in(correction: Correction) -> tuple[str, ...]:
    """Return the ids of the articles that `correction` names, each once: by themselves, and by passages of them."""
    cited = (*correction.passages, *correction.other_passages)
    return tuple(dict.fromkeys((*correction.articles, *correction.others, *(passage.article for passage in cited))))


def _places(passage: Citation, versions: Iterable[str], texts: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Return where a passage stands in each of `texts` that is its article's, or that of another version."""
    places = {passage.article: (passage.start, passage.end)} if passage.article in texts else {}
    for version in versions:
        if version != passage.article and version in texts and passage.text:
            start = _nearest(texts[version], passage.text, passage.start)
            if start >= 0:
                places[version] = (start, start + len(passage.text))
    return places


def _nearest(text: str, words: str, near: int) -> int:
    """Return where `words` stand in `text` the nearest to a place; -1 where they do not."""
    before, after = text.rfind(words, 0, near + len(words)), text.find(words, near)
    if before < 0 or after < 0:
        return max(before, after)
    return before if near - before <= after - near else after


def _shared(cited: Citation, places: Mapping[str, tuple[int, int]]) -> float:
    """Return how much of what is cited and of its article's place both have: 1 where they are one, 0 none."""
    start, end = places.get(cited.article, (0, 0))
    both = min(cited.end, end) - max(cited.start, start)
    return both / (max(cited.end, end) - min(cited.start, start)) if both > 0 else 0.0
