"""What later coverage changed, as the page and the feeds show it: by day, with its evidence and where to read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, get_args

from accord.records import Update, UpdateKind
from accord.renderers.updates import entry_id, html_of, line, time_of
from accord.renderers.words import plain, trim
from accord.web.views.places import address, finding_at, passage_at

if TYPE_CHECKING:
    from accord.stores.store import Held

KINDS: tuple[UpdateKind, ...] = get_args(UpdateKind)
JSON_FEED = "https://jsonfeed.org/version/1.1"
_PASSAGES = 4
_WIDE = 400
LABELS: Mapping[str, str] = {"newly corroborated": "newly agreed", "no longer corroborated": "no longer agreed"}
"""What pages call kinds of changes, where that is not their name."""
_TONE = {"newly corroborated": "agreed", "newly disputed": "disputed"}
_SIDES = {"corrected": ("was", "is"), "new story": ("", "by"), "new report": ("", "by"), "retracted": ("", "")}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which changes are asked for; the names are those of the addresses. `page` counts from 1."""

    story: str = ""
    name: str = ""
    words: str = ""
    kind: UpdateKind | None = None
    since: str = ""
    page: int = 1

    def at(self, path: str = "/changes", **changed: object) -> str:
        """Return the address of the same with some of it changed, from its first page."""
        asks = replace(self, **{"page": 1, **changed})  # type: ignore[arg-type]
        page = asks.page if asks.page > 1 else None
        return address(
            path, kind=asks.kind, story=asks.story, name=asks.name, words=asks.words, since=asks.since, page=page
        )

    @property
    def filtered(self) -> bool:
        """True where not all changes are asked for."""
        return bool(self.story or self.name or self.words or self.kind or self.since)

    @property
    def feed(self) -> Mapping[str, str | None]:
        """What the feed's title and id are made of."""
        return {"story": self.story, "name": self.name, "words": self.words, "kind": self.kind, "since": self.since}


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that an update rests on, and where it stands."""

    text: str
    outlet: str
    at: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An update as the page shows it; `tone` is the verdict that it came to, if any."""

    update: Update
    label: str
    tone: str
    gist: str
    story: str
    story_at: str
    open_at: str
    sides: tuple[tuple[str, str], ...]
    passages: tuple[Passage, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Day:
    """The updates of one day (UTC)."""

    day: str
    shown: tuple[Shown, ...]


def days(updates: Sequence[Update], held: Mapping[str, Held], titles: Mapping[str, str]) -> list[Day]:
    """Return updates by the days on which they were noticed, in their order; `titles` are those of their stories."""
    found: dict[str, list[Shown]] = {}
    for update in updates:
        at = time_of(update.at) or update.at or ""
        found.setdefault(at[:10], []).append(_shown(update, held, titles))
    return [Day(day, tuple(shown)) for day, shown in found.items()]


def _shown(update: Update, held: Mapping[str, Held], titles: Mapping[str, str]) -> Shown:
    labels = _SIDES.get(update.kind, ("before", "now"))
    told = ((labels[0], update.before), (labels[1], update.after))
    passages = () if update.kind == "corrected" else update.evidence
    return Shown(
        update=update,
        label=LABELS.get(update.kind, update.kind),
        tone=_TONE.get(update.kind, ""),
        gist=trim(update.gist, _WIDE),
        story=titles.get(update.story, ""),
        story_at=address(f"/stories/{update.story}"),
        open_at=place(update),
        sides=tuple((label, trim(said, _WIDE)) for label, said in told if label and said),
        passages=tuple(
            Passage(trim(c.text, _WIDE), held[c.article].article.outlet if c.article in held else plain(c.article),
                    passage_at(c.article, c.start, c.end))
            for c in passages[:_PASSAGES]
        ),
        more=max(0, len(passages) - _PASSAGES),
    )  # fmt: skip


def place(update: Update) -> str:
    """Return where an update can be read up: its finding, else its report, else its story."""
    if update.finding and update.story:
        return finding_at(update.story, update.finding)
    if update.kind in ("corrected", "retracted", "new report") and update.article:
        return passage_at(update.article, 0, 0).partition("?")[0]
    return address(f"/stories/{update.story}") if update.story else "/changes"


def json_feed(
    updates: Sequence[Update], *, title: str, base: str, page: str, feed: str, following: str | None
) -> dict[str, Any]:
    """Return updates as a JSON Feed (version 1.1), an item each; `base` is where the room stands, without a slash."""
    made: dict[str, Any] = {
        "version": JSON_FEED,
        "title": plain(title),
        "home_page_url": page,
        "feed_url": feed,
        "language": "en",
        "authors": [{"name": "accord"}],
    }
    if following:
        made["next_url"] = following
    made["items"] = [_item(update, base) for update in updates]
    return made


def _item(update: Update, base: str) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry_id(update),
        "url": f"{base}{place(update)}",
        "title": line(update),
        "content_html": html_of(update),
        "tags": [plain(term) for term in (update.kind, *update.names)],
    }
    time = time_of(update.at)
    if time:
        item["date_published"] = time
    told = {"kind": update.kind, "story": update.story, "finding": update.finding, "article": update.article}
    item["_accord"] = {"about": f"{base}/api/v1/docs", "update": update.id, **told}
    return item
