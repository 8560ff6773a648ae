"""What people paste: one or several texts with what is known of each, or addresses, one a line."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from accord.web.work.folders import file_in

DIVIDER = re.compile(r"^[ \t]*(?:-{3,}|={3,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE)
_HEAD = re.compile(r"(outlet|source|title|headline|published|date|url|link|byline|author)[ \t]*:[ \t]*(.*\S)", re.I)
_NAMES = {"source": "outlet", "headline": "title", "date": "published", "link": "url", "author": "byline"}
_ADDRESS = re.compile(r"(?:https?|feed|file|ftp|gopher|data|javascript)://?\S*|https?:\S+", re.I)

_WEB = re.compile(r"https?://[^\s/?#]", re.I)


class PasteError(ValueError):
    """What was pasted cannot be taken; the message says what to do, `field` is the one to mend."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Text:
    """One text, and what is known of it. `published` is an ISO day."""

    text: str
    outlet: str = ""
    title: str = ""
    published: str = ""
    url: str = ""
    byline: str = ""


def texts(pasted: str, *, outlet: str = "", title: str = "", published: str = "") -> list[Text]:
    """Return the texts in `pasted`, which lines of hyphens alone divide.

    Lines such as "Outlet: The Mail", "Title: ...", "Published: 4 May 2031" that begin a text say what is known of it;
    else what the form says holds for all of them, the title for a single one. Raises PasteError.
    """
    found = [_headed(part) for part in DIVIDER.split(pasted.replace("\r\n", "\n").replace("\r", "\n"))]
    found = [text for text in found if text.text.strip()]
    if not found:
        raise PasteError("text", "there is no text here; paste one, or several with a line --- between them")
    alone = title if len(found) == 1 else ""
    filled = [
        replace(
            text,
            outlet=text.outlet or outlet.strip(),
            title=text.title or alone.strip(),
            published=text.published or published.strip(),
        )
        for text in found
    ]
    for number, text in enumerate(filled, 1):
        which = "" if len(filled) == 1 else f"text {number} of {len(filled)}: "
        if not text.outlet and not text.url:
            advice = "name its outlet here" if not which else 'begin it with a line "Outlet: NAME", or name one for all'
            raise PasteError("outlet", f"{which}who published it is not known; {advice}")
        if text.url and not _WEB.match(text.url):
            advice = "write one that begins with http:// or https://, or leave the line out"
            raise PasteError("text", f'{which}"{text.url[:100]}" is not an address of the web; {advice}')
        if text.published:
            filled[number - 1] = replace(text, published=_day(text.published, which))
    return filled


def addresses_in(pasted: str) -> list[str] | None:
    """Return the addresses in `pasted` where each of its words is one; None where it is a text."""
    words = pasted.split()
    return words if words and all(_ADDRESS.fullmatch(word) for word in words) else None


def write(folder: Path, found: list[Text]) -> None:
    """Write `found` into a private folder as articles, whose texts stay character for character."""
    for number, text in enumerate(found, 1):
        fields = {name: value for name in Text.__slots__ if (value := getattr(text, name))}
        name = "pasted text.json" if len(found) == 1 else f"pasted text {number}.json"
        file_in(folder, number, name).write_text(json.dumps(fields), encoding="utf-8")


def _headed(part: str) -> Text:
    """Return a text with what the lines at its beginning say of it."""
    text = part.strip("\n")
    known: dict[str, str] = {}
    while True:
        line, _, rest = text.lstrip("\n").partition("\n")
        match = _HEAD.fullmatch(line.strip())
        name = match and _NAMES.get(match[1].lower(), match[1].lower())
        if not match or not name or name in known:
            return Text(text.strip("\n"), **known)
        known[name], text = match[2], rest


def _day(value: str, which: str) -> str:
    from accord.parse import to_day

    try:
        return to_day(value) or ""
    except ValueError as error:
        raise PasteError("published", f"{which}{error}") from error
