"""Everything that a store holds, in a form to compare: by the ids of articles, numbers and times left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from accord.stores import Store
from accord.stores.store import Query

_ALL = 1_000_000


def contents(store: Store) -> dict[str, Any]:
    """Return what `store` holds: two stores that were told the same hold the same."""
    held = list(store.each(superseded=True))
    ids = {item.number: item.article.id for item in held}
    lines = store.stories(limit=_ALL)
    stories = [line.id for line in lines]
    links = store.links(list(ids))
    members = store.members(stories)
    return {
        "articles": {
            item.article.id: (item.article, item.what, item.page, item.superseded, item.gone is None, item.story)
            for item in held
        },
        "versions": {item.article.id: [v.article.id for v in store.versions(item.article.id)] for item in held},
        "pages": {item.article.id: store.page(item.page) for item in held if item.page},
        "analyses": store.analyses(list(ids.values())),
        "sketches": {ids[number]: sketch for number, sketch in store.sketches(list(ids)).items()},
        "links": {
            ids[number]: {ids[other]: round(alike, 6) for other, alike in others.items()}
            for number, others in links.items()
            if others
        },
        "members": {story: sorted(ids[number] for number in numbers) for story, numbers in members.items()},
        "stories": {line.id: replace(line, updated=None, revision=0) for line in lines},
        "stale": sorted(store.stale(_ALL)),
        "briefings": {story: store.briefing(story) for story in stories},
        "chains": {chain.id: chain for chain in store.chains()},
        "names": sorted(store.named("", limit=_ALL)),
        "hits": sorted(
            (hit.kind, hit.article, *((hit.start, hit.text) if hit.kind != "article" else (0, "")), hit.speaker or "")
            for hit in store.search(Query(limit=_ALL))
        ),
        "updates": {item.id: replace(item, at=None) for item in store.updates(limit=_ALL)},
        "corrections": {one.id: one for one in store.corrections(standing=False)},
        "lines": {line.id: (line, in_entry) for line, in_entry in store.lines(list(ids.values()))},
        "entries": {item.id: item for item in store.ledger()},
        "feeds": sorted(feed.url for feed in store.feeds()),
        "visits": sorted(visit.url for visit in store.visits("9999", limit=_ALL)),
        "rejects": sorted((item.what, item.stage, item.reason) for _, item in store.rejects(limit=_ALL)),
        "counts": store.counts(),
    }
