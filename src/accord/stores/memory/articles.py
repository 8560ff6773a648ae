"""Articles of a store in memory: what was fetched and read, versions, analyses, and what grouping sees."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from accord.records import Analysis, Rejected
from accord.stores.memory.tables import Kept, Tables, without
from accord.stores.store import Arrival, Held, Posting

if TYPE_CHECKING:
    from accord.history import Known
    from accord.readers.web.memory import Validators

_MOST_KNOWN = 4


class Articles(Tables):
    """What a store does with articles."""

    # what was fetched and read ----------------------------------------------------------------------------------------

    def validators(self, url: str) -> Validators | None:
        return self.fetched.get(url)

    def remember(self, url: str, validators: Validators) -> None:
        self.fetching[url] = validators

    def forget(self, url: str) -> None:
        self.fetching.pop(url, None)
        self.fetched.drop(url)
        self._outside()

    def finish(self) -> None:
        for url in list(self.fetching):
            self.fetched.set(url, self.fetching.pop(url))
        self._outside()

    def known(self, key: str) -> Iterator[Known]:
        from accord.history import Known

        for number in sorted(self.marked.get(key) or (), reverse=True)[:_MOST_KNOWN]:
            kept = self.articles[number]
            yield Known(number, kept.held.article, kept.mark, kept.held.fetched)

    def seen(self, mark: str) -> bool:
        return mark in self.seen_marks

    def given(self, identity: str) -> bool:
        return identity in self.numbers

    def replaced(self, identity: str) -> bool:
        return identity in self.successors and identity not in self.numbers

    def note(self, mark: str) -> None:
        self._write(shown=False)
        self.seen_marks.set(mark, True)

    def reject(self, rejected: Iterable[Rejected], at: str) -> None:
        self._write()
        for item in rejected:
            item = Rejected(item.what, item.stage, item.reason)
            if item not in self.refused:
                self.refused.set(item, (self._turn(), at))

    def rejects(self, limit: int = 100, offset: int = 0) -> list[tuple[str, Rejected]]:
        found = sorted(self.refused.items(), key=lambda row: (row[1][1], row[1][0]), reverse=True)
        return [(at, item) for item, (_, at) in found[offset : offset + limit]]

    # articles ---------------------------------------------------------------------------------------------------------

    def keep(self, arrivals: Sequence[Arrival], at: str) -> list[int]:
        self._write()
        ids = [arrival.article.id for arrival in arrivals]
        held = next((a for n, a in enumerate(ids) if a in self.numbers or a in ids[:n]), None)
        if held is not None:
            raise ValueError(f"an article is held under the id {held} already; give this one another id")
        return [self._keep(arrival, at) for arrival in arrivals]

    def _keep(self, arrival: Arrival, at: str) -> int:
        article, number = arrival.article, len(self.articles) + 1
        digest = self._keep_page(arrival)
        postings = tuple(Posting(term, number, arrival.day, weight) for term, weight in arrival.postings)
        held = Held(number, article, arrival.what, digest, arrival.fetched, at, superseded=not arrival.latest)
        before = tuple(identity for identity in (article.replaces, arrival.follows) if identity is not None)
        kept = Kept(held, arrival.mark, before)
        if arrival.latest:
            kept = replace(kept, marks=arrival.marks, postings=postings, sketch=arrival.sketch)
        self.articles.set(number, kept)
        self.numbers.set(article.id, number)
        self.seen_marks.set(arrival.mark, True)
        self.made.set(article.id, (arrival.analysis, arrival.maker))
        for posting in kept.postings:
            self.terms.set(posting.term, (*(self.terms.get(posting.term) or ()), posting))
        for mark in kept.marks:
            self.marked.set(mark, (*(self.marked.get(mark) or ()), number))
        for identity in dict.fromkeys((article.replaces, arrival.follows)):
            if identity is not None:
                self.successors.set(identity, (*(self.successors.get(identity) or ()), number))
        older = self.numbers.get(arrival.follows or article.replaces or "")
        if older is not None and older != number:
            self._supersede(older, number if arrival.latest else self._last_of(article.id))
        return number

    def _keep_page(self, arrival: Arrival) -> str | None:
        if arrival.page is None:
            return None
        digest = hashlib.sha256(arrival.page.content).hexdigest()
        self.pages.set(digest, arrival.page.content)
        return digest

    def _last_of(self, identity: str) -> int | None:
        """Return the number of the last version of an article, where it is held."""
        last = [item.number for item in self.versions(identity) if not item.superseded]
        return last[-1] if last else None

    def _supersede(self, older: int, newer: int | None) -> None:
        """Let the article `newer` stand where `older` stood: in its story, and under its marks."""
        kept = self.articles[older]
        story = kept.held.story
        self.articles.set(
            older,
            replace(kept, held=replace(kept.held, superseded=True, story=None), postings=(), marks=(), sketch=b""),
        )
        for posting in kept.postings:
            self.terms.set(posting.term, without(self.terms[posting.term], posting))
        for other in self.alike.get(older) or {}:
            self.alike.set(other, {n: alike for n, alike in self.alike[other].items() if n != older})
        self.alike.drop(older)
        for mark in kept.marks:
            self.marked.set(mark, without(self.marked[mark], older))
        if newer is None:
            return
        last = self.articles[newer]
        gained = without_all(kept.marks, last.marks)
        for mark in gained:
            self.marked.set(mark, (*self.marked[mark], newer))
        last = replace(last, marks=(*last.marks, *gained))
        if story is not None:
            told = self.told[story]
            left = without(told.members, older)
            if last.held.story is None:
                left = tuple(sorted((*left, newer)))
                last = replace(last, held=replace(last.held, story=story))
            self.told.set(story, replace(told, members=left))
            self._stale(story)
        self.articles.set(newer, last)

    def _stale(self, story: str) -> None:
        """Say that the articles of a story changed; a story that waits already keeps its turn."""
        told = self.told[story]
        turn = self._turn() if told.stale is None else told.stale
        self.told.set(story, replace(told, revision=told.revision + 1, stale=turn))

    def held(self, ids: Sequence[str]) -> list[Held]:
        return self.numbered([self.numbers[identity] for identity in ids if identity in self.numbers])

    def numbered(self, numbers: Sequence[int]) -> list[Held]:
        return [self.articles[number].held for number in numbers if number in self.articles]

    def each(self, since: str | None = None, *, superseded: bool = False) -> Iterator[Held]:
        for _, kept in sorted(self.articles.items(), key=lambda row: row[0]):
            held = kept.held
            if (superseded or not held.superseded) and (since is None or (held.article.published or "") >= since):
                yield held

    def versions(self, identity: str) -> list[Held]:
        found: dict[str, int | None] = {}
        edge = [identity]
        while edge:
            name = edge.pop()
            if name in found:
                continue
            number = found[name] = self.numbers.get(name)
            if number is not None:
                edge.extend(self.articles[number].before)
            edge.extend(self.articles[n].held.article.id for n in self.successors.get(name) or ())
        held = self.numbered([number for number in found.values() if number is not None])
        return sorted(held, key=lambda item: (item.article.version, item.number))

    def page(self, digest: str) -> bytes | None:
        return self.pages.get(digest)

    def take_down(self, identity: str, at: str) -> None:
        self._write()
        for item in self.held([identity]):
            kept = self.articles[item.number]
            self.articles.set(item.number, replace(kept, held=replace(item, gone=at)))
            if item.story is not None:
                self._stale(item.story)

    def analyses(self, ids: Sequence[str], maker: str | None = None) -> dict[str, Analysis]:
        found = ((identity, self.made.get(identity)) for identity in ids)
        return {identity: made[0] for identity, made in found if made and maker in (None, made[1])}

    def reanalyze(self, analyses: Sequence[Analysis], maker: str) -> None:
        self._write()
        stories: dict[str, None] = {}
        for analysis in analyses:
            self.made.set(analysis.article, (analysis, maker))
            story = self.articles[self.numbers[analysis.article]].held.story
            if story is not None:
                stories[story] = None
        for story in stories:
            self._stale(story)

    def outdated(self, maker: str, limit: int) -> list[str]:
        held = (item.article.id for item in self.each())
        return [identity for identity in held if self.made[identity][1] != maker][:limit]


def without_all(values: Iterable[str], others: Sequence[str]) -> tuple[str, ...]:
    """Return those of `values` that are not among `others`."""
    return tuple(value for value in values if value not in others)
