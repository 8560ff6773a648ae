"""Small invented briefings: articles of one or two sentences a line, findings by the words that carry them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from accord.records import (
    Article,
    Briefing,
    Change,
    Citation,
    Difference,
    Finding,
    Name,
    Origin,
    SummarySentence,
    Value,
    content_id,
)


def article(identity: str, text: str, outlet: str | None = None, **fields: object) -> Article:
    """Return an article; its outlet is named for its id where none is given."""
    return replace(Article(identity, text, outlet or f"The {identity.title()}"), **fields)  # type: ignore[arg-type]


def newer(old: Article, identity: str, *swaps: tuple[str, str], title: str | None = None, **fields: object) -> Article:
    """Return the next version of `old` in which the first words of each swap have become the second."""
    text, made = old.text, []
    for before, after in swaps:
        at = text.index(before)
        text = text[:at] + after + text[at + len(before) :]
    for before, after in swaps:
        at = text.find(after) if after else 0
        made.append(Change(before or None, after or None, at, at + len(after)))
    if title is not None:
        made.insert(0, Change(old.title, title, 0, 0, "title"))
    values = {"text": text, "version": old.version + 1, "replaces": old.id, "changes": tuple(made), **fields}
    return replace(old, id=identity, title=title or old.title, **values)  # type: ignore[arg-type]


def cite(article: Article, words: str) -> Citation:
    """Return where `words` stand first in `article`."""
    start = article.text.index(words)
    return Citation(article.id, start, start + len(words), words)


def finding(*claims: tuple[Article, str], origins: int | None = None, weight: float = 1.0, **fields: object) -> Finding:
    """Return the finding of these words of articles, each of which is an origin; its id is that of its claims."""
    evidence = tuple(cite(*claim) for claim in claims)
    count = origins if origins is not None else len({c.article for c in evidence})
    outlets = tuple(sorted({article.outlet for article, _ in claims}))
    verdict = "corroborated" if count > 1 else "single"
    made = Finding(
        content_id("finding", *((c.article, c.start, c.end) for c in evidence)),
        "statement",
        evidence[0].text,
        verdict,  # type: ignore[arg-type]
        None,
        count,
        outlets,
        evidence,
        weight=weight,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def disputed(field: str, *sides: tuple[str, Article, str], weight: float = 1.0) -> Finding:
    """Return the finding in which each of the articles has another value."""
    made = finding(*((article, words) for _, article, words in sides), weight=weight)
    values: dict[str, tuple[str, ...]] = {}
    for value, article, _ in sides:
        values[value] = (*values.get(value, ()), article.id)
    apart = Difference(field, tuple(Value(value, ids) for value, ids in values.items()), compatible=False)
    return replace(made, id=content_id(made.id, field), verdict="disputed", between="reports", differences=(apart,))


def briefing(
    articles: Iterable[Article],
    findings: Sequence[Finding] = (),
    *,
    names: Sequence[Name] = (),
    origins: Sequence[tuple[str, ...]] = (),
    title: str = "Boats lost off Osk Point",
) -> Briefing:
    """Return a briefing; articles that stand in none of `origins` are origins of their own."""
    held = tuple(articles)
    shared = {identity for members in origins for identity in members}
    own = [(article.id,) for article in held if article.id not in shared]
    made = tuple(Origin(content_id(*m), tuple(m), "own", None, "own text") for m in (*own, *origins))
    ordered = tuple(sorted(findings, key=lambda f: (-f.weight, f.id)))
    summary = tuple(SummarySentence(f.gist, (f.id,)) for f in ordered[:1])
    return Briefing(
        content_id("briefing", *sorted(a.id for a in held)),
        title,
        held,
        made,
        ordered,
        (),
        (),
        (),
        (),
        tuple(names),
        summary,
    )
