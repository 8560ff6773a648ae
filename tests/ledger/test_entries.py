from datetime import date

from accord.ledger import as_of, compiled

from .samples import FERRY, FERRY_AGAIN, FERRY_BOUGHT, FERRY_NOT_BOUGHT, MILL, MILL_KEPT, SCHOOLS, SCHOOLS_RAISED


def test_an_entry_tells_who_what_and_how_it_stands() -> None:
    (entry,) = compiled([SCHOOLS, SCHOOLS_RAISED])
    assert (entry.who, entry.what, entry.strength) == ("Norvia", "rebuild schools in Istra", "promised")
    assert (entry.amount, entry.unit, entry.status) == (150e6, "USD", "changed")
    assert (entry.made, entry.latest) == ("2031-02-01", "2031-05-20")
    assert [citation.text for citation in entry.rests_on] == [SCHOOLS_RAISED.text]
    assert entry.lines == (SCHOOLS, SCHOOLS_RAISED)


def test_an_entry_is_overdue_once_the_last_day_of_its_due_date_is_over() -> None:
    (entry,) = compiled([FERRY])
    assert as_of(entry, date(2031, 6, 30)).status == "open"
    late = as_of(entry, date(2031, 7, 1))
    assert (late.status, late.rests_on) == ("overdue", ())
    assert "2031-06" in late.rule
    assert as_of(late, date(2032, 1, 1)) == late


def test_a_word_of_an_outcome_outlives_the_due_date() -> None:
    for lines in ([FERRY, FERRY_BOUGHT], [MILL, MILL_KEPT]):
        (entry,) = compiled(lines)
        assert as_of(entry, date(2040, 1, 1)) == entry


def test_entries_keep_their_ids_as_lines_come() -> None:
    (first,) = compiled([FERRY])
    (later,) = compiled([FERRY_BOUGHT, FERRY_AGAIN, FERRY], {FERRY.id: first.id})
    assert later.id == first.id
    assert compiled([FERRY])[0].id == first.id


def test_two_entries_never_share_an_id() -> None:
    before = {FERRY.id: "one", MILL.id: "one", MILL_KEPT.id: "one"}
    entries = compiled([FERRY, MILL, MILL_KEPT], before)
    assert {entry.what: entry.id == "one" for entry in entries} == {MILL.what: True, FERRY.what: False}


def test_nothing_makes_no_entries() -> None:
    assert compiled([]) == ()


def test_what_is_looked_back_on_as_promised_is_shown_as_promised() -> None:
    assert compiled([FERRY])[0].strength == "planned"
    assert compiled([FERRY, FERRY_NOT_BOUGHT])[0].strength == "promised"
