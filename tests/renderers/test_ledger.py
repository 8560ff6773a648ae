import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

from icalendar import Calendar

from accord.records import Citation, LedgerEntry, LedgerLine
from accord.renderers.ledger import COLUMNS, RENDERERS, due_day, render_csv, render_ics, render_json, render_text

MADE = LedgerLine(
    "l1", "a1", 0, 22, "will buy a second ferry", "made", "Tarn Herald", "Orlen council", "buy a second ferry",
    published="2031-03-04", strength="planned", due="by the end of June", due_date="2031-06", keys=("ferr|second",),
)  # fmt: skip
DENIED = LedgerLine(
    "l2", "a2", 5, 35, "has still not been bought", "denied", "Orlen Post", None, "not bought", published="2031-05-09"
)
ENTRY = LedgerEntry(
    "e1", "Orlen council", "buy a second ferry", "open", "no report says what became of it", (MADE, DENIED),
    to_whom="Tarn", strength="planned", amount=1.5e6, unit="EUR", due="by the end of June", due_date="2031-06",
    made="2031-03-04", latest="2031-05-09",
)  # fmt: skip
BARE = LedgerEntry("e2", None, "=SUM(A1)", "withdrawn", "the latest word is that it will not be done", (MADE,),
                   rests_on=(Citation("a1", 0, 3, "dropped"),))  # fmt: skip

TEXT = """1 commitment

Orlen council: buy a second ferry
  open: no report says what became of it
  to Tarn · 1,500,000 EUR · due 2031-06 (by the end of June) · planned · made 2031-03-04 · latest word 2031-05-09
  – Tarn Herald, 2031-03-04, made: “will buy a second ferry”
  – Orlen Post, 2031-05-09, denied: “has still not been bought”
"""


def test_an_entry_is_a_paragraph_with_its_status_terms_and_evidence() -> None:
    assert render_text([ENTRY]) == TEXT
    assert render_text([]) == "no commitments\n"


def test_long_evidence_is_cut_and_the_latest_word_is_kept() -> None:
    many = replace(ENTRY, lines=tuple(replace(MADE, id=str(n), outlet=f"Outlet {n}") for n in range(9)))
    text = render_text([many])
    assert "Outlet 8" in text
    assert "Outlet 6" not in text
    assert text.endswith("  and 3 more\n")


def test_the_document_has_every_line_with_its_span() -> None:
    document = json.loads(render_json([ENTRY]))
    assert document["schema"] == "accord/ledger@1"
    (entry,) = document["entries"]
    assert [(line["start"], line["end"], line["says"]) for line in entry["lines"]] == [
        (0, 22, "made"),
        (5, 35, "denied"),
    ]
    assert "keys" not in entry["lines"][0]


def test_the_table_is_safe_in_a_spreadsheet() -> None:
    rows = list(csv.DictReader(io.StringIO(render_csv([ENTRY, BARE]))))
    assert list(rows[0]) == list(COLUMNS)
    assert (rows[0]["amount"], rows[0]["reports"], rows[0]["outlets"]) == ("1500000", "2", "Tarn Herald; Orlen Post")
    assert rows[1]["what"] == "'=SUM(A1)"
    assert rows[1]["rests_on"] == "dropped"


def test_the_calendar_has_an_all_day_event_on_the_last_day() -> None:
    calendar = Calendar.from_ical(render_ics([ENTRY, BARE]))
    (event,) = calendar.events
    assert (event.uid, event.DTSTART, event.DTEND) == ("e1", date(2031, 6, 30), date(2031, 7, 1))
    assert event["summary"] == "Orlen council: buy a second ferry"
    assert datetime(2031, 5, 9, tzinfo=UTC) == event.DTSTAMP


def test_the_same_ledger_is_the_same_bytes() -> None:
    at = datetime(2031, 8, 1, 12, tzinfo=UTC)
    assert render_ics([ENTRY, BARE]) == render_ics([ENTRY, BARE])
    assert b"DTSTAMP:20310801T120000Z" in render_ics([ENTRY], at)


def test_a_due_date_ends_with_its_month_or_year() -> None:
    assert due_day("2032-02") == date(2032, 2, 29)
    assert due_day("2031") == date(2031, 12, 31)
    assert due_day("soon") is due_day(None) is None


def test_there_is_a_renderer_for_each_format() -> None:
    assert set(RENDERERS) == {"text", "json", "csv", "ics"}
