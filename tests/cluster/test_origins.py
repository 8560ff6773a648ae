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


def test_shared_sentences_are_listed_as_the_first_article_prints_them():
    (found,) = origins(report("a", OTHER[3], *WIRE[:3]), report("b", *EDITED[:3], OTHER[1]))
    assert [(c.article, c.text) for c in found.shared] == [("a", sentence) for sentence in WIRE[:3]]


def test_an_article_alone_shares_nothing():
    (found,) = origins(report("a", *WIRE))
    assert found.shared == ()


def test_an_article_that_an_agency_wrote_is_agency_copy():
    (found,) = origins(report("a", *WIRE, "(Reporting by Jo Bly; Editing by Kim Roe)"))
    assert (found.kind, found.agency) == ("agency", "Reuters")
    assert found.why == "all of it is the text of Reuters: “(Reporting by Jo Bly; Editing by Kim Roe)”"


def test_staff_copy_with_a_contribution_is_an_own_report():
    (found,) = origins(report("a", *WIRE, "The Associated Press contributed to this report."))
    assert (found.kind, found.agency) == ("own", None)
    assert found.why == "own text; the Associated Press contributed"


def test_a_picture_s_agency_wrote_nothing():
    (found,) = origins(report("a", "A tug leaves the harbour. (Jo Bly/AP)", *WIRE, credits=("Associated Press",)))
    assert (found.kind, found.agency, found.why) == ("own", None, "own text")


def test_the_author_counts_more_than_contributors():
    copy, other = report("a", *WIRE, "With files from AFP"), report("b", *WIRE, "— The Canadian Press")
    (found,) = origins(copy, other)
    assert (found.kind, found.agency) == ("agency", "Canadian Press")


def test_of_several_contributors_none_is_the_author():
    (found,) = origins(report("a", *WIRE, "(AFP, dpa)"), report("b", *WIRE))
    assert (found.kind, found.agency) == ("copy", None)


def test_articles_need_no_analysis():
    reports = [report("a", *WIRE), report("b", *EDITED), report("c", *OTHER)]
    assert [o.articles for o in find_origins([a for a, _ in reports])] == [("a", "b"), ("c",)]


def test_a_transcript_printed_twice_is_a_copy():
    said = [f"“{sentence}”" for sentence in (*WIRE[:3], *OTHER[3:])]
    assert len(origins(report("a", *said), report("b", *said))) == 1


def test_a_few_shared_words_do_not_merge():
    short = "Three sailors were missing late on Monday."
    assert len(origins(report("a", short), report("b", short, *OTHER))) == 2


def test_last_week_s_report_of_the_same_kind_is_another_origin():
    told = "The harbour of Varlund took in {} ships in the week that ended on {}, the harbour office said on Thursday."
    assert len(origins(report("a", told.format(214, "June 6")), report("b", told.format(198, "August 17")))) == 2


def test_the_names_and_titles_that_all_use_do_not_merge():
    title = "the deputy minister for harbours and inland waterways Lena Ost"
    first = f"Late on Friday evening {title} resigned over the sunken barge."
    second = f"A court cleared {title} of taking bribes from two ship owners."
    assert len(origins(report("a", first), report("b", second))) == 2
