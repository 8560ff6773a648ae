"""What templates do with values: days and times, counts, addresses of what a page links to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from markupsafe import Markup, escape

from accord.web.views.places import segment

VERDICTS = {"corroborated": "agreed", "disputed": "disputed", "single": "one origin"}
CLASSES = {"corroborated": "agreed", "disputed": "disputed", "single": "single"}


def day(value: str | None) -> Markup:
    """Return an ISO day, month or year as people write it, in a `time` element.

    day("2031-05-04") -> <time datetime="2031-05-04">4 May 2031</time>
    """
    if not value:
        return Markup("")
    return Markup('<time datetime="{}">{}</time>').format(value, _day_words(value))


def _day_words(value: str) -> str:
    try:
        if len(value) == 4:
            return value
        if len(value) == 7:
            return date.fromisoformat(f"{value}-01").strftime("%B %Y")
        told = date.fromisoformat(value[:10])
    except ValueError:
        return value
    return f"{told.day} {told.strftime('%b %Y')}"


def moment(value: str | None) -> Markup:
    """Return an ISO time in UTC in a `time` element, which the room's script puts into the reader's zone."""
    if not value:
        return Markup("")
    try:
        told = datetime.fromisoformat(value)
    except ValueError:
        return escape(value)
    words = f"{told.day} {told.strftime('%b %Y, %H:%M')} UTC"
    return Markup('<time class="moment" datetime="{}">{}</time>').format(value, words)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return "1 report", "1,200 reports", "3 stories"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def verdict(value: str | None) -> Markup:
    """Return a verdict as its mark (a shape of its own) and its word."""
    if value not in VERDICTS:
        return Markup("")
    mark = '<span class="verdict {}"><span class="shape" aria-hidden="true"></span>{}</span>'
    return Markup(mark).format(CLASSES[value], VERDICTS[value])


def web(url: str | None) -> str | None:
    """Return `url` if it is on the web; no other scheme is ever linked."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "moment": moment,
    "counted": counted,
    "verdict": verdict,
    "segment": segment,
    "web": web,
}
