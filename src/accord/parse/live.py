"""Live blogs: their entries with their times, in the order of the page, out of markup or JSON-LD.

A live blog is a page whose JSON-LD says so, or that holds three or more siblings, each with a time and with running
text, where the page's address, title or markup says "live" or "ticker".
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from accord.parse.dates import to_day, to_time
from accord.parse.jsonld import Node, text_of_value, types_of
from accord.parse.trees import lines_of, short_text, tree_of
from accord.parse.wording import is_furniture
from accord.records import Entry

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from accord.parse.metadata import Head

_MOST_ENTRIES = 1_000
_MOST_TIMES = 5_000
_FEWEST = 3
_LEAST_TEXT = 60
_HALF_DAY = 12
_STAMPS = (
    "data-timestamp",
    "data-time",
    "data-published",
    "data-date",
    "data-datetime",
    "data-created",
    "data-published-at",
    "data-block-time",
)
_LIVE_MARKUP = re.compile(
    r"(?:^|[\s_-])(?:live|liveblog\w*|live-?(?:blog|feed|posts?|updates?|stream|ticker|text)\w*|newsticker|ticker"
    r"|minute-by-minute|lx-\w+)(?:$|[\s_-])|live-?blog",
    re.I,
)
_LIVE_WORDS = re.compile(
    r"\blive(?:-?(?:blog|updates?|ticker|text|coverage))?\b|\bticker\b|minute by minute|as it happened|en direct\b"
    r"|en vivo\b|\bliveblog\b",
    re.I,
)
_LIVE_PARTS = ("live", "Live", "icker", "lx-")
_CLOCK = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?::[0-5]\d)?\s*(?P<half>[ap]\.?m\.?)?(?![\d:])", re.I
)
_NOT_LISTS = frozenset("nav aside footer header".split())
_TIMES = re.compile(
    r"(?:^|[\s_-])(?:time|timestamp|date|datetime|posted|clock|uhrzeit)(?:$|[\s_-])|timestamp|post-?time", re.I
)
_FURNITURE = re.compile(
    r"(?:pinned|(?:key|latest|top|main|recent) (?:events?|moments?|points?|updates?|posts?|developments?)"
    r"|live(?: (?:reporting|updates?|blog|feed|coverage))?"
    r"|(?:last )?updated\b.{0,60}|posted (?:at|on|by)?\b.{0,60}|published\b.{0,50}|just now|(?:an?"
    r"|\d+) (?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|[smhd])\.?(?: ago)?"
    r"|vor \d+ \w+|il y a \d+ \w+|hace \d+ \w+|copy (?:this )?(?:link|url)(?: to (?:this )?post)?"
    r"|(?:article )?share tools|link copied.*|permalink"
    r"|share(?: this)?(?: post| entry| update)?"
    r"|(?:show|load|view|see) (?:more|all|earlier|later|newer|older|new|previous)\b.{0,40}|\d+ new (?:posts?"
    r"|updates?)|filters?|filter by.{0,40}|sort by.{0,40}"
    r"|(?:newest|oldest|latest)(?: first)?|jump to .{1,60}|back to top|go to .{0,30}(?:latest|top)|auto-?(?:update"
    r"|refresh)\b.{0,40}|turn on .{0,30}notifications?"
    r"|breaking|new|live|refresh|follow live|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\W*$",
    re.I,
)
_STAMP_LINE = re.compile(
    r"(?:\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:uhr|h|[A-Z]{2,4}T?|GMT[+-]\d+)?"
    r"|[\w., ]{0,24}\d{1,2}[:.]\d{2}[\w.: ]{0,12})\W*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Post:
    """One entry: its lines, and when it was posted as written."""

    lines: tuple[str, ...]
    at: str | None


def entries_of(tree: HtmlElement, head: Head, day: str | None, url: str | None) -> tuple[str, tuple[Entry, ...]]:
    """Return the text of a live blog's entries and where each stands in it; "" where the page is none.

    `day` (ISO) dates entries that give a clock time only. `tree` is pruned already.
    """
    declared = "LiveBlogPosting" in types_of(head.article)
    if not declared and not _says_live(head, url) and not _is_marked_live(tree):
        return "", ()
    shown = _shown(tree, declared or _says_live(head, url), _FEWEST - declared)
    stated = _stated(head.article) if declared else []
    posts = shown if sum(map(_length, shown)) * 2 >= sum(map(_length, stated)) and shown else stated
    if len(posts) < _FEWEST - declared:
        return "", ()
    return _joined(posts, _times(posts, day))


def _is_marked_live(tree: HtmlElement) -> bool:
    """Tell, quickly, whether any class or id may say "live"."""
    from lxml import etree

    test = " or ".join(f"contains(@class, '{word}')" for word in _LIVE_PARTS)
    return bool(etree.XPath(f"boolean(descendant::*[{test} or contains(@id, 'live')])")(tree))


def _joined(posts: list[Post], times: list[str | None]) -> tuple[str, tuple[Entry, ...]]:
    parts: list[str] = []
    entries: list[Entry] = []
    position = 0
    for post, at in zip(posts, times, strict=True):
        text = "\n".join(post.lines)
        entries.append(Entry(position, position + len(text), at))
        parts.append(text)
        position += len(text) + 1
    return "\n".join(parts), tuple(entries)


def _says_live(head: Head, url: str | None) -> bool:
    title = text_of_value(head.article.get("headline")) or head.title or ""
    return bool(_LIVE_WORDS.search(title) or (url and _LIVE_WORDS.search(url[:500].replace("/", " "))))


def _length(post: Post) -> int:
    return sum(map(len, post.lines))


def _stated(article: Node) -> list[Post]:
    """Return the entries that JSON-LD gives."""
    updates = article.get("liveBlogUpdate")
    posts = []
    for update in updates[:_MOST_ENTRIES] if isinstance(updates, list) else [updates]:
        if not isinstance(update, dict):
            continue
        body = update.get("articleBody") or update.get("text") or update.get("description")
        lines = _lines_of_markup(body) if isinstance(body, str) else []
        headline = text_of_value(update.get("headline"))
        if headline and not (lines and lines[0].startswith(headline.rstrip(".…"))):
            lines.insert(0, headline)
        if lines:
            posts.append(Post(tuple(lines), text_of_value(update.get("datePublished") or update.get("dateModified"))))
    return posts


def _lines_of_markup(body: str) -> list[str]:
    if "<" in body:
        tree = tree_of(body)
        lines = [] if tree is None else lines_of(tree)
    else:
        lines = [" ".join(line.split()) for line in body.splitlines()]
    return [line for line in lines if line and not _is_furniture(line)]


def _shown(tree: HtmlElement, expected: bool, fewest: int) -> list[Post]:
    """Return the entries that the page's markup shows: siblings with a time each, those with the most text."""
    groups: dict[HtmlElement, dict[HtmlElement, HtmlElement]] = defaultdict(dict)
    for element in _timed(tree):
        child = element
        for parent in element.iterancestors():
            if parent.tag in ("body", "html"):
                break
            groups[parent].setdefault(child, element)
            child = parent
    best: list[Post] = []
    for parent, children in groups.items():
        if len(children) < max(fewest, len(best) // 2) or not (expected or _is_live(parent)):
            continue
        posts = [_post(child, time) for child, time in list(children.items())[:_MOST_ENTRIES] if _is_entry(child)]
        posts = [post for post in posts if post.lines]
        length = sum(map(_length, posts))
        if len(posts) >= fewest and length >= _LEAST_TEXT * len(posts) and length > sum(map(_length, best)):
            best = posts
    return best


def _timed(tree: HtmlElement) -> list[HtmlElement]:
    """Return the elements that state a time: one for each place, in page order."""
    found = [*tree.iter("time")][:_MOST_TIMES]
    for element in tree.iter("article", "section", "div", "li", "span", "p", "a"):
        if len(found) >= _MOST_TIMES:
            break
        if any(element.get(name) for name in _STAMPS):
            found.append(element)
        elif _TIMES.search((element.get("class") or "")[:100]):
            text = short_text(element, 40)
            if text and _CLOCK.search(text):
                found.append(element)
    return found


def _is_live(parent: HtmlElement) -> bool:
    elements = [parent, *list(parent.iterancestors())[:4], *list(parent)[:3]]
    return any(_LIVE_MARKUP.search(f"{e.get('class') or ''} {e.get('id') or ''}"[:300]) for e in elements)


def _is_entry(child: HtmlElement) -> bool:
    """Tell whether `child` holds running text, more than its links do."""
    if child.tag in _NOT_LISTS:
        return False
    linked = sum(len(short_text(link, 400) or "") for link in child.iter("a"))
    shown = short_text(child, 20_000)
    return shown is not None and len(shown) - linked >= _LEAST_TEXT / 2 and len(shown) > 1.5 * linked


def _post(child: HtmlElement, time: HtmlElement) -> Post:
    lines = [line for line in lines_of(child, _skipped) if not _is_furniture(line) and not _STAMP_LINE.match(line)]
    at = time.get("datetime") or next((value for name in _STAMPS if (value := time.get(name))), None)
    return Post(tuple(lines), (at or short_text(time, 60) or "")[:60] or None)


def _skipped(element: HtmlElement) -> bool:
    return element.tag in ("time", "nav", "aside", "form", "figure", "footer")


def _is_furniture(line: str) -> bool:
    return len(line) <= 120 and (_FURNITURE.match(line) is not None or is_furniture(line))


def _times(posts: list[Post], day: str | None) -> list[str | None]:
    """Return when each post was posted: an ISO time in UTC where a zone is given, else without one, else a day.

    Clock times alone are of `day`; where they pass midnight in the page's order, the day moves on (or back).
    """
    clocks = [_clock(post.at) for post in posts]
    known = [clock for clock in clocks if clock]
    near = [a > b for a, b in pairwise(known) if abs(a[0] - b[0]) <= _HALF_DAY]
    falling = sum(near) * 2 >= len(near)
    current = date.fromisoformat(day) if day and len(day) == 10 else None
    previous: tuple[int, int] | None = None
    times: list[str | None] = []
    for post, clock in zip(posts, clocks, strict=True):
        if clock is None:
            times.append(_moment(post.at))
            continue
        if current is not None and previous is not None and abs(clock[0] - previous[0]) > _HALF_DAY:
            if falling and clock > previous:
                current -= timedelta(days=1)
            elif not falling and clock < previous:
                current += timedelta(days=1)
        previous = clock
        times.append(f"{current.isoformat()}T{clock[0]:02}:{clock[1]:02}:00" if current else None)
    return times


def _clock(value: str | None) -> tuple[int, int] | None:
    """Return the hour and minute of a time that names no day: "2.05pm" -> (14, 5); None for anything else."""
    if not value or re.search(r"(?:19|20)\d\d|\d{9}", value):
        return None
    match = _CLOCK.search(value)
    if not match:
        return None
    hour, half = int(match["hour"]), (match["half"] or "")[:1].lower()
    return (hour % 12 + 12 * (half == "p") if half else hour), int(match["minute"])


def _moment(value: str | None) -> str | None:
    if not value:
        return None
    try:
        if value.isdigit():
            seconds = int(value) / (1000 if len(value) > 11 else 1)
            return datetime.fromtimestamp(seconds, tz=UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        moment = to_time(value)
        if "T" in moment:
            return moment
        local = datetime.fromisoformat(value.strip())
        return local.isoformat(timespec="seconds") if re.search(r"\d:\d", value) else moment
    except (ValueError, OverflowError, OSError):
        return _day(value)


def _day(value: str) -> str | None:
    try:
        return to_day(value)
    except (ValueError, OverflowError):
        return None
