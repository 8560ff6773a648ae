"""Whose text the copied passages of an article are."""

from dataclasses import replace

from reports import OTHER, WIRE, report

from accord.cluster import cluster
from accord.records import Story


def story_of(*reports) -> Story:
    return cluster([article for article, _ in reports], [analysis for _, analysis in reports])


def on(day: str, made):
    article, analysis = made
    return replace(article, published=day), analysis


def test_a_passage_that_one_origin_carries_is_its_own():
    story = story_of(report("a", *WIRE), report("b", *WIRE))
    assert {(p.origin, p.agency) for p in story.passages} == {(story.origins[0].id, None)}


def test_a_passage_of_agency_copy_in_staff_copy_is_the_agency_s():
    wire = report("a", *WIRE, "(Reporting by Jo Bly; Editing by Kim Roe)")
    staff = report(
        "b", *WIRE[:2], *OTHER, *(f"{word} lay idle at the quay all night long." for word in ("Tugs", "Cranes"))
    )
    story = story_of(wire, staff)
    of_wire = next(origin for origin in story.origins if origin.articles == ("a",))
    assert [origin.kind for origin in story.origins] == ["agency", "own"]
    assert {(p.article, p.origin, p.agency) for p in story.passages} == {
        ("a", of_wire.id, "Reuters"),
        ("b", of_wire.id, "Reuters"),
    }


def test_a_contribution_names_the_agency_of_what_staff_copies_share():
    credit = "The Associated Press contributed to this report."
    idle = tuple(f"{word} lay idle at the quay in the north of the town all night long." for word in ("Tugs", "Cranes"))
    story = story_of(report("a", *OTHER, *WIRE[:2], credit), report("b", *WIRE[:2], *idle, *idle, *WIRE[4:5], credit))
    assert [origin.kind for origin in story.origins] == ["own", "own"]
    assert {(p.origin, p.agency) for p in story.passages} == {(None, "Associated Press")}


def test_the_earlier_day_owns_what_nobody_credits():
    early, late = on("2031-05-05", report("a", *WIRE)), on("2031-05-07", report("b", WIRE[0], *OTHER))
    story = story_of(late, early)
    owner = next(origin for origin in story.origins if origin.articles == ("a",))
    assert {p.origin for p in story.passages} == {owner.id}


def test_nobody_owns_what_was_printed_on_one_day():
    story = story_of(report("a", *WIRE), report("b", WIRE[0], *OTHER))
    assert {(p.origin, p.agency) for p in story.passages} == {(None, None)}
