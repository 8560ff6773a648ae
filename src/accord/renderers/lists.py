"""What a store lists, as text or as JSON: stories, what a search found, and how much there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from accord.renderers.lines import json_document
from accord.renderers.words import plain, trim

if TYPE_CHECKING:
    from accord.stores.store import Counts, Hit, StoryLine

STORIES_SCHEMA = "accord/story-list@1"
HITS_SCHEMA = "accord/hits@1"
_OUTLETS = 6
_WIDE = 300


def stories_text(stories: Sequence[StoryLine]) -> str:
    """Return stories as text, each with its days, title, outlets, origins, findings by verdict, and id.

    2031-03-04 to 2031-03-05  Boats lost off Osk Point
      3 articles from 2 origins: Herald, Lantern, Post
      4 agreed, 1 disputed, 12 from one origin only · story 6d71db99f451
    """
    return "\n".join("\n".join(_story(story)) + "\n" for story in stories) or "no stories\n"


def hits_text(hits: Sequence[Hit]) -> str:
    """Return what a search found as text: the words, who says them, and where they stand.

    What is reported of somebody's words, and stands between no quotation marks, is "said", and no quote.

    quote  Ada Moll: “The harbour is shut.”
      The Herald, 2031-03-04, Boats lost off Osk Point · article 41c0 12-32 · story 6d71db99f451
    """
    return "\n".join("\n".join(_hit(hit)) + "\n" for hit in hits) or "nothing found\n"


def counts_text(counts: Counts) -> str:
    """Return how much a store holds, on one line."""
    parts = (
        _count(counts.articles, "article"),
        _count(counts.versions, "older version"),
        _count(counts.stories, "story", "stories"),
        _count(counts.findings, "finding"),
        _count(counts.entries, "entry of the ledger", "entries of the ledger"),
        _count(counts.updates, "update"),
        _count(counts.rejected, "thing left out", "things left out"),
    )
    return ", ".join(parts) + "\n"


STORIES: dict[str, Callable[[Sequence[StoryLine]], str]] = {
    "text": stories_text,
    "json": partial(json_document, STORIES_SCHEMA, "stories"),
}
HITS: dict[str, Callable[[Sequence[Hit]], str]] = {
    "text": hits_text,
    "json": partial(json_document, HITS_SCHEMA, "hits"),
}


def _story(story: StoryLine) -> Iterator[str]:
    days = " to ".join(dict.fromkeys(day for day in (story.first, story.last) if day))
    yield f"{f'{days}  ' if days else ''}{trim(story.title, _WIDE)}"
    outlets = [plain(outlet) for outlet in story.outlets]
    more = f" and {len(outlets) - _OUTLETS} more" if len(outlets) > _OUTLETS else ""
    origins = f" from {_count(story.origins, 'origin')}" if story.origins else ""
    yield f"  {_count(story.articles, 'article')}{origins}: {', '.join(outlets[:_OUTLETS])}{more}"
    found = f"{story.agreed:,} agreed, {story.disputed:,} disputed, {story.single:,} from one origin only"
    state = "not briefed so far" if story.updated is None else found + (", out of date" if story.stale else "")
    yield f"  {state} · story {story.id}"


def _hit(hit: Hit) -> Iterator[str]:
    words = trim(hit.text, _WIDE)
    kind, said = hit.kind if hit.quoted or hit.kind != "quote" else "said", f"“{words}”" if hit.quoted else words
    yield f"{kind}  {f'{plain(hit.speaker)}: ' if hit.speaker else ''}{said}"
    where = ", ".join(plain(part) for part in (hit.outlet, hit.published, hit.title) if part)
    story = f" · story {hit.story}" if hit.story else ""
    yield f"  {where} · article {plain(hit.article)} {hit.start}-{hit.end}{story}"


def _count(number: int, one: str, several: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"
