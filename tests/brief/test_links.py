from __future__ import annotations

from dataclasses import replace

from accord.brief.links import cite, link, tie
from accord.records import Utterance
from brief.stories import ferry, ferry_findings, finding


def test_items_get_the_finding_that_holds_them():
    north, south = ferry()
    findings = ferry_findings(north, south)
    linked = link(north.figures, cite(findings))
    assert [figure.finding for figure in linked] == [findings[1].id, findings[2].id]


def test_of_nested_passages_the_heavier_finding_counts():
    north, _ = ferry()
    small = replace(finding(north.cite("killing 12 passengers")), weight=1.0)
    large = replace(finding(north.cite("off Dorrin on Friday, killing 12 passengers")), weight=2.0)
    assert link(north.figures[:1], cite([small, large]))[0].finding == large.id


def test_an_item_outside_all_evidence_has_none():
    north, _ = ferry()
    assert link(north.quotes, cite([finding(north.cite("killing 12 passengers"))]))[0].finding is None


def test_quotes_of_one_utterance_get_its_id_and_its_finding():
    north, south = ferry()
    south.quote("promised 4 million crowns", "Ida Ruiz")
    (raise_wreck,), (pledge,) = north.quotes, south.quotes
    spans = (north.cite(raise_wreck.text), south.cite(pledge.text))
    carrier = replace(finding(north.cite("We will raise the wreck")), utterances=(Utterance("u", spans),))
    tied = tie([raise_wreck, replace(pledge, finding="own")], [carrier])
    assert [quote.utterance for quote in tied] == ["u", "u"]
    assert [quote.finding for quote in tied] == [carrier.id, "own"]
    assert tie([pledge], [])[0].utterance is None
