"""Orders the names of the story by how much the reports speak of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from accord.records import Analysis, Name

MOST_WORDS = 8
_LISTED = re.compile(r"^[^\W\d_]")


def order_names(names: Sequence[Name], analyses: Sequence[Analysis]) -> tuple[Name, ...]:
    """Return `names`, those in most reports and most often meant first; what nobody would list is left out.

    Left out are forms without a capital letter, of one letter, or so long that they are no name.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for analysis in analyses:
        for name in analysis.names:
            for form in {name.name, *name.aliases}:
                counts[analysis.article, form] += max(1, len(name.mentions))
    kept = [name for name in names if _is_name(name.name)]
    return tuple(sorted(kept, key=lambda name: (-len(name.articles), -_meant(name, counts), name.name, name.id)))


def _meant(name: Name, counts: Counter[tuple[str, str]]) -> int:
    """Return how often the reports mean `name`."""
    return sum(max(counts[article, form] for form in (name.name, *name.aliases)) for article in name.articles)


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        len(text) > 1
        and "\n" not in text
        and len(words) <= MOST_WORDS
        and bool(_LISTED.match(text.lstrip("“\"'‘(")))
        and any(word[:1].isupper() or word[1:2].isupper() for word in words)
    )
