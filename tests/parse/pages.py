"""Pages and an article text for the tests of `parse`."""

from __future__ import annotations

import json

from accord.records import Page

TEXT = (
    "The dam at Oss will open in May, its keeper said on Monday. The council of the town had asked for a delay, "
    "but the engineers found that the walls were sound and that the gates could be opened with care.\n\n"
    "“We have waited long enough,” Mara Quell told reporters."
)


def page(content: bytes | str, media_type: str = "text/plain", location: str = "news/herald.txt") -> Page:
    """Return a page of `content`, text as UTF-8."""
    return Page(content.encode() if isinstance(content, str) else content, location, media_type)


def json_page(value: object, location: str = "news/herald.json") -> Page:
    """Return a page of `value` as JSON."""
    return page(json.dumps(value), "application/json", location)
