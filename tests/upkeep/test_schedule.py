"""When feeds and pages are due: by the clock that is handed in, never by luck."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from accord.records import Listing
from accord.stores.store import Feed, Visit
from accord.upkeep.schedule import DAY, GONE, HOUR, PLAN, WEEK, Outcome, after, backoff, due, iso, read, turned, visited

NOON = datetime(2031, 3, 3, 12, tzinfo=UTC)
FEED = Feed("https://herald.example/feed", iso(NOON))
FAILED = Outcome(problem="it did not answer", status=None)


def seconds(time: str) -> float:
    return (datetime.fromisoformat(time) - NOON).total_seconds()


@given(some.text(max_size=40), some.floats(0.1, DAY), some.integers(1, 60))
def test_a_failing_feed_waits_twice_as_long_each_time_up_to_a_day(url: str, every: float, failures: int) -> None:
    full = min(DAY, every * 2**failures)
    assert full * 0.75 <= backoff(url, every, failures) <= full
    assert backoff(url, every, failures) == backoff(url, every, failures)


def test_feeds_of_one_host_do_not_come_back_at_once() -> None:
    assert len({backoff(f"https://herald.example/{n}", 600.0, 3) for n in range(20)}) == 20


def test_a_feed_that_works_is_due_after_the_usual_time() -> None:
    made = read(Feed(FEED.url, FEED.next, 4, "it was down"), Outcome(FEED.url), 600.0, NOON)
    assert made == Feed(FEED.url, after(NOON, 600), 0, None, iso(NOON))


def test_a_server_that_asks_for_time_gets_it() -> None:
    made = read(FEED, Outcome(problem="busy", status=503, wait=3 * DAY), 600.0, NOON)
    assert seconds(made.next) == 3 * DAY
    made = read(FEED, Outcome(problem="busy", status=503, wait=400 * DAY), 600.0, NOON)
    assert seconds(made.next) == WEEK


def test_a_feed_that_comes_but_cannot_be_read_is_never_left_for_long() -> None:
    weeks = Feed(FEED.url, FEED.next, 30, "the feed has no entry")
    assert seconds(read(weeks, Outcome(FEED.url, "the feed has no entry", fetched=True), 600.0, NOON).next) == 3600


def test_a_feed_that_is_gone_is_asked_once_a_week() -> None:
    made = read(FEED, Outcome(problem="gone", status=410), 600.0, NOON)
    assert (made.problem, seconds(made.next)) == (GONE, WEEK)


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (Feed("u", ""), Feed("u", "", 1, "down"), True),
        (Feed("u", "", 1, "down"), Feed("u", "", 2, "still down"), False),
        (Feed("u", "", 2, "down"), Feed("u", ""), True),
        (Feed("u", "", 2, "down"), Feed("u", "", 3, GONE), True),
        (Feed("u", "", 3, GONE), Feed("u", "", 4, GONE), False),
        (Feed("u", ""), Feed("u", ""), False),
    ],
)
def test_a_change_of_state_is_told(before: Feed, now: Feed, told: bool) -> None:
    assert turned(before, now) == told


def test_a_page_is_visited_by_the_plan_and_then_never() -> None:
    visit, at, visits = Visit("u", ""), NOON, []
    while True:
        visit, _ = visited(visit, Outcome("u"), True, 600.0, at)
        if not visit.next:
            break
        at = datetime.fromisoformat(visit.next)
        visits.append((at - NOON).total_seconds())
    assert tuple(visits) == PLAN


def test_a_visit_that_a_list_asked_for_leaves_the_plan_as_it_is() -> None:
    planned = Visit("u", after(NOON, HOUR), 1, 0, iso(NOON))
    made, _ = visited(planned, Outcome("u"), True, 600.0, NOON + timedelta(minutes=20))
    assert made == Visit("u", planned.next, 1, 0, after(NOON, 1200))


@pytest.mark.parametrize(
    ("modified", "wanted"),
    [
        ("2031-03-03T12:30:00Z", True),
        ("2031-03-03T13:30:00+01:00", True),
        ("Mon, 03 Mar 2031 12:30:00 GMT", True),
        ("2031-03-03T11:59:00Z", False),
        ("2031-03-03", False),
        ("2031-03-04", False),
        ("2031-03-05T12:00:00Z", False),
        ("0001-01-01T00:00:00+23:00", False),
        ("soon", False),
        (None, False),
    ],
)
def test_a_page_that_its_list_calls_modified_is_asked_for(modified: str | None, wanted: bool) -> None:
    visit = Visit("u", after(NOON, DAY), 1, 0, iso(NOON))
    assert due(visit, Listing(modified=modified), NOON + timedelta(hours=1)) == wanted


def test_a_held_page_is_taken_down_when_it_is_missing_twice_or_gone_once() -> None:
    held = Visit("u", iso(NOON), 2, 0, iso(NOON))
    missing = Outcome(problem="404", status=404)
    once, down = visited(held, missing, True, 600.0, NOON)
    assert (once.missed, seconds(once.next), down) == (1, 6 * HOUR, False)
    assert visited(once, missing, True, 600.0, NOON) == (Visit("u", "", 2, 2, iso(NOON)), True)
    assert visited(once, Outcome("u"), True, 600.0, NOON)[0].missed == 0
    assert visited(held, Outcome(problem="410", status=410), True, 600.0, NOON)[1]


def test_a_held_page_that_cannot_be_had_for_the_moment_stays_in_the_plan() -> None:
    held = Visit("u", iso(NOON), 2, 0, iso(NOON))
    made, down = visited(held, FAILED, True, 600.0, NOON)
    assert (made.seen, made.missed, down) == (3, 0, False)


@pytest.mark.parametrize(("status", "tries"), [(404, 5), (403, 5), (503, 12), (429, 12), (None, 12)])
def test_a_page_that_was_never_had_is_tried_a_few_times(status: int | None, tries: int) -> None:
    visit, count = Visit("u", ""), 0
    while count == 0 or visit.next:
        visit, down = visited(visit, Outcome(problem="no", status=status), False, 600.0, NOON)
        count += 1
        assert not down
    assert count == tries
