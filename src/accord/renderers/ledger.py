"""The ledger as text, as JSON, as a table (CSV, RFC 4180) and as a calendar of due dates (RFC 5545)."""

from __future__ import annotations

import csv
import io
import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta

from accord.records import LedgerEntry, LedgerLine
from accord.renderers.lines import json_text
from accord.renderers.words import plain, trim

SCHEMA = "accord/ledger@1"
COLUMNS = (
    "id",
    "who",
    "to_whom",
    "what",
    "strength",
    "amount",
    "unit",
    "due",
    "due_date",
    "made",
    "latest",
    "status",
    "rule",
    "rests_on",
    "reports",
    "outlets",
    "evidence",
)
_WIDE = 240
_MOST_EVIDENCE = 6
_BETWEEN = "; "
# What spreadsheets take for a formula, in the first place of a cell.
_FORMULA = re.compile("'*[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_NEVER = "1970-01-01"


def render_text(entries: Sequence[LedgerEntry]) -> str:
    """Return the ledger as text to read, a paragraph an entry: what, how it stands and why, and all evidence."""
    if not entries:
        return "no commitments\n"
    lines = [f"{len(entries):,} commitment{'' if len(entries) == 1 else 's'}"]
    for entry in entries:
        lines += ["", *_paragraph(entry)]
    return "\n".join(lines) + "\n"


def render_json(entries: Sequence[LedgerEntry]) -> str:
    """Return the ledger as one JSON document (`accord/ledger@1`), every line with its span; keys are left out."""
    found = []
    for entry in entries:
        fields = asdict(entry)
        for line in fields["lines"]:
            for private in ("keys", "about"):
                del line[private]
        found.append(fields)
    return json_text({"schema": SCHEMA, "entries": found})


def render_csv(entries: Sequence[LedgerEntry]) -> str:
    """Return the ledger as a table, an entry a row; evidence is "outlet, day: words", parted by semicolons.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in entries:
        row = _row(entry)
        writer.writerow([_cell(row[column]) for column in COLUMNS])
    return out.getvalue()


def render_ics(entries: Sequence[LedgerEntry], at: datetime | None = None) -> bytes:
    """Return the due dates as a calendar: an all-day event an entry that has one, its UID the id of the entry.

    A month or a year is due on its last day. `at` is the time of writing (DTSTAMP); without it each event has the day
    of the latest word on its commitment, so that the same ledger is the same bytes.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//accord//ledger//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Commitments")
    dated = [(due, entry) for entry in entries if (due := due_day(entry.due_date)) is not None]
    for due, entry in sorted(dated, key=lambda each: (each[0], each[1].id)):
        event = Event()
        event.add("uid", entry.id)
        event.add("dtstamp", at or _stamp(entry))
        event.add("dtstart", due)
        if due < date.max:
            event.add("dtend", due + timedelta(days=1))
        event.add("summary", _clean(trim(title_of(entry), _WIDE)))
        event.add("description", _clean("\n".join(_paragraph(entry)[1:])))
        event.add("categories", [entry.status])
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


RENDERERS: dict[str, Callable[[Sequence[LedgerEntry]], str | bytes]] = {
    "text": render_text,
    "json": render_json,
    "csv": render_csv,
    "ics": render_ics,
}


def title_of(entry: LedgerEntry) -> str:
    """Return who and what in one line: "Orlen council: buy a second ferry"."""
    who = "who is not told" if entry.who is None else entry.who
    return plain(f"{who}: {entry.what}")


def due_day(due_date: str | None) -> date | None:
    """Return the last day of an ISO day, month or year: "2031-06" -> 30 June 2031; None for anything else."""
    try:
        year, *rest = (int(part) for part in (due_date or "").split("-"))
        month = rest[0] if rest else 12
        return date(year, month, rest[1] if len(rest) > 1 else monthrange(year, month)[1])
    except ValueError:
        return None


def _paragraph(entry: LedgerEntry) -> list[str]:
    """Return the lines of an entry: the first says who and what, the next how it stands, the rest is evidence."""
    terms = [f"to {entry.to_whom}" if entry.to_whom else None, _amount(entry), _due(entry), entry.strength]
    made = f"made {entry.made}" if entry.made else None
    latest = f"latest word {entry.latest}" if entry.latest and entry.latest != entry.made else None
    shown = entry.lines[: _MOST_EVIDENCE - 1] + entry.lines[_MOST_EVIDENCE - 1 :][-1:]
    found = [
        trim(title_of(entry), _WIDE),
        f"  {entry.status}: {plain(entry.rule)}",
        f"  {' · '.join(plain(part) for part in (*terms, made, latest) if part)}",
        *(f"  – {_evidence(line)}" for line in shown),
    ]
    if more := len(entry.lines) - len(shown):
        found.append(f"  and {more:,} more")
    return [line.rstrip() for line in found if line.strip()]


def _amount(entry: LedgerEntry) -> str | None:
    if entry.amount is None:
        return None
    return f"{entry.amount:,.12g} {entry.unit or ''}".strip()


def _due(entry: LedgerEntry) -> str | None:
    if entry.due_date is None:
        return f"due {entry.due}" if entry.due else None
    said = f" ({entry.due})" if entry.due and entry.due not in entry.due_date else ""
    return f"due {entry.due_date}{said}"


def _evidence(line: LedgerLine) -> str:
    head = _reported(line)
    says = "mentioned" if line.says == "made" and line.strength is None else line.says
    return plain(f"{head}, {says}: “{trim(line.text, _WIDE)}”")


def _row(entry: LedgerEntry) -> dict[str, object]:
    row: dict[str, object] = {column: getattr(entry, column, None) for column in COLUMNS}
    row["rests_on"] = _BETWEEN.join(plain(citation.text) for citation in entry.rests_on)
    row["reports"] = len({line.article for line in entry.lines})
    row["outlets"] = _BETWEEN.join(dict.fromkeys(line.outlet for line in entry.lines))
    row["evidence"] = _BETWEEN.join(f"{_reported(line)}: {plain(line.text)}" for line in entry.lines)
    return row


def _reported(line: LedgerLine) -> str:
    """Return who published a line, and when: "The Orsa Mail, 2025-02-11"."""
    return ", ".join(part for part in (line.outlet, line.published) if part)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    text = _clean(str(value))
    return f"'{text}" if _FORMULA.match(text) else text


def _clean(text: str) -> str:
    """Return `text` without what no file of this kind may hold."""
    return _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", text)


def _stamp(entry: LedgerEntry) -> datetime:
    day = due_day(entry.latest) or date.fromisoformat(_NEVER)
    return datetime.combine(day, time(), UTC)
