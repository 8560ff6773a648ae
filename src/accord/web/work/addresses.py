"""Which addresses are taken from a form: those of the web alone, and none that plainly lead inside a network.

This is for a plain word at once. What counts is checked where the connection is made (`readers.web.connections`): the
addresses that a name resolves to, at each redirect.
"""

from __future__ import annotations

import socket

from accord.config import Web
from accord.web.work.pastes import PasteError

MOST = 100
_OWN = ("localhost", "localdomain", "ip6-localhost", "ip6-loopback")  # RFC 6761, and what /etc/hosts often has


def taken(lines: str, web: Web, field: str = "addresses") -> tuple[str, ...]:
    """Return the addresses in `lines`, one a line, each once. Raises PasteError where one is not to be read.

    taken("https://a.example/x\\nfile:///etc/passwd", Web()) -> PasteError
    """
    from accord.readers.web.problems import RefusedError
    from accord.readers.web.urls import checked, shown

    found: dict[str, None] = {}
    for line in lines.split():
        url = f"http{line[4:]}" if line.lower().startswith("feed://") else line
        try:
            inside(checked(url, web.private).raw_host.decode("ascii", "replace"), web.private)
        except RefusedError as error:
            raise PasteError(field, f"{shown(line)}: {error}") from error
        if not url.lower().startswith(("http://", "https://")):
            raise PasteError(field, f"{shown(line)}: it does not begin with http:// or https://; check its spelling")
        found[url] = None
    if not found:
        raise PasteError(field, "there is no address here; paste one, such as https://paper.example/report")
    if len(found) > MOST:
        raise PasteError(field, f"these are {len(found)} addresses; at most {MOST} are read at once, so split them")
    return tuple(found)


def inside(host: str, private: bool = False) -> None:
    """Refuse a host that leads inside whoever resolves it: this machine's names, and short or odd forms of addresses.

    A resolver reads "127.1", "2130706433", "0x7f.1" and "0177.0.0.1" as 127.0.0.1 (inet_aton of POSIX). Raises
    RefusedError; `private` admits what it admits of addresses.
    """
    from accord.readers.web.addresses import literal, refusal
    from accord.readers.web.problems import RefusedError
    from accord.readers.web.urls import unreachable

    name = host.lower().rstrip(".")
    if literal(name):  # `checked` judged it
        return
    if name in _OWN or name.endswith((".localhost", ".localdomain")):
        address = "127.0.0.1"
    else:
        try:
            address = socket.inet_ntoa(socket.inet_aton(name))
        except (OSError, ValueError):
            return
    reason = refusal(address, private)
    if reason:
        raise RefusedError(unreachable(host, address, reason))
