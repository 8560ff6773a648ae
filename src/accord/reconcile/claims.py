"""Turns the analyses of a story into claims: clauses with everything that was found in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from accord.records import Analysis, ClaimKind, Commitment, Figure, Quote, Sentence, Spanned, Statement, Time

_S = TypeVar("_S", bound=Spanned)


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """One thing that one article asserts. `names`, `actor` and `place` are ids of the story's names.

    `quote` is the direct or mixed quote that the clause stands in or holds; `position` is 0.0 at the head of the
    article and 1.0 at its end; `sentence` the whole sentence that it belongs to.
    """

    article: str
    start: int
    end: int
    text: str
    kind: ClaimKind
    statement: Statement
    sentence: Sentence
    position: float
    words: tuple[str, ...]
    names: frozenset[str]
    actor: str | None
    place: str | None
    figures: tuple[Figure, ...]
    times: tuple[Time, ...]
    quote: Quote | None
    commitment: Commitment | None

    @property
    def key(self) -> tuple[str, int, int]:
        """What makes a claim unlike every other."""
        return self.article, self.start, self.end


def find_claims(analyses: Sequence[Analysis], linked: Mapping[str, str]) -> tuple[Claim, ...]:
    """Return the claims of all articles, in the order of `analyses` and of each text.

    `linked` maps an article's name ids to the story's.
    """
    return tuple(claim for analysis in analyses for claim in _claims_of(analysis, linked))


def _claims_of(analysis: Analysis, linked: Mapping[str, str]) -> list[Claim]:
    last = max((sentence.end for sentence in analysis.sentences), default=1)
    found = []
    for statement in analysis.statements:
        figures = tuple(figure for figure in analysis.figures if overlap(figure, statement))
        quote = _most(statement, [quote for quote in analysis.quotes if quote.kind != "indirect"])
        commitment = _most(statement, analysis.commitments)
        found.append(
            Claim(
                article=analysis.article,
                start=statement.start,
                end=statement.end,
                text=statement.text,
                kind=_kind(statement, figures, quote, commitment),
                statement=statement,
                sentence=analysis.sentences[statement.sentence],
                position=statement.start / last,
                words=statement.words,
                names=frozenset(linked.get(name, name) for name in statement.names),
                actor=linked.get(statement.actor, statement.actor) if statement.actor else None,
                place=linked.get(statement.place, statement.place) if statement.place else None,
                figures=figures,
                times=tuple(time for time in analysis.times if overlap(time, statement)),
                quote=quote,
                commitment=commitment,
            )
        )
    return sorted(found, key=lambda claim: (claim.start, claim.end))


def overlap(a: Spanned, b: Spanned) -> int:
    """Return how many characters `a` and `b` share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def touches(a: Spanned, b: Spanned) -> bool:
    """Whether `a` and `b` share at least half of the shorter one."""
    return overlap(a, b) * 2 >= min(a.end - a.start, b.end - b.start) > 0


def _most(statement: Statement, items: Sequence[_S]) -> _S | None:
    """Return the item that covers most of `statement`, if they touch."""
    touching = [item for item in items if touches(item, statement)]
    return max(touching, key=lambda item: (overlap(item, statement), -item.start)) if touching else None


def _kind(
    statement: Statement, figures: tuple[Figure, ...], quote: Quote | None, commitment: Commitment | None
) -> ClaimKind:
    """The most specific kind: a quote that fills the clause, then commitment, then figure, then statement."""
    if quote and overlap(quote, statement) * 2 >= statement.end - statement.start:
        return "quote"
    if commitment:
        return "commitment"
    return "figure" if figures else "statement"
