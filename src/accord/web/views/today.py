"""What Today shows: a line a story, what changed in each since the last visit, and what waits beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accord.records import Update, UpdateKind
from accord.renderers.words import trim
from accord.stores.store import StoryLine
from accord.web.views.places import address, finding_at, passage_at
from accord.web.views.sparks import Spark, spark

OUTLETS = 4
CHANGES = 4
_LONG = 160
_LEAD = 240
SAID: dict[UpdateKind, tuple[str, str]] = {
    "new story": ("new story", ""),
    "new report": ("new report", ""),
    "newly corroborated": ("now agreed", "agreed"),
    "newly disputed": ("now disputed", "disputed"),
    "no longer disputed": ("no longer disputed", ""),
    "no longer corroborated": ("no longer agreed", "single"),
    "corrected": ("corrected", ""),
    "retracted": ("taken down", ""),
    "merged": ("merged", ""),
    "commitment": ("commitment", ""),
}
"""What each kind of change is called, and the verdict whose mark it bears."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change in one line. `href` leads to the finding, the passage or the story that it is about."""

    said: str
    verdict: str
    gist: str
    href: str
    at: str | None
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story of the list. `more` counts the outlets that are not named, `hidden` the changes that are not shown.

    `new` is true of a story that is itself what changed.
    """

    story: StoryLine
    outlets: tuple[str, ...]
    more: int
    spark: Spark | None
    changes: tuple[ChangeLine, ...] = ()
    hidden: int = 0
    new: bool = False
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since the last visit: how many changes (`least`: or more) in how many stories, and the stories.

    `at` is when that was (ISO time in UTC), None on the first visit.
    """

    at: str | None
    changes: int
    stories: int
    least: bool
    cards: tuple[StoryCard, ...] = ()


def card(story: StoryLine, days: Sequence[tuple[str, int]], updates: Sequence[Update] = ()) -> StoryCard:
    """Return what the list shows of a story."""
    told = [update for update in updates if update.kind != "new story"]
    shown = tuple(change(update) for update in told[:CHANGES])
    named = story.outlets if len(story.outlets) <= OUTLETS + 1 else story.outlets[:OUTLETS]
    rest = len(story.outlets) - len(named)
    lead = trim(story.lead, _LEAD)
    return StoryCard(story, named, rest, spark(days), shown, len(told) - len(shown), len(told) < len(updates), lead)


def change(update: Update) -> ChangeLine:
    """Return the line of a change: a verdict's in words of the finding, a corrected passage with both wordings."""
    said, verdict = SAID[update.kind]
    worded = update.kind in ("corrected", "commitment")
    before, after = (trim(text, _LONG) if worded and text else None for text in (update.before, update.after))
    return ChangeLine(said, verdict, trim(update.gist, _LONG), _target(update), update.at, before, after)


def by_story(updates: Iterable[Update]) -> dict[str, list[Update]]:
    """Return the changes of each story, in the order in which they come."""
    found: dict[str, list[Update]] = {}
    for update in updates:
        found.setdefault(update.story, []).append(update)
    return found


def since_line(
    at: str | None, updates: Mapping[str, Sequence[Update]], most: int, cards: Iterable[StoryCard] = ()
) -> Since:
    """Return how much changed since `at`; with `most` changes there may be more."""
    count = sum(map(len, updates.values()))
    return Since(at, count, len(updates), count >= most, tuple(cards))


def most_disputed(stories: Iterable[StoryLine], most: int = 5) -> list[StoryLine]:
    """Return the stories with the most disputed findings, of these the heaviest first."""
    found = [story for story in stories if story.disputed]
    return sorted(found, key=lambda story: (-story.disputed, -story.weight, story.id))[:most]


def _target(update: Update) -> str:
    if update.finding:
        return finding_at(update.story, update.finding)
    if update.evidence and update.kind != "new story":
        cited = update.evidence[0]
        return passage_at(cited.article, cited.start, cited.end)
    return address(f"/stories/{update.story}")
