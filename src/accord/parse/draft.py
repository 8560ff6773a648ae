"""A draft: one article as its file gives it. `settle` fills the gaps and makes the `Article`."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from accord.config import Config
from accord.parse.dates import to_day, to_time
from accord.parse.ids import own_or_content_id
from accord.parse.tongue import detect
from accord.records import Article, Caption, Change, Entry, Listing, Page, Rejected

_SURROGATE = re.compile("[\ud800-\udfff]")
_PLACE = re.compile(r"(?:, [a-z]+ \d+)+$")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a file says of one article. `what` names its place ("feed.jsonl, line 3"); `published` is as written.

    `version`, `replaces` and `changes` are set where accord wrote the article; `notes` say what of it is left out.
    """

    what: str
    text: str
    id: str | None = None
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | int | float | None = None
    modified: str | int | float | None = None
    section: str | None = None
    language: str | None = None
    credits: tuple[str, ...] = ()
    paywalled: bool | None = None
    captions: tuple[Caption, ...] = ()
    entries: tuple[Entry, ...] = ()
    version: int = 1
    replaces: str | None = None
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article, its place ("feed.jsonl, line 3"), the id that its file gave it, when it was fetched, and its page."""

    article: Article
    what: str
    own_id: str | None = None
    fetched: str | None = None
    page: Page | None = None


def settle(draft: Draft, page: Page, config: Config) -> tuple[Article | None, tuple[Rejected, ...]]:
    """Return the article (None if it has no usable text) and notes on what of it could not be used."""
    problem = _unusable(draft.text, config)
    if problem:
        return None, (Rejected(draft.what, "parse", problem),)
    listing = page.listing or Listing()
    published, undated = _published(draft, listing, config)
    url = _line(draft.url or listing.url)
    article = Article(
        id="",
        text=draft.text,
        outlet=_line(draft.outlet or listing.outlet or config.outlet)
        or _host(url or page.location)
        or _stem(page.location),
        title=_line(draft.title or listing.title),
        byline=_line(draft.byline or listing.byline),
        credits=draft.credits,
        published=published,
        language=draft.language or detect(draft.text),
        url=url,
        modified=_time(draft.modified) or _time(listing.modified),
        section=_line(draft.section or listing.section),
        paywalled=draft.paywalled,
        captions=draft.captions,
        entries=draft.entries,
        version=draft.version,
        replaces=draft.replaces,
        changes=draft.changes,
    )
    notes = (*undated, *(Rejected(draft.what, "parse", note) for note in draft.notes))
    return own_or_content_id(article, _line(draft.id)), notes


def _unusable(text: str, config: Config) -> str | None:
    if not text.strip():
        return "its text is empty; save the report's text in it"
    if len(text) > config.max_characters:
        return (
            f"its text has {len(text):,} characters and the limit is {config.max_characters:,}; "
            "keep one report an article, or split it"
        )
    half = _SURROGATE.search(text)
    if half is not None:
        return f"its text holds half a character (a lone surrogate) at position {half.start()}; write it out whole"
    return None


def _published(draft: Draft, listing: Listing, config: Config) -> tuple[str | None, tuple[Rejected, ...]]:
    given = listing.published if draft.published is None else draft.published
    if given is None:
        return config.published, ()
    try:
        return to_day(given), ()
    except ValueError as error:
        kept = f"{config.published} is taken instead" if config.published else "the article is kept without a date"
        return config.published, (Rejected(draft.what, "parse", f"{error}; {kept}"),)


def _time(value: str | int | float | None) -> str | None:
    """Return the ISO time or day that `value` names, None where it names none."""
    if value is None:
        return None
    try:
        return to_time(value)
    except ValueError:
        return None


def _line(value: str | None) -> str | None:
    """Return `value` as one line of whole characters, None where nothing is left of it."""
    return " ".join(_SURROGATE.sub("\ufffd", value).split()) or None if value else None


def _host(url: str) -> str | None:
    """Return the host of a web address, without www: "https://www.example.org/a" -> "example.org"."""
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _stem(location: str) -> str:
    """Return the name of the file without its suffix: "news/herald.jsonl, line 3" -> "herald"."""
    path = _PLACE.sub("", location).rstrip("/")
    return os.path.splitext(os.path.basename(path))[0] or location
