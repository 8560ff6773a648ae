"""A briefing that is being corrected: its parts as lists, and how its lines are tied to one another."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from accord.corrections.places import Places, overlap, size
from accord.corrections.verdicts import count_origins, in_order, judged
from accord.records import (
    Briefing,
    Citation,
    Commitment,
    Figure,
    Finding,
    Origin,
    Passage,
    Quote,
    Rejected,
    Spanned,
    SummarySentence,
    TimelineEntry,
    Utterance,
)

STAGE = "correct"
_Item = TypeVar("_Item", Quote, Figure, Commitment)
_DIFFER = re.compile(r", though reports differ on (?:the figure|the date|the place|who)(?: \(“.*”\))?(?=[.!?…]?$)")
_SIDES = re.compile(r"^(?:Reports differ on|Reports contradict each other|Speakers contradict each other)\b")
_ONLY = re.compile(r"^Only (?P<outlets>.+?) reports?: ")


@dataclass(slots=True)
class Draft:
    """What corrections work on. `briefing` is the machine's, and stays as it is."""

    briefing: Briefing
    places: Places
    findings: list[Finding]
    origins: list[Origin]
    passages: list[Passage]
    quotes: list[Quote]
    figures: list[Figure]
    commitments: list[Commitment]
    timeline: list[TimelineEntry]
    summary: list[SummarySentence]
    rejected: list[Rejected]
    utterances: list[Utterance]

    @classmethod
    def of(cls, briefing: Briefing, later: Mapping[str, str]) -> Draft:
        return cls(
            briefing,
            Places.of(briefing.articles, later),
            list(briefing.findings),
            list(briefing.origins),
            list(briefing.passages),
            list(briefing.quotes),
            list(briefing.figures),
            list(briefing.commitments),
            list(briefing.timeline),
            list(briefing.summary),
            list(briefing.rejected),
            list(briefing.utterances),
        )

    def done(self) -> Briefing:
        """Return the corrected briefing; the machine's where nothing was changed."""
        made = replace(
            self.briefing,
            findings=tuple(self.findings),
            origins=tuple(self.origins),
            passages=tuple(self.passages),
            quotes=tuple(self.quotes),
            figures=tuple(self.figures),
            commitments=tuple(self.commitments),
            timeline=tuple(self.timeline),
            summary=tuple(self.summary),
            rejected=tuple(sorted(self.rejected, key=lambda item: (item.stage, item.what, item.reason)))
            if len(self.rejected) != len(self.briefing.rejected)
            else tuple(self.rejected),
            utterances=tuple(self.utterances),
        )
        return self.briefing if made == self.briefing else made

    def outlets(self, evidence: Sequence[Citation]) -> tuple[str, ...]:
        """Return the outlets that carry `evidence`, sorted."""
        known = self.places.articles
        return tuple(sorted({known[each.article].outlet for each in evidence if each.article in known}))

    def judged(self, finding: Finding, bare: float | None = None) -> Finding:
        """Return `finding` with the origins of its evidence, the verdict and the weight that follow."""
        return judged(finding, count_origins(finding.evidence, self.origins, self.passages), bare)

    def put(self, changed: Mapping[str, Finding | None], fresh: Sequence[Finding] = ()) -> None:
        """Put findings in the place of those with their ids (None: nothing), add `fresh` ones, and tie all anew."""
        before = {finding.id: finding for finding in self.findings}
        kept = [changed.get(finding.id, finding) for finding in self.findings]
        after = [*(finding for finding in kept if finding is not None), *fresh]
        moved = fresh or any(new is None or new.weight != before[old].weight for old, new in changed.items())
        self.findings = in_order(after) if moved else after
        touched = {*changed, *(finding.id for finding in fresh)}
        said = {utterance.id for finding in after for utterance in finding.utterances}
        gone = {u.id for finding in before.values() for u in finding.utterances} - said
        self.utterances = [utterance for utterance in self.utterances if utterance.id not in gone]
        self.quotes = [
            replace(quote, utterance=None) if quote.utterance in gone else quote
            for quote in self._tied(self.quotes, touched)
        ]
        self.figures = self._tied(self.figures, touched)
        self.commitments = self._tied(self.commitments, touched)
        dropped = {old for old, new in changed.items() if new is None}
        self.timeline = [
            replace(entry, finding=self._carrier(entry, touched)) if entry.finding in touched else entry
            for entry in self.timeline
            if entry.finding not in dropped
        ]
        self._retell(before)

    def retie(self, old: str, new: str) -> None:
        """Say of all that the finding `old` carries that `new` carries it: it is merged into that."""

        def tied(items: list[_Item]) -> list[_Item]:
            return [replace(item, finding=new) if item.finding == old else item for item in items]

        self.quotes, self.figures, self.commitments = tied(self.quotes), tied(self.figures), tied(self.commitments)
        self.timeline = [replace(each, finding=new) if each.finding == old else each for each in self.timeline]
        self.summary = [
            replace(line, findings=tuple(dict.fromkeys(new if name == old else name for name in line.findings)))
            for line in self.summary
        ]

    def edit_quotes(self, change: Callable[[Quote], Quote]) -> None:
        self.quotes = [change(quote) for quote in self.quotes]

    def edit_figures(self, change: Callable[[Figure], Figure]) -> None:
        self.figures = [change(figure) for figure in self.figures]

    def edit_commitments(self, change: Callable[[Commitment], Commitment]) -> None:
        self.commitments = [change(commitment) for commitment in self.commitments]

    def _tied(self, items: Sequence[_Item], touched: Collection[str]) -> list[_Item]:
        """Return `items`, those of `touched` findings with the finding that carries them by now."""
        cited = [(citation, finding) for finding in self.findings for citation in finding.evidence]
        kept = {finding.id: finding for finding in self.findings}
        found = []
        for item in items:
            if item.finding in touched and not _holds(kept.get(item.finding or ""), item):
                item = replace(item, finding=carrier(item, [c for c in cited if c[0].article == item.article]))
            found.append(item)
        return found

    def _carrier(self, entry: TimelineEntry, touched: Collection[str]) -> str | None:
        """Return which of the `touched` findings shares most with `entry`; the one that carried it of equals."""
        shares = [
            (sum(overlap(c, e) for c in f.evidence for e in entry.evidence if c.article == e.article), f)
            for f in self.findings
            if f.id in touched
        ]
        best = max(shares, key=lambda each: (each[0], each[1].id == entry.finding), default=None)
        return best[1].id if best and (best[0] or best[1].id == entry.finding) else None

    def _retell(self, before: Mapping[str, Finding]) -> None:
        """Leave out sentences of the summary that no finding carries; take back what they say of an old verdict."""
        after = {finding.id: finding for finding in self.findings}
        told = []
        for line in self.summary:
            names = tuple(name for name in line.findings if name in after)
            if not names:
                continue
            same = names == line.findings and all(
                name in before and before[name].verdict == after[name].verdict for name in names
            )
            text = line.text if same else self._retold(line.text, [after[name] for name in names])
            if text is not None:
                told.append(replace(line, text=text, findings=names))
        self.summary = told

    def _retold(self, text: str, findings: Sequence[Finding]) -> str | None:
        """Return a sentence of the summary as the verdicts of `findings` let it stand; None where they do not."""
        if not any(finding.verdict == "disputed" for finding in findings):
            if _SIDES.match(text):
                return None
            text = _DIFFER.sub("", text)
        single = all(finding.verdict == "single" for finding in findings)
        only = _ONLY.match(text)
        if only and not single:
            text = text[only.end() :]
        elif single and not only and not _SIDES.match(text):
            outlets = sorted({_label(outlet) for finding in findings for outlet in finding.outlets})
            if set(outlets) != {_label(article.outlet) for article in self.briefing.articles}:
                text = f"Only {' and '.join(outlets)} {'report' if len(outlets) > 1 else 'reports'}: {text}"
        return text


def carrier(item: Spanned, cited: Sequence[tuple[Citation, Finding]]) -> str | None:
    """Return the id of the finding that `item` belongs to, by the rule of `brief`: the heaviest that holds most of it.

    `cited` are the citations of its article, each with its finding.
    """
    shared = [(overlap(citation, item), citation, finding) for citation, finding in cited]
    shared = [each for each in shared if each[0] * 2 >= min(size(item), size(each[1])) > 0]
    if not shared:
        return None
    most = max(each[0] for each in shared)
    close = [each for each in shared if each[0] * 2 >= most]
    return max(close, key=lambda each: (each[2].weight, -size(each[1]), each[2].id))[2].id


def _holds(finding: Finding | None, item: Quote | Figure | Commitment) -> bool:
    return finding is not None and any(c.article == item.article and overlap(c, item) for c in finding.evidence)


def _label(outlet: str) -> str:
    return outlet.removeprefix("www.")
