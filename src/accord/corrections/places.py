"""Finds passages again: in the same place, in a later version of their article, or moved within the text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from accord.records import Article, Citation, Spanned

LEAST_ALIKE = 82.0
"""How alike words must be, 0..100 (share of characters in common, in order), to be a passage that was reworded.

A report that says "was shut on Monday night" where an earlier version said "was shut late on Monday" is at 84; two
sentences on one matter by two reporters are seldom over 70.
"""
_LEAST_REWORDED = 24
"""Shorter passages are found by their very words only: of a few words, one that changes may change everything."""
_MOST_REWORDED = 1_000
"""Longer ones too: seeking the words most like them takes time with the square of their length."""
_LEAST_AROUND = 60.0
_MARGIN = 60
_WORD = re.compile(r"\w+(?:[.,:'’]\w+)*")
# What turns a sentence into another one however alike its letters are.
_FIRM = re.compile(
    r"\d|^(?:not?|never|none|nobody|nothing|neither|nor|without|cannot|den(?:y|ies|ied)|\w+n['’]t|one|two|three|four"
    r"|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?)$",
    re.IGNORECASE,
)


def overlap(a: Spanned, b: Spanned) -> int:
    """Return how many characters `a` and `b` share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def touches(a: Spanned, b: Spanned) -> bool:
    """Tell whether `a` and `b` share at least half of the shorter one."""
    return overlap(a, b) * 2 >= min(size(a), size(b)) > 0


def size(span: Spanned) -> int:
    return span.end - span.start


@dataclass(frozen=True, slots=True)
class Places:
    """The texts in which passages are sought. `later` names the version that took the place of an article, by id."""

    articles: Mapping[str, Article]
    later: Mapping[str, str]

    @classmethod
    def of(cls, articles: Sequence[Article], later: Mapping[str, str]) -> Places:
        """Return the places of `articles`; what these replace is known from themselves."""
        own = {article.replaces: article.id for article in articles if article.replaces}
        return cls({article.id: article for article in articles}, {**own, **later})

    def article(self, identity: str) -> str | None:
        """Return the id of the article, or of the version that stands in its place; None where there is neither."""
        return latest(identity, self.later, self.articles)

    def find(self, passage: Citation, around: Citation | None = None) -> Citation | None:
        """Return where `passage` stands by now, None where it does not stand any more.

        The same place in the same words; else where its words stand, nearest to its place, or, with the words that
        stood `around` it, where these are most alike; else, where it is long enough, the words most like it. The
        found words are verbatim and have all numbers and denials that it has, and no others.
        """
        name = self.article(passage.article)
        if name is None or not passage.text:
            return None
        text = self.articles[name].text
        if text[passage.start : passage.end] == passage.text and (name == passage.article or around is None):
            return replace(passage, article=name)
        starts = list(_occurrences(passage.text, text))
        if starts and around is not None:
            return _by_surroundings(passage, around, starts, name, text)
        if starts:
            start = min(starts, key=lambda at: (abs(at - passage.start), at))
            return Citation(name, start, start + len(passage.text), passage.text)
        if not _LEAST_REWORDED <= len(passage.text) <= _MOST_REWORDED:
            return None
        place = _reworded(passage.text, text)
        return Citation(name, *place, text[slice(*place)]) if place else None

    def found(self, passages: Sequence[Citation]) -> tuple[Citation, ...]:
        """Return those of `passages` that still stand, where they stand."""
        places = (self.find(passage) for passage in passages)
        return tuple(dict.fromkeys(place for place in places if place is not None))


def latest(identity: str, later: Mapping[str, str], known: Collection[str]) -> str | None:
    """Return `identity`, or the first version that took its place, that is among `known`; None where none is."""
    passed: set[str] = set()
    name: str | None = identity
    while name is not None and name not in known and name not in passed:
        passed.add(name)
        name = later.get(name)
    return name if name in known else None


def surroundings(span: Citation | Spanned, article: Article) -> Citation:
    """Return the words around a short passage, by which it is told from others in the same words."""
    start, end = max(0, span.start - _MARGIN), min(len(article.text), span.end + _MARGIN)
    return Citation(article.id, start, end, article.text[start:end])


def reworded(one: str, other: str) -> bool:
    """Tell whether two texts are wordings of one passage: much alike, with the same numbers and denials.

    reworded("The bridge was shut on Monday night", "The bridge was shut late on Monday night") -> True
    reworded("It took 12 men to lift the bell", "It took 14 men to lift the bell") -> False
    """
    from rapidfuzz import fuzz

    if one == other:
        return True
    if min(len(one), len(other)) < _LEAST_REWORDED or max(len(one), len(other)) > _MOST_REWORDED:
        return False
    return _firm(one) == _firm(other) and fuzz.ratio(one, other) >= LEAST_ALIKE


def _occurrences(words: str, text: str) -> Iterator[int]:
    """Yield where `words` stand in `text` as whole words."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        cut = (text[at - 1 : at] + words[:1]).isalnum() and at > 0
        if not cut and not (end < len(text) and (words[-1:] + text[end]).isalnum()):
            yield at
        at = text.find(words, at + 1)


def _by_surroundings(
    passage: Citation, around: Citation, starts: Sequence[int], name: str, text: str
) -> Citation | None:
    from rapidfuzz import fuzz

    before, after = passage.start - around.start, around.end - passage.end
    best = max(
        ((fuzz.ratio(text[max(0, at - before) : at + len(passage.text) + after], around.text), -at) for at in starts),
    )
    if best[0] < _LEAST_AROUND:
        return None
    return Citation(name, -best[1], -best[1] + len(passage.text), passage.text)


@lru_cache(maxsize=512)
def _reworded(words: str, text: str) -> tuple[int, int] | None:
    """Return where the stretch of whole words most like `words` stands, where it is alike enough."""
    from rapidfuzz import fuzz

    if len(text) < len(words) // 2:
        return None
    start, end = 0, len(text)
    if len(words) < len(text):
        found = fuzz.partial_ratio_alignment(words, text, score_cutoff=LEAST_ALIKE - 15)
        if found is None:
            return None
        start, end = found.dest_start, found.dest_end
    spans = [match.span() for match in _WORD.finditer(text, max(0, start - _MARGIN), min(len(text), end + _MARGIN))]
    inside = [at for at, (s, e) in enumerate(spans) if s < end and e > start]
    if not inside:
        return None
    first, last = inside[0], inside[-1]
    tried = [
        (fuzz.ratio(words, text[spans[a][0] : spans[b][1]], score_cutoff=LEAST_ALIKE), -a, b)
        for a in range(max(0, first - 3), min(first + 4, last + 1))
        for b in range(max(a, last - 3), min(last + 4, len(spans)))
    ]
    score, a, b = max(tried)
    start, end = spans[-a][0], spans[b][1]
    return (start, end) if score >= LEAST_ALIKE and _firm(text[start:end]) == _firm(words) else None


def _firm(text: str) -> list[str]:
    """Return the numbers and the denials in `text`, sorted."""
    return sorted(word.casefold() for word in _WORD.findall(text) if _FIRM.search(word))
