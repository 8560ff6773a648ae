from __future__ import annotations

from accord.brief.index import Index
from accord.brief.weights import weigh
from accord.records import Finding
from brief.stories import Report, ferry, ferry_findings, finding, names_of, story_of


def weighed(reports: tuple[Report, ...], findings: list[Finding]) -> dict[str, Finding]:
    index = Index.build(story_of(*reports), [report.analysis() for report in reports], names_of(*reports))
    return {made.evidence[0].text: made for made in weigh(findings, index)}


def test_the_main_event_is_heaviest():
    north, south = ferry()
    made = list(weighed((north, south), ferry_findings(north, south)))
    assert made[0] == "The ferry Alma sank off Dorrin on Friday"


def test_corroborated_outweighs_single():
    north, south = ferry()
    made = weighed((north, south), ferry_findings(north, south))
    assert made["killing 12 passengers"].weight > made["She visited the port on Sunday"].weight


def test_a_repeat_is_light():
    north, south = ferry()
    again = finding(north.cite("ferry Alma sank off Dorrin"))
    made = weighed((north, south), [*ferry_findings(north, south), again])
    assert made["ferry Alma sank off Dorrin"].weight == min(each.weight for each in made.values())


def test_background_of_other_years_is_lighter():
    report = Report("a", ("The port was dredged.", "The port was widened."))
    report.clause("The port was dredged", "dredge", date="2031-05").clause("The port was widened", "widen", date="1998")
    made = weighed((report,), [finding(report.cite(s.text)) for s in report.statements])
    assert made["The port was dredged"].weight - made["The port was widened"].weight > 1


def test_a_clause_that_only_attributes_is_light():
    report = Report("a", ("The port was closed.", "Ruiz said in a statement."))
    report.clause("The port was closed", "close", passive=True).clause("Ruiz said in a statement", "say")
    made = weighed((report,), [finding(report.cite(s.text)) for s in report.statements])
    assert made["Ruiz said in a statement"].weight < made["The port was closed"].weight
