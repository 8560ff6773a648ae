"""Parse: a `Page` in, its `Article`s out. One module a format; what holds no article is rejected with the reason.

A new format is one module here, one line in `FORMATS`, and one line in `readers.MEDIA_TYPES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from accord.config import Config
from accord.errors import ParseError
from accord.parse import html, json, jsonl, markdown, text
from accord.parse.dates import to_day
from accord.parse.draft import Draft, settle
from accord.parse.ids import make_distinct
from accord.records import Article, Page, Rejected

__all__ = ["FORMATS", "parse", "parse_pages", "to_day"]

FORMATS: dict[str, Callable[[Page], Iterable[Draft | Rejected]]] = {
    "text/plain": text.drafts,
    "text/markdown": markdown.drafts,
    "application/json": json.drafts,
    "application/jsonl": jsonl.drafts,
    "text/html": html.drafts,
}


def parse(page: Page, config: Config | None = None) -> tuple[tuple[Article, ...], tuple[Rejected, ...]]:
    """Return the articles on `page` and what was left out, as `parse_pages` does for several pages."""
    return parse_pages((page,), config)


def parse_pages(
    pages: Sequence[Page], config: Config | None = None
) -> tuple[tuple[Article, ...], tuple[Rejected, ...]]:
    """Return the articles on `pages`, in order, with ids that are unique among them, and what was left out.

    Text and JSON keep their text character for character. What a file says of itself wins over `config.published` and
    `config.outlet`; an outlet that is still missing is the host of the URL, else the file's name without its suffix.
    A `Rejected` can also be a note on an article that is kept (its date cannot be read). Does not raise for bad input.

        Page(b'{"title": "Dam opens", "text": "The dam ..."}', "herald.json", "application/json")
        -> Article(id="3f0c...", text="The dam ...", outlet="herald", title="Dam opens", ...)
    """
    settings = config or Config()
    articles: list[tuple[str, Article]] = []
    rejected: list[Rejected] = []
    for page in pages:
        for draft in _drafts(page):
            if isinstance(draft, Draft):
                article, notes = settle(draft, page, settings)
                rejected.extend(notes)
                if article is not None:
                    articles.append((draft.what, article))
            else:
                rejected.append(draft)
    distinct, copies = make_distinct(articles)
    return distinct, (*rejected, *copies)


def _drafts(page: Page) -> Iterator[Draft | Rejected]:
    """Yield what the format of `page` finds on it; a page that holds nothing is one `Rejected`."""
    try:
        if page.media_type not in FORMATS:
            raise ParseError(f"its format {page.media_type!r} is not known; use one of {', '.join(FORMATS)}")
        if not page.content.strip():
            raise ParseError("it is empty; save the report's text in it")
        yield from FORMATS[page.media_type](page)
    except ParseError as error:
        yield Rejected(page.location, "parse", str(error))
