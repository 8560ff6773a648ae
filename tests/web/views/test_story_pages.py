import csv
import io
from dataclasses import replace

import pytest

from accord.records import Citation, Difference, Finding, Value
from accord.web.views.story_briefing import LEVELS, briefing_page, levels, size_of
from accord.web.views.story_finding import context, finding_page, why
from accord.web.views.story_matrix import csv_of, matrix, side_of, sides_of
from accord.web.views.story_origins import origins
from accord.web.views.story_outlets import outlets, timeline
from accord.web.views.story_reader import reader
from web.bridge import BRIDGE, STORY, reading

# the briefing ---------------------------------------------------------------------------------------------------------


def test_a_small_story_is_shown_whole() -> None:
    made = reading()
    assert levels(made) == LEVELS
    assert briefing_page(made, LEVELS[0]).shown == made.shown


def test_of_a_long_one_the_rest_is_counted() -> None:
    made = reading()
    cut = briefing_page(made, replace(LEVELS[-1], disputed=1, agreed=1, per_speaker=1, speakers=1, characters=30))
    assert (len(cut.shown.disputed), cut.shown.disputed_more) == (1, 1)
    assert cut.shown.speakers_more == 2
    assert size_of(cut) < size_of(briefing_page(made, LEVELS[0]))
    assert all(len(line.text) <= 30 for line in cut.shown.agreed.lines)


def test_headings_say_where_the_rest_of_what_the_head_counts_stands() -> None:
    made = reading()
    page, counts = briefing_page(made, LEVELS[0]), dict(made.counts)
    listed = len(page.shown.agreed.lines)
    assert page.lead + listed == counts["corroborated"]
    assert page.single + page.shown.single_elsewhere == counts["single"]
    assert page.agreed_told == (f"{listed} · {page.lead} in the lead" if page.lead else f"{listed}")
    assert replace(page, lead=2).agreed_told == f"{listed} · 2 in the lead"
    assert replace(page, lead=0).agreed_told == f"{listed}"
    told = replace(page, shown=replace(page.shown, single_elsewhere=3)).single_told
    assert told == f"{page.single} · 3 more under quotes and commitments"
    cut = briefing_page(made, replace(LEVELS[-1], agreed=1))
    assert cut.agreed_told == page.agreed_told


# the reader -----------------------------------------------------------------------------------------------------------


def test_the_reader_shows_one_report_of_each_origin_first() -> None:
    page = reader(reading())
    assert [column.article.id for column in page.columns] == ["a", "b", "d"]


def test_the_reports_of_a_dispute_are_those_of_its_sides() -> None:
    page = reader(reading(), finding="f04")
    assert [column.article.id for column in page.columns] == ["a", "b", "d"]
    assert all(column.marked for column in page.columns)
    assert page.picked is not None
    assert page.gist == "divers found cracks in two of its piers"


def test_a_finding_of_one_origin_is_shown_in_its_copies() -> None:
    assert [column.article.id for column in reader(reading(), finding="f09").columns] == ["b", "c"]


def test_a_finding_without_a_number_can_be_picked_too() -> None:
    page = reader(reading(), finding="f07")
    assert page.picked is not None
    assert page.picked.key == "xf07"
    assert any("xf07" in piece.keys for column in page.columns for p in column.paragraphs for piece in p.pieces)


def test_chosen_reports_are_shown_in_order_and_others_are_offered() -> None:
    page = reader(reading(), ("d", "a", "d", "nosuch"))
    assert [column.article.id for column in page.columns] == ["a", "d"]
    offered = {choice.label: choice for choice in page.choices}
    assert offered["Herald"].shown
    assert offered["Herald"].at == f"/stories/{STORY}/reader?report=d"
    assert offered["City News"].at == f"/stories/{STORY}/reader?report=a&report=d&report=c"


def test_a_long_report_is_shown_in_parts() -> None:
    long = replace(BRIDGE.articles[3], text=BRIDGE.articles[3].text + "\n" + "More of it.\n" * 20_000)
    made = reading(articles=(*BRIDGE.articles[:3], long))
    page = reader(made, ("a", "d"))
    assert [(column.part, column.of > 1) for column in page.columns] == [(1, False), (1, True)]
    assert page.columns[1].later == f"/stories/{STORY}/reader?report=a&report=d&part=2%3Ad"
    last = reader(made, ("a", "d"), part={"d": 999}).columns[1]
    assert last.part == last.of
    assert sum(paragraph.size for column in page.columns for paragraph in column.paragraphs) < 170_000


# matrix, origins, timeline --------------------------------------------------------------------------------------------


def test_sides_have_letters() -> None:
    assert [(letter, articles) for letter, _, articles in sides_of(BRIDGE.findings[3])] == [
        ("A", ("a", "b", "c")),
        ("B", ("d",)),
    ]


def test_a_wide_matrix_has_pages() -> None:
    findings = tuple(
        replace(BRIDGE.findings[0], id=f"f{n}", gist=f"Gist {n}", verdict="corroborated") for n in range(900)
    )
    made = reading(findings=findings, quotes=(), figures=(), commitments=(), timeline=(), summary=())
    first = matrix(made)
    assert first.total == 900
    assert first.earlier is None
    assert first.later == f"/stories/{STORY}/matrix?page=2"
    seen, page = 0, 1
    while True:
        shown = matrix(made, page=page)
        assert shown.first == seen + 1
        seen += len(shown.rows)
        if shown.later is None:
            break
        page += 1
    assert seen == 900
    assert matrix(made, page=10_000).rows == matrix(made, page=page).rows


def test_the_table_has_a_row_a_finding_and_no_formulas() -> None:
    made = reading(articles=(replace(BRIDGE.articles[0], outlet="=cmd()"), *BRIDGE.articles[1:]))
    rows = list(csv.DictReader(io.StringIO(csv_of(made).decode())))
    assert len(rows) == len(BRIDGE.findings)
    assert "'=cmd()" in rows[0]
    assert rows[3]["Courier"] == "Divers found cracks in three piers"


def test_who_copied_whom_is_said_in_words() -> None:
    page = origins(reading())
    assert [flow.split(":")[0] for flow in page.flows] == ["Daily Post", "City News"]
    assert all(flow.endswith("are copy of Norda.") for flow in page.flows)
    assert [[place.same for place in shared.places] for shared in page.passages] == [[False, True], [False, True]]
    assert page.sources[0].title == "Agency copy: Norda"


def test_without_copies_nothing_flows() -> None:
    page = origins(reading(passages=()))
    assert (page.flows, page.passages) == ((), ())
    assert page.picture.startswith("<svg")


def test_the_timeline_has_publications_too() -> None:
    days = timeline(reading())
    assert [day.date for day in days] == ["2019", "2031-03-03", "2031-03-04", "2031-03-05"]
    assert [label for label, _ in days[2].published] == ["Herald", "Daily Post"]


def test_what_each_report_left_out_and_has_alone() -> None:
    told = {one.label: one for one in outlets(reading())}
    assert [number for number, _, _ in told["Courier"].lacks] == [3]
    assert [gist for _, gist, _ in told["Daily Post"].only] == ["Nobody was hurt."]
    assert (told["Herald"].carries, told["Herald"].agreed) == (3, 3)


# a finding's page -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("finding", "rule"),
    [
        (0, "4 reports from 3 origins carry it, and what they say is compatible."),
        (3, "Reports say what cannot both hold as it is written."),
        (4, "Named sides contradict each other; the reports only pass that on."),
        (5, "One report carries it; no other does."),
        (8, "2 reports carry it, but they share one text: they count as one origin."),
    ],
)
def test_a_verdict_is_explained(finding: int, rule: str) -> None:
    assert why(reading(), BRIDGE.findings[finding])[0] == rule


def test_where_one_report_gives_both_sides_its_passages_are_told_apart_by_their_words() -> None:
    said = [Citation("a", n, n + 40, text) for n, text in enumerate(("they would not", "the two would talk", "Well?"))]
    values = (Value("Ebo: they would not", ("a",)), Value("Sands: the two would talk", ("a",)))
    apart = Difference("polarity", values, compatible=False)
    finding = Finding("f", "statement", "x", "disputed", "speakers", 1, ("Herald",), tuple(said), (apart,))
    assert [side_of(finding, citation) for citation in said] == ["A", "B", ""]


def test_the_page_of_a_dispute_orders_passages_by_side() -> None:
    page = finding_page(reading(), BRIDGE.findings[3], lambda at: f"https://room.example{at}")
    assert [one.side for one in page.passages] == ["A", "A", "A", "B"]
    assert page.apart[0].title == "How much"
    assert page.cite.endswith(f"https://room.example/stories/{STORY}/findings/f04")
    assert page.silent == ()


def test_an_utterance_shows_where_wordings_differ() -> None:
    page = finding_page(reading(), BRIDGE.findings[1], str)
    (said,) = page.said
    assert [one.label for one in said] == ["Herald", "Daily Post", "City News", "Courier"]
    assert any(words == "will" and differs for words, differs in said[0].pieces)


def test_differences_that_both_hold_have_no_letters() -> None:
    finding = replace(BRIDGE.findings[0], differences=(Difference("detail", (Value("on Monday", ("a",)),), True),))
    page = finding_page(reading(findings=(finding,)), finding, str)
    assert page.apart[0].values == (("", "on Monday", ("Herald",)),)


@pytest.mark.parametrize(
    ("text", "passage", "before", "after"),
    [
        ("It rained. The dam held. Nobody slept. Dawn came.", "The dam held.", "It rained. ", " Nobody slept."),
        ("One. Two. They said the dam held there. Four. Five.", "the dam held", "Two. They said ", " there. Four."),
        ("A head\n\nThe dam held.\n\nNobody slept.", "The dam held.", "A head ¶ ", " ¶ Nobody slept."),
        ("The dam held", "The dam held", "", ""),
    ],
)
def test_a_passage_stands_between_its_sentences(text: str, passage: str, before: str, after: str) -> None:
    start = text.index(passage)
    made = context(text, start, start + len(passage))
    assert (made.before, made.text, made.after) == (before, passage, after)
