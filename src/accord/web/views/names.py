"""What a person's or body's page shows: all that they said, by whom it is reported, and where reports differ on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from accord.records import Briefing, Finding, Name, Quote
from accord.renderers.heard import Heard, asides, hear, manner
from accord.renderers.outline import outlet_labels
from accord.renderers.words import plain
from accord.stores.folding import fold
from accord.stores.store import Named
from accord.web.views.places import finding_at, passage_at
from accord.web.views.wordings import Piece, differing

KINDS = {"person": "person", "organisation": "body", "place": "place"}
_MOST_QUOTES = 400
_MOST_SHOWN = 60
_DENIES = ("den", "reject", "dismiss", "disput", "refut", "contradict", "rebut")


@dataclass(frozen=True, slots=True)
class Report:
    """Who reports words: the outlet's label, and the address of the exact characters."""

    outlet: str
    href: str


@dataclass(frozen=True, slots=True)
class Version:
    """Words as some reports give them, in pieces with whether they differ from the other versions."""

    pieces: tuple[Piece, ...]
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance. `how` says more than that it was said ("denied"); `quoted` is true of words in quotation marks.

    `versions` are the wordings of reports that differ inside the marks, `reported` other reports' paraphrases.
    `verdict` is that of the finding that carries it, `href` the address of that.
    """

    text: str
    quoted: bool
    how: str
    denial: bool
    around: str | None
    reports: tuple[Report, ...]
    versions: tuple[Version, ...] = ()
    reported: tuple[Version, ...] = ()
    verdict: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class InStory:
    """What somebody said in one story; `more` counts the utterances that are not shown."""

    id: str
    title: str
    day: str | None
    role: str | None
    said: tuple[Said, ...]
    more: int = 0


def in_story(story: str, briefing: Briefing, name: str) -> InStory:
    """Return what a person or body (by the fullest name) said in a story: once each, as all its reports give it."""
    wanted = fold(name)
    known = [one for one in briefing.names if fold(one.name) == wanted]
    theirs = _theirs(briefing, known, wanted)[:_MOST_QUOTES]
    heard = [one for each in hear(replace(briefing, quotes=tuple(theirs))).values() for one in each]
    labels = outlet_labels(briefing.articles)
    findings = {finding.id: finding for finding in briefing.findings}
    shown = tuple(_said(one, labels, findings, story) for one in heard[:_MOST_SHOWN])
    days = [article.published for article in briefing.articles if article.published]
    role = next((one.role for one in known if one.role), None)
    return InStory(story, briefing.title, max(days, default=None), role, shown, len(heard) - len(shown))


def forms(named: Named) -> list[str]:
    """Return the other forms of a name, those that differ only in case once."""
    found = {fold(form): form for form in reversed(named.aliases) if fold(form) != fold(named.name)}
    return list(reversed(found.values()))


def apart(told: Mapping[str, InStory]) -> list[tuple[str, Said]]:
    """Return what is denied, disputed or worded differently, with the id that each has on the page."""
    return [
        (f"q-{story}-{number}", one)
        for story, found in told.items()
        for number, one in enumerate(found.said, 1)
        if one.denial or one.versions or one.verdict == "disputed"
    ]


def _theirs(briefing: Briefing, known: list[Name], wanted: str) -> list[Quote]:
    """Return the quotes of somebody: under a form of their name, and those of the same utterances."""
    ids = {one.id for one in known}
    forms: Mapping[str, set[str]] = {
        article: {fold(form) for one in known if article in one.articles for form in (one.name, *one.aliases)}
        for article in {article for one in known for article in one.articles}
    }

    def theirs(quote: Quote) -> bool:
        speaker = fold(quote.speaker or "")
        return quote.speaker_id in ids or speaker == wanted or speaker in forms.get(quote.article, ())

    own = [quote for quote in briefing.quotes if theirs(quote)]
    told = {quote.utterance for quote in own if quote.utterance}
    return [quote for quote in briefing.quotes if quote.utterance in told or theirs(quote)]


def _said(heard: Heard, labels: Mapping[str, str], findings: Mapping[str, Finding], story: str) -> Said:
    how, text = manner(heard), plain(heard.best.text).rstrip(" ,")
    cues = {plain(quote.cue or "").lower() for quote in heard.quotes}
    denial = any(word.startswith(_DENIES) for cue in cues for word in cue.split())
    first = {quote.article: quote for quote in reversed(heard.quotes)}
    quoting = {quote.article: quote for quote in reversed(heard.marked)}
    versions: list[Version] = []
    reported: list[Version] = []
    for aside in asides(heard):
        texts = [side.value for side in aside.sides]
        pieces = differing(texts) if len(texts) > 1 else [((text, False),) for text in texts]
        for side, words in zip(aside.sides, pieces, strict=True):
            of = quoting if aside.how == "worded differently" else first
            by = tuple(
                _report(of.get(article, first[article]), labels) for article in side.articles if article in first
            )
            (versions if aside.how == "worded differently" else reported).append(Version(words, by))
    finding = next((findings[key] for quote in heard.quotes if (key := quote.finding or "") in findings), None)
    plainly = [quote for quote in first.values() if not heard.marked or quote.article in quoting]
    return Said(
        text,
        bool(heard.marked),
        "denied" if denial and not how else how,
        denial,
        heard.around and plain(heard.around),
        tuple(_report(quoting.get(quote.article, quote), labels) for quote in reversed(plainly)),
        tuple(versions),
        tuple(reported),
        finding.verdict if finding else None,
        finding_at(story, finding.id) if finding else None,
    )


def _report(quote: Quote, labels: Mapping[str, str]) -> Report:
    return Report(labels.get(quote.article, quote.article), passage_at(quote.article, quote.start, quote.end))
