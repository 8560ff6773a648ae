"""Search in a store in memory: every article is looked through, which is slow and easily seen to be right."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from accord.records import Analysis, Article
from accord.stores.counting import frequent
from accord.stores.memory.folding import folded, holds, places, words_of
from accord.stores.memory.stories import Stories
from accord.stores.quoting import quoted
from accord.stores.store import Facets, Held, Hit, Query
from accord.stores.terms import Term, terms_of

_AROUND = 120
"""Characters of the passage before and after the first word found."""


class Searching(Stories):
    """What a store finds by words."""

    def search(self, query: Query) -> list[Hit]:
        found = self._found_by(query)
        found.sort(key=lambda hit: (hit.article, hit.start, hit.end, hit.kind))
        found.sort(key=lambda hit: hit.published or "", reverse=True)
        found.sort(key=lambda hit: -hit.score)
        return found[query.offset : query.offset + query.limit]

    def facets(self, query: Query, most: int = 12) -> Facets:
        found = self._found_by(replace(query, kind=None))
        return Facets(
            kinds=frequent(hit.kind for hit in found),
            outlets=frequent((hit.outlet for hit in found), most),
            speakers=frequent((hit.speaker for hit in found if hit.speaker is not None), most),
            months=frequent((hit.published[:7] for hit in found if hit.published), most),
        )

    def found(self, query: Query, most: int = 12) -> tuple[list[Hit], Facets]:
        return self.search(query), self.facets(query, most)

    def _found_by(self, query: Query) -> list[Hit]:
        terms = terms_of(query.words)
        if query.words.strip() and not terms:
            return []
        return [hit for held in self.each() if _admits(query, held.article) for hit in self._hits(query, terms, held)]

    def _hits(self, query: Query, terms: Sequence[Term], held: Held) -> Iterator[Hit]:
        if query.kind in (None, "article") and query.speaker is None:
            hit = _article_hit(terms, held)
            if hit is not None:
                yield hit
        analysis = self.made[held.article.id][0]
        for hit in _claims(analysis, held):
            wanted = query.kind in (None, hit.kind) and _is_named(hit.speaker, query.speaker, query)
            score = _score(terms, [words_of(hit.text)]) if wanted else None
            if score is not None:
                yield replace(hit, score=score)


def _admits(query: Query, article: Article) -> bool:
    day = article.published
    if (query.since or query.until) and day is None:
        return False
    return (
        _is_named(article.outlet, query.outlet, query)
        and (query.since is None or (day or "") >= query.since)
        and (query.until is None or (day or "") <= query.until)
    )


def _is_named(name: str | None, words: str | None, query: Query) -> bool:
    """Tell whether a name is one that a filter asks for."""
    if words is None:
        return True
    return name is not None and folded(name) == folded(words) if query.exactly else holds(name, words)


def _score(terms: Sequence[Term], fields: list[list[tuple[str, int, int]]]) -> float | None:
    """Return how well `terms` are met by the words of some fields, None where they are not."""
    met = 0
    for term in terms:
        times = sum(1 for words in fields for _ in places(term, words))
        if bool(times) == term.excluded:
            return None
        met += times
    return met / math.log(2 + sum(map(len, fields)))


def _article_hit(terms: Sequence[Term], held: Held) -> Hit | None:
    article = held.article
    words = words_of(article.text)
    score = _score(terms, [words_of(article.title or ""), words])
    if score is None:
        return None
    first = min((place for term in terms if not term.excluded for place in places(term, words)), default=None)
    at = 0 if first is None else words[first][1]
    start = max(0, at - _AROUND)
    end = min(len(article.text), at + _AROUND)
    text = article.text[start:end]
    where = (article.id, article.outlet, article.title, article.published)
    return Hit("article", *where, start, end, text, None, held.story, score)


def _claims(analysis: Analysis, held: Held) -> Iterator[Hit]:
    article = held.article
    where = (article.id, article.outlet, article.title, article.published)
    for quote in analysis.quotes:
        marked = quoted(article.text, quote.start, quote.end)
        yield Hit("quote", *where, quote.start, quote.end, quote.text, quote.speaker, held.story, quoted=marked)
    for figure in analysis.figures:
        yield Hit("figure", *where, figure.start, figure.end, figure.text, None, held.story)
    for made in analysis.commitments:
        yield Hit("commitment", *where, made.start, made.end, made.text, made.who, held.story)
