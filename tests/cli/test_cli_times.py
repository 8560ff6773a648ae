"""Days, times and lengths of time on the command line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from accord.cli.times import day, moment, seconds, stretch


@pytest.mark.parametrize(
    ("value", "length"), [("90s", 90), ("10m", 600), (" 2H ", 7200), ("1 d", 86400), ("1w", 604800)]
)
def test_a_length_of_time_is_seconds(value: str, length: int) -> None:
    assert seconds(value, "--every") == length


@pytest.mark.parametrize("value", ["", "10", "m", "0s", "-5m", "1h30m", "1.5h", "ten m", "٣m", "999999w", "10m\n5m"])
def test_what_is_no_length_of_time_is_bad_usage(value: str) -> None:
    with pytest.raises(typer.BadParameter, match="write it as 90s, 10m, 2h, 1d or 1w") as caught:
        seconds(value, "--every")
    assert caught.value.param_hint == "--every"


@pytest.mark.parametrize(
    ("value", "time"),
    [
        ("2024-06-01T09:00+02:00", "2024-06-01T07:00:00Z"),
        ("2024-06-01T09:00:00Z", "2024-06-01T09:00:00Z"),
        ("2024-06-01 09:00", "2024-06-01T09:00:00Z"),
        ("2024-06-01", "2024-06-01"),
        ("June 1, 2024", "2024-06-01"),
    ],
)
def test_a_moment_is_a_time_in_utc_or_a_day(value: str, time: str) -> None:
    assert moment(value, "--since") == time


def test_how_long_ago_counts_from_now() -> None:
    ago = datetime.fromisoformat(moment("2h", "--since") or "")
    assert abs(datetime.now(UTC) - timedelta(hours=2) - ago) < timedelta(minutes=1)
    assert date.fromisoformat(day("3d", "--since") or "") in {
        (datetime.now() - timedelta(days=3, minutes=late)).date() for late in (0, 1)
    }


@pytest.mark.parametrize("read", [moment, day])
def test_nothing_given_is_nothing(read: Callable[[str | None, str], str | None]) -> None:
    assert read(None, "--since") is None
    assert stretch(None, "--due") is None


@pytest.mark.parametrize("read", [moment, day])
@pytest.mark.parametrize("value", ["soon", "6/8/2021", "2024-02-30", "", "\x1b[31m", "0000-01-01", "9" * 400])
def test_what_is_no_day_is_bad_usage(read: Callable[[str | None, str], str | None], value: str) -> None:
    with pytest.raises(typer.BadParameter, match="such as 2024-05-31, or how long ago, as 2d"):
        read(value, "--since")


def test_a_time_before_all_time_is_read_or_refused() -> None:
    for value in ("0001-01-01T00:00+02:00", "9999-12-31T23:59-02:00"):
        with suppress(typer.BadParameter):
            moment(value, "--since")


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2024-06-08", ("2024-06-08", "2024-06-08")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-06-08..", ("2024-06-08", None)),
        ("..2024-06", (None, "2024-06-30")),
        ("2024-06 .. 2025", ("2024-06-01", "2025-12-31")),
    ],
)
def test_a_stretch_has_a_first_and_a_last_day(value: str, days: tuple[str | None, str | None]) -> None:
    assert stretch(value, "--due") == days


@pytest.mark.parametrize("value", ["", "..", "2024-13", "0000", "2024-06-01..2024-05-01", "soon..", "2d", "1..2..3"])
def test_what_is_no_stretch_is_bad_usage(value: str) -> None:
    with pytest.raises(typer.BadParameter):
        stretch(value, "--due")


@given(st.dates(), st.dates())
def test_any_two_days_in_order_are_a_stretch(one: date, other: date) -> None:
    first, last = min(one, other).isoformat(), max(one, other).isoformat()
    assert stretch(f"{first}..{last}", "--due") == (first, last)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (moment, day, stretch, seconds):
        with suppress(typer.BadParameter):
            read(text, "--option")
