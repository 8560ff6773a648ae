"""How a story's reports changed from version to version, sentence by sentence, and what its briefings told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord.renderers import words
from accord.web.views.places import passage_at
from accord.web.views.story import Reading, article_at
from accord.web.views.wordings import Piece, differing

if TYPE_CHECKING:
    from accord.records import Change, Update
    from accord.stores.store import Held

ROOM = 150_000  # bytes for all changes
UPDATES = 100
LONGEST = 600
REJECTED = 100


@dataclass(frozen=True, slots=True)
class Changed:
    """A sentence (or title) before and after: `before` None where it was added, `after` None where it was dropped."""

    before: str | None
    after: str | None
    title: bool = False

    @property
    def pieces(self) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """Both in pieces, with whether the words of a piece differ; whole where there is but one."""
        if self.before is None or self.after is None:
            return ((self.before or "", False),), ((self.after or "", False),)
        before, after = differing([self.before, self.after])
        return before, after


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a report, with what it changed."""

    number: int
    id: str
    at: str
    when: str | None
    changes: tuple[Changed, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """A report with its versions, the latest first; `gone` is when it was found to have been taken down."""

    label: str
    at: str
    versions: tuple[Version, ...]
    gone: str | None = None

    @property
    def changes(self) -> int:
        """How many sentences were changed over all versions."""
        return sum(len(version.changes) + version.more for version in self.versions)


@dataclass(frozen=True, slots=True)
class Told:
    """An update of the story with the address of what it is about."""

    update: Update
    gist: str
    at: str | None


@dataclass(frozen=True, slots=True)
class Versions:
    """The page."""

    histories: tuple[History, ...]
    unchanged: tuple[str, ...]
    updates: tuple[Told, ...]
    rejected: tuple[tuple[str, str], ...]
    rejected_more: int = 0


def versions(reading: Reading, held: Sequence[Sequence[Held]]) -> Versions:
    """Return the page; `held` are the versions of each article of the story, in the order of its articles."""
    room = [ROOM]
    made = [
        (label, history(label, each, room))
        for label, each in zip(reading.shown.labels.values(), held, strict=True)
        if each
    ]
    changed = [one for _, one in made if len(one.versions) > 1 or one.gone]
    rejected = list(dict.fromkeys(reading.briefing.rejected))
    return Versions(
        tuple(changed),
        tuple(label for label, one in made if len(one.versions) < 2 and not one.gone),
        tuple(told(reading, update) for update in reading.updates[:UPDATES]),
        tuple((words.trim(one.what, 160), words.plain(f"{one.stage}: {one.reason}")) for one in rejected[:REJECTED]),
        max(0, len(rejected) - REJECTED),
    )


def history(label: str, held: Sequence[Held], room: list[int]) -> History:
    """Return a report's versions, the latest first; `room` (bytes) is used up by what they changed."""
    made = []
    for one in reversed(held):
        article = one.article
        shown = []
        for change in article.changes:
            changed = _changed(change)
            room[0] -= 80 + len(changed.before or "") + len(changed.after or "")
            if room[0] < 0:
                break
            shown.append(changed)
        when = article.modified or article.published or one.fetched or one.added
        at = article_at(article.id)
        made.append(Version(article.version, article.id, at, when, tuple(shown), len(article.changes) - len(shown)))
    latest = held[-1]
    return History(label, article_at(latest.article.id), tuple(made), latest.gone)


def told(reading: Reading, update: Update) -> Told:
    """Return an update with the address of the finding, or the words, that it is about."""
    at = None
    if update.finding:
        at = reading.finding_at(update.finding)
    elif update.evidence:
        first = update.evidence[0]
        at = passage_at(first.article, first.start, first.end)
    elif update.article:
        at = article_at(update.article)
    return Told(update, words.trim(update.gist, 300), at)


def _changed(change: Change) -> Changed:
    def short(text: str | None) -> str | None:
        return None if text is None else words.trim(text, LONGEST)

    return Changed(short(change.before), short(change.after), change.part == "title")
