"""Everything that a store holds as lines of JSON (`accord/export@1`): an object a line, each with its `type`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.exports.lines import plain, write_lines
from accord.exports.source import Source, Told
from accord.records import LedgerEntry

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from accord.stores.store import Held

SCHEMA = "accord/export@1"
# What carries work between stages, and is no part of what a briefing shows.
_INNER = {
    "finding": ("utterances",),
    "quote": ("speaker_id",),
    "figure": ("step",),
    "commitment": ("who_id",),
    "name": ("mentions", "role", "gender"),
}


def write(source: Source, path: Path) -> Mapping[str, int]:
    """Write one object a line to the file `path`; return how many there are of each type."""
    counts: Counter[str] = Counter()

    def counted() -> Iterator[dict[str, Any]]:
        for item in objects(source):
            counts[item["type"]] += 1
            yield item

    write_lines(path, counted())
    del counts["export"]
    return counts


def objects(source: Source) -> Iterator[dict[str, Any]]:
    """Yield the header, the articles, each story with all that its briefing holds, and what stands beside stories.

    That is chains, the ledger, updates, corrections, and what was left out, in this order.
    """
    yield {
        "type": "export",
        "schema": SCHEMA,
        "at": source.at,
        "since": source.since,
        "story": source.story,
        "texts": source.texts,
    }
    for held in source.articles():
        yield _article(held, source.texts)
    for told in source.stories():
        yield from _story(told)
    for chain in source.chains():
        yield {"type": "chain", **plain(chain)}
    for entry in source.entries():
        yield _entry(entry)
    for update in source.updates():
        yield {"type": "update", **plain(update)}
    for correction in source.corrections():
        yield {"type": "correction", **plain(correction)}
    for at, rejected in source.rejects():
        yield {"type": "rejected", "story": None, **plain(rejected), "at": at}


def _article(held: Held, texts: bool) -> dict[str, Any]:
    fields = plain(held.article)
    text = fields.pop("text")
    return {
        "type": "article",
        **fields,
        "story": held.story,
        "superseded": held.superseded,
        "gone": held.gone,
        "place": held.what,
        "fetched": held.fetched,
        "added": held.added,
        "page": held.page,
        "words": len(text.split()),
        **({"text": text} if texts else {}),
    }


def _story(told: Told) -> Iterator[dict[str, Any]]:
    line, briefing = told.line, told.briefing
    yield {
        "type": "story",
        "id": line.id,
        "title": line.title,
        "first": line.first,
        "last": line.last,
        "outlets": list(line.outlets),
        "articles": list(told.articles),
        "agreed": line.agreed,
        "disputed": line.disputed,
        "single": line.single,
        "weight": line.weight,
        "updated": line.updated,
        "stale": line.stale,
        "briefing": briefing.id if briefing else None,
        "briefed": [{"article": a.id, "credits": list(a.credits)} for a in briefing.articles] if briefing else [],
    }
    if briefing is None:
        return
    sections: tuple[tuple[str, Iterable[DataclassInstance]], ...] = (
        ("origin", briefing.origins),
        ("finding", briefing.findings),
        ("quote", briefing.quotes),
        ("figure", briefing.figures),
        ("commitment", briefing.commitments),
        ("timeline", briefing.timeline),
        ("name", briefing.names),
        ("summary", briefing.summary),
        ("utterance", briefing.utterances),
        ("passage", briefing.passages),
        ("rejected", briefing.rejected),
    )
    for kind, items in sections:
        for item in items:
            fields = plain(item)
            for inner in _INNER.get(kind, ()):
                del fields[inner]
            yield {"type": kind, "story": line.id, **fields}


def _entry(entry: LedgerEntry) -> dict[str, Any]:
    fields = plain(entry)
    for line in fields["lines"]:
        del line["keys"]
    return {"type": "ledger", **fields}
