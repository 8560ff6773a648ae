"""What a search shows: hits with the words around them and the matches marked, facets, and names that match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from accord.records import Article
from accord.stores.store import Facets, Hit, HitKind, Query
from accord.web.filters import counted
from accord.web.views.marking import Piece, marked
from accord.web.views.places import Around, around, passage_at

KINDS: dict[HitKind, tuple[str, str]] = {
    "article": ("article", "articles"),
    "quote": ("quote", "quotes"),
    "figure": ("figure", "figures"),
    "commitment": ("commitment", "commitments"),
}
_AROUND = 110
_MOST_SHOWN = 600


@dataclass(frozen=True, slots=True)
class Found:
    """A hit: its words in pieces (with whether they match), what stands around them, and where it leads."""

    hit: Hit
    before: str
    pieces: tuple[Piece, ...]
    after: str
    title: tuple[Piece, ...]
    href: str


def found(hits: Sequence[Hit], articles: Mapping[str, Article], words: str) -> list[Found]:
    """Return hits as a page shows them; `articles` by id give the words around."""
    shown = [_around(hit, articles.get(hit.article)) for hit in hits]
    texts = [one.text for one in shown]
    titles = [hit.title or "" for hit in hits]
    pieces = marked([*texts, *titles], words)
    return [
        Found(
            hit, one.before, pieces[at], one.after, pieces[len(hits) + at], passage_at(hit.article, hit.start, hit.end)
        )
        for at, (hit, one) in enumerate(zip(hits, shown, strict=True))
    ]


def _around(hit: Hit, article: Article | None) -> Around:
    """Return a hit with the words around it; an article's passage is such words already."""
    end = min(hit.end, hit.start + _MOST_SHOWN)
    if article is None:
        return Around("", hit.text[:_MOST_SHOWN], "")
    if hit.kind == "article":
        one = around(article.text, hit.start, end, 0)
        return Around("… " if hit.start else "", one.text, " …" if end < len(article.text) else "")
    return around(article.text, hit.start, end, _AROUND)


def total(facets: Facets, kind: HitKind | None) -> int:
    """Return how many hits were counted, of one kind or of all."""
    return sum(count for each, count in facets.kinds if kind in (None, each))


def folded(facets: Facets) -> Facets:
    """Return facets in which speakers that differ by case alone are one, under the more frequent spelling.

    (("Ilse Tarn", 4), ("Ada Holm", 2), ("ILSE TARN", 1)) -> (("Ilse Tarn", 5), ("Ada Holm", 2))
    """
    spelled: dict[str, str] = {}
    counts: dict[str, int] = {}
    for name, count in sorted(facets.speakers, key=lambda one: -one[1]):
        kept = spelled.setdefault(name.casefold(), name)
        counts[kept] = counts.get(kept, 0) + count
    return replace(facets, speakers=tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))))


def bare(words: str) -> str:
    """Return the words of a search without its signs and without those that must not occur: to look for in names."""
    kept = (word for word in words.split() if not word.startswith("-"))
    return " ".join(filter(None, (word.strip('"*') for word in kept)))


def last_word(words: str) -> str:
    """Return the last word that is typed, if it may be but the beginning of one: three letters, no sign around it.

    last_word("night fer") -> "fer"; last_word('"night fer"') -> ""
    """
    last = words.rsplit(" ", 1)[-1]
    return last if len(last) > 2 and last.isalnum() and words.count('"') % 2 == 0 else ""


def told(facets: Facets, query: Query) -> str:
    """Return how much was found in words: "12 quotes", "more than 2,000 results"."""
    count = total(facets, query.kind)
    if not count:
        return "nothing found"
    singular, plural = KINDS[query.kind] if query.kind else ("result", "results")
    return ("more than " if facets.more else "") + counted(count, singular, plural)


def advice(query: Query) -> list[str]:
    """Return what to try where nothing was found, the most likely first."""
    words = query.words.split()
    tips = []
    if query.outlet or query.speaker or query.since or query.until:
        tips.append("take away a filter")
    if query.kind:
        tips.append("look at all kinds, not only " + KINDS[query.kind][1])
    if '"' in query.words:
        tips.append("take the quotation marks away: then the words may stand anywhere")
    if any(word.startswith("-") for word in words):
        tips.append("take away the words with a minus")
    if len(words) > 1:
        tips.append("use fewer words: all of them must occur")
    if words and not any(word.endswith("*") for word in words):
        tips.append(f"write only the beginning of a word with a star: {words[-1].strip('-*')[:6].rstrip() or 'ferr'}*")
    return tips or ["add reports: nothing is here to be found yet"]


def month_words(month: str) -> str:
    """Return a month as people write it: "2031-05" -> "May 2031"."""
    try:
        return date.fromisoformat(f"{month}-01").strftime("%b %Y")
    except ValueError:
        return month
