"""Pairs the new versions of articles that a later briefing holds with those that an earlier one held."""

from __future__ import annotations

from dataclasses import dataclass

from accord.records import Article, Briefing, Change


@dataclass(frozen=True, slots=True)
class Version:
    """A new version of an article, the one that the earlier briefing held (None: none), and what changed between them.

    The changes are those that the new version gives with itself, unless versions in between were skipped.
    """

    old: Article | None
    new: Article
    changes: tuple[Change, ...]


def versions(before: Briefing | None, after: Briefing) -> tuple[Version, ...]:
    """Return the articles of `after` that are new versions and were not in `before`, ordered by id."""
    held = {article.id: article for article in before.articles} if before else {}
    here = {article.id for article in after.articles}
    left = {identity: article for identity, article in held.items() if identity not in here}
    fresh = [article for article in after.articles if article.version > 1 and article.id not in held]
    found = []
    for new in sorted(fresh, key=lambda article: article.id):
        old = left.get(new.replaces or "") or _skipped(new, left)
        if old is not None:
            del left[old.id]
        found.append(Version(old, new, _changes(old, new)))
    return tuple(found)


def changed_places(version: Version) -> dict[str, list[tuple[int, int]]]:
    """Return where `version` and the one before differ, by the id of each: (start, end) in code points of its text."""
    found: dict[str, list[tuple[int, int]]] = {version.new.id: []}
    if version.old is not None:
        found[version.old.id] = []
    for change in version.changes:
        if change.part != "text":
            continue
        found[version.new.id].append((change.start, change.end))
        at = version.old.text.find(change.before) if version.old is not None and change.before else -1
        while version.old is not None and change.before and at >= 0:
            found[version.old.id].append((at, at + len(change.before)))
            at = version.old.text.find(change.before, at + len(change.before))
    return found


def _skipped(new: Article, left: dict[str, Article]) -> Article | None:
    """Return the article of which `new` is a version more than one later: one outlet's, under one address."""
    if not new.url:
        return None
    alike = [a for a in left.values() if a.url == new.url and a.outlet == new.outlet and a.version < new.version]
    return max(alike, key=lambda article: (article.version, article.id), default=None)


def _changes(old: Article | None, new: Article) -> tuple[Change, ...]:
    if old is None or old.id == new.replaces:
        return new.changes
    from accord.parse.versions import changes

    return changes(old, new)
