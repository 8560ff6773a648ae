"""Builds archives by hand for the tests of the readers, and reads them."""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from accord.config import Config
from accord.readers import read_all
from accord.records import Page, Rejected


def answer(body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = "") -> bytes:
    """Return an HTTP answer as an archive keeps it."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


def record(
    uri: str, block: bytes, kind: str = "response", length: int | None = None, of: str = "application/http"
) -> bytes:
    """Return a WARC record; `length` is what it claims where that is not true."""
    size = len(block) if length is None else length
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2024-05-01T10:00:00Z\r\n"
        f"Content-Type: {of}\r\nContent-Length: {size}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def page_record(number: int, length: int | None = None) -> bytes:
    """Return the record of a page whose text is its number."""
    return record(f"https://herald.example/{number}", answer(b"<p>page %d" % number), length=length)


def zipped(**members: bytes) -> bytes:
    """Return a ZIP file of `members`, by their names in it."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def zstd(content: bytes) -> bytes:
    import zstandard

    return zstandard.ZstdCompressor().compress(content)


def gz(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def read_file(
    folder: Path, name: str, content: bytes, config: Config | None = None
) -> tuple[tuple[Page, ...], tuple[tuple[str, str], ...]]:
    """Return the pages of a file called `name`, and what was rejected with the reason; places without the folder."""
    path = folder / name
    path.write_bytes(content)
    pages, rejected = read_all([str(path)], config)
    return pages, tuple((places(item), item.reason) for item in rejected)


def places(item: Page | Rejected) -> str:
    """Return where `item` is, without the folder of the file: "dump.warc, record 2 (https://...)"."""
    place = item.location if isinstance(item, Page) else item.what
    head, comma, tail = place.partition(", ")
    return head.rpartition("/")[2] + comma + tail
