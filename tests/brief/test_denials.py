from __future__ import annotations

import pytest

from accord.brief.denials import keep_denials
from accord.brief.index import Index
from brief.stories import Report, finding, story_of


@pytest.mark.parametrize(
    ("sentence", "clause", "cited"),
    [
        ("Rovia denied that its ship carried oil.", "its ship carried oil", "Rovia denied that its ship carried oil"),
        (
            "He rejected claims that it carried oil.",
            "it carried oil",
            "He rejected claims that it carried oil",
        ),
        (
            "The panel urged that ports close early.",
            "ports close early",
            "The panel urged that ports close early",
        ),
        ("Ruiz said the ship carried oil.", "the ship carried oil", "the ship carried oil"),
    ],
)
def test_denied_and_wanted_passages_keep_the_words_that_say_so(sentence, clause, cited):
    report = Report("a", (sentence,)).clause(clause, "carry")
    index = Index.build(story_of(report), [report.analysis()], ())
    assert keep_denials(finding(report.cite(clause)), index).evidence[0].text == cited


def test_a_name_after_called_is_no_demand():
    report = Report("a", ("A ship called Alma, which carried oil, sank.",)).clause("Alma, which carried oil", "carry")
    index = Index.build(story_of(report), [report.analysis()], ())
    told = finding(report.cite("Alma, which carried oil"))
    assert keep_denials(told, index) == told
