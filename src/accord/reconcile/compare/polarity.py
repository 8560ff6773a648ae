"""Compares yes and no: one claim denies in nearly the same words what the other asserts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.reconcile.claims import Claim
from accord.reconcile.compare.comparison import Comparison, Context

# A "no" vote denies nothing.
_QUOTED_NO = re.compile(r"[\"“‘']no[\"”’']", re.IGNORECASE)


def compare(a: Claim, b: Claim, context: Context) -> Iterator[Comparison]:
    """Yield one comparison of claims with one verb; sure is the share of the poorer claim's words in the other.

    "agreed to reopen the bridge" against "had not agreed to reopen it" -> not compatible
    """
    if a.statement.negated == b.statement.negated or a.statement.head != b.statement.head:
        return
    if _QUOTED_NO.search(a.text) or _QUOTED_NO.search(b.text):
        return
    words_a, words_b = set(a.words), set(b.words)
    sure = len(words_a & words_b) / (min(len(words_a), len(words_b)) or 1)
    said = ("says not", "says so") if a.statement.negated else ("says so", "says not")
    yield Comparison("polarity", said[0], said[1], False, sure, "one says so, the other says not")
