"""Sessions: who signed in, in a signed cookie. Nothing of them is kept by the server.

A session of a token ends when the token leaves the configuration, and after `KNOWN` seconds; signing out forgets the
cookie. The CSRF token of a session is drawn from its id, and no page of another site can know it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from accord.web.settings import Token

KNOWN = 30 * 86_400
"""Seconds for which one who signed in stays so."""
UNKNOWN = 365 * 86_400
"""Seconds for which the name that somebody gave an open room is kept."""
_SALT = "accord.session.1"


@dataclass(frozen=True, slots=True)
class Session:
    """One browser's session. `mark` is the SHA-256 of the token that opened it, `name` what somebody wants to be called
    in an open room. One with neither only binds forms to a browser.
    """

    id: str
    mark: str | None = None
    name: str | None = None


class Sessions:
    """Writes and reads the cookies of sessions, signed by `secret`."""

    def __init__(self, secret: str) -> None:
        from itsdangerous import URLSafeTimedSerializer

        self._key = hashlib.sha256(f"csrf\0{secret}".encode()).digest()
        self._signed = URLSafeTimedSerializer(secret, salt=_SALT, signer_kwargs={"digest_method": hashlib.sha256})

    def new(self, *, mark: str | None = None, name: str | None = None) -> Session:
        """Return a session with an id of its own."""
        return Session(secrets.token_urlsafe(16), mark, name)

    def read(self, value: str, tokens: Mapping[str, Token]) -> Session | None:
        """Return the session in a cookie's value; None where it was not written here, is too old, or its token is
        none of `tokens` (by their SHA-256) any more.
        """
        from itsdangerous import BadData

        try:
            held, at = self._signed.loads(value[:2_000], max_age=UNKNOWN, return_timestamp=True)
            session = Session(str(held["id"]), held.get("mark"), held.get("name"))
        except (BadData, TypeError, KeyError, AttributeError, ValueError, OverflowError):
            return None
        if session.mark is None:
            return session
        import time

        fresh = 0 <= time.time() - at.timestamp() <= KNOWN
        return session if fresh and session.mark in tokens else None

    def written(self, session: Session) -> str:
        """Return the value of the cookie for `session`."""
        held = {"id": session.id, "mark": session.mark, "name": session.name}
        return str(self._signed.dumps({key: value for key, value in held.items() if value is not None}))

    def csrf(self, session: Session, name: str = "") -> str:
        """Return the token that the forms of `session` carry; by a proxy, for whom it `name`d."""
        told = f"{session.id}\0{session.mark or ''}\0{name}".encode()
        return hmac.new(self._key, told, hashlib.sha256).hexdigest()[:40]


def cookie_name(port: int, *, secure: bool) -> str:
    """Return the name of the session's cookie.

    Browsers take one that begins with `__Host-` by https only, and from no other host; without https, rooms on several
    ports of one machine get cookies, which know no ports, of different names.
    """
    return "__Host-accord" if secure else f"accord-{port}"
