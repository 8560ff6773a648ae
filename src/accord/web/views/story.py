"""What the pages of a story are made of: its briefing as people corrected it, outlined, and where all of it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from accord.corrections import applied
from accord.renderers import words
from accord.renderers.outline import Line, Outline
from accord.renderers.outliner import outline
from accord.web.views.places import finding_at, name_at, passage_at, segment

if TYPE_CHECKING:
    from accord.corrections import Applied, Unmatched
    from accord.records import Article, Briefing, Citation, Correction, Finding, LedgerLine, Origin, Update
    from accord.stores.store import StoryLine

TABS = (
    ("", "Briefing"),
    ("reader", "Side by side"),
    ("matrix", "Matrix"),
    ("origins", "Origins"),
    ("timeline", "Timeline"),
    ("outlets", "Left out"),
    ("versions", "Changes"),
)
NEVER = 1_000_000
ALL, NAMED = 1, 4  # more reports than these are not named one by one
Ledgered = tuple["LedgerLine", "str | None"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What may have changed since a page was made: the story's line, corrections, lines of the ledger, last updates."""

    line: StoryLine
    corrections: tuple[Correction, ...] = ()
    ledgered: tuple[Ledgered, ...] = ()
    updates: tuple[Update, ...] = ()

    @property
    def mark(self) -> str:
        """A short mark that is another once any of it changed."""
        parts = [repr(self.line), *(one.id for one in self.corrections), *(one.id for one in self.updates)]
        parts += [f"{line.id}{entry}" for line, entry in self.ledgered]
        return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Fix:
    """A correction that a line shows: its words, and the passages that it is about."""

    correction: Correction
    changed: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A story as its pages show it. `machine` is true where the corrections are left out; `at` is its address."""

    line: StoryLine
    briefing: Briefing
    shown: Outline
    updates: tuple[Update, ...] = ()
    fixes: tuple[Applied, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    machine: bool = False
    corrected: int = 0
    findings: Mapping[str, Finding] = field(default_factory=dict)
    numbered: Mapping[str, Line] = field(default_factory=dict)
    articles: Mapping[str, Article] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    carriers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, tuple[tuple[int, int, str], ...]] = field(default_factory=dict)

    # addresses --------------------------------------------------------------------------------------------------------

    @property
    def at(self) -> str:
        """The story's address."""
        return f"/stories/{segment(self.line.id)}"

    @property
    def kept(self) -> str:
        """What stands behind the addresses of a story's pages, so that they too show the machine's answer."""
        return "?corrections=off" if self.machine else ""

    def tabs(self) -> list[tuple[str, str, str]]:
        """Return key, name and address of each page."""
        return [(key, name, f"{self.at}{'/' if key else ''}{key}{self.kept}") for key, name in TABS]

    def finding_at(self, finding: str) -> str:
        """Return the address of a finding's page."""
        return finding_at(self.line.id, finding) + self.kept

    def evidence_at(self, finding: str) -> str:
        """Return where the reports that carry a finding stand side by side."""
        return f"{self.at}/reader?finding={segment(finding)}{'&corrections=off' if self.machine else ''}#at"

    def line_at(self, line: Line) -> str | None:
        """Return the address of what a line is about: the page of its finding, else where its words stand."""
        if line.findings:
            return self.finding_at(line.findings[0])
        first = line.evidence[0] if line.evidence else None
        return passage_at(first.article, first.start, first.end) if first else None

    def correct_at(self, line: Line, kind: str) -> str:
        """Return the address of the form that corrects a finding, or a quote, figure or commitment where it stands."""
        if kind == "finding":
            return f"{self.at}/correct?finding={segment(line.findings[0])}"
        first = line.evidence[0]
        return f"{self.at}/correct?article={segment(first.article)}&start={first.start}&end={first.end}&kind={kind}"

    def places(
        self, evidence: Iterable[Citation], articles: Sequence[str] | None = None, most: int = NEVER
    ) -> list[tuple[str, str]]:
        """Return label and address of the first passage in each report that carries `evidence`, in their order."""
        first: dict[str, Citation] = {}
        for citation in evidence:
            if articles is None or citation.article in articles:
                first.setdefault(citation.article, citation)
        order = [article for article in self.shown.labels if article in first][:most]
        cited = [(a, first[a]) for a in order]
        return [(self.shown.labels[a], f"{article_at(a)}?at={one.start}-{one.end}#at") for a, one in cited]

    def cited(self, line: Line, most: int = NEVER) -> tuple[list[tuple[str, str]], int]:
        """Return where the words of a line stand, by report, and how many reports more there is no room for.

        Of a finding that all of several reports carry none is named: they stand side by side.
        """
        carriers = {citation.article for citation in line.evidence if not line.by or citation.article in line.by}
        if line.findings and len(carriers) > ALL and len(carriers) == len(self.shown.labels):
            return [], len(carriers)
        room = min(most, NAMED if line.findings and len(carriers) > NAMED + 1 else NEVER)
        return self.places(line.evidence, line.by or None, room), max(0, len(carriers) - room)

    def sharing(self, shared: str) -> str:
        """Return which reports carry a passage, in words: "in Herald, Post"."""
        carriers = {passage.article for passage in self.briefing.passages if passage.shared == shared}
        names = [label for article, label in self.shown.labels.items() if article in carriers]
        return f"in {', '.join(names[:6])}" + (f" and {len(names) - 6} more" if len(names) > 6 else "")

    def numbers(self, see: Iterable[int]) -> list[tuple[int, str]]:
        """Return the numbers of findings with their addresses."""
        return [(n, self.finding_at(self.numbered[f"f{n}"].findings[0])) for n in see if f"f{n}" in self.numbered]

    def number(self, finding: str) -> int | None:
        """Return a finding's number in the briefing, None where it has none."""
        line = self.numbered.get(finding)
        return line.number if line else None

    def gist(self, line: Line) -> str:
        """Return the words of a line; of a dispute that has none of its own, the gist of its finding."""
        return line.text or (words.plain(self.findings[line.findings[0]].gist) if line.findings else "")

    def gist_of(self, finding: str) -> str:
        """Return the gist of a finding on one line."""
        line = self.numbered.get(finding)
        return self.gist(line) if line else words.plain(self.findings[finding].gist)

    def person_at(self, title: str) -> str | None:
        """Return the address of a speaker whom the briefing names."""
        kind = self.people.get(title)
        return name_at(title, kind) if kind else None

    # what a line carries ----------------------------------------------------------------------------------------------

    def entry(self, line: Line) -> str | None:
        """Return the entry of the ledger that a commitment is in."""
        for citation in line.evidence:
            for start, end, entry in self.entries.get(citation.article, ()):
                if start < citation.end and citation.start < end:
                    return entry
        return None

    def fixed(self, line: Line) -> list[Fix]:
        """Return the corrections that touch a line: its finding, or the very words of a quote, figure or commitment."""
        if not self.fixes:
            return []
        return [Fix(one.correction, one.changed) for one in self.fixes if self._touches(one, line)]

    def fixed_finding(self, finding: str) -> list[Fix]:
        """Return the corrections that touch a finding."""
        return [Fix(one.correction, one.changed) for one in self.fixes if finding in one.findings]

    def _touches(self, one: Applied, line: Line) -> bool:
        if line.number is not None or one.correction.kind not in ("speaker", "value"):
            return bool(line.number is not None and set(line.findings) & set(one.findings))
        return any(
            c.article == p.article and c.start < p.end and p.start < c.end
            for c in line.evidence
            for p in one.correction.passages
        )

    # the head of each page --------------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The story's title on one line."""
        return self.shown.title

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many findings have each verdict."""
        verdicts = [finding.verdict for finding in self.briefing.findings]
        return [(verdict, verdicts.count(verdict)) for verdict in ("corroborated", "disputed", "single")]

    @property
    def outlets(self) -> list[str]:
        """Who publishes, each once."""
        return list(dict.fromkeys(words.plain(a.outlet).removeprefix("www.") for a in self.briefing.articles))

    def named(self, correction: Correction) -> str:
        """Return what the machine said in the place of a correction; empty where it replaced nothing."""
        return words.trim(correction.before or "", 120)


def read(
    standing: Standing, briefing: Briefing, *, machine: bool = False, later: Mapping[str, str] | None = None
) -> Reading:
    """Return what the pages of a story show: corrections applied, unless the `machine`'s answer is asked for.

    `later` says which version stands in the place of articles that corrections name and that were replaced.
    """
    result = applied(briefing, standing.corrections, later)
    chosen = briefing if machine else result.briefing
    shown = outline(chosen)
    numbered: dict[str, Line] = {}
    for line in numbered_lines(shown):
        numbered[line.key] = numbered[line.findings[0]] = line
    return Reading(
        line=standing.line,
        briefing=chosen,
        shown=shown,
        updates=standing.updates,
        fixes=() if machine else result.applied,
        unmatched=() if machine else result.unmatched,
        machine=machine,
        corrected=len(result.applied),
        findings={finding.id: finding for finding in chosen.findings},
        numbered=numbered,
        articles={article.id: article for article in chosen.articles},
        origins={article: origin for origin in chosen.origins for article in origin.articles},
        carriers={f.id: frozenset(citation.article for citation in f.evidence) for f in chosen.findings},
        people={words.plain(name.name): name.kind for name in chosen.names if name.kind != "place"},
        entries=_entries(standing.ledgered),
    )


@lru_cache(maxsize=4096)
def article_at(article: str) -> str:
    """Return the address of an article's page."""
    return f"/articles/{segment(article)}"


def numbered_lines(shown: Outline) -> list[Line]:
    """Return the lines of all numbered findings, by number."""
    lines = [line for line in (*shown.lead.lines, *shown.agreed.lines) if line.number]
    lines += [dispute.line for dispute in shown.disputed]
    lines += [line for group in shown.single for line in group.lines]
    return sorted((line for line in lines if line.findings), key=lambda line: line.number or 0)


def item_lines(shown: Outline) -> list[Line]:
    """Return the lines of quotes, figures, commitments and dates."""
    lines = [line for speaker in shown.speakers for line in speaker.lines]
    return [*lines, *shown.figures.lines, *shown.commitments.lines, *shown.timeline.lines]


def weight_of(reading: Reading) -> int:
    """Return about how many bytes a reading takes in memory."""
    return 20_000 + 6 * sum(len(a.text) for a in reading.briefing.articles) + 4_000 * len(reading.briefing.findings)


def _entries(ledgered: Iterable[Ledgered]) -> dict[str, tuple[tuple[int, int, str], ...]]:
    found: dict[str, list[tuple[int, int, str]]] = {}
    for line, entry in ledgered:
        if entry is not None:
            found.setdefault(line.article, []).append((line.start, line.end, entry))
    return {article: tuple(spans) for article, spans in found.items()}
