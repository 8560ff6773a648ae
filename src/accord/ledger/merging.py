"""Puts lines that speak of one commitment together: article by article, in the order of their days.

Each line of an article goes to the entry that it is likest, to a new one (where it states a commitment) or to none; a
line that follows closely on one of an entry is drawn to the same entry, as talk of one matter goes on. What is best
for the article as a whole is chosen (Viterbi, 1967). In a second round the lines that do not state a commitment are
placed anew, among all entries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from accord.ledger.dates import same_time
from accord.ledger.likeness import Profile, of_one_time, profile_of, two_actors
from accord.ledger.pairs import (
    GOES_ON,
    HOPELESS,
    LATER_NAMED,
    LATER_STATED,
    LATER_TOLD,
    ROUNDING,
    SAME_STATED,
    SAME_TOLD,
    UNLIKE,
    Pairs,
)
from accord.records import LedgerLine

OTHER_ACT = 0.6
"""What more it takes where two statements share neither the act, nor a number, nor the due date."""
REPEATED = 1.5
"""Log odds that two statements of one article must have to be taken for one."""
MENTIONED = 0.6
"""Log odds that a line must have that only mentions a commitment, and none of its words."""
_NEAR = 350
_CLOSE_DAYS = 1
_PRECISION = 0.02
_BEST = 3
_NONE = -1


def is_founder(line: LedgerLine) -> bool:
    """Whether a line states a commitment, so that it may be the first of an entry; others only join one."""
    return line.strength is not None


def groups_of(lines: Sequence[LedgerLine]) -> list[list[LedgerLine]]:
    """Return the lines of each commitment, in a fixed order whatever the order of `lines`.

    Each group has a line that states the commitment. Lines that share no key are never compared, so that lines on
    other matters change nothing.
    """
    ordered = sorted({line.id: line for line in lines}.values(), key=order_of)
    profiles = [profile_of(line) for line in ordered]
    articles = [list(each) for _, each in groupby(range(len(ordered)), key=lambda n: ordered[n].article)]
    groups = _Groups(profiles, Pairs(profiles))
    for numbers in articles:
        groups.place(numbers)
    for numbers in articles:
        groups.place([number for number in numbers if not is_founder(ordered[number])], again=True)
    return [[ordered[number] for number in sorted(group)] for group in groups.found()]


def order_of(line: LedgerLine) -> tuple[str, str, int, int, str]:
    """Return what orders lines: by their day, then by their place."""
    return line.published or "9999", line.article, line.start, line.end, line.id


class _Groups:
    """Groups of lines, by number, while they grow."""

    def __init__(self, profiles: Sequence[Profile], pairs: Pairs) -> None:
        self.profiles, self.pairs = profiles, pairs
        self.home: dict[int, int] = {}
        self.members: dict[int, list[int]] = {}

    def found(self) -> list[list[int]]:
        """Return the groups that have a line that states a commitment."""
        groups = [group for group in self.members.values() if any(self._founds(number) for number in group)]
        return sorted([number for number in group if self._belongs(number, group)] for group in groups)

    def _belongs(self, number: int, group: Sequence[int]) -> bool:
        """Whether a line says something of the commitment; a mere mention shares a word or is very like."""
        profile = self.profiles[number]
        if self._founds(number) or profile.line.says != "made":
            return True
        for other in (other for other in group if self._founds(other)):
            stated = self.profiles[other]
            if profile.words & stated.words or profile.numbers & stated.numbers:
                return True
            if self.pairs.score(number, other) > MENTIONED:
                return True
        return False

    def place(self, numbers: Sequence[int], *, again: bool = False) -> None:
        """Give each of the lines of one article, in text order, to a group, to a new one or to none."""
        if again:
            for number in numbers:
                self._leave(number)
        choices = self._choices(numbers)
        for number, home in zip(numbers, self._once(numbers, self._best(numbers, choices), choices), strict=True):
            if home == _NONE and self._founds(number) and not again:
                home = number
            if home != _NONE:
                self.home[number] = home
                self.members.setdefault(home, []).append(number)

    def _founds(self, number: int) -> bool:
        return self.profiles[number].founds

    def _leave(self, number: int) -> None:
        home = self.home.pop(number, None)
        if home is not None:
            self.members[home].remove(number)

    def _choices(self, numbers: Sequence[int]) -> list[dict[int, float]]:
        """Return, for each line of an article, the groups that it may go to, and what speaks for each; 0 is for none.

        A group that the line would not be put into, whatever the vectors and the lines beside it, is none of them.
        """
        met = [self._met(number, numbers) for number in numbers]
        self.pairs.read(
            (number, other)
            for number, homes in zip(numbers, met, strict=True)
            for bar, ceilings in homes.values()
            for ceiling, other in ceilings
            if ceiling >= bar
        )
        choices: list[dict[int, float]] = []
        for number, homes in zip(numbers, met, strict=True):
            found = {_NONE: 0.0}
            for home, (bar, ceilings) in homes.items():
                score = self._score(number, ceilings, bar)
                if score is not None:
                    found[home] = score
            choices.append(found)
        return choices

    def _met(self, number: int, numbers: Sequence[int]) -> dict[int, tuple[float, list[tuple[float, int]]]]:
        """Return the groups that a line may go to: what must speak for the likest pair, and what may speak for each."""
        found = {}
        for home in sorted({self.home[other] for other in self.pairs.near[number] if other in self.home}):
            drawn = self._is_later(numbers[0], home) or self._is_later(numbers[-1], home)
            bar = -HOPELESS if drawn else -ROUNDING
            ceilings = self._ceilings(number, home)
            if ceilings and max(ceilings)[0] >= bar:
                found[home] = bar, ceilings
        return found

    def _ceilings(self, number: int, home: int) -> list[tuple[float, int]]:
        """Return what speaks at most for a line's being one with each of a group; nothing where it cannot be of it."""
        profile, near, found = self.profiles[number], self.pairs.near[number], []
        for other in self.members[home]:
            if other == number or not (self._founds(other) or profile.founds):
                continue
            if not profile.founds and not self._comes_after(number, other):
                continue
            if clash(profile, self.profiles[other]):
                return []
            ceiling = near.get(other)
            found.append((-HOPELESS if ceiling is None else ceiling - self._least(number, other), other))
        return found

    def _score(self, number: int, ceilings: Sequence[tuple[float, int]], bar: float) -> float | None:
        """Return what speaks for a line's being of a group; None where the likest pair has less than `bar`.

        Only the likest pairs count, so those that cannot be among them are not scored.
        """
        best: list[float] = []
        for ceiling, other in sorted(ceilings, reverse=True):
            if ceiling < bar and (not best or best[0] < bar):
                return None
            if len(best) == _BEST and ceiling < best[-1] - ROUNDING:
                break
            best = sorted([*best, self.pairs.score(number, other) - self._least(number, other)], reverse=True)[:_BEST]
        return (best[0] + sum(best) / len(best)) / 2

    def _one_act(self, number: int, other: int) -> bool:
        """Whether two statements have the act, a number or the due date in common, and not the matter alone."""
        a, b = self.profiles[number], self.profiles[other]
        if a.act in b.words or b.act in a.words or a.numbers & b.numbers:
            return True
        return same_time(a.line.due_date, b.line.due_date)

    def _comes_after(self, number: int, founder: int) -> bool:
        """Whether a line that only tells of a commitment may tell of that one: it is of another report, no earlier."""
        line, other = self.profiles[number].line, self.profiles[founder].line
        return line.article != other.article and (line.published or "") >= (other.published or "")

    def _is_later(self, number: int, home: int) -> bool:
        """Whether a line is of a report that comes after the time of the first of a group."""
        return not of_one_time(self.profiles[number], self.profiles[min(self.members[home])])

    def _least(self, number: int, other: int) -> float:
        """Return the log odds that two lines must have to be taken for one."""
        both = self._founds(number) and self._founds(other)
        if of_one_time(self.profiles[number], self.profiles[other]):
            return SAME_STATED if both else SAME_TOLD
        if both:
            return LATER_STATED + (0 if self._one_act(number, other) else OTHER_ACT)
        return LATER_NAMED if self.profiles[number].line.says == "made" and not self._founds(number) else LATER_TOLD

    def _best(self, numbers: Sequence[int], choices: Sequence[Mapping[int, float]]) -> list[int]:
        """Return the choice for each line with which the article as a whole is likeliest."""
        best: list[dict[int, tuple[float, int]]] = []
        for at, options in enumerate(choices):
            row: dict[int, tuple[float, int]] = {}
            for home, score in options.items():
                if not best:
                    row[home] = (score, _NONE)
                    continue
                before = best[-1]
                row[home] = max(
                    (total + score + self._follows(numbers[at - 1], numbers[at], earlier, home), earlier)
                    for earlier, (total, _) in sorted(before.items())
                )
            best.append(row)
        path: list[int] = []
        for at in range(len(choices) - 1, -1, -1):
            home = max(sorted(best[at]), key=lambda each: best[at][each][0]) if not path else best[at + 1][path[-1]][1]
            path.append(home)
        return path[::-1]

    def _once(self, numbers: Sequence[int], homes: Sequence[int], choices: Sequence[Mapping[int, float]]) -> list[int]:
        """Let an article state what others of its time state once, by the line that is likest, but for repeats."""
        found = list(homes)
        for home in sorted(set(homes) - {_NONE}):
            places = [at for at, each in enumerate(homes) if each == home and self._founds(numbers[at])]
            other = self.members[home][0]
            if len(places) < 2 or not of_one_time(self.profiles[numbers[places[0]]], self.profiles[other]):
                continue
            best = min(places, key=lambda at: (-choices[at].get(home, UNLIKE), at))
            for at in places:
                if at != best and self.pairs.score(numbers[at], numbers[best]) < REPEATED:
                    found[at] = _NONE
        return found

    def _follows(self, before: int, number: int, earlier: int, home: int) -> float:
        """Return what speaks for a line's being of the group of the line before it."""
        if home == _NONE or earlier != home or not self._is_later(number, home):
            return 0.0
        gap = self.profiles[number].line.start - self.profiles[before].line.end
        return GOES_ON * max(0.0, 1 - max(gap, 0) / _NEAR)


def clash(a: Profile, b: Profile) -> bool:
    """Whether two lines cannot be of one commitment: reports of one time that give two sums or dates, or yes and no.

    Where either shows that its terms are new, it is no clash. Two statements of two named actors clash at any time
    where they are of two places, people or firms too, or of two sums or numbers.
    """
    x, y = a.line, b.line
    if is_founder(x) and is_founder(y) and _two_names(a, b) and _two_matters(a, b):
        return True
    if a.day is None or b.day is None or abs(a.day - b.day) > _CLOSE_DAYS or a.renewed or b.renewed:
        return False
    if not (is_founder(x) and is_founder(y)) or x.recalled or y.recalled:
        return _two_sums(x, y)
    return _two_sums(x, y) or _two_dates(x, y) or (x.strength == "refused") != (y.strength == "refused")


def _two_names(a: Profile, b: Profile) -> bool:
    """Whether two lines name two actors: "Ada Holm" and "Per Lund", also "Ada Holm" and "Eva Holm"; not "Mrs Holm"."""
    if len(a.actors & b.actors) == 1:
        return bool(a.actors - b.said and b.actors - a.said)
    return two_actors(a, b)


def _two_matters(a: Profile, b: Profile) -> bool:
    """Whether two statements name other things each, or give other numbers each, without a sign of a change."""
    if a.named and b.named and a.named.isdisjoint(b.said) and b.named.isdisjoint(a.said):
        return True
    if a.renewed or b.renewed:
        return False
    return bool(a.numbers and b.numbers and a.numbers.isdisjoint(b.numbers)) or _two_sums(a.line, b.line)


def _two_sums(x: LedgerLine, y: LedgerLine) -> bool:
    if x.amount is None or y.amount is None or x.unit != y.unit:
        return False
    return abs(x.amount - y.amount) > _PRECISION * max(abs(x.amount), abs(y.amount))


def _two_dates(x: LedgerLine, y: LedgerLine) -> bool:
    return bool(x.due_date and y.due_date) and not same_time(x.due_date, y.due_date)
