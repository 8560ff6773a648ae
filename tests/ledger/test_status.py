"""One test a rule of docs/ledger.md."""

from dataclasses import replace

import pytest

from accord.ledger.history import history_of
from accord.ledger.status import judged
from accord.records import LedgerLine

from .samples import (
    FERRY,
    FERRY_AGAIN,
    FERRY_BOUGHT,
    FERRY_NOT_BOUGHT,
    MILL,
    MILL_KEPT,
    SCHOOLS,
    SCHOOLS_RAISED,
    line,
)

FLIGHTS = line(
    "Kestrin airport will ban night flights from January", "2031-03-03", what="ban night flights from January"
)
FLIGHTS_DROPPED = line(
    "Kestrin airport has abandoned plans to ban night flights",
    "2031-09-09",
    "withdrawn",
    recalled=True,
    strength="planned",
)
FLIGHTS_AFTER_ALL = line(
    "Kestrin airport will ban night flights after all", "2031-11-11", what="ban night flights after all"
)
FLIGHTS_NOT_YET = line("Kestrin airport has still not banned night flights", "2031-06-09", "denied")
FERRY_NOT_YET = replace(FERRY_NOT_BOUGHT, id="early", published="2031-06-29")
HOMES = line("Petra Lund promised to build 5,000 homes in Ardale", "2031-01-20", what="build 5,000 homes in Ardale")
HOMES_PARTLY = line("Some 2,000 of the 5,000 homes have been built so far", "2032-11-08", "partly done")
HOMES_ALL = line("All 5,000 homes have been built", "2033-11-08", "done")
RETURNS = line("Ruth Amsel promised to publish her tax returns", "2031-05-12", what="publish her tax returns")
NEVER = line(
    "she never promised to publish her tax returns", "2031-05-20", "denied", speaker="Ruth Amsel", recalled=True
)
DAM = line(
    "Norpower will finish repairs to the dam by 30 June",
    "2031-04-04",
    what="finish repairs to the dam",
    due_date="2031-06-30",
)
DAM_MISSED = line("Norpower missed its deadline for the repair of the dam", "2031-07-02", "denied", recalled=True)
DAM_LATER = line(
    "the repairs to the dam would now be completed in August",
    "2031-07-02",
    what="completed in August",
    due_date="2031-08",
)
PAID = line("Norvia has paid the $130 million for the schools", "2031-06-01", "done", amount=130e6, unit="USD")
NOT_PAID = line("no money has arrived for the schools", "2031-06-01", "denied", speaker="Tomas Reyle")


@pytest.mark.parametrize(
    ("lines", "status", "rests_on"),
    [
        ([FERRY], "open", []),
        ([FERRY, FERRY_AGAIN], "open", []),
        ([FERRY, FERRY_BOUGHT], "reported done", [FERRY_BOUGHT]),
        ([FERRY, FERRY_NOT_BOUGHT], "overdue", [FERRY_NOT_BOUGHT]),
        ([FERRY, FERRY_NOT_YET], "open", [FERRY_NOT_YET]),
        ([FLIGHTS, FLIGHTS_NOT_YET], "open", [FLIGHTS_NOT_YET]),
        ([HOMES, HOMES_PARTLY], "reported partly done", [HOMES_PARTLY]),
        ([HOMES, HOMES_PARTLY, HOMES_ALL], "reported done", [HOMES_ALL]),
        ([SCHOOLS, SCHOOLS_RAISED], "changed", [SCHOOLS_RAISED]),
        ([MILL, MILL_KEPT], "withdrawn", [MILL_KEPT]),
        ([FLIGHTS, FLIGHTS_DROPPED, FLIGHTS_AFTER_ALL], "open", []),
        ([RETURNS, NEVER], "disputed", [NEVER]),
        ([SCHOOLS, PAID, NOT_PAID], "disputed", [PAID, NOT_PAID]),
        ([DAM, DAM_MISSED], "overdue", [DAM_MISSED]),
        ([DAM, DAM_MISSED, DAM_LATER], "changed", [DAM_LATER]),
    ],
)
def test_the_first_rule_that_applies_decides(lines: list[LedgerLine], status: str, rests_on: list[LedgerLine]) -> None:
    found, _, told = judged(history_of(lines))
    assert found == status
    assert [each.line.text for each in told] == [each.text for each in rests_on]


def test_a_denial_before_the_word_that_it_was_done_is_overtaken() -> None:
    early = replace(NOT_PAID, published="2031-05-01")
    assert judged(history_of([SCHOOLS, early, PAID]))[0] == "reported done"


def test_a_denial_after_the_word_that_it_was_done_disputes_it() -> None:
    late = replace(NOT_PAID, published="2031-08-01")
    assert judged(history_of([SCHOOLS, PAID, late]))[0] == "disputed"


def test_scrapping_is_done_where_scrapping_was_what_was_promised() -> None:
    made = line("The council will scrap the harbour fee", "2031-01-04", what="scrap the harbour fee")
    gone = line("The council scrapped the harbour fee", "2031-02-04", "withdrawn")
    assert judged(history_of([made, gone]))[0] == "reported done"


def test_a_later_refusal_takes_a_plan_back() -> None:
    refusal = replace(FLIGHTS_AFTER_ALL, strength="refused", published="2031-05-05")
    assert judged(history_of([FLIGHTS, refusal]))[0] == "withdrawn"


def test_new_terms_hold_from_the_day_they_are_given() -> None:
    history = history_of([SCHOOLS, SCHOOLS_RAISED])
    assert (history.amount, history.unit) == (150e6, "USD")
    assert history_of([DAM, DAM_LATER]).due_date == "2031-08"


def test_a_look_back_changes_no_terms() -> None:
    again = replace(SCHOOLS, id="x", published="2031-09-01", recalled=True)
    history = history_of([SCHOOLS, SCHOOLS_RAISED, again])
    assert history.amount == 150e6
    assert judged(history)[0] == "changed"


def test_a_smaller_sum_than_promised_is_a_part() -> None:
    part = line("Norvia has rebuilt schools in Istra for $40 million", "2031-06-01", "done", amount=40e6, unit="USD")
    assert judged(history_of([SCHOOLS, part]))[0] == "reported partly done"


def test_work_that_has_begun_leaves_it_open() -> None:
    begun = line("Work on the 5,000 homes in Ardale started in May", "2031-06-01", "done")
    assert judged(history_of([HOMES, begun]))[0] == "open"


def test_what_was_over_before_it_was_promised_is_no_outcome() -> None:
    old = replace(FERRY_BOUGHT, date="2030")
    assert judged(history_of([FERRY, old]))[0] == "open"


def test_a_commitment_that_is_first_heard_of_as_dropped_is_withdrawn() -> None:
    assert judged(history_of([MILL_KEPT]))[0] == "withdrawn"


def test_an_end_that_is_told_with_no_longer_is_no_withdrawal() -> None:
    made = line("The note will cease to be legal tender on 31 March", "2031-01-04", what="cease to be legal tender")
    ahead = line("the note will no longer be accepted after 31 March", "2031-02-04", "withdrawn")
    after = line("the note is no longer accepted", "2031-04-04", "withdrawn")
    assert judged(history_of([made, ahead]))[0] == "open"
    assert judged(history_of([made, after]))[0] == "reported done"


def test_the_rule_tells_the_silence_from_the_word_that_it_was_not_done() -> None:
    rule = judged(history_of([FERRY, FERRY_NOT_BOUGHT]))[1]
    assert rule == "its due date 2031-06 has passed, and a report says that it was not done"
    assert judged(history_of([FERRY, FERRY_NOT_YET]))[1] == "a report says that it was not done so far"


def test_a_date_that_is_given_after_the_word_that_it_was_not_done_holds() -> None:
    assert judged(history_of([FERRY, FERRY_NOT_BOUGHT, replace(DAM_LATER, published="2031-07-20")]))[0] == "changed"
