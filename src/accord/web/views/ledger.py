"""What the ledger shows: a row an entry, an entry's whole history in context, and the days on which what is due."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accord.corrections.outcome import Applied
from accord.ledger import as_of
from accord.records import Citation, LedgerEntry, LedgerLine, Status
from accord.renderers.ledger import due_day
from accord.renderers.words import plain, quantity
from accord.web.views.places import Around, around, finding_at, passage_at

STATUSES: tuple[Status, ...] = (
    "overdue",
    "open",
    "changed",
    "disputed",
    "reported partly done",
    "reported done",
    "withdrawn",
)
SAYS = {
    "made": "says that it will be done",
    "done": "says that it was done",
    "partly done": "says that a part was done",
    "changed": "gives other terms",
    "withdrawn": "says that it will not be done",
    "denied": "says that it was not done",
}


@dataclass(frozen=True, slots=True)
class Fixed:
    """That a person set something: who, when (ISO time), in what words, and why."""

    by: str
    at: str
    said: str
    note: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in a list: its facts in words, in how many reports and origins it stands, what a person set in it."""

    entry: LedgerEntry
    what: str
    amount: str | None
    late: int | None
    reports: int
    origins: int
    fixed: tuple[Fixed, ...] = ()
    dismissed: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One line of an entry's history with the words around it. `held` is false where its article is not held."""

    line: LedgerLine
    says: str
    words: Around
    href: str
    finding: str | None
    amount: str | None
    rests: bool
    held: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month's calendar, or of the months beside it, with the entries due on it."""

    day: date
    inside: bool
    today: bool
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """A month by weeks (from Monday), and what is due in it, or in its year, without a day."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    loose: tuple[Row, ...]
    yearly: tuple[Row, ...]
    before: str | None
    after: str | None

    @property
    def days(self) -> tuple[Day, ...]:
        """The days on which something is due, in order."""
        return tuple(day for week in self.weeks for day in week if day.rows and day.inside)


def standing(entries: Iterable[LedgerEntry], today: date, fixed: Iterable[str] = ()) -> list[LedgerEntry]:
    """Return entries as they stand today; those whose status a person set (`fixed`, ids) stay as they are."""
    kept = set(fixed)
    return [entry if entry.id in kept else as_of(entry, today) for entry in entries]


def row(entry: LedgerEntry, today: date, fixed: Sequence[Fixed] = ()) -> Row:
    """Return what a list shows of an entry (as it stands today); `late` counts the days since an overdue date."""
    due = due_day(entry.due_date)
    late = (today - due).days if due is not None and entry.status == "overdue" else None
    origins = {line.origin or line.article for line in entry.lines}
    reports = {line.article for line in entry.lines}
    return Row(
        entry,
        plain(entry.what),
        _amount(entry.amount, entry.unit),
        late if late and late > 0 else None,
        len(reports),
        len(origins),
        tuple(fixed),
    )


def history(entry: LedgerEntry, texts: Mapping[str, str], size: int = 220) -> list[Told]:
    """Return the lines of an entry in the order of their days, each with the words around it in its article."""
    rests = {(cited.article, cited.start, cited.end) for cited in entry.rests_on}
    return [_told(line, texts.get(line.article), rests, size) for line in entry.lines]


def _told(line: LedgerLine, text: str | None, rests: set[tuple[str, int, int]], size: int) -> Told:
    mentioned = line.says == "made" and line.strength is None
    words = Around("", plain(line.text), "") if text is None else around(text, line.start, line.end, size)
    return Told(
        line,
        "mentions it" if mentioned else SAYS[line.says],
        words,
        passage_at(line.article, line.start, line.end),
        finding_at(line.story, line.finding) if line.story and line.finding else None,
        _amount(line.amount, line.unit),
        (line.article, line.start, line.end) in rests,
        text is not None,
    )


def rests_on(entry: LedgerEntry) -> list[tuple[Citation, LedgerLine | None]]:
    """Return the words that a status rests on, each with its line, if it is one of the entry's."""
    lines = {(line.article, line.start, line.end): line for line in entry.lines}
    return [(cited, lines.get((cited.article, cited.start, cited.end))) for cited in entry.rests_on]


def month(first: date, rows: Sequence[Row], today: date) -> Month:
    """Return the calendar of the month that begins on `first`, with `rows` on the days on which they are due."""
    days: dict[str, list[Row]] = {}
    for one in rows:
        days.setdefault(one.entry.due_date or "", []).append(one)
    weeks = tuple(
        tuple(
            Day(
                day,
                day.month == first.month and day.year == first.year,
                day == today,
                tuple(days.get(day.isoformat(), ())) if (day.year, day.month) == (first.year, first.month) else (),
            )
            for day in week
        )
        for week in _weeks(first)
    )
    loose, yearly = days.get(first.isoformat()[:7], ()), days.get(first.isoformat()[:4], ())
    return Month(first, weeks, tuple(loose), tuple(yearly), _shifted(first, -1), _shifted(first, 1))


def _weeks(first: date) -> list[list[date]]:
    """Return the weeks of a month; the days beside it that no calendar has (before year 1) are left out."""
    try:
        return Calendar().monthdatescalendar(first.year, first.month)
    except (OverflowError, ValueError):
        return []


def _shifted(first: date, by: int) -> str | None:
    """Return the month `by` months from another ("2031-05"), None beyond what calendars have."""
    at = first.year * 12 + first.month - 1 + by
    return f"{at // 12:04}-{at % 12 + 1:02}" if 12 <= at < 120_000 else None


def _amount(amount: float | None, unit: str | None) -> str | None:
    return None if amount is None else quantity(amount, None, unit)


def fixed_by(entries: Iterable[LedgerEntry], applied: Iterable[Applied]) -> dict[str, list[Fixed]]:
    """Return by entry what persons set in it: a correction is of the entry that has one of its passages."""
    places = {(line.article, line.start, line.end): entry.id for entry in entries for line in entry.lines}
    found: dict[str, list[Fixed]] = {}
    for one in applied:
        told = one.correction
        passages = (*told.passages, *told.other_passages)
        ids = (places.get((cited.article, cited.start, cited.end)) for cited in passages)
        for identity in dict.fromkeys(filter(None, ids)):
            found.setdefault(identity, []).append(Fixed(told.by, told.at, one.changed, told.note, told.id))
    return found
