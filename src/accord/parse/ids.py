"""Ids of articles: an input's own id where it is the only one of its kind, else a hash of the article's content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from accord.records import Article, Rejected, content_id


def own_or_content_id(article: Article, own: str | None) -> Article:
    """Return `article` under the id that its file gave it, else under the hash of its content."""
    return replace(article, id=own or _hash(article))


def make_distinct(found: Sequence[tuple[str, Article]]) -> tuple[tuple[Article, ...], tuple[Rejected, ...]]:
    """Return the articles under unique ids, and the repeats; `found` pairs each article with its place.

    An own id that two different articles share is given up by both, so that ids do not depend on the order of input.
    An article that is there twice, word for word and field for field, is kept once.
    """
    first: dict[Article, str] = {}
    repeats: list[Rejected] = []
    for what, article in found:
        if article in first:
            repeats.append(Rejected(what, "parse", f"it is the same article as {first[article]}; it is read once"))
        else:
            first[article] = what
    uses = Counter(article.id for article in first)
    return tuple(a if uses[a.id] == 1 else replace(a, id=_hash(a)) for a in first), tuple(repeats)


def _hash(article: Article) -> str:
    return content_id(article.outlet, article.title, article.byline, article.published, article.url, article.text)
