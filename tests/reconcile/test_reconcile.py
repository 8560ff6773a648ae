"""The verdict rules of the design, on invented reports that the models cannot mistake."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from accord.reconcile import reconcile
from accord.records import Finding, Passage, Story
from reconcile.stories import Said, name, report, story_of

SANK = Said("A freight barge sank off the port of Varlund late on Monday, the harbour office said.", "sink")
MISSING = Said("Three sailors were missing after the barge sank.", "miss", figures=(("Three sailors", 3, "person"),))
SEARCH = Said("Divers searched the estuary until dawn and found a life raft.", "search")
CAKE = Said("A bakery in Ardley sold its last cake before noon.", "sell")


def find(
    *reports: Sequence[Said],
    origins: Sequence[Sequence[str]] = (),
    passages: Sequence[Passage] = (),
    backwards: bool = False,
) -> tuple[Story, tuple[Finding, ...]]:
    """Return the story of `reports`, called a, b, c ..., and its findings."""
    made = [report(chr(ord("a") + number), *clauses) for number, clauses in enumerate(reports)]
    story = story_of([article for article, _ in made], origins, passages)
    analyses = [analysis for _, analysis in made]
    return story, reconcile(story, analyses[::-1] if backwards else analyses)[0]


def finding_of(findings: Sequence[Finding], text: str) -> Finding:
    """Return the one finding that has `text` in its evidence."""
    (found,) = [finding for finding in findings if any(citation.text == text for citation in finding.evidence)]
    return found


def check(story: Story, findings: Sequence[Finding]) -> None:
    """What holds of every finding, whatever the reports."""
    texts = {article.id: article.text for article in story.articles}
    home = {article: origin.id for origin in story.origins for article in origin.articles}
    for found in findings:
        assert found.evidence
        assert all(texts[c.article][c.start : c.end] == c.text for c in found.evidence)
        assert found.outlets == tuple(sorted({f"The {c.article}" for c in found.evidence}))
        assert 1 <= found.origins <= len({home[c.article] for c in found.evidence})
        assert 0.0 <= found.score <= 1.0
        assert found.reasons
        clash = any(not difference.compatible for difference in found.differences)
        assert (found.verdict == "disputed") == clash == (found.between is not None)
        if found.verdict != "disputed":
            assert found.verdict == ("corroborated" if found.origins > 1 else "single")
        for difference in found.differences:
            assert len(difference.values) > 1
            assert {article for value in difference.values for article in value.articles} <= {
                c.article for c in found.evidence
            }
    assert len({found.id for found in findings}) == len(findings)


def test_two_origins_corroborate() -> None:
    story, findings = find([SANK, CAKE], [SANK, SEARCH])
    check(story, findings)
    found = finding_of(findings, SANK.text)
    assert (found.verdict, found.origins, found.outlets) == ("corroborated", 2, ("The a", "The b"))
    assert finding_of(findings, CAKE.text).verdict == "single"


def test_a_report_alone_gives_only_single_findings() -> None:
    story, findings = find([SANK, MISSING, SEARCH, CAKE])
    check(story, findings)
    assert [found.verdict for found in findings] == ["single"] * 4
    assert all(found.origins == 1 for found in findings)


def test_copies_of_one_text_are_single_however_many_outlets_carry_them() -> None:
    story, findings = find([SANK, SEARCH], [SANK, SEARCH], [SANK, SEARCH], origins=["abc"])
    check(story, findings)
    found = finding_of(findings, SANK.text)
    assert (found.verdict, found.origins, len(found.outlets)) == ("single", 1, 3)


def test_a_copied_passage_counts_once() -> None:
    copied = [Passage(article, 0, len(SANK.text), SANK.text, "wire") for article in "ab"]
    story, findings = find([SANK, CAKE], [SANK, SEARCH], passages=copied)
    check(story, findings)
    assert finding_of(findings, SANK.text).verdict == "single"
    _, findings = find([SANK, CAKE], [SANK, SEARCH], [SANK], passages=copied)
    assert (finding_of(findings, SANK.text).verdict, finding_of(findings, SANK.text).origins) == ("corroborated", 2)


def test_values_that_cannot_both_hold_are_disputed_between_reports() -> None:
    other = Said("Five sailors were missing after the barge sank.", "miss", figures=(("Five sailors", 5, "person"),))
    story, findings = find([SANK, MISSING], [SANK, other])
    check(story, findings)
    found = finding_of(findings, MISSING.text)
    assert (found.verdict, found.between) == ("disputed", "reports")
    (difference,) = [difference for difference in found.differences if not difference.compatible]
    assert difference.field == "value"
    assert {(value.value, value.articles) for value in difference.values} == {
        ("Three sailors", ("a",)),
        ("Five sailors", ("b",)),
    }
    assert finding_of(findings, SANK.text).verdict == "corroborated"


def test_less_exact_values_are_compatible() -> None:
    vague = Said("Some sailors were missing after the barge sank.", "miss", figures=(("Some sailors", None, "person"),))
    story, findings = find([SANK, MISSING], [SANK, vague])
    check(story, findings)
    assert all(found.verdict != "disputed" for found in findings)


def test_names_of_the_story_come_with_the_findings() -> None:
    listed = [name("a/n", "Ana Merrick", "person", "a"), name("b/n", "Merrick", "person", "b")]
    made = [report(id, SANK, names=listed) for id in "ab"]
    _, (found,) = reconcile(story_of([article for article, _ in made]), [analysis for _, analysis in made])
    assert (found.name, found.articles) == ("Ana Merrick", ("a", "b"))


@pytest.mark.parametrize("origins", [[], ["ab"]])
def test_order_of_reports_does_not_matter(origins: list[str]) -> None:
    reports = ([SANK, MISSING, CAKE], [SEARCH, SANK], [MISSING, SEARCH])
    assert find(*reports, origins=origins) == find(*reports, origins=origins, backwards=True)


def test_reports_without_claims_give_no_findings() -> None:
    assert find([], [])[1] == ()
