"""How far, how fast, how long."""

import pytest

from accord.cli import pace as pacing
from accord.cli.pace import Pace, pace, span


def test_pace_says_how_fast_and_how_long() -> None:
    now = [0.0]
    told = Pace(lambda: now[0])
    assert told("read", 0, 0) == "0"
    now[0] = 10.0
    assert told("read", 50, 0) == "50, 5.0 a second"
    assert told("analyze", 400, 1000) == "400 of 1,000"
    now[0] = 20.0
    assert told("analyze", 500, 1000) == "500 of 1,000, 10.0 a second, 50 s left"
    assert told("analyze", 1000, 1000) == "1,000 of 1,000, 60.0 a second"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.2, "1 s"), (89, "89 s"), (600, "10 min"), (5400, "1 h 30 min"), (7 * 86400, "7 days")],
)
def test_spans_are_in_the_unit_that_fits(seconds: float, told: str) -> None:
    assert span(seconds) == told


def test_a_log_gets_a_line_every_half_minute(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [100.0]
    monkeypatch.setattr(pacing.time, "monotonic", lambda: now[0])
    with pace(quiet=False) as show:
        assert show is not None
        for done in range(5):
            show("analyze", done, 4)
            now[0] += 10
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("accord: analyze: 3 of 4")


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with pace(quiet=True) as show:
        assert show is None
    assert capsys.readouterr().err == ""
