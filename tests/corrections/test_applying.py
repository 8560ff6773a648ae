"""What each kind of correction does to a briefing, on the invented event of the renderers' sample."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accord.corrections import (
    Corrected,
    applied,
    dismiss_dispute,
    dismiss_finding,
    fix_speaker,
    fix_value,
    merge_findings,
    merge_origins,
    merge_stories,
    split_finding,
    split_origin,
)
from accord.records import Article, Briefing, Correction, Difference, Finding, Passage, Rejected, SummarySentence, Value
from renderers.sample import ARTICLES, BRIEFING, COMMITMENTS, FIGURES, FINDINGS, QUOTES, cite

WHO = {"by": "Mara Tolk", "at": "2031-03-06T08:00:00Z"}
CLOSED, SAID, COST, PIERS, WEAK = FINDINGS[:5]
BUSES, UNHURT = FINDINGS[6], FINDINGS[8]


def correct(*corrections: Correction, briefing: Briefing = BRIEFING) -> Corrected:
    found = applied(briefing, corrections)
    for finding in found.briefing.findings:
        for citation in finding.evidence:
            article = next(a for a in briefing.articles if a.id == citation.article)
            assert article.text[citation.start : citation.end] == citation.text
    return found


def finding(found: Corrected, name: str) -> Finding:
    return next(each for each in found.briefing.findings if each.id == name)


def with_summary(*lines: SummarySentence) -> Briefing:
    return replace(BRIEFING, summary=lines)


# findings -------------------------------------------------------------------------------------------------------------


def test_merged_findings_are_one_under_the_id_of_the_first() -> None:
    found = correct(merge_findings(UNHURT, CLOSED, **WHO, note="one event"))
    merged = finding(found, UNHURT.id)
    assert CLOSED.id not in [each.id for each in found.briefing.findings]
    assert merged.evidence == (*UNHURT.evidence, *CLOSED.evidence)
    assert (merged.verdict, merged.origins) == ("corroborated", 3)
    assert merged.outlets == ("City News", "Courier", "Daily Post", "Herald")
    assert "one finding, as Mara Tolk says: one event" in merged.reasons
    assert found.applied[0].findings == (UNHURT.id,)
    assert found.briefing.summary[0].findings == (UNHURT.id,)
    assert {entry.finding for entry in found.briefing.timeline} == {"f08", UNHURT.id, None}


def test_two_single_findings_of_two_origins_are_agreed_on_once_they_are_one() -> None:
    found = correct(merge_findings(FINDINGS[5], UNHURT, **WHO))
    assert finding(found, "f06").verdict == "corroborated"
    assert "; it is agreed on" in found.applied[0].changed


def test_figures_that_cannot_both_hold_make_a_merged_finding_disputed() -> None:
    first, other = (
        replace(COST, id=f"cost {of}", evidence=(citation,), differences=(), verdict="single", origins=1)
        for of, citation in zip("ab", COST.evidence[:2], strict=True)
    )
    figures = (replace(FIGURES[0], finding=first.id), replace(FIGURES[1], finding=other.id, qualifier="less_than"))
    briefing = replace(BRIEFING, findings=(first, other), figures=figures)
    merged = correct(merge_findings(first, other, **WHO), briefing=briefing).briefing.findings[0]
    assert (merged.verdict, merged.between) == ("disputed", "reports")
    assert [(d.field, d.compatible) for d in merged.differences] == [("value", False)]


def test_split_off_passages_are_a_finding_of_their_own() -> None:
    off = CLOSED.evidence[3]
    found = correct(split_finding(CLOSED, [off], **WHO))
    rest, fresh = (finding(found, name) for name in found.applied[0].findings)
    assert (rest.id, rest.evidence, rest.origins) == ("f01", CLOSED.evidence[:3], 2)
    assert (fresh.evidence, fresh.verdict, fresh.outlets) == ((off,), "single", ("Courier",))
    assert fresh.gist == off.text
    again = correct(split_finding(CLOSED, [off], **WHO))
    assert again.briefing == found.briefing


def test_the_sides_of_a_dispute_that_is_split_are_no_dispute() -> None:
    found = correct(split_finding(PIERS, PIERS.evidence[3:], **WHO))
    rest, fresh = (finding(found, name) for name in found.applied[0].findings)
    assert (rest.verdict, rest.differences, rest.between) == ("corroborated", (), None)
    assert (fresh.verdict, fresh.differences, fresh.between) == ("single", (), None)
    assert {f.finding for f in found.briefing.figures if f.article == "d"} <= {fresh.id, None}


def test_what_came_later_goes_with_the_side_it_is_more_like() -> None:
    made = split_finding(CLOSED, [CLOSED.evidence[3]], **WHO)
    late = Article("e", "It rained. The Orlen bridge, which shut on Monday, is old.", "Late News")
    citation = replace(cite("d", "the Orlen bridge, which shut on Monday"), article="e", start=11, end=49)
    citation = replace(citation, text=late.text[11:49])
    grown = replace(CLOSED, evidence=(*CLOSED.evidence, citation))
    briefing = replace(BRIEFING, articles=(*ARTICLES, late), findings=(grown, *FINDINGS[1:]))
    found = correct(made, briefing=briefing)
    fresh = finding(found, found.applied[0].findings[1])
    assert [c.article for c in fresh.evidence] == ["d", "e"]
    assert fresh.verdict == "corroborated"


def test_a_dismissed_finding_is_left_out_with_what_rests_on_it_alone() -> None:
    found = correct(dismiss_finding(CLOSED, **WHO, note="an advertisement"))
    assert CLOSED.id not in {each.id for each in found.briefing.findings}
    assert found.briefing.summary == ()
    assert [entry.date for entry in found.briefing.timeline] == ["2019", "2031-03-05"]
    assert Rejected(CLOSED.gist, "correct", "dismissed by Mara Tolk: an advertisement") in found.briefing.rejected
    assert found.briefing.quotes == BRIEFING.quotes


def test_quotes_of_a_dismissed_finding_stay_without_it() -> None:
    found = correct(dismiss_finding(SAID, **WHO))
    assert [(q.text, q.speaker) for q in found.briefing.quotes] == [(q.text, q.speaker) for q in QUOTES]
    assert {q.finding for q in found.briefing.quotes} == {None, "f10", "f05"}


def test_parts_of_a_dismissed_finding_are_dismissed_too() -> None:
    parts = [replace(CLOSED, id=f"part {n}", evidence=(c,)) for n, c in enumerate(CLOSED.evidence)]
    briefing = replace(BRIEFING, findings=(*parts, *FINDINGS[1:]), summary=(), timeline=())
    found = correct(dismiss_finding(CLOSED, **WHO), briefing=briefing)
    assert {each.id for each in found.briefing.findings} == {each.id for each in FINDINGS[1:]}


def test_a_finding_that_shares_one_passage_of_two_is_not_the_one_that_was_dismissed() -> None:
    other = replace(
        UNHURT, id="other", evidence=(UNHURT.evidence[0], cite("a", "About 9,000 people use the bridge each day."))
    )
    briefing = replace(BRIEFING, findings=(other,), summary=(), timeline=())
    found = correct(dismiss_finding(UNHURT, **WHO), briefing=briefing)
    assert found.briefing is briefing
    assert found.unmatched[0].why == "no finding carries its passages any more"


def test_a_dismissed_dispute_is_agreed_on_where_two_origins_carry_it() -> None:
    found = correct(dismiss_dispute(PIERS, **WHO))
    settled = finding(found, PIERS.id)
    assert (settled.verdict, settled.between, settled.origins) == ("corroborated", None, 3)
    assert settled.differences == (replace(PIERS.differences[0], compatible=True),)
    assert settled.weight == PIERS.weight - 1.0
    assert any(
        item.stage == "correct" and item.what.startswith("a dispute over value") for item in found.briefing.rejected
    )


def test_only_the_dispute_in_one_field_is_dismissed_where_one_is_named() -> None:
    where = Difference("place", (Value("Tarnby", ("a",)), Value("Osk", ("d",))), False)
    both = replace(PIERS, differences=(*PIERS.differences, where))
    briefing = replace(BRIEFING, findings=(*FINDINGS[:3], both, *FINDINGS[4:]))
    settled = finding(correct(dismiss_dispute(both, "place", **WHO), briefing=briefing), PIERS.id)
    assert settled.verdict == "disputed"
    assert {d.field: d.compatible for d in settled.differences} == {"value": False, "place": True}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Reports differ on the figure: Herald: “two piers”; Courier: “three piers”.", []),
        (
            "Divers found cracks in its piers, though reports differ on the figure (“two piers” or “three piers”).",
            ["Divers found cracks in its piers."],
        ),
        ("Divers found cracks in its piers.", ["Divers found cracks in its piers."]),
    ],
)
def test_the_summary_tells_no_dispute_that_was_dismissed(text: str, left: list[str]) -> None:
    briefing = with_summary(SummarySentence(text, (PIERS.id,)))
    found = correct(dismiss_dispute(PIERS, **WHO), briefing=briefing)
    assert [line.text for line in found.briefing.summary] == left


def test_the_summary_names_the_only_outlet_no_more_once_others_agree() -> None:
    briefing = with_summary(
        SummarySentence("Only Herald reports: About 9,000 people use the bridge each day.", ("f06",))
    )
    found = correct(merge_findings(FINDINGS[5], FINDINGS[10], **WHO), briefing=briefing)
    assert found.briefing.summary[0].text == "About 9,000 people use the bridge each day."
    back = correct(split_finding(CLOSED, CLOSED.evidence[1:], **WHO))
    assert back.briefing.summary[0].text == "Only Herald reports: The Orlen bridge in Tarnby was closed on Monday."


# what was read --------------------------------------------------------------------------------------------------------


def test_a_speaker_is_seen_in_the_quote_its_copies_and_the_sides_of_a_dispute() -> None:
    found = correct(fix_speaker(QUOTES[1], "Jo Brandt", **WHO, article=ARTICLES[1]))
    assert [q.speaker for q in found.briefing.quotes[:4]] == ["Ida Brandt", "Jo Brandt", "Jo Brandt", "Ida Brandt"]
    found = correct(fix_speaker(QUOTES[5], "Tor Holm", **WHO))
    sides = finding(found, WEAK.id).differences[0].values
    assert "Tor Holm: weak from the start" in [value.value for value in sides]
    assert finding(found, WEAK.id).verdict == "disputed"


def test_a_dispute_between_speakers_ends_where_one_of_them_said_both() -> None:
    sides = (
        Value("Jens Skov: its concrete was tested", ("d",)),
        Value("Mia Lund: the concrete was weak from the start", ("d",)),
    )
    between = replace(WEAK, differences=(Difference("polarity", sides, False),))
    briefing = replace(BRIEFING, findings=(*FINDINGS[:4], between, *FINDINGS[5:]))
    settled = finding(correct(fix_speaker(QUOTES[5], "Jens Skov", **WHO), briefing=briefing), WEAK.id)
    assert (settled.verdict, settled.between) == ("single", None)


def test_lines_of_a_template_name_the_right_speaker_and_the_report_s_own_words_stay() -> None:
    told = replace(SAID, gist="Ida Brandt: “Nobody will cross until every pier is safe”")
    lines = with_summary(
        SummarySentence("Ida Brandt: “Nobody will cross until every pier is safe”.", (SAID.id,)),
        SummarySentence("Nobody may cross until every pier is safe, Ida Brandt said.", (SAID.id,)),
    )
    briefing = replace(lines, findings=(CLOSED, told, *FINDINGS[2:]))
    found = correct(fix_speaker(QUOTES[0], "Jo Brandt", **WHO), briefing=briefing)
    assert finding(found, SAID.id).gist == "Jo Brandt: “Nobody will cross until every pier is safe”"
    assert [line.text for line in found.briefing.summary] == [
        "Jo Brandt: “Nobody will cross until every pier is safe”.",
        "Nobody may cross until every pier is safe, Jo Brandt said.",
    ]
    own = replace(SAID, gist=SAID.evidence[0].text)
    found = correct(fix_speaker(QUOTES[0], "Jo Brandt", **WHO), briefing=replace(briefing, findings=(CLOSED, own)))
    assert finding(found, SAID.id).gist == SAID.evidence[0].text


def test_a_value_stands_in_brackets_behind_the_report_s_words() -> None:
    found = correct(fix_value(FIGURES[0], "value", "12.5 million", **WHO, article=ARTICLES[0]))
    assert found.briefing.figures[0].value == 12_500_000
    assert found.briefing.figures[0].text == "12 million kroner"
    cost = finding(found, COST.id)
    assert cost.gist == "Repairs will cost 12 million kroner [12,500,000 DKK]"
    assert cost.verdict == "corroborated"
    assert [(d.field, d.compatible) for d in cost.differences] == [("value", True), ("wording", True)]


def test_a_value_that_contradicts_the_others_begins_a_dispute_and_another_ends_it() -> None:
    wrong = fix_value(FIGURES[0], "value", "9 million", **WHO)
    found = correct(wrong)
    assert finding(found, COST.id).verdict == "disputed"
    assert finding(found, COST.id).weight == round(COST.weight + 1.0, 4)
    right = fix_value(found.briefing.figures[0], "value", "11 million", by="Jon", at="2031-03-07T08:00:00Z")
    both = correct(wrong, right)
    assert finding(both, COST.id).verdict == "corroborated"
    assert finding(both, COST.id).gist == "Repairs will cost 12 million kroner [11,000,000 DKK]"


def test_a_dispute_ends_where_all_sides_agree_by_what_is_read() -> None:
    two = [
        replace(FIGURES[0], article=c.article, start=c.start, end=c.end, text=c.text, value=2.0, unit="pier", step=1.0)
        for c in (cite("a", "two of its piers"), cite("b", "two piers"), cite("c", "two piers"))
    ]
    three = replace(two[0], article="d", value=3.0, **dict(zip(("start", "end", "text"), (28, 34, ""), strict=True)))
    spot = cite("d", "three piers")
    three = replace(three, start=spot.start, end=spot.end, text=spot.text)
    sides = (Value("two of its piers", ("a",)), Value("two piers", ("b", "c")), Value("three piers", ("d",)))
    disputed = replace(PIERS, differences=(Difference("value", sides, False),))
    briefing = replace(BRIEFING, figures=(*two, three), findings=(*FINDINGS[:3], disputed, *FINDINGS[4:]))
    settled = finding(correct(fix_value(three, "value", "2", **WHO), briefing=briefing), PIERS.id)
    assert (settled.verdict, settled.between, settled.differences) == ("corroborated", None, ())


def test_a_figure_of_an_agency_s_text_is_corrected_in_all_copies_of_it() -> None:
    found = correct(fix_value(FIGURES[4], "unit", "month", **WHO))
    assert [f.unit for f in found.briefing.figures[4:]] == ["month", "month"]


def test_a_commitment_s_fields_are_corrected() -> None:
    found = correct(
        fix_value(COMMITMENTS[0], "due_date", "2031-03-06", **WHO),
        fix_value(COMMITMENTS[1], "who", "Orsa Lines", **WHO),
        fix_value(COMMITMENTS[0], "strength", "considering", **WHO),
    )
    first, other = found.briefing.commitments
    assert (first.due_date, first.strength, other.who) == ("2031-03-06", "considering", "Orsa Lines")
    assert len(found.applied) == 3


def test_the_sum_of_a_commitment_and_the_figure_in_it_are_read_alike() -> None:
    spot = cite("a", "12 million kroner")
    pledge = replace(
        COMMITMENTS[0], start=spot.start - 18, end=spot.end, text=ARTICLES[0].text[spot.start - 18 : spot.end]
    )
    pledge = replace(pledge, amount=12e6, unit="DKK")
    briefing = replace(BRIEFING, commitments=(pledge,))
    found = correct(fix_value(FIGURES[0], "value", "13000000", **WHO), briefing=briefing)
    assert found.briefing.commitments[0].amount == 13e6
    found = correct(fix_value(pledge, "amount", "14 million", **WHO), briefing=briefing)
    assert (found.briefing.figures[0].value, found.briefing.commitments[0].amount) == (14e6, 14e6)


# origins --------------------------------------------------------------------------------------------------------------


def test_merged_origins_count_once() -> None:
    found = correct(merge_origins(BRIEFING.origins[0], BRIEFING.origins[1], **WHO, note="both have Norda's text"))
    (first, other) = found.briefing.origins
    assert (first.id, first.articles, first.agency) == ("oa", ("a", "b", "c"), "Norda")
    assert first.why == "one text, as Mara Tolk says: both have Norda's text"
    assert (other.id, finding(found, COST.id).verdict) == ("od", "single")
    assert finding(found, CLOSED.id).origins == 2


def test_a_split_origin_counts_twice_though_passages_are_shared() -> None:
    text = ARTICLES[1].text
    shared = [Passage(a, 0, len(text), text, "s1", "ob", "Norda") for a in "bc"]
    briefing = replace(BRIEFING, passages=tuple(shared))
    found = correct(split_origin(BRIEFING.origins[1], ["c"], **WHO), briefing=briefing)
    assert [o.articles for o in found.briefing.origins] == [("a",), ("b",), ("c",), ("d",)]
    assert finding(found, UNHURT.id).verdict == "corroborated"
    assert [p.text for p in found.briefing.passages] == [text, text]
    assert len({p.shared for p in found.briefing.passages}) == 2


def test_merging_what_was_split_gives_the_counts_of_before() -> None:
    split = split_origin(BRIEFING.origins[1], ["c"], **WHO)
    parted = correct(split).briefing.origins
    merged = merge_origins(parted[1], parted[2], by="Jon", at="2031-03-07T08:00:00Z")
    found = correct(split, merged)
    assert {f.id: (f.verdict, f.origins) for f in found.briefing.findings} == {
        f.id: (f.verdict, f.origins if f.id != "f01" else 3) for f in FINDINGS
    }


# what is passed over --------------------------------------------------------------------------------------------------


def test_what_is_undone_or_about_other_things_is_passed_over() -> None:
    undone = replace(dismiss_finding(CLOSED, **WHO), undone="2031-03-07T08:00:00Z", undone_by="Jon")
    found = correct(undone, merge_stories(["a"], ["z"], **WHO))
    assert found == Corrected(BRIEFING)
    assert found.briefing is BRIEFING


def test_what_finds_its_passages_no_more_is_told_and_changes_nothing() -> None:
    made = dismiss_finding(BUSES, **WHO)
    short = replace(BRIEFING, articles=ARTICLES[1:])
    found = applied(short, [made])
    assert found.briefing is short
    assert [(one.correction, one.why) for one in found.unmatched] == [
        (made, "its reports are not among those compared")
    ]


def test_what_is_so_already_is_idle() -> None:
    made = fix_speaker(QUOTES[0], "Jo Brandt", **WHO)
    right = replace(BRIEFING, quotes=(replace(QUOTES[0], speaker="Jo Brandt"), *QUOTES[1:]))
    found = applied(right, [made])
    assert (found.briefing is right, found.applied, len(found.idle)) == (True, (), 1)


def test_a_later_version_carries_corrections_on() -> None:
    made = dismiss_finding(BUSES, **WHO)
    text = "Corrected on Wednesday.\n\n" + ARTICLES[0].text
    newer = replace(ARTICLES[0], id="a2", text=text, version=2, replaces="a")
    spot = text.index(BUSES.evidence[0].text)
    moved = replace(
        BUSES, id="new", evidence=(replace(BUSES.evidence[0], article="a2", start=spot, end=spot + len(BUSES.gist)),)
    )
    briefing = replace(BRIEFING, articles=(newer, *ARTICLES[1:]), findings=(moved,), summary=(), timeline=())
    assert applied(briefing, [made]).briefing.findings == ()
    unknown = replace(briefing, articles=(replace(newer, replaces="a1"), *ARTICLES[1:]))
    assert applied(unknown, [made]).unmatched
    assert applied(unknown, [made], {"a": "a1", "a1": "a2"}).briefing.findings == ()
