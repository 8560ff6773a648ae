"""Search over articles, quotes, figures and commitments, as one types and without a script."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from accord.records import Article
from accord.stores.store import Facets, HitKind, Query
from accord.web.desk import AtDesk
from accord.web.pages import page, partial
from accord.web.views import asked
from accord.web.views import search as views
from accord.web.views.places import address, at_last, name_at

if TYPE_CHECKING:
    from accord.stores import Store

router = APIRouter()

_PAGE = 20
_FACETS = 10
_NAMES = 6
_MOST_PAGES = 100
_NO_FACETS = Facets()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for; the names are those of the form."""

    q: str = ""
    kind: HitKind | None = None
    outlet: str = ""
    speaker: str = ""
    since: str = ""
    until: str = ""
    page: int = 1
    exactly: bool = False

    def at(self, **changed: object) -> str:
        """Return the address of the same with some of it changed, from its first page."""
        asks = replace(self, **{"page": 1, **changed})  # type: ignore[arg-type]
        number = asks.page if asks.page > 1 else None
        return address(
            "/search", q=asks.q, kind=asks.kind, outlet=asks.outlet, speaker=asks.speaker, since=asks.since,
            until=asks.until, page=number, exactly=asks.exactly,
        )  # fmt: skip

    @property
    def filtered(self) -> bool:
        """True where a filter is set, whatever the words and the kind."""
        return bool(self.outlet or self.speaker or self.since or self.until)

    @property
    def anything(self) -> bool:
        """True where anything is asked at all."""
        return bool(self.q or self.kind or self.filtered)

    @property
    def query(self) -> Query:
        """The search of a page, and one hit more, which tells whether there is another page."""
        return Query(
            self.q, self.kind, self.speaker or None, self.outlet or None, self.since or None, self.until or None,
            _PAGE + 1, (self.page - 1) * _PAGE, self.exactly,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found. `begun` is the last word where nothing has it whole, and this is what begins with it."""

    found: tuple[views.Found, ...] = ()
    more: bool = False
    facets: Facets = _NO_FACETS
    begun: str = ""
    names: tuple[tuple[str, str, int], ...] = ()


@router.get("/search")
def search(
    request: Request, desk: AtDesk, q: str = "", kind: str = "", outlet: str = "", speaker: str = "", since: str = "",
    until: str = "", page: str = "", exactly: str = "",
) -> Response:  # fmt: skip
    """Show what is found, with the matches marked, and how much of it by kind, outlet, speaker and month."""
    asks, wrong = _asked(q, kind, outlet, speaker, since, until, page, exactly)
    answer = Answer()
    if asks.anything and not wrong:
        with desk.store() as store:
            key = ("search", store.pulse(), asks)
            answer = desk.cache.get(key, lambda: _sized(_found(store, asks)))
    return _shown(request, asks, answer, wrong)


def _shown(request: Request, asks: Asked, answer: Answer, wrong: dict[str, str]) -> Response:
    swapped = partial(request)
    template = "search/results.html" if swapped else "search/search.html"
    return page(
        request, template, status=400 if wrong and not swapped else 200, section="search", asks=asks,
        answer=answer, wrong=wrong, swapped=swapped, kinds=views.KINDS, counts=dict(answer.facets.kinds),
        told=views.told(answer.facets, asks.query),
        headers=at_last(asks.at(page=asks.page)) if swapped else None, advice=views.advice(asks.query),
        name_at=name_at, month_words=views.month_words,
    )  # fmt: skip


def _sized(answer: Answer) -> tuple[Answer, int]:
    """Return an answer with about how many bytes it takes."""
    return answer, 8_000 + sum(2_000 + 2 * len(one.hit.text) for one in answer.found)


def _asked(
    q: str, kind: str, outlet: str, speaker: str, since: str, until: str, number: str, exactly: str
) -> tuple[Asked, dict[str, str]]:
    """Return what is asked, and what cannot be understood of it by field."""
    wrong: dict[str, str] = {}
    days: dict[str, str] = {}
    for field, text in (("since", since), ("until", until)):
        try:
            days[field] = asked.day(text, field, last=field == "until") or ""
        except asked.Wrong as error:
            wrong[error.field] = error.problem
    if days.get("since") and days.get("until") and days["since"] > days["until"]:
        wrong["until"] = "the last day is before the first; swap them"
    words = asked.words(q)
    if words and not any(letter.isalnum() for letter in words):
        wrong["q"] = "there is no word or number in it; type some letters"
    wanted = next((one for one in views.KINDS if one == kind), None)
    found = Asked(
        words, wanted, asked.words(outlet, 200), asked.words(speaker, 200), days.get("since", ""),
        days.get("until", ""), asked.number(number, _MOST_PAGES), bool(exactly),
    )  # fmt: skip
    return found, wrong


def _found(store: Store, asks: Asked) -> Answer:
    query, begun = asks.query, ""
    hits, facets = store.found(query, _FACETS)
    if not views.total(facets, None) and (begun := views.last_word(asks.q)):
        query = replace(query, words=f"{query.words}*")
        hits, facets = store.found(query, _FACETS)
    shown = hits[:_PAGE]
    ids = list(dict.fromkeys(hit.article for hit in shown))
    articles: dict[str, Article] = {held.article.id: held.article for held in store.held(ids)}
    names: list[tuple[str, str, int]] = []
    if asks.page == 1 and (words := views.bare(asks.q)) and not asks.filtered and asks.kind is None:
        names = store.named(words, limit=_NAMES)
    return Answer(
        tuple(views.found(shown, articles, query.words)),
        len(hits) > _PAGE and asks.page < _MOST_PAGES,
        views.folded(facets),
        begun,
        tuple(names),
    )
