"""Places each article among those read before: new, unchanged, or a new version of one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from accord.records import Article, Rejected, content_id

if TYPE_CHECKING:
    from accord.history import Known
    from accord.parse import Parsed

_EARLIER = (
    "it is an earlier version of article {}, which was read before, and is left out; give versions in their order"
)


class Past(Protocol):
    """What is known of articles that were read before; `history.History` says what each function does."""

    unchanged: int

    def known(self, key: str) -> Iterator[Known]: ...
    def seen(self, mark: str) -> bool: ...
    def given(self, identity: str) -> bool: ...
    def replaced(self, identity: str) -> bool: ...
    def note(self, mark: str) -> None: ...
    def keep(
        self, article: Article, mark: str, keys: Sequence[str], fetched: str | None, before: Known | None, latest: bool
    ) -> None: ...


def placed(parsed: Parsed, history: Past) -> Iterator[Article | Rejected]:
    """Yield the article as a new one or a new version of one in `history`, which keeps it once it was handed on."""
    from accord.parse.versions import changes, keys_of, later, print_of

    article, mark, keys = parsed.article, print_of(parsed), keys_of(parsed)
    before = _before(article, keys, history)
    told = later(before.article, article, fetched=(before.fetched, parsed.fetched)) if before else None
    listed = article.version > 1 or history.replaced(article.id)  # as accord itself wrote it, with its place
    again = history.given(article.id) if listed else before is None or before.print == mark or not told
    if again and history.seen(mark):
        history.unchanged += 1
        return
    latest = not listed or (article.version > (before.article.version if before else 0))
    if before is not None and not listed:
        made = changes(before.article, article)
        if told is False or not made:
            history.note(mark)
            if made:
                yield Rejected(parsed.what, "parse", _EARLIER.format(before.article.id))
            else:
                history.unchanged += 1
            return
        article = replace(article, version=before.article.version + 1, replaces=before.article.id, changes=made)
    article = _distinct(article, history)
    yield article
    history.keep(article, mark, keys, parsed.fetched, before, latest)


def _before(article: Article, keys: Sequence[str], history: Past) -> Known | None:
    """Return the article in `history` that `article` is a version of."""
    from accord.parse.versions import same

    for key in keys:
        for known in history.known(key):
            if same(key, known.article, article):
                return known
    return None


def _distinct(article: Article, history: Past) -> Article:
    """Return `article` under an id that no other was handed on under."""
    from accord.parse.ids import hashed_id

    if history.given(article.id):
        article = replace(article, id=hashed_id(article))
    while history.given(article.id):
        article = replace(article, id=content_id(article.id, article.replaces, hashed_id(article)))
    return article
