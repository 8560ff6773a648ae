"""Jobs, feeds and what was left out, as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from accord.stores.store import Feed
    from accord.upkeep.followed import Followed
    from accord.web.work.jobs import Job

STAGES = {
    "": "waiting",
    "start": "getting ready",
    "read": "reading and analyzing reports",
    "feeds": "reading feeds",
    "analyze": "analyzing reports",
    "brief": "comparing reports and writing briefings",
}
"""What a job does, by the stage that upkeep names."""

STATES = {"waiting": "Waiting", "running": "At work", "done": "Done", "stopped": "Stopped", "failed": "Failed"}
MOST_SHOWN = 100
_NEW = "new story"


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A feed in the list: its state is "reads well", "fails", "not read yet" or "read elsewhere"."""

    url: str
    host: str
    name: str | None
    state: str
    read: str | None
    next: str | None
    problem: str | None
    failures: int
    by: str
    followed: bool


def sentence(words: str) -> str:
    """Return words of a message as a sentence: "it is empty" -> "It is empty."."""
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '?', '!')) else '.'}" if words else ""


def progress(job: Job) -> str:
    """Return how far a job is, in words: "Reading and analyzing reports, 12 so far"."""
    if job.state != "running":
        return STATES[job.state]
    words = STAGES.get(job.stage, job.stage)
    words = words[:1].upper() + words[1:]
    if job.total:
        return f"{words}, {min(job.done + 1, job.total):,} of {job.total:,}"
    return f"{words}, {job.done:,} so far" if job.done else words


def outcome(job: Job) -> str:
    """Return what came of a job in a sentence; "" while it goes on.

    outcome(job) -> "2 new reports, 1 left out; 1 story changed."
    """
    if not job.over:
        return ""
    told = job.result
    parts = [
        _counted(told.get("articles", 0), "new report"),
        _counted(told.get("versions", 0), "new version"),
        f"{told['unchanged']:,} held already" if told.get("unchanged") else "",
        f"{job.left_out:,} left out" if job.left_out else "",
        f"{_counted(job.followed, 'feed')} followed" if job.followed else "",
    ]
    counts = ", ".join(part for part in parts if part)
    changed = told.get("changed", 0)
    stories = f"{changed:,} {'story' if changed == 1 else 'stories'} changed" if changed else ""
    return "; ".join(part for part in (counts, stories) if part) or ("nothing was new" if job.state == "done" else "")


def lasted(job: Job, now: float) -> str:
    """Return how long a job has been at work: "", "12 s", "3 min 5 s"."""
    if job.begun is None:
        return ""
    seconds = int((job.ended or now) - job.begun)
    return f"{seconds // 60} min {seconds % 60} s" if seconds >= 60 else f"{seconds} s"


def moment(seconds: float) -> str:
    """Return a time of the clock as ISO in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def shown(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of a job that its page shows."""
    return list(rows[:MOST_SHOWN])


def news(job: Job) -> list[dict[str, Any]]:
    """Return the updates that a job's page tells: at its end new stories stand among those that changed."""
    return [row for row in list(job.updates) if not (job.over and row["kind"] == _NEW)]


def changes(job: Job) -> int:
    """Return how many these are, with those of which nothing was kept."""
    return job.changes - len(job.updates) + len(news(job))


def feed_lines(followed: Iterable[Followed], known: Iterable[Feed]) -> list[FeedLine]:
    """Return the feeds that a store follows, those that fail first, then those that a watch reads from its own list."""
    states = {feed.url: feed for feed in known}
    lines = [_line(feed.url, feed.outlet, feed.by, states.pop(feed.url, None), True) for feed in followed]
    lines += [_line(url, None, "", feed, False) for url, feed in states.items() if feed.next]
    return sorted(lines, key=lambda line: (not line.followed, line.state != "fails", line.host, line.url))


def _line(url: str, name: str | None, by: str, feed: Feed | None, followed: bool) -> FeedLine:
    if feed is not None and feed.failures:
        state = "fails"
    else:
        state = "reads well" if feed is not None and feed.read else "not read yet"
    return FeedLine(
        url=url,
        host=urlsplit(url).netloc.rpartition("@")[2],
        name=name,
        state=state,
        read=feed.read if feed else None,
        next=(feed.next or None) if feed else None,
        problem=feed.problem if feed and feed.failures else None,
        failures=feed.failures if feed else 0,
        by=by,
        followed=followed,
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else ""
