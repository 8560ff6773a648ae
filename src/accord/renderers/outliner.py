"""Fills the outline of a briefing: numbers the findings, groups the items, and says each thing once.

A quote, figure, commitment or date whose words already stand in a numbered finding is cut short and only points there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from accord.records import Article, Briefing, Citation, Finding, Origin, Value
from accord.renderers import words
from accord.renderers.heard import Heard, asides, hear, manner
from accord.renderers.outline import NEVER, Dispute, Group, Limits, Line, Outline, Report, Side, Speaker, outlet_labels
from accord.renderers.same import Quoted, citations, merge, same_commitment, same_figure, words_of

STATED = 0.75  # share of the words of an item that must stand in a finding for the item to be only a reference
ABOUT = {
    "value": "how much",
    "actor": "who",
    "place": "where",
    "date": "when",
    "polarity": "whether it is so",
    "status": "how far",
}


def outline(briefing: Briefing, limits: Limits | None = None) -> Outline:
    """Return what each section of the briefing shows, within `limits`."""
    return _Outliner(briefing, limits or Limits()).build()


class _Outliner:
    """Builds one outline: keeps the labels, the numbers given and the words already shown."""

    def __init__(self, briefing: Briefing, limits: Limits) -> None:
        self.briefing = briefing
        self.limits = limits
        self.labels = outlet_labels(briefing.articles)
        self.findings = {finding.id: finding for finding in briefing.findings}
        self.numbers: dict[str, int] = {}
        self.shown: dict[str, str] = {}

    def build(self) -> Outline:
        briefing, limit = self.briefing, self.limits
        stated = self._number_lead()
        agreed = [f for f in briefing.findings if f.verdict == "corroborated" and f.id not in self.numbers]
        disputed = [f for f in briefing.findings if f.verdict == "disputed"]
        for finding in (*agreed[: limit.findings], *disputed[: limit.findings]):
            self._number(finding)
        disputes = tuple(self._dispute(finding) for finding in disputed[: limit.findings])
        single = self._single()
        verdicts = [f.verdict for f in briefing.findings if f.id not in {line.id for line in stated.values()}]
        speakers = self._speakers()
        kept = limit.speakers
        return Outline(
            title=words.plain(briefing.title) or "Briefing",
            counts=self._counts(),
            labels=self.labels,
            lead=Group("Lead", tuple(self._lead(stated))),
            agreed=_group("Agreed", [self._finding(f) for f in agreed], limit.findings),
            disputed=disputes,
            disputed_more=max(0, len(disputed) - limit.findings),
            single=single,
            single_elsewhere=verdicts.count("single") - sum(len(group.lines) + group.more for group in single),
            speakers=speakers[:kept],
            speakers_more=len(speakers[kept:]),
            unheard=sum(_size(each.quoted) + _size(each.reported) for each in speakers[kept:]),
            figures=_group("Figures", self._figures(), limit.items),
            commitments=_group("Commitments", self._commitments(), limit.items),
            timeline=_group("Timeline", self._timeline(), limit.items),
            reports=tuple(self._report(article) for article in briefing.articles),
            rejected=_group("Left out", self._rejected(), limit.rejected),
        )

    # findings ---------------------------------------------------------------------------------------------------------

    def _number(self, finding: Finding) -> None:
        self.numbers[finding.id] = len(self.numbers) + 1
        self.shown[finding.id] = finding.gist

    def _number_lead(self) -> dict[int, Finding]:
        """Number the findings that a sentence of the lead states in full; return them by sentence."""
        stated: dict[int, Finding] = {}
        for at, sentence in enumerate(self.briefing.summary):
            finding = self.findings.get(sentence.findings[0]) if len(sentence.findings) == 1 else None
            if finding is None or finding.verdict == "disputed" or finding.id in self.numbers:
                continue
            if words.covered(finding.gist, by=sentence.text) >= STATED:
                stated[at] = finding
                self._number(finding)
        return stated

    def _lead(self, stated: dict[int, Finding]) -> list[Line]:
        lines = []
        for at, sentence in enumerate(self.briefing.summary):
            if at in stated:
                lines.append(self._finding(stated[at], text=sentence.text))
                continue
            findings = [self.findings[i] for i in sentence.findings if i in self.findings]
            evidence = tuple(citation for finding in findings for citation in finding.evidence)
            ids = self._held(*sentence.findings)
            lines.append(Line(f"l{at}", self._cut(sentence.text), evidence, see=self._see(*ids), findings=ids))
        return lines

    def _finding(self, finding: Finding, text: str | None = None) -> Line:
        number = self.numbers.get(finding.id)
        return Line(
            key=f"f{number}" if number else f"x{finding.id}",
            text=self._cut(text or finding.gist),
            evidence=finding.evidence,
            verdict=finding.verdict,
            number=number,
            notes=tuple(self._notes(finding)),
            findings=(finding.id,),
        )

    def _notes(self, finding: Finding) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Return what only some of the reports add, or say with other precision.

        Left out: other wording alone, what the gist says already (but for details, which not all of its outlets give),
        and values that are no words of the reports.
        """
        evidence = " ".join(citation.text for citation in finding.evidence)
        for difference in finding.differences:
            if not difference.compatible or difference.field == "wording":
                continue
            for value in difference.values:
                repeats = difference.field != "detail" and words.covered(value.value, by=finding.gist) == 1.0
                if not repeats and words.covered(value.value, by=evidence) >= 0.5:
                    yield self._cut(value.value), tuple(self.labels[a] for a in value.articles if a in self.labels)

    def _dispute(self, finding: Finding) -> Dispute:
        apart = [difference for difference in finding.differences if not difference.compatible]
        sides, shared = self._sides(finding, [value for difference in apart for value in difference.values])
        said = " ".join((*(side.value for side in sides), *(c.text for c in finding.evidence)))
        self.shown[finding.id] = f"{finding.gist} {said}"
        line = self._finding(finding)
        if words.covered(finding.gist, by=said) >= STATED:
            line = replace(line, text="")
        between = "the speakers contradict each other" if finding.between == "speakers" else "the reports differ"
        fields = ", ".join(dict.fromkeys(ABOUT.get(d.field, words.plain(d.field)) for d in apart))
        about = f"{fields}: {between}" if fields else between
        about = about[0].upper() + about[1:]
        return Dispute(line, about, sides, shared)

    def _sides(self, finding: Finding, values: list[Value]) -> tuple[tuple[Side, ...], Quoted]:
        """Give each passage to the side whose words it holds most of; return the sides and what no side can claim."""
        articles: dict[str, list[str]] = {}
        for value in values:
            articles.setdefault(words.plain(value.value), []).extend(value.articles)
        if not articles:
            return tuple(Side(self._cut(c.text), (c.article,)) for c in finding.evidence), ()
        claimed: dict[str, list[Citation]] = {value: [] for value in articles}
        shared = []
        for citation in finding.evidence:
            holds = {v: words.covered(v, by=citation.text) for v in articles if citation.article in articles[v]}
            best = [value for value, share in holds.items() if share == max(holds.values())]
            if len(best) == 1 and (len(holds) == 1 or holds[best[0]] >= 0.5):
                claimed[best[0]].append(citation)
            else:
                shared.append(citation)
        sides = []
        for said, passages in claimed.items():
            quotes = [c for c in passages if words.plain(c.text) != said]
            sides.append(Side(self._cut(said), tuple(dict.fromkeys(articles[said])), words_of(quotes)))
        return tuple(sides), words_of(shared)

    def _single(self) -> tuple[Group, ...]:
        """Group what only one origin carries by that origin; quotes and commitments have sections of their own."""
        elsewhere = {(q.finding, "quote") for q in self.briefing.quotes if q.kind != "indirect"}
        elsewhere |= {(c.finding, "commitment") for c in self.briefing.commitments}
        groups: dict[tuple[str, ...], list[Finding]] = {}
        for finding in self.briefing.findings:
            if finding.verdict != "single" or finding.id in self.numbers or (finding.id, finding.kind) in elsewhere:
                continue
            groups.setdefault(self._origins_of(finding), []).append(finding)
        order = {origin.id: at for at, origin in enumerate(self.briefing.origins)}
        shown = []
        for origins in sorted(groups, key=lambda ids: [order.get(i, NEVER) for i in ids]):
            findings = groups[origins]
            for finding in findings[: self.limits.per_origin]:
                self._number(finding)
            title = ", ".join(self._carriers(origins))
            shown.append(_group(title, [self._finding(f) for f in findings], self.limits.per_origin))
        return tuple(shown)

    def _origins_of(self, finding: Finding) -> tuple[str, ...]:
        carriers = {citation.article for citation in finding.evidence}
        return tuple(origin.id for origin in self.briefing.origins if carriers & set(origin.articles))

    def _carriers(self, origins: tuple[str, ...]) -> list[str]:
        held = {a for origin in self.briefing.origins if origin.id in origins for a in origin.articles}
        return [label for article, label in self.labels.items() if article in held] or ["one origin"]

    # items ------------------------------------------------------------------------------------------------------------

    def _speakers(self) -> tuple[Speaker, ...]:
        """Return what each speaker said: those who are quoted most first, nobody last."""
        spoken = hear(self.briefing)

        def rank(speaker: str) -> tuple[bool, int, int]:
            quoted = sum(bool(heard.marked) for heard in spoken[speaker])
            return not speaker, -quoted, quoted - len(spoken[speaker])

        found = []
        for at, speaker in enumerate(sorted(spoken, key=rank)):
            lines = [(heard, self._heard(f"q{at}-{nth}", heard)) for nth, heard in enumerate(spoken[speaker])]
            lines.sort(key=lambda pair: (not pair[1].asides, pair[1].verdict is None))
            quoted = [line for heard, line in lines if heard.marked]
            reported = [line for heard, line in lines if not heard.marked]
            title = speaker or "Nobody named"
            found.append(
                Speaker(
                    title,
                    _group("Quoted", quoted, self.limits.per_speaker),
                    _group("Reported", reported, self.limits.reported),
                )
            )
        return tuple(found)

    def _heard(self, key: str, heard: Heard) -> Line:
        """Return the line of an utterance: quoted words first, then how other reports give it."""
        best = heard.best
        stated = self._states(best.finding, best.text)
        said = (heard.around or best.text).rstrip(" ,")
        several = len({self._origin(quote.article) for quote in heard.quotes}) > 1
        how = manner(heard)
        text = words.trim(said, 72 if heard.around else 40) if stated else self._cut(said)
        cut = [replace(a, sides=tuple(replace(s, value=self._cut(s.value)) for s in a.sides)) for a in asides(heard)]
        return Line(
            key=key,
            text=f"{how}: {text}" if how else text,
            evidence=citations(heard.quotes),
            verdict="corroborated" if several else None,
            see=self._see(best.finding),
            quoted=bool(heard.marked) and heard.around is None,
            asides=tuple(cut),
            by=tuple(dict.fromkeys(quote.article for quote in heard.marked)),
            findings=self._held(best.finding, *(quote.finding for quote in heard.quotes)),
        )

    def _figures(self) -> list[Line]:
        lines = []
        for at, same in enumerate(merge(self.briefing.figures, same_figure)):
            of = max((words.plain(f.of or "") for f in same), key=len)
            ids, head = self._held(*(figure.finding for figure in same)), words.figure_words(same[0])
            line = Line(f"g{at}", self._cut(of), citations(same), see=self._see(*ids), head=head, findings=ids)
            lines.append(line)
        return lines

    def _commitments(self) -> list[Line]:
        lines = []
        for at, same in enumerate(merge(self.briefing.commitments, same_commitment)):
            best = max(same, key=lambda c: (len(words.commitment_terms(c)), len(c.what)))
            stated = self._states(best.finding, best.what)
            lines.append(
                Line(
                    key=f"c{at}",
                    text=words.trim(best.what, 40) if stated else self._cut(best.what),
                    evidence=citations(same),
                    see=self._see(best.finding),
                    head=f"{words.plain(best.who or 'somebody not named')} ({best.strength})",
                    terms=words.commitment_terms(best),
                    findings=self._held(best.finding, *(commitment.finding for commitment in same)),
                )
            )
        return lines

    def _timeline(self) -> list[Line]:
        lines = []
        for at, entry in enumerate(self.briefing.timeline):
            stated = self._states(entry.finding, entry.gist)
            text = words.trim(entry.gist, 72) if stated else self._cut(entry.gist)
            ids = self._held(entry.finding)
            lines.append(Line(f"t{at}", text, entry.evidence, see=self._see(*ids), head=entry.date, findings=ids))
        return lines

    def _rejected(self) -> list[Line]:
        limit = min(self.limits.characters, 160)
        return [
            Line(f"r{at}", words.trim(item.what, limit), (), terms=(words.plain(f"{item.stage}: {item.reason}"),))
            for at, item in enumerate(dict.fromkeys(self.briefing.rejected))
        ]

    # reports ----------------------------------------------------------------------------------------------------------

    def _report(self, article: Article) -> Report:
        agreed = [f for f in self.briefing.findings if f.verdict == "corroborated"]
        lacks = [f.id for f in agreed if all(c.article != article.id for c in f.evidence)]
        numbers = tuple(sorted(self.numbers[i] for i in lacks if i in self.numbers))
        origin = self._origin(article.id)
        return Report(
            article=article,
            label=self.labels[article.id],
            published=article.published,
            words=len(article.text.split()),
            origin=self._origin_words(origin, article) if origin else "",
            credits=tuple(
                c
                for c in map(words.plain, article.credits)
                if origin is None or (origin.kind != "own" and c != origin.agency)
            ),
            carries=len(agreed) - len(lacks),
            lacks=numbers,
            lacks_more=len(lacks) - len(numbers),
        )

    def _origin(self, article: str) -> Origin | None:
        return next((origin for origin in self.briefing.origins if article in origin.articles), None)

    def _origin_words(self, origin: Origin, article: Article) -> str:
        kind = {"own": "own report", "agency": "agency copy", "copy": "shared copy"}[origin.kind]
        if origin.kind == "own":
            credited = dict.fromkeys(map(words.plain, filter(None, (origin.agency, *article.credits))))
            kind += f", credits {', '.join(credited)}" if credited else ""
        elif origin.agency:
            kind += f" ({words.plain(origin.agency)})"
        others = [self.labels[a] for a in origin.articles if a != article.id and a in self.labels]
        return kind + (", one origin with " + ", ".join(others) if others else "")

    def _counts(self) -> tuple[str, ...]:
        verdicts = [finding.verdict for finding in self.briefing.findings]
        return (
            _counted(len(self.briefing.articles), "report"),
            _counted(len(self.briefing.origins), "origin"),
            f"{verdicts.count('corroborated')} agreed",
            f"{verdicts.count('disputed')} disputed",
            f"{verdicts.count('single')} from one origin only",
        )

    # helpers ----------------------------------------------------------------------------------------------------------

    def _cut(self, text: str) -> str:
        return words.trim(text, self.limits.characters)

    def _see(self, *findings: str | None) -> tuple[int, ...]:
        return tuple(sorted({self.numbers[i] for i in findings if i in self.numbers}))

    def _held(self, *findings: str | None) -> tuple[str, ...]:
        """Return those of `findings` that the briefing has, each once."""
        return tuple(dict.fromkeys(i for i in findings if i in self.findings))

    def _states(self, finding: str | None, text: str) -> bool:
        """Tell whether the words of `text` already stand in a finding that has been shown."""
        return finding in self.shown and words.covered(text, by=self.shown[finding]) >= STATED


def _group(title: str, lines: Sequence[Line], limit: int) -> Group:
    return Group(title, tuple(lines[:limit]), max(0, len(lines) - limit))


def _size(group: Group) -> int:
    return len(group.lines) + group.more


def _counted(count: int, noun: str) -> str:
    return f"{count} {words.plural(noun, count)}"
