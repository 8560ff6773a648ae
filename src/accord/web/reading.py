"""Reads from a store what pages and programs show: stories, briefings and findings corrected, the ledger today."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from accord.records import CorrectionKind
from accord.stores.folding import fold
from accord.web.problems import Problem, not_found
from accord.web.views import ledger as views

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accord.records import Briefing, Citation, LedgerEntry
    from accord.stores import Store
    from accord.stores.store import Held, Located, StoryLine


_MOST_SPLITS = 200
_MOST_ENTRIES = 500
_MOST_REPLAYED = 50
_PARTING: tuple[CorrectionKind, ...] = ("finding split", "findings merged")


def named_whole(text: str | None, name: str) -> bool:
    """Tell whether a name stands in `text` in whole words, whatever its case: "Tarn" does not in "Ilse Tarnow"."""
    return re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", fold(text or "")) is not None


def entries_of(store: Store, name: str, most: int, *, to_whom: bool = False) -> list[LedgerEntry]:
    """Return the latest entries by somebody, or to somebody, whose whole name is `name`."""
    if to_whom:
        found = store.ledger(to_whom=name, order="latest", limit=_MOST_ENTRIES)
        theirs = (entry for entry in found if named_whole(entry.to_whom, name))
    else:
        found = store.ledger(who=name, order="latest", limit=_MOST_ENTRIES)
        theirs = (entry for entry in found if named_whole(entry.who, name))
    return list(islice(theirs, most))


def story_in(store: Store, identity: str) -> StoryLine:
    """Return a story by its id, by that of one merged into it, or by how its id begins; Problem where there is none."""
    line = store.story(identity)
    if line is None:
        raise not_found(f"the story {short(identity)}")
    return line


def briefing_of(store: Store, story: str, *, corrections: bool = True) -> Briefing | None:
    """Return the briefing of a story, corrected or as the machine made it; None where there is none so far."""
    from accord.upkeep.correcting import corrected

    found = corrected(store, story) if corrections else None
    return found.briefing if found is not None else store.briefing(story)


def briefing_in(store: Store, line: StoryLine, corrections: bool) -> Briefing:
    """Return the briefing of a story, as `briefing_of`; Problem where there is none so far."""
    briefing = briefing_of(store, line.id, corrections=corrections)
    if briefing is None:
        raise Problem(404, "Not briefed", f"the story {line.id} has not been briefed so far; ask again later")
    return briefing


def finding_in(store: Store, identity: str, corrections: bool) -> tuple[Located, tuple[str, ...]] | None:
    """Return a finding as corrections left it (or as the machine made it), and the ids of these corrections.

    One that they dismissed, or merged into another, is no longer current. One that a person split off another has no
    place in the store: it is found by the corrections that split findings, also where that was taken back since.
    """
    located = store.finding(identity)
    if not corrections:
        return None if located is None else (located, ())
    if located is None:
        return _split_off(store, identity)
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
    merges = (each for each in found.applied if each.correction.kind == "findings merged")  # they name what is left
    into = [each.correction.id for each in merges if set(each.findings) & set(now)]
    return replace(machine, current=False, now=now), tuple(dict.fromkeys((*by, *into)))


def _split_off(store: Store, identity: str) -> tuple[Located, tuple[str, ...]] | None:
    """Return a finding that people split off another, as it is or, where it is no more, as it was."""
    stories = _parted(store)
    for story in stories:
        found = _fixed(store, story, identity)
        if found is not None:
            return found
    for story in stories:
        once = _once(store, story, identity)
        if once is not None:
            was, by = once
            located, touched = _fixed(store, story, identity, was) or (was, ())
            return located, tuple(dict.fromkeys((by, *touched)))
    return None


def _once(store: Store, story: str, identity: str) -> tuple[Located, str] | None:
    """Return a finding that was split off once, and the correction that did; others since took it away, or undid it."""
    from accord.corrections import applied
    from accord.stores.store import Located
    from accord.upkeep.correcting import later_versions

    briefing = store.briefing(story)
    if briefing is None:
        return None
    made = store.corrections([article.id for article in briefing.articles], kinds=_PARTING, standing=False)
    stood = [replace(one, undone=None, undone_by=None) for one in made[:_MOST_REPLAYED]]
    later = later_versions(store, stood, briefing.articles)
    for number, one in enumerate(stood, 1):
        if one.kind == "finding split":
            for tried in ([one], stood[:number]):
                found = applied(briefing, tried, later).briefing.findings
                finding = next((each for each in found if each.id == identity), None)
                if finding is not None:
                    return Located(finding, story, False), one.id
    return None


def _parted(store: Store) -> list[str]:
    """Return the stories in which people split findings."""
    made = store.corrections(kinds=["finding split"], standing=False, limit=_MOST_SPLITS)
    held = store.held(sorted({passage.article for one in made for passage in one.passages}))
    return list(dict.fromkeys(one.story for one in held if one.story))


def standing(store: Store, entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """Return entries as they stand today, with corrections; a status that a person gave stays."""
    from accord.upkeep.correcting import corrected_ledger

    found = corrected_ledger(store, entries)
    return views.standing(found.entries, date.fromisoformat(today()), found.fixed)


def rows_of(store: Store, entries: Sequence[LedgerEntry], today: date, *, dismissed: bool = False) -> list[views.Row]:
    """Return rows of entries, corrections applied; those that a person dismissed only if asked for, at the end."""
    from accord.upkeep.correcting import corrected_ledger

    corrected = corrected_ledger(store, entries)
    fixed = views.fixed_by(entries, corrected.applied)
    stay = {entry.id for entry in corrected.entries}
    gone = [entry for entry in entries if entry.id not in stay] if dismissed else []
    shown = views.standing((*corrected.entries, *gone), today, corrected.fixed)
    return [
        replace(views.row(entry, today, fixed.get(entry.id, ())), dismissed=entry.id not in stay) for entry in shown
    ]


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
