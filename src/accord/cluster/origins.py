"""Groups articles into origins: those that carry most of one text count once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from accord.cluster.agencies import agencies_in, agency_of_outlet, agency_speaking
from accord.cluster.lines import read_text
from accord.cluster.order import in_order
from accord.cluster.overlaps import find_overlaps
from accord.records import Origin, content_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accord.cluster.lines import Text
    from accord.cluster.overlaps import Overlap
    from accord.records import Analysis, Article


def find_origins(articles: Sequence[Article], analyses: Sequence[Analysis]) -> tuple[Origin, ...]:
    """Return the origins of `articles`, each article in exactly one, in canonical order of their first articles.

    Articles belong together when most of the shorter one's running text, quotes left out, is copied. A credit alone
    merges nothing: it only names the agency of an origin.
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
    credited = [_credited(texts[number].article, analyses[number]) for number in group]
    ids = tuple(article.id for article in articles)
    identity = content_id("origin", *(part for a in articles for part in (a.outlet, a.id, a.text)))
    if len(group) == 1:
        return _own(identity, ids, credited[0], articles[0].outlet)
    votes = Counter(name for names in credited for name in names)
    votes.update(name for article in articles if (name := agency_of_outlet(article.outlet)))
    if not votes:
        spoken = (agency_speaking(line) for line in _shared_sentences(texts, overlaps))
        votes.update(name for name in spoken if name)
    agency = min(votes, key=lambda name: (-votes[name], name)) if votes else None
    why = f"{_closeness(texts, overlaps)}; {_credit_words(agency, articles, credited)}"
    return Origin(identity, ids, "agency" if agency else "copy", agency, why)


def _own(identity: str, ids: tuple[str, ...], credited: tuple[str, ...], outlet: str) -> Origin:
    others = [name for name in credited if name != agency_of_outlet(outlet)]
    if not others:
        return Origin(identity, ids, "own", None, "own text")
    verb = "is" if len(others) == 1 else "are"
    return Origin(
        identity, ids, "own", others[0], f"own text; {_listed([_with_article(n) for n in others])} {verb} credited"
    )


def _credited(article: Article, analysis: Analysis) -> tuple[str, ...]:
    credits = (*article.credits, *analysis.credits)
    return tuple(dict.fromkeys(name for credit in credits for name in agencies_in(credit)))


def _shared_sentences(texts: Sequence[Text], overlaps: Sequence[Overlap]) -> list[str]:
    return [texts[o.first].lines[m].sentence.text for o in overlaps for m, _ in o.links]


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


def _credit_words(agency: str | None, articles: Sequence[Article], credited: Sequence[tuple[str, ...]]) -> str:
    if agency is None:
        return "no agency is named"
    naming = [
        article.outlet
        for article, names in zip(articles, credited, strict=True)
        if agency in names or agency_of_outlet(article.outlet) == agency
    ]
    if not naming:
        return f"the shared text names {_with_article(agency)} as its own"
    if len(naming) == len(articles):
        return f"{'both' if len(naming) == 2 else 'all'} credit {_with_article(agency)}"
    return f"{_listed(naming)} {'credits' if len(naming) == 1 else 'credit'} {_with_article(agency)}"


def _with_article(agency: str) -> str:
    return f"the {agency}" if agency.endswith(("Press", "Service")) else agency


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
