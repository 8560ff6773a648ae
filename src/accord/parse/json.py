"""JSON: one article, a list of them, or an object that holds the list under `articles`.

An item of an agency's ninjs is told by its properties, wherever an article may stand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from accord.config import Config
from accord.errors import ParseError
from accord.parse import ninjs
from accord.parse.decoding import decode
from accord.parse.draft import Draft
from accord.parse.fields import draft_of, kind_of
from accord.records import Page, Rejected

MOST_ARTICLES = 100_000


def drafts(page: Page, config: Config) -> Iterator[Draft | Rejected]:
    """Yield each article on `page`; one that cannot be used is a `Rejected`, and the rest go on."""
    data = load(decode(page.content))
    if isinstance(data, dict) and isinstance(data.get("articles"), list):
        data = data["articles"]
    if not isinstance(data, list):
        yield from _items([(page.location, data)], config)
    elif not data:
        raise ParseError("its list of articles is empty; put articles into it")
    elif len(data) > MOST_ARTICLES:
        raise ParseError(f"its list holds over {MOST_ARTICLES:,} values; write an article a line and name it .jsonl")
    else:
        yield from _items(((f"{page.location}, article {n}", item) for n, item in enumerate(data, 1)), config)


def _items(found: Iterable[tuple[str, object]], config: Config) -> Iterator[Draft | Rejected]:
    """Yield a draft for each object among `found`, which pairs each value with its place."""
    for what, item in found:
        try:
            if not isinstance(item, dict):
                raise ParseError(f"it is {kind_of(item)}, not an object; write an article as an object with its text")
            yield ninjs.draft_of(item, what) if ninjs.is_item(item) else draft_of(item, what, columns=config.columns)
        except ParseError as error:
            yield Rejected(what, "parse", str(error))


def load(text: str) -> object:
    """Return the value that `text` holds. Raises ParseError with the position of the fault."""
    try:
        return json.loads(text.rstrip())  # a line's end is no part of a string that is cut off
    except json.JSONDecodeError as error:
        hint = "; if each line is an article, name the file .jsonl" if error.msg == "Extra data" else ""
        fault = error.msg.removesuffix(" at")
        raise ParseError(f"it is not valid JSON: {fault} at {_place(error)}; mend it there{hint}") from error
    except RecursionError as error:
        raise ParseError("its JSON is nested too deeply; write an article as one flat object") from error
    except ValueError as error:  # an integer of thousands of digits
        raise ParseError(f"it is not usable JSON: {error}; mend it") from error


def _place(error: json.JSONDecodeError) -> str:
    """Return where the fault is; on a page of one line, as in JSON Lines, where in that."""
    column = f"column {error.colno}"
    return f"line {error.lineno}, {column}" if "\n" in error.doc else column
