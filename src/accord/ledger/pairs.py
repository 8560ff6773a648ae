"""Scores pairs of lines: only those that may bear on where a line goes, and each but once while it is remembered.

To compare two lines costs a hundred times as much as to see that they cannot be one, and to read a sentence's vector
ten thousand times as much. So of a pair it is first asked what it could come to if its sentences were as like as can
be, then its vectors, and the answer is kept for the next story whose lines stand near.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from accord.ledger.likeness import Profile, logit, most_of, of_one_time, table_of, vectors_of
from accord.ledger.wording import rarity

UNLIKE = -4.0
"""Log odds of lines that are not compared."""
LATER_STATED, LATER_TOLD, LATER_NAMED = 0.2, -1.0, -0.6
"""Log odds that a line must have to be of what was stated before: where it states a commitment itself, where it tells
what became of one, and where it only speaks of something."""
SAME_STATED, SAME_TOLD = 0.3, 1.8
"""The same for reports of one time."""
GOES_ON = 0.4
"""What is added where a line follows closely on another of the same entry."""
_MOST_COSINE = 0.75
_BOUND, _RARE_ALONE = 1.6, 0.85
"""How rare the words are together that two lines of different stories must share, where nothing else binds them, and
how rare a word that binds them alone."""
_MOST_OF_A_STORY = 400
"""A story with more lines is compared by keys alone: all pairs would take too long."""
ROUNDING = 1e-3
HOPELESS = 2 * GOES_ON + 0.05
"""What a line lacks at least of what it must have for an entry, where the lines on both sides of it cannot draw it
there: each adds `GOES_ON` at most. The rest is for rounding."""
_MOST_SEEN = 1_000
_NEVER = float("-inf")


class Pairs:
    """The pairs of some lines, by their numbers.

    `near` has, for each line, those that it may go to an entry for, with what `score` is at most. A line whose pairs
    with all lines of an entry lack more than `HOPELESS` is better off in none, whatever stands around it. Two lines of
    one article are never near: they are placed at once.
    """

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self.profiles = profiles
        self.near: defaultdict[int, dict[int, float]] = defaultdict(dict)
        counts = Counter(profile.line.story for profile in profiles)
        self._large = {story for story, count in counts.items() if count > _MOST_OF_A_STORY} | {None}
        numbers = {profile.serial: number for number, profile in enumerate(profiles)}
        for number, met in self._met():
            for serial, ceiling in _near(profiles[number], met, profiles, numbers):
                other = numbers[serial]
                self.near[number][other] = self.near[other][number] = ceiling

    def score(self, a: int, b: int) -> float:
        """Return the log odds that two lines are of one commitment; `UNLIKE` where they share no key and no story."""
        if self.ceiling(a, b) == _NEVER:
            return UNLIKE
        one, other = self.profiles[a], self.profiles[b]
        pair = _name(one, other)
        score = _SCORES.get(pair)
        if score is None:
            vectors = vectors_of((one, other))
            _keep(_SCORES, pair, score := logit(one, other, float(vectors[0] @ vectors[1])))
        return score

    def ceiling(self, a: int, b: int) -> float:
        """Return what `score` is at most, whatever the vectors are; minus infinity for lines that are not compared."""
        one, other = self.profiles[a], self.profiles[b]
        if one.keys.isdisjoint(other.keys) and (one.line.story != other.line.story or one.line.story in self._large):
            return _NEVER
        return _ceiling(one, other)

    def read(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Read the vectors that the scores of `pairs` want, all at once: that is cheaper than one by one."""
        wanted: dict[int, None] = {}
        for a, b in pairs:
            if _name(self.profiles[a], self.profiles[b]) not in _SCORES:
                wanted[a] = wanted[b] = None
        if wanted:
            vectors_of([self.profiles[number] for number in wanted])

    def _met(self) -> Iterator[tuple[int, set[int]]]:
        """Yield each line that states a commitment, with the serials of all that share a key or a story with it."""
        by_key: defaultdict[str, list[int]] = defaultdict(list)
        by_story: defaultdict[str | None, list[int]] = defaultdict(list)
        for profile in self.profiles:
            by_story[profile.line.story].append(profile.serial)
            for key in profile.line.keys:
                by_key[key].append(profile.serial)
        for number, profile in enumerate(self.profiles):
            if profile.founds:
                met = set().union(*(by_key[key] for key in profile.line.keys))
                if profile.line.story not in self._large:
                    met.update(by_story[profile.line.story])
                yield number, met


@dataclass(slots=True)
class _Known:
    """What is known of one profile: the serials of those that it was held against, and the ceilings of those near."""

    seen: set[int]
    near: dict[int, float]


@lru_cache(maxsize=2_000)
def _known(profile: Profile) -> _Known:
    return _Known(set(), {})


def _near(
    profile: Profile, met: set[int], profiles: Sequence[Profile], numbers: Mapping[int, int]
) -> list[tuple[int, float]]:
    """Return those of `met` that are near a profile, and their ceilings; who was seen before is not looked at again."""
    known = _known(profile)
    fresh = met - known.seen
    for serial in fresh:
        ceiling = _hope(profile, profiles[numbers[serial]])
        if ceiling is not None:
            known.near[serial] = ceiling
    known.seen |= fresh
    found = [(serial, known.near[serial]) for serial in sorted(met & known.near.keys())]
    if len(known.seen) > _MOST_SEEN:
        known.seen.clear()
        known.near.clear()
    return found


def _hope(a: Profile, b: Profile) -> float | None:
    """Return the ceiling of two lines that may bear on where one of them goes; None for others."""
    x, y = a.line, b.line
    if x.article == y.article and x.published == y.published:
        return None
    if a.words.isdisjoint(b.around) and b.words.isdisjoint(a.around) and a.numbers.isdisjoint(b.numbers):
        return None
    least = least_of(a, b) - HOPELESS
    if most_of(a, b) < least:
        return None
    ceiling = _ceiling(a, b)
    return ceiling if ceiling >= least else None


def bound(a: Profile, b: Profile) -> bool:
    """Whether lines of two stories speak of one matter: an actor, a name, a number or a rare word in both.

    Common words alone ("sailed", "the autumn") are no bond: another story's ferry is not the one that was promised.
    """
    if a.actors & b.said or b.actors & a.said or a.numbers & b.numbers:
        return True
    shared = (a.words & b.around) | (b.words & a.around)
    return any(rarity(word) >= _RARE_ALONE for word in shared) or sum(map(rarity, shared)) >= _BOUND


def least_of(a: Profile, b: Profile) -> float:
    """Return the least that is asked of two lines, whichever of them is placed."""
    both = a.founds and b.founds
    if of_one_time(a, b):
        return SAME_STATED if both else SAME_TOLD
    return LATER_STATED if both else LATER_TOLD


def _ceiling(a: Profile, b: Profile) -> float:
    pair = _name(a, b)
    found = _CEILINGS.get(pair)
    if found is None:
        _keep(_CEILINGS, pair, found := _highest(a, b))
    return found


def _highest(a: Profile, b: Profile) -> float:
    """Return the log odds of a pair whose sentences are the same; minus infinity where it is not worth a look.

    That is so where it would not pass if its sentences were as like as those of most repeats.
    """
    if not (a.founds or b.founds):
        return _NEVER
    if a.words.isdisjoint(b.around) and b.words.isdisjoint(a.around) and a.numbers.isdisjoint(b.numbers):
        return _NEVER
    if a.line.story != b.line.story and not (a.founds and b.founds) and not bound(a, b):
        return _NEVER
    hoped = logit(a, b, _MOST_COSINE)
    if hoped <= UNLIKE / 2:
        return _NEVER
    return hoped + (1 - _MOST_COSINE) * table_of(a, b)["sentence vectors"]


_MOST_KEPT = 100_000
_CEILINGS: dict[tuple[int, int], float] = {}
_SCORES: dict[tuple[int, int], float] = {}
"""What pairs of profiles came to, by their serial numbers: they are never given twice, so this changes no answer."""


def _name(a: Profile, b: Profile) -> tuple[int, int]:
    return (a.serial, b.serial) if a.serial < b.serial else (b.serial, a.serial)


def _keep(kept: dict[tuple[int, int], float], pair: tuple[int, int], value: float) -> None:
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[pair] = value
