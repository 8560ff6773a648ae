from __future__ import annotations

from accord.brief.names import order_names
from accord.records import Name
from brief.stories import Report


def test_names_stand_by_reports_then_mentions():
    report = Report("a", ("Ida Ruiz spoke.", "She left.", "Per Holm stayed."))
    report.person("Per Holm").person("Ida Ruiz", ("She left", "She"))
    names = [Name("1", "Per Holm", "person", ("a",)), Name("2", "Ida Ruiz", "person", ("a",))]
    names.append(Name("3", "Dorrin", "place", ("a", "b")))
    assert [name.name for name in order_names(names, [report.analysis()])] == ["Dorrin", "Ida Ruiz", "Per Holm"]


def test_fragments_are_left_out():
    fragments = ["x", "12 May", "the ministry of", "A\nB", "One Two Three Four Five Six Seven Eight Nine"]
    names = [Name(str(i), text, "organisation", ("a",)) for i, text in enumerate(fragments)]
    assert order_names(names, []) == ()
