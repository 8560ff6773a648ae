"""Says a dispute in one sentence: each side's words, and who says them."""

from __future__ import annotations

from collections.abc import Sequence

from accord.brief.clauses import tidy
from accord.brief.gists import inner, make_gist
from accord.brief.index import Index
from accord.brief.wording import share, stems, tokens
from accord.records import Citation, Difference, Finding, SummarySentence

MOST_CHARACTERS = 260
ALIKE = 0.4
CLEAR = 3.0
LEAST_WORDS = 3
_DENIALS = frozenset(
    {"no", "not", "never", "none", "nobody", "nothing", "neither", "cannot", "deny", "denied", "denies"}
)
ABOUT = {"value": "the figure", "date": "the date", "place": "the place", "actor": "who"}


def main_dispute(findings: Sequence[Finding], index: Index) -> SummarySentence | None:
    """Return the heaviest dispute whose sides can be told, those first whose sides speak most alike.

    `findings` stand by weight.
    """
    told = [(f, s) for f in findings if f.verdict == "disputed" and (s := dispute_sentence(f, index)) is not None]
    best = max(told, key=lambda pair: pair[0].weight + CLEAR * _likeness(pair[0], index), default=None)
    return best[1] if best else None


def dispute_sentence(finding: Finding, index: Index) -> SummarySentence | None:
    """Return the two sides of `finding`, None where two that stand by themselves cannot be told.

    between speakers -> "Speakers contradict each other: Mira Stahl: “the ferry was safe”; the union: “it leaked”."
    """
    sides = list(_sides(finding, index).items())[:2]
    said = "; ".join(f"{who}: “{inner(tidy(citation.text))}”" for who, citation in sides)
    if len(sides) < 2 or len(said) > MOST_CHARACTERS:
        return None
    if finding.between == "reports" and (_likeness(finding, index) < ALIKE or not _clear(finding, sides)):
        return None
    return SummarySentence(f"{_opening(finding)}: {said}.", (finding.id,))


def _clear(finding: Finding, sides: Sequence[tuple[str, Citation]]) -> bool:
    """Tell whether a reader sees the dispute: a value on each side, or a denial on one side only."""
    if about(finding) is not None:
        return True
    one, other = (stems(citation.text) for _, citation in sides)
    denied = [any(word in _DENIALS or word.endswith("n't") for word in tokens(citation.text)) for _, citation in sides]
    return denied[0] != denied[1] and min(len(one), len(other)) >= LEAST_WORDS


def about(finding: Finding) -> str | None:
    """Return what the reports differ on, None where one denies what the other says."""
    return next((ABOUT.get(d.field) for d in finding.differences if not d.compatible), None)


def _likeness(finding: Finding, index: Index) -> float:
    """Return how plainly the first two sides speak of one thing: the words that they share."""
    texts = [citation.text for citation in _sides(finding, index).values()][:2]
    return min(share(texts[0], texts[1:]), share(texts[1], texts[:1])) if len(texts) > 1 else 0.0


def _opening(finding: Finding) -> str:
    if finding.between == "speakers":
        return "Speakers contradict each other"
    return f"Reports differ on {about(finding)}" if about(finding) else "Reports contradict each other"


def _sides(finding: Finding, index: Index) -> dict[str, Citation]:
    """Return for each side who says it, and the passage that says it."""
    sides: dict[str, Citation] = {}
    for citation in _ordered(finding, index):
        who = _who(citation, finding, index)
        if who is None or any(_same(who, other, finding) for other in sides):
            continue
        if make_gist(citation, index).stand in ("full", "subjectless"):
            sides[who] = citation
    return sides


def _same(who: str, other: str, finding: Finding) -> bool:
    """Tell whether two sides are one: the same outlet, or forms of one speaker's name."""
    return who == other or (finding.between == "speakers" and bool(set(tokens(who)) & set(tokens(other))))


def _ordered(finding: Finding, index: Index) -> list[Citation]:
    """Return one passage for each value in dispute, the one that says most of it, then the rest."""
    apart = [difference for difference in finding.differences if not difference.compatible]
    chosen: list[Citation] = []
    for value in (value for difference in apart[:1] for value in difference.values):
        own = [c for c in finding.evidence if c.article in value.articles and c not in chosen]
        if difference_is_told(apart[0]):
            own = [c for c in own if share(value.value, [c.text]) > 0]
        if own:
            chosen.append(min(own, key=lambda c: (-share(value.value, [c.text]), len(c.text), index.order(c))))
    if apart and difference_is_told(apart[0]):
        return chosen
    return [*chosen, *(c for c in finding.evidence if c not in chosen)]


def difference_is_told(difference: Difference) -> bool:
    """Tell whether the values of `difference` are words of the passages, not a yes and a no."""
    return difference.field in ABOUT


def _who(citation: Citation, finding: Finding, index: Index) -> str | None:
    """Return the speaker of a passage in a dispute between speakers, else its outlet."""
    if finding.between == "speakers":
        statement = index.statement(citation)
        speaker = index.speaker(citation)
        return speaker or (index.named(citation.article, statement.actor) if statement else None)
    return index.outlet(citation.article)
