"""Files in files: decompression in bounded memory, members of archives, and what readers ask of any file.

A damaged file does not raise: it ends where the damage begins and keeps what is wrong in `fault`, so that what came
before it is read.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO, cast
from zipfile import BadZipFile

from accord.errors import ReadError
from accord.readers.inputs import Desk, Input
from accord.records import Page, Rejected

MOST_BLOWN_UP = 200
FREE = 64_000_000
MOST_SPOOLED = 2_000_000_000
_CHUNK = 1 << 16
_ZSTD_CHUNK = 1 << 10
_GZIP_MEMBER = b"\x1f\x8b\x08"
_ZSTD_WINDOW = 1 << 27
_ZSTD_FRAME = b"\x28\xb5\x2f\xfd"
_ZSTD_DICTIONARY = b"\x5d\x2a\x4d\x18"
_FAULTS = (OSError, EOFError, ValueError, RuntimeError, BadZipFile, zlib.error)
"""What the readers of the standard library raise on damaged, encrypted or unknown archives."""


class Layer(RawIOBase):
    """A file read out of another: bytes come from `parts`, at most about `FREE` + `MOST_BLOWN_UP` times what it packs.

    `fault` tells what ended it early, None while nothing did.
    """

    def __init__(self, parts: Callable[[Layer], Iterator[bytes]], root: Layer | None = None) -> None:
        self.fault: str | None = None
        self.resync = False
        self.packed = 0
        self._root = root or self
        self._parts = parts(self)
        self._rest = b""
        self._unpacked = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            try:
                part = next(self._parts, None)
            except _FAULTS as error:
                self.fault = (
                    f"it breaks off after {self._unpacked:,} unpacked bytes ({error}); download or copy it again"
                )
                return 0
            if part is None:
                return 0
            self._rest = part
            self._unpacked += len(part)
            if self._unpacked > FREE + MOST_BLOWN_UP * self._root.packed:
                self.fault = f"it unpacks to over {MOST_BLOWN_UP} times its size; unpack it yourself if you trust it"
                self._parts, self._rest = iter(()), b""
                return 0
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def is_packed(start: bytes) -> bool:
    """Tell whether bytes start like a gzip or a Zstandard file."""
    return start.startswith((_GZIP_MEMBER, _ZSTD_FRAME, _ZSTD_DICTIONARY))


def unpacked(file: BinaryIO, start: bytes) -> Layer:
    """Return what `file`, which begins with `start`, packs as gzip or Zstandard, its members one after another."""
    parts = _gzip if start.startswith(_GZIP_MEMBER) else _zstd
    outer = getattr(file, "raw", None)
    return Layer(lambda layer: parts(file, layer), outer._root if isinstance(outer, Layer) else None)


def member(file: IO[bytes], packed: int) -> Layer:
    """Return the bytes of one member of an archive, which takes `packed` bytes in it."""

    def parts(layer: Layer) -> Iterator[bytes]:
        layer.packed = packed
        while part := file.read(_CHUNK):
            yield part

    return Layer(parts)


def buffered(file: BinaryIO | Layer) -> BufferedReader:
    """Return `file` with `peek`; the caller `detach`es it where `file` is not its own."""
    if isinstance(file, BufferedReader):
        return file
    return BufferedReader(cast(RawIOBase, file), 1 << 17)


def start_of(file: BufferedReader) -> bytes:
    """Return how `file` starts, which stays to be read."""
    try:
        return file.peek(1)
    except _FAULTS as error:
        raise ReadError(f"it cannot be read ({error}); check the path and the disk") from error


@contextmanager
def seekable(file: BinaryIO) -> Iterator[BinaryIO]:
    """Give `file`, or what is left in it as a temporary file where it cannot be sought.

    Raises ReadError where that would take over `MOST_SPOOLED` bytes of disk.
    """
    if file.seekable():
        yield file
        return
    with TemporaryFile() as spool:
        left = MOST_SPOOLED
        while part := file.read(_CHUNK):
            left -= len(part)
            if left < 0:
                raise ReadError(f"it is larger than {MOST_SPOOLED:,} bytes and comes as a stream; save it as a file")
            spool.write(part)
        spool.seek(0)
        yield cast(BinaryIO, spool)


def opened(item: Input, desk: Desk) -> Iterator[Page | Rejected]:
    """Yield the pages of `item`; where it holds none, a `Rejected` that names it."""
    try:
        yield from desk.open(item)
    except ReadError as error:
        yield Rejected(item.name, "read", str(error))


def _gzip(file: BinaryIO, layer: Layer) -> Iterator[bytes]:
    """Yield what the members of a gzip file hold (RFC 1952). `layer.resync`: a damaged one is left for the next."""
    stream = zlib.decompressobj(wbits=31)
    rest = b""
    while rest or (rest := _more(file, layer)):
        if stream.eof:
            rest = rest.lstrip(b"\0")  # padding, as tapes have it
            if not rest:
                continue
            stream = zlib.decompressobj(wbits=31)
        try:
            part = stream.decompress(rest, _CHUNK)
            rest = stream.unused_data if stream.eof else stream.unconsumed_tail
        except zlib.error:
            if not layer.resync:
                raise
            part, rest = b"", _next_member(rest[1:], file, layer)
            stream = zlib.decompressobj(wbits=31)
            layer.fault = "a part of it is damaged and was left out; download or copy it again"
        if part:
            yield part
    if not stream.eof:
        raise EOFError("the end of its compressed data is missing")


def _next_member(rest: bytes, file: BinaryIO, layer: Layer) -> bytes:
    """Return what is left from the next place on that starts like a member."""
    while (at := rest.find(_GZIP_MEMBER)) < 0:
        more = _more(file, layer)
        if not more:
            raise EOFError("the end of its compressed data is missing")
        rest = rest[-2:] + more
    return rest[at:]


def _zstd(file: BinaryIO, layer: Layer) -> Iterator[bytes]:
    """Yield what the frames of a Zstandard file hold (RFC 8878), with the dictionary that a .warc.zst starts with."""
    import zstandard

    try:
        rest = _more(file, layer, _ZSTD_CHUNK)
        dictionary, rest = _dictionary(rest, file, layer)
        reader = zstandard.ZstdDecompressor(dict_data=dictionary, max_window_size=_ZSTD_WINDOW)
        stream: Any = None
        while rest or (rest := _more(file, layer, _ZSTD_CHUNK)):
            stream = reader.decompressobj() if stream is None or stream.eof else stream
            part = stream.decompress(rest[:_ZSTD_CHUNK])
            rest = stream.unused_data + rest[_ZSTD_CHUNK:] if stream.eof else rest[_ZSTD_CHUNK:]
            if part:
                yield part
    except zstandard.ZstdError as error:
        raise EOFError(str(error)) from error
    if stream is None or not stream.eof:
        raise EOFError("the end of its compressed data is missing")


def _dictionary(rest: bytes, file: BinaryIO, layer: Layer) -> tuple[Any, bytes]:
    """Return the dictionary frame at the start of a .warc.zst (None where it has none) and the bytes after it."""
    if not rest.startswith(_ZSTD_DICTIONARY):
        return None, rest
    import zstandard

    size = 8 + int.from_bytes(rest[4:8], "little")
    if size > 16_000_000:
        raise EOFError("its dictionary is larger than 16 MB")
    while len(rest) < size and (more := _more(file, layer)):
        rest += more
    content, rest = rest[8:size], rest[size:]
    if content.startswith(zstandard.FRAME_HEADER):
        content = zstandard.ZstdDecompressor().decompress(content, max_output_size=16_000_000)
    return zstandard.ZstdCompressionDict(content), rest


def _more(file: BinaryIO, layer: Layer, size: int = _CHUNK) -> bytes:
    part = file.read(size)
    layer.packed += len(part)
    return part
