from __future__ import annotations

from accord.brief.index import Index
from accord.brief.titles import choose_title
from brief.stories import Report, finding, story_of


def test_the_headline_closest_to_the_other_reports_is_chosen():
    reports = (
        Report("a", ("A ferry sank off Dorrin.",), title="Who was to blame?"),
        Report("b", ("The ferry sank.",), title="Ferry sinks off Dorrin, twelve dead"),
        Report("c", ("Twelve are dead after a ferry sank off Dorrin.",), title="Grief on the islands"),
    )
    index = Index.build(story_of(*reports), [report.analysis() for report in reports], ())
    assert choose_title((), index) == "Ferry sinks off Dorrin, twelve dead"


def test_without_headlines_the_heaviest_agreed_line_is_the_title():
    one, two = Report("a", ("The ferry sank.", "It rained.")), Report("b", ("The ferry sank.",))
    index = Index.build(story_of(one, two), [one.analysis(), two.analysis()], ())
    found = [finding(one.cite("It rained.")), finding(one.cite("The ferry sank"), two.cite("The ferry sank"))]
    assert choose_title(found, index) == "The ferry sank"
