"""The ledger: table, calendar, an entry's history, files; how entries stand today, and what persons set in them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from accord import corrections
from accord.records import LedgerEntry
from accord.upkeep.correcting import correct
from accord.web.views.ledger import history, month, rests_on, row, standing
from arrivals import Citation, line
from web.newsroom import COURIER, FERRY, A, enter, fill, promised, store_of, written
from web.rooms import client

HTMX = {"HX-Request": "true"}
TODAY = date(2031, 6, 20)


def entries() -> tuple[LedgerEntry, ...]:
    return (
        promised(due_date="2019-03", due="by March", amount=40.0, unit="lifeboat"),
        written("e2", "2091-06-14"),
        written("e3", "2091-06", status="changed"),
        written("e4", "2091"),
        written("e5", None, status="reported done"),
    )


@pytest.fixture
def room() -> Iterator[TestClient]:
    with client() as made:
        fill(store_of(made), *entries()[:1])
        written_ones = entries()[1:]
        # Each has a line of its own at one place of one article.
        enter(store_of(made), written_ones)
        yield made


def listed(page: str) -> list[str]:
    return re.findall(r'<th role="rowheader"[^>]*><a class="quietly" href="/ledger/([^"]+)"', page)


def test_the_table_tells_who_what_whom_how_much_when_and_how_it_stands(room: TestClient) -> None:
    page = room.get("/ledger").text
    assert listed(page) == ["e5", "e4", "e3", "e2", "e1"]
    text = page[page.index('href="/ledger/e1"') :]
    for told in (
        "<b>Norvik Line:</b> 40 new lifeboats",
        "Brennick harbour",
        "40 lifeboats",
        "March 2019",
        "overdue",
        "days ago",
    ):
        assert told in text


def test_statuses_are_chips_with_counts_as_they_stand_today(room: TestClient) -> None:
    page = room.get("/ledger").text
    assert re.search(r'id="s-overdue" href="/ledger\?status=overdue">.*? overdue 1</a>', page)
    assert re.search(r'id="s-open".*? open 2</a>', page)
    assert listed(room.get("/ledger?status=overdue").text) == ["e1"]
    assert listed(room.get("/ledger?status=open").text) == ["e4", "e2"]


def test_filters_and_orders_work_without_a_script_and_with_one(room: TestClient) -> None:
    assert listed(room.get("/ledger?who=norvik").text) == ["e1"]
    assert listed(room.get("/ledger?to=brennick").text) == ["e1"]
    assert listed(room.get("/ledger?q=lifeboats").text) == ["e1"]
    assert listed(room.get("/ledger?due_from=2091-06&due_to=2091-06").text) == ["e4", "e3", "e2"]
    assert listed(room.get("/ledger?order=due").text) == ["e1", "e4", "e3", "e2"]
    part = room.get("/ledger?who=norvik", headers=HTMX).text
    assert "<html" not in part
    assert 'hx-swap-oob="innerHTML">1 entry</p>' in part
    assert "No commitment is like that" in room.get("/ledger?who=nobody").text


def test_entries_come_in_pages(room: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.web.routes.ledger._PAGE", 2)
    first = room.get("/ledger?order=made").text
    assert listed(first) == ["e1", "e2"]
    assert 'href="/ledger?order=made&amp;page=2" rel="next"' in first
    assert listed(room.get("/ledger?order=made&page=3").text) == ["e5"]


def test_a_day_that_is_none_is_told(room: TestClient) -> None:
    answer = room.get("/ledger?due_from=soon")
    assert answer.status_code == 400
    assert "“soon” is no day" in answer.text
    assert room.get("/ledger?due_from=2032&due_to=2031", headers=HTMX).status_code == 200
    assert room.get("/ledger.csv?due_from=soon").status_code == 400


def test_the_calendar_has_what_is_due_on_its_days_and_the_rest_apart(room: TestClient) -> None:
    page = room.get("/ledger/calendar?month=2091-06").text
    cell = page[page.index('<time datetime="2091-06-14">') :]
    assert cell.index("/ledger/e2") < cell.index("</td>")
    assert page.index('id="loose"') < page.index("/ledger/e3") < page.index('id="yearly"') < page.index("/ledger/e4")
    assert 'href="/ledger/calendar?month=2091-05"' in page
    assert 'href="/ledger/calendar?month=2091-07"' in page
    assert room.get("/ledger/calendar?month=x").status_code == 400
    for edge in ("0001-01", "9999-12"):
        assert room.get(f"/ledger/calendar?month={edge}").status_code == 200


def test_an_entry_has_its_history_in_context(room: TestClient) -> None:
    page = room.get("/ledger/e1").text
    start = COURIER.index("promised 40")
    assert f'href="/articles/a?at={start}-{start + 34}#at"' in page
    assert "<mark>promised 40 new lifeboats by March</mark>" in page
    assert "The operator Norvik Line " in page
    assert "Its due date 2019-03 has passed, and no report says that it was done." in page
    assert "rests on no words" in page
    assert f'href="/stories/{FERRY}/findings/f-paid"' in page
    assert 'href="/ledger/e1/correct"' in page
    assert 'href="/names/Norvik%20Line"' in page
    assert 'href="/ledger?to=Brennick+harbour"' in page
    assert room.get("/ledger/nothing").status_code == 404


def test_what_a_person_set_is_shown_with_who_and_when(room: TestClient) -> None:
    store = store_of(room)
    (entry,) = store.entries(["e1"])
    correct(store, corrections.set_status(entry, "reported done", by="Mara", at="2031-05-06T08:00:00Z", note="seen"))
    page = room.get("/ledger/e1").text
    assert "Set by a person" in page
    assert "Mara" in page
    assert "reported done" in page
    assert "seen" in page
    assert "Mara" in room.get("/ledger").text


def test_a_dismissed_entry_leaves_the_lists_and_keeps_its_page(room: TestClient) -> None:
    store = store_of(room)
    (entry,) = store.entries(["e1"])
    correct(store, corrections.dismiss_entry(entry, by="Mara", at="2031-05-06T08:00:00Z"))
    assert "e1" not in listed(room.get("/ledger").text)
    assert "A person dismissed this entry" in room.get("/ledger/e1").text


def test_files_hold_what_the_filters_leave(room: TestClient) -> None:
    answer = room.get("/ledger.csv?who=council")
    assert answer.headers["content-type"].startswith("text/csv")
    assert {one["id"] for one in csv.DictReader(io.StringIO(answer.text))} == {"e2", "e3", "e4", "e5"}
    dated = room.get("/ledger.ics?who=council")
    assert "attachment" in dated.headers["content-disposition"]
    assert {str(one["uid"]) for one in Calendar.from_ical(dated.content).walk("VEVENT")} == {"e2", "e3", "e4"}


def test_an_empty_ledger_says_where_entries_come_from() -> None:
    with client() as empty:
        assert "No commitment is known so far" in empty.get("/ledger").text
        assert empty.get("/ledger/calendar").status_code == 200


# views ----------------------------------------------------------------------------------------------------------------


def test_a_row_counts_reports_origins_and_days_since() -> None:
    lines = (line("l1", A, origin="o"), line("l2", A, origin="o"), line("l3", A))
    made = row(standing([promised(due_date="2031-05")], TODAY)[0], TODAY)
    assert (made.reports, made.origins, made.late) == (1, 1, 20)
    assert row(written("e", None), TODAY).late is None
    assert row(LedgerEntry("e", None, "x", "open", "", lines), TODAY).origins == 2


def test_the_status_that_a_person_set_is_not_the_calendars() -> None:
    entry = promised(due_date="2031-05")
    assert standing([entry], TODAY)[0].status == "overdue"
    assert standing([entry], TODAY, ["e1"])[0].status == "open"


def test_history_marks_what_the_status_rests_on_and_bears_lost_articles() -> None:
    told = line("l1", A, amount=2e6, unit="EUR")
    entry = LedgerEntry("e", None, "x", "withdrawn", "", (told,), rests_on=(Citation(*place(told), told.text),))
    (one,) = history(entry, {"a": A.text})
    assert one.rests
    assert one.held
    assert one.amount == "€2 million"
    assert one.finding is None
    (lost,) = history(entry, {})
    assert not lost.held
    assert lost.words.text == told.text
    assert rests_on(entry)[0][1] == told


def place(told: object) -> tuple[str, int, int]:
    return (told.article, told.start, told.end)  # type: ignore[attr-defined]


def test_a_month_has_whole_weeks_and_only_its_own_days_have_entries() -> None:
    rows = [row(written(f"e{n}", due), TODAY) for n, due in enumerate(("2031-06-01", "2031-07-01", "2031-06", "2031"))]
    made = month(date(2031, 6, 1), rows, TODAY)
    assert all(len(week) == 7 and week[0].day.weekday() == 0 for week in made.weeks)
    assert [one.day for one in made.days] == [date(2031, 6, 1)]
    assert [one.entry.id for one in (*made.loose, *made.yearly)] == ["e2", "e3"]
    assert [one.day for week in made.weeks for one in week if one.today] == [TODAY]
    assert (made.before, made.after) == ("2031-05", "2031-07")


def test_every_month_that_calendars_have_can_be_drawn() -> None:
    for first in (date(1, 1, 1), date(9999, 12, 1), date(2032, 2, 1)):
        made = month(first, (), TODAY)
        inside = [one.day for week in made.weeks for one in week if one.inside]
        assert not inside or (inside[0] == first and inside[-1].month == first.month)
    assert month(date(1, 1, 1), (), TODAY).before is None
    assert month(date(9999, 12, 1), (), TODAY).after is None
