"""Which articles count once, and what is said about why."""

from reports import EDITED, OTHER, WIRE, report

from accord.cluster import find_origins
from accord.records import Origin


def origins(*reports) -> tuple[Origin, ...]:
    return find_origins([article for article, _ in reports], [analysis for _, analysis in reports])


def test_own_reports_are_own_origins():
    found = origins(report("a", *WIRE), report("b", *OTHER))
    assert [(o.articles, o.kind, o.why) for o in found] == [(("a",), "own", "own text"), (("b",), "own", "own text")]


def test_identical_text_is_one_copy():
    (found,) = origins(report("a", *WIRE), report("b", *WIRE))
    assert (found.articles, found.kind, found.agency) == (("a", "b"), "copy", None)
    assert found.why == "5 of 5 sentences word for word in a daily and b daily; no agency is named"


def test_light_edits_and_house_style_are_still_copies():
    (found,) = origins(report("a", *WIRE), report("b", *EDITED))
    assert found.articles == ("a", "b")
    assert "copied" in found.why


def test_order_of_sentences_and_dropped_ones_do_not_matter():
    (found,) = origins(report("a", *WIRE), report("b", WIRE[4], WIRE[0], OTHER[3]))
    assert found.articles == ("a", "b")


def test_a_brief_inside_a_long_report_is_a_copy():
    (found,) = origins(report("a", *OTHER, *WIRE), report("b", *WIRE[:2]))
    assert found.articles == ("a", "b")


def test_the_same_quote_is_no_copy():
    quote = "“The barge was old, but she was sound when she left, and every man aboard knew the estuary by heart,” {}."
    found = origins(
        report("a", quote.format("the widow of the skipper told the evening news"), OTHER[0]),
        report("b", quote.format("said Lena Ost, whose husband was in command"), OTHER[3]),
    )
    assert len(found) == 2


def test_a_part_copied_does_not_merge():
    assert len(origins(report("a", *WIRE), report("b", WIRE[0], *OTHER))) == 2


def test_furniture_does_not_count():
    caption = "# A tug leaves the port of Varlund in heavy seas on Monday to look for the crew of a sunken barge."
    assert len(origins(report("a", caption, WIRE[0]), report("b", caption, OTHER[0]))) == 2


def test_embedded_posts_do_not_count():
    post = "We all hope that the crew of the barge comes home safe tonight — Port of Varlund (@varlundport) May 5, 2031"
    assert len(origins(report("a", post, WIRE[0]), report("b", post, OTHER[0]))) == 2


def test_agency_is_named_from_credits():
    (found,) = origins(
        report("a", *WIRE, credits=("Associated Press",)), report("b", *WIRE, credits=("Associated Press", "agencies"))
    )
    assert (found.kind, found.agency) == ("agency", "Associated Press")
    assert found.why.endswith("both credit the Associated Press")


def test_agency_is_named_from_the_outlet():
    (found,) = origins(report("a", *WIRE, outlet="www.reuters.com"), report("b", *WIRE))
    assert (found.kind, found.agency) == ("agency", "Reuters")


def test_agency_is_named_from_the_shared_text():
    told = "“We have lost good men,” the mayor told Reuters outside the chapel where relatives had come together."
    (found,) = origins(report("a", told, *WIRE), report("b", told, *WIRE))
    assert (found.kind, found.agency) == ("agency", "Reuters")
    assert found.why.endswith("the shared text names Reuters as its own")


def test_credits_alone_do_not_merge():
    found = origins(report("a", *WIRE, credits=("Reuters",)), report("b", *OTHER, credits=("Reuters",)))
    assert [o.kind for o in found] == ["own", "own"]
    assert found[0].why == "own text; Reuters is credited"
    assert found[0].agency == "Reuters"


def test_copies_of_copies_are_one_origin():
    (found,) = origins(report("a", *WIRE[:3]), report("b", *WIRE), report("c", *WIRE[3:]))
    assert found.articles == ("a", "b", "c")
    assert "more" in found.why
