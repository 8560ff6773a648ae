"""What people said of which articles are one story: applied to the machine's grouping, which is kept beside it.

The machine's story of an article is the one that it is in, but for those that a correction moved: of these, the
machine's is kept under a stamp of the store, so that an undone correction gives its answer back, ids and all.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord.records import content_id

if TYPE_CHECKING:
    from accord.records import Correction, CorrectionKind
    from accord.stores import Store
    from accord.stores.store import Held

KINDS: tuple[CorrectionKind, ...] = ("stories merged", "story split")
_STAMP = "stories by the machine"
Alike = Callable[[Sequence[int], Sequence[int]], list[float]]


@dataclass(frozen=True, slots=True)
class Constraints:
    """What stands of which articles are one story, and what the machine says of those that were moved.

    `corrections` are in the order in which they were made; `numbers` are those of the articles that they name, in their
    last versions; `machine` is the machine's story of each article (by number) that is in another one.
    """

    corrections: tuple[Correction, ...]
    numbers: Mapping[str, int]
    machine: Mapping[int, str]

    @classmethod
    def of(cls, store: Store) -> Constraints | None:
        """Return the constraints that stand in `store`; None where nobody ever said a word of its stories."""
        kept = store.stamp(_STAMP)
        found = store.corrections(kinds=KINDS)
        if not found and not json.loads(kept or "{}"):
            return None
        ordered = sorted(found, key=lambda correction: (correction.at, correction.id))
        names = list(dict.fromkeys(name for one in ordered for name in (*one.articles, *one.others)))
        numbers = {name: held.number for name, held in last_versions(store, names).items()}
        return cls(tuple(ordered), numbers, _kept(store, kept))

    def story_of(self, number: int, current: Mapping[int, str]) -> str | None:
        """Return the machine's story of an article, by the story that it is in."""
        return self.machine.get(number, current.get(number))

    def beside(self, numbers: Iterable[int], machine: Mapping[int, str]) -> set[int]:
        """Return articles that bear on where `numbers` belong: of their machine's stories, or named with them."""
        known, stories = set(numbers), set(machine.values())
        found = {number for number, story in self.machine.items() if story in stories}
        for one in self.corrections:
            named = {self.numbers[name] for name in (*one.articles, *one.others) if name in self.numbers}
            if named & known:
                found |= named
        return found

    def applied(self, machine: Mapping[int, str], alike: Alike) -> dict[int, str]:
        """Return the story of each article: the machine's, as the corrections have it, later ones after earlier ones.

        Stories with an article of either side of a merge are one, under the name of the first side's. Of a story with
        articles of both sides of a split, the first side leaves it for one of its own; what neither names goes with the
        side that it is more like, and stays where it is like both: `alike` tells how alike each of some articles is
        to those of a side, by their numbers.
        """
        homes = dict(machine)
        for one in self.corrections:
            first, other = (
                sorted({self.numbers[name] for name in side if self.numbers.get(name) in homes})
                for side in (one.articles, one.others)
            )
            if not first or not other:
                continue
            if one.kind == "stories merged":
                counts = Counter(homes[number] for number in first)
                target = min(counts, key=lambda name: (-counts[name], name))
                names = {homes[number] for number in (*first, *other)}
                homes = {number: target if name in names else name for number, name in homes.items()}
            else:
                self._split(one, homes, first, other, alike)
        return homes

    def _split(
        self, one: Correction, homes: dict[int, str], first: Sequence[int], other: Sequence[int], alike: Alike
    ) -> None:
        fresh = content_id("story", "split", *sorted(one.articles))
        for name in sorted({homes[n] for n in first} & {homes[n] for n in other}):
            off, stay = ([n for n in side if homes[n] == name] for side in (first, other))
            free = sorted(n for n, home in homes.items() if home == name and n not in {*off, *stay})
            goes = [a > b for a, b in zip(alike(free, off), alike(free, stay), strict=True)] if free else []
            for number in [*off, *(n for n, away in zip(free, goes, strict=True) if away)]:
                homes[number] = fresh

    def keep(self, store: Store, machine: Mapping[int, str], now: Mapping[int, str]) -> None:
        """Keep the machine's story of each article that is `now` in another one. (Inside a transaction.)"""
        moved = {number: name for number, name in machine.items() if now.get(number) != name}
        moved |= {number: name for number, name in self.machine.items() if number not in machine}
        if moved != self.machine:
            store.stamp(_STAMP, json.dumps({str(number): moved[number] for number in sorted(moved)}))


def last_versions(store: Store, names: Sequence[str]) -> dict[str, Held]:
    """Return the last version of each article in `names`, in their order; those of which none is held are left out."""
    current = {held.article.id: held for held in store.held(names) if not held.superseded}
    found: dict[str, Held] = {}
    for name in names:
        last = current.get(name)
        for version in store.versions(name) if last is None else ():
            last = last if version.superseded else version
        if last is not None:
            found[name] = last
    return found


def _kept(store: Store, kept: str | None) -> dict[int, str]:
    """Return the machine's stories that were kept, those of articles that changed since under their last versions."""
    named = {int(number): str(name) for number, name in json.loads(kept or "{}").items()}
    kept_of = {held.article.id: held.number for held in store.numbered(sorted(named))}
    return {held.number: named[kept_of[name]] for name, held in last_versions(store, list(kept_of)).items()}
