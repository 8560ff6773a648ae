"""Reads XML of any size as a stream of its elements, whatever is broken in it, in constant memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from accord.errors import ReadError

_CHUNK = 65_536
_LONGEST = 4000
_DEEPEST = 256
_MOST = 2_000_000
_LOOSE_AMPERSAND = re.compile(rb"&(?!#?\w{1,32};)")
_TAIL = 40


@dataclass(frozen=True, slots=True)
class Start:
    """An element that begins. Names are without prefixes, in lower case."""

    name: str
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class End:
    """An element that ends: its name, that of the one it lies in, and its own text (4,000 characters at most)."""

    name: str
    parent: str
    text: str


class _Target:
    """What lxml's parser calls; no tree is built."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self.events: list[Start | End] = []
        self.count = 0
        self._wanted = wanted
        self._path = [""]
        self._text: list[str] = []
        self._room = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        name = _local(tag)
        self._path.append(name)
        self._text.clear()
        self._room = _LONGEST
        if len(self._path) > _DEEPEST:
            raise ReadError(f"over {_DEEPEST} elements lie in each other; the rest of it is left out")
        if name in self._wanted:
            self.events.append(Start(name, {_local(key): value for key, value in attributes.items()}))

    def data(self, text: str) -> None:
        if self._room > 0:
            self._text.append(text[: self._room])
            self._room -= len(text)

    def end(self, tag: str) -> None:
        name = self._path.pop()
        if name in self._wanted:
            self.events.append(End(name, self._path[-1], "".join(self._text).strip()))
        self._text.clear()
        self._room = 0

    def close(self) -> bool:
        """Tell whether all elements were closed."""
        return len(self._path) == 1


def events(file: BinaryIO, most: int, wanted: frozenset[str]) -> Iterator[Start | End]:
    """Yield the starts and ends of the elements in `file` that are `wanted`, in order.

    Loose ampersands are taken as such; entities of its own are left out, and nothing is loaded. Raises ReadError where
    it is larger than `most` bytes, breaks off, or cannot be read on; what comes before that is yielded before.
    """
    from lxml import etree

    target = _Target(wanted)
    parser = etree.XMLParser(target=target, recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    problem: ReadError | None = None
    whole = False
    try:
        for chunk in _chunks(file, most):
            parser.feed(chunk)
            yield from target.events
            target.events.clear()
            if target.count > _MOST:
                raise ReadError(f"it has over {_MOST:,} elements; the rest of it is left out")
        whole = parser.close()
    except ReadError as error:
        problem = error
    except etree.XMLSyntaxError as error:
        problem = ReadError(f"it is broken XML ({error}); the rest of it is left out")
    yield from target.events
    if problem is not None:
        raise problem
    if not whole:
        raise ReadError("it breaks off before its end; the rest of it is left out")


def _chunks(file: BinaryIO, most: int) -> Iterator[bytes]:
    """Yield what `file` holds, loose ampersands written out, none of them parted from what follows it."""
    size = 0
    rest = b""
    single: bool | None = None
    while True:
        try:
            chunk = file.read(_CHUNK)
        except (OSError, EOFError, ValueError) as error:
            raise ReadError(f"it cannot be read to its end ({error}); fetch it again") from error
        size += len(chunk)
        if size > most:
            raise ReadError(f"it is larger than {most:,} bytes; the rest of it is left out")
        if single is None:
            single = b"\0" not in chunk[:8]  # else it is UTF-16 or UTF-32
        if not single:
            yield chunk
        else:
            data = rest + chunk
            at = data.rfind(b"&", max(0, len(data) - _TAIL)) if chunk else -1
            rest = data[at:] if at >= 0 else b""
            yield _LOOSE_AMPERSAND.sub(b"&amp;", data[:at] if at >= 0 else data)
        if not chunk:
            return


def address(text: str) -> str:
    """Return a URL as an element or attribute gives it, one that is escaped twice set right."""
    return text.replace("&amp;", "&").replace("&#38;", "&")


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2].lower()
