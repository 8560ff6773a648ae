"""Findings that carry the passages of another, in the same articles and in other versions of them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from accord.records import Briefing, Citation, Correction, Finding
from accord.stores.evidence import carriers, named_in
from arrivals import AT, article, briefing

TEXT = "The dyke at Sarn held. Nine boats sank. The dyke at Sarn held."


def finding(name: str, *cited: Citation) -> Finding:
    return Finding(name, "statement", name, "single", None, 1, ("Sarn Bote",), cited)


def cited(of: str, start: int, end: int, text: str = TEXT) -> Citation:
    return Citation(of, start, end, text[start:end])


def told(*findings: Finding, of: str = "a", text: str = TEXT) -> Briefing:
    return replace(briefing(article(of, text)), findings=findings)


def test_what_touches_a_passage_does_not_carry_it() -> None:
    lost = finding("lost", cited("a", 4, 8))
    beside = [finding("before", cited("a", 0, 4)), finding("after", cited("a", 8, 12)), finding("none")]
    shares = finding("shares", cited("a", 7, 12))
    assert carriers(lost, [told(*beside, shares)], {"a": {"a"}}) == ("shares",)


def test_the_finding_with_the_very_passage_comes_first() -> None:
    lost = finding("lost", cited("a", 4, 8))
    wide, same = finding("wide", cited("a", 0, 40)), finding("same", cited("a", 4, 8), cited("a", 50, 60))
    assert carriers(lost, [told(wide, same)], {"a": {"a"}}) == ("same", "wide")


def test_a_passage_is_followed_into_other_versions_only() -> None:
    lost = finding("lost", cited("a", 23, 39))
    later = finding("later", cited("a2", 3, 8, "So: Nine boats sank."))
    briefings = [told(later, of="a2", text="So: Nine boats sank.")]
    assert carriers(lost, briefings, {"a": {"a", "a2"}}) == ("later",)
    assert carriers(lost, briefings, {"a": {"a"}}) == carriers(lost, briefings, {}) == ()


def test_a_passage_without_characters_is_carried_by_nothing() -> None:
    lost = finding("lost", Citation("a", 5, 5, ""))
    assert carriers(lost, [told(finding("one", cited("a", 0, 40)))], {"a": {"a", "a2"}}) == ()
    assert carriers(finding("bare"), [told(finding("one", cited("a", 0, 40)))], {}) == ()


@given(st.integers(0, len(TEXT)), st.integers(1, 30), st.text("xyz ", max_size=12))
def test_in_a_version_that_only_grew_at_its_beginning_a_passage_is_where_it_was(
    start: int, size: int, new: str
) -> None:
    passage = cited("a", start, min(start + size, len(TEXT)))
    moved = Citation("a2", passage.start + len(new), passage.end + len(new), passage.text)
    found = carriers(
        finding("lost", passage),
        [told(finding("moved", moved), of="a2", text=new + TEXT)],
        {"a": {"a", "a2"}},
    )
    words, grown = passage.text, new + TEXT
    places = [n for n in range(len(grown)) if words and grown.startswith(words, n)]
    nearest = min(places, key=lambda n: abs(n - passage.start), default=-1)
    assert bool(found) == (nearest >= 0 and abs(nearest - moved.start) < len(words))


def test_a_correction_names_each_article_once() -> None:
    passages = (cited("b", 0, 3), cited("c", 0, 3), cited("c", 5, 8))
    made = Correction("c1", "findings merged", "Ida Lund", AT, ("a", "b"), ("a",), passages, (cited("d", 0, 3),))
    assert named_in(made) == ("a", "b", "c", "d")
