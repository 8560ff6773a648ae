"""Unpacks what servers send packed, in steps of bounded size: no bomb can fill the memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from accord.readers.web.problems import RefusedError

ACCEPTED = "gzip, deflate"
"""What is asked for. Brotli and zstd would save little on pages of text, and need decoders that can be bounded so."""

_STEP = 65_536
_MOST_LAYERS = 2
_GZIP = 0x1F


def unpacked(parts: Iterable[bytes], coding: str | None, most: int) -> Iterator[bytes]:
    """Yield the content of `parts` (RFC 9110, section 8.4), at most 64 KiB at a time.

    Raises RefusedError where the coding is one that was not asked for, the content is broken or breaks off, or a layer
    of it is larger than `most` bytes.
    """
    layers = [name for name in (part.strip().lower() for part in (coding or "").split(",")) if name != "identity"]
    layers = [name for name in layers if name]
    if len(layers) > _MOST_LAYERS:
        raise RefusedError(f"it is packed {len(layers)} times over; save the page in a browser and name the file")
    for name in reversed(layers):
        if name not in ("gzip", "x-gzip", "deflate"):
            raise RefusedError(
                f"it is packed as {name!r:.40}, which was not asked for; save the page and name the file"
            )
        parts = _inflated(capped(parts, most), name == "deflate")
    return iter(capped(parts, most))


def capped(parts: Iterable[bytes], most: int) -> Iterator[bytes]:
    """Yield `parts`. Raises RefusedError as soon as they are more than `most` bytes."""
    size = 0
    for part in parts:
        size += len(part)
        if size > most:
            raise RefusedError(too_large(most))
        yield part


def too_large(most: int) -> str:
    """Return the sentence that tells of the cap."""
    return f"it is larger than {most:,} bytes; download it and name the file"


def _inflated(parts: Iterable[bytes], deflate: bool) -> Iterator[bytes]:
    """Yield what gzip (RFC 1952) or deflate (RFC 1950; some servers send bare RFC 1951) packed."""
    decoder = None
    first = True
    for part in _from_two_bytes(parts) if deflate else parts:
        while part or decoder is not None:
            if decoder is None:
                # Another member may follow the first (RFC 1952, section 2.2); what is none is filling, and left.
                if not first and part[0] != _GZIP:
                    return
                decoder = zlib.decompressobj(_window(part) if deflate else 31)
                first = False
            try:
                plain = decoder.decompress(part, _STEP)
            except zlib.error as error:
                raise RefusedError(f"its packed content is damaged ({error}); try again later") from error
            if plain:
                yield plain
            part = decoder.unconsumed_tail
            if decoder.eof:
                part = decoder.unused_data
                decoder = None
            elif not part and len(plain) < _STEP:
                break
    if decoder is not None:
        raise RefusedError("its packed content breaks off; try again later")


def _from_two_bytes(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield `parts`, the first of them with two bytes at least, by which a header is known."""
    start: bytes | None = b""
    for part in parts:
        if start is None:
            yield part
            continue
        start += part
        if len(start) >= 2:
            yield start
            start = None
    if start:
        yield start


def _window(start: bytes) -> int:
    """Return what tells zlib whether a zlib header comes first."""
    wrapped = len(start) < 2 or (start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0)
    return 15 if wrapped else -15
