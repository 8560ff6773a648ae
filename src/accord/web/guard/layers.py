"""Puts the guard around an application: the layers in the order in which a request meets them."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

import anyio
from starlette.concurrency import run_in_threadpool

from accord.errors import StoreError
from accord.web.guard.answers import add_answers
from accord.web.guard.bodies import Bodies
from accord.web.guard.gate import Gate
from accord.web.guard.headers import Safely
from accord.web.guard.places import Places
from accord.web.guard.rates import Rates
from accord.web.guard.streams import Streams
from accord.web.sessions import Sessions

if TYPE_CHECKING:
    from fastapi import FastAPI

    from accord.web.desk import Desk

_KEY = "web.secret"


def protect(app: FastAPI, desk: Desk) -> None:
    """Guard `app`: see each layer's own module. What is added last is met first."""
    settings = desk.settings
    signing = Signing(desk)
    app.state.sessions = signing.sessions
    app.add_middleware(Streams, limits=settings.limits)
    app.add_middleware(Rates, limits=settings.limits, known=True)
    app.add_middleware(Gate, settings=settings, sessions=signing.sessions)
    app.add_middleware(Bodies, limits=settings.limits)
    app.add_middleware(Rates, limits=settings.limits, known=False)
    app.add_middleware(Places, settings=settings)
    app.add_middleware(Safely)
    add_answers(app)


class Signing:
    """Gives what signs sessions, once it is known: by the configuration's secret, else by one that the store keeps."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: Sessions | None = None
        self._making = anyio.Lock()

    async def sessions(self) -> Sessions:
        """Return what signs sessions. Raises StoreError where the store that keeps the secret cannot be used."""
        if self._made is not None:
            return self._made
        async with self._making:
            if self._made is None:
                secret = self._desk.settings.access.secret
                self._made = Sessions(await run_in_threadpool(self._kept) if secret is None else secret)
        return self._made

    def _kept(self) -> str:
        """Return the store's secret; a new one where it has none, which a store that cannot be written to forgets."""
        drawn = secrets.token_urlsafe(32)
        with self._desk.store() as store:
            held = store.stamp(_KEY)
            if held is None:
                with suppress(StoreError), store.transaction():
                    held = store.stamp(_KEY) or store.stamp(_KEY, drawn)
        return held or drawn
