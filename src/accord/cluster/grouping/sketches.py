"""What grouping keeps of an article: its telling terms, the sense of its lead, its day."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from accord.models import term_counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from accord.records import Article

MOST_WORDS = 400
"""Words of an article that are read: what comes later is background, which other events share."""

_LEAD = 1200
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_STOP_WORDS = """
a about above across after again against all almost alone along already also although always am among an and another any
anyone anything are around as at away back be became because been before behind being below between both but by call can
cannot could did do does doing done down during each either else enough even ever every everyone everything few for
from further get give go had has have having he hence her here hers herself him himself his how however if in indeed
into is it its itself just keep last least less made many may me meanwhile might mine more most mostly move much must my
myself never nevertheless next no nobody none nor not nothing now nowhere of off often on once one only onto or other
others otherwise our ours ourselves out over own part per perhaps please put quite rather re really said same say says
see seem seemed seems several she should show side since so some somehow someone something sometimes somewhere still
such take than that the their theirs them themselves then there therefore these they this those though through
throughout thus to together too toward towards under until up upon us very via was we well were what whatever when
where whether which while who whoever whole whom whose why will with within without would yet you your yours
"""
_STOP = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """An article as grouping sees it.

    `terms` are 64-bit hashes of its words, the most telling ones first, `weights` theirs (tf-idf, unit length, shape
    (terms,)); `vector` what its title and lead mean, unit length, shape (384,); `day` counts from 1 January of year 1,
    None for an article without a date.
    """

    article: str
    day: int | None
    terms: NDArray[np.uint64]
    weights: NDArray[np.float32]
    vector: NDArray[np.float32]


def sketch(articles: Sequence[Article], *, threads: int = 2) -> list[Sketch]:
    """Return the sketch of each of `articles`; that of one does not depend on the others."""
    import numpy as np

    from accord.models.stories import encode

    vectors = encode([lead(article) for article in articles], threads=threads)
    found = []
    for article, vector in zip(articles, vectors, strict=True):
        weighed = sorted(_weighed(article).items(), key=lambda item: (-item[1], item[0]))
        weights = np.array([weight for _, weight in weighed], dtype=np.float32)
        found.append(
            Sketch(
                article=article.id,
                day=_day(article.published),
                terms=np.array([_hash(word) for word, _ in weighed], dtype=np.uint64),
                weights=weights / max(float(np.linalg.norm(weights)), 1e-9),
                vector=vector,
            )
        )
    return found


def lead(article: Article) -> str:
    """Return the title and how the text starts, as one line."""
    title = (article.title or "").rstrip(". ")
    return " ".join(f"{title}. {article.text[:_LEAD]}".split()) if title else " ".join(article.text[:_LEAD].split())


def terms_of(text: str) -> list[str]:
    """Return the words of `text` that tell something, folded: "The Dam's 3,000 keepers" -> ["dam", "3000", "keeper"]"""
    words = (_folded(match) for match in _WORD.findall(text))
    return [word for word in words if len(word) > 1 and word not in _STOP]


def rarity(word: str) -> float:
    """Return the inverse document frequency of a folded word (Spärck Jones, 1972), in news at large."""
    counts = term_counts()
    return math.log((counts.pieces + 1) / (counts.of.get(word, 0) + 0.5))


def _weighed(article: Article) -> dict[str, float]:
    words = _WORD.findall(f"{(article.title or '')}\n{article.text[: _LEAD * 3]}")[:MOST_WORDS]
    folded = (_folded(word) for word in words)
    counts = Counter(word for word in folded if len(word) > 1 and word not in _STOP)
    return {word: (1 + math.log(count)) * rarity(word) for word, count in counts.items()}


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    """Return a word in lower case, without a possessive or plural ending: the same for most forms of one word."""
    plain = word.casefold().replace("’", "'").removesuffix("'s")
    if plain[:1].isdigit():
        return plain.replace(",", "")
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain


@lru_cache(maxsize=50_000)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _day(published: str | None) -> int | None:
    """Return the number of an ISO day; None for a month or a year, which name none."""
    try:
        return date.fromisoformat(published).toordinal() if published and len(published) == 10 else None
    except ValueError:
        return None
