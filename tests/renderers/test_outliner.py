from dataclasses import replace

from accord.records import Article, Briefing, Difference, Quote, SummarySentence, Value
from accord.renderers.outline import Limits, outlet_labels
from accord.renderers.outliner import outline

from .sample import ARTICLES, BRIEFING, FINDINGS, cite, finding


def test_numbers_run_in_the_order_in_which_findings_are_shown() -> None:
    shown = outline(BRIEFING)
    numbers = [line.number for line in (*shown.lead.lines, *shown.agreed.lines)]
    numbers += [dispute.line.number for dispute in shown.disputed]
    numbers += [line.number for group in shown.single for line in group.lines]
    assert numbers == list(range(1, 9))


def test_a_finding_that_the_lead_states_is_not_listed_again() -> None:
    assert [line.number for line in outline(BRIEFING).lead.lines] == [1]
    assert FINDINGS[0].gist not in [line.text for line in outline(BRIEFING).agreed.lines]
    vague = replace(BRIEFING, summary=(SummarySentence("A bridge is shut.", ("f01", "f02")),))
    assert outline(vague).lead.lines[0].see == (1, 2)
    assert FINDINGS[0].gist in [line.text for line in outline(vague).agreed.lines]


def test_an_item_whose_words_stand_in_a_finding_only_points_there() -> None:
    brandt = outline(BRIEFING).speakers[0].lines[0]
    assert brandt.see == (2,)
    assert brandt.text == "Nobody will cross until every pier is…"
    assert brandt.verdict == "corroborated"


def test_single_quotes_and_commitments_stand_in_their_own_sections_only() -> None:
    shown = outline(BRIEFING)
    single = [line.text for group in shown.single for line in group.lines]
    assert not [text for text in single if "promised" in text or "tested" in text]
    assert shown.single_elsewhere == 3
    alone = outline(replace(BRIEFING, quotes=(), commitments=()))
    assert alone.single_elsewhere == 0


def test_one_origin_with_two_outlets_is_one_group() -> None:
    assert [group.title for group in outline(BRIEFING).single] == ["Herald", "Daily Post, City News"]


def test_notes_tell_other_precision_but_not_other_wording_or_what_the_line_says() -> None:
    assert outline(BRIEFING).agreed.lines[1].notes == (("more than 10 million", ("Daily Post", "City News")),)


def test_a_detail_of_one_report_is_noted_though_the_line_says_it() -> None:
    detail = Difference("detail", (Value("on Monday", ("a",)),), True)
    code = Difference("polarity", (Value("says so", ("a",)), Value("says not", ("b",))), True)
    first = replace(FINDINGS[0], differences=(detail, code))
    assert outline(replace(BRIEFING, findings=(first,))).lead.lines[0].notes == (("on Monday", ("Herald",)),)


def test_each_side_of_a_dispute_gets_its_own_words() -> None:
    reports, speakers = outline(BRIEFING).disputed
    assert [side.articles for side in reports.sides] == [("a", "b", "c"), ("d",)]
    assert [[c.text for alike in side.quotes for c in alike] for side in speakers.sides] == [
        ["The builder, Skov & Sons, denies that its concrete was weak."],
        ["Union head Mia Lund said the concrete was weak from the start."],
    ]
    assert reports.about == "How much: the reports differ"


def test_a_dispute_without_values_shows_every_passage_as_a_side() -> None:
    bare = finding(1, "statement", "disputed", cite("a", "two of its piers"), cite("d", "three piers"))
    (dispute,) = outline(replace(BRIEFING, findings=(bare,))).disputed
    assert [side.value for side in dispute.sides] == ["two of its piers", "three piers"]
    assert dispute.about == "The reports differ"


def test_what_no_limit_shows_is_counted_and_never_pointed_at() -> None:
    shown = outline(BRIEFING, Limits(findings=1, per_origin=0, items=2, rejected=0))
    assert (len(shown.agreed.lines), shown.agreed.more) == (1, 1)
    assert (len(shown.disputed), shown.disputed_more) == (1, 1)
    assert [(group.lines, group.more) for group in shown.single] == [((), 2), ((), 1)]
    assert shown.figures.more == 2
    assert shown.rejected.more == 1
    assert {n for line in shown.figures.lines for n in line.see} <= {1, 2, 3}


def test_reports_name_their_origin_and_the_agreed_findings_they_lack() -> None:
    herald, post, _, courier = outline(BRIEFING).reports
    assert (herald.origin, herald.lacks) == ("own report", ())
    assert post.origin == "agency copy (Norda), one origin with City News"
    assert post.credits == ()
    assert (courier.carries, courier.lacks) == (2, (3,))


def test_articles_of_one_outlet_are_numbered() -> None:
    articles = [
        Article(i, "", outlet) for i, outlet in (("1", "Post"), ("2", "www.sun.example"), ("3", "Post"), ("4", ""))
    ]
    assert list(outlet_labels(articles).values()) == ["Post 1", "sun.example", "Post 2", "4"]


def test_quoted_words_stand_first_then_how_other_reports_give_them() -> None:
    brandt = outline(BRIEFING).speakers[0].lines[0]
    assert brandt.by == ("a", "b", "c")
    assert [aside.how for aside in brandt.asides] == ["worded differently", "paraphrased by"]
    assert [side.articles for side in brandt.asides[0].sides] == [("a",), ("b", "c")]
    assert brandt.asides[1].sides[0].value == "No one would cross before all piers were safe"
    assert {citation.article for citation in brandt.evidence} == set("abcd")


def test_reported_statements_come_after_quotes_within_their_own_limit() -> None:
    text = ARTICLES[0].text
    many = tuple(Quote("a", n * 9, n * 9 + 9, text[n * 9 : n * 9 + 9], "indirect", "Ida Brandt") for n in range(6))
    (brandt,) = outline(replace(BRIEFING, quotes=(BRIEFING.quotes[0], *many)), Limits(reported=2)).speakers
    assert [line.quoted for line in brandt.lines] == [True, False, False]
    assert brandt.more == "4 more reported statements"


def test_speakers_beyond_the_limit_are_counted_with_what_they_said() -> None:
    shown = outline(BRIEFING, Limits(speakers=1))
    assert [speaker.title for speaker in shown.speakers] == ["Ida Brandt"]
    assert (shown.speakers_more, shown.unheard) == (2, 2)


def test_an_empty_briefing_has_an_outline() -> None:
    shown = outline(Briefing("x", "", (), (), (), (), (), (), (), (), ()))
    assert shown.title == "Briefing"
    assert shown.counts[0] == "0 reports"
