"""Mail: newsletters and forwarded articles, one message (.eml, RFC 5322) or many (.mbox, RFC 4155).

Messages are checked before the standard library parses them: its parser takes quadratic time on long parameters and
a kilobyte of memory a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from io import BytesIO
from typing import BinaryIO

from accord.errors import ReadError
from accord.readers.files import whole
from accord.readers.inputs import Desk, Input
from accord.readers.kinds import known_suffix, media_type
from accord.readers.layers import opened
from accord.records import Listing, Page, Rejected

MOST_PARTS = 1_000
MOST_LINES = 400_000
LONGEST_HEADER = 10_000
LONGEST_HEADERS = 256_000

_FRAGMENT = "text/html;fragment"
_BLANK = re.compile(rb"\r?\n\r?\n")
_STRUCTURED = re.compile(rb"^content-[\w-]+[ \t]*:", re.I | re.M)
_HEADER_END = re.compile(rb"\n(?![ \t])")
_REPORT = re.compile(rb"^content-type[ \t]*:\s*message/delivery-status", re.I | re.M)
_SEPARATOR = re.compile(rb"From \S.*\d\d?:\d\d")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.M)
_NOT_BASE64 = re.compile(r"[<>{}\"']|[^\s=] [^\s=]")
_LIST_NAME = re.compile(r"\s*\"?([^\"<]*?)\"?\s*<")
_ADDRESS = re.compile(r"https?://[^\s<>]+")
_FORWARDED = re.compile(r"^\s*(?:(?:fwd?|wg|tr|rv|i|doorst|re|aw|sv)\s*:\s*)+", re.I)


def message(item: Input, desk: Desk) -> Iterator[Page | Rejected]:
    """Yield the page in one message: its HTML part, else its text, and the articles attached to it.

    The subject is the title, the sender's display name the outlet (of a list its name), Date the day, and Archived-At
    (RFC 5064) the URL. Raises ReadError where the message holds none.
    """
    found = False
    for page in _pages(whole(item.file, desk.config), item, desk):
        found = True
        yield page
    if not found:
        raise ReadError("the message holds no text and no attached article; save the report's text as .txt")


def mailbox(item: Input, desk: Desk) -> Iterator[Page | Rejected]:
    """Yield the pages of each message in a mailbox, read one after another; those without text are counted in one line.

    Messages are told apart by their "From " lines after a blank line; ">From " in a text is "From " (mboxrd).
    """
    empty = number = 0
    for raw in _messages(item.file, desk.config.max_bytes):
        number += 1
        place = f"{item.name}, message {number}"
        if raw is None:
            reason = f"it is larger than {desk.config.max_bytes:,} bytes; save what you need of it as a file"
            yield Rejected(place, "read", reason)
            continue
        inner = Input(BytesIO(raw), place, "message/rfc822", item.fetched, depth=item.depth)
        found = False
        try:
            for page in _pages(raw, inner, desk):
                found = True
                yield page
        except ReadError as error:
            found = True
            yield Rejected(place, "read", str(error))
        empty += not found
    if not number:
        raise ReadError('it holds no message: none of its lines starts with "From "; name a single message .eml')
    if empty:
        yield Rejected(item.name, "read", f"{empty:,} of its {number:,} messages hold no text and no attached article")


def _pages(raw: bytes, item: Input, desk: Desk) -> Iterator[Page | Rejected]:
    head = _BLANK.search(raw)
    if head is None or not raw[head.end() :].strip():
        return
    _check(raw, head.start())
    try:
        mail = message_from_bytes(raw)
        parts = list(_parts(mail))
        listing = _listing(mail)
    except (MessageError, ValueError, LookupError, RecursionError, TypeError, AttributeError) as error:
        reason = f"it is no usable mail ({type(error).__name__}: {error}); save the report's text as .txt"
        raise ReadError(reason) from error
    body = _body(parts)
    if body is not None:
        content, kind, charset = body
        yield Page(content, item.name, kind, item.fetched, charset, listing)
    for number, (name, content) in enumerate(_attached(parts), 1):
        place = f"{item.name}, attachment {number} ({name})"
        inner = Input(BytesIO(content), place, media_type(name, content), item.fetched, depth=item.depth + 1)
        yield from opened(inner, desk)


def _parts(mail: Message) -> Iterator[Message]:
    """Yield the parts of `mail` that hold something, a message within it as one."""
    if mail.get_content_maintype() == "multipart" and mail.is_multipart():
        for part in mail.get_payload():
            if isinstance(part, Message):
                yield from _parts(part)
    else:
        yield mail


def _check(raw: bytes, header_ends: int) -> None:
    """Raise ReadError where a message is one that would take the parser too long or too much memory."""
    if header_ends > LONGEST_HEADERS:
        raise ReadError(f"its headers take over {LONGEST_HEADERS:,} bytes; save the report's text as .txt")
    if raw.count(b"\n") > MOST_LINES:
        raise ReadError(f"it has over {MOST_LINES:,} lines; save the report's text as .txt")
    if raw.count(b"\n--") > 2 * MOST_PARTS:
        raise ReadError(f"it has over {MOST_PARTS:,} parts; save the report's text as .txt")
    if _REPORT.search(raw):
        raise ReadError("it is a report on a mail that could not be delivered, not an article")
    for field in _STRUCTURED.finditer(raw):
        end = _HEADER_END.search(raw, field.end(), field.end() + LONGEST_HEADER)
        if end is None and len(raw) > field.end() + LONGEST_HEADER:
            raise ReadError(f"it has a header of over {LONGEST_HEADER:,} bytes; save the report's text as .txt")


def _listing(mail: Message) -> Listing:
    name, address = parseaddr(_header(mail, "From"))
    listed = _LIST_NAME.match(_header(mail, "List-Id"))
    url = _ADDRESS.search(_header(mail, "Archived-At"))
    return Listing(
        title=_FORWARDED.sub("", _header(mail, "Subject")) or None,
        outlet=(listed[1] if listed else "") or name or address.rpartition("@")[2] or None,
        published=_header(mail, "Date") or None,
        url=url[0] if url else None,
    )


def _header(mail: Message, name: str) -> str:
    """Return a header in one line, its encoded words (RFC 2047) decoded; "" where there is none or it is too long."""
    value = mail.get(name)
    text = "" if value is None else str(value)
    if len(text) > LONGEST_HEADER:
        return ""
    return _decoded(text)


def _decoded(text: str) -> str:
    """Return a header's text in one line; encoded words that cannot be decoded stay as they are."""
    with suppress(HeaderParseError, LookupError, UnicodeError, ValueError):
        text = str(make_header(decode_header(text)))
    return " ".join(text.encode("utf-8", "replace").decode().split())


def _body(parts: list[Message]) -> tuple[bytes, str, str | None] | None:
    """Return the longest HTML part that is not attached, else the longest text: its bytes, format and charset."""
    for kind, page_kind in (("text/html", _FRAGMENT), ("text/plain", "text/plain")):
        found = [(_content(part), part) for part in parts if part.get_content_type() == kind and not _name(part)]
        content, part = max(found, key=lambda pair: len(pair[0]), default=(b"", None))
        if part is not None and content.strip():
            return content, page_kind, part.get_content_charset()
    return None


def _attached(parts: list[Message]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each attached file whose format is known."""
    for part in parts:
        name = _name(part)
        if part.get_content_type() == "message/rfc822":
            yield name if name.lower().endswith(".eml") else f"{name or 'message'}.eml", _content(part)
        elif name and known_suffix(name) and (content := _content(part)):
            yield name, content


def _name(part: Message) -> str:
    """Return the file name of a part, its encoded words decoded; "" where it is shown in the message itself."""
    name = part.get_filename() or ""
    if not name and part.get_content_disposition() == "attachment":
        name = {"text/html": "page.html", "text/plain": "text.txt"}.get(part.get_content_type(), "")
    return _decoded(name[-LONGEST_HEADER:])[-200:]


def _content(part: Message) -> bytes:
    """Return a part without its transfer encoding; as it stands where that is not what its header says."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return _serialized(payload[0]) if payload and isinstance(payload[0], Message) else b""
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "base64" and isinstance(payload, str) and _NOT_BASE64.search(payload):
        return payload.encode("utf-8", "surrogateescape")
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _serialized(mail: Message) -> bytes:
    try:
        return mail.as_bytes()
    except (MessageError, ValueError, LookupError, RecursionError, TypeError, AttributeError) as error:
        raise ReadError(f"a message attached to it cannot be read ({error}); save it as a file") from error


def _messages(file: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Yield the messages of a mailbox as bytes, None for one that is larger than `limit`."""
    lines: list[bytes] | None = None
    size = 0
    blank = starts = True
    strict: bool | None = None
    while line := _line(file, limit):
        if starts and blank and line.startswith(b"From "):
            strict = bool(_SEPARATOR.match(line)) if strict is None else strict
            if not strict or _SEPARATOR.match(line):
                if lines is not None:
                    yield _joined(lines, size, limit)
                lines, size, blank = [], 0, False
                starts = line.endswith(b"\n")
                continue
        if lines is not None:
            size += len(line)
            if size <= limit:
                lines.append(line)
            else:
                lines.clear()
        blank = starts and not line.strip()
        starts = line.endswith(b"\n")
    if lines is not None:
        yield _joined(lines, size, limit)


def _joined(lines: list[bytes], size: int, limit: int) -> bytes | None:
    return None if size > limit else _QUOTED_FROM.sub(rb"\1", b"".join(lines))


def _line(file: BinaryIO, limit: int) -> bytes:
    try:
        return file.readline(min(limit, 1 << 20))
    except (OSError, EOFError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ReadError(f"it cannot be read ({reason}); check the path and the disk") from error
