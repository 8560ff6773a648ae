"""Parse: a `Page` in, its `Article`s out. One module a format; what holds no article is rejected with the reason.

A new format is one module here, one line in `FORMATS`, and one line in `readers.MEDIA_TYPES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from accord.config import Config
from accord.errors import ParseError
from accord.parse import fragments, html, json, markdown, newsml, nitf, pdf, text
from accord.parse.dates import to_day
from accord.parse.draft import Draft, Parsed, settle
from accord.parse.ids import make_distinct
from accord.parse.versions import latest
from accord.records import Article, Page, Rejected

__all__ = ["FORMATS", "Parsed", "parse", "parse_each", "parse_latest", "parse_pages", "to_day"]

FORMATS: dict[str, Callable[[Page, Config], Iterable[Draft | Rejected]]] = {
    "text/plain": text.drafts,
    "text/markdown": markdown.drafts,
    "application/json": json.drafts,
    "text/html": html.drafts,
    "text/html;fragment": fragments.drafts,
    "application/vnd.iptc.g2+xml": newsml.drafts,
    "application/nitf+xml": nitf.drafts,
    "application/pdf": pdf.drafts,
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
    items = list(parse_each(pages, config))
    distinct, copies = make_distinct([item for item in items if isinstance(item, Parsed)])
    return distinct, (*(item for item in items if isinstance(item, Rejected)), *copies)


def parse_latest(
    pages: Sequence[Page], config: Config | None = None
) -> tuple[tuple[Article, ...], tuple[Rejected, ...]]:
    """Return what `parse_pages` does, but of several versions of an article the latest; each other is a note."""
    items = list(parse_each(pages, config))
    found, earlier = latest([item for item in items if isinstance(item, Parsed)])
    distinct, copies = make_distinct(found)
    return distinct, (*(item for item in items if isinstance(item, Rejected)), *earlier, *copies)


def parse_each(pages: Iterable[Page | Rejected], config: Config | None = None) -> Iterator[Parsed | Rejected]:
    """Yield the articles on `pages` one at a time, under the ids that their files give them or that of their content.

    Each comes with its place; nothing is kept of it, so that ids may be shared and articles repeated.
    """
    settings = config or Config()
    for page in pages:
        if isinstance(page, Rejected):
            yield page
            continue
        for draft in _drafts(page, settings):
            if isinstance(draft, Rejected):
                yield draft
                continue
            article, notes = settle(draft, page, settings)
            yield from notes
            if article is not None:
                yield Parsed(article, draft.what, draft.id, page.fetched, page)


def _drafts(page: Page, config: Config) -> Iterator[Draft | Rejected]:
    """Yield what the format of `page` finds on it; a page that holds nothing is one `Rejected`."""
    try:
        if page.media_type not in FORMATS:
            raise ParseError(f"its format {page.media_type!r} is not known; use one of {', '.join(FORMATS)}")
        if not page.content.strip():
            raise ParseError("it is empty; save the report's text in it")
        yield from FORMATS[page.media_type](page, config)
    except ParseError as error:
        yield Rejected(page.location, "parse", str(error))
