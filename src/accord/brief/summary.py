"""Writes the lead: what happened, the figure or pledge that matters most, and the main dispute with who says what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from accord.brief.clauses import complete, strip_joiner, tidy
from accord.brief.disputes import about, dispute_sentence, main_dispute
from accord.brief.gists import best_gist, leans, make_gist
from accord.brief.index import Index, carriers, outlet_label, within
from accord.brief.wording import covered, share, stems, tokens
from accord.records import Citation, Finding, Sentence, SummarySentence

_PRONOUN = re.compile(r"\b(?:he|she|they|him|her|them|his|their|it|its)\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][a-z]")
MOST_WORDS = 45
LEAST_WORDS = 6
LEAST_NEWS = 5
LEAD_SENTENCES = 3
SAID = 0.6  # share of a line's words that, once said, make it no news
EXACT = 1.5
WHEN = 1.0
WHERE = 0.3
DONE = 0.5
HEADLINE = 3.0
MAIN = 1.0
MOST_VALUES = 3
AGREED = 3.0
SUPPORT = 0.2
PER_PLACE = 1.2
BRACKETS = -0.8
LONG = 0.04


@dataclass(frozen=True, slots=True)
class _Lead:
    """A stretch of one report's sentence, the findings that carry it, and how good an opening it is."""

    text: str
    findings: tuple[Finding, ...]
    value: float


def summarize(findings: Sequence[Finding], index: Index) -> tuple[SummarySentence, ...]:
    """Return two or three sentences, each with the findings that carry it; `findings` stand by weight.

    The words are a report's own, or a plain template over fields. Where nothing is corroborated, the report that says
    it is named.
    """
    lead = _opening(findings, index)
    first = SummarySentence(_full_stop(lead.text), tuple(f.id for f in lead.findings)) if lead else None
    second = _second(findings, index, lead) if lead else None
    return tuple(sentence for sentence in (first, second, main_dispute(findings, index)) if sentence is not None)


def _opening(findings: Sequence[Finding], index: Index) -> _Lead | None:
    """Return what happened: the best stretch of a report's first sentences that corroborated findings cover."""
    agreed = [finding for finding in findings if finding.verdict == "corroborated"]
    leads = [*_leads(agreed, index), *_gists(agreed, index)]
    if disputed := _main_disputed(findings, agreed, index):
        return disputed
    if leads:
        return min(leads, key=lambda lead: (-lead.value, lead.text))
    single = [finding for finding in findings if finding.verdict == "single"]
    leads = [*_leads(single, index), *_gists(single, index)]
    if leads:
        return _named_outlet(min(leads, key=lambda lead: (-lead.value, lead.text)), index)
    return _named_outlet(_Lead(single[0].gist, (single[0],), 0.0), index) if single else None


def _main_disputed(findings: Sequence[Finding], agreed: Sequence[Finding], index: Index) -> _Lead | None:
    """Return the main event with a word on what the reports differ on, where that is why they do not agree on it."""
    heaviest = next(iter(findings), None)
    if heaviest is None or heaviest.between != "reports" or not (apart := about(heaviest)):
        return None
    if agreed and heaviest.weight - agreed[0].weight < MAIN:
        return None
    leads = list(_leads([heaviest], index))
    best = min(leads, key=lambda lead: (-lead.value, lead.text), default=None)
    return (
        replace(best, text=f"{best.text}, though reports differ on {apart}{_values(heaviest, index)}") if best else None
    )


def _values(finding: Finding, index: Index) -> str:
    """Return the values in dispute in brackets, where no sentence of the lead gives them with their outlets."""
    if dispute_sentence(finding, index) is not None:
        return ""
    apart = next(difference for difference in finding.differences if not difference.compatible)
    values = " or ".join(f"“{value.value}”" for value in apart.values)
    known = covered(values, [citation.text for citation in finding.evidence], index.given)
    return f" ({values})" if known and len(apart.values) <= MOST_VALUES else ""


def _named_outlet(lead: _Lead, index: Index) -> _Lead:
    """Say which outlets alone report `lead`, where others do not."""
    outlets = sorted({outlet_label(outlet) for finding in lead.findings for outlet in finding.outlets})
    told = {outlet_label(article.outlet) for article in index.story.articles}
    if any(finding.verdict != "single" for finding in lead.findings) or set(outlets) == told:
        return lead
    return replace(
        lead, text=f"Only {' and '.join(outlets)} {'report' if len(outlets) > 1 else 'reports'}: {lead.text}"
    )


def _leads(findings: Sequence[Finding], index: Index) -> Iterator[_Lead]:
    """Yield the stretches of first sentences that `findings` cover word by word."""
    cited: dict[str, list[tuple[Citation, Finding]]] = {}
    for finding in findings:
        for citation in finding.evidence:
            cited.setdefault(citation.article, []).append((citation, finding))
    for article, analysis in index.analyses.items():
        body = [sentence for sentence in analysis.sentences if sentence.furniture is None][:LEAD_SENTENCES]
        for number, sentence in enumerate(body):
            inside = sorted(
                (pair for pair in cited.get(article, ()) if within(pair[0], sentence)),
                key=lambda pair: (pair[0].start, -pair[0].end),
            )
            if inside:
                yield from _stretches(article, sentence, inside, number, index)


def _gists(findings: Sequence[Finding], index: Index) -> Iterator[_Lead]:
    """Yield the heaviest whole lines of single findings, wherever they stand."""
    for finding in [f for f in findings if _stands(f, index)][:LEAD_SENTENCES]:
        citation = best_gist(finding, index).citation
        yield _Lead(finding.gist, (finding,), _value(finding.gist, [(citation, finding)], LEAD_SENTENCES, index))


def _stretches(
    article: str, sentence: Sentence, inside: Sequence[tuple[Citation, Finding]], number: int, index: Index
) -> Iterator[_Lead]:
    """Yield each stretch from the start of the sentence's first clause to the end of one of its clauses."""
    text = index.articles[article].text
    first = min(clause.start for clause in index.clauses_in(article, sentence))
    for start in sorted({first, sentence.start}):
        for end in sorted({citation.end for citation, _ in inside} | {sentence.end}):
            words = strip_joiner(tidy(text[start:end].rstrip(" .")))
            carried = [(c, f) for c, f in inside if start <= c.start and c.end <= end]
            if leans(words) or not carried or not LEAST_WORDS <= len(tokens(words)) <= MOST_WORDS:
                continue
            if not covered(words, [c.text for c, _ in carried], index.speakers[article]):
                continue
            if (
                text[end : end + 1] == "?"
                or make_gist(carried[0][0], index).stand != "full"
                or not complete(words, text[end : sentence.end])
            ):
                continue
            found = tuple(dict.fromkeys(f for _, f in carried))
            yield _Lead(words[:1].upper() + words[1:], found, _value(words, carried, number, index))


def _value(words: str, carried: Sequence[tuple[Citation, Finding]], number: int, index: Index) -> float:
    """Weigh an opening: its findings, when and where it happened, how much others say too, place, length."""
    found = {f.id: f.weight for _, f in carried}
    value = max(found.values()) + SUPPORT * (sum(max(0.0, w) for w in found.values()) - max(found.values()))
    value += WHEN * any(index.times(c) for c, _ in carried)
    value += WHERE * any((s := index.statement(c)) is not None and s.place for c, _ in carried)
    value += DONE * any((s := index.statement(c)) is not None and s.status == "done" for c, _ in carried)
    titles = [article.title for article in index.story.articles if article.title]
    value += HEADLINE * sum(share(title, [words]) for title in titles) / max(1, len(titles))
    own = {c.article for c, _ in carried}
    others = [c.text for _, finding in carried for c in finding.evidence if c.article not in own]
    value += AGREED * share(words, others)
    value -= PER_PLACE * number
    return round(value - LONG * max(0, len(tokens(words)) - 30), 4)


def _second(findings: Sequence[Finding], index: Index, lead: _Lead) -> SummarySentence | None:
    """Return the heaviest line that says something new, one with a figure or a commitment first."""
    told = stems(lead.text)
    agreed = any(finding.verdict == "corroborated" for finding in findings)
    news = [
        finding
        for finding in findings
        if finding not in lead.findings
        and finding.verdict == ("corroborated" if agreed else "single")
        and _stands(finding, index)
        and len(stems(finding.gist)) >= LEAST_NEWS
        and len(tokens(finding.gist)) <= MOST_WORDS
        and len(stems(finding.gist) & told) < SAID * len(stems(finding.gist))
    ]
    if not news:
        return None
    best = max(news, key=lambda finding: _news(finding, index))
    return SummarySentence(_full_stop(_named_outlet(_Lead(best.gist, (best,), 0.0), index).text), (best.id,))


def _news(finding: Finding, index: Index) -> float:
    """Weigh a second sentence: figures and commitments up, words put in for a pronoun down."""
    value = finding.weight + EXACT * _exact(finding, index) + BRACKETS * _dangles(finding.gist)
    return round(value + len(finding.outlets), 4) if finding.verdict == "single" else value


def _dangles(text: str) -> bool:
    """Tell whether `text` has a pronoun with no name before it, or brackets that stand for one."""
    pronoun = _PRONOUN.search(text)
    return text.startswith("[") or (pronoun is not None and not _NAME.search(text, 1, pronoun.start()))


def _exact(finding: Finding, index: Index) -> float:
    """Return the share of the reports of `finding` that give it with a figure or a commitment."""
    cited = {c.article for c in finding.evidence if index.figures(c) or index.commitments(c)}
    return len(cited) / len(carriers(finding))


def _stands(finding: Finding, index: Index) -> bool:
    gist = best_gist(finding, index)
    return (
        gist.stand in ("full", "subjectless")
        and not gist.text.startswith("“")
        and "…" not in gist.text
        and not leans(gist.text)
    )


def _full_stop(text: str) -> str:
    return text if text[-1:] in ".!?…" or (text[-2:-1] in ".!?" and text[-1:] in "”’") else text + "."
