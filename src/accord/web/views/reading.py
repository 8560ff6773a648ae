"""Finds in a store what programs ask for: stories, briefings and findings as they stand corrected, the ledger today."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from accord.web.problems import Problem, not_found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accord.records import Briefing, Citation, LedgerEntry
    from accord.stores import Store
    from accord.stores.store import Held, Located, StoryLine


_MOST_SPLITS = 200


def story_in(store: Store, identity: str) -> StoryLine:
    """Return a story by its id, by that of one merged into it, or by how its id begins; Problem where there is none."""
    line = store.story(identity)
    if line is None:
        raise not_found(f"the story {short(identity)}")
    return line


def briefing_in(store: Store, line: StoryLine, corrections: bool) -> Briefing:
    """Return the briefing of a story, corrected or as the machine made it."""
    from accord.upkeep.correcting import corrected

    found = corrected(store, line.id) if corrections else None
    briefing = found.briefing if found is not None else store.briefing(line.id)
    if briefing is None:
        raise Problem(404, "Not briefed", f"the story {line.id} has not been briefed so far; ask again later")
    return briefing


def finding_in(store: Store, identity: str, corrections: bool) -> tuple[Located, tuple[str, ...]] | None:
    """Return a finding as corrections left it (or as the machine made it), and the ids of these corrections.

    One that they dismissed, or merged into another, is no longer current. One that a person split off another has no
    place in the store: it is found by the corrections that split findings.
    """
    located = store.finding(identity)
    if not corrections:
        return None if located is None else (located, ())
    if located is None:
        stories = _parted(store)
        return next((found for story in stories if (found := _fixed(store, story, identity)) is not None), None)
    articles = [citation.article for citation in located.finding.evidence]
    if not located.current or not store.corrections(articles, limit=1):
        return located, ()
    return _fixed(store, located.story, identity, located) or (located, ())


def _fixed(
    store: Store, story: str, identity: str, machine: Located | None = None
) -> tuple[Located, tuple[str, ...]] | None:
    """Return a finding of the corrected briefing of a story, and the corrections that touched it.

    Where that has it no more, the `machine`'s, with the findings that carry its passages by now.
    """
    from accord.stores.store import Located
    from accord.upkeep.correcting import corrected

    found = corrected(store, story)
    if found is None:
        return None
    by = tuple(each.correction.id for each in found.applied if identity in each.findings)
    one = next((one for one in found.briefing.findings if one.id == identity), None)
    if one is not None:
        return Located(one, story), by
    if machine is None:
        return None
    cited = set(machine.finding.evidence)
    now = tuple(other.id for other in found.briefing.findings if cited & set(other.evidence))
    return replace(machine, current=False, now=now), by


def _parted(store: Store) -> list[str]:
    """Return the stories in which people split findings."""
    made = store.corrections(kinds=["finding split"], limit=_MOST_SPLITS)
    held = store.held(sorted({passage.article for one in made for passage in one.passages}))
    return list(dict.fromkeys(one.story for one in held if one.story))


def standing(store: Store, entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """Return entries as they stand today, with corrections; a status that a person gave stays."""
    from accord.ledger import as_of
    from accord.upkeep.correcting import corrected_ledger

    found = corrected_ledger(store, entries)
    now = date.fromisoformat(today())
    return [one if one.id in found.fixed else as_of(one, now) for one in found.entries]


def today() -> str:
    """Return the day in UTC (ISO), on which statuses are judged."""
    return datetime.now(UTC).date().isoformat()


def cited(store: Store, evidence: Sequence[Citation]) -> list[dict[str, Any]]:
    """Return citations with the outlet, title, address and day of their articles."""
    held = {one.article.id: one.article for one in store.held(list({item.article for item in evidence}))}
    told = []
    for item in evidence:
        article = held.get(item.article)
        where = ("outlet", "title", "url", "published")
        told.append({**asdict(item), **{name: getattr(article, name, None) for name in where}})
    return told


def article_line(held: Held) -> dict[str, Any]:
    """Return an article as lists show it."""
    article = held.article
    return {
        "id": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "byline": article.byline,
        "url": article.url,
        "published": article.published,
        "modified": article.modified,
        "language": article.language,
        "words": len(article.text.split()),
        "version": article.version,
        "story": held.story,
        "added": held.added,
        "gone": held.gone,
    }


def short(identity: str, most: int = 60) -> str:
    """Return what a client calls something, cut where it is long."""
    return identity if len(identity) <= most else f"{identity[:most]}…"
