"""Groups articles into origins: those that carry most of one text count once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from accord.cluster.agencies import agency_of_outlet, agency_speaking
from accord.cluster.crediting import author_of, find_credits
from accord.cluster.lines import read_text
from accord.cluster.order import in_order
from accord.cluster.overlaps import find_overlaps
from accord.records import Citation, Origin, content_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accord.cluster.crediting import Credit
    from accord.cluster.lines import Text
    from accord.cluster.overlaps import Overlap
    from accord.records import Analysis, Article


def find_origins(articles: Sequence[Article], analyses: Sequence[Analysis] = ()) -> tuple[Origin, ...]:
    """Return the origins of `articles`, each article in exactly one, in canonical order of their first articles.

    Articles belong together when most of the shorter one's running text, quotes left out, is copied. A credit alone
    merges nothing: it only names the agency of an origin. An article without an analysis is split cheaply.
    """
    pairs = in_order(articles, analyses)
    texts = [read_text(article, analysis) for article, analysis in pairs]
    return origins_of(texts, [analysis for _, analysis in pairs], find_overlaps(texts))


def origins_of(texts: Sequence[Text], analyses: Sequence[Analysis], overlaps: Sequence[Overlap]) -> tuple[Origin, ...]:
    """Return the origins that `overlaps` make of `texts`."""
    root = list(range(len(texts)))

    def find(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    for overlap in overlaps:
        if overlap.whole:
            low, high = sorted((find(overlap.first), find(overlap.second)))
            root[high] = low
    members: dict[int, list[int]] = {}
    for number in range(len(texts)):
        members.setdefault(find(number), []).append(number)
    inside: dict[int, list[Overlap]] = {}
    for overlap in overlaps:
        if overlap.whole:
            inside.setdefault(find(overlap.first), []).append(overlap)
    return tuple(_origin(texts, analyses, group, inside.get(head, [])) for head, group in members.items())


def _origin(
    texts: Sequence[Text], analyses: Sequence[Analysis], group: Sequence[int], overlaps: Sequence[Overlap]
) -> Origin:
    articles = [texts[number].article for number in group]
    credited = [find_credits(texts[number].article, analyses[number]) for number in group]
    ids = tuple(article.id for article in articles)
    identity = content_id("origin", *(part for a in articles for part in (a.outlet, a.id, a.text)))
    if len(group) == 1:
        return _single(identity, articles[0], credited[0])
    shared = _shared_sentences(texts, overlaps)
    agency = _agency(articles, credited) or _speaking(sentence.text for sentence in shared)
    why = f"{_closeness(texts, overlaps)}; {_credit_words(agency, articles, credited)}"
    return Origin(identity, ids, "agency" if agency else "copy", agency, why, shared)


def _single(identity: str, article: Article, credits: tuple[Credit, ...]) -> Origin:
    """Return the origin of an article that shares its text with no other."""
    others = tuple(c for c in credits if c.role != "picture" and c.agency != agency_of_outlet(article.outlet))
    author = author_of(others)
    if author is not None:
        words = next(credit.words for credit in others if credit.agency == author)
        why = f"all of it is the text of {_with_article(author)}: {_clipped(words)}"
        return Origin(identity, (article.id,), "agency", author, why)
    named = [_with_article(credit.agency) for credit in others if credit.role != "contributed"]
    partly = [_with_article(credit.agency) for credit in others if credit.role == "contributed"]
    why = "; ".join(
        (
            "own text",
            *([f"{_listed(named)} {'is' if len(named) == 1 else 'are'} credited"] if named else []),
            *([f"{_listed(partly)} contributed"] if partly else []),
        )
    )
    first = next((credit.agency for credit in others if credit.role != "contributed"), None)
    return Origin(identity, (article.id,), "own", first, why)


def _agency(articles: Sequence[Article], credited: Sequence[tuple[Credit, ...]]) -> str | None:
    """Return the agency that most articles of one text give as its author, else the one that most credit at all."""
    whole = Counter(credit.agency for credits in credited for credit in credits if credit.role == "whole")
    whole.update(name for article in articles if (name := agency_of_outlet(article.outlet)))
    if whole:
        return min(whole, key=lambda name: (-whole[name], name))
    part = Counter(c.agency for credits in credited for c in credits if c.role in ("named", "contributed"))
    most = [name for name, votes in part.items() if votes == max(part.values())]
    return most[0] if len(most) == 1 else None


def _speaking(sentences: Iterable[str]) -> str | None:
    votes = Counter(name for sentence in sentences if (name := agency_speaking(sentence)))
    return min(votes, key=lambda name: (-votes[name], name)) if votes else None


def _shared_sentences(texts: Sequence[Text], overlaps: Sequence[Overlap]) -> tuple[Citation, ...]:
    """Return each sentence that two articles or more carry, as the first of them prints it, in text order."""
    first: dict[tuple[int, int], tuple[int, int]] = {}

    def find(place: tuple[int, int]) -> tuple[int, int]:
        while first.setdefault(place, place) != place:
            first[place] = first[first[place]]
            place = first[place]
        return place

    for overlap in overlaps:
        for m, n in overlap.links:
            low, high = sorted((find((overlap.first, m)), find((overlap.second, n))))
            first[high] = low
    places = sorted({find(place) for place in list(first)})
    lines = [(texts[t].article.id, texts[t].lines[n].sentence) for t, n in places]
    return tuple(Citation(article, s.start, s.end, s.text) for article, s in lines)


def _closeness(texts: Sequence[Text], overlaps: Sequence[Overlap]) -> str:
    """Say how the loosest-bound member hangs on: "13 of 20 sentences word for word in fox and guardian"."""
    strongest: dict[int, Overlap] = {}
    for overlap in overlaps:
        for number in (overlap.first, overlap.second):
            if number not in strongest or overlap.share > strongest[number].share:
                strongest[number] = overlap
    weakest = min(strongest.values(), key=lambda o: (o.share, o.first, o.second))
    pair = (weakest.first, weakest.second)
    between = _listed([texts[number].article.outlet for number in pair])
    others = [texts[number].article.outlet for number in sorted(strongest) if number not in pair]
    rest = f"; {_listed(others)} {'shares' if len(others) == 1 else 'share'} more" if others else ""
    if weakest.exact == weakest.copied:
        return f"{weakest.copied} of {weakest.sentences} sentences word for word in {between}{rest}"
    how = f"{weakest.exact} of them word for word" if weakest.exact else "with light edits"
    return f"{weakest.copied} of {weakest.sentences} sentences copied in {between}, {how}{rest}"


def _credit_words(agency: str | None, articles: Sequence[Article], credited: Sequence[tuple[Credit, ...]]) -> str:
    if agency is None:
        several = sorted({_with_article(c.agency) for credits in credited for c in credits if c.role != "picture"})
        return f"{_listed(several)} are credited" if several else "no agency is named"
    naming = [
        article.outlet
        for article, credits in zip(articles, credited, strict=True)
        if agency_of_outlet(article.outlet) == agency
        or any(credit.agency == agency and credit.role != "picture" for credit in credits)
    ]
    if not naming:
        return f"the shared text names {_with_article(agency)} as its own"
    if len(naming) == len(articles):
        return f"{'both' if len(naming) == 2 else 'all'} credit {_with_article(agency)}"
    return f"{_listed(naming)} {'credits' if len(naming) == 1 else 'credit'} {_with_article(agency)}"


def _clipped(words: str) -> str:
    return f"“{words if len(words) <= 60 else words[:59].rstrip() + '…'}”"


def _with_article(agency: str) -> str:
    return f"the {agency}" if agency.endswith(("Press", "Service")) else agency


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
