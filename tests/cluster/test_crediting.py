"""Which agencies an article credits, and for what."""

import pytest
from reports import WIRE

from accord.cluster.crediting import author_of, find_credits
from accord.records import Analysis, Article

BODY = "\n".join(WIRE)


def credits(text: str, byline: str | None = None, **fields: object) -> list[tuple[str, str]]:
    return [(c.agency, c.role) for c in find_credits(Article("a", text, "Varlund Echo", byline=byline, **fields))]


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("VARLUND (AP) — A barge sank.", "Associated Press"),
        ("VARLUND, May 5 (Reuters) - A barge sank.", "Reuters"),
        ("Varlund (AFP) – A barge sank.", "AFP"),
        ("VARLUND, Ostland, May 5 (UPI) -- A barge sank.", "UPI"),
        ("May 5 (Reuters) - A barge sank.", "Reuters"),
        ("VARLUND, May 5 (Xinhua) -- A barge sank.", "Xinhua"),
        ("Varlund (dpa/tmn) - A barge sank.", "dpa"),
        ("VARLUND, May 5. /TASS/. A barge sank.", "TASS"),
        ("Varlund, May 5 (PTI) A barge sank.", "PTI"),
        ("VARLUND, May 5 (EFE).- A barge sank.", "EFE"),
        ("VARLUND, May 5 (Yonhap) -- A barge sank.", "Yonhap"),
        ("(Bloomberg) -- A barge sank.", "Bloomberg"),
        ("By JO BLY, Associated Press", "Associated Press"),
        ("By Jo Bly and Ana Ost | AP", "Associated Press"),
        ("By The Associated Press", "Associated Press"),
        ("Reuters", "Reuters"),
        ("Agence France-Presse in Varlund", "AFP"),
        ("PA Media", "PA"),
        ("Source: Xinhua", "Xinhua"),
        ("Xinhua | Updated: 5 May", "Xinhua"),
    ],
)
def test_the_head_of_an_article_names_its_author(line, agency):
    assert credits(f"{line}\n{BODY}") == [(agency, "whole")]


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("(Reporting by Jo Bly; Editing by Ana Ost)", "Reuters"),
        ("Reporting by Jo Bly in Telmar; Writing by Kim Roe; Editing by Ana Ost", "Reuters"),
        ("Copyright 2031 The Associated Press. All rights reserved.", "Associated Press"),
        ("© 2031 AFP", "AFP"),
        ("Our Standards: The Thomson Reuters Trust Principles.", "Reuters"),
        ("— The Associated Press", "Associated Press"),
        ("- Reuters.", "Reuters"),
        ("(ANI)", "ANI"),
        ("This story was produced by The Canadian Press.", "Canadian Press"),
        ("This story has not been edited by our staff and is auto-generated from a syndicated feed from PTI.", "PTI"),
    ],
)
def test_the_end_of_an_article_names_its_author(line, agency):
    assert credits(f"{BODY}\n{line}") == [(agency, "whole")]


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("The Associated Press contributed to this report.", "Associated Press"),
        ("Associated Press writer Jo Bly in Telmar contributed to this report.", "Associated Press"),
        ("With files from AFP", "AFP"),
        ("— With files from The Canadian Press", "Canadian Press"),
        ("With AFP", "AFP"),
        ("Additional reporting by Reuters", "Reuters"),
        ("(With inputs from PTI)", "PTI"),
        ("This report includes material from dpa.", "dpa"),
        ("Information from UPI was used in this report.", "UPI"),
    ],
)
def test_a_contribution_is_a_part(line, agency):
    assert credits(f"{BODY}\n{line}") == [(agency, "contributed")]


def test_an_item_amid_the_text_is_a_part():
    rows = [*WIRE, *WIRE, f"{WIRE[0]} [Reuters]", *WIRE, *WIRE]
    assert credits("\n".join(rows)) == [("Reuters", "contributed")]


def test_several_agencies_of_one_line_each_contributed():
    assert credits(f"{BODY}\nab/cd (AFP, dpa)") == [("AFP", "contributed"), ("dpa", "contributed")]


def test_a_copy_with_a_contribution_of_its_own_agency_is_whole():
    text = f"VARLUND (AP) — {BODY}\nAssociated Press writer Jo Bly contributed to this report."
    assert credits(text) == [("Associated Press", "whole")]


@pytest.mark.parametrize(
    "line",
    [
        "The pilot told Reuters that the tug was late.",
        "Ost, whom the Associated Press (AP) had called a hero, would not comment.",
        "A poll by Reuters and a firm of Telmar found the opposite.",
        "Bloomberg, the former mayor, was at the pier.",
        "Relatives in Telmar, PA, were told at noon.",
    ],
)
def test_a_mention_is_no_credit(line):
    assert credits(f"{line}\n{BODY}\n{line}") == []


@pytest.mark.parametrize("line", ["Jo Bly / Reuters.", "A tug leaves. (Jo Bly/AP)", "The tug. Photo: Jo Bly/AFP"])
def test_a_picture_is_no_text(line):
    rows = [*WIRE, *WIRE, line, *WIRE, *WIRE]
    assert [c.role for c in find_credits(Article("a", "\n".join(rows), "Varlund Echo"))] == ["picture"]
    found = find_credits(Article("a", f"{line}\n{BODY}", "Varlund Echo"))
    assert [c.role for c in found] == ["picture"]
    assert author_of(found) is None


def test_a_byline_names_the_author():
    assert credits(BODY, byline="Jo Bly, Associated Press") == [("Associated Press", "whole")]
    assert credits(BODY, byline="Jo Bly with AFP") == [("AFP", "contributed")]


def test_what_others_found_counts_where_the_text_is_silent():
    found = find_credits(Article("a", BODY, "Varlund Echo"), Analysis("a", credits=("Reuters",)))
    assert [(c.agency, c.role) for c in found] == [("Reuters", "named")]


def test_what_others_found_does_not_make_a_picture_a_text():
    text = f"A tug leaves. (Jo Bly/AP)\n{BODY}"
    found = find_credits(Article("a", text, "Varlund Echo"), Analysis("a", credits=("Associated Press",)))
    assert [c.role for c in found] == ["picture"]
