"""The ledger: what was promised, by whom, when it is due, and what became of it by what reports say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from fastapi import APIRouter, Request, Response

from accord.records import LedgerEntry, Status
from accord.renderers.ledger import render_csv, render_ics
from accord.web import pages
from accord.web.desk import AtDesk, Desk
from accord.web.pages import partial
from accord.web.problems import Problem, not_found
from accord.web.reading import rows_of
from accord.web.views import asked
from accord.web.views import ledger as views
from accord.web.views.places import address, at_last, name_at, passage_at
from accord.web.views.search import month_words

router = APIRouter()

Order = Literal["latest", "made", "due", "lately due"]
ORDERS: dict[Order, str] = {
    "latest": "newest",
    "made": "oldest",
    "due": "due date, earliest",
    "lately due": "due date, latest",
}
_PAGE = 50
_MONTH = 400
_FILE = 5_000
_LINES = 200
_STORIES = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the ledger; the names are those of the form. `due_from` and `due_to` are ISO days."""

    who: str = ""
    to: str = ""
    q: str = ""
    status: Status | None = None
    due_from: str = ""
    due_to: str = ""
    order: Order = "latest"
    page: int = 1

    def at(self, path: str = "/ledger", **changed: object) -> str:
        """Return the address of the same with some of it changed, from its first page."""
        asks = replace(self, **{"page": 1, **changed})  # type: ignore[arg-type]
        return address(
            path, who=asks.who, to=asks.to, q=asks.q, status=asks.status, due_from=asks.due_from, due_to=asks.due_to,
            order=None if asks.order == "latest" else asks.order, page=asks.page if asks.page > 1 else None,
        )  # fmt: skip

    @property
    def filtered(self) -> bool:
        """True where not all entries are asked for."""
        return bool(self.who or self.to or self.q or self.status or self.due_from or self.due_to)


def _asked(
    who: str, to: str, q: str, status: str, due_from: str, due_to: str, order: str, number: str
) -> tuple[Asked, dict[str, str]]:
    """Return what is asked, and what cannot be read of it by field."""
    wrong: dict[str, str] = {}
    days: dict[str, str] = {}
    for field, text in (("due_from", due_from), ("due_to", due_to)):
        try:
            days[field] = asked.day(text, field, last=field == "due_to") or ""
        except asked.Wrong as error:
            wrong[error.field] = error.problem
    if days.get("due_from") and days.get("due_to") and days["due_from"] > days["due_to"]:
        wrong["due_to"] = "the last day is before the first; swap them"
    standing = next((one for one in views.STATUSES if one == status), None)
    found = Asked(
        asked.words(who, 200), asked.words(to, 200), asked.words(q), standing, days.get("due_from", ""),
        days.get("due_to", ""), asked.choice(order, ORDERS, "latest"), asked.number(number),
    )  # fmt: skip
    return found, wrong


def _filters(asks: Asked, today: date) -> dict[str, Any]:
    """Return what `Store.ledger` and `Store.statuses` are given."""
    due = (asks.due_from or None, asks.due_to or None)
    return {
        "who": asks.who or None,
        "to_whom": asks.to or None,
        "topic": asks.q or None,
        "due": due if any(due) else None,
        "today": today.isoformat(),
    }


@router.get("/ledger")
def ledger(
    request: Request, desk: AtDesk, who: str = "", to: str = "", q: str = "", status: str = "", due_from: str = "",
    due_to: str = "", order: str = "", page: str = "",
) -> Response:  # fmt: skip
    """Show the entries that are asked for, a page at a time."""
    asks, wrong = _asked(who, to, q, status, due_from, due_to, order, page)
    today = date.today()
    counts: dict[Status, int] = {}
    rows: list[views.Row] = []
    if not wrong:
        filters = _filters(asks, today)
        with desk.store() as store:
            counts = store.statuses(**filters)
            first = (asks.page - 1) * _PAGE
            found = store.ledger(**filters, status=asks.status, order=asks.order, limit=_PAGE + 1, offset=first)
            rows = rows_of(store, list(found), today)
    swapped = partial(request)
    template, code = "ledger/entries.html" if swapped else "ledger/table.html", 400 if wrong and not swapped else 200
    return pages.page(
        request, template, status=code, section="ledger", asks=asks, rows=rows[:_PAGE], wrong=wrong,
        counts=counts, more=len(rows) > _PAGE and asks.page < asked.MOST_PAGES, orders=ORDERS,
        statuses=views.STATUSES, total=sum(counts.values()), swapped=swapped,
        headers=at_last(asks.at(order=asks.order, page=asks.page)) if swapped else None,
    )  # fmt: skip


@router.get("/ledger/calendar")
def calendar(request: Request, desk: AtDesk, month: str = "") -> Response:
    """Show what is due in a month, day by day."""
    today = date.today()
    try:
        first = date.fromisoformat(asked.day(month, "month") or today.isoformat()).replace(day=1)
        wrong = None
    except asked.Wrong as error:
        first, wrong = today.replace(day=1), error.problem
    last = asked.day(first.isoformat()[:7], "month", last=True)
    with desk.store() as store:
        found = list(store.ledger(due=(first.isoformat(), last), order="due", limit=_MONTH + 1))
        rows = rows_of(store, found[:_MONTH], today)
    return pages.page(
        request, "ledger/calendar.html", status=400 if wrong else 200, section="ledger", today=today, wrong=wrong,
        month=views.month(first, rows, today), asked_month=first.isoformat()[:7], last=last,
        month_words=month_words, more=len(found) > _MONTH,
    )  # fmt: skip


@router.get("/ledger.csv")
def table(
    request: Request, desk: AtDesk, who: str = "", to: str = "", q: str = "", status: str = "", due_from: str = "",
    due_to: str = "", order: str = "",
) -> Response:  # fmt: skip
    """Give the entries that are asked for as a table."""
    asks, wrong = _asked(who, to, q, status, due_from, due_to, order, "")
    content = render_csv(_all(desk, asks, wrong)).encode("utf-8")
    return _file(request, content, "text/csv; charset=utf-8", "ledger.csv")


@router.get("/ledger.ics")
def dates(
    request: Request, desk: AtDesk, who: str = "", to: str = "", q: str = "", status: str = "", due_from: str = "",
    due_to: str = "", order: str = "",
) -> Response:  # fmt: skip
    """Give the due dates of the entries that are asked for as a calendar."""
    asks, wrong = _asked(who, to, q, status, due_from, due_to, order, "")
    return _file(request, render_ics(_all(desk, asks, wrong)), "text/calendar; charset=utf-8", "ledger.ics")


@router.get("/ledger/{entry}")
def entry(request: Request, desk: AtDesk, entry: str) -> Response:
    """Show an entry's whole history with its evidence."""
    today = date.today()
    with desk.store() as store:
        kept = store.entries([entry])
        found = rows_of(store, kept, today, dismissed=True)
        if not found:
            raise not_found("This entry of the ledger", "the reports that it rested on may have changed; search for it")
        row = found[0]
        lines = row.entry.lines[:_LINES]
        held = {one.article.id: one.article for one in store.held(list(dict.fromkeys(line.article for line in lines)))}
        stories = list(dict.fromkeys(line.story for line in row.entry.lines if line.story))[:_STORIES]
        parties = (one for one in (row.entry.who, row.entry.to_whom) if one)
        known = {one for one in parties if store.one_named(one, limit=1) is not None}
        titled = [story for identity in stories if (story := store.story(identity))]
    texts = {identity: article.text for identity, article in held.items()}
    shown = replace(row.entry, lines=lines)
    return pages.page(
        request, "ledger/entry.html", section="ledger", row=row, told=views.history(shown, texts),
        more=len(row.entry.lines) - len(lines), rests=views.rests_on(row.entry), stories=titled,
        articles=held, passage_at=passage_at, name_at=name_at, known=known, address=address,
    )  # fmt: skip


def _all(desk: Desk, asks: Asked, wrong: dict[str, str]) -> list[LedgerEntry]:
    """Return all entries that are asked for, as they stand, for a file of them."""
    if wrong:
        raise Problem(400, "Not understood", "; ".join(wrong.values()))
    today = date.today()
    with desk.store() as store:
        found = store.ledger(**_filters(asks, today), status=asks.status, order=asks.order, limit=_FILE)
        return [row.entry for row in rows_of(store, list(found), today)]


def _file(request: Request, content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return pages.answer(request, content, headers=headers, media_type=media_type)
