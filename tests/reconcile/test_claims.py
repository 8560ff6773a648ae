"""Clauses become claims: each with its kind and what stands in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accord.reconcile.claims import find_claims, overlap, touches
from accord.records import Analysis, Commitment, Span
from reconcile.stories import Said, claims_of, report

BARGE = Said("The barge carried 40 tonnes of grain.", "carry", figures=(("40 tonnes", 40, "tonne"),))
PLAIN = Said("Divers searched the estuary until dawn.", "search")
QUOTED = Said("Nobody saw the 40 tonnes go down", "see", figures=(("40 tonnes", 40, "tonne"),), quoted=True)


def test_claims_are_verbatim_and_in_order() -> None:
    article, analysis = report("a", BARGE, PLAIN)
    claims = find_claims([analysis], {})
    assert [claim.text for claim in claims] == [BARGE.text, PLAIN.text]
    assert all(article.text[claim.start : claim.end] == claim.text for claim in claims)
    assert claims[0].position < claims[1].position <= 1


@pytest.mark.parametrize(("said", "kind"), [(PLAIN, "statement"), (BARGE, "figure"), (QUOTED, "quote")])
def test_kind_is_the_most_specific_one(said: Said, kind: str) -> None:
    (claim,) = claims_of(said)
    assert claim.kind == kind


def test_a_commitment_goes_before_a_figure() -> None:
    _, analysis = report("a", BARGE)
    promise = Commitment("a", 0, len(BARGE.text), BARGE.text, "the firm", BARGE.text, "promised")
    changed = Analysis("a", sentences=analysis.sentences, statements=analysis.statements, figures=analysis.figures)
    (claim,) = find_claims([changed], {})
    assert claim.kind == "figure"
    (claim,) = find_claims(
        [Analysis("a", sentences=analysis.sentences, statements=analysis.statements, commitments=(promise,))], {}
    )
    assert (claim.kind, claim.commitment) == ("commitment", promise)


def test_figures_and_times_belong_to_the_clause_that_they_stand_in() -> None:
    dated = Said("It sank on Monday.", "sink", times=(("Monday", "2031-05-05"),))
    first, second = claims_of(BARGE, dated)
    assert [figure.text for figure in first.figures] == ["40 tonnes"]
    assert [time.date for time in second.times] == ["2031-05-05"]
    assert (first.times, second.figures) == ((), ())


def test_names_are_those_of_the_story() -> None:
    said = Said("Merrick guided the tug to Varlund.", "guide", names=("n1", "n2"), actor="n1", place="n2")
    (claim,) = find_claims([report("a", said)[1]], {"n1": "merrick", "n2": "varlund"})
    assert (claim.names, claim.actor, claim.place) == (frozenset({"merrick", "varlund"}), "merrick", "varlund")


def test_claims_stand_in_the_order_of_the_analyses_and_of_each_text() -> None:
    analyses = [report(id, BARGE, PLAIN)[1] for id in "cab"]
    turned = [replace(analysis, statements=analysis.statements[::-1]) for analysis in analyses]
    found = [claim.key for claim in find_claims(turned, {})]
    assert found == [claim.key for claim in find_claims(analyses, {})]
    assert [article for article, _, _ in found] == ["c", "c", "a", "a", "b", "b"]
    assert [start for _, start, _ in found] == [0, 39] * 3


def test_an_analysis_without_statements_has_no_claims() -> None:
    assert find_claims([Analysis("a")], {}) == ()


def test_spans_touch_when_they_share_half_of_the_shorter() -> None:
    long, inside, beside = Span(0, 20, "x" * 20), Span(15, 25, "x" * 10), Span(20, 30, "x" * 10)
    assert overlap(long, inside) == overlap(inside, long) == 5
    assert touches(long, inside)
    assert not touches(long, beside)
    assert not touches(long, Span(3, 3, ""))
