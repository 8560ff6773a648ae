"""Takes articles into a store, batch by batch: each batch is kept whole, with its place among the stories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from accord.config import Config
from accord.records import Analysis, Article, Page, Rejected, Unchanged, Update
from accord.upkeep.clock import now
from accord.upkeep.maker import analyzed, maker
from accord.upkeep.pending import Pending
from accord.upkeep.placing import Placed, place
from accord.upkeep.refreshing import Progress, refresh

if TYPE_CHECKING:
    from collections.abc import Generator

    from accord.parse import Parsed
    from accord.stores import Store
    from accord.stores.store import Arrival

BATCH = 64
_REVISION = "intake"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an input: new articles, new versions of articles, repeats, what was left out, what it changed.

    `stories` are the ids of those that were briefed anew, in that order; `stopped` is true where the input was not gone
    through to its end: what is missing is read again next time.
    """

    articles: int = 0
    versions: int = 0
    unchanged: int = 0
    rejected: int = 0
    stories: tuple[str, ...] = ()
    updates: tuple[Update, ...] = ()
    stopped: bool = False


def add(
    paths: Iterable[str],
    store: Store,
    *,
    config: Config | None = None,
    progress: Progress | None = None,
    told: Callable[[Rejected | Update], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Added:
    """Add the articles at `paths` (as `accord.read` takes them) to `store`, and bring its stories up to date.

    A batch of articles is kept whole or not at all, so that a run that breaks off loses none that was kept, and is
    simply made again: what is held is passed over. `told` is given each thing that was left out and each update once it
    is kept; `progress` (stage, done, total). `stop` is asked between two articles.
    """
    from accord.readers import read as read_pages

    config = config or Config()
    with closing(cast("Generator[Page | Rejected]", read_pages(paths, config, memory=store))) as pages:
        return add_pages(pages, store, config=config, progress=progress, told=told, stop=stop)


def add_pages(
    pages: Iterator[Page | Rejected],
    store: Store,
    *,
    config: Config | None = None,
    progress: Progress | None = None,
    told: Callable[[Rejected | Update], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Added:
    """Add the articles on `pages`, which were read with `store` as their memory, as `add` does."""
    config = config or Config()
    added = take_in(pages, store, config=config, progress=progress, told=told, stop=stop)
    if not added.stopped:
        store.finish()
    stories: list[str] = []
    updates = refresh(store, config=config, progress=progress, told=told, stop=stop, briefed=stories.append)
    return replace(added, stories=tuple(stories), updates=(*added.updates, *updates))


def take_in(
    pages: Iterator[Page | Rejected],
    store: Store,
    *,
    config: Config,
    progress: Progress | None = None,
    told: Callable[[Rejected | Update], None] | None = None,
    stop: Callable[[], bool] | None = None,
    parsed: Callable[[Parsed], None] | None = None,
) -> Added:
    """Keep the articles on `pages` in `store` and place them among its stories; these wait to be briefed.

    `parsed` is given each article as it was parsed, whether it is new or not.
    """
    from accord.parse import parse_each

    intake = _Intake(store, config, told or (lambda _: None))
    for item in parse_each(pages, config):
        if stop is not None and stop():
            intake.stopped = True
            break
        if parsed is not None and not isinstance(item, Rejected):
            parsed(item)
        intake.take(item)
        if progress:
            progress("read", intake.taken, 0)
    if not intake.stopped:
        intake.flush()
    counts = (intake.articles, intake.versions, intake.unchanged, intake.rejected)
    return Added(*counts, updates=tuple(intake.merged), stopped=intake.stopped)


class _Intake:
    """One run: gathers a batch of articles, analyzes it, keeps it."""

    def __init__(self, store: Store, config: Config, told: Callable[[Rejected | Update], None]) -> None:
        self.articles = self.versions = self.unchanged = self.rejected = 0
        self.stopped = False
        self.merged: list[Update] = []
        self._store = store
        self._config = config
        self._told = told
        self._revision = store.stamp(_REVISION)
        self._past = Pending(store)
        self._parsed: list[Parsed] = []
        self._fresh: list[tuple[Parsed, Article]] = []
        self._refused: list[Rejected] = []
        self._analyses: dict[tuple[str, str], Analysis | str] = {}

    @property
    def taken(self) -> int:
        """How many articles were taken so far, those of the batch that is not kept yet too."""
        return self.articles + self.versions + len(self._fresh)

    def take(self, item: Parsed | Rejected) -> None:
        """Take one article, or what was left out; a batch that is full is kept."""
        if isinstance(item, Unchanged):
            self._past.unchanged += 1
        elif isinstance(item, Rejected):
            self._refused.append(item)
        else:
            self._parsed.append(item)
            held = len(self._fresh)
            self._place(item)
            for _, article in self._fresh[held:]:
                self._analysis(article)  # now, one article at a time, so that a run can be stopped between two
        if len(self._fresh) >= BATCH or len(self._parsed) >= BATCH * 16 or len(self._refused) >= BATCH * 16:
            self.flush()

    def flush(self) -> None:
        """Keep the batch: all of it, in one transaction, or nothing."""
        arrivals, failed = self._arrivals()
        at, placed = now(), Placed()
        with self._store.transaction():
            revision = self._store.stamp(_REVISION)
            if revision != self._revision:  # another process kept articles meanwhile: some may be held by now
                self._place_again()
                arrivals, failed = self._arrivals()
            for mark in self._past.notes:
                self._store.note(mark)
            if arrivals:
                numbers = self._store.keep(arrivals, at)
                placed = place(self._store, [n for n, a in zip(numbers, arrivals, strict=True) if a.latest], at)
                revision = str(int(revision or 0) + 1)
                self._store.stamp(_REVISION, revision)
            refused = [*self._refused, *failed]
            self._store.reject(refused, at)
        self._revision = revision
        told: list[Rejected | Update] = [*refused, *placed.updates]
        for item in told:
            self._told(item)
        self.rejected += len(refused)
        self.merged.extend(placed.updates)
        self.articles += sum(arrival.article.version == 1 for arrival in arrivals)
        self.versions += sum(arrival.article.version > 1 for arrival in arrivals)
        self.unchanged += self._past.unchanged
        self._past.unchanged = 0
        self._clear()

    def _clear(self) -> None:
        self._past.clear()
        self._parsed, self._fresh, self._refused, self._analyses = [], [], [], {}

    def _place(self, item: Parsed) -> None:
        """Place an article among those read before."""
        from accord.revisions import placed

        for found in placed(item, self._past):
            if isinstance(found, Rejected):
                self._refused.append(found)
            else:
                self._fresh.append((item, found))

    def _place_again(self) -> None:
        """Place the articles of the batch among those that are held by now."""
        unchanged = self._past.unchanged
        self._past.clear()
        self._fresh = []
        for item in self._parsed:
            self._place(item)
        self._past.unchanged = max(unchanged, self._past.unchanged)

    def _arrivals(self) -> tuple[list[Arrival], list[Rejected]]:
        """Return the articles of the batch as a store takes them, and those that cannot be analyzed."""
        from accord.cluster.grouping import pack, postings, sketch
        from accord.stores.store import Arrival

        kept: list[tuple[Parsed, Article, Analysis]] = []
        failed: list[Rejected] = []
        for parsed, article in self._fresh:
            analysis = self._analysis(article)
            if isinstance(analysis, str):
                failed.append(Rejected(parsed.what, "analyze", analysis))
            else:
                kept.append((parsed, article, analysis))
        sketches = sketch([article for _, article, _ in kept], threads=self._config.threads) if kept else []
        return [
            Arrival(
                article=article,
                what=parsed.what,
                page=parsed.page,
                mark=self._past.marks[article.id],
                marks=self._past.keys[article.id],
                analysis=analysis,
                maker=maker(),
                fetched=parsed.fetched,
                day=item.day,
                postings=postings(item),
                sketch=pack(item),
                latest=self._past.latest[article.id],
                follows=self._past.follows.get(article.id),
            )
            for (parsed, article, analysis), item in zip(kept, sketches, strict=True)
        ], failed

    def _analysis(self, article: Article) -> Analysis | str:
        """Return the analysis of `article`, or why there is none; made once, though the article be placed again."""
        key = (article.id, article.text)
        if key not in self._analyses:
            self._analyses[key] = analyzed(article, self._config)
        return self._analyses[key]
