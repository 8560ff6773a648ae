"""How likely do two lines speak of one commitment? Readable features, and two tables of weights over them.

The tables are logistic regressions: `SAME_TIME` on pairs of the gold events of gold-more, `LATER` on pairs of
eval/ledger/dev.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

from accord.ledger.dates import first_day, same_time
from accord.ledger.outcomes import NOW
from accord.ledger.wording import names_in, naming, numbers_of, stems_of, weight, words_of
from accord.records import LedgerLine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEATURES = (
    "sentence vectors",
    "rarer words of the one in the other and around it",
    "rarer words of the poorer in the other",
    "a number in both",
    "the same sum or count",
    "the same due date",
    "two due dates",
    "one happens when the other is due",
    "one actor",
    "two actors",
    "one refused",
    "one finding",
)
SAME_TIME: Mapping[str, float] = {
    "bias": -5.79,
    "sentence vectors": 2.99,
    "rarer words of the one in the other and around it": -0.18,
    "rarer words of the poorer in the other": 5.19,
    "a number in both": 3.86,
    "the same sum or count": -0.75,
    "the same due date": 2.28,
    "two due dates": -3.89,
    "one happens when the other is due": 0.0,
    "one actor": 0.77,
    "two actors": 0.26,
    "one refused": -1.69,
    "one finding": 1.03,
}
LATER: Mapping[str, float] = {
    "bias": -4.58,
    "sentence vectors": 6.17,
    "rarer words of the one in the other and around it": 1.78,
    "rarer words of the poorer in the other": 0.82,
    "a number in both": 0.97,
    "the same sum or count": 1.71,
    "the same due date": 1.29,
    "two due dates": -0.44,
    "one happens when the other is due": 1.16,
    "one actor": 0.6,
    "two actors": -0.24,
    "one refused": -1.05,
    "one finding": 0.0,
}
SAME_DAYS = 3
"""Reports of so many days are of one time: they tell the same news. Later ones tell what became of it."""
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_SMALL = frozenset("0 1 2 3 4 5".split())
_WORDED = {
    word: str(number)
    for number, word in enumerate(
        "six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
        " twenty".split(),
        start=6,
    )
}
_CONDITION = re.compile(
    r"(?<=\w)[,;]?\s+(?:if|unless|provided|because|although|though|whereas|while|after|before|until)\s", re.I
)
_LIGHT = frozenset("hold give start begin carr bring put approv adopt pass back reach includ".split())
_LEAST_HEFT = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """A line as it is compared: stems of its words and of those around, numbers that are no years, who is named.

    `named` are the proper names in what is to be done, without the actor's. `founds` tells that it states a
    commitment, `renewed` that its terms are new (`has_change`). `serial` is no other profile's.
    """

    line: LedgerLine
    day: int | None
    words: frozenset[str]
    around: frozenset[str]
    numbers: frozenset[str]
    actors: frozenset[str]
    said: frozenset[str]
    named: frozenset[str]
    act: str | None
    heft: float = field(default=0.0)
    founds: bool = field(default=False)
    renewed: bool = field(default=False)
    keys: frozenset[str] = field(default=frozenset())
    serial: int = field(default_factory=count().__next__)


@lru_cache(maxsize=20_000)
def profile_of(line: LedgerLine) -> Profile:
    """Return what of `line` is compared."""
    words = frozenset(stems_of(f"{main_part(line.text)} {main_part(line.what)} {line.to_whom or ''}"))
    spoken, main = words_of(line.text), main_part(line.text)
    numbers = {n for n in numbers_of(main) if not _YEAR.fullmatch(n)} | {_WORDED[w] for w in spoken if w in _WORDED}
    day = first_day(line.published)
    return Profile(
        line=line,
        day=day.toordinal() if day else None,
        words=words,
        around=frozenset(stems_of(line.about or "")) | words,
        numbers=frozenset(numbers - _SMALL),
        actors=naming(line.who),
        act=act_of(line),
        said=frozenset(spoken) | naming(line.who) | naming(line.speaker),
        named=names_in(line.what) - naming(line.who),
        heft=weight(words),
        founds=line.strength is not None,
        renewed=has_change(line),
        keys=frozenset(line.keys),
    )


def features(a: Profile, b: Profile, cosine: float) -> tuple[float, ...]:
    """Return the features of a pair, in the order of `FEATURES`; which of the two comes first does not matter."""
    x, y = a.line, b.line
    covered = max(_share(a, b), _share(b, a))
    shared = a.words & b.words
    dated = bool(x.due_date and y.due_date)
    same_due = dated and same_time(x.due_date, y.due_date)
    return (
        cosine,
        covered,
        _poorer(a, b, shared),
        float(bool(a.numbers & b.numbers)),
        float(x.amount is not None and x.amount == y.amount and x.unit == y.unit),
        float(same_due),
        float(dated and not same_due),
        float(_meets(x, y) or _meets(y, x)),
        float(bool(a.actors & b.actors)),
        float(two_actors(a, b)),
        float((x.strength == "refused") != (y.strength == "refused")),
        float(x.finding is not None and x.finding == y.finding),
    )


def of_one_time(a: Profile, b: Profile) -> bool:
    """Whether two lines are of reports of one time."""
    return a.day is None or b.day is None or abs(a.day - b.day) <= SAME_DAYS


def logit(a: Profile, b: Profile, cosine: float) -> float:
    """Return the log odds that two lines are of one commitment."""
    table = table_of(a, b)
    values = features(a, b, cosine)
    return table["bias"] + sum(table[name] * value for name, value in zip(FEATURES, values, strict=True))


def most_of(a: Profile, b: Profile) -> float:
    """Return log odds that two lines cannot pass, from what of the features is quick to see."""
    table, x, y = table_of(a, b), a.line, b.line
    shared = a.words & b.words
    most = table["bias"] + table["sentence vectors"]
    most += max(0.0, table["rarer words of the one in the other and around it"])
    if shared:
        most += table["rarer words of the poorer in the other"] * _poorer(a, b, shared)
    if not a.numbers.isdisjoint(b.numbers):
        most += table["a number in both"] + max(0.0, table["the same sum or count"])
    elif x.amount is not None and x.amount == y.amount:
        most += max(0.0, table["the same sum or count"])
    if x.due_date and y.due_date:
        most += table["the same due date"]
    elif x.due_date or y.due_date:
        most += table["one happens when the other is due"]
    if a.actors and b.actors:
        most += max(table["one actor"], table["two actors"])
    if x.finding is not None and x.finding == y.finding:
        most += table["one finding"]
    return most


def table_of(a: Profile, b: Profile) -> Mapping[str, float]:
    """Return the weights that hold for two lines."""
    return SAME_TIME if of_one_time(a, b) else LATER


def two_actors(a: Profile, b: Profile) -> bool:
    """Whether both lines name who acts, and neither names the other's anywhere."""
    return bool(a.actors and b.actors) and not (a.actors & b.said) and not (b.actors & a.said)


def _poorer(a: Profile, b: Profile, shared: frozenset[str]) -> float:
    return weight(shared) / max(min(a.heft, b.heft), _LEAST_HEFT) / (2 if len(shared) == 1 else 1)


def _share(a: Profile, b: Profile) -> float:
    """Return how much of what the one says stands in the other or around it, between 0 and 1."""
    return weight(a.words & b.around) / max(a.heft, _LEAST_HEFT)


def main_part(text: str) -> str:
    """Return what a clause says without its condition or reason: "will strike if pay is cut" -> "will strike"."""
    found = _CONDITION.search(text)
    head = text[: found.start()] if found else text
    return head if len(stems_of(head)) >= 2 else text


def _meets(one: LedgerLine, other: LedgerLine) -> bool:
    """Whether the one tells of the time at which the other is due."""
    return bool(one.due_date is None and one.date and other.due_date and same_time(one.date, other.due_date))


def vectors_of(profiles: Sequence[Profile]) -> NDArray[np.float32]:
    """Return a unit vector for each line and what stands around it; that of a line does not depend on the others."""
    import numpy as np

    texts = [f"{profile.line.about or ''} {profile.line.text}".strip() for profile in profiles]
    wanted = [text for text in dict.fromkeys(texts) if text not in _VECTORS]
    if wanted:
        from accord.models import vectors

        if len(_VECTORS) + len(wanted) > _MOST_KEPT:
            _VECTORS.clear()
            wanted = list(dict.fromkeys(texts))
        _VECTORS.update(zip(wanted, vectors.encode(wanted, threads=1), strict=True))
    return np.array([_VECTORS[text] for text in texts], dtype=np.float32)


_MOST_KEPT = 20_000
_VECTORS: dict[str, NDArray[np.float32]] = {}
"""Vectors of texts that were read before: the same text always has the same vector, so this changes no answer."""


def act_of(line: LedgerLine) -> str | None:
    """Return the stem of what is to be done; of what it is done to where the verb says little ("hold a summit")."""
    return next((each for each in stems_of(line.what) if each not in _LIGHT), None)


def has_change(line: LedgerLine) -> bool:
    """Whether a line shows that its terms are new: "will now", "not 300", "from 130 to 150"."""
    return line.says == "changed" or NOW.search(line.text) is not None
