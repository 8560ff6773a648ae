"""Puts a finished run into a store, as if its articles had been added there: nothing is analyzed or compared again.

What the store holds already is passed over. A story of the run whose articles are all new there, and like none of
those that were there before, is taken over with its id and its briefing; the others are placed among the stories of the
store as `upkeep` does, and briefed anew. Each step is kept whole or not at all, and one that was made changes nothing
when it is made again: a load that breaks off is simply made again.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from accord.records import Chain, Rejected, Update, content_id
from accord.runs.parts import MANIFEST, read_manifest, rows_of
from accord.runs.rebuilding import Made, Told, articles_of, batches, stories_of
from accord.upkeep.clock import now

if TYPE_CHECKING:
    from accord.config import Config
    from accord.records import Article
    from accord.runs.parts import Manifest
    from accord.stores import Store
    from accord.stores.store import Arrival, Held
    from accord.upkeep.pending import Pending
    from accord.upkeep.refreshing import Progress

BATCH = 64
_LINKS = 4096
_REVISION = "intake"
_WHOLE = "whole"
_TAKEN = "it is an earlier version, and the store has another article under its id; the later version alone is kept"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a run: articles and new versions of articles that were kept, and articles held already.

    `stories` were taken over from the run with their briefings; `anew` were placed, and briefed, in the store itself;
    `rejected` is what was left out now.
    """

    articles: int = 0
    versions: int = 0
    unchanged: int = 0
    stories: int = 0
    anew: tuple[str, ...] = ()
    rejected: int = 0


def load(
    folder: str,
    store: Store,
    *,
    config: Config | None = None,
    progress: Progress | None = None,
    told: Callable[[Rejected | Update], None] | None = None,
) -> Loaded:
    """Put the finished run in `folder` into `store`; a run that is in it already changes nothing.

    `told` is given what is left out now, and what the run changes in stories that the store had; what the run itself
    left out is kept, and its new stories are listed, without being told. `progress` is told (stage, done, total).
    Raises RunError where the folder holds no finished run, or one that is damaged.
    """
    from accord.upkeep.refreshing import refresh

    root = Path(folder)
    manifest = read_manifest(root)
    stamp = f"run {hashlib.sha256((root / MANIFEST).read_bytes()).hexdigest()[:16]}"
    if store.stamp(stamp) == _WHOLE:
        return Loaded(unchanged=manifest.rows("articles"))
    loading = _Loading(root, manifest, store, config, progress or (lambda *_: None), told or (lambda _: None))
    loading.run()
    anew: list[str] = []
    refresh(store, config=config, progress=progress, told=told, briefed=anew.append)
    with store.transaction():
        store.stamp(stamp, _WHOLE)
    counts = (loading.articles, loading.versions, loading.unchanged, loading.stories)
    return Loaded(*counts, anew=tuple(anew), rejected=loading.rejected)


class _Loading:
    """One load: first all articles, then how they are alike, then their stories."""

    def __init__(
        self,
        root: Path,
        manifest: Manifest,
        store: Store,
        config: Config | None,
        progress: Progress,
        told: Callable[[Rejected | Update], None],
    ) -> None:
        from accord.config import Config

        self.articles = self.versions = self.unchanged = self.stories = self.rejected = 0
        self._root = root
        self._manifest = manifest
        self._store = store
        self._config = config or Config()
        self._progress = progress
        self._told = told
        self._numbers = array("q")
        """By the number that the run gives an article, the one that the store gives it; 0 where it has none."""
        self._ours = bytearray()
        """By the number that the store gives an article, whether it came with the run."""
        self._others = False
        """Whether the store holds articles that did not come with the run."""

    def run(self) -> None:
        counts = self._store.counts()
        self._keep_articles()
        self._others = counts.articles + counts.versions > self.unchanged
        self._keep_links()
        if self._others:
            self._link_others()
        self._keep_stories()
        self._place_rest()
        self._keep_rejected()

    # articles ---------------------------------------------------------------------------------------------------------

    def _keep_articles(self) -> None:
        total, done = self._manifest.rows("articles"), 0
        for batch in batches(articles_of(self._root, self._manifest), BATCH):
            self._keep_batch(batch)
            done += len(batch)
            self._progress("articles", done, total)

    def _keep_batch(self, batch: Sequence[Made]) -> None:
        """Keep a batch of articles, whole or not at all; what is held by now is passed over."""
        from accord.upkeep.pending import Pending

        store, at = self._store, now()
        arrivals: list[Arrival] = []
        rows: list[Made] = []
        left: list[Rejected] = []
        passed: list[Made] = []
        past = Pending(store)
        with store.transaction():
            for made in batch:
                found = list(self._placed(made, past))
                if not found:
                    passed.append(made)
                for item in found:
                    if isinstance(item, Rejected):
                        left.append(item)
                    else:
                        rows.append(made)
                        arrivals.append(item)
            arrivals = [
                replace(one, latest=past.latest[one.article.id], follows=past.follows.get(one.article.id))
                for one in arrivals
            ]
            numbers = store.keep(arrivals, at) if arrivals else []
            for mark in past.notes:
                store.note(mark)
            store.reject(left, at)
            if arrivals:
                store.stamp(_REVISION, str(int(store.stamp(_REVISION) or 0) + 1))
        for item in left:
            self._told(item)
        self.rejected += len(left)
        for made, one, number in zip(rows, arrivals, numbers, strict=True):
            self.articles += one.article.version == 1
            self.versions += one.article.version > 1
            self._note(made.row.number, number if one.latest else 0)
        for made, known in zip(passed, self._held(passed), strict=True):
            self.unchanged += 1
            self._note(made.row.number, known)

    def _placed(self, made: Made, past: Pending) -> Iterator[Arrival | Rejected]:
        """Yield the article as a store takes it, placed among those that it holds; nothing where it is held."""
        from accord.cluster.grouping import pack, postings, unpack
        from accord.parse import Parsed
        from accord.revisions import placed
        from accord.stores.store import Arrival
        from accord.upkeep.maker import analyzed, maker

        row, analysis, made_by, sketch = made.row, made.analysis, made.maker, made.sketch
        if row.number is None and self._is_anothers(row.article.id, row.article):
            yield Rejected(row.what, "load", _TAKEN)
            return
        article = row.article
        if article.replaces and self._is_anothers(article.replaces, article):
            article = replace(article, version=1, replaces=None, changes=())
        for found in placed(Parsed(article, row.what, _own_id(row.keys, article), row.fetched), past):
            if isinstance(found, Rejected):
                yield found
                continue
            if found.id != row.article.id:  # the store has another article under this id: it takes another one here
                again = analyzed(found, self._config)
                if isinstance(again, str):
                    yield Rejected(row.what, "analyze", again)
                    continue
                analysis, made_by = again, maker()
            item = replace(unpack(sketch), article=found.id) if sketch else None
            yield Arrival(
                article=found,
                what=row.what,
                page=None,
                mark=row.mark,
                marks=row.keys,
                analysis=analysis,
                maker=made_by,
                fetched=row.fetched,
                day=item.day if item else None,
                postings=postings(item) if item else (),
                sketch=pack(item) if item else b"",
            )

    def _is_anothers(self, identity: str, article: Article) -> bool:
        """Tell whether the store has, under this id, an article that is no version of `article`."""
        return any(held.article.outlet != article.outlet for held in self._store.held([identity]))

    def _held(self, passed: Sequence[Made]) -> list[int]:
        """Return the numbers under which the store holds articles that were passed over; 0 for older versions."""
        held = {item.article.id: item for item in self._store.held([made.row.article.id for made in passed])}
        return [
            0 if (item := held.get(made.row.article.id)) is None or not _is(item, made.row.article) else item.number
            for made in passed
        ]

    def _note(self, number: int | None, held: int) -> None:
        """Remember the number that the store gives the article `number` of the run."""
        if number is None or not held:
            return
        if number >= len(self._numbers):
            self._numbers.extend([0] * (number + 1 - len(self._numbers)))
        if held >= len(self._ours):
            self._ours.extend(bytes(held + 1 - len(self._ours)))
        self._numbers[number] = held
        self._ours[held] = 1

    # links ------------------------------------------------------------------------------------------------------------

    def _number(self, number: int) -> int:
        return self._numbers[number] if number < len(self._numbers) else 0

    def _keep_links(self) -> None:
        done, total = 0, self._manifest.rows("links")
        for batch in batches(rows_of(self._root, self._manifest, "links"), _LINKS):
            pairs = [(self._number(row.a), self._number(row.b), row.alike) for row in batch]
            with self._store.transaction():
                self._store.link(pair for pair in pairs if pair[0] and pair[1])
            done += len(batch)
            self._progress("links", done, total)

    def _link_others(self) -> None:
        """Find what is like the articles of the run among all that the store holds."""
        from accord.cluster.grouping import Measure, unpack
        from accord.upkeep.placing import link

        for numbers, _ in self._without_story():
            fresh = {number: unpack(content) for number, content in self._store.sketches(numbers).items()}
            if fresh:
                with self._store.transaction():
                    link(self._store, fresh, Measure())

    def _without_story(self) -> Iterator[tuple[list[int], int]]:
        """Yield the articles of the run that are in no story of the store, and how many were gone through."""
        for at in range(0, len(self._numbers), BATCH):
            numbers = [number for number in self._numbers[at : at + BATCH] if number]
            placed = self._store.stories_of(numbers)
            if left := [number for number in numbers if number not in placed]:
                yield left, at + BATCH

    # stories ----------------------------------------------------------------------------------------------------------

    def _keep_stories(self) -> None:
        """Take over the stories that are the same in the store, with their briefings and their chains."""
        done, total = 0, self._manifest.rows("stories")
        chains: defaultdict[str, list[str]] = defaultdict(list)
        for batch in batches(stories_of(self._root, self._manifest), BATCH, lambda told: len(told.row.articles)):
            ids = dict.fromkeys(identity for told in batch for identity in told.row.articles)
            held = {item.article.id: item for item in self._store.held(list(ids))}
            for told in self._take_over(batch, held):
                self._brief(told, held)
                if told.row.chain is not None:
                    chains[told.row.chain].append(told.row.id)
            done += len(batch)
            self._progress("stories", done, total)
        self._chain([stories for stories in chains.values() if len(stories) > 1])

    def _take_over(self, batch: Sequence[Told], held: Mapping[str, Held]) -> list[Told]:
        """Place the stories of `batch` that can be taken over as they are; return them, and those that were before."""
        taken: list[Told] = []
        fresh: dict[str, list[int]] = {}
        for told in batch:
            items = [held[identity] for identity in told.row.articles if identity in held]
            numbers = sorted(item.number for item in items if not item.superseded and self._came(item.number))
            if len(numbers) < len(told.row.articles):
                continue
            homes = {item.story for item in items}
            if homes == {told.row.id}:
                if self._store.members([told.row.id])[told.row.id] == numbers:
                    taken.append(told)
            elif homes == {None} and self._store.story(told.row.id) is None and not self._like_others(numbers):
                fresh[told.row.id] = numbers
                taken.append(told)
        if fresh:
            with self._store.transaction():
                self._store.place(fresh, {}, now())
        return taken

    def _brief(self, told: Told, held: Mapping[str, Held]) -> None:
        """Keep the briefing of a story as the run has it, with what it tells and means for the ledger."""
        from accord.upkeep.refreshing import keep_briefing

        line = self._store.story(told.row.id)
        if line is None or line.id != told.row.id or line.updated is not None:
            return
        if any(held[identity].gone for identity in told.row.articles):
            return  # its briefing is of articles that stood: it is made anew without those that were taken down
        ids = told.row.compared
        briefing = told.briefing({identity: held[identity].article for identity in ids})
        if keep_briefing(self._store, line, briefing, list(self._store.analyses(ids).values())) is not None:
            self.stories += 1

    def _chain(self, chains: Sequence[Sequence[str]]) -> None:
        """Keep which stories follow one another, where the store does not know better by now."""
        for batch in batches(chains, BATCH):
            with self._store.transaction():
                whole = [stories for stories in batch if not self._store.chains(stories)]
                made = [Chain(content_id("chain", stories[0]), tuple(stories)) for stories in whole]
                self._store.chain(made, [story for stories in whole for story in stories])

    def _came(self, number: int) -> bool:
        return number < len(self._ours) and self._ours[number] == 1

    def _like_others(self, numbers: Sequence[int]) -> bool:
        """Tell whether any of the articles is like one that did not come with the run."""
        if not self._others:
            return False
        links = self._store.links(numbers)
        return any(not self._came(other) for others in links.values() for other in others)

    def _place_rest(self) -> None:
        """Place the articles whose stories could not be taken over among the stories of the store."""
        from accord.upkeep.placing import place

        for numbers, done in self._without_story():
            with self._store.transaction():
                placed = place(self._store, numbers, now())
            for update in placed.updates:
                self._told(update)
            self._progress("place", min(done, len(self._numbers)), len(self._numbers))

    def _keep_rejected(self) -> None:
        rows = rows_of(self._root, self._manifest, "rejected")
        for batch in batches(rows, _LINKS):
            with self._store.transaction():
                self._store.reject([Rejected(row.what, row.stage, row.reason) for row in batch], now())


def _own_id(keys: Sequence[str], article: Article) -> str | None:
    """Return the id that its file gave an article, as one of its keys has it (`parse.versions.keys_of`)."""
    start = f"id {article.outlet}\n"
    return next((key.removeprefix(start) for key in keys if key.startswith(start)), None)


def _is(held: Held, article: Article) -> bool:
    """Tell whether a store's article, of the same id, is `article`, and its last version."""
    return not held.superseded and held.article.text == article.text
