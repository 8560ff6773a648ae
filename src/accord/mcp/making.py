"""Makes answers of records: what a tool says, cut to size, with the articles of its passages named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from accord.mcp import answers
from accord.renderers.words import trim

if TYPE_CHECKING:
    from accord.records import Article, Citation, LedgerEntry, LedgerLine, Update
    from accord.stores import Store
    from accord.stores.store import Hit, Located, StoryLine

T = TypeVar("T")
WIDE = 600
_LINES = 4
_OUTLETS = 40


def articles(store: Store, ids: Iterable[str]) -> dict[str, Article]:
    """Return the articles with these ids."""
    return {held.article.id: held.article for held in store.held(sorted(set(ids)))}


def page(found: Sequence[T], limit: int, offset: int) -> tuple[Sequence[T], int | None]:
    """Return `limit` of what was found, and the offset of the rest; one more than `limit` was asked for."""
    return found[:limit], offset + limit if len(found) > limit else None


def placed_in(identity: str, of: Mapping[str, Article]) -> dict[str, Any]:
    """Return the outlet, title, day and address of an article, as far as it is held."""
    article = of.get(identity)
    if article is None:
        return {}
    title = trim(article.title, WIDE) if article.title else None
    return {"outlet": article.outlet, "title": title, "published": article.published, "url": article.url}


def cited(one: Citation, of: Mapping[str, Article]) -> answers.Cited:
    """Return a citation with its article named. The text is whole where it is short."""
    return answers.Cited(
        article=one.article, start=one.start, end=one.end, text=_cut(one.text), **placed_in(one.article, of)
    )  # fmt: skip


def _cut(text: str) -> str:
    return text if len(text) <= WIDE else text[: WIDE - 1] + "…"


def hit(one: Hit, of: Mapping[str, Article]) -> answers.Hit:
    """Return something that a search found."""
    placed = {"outlet": one.outlet, "title": one.title, "published": one.published} | placed_in(one.article, of)
    return answers.Hit(
        article=one.article, start=one.start, end=one.end, text=_cut(one.text), kind=one.kind, speaker=one.speaker,
        quoted=one.quoted, story=one.story, **placed,
    )  # fmt: skip


def story(line: StoryLine) -> answers.Story:
    """Return a story as a list shows it."""
    return answers.Story(
        id=line.id, title=trim(line.title, WIDE), lead=trim(line.lead, WIDE),
        first=line.first, last=line.last,
        outlets=list(line.outlets[:_OUTLETS]), articles=line.articles, origins=line.origins,
        agreed=line.agreed, disputed=line.disputed,
        one_origin=line.single, updated=line.updated, stale=line.stale,
    )  # fmt: skip


def finding(store: Store, located: Located, corrections: Sequence[str], limit: int, offset: int) -> answers.Finding:
    """Return a finding with a part of its evidence."""
    one = located.finding
    shown, following = page(one.evidence[offset : offset + limit + 1], limit, offset)
    of = articles(store, (each.article for each in shown))
    return answers.Finding(
        id=one.id, story=located.story, kind=one.kind, gist=trim(one.gist, WIDE), verdict=one.verdict,
        between=one.between, origins=one.origins, outlets=list(one.outlets[:_OUTLETS]), score=one.score,
        reasons=[trim(reason, WIDE) for reason in one.reasons[:10]],
        differences=[
            answers.Difference(
                field=each.field,
                values=[
                    answers.Value(value=trim(value.value, WIDE), articles=list(value.articles[:_OUTLETS]))
                    for value in each.values[:10]
                ],
                compatible=each.compatible,
            )
            for each in one.differences[:10]
        ],
        evidence=[cited(each, of) for each in shown], passages=len(one.evidence), current=located.current,
        now=list(located.now), corrections=list(corrections), next=following,
    )  # fmt: skip


def entry(
    one: LedgerEntry, of: Mapping[str, Article], limit: int = _LINES, offset: int = 0, *, latest: bool = True
) -> answers.Entry:
    """Return an entry of the ledger with its first line and its latest ones, or with the part from `offset` on."""
    told: Sequence[LedgerLine] = one.lines[offset : offset + limit]
    if latest and len(one.lines) > limit:
        told = (one.lines[0], *one.lines[-(limit - 1) :])
    following = offset + limit if not latest and len(one.lines) > offset + limit else None
    return answers.Entry(
        id=one.id, who=one.who, what=trim(one.what, WIDE), to_whom=one.to_whom, status=one.status,
        rule=trim(one.rule, WIDE), amount=one.amount, unit=one.unit, due=one.due, due_date=one.due_date,
        made=one.made, latest=one.latest, reports=len(one.lines), lines=[_line(each, of) for each in told],
        next=following,
    )  # fmt: skip


def _line(one: LedgerLine, of: Mapping[str, Article]) -> answers.Line:
    placed = {"outlet": one.outlet, "published": one.published} | placed_in(one.article, of)
    return answers.Line(
        article=one.article, start=one.start, end=one.end, text=_cut(one.text), says=one.says, speaker=one.speaker,
        story=one.story, **placed,
    )  # fmt: skip


def change(one: Update, of: Mapping[str, Article], passages: int = 4) -> answers.Change:
    """Return an update with the first of its passages."""
    return answers.Change(
        id=one.id, kind=one.kind, story=one.story, gist=trim(one.gist, WIDE), at=one.at, finding=one.finding,
        article=one.article, before=one.before and trim(one.before, WIDE), after=one.after and trim(one.after, WIDE),
        evidence=[cited(each, of) for each in one.evidence[:passages]],
    )  # fmt: skip
