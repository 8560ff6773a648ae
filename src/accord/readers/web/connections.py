"""Connections to checked addresses only, with a deadline that no server can outlast.

A host's name is resolved here, every address that it has is checked, and the connection is made to the checked address
itself: a name that resolves differently a moment later cannot lead elsewhere. TLS still verifies the host's name.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from selectors import EVENT_READ, DefaultSelector
from typing import TYPE_CHECKING, Any

from accord.readers.web.addresses import refusal
from accord.readers.web.problems import FailedError, RefusedError, SlowError, StoppedError
from accord.readers.web.urls import unreachable

if TYPE_CHECKING:
    import ssl

_MOST_TRIED = 4
"""Addresses of one host that are tried, one after another."""


class Backend:
    """Makes the connections of an httpcore pool: an `httpcore.NetworkBackend` in all but name."""

    def __init__(self, private: bool) -> None:
        self._private = private
        self._times = threading.local()
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._lookups: set[threading.Event] = set()
        self.stopped = False

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Bound what this thread does inside, from the lookup of the name to the last byte, to `seconds`."""
        self._times.end = time.monotonic() + seconds
        self._times.total = seconds
        try:
            yield
        finally:
            del self._times.end

    def left(self, timeout: float | None) -> float:
        """Return how long the next step may take. Raises RefusedError where the time is over."""
        if self.stopped:
            raise StoppedError
        left: float = self._times.end - time.monotonic()
        if left <= 0:
            raise SlowError(
                f"it was not there after {round(self._times.total, 1):g} seconds; the server is slow: try later"
            )
        return left if timeout is None else min(left, timeout)

    def stop(self) -> None:
        """Break off every connection and lookup, now and from now on."""
        with self._lock:
            self.stopped = True
            sockets = list(self._sockets)
            lookups = list(self._lookups)
        for lookup in lookups:
            lookup.set()
        for item in sockets:
            with suppress(OSError):
                # Not the method of an SSLSocket, which would drop its TLS state under the thread that reads.
                socket.socket.shutdown(item, socket.SHUT_RDWR)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Stream:
        """Return a connection to `host`. Raises RefusedError where one of its addresses may not be connected to."""
        found = self._resolve(host, port, timeout)
        for _, _, _, _, target in found:
            reason = refusal(str(target[0]), self._private)
            if reason:
                raise RefusedError(unreachable(host, str(target[0]), reason))
        tried = found[:_MOST_TRIED]
        for number, (family, kind, protocol, _, target) in enumerate(tried, start=1):
            share = None if timeout is None else timeout / len(tried)
            try:
                return Stream(self._connected(socket.socket(family, kind, protocol), target, share), self)
            except OSError as error:
                if number == len(tried):
                    self.left(None)
                    raise _failed(error, "no connection was made", timeout) from error
        raise FailedError("the host has no address; check the spelling of the URL")

    def keep(self, item: socket.socket) -> None:
        """Note an open socket, so that `stop` reaches it."""
        with self._lock:
            if self.stopped:
                item.close()
                raise StoppedError
            self._sockets.add(item)

    def forget(self, item: socket.socket) -> None:
        """Close a socket."""
        with self._lock:
            self._sockets.discard(item)
        item.close()

    def _connected(self, item: socket.socket, target: Any, timeout: float | None) -> socket.socket:
        self.keep(item)
        try:
            item.settimeout(self.left(timeout))
            item.connect(target)
            item.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except BaseException:
            self.forget(item)
            raise
        return item

    def _resolve(self, host: str, port: int, timeout: float | None) -> list[Any]:
        """Return the addresses of `host`. The lookup has a thread of its own: the system's cannot be timed."""
        found: list[Any] = []
        problems: list[Exception] = []
        done = threading.Event()

        def look_up() -> None:
            try:
                found.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
            except (OSError, UnicodeError) as error:
                problems.append(error)
            finally:
                done.set()

        with self._lock:
            self._lookups.add(done)
        try:
            left = self.left(timeout)
            threading.Thread(target=look_up, name="accord-lookup", daemon=True).start()
            in_time = done.wait(left)
        finally:
            with self._lock:
                self._lookups.discard(done)
        self.left(None)
        if not in_time:
            raise FailedError(f"{host} could not be looked up in {left:g} seconds; check the network's name server")
        if problems:
            self._tell(host, problems[0])
        return found

    def _tell(self, host: str, problem: Exception) -> None:
        if isinstance(problem, socket.gaierror) and problem.errno == socket.EAI_AGAIN:
            raise FailedError(f"{host} could not be looked up now; check the network, and try again") from problem
        raise RefusedError(f"{host} is not known to the network; check the spelling of the URL") from problem


class Stream:
    """One connection, plain or TLS: an `httpcore.NetworkStream` in all but name."""

    def __init__(self, item: socket.socket, backend: Backend) -> None:
        self._socket = item
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            self._socket.settimeout(self._backend.left(timeout))
            return self._socket.recv(max_bytes)
        except OSError as error:
            self._backend.left(None)
            raise _failed(error, "the connection broke", timeout) from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        from httpcore import WriteError

        try:
            while buffer:
                self._socket.settimeout(self._backend.left(timeout))
                buffer = buffer[self._socket.send(buffer) :]
        except OSError as error:
            self._backend.left(None)
            # httpcore then reads what the server may have said before it closed.
            raise WriteError(error.strerror or str(error)) from error

    def close(self) -> None:
        self._backend.forget(self._socket)

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Stream:
        """Return the connection with TLS on it. The handshake comes after `keep`, so that `stop` can end it."""
        import ssl

        plain = self._socket
        try:
            secure = ssl_context.wrap_socket(plain, server_hostname=server_hostname, do_handshake_on_connect=False)
        except BaseException:
            self.close()
            raise
        self._backend.forget(plain)
        self._socket = secure
        self._backend.keep(secure)
        try:
            secure.settimeout(self._backend.left(timeout))
            secure.do_handshake()
        except BaseException as error:
            self.close()
            if isinstance(error, ssl.SSLCertVerificationError):
                raise RefusedError(
                    f"the certificate of {server_hostname} cannot be trusted ({error.verify_message.lower()}); "
                    "save the page in a browser if you trust it, and name the file"
                ) from error
            if isinstance(error, OSError):
                self._backend.left(None)
                raise _failed(error, "no secure connection was made", timeout) from error
            raise
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object":
            return getattr(self._socket, "_sslobj", None)
        if info == "socket":
            return self._socket
        if info == "server_addr":
            return self._socket.getpeername()
        if info == "client_addr":
            return self._socket.getsockname()
        if info == "is_readable":
            return _readable(self._socket)
        return None


def _failed(error: OSError, what: str, timeout: float | None) -> FailedError:
    """Return what the user reads of an error of the network."""
    if isinstance(error, TimeoutError):
        return FailedError(f"it did not answer in time (nothing came for {timeout or 0:g} seconds)")
    return FailedError(f"{what} ({error.strerror or error})")


def _readable(item: socket.socket) -> bool:
    """Tell whether an idle connection has something to read, which then is its end."""
    if item.fileno() < 0:
        return True
    with DefaultSelector() as selector:
        selector.register(item, EVENT_READ)
        return bool(selector.select(0))
