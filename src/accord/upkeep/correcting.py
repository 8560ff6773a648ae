"""Keeps what people say against the machine's answer, and draws its consequences: stories regrouped, counts made anew.

The machine's own answer stays as it is: its briefings, its ledger, its grouping.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord.errors import CorrectionError
from accord.records import Update
from accord.upkeep.clock import now
from accord.upkeep.constraints import KINDS, last_versions
from accord.upkeep.placing import replace_stories

if TYPE_CHECKING:
    from accord.corrections import Corrected, CorrectedLedger
    from accord.records import Article, Briefing, Correction, LedgerEntry
    from accord.stores import Store

_LEDGER = ("entry dismissed", "status")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A correction as it is kept, the ids of the stories that it bears on, and what was told of them.

    Stories that it regrouped are out of date until `refresh` briefs them.
    """

    correction: Correction
    stories: tuple[str, ...] = ()
    updates: tuple[Update, ...] = ()


def correct(store: Store, correction: Correction) -> Drawn:
    """Keep `correction` and draw its consequences, in one transaction; one that is kept already changes nothing.

    Stories that it merges or splits are regrouped at once, and stay so whatever comes later; of others the findings are
    counted anew. Raises CorrectionError where it names articles or words that the store does not hold, and where this
    very one was undone before.
    """
    with store.transaction():
        _check(store, correction)
        known = store.correction(correction.id)
        if known is not None and known.undone is not None:
            raise CorrectionError(f"{correction.id}: this correction was undone on {known.undone[:10]}; make it anew")
        store.correct(correction)
        return _drawn(store, correction, correction.at)


def undo(store: Store, identity: str, by: str) -> Drawn:
    """Take back the correction with the id `identity`: the machine's answer stands again, but for other corrections.

    Raises CorrectionError where there is none, or where it was undone before.
    """
    from accord.corrections.values import MOST_NAME, words

    name, at = words(by, "the analyst's name", MOST_NAME), now()
    with store.transaction():
        stood = store.undo(identity, name, at)
        known = store.correction(identity)
        if known is None:
            raise CorrectionError(f"{identity}: there is no correction with this id; see accord corrections")
        if not stood:
            raise CorrectionError(
                f"{identity}: {known.undone_by} undid it on {(known.undone or '')[:10]}; nothing is left"
            )
        return _drawn(store, known, at)


def corrected(store: Store, story: str, *, machine: Briefing | None = None) -> Corrected | None:
    """Return the briefing of a story with the corrections that stand; None where there is no briefing so far.

    `machine` is the briefing to correct where it is not the one that the store holds.
    """
    from accord.corrections import Corrected, applied

    briefing = machine or store.briefing(story)
    if briefing is None:
        return None
    articles = [article.id for article in briefing.articles]
    found = store.corrections(articles) if articles else []
    if not found:
        return Corrected(briefing)
    return applied(briefing, found, later_versions(store, found, briefing.articles))


def corrected_ledger(store: Store, entries: Iterable[LedgerEntry]) -> CorrectedLedger:
    """Return `entries`, as the store gives them, with the corrections that stand: see `corrections.ledger_applied`."""
    from accord.corrections import CorrectedLedger, ledger_applied

    listed = tuple(entries)
    articles = sorted({line.article for entry in listed for line in entry.lines})
    found = store.corrections(articles) if articles and store.corrections(limit=1) else []
    if not found:
        return CorrectedLedger(listed)
    return ledger_applied(listed, found, later_versions(store, found))


def later_versions(store: Store, corrections: Sequence[Correction], articles: Sequence[Article] = ()) -> dict[str, str]:
    """Return the id of the last version of each article that passages of `corrections` name in an earlier one."""
    from accord.stores.evidence import named_in

    known = {article.id for article in articles}
    later: dict[str, str] = {}
    named = sorted({name for one in corrections for name in named_in(one)} - known)
    superseded = {held.article.id for held in store.held(named) if held.superseded}
    for name in named:
        if name in superseded and name not in later:
            versions = store.versions(name)
            later |= {v.article.id: versions[-1].article.id for v in versions[:-1]}
    return later


def recount(store: Store, story: str, briefing: Briefing | None = None) -> None:
    """Count the findings of a story as corrections have them. (Inside a transaction.)

    Of a `briefing` that was kept just now, and counted, only where a correction takes effect in it.
    """
    found = corrected(store, story, machine=briefing)
    if found is not None and (briefing is None or found.applied):
        verdicts = Counter(finding.verdict for finding in found.briefing.findings)
        store.tally(
            story,
            origins=len(found.briefing.origins),
            agreed=verdicts["corroborated"],
            disputed=verdicts["disputed"],
            single=verdicts["single"],
            lead=found.briefing.summary[0].text if found.briefing.summary else "",
        )


def _drawn(store: Store, correction: Correction, at: str) -> Drawn:
    """Draw the consequences of a correction that was kept or undone just now."""
    from accord.stores.evidence import named_in

    names = named_in(correction)
    if correction.kind in KINDS:
        placed = replace_stories(store, names, at)
        return Drawn(correction, placed.stories, placed.updates)
    last = last_versions(store, names).values()
    stories = tuple(dict.fromkeys(version.story for version in last if version.story is not None))
    if correction.kind not in _LEDGER:
        for story in stories:
            recount(store, story)
    return Drawn(correction, stories)


def _check(store: Store, correction: Correction) -> None:
    """Raise CorrectionError where `correction` names what the store does not hold."""
    from accord.stores.evidence import named_in

    texts = {held.article.id: held.article.text for held in store.held(named_in(correction))}
    for name in named_in(correction):
        if name not in texts:
            raise CorrectionError(f"{name}: the store holds no article with this id; correct what it holds")
    for passage in (*correction.passages, *correction.other_passages):
        if texts[passage.article][passage.start : passage.end] != passage.text:
            where = f"{passage.article} {passage.start}-{passage.end}"
            raise CorrectionError(f"{where}: the article has other words there; name the passage as it stands in it")
