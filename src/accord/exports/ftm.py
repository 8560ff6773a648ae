"""FollowTheMoney entities (model 4.11) as lines of JSON: articles, who stands in them, and what is said of whom.

A person or body is an entity of one story: accord does not claim that two stories that name a Jo Bly mean the same one.
Ids are hashes of what names a thing, so that an export that is loaded again replaces what the last one gave.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.exports.languages import THREE_LETTERS
from accord.exports.lines import write_lines
from accord.exports.source import Source, Told
from accord.exports.verdicts import sides, verdict_words
from accord.records import Article, Briefing, Finding, LedgerEntry, Name, Quote

if TYPE_CHECKING:
    from accord.stores.store import Held

Entity = dict[str, Any]
SCHEMATA = {"person": "Person", "organisation": "Organization", "place": "Address"}
# The most characters that a value of a property may have, by its type in the model; a name's is rigour's.
LONGEST = {"string": 1_024, "text": 65_000, "name": 384, "url": 4_096, "address": 250}
_URL = re.compile(r"https?://[^\s/]+\.[^\s]+\Z")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def write(source: Source, path: Path) -> Mapping[str, int]:
    """Write one entity a line to the file `path`; return how many there are of each schema."""
    counts: Counter[str] = Counter()

    def counted() -> Iterator[Entity]:
        for made in entities(source):
            counts[made["schema"]] += 1
            yield made

    write_lines(path, counted())
    return counts


def entities(source: Source) -> Iterator[Entity]:
    """Yield an Article each; of each story an Event, its names and where they stand, quotes, findings; the ledger."""
    for held in source.articles():
        yield _article(held, source.texts)
    for told in source.stories():
        yield from _story(told)
    for entry in source.entries():
        yield _ledger(entry)


def entity_id(kind: str, *parts: object) -> str:
    """Return the id of an entity: letters and digits only, as the model asks, the same for the same parts."""
    named = "\x1f".join((kind, *map(str, parts)))
    return "accord-" + hashlib.sha1(named.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _entity(schema: str, identity: str, **properties: Iterable[str | None] | str | None) -> Entity:
    """Return an entity; values that are empty are left out, and each property lists what it has once."""
    kept: dict[str, list[str]] = {}
    for name, given in properties.items():
        values = [given] if given is None or isinstance(given, str) else list(given)
        cleaned = [_CONTROL.sub(" ", value) for value in values if value]  # the loader would drop them: offsets move
        if cleaned:
            kept[name] = list(dict.fromkeys(cleaned))
    return {"id": identity, "schema": schema, "properties": kept}


def _article(held: Held, texts: bool) -> Entity:
    article = held.article
    return _entity(
        "Article",
        _of(article.id),
        fileName=_cut(f"{article.id}.txt", "string"),
        title=_cut(article.title, "string"),
        author=_cut(article.byline, "string"),
        publisher=_cut(article.outlet, "string"),
        publishedAt=_date(article.published),
        modifiedAt=_date(article.modified),
        retrievedAt=_date(held.fetched),
        sourceUrl=_url(article.url),
        language=THREE_LETTERS.get(article.language or ""),
        bodyText=_pieces(article.text) if texts else None,
        processingAgent="accord",
    )


def _story(told: Told) -> Iterator[Entity]:
    line, briefing = told.line, told.briefing
    event = entity_id("story", line.id)
    names = briefing.names if briefing else ()
    yield _entity(
        "Event",
        event,
        name=_cut(line.title, "name") or line.id,
        startDate=_date(line.first),
        endDate=_date(line.last),
        summary=_cut(" ".join(sentence.text for sentence in briefing.summary), "text") if briefing else None,
        publisher=[_cut(outlet, "string") for outlet in line.outlets],
        recordId=line.id,
        proof=[_of(article) for article in told.articles],
        involved=[_named(line.id, name) for name in names if name.kind != "place"],
    )
    if briefing is not None:
        articles = {article.id: article for article in briefing.articles}
        for name in briefing.names:
            yield from _name(line.id, name)
        speakers = {(a, form): name for name in names for a in name.articles for form in (name.name, *name.aliases)}
        for quote in briefing.quotes:
            speaker = speakers.get((quote.article, quote.speaker or ""))
            if speaker is not None and quote.article in articles:
                yield _quote(line.id, speaker, quote, articles[quote.article])
        yield from (_finding(event, finding, briefing) for finding in briefing.findings)


def _name(story: str, name: Name) -> Iterator[Entity]:
    """Yield who or what is named, and a Mention for each article that names it."""
    schema = SCHEMATA[name.kind]
    identity = _named(story, name)
    full = _cut(name.name, "address" if name.kind == "place" else "name")
    place = {"full": full} if name.kind == "place" else {}
    yield _entity(
        schema,
        identity,
        name=full,
        weakAlias=[_cut(alias, "name") for alias in name.aliases],
        proof=[_of(article) for article in name.articles],
        **place,
    )
    for article in name.articles:
        yield _entity(
            "Mention",
            entity_id("mention", story, name.id, article),
            document=_of(article),
            name=full,
            detectedSchema=schema,
            resolved=identity if name.kind != "place" else None,
        )


def _quote(story: str, speaker: Name, quote: Quote, article: Article) -> Entity:
    """Return the link from an article to whom it quotes, with the words and where they stand (RFC 5147)."""
    return _entity(
        "Documentation",
        entity_id("quote", quote.article, quote.start, quote.end, quote.kind),
        document=_of(quote.article),
        entity=_named(story, speaker),
        role="speaker",
        status=quote.kind,
        summary=_cut(quote.text, "text"),
        date=_date(article.published),
        recordId=f"char={quote.start},{quote.end}",
        publisher=_cut(article.outlet, "string"),
        sourceUrl=_url(article.url),
        proof=_of(quote.article),
    )


def _finding(event: str, finding: Finding, briefing: Briefing) -> Entity:
    articles = {article.id: article for article in briefing.articles}
    return _entity(
        "Note",
        entity_id("finding", event, finding.id),
        name=_cut(finding.gist, "name"),
        summary=_cut("; ".join((verdict_words(finding), *sides(finding, articles))), "text"),
        description=[
            _cut(f"{articles[c.article].outlet}, char={c.start},{c.end}: {c.text}", "text")
            for c in finding.evidence
            if c.article in articles
        ],
        keywords=["finding", finding.kind, finding.verdict],
        publisher=[_cut(outlet, "string") for outlet in finding.outlets],
        entity=event,
        proof=[_of(c.article) for c in finding.evidence],
    )


def _ledger(entry: LedgerEntry) -> Entity:
    """Return an entry of the ledger as a note on the first article that told of it."""
    first = entry.lines[0].article if entry.lines else None
    due = entry.due_date or entry.due
    return _entity(
        "Note",
        entity_id("ledger", entry.id),
        name=_cut(f"{entry.who or 'somebody not named'}: {entry.what}", "name"),
        summary=_cut(f"{entry.status}: {entry.rule}{f' (due: {due})' if due else ''}", "text"),
        description=[
            _cut(f"{each.says}, {each.outlet}, char={each.start},{each.end}: {each.text}", "text")
            for each in entry.lines
        ],
        keywords=["commitment", entry.status, entry.strength],
        createdAt=_date(entry.made),
        modifiedAt=_date(entry.latest),
        publisher=[_cut(each.outlet, "string") for each in entry.lines],
        entity=_of(first) if first else None,
        proof=[_of(each.article) for each in entry.lines],
    )


def _of(article: str) -> str:
    return entity_id("article", article)


def _named(story: str, name: Name) -> str:
    return entity_id("name", story, name.id)


def _cut(text: str | None, kind: str) -> str | None:
    """Return `text` on one line if it is short by its kind, no longer than the model admits."""
    if text is None:
        return None
    text = text if kind == "text" else " ".join(_CONTROL.sub(" ", text).split())
    longest = LONGEST[kind]
    return (text if len(text) <= longest else text[: longest - 1] + "…") or None


def _pieces(text: str) -> list[str]:
    """Return `text` in pieces no longer than a value may be, cut at the ends of lines where there are any."""
    pieces = []
    while len(text) > LONGEST["text"]:
        at = text.rfind("\n", 1, LONGEST["text"]) + 1 or LONGEST["text"]
        pieces.append(text[:at])
        text = text[at:]
    return [*pieces, text]


def _url(url: str | None) -> str | None:
    """Return an address that the model takes for one; it holds the web's only, and none beyond its length."""
    return url if url and len(url) <= LONGEST["url"] and _URL.match(url) else None


def _date(iso: str | None) -> str | None:
    """Return a day or time as the model has it: a prefix of YYYY-MM-DDTHH:MM:SS, in UTC."""
    from datetime import UTC, datetime

    if not iso or len(iso) <= 10:
        return iso or None
    try:
        found = datetime.fromisoformat(iso)
        found = found.astimezone(UTC) if found.tzinfo is not None else found
    except (ValueError, OverflowError):
        return None
    return found.strftime("%Y-%m-%dT%H:%M:%S")
