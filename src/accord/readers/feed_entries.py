"""Cuts an XML feed into its entries, each a small feed of its own, so that a broken one leaves the others whole."""

from __future__ import annotations

import codecs
import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 2_000_000
LONGEST_BROKEN = 200_000
MOST_BROKEN = 3_000_000
"""So many bytes an entry may have, and one that is not well-formed; so many all of those in a feed. What is not
well-formed is read a hundred times slower, up to 10 seconds for a million bytes of unclosed tags."""

_HEAD = 64_000
_MOST_SAID = 20_000
_DECLARED = re.compile(rb"""^\s*<\?xml[^<>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_ROOT = re.compile(rb"""<((?:[\w.-]{1,40}:)?)(rss|rdf|feed)((?:\s(?:"[^"]*"|'[^']*'|[^<>"'])*)?)>""", re.I)
_MARK = re.compile(rb"<(?:!\[CDATA\[|!--|(/?)((?:[\w.-]{1,40}:)?(?:item|entry))(?=[\s/>]))")
_CHANNEL = re.compile(rb"</?channel(?:\s[^<>]*)?>")
_ENTITY = re.compile(rb"&([a-zA-Z][a-zA-Z0-9]{1,31});")
_PICTURE = re.compile(rb"(</?media:)(?=(?:description|title|text)\b)")
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_UTF_16 = (
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_OFTEN_WRONG = ("utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso8859-1", "latin-1", "latin1", "windows-1252")
_PREFIXES = {
    b"content": b"http://purl.org/rss/1.0/modules/content/",
    b"dc": b"http://purl.org/dc/elements/1.1/",
    b"dcterms": b"http://purl.org/dc/terms/",
    b"media": b"http://search.yahoo.com/mrss/",
    b"atom": b"http://www.w3.org/2005/Atom",
    b"feedburner": b"http://rssnamespace.org/feedburner/ext/1.0",
    b"itunes": b"http://www.itunes.com/dtds/podcast-1.0.dtd",
    b"slash": b"http://purl.org/rss/1.0/modules/slash/",
    b"wfw": b"http://wellformedweb.org/CommentAPI/",
    b"georss": b"http://www.georss.org/georss",
    b"thr": b"http://purl.org/syndication/thread/1.0",
}
"""Prefixes that feeds use without saying what they stand for."""


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands around the entries of a feed: how each is opened and closed, and the feed without its entries."""

    opening: bytes
    closing: bytes
    head: bytes
    charset: str | None

    @property
    def atom(self) -> bool:
        return self.closing.endswith(b"feed>")

    def document(self, entry: bytes) -> bytes:
        """Return the feed with `entry` alone, in UTF-8, without DOCTYPE and so without entities of its own."""
        text = _PICTURE.sub(rb"\1picture-", _ENTITY.sub(_character, unified(entry, self.charset)))
        return b'<?xml version="1.0" encoding="utf-8"?>' + self.opening + text + self.closing


def shell_of(content: bytes, charset: str | None = None) -> Shell | None:
    """Return what stands around the entries of the feed `content`, None where it is no feed.

    `charset` is what its server calls its encoding; what the feed says itself wins.
    """
    declared = _DECLARED.match(content[:400].removeprefix(codecs.BOM_UTF8))
    root = _ROOT.search(content[:_HEAD])
    if root is None:
        return None
    prefix, name, attributes = root[1], root[2], root[3].rstrip(b"/ ")
    bound = b"".join(b' xmlns:%s="%s"' % pair for pair in _PREFIXES.items() if b"xmlns:%s=" % pair[0] not in attributes)
    opening = b"<%s%s%s%s>" % (prefix, name, attributes, bound)
    closing = b"</%s%s>" % (prefix, name)
    first = next(_marks(content), None)
    head = content[root.end() : first[0] if first else len(content)][:_MOST_SAID]
    encoding = declared[1].decode() if declared else charset
    if name.lower() != b"rss":
        return Shell(_ascii(opening), closing, head, encoding)
    return Shell(_ascii(opening) + b"<channel>", b"</channel>" + closing, _CHANNEL.sub(b"", head), encoding)


def entries(content: bytes) -> Iterator[bytes]:
    """Yield each entry of the feed `content`, its tags included. One that is not closed ends where the next begins."""
    opened: int | None = None
    for start, end, closes in _marks(content):
        if opened is not None:
            yield content[opened : end if closes else start]
        opened = None if closes else start
    if opened is not None:
        yield content[opened:]


def straight(content: bytes) -> bytes:
    """Return a feed in UTF-16 in UTF-8, any other as it is."""
    for mark, encoding in _UTF_16:
        if content.startswith(mark):
            text = content.decode(encoding, "replace").removeprefix("\ufeff")
            return re.sub(r"^(\s*<\?xml[^<>]{0,200}?)encoding=[\"'][^\"']*[\"']", r"\1", text).encode()
    return content


def unified(raw: bytes, charset: str | None) -> bytes:
    """Return `raw` in UTF-8 without control characters, whatever of its encoding is declared wrongly.

    What reads as UTF-8 is UTF-8, unless an encoding is declared that is seldom declared by mistake; what does not, and
    is not in its `charset` either, is Windows-1252, or UTF-8 with a few broken bytes.
    """
    if raw.isascii() and (charset or "").lower() not in ("iso-2022-jp", "utf-7", "hz-gb-2312"):
        return raw.translate(None, bytes(n for n in _CONTROL if n < 32))
    named = (charset or "utf-8").lower()
    for encoding in ("utf-8", named) if named in _OFTEN_WRONG else (named, "utf-8"):
        if encoding in _OFTEN_WRONG and not encoding.startswith("utf"):
            continue  # every byte would fit, so it is the last resort
        try:
            return raw.decode(encoding).translate(_CONTROL).encode("utf-8", "replace")
        except (UnicodeDecodeError, LookupError):
            continue
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken * 4 > sum(ord(character) > 127 for character in text):
        text = raw.decode("windows-1252", "replace")
    return text.translate(_CONTROL).encode("utf-8", "replace")


def _marks(content: bytes) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, whether it closes) of the tags of entries, those in CDATA and comments left out."""
    name: bytes | None = None
    at = 0
    unclosed: set[bytes] = set()
    while mark := _MARK.search(content, at):
        at = mark.end()
        if mark[2] is None:
            closing = b"]]>" if mark[0].startswith(b"<![") else b"-->"
            end = -1 if closing in unclosed else content.find(closing, at)
            if end < 0:
                unclosed.add(closing)  # looked for once, not at each of a million openings
            else:
                at = end + 3
            continue
        name = name or mark[2]
        if mark[2] == name:
            end = content.find(b">", at) + 1 or len(content)
            empty = content[end - 2 : end] == b"/>"
            yield mark.start(), end, bool(mark[1])
            if empty and not mark[1]:
                yield end, end, True
            at = end


def _character(match: re.Match[bytes]) -> bytes:
    name = match[1].decode()
    found = None if name in ("amp", "lt", "gt", "quot", "apos") else html.entities.html5.get(name + ";")
    return "".join(f"&#{ord(character)};" for character in found).encode() if found else match[0]


def _ascii(tag: bytes) -> bytes:
    return tag.decode("utf-8", "replace").encode("ascii", "xmlcharrefreplace")
