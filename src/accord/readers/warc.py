"""Web archives (WARC 0.18 to 1.1, ISO 28500): the pages that their response and resource records hold.

Records are framed here rather than by fastwarc's iterator, which ends at the first damage in the file; fastwarc reads
each record's HTTP message: header, transfer and content encodings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from accord.errors import ReadError
from accord.readers.inputs import Desk, Input
from accord.readers.kinds import media_type, recognised, web_address
from accord.readers.layers import opened
from accord.records import Listing, Page, Rejected

_CHUNK = 1 << 18
_LONGEST_HEADER = 1 << 16
_START = re.compile(rb"WARC/\d\.\d+\r?\n(?=[A-Za-z-]+:)")
_NEXT = re.compile(rb"\r?\n\r?\n(?=WARC/\d\.\d+\r?\n[A-Za-z-]+:)")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(r"^([\w-]+):[ \t]*(.*(?:\n[ \t].*)*)", re.M)
_TITLE_IN_JSON = re.compile(rb'"(?:headlines?|title)"\s*:')
_TEXT_IN_JSON = re.compile(rb'"(?:text|body\w*|bodies|content|articlebody)"\s*:', re.I)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_MEDIA = ("image/", "video/", "audio/", "font/")
_LISTS = ("application/sitemap+xml", "text/x-opml")  # an archive holds the pages themselves
_NO_ARTICLES = ("/robots.txt", "/ads.txt", "/favicon.ico")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its number in the file from 1, its header by lower-case name, its block; `fault` where it has one."""

    number: int
    fields: dict[str, str]
    head: bytes = b""
    block: bytes = b""
    fault: str | None = None


def pages(item: Input, desk: Desk) -> Iterator[Page | Rejected]:
    """Yield the pages that `item` archives: what was answered with status 200 and may be an article.

    Each damaged record is a `Rejected`, pictures, scripts, other answers and the like are one for the whole file.
    """
    limit = desk.config.max_bytes
    left_out: Counter[str] = Counter()
    count = 0
    for record in records(item.file, limit):
        uri = record.fields.get("warc-target-uri", "").strip().strip("<>")
        place = f"{item.name}, record {record.number}" + (f" ({uri})" if uri else "")
        if record.fault:
            yield Rejected(place, "read", record.fault)
            continue
        count += 1
        found = _input(record, item, place, uri, limit)
        if isinstance(found, Input):
            if "warc-truncated" in record.fields:
                yield Rejected(place, "read", "the archive holds only a part of this page; the part is read")
            yield from opened(found, desk)
        elif isinstance(found, Rejected):
            yield found
        elif found:
            left_out[found] += 1
    if not count:
        raise ReadError("it holds no whole WARC record; download or copy it again")
    if left_out:
        what = ", ".join(f"{kind} ({number:,})" for kind, number in left_out.most_common())
        yield Rejected(item.name, "read", f"{left_out.total():,} of its {count:,} records are no articles: {what}")


def records(file: BinaryIO, limit: int) -> Iterator[Record]:
    """Yield the records of `file`, those with a block over `limit` bytes and the damaged ones with a `fault`."""
    stream = _Stream(file)
    number = 0
    faulty = False
    while (skipped := stream.skip_to_start()) is not None:
        if skipped and not faulty:
            yield _between(number, skipped)
        number += 1
        record = _record(stream, number, limit)
        faulty = record.fault is not None
        yield record
    if stream.lost and number and not faulty:
        yield _between(number, stream.lost)


def _between(number: int, size: int) -> Record:
    where = "after it" if number else "before the first record"
    return Record(number, {}, fault=f"{size:,} bytes {where} belong to no record; they are left out")


def _record(stream: _Stream, number: int, limit: int) -> Record:
    head = stream.head()
    if head is None:
        return Record(number, {}, fault=f"its header is longer than {_LONGEST_HEADER:,} bytes; it is left out")
    fields = {name.lower(): value.strip() for name, value in _FIELD.findall(head.decode("utf-8", "replace"))}
    length = fields.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 18):
        return Record(number, fields, fault="its Content-Length is no number; archive the page again")
    size = int(length)
    if size > limit + _LONGEST_HEADER:
        kind = fields.get("warc-type", "").lower()
        stream.skip(size)
        wanted = kind in ("response", "resource")
        return Record(number, fields if wanted else {}, fault=_too_large(size, limit) if wanted else None)
    block = stream.take(size)
    if len(block) == size and stream.at_record_end():
        return Record(number, fields, head, block)
    again = _NEXT.search(block)
    if again:
        stream.put_back(block[again.end() :])
        return Record(number, fields, fault="its Content-Length is wrong: other records lie within; archive it again")
    if len(block) < size:
        return Record(number, fields, fault=f"it breaks off after {len(block):,} of {size:,} bytes; download it again")
    return Record(number, fields, fault="its Content-Length is wrong: the record goes on after it; archive it again")


def _too_large(size: int, limit: int) -> str:
    return f"it takes {size:,} bytes and the limit is {limit:,}; save the page on its own"


def _input(record: Record, item: Input, place: str, uri: str, limit: int) -> Input | Rejected | str | None:
    """Return the page in `record`, what kind of non-article it is, or None where it is no answer at all."""
    kind = record.fields.get("warc-type", "").lower()
    if kind not in ("response", "resource"):
        return None
    content, declared = record.block, record.fields.get("content-type", "")
    told = _CHARSET.search(declared)
    charset = told[1] if told else None
    if kind == "response" or declared.lower().startswith("application/http"):
        if not web_address(uri):
            return "answers that are no web pages"
        try:
            answer = _answer(record, uri, limit)
        except (OSError, ValueError, EOFError) as error:
            return Rejected(place, "read", f"its HTTP answer cannot be decoded ({error}); archive the page again")
        if isinstance(answer, str):
            return answer
        content, declared, charset = answer
        if len(content) > limit:
            return Rejected(place, "read", f"it unpacks to over {limit:,} bytes; save the page on its own")
    unwanted = _unwanted(uri, declared) or _no_article(content, declared)
    if unwanted:
        return unwanted
    listing = Listing(url=uri) if web_address(uri) else None
    return Input(
        file=BytesIO(content),
        name=place,
        media_type=media_type(uri, content, declared),
        fetched=record.fields.get("warc-date"),
        charset=charset,
        listing=listing,
        base=uri if listing else None,
        address=uri if listing else None,
        depth=item.depth + 1,
    )


def _unwanted(uri: str, declared: str) -> str | None:
    """Return what kind of non-article the URL or the declared media type names, None where they name none."""
    kind = declared.partition(";")[0].strip().lower()
    if kind.startswith(_MEDIA):
        return "pictures, sounds and fonts"
    if "javascript" in kind or "ecmascript" in kind or kind == "text/css":
        return "scripts and styles"
    if uri.partition("?")[0].endswith(_NO_ARTICLES):
        return "files for robots and browsers"
    return None


def _no_article(content: bytes, declared: str) -> str | None:
    """Return what kind of non-article the content shows, None where it may hold articles."""
    if not content.strip():
        return "empty answers"
    kind = recognised(content, declared)
    if kind is None:
        return "files of other formats"
    if kind in _LISTS:
        return "sitemaps and lists of feeds"
    if kind == "application/json" and not (_TITLE_IN_JSON.search(content) and _TEXT_IN_JSON.search(content)):
        return "JSON answers without a title and a text"
    return None


def _answer(record: Record, uri: str, limit: int) -> tuple[bytes, str, str | None] | str:
    """Return the body, media type and charset of an HTTP answer; the kind of one that is left out.

    At most `limit` + 1 bytes are decoded. Some archives keep the header of an encoding that they took off: a body that
    cannot be decoded and is HTML as it stands is taken so. Raises OSError where neither holds.
    """
    from fastwarc import WarcRecord

    raw = record.head + record.block
    message = WarcRecord.from_reader(BytesIO(raw), quirks_mode=True)
    message.parse_http(auto_decode="none", quirks_mode=True, strict_mode=False)
    if message.http_headers is None or message.http_headers.status_code != 200:
        return "answers other than 200"
    declared = message.http_headers.get("Content-Type") or ""
    unwanted = _unwanted(uri, declared)
    if unwanted:
        return unwanted
    try:
        decoded = WarcRecord.from_reader(BytesIO(raw), quirks_mode=True)
        decoded.parse_http(auto_decode="all", quirks_mode=True)
        content = decoded.reader.read(limit + 1)
    except OSError:
        content = message.reader.read(limit + 1)
        if not content.lstrip()[:1] == b"<":
            raise
    return content, declared, message.http_charset


class _Stream:
    """A file with a look ahead, for finding where records start. `lost` counts bytes at the end that are in none."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._ahead = b""
        self.lost = 0

    def skip_to_start(self) -> int | None:
        """Go to the next record and return the bytes passed over, blank ones not counted; None where none is left."""
        lost = 0
        while not (found := _START.search(self._ahead)):
            keep = self._ahead.rfind(b"WARC/", -64)
            keep = len(self._ahead) if keep < 0 else keep
            lost += len(self._ahead[:keep].strip())
            self._ahead = self._ahead[keep:]
            if not self._fill():
                self.lost = lost + len(self._ahead.strip())
                return None
        lost += len(self._ahead[: found.start()].strip())
        self._ahead = self._ahead[found.start() :]
        return lost

    def head(self) -> bytes | None:
        """Return a record's header with the blank line that ends it; None, and past its first line, without one."""
        while not (end := _HEADER_END.search(self._ahead, 0, _LONGEST_HEADER)):
            if len(self._ahead) > _LONGEST_HEADER or not self._fill():
                self._ahead = self._ahead[5:]
                return None
        return self._taken(end.end())

    def take(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer where the file ends before."""
        parts = [self._taken(min(size, len(self._ahead)))]
        left = size - len(parts[0])
        while left and (part := self._read(min(left, _CHUNK))):
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def skip(self, size: int) -> None:
        """Pass over `size` bytes, or fewer where another record starts within them."""
        left = size
        while left and (self._ahead or self._fill()):
            again = _NEXT.search(self._ahead, 0, left)
            step = again.end() if again else min(left, max(1, len(self._ahead) - 64))
            self._taken(step)
            left -= step
            if again:
                return
            if len(self._ahead) <= 64 and left and not self._fill():
                self._taken(min(left, len(self._ahead)))
                return

    def put_back(self, content: bytes) -> None:
        self._ahead = content + self._ahead

    def at_record_end(self) -> bool:
        """Tell whether nothing, or a line end as after a record's block, comes next."""
        if not self._ahead:
            self._fill()
        return self._ahead[:1] in (b"", b"\r", b"\n") or self._ahead.startswith(b"WARC/")

    def _fill(self) -> bool:
        part = self._read(_CHUNK)
        self._ahead += part
        return bool(part)

    def _taken(self, size: int) -> bytes:
        part, self._ahead = self._ahead[:size], self._ahead[size:]
        return part

    def _read(self, size: int) -> bytes:
        try:
            return self._file.read(size)
        except (OSError, EOFError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise ReadError(f"it cannot be read ({reason}); check the path and the disk") from error
