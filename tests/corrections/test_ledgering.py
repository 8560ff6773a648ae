"""Corrections reach the ledger: dismissed entries and lines, statuses, and what lines were read as."""

from __future__ import annotations

from dataclasses import replace

from accord.corrections import dismiss_entry, dismiss_finding, fix_speaker, fix_value, ledger_applied, set_status
from accord.records import Citation, Commitment, Correction, Finding, LedgerEntry, LedgerLine, Quote

WHO = {"by": "Mara Tolk", "at": "2031-03-06T08:00:00Z"}
MADE = LedgerLine(
    "l1",
    "a",
    10,
    60,
    "The board promised 40 sandbags to each farm in Velm.",
    "made",
    "Herald",
    "The board",
    "40 sandbags",
    published="2031-03-01",
    strength="promised",
    amount=40.0,
    unit="sandbag",
)
DONE = LedgerLine(
    "l2",
    "b",
    5,
    50,
    "Every farm had its sandbags by Friday, Olsk said.",
    "done",
    "Courier",
    "The board",
    "sandbags",
    published="2031-03-09",
    speaker="Marit Olsk",
)
ENTRY = LedgerEntry(
    "e1",
    "The board",
    "40 sandbags",
    "reported done",
    "the latest word is that it was done",
    (MADE, DONE),
    amount=40.0,
    unit="sandbag",
    made="2031-03-01",
    latest="2031-03-09",
    rests_on=(Citation("b", 5, 50, DONE.text),),
)
OTHER = replace(ENTRY, id="e2", lines=(replace(MADE, id="l3", article="c"),), status="open", rests_on=())


def one(*corrections: Correction, later: dict[str, str] | None = None) -> LedgerEntry:
    found = ledger_applied([ENTRY, OTHER], corrections, later)
    assert found.entries[-1] == OTHER
    return found.entries[0]


def finding(line: LedgerLine) -> Finding:
    citation = Citation(line.article, line.start, line.end, line.text)
    return Finding("f", "commitment", line.text, "single", None, 1, (line.outlet,), (citation,))


def test_a_dismissed_entry_is_left_out() -> None:
    found = ledger_applied([ENTRY, OTHER], [dismiss_entry(ENTRY, **WHO)])
    assert found.entries == (OTHER,)
    assert [each.correction.kind for each in found.applied] == ["entry dismissed"]


def test_an_entry_that_grew_since_is_dismissed_still_and_one_that_shares_a_line_is_not() -> None:
    lines = (*ENTRY.lines, *(replace(DONE, id=f"x{n}", article=f"x{n}") for n in range(6)))
    assert ledger_applied([replace(ENTRY, lines=lines)], [dismiss_entry(ENTRY, **WHO)]).entries == ()
    beside = replace(ENTRY, id="e3", lines=(DONE, *lines[2:]))
    assert ledger_applied([beside], [dismiss_entry(ENTRY, **WHO)]).entries == (beside,)


def test_a_status_that_a_person_gave_is_fixed() -> None:
    made = set_status(ENTRY, "withdrawn", **WHO, note="I rang them")
    found = ledger_applied([ENTRY, OTHER], [made])
    assert (found.entries[0].status, found.entries[0].rule) == ("withdrawn", "as Mara Tolk says: I rang them")
    assert (found.entries[0].rests_on, found.fixed) == ((), {"e1"})
    assert found.applied[0].changed.endswith("from reported done to withdrawn")


def test_terms_follow_what_is_read() -> None:
    pledge = Commitment("a", 10, 60, MADE.text, "The board", "40 sandbags", "promised", amount=40.0, unit="sandbag")
    entry = one(fix_value(pledge, "amount", "400", **WHO), fix_value(pledge, "due_date", "2031-03-31", **WHO))
    assert (entry.amount, entry.lines[0].amount, entry.due_date, entry.lines[0].due_date) == (
        400.0,
        400.0,
        "2031-03-31",
        "2031-03-31",
    )
    assert entry.lines[1] == DONE


def test_a_second_correction_made_on_the_machine_s_reading_wins() -> None:
    pledge = Commitment("a", 10, 60, MADE.text, "The board", "40 sandbags", "promised", amount=40.0, unit="sandbag")
    first = fix_value(pledge, "amount", "400", **WHO)
    other = fix_value(pledge, "amount", "44", by="Jon", at="2031-03-07T08:00:00Z")
    assert one(other, first).amount == 44.0


def test_a_speaker_of_a_line_is_corrected() -> None:
    said = Quote("b", 5, 40, DONE.text[:35], "indirect", "Marit Olsk")
    assert one(fix_speaker(said, "Tor Olsk", **WHO)).lines[1].speaker == "Tor Olsk"


def test_a_dismissed_finding_takes_its_lines_along() -> None:
    entry = one(dismiss_finding(finding(DONE), **WHO))
    assert (entry.lines, entry.latest, entry.rests_on) == ((MADE,), "2031-03-01", ())
    assert (entry.status, entry.rule) == ("open", "what it rested on was dismissed by Mara Tolk")
    assert ledger_applied([ENTRY], [dismiss_finding(finding(MADE), **WHO)]).entries == ()


def test_lines_of_later_versions_are_known() -> None:
    newer = replace(ENTRY, lines=(replace(MADE, article="a2", start=90, end=142), DONE))
    found = ledger_applied([newer], [dismiss_finding(finding(MADE), **WHO)], {"a": "a1", "a1": "a2"})
    assert found.entries == ()
    assert ledger_applied([newer], [dismiss_finding(finding(MADE), **WHO)]).entries == (newer,)


def test_without_corrections_entries_stay_as_they_are() -> None:
    undone = replace(dismiss_entry(ENTRY, **WHO), undone="2031-03-07T08:00:00Z", undone_by="Jon")
    found = ledger_applied([ENTRY, OTHER], [undone])
    assert (found.entries, found.applied, found.fixed) == ((ENTRY, OTHER), (), frozenset())
