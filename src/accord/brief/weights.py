"""Weighs findings: many origins, a prominent place, exact content and disputes up; fragments and repeats down."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from accord.brief.denials import keep_denials
from accord.brief.gists import Gist, best_gist, leans
from accord.brief.index import Index, carriers, within
from accord.brief.wording import content, share, stems
from accord.records import Citation, Finding

# What each trait of a finding is worth, in the order in which a reader would think of them.
TABLE: Mapping[str, float] = {
    "origins": 2.0,  # per doubling of the origins
    "disputed": 1.0,
    "place": 2.0,  # 1 at the head of every report of the story, 0 at the end of one
    "headline": 1.5,  # the share of it that titles say
    "topic": 2.0,  # how much of what all the reports open with it speaks of
    "figure": 0.5,
    "name": 0.3,
    "date": 0.2,
    "commitment": 0.5,
    "quote": 0.2,
    "past": -1.5,  # weeks before the reports: background
    "part": -2.0,
    "pronoun": -1.0,
    "question": -1.5,
    "attribution": -3.0,
    "short": -0.8,
    "furniture": -2.5,
    "no comment": -2.5,  # "could not be reached", and notes to the reader
    "echo": -1.0,  # nearly all of its words stand in a heavier finding of other reports
    "repeat": -6.0,  # a heavier finding of the same reports says all of it
}
HEAD_SENTENCES = 3
ECHOED = 0.9
SHORT = 4
OLD_DAYS = 21


def weigh(findings: Sequence[Finding], index: Index) -> tuple[Finding, ...]:
    """Return all `findings` with gist and weight, the heaviest first; of one weight, in the order of the story."""
    ordered = sorted(findings, key=lambda finding: _in_story(finding, index))
    findings = [keep_denials(finding, index) for finding in ordered]
    topic = _topic(index)
    titles = [article.title for article in index.story.articles if article.title]
    gists = {finding.id: best_gist(finding, index) for finding in findings}
    weighed = [
        replace(finding, gist=gists[finding.id].text, weight=_weight(finding, gists[finding.id], index, topic, titles))
        for finding in findings
    ]
    return _settle(_apart(sorted(weighed, key=_rank), index))


def _apart(findings: Sequence[Finding], index: Index) -> list[Finding]:
    """Return `findings` with other words for those whose gist a heavier one has: a clause may be evidence of two."""
    taken: set[str] = set()
    found = []
    for finding in findings:
        gist = finding.gist if finding.gist not in taken else best_gist(finding, index, taken).text
        taken.add(gist)
        found.append(replace(finding, gist=gist))
    return found


def _rank(finding: Finding) -> float:
    return -finding.weight


def _in_story(finding: Finding, index: Index) -> tuple[list[tuple[int, int, int]], list[str], str]:
    """Return what puts findings in the order of the story; ids part only what says the same of the same passages."""
    fields = [difference.field for difference in finding.differences if not difference.compatible]
    return [index.order(citation) for citation in finding.evidence], fields, finding.id


def _weight(finding: Finding, gist: Gist, index: Index, topic: Mapping[str, float], titles: Sequence[str]) -> float:
    """Add up the table for the traits of `finding`."""
    evidence = finding.evidence
    traits: dict[str, float] = {}
    traits["origins"] = math.log2(max(1, finding.origins))
    traits["disputed"] = finding.verdict == "disputed"
    traits["place"] = _place(finding, index)
    traits["headline"] = _headline(finding, titles)
    traits["topic"] = min(1.0, sum(sorted((topic.get(s, 0.0) for s in stems(gist.text)), reverse=True)[:6]) / 4)
    traits["figure"] = min(2, max(len(index.figures(c)) for c in evidence))
    traits["name"] = any(_names(c, index) for c in evidence)
    traits["date"] = any(index.times(c) for c in evidence)
    traits["commitment"] = any(index.commitments(c) for c in evidence)
    traits["quote"] = any(q.kind == "direct" for c in evidence for q in index.quotes(c))
    traits["part"] = "…" in gist.text or gist.stand == "part"
    traits["pronoun"] = leans(gist.text)
    traits["past"] = _is_past(evidence, index)
    traits["question"] = gist.text.rstrip("”’").endswith("?")
    traits["attribution"] = gist.stand == "attribution"
    traits["short"] = len(content(gist.citation.text)) < SHORT
    traits["furniture"] = all((s := index.sentence(c)) is not None and s.furniture is not None for c in evidence)
    traits["no comment"] = any(_NO_COMMENT.search(c.text) for c in evidence)
    return round(sum(TABLE[trait] * value for trait, value in sorted(traits.items())), 4)


_NO_COMMENT = re.compile(
    r"\b(?:for|to) (?:\w+ )?comment\b|requests? for comment|did not (?:\w+ )?respond"
    r"|^(?:CORRECTION|EDITOR|UPDATE|NOTE)\b[^.]{0,20}:"
)


def _is_past(evidence: Sequence[Citation], index: Index) -> bool:
    """Tell whether all that `evidence` dates happened weeks before it was published."""
    old = []
    for citation in evidence:
        statement, published = index.statement(citation), index.articles[citation.article].published
        if statement is not None and statement.date and published:
            last = f"{statement.date}{'-12-31'[(len(statement.date) - 4) // 3 * 3 :]}"[:10]
            old.append((_day(published) - _day(last)).days > OLD_DAYS)
    return bool(old) and all(old)


def _day(iso: str) -> date:
    """Return the day `iso`; the last day that every month has stands for days beyond it."""
    year, month, day = (int(part) for part in iso[:10].split("-"))
    return date(year, month, min(day, 28))


def _place(finding: Finding, index: Index) -> float:
    """Return how far to the front of its reports `finding` stands, 0..1, over all reports of the story."""
    total = 0.0
    for article in carriers(finding):
        analysis = index.analyses.get(article)
        sentence = next((s for c in finding.evidence if c.article == article and (s := index.sentence(c))), None)
        if analysis is None or sentence is None:
            continue
        body = [each.start for each in analysis.sentences if each.furniture is None]
        number = sum(start < sentence.start for start in body)
        total += 1.0 / (1.0 + 0.35 * number)
    return total / max(1, min(4, len(index.story.articles)))


def _headline(finding: Finding, titles: Sequence[str]) -> float:
    """Return how much of a title `finding` says, over the titles of all reports."""
    return sum(share(title, [c.text for c in finding.evidence]) for title in titles) / len(titles) if titles else 0.0


def _names(citation: Citation, index: Index) -> bool:
    statement = index.statement(citation)
    return bool(statement and statement.names)


def _topic(index: Index) -> dict[str, float]:
    """Return the words of titles and first sentences, each with the share of reports that have it."""
    counts: Counter[str] = Counter()
    for article in index.story.articles:
        analysis = index.analyses.get(article.id)
        body = [s.text for s in analysis.sentences if s.furniture is None][:HEAD_SENTENCES] if analysis else []
        counts.update({word for text in (article.title or "", *body) for word in stems(text)})
    most = max(counts.values(), default=1)
    return {word: count / most for word, count in counts.items()}


def _settle(ordered: Sequence[Finding]) -> tuple[Finding, ...]:
    """Lower the findings that only repeat or echo a heavier one, and order again."""
    settled = []
    told = _Told()
    for finding in ordered:
        lower = 0.0
        if told.repeats(finding):
            lower = TABLE["repeat"]
        elif finding.verdict == "single" and told.echoes(finding):
            lower = TABLE["echo"]
        told.add(finding)
        settled.append(replace(finding, weight=round(finding.weight + lower, 4)) if lower else finding)
    return tuple(sorted(settled, key=_rank))


class _Told:
    """What heavier findings have said, by article and, where several origins carry it, by word."""

    def __init__(self) -> None:
        self.by_article: dict[str, list[Finding]] = defaultdict(list)
        self.by_word: dict[str, list[frozenset[str]]] = defaultdict(list)

    def add(self, finding: Finding) -> None:
        for article in carriers(finding):
            self.by_article[article].append(finding)
        for citation in finding.evidence if finding.verdict != "single" else ():
            said = stems(citation.text)
            for word in said:
                self.by_word[word].append(said)

    def repeats(self, finding: Finding) -> bool:
        """Tell whether one heavier finding says in the same reports all that `finding` says."""
        articles = carriers(finding)
        fewest = min((self.by_article[article] for article in sorted(articles)), key=len, default=[])
        return any(_repeats(finding, other) for other in fewest if articles <= carriers(other))

    def echoes(self, finding: Finding) -> bool:
        """Tell whether a heavier finding of several origins has nearly all words of `finding`."""
        wanted = stems(finding.gist)
        rarest = sorted(wanted, key=lambda word: (len(self.by_word.get(word, ())), word))
        tried = rarest[: int(len(wanted) * (1 - ECHOED)) + 1]  # one of these at least is in a text that has the rest
        return any(len(wanted & said) >= ECHOED * len(wanted) for word in tried for said in self.by_word.get(word, ()))


def _repeats(finding: Finding, other: Finding) -> bool:
    """Tell whether every passage of `finding` lies in one of `other`, or has no words beyond it."""
    if finding.verdict == "disputed" != other.verdict:
        return False
    return all(
        any(c.article == o.article and (within(c, o) or stems(c.text) <= stems(o.text)) for o in other.evidence)
        for c in finding.evidence
    )
