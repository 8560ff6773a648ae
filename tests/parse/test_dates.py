"""`to_day`: one day out of what files write, or a clear refusal."""

from __future__ import annotations

import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.parse.dates import to_day


@pytest.mark.parametrize(
    "value",
    [
        "2021-06-08",
        " 2021-06-08 ",
        "2021-06-08T23:30:00Z",
        "2021-06-08T23:30:00-07:00",
        "2021-06-08 at noon",
        "2021/6/8",
        "20210608",
        "20210608T101112Z",
        20210608,
        "June 8, 2021",
        "Jun. 8th, 2021",
        "8 June 2021",
        "8th of June 2021",
        "Tuesday, June 8, 2021 at 3:45 PM EDT",
        "Updated June 8, 2021, 10:12 a.m. ET",
        "Tue, 08 Jun 2021 10:00:00 GMT",
        "8 de junio de 2021",
        "8. Juni 2021",
        "08.06.2021",
        1623148800,
        1623148800.5,
        1623148800123,
        "1623148800",
    ],
)
def test_to_day_reads_iso_written_and_numeric_dates(value: str | int | float) -> None:
    assert to_day(value) == "2021-06-08"


def test_to_day_reads_numeric_dates_that_can_be_read_one_way_only() -> None:
    assert to_day("6/23/2021") == to_day("23/06/2021") == to_day("23-6-2021") == "2021-06-23"
    assert to_day("7/7/2021") == "2021-07-07"


@pytest.mark.parametrize("value", ["6/8/2021", "08-06-2021"])
def test_to_day_refuses_dates_that_can_be_read_two_ways(value: str) -> None:
    with pytest.raises(ValueError, match=r"could change places; write it as an ISO day such as 2024-05-31"):
        to_day(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "Tuesday",
        "June 2021",
        "2021",
        "2021-06",
        "2021-02-31",
        "31.02.2021",
        "13/13/2021",
        "May 99, 2021",
        "Blah 12 2021",
        "12345",
        "x" * 10_000,
        "²/²/2021",
    ],
)
def test_to_day_refuses_what_names_no_single_day(value: str) -> None:
    with pytest.raises(ValueError, match=r"names no single day; write it as") as caught:
        to_day(value)
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize("value", [0, -1, 12345, True, 1e30, float("nan"), float("inf"), 10**400])
def test_to_day_refuses_numbers_that_are_no_time_stamp(value: float) -> None:
    with pytest.raises(ValueError, match=r"no time stamp"):
        to_day(value)


@given(st.dates(datetime.date(1000, 1, 1)))
def test_to_day_keeps_iso_days(day: datetime.date) -> None:
    assert to_day(day.isoformat()) == day.isoformat()


@given(st.text(st.sampled_from("0123456789-/. TZMay")))
def test_to_day_gives_a_day_or_says_why_not(value: str) -> None:
    with contextlib.suppress(ValueError):
        day = to_day(value)
        assert datetime.date.fromisoformat(day).isoformat() == day
