"""Records as blobs: MessagePack, compressed by Zstandard, with the texts of spans left out.

A span's text is what stands in its article, so it is cut out before a record is kept and put back when it is read. A
checksum of all that was cut out goes with the blob: a text that has changed under its spans is found when it is read.
"""

from __future__ import annotations

import dataclasses
import struct
import threading
import zlib
from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar, cast, get_args, get_type_hints

import msgspec
import zstandard

T = TypeVar("T")
Finder = Callable[[str], str | None]
"""Gives the text of the article with an id; None where it is not held."""

MOST_BYTES = 1 << 29
"""No blob unpacks to more: a header that says so is damaged."""
_LEVEL = 3
_SUM = struct.Struct("<I")


class Damaged(Exception):
    """A blob that does not unpack, or whose spans do not stand in their articles. The message says what is wrong."""


class Codec:
    """Packs and unpacks records; used by one thread at a time."""

    def __init__(self) -> None:
        self._compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
        self._decompressor = zstandard.ZstdDecompressor()
        self._encoder = msgspec.msgpack.Encoder()

    def squeeze(self, content: bytes) -> bytes:
        return self._compressor.compress(content)

    def stretch(self, blob: bytes) -> bytes:
        try:
            size = zstandard.frame_content_size(blob)
            if not 0 <= size <= MOST_BYTES:
                raise Damaged(f"it says that it unpacks to {size} bytes")
            return self._decompressor.decompress(blob, max_output_size=MOST_BYTES)
        except zstandard.ZstdError as error:
            raise Damaged(f"it does not unpack ({error})") from error

    def pack(self, record: object) -> bytes:
        """Return a record (or a tuple of records) as a blob."""
        return self.squeeze(self._encoder.encode(record))

    def unpack(self, blob: bytes, kind: type[T]) -> T:
        """Return the record of a `kind` in `blob`; raises Damaged."""
        try:
            decoder = _decoders.get(kind) or _decoder(kind)
            return cast("T", decoder.decode(self.stretch(blob)))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Damaged(f"it does not hold what it should ({error})") from error

    def pack_spans(self, record: object, of: Finder) -> bytes:
        """Return a record as a blob without the texts of its spans; `of` gives the text of each article.

        A span without an article's id of its own is one of the record that it is part of. One whose text does not stand
        in its article keeps it.
        """
        cut = _Cut(of)
        slim = cut.walk(record, "")
        return cut.sum() + self.pack(slim)

    def unpack_part(self, blob: bytes, kind: type[T]) -> T:
        """Return some fields of the record in a blob of `pack_spans`, those of a record of a `kind`: none has spans."""
        if len(blob) < _SUM.size:
            raise Damaged("it is cut off")
        return self.unpack(blob[_SUM.size :], kind)

    def unpack_spans(self, blob: bytes, kind: type[T], of: Finder) -> T:
        """Return the record in a blob of `pack_spans`; raises Damaged where a text is not what it was."""
        if len(blob) < _SUM.size:
            raise Damaged("it is cut off")
        record = self.unpack(blob[_SUM.size :], kind)
        filled = _Filled(of)
        filled.walk(record, "")
        if filled.sum() != blob[: _SUM.size]:
            raise Damaged("its spans do not give the characters that they gave when it was kept")
        return record


_decoders: dict[Any, msgspec.msgpack.Decoder[Any]] = {}
_shapes: dict[Any, _Shape] = {}
_making = threading.Lock()


def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    """Return the decoder of a kind of record, made once in a process, one at a time.

    msgspec keeps what it finds out about a dataclass on the class before it is complete: two threads that made decoders
    of the same records at once would read it half made, and the process would die.
    """
    with _making:
        if kind not in _decoders:
            _decoders[kind] = msgspec.msgpack.Decoder(kind)
        return _decoders[kind]


# spans ----------------------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class _Shape:
    """A record type: where its span's text stands among its fields, and the fields that hold records with spans.

    `values` gives the values of its fields, `slim` makes of them what is kept, without those that are the defaults.
    """

    values: Callable[[Any], tuple[Any, ...]]
    slim: Callable[..., Any]
    text: int | None
    nested: tuple[tuple[int, str], ...]
    named: bool


def _shape(kind: Any) -> _Shape:
    if kind not in _shapes:
        _shapes[kind] = _shape_of(kind)
    return _shapes[kind]


def _shape_of(kind: Any) -> _Shape:
    hints = get_type_hints(kind)
    fields = dataclasses.fields(kind)
    names = [field.name for field in fields]
    defaults = [() if field.default is dataclasses.MISSING else (field.default,) for field in fields]
    slim = msgspec.defstruct(
        kind.__name__,
        [(name, Any, *default) for name, default in zip(names, defaults, strict=True)],
        omit_defaults=True,
        gc=False,
    )
    spanned = {"start", "end", "text"} <= set(names)
    nested = [(n, name) for n, name in enumerate(names) if any(map(_has_spans, _records_in(hints[name])))]
    text = names.index("text") if spanned else None
    return _Shape(attrgetter(*names), slim, text, tuple(nested), hints.get("article") is str)


def _records_in(hint: Any) -> list[type]:
    """Return the record types that a type hint names: tuple[Span, ...] | None -> [Span]"""
    if dataclasses.is_dataclass(hint):
        return [hint] if isinstance(hint, type) else []
    return [kind for inner in get_args(hint) for kind in _records_in(inner)]


def _has_spans(kind: type) -> bool:
    shape = _shape(kind)
    return shape.text is not None or bool(shape.nested)


class _Walk:
    """Goes through a record's spans in the order of its fields, and gathers their texts."""

    def __init__(self, of: Finder) -> None:
        self.found: list[str] = []
        self._of = of
        self._texts: dict[str, str] = {}

    def text_of(self, article: str) -> str:
        if article not in self._texts:
            self._texts[article] = self._of(article) or ""
        return self._texts[article]

    def sum(self) -> bytes:
        return _SUM.pack(zlib.crc32("\x1f".join(self.found).encode("utf-8", "surrogatepass")))


class _Cut(_Walk):
    def walk(self, record: Any, article: str) -> Any:
        """Return what is kept of `record`: its spans have no text."""
        shape = _shapes.get(type(record)) or _shape(type(record))
        if shape.named:
            article = record.article
        values = list(shape.values(record))
        if shape.text is not None:
            text = values[shape.text]
            if text and self.text_of(article)[record.start : record.end] == text:
                values[shape.text] = ""
                self.found.append(text)
        for n, _ in shape.nested:
            value = values[n]
            if type(value) is tuple:
                values[n] = [self.walk(item, article) for item in value] if value else ()
            elif value is not None:
                values[n] = self.walk(value, article)
        return shape.slim(*values)


class _Filled(_Walk):
    def walk(self, record: Any, article: str) -> None:
        """Put the texts of spans back, in place: nobody else has seen `record` so far."""
        shape = _shapes.get(type(record)) or _shape(type(record))
        if shape.named:
            article = record.article
        if shape.text is not None and not record.text and record.start < record.end:
            found = self.text_of(article)[record.start : record.end]
            if len(found) != record.end - record.start:
                raise Damaged(f"characters {record.start} to {record.end} do not stand in article {article}")
            object.__setattr__(record, "text", found)
            self.found.append(found)
        for _, name in shape.nested:
            value = getattr(record, name)
            if type(value) is tuple:
                for item in value:
                    self.walk(item, article)
            elif value is not None:
                self.walk(value, article)
