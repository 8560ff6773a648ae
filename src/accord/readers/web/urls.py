"""Which URLs are fetched, and how they are shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from accord.readers.web.addresses import literal, refusal
from accord.readers.web.problems import RefusedError

if TYPE_CHECKING:
    import httpx

LONGEST = 4000
"""Characters of a URL. RFC 9110 asks servers to take 8,000; no page of news needs so many."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_USER = re.compile(r"(?<=//)[^/?#]*@")
_NAME = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}", re.I)
_PORTS = {"http": 80, "https": 443}


def checked(url: str, private: bool = False, base: httpx.URL | None = None) -> httpx.URL:
    """Return `url` (relative to `base`) as it is requested: no fragment, host in lower case and ASCII.

    Raises RefusedError with the reason where it is none to fetch. Ports are not restricted: the address is checked
    where the connection is made, and nothing but a GET with our own headers is ever sent there.
    """
    import httpx

    if len(url) > LONGEST:
        raise RefusedError(f"the URL is longer than {LONGEST:,} characters; check where it comes from")
    if _UNPRINTABLE.search(url):
        raise RefusedError("the URL holds control characters; check where it comes from")
    try:
        parsed = base.join(url) if base is not None else httpx.URL(url)
        parsed = parsed.copy_with(fragment=None, host=parsed.host.removesuffix("."))
    except (httpx.InvalidURL, ValueError) as error:
        raise RefusedError(f"the URL is not valid ({error}); check its spelling") from error
    if parsed.scheme not in _PORTS:
        raise RefusedError(f"the URL begins with {parsed.scheme or 'nothing'}:; only http: and https: are fetched")
    if not parsed.host:
        raise RefusedError("the URL names no host; check its spelling")
    if parsed.userinfo:
        raise RefusedError("the URL holds a user name or password, which is never sent; leave it out")
    address = literal(parsed.host)
    if not address and not _NAME.fullmatch(parsed.raw_host.decode("ascii", "replace")):
        raise RefusedError("the URL's host is not valid; check its spelling")
    if not 0 < (parsed.port or _PORTS[parsed.scheme]) < 65_536:
        raise RefusedError("the URL's port is not valid; check its spelling")
    reason = refusal(address, private) if address else None
    if reason:
        raise RefusedError(unreachable(parsed.host, parsed.host, reason))
    return parsed


def unreachable(host: str, address: str, reason: str) -> str:
    """Return the sentence that tells why `host` is not connected to."""
    where = f"{host} is {reason}" if address == host else f"{host} leads to {address}, {reason}"
    return f"{where}; only public addresses are read, so save the page and name the file"


def queue_of(url: httpx.URL) -> str:
    """Return the name of the queue that `url` waits in: its host, with the port where it is an unusual one.

    "https://a.example/x" and "http://a.example/" -> "a.example"; "http://a.example:81/" -> "a.example:81"
    """
    return url.host if url.port in (None, *_PORTS.values()) else f"{url.host}:{url.port}"


def shown(url: str) -> str:
    """Return `url` as messages show it: no password, no control characters, of a readable length."""
    text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", _USER.sub("", url))
    return text if len(text) <= 300 else f"{text[:300]}\N{HORIZONTAL ELLIPSIS}"
