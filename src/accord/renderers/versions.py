"""Renders how articles changed from version to version: what each outlet reworded, added, dropped or took down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from accord.records import Article, Change
from accord.renderers.lines import json_document
from accord.renderers.words import plain

SCHEMA = "accord/versions@1"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an article, without its text."""

    id: str
    version: int
    replaces: str | None
    published: str | None
    modified: str | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """An article with its versions, the first one first; `gone` is when it was found to have been taken down."""

    id: str
    outlet: str
    title: str | None
    url: str | None
    gone: str | None
    versions: tuple[Version, ...]


def render_json(articles: Sequence[Sequence[Article]], gone: Mapping[str, str]) -> str:
    """Return the versions of `articles` as one JSON document (`accord/versions@1`), texts left out.

    Each of `articles` is the versions of one, in their order; `gone` says when latest versions (by id) were found to
    have been taken down.
    """
    return json_document(SCHEMA, "articles", [_changed(versions, gone) for versions in articles])


def render_text(articles: Sequence[Sequence[Article]], gone: Mapping[str, str]) -> str:
    """Return the versions of `articles` as text to read: `-` is what a version dropped, `+` what it put there."""
    return "\n".join("\n".join(_paragraph(_changed(versions, gone))) for versions in articles) or "nothing changed\n"


RENDERERS: dict[str, Callable[[Sequence[Sequence[Article]], Mapping[str, str]], str]] = {
    "text": render_text,
    "json": render_json,
}


def _changed(versions: Sequence[Article], gone: Mapping[str, str]) -> Changed:
    latest = versions[-1]
    made = tuple(Version(a.id, a.version, a.replaces, a.published, a.modified, a.changes) for a in versions)
    return Changed(latest.id, latest.outlet, latest.title, latest.url, gone.get(latest.id), made)


def _paragraph(article: Changed) -> list[str]:
    lines = [f"{plain(article.outlet)}: {plain(article.title or article.id)}"]
    for version in article.versions:
        when = version.modified or version.published
        lines.append(f"  version {version.version}, article {plain(version.id)}{f', {plain(when)}' if when else ''}")
        lines += [f"    {said}" for change in version.changes for said in _said(change)]
    return [*lines, *([f"  taken down, as found on {plain(article.gone)}"] if article.gone else []), ""]


def _said(change: Change) -> list[str]:
    part = "title: " if change.part == "title" else ""
    sides = (("-", change.before), ("+", change.after))
    return [f"{sign} {part}{plain(words)}" for sign, words in sides if words is not None]
