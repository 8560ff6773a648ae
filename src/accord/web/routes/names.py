"""People and bodies: all that somebody said, by whom it is reported, what they are to do and what is owed to them."""

from __future__ import annotations

from datetime import date
from typing import cast

from fastapi import APIRouter, Request, Response

from accord.records import NameKind
from accord.web import pages
from accord.web.desk import AtDesk
from accord.web.pages import partial
from accord.web.problems import not_found
from accord.web.reading import briefing_of, entries_of, rows_of
from accord.web.views import asked
from accord.web.views import names as views
from accord.web.views.places import address, at_last, name_at

router = APIRouter()

_LISTED = 100
_STORIES = 5
_MOST_STORIES = 500
_OWED = 8


@router.get("/names")
def listed(request: Request, desk: AtDesk, q: str = "", kind: str = "") -> Response:
    """Show the names that are in most stories, or those that hold some words."""
    words, wanted, swapped = asked.words(q, 200), _kind(kind), partial(request)
    with desk.store() as store:
        found = store.named(words, wanted, limit=_LISTED)
    return pages.page(
        request, "names/found.html" if swapped else "names/list.html", section="search", q=words, kind=wanted,
        found=found, kinds=views.KINDS, name_at=name_at, most=_LISTED, address=address, swapped=swapped,
        headers=at_last(address("/names", q=words, kind=wanted)) if swapped else None,
    )  # fmt: skip


@router.get("/names/{name:path}")
def one(request: Request, desk: AtDesk, name: str, kind: str = "", page: str = "") -> Response:
    """Show a person or body: what was said story by story, the latest first, and what the ledger has of them."""
    words, number, today = asked.words(name, 200), asked.number(page, _MOST_STORIES // _STORIES), date.today()
    with desk.store() as store:
        named = store.one_named(words, _kind(kind), _MOST_STORIES) if words else None
        if named is None:
            raise not_found(f"Nobody named “{words}”", "look for a part of the name among all names (/names)")
        first = (number - 1) * _STORIES
        ids = named.latest[first : first + _STORIES]
        briefings = {identity: briefing_of(store, identity) for identity in ids}
        made = rows_of(store, entries_of(store, named.name, _OWED + 1), today)
        owed = rows_of(store, entries_of(store, named.name, _OWED + 1, to_whom=True), today)
        stories = [story for identity in ids if (story := store.story(identity))]
    told = {key: views.in_story(key, found, named.name) for key, found in briefings.items() if found is not None}
    return pages.page(
        request, "names/name.html", section="search", named=named, kinds=views.KINDS, told=told, stories=stories,
        made=made, owed=owed, most=_OWED, others=views.forms(named), apart=views.apart(told),
        address=address, name_at=name_at, number=number,
        more=min(named.stories, _MOST_STORIES) > first + _STORIES,
    )  # fmt: skip


def _kind(text: str) -> NameKind | None:
    return cast("NameKind", text) if text in views.KINDS else None
