"""Invented clauses, and the articles, analyses and claims that they make, for the tests of `reconcile`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from accord.reconcile.claims import Claim, find_claims
from accord.reconcile.compare import Context
from accord.records import (
    Analysis,
    Article,
    Figure,
    Name,
    NameKind,
    Origin,
    Passage,
    Quote,
    Sentence,
    Statement,
    Story,
    Time,
)

_SMALL = {"the", "a", "an", "of", "in", "on", "at", "to", "and", "for", "was", "were", "had", "by", "from", "it", "not"}


@dataclass(frozen=True)
class Said:
    """One sentence of one clause, and what stands in it. `figures` are (text, value, unit), `times` (text, date)."""

    text: str
    head: str = "say"
    figures: tuple[tuple[str, float | None, str | None], ...] = ()
    times: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    actor: str | None = None
    place: str | None = None
    speaker: str | None = None
    negated: bool = False
    status: Literal["done", "planned", "state", "hypothetical"] = "done"
    quoted: bool = False


def name(id: str, called: str, kind: NameKind, *articles: str, aliases: tuple[str, ...] = ()) -> Name:
    return Name(id=id, name=called, kind=kind, articles=articles, aliases=aliases)


def report(id: str, *clauses: Said, names: Sequence[Name] = ()) -> tuple[Article, Analysis]:
    """Return an article with a paragraph for each clause, and its analysis."""
    sentences, statements, figures, times, quotes = [], [], [], [], []
    at = 0
    for number, said in enumerate(clauses):
        end = at + len(said.text)
        sentences.append(Sentence(at, end, said.text, number))
        for text, value, unit in said.figures:
            place = at + said.text.index(text)
            figures.append(Figure(id, place, place + len(text), text, value, unit, of=said.text[-30:], step=1.0))
        for text, date in said.times:
            place = at + said.text.index(text)
            times.append(Time(id, place, place + len(text), text, date))
        if said.quoted:
            quotes.append(Quote(id, at, end, said.text, "direct", said.speaker))
        words = [word.strip(".,").lower() for word in said.text.split()]
        statements.append(
            Statement(
                article=id,
                start=at,
                end=end,
                text=said.text,
                sentence=number,
                head=said.head,
                words=tuple(word for word in words if word not in _SMALL),
                names=said.names,
                actor=said.actor,
                place=said.place,
                date=said.times[0][1] if said.times else None,
                speaker=said.speaker,
                negated=said.negated,
                status=said.status,
            )
        )
        at = end + 2
    text = "\n\n".join(said.text for said in clauses)
    analysis = Analysis(
        article=id,
        sentences=tuple(sentences),
        names=tuple(item for item in names if id in item.articles),
        times=tuple(times),
        quotes=tuple(quotes),
        figures=tuple(figures),
        statements=tuple(statements),
    )
    return Article(id=id, text=text, outlet=f"The {id}", published="2031-05-06"), analysis


def story_of(
    articles: Iterable[Article], origins: Sequence[Sequence[str]] = (), passages: Sequence[Passage] = ()
) -> Story:
    """Return the articles as a story; those that `origins` does not list are origins of their own."""
    listed = tuple(articles)
    shared = {article for members in origins for article in members}
    groups = [*origins, *([article.id] for article in listed if article.id not in shared)]
    return Story(
        id="story",
        articles=listed,
        origins=tuple(
            Origin("/".join(members), tuple(members), "copy" if len(members) > 1 else "own", None, "made by hand")
            for members in groups
        ),
        passages=tuple(passages),
    )


def claims_of(*clauses: Said, id: str = "a") -> tuple[Claim, ...]:
    return find_claims([report(id, *clauses)[1]], {})


def pair(first: Said, second: Said, names: Sequence[Name] = ()) -> tuple[Claim, Claim, Context]:
    """Return a claim of article a, one of article b, and the context that their comparison may look at."""
    (a,), (b,) = claims_of(first, id="a"), claims_of(second, id="b")
    claims: Mapping[str, tuple[Claim, ...]] = {"a": (a,), "b": (b,)}
    return a, b, Context({item.id: item for item in names}, claims)
