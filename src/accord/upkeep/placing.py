"""Places new articles among the stories of a store: only what they touch is grouped anew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord.records import Chain, Update, content_id

if TYPE_CHECKING:
    from accord.cluster.grouping import Measure, Sketch
    from accord.stores import Store
    from accord.upkeep.constraints import Constraints

_REACH = 45
"""Articles over so many days from the new ones are not gone to: years of coverage do not form one component."""

_HOPS = 1
"""So many links are followed from the articles that are like the new ones; what lies further off stays as it is."""

_MOST = 4_000
"""So many articles are reached from those of one batch; linkage takes 18 kB for each."""

_ROUND = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """The ids of the stories that were touched, and which were merged into others."""

    stories: tuple[str, ...] = ()
    updates: tuple[Update, ...] = ()


def place(store: Store, numbers: Sequence[int], at: str, measure: Measure | None = None) -> Placed:
    """Say in `store` which stories the articles `numbers`, which it holds, belong to; return what that changed.

    Inside the transaction that kept the articles. What is like them, what that is like, and the stories of all these
    are grouped anew; a story keeps its id while most of its articles stay together. What people said of which articles
    are one story holds for the new ones too.
    """
    from accord.cluster.grouping import Measure, unpack
    from accord.upkeep.constraints import Constraints

    measure = measure or Measure()
    fresh = {number: unpack(content) for number, content in store.sketches(numbers).items()}
    if not fresh:
        return Placed()
    link(store, fresh, measure)
    constraints = Constraints.of(store)
    reached = _reached(store, fresh, constraints)
    found = [group for component in reached.components() for group in _grouped(store, reached, component, measure)]
    return _settled(store, reached, found, constraints, at, measure)


def replace_stories(store: Store, articles: Sequence[str], at: str, measure: Measure | None = None) -> Placed:
    """Form the stories of `articles` (ids) anew as people have it, the machine's grouping staying as it is.

    Inside the transaction that kept, or undid, what was said of them.
    """
    from accord.cluster.grouping import Measure
    from accord.upkeep.constraints import Constraints, last_versions

    constraints = Constraints.of(store)
    numbers = sorted({held.number for held in last_versions(store, articles).values()})
    if constraints is None or not numbers:
        return Placed()
    reached = _beside(store, _Reached({}, {}, {}, {}), numbers, constraints)
    machine: dict[str, list[int]] = {}
    for number in sorted(reached.stories):
        machine.setdefault(reached.stories[number], []).append(number)
    return _settled(store, reached, list(machine.items()), constraints, at, measure or Measure())


def _settled(
    store: Store,
    reached: _Reached,
    found: Sequence[tuple[str, list[int]]],
    constraints: Constraints | None,
    at: str,
    measure: Measure,
) -> Placed:
    """Keep the stories that the machine `found`, as `constraints` have them, and what is told of it."""
    now = dict(found)
    if constraints is not None:
        machine = {number: name for name, members in found for number in members}
        homes = constraints.applied(machine, _alike(reached, measure))
        constraints.keep(store, machine, homes)
        now = {}
        for number, name in homes.items():
            now.setdefault(name, []).append(number)
    gone = _gone(reached.current, now)
    updates = [_merged(store, old, into, at) for old, into in sorted(gone.items()) if into is not None]
    store.place(now, gone, at)
    _chain(store, [*now, *gone], measure)
    told = tuple(update for update in updates if update is not None)
    store.tell(told)
    return Placed(tuple(now), told)


def _merged(store: Store, old: str, into: str, at: str) -> Update | None:
    """Return what is told of a story of several articles that becomes part of another."""
    line, other = store.story(old), store.story(into)
    if line is None or line.articles < 2:
        return None
    gist = f"{line.title}: it is one story with {other.title if other else into}"
    return Update(content_id("update", into, "merged", old), "merged", into, gist, at, before=old, after=into)


@dataclass(frozen=True, slots=True)
class _Reached:
    """The articles that are grouped anew: their sketches, links and stories.

    `stories` are those of the machine, `current` those that they are in: other ones where people said so.
    """

    sketches: Mapping[int, Sketch]
    near: Mapping[int, Mapping[int, float]]
    stories: Mapping[int, str]
    current: Mapping[int, str]

    def components(self) -> list[list[int]]:
        """Return the articles that are linked, or in one story, with one another, in the order of time."""
        together: defaultdict[str, list[int]] = defaultdict(list)
        for number, story in self.stories.items():
            together[story].append(number)
        left = set(self.sketches)
        found = []
        for start in sorted(self.sketches):
            if start not in left:
                continue
            left.discard(start)
            component, edge = [start], [start]
            while edge:
                number = edge.pop()
                for other in (*self.near[number], *together.get(self.stories.get(number, ""), ())):
                    if other in left:
                        left.discard(other)
                        component.append(other)
                        edge.append(other)
            found.append(component)
        return found


def link(store: Store, fresh: Mapping[int, Sketch], measure: Measure) -> None:
    """Keep who of those held is like whom of `fresh`. (Inside a transaction.)"""
    import numpy as np

    from accord.cluster.grouping import likeness, nearest, unpack

    pairs = sorted({(min(a, b), max(a, b)) for a, b in nearest(fresh, store.postings)})
    others = sorted({n for pair in pairs for n in pair} - fresh.keys())
    sketches = {**fresh, **{n: unpack(content) for n, content in store.sketches(others).items()}}
    pairs = [pair for pair in pairs if pair[0] in sketches and pair[1] in sketches]
    if not pairs:
        return
    numbers = sorted(sketches)
    row = {number: at for at, number in enumerate(numbers)}
    first, second = (np.array([row[pair[side]] for pair in pairs], dtype=np.int64) for side in (0, 1))
    alike = likeness([sketches[n] for n in numbers], first, second, measure).round(_ROUND).tolist()
    store.link((a, b, value) for (a, b), value in zip(pairs, alike, strict=True) if value >= measure.edge)


def _reached(store: Store, fresh: Mapping[int, Sketch], constraints: Constraints | None = None) -> _Reached:
    """Return what `fresh` are linked with, what that is linked with, and all of the stories that are touched so."""
    from accord.cluster.grouping import unpack

    days = [item.day for item in fresh.values() if item.day is not None]
    bounded = len(days) == len(fresh)
    first, last = (min(days) - _REACH, max(days) + _REACH) if bounded else (0, 0)
    sketches: dict[int, Sketch] = {}
    links: dict[int, dict[int, float]] = {}
    edge = sorted(fresh)
    for _ in range(_HOPS + 1):
        for number, content in store.sketches(edge).items():
            item = unpack(content)
            if not bounded or number in fresh or item.day is None or first <= item.day <= last:
                sketches[number] = item
        found = store.links([n for n in edge if n in sketches])
        links |= found
        after = {other for others in found.values() for other in others} - sketches.keys() - set(edge)
        edge = sorted(after)[: max(_MOST - len(sketches), 0)]
    stories = dict(store.stories_of(sorted(sketches)))
    whole = store.members(sorted(set(stories.values())))
    missing = sorted({n for members in whole.values() for n in members} - sketches.keys())
    sketches |= {number: unpack(content) for number, content in store.sketches(missing).items()}
    links |= store.links(missing)
    stories |= {number: story for story, members in whole.items() for number in members if number in sketches}
    near = {n: {o: alike for o, alike in links.get(n, {}).items() if o in sketches} for n in sketches}
    if constraints is not None:
        return _beside(store, _Reached(sketches, near, stories, stories), sorted(sketches), constraints)
    return _Reached(sketches, near, stories, stories)


def _beside(store: Store, reached: _Reached, numbers: Sequence[int], constraints: Constraints) -> _Reached:
    """Return `reached` with all articles that share a story with `numbers`: by the machine, or as people have it."""
    from accord.cluster.grouping import unpack

    known, edge = set(reached.sketches), set(numbers)
    current: dict[int, str] = {}
    machine: dict[int, str] = {}
    while edge:
        known |= edge
        current |= store.stories_of(sorted(edge))
        for number in edge:
            story = constraints.story_of(number, current)
            machine |= {number: story} if story is not None else {}
        members = store.members(sorted({*current.values(), *machine.values()}))
        inside = {number for numbers in members.values() for number in numbers}
        edge = (inside | constraints.beside(known, machine)) - known
    missing = sorted(known - reached.sketches.keys())
    sketches = {**reached.sketches, **{n: unpack(content) for n, content in store.sketches(missing).items()}}
    links = store.links(missing)
    near = {number: dict(others) for number, others in reached.near.items()}
    for number in missing:
        near.setdefault(number, {})
        for other, alike in links.get(number, {}).items():
            if other in sketches:
                near[number][other] = near.setdefault(other, {})[number] = alike
    stories = {number: story for number, story in machine.items() if number in sketches}
    return _Reached(sketches, near, stories, {n: s for n, s in current.items() if n in sketches})


def _alike(reached: _Reached, measure: Measure) -> Callable[[Sequence[int], Sequence[int]], list[float]]:
    """Return what tells how alike each of some articles is to those of a side, on the mean."""
    import numpy as np

    from accord.cluster.grouping import likeness

    def alike(numbers: Sequence[int], side: Sequence[int]) -> list[float]:
        sketches = [reached.sketches[number] for number in (*numbers, *side)]
        first = np.repeat(np.arange(len(numbers), dtype=np.int64), len(side))
        second = np.tile(np.arange(len(numbers), len(sketches), dtype=np.int64), len(numbers))
        found = likeness(sketches, first, second, measure).reshape(len(numbers), len(side))
        return [float(value) for value in found.mean(axis=1).round(_ROUND)]

    return alike


def _gone(before: Mapping[int, str], now: Mapping[str, Sequence[int]]) -> dict[str, str | None]:
    """Return the stories of `before` that are no more, with the one that has most of their articles now."""
    home = {number: name for name, members in now.items() for number in members}
    heirs: dict[str, Counter[str]] = {name: Counter() for name in before.values() if name not in now}
    for number, name in before.items():
        if name in heirs and number in home:
            heirs[name][home[number]] += 1
    return {name: min(of, key=lambda heir: (-of[heir], heir), default=None) for name, of in heirs.items()}


def _grouped(
    store: Store, reached: _Reached, component: Iterable[int], measure: Measure
) -> list[tuple[str, list[int]]]:
    """Return the stories that `component` forms, by the machine alone."""
    from accord.cluster.grouping import in_time, regrouped

    numbers = sorted(component, key=lambda n: in_time(reached.sketches[n]))
    place = {number: at for at, number in enumerate(numbers)}
    before = [reached.stories.get(number) for number in numbers]
    found = regrouped(
        [reached.sketches[n] for n in numbers],
        [{place[other]: alike for other, alike in reached.near[n].items()} for n in numbers],
        before,
        measure,
        in_use=lambda name: store.story(name) is not None,
    )
    return [(name, [numbers[at] for at in members]) for name, members in found]


def _chain(store: Store, touched: Sequence[str], measure: Measure) -> None:
    """Say anew which stories follow one another, among those touched and those that are linked with them.

    Stories of chains that are too old to be followed directly stay in front of those that they were before.
    """
    from accord.cluster.grouping import chains_of, unpack

    held = store.members(touched)
    links = store.links([n for members in held.values() for n in members])
    beside = set(store.stories_of(sorted({other for others in links.values() for other in others})).values())
    chains = store.chains(sorted(beside | set(touched)))
    numbers = store.members(sorted(beside | set(touched) | {story for chain in chains for story in chain.stories}))
    packed = store.sketches(sorted({number for members in numbers.values() for number in members}))
    sketches = {story: [unpack(packed[n]) for n in members if n in packed] for story, members in numbers.items()}
    days = {story: min((s.day for s in items if s.day is not None), default=None) for story, items in sketches.items()}
    fresh = [day for story in touched if (day := days.get(story)) is not None]
    names = sorted(
        (s for s, day in days.items() if day is not None and fresh and _within(day, fresh, measure.follow_days)),
        key=lambda s: (days[s] or 0, s),
    )
    story_of = {number: story for story in names for number in numbers[story]}
    row = {story: at for at, story in enumerate(names)}
    links = store.links(sorted(story_of))
    near = {
        (min(row[a], row[b]), max(row[a], row[b]))
        for number, a in story_of.items()
        for other in links.get(number, {})
        if (b := story_of.get(other)) is not None and a != b
    }
    found = [[names[at] for at in chain] for chain in chains_of([sketches[s] for s in names], sorted(near), measure)]
    old = [list(chain.stories) for chain in chains]
    kept = _joined(found, old, {s for s in days if s not in row})
    ordered = [sorted(chain, key=lambda s: (days[s] or 0, s)) for chain in kept]
    of = sorted({*touched, *(story for chain in (*old, *ordered) for story in chain)})
    store.chain([Chain(content_id("chain", chain[0]), tuple(chain)) for chain in ordered], of)


def _within(day: int, days: Sequence[int], most: int) -> bool:
    return min(days) - most <= day <= max(days) + most


def _joined(found: Sequence[list[str]], old: Sequence[list[str]], fixed: set[str]) -> list[list[str]]:
    """Return the chains `found`, with the stories `fixed` of `old` chains before the story that followed them."""
    chains = [list(chain) for chain in found]
    for chain in old:
        ahead = [story for story in chain if story in fixed]
        after = next((story for story in chain if story not in fixed), None)
        if not ahead:
            continue
        home = next((c for c in chains if after in c), None) if after is not None else None
        if home is not None:
            home.extend(story for story in ahead if story not in home)
        elif after is not None:
            chains.append([*ahead, after])
        elif len(ahead) > 1:
            chains.append(ahead)
    return chains
