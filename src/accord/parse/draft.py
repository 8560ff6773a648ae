"""A draft: one article as its file gives it. `settle` fills the gaps and makes the `Article`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from accord.config import Config
from accord.parse.dates import to_day
from accord.parse.ids import own_or_content_id
from accord.parse.tongue import detect
from accord.records import Article, Page, Rejected


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file says of one article. `what` names its place ("feed.jsonl, line 3"); `published` is as written."""

    what: str
    text: str
    id: str | None = None
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | int | float | None = None


def settle(draft: Draft, page: Page, config: Config) -> tuple[Article | None, tuple[Rejected, ...]]:
    """Return the article (None if it has no usable text) and notes on what of it could not be used."""
    problem = _unusable(draft.text, config)
    if problem:
        return None, (Rejected(draft.what, "parse", problem),)
    published, notes = _published(draft, config)
    article = Article(
        id="",
        text=draft.text,
        outlet=draft.outlet or config.outlet or _host(draft.url or page.location) or _stem(page.location),
        title=draft.title,
        byline=draft.byline,
        published=published,
        language=detect(draft.text),
        url=draft.url,
    )
    return own_or_content_id(article, draft.id), notes


def _unusable(text: str, config: Config) -> str | None:
    if not text.strip():
        return "its text is empty; save the report's text in it"
    if len(text) > config.max_characters:
        return (
            f"its text has {len(text):,} characters and the limit is {config.max_characters:,}; "
            "keep one report an article, or split it"
        )
    return None


def _published(draft: Draft, config: Config) -> tuple[str | None, tuple[Rejected, ...]]:
    if draft.published is None:
        return config.published, ()
    try:
        return to_day(draft.published), ()
    except ValueError as error:
        kept = f"{config.published} is taken instead" if config.published else "the article is kept without a date"
        return config.published, (Rejected(draft.what, "parse", f"{error}; {kept}"),)


def _host(url: str) -> str | None:
    """Return the host of a web address, without www: "https://www.example.org/a" -> "example.org"."""
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _stem(location: str) -> str:
    return os.path.splitext(os.path.basename(location.rstrip("/")))[0] or location
