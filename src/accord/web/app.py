"""Makes the reading room: its desk, its routes, and the guard around them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from fastapi import Depends, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import GZipMiddleware

from accord import __version__
from accord.web import guard
from accord.web.api import create_api
from accord.web.api.head import Head
from accord.web.desk import THREADS, Desk
from accord.web.routes import ROUTERS
from accord.web.settings import Settings
from accord.web.statics import Statics
from accord.web.warming import Warming


def create_app(settings: Settings | None = None) -> FastAPI:
    """Return the application over the store that `settings` name."""
    settings = settings or Settings()
    desk = Desk(settings)
    warming = Warming(desk)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = THREADS
        try:
            desk.jobs.open_watch()
            warming.start()
            yield
            await run_in_threadpool(warming.stop)
        finally:
            desk.close()

    app = FastAPI(
        title="accord",
        version=__version__,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(guard.meant)],
        form_limits={"max_files": settings.limits.files, "max_part_size": 2 * settings.limits.paste},
    )
    app.state.desk = desk
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
    app.mount("/api/v1", create_api(desk))
    app.mount("/static", Statics(), name="static")
    app.add_middleware(Head)
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=4)
    guard.protect(app, desk)
    return app
