"""A store of many articles: how fast it keeps them, what it costs to read a story and to search, how large it is.

    python benchmarks/store.py [--articles 100000] [--on sqlite|postgresql] [--reads 1000] [--searches 100]

The articles are invented: about 600 words of 50,000 forms by Zipf's law, with ten claims, 50 terms for grouping and a
web page each; five make a story, which is briefed. Kept in batches as `accord add` keeps them. The bare side of the
ratio writes the very same rows into tables of the same shape (indexes and search included), batch by batch beside the
store, with the same settings: SQLite by `executemany` of the statements that the store ran, PostgreSQL by COPY.
"""

from __future__ import annotations

import argparse
import marshal
import math
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import numpy as np

import databases
from accord.records import (
    Analysis,
    Article,
    Briefing,
    Citation,
    Commitment,
    Figure,
    Finding,
    Name,
    Origin,
    Page,
    Quote,
    Sentence,
    Statement,
)
from accord.stores import Store, open_store
from accord.stores.store import Arrival, Query

FORMS, WORDS, SENTENCE, TERMS, OF_A_STORY = 50_000, 600, 20, 50, 5
BATCH = 64
AT = "2031-05-04T08:00:00Z"
TARGETS = {"keep": 0.5, "briefing": 50.0, "search": 150.0}


# the articles ---------------------------------------------------------------------------------------------------------


class Corpus:
    """Invented articles, the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self._rng = np.random.default_rng(seed)
        chance = random.Random(seed)
        parts = [a + b for a in "bdfghklmnprstvwz" for b in ("a", "e", "i", "o", "u", "ar", "en", "ist", "ol", "um")]
        forms: dict[str, None] = {}
        while len(forms) < FORMS:
            forms["".join(chance.choices(parts, k=1 + int(len(forms) > 120) + chance.randrange(3)))] = None
        self.forms = np.array(list(forms))
        weights = 1.0 / np.arange(1, FORMS + 1) ** 1.05
        self._cumulative = np.cumsum(weights / weights.sum())
        self._people = [
            f"{chance.choice(list(forms)).title()} {chance.choice(list(forms)).title()}" for _ in range(4000)
        ]
        self._outlets = [f"The {name.title()} Post" for name in chance.sample(list(forms), 300)]

    def story(self, number: int, size: int) -> list[Arrival]:
        """Return the articles of one story: they share people, and words that are rare elsewhere."""
        rare = self._rng.integers(2_000, FORMS, 30)
        people = [self._people[n] for n in self._rng.integers(0, len(self._people), 3)]
        terms = self._rng.integers(-(2**63), 2**63 - 1, 20)
        return [self._arrival(f"{number:06x}{n:06x}", number, rare, people, terms) for n in range(size)]

    def _arrival(self, name: str, story: int, rare: Any, people: list[str], terms: Any) -> Arrival:
        rng = self._rng
        article, sentences = self._article(name, story, rare, people)
        own = rng.integers(-(2**63), 2**63 - 1, TERMS - len(terms))
        weights = rng.random(TERMS).astype(np.float16).astype(float).tolist()
        postings = tuple(zip([*terms.tolist(), *own.tolist()], weights, strict=True))
        head = f"<!doctype html><html><head><title>{article.title}</title></head><body><nav>{name}</nav><main>"
        body = "".join(f"<p>{line}</p>" for line in article.text.split("\n"))
        page = Page(f"{head}{body}</main></body></html>".encode(), article.url or "", "text/html")
        return Arrival(
            article=article,
            what=article.url or "",
            page=page,
            mark=f"mark {name}",
            marks=(f"url {article.url}",),
            analysis=self._analysis(article, sentences, people),
            maker="accord 1, models 1",
            fetched=AT,
            day=741_000 + story // 40,
            postings=postings,
            sketch=rng.bytes(1_900),
        )

    def _article(self, name: str, story: int, rare: Any, people: list[str]) -> tuple[Article, list[tuple[int, int]]]:
        rng = self._rng
        size = int(np.clip(rng.normal(WORDS, 120), 240, 1_500))
        drawn = np.minimum(np.searchsorted(self._cumulative, rng.random(size)), FORMS - 1)
        drawn[rng.integers(0, size, 40)] = rng.choice(rare, 40)
        words = self.forms[drawn].tolist()
        pieces, spans, at = [], [], 0
        for n in range(0, size, SENTENCE):
            line = " ".join(words[n : n + SENTENCE]).capitalize()
            if n // SENTENCE < 4:
                line = f"“{line},” said {people[n // SENTENCE % len(people)]}"
            elif n // SENTENCE < 8:
                line += f" {10 + story % 900} {words[n]}"
            line += "."
            spans.append((at, at + len(line)))
            pieces.append(line)
            at += len(line) + 1
        day = f"20{31 + story // 14_600 % 60:02}-{story // 40 % 365 // 31 + 1:02}-{story // 40 % 28 + 1:02}"
        outlet = self._outlets[int(rng.integers(len(self._outlets)))]
        url = f"https://{outlet.split()[1].lower()}.example/{day}/{name}"
        title = " ".join(words[:9]).capitalize()
        made = Article(name, "\n".join(pieces), outlet, title, published=day, language="en", url=url)
        return made, spans

    def _analysis(self, article: Article, spans: list[tuple[int, int]], people: list[str]) -> Analysis:
        text, of = article.text, article.id

        def piece(start: int, end: int) -> tuple[str, int, int, str]:
            return of, start, end, text[start:end]

        quotes = [
            Quote(*piece(a + 1, text.index("”", a)), "direct", people[n % len(people)], "said", f"n{n}")
            for n, (a, _) in enumerate(spans[:4])
        ]
        figures = [Figure(*piece(b - 12, b - 1), 12.0, "person", "people") for _, b in spans[4:8]]
        promises = [Commitment(*piece(a, b), people[0], text[a : a + 30], "promised") for a, b in spans[8:10]]
        return Analysis(
            of,
            sentences=tuple(Sentence(a, b, text[a:b], n // 3) for n, (a, b) in enumerate(spans)),
            names=tuple(Name(f"n{n}", name, "person", (of,)) for n, name in enumerate(people)),
            quotes=tuple(quotes),
            figures=tuple(figures),
            commitments=tuple(promises),
            statements=tuple(
                Statement(*piece(a, b), n, "say", tuple(text[a:b].lower().split()[:8]), ("n0",))
                for n, (a, b) in enumerate(spans)
            ),
        )


def briefing(arrivals: list[Arrival]) -> Briefing:
    """Return a briefing of a usual size on the articles of a story."""
    findings = []
    for n in range(15):
        cited = []
        for arrival in (arrivals[n % len(arrivals)], arrivals[(n + 1) % len(arrivals)]):
            sentence = arrival.analysis.sentences[n % len(arrival.analysis.sentences)]
            cited.append(Citation(arrival.article.id, sentence.start, sentence.end, sentence.text))
        verdict = ("corroborated", "single", "disputed")[n % 3]
        outlets = tuple({a.article.outlet for a in arrivals[:2]})
        findings.append(
            Finding(f"f{n}", "statement", cited[0].text, verdict, None, 2, outlets, tuple(cited))  # type: ignore[arg-type]
        )
    articles = tuple(arrival.article for arrival in arrivals)
    names = {name.name: name for arrival in arrivals for name in arrival.analysis.names}
    return Briefing(
        id=f"b{articles[0].id}",
        title=articles[0].title or "",
        articles=articles,
        origins=tuple(Origin(f"o{a.id}", (a.id,), "own", None, "its own words") for a in articles),
        findings=tuple(findings),
        quotes=tuple(quote for arrival in arrivals for quote in arrival.analysis.quotes),
        figures=tuple(figure for arrival in arrivals for figure in arrival.analysis.figures),
        commitments=tuple(promise for arrival in arrivals for promise in arrival.analysis.commitments),
        timeline=(),
        names=tuple(names.values()),
        summary=(),
    )


# the bare side --------------------------------------------------------------------------------------------------------


class _Noticed(sqlite3.Connection):
    """A connection that notes what is inserted through it, as bytes: so many live rows would slow the store down.

    `busy` counts the seconds that this takes, which are not the store's.
    """

    seen: ClassVar[list[tuple[str, bytes]]] = []
    busy: ClassVar[float] = 0.0

    def cursor(self, *_: Any, **__: Any) -> sqlite3.Cursor:  # type: ignore[override]
        return super().cursor(_NoticingCursor)


class _NoticingCursor(sqlite3.Cursor):
    def execute(self, statement: str, values: Any = (), /) -> sqlite3.Cursor:
        if statement.lstrip()[:6].upper() in ("INSERT", "REPLAC"):
            self._note(statement, [values])
        return super().execute(statement, values)

    def executemany(self, statement: str, values: Any, /) -> sqlite3.Cursor:
        values = list(values)
        self._note(statement, values)
        return super().executemany(statement, values)

    def _note(self, statement: str, values: list[Any]) -> None:
        started = time.perf_counter()
        _Noticed.seen.append((statement, marshal.dumps(values)))
        _Noticed.busy += time.perf_counter() - started


class BareSqlite:
    """Writes the rows that the store inserts into a file of the same shape."""

    def __init__(self, path: str) -> None:
        open_store(path).close()
        self._base = sqlite3.connect(path, isolation_level=None)
        for pragma in ("synchronous = FULL", "temp_store = MEMORY", "cache_size = -32000", "foreign_keys = ON"):
            self._base.execute(f"PRAGMA {pragma}")

    @staticmethod
    def notice() -> None:
        """Let stores that are opened from here on note what they insert."""
        sqlite3.connect = partial(sqlite3.connect, factory=_Noticed)  # type: ignore[assignment]

    def forget(self) -> None:
        _Noticed.seen.clear()
        _Noticed.busy = 0.0

    @property
    def busy(self) -> float:
        """How many seconds noting took since `forget`."""
        return _Noticed.busy

    def replay(self) -> tuple[int, float]:
        """Insert what was seen since `forget`; return the number of rows and the seconds that it took."""
        seen = [(statement, marshal.loads(values)) for statement, values in _Noticed.seen]
        started = time.perf_counter()
        self._base.execute("BEGIN IMMEDIATE")
        for statement, values in seen:
            self._base.executemany(statement, values)
        self._base.execute("COMMIT")
        return sum(len(values) for _, values in seen), time.perf_counter() - started

    def close(self) -> None:
        self._base.close()


class BarePostgres:
    """Copies the rows that the store added into a database of the same shape; search words are made there anew."""

    busy = 0.0

    def __init__(self, filled: str, bare: str) -> None:
        import psycopg
        from sqlalchemy import event
        from sqlalchemy.engine import Engine

        open_store(bare).close()
        self._from = psycopg.connect(filled, autocommit=True)
        self._to = psycopg.connect(bare)
        columns = self._from.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
            " AND is_generated = 'NEVER' ORDER BY table_name, ordinal_position"
        ).fetchall()
        self._columns: dict[str, list[str]] = {}
        for table, column in columns:
            if not table.endswith(("_version", "_words")):
                self._columns.setdefault(table, []).append(f'"{column}"')
        self._to.execute("SET session_replication_role = replica")  # the order of tables is not that of their keys
        self._to.commit()
        self._last: dict[str, str] = {}
        self._words: list[tuple[str, Any]] = []
        event.listen(Engine, "before_cursor_execute", self._notice)

    def _notice(self, _connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.startswith("INSERT INTO") and statement.split()[2].endswith("_words"):
            self._words.append((statement, values))

    def forget(self) -> None:
        """Remember where each table ends."""
        self._words.clear()
        for table in self._columns:
            self._last[table] = self._end(table)

    def _end(self, table: str) -> str:
        blocks = self._count(f"SELECT pg_relation_size('{table}') / 8192")
        start = f"({max(blocks - 1, 0)},0)"
        query = f"SELECT t.ctid::text FROM {table} t WHERE t.ctid > '{start}' ORDER BY t.ctid DESC LIMIT 1"
        row = self._from.execute(query.encode()).fetchone()
        return str(row[0]) if row else start

    def _count(self, query: str) -> int:
        row = self._from.execute(query.encode()).fetchone()
        return int(row[0]) if row else 0

    def replay(self) -> tuple[int, float]:
        """Copy what was added since `forget`; return the number of rows and the seconds that copying in took."""
        fresh = []
        for table, columns in self._columns.items():
            chosen = f"SELECT {', '.join(columns)} FROM {table} WHERE ctid > '{self._last[table]}'"
            with self._from.cursor().copy(f"COPY ({chosen}) TO STDOUT (FORMAT BINARY)".encode()) as copy:
                content = b"".join(bytes(piece) for piece in copy)
            rows = self._count(f"SELECT count(*) FROM {table} WHERE ctid > '{self._last[table]}'")
            if rows:
                fresh.append((table, columns, content, rows))
        words = list(self._words)
        started = time.perf_counter()
        for table, columns, content, _ in fresh:
            order = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)"
            with self._to.cursor().copy(order.encode()) as copy:
                copy.write(content)
        for statement, values in words:
            self._to.execute(statement.encode(), values)
        self._to.commit()
        took = time.perf_counter() - started
        return sum(rows for *_, rows in fresh) + sum(len(values[0]) for _, values in words), took

    def close(self) -> None:
        self._from.close()
        self._to.close()


# how large ------------------------------------------------------------------------------------------------------------


def sqlite_parts(path: str) -> dict[str, int]:
    """Return the bytes of each table with its indexes; those of search count as one."""
    with closing(sqlite3.connect(path)) as base:
        found = base.execute(
            "SELECT coalesce(m.tbl_name, d.name), sum(d.pgsize) FROM dbstat d LEFT JOIN sqlite_master m"
            " ON m.name = d.name GROUP BY 1"
        )
        return _gathered(found)


def postgres_parts(server: Any, url: str) -> dict[str, int]:
    query = (
        "SELECT relname, pg_total_relation_size(oid) FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    return _gathered(server.execute(query, url))


def _gathered(found: Iterable[Any]) -> dict[str, int]:
    parts: dict[str, int] = {}
    for name, size in found:
        for words in ("article_words", "claim_words"):
            name = words if name.startswith(words) else name
        parts[name] = parts.get(name, 0) + size
    return dict(sorted(parts.items(), key=lambda part: -part[1]))


# the run --------------------------------------------------------------------------------------------------------------


def build(store: Store, bare: Any, corpus: Corpus, articles: int) -> dict[str, float]:
    """Keep, place and brief `articles`; return what that took."""
    import zstandard

    pack = zstandard.ZstdCompressor(level=3)
    took: dict[str, float] = dict.fromkeys(("keep", "bare", "place", "brief", "rows", "stories", "text", "packed"), 0.0)
    waiting: list[Arrival] = []
    ratios: list[float] = []
    for number in range(math.ceil(articles / OF_A_STORY)):
        waiting += corpus.story(number, OF_A_STORY)
        if len(waiting) < BATCH and number + 1 < math.ceil(articles / OF_A_STORY):
            continue
        whole = len(waiting)
        bare.forget()
        started = time.perf_counter()
        with store.transaction():
            numbers = store.keep(waiting, AT)
        kept = time.perf_counter() - started - bare.busy
        rows, alone = bare.replay()
        ratios.append(alone / kept)
        took["keep"] += kept
        took["bare"] += alone
        took["rows"] += rows
        for arrival in waiting:
            text = arrival.article.text.encode()
            took["text"] += len(text)
            took["packed"] += len(pack.compress(text))
        _group(store, waiting, numbers, took)
        waiting = []
        done = (number + 1) * OF_A_STORY
        if done // 10_000 != (done - whole) // 10_000:
            print(f"  {done:,} articles: keep {done / took['keep']:,.0f} a second", file=sys.stderr, flush=True)
    took["median"] = statistics.median(ratios)
    return took


def _group(store: Store, arrivals: list[Arrival], numbers: list[int], took: dict[str, float]) -> None:
    """Place the articles five by five, link them, and brief each story."""
    stories = {
        f"s{numbers[at]:08}": list(range(at, min(at + OF_A_STORY, len(numbers))))
        for at in range(0, len(numbers), OF_A_STORY)
    }
    started = time.perf_counter()
    with store.transaction():
        store.link((numbers[a], numbers[b], 0.75) for at in stories.values() for a in at for b in at if a < b)
        store.place({name: [numbers[n] for n in at] for name, at in stories.items()}, {}, AT)
    took["place"] += time.perf_counter() - started
    for name, at in stories.items():
        made = briefing([arrivals[n] for n in at])
        started = time.perf_counter()
        line = store.story(name)
        with store.transaction():
            if line is None or not store.brief(name, line.revision, made, 1.0, AT):
                raise RuntimeError(f"the story {name} was not briefed")
        took["brief"] += time.perf_counter() - started
    took["stories"] += len(stories)


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def told(name: str, times: list[float]) -> float:
    """Print the median and the 95th percentile of some milliseconds; return the latter."""
    times = sorted(times)
    last = times[min(len(times) - 1, math.ceil(len(times) * 0.95) - 1)]
    print(f"{name:<34} p50 {statistics.median(times):7.1f} ms   p95 {last:7.1f} ms   ({len(times)})", flush=True)
    return last


def queries(corpus: Corpus, store: Store, chance: random.Random, searches: int) -> Iterator[tuple[str, Query]]:
    """Yield what is searched for, with the kind of query that it is."""
    held = list(store.numbered([chance.randrange(1, store.counts().articles + 1) for _ in range(searches)]))

    def form(low: int, high: int) -> str:
        return str(corpus.forms[chance.randrange(low, high)])

    for item in held:
        words = item.article.text.split()
        at = chance.randrange(200, max(len(words) - 3, 201))
        speaker = item.article.text.split("said ")[1].split(".")[0].split("\n")[0]
        day = item.article.published
        yield "common word", Query(words=form(0, 60))
        yield "two common words", Query(words=f"{form(20, 200)} {form(20, 200)}")
        yield "middling word", Query(words=form(500, 3_000))
        yield "rare word", Query(words=form(10_000, FORMS))
        yield "phrase", Query(words=f'"{" ".join(words[at : at + 2])}"')
        yield "beginning of a word", Query(words=f"{form(2_000, 20_000)[:5]}*")
        yield "its first three letters", Query(words=f"{form(2_000, 20_000)[:3]}*")
        yield "its first two letters", Query(words=f"{form(2_000, 20_000)[:2]}*")
        yield "common word, not another", Query(words=f"{form(0, 60)} -{form(60, 200)}")
        yield "common word, one outlet", Query(words=form(0, 60), outlet=item.article.outlet)
        yield "common word, one day", Query(words=form(0, 60), since=day, until=day)
        yield "quotes of a speaker", Query(kind="quote", speaker=speaker)
        yield "word in quotes", Query(words=form(0, 2_000), kind="quote")
        yield "word in figures, one outlet", Query(words=form(0, 2_000), kind="figure", outlet=item.article.outlet)
        yield "no words, since a day", Query(since=day)


def tell_size(took: dict[str, float], articles: int, size: int, parts: dict[str, int]) -> None:
    """Print how large the store is, its parts of a hundredth or more, and the text that it holds."""
    print(
        f"size   {size / articles:,.0f} bytes an article; its text {took['text'] / articles:,.0f}, compressed "
        f"{took['packed'] / articles:,.0f}: {size / took['packed']:.1f} times that"
    )
    large = [f"{name} {part / articles:,.0f}" for name, part in parts.items() if part > size / 100]
    print(f"       of these: {', '.join(large)}")


def report(store: Store, corpus: Corpus, took: dict[str, float], reads: int, searches: int) -> bool:
    """Print what the store does; return whether it is as fast as it should be."""
    chance = random.Random(2)
    counts = store.counts()
    rows, articles = took["rows"], counts.articles
    ratio = took["bare"] / took["keep"]
    print(f"{articles:,} articles, {counts.stories:,} stories, {counts.findings:,} findings, {rows:,.0f} rows")
    print(f"keep   {rows / took['keep']:>9,.0f} rows/s, {articles / took['keep']:,.0f} articles/s")
    print(f"bare   {rows / took['bare']:>9,.0f} rows/s; ratio {ratio:.2f} (median of batches {took['median']:.2f})")
    print(
        f"place  {articles / took['place']:>9,.0f} articles/s; brief {took['stories'] / took['brief']:,.0f} stories/s"
    )
    stories = [line.id for at in range(0, counts.stories, 997) for line in store.stories(limit=997, offset=at)]
    chosen = [chance.choice(stories) for _ in range(reads)]
    page = told("briefing of a story", [timed(lambda name=name: store.briefing(name)) for name in chosen])  # type: ignore[misc]

    def whole(name: str) -> None:
        store.story(name)
        store.briefing(name)
        store.chains([name])
        store.updates(story=name)

    page = max(page, told("all of a story's page", [timed(lambda name=name: whole(name)) for name in chosen]))  # type: ignore[misc]
    times: dict[str, list[float]] = {}
    for kind, query in queries(corpus, store, chance, searches):
        times.setdefault(kind, []).append(timed(lambda query=query: store.search(query)))  # type: ignore[misc]
    for kind, found in times.items():
        told(f"search: {kind}", found)
    search = told("search: all", [took for found in times.values() for took in found])
    return ratio >= TARGETS["keep"] and page < TARGETS["briefing"] and search < TARGETS["search"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--on", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--reads", type=int, default=1_000)
    parser.add_argument("--searches", type=int, default=100, help="of each kind")
    options = parser.parse_args()
    corpus = Corpus()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if options.on == "sqlite":
            url = str(folder / "store.db")
            bare: Any = stack.enter_context(closing(BareSqlite(str(folder / "bare.db"))))
            bare.notice()
            store = stack.enter_context(closing(open_store(url)))
        else:
            server = stack.enter_context(databases.server(safe=True))
            url, other = server.fresh(), server.fresh()
            store = stack.enter_context(closing(open_store(url)))
            bare = stack.enter_context(closing(BarePostgres(url, other)))
        took = build(store, bare, corpus, options.articles)
        if options.on == "sqlite":
            size, parts = os.path.getsize(url), sqlite_parts(url)
        else:
            server.execute("VACUUM ANALYZE", url)  # which PostgreSQL does by itself, in its own time
            size = int(str(server.execute("SELECT pg_database_size(current_database())", url)[0][0]))
            parts = postgres_parts(server, url)
        tell_size(took, store.counts().articles, size, parts)
        good = report(store, corpus, took, options.reads, options.searches)
    print("as fast as it should be" if good else f"slower than it should be: {TARGETS}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
