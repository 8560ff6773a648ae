"""Articles: kept with their pages, analyses, claims and sketches; versions of one another; read again."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sql
from sqlalchemy import Connection, Select

from accord.records import Analysis, Article
from accord.stores.folding import fold
from accord.stores.sql import schema
from accord.stores.sql.base import delete_in, digest, select_in
from accord.stores.sql.codec import Damaged
from accord.stores.sql.kin import kin
from accord.stores.sql.listing import Listing
from accord.stores.sql.words import KINDS, marks_of
from accord.stores.store import Arrival, Held

if TYPE_CHECKING:
    from accord.stores.sql.base import Row

FEW = 64
"""So many articles are read at a time."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that search can find."""

    kind: int
    start: int
    end: int
    speaker: str | None


def claims_of(analysis: Analysis) -> list[Claim]:
    """Return the claims that search finds: quotes, figures and commitments."""
    return [
        *(Claim(KINDS["quote"], quote.start, quote.end, quote.speaker) for quote in analysis.quotes),
        *(Claim(KINDS["figure"], figure.start, figure.end, None) for figure in analysis.figures),
        *(Claim(KINDS["commitment"], made.start, made.end, made.who) for made in analysis.commitments),
    ]


class Articles(Listing):
    """What a store does with articles."""

    # keep -------------------------------------------------------------------------------------------------------------

    def keep(self, arrivals: Sequence[Arrival], at: str) -> list[int]:
        with self._write() as connection:
            ids = [arrival.article.id for arrival in arrivals]
            known = {*self._held_in(connection, schema.articles.c.id, ids)}
            twice = next((one for n, one in enumerate(ids) if one in known or one in ids[:n]), None)
            if twice is not None:
                raise ValueError(f"an article is held under the id {twice} already; give this one another id")
            first = self._next(connection, schema.articles)
            numbered = list(enumerate(arrivals, first))
            self._keep_articles(connection, numbered, at)
            latest = [(number, arrival) for number, arrival in numbered if arrival.latest]
            self._keep_marks(connection, numbered)
            self._keep_claims(connection, [(number, arrival.article, arrival.analysis) for number, arrival in latest])
            self._keep_sketches(connection, latest)
            changed: dict[int, None] = {}
            for number, arrival in numbered:
                if arrival.follows or arrival.article.replaces:
                    changed.update(dict.fromkeys(self._replace(connection, number, arrival)))
            self._changed(connection, changed)
            return [number for number, _ in numbered]

    def _keep_articles(self, connection: Connection, numbered: Sequence[tuple[int, Arrival]], at: str) -> None:
        arrivals = [arrival for _, arrival in numbered]
        outlets = self._numbered_names(connection, schema.outlets, (a.article.outlet for a in arrivals))
        makers = self._numbered_names(connection, schema.makers, (a.maker for a in arrivals))
        pages = self._keep_pages(connection, arrivals)
        rows, texts, analyses, words = [], [], [], []
        for (number, arrival), page in zip(numbered, pages, strict=True):
            one = arrival.article
            outlet = outlets[one.outlet]
            rows.append(
                (
                    *(number, one.id, outlet, one.published, one.version, one.replaces, arrival.mark, page),
                    *(arrival.fetched, at, int(not arrival.latest), None, makers[arrival.maker], None, arrival.follows),
                )
            )
            texts.append((number, self._codec.pack((one, arrival.what))))
            analyses.append((number, self._codec.pack_spans(arrival.analysis, {one.id: one.text}.get)))
            if arrival.latest:
                words.append(_words(number, one, outlet))
        self._dialect.insert(connection, schema.articles, rows)
        self._dialect.insert(connection, schema.texts, texts)
        self._dialect.insert(connection, schema.analyses, analyses)
        self._dialect.index(connection, "articles", words)

    def _keep_pages(self, connection: Connection, arrivals: Sequence[Arrival]) -> list[int | None]:
        """Return the number of each arrival's page; a page that is held, or comes twice, is kept once."""
        table = schema.pages
        sums = [hashlib.sha256(a.page.content).digest() if a.page else None for a in arrivals]
        wanted = list(dict.fromkeys(key for key in sums if key))
        held = select_in(connection, sql.select(table.c.digest, table.c.number), table.c.digest, wanted)
        numbers = {bytes(key): number for key, number in held}
        number, rows = self._next(connection, table), []
        for key, arrival in zip(sums, arrivals, strict=True):
            if key and arrival.page and key not in numbers:
                numbers[key] = number
                rows.append((number, key, arrival.page.media_type, self._codec.squeeze(arrival.page.content)))
                number += 1
        self._dialect.insert(connection, table, rows)
        return [numbers[key] if key else None for key in sums]

    def _keep_marks(self, connection: Connection, numbered: Sequence[tuple[int, Arrival]]) -> None:
        prints = [{"mark": arrival.mark} for _, arrival in numbered]
        self._dialect.upsert(connection, schema.prints, prints, change=False)
        rows = {(digest(mark), number) for number, arrival in numbered if arrival.latest for mark in arrival.marks}
        self._dialect.insert(connection, schema.marks, sorted(rows))

    def _keep_claims(self, connection: Connection, made: Sequence[tuple[int, Article, Analysis]]) -> None:
        """Keep the claims of articles, and let search find them."""
        found = [(number, article, claims_of(analysis)) for number, article, analysis in made]
        outlets = self._numbered_names(connection, schema.outlets, (article.outlet for _, article, _ in found))
        named = (claim.speaker for _, _, claims in found for claim in claims if claim.speaker is not None)
        speakers = self._numbered_names(connection, schema.speakers, named)
        rows, words = [], []
        number = self._next(connection, schema.claims)
        for of, article, claims in found:
            for claim in claims:
                speaker = None if claim.speaker is None else speakers[claim.speaker]
                rows.append((number, of, claim.kind, claim.start, claim.end, speaker))
                marks = marks_of(outlets[article.outlet], article.published, claim.kind, speaker)
                words.append((number, fold(article.text[claim.start : claim.end]), marks))
                number += 1
        self._dialect.insert(connection, schema.claims, rows)
        self._dialect.index(connection, "claims", words)

    def _keep_sketches(self, connection: Connection, latest: Sequence[tuple[int, Arrival]]) -> None:
        """Keep what grouping sees; postings go in in their order, which spares SQLite half of its writing."""
        sketches: list[tuple[int, bytes, int, bytes]] = []
        terms, weights, owners = array("q"), array("d"), array("q")
        days: dict[int, int] = {}
        for number, arrival in latest:
            if arrival.sketch or arrival.postings:
                own = array("q", [term for term, _ in arrival.postings])
                days[number] = arrival.day or 0
                sketches.append((number, arrival.sketch, days[number], own.tobytes()))
                terms.extend(own)
                weights.extend([weight for _, weight in arrival.postings])
                owners.extend([number] * len(own))
        order = sorted(range(len(terms)), key=terms.__getitem__)
        postings = ((terms[n], days[owners[n]], owners[n], weights[n]) for n in order)
        self._dialect.insert(connection, schema.sketches, sketches)
        self._dialect.insert(connection, schema.postings, postings)

    # versions ---------------------------------------------------------------------------------------------------------

    def _replace(self, connection: Connection, number: int, arrival: Arrival) -> list[int]:
        """Let an article stand where the one that it replaces stood; return the stories that change."""
        a = schema.articles.c
        query = sql.select(a.number, a.story, a.superseded).where(a.id == (arrival.follows or arrival.article.replaces))
        older = connection.execute(query).one_or_none()
        if older is None or older.number == number or older.superseded:
            return []
        newer: int | None = number
        if not arrival.latest:
            last = [held.number for held in self.versions(arrival.article.id) if not held.superseded]
            newer = next((one for one in reversed(last) if one != older.number), None)
        self._supersede(connection, older.number)
        m = schema.marks
        if newer is not None:
            keys = connection.scalars(sql.select(m.c.key).where(m.c.number == older.number)).all()
            rows = [{"key": key, "number": newer} for key in keys]
            self._dialect.upsert(connection, m, rows, change=False)
            held = schema.articles.update().where(a.number == newer, a.story.is_(None))
            connection.execute(held.values(story=older.story))
        connection.execute(m.delete().where(m.c.number == older.number))
        return [] if older.story is None else [older.story]

    def _supersede(self, connection: Connection, number: int) -> None:
        """Let an article be no longer found, searched or grouped."""
        table = schema.articles
        self._drop_claims(connection, [number])
        (held,) = self._rows(connection, table.c.number == number)
        outlet = connection.execute(sql.select(table.c.outlet).where(table.c.number == number)).scalar_one()
        self._dialect.unindex(connection, "articles", [_words(number, held.article, outlet)])
        self._drop_sketch(connection, number)
        links = schema.links
        for other in connection.scalars(sql.select(links.c.other).where(links.c.number == number)).all():
            connection.execute(links.delete().where(links.c.number == other, links.c.other == number))
        connection.execute(links.delete().where(links.c.number == number))
        connection.execute(table.update().where(table.c.number == number).values(superseded=1, story=None))

    def _drop_sketch(self, connection: Connection, number: int) -> None:
        s, p = schema.sketches, schema.postings
        row = connection.execute(sql.select(s.c.day, s.c.terms).where(s.c.number == number)).one_or_none()
        if row is not None:
            terms = array("q", bytes(row.terms))
            for at in range(0, len(terms), 500):
                within = p.c.term.in_(terms[at : at + 500].tolist())
                connection.execute(p.delete().where(within, p.c.day == row.day, p.c.number == number))
            connection.execute(s.delete().where(s.c.number == number))

    def _drop_claims(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Drop the claims of articles, and their words from the index: as they were when they were added."""
        c, a = schema.claims.c, schema.articles.c
        query = sql.select(schema.claims, a.outlet).join_from(schema.claims, schema.articles, c.article == a.number)
        articles = {held.number: held.article for held in self.numbered(numbers)}
        rows = select_in(connection, query, c.article, numbers)
        gone = [_claim_words(row, articles[row.article], row.outlet) for row in rows]
        self._dialect.unindex(connection, "claims", gone)
        delete_in(connection, schema.claims, c.article, numbers)

    def reindex(self) -> None:
        """Let search find the words of all current articles and of their claims; its indexes are empty before."""
        a, c = schema.articles, schema.claims.c
        claims = sql.select(c.number, c.article, c.kind, c.start, c.end, c.speaker).order_by(c.number)
        last = 0
        while True:
            with self._write() as connection:
                query = sql.select(a.c.number, a.c.outlet).where(a.c.number > last, a.c.superseded == 0)
                outlets = {row.number: row.outlet for row in connection.execute(query.order_by(a.c.number).limit(FEW))}
                held = {item.number: item.article for item in self.numbered(list(outlets))}
                words = [_words(number, held[number], outlet) for number, outlet in outlets.items()]
                self._dialect.index(connection, "articles", words)
                rows = select_in(connection, claims, c.article, list(outlets))
                found = [_claim_words(row, held[row.article], outlets[row.article]) for row in rows]
                self._dialect.index(connection, "claims", found)
            if len(outlets) < FEW:
                return
            last = max(outlets)

    def versions(self, identity: str) -> list[Held]:
        with self._read() as connection:
            ids = sorted(kin(connection, [identity])[identity])
            held = self._rows(connection, schema.articles.c.id.in_(ids))
        return sorted(held, key=lambda item: (item.article.version, item.number))

    def take_down(self, identity: str, at: str) -> None:
        table = schema.articles
        with self._write() as connection:
            connection.execute(table.update().where(table.c.id == identity).values(gone=at))
            story = connection.scalar(sql.select(table.c.story).where(table.c.id == identity))
            self._changed(connection, [] if story is None else [story])

    # read -------------------------------------------------------------------------------------------------------------

    def held(self, ids: Sequence[str]) -> list[Held]:
        with self._read() as connection:
            found = {held.article.id: held for held in self._rows_in(connection, schema.articles.c.id, ids)}
        return [found[identity] for identity in ids if identity in found]

    def numbered(self, numbers: Sequence[int]) -> list[Held]:
        with self._read() as connection:
            found = {held.number: held for held in self._rows_in(connection, schema.articles.c.number, numbers)}
        return [found[number] for number in numbers if number in found]

    def each(self, since: str | None = None, *, superseded: bool = False) -> Iterator[Held]:
        a = schema.articles.c
        where = [] if superseded else [a.superseded == 0]
        where += [a.published >= since] if since else []
        last = 0
        while True:
            with self._read() as connection:
                found = self._rows(connection, sql.and_(a.number > last, *where), limit=FEW)
            yield from found
            if len(found) < FEW:
                return
            last = found[-1].number

    def page(self, digest: str) -> bytes | None:
        p = schema.pages.c
        try:
            key = bytes.fromhex(digest)
        except ValueError:
            return None
        with self._read() as connection:
            blob = connection.scalar(sql.select(p.content).where(p.digest == key))
            return None if blob is None else self._codec.stretch(blob)

    def _rows_in(self, connection: Connection, column: sql.Column[Any], values: Sequence[Any]) -> Iterator[Held]:
        for at in range(0, len(values), 500):
            yield from self._rows(connection, column.in_(values[at : at + 500]))

    def _rows(self, connection: Connection, where: sql.ColumnElement[bool], limit: int | None = None) -> list[Held]:
        """Return articles in the order of their numbers."""
        rows = connection.execute(_held_query().where(where).order_by(schema.articles.c.number).limit(limit))
        return [self._held(row) for row in rows]

    def _held(self, row: Row) -> Held:
        article, what = self._article(row.id, row.blob)
        page = row.digest and bytes(row.digest).hex()
        return Held(
            row.number, article, what, page, row.fetched, row.added, bool(row.superseded), row.gone, story=row.story
        )

    # analyses ---------------------------------------------------------------------------------------------------------

    def analyses(self, ids: Sequence[str], maker: str | None = None) -> dict[str, Analysis]:
        a, t, n, m = schema.articles.c, schema.texts.c, schema.analyses.c, schema.makers.c
        query = (
            sql.select(a.id, t.blob.label("text"), n.blob)
            .join_from(schema.articles, schema.texts, a.number == t.number)
            .join(schema.analyses, a.number == n.number)
        )
        if maker is not None:
            query = query.join(schema.makers, a.maker == m.number).where(m.name == maker)
        with self._read() as connection:
            found = {
                row.id: self._analysis(row.id, self._article(row.id, row.text)[0].text, row.blob)
                for row in select_in(connection, query, a.id, ids)
            }
        return {identity: found[identity] for identity in ids if identity in found}

    def _analysis(self, identity: str, text: str, blob: bytes) -> Analysis:
        try:
            return self._codec.unpack_spans(blob, Analysis, {identity: text}.get)
        except Damaged as error:
            raise Damaged(f"the analysis of article {identity} is damaged: {error}") from error

    def reanalyze(self, analyses: Sequence[Analysis], maker: str) -> None:
        table = schema.articles
        with self._write() as connection:
            held = {item.article.id: item for item in self.held([analysis.article for analysis in analyses])}
            (by,) = self._numbered_names(connection, schema.makers, [maker]).values()
            rows, current = [], []
            for analysis in analyses:
                item = held[analysis.article]
                blob = self._codec.pack_spans(analysis, {item.article.id: item.article.text}.get)
                rows.append({"number": item.number, "blob": blob})
                if not item.superseded:
                    current.append((item.number, item.article, analysis))
            self._dialect.upsert(connection, schema.analyses, rows, change=True)
            numbers = [item.number for item in held.values()]
            for at in range(0, len(numbers), 500):
                connection.execute(table.update().where(table.c.number.in_(numbers[at : at + 500])).values(maker=by))
            self._drop_claims(connection, [number for number, _, _ in current])
            self._keep_claims(connection, current)
            found = select_in(connection, sql.select(table.c.number, table.c.story), table.c.number, numbers)
            stories = {number: story for number, story in found if story is not None}
            self._changed(connection, [stories[number] for number in numbers if number in stories])

    def outdated(self, maker: str, limit: int) -> list[str]:
        a, m = schema.articles.c, schema.makers.c
        by = sql.select(m.number).where(m.name == maker).scalar_subquery()
        query = sql.select(a.id).where(a.superseded == 0, a.maker != sql.func.coalesce(by, 0))
        with self._read() as connection:
            return list(connection.scalars(query.order_by(a.number).limit(limit)))


def _held_query() -> Select[Any]:
    a, t, p, s = schema.articles.c, schema.texts.c, schema.pages.c, schema.stories.c
    return (
        sql.select(
            a.number, a.id, a.fetched, a.added, a.superseded, a.gone, t.blob, p.digest, s.id.label("story")
        )
        .join_from(schema.articles, schema.texts, a.number == t.number)
        .outerjoin(schema.pages, a.page == p.number)
        .outerjoin(schema.stories, a.story == s.number)
    )  # fmt: skip


def _words(number: int, article: Article, outlet: int) -> tuple[int, str, str, str]:
    """Return what search finds an article by."""
    return number, fold(article.title or ""), fold(article.text), marks_of(outlet, article.published)


def _claim_words(row: Row, article: Article, outlet: int) -> tuple[int, str, str]:
    """Return what search finds a claim by."""
    marks = marks_of(outlet, article.published, row.kind, row.speaker)
    return row.number, fold(article.text[row.start : row.end]), marks
