"""Stories of a store in memory: links between articles, which articles form which stories, and their briefings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from accord.records import Briefing, Chain, NameKind
from accord.stores.counting import frequent, lead_of
from accord.stores.folding import fold
from accord.stores.memory.articles import Articles
from accord.stores.memory.folding import holds
from accord.stores.memory.former import Former
from accord.stores.memory.tables import Told
from accord.stores.store import Named, Posting, StoryLine


class Stories(Articles, Former):
    """What a store does with stories."""

    # grouping ---------------------------------------------------------------------------------------------------------

    def postings(
        self, terms: Sequence[int], days: tuple[int, int] | None = None, most: int = 65
    ) -> dict[int, list[Posting]]:
        found = {}
        for term in terms:
            carriers = self.terms.get(term) or ()
            within = [p for p in carriers if days is None or (p.day is not None and days[0] <= p.day <= days[1])]
            if within:
                found[term] = within[-most:]
        return found

    def sketches(self, numbers: Sequence[int]) -> dict[int, bytes]:
        return {n: self.articles[n].sketch for n in numbers if n in self.articles and self.articles[n].sketch}

    def links(self, numbers: Sequence[int]) -> dict[int, dict[int, float]]:
        return {number: dict(self.alike.get(number) or {}) for number in numbers}

    def link(self, links: Iterable[tuple[int, int, float]]) -> None:
        self._write()
        for first, second, alike in links:
            self.alike.set(first, {**(self.alike.get(first) or {}), second: alike})
            self.alike.set(second, {**(self.alike.get(second) or {}), first: alike})

    def stories_of(self, numbers: Sequence[int]) -> dict[int, str]:
        return {held.number: held.story for held in self.numbered(numbers) if held.story is not None}

    def members(self, stories: Sequence[str]) -> dict[str, list[int]]:
        return {story: sorted(self.told[story].members) for story in stories if story in self.told}

    def place(self, stories: Mapping[str, Sequence[int]], gone: Mapping[str, str | None], at: str) -> None:
        self._write()
        for story, into in gone.items():
            self._drop(story, into)
        for story, numbers in stories.items():
            self._place(story, tuple(dict.fromkeys(numbers)))

    def _place(self, story: str, numbers: tuple[int, ...]) -> None:
        told = self.told.get(story)
        if told is not None and set(told.members) == set(numbers):
            return
        self.merged.drop(story)
        for number in set(told.members if told else ()) - set(numbers):
            self._leave(number, story)
        self.told.set(story, replace(told, members=numbers) if told else Told(numbers, 0, None))
        for number in numbers:
            before = self.articles[number].held.story
            if before is not None and before != story:
                self._lose(before, number)
            kept = self.articles[number]
            self.articles.set(number, replace(kept, held=replace(kept.held, story=story)))
        self._stale(story)

    def _leave(self, number: int, story: str) -> None:
        """Take an article out of a story, if it is still in it."""
        kept = self.articles[number]
        if kept.held.story == story:
            self.articles.set(number, replace(kept, held=replace(kept.held, story=None)))

    def _lose(self, story: str, number: int) -> None:
        """Take out of a story an article that is placed elsewhere; a story of none is gone."""
        told = self.told[story]
        left = tuple(n for n in told.members if n != number)
        if left:
            self.told.set(story, replace(told, members=left))
            self._stale(story)
        else:
            self._drop(story, None)

    def _drop(self, story: str, into: str | None) -> None:
        """Let a story be gone, with its briefing; its name leads to the one that it was merged into."""
        told = self.told.get(story)
        if told is not None:
            for number in told.members:
                self._leave(number, story)
            self.told.drop(story)
            self._lose_findings(story)
            self.briefings.drop(story)
        self.merged.set(story, into)

    def chain(self, chains: Sequence[Chain], of: Sequence[str]) -> None:
        self._write()
        for chain in self.chains(of):
            self.chained.drop(chain.id)
        for chain in chains:
            self.chained.set(chain.id, chain)

    # stories ----------------------------------------------------------------------------------------------------------

    def stale(self, limit: int = 100) -> list[str]:
        waiting = sorted((told.stale, story) for story, told in self.told.items() if told.stale is not None)
        return [story for _, story in waiting[:limit]]

    def brief(self, story: str, revision: int, briefing: Briefing, weight: float, at: str) -> bool:
        self._write()
        told = self.told.get(story)
        if told is None or told.revision != revision:
            return False
        self._lose_findings(story, briefing.findings)
        self.briefings.set(story, briefing)
        self.told.set(story, replace(told, stale=None, weight=weight, updated=at, tallied=None))
        return True

    def story(self, identity: str) -> StoryLine | None:
        name = identity
        if name not in self.told and name not in self.merged:
            begun = self.begun(identity, 2)
            if len(begun) != 1 or not identity:
                return None
            name = begun[0]
        passed = set()
        while name not in self.told:
            into = self.merged.get(name)
            if into is None or into in passed:
                return None
            passed.add(into)
            name = into
        return self._line(name)

    def begun(self, identity: str, limit: int = 5) -> list[str]:
        return sorted(story for story in {*self.told.rows, *self.merged.rows} if story.startswith(identity))[:limit]

    def _line(self, story: str) -> StoryLine:
        told, briefing = self.told[story], self.briefings.get(story)
        articles = [held.article for held in self.numbered(sorted(told.members))]
        days = sorted(article.published for article in articles if article.published)
        articles.sort(key=lambda article: (article.published is None, article.published or ""))
        verdicts = Counter(finding.verdict for finding in briefing.findings) if briefing else Counter()
        counts = verdicts["corroborated"], verdicts["disputed"], verdicts["single"]
        shown = told.tallied or (
            len(briefing.origins) if briefing else 0,
            *counts,
            lead_of(briefing) if briefing else "",
        )
        return StoryLine(
            id=story,
            title=briefing.title if briefing else (articles[0].title or articles[0].text[:80]) if articles else "",
            first=days[0] if days else None,
            last=days[-1] if days else None,
            outlets=tuple(dict.fromkeys(article.outlet for article in articles)),
            articles=len(articles),
            origins=shown[0],
            agreed=shown[1],
            disputed=shown[2],
            single=shown[3],
            weight=told.weight,
            updated=told.updated,
            stale=told.stale is not None,
            revision=told.revision,
            lead=shown[4],
        )

    def stories(
        self,
        *,
        since: str | None = None,
        outlet: str | None = None,
        several: bool = False,
        order: Literal["latest", "weight", "changed"] = "latest",
        limit: int = 50,
        offset: int = 0,
    ) -> list[StoryLine]:
        found = [
            line
            for line in map(self._line, sorted(self.told.rows))
            if (since is None or (line.last or "") >= since)
            and (outlet is None or any(holds(name, outlet) for name in line.outlets))
            and (not several or line.articles > 1)
        ]
        found.sort(key=lambda line: line.last or "", reverse=True)
        if order == "weight":
            found.sort(key=lambda line: -line.weight)
        elif order == "changed":
            found.sort(key=lambda line: line.updated or "", reverse=True)
        return found[offset : offset + limit]

    def days(self, stories: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
        found = {}
        for story, numbers in self.members(stories).items():
            held = self.numbered(numbers)
            found[story] = sorted(Counter(one.article.published for one in held if one.article.published).items())
        return found

    def briefing(self, story: str) -> Briefing | None:
        return self.briefings.get(story)

    def chains(self, stories: Sequence[str] | None = None) -> list[Chain]:
        found = sorted(self.chained.items())
        return [chain for _, chain in found if stories is None or not set(stories).isdisjoint(chain.stories)]

    def named(self, words: str, kind: NameKind | None = None, limit: int = 20) -> list[tuple[str, str, int]]:
        found: Counter[tuple[str, str]] = Counter()
        for _, briefing in self.briefings.items():
            found.update(
                {
                    (name.name, name.kind)
                    for name in briefing.names
                    if kind in (None, name.kind) and any(holds(form, words) for form in (name.name, *name.aliases))
                }
            )
        ordered = sorted(found.items(), key=lambda row: (-row[1], row[0]))
        return [(name, of_kind, number) for (name, of_kind), number in ordered[:limit]]

    def one_named(self, name: str, kind: NameKind | None = None, limit: int = 50) -> Named | None:
        wanted = fold(name)
        stories: dict[NameKind, dict[str, tuple[str, tuple[str, ...]]]] = {}
        for story, briefing in self.briefings.items():
            for one in briefing.names:
                if fold(one.name) == wanted and kind in (None, one.kind):
                    spelled, aliases = stories.setdefault(one.kind, {}).get(story, (one.name, ()))
                    stories[one.kind][story] = (spelled, aliases + one.aliases)
        if not stories:
            return None
        most = min(stories, key=lambda of: (-len(stories[of]), of))
        told = stories[most]
        latest = [line.id for line in self.stories(limit=len(self.told)) if line.id in told]
        ((full, _),) = frequent((told[story][0] for story in latest), 1)
        forms = (form for story in latest[:limit] for form in set(told[story][1]) - {full})
        return Named(full, most, len(told), tuple(latest[:limit]), tuple(form for form, _ in frequent(forms)))
