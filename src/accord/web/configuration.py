"""Reads the settings of a room from a TOML file; what is wrong in it is named by its key.

[serve]
host = "0.0.0.0"
port = 8000
store = "postgresql://desk@db.example/accord"

[access]
tokens = [{name = "Ada", role = "editor", sha256 = "..."}]
header = "X-Forwarded-User"
proxies = ["127.0.0.1"]
editors = ["ada@desk.example"]
hosts = ["room.example"]

[limits]
reads = 1200
"""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from accord.errors import ReadError
from accord.web.settings import Access, Limits, Role, Settings, Token

SECRET = "ACCORD_SECRET"
"""The environment's name for what signs sessions: a secret stands in no file."""

_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\[?[0-9A-Fa-f:.]{2,45}\]?")
_TAKEN = {"authorization", "connection", "content-length", "content-type", "cookie", "host", "origin", "user-agent"}
_SHORTEST_SECRET = 32


def read_settings(file: str | None, environment: Mapping[str, str]) -> Settings:
    """Return the settings in the TOML file at path `file`, and in the environment; raises ReadError.

    read_settings(None, {}) -> Settings()
    """
    made = Settings() if file is None else _settings(_loaded(file), file)
    secret = environment.get(SECRET)
    if secret is None:
        return made
    if len(secret) < _SHORTEST_SECRET:
        raise ReadError(f"{SECRET}: it has {len(secret)} characters; draw {_SHORTEST_SECRET} or more by lot")
    return replace(made, access=replace(made.access, secret=secret))


def _loaded(file: str) -> dict[str, Any]:
    try:
        if os.path.getsize(file) > 1_000_000:
            raise ReadError(f"{file}: it is too large for a configuration; name the right --config")
        with open(file, "rb") as opened:
            return tomllib.load(opened)
    except OSError as error:
        raise ReadError(f"{file}: {error.strerror or error}; name a file of TOML that can be read") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReadError(f"{file}: it is no TOML: {error}") from error


def _settings(given: dict[str, Any], file: str) -> Settings:
    parts = _Part(given, file)
    parts.only("serve", "access", "limits")
    serve = parts.part("serve")
    serve.only("host", "port", "store", "watch")
    usual = Settings()
    return Settings(
        store=serve.text("store", usual.store),
        host=serve.text("host", usual.host),
        port=serve.number("port", usual.port, 0, 65_535),
        access=_access(parts.part("access")),
        limits=_limits(parts.part("limits")),
        watch=serve.flag("watch"),
    )


def _access(part: _Part) -> Access:
    if "secret" in part.given:
        raise part.wrong("secret", f"secrets do not belong in files; set {SECRET} in the environment instead")
    part.only("header", "proxies", "editors", "hosts", "tokens")
    header = part.text("header", "") or None
    if header is not None and (not _HEADER.fullmatch(header) or header.lower() in _TAKEN):
        raise part.wrong("header", f'{header!r} cannot say who asks; name the proxy\'s header, as "X-Forwarded-User"')
    access = Access(
        tokens=tuple(_token(one, part.file, number) for number, one in enumerate(part.items("tokens", dict), 1)),
        header=header,
        proxies=part.texts("proxies", _is_network, 'is no address; write it as "10.0.0.5" or "10.0.0.0/24"'),
        editors=part.texts("editors", str.isprintable, "is no name"),
        hosts=part.texts("hosts", _is_name, 'is no host\'s name; write it without https:// and port: "room.example"'),
    )
    if header is not None and not access.proxies:
        raise part.wrong("proxies", 'it is missing; name the address from which the proxy asks, as ["127.0.0.1"]')
    if access.editors and header is None:
        raise part.wrong("header", "it is missing, and the editors are those whom a proxy's header names")
    for what, values in (("names", [t.name for t in access.tokens]), ("tokens", [t.sha256 for t in access.tokens])):
        if len(set(values)) < len(values):
            raise part.wrong("tokens", f"two of the {what} are the same; give each person one of their own")
    return access


def _token(given: dict[str, Any], file: str, number: int) -> Token:
    part = _Part(given, file, f"access.tokens[{number}]")
    part.only("name", "role", "sha256")
    name, role, sha256 = (part.text(key) for key in ("name", "role", "sha256"))
    if not name.strip() or not name.isprintable():
        raise part.wrong("name", "it is empty; say whose token this is")
    if role not in ("reader", "editor"):
        raise part.wrong("role", f"{role!r} is no role; write reader or editor")
    if not _SHA256.fullmatch(sha256):
        raise part.wrong("sha256", "it is no SHA-256 in hexadecimal; have accord token make it")
    chosen: Role = "editor" if role == "editor" else "reader"
    return Token(name, chosen, sha256.lower())


def _limits(part: _Part) -> Limits:
    names = [one.name for one in fields(Limits)]
    part.only(*names)
    usual = Limits()
    return Limits(**{name: part.number(name, getattr(usual, name), 1, 10**10) for name in names})


def _is_network(value: str) -> bool:
    try:
        ipaddress.ip_network(value)
    except ValueError:
        return False
    return True


def _is_name(value: str) -> bool:
    return _NAME.fullmatch(value) is not None


class _Part:
    """One table of the file, whose values are taken out by key and checked."""

    def __init__(self, given: dict[str, Any], file: str, path: str = "") -> None:
        self.given = given
        self.file = file
        self._path = path

    def wrong(self, key: str, why: str) -> ReadError:
        return ReadError(f"{self.file}: {f'{self._path}.{key}' if self._path else key}: {why}")

    def only(self, *keys: str) -> None:
        for key in self.given:
            if key not in keys:
                raise self.wrong(key, f"there is no such key; those here are {', '.join(keys)}")

    def part(self, key: str) -> _Part:
        value = self.given.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, f"it is no table; begin it with [{key}] on a line of its own")
        return _Part(value, self.file, f"{self._path}.{key}" if self._path else key)

    def text(self, key: str, usual: str | None = None) -> str:
        value = self.given.get(key, usual)
        if value is None:
            raise self.wrong(key, "it is missing")
        if not isinstance(value, str) or (key in self.given and not value.strip()):
            raise self.wrong(key, f"{value!r} is no text, or empty; write it in quotes")
        return value

    def flag(self, key: str) -> bool:
        value = self.given.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, f"{value!r} is neither true nor false")
        return value

    def number(self, key: str, usual: float, least: int, most: int) -> Any:
        value = self.given.get(key, usual)
        kinds = (int, float) if isinstance(usual, float) else (int,)
        if not isinstance(value, kinds) or isinstance(value, bool) or not least <= value <= most:
            raise self.wrong(key, f"{value!r} is no number from {least:,} to {most:,}")
        return value

    def items(self, key: str, kind: type) -> list[Any]:
        value = self.given.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, kind) for one in value):
            wanted = "{name = ..., role = ..., sha256 = ...}" if kind is dict else '"..."'
            raise self.wrong(key, f"it is no list; write it as [{wanted}]")
        return value

    def texts(self, key: str, good: Callable[[str], bool], why: str) -> tuple[str, ...]:
        values = self.items(key, str)
        for value in values:
            if not value or not good(value):
                raise self.wrong(key, f"{value!r} {why}")
        return tuple(values)
