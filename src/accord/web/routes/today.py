"""Today: the stories, those with most to tell first, and what changed in them since the last visit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from accord.web.access import AsViewer, Viewer
from accord.web.desk import AtDesk, Desk
from accord.web.kept import Kept, keep, send
from accord.web.pages import partial, rendered
from accord.web.reading import rows_of
from accord.web.views import asked
from accord.web.views.ledger import Row
from accord.web.views.places import address, at_last
from accord.web.views.today import Since, StoryCard, by_story, card, most_disputed, since_line
from accord.web.views.visits import COOKIE, KEPT, Visit, visit

if TYPE_CHECKING:
    from accord.stores import Store
    from accord.stores.store import StoryLine

router = APIRouter()

Order = Literal["weight", "changed", "latest"]
ORDERS: dict[Order, str] = {"weight": "most to tell", "changed": "changed last", "latest": "latest reports"}
SPANS = {"": "any day", "1": "since yesterday", "3": "of 3 days", "7": "of 7 days", "30": "of 30 days"}
_PAGE = 30
_MOST_CHANGES = 200
_CHANGED = 6
_ASIDE = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of Today; the names are those of the form."""

    order: Order = "weight"
    several: bool = False
    outlet: str = ""
    days: str = ""
    page: int = 1

    @property
    def plain(self) -> bool:
        """True where no filter and no later page is asked for."""
        return not (self.several or self.outlet or self.days) and self.page == 1

    def at(self, **changed: object) -> str:
        """Return the address of the same with some of it changed, from its first page."""
        asks = replace(self, **{"page": 1, **changed})  # type: ignore[arg-type]
        order = None if asks.order == "weight" else asks.order
        number = asks.page if asks.page > 1 else None
        return address("/", order=order, several=asks.several, outlet=asks.outlet, days=asks.days, page=number)


@router.get("/")
def today(
    request: Request,
    desk: AtDesk,
    viewer: AsViewer,
    order: str = "",
    several: str = "",
    outlet: str = "",
    days: str = "",
    page: str = "",
) -> Response:
    """Show the stories, the changes since the last visit, what is disputed most and what is overdue.

    A page is made once for all who see the same, until the store changes.
    """
    now = datetime.now(UTC)
    asks = Asked(
        asked.choice(order, ORDERS, "weight"), bool(several), asked.words(outlet, 100), asked.choice(days, SPANS, ""),
        asked.number(page),
    )  # fmt: skip
    here = visit(request.cookies.get(COOKIE), now)
    part = partial(request)

    def make() -> tuple[Kept, int]:
        made = keep(_part(desk, asks, viewer, now.date()) if part else _page(desk, asks, viewer, here, now.date()))
        return made, made.size

    with desk.store() as store:
        pulse = store.pulse()
        empty = asks.plain and desk.cache.get(("empty", pulse), lambda: (not store.stories(limit=1), 100))
    told = here.since < here.latest
    forms = empty or told  # only then there are forms on the page, with the token of this session
    mine = (viewer.role, (here.told, viewer.csrf) if forms and not part else None)
    key = ("today", pulse, now.date(), asks, mine, viewer.by == "nobody", part)
    answer = send(request, desk.cache.get(key, make))
    if part:
        answer.headers.update(at_last(asks.at(page=asks.page)))
    else:
        _remember(request, answer, here)
    return answer


def _part(desk: Desk, asks: Asked, viewer: Viewer, day: date) -> bytes:
    """Return the list of stories alone."""
    with desk.store() as store:
        stories = _stories(store, asks, day)
        cards = _cards(store, stories[:_PAGE])
    return _list(viewer, asks, stories, cards)


def _page(desk: Desk, asks: Asked, viewer: Viewer, here: Visit, day: date) -> bytes:
    with desk.store() as store:
        stories = _stories(store, asks, day)
        since = _since(store, here, asks)
        shown = {one.story.id for one in since.cards}
        cards = _cards(store, [story for story in stories[:_PAGE] if story.id not in shown])
        beside = stories if asks.plain and asks.order == "weight" else store.stories(order="weight", limit=_PAGE)
        overdue = _overdue(store, day)
    empty = asks.plain and not stories
    return _list(
        viewer, asks, stories, cards, "today.html", bool(since.cards), since=since, empty=empty,
        disputed=most_disputed(beside), overdue=overdue,
    )  # fmt: skip


@router.post("/seen")
def seen(request: Request) -> Response:
    """Let the next visit tell only what changes from now on."""
    now = datetime.now(UTC).replace(microsecond=0)
    answer = RedirectResponse("/", status_code=303)
    _remember(request, answer, Visit(now, now))
    return answer


def _list(
    viewer: Viewer,
    asks: Asked,
    stories: list[StoryLine],
    cards: list[StoryCard],
    template: str = "today/list.html",
    quiet: bool = False,
    **more: Any,
) -> bytes:
    last = len(stories) <= _PAGE or asks.page >= asked.MOST_PAGES
    return rendered(
        template, viewer=viewer, section="today", asks=asks, cards=cards, orders=ORDERS, spans=SPANS,
        following=None if last else asks.at(page=asks.page + 1), quiet=quiet, **more,
    )  # fmt: skip


def _stories(store: Store, asks: Asked, day: date) -> list[StoryLine]:
    """Return the stories of a page, and one more if there are more."""
    since = (day - timedelta(days=int(asks.days))).isoformat() if asks.days else None
    return store.stories(
        since=since, outlet=asks.outlet or None, several=asks.several, order=asks.order, limit=_PAGE + 1,
        offset=(asks.page - 1) * _PAGE,
    )  # fmt: skip


def _cards(store: Store, stories: list[StoryLine]) -> list[StoryCard]:
    days = store.days([story.id for story in stories])
    return [card(story, days.get(story.id, ())) for story in stories]


def _since(store: Store, here: Visit, asks: Asked) -> Since:
    """Return what changed since the last visit; the changed stories themselves on the first page without filters."""
    updates = by_story(store.updates(since=here.told, limit=_MOST_CHANGES)) if here.since < here.latest else {}
    cards = []
    if asks.plain:
        found = [(story, told) for key, told in list(updates.items())[:_CHANGED] if (story := store.story(key))]
        days = store.days([story.id for story, _ in found])
        cards = [card(story, days.get(story.id, ()), told) for story, told in found]
    return since_line(here.told if here.since < here.latest else None, updates, _MOST_CHANGES, cards)


def _overdue(store: Store, day: date) -> list[Row]:
    """Return the commitments whose due date passed last."""
    found = store.ledger(order="lately due", status="overdue", today=day.isoformat(), limit=_ASIDE)
    return rows_of(store, list(found), day)


def _remember(request: Request, answer: Response, here: Visit) -> None:
    answer.set_cookie(
        COOKIE, here.cookie, max_age=int(KEPT.total_seconds()), httponly=True, samesite="lax",
        secure=request.url.scheme == "https",
    )  # fmt: skip
