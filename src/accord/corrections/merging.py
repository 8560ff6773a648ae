"""Corrections of findings: two that are one, one that is two, those that are none, disputes that are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from accord.corrections.draft import STAGE, Draft
from accord.corrections.figures import clash
from accord.corrections.outcome import NotFoundError, NothingToDoError
from accord.corrections.places import overlap, touches
from accord.corrections.targets import meant
from accord.corrections.verdicts import bare_weight, joined
from accord.corrections.words import quoted, reason, said
from accord.records import Citation, Correction, Difference, Finding, Rejected, Value, content_id

Change = tuple[str, tuple[str, ...]]


def merge(draft: Draft, correction: Correction) -> Change:
    """Make one finding of two, under the id of the first; figures in them that cannot both hold make it disputed."""
    why = f"one finding, {said(correction)}"
    both = (*_places(draft, correction.passages, correction), *_places(draft, correction.other_passages, correction))
    if any(why in f.reasons and all(_holds(f.evidence, passage) for passage in both) for f in draft.findings):
        raise NothingToDoError("they are one finding already")
    first = _meant(draft, correction, correction.passages, correction.before)
    other = _meant(draft, correction, correction.other_passages, None)
    group = list({finding.id: finding for finding in (*first, *other)}.values())
    if len(group) < 2:
        raise NothingToDoError("they are one finding already")
    merged = group[0]
    for finding in group[1:]:
        merged = _merged(merged, finding, draft)
        draft.retie(finding.id, merged.id)
    merged = replace(merged, outlets=draft.outlets(merged.evidence), reasons=(*merged.reasons, why))
    merged = draft.judged(merged, max(map(bare_weight, group)))
    draft.put({**{finding.id: None for finding in group}, merged.id: merged})
    verdict = f"; it is {_VERDICTS[merged.verdict]}" if merged.verdict != group[0].verdict else ""
    return f"{quoted(group[1].gist)} is told with {quoted(merged.gist)}{verdict}", (merged.id,)


_VERDICTS = {"corroborated": "agreed on", "disputed": "disputed", "single": "from one origin"}


def _merged(one: Finding, other: Finding, draft: Draft) -> Finding:
    clashing = clash([f for f in draft.figures if _carries(one, f)], [f for f in draft.figures if _carries(other, f)])
    known = (*one.differences, *other.differences)
    if any(not difference.compatible and difference.field == "value" for difference in known):
        clashing = None
    return replace(
        one,
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
        differences=joined((*known, *([clashing] if clashing else []))),
        between=one.between or other.between,
        reasons=tuple(dict.fromkeys((*one.reasons, *other.reasons))),
        utterances=tuple({u.id: u for u in (*one.utterances, *other.utterances)}.values()),
    )


def split(draft: Draft, correction: Correction) -> Change:
    """Take passages off a finding as one of their own; passages that came since go with those they are more like."""
    off = _places(draft, correction.passages, correction)
    stay = draft.places.found(correction.other_passages)
    parted = [finding for finding in draft.findings if _told_apart(correction) in finding.reasons]
    homes = [{f.id for f in parted if any(_holds(f.evidence, p) for p in side)} for side in (off, stay)]
    if all(homes) and not homes[0] & homes[1]:
        raise NothingToDoError("they are two findings already")
    target = next(iter(meant((*off, *stay), draft.findings, correction.before)), None)
    if target is None:
        raise NotFoundError("no finding carries its passages any more")
    taken, kept = _sides(target.evidence, off, stay)
    if not taken or not kept:
        raise NothingToDoError("they are no one finding")
    identity = content_id("finding", *(part for c in taken for part in (c.article, c.start, c.end)), "split")
    both = {finding.id for finding in draft.findings} - {target.id}
    if identity in both:
        raise NothingToDoError("they are two findings already")
    of = _of_side(target, taken, kept)
    fresh = _part(draft, target, correction, taken, of, identity)
    rest = _part(draft, target, correction, kept, lambda *side: not of(*side), target.id)
    moves = [_words(line.text, fresh.evidence) > _words(line.text, rest.evidence) for line in draft.summary]
    draft.summary = [
        replace(line, findings=tuple(fresh.id if name == target.id and moved else name for name in line.findings))
        for line, moved in zip(draft.summary, moves, strict=True)
    ]
    draft.put({target.id: rest}, [fresh])
    return f"{quoted(fresh.gist)} is told apart from {quoted(rest.gist)}", (rest.id, fresh.id)


def _part(
    draft: Draft,
    whole: Finding,
    correction: Correction,
    evidence: Sequence[Citation],
    has: Callable[[str, str], bool],
    identity: str,
) -> Finding:
    """Return the part of a finding that `evidence` carries, with what of its differences it `has`."""
    differences = []
    for each in whole.differences:
        values = (Value(v.value, tuple(a for a in v.articles if has(v.value, a))) for v in each.values)
        differences.append(Difference(each.field, tuple(v for v in values if v.articles), each.compatible))
    part = replace(
        whole,
        id=identity,
        gist=whole.gist if _words(whole.gist, evidence) >= 1.0 else _gist(evidence),
        outlets=draft.outlets(evidence),
        evidence=tuple(evidence),
        differences=joined(differences),
        reasons=(_told_apart(correction),),
        utterances=tuple(
            u
            for u in whole.utterances
            if any(_holds(evidence, quote) for quote in u.quotes) and has("", u.quotes[0].article)
        ),
    )
    return draft.judged(part)


def _told_apart(correction: Correction) -> str:
    return f"told apart, {said(correction)}"


def dismiss(draft: Draft, correction: Correction) -> Change:
    """Leave a finding out, with what rests on it alone; what it was stands among what was rejected."""
    why = f"dismissed by {reason(correction)}"
    if any(r.stage == STAGE and (r.what, r.reason) == (correction.before, why) for r in draft.briefing.rejected):
        raise NothingToDoError("it is left out already")
    found = _meant(draft, correction, correction.passages, correction.before)
    draft.rejected += [Rejected(finding.gist, STAGE, why) for finding in found]
    draft.put({finding.id: None for finding in found})
    return f"{quoted(found[0].gist)} is left out", tuple(finding.id for finding in found)


def settle(draft: Draft, correction: Correction) -> Change:
    """End the disputes of a finding, or that on one field: what differs is shown, and is no contradiction."""
    places = _places(draft, correction.passages, correction)
    found = meant(places, draft.findings, correction.before, disputed=True)
    if not found:
        if meant(places, draft.findings, correction.before):
            raise NothingToDoError("it is not disputed")
        raise NotFoundError("no finding carries its passages any more")
    changed: dict[str, Finding | None] = {}
    for finding in found:
        ended = [d for d in finding.differences if not d.compatible and correction.field in (None, d.field)]
        if not ended:
            continue
        differences = [replace(d, compatible=True) if d in ended else d for d in finding.differences]
        settled = replace(finding, differences=tuple(sorted(differences, key=lambda d: d.compatible)))
        changed[finding.id] = draft.judged(settled)
        what = f"a dispute over {' and '.join(dict.fromkeys(d.field for d in ended))}: {finding.gist}"
        draft.rejected.append(Rejected(what, STAGE, f"dismissed by {reason(correction)}"))
    if not changed:
        raise NothingToDoError(f"it is not disputed in its {correction.field}")
    draft.put(changed)
    return f"{quoted(found[0].gist)} is not disputed", tuple(changed)


def _places(draft: Draft, passages: Sequence[Citation], correction: Correction) -> tuple[Citation, ...]:
    found = draft.places.found(passages)
    if not found:
        gone = all(draft.places.article(passage.article) is None for passage in passages)
        raise NotFoundError(
            "its reports are not among those compared" if gone else "its words are not in the reports any more"
        )
    return found


def _meant(draft: Draft, correction: Correction, passages: Sequence[Citation], gist: str | None) -> list[Finding]:
    found = meant(_places(draft, passages, correction), draft.findings, gist)
    if not found:
        raise NotFoundError("no finding carries its passages any more")
    return found


def _sides(
    evidence: Sequence[Citation], off: Sequence[Citation], stay: Sequence[Citation]
) -> tuple[list[Citation], list[Citation]]:
    """Return which of `evidence` goes and which stays; what neither names goes with the words it is more like."""
    taken: list[Citation] = []
    kept: list[Citation] = []
    for citation in evidence:
        shares = [
            max(
                (overlap(citation, p) for p in side if p.article == citation.article and touches(p, citation)),
                default=0,
            )
            for side in (off, stay)
        ]
        if shares[0] == shares[1]:
            shares = [max((_alike(citation.text, p.text) for p in side), default=0) for side in (off, stay)]
        (taken if shares[0] > shares[1] else kept).append(citation)
    return taken, kept


def _of_side(whole: Finding, taken: Sequence[Citation], kept: Sequence[Citation]) -> Callable[[str, str], bool]:
    """Return what tells whether a value that an article gives goes with the passages that are taken off."""

    def goes(value: str, article: str) -> bool:
        own, other = ([c.text for c in side if c.article == article] for side in (taken, kept))
        if not own or not other:
            return bool(own)
        return max(_alike(value, text) for text in own) > max(_alike(value, text) for text in other)

    return goes


def _alike(one: str, other: str) -> int:
    """Return how much two texts share, 0..1000, whatever their lengths."""
    from rapidfuzz import fuzz

    one, other = one[:_COMPARED], other[:_COMPARED]
    return round(10 * max(fuzz.token_set_ratio(one, other), fuzz.partial_ratio(one, other)))


_COMPARED = 500


def _words(text: str, evidence: Sequence[Citation]) -> float:
    """Return the share of the words of `text` that stand in `evidence`."""
    wanted = text.casefold().split()
    inside = {word.strip(_MARKS) for citation in evidence for word in citation.text.casefold().split()}
    return sum(word.strip(_MARKS) in inside for word in wanted) / len(wanted) if wanted else 0.0


_MARKS = ".,;:!?“”‘’\"'()[]…"


def _gist(evidence: Sequence[Citation]) -> str:
    """Return the words of the passage that is most like the others, the first of equals."""
    if len(evidence) < 3:
        return evidence[0].text
    totals = [sum(_alike(one.text, other.text) for other in evidence) for one in evidence]
    return evidence[totals.index(max(totals))].text


def _holds(evidence: Sequence[Citation], quote: Citation) -> bool:
    return any(c.article == quote.article and overlap(c, quote) for c in evidence)


def _carries(finding: Finding, item: object) -> bool:
    article = getattr(item, "article", None)
    return any(c.article == article and overlap(c, item) for c in finding.evidence)  # type: ignore[arg-type]
