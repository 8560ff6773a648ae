"""The pages of the reading room: one router per use."""

from __future__ import annotations

from fastapi import APIRouter

from accord.web.routes import (
    add,
    articles,
    changes,
    corrections,
    downloads,
    events,
    feeds_watched,
    ledger,
    names,
    search,
    session,
    story,
    today,
)

ROUTERS: tuple[APIRouter, ...] = (
    today.router,
    downloads.router,
    story.router,
    articles.router,
    ledger.router,
    names.router,
    search.router,
    changes.router,
    corrections.router,
    session.router,
    add.router,
    feeds_watched.router,
    events.router,
)
