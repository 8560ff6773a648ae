"""What a feed gives of one article: whether that is the whole of it, and the page or the link that comes of it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from accord.readers.inputs import Desk, Input, Link
from accord.records import Listing, Page, Rejected

FRAGMENT = "text/html;fragment"
PLAIN = "text/plain"

_WHOLE_CONTENT = 80
_WHOLE_DESCRIPTION = 150
_WHOLE_UNLINKED = 40
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"""[.!?。！？؟।]["'”’»“)\]]*$""")
_APPEARED = re.compile(r"The post .{0,300} (?:appeared first|first appeared) on .{0,120}$", re.S)
_MORE = (
    r"read (?:more|on|the (?:full|rest|whole|original|entire|complete)\b[^.!?]{0,60}|full (?:story|article|report))"
    r"|(?:continue|keep) reading\b[^.!?]{0,120}|(?:full|see full|view full) (?:story|article)"
    r"|weiterlesen|mehr lesen|zum artikel|lire (?:la suite|plus|l['’]article)|la suite|leer m[aá]s"
    r"|(?:seguir|sigue) leyendo|leggi (?:tutto|di pi[uù]|l['’]articolo)|continua a leggere|lees (?:meer|verder)"
    r"|le(?:ia|r) mais|l[aä]s mer|les mer|l[æa]s mere|czytaj (?:dalej|wi[eę]cej)"
)
_CUT = re.compile(rf"(?:…|\.\.\.|[\[(](?:…|\.\.\.)[\])]|\b(?:{_MORE}))[\s\])»›→>&:.…]*$", re.I)


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of a feed. `text` is its longest text, of the media type `kind`; `content` tells that the feed calls it
    the content, not a summary. `place` says where it stands ("herald.xml, entry 3")."""

    place: str
    text: str
    kind: str
    content: bool
    listing: Listing

    @property
    def what(self) -> str:
        """The place with the title: 'herald.xml, entry 3 "Dam opens"'."""
        title = self.listing.title
        return f'{self.place} "{title if len(title) <= 80 else title[:77] + "..."}"' if title else self.place


def found(told: Told, item: Input, desk: Desk) -> Iterator[Page | Rejected]:
    """Yield the page of an entry: its own text where that is the whole article, else what its link leads to.

    The text is the whole article unless it breaks off ("...", "Read more", and for a description without the end of a
    sentence) or is short: under 80 words where the feed calls it the content, under 150 where it is a description,
    under 40 where there is no link. What is not whole is never given as an article: where the link leads to nothing
    either, the entry is rejected.
    """
    linked = told.listing.url is not None
    words, whole = completeness(told.text, told.kind, content=told.content, linked=linked)
    if whole:
        content = told.text.encode("utf-8", "replace")
        yield Page(content, told.place, told.kind, item.fetched, "utf-8", told.listing, told.listing.url)
    elif linked:
        listed_in = f"{told.what}, which gives {_count(words)} of it"
        yield from desk.follow([Link(told.listing.url or "", told.listing, listed_in, item.depth + 1, base=item.base)])
    else:
        reason = f"the feed gives {_count(words)} of it and no link to the rest; save the page and name the file"
        yield Rejected(told.what, "read", reason)


def completeness(text: str, kind: str, *, content: bool, linked: bool) -> tuple[int, bool]:
    """Return how many words `text` has (counted up to some thousands), and whether it is a whole article.

    completeness("<p>The dam opened [...]</p>", "text/html;fragment", content=True, linked=True) -> (4, False)
    """
    start, end = text[:30_000], text[-3000:]
    if kind != PLAIN:
        start, end = bare(start), bare(end)
    words = len([word for word in start.split() if any(map(str.isalnum, word))])
    end = _APPEARED.sub("", _SPACE.sub(" ", end).strip()).strip()
    if _CUT.search(end[-300:]):
        return words, False
    if not linked:
        return words, words >= _WHOLE_UNLINKED
    if content:
        return words, words >= _WHOLE_CONTENT
    return words, words >= _WHOLE_DESCRIPTION and _SENTENCE_END.search(end[-20:]) is not None


def bare(text: str) -> str:
    """Return `text` without its tags, entities undone: "Fish &amp; <b>chips</b>" -> "Fish & chips"."""
    return html.unescape(_TAG.sub(" ", text))


def one_line(text: object, *, markup: bool = False) -> str | None:
    """Return a title or a name as one line of plain text, None where nothing is left of it; `markup` undoes HTML.

    one_line("Mayor&amp;#8217;s <i>vow</i>", markup=True) -> "Mayor’s vow"
    """
    if not isinstance(text, str):
        return None
    text = text[:10_000]
    if markup:
        text = html.unescape(html.unescape(_TAG.sub("", text)))
    return " ".join(text.encode("utf-8", "replace").decode().split())[:1000] or None


def absolute(url: object, base: str | None) -> str | None:
    """Return `url` as an http(s) address, relative to `base` where it is; None where it is none."""
    if not isinstance(url, str) or not url.strip():
        return None
    try:
        full = urljoin(base or "", url.strip())
        parts = urlsplit(full)
        usable = parts.scheme.lower() in ("http", "https") and parts.hostname and len(full) <= 4000
    except ValueError:
        return None
    return full if usable else None


_SEPARATOR = re.compile(r"\s+[-|–—»:·>•/]+\s+|\s*[|»]\s*|:\s+")
_FEED_WORDS = re.compile(r"\s*[-–—|:]?\s*\b(?:(?:rss|atom|news)?[ -]?feeds?|rss(?: 2\.0)?|atom)\s*$", re.I)
_GENERIC = frozenset(
    "news latest top stories story headlines world uk us rss atom feed feeds politics sport sports home homepage "
    "breaking all articles updates front page international local national business the and main index".split()
)


def outlet_of(title: str | None, *addresses: str | None) -> str | None:
    """Return the outlet that a feed's title names, None where that is not sure.

    Of a title in parts it is the longest part that goes with the host of an address ("The Herald | World" at
    theherald.example); a title in one part is taken whole, save where it has only words that any feed may have.

        outlet_of("The Herald - World news", "https://www.theherald.example/world") -> "The Herald"
    """
    name = _FEED_WORDS.sub("", title or "").strip(" -–—|:»")
    parts = [part for part in _SEPARATOR.split(name) if part]
    if len(parts) > 1:
        labels = [label for address in addresses for label in _labels(address)]
        parts = sorted((part for part in parts if any(_goes_with(part, label) for label in labels)), key=len)
    if not parts:
        return None
    words = re.findall(r"\w+", parts[-1].lower())
    return None if len(parts[-1]) > 80 or all(word in _GENERIC for word in words) else parts[-1]


def _labels(address: str | None) -> list[str]:
    """Return the names in the host of `address`, its last one left out: "www.the-herald.example" -> ["theherald"]."""
    try:
        host = urlsplit(address or "").hostname or ""
    except ValueError:
        return []
    labels = [label.replace("-", "") for label in host.split(".")[:-1]]
    return [
        label for label in labels if len(label) >= 3 and label not in ("www", "com", "rss", "feeds", "feed", "news")
    ]


def _goes_with(part: str, label: str) -> bool:
    """Tell whether a part of a title and a name in a host mean one outlet: "Dale News" goes with dale.example."""
    letters = re.sub(r"[\W_]+", "", part.lower())
    short = letters.removeprefix("the")
    if len(short) < 3 or all(word in _GENERIC for word in re.findall(r"\w+", part.lower())):
        return False
    return label in (letters, short) or label.removeprefix("the").startswith(short) or short.startswith(label)


def _count(words: int) -> str:
    return "no text" if not words else "only one word" if words == 1 else f"only {words} words"
