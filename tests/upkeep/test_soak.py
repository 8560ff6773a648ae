"""The soak in its short form: a few feeds for a few days, one kill, one stop. `make soak` runs the long one."""

from __future__ import annotations

from pathlib import Path

from upkeep.soak import soak


def test_nothing_is_lost_or_doubled_though_feeds_fail_and_the_watch_is_killed(tmp_path: Path) -> None:
    report = soak(tmp_path, feeds=5, items=40, hosts=3, days=1.0, change=0.5, kills=1, stops=0, seed=1)
    assert (report.lost, report.doubled, report.outdated) == ([], [], [])
    assert (report.wrongly_gone, report.too_many, report.damage) == ([], [], [])
    assert report.held == report.items - report.never
    assert report.never <= 2
    assert report.unseen <= 5  # served to the process that was killed
    assert report.retracted > 0
    assert report.still_up == []
    assert report.counts["304"] > 0
    assert report.kills == 1
    assert max(report.stops) < 5.0
