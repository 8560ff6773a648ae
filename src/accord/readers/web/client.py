"""One request: a GET to a checked address, capped in size and time. No redirects, retries, cookies or proxies."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from accord.config import Config
from accord.readers.web.connections import Backend
from accord.readers.web.decoding import ACCEPTED, capped, too_large, unpacked
from accord.readers.web.problems import FailedError, RefusedError, StoppedError

if TYPE_CHECKING:
    import ssl

    import httpx

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_IDLE = 15.0
"""Seconds that a connection is kept for the next request."""
_SHORT = 65_536
_PICTURES = ("image/", "video/", "audio/", "font/")


@dataclass(frozen=True, slots=True)
class Reply:
    """What one request brought. `content` is unpacked, and empty unless the status is 200 or 203."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Client:
    """Sends requests over connections that are kept for a while. Threads may share it.

    It stands on httpx's pool of connections and not on its client, which takes no address check of ours, keeps cookies
    and looks into redirects that it does not follow.
    """

    def __init__(self, config: Config) -> None:
        import httpcore

        web = config.web
        self._backend = Backend(web.private)
        self._timeouts = dict.fromkeys(("connect", "read", "write"), web.timeout)
        self._headers = {"User-Agent": web.user_agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED}
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trusted(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")),
            max_connections=None,
            max_keepalive_connections=web.hosts,
            keepalive_expiry=_IDLE,
            network_backend=cast(Any, self._backend),
        )

    def get(self, url: httpx.URL, headers: Mapping[str, str], most: int, seconds: float, cut: bool = False) -> Reply:
        """Return what stands at `url`, all of it within `seconds`; over `most` bytes it is refused, or `cut` there.

        Raises FailedError where trying again may help, else RefusedError.
        """
        import httpcore
        import httpx

        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        sent = httpx.Headers({"Host": url.netloc.decode("ascii"), **self._headers, **headers})
        try:
            with (
                self._backend.limited(seconds),
                self._pool.stream("GET", target, headers=sent.raw, extensions={"timeout": self._timeouts}) as response,
            ):
                received = httpx.Headers(response.headers)
                parts = self._timed(response.iter_stream())
                if response.status in (200, 203):
                    return Reply(response.status, received, _content(parts, received, most, cut))
                _drain(parts, received)
                return Reply(response.status, received, b"")
        except (FailedError, httpcore.ProtocolError, httpcore.NetworkError) as error:
            if self._backend.stopped:
                raise StoppedError from error
            if isinstance(error, FailedError):
                raise
            what = "the answer broke off or is no HTTP" if isinstance(error, httpcore.ProtocolError) else "it broke off"
            raise FailedError(f"{what} ({error!s:.200})") from error

    def stop(self) -> None:
        """Break off all requests that are under way, and refuse more."""
        self._backend.stop()

    def close(self) -> None:
        """Close all connections. No request may be under way any more."""
        self._pool.close()

    def _timed(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        """Yield `parts`, so long as there is time: also for what has arrived but is slow to unpack."""
        for part in parts:
            self._backend.left(None)
            yield part


@cache
def _trusted(file: str | None, folder: str | None) -> ssl.SSLContext:
    """Return the certificates to trust: those of the web, or an office's own where these two variables name them.

    httpx looks at the two itself; as arguments they tell contexts apart. Nothing else of the environment is looked at.
    """
    import httpx

    return httpx.create_ssl_context()


def _content(parts: Iterator[bytes], headers: Mapping[str, str], most: int, cut: bool) -> bytes:
    coding = headers.get("content-encoding")
    if cut:
        return _beginning(unpacked(parts, coding, 100 * most), most)
    kind = headers.get("content-type", "").strip().lower()
    if kind.startswith(_PICTURES):
        raise RefusedError(f"it is {kind.partition(';')[0]:.40}, not a report")
    if _length(headers) > most:
        raise RefusedError(too_large(most))
    content = BytesIO()
    for part in unpacked(capped(parts, most), coding, most):
        content.write(part)
    # The buffer itself, where bytes() would copy it.
    return content.getvalue()


def _beginning(parts: Iterator[bytes], most: int) -> bytes:
    content = BytesIO()
    for part in parts:
        content.write(part[: most - content.tell()])
        if content.tell() >= most:
            break
    return content.getvalue()


def _drain(parts: Iterator[bytes], headers: Mapping[str, str]) -> None:
    """Read a short answer to its end, so that the connection can be used again; a long one closes it."""
    if 0 <= _length(headers) <= _SHORT:
        with suppress(FailedError, RefusedError):
            for _ in parts:
                pass


def _length(headers: Mapping[str, str]) -> int:
    """Return the Content-Length, -1 where there is none."""
    length = headers.get("content-length", "")
    return int(length[:20]) if length.isascii() and length.isdigit() else -1
