"""Ids of articles: an input's own id where it is the only one of its kind, else a hash of the article's content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from accord.records import Article, Rejected, content_id

if TYPE_CHECKING:
    from accord.parse.draft import Parsed


def own_or_content_id(article: Article, own: str | None) -> Article:
    """Return `article` under the id that its file gave it, else under the hash of its content."""
    return replace(article, id=own or hashed_id(article))


def make_distinct(found: Sequence[Parsed]) -> tuple[tuple[Article, ...], tuple[Rejected, ...]]:
    """Return the articles under unique ids, and the repeats.

    An own id that two different articles share is given up by both, so that ids do not depend on the order of input.
    An article that is there twice, word for word and field for field, is kept once.
    """
    first: dict[Article, str] = {}
    repeats: list[Rejected] = []
    for item in found:
        if item.article in first:
            reason = f"it is the same article as {first[item.article]}; it is read once"
            repeats.append(Rejected(item.what, "parse", reason))
        else:
            first[item.article] = item.what
    uses = Counter(article.id for article in first)
    return tuple(a if uses[a.id] == 1 else replace(a, id=hashed_id(a)) for a in first), tuple(repeats)


def hashed_id(article: Article) -> str:
    """Return the id that `article` has by its content."""
    return content_id(article.outlet, article.title, article.byline, article.published, article.url, article.text)
