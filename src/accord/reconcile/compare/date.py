"""Compares when: two dates hold together when one is the other, or the month or year that it lies in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.reconcile.claims import Claim
from accord.reconcile.compare.comparison import Comparison, Context
from accord.reconcile.compare.parallel import firmness
from accord.records import Time

# "the Sept. 11 attacks": the date names the thing that follows.
_NAMES_A_THING = re.compile(
    r"\s+(?!(?:and|at|in|on|by|to|for|of|the|a|an|when|after|before|with|as|that|but|from)\b)[a-z]"
)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"\d{4}")
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
# Two people may speak on two days.
_SPEECH = frozenset(
    """say tell speak ask call claim announce add tweet write
    report state declare comment""".split()
)


def same_day(a: str, b: str) -> bool:
    """Whether the ISO dates `a` and `b` may mean the same time; the less exact may stand for the more exact.

    2021-06-08 and 2021-06 -> True; 2021-06-08 and 2021-06-09 -> False
    """
    short = min(len(a), len(b))
    return a[:short] == b[:short]


def compare(a: Claim, b: Claim, context: Context) -> Iterator[Comparison]:
    """Yield one comparison when each claim gives exactly one date in its own words.

    A date that names a thing ("the Sept. 11 attacks") is no date of the claim.
    """
    first, second = _stated(a), _stated(b)
    if len(first) != 1 or len(second) != 1:
        return
    x, y = first[0], second[0]
    compatible = same_day(x.date or "", y.date or "") or _within(x, y) or _within(y, x) or _same_words(x, y)
    if not compatible and {a.statement.head, b.statement.head} & _SPEECH:
        return
    own = (x.date == a.statement.date) + (y.date == b.statement.date)
    sure = 0.1 + 0.2 * own + 0.5 * firmness(x.text, y.text, a.text, b.text)
    why = f"{x.date} and {y.date} are " + ("the same time" if compatible else "different times")
    yield Comparison("date", x.text, y.text, compatible, sure, why)


def _stated(claim: Claim) -> list[Time]:
    """Return the time expressions of `claim` that have a date, each date once."""
    dated = {
        time.date: time
        for time in reversed(claim.times)
        if time.date and not (_DIGIT.search(time.text) and _NAMES_A_THING.match(claim.text[time.end - claim.start :]))
    }
    return [dated[date] for date in sorted(dated)]


def _within(a: Time, b: Time) -> bool:
    """Whether the date of `a` lies in the stretch of `b`."""
    return bool(b.until and b.date and a.date and b.date[:7] <= a.date[:7] and a.date <= b.until)


def _same_words(a: Time, b: Time) -> bool:
    """Whether both name one weekday, or one day of the year without a year: only the reports' own dates part them."""
    words_a, words_b = (set(_WORD.findall(time.text.lower())) for time in (a, b))
    if words_a & words_b & _WEEKDAYS:
        return True
    return (a.date or "")[4:] == (b.date or "")[4:] and not (_YEAR.search(a.text) or _YEAR.search(b.text))
