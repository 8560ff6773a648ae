"""What a job is told to do. It crosses to the worker's process as one line of JSON, and so does what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from accord.config import Config

if TYPE_CHECKING:
    from msgspec.json import Decoder

Kind = Literal["add", "examples", "feeds", "watch", "refresh"]


@dataclass(frozen=True, slots=True)
class Order:
    """One job: what kind, and on what.

    `add` reads what lies in `folder` (a private one) and at `addresses`; `outlet` and `published` (ISO day) fill gaps
    where a file gives none; lists of feeds among the files are followed, on behalf of `by`. `examples` adds the example
    coverage; `feeds` reads the followed feeds at `addresses` now (all of them where none is named), `watch` those that
    are due; `refresh` briefs the stories that wait for it.
    """

    kind: Kind
    folder: str | None = None
    addresses: tuple[str, ...] = ()
    outlet: str | None = None
    published: str | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Workplace:
    """What a worker is told once: its store, how it fetches, the folder under which all private folders lie."""

    store: str
    config: Config
    root: str


@dataclass(frozen=True, slots=True)
class Line:
    """What the room writes to a worker: its workplace first, then orders by number, `stop`, and `leave` at the end."""

    workplace: Workplace | None = None
    number: int = 0
    order: Order | None = None
    stop: bool = False
    leave: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What a worker says of the order `number`: what (`Event`), with its particulars. `alive` says just that."""

    number: int
    what: str
    told: dict[str, Any]


def encoded(record: Line | Said) -> bytes:
    """Return `record` as one line."""
    import msgspec

    return msgspec.json.encode(record) + b"\n"


def line_of(line: bytes) -> Line:
    """Return what the room wrote. Raises ValueError."""
    return decoders()[0].decode(line)


def said_of(line: bytes) -> Said:
    """Return what a worker said. Raises ValueError."""
    return decoders()[1].decode(line)


@cache
def decoders() -> tuple[Decoder[Line], Decoder[Said]]:
    """Return what reads both kinds of lines.

    It is to be called before there are threads: where two of them have msgspec look at dataclasses for the first time,
    the process dies.
    """
    import msgspec

    return msgspec.json.Decoder(Line), msgspec.json.Decoder(Said)
