from __future__ import annotations

from accord.brief.index import Index
from accord.brief.links import cite
from accord.brief.timeline import build_timeline
from accord.records import Finding, TimelineEntry
from brief.stories import Report, ferry, ferry_findings, story_of


def timeline(reports: tuple[Report, ...], findings: list[Finding]) -> tuple[TimelineEntry, ...]:
    return build_timeline(Index.build(story_of(*reports), [r.analysis() for r in reports], ()), cite(findings))


def test_one_finding_of_one_day_is_one_entry():
    north, south = ferry()
    findings = ferry_findings(north, south)
    (entry,) = timeline((north, south), findings)
    assert (entry.date, entry.finding) == ("2031-05-02", findings[0].id)
    assert {citation.article for citation in entry.evidence} == {"north", "south"}


def test_nearly_the_same_words_are_one_entry_without_a_finding():
    north, south = ferry()
    assert len(timeline((north, south), [])) == 1


def test_other_happenings_of_a_day_are_entries_of_their_own():
    report = Report("a", ("Divers found the bell.", "The inquiry opened in Dorrin."))
    report.happening("Divers found the bell", "2031-05-05").happening("The inquiry opened in Dorrin", "2031-05-05")
    assert len(timeline((report,), [])) == 2


def test_entries_stand_by_date_and_doubles_count_once():
    report = Report("a", ("Divers found the bell.", "The inquiry opened in Dorrin."))
    report.happening("Divers found the bell", "2031-05-05").happening("The inquiry opened in Dorrin", "2031-04")
    report.happening("Divers found the bell", "2031-05-05")
    assert [entry.date for entry in timeline((report,), [])] == ["2031-04", "2031-05-05"]
