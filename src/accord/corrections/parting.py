"""Corrections of origins: texts that are one, texts that are not; every finding's origins are counted anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from accord.corrections.draft import Draft
from accord.corrections.outcome import NotFoundError, NothingToDoError
from accord.corrections.verdicts import count_origins, judged
from accord.corrections.words import said
from accord.records import Correction, Finding, Origin, Passage, content_id

Change = tuple[str, tuple[str, ...]]


def merge(draft: Draft, correction: Correction) -> Change:
    """Make one origin of two, under the id of the first: what both carry counts once."""
    here, there = _present(draft, correction.articles), _present(draft, correction.others)
    group = [*_origins_of(draft, here), *_origins_of(draft, there)]
    group = list({origin.id: origin for origin in group}.values())
    if len(group) < 2:
        raise NothingToDoError("they are one origin already")
    agencies = list(dict.fromkeys(origin.agency for origin in group if origin.agency))
    articles = {article for origin in group for article in origin.articles}
    merged = replace(
        group[0],
        articles=tuple(article for article in _ordered(draft) if article in articles),
        kind="agency" if agencies else "copy",
        agency=agencies[0] if agencies else None,
        why=f"one text, {said(correction)}",
        shared=tuple(dict.fromkeys(citation for origin in group for citation in origin.shared)),
    )
    ids = {origin.id for origin in group}
    origins = [
        merged if origin.id == merged.id else origin for origin in draft.origins if origin.id not in ids - {merged.id}
    ]
    passages = [replace(p, origin=merged.id) if p.origin in ids else p for p in draft.passages]
    return f"{_outlets(draft, merged.articles)} count as one origin", _recount(draft, origins, passages)


def split(draft: Draft, correction: Correction) -> Change:
    """Take articles out of their origin; copies of them that nobody named go with those that they share most with."""
    off, stay = _present(draft, correction.articles), _present(draft, correction.others)
    both = [o for o in _origins_of(draft, off) if set(o.articles) & set(stay)]
    if not both:
        raise NothingToDoError("they are no one origin")
    touched: list[str] = []
    for origin in both:
        taken = _taken(draft, origin, set(off), set(stay))
        fresh = replace(
            origin,
            id=content_id("origin", "split", *sorted(taken)),
            articles=tuple(a for a in origin.articles if a in taken),
            kind="own" if len(taken) == 1 else "copy",
            agency=None,
            why=f"a text of its own, {said(correction)}",
            shared=tuple(c for c in origin.shared if c.article in taken) if len(taken) > 1 else (),
        )
        left = tuple(a for a in origin.articles if a not in taken)
        rest = replace(
            origin,
            articles=left,
            kind="own" if len(left) == 1 and origin.kind == "copy" else origin.kind,
            shared=tuple(c for c in origin.shared if c.article not in taken) if len(left) > 1 else (),
        )
        origins = [each for old in draft.origins for each in ((rest, fresh) if old.id == origin.id else (old,))]
        passages = [_untied(p, origin, fresh, draft.passages) for p in draft.passages]
        touched += _recount(draft, origins, passages)
    names = [article for origin in both for article in origin.articles if article in off]
    return f"{_outlets(draft, names)}: a text of its own", tuple(dict.fromkeys(touched))


def _present(draft: Draft, articles: Sequence[str]) -> list[str]:
    found = [name for name in map(draft.places.article, articles) if name is not None]
    if not found:
        raise NotFoundError("its reports are not among those compared")
    return list(dict.fromkeys(found))


def _origins_of(draft: Draft, articles: Collection[str]) -> list[Origin]:
    return [origin for origin in draft.origins if set(origin.articles) & set(articles)]


def _ordered(draft: Draft) -> list[str]:
    return [article.id for article in draft.briefing.articles]


def _taken(draft: Draft, origin: Origin, off: set[str], stay: set[str]) -> set[str]:
    """Return which articles leave `origin`: those `off`, and what nobody named and carries more of their text."""
    taken = off & set(origin.articles)
    kept = stay & set(origin.articles)
    for article in origin.articles:
        if article not in off | stay:
            shares = [_shared(draft.passages, article, side) for side in (taken, kept)]
            if shares[0] > shares[1]:
                taken = taken | {article}
    return taken


def _shared(passages: Iterable[Passage], article: str, side: Collection[str]) -> int:
    """Return how many characters of `article` an article of `side` carries too."""
    texts = list(passages)
    theirs = {p.shared for p in texts if p.article in side}
    return sum(p.end - p.start for p in texts if p.article == article and p.shared in theirs)


def _untied(passage: Passage, origin: Origin, fresh: Origin, passages: Sequence[Passage]) -> Passage:
    """Return a passage of an article that left `origin`, no longer one text with those that stay."""
    if passage.article not in fresh.articles:
        return passage
    left = set(origin.articles) - set(fresh.articles)
    shared = passage.shared
    if any(p.shared == shared and p.article in left for p in passages):
        shared = content_id("passage", shared, fresh.id)
    return replace(
        passage,
        shared=shared,
        origin=fresh.id if passage.origin == origin.id else passage.origin,
        agency=None if passage.agency == origin.agency else passage.agency,
    )


def _recount(draft: Draft, origins: list[Origin], passages: list[Passage]) -> tuple[str, ...]:
    """Count the origins of every finding anew; return the ids of those whose number changed."""
    before = {f.id: count_origins(f.evidence, draft.origins, draft.passages) for f in draft.findings}
    draft.origins, draft.passages = origins, passages
    changed: dict[str, Finding | None] = {}
    for finding in draft.findings:
        number = count_origins(finding.evidence, origins, passages)
        if number != before[finding.id]:
            changed[finding.id] = judged(finding, number)
    if changed:
        draft.put(changed)
    return tuple(changed)


def _outlets(draft: Draft, articles: Sequence[str]) -> str:
    counts = Counter(draft.places.articles[article].outlet for article in articles if article in draft.places.articles)
    return " and ".join(sorted(counts))
