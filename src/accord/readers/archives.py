"""Archives: gzip and Zstandard files of any format, ZIP files of pages, WACZ files (ZIP files of web archives)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace
from io import SEEK_END
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from accord.errors import ReadError
from accord.readers.inputs import Desk, Input
from accord.readers.kinds import MEDIA_TYPES, known_suffix, media_type, without_packing
from accord.readers.layers import (
    MOST_BLOWN_UP,
    Layer,
    buffered,
    is_packed,
    member,
    opened,
    seekable,
    start_of,
    unpacked,
)
from accord.records import Page, Rejected

MOST_LISTED = 16_000_000
"""Bytes of a ZIP file's list of members: over a hundred thousand of them."""

_OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/manifest.xml")
_WEB_ARCHIVES = (".warc", ".warc.gz", ".warc.zst")
_ENCRYPTED = 0x1


def packed(item: Input, desk: Desk) -> Iterator[Page | Rejected]:
    """Yield the pages of the file that `item` packs, whatever its format: its name without .gz or .zst tells it.

    A file that is damaged or far larger than it claims gives what came before that, and a `Rejected` that says so.
    """
    outer = buffered(item.file)
    start = start_of(outer)
    layer = unpacked(outer, start) if is_packed(start) else None
    file = buffered(layer) if layer else outer  # a server may have unpacked it and left its name as it was
    try:
        yield from _inner(replace(item, file=file, depth=item.depth + 1), layer, desk)
    finally:
        if outer is not item.file:
            outer.detach()


def _inner(item: Input, layer: Layer | None, desk: Desk) -> Iterator[Page | Rejected]:
    start = start_of(buffered(item.file))
    name = without_packing(item.name)
    while without_packing(name) != name and not is_packed(start):
        name = without_packing(name)
    kind = media_type(name, start)
    if layer is None:
        yield from desk.open(replace(item, media_type=kind))
        return
    if not start and layer.fault:
        raise ReadError(layer.fault)
    layer.resync = kind == "application/warc"
    try:
        yield from desk.open(replace(item, media_type=kind))
    except ReadError as error:
        raise ReadError(layer.fault or str(error)) from error
    if layer.fault:
        yield Rejected(item.name, "read", layer.fault)


def zipped(item: Input, desk: Desk) -> Iterator[Page | Rejected]:
    """Yield the pages of the members of `item` whose suffix is known, in their order; of a WACZ its web archives."""
    with seekable(item.file) as file:
        _check_list(file)
        try:
            archive = ZipFile(file)
        except (BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError) as error:
            raise ReadError(f"it is no usable ZIP file ({error}); download or copy it again") from error
        with archive:
            members = _chosen(archive)
            if sum(info.compress_size for info in members) > file.seek(0, SEEK_END):
                raise ReadError("its members lie over each other, as in a ZIP bomb; unpack it yourself if you trust it")
            for info in members:
                yield from _member(archive, info, item, desk)


def _member(archive: ZipFile, info: ZipInfo, item: Input, desk: Desk) -> Iterator[Page | Rejected]:
    place = f"{item.name}, {info.filename}"
    if info.flag_bits & _ENCRYPTED:
        yield Rejected(place, "read", "it is encrypted; unpack the archive with its password first")
        return
    if info.file_size > 1_000_000 + 5 * MOST_BLOWN_UP * info.compress_size:
        yield Rejected(place, "read", f"it unpacks to over {MOST_BLOWN_UP} times its size; unpack it if you trust it")
        return
    try:
        content = archive.open(info)
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        yield Rejected(place, "read", f"it cannot be unpacked ({error}); download or copy the archive again")
        return
    layer = member(content, info.compress_size)
    with content, buffered(layer) as file:
        start = start_of(file)
        if not start and layer.fault:
            yield Rejected(place, "read", layer.fault)
            return
        kind = media_type(info.filename, start)
        inner = Input(file, place, kind, item.fetched, base=item.base, depth=item.depth + 1)
        yield from opened(inner, desk)
        if layer.fault:
            yield Rejected(place, "read", layer.fault)


def _chosen(archive: ZipFile) -> list[ZipInfo]:
    """Return the members to read. Raises ReadError where there are none."""
    members = [info for info in archive.infolist() if not info.is_dir()]
    names = {info.filename for info in members}
    if names & set(_OFFICE):
        raise ReadError("it is an office document or an e-book, not an archive of pages; save its text as .txt")
    if "datapackage.json" in names:
        web = [i for i in members if i.filename.startswith("archive/") and i.filename.endswith(_WEB_ARCHIVES)]
        if web:
            return web
    chosen = [info for info in members if _visible(info.filename) and known_suffix(info.filename)]
    if not chosen:
        raise ReadError(
            f"the archive holds no file that ends in {', '.join(MEDIA_TYPES)}; unpack it and name the files"
        )
    return chosen


def _visible(name: str) -> bool:
    return not any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _check_list(file: BinaryIO) -> None:
    """Raise ReadError where the list of members is so long that reading it would fill the memory."""
    try:
        size = file.seek(0, SEEK_END)
        file.seek(max(0, size - (1 << 16) - 22 - 76))
        end = file.read()
        file.seek(0)
    except (OSError, ValueError) as error:
        raise ReadError(f"it cannot be read ({error}); check the path and the disk") from error
    at = end.rfind(b"PK\5\6")
    wide = end.rfind(b"PK\6\6")  # the same record of a ZIP64 file stands before it
    if at < 0 or len(end) < at + 22:
        raise ReadError("the end of the ZIP file is missing; download or copy it again")
    listed = struct.unpack_from("<L", end, at + 12)[0]
    if 0 <= wide < at and len(end) >= wide + 56:
        listed = struct.unpack_from("<Q", end, wide + 40)[0]
    if listed > MOST_LISTED:
        raise ReadError(f"its list of members takes over {MOST_LISTED:,} bytes; unpack it and name the folder")
