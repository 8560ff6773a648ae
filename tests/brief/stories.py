"""Invented reports with hand-made analyses for the tests of `brief`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from accord.records import (
    Analysis,
    Article,
    Citation,
    Commitment,
    Difference,
    Figure,
    Finding,
    Happening,
    Mention,
    Name,
    Origin,
    Quote,
    Sentence,
    Statement,
    Story,
    content_id,
)


@dataclass
class Report:
    """One report under construction: sentences first, then what stands in them."""

    name: str
    sentences: Sequence[str]
    title: str | None = None
    published: str | None = "2031-05-06"
    outlet: str = ""
    statements: list[Statement] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.sentences)

    def find(self, words: str) -> tuple[int, int]:
        start = self.text.index(words)
        return start, start + len(words)

    def clause(self, words: str, head: str = "be", **more: object) -> Report:
        start, end = self.find(words)
        number = self.text[:start].count("\n")
        statement = Statement(self.name, start, end, words, number, head)
        self.statements.append(replace(statement, **more))  # type: ignore[arg-type]
        return self

    def person(self, name: str, *mentions: tuple[str, str]) -> Report:
        """Add a person; `mentions` are (words that hold it, the mention in them)."""
        found = [Mention(self.find(name)[0], self.find(name)[1], name)]
        for around, word in mentions:
            start = self.find(around)[0] + around.index(word)
            found.append(Mention(start, start + len(word), word, "pronoun"))
        self.names.append(Name(content_id(self.name, name), name, "person", (self.name,), mentions=tuple(found)))
        return self

    def quote(self, words: str, speaker: str | None) -> Report:
        self.quotes.append(Quote(self.name, *self.find(words), words, "direct", speaker))
        return self

    def figure(self, words: str, value: float, unit: str) -> Report:
        self.figures.append(Figure(self.name, *self.find(words), words, value, unit))
        return self

    def happening(self, words: str, date: str) -> Report:
        self.happenings.append(Happening(self.name, *self.find(words), words, date))
        return self

    def cite(self, words: str) -> Citation:
        return Citation(self.name, *self.find(words), words)

    def article(self) -> Article:
        outlet = self.outlet or f"{self.name} daily"
        return Article(self.name, self.text, outlet, title=self.title, published=self.published)

    def analysis(self) -> Analysis:
        sentences, at = [], 0
        for number, sentence in enumerate(self.sentences):
            sentences.append(Sentence(at, at + len(sentence), sentence, number))
            at += len(sentence) + 1
        return Analysis(
            article=self.name,
            sentences=tuple(sentences),
            names=tuple(self.names),
            quotes=tuple(self.quotes),
            figures=tuple(self.figures),
            commitments=tuple(self.commitments),
            statements=tuple(self.statements),
            happenings=tuple(self.happenings),
        )


def story_of(*reports: Report) -> Story:
    origins = tuple(Origin(content_id(r.name), (r.name,), "own", None, "own words") for r in reports)
    return Story("story", tuple(report.article() for report in reports), origins)


def names_of(*reports: Report) -> tuple[Name, ...]:
    """Return the names of the story, one entry for each form."""
    forms = sorted({(name.name, name.kind) for report in reports for name in report.names})
    return tuple(
        Name(
            content_id(form),
            form,
            kind,
            tuple(sorted({name.articles[0] for report in reports for name in report.names if name.name == form})),
        )
        for form, kind in forms
    )


def finding(*evidence: Citation, between: str | None = None, differences: Sequence[Difference] = ()) -> Finding:
    origins = len({citation.article for citation in evidence})
    return Finding(
        id=content_id(*evidence),
        kind="statement",
        gist=evidence[0].text,
        verdict="disputed" if between else "corroborated" if origins > 1 else "single",
        between=between,  # type: ignore[arg-type]
        origins=origins,
        outlets=tuple(sorted({f"{citation.article} daily" for citation in evidence})),
        evidence=evidence,
        differences=tuple(differences),
    )


def ferry() -> tuple[Report, Report]:
    """Two reports of one ferry, with names, a quote, figures and happenings."""
    north = Report(
        "north",
        (
            "The ferry Alma sank off Dorrin on Friday, killing 12 passengers.",
            "Minister Ida Ruiz pledged 4 million crowns for the families.",
            "She visited the port on Sunday.",
            "“We will raise the wreck,” Ruiz said.",
        ),
        title="Ferry Alma sinks off Dorrin",
    )
    north.clause("The ferry Alma sank off Dorrin on Friday", "sink", date="2031-05-02")
    north.clause("killing 12 passengers", "kill")
    north.clause("Minister Ida Ruiz pledged 4 million crowns for the families", "pledge")
    north.clause("She visited the port on Sunday", "visit")
    north.clause("We will raise the wreck", "raise", speaker="Ida Ruiz", status="planned")
    north.person("Ida Ruiz", ("She visited", "She"))
    north.quote("We will raise the wreck", "Ida Ruiz").figure("12 passengers", 12, "person")
    north.figure("4 million crowns", 4e6, "SEK")
    north.happening("The ferry Alma sank off Dorrin on Friday", "2031-05-02")
    south = Report(
        "south",
        (
            "A ferry, the Alma, sank near Dorrin on Friday.",
            "Twelve passengers died.",
            "Ida Ruiz promised 4 million crowns to the families, and the union said the doors had leaked.",
        ),
        title="Twelve die as ferry sinks",
    )
    south.clause("A ferry, the Alma, sank near Dorrin on Friday", "sink", date="2031-05-02")
    south.clause("Twelve passengers died", "die")
    south.clause("Ida Ruiz promised 4 million crowns to the families", "promise")
    south.clause("the doors had leaked", "leak", speaker="the union")
    south.person("Ida Ruiz").figure("Twelve passengers", 12, "person").figure("4 million crowns", 4e6, "SEK")
    south.happening("A ferry, the Alma, sank near Dorrin on Friday", "2031-05-02")
    return north, south


def ferry_findings(north: Report, south: Report) -> list[Finding]:
    return [
        finding(
            north.cite("The ferry Alma sank off Dorrin on Friday"),
            south.cite("A ferry, the Alma, sank near Dorrin on Friday"),
        ),
        finding(north.cite("killing 12 passengers"), south.cite("Twelve passengers died")),
        finding(
            north.cite("Minister Ida Ruiz pledged 4 million crowns for the families"),
            south.cite("Ida Ruiz promised 4 million crowns to the families"),
        ),
        finding(north.cite("She visited the port on Sunday")),
        finding(north.cite("We will raise the wreck")),
        finding(south.cite("the doors had leaked")),
    ]
