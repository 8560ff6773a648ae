from __future__ import annotations

from accord.brief.index import Index
from accord.brief.summary import summarize
from accord.brief.weights import weigh
from accord.records import Difference, Finding, SummarySentence, Value
from brief.stories import Report, ferry, ferry_findings, finding, names_of, story_of


def summary(reports: tuple[Report, ...], findings: list[Finding]) -> tuple[SummarySentence, ...]:
    index = Index.build(story_of(*reports), [report.analysis() for report in reports], names_of(*reports))
    return summarize(weigh(findings, index), index)


def test_the_lead_says_what_happened_in_a_reports_words():
    north, south = ferry()
    lead = summary((north, south), ferry_findings(north, south))
    assert lead[0].text == "The ferry Alma sank off Dorrin on Friday, killing 12 passengers."


def test_the_second_sentence_gives_the_figure():
    north, south = ferry()
    lead = summary((north, south), ferry_findings(north, south))
    assert "4 million crowns" in lead[1].text


def test_a_stretch_of_a_sentence_is_carried_by_all_its_findings():
    one = Report("a", ("The Alma sank off Dorrin late on Friday, killing 12 people.",))
    one.clause("The Alma sank off Dorrin late on Friday", "sink").clause("killing 12 people", "kill")
    two = Report("b", ("The Alma sank on Friday.", "The sinking killed 12 people."))
    two.clause("The Alma sank on Friday", "sink").clause("The sinking killed 12 people", "kill")
    found = [
        finding(one.cite("The Alma sank off Dorrin late on Friday"), two.cite("The Alma sank on Friday")),
        finding(one.cite("killing 12 people"), two.cite("The sinking killed 12 people")),
    ]
    lead = summary((one, two), found)
    assert lead[0].text == "The Alma sank off Dorrin late on Friday, killing 12 people."
    assert set(lead[0].findings) == {each.id for each in found}


def test_what_one_outlet_alone_reports_names_it():
    one = Report("a", ("The Alma sank off Dorrin late on Friday night.",))
    one.clause("The Alma sank off Dorrin late on Friday night", "sink")
    two = Report("b", ("The council of Dorrin met to talk about roads.",))
    two.clause("The council of Dorrin met to talk about roads", "meet")
    found = [finding(r.cite(s.text)) for r in (one, two) for s in r.statements]
    assert summary((one, two), found)[0].text.startswith(("Only a daily reports: ", "Only b daily reports: "))


def test_one_report_needs_no_outlet():
    north, _ = ferry()
    lead = summary((north,), [finding(north.cite(s.text)) for s in north.statements])
    assert lead[0].text.startswith("The ferry Alma sank off Dorrin")


def test_the_main_dispute_gives_each_side():
    one = Report("a", ("The blast hurt 25 people.",)).clause("The blast hurt 25 people", "hurt")
    two = Report("b", ("The blast hurt 31 people.",)).clause("The blast hurt 31 people", "hurt")
    apart = Difference("value", (Value("25 people", ("a",)), Value("31 people", ("b",))), compatible=False)
    found = finding(
        one.cite("The blast hurt 25 people"),
        two.cite("The blast hurt 31 people"),
        between="reports",
        differences=[apart],
    )
    assert summary((one, two), [found])[-1].text == (
        "Reports differ on the figure: a daily: “The blast hurt 25 people”; b daily: “The blast hurt 31 people”."
    )


def test_speakers_are_named_in_their_dispute():
    one = Report("a", ("“The ferry was safe,” Ida Ruiz said.", "“The doors were broken,” Per Holm said."))
    one.clause("The ferry was safe", "be", speaker="Ida Ruiz").clause("The doors were broken", "be", speaker="Per Holm")
    one.person("Ida Ruiz").person("Per Holm")
    one.quote("The ferry was safe", "Ida Ruiz").quote("The doors were broken", "Per Holm")
    found = finding(one.cite("The ferry was safe"), one.cite("The doors were broken"), between="speakers")
    assert summary((one,), [found])[-1].text == (
        "Speakers contradict each other: Ida Ruiz: “The ferry was safe”; Per Holm: “The doors were broken”."
    )


def test_a_disputed_line_never_opens():
    one = Report("a", ("The blast hurt 25 people.",)).clause("The blast hurt 25 people", "hurt")
    found = finding(one.cite("The blast hurt 25 people"), between="reports")
    assert summary((one,), [found]) == ()


def test_the_main_event_opens_although_its_date_is_disputed():
    one = Report("a", ("The tower of Dorrin fell on Monday night.",), title="Tower of Dorrin falls")
    two = Report("b", ("The tower of Dorrin fell on Tuesday night.",), title="Tower of Dorrin falls")
    sentences = "The tower of Dorrin fell on Monday night", "The tower of Dorrin fell on Tuesday night"
    one.clause(sentences[0], "fall")
    two.clause(sentences[1], "fall")
    apart = Difference("date", (Value("Monday", ("a",)), Value("Tuesday", ("b",))), compatible=False)
    found = finding(one.cite(sentences[0]), two.cite(sentences[1]), between="reports", differences=[apart])
    texts = [sentence.text for sentence in summary((one, two), [found])]
    assert texts[0].endswith("night, though reports differ on the date.")
    assert texts[1] == f"Reports differ on the date: a daily: “{sentences[0]}”; b daily: “{sentences[1]}”."


def test_a_contradiction_without_a_denial_is_not_told():
    one = Report("a", ("Nobody stands above the law.",)).clause("Nobody stands above the law", "stand")
    two = Report("b", ("It shows that nobody stands above the law.",)).clause("nobody stands above the law", "stand")
    apart = Difference("polarity", (Value("says so", ("a",)), Value("says not", ("b",))), compatible=False)
    sides = one.cite("Nobody stands above the law"), two.cite("nobody stands above the law")
    assert summary((one, two), [finding(*sides, between="reports", differences=[apart])]) == ()
