"""Puts claims together into findings: groups that agree, disputes among or between them, and what stands alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from accord.models import vectors
from accord.reconcile.candidates import Corpus
from accord.reconcile.compare import Context
from accord.reconcile.contradictions import find_contradictions, units_in_question
from accord.reconcile.disputes import Clash, DisputeWeights, find_clashes, load_weights, probability
from accord.reconcile.findings import Dispute, make_finding, weigh_pairs
from accord.reconcile.group import group
from accord.reconcile.likeness import Likeness
from accord.reconcile.questions import ask
from accord.reconcile.spoken import Spoken, with_utterances
from accord.records import Finding, Story, Value


def assemble(
    found: Likeness,
    story: Story,
    context: Context,
    spoken: Spoken,
    weights: DisputeWeights | None = None,
    *,
    threads: int = 2,
) -> tuple[Finding, ...]:
    """Return the findings: every claim in one at least; claims that clash with another group's are cited in both.

    Claims that carry the same part of one utterance of `spoken` stand together, and do not clash for its wording.
    """
    claims = found.corpus.claims
    probabilities = spoken.probabilities(found.probabilities)
    groups = group([claim.article for claim in claims], probabilities, found.corpus.unit_of)
    homes: dict[int, list[int]] = defaultdict(list)
    for place, members in enumerate(groups):
        for number in members:
            homes[number].append(place)
    inside: dict[int, list[tuple[Clash, float]]] = defaultdict(list)
    between: list[tuple[Clash, float]] = []
    weights = weights or load_weights()
    for clash in find_clashes(found, context, weights, threads=threads):
        sure = probability(clash, weights)
        if sure >= weights.threshold and not spoken.only_wording(clash.a, clash.b, clash.comparison.field):
            shared = [place for place in homes[clash.a] if place in homes[clash.b]]
            if shared:
                inside[shared[0]].append((clash, sure))
            else:
                between.append((clash, sure))
    made: list[tuple[list[int], list[Dispute]]] = [
        (members, [_dispute(found, clash, sure) for clash, sure in inside[place]])
        for place, members in enumerate(groups)
    ]
    made += [
        (members, [_dispute(found, clash, sure) for clash, sure in clashes])
        for members, clashes in _disputed_pairs(found, between)
    ]
    made += _contradictions(found, context, threads)
    placed = {number for members, _ in made for number in members}
    made += [([number], []) for number in range(len(claims)) if number not in placed]
    findings = [
        make_finding(
            [claims[number] for number in members], weigh_pairs(members, probabilities), story, context, disputes
        )
        for members, disputes in made
    ]
    return with_utterances(list(zip([members for members, _ in made], findings, strict=True)), claims, spoken)


def _contradictions(found: Likeness, context: Context, threads: int) -> list[tuple[list[int], list[Dispute]]]:
    """Return the claims with which named sides contradict each other, and what each side says."""
    corpus = found.corpus
    claims = corpus.claims
    if not corpus.reads:
        asked = units_in_question(corpus, context.names)
        if not asked:
            return []
        meanings = corpus.vectors.copy()
        meanings[asked] = vectors.encode([corpus.units[number].text for number in asked], threads=threads)
        corpus = Corpus(claims, corpus.units, meanings)

    def score(asked: list[tuple[int, int]]) -> list[list[float]]:
        return ask(corpus, asked, threads=threads)

    made = []
    for said in find_contradictions(claims, corpus, score, context.names):
        sides = []
        for side, members in zip(said.sides, (said.asserting, said.denying), strict=True):
            words = f"{side}: {claims[members[0]].text}"
            sides.append(Value(words, tuple(sorted({claims[number].article for number in members}))))
        dispute = Dispute("polarity", tuple(sides), round(said.sure, 4), said.why, "speakers")
        made.append((sorted({*said.asserting, *said.denying}), [dispute]))
    return made


def _disputed_pairs(
    found: Likeness, clashes: Sequence[tuple[Clash, float]]
) -> list[tuple[list[int], list[tuple[Clash, float]]]]:
    """Return the claims of `clashes`, those that clash in one field over the same sentences together."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    unit = found.corpus.unit_of
    for clash, _ in clashes:
        field = clash.comparison.field
        parent[root((field, unit[clash.a]))] = root((field, unit[clash.b]))
    joined: dict[tuple[str, int], list[tuple[Clash, float]]] = defaultdict(list)
    for clash, sure in clashes:
        joined[root((clash.comparison.field, unit[clash.a]))].append((clash, sure))
    return [
        (sorted({number for clash, _ in members for number in (clash.a, clash.b)}), members)
        for members in joined.values()
    ]


def _dispute(found: Likeness, clash: Clash, sure: float) -> Dispute:
    claims = found.corpus.claims
    said = clash.comparison
    sides = (Value(said.a, (claims[clash.a].article,)), Value(said.b, (claims[clash.b].article,)))
    return Dispute(said.field, sides, round(sure, 4), said.why)
