"""The tables of an export: their columns, and the rows of each as a store gives them."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from accord.exports.source import Source, Told
from accord.exports.whole import MANIFEST
from accord.records import Briefing, Citation, LedgerEntry

if TYPE_CHECKING:
    from accord.stores.store import Held

Kind = Literal["text", "texts", "integer", "number", "flag", "day", "time"]
Row = tuple[str, dict[str, Any]]
SCHEMA = "accord/tables@1"
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?P<day>-\d\d)?)?")


def _columns(words: str) -> dict[str, Kind]:
    """Return columns with their kinds: "id first:day outlets:texts", text where none is given."""
    pairs = (word.partition(":") for word in words.split())
    return {name: kind or "text" for name, _, kind in pairs}  # type: ignore[misc]


_SPAN = "article start:integer end:integer text"
_DUE = "amount:number unit due due_date due_first:day due_last:day"
TABLES: dict[str, dict[str, Kind]] = {
    "articles": _columns(
        "id outlet title byline credits:texts published:day modified language url section paywalled:flag"
        " version:integer replaces superseded:flag gone:time story fetched:time added:time page words:integer text"
    ),
    "stories": _columns(
        "id title first:day last:day outlets:texts articles:integer origins:integer agreed:integer disputed:integer"
        " single:integer weight:number updated:time stale:flag"
    ),
    "origins": _columns("story id kind agency why articles:texts"),
    "findings": _columns(
        "story id rank:integer kind gist verdict between origins:integer outlets:texts score:number weight:number"
        " reasons:texts"
    ),
    "evidence": _columns(f"story of id {_SPAN}"),
    "differences": _columns("story finding field compatible:flag value articles:texts"),
    "quotes": _columns(f"story {_SPAN} kind speaker cue relayed_by found_by utterance finding"),
    "figures": _columns(f"story {_SPAN} value:number high:number unit of qualifier finding"),
    "commitments": _columns(f"story {_SPAN} who what strength to_whom {_DUE} finding"),
    "timeline": _columns("story id date first:day last:day gist finding"),
    "names": _columns("story id name kind articles:texts aliases:texts"),
    "ledger": _columns(f"id who what to_whom strength {_DUE} made:day latest:day status rule lines:integer"),
    "ledger_lines": _columns(
        f"entry id says outlet published:day {_SPAN} who what to_whom strength {_DUE} speaker date recalled:flag"
        " about story finding origin"
    ),
    "updates": _columns("id kind story gist at:time finding article before after names:texts"),
}


def rows(source: Source) -> Iterator[Row]:
    """Yield (table, row); a row has all columns of its table. Evidence is `of` a finding, date, entry or update."""
    for held in source.articles():
        yield "articles", _article(held, source.texts)
    for told in source.stories():
        yield from _story(told)
    for entry in source.entries():
        yield from _entry(entry)
    for update in source.updates():
        yield "updates", _fields("updates", update)
        yield from _evidence(update.story, "update", update.id, update.evidence)


def write_tables(
    source: Source,
    path: Path,
    ending: str,
    opened: Callable[[Path, Mapping[str, Kind]], AbstractContextManager[Callable[[dict[str, Any]], None]]],
) -> Mapping[str, int]:
    """Write each table to a file of its own in the folder `path`, or in the zip file that `path` is.

    `opened` opens a file with its columns, and gives what writes a row. Beside the tables stands what they are.
    """
    from contextlib import ExitStack
    from tempfile import TemporaryDirectory

    counts: Counter[str] = Counter(dict.fromkeys(TABLES, 0))
    with ExitStack() as stack:
        folder = (
            path if path.is_dir() else Path(stack.enter_context(TemporaryDirectory(dir=path.parent, prefix=".accord-")))
        )
        with ExitStack() as files:
            writers = {
                name: files.enter_context(opened(folder / f"{name}.{ending}", columns))
                for name, columns in TABLES.items()
            }
            for table, row in rows(source):
                writers[table](row)
                counts[table] += 1
        names = [f"{name}.{ending}" for name in TABLES]
        manifest = {
            "schema": SCHEMA,
            "at": source.at,
            "since": source.since,
            "story": source.story,
            "texts": source.texts,
            "files": names,
            "tables": {name: {"rows": counts[name], "columns": columns} for name, columns in TABLES.items()},
        }
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        if folder != path:
            _pack(path, [folder / name for name in (MANIFEST, *names)])
    return counts


def days_of(iso: str | None) -> tuple[str | None, str | None]:
    """Return the first and the last day of a day, a month or a year.

    "2031-02" -> ("2031-02-01", "2031-02-28")
    """
    found = _DATE.fullmatch(iso or "")
    if found is None:
        return None, None
    if found["day"]:
        return iso, iso
    if found["month"] is None:
        return f"{iso}-01-01", f"{iso}-12-31"
    return f"{iso}-01", f"{iso}-{monthrange(int(found['year']), int(found['month']))[1]:02}"


def _pack(path: Path, files: Iterable[Path]) -> None:
    """Write `files` to the zip file `path`; the same files give the same bytes."""
    with ZipFile(path, "w") as packed:
        for file in files:
            info = ZipInfo(file.name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with file.open("rb") as content, packed.open(info, "w", force_zip64=True) as entry:
                while piece := content.read(1 << 20):
                    entry.write(piece)


# rows -----------------------------------------------------------------------------------------------------------------


def _fields(table: str, record: object, **others: Any) -> dict[str, Any]:
    """Return the row of `record`: the columns that are fields of it, and the `others`."""
    return {name: others[name] if name in others else getattr(record, name) for name in TABLES[table]}


def _article(held: Held, texts: bool) -> dict[str, Any]:
    article = held.article
    return _fields(
        "articles",
        article,
        superseded=held.superseded,
        gone=held.gone,
        story=held.story,
        fetched=held.fetched,
        added=held.added,
        page=held.page,
        words=len(article.text.split()),
        text=article.text if texts else None,
    )


def _story(told: Told) -> Iterator[Row]:
    yield "stories", _fields("stories", told.line)
    if told.briefing is not None:
        story, briefing = told.line.id, told.briefing
        yield from _findings(story, briefing)
        yield from _claims(story, briefing)
        for origin in briefing.origins:
            yield "origins", _fields("origins", origin, story=story)
        for number, entry in zip(count(1), briefing.timeline):
            first, last = days_of(entry.date)
            identity = f"{story}-{number}"
            yield "timeline", _fields("timeline", entry, story=story, id=identity, first=first, last=last)
            yield from _evidence(story, "timeline", identity, entry.evidence)
        for name in briefing.names:
            yield "names", _fields("names", name, story=story)


def _findings(story: str, briefing: Briefing) -> Iterator[Row]:
    for rank, finding in zip(count(1), briefing.findings):
        yield "findings", _fields("findings", finding, story=story, rank=rank)
        yield from _evidence(story, "finding", finding.id, finding.evidence)
        for difference in finding.differences:
            for value in difference.values:
                yield (
                    "differences",
                    {
                        "story": story,
                        "finding": finding.id,
                        "field": difference.field,
                        "compatible": difference.compatible,
                        "value": value.value,
                        "articles": value.articles,
                    },
                )


def _claims(story: str, briefing: Briefing) -> Iterator[Row]:
    for quote in briefing.quotes:
        yield "quotes", _fields("quotes", quote, story=story)
    for figure in briefing.figures:
        yield "figures", _fields("figures", figure, story=story)
    for commitment in briefing.commitments:
        first, last = days_of(commitment.due_date)
        yield "commitments", _fields("commitments", commitment, story=story, due_first=first, due_last=last)


def _entry(entry: LedgerEntry) -> Iterator[Row]:
    first, last = days_of(entry.due_date)
    yield "ledger", _fields("ledger", entry, due_first=first, due_last=last, lines=len(entry.lines))
    yield from _evidence(None, "ledger", entry.id, entry.rests_on)
    for line in entry.lines:
        first, last = days_of(line.due_date)
        yield "ledger_lines", _fields("ledger_lines", line, entry=entry.id, due_first=first, due_last=last)


def _evidence(story: str | None, of: str, identity: str, evidence: Iterable[Citation]) -> Iterator[Row]:
    for citation in evidence:
        yield "evidence", _fields("evidence", citation, story=story, of=of, id=identity)
