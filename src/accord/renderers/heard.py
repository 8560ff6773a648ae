"""Who said what: quotes as utterances, each once, by speaker; quoted ones first, then those only reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from accord.records import Briefing, Quote, Utterance, Value
from accord.renderers import words
from accord.renderers.outline import Aside, Side
from accord.renderers.same import same_quote

# Cues that say no more than that something was said.
_PLAIN = frozenset(
    """
    say says said saying tell tells told telling add adds added adding state states stated stating note notes noted
    noting explain explains explained explaining report reports reported reporting write writes wrote writing
    continue continues continued announce announces announced announcing per according
    """.split()
) | {"", "according to"}
FRAGMENT = 5  # a mixed quote of no more words is shown inside the reported words around it


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance of one speaker: the quotes that give it, in order, and how the words inside their marks differ."""

    quotes: tuple[Quote, ...]
    wording: tuple[Value, ...] = ()

    @property
    def marked(self) -> tuple[Quote, ...]:
        """The quotes whose words stand in quotation marks."""
        return tuple(quote for quote in self.quotes if quote.kind != "indirect")

    @property
    def reported(self) -> tuple[Quote, ...]:
        """The indirect quotes of reports that do not quote the words; all of them where no report does."""
        quoting = {quote.article for quote in self.marked}
        return tuple(quote for quote in self.quotes if quote.kind == "indirect" and quote.article not in quoting)

    @property
    def best(self) -> Quote:
        """The quote to show: the longest of those in quotation marks, else of the others."""
        return max(self.marked or self.quotes, key=lambda quote: len(quote.text))

    @property
    def around(self) -> str | None:
        """The reported words around a best quote that is but a fragment of them."""
        best = self.best
        if best.kind != "mixed" or len(words.words(best.text)) > FRAGMENT:
            return None
        hosts = [quote.text for quote in self.quotes if quote.kind == "indirect" and overlaps(quote, best)]
        words_around = max(hosts, key=len) if hosts else " … ".join(span.text for span in best.content)
        return words_around.removeprefix("that ") or None


def overlaps(one: Quote, other: Quote) -> bool:
    """Tell whether two quotes share characters of one article."""
    return one.article == other.article and one.start < other.end and other.start < one.end


def hear(briefing: Briefing) -> dict[str, list[Heard]]:
    """Return the utterances of each speaker, by the name that the briefing lists; "" for nobody."""
    told = {utterance.id: utterance for utterance in briefing.utterances}
    called = _caller(briefing)
    names = {words.plain(name.name) for name in briefing.names}
    groups: dict[str, list[Quote]] = {}
    for at, quote in enumerate(briefing.quotes):
        groups.setdefault(quote.utterance or f"alone {at}", []).append(quote)
    spoken: dict[str, list[list[Quote]]] = {}
    for quotes in groups.values():
        votes = Counter(name for quote in quotes if (name := called(quote)))
        speaker = max(votes, key=lambda name: (name in names, votes[name], len(name), name)) if votes else ""
        spoken.setdefault(speaker, []).append(quotes)
    return {speaker: [_heard(quotes, told) for quotes in _merge(each)] for speaker, each in spoken.items()}


def manner(heard: Heard) -> str:
    """Return the cue of reported words that nobody quotes, where it says more than that they were said: "denied"."""
    cue = words.plain(heard.best.cue or "").lower()
    return "" if (heard.marked and heard.around is None) or cue in _PLAIN else cue


def asides(heard: Heard) -> tuple[Aside, ...]:
    """Return how other reports give an utterance that one quotes: in other words inside the marks, or reported."""
    if not heard.marked:
        return ()
    reported: dict[str, list[str]] = {}
    for quote in heard.reported:
        reported.setdefault(words.plain(quote.text).rstrip(" ,"), []).append(quote.article)
    found = [Aside("paraphrased by", (Side(text, tuple(articles)),)) for text, articles in reported.items()]
    if heard.wording:
        sides = tuple(Side(words.plain(value.value), value.articles) for value in heard.wording)
        found.insert(0, Aside("worded differently", sides))
    return tuple(found)


def _heard(quotes: Sequence[Quote], told: dict[str, Utterance]) -> Heard:
    ids = dict.fromkeys(quote.utterance for quote in quotes if quote.utterance)
    wording = tuple(value for id in ids if id in told for value in told[id].wording)
    return Heard(tuple(quotes), wording)


def _merge(groups: Iterable[list[Quote]]) -> list[list[Quote]]:
    """Join groups of one speaker where they overlap in an article or have the same words; order is kept."""
    merged: list[list[Quote]] = []
    for quotes in groups:
        for other in merged:
            if _one(other, quotes):
                other.extend(quotes)
                break
        else:
            merged.append(list(quotes))
    return merged


def _one(group: Sequence[Quote], other: Sequence[Quote]) -> bool:
    """Tell whether two groups overlap in an article, or have the same words and were not told apart before."""
    if any(overlaps(x, y) for x in group for y in other):
        return True
    apart = any(quote.utterance for quote in group) and any(quote.utterance for quote in other)
    return not apart and any(
        (x.kind == y.kind == "indirect" or "indirect" not in (x.kind, y.kind)) and same_quote(x, y)
        for x in group
        for y in other
    )


def _caller(briefing: Briefing) -> Callable[[Quote], str]:
    """Return what tells a quote's speaker as the briefing lists the name, else in the report's words."""
    listed: dict[tuple[str, str], str] = {}
    for name in briefing.names:
        for article in name.articles:
            for form in (name.name, *name.aliases):
                listed.setdefault((article, form), name.name)
    phrases: dict[str, str] = {}

    def call(quote: Quote) -> str:
        phrase = words.plain(quote.speaker or "")
        known = words.plain(listed.get((quote.article, quote.speaker or ""), ""))
        return known or phrases.setdefault(phrase.casefold().removeprefix("the "), phrase)

    return call
