"""The settings of one reading room, made by a shell and handed down."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import Literal

from accord.config import Config

Role = Literal["reader", "editor"]


@dataclass(frozen=True, slots=True)
class Token:
    """What lets one person or program in: its SHA-256 (hex) stands here, never the token itself."""

    name: str
    role: Role
    sha256: str


@dataclass(frozen=True, slots=True)
class Access:
    """Who may do what. With neither `tokens` nor a `header`, whoever reaches a loopback address is an editor.

    `header` is the one in which a reverse proxy at one of the addresses `proxies` names the person; of these `editors`
    may write. X-Forwarded-For and X-Forwarded-Proto are taken from `proxies` alone, too. `hosts` are the names under
    which browsers may ask for the room ("room.example", without a port), beside those of loopback. `secret` signs
    sessions; without one the store keeps one that was drawn by lot.
    """

    tokens: tuple[Token, ...] = ()
    header: str | None = None
    proxies: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    secret: str | None = field(default=None, repr=False)

    @property
    def open(self) -> bool:
        """True where nobody has to say who they are."""
        return not self.tokens and self.header is None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one client may ask for. Sizes in bytes, times in seconds, rates in requests a minute.

    `slow` is how long a body may take to arrive, beside what its size takes; `streams` are those of events that one
    client may hold open, `all_streams` those of all.
    """

    paste: int = 2_000_000
    upload: int = 50_000_000
    files: int = 200
    slow: float = 30.0
    reads: int = 1_200
    writes: int = 120
    streams: int = 20
    all_streams: int = 2_000


@dataclass(frozen=True, slots=True)
class Settings:
    """One reading room: its store, where it listens, who may do what, and how it fetches (`config`).

    With `watch` it reads the feeds that its store follows when they are due.
    """

    store: str = "accord.db"
    host: str = "127.0.0.1"
    port: int = 8000
    access: Access = Access()
    limits: Limits = Limits()
    config: Config = field(default_factory=Config)
    watch: bool = False


def is_loopback(name: str) -> bool:
    """Tell whether a host's name or address is this machine's own: is_loopback("[::1]") -> True."""
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return name.lower() in ("localhost", "ip6-localhost")
