"""Which findings carry on which: by their passages, through new versions, whatever their ids."""

from __future__ import annotations

from accord.records import Citation
from accord.updates.matching import match, moved
from accord.updates.versions import Version, versions

from .made import article, briefing, cite, finding, newer

MILL = article("mill", "The mill burned on Monday. Two men were hurt. The mill burned before, in 1990.")
PORT = article("port", "A mill is on fire. Two were hurt.")
BURNED, HURT = (MILL, "The mill burned on Monday"), (MILL, "Two men were hurt")


def version(*swaps: tuple[str, str]) -> Version:
    new = newer(MILL, "mill2", *swaps)
    return Version(MILL, new, new.changes)


def place(of: Version, words: str) -> str | None:
    found = moved(cite(MILL, words), of)
    return of.new.text[found[0] : found[1]] if found else None


def test_what_stays_as_it_is_is_matched_with_itself() -> None:
    same = briefing([MILL], [finding(BURNED), finding(HURT)])
    matches = match(same, same, {})
    assert all(list(matches.heirs[f.id]) == [f] for f in same.findings)


def test_findings_that_were_joined_or_split_have_several_ancestors_or_heirs() -> None:
    apart = briefing([MILL, PORT], [finding(BURNED), finding((PORT, "A mill is on fire"))])
    joined = briefing([MILL, PORT], [finding(BURNED, (PORT, "A mill is on fire"))])
    (one,) = joined.findings
    assert {f.id for f in match(apart, joined, {}).ancestors[one.id]} == {f.id for f in apart.findings}
    assert {f.id for f in match(joined, apart, {}).heirs[one.id]} == {f.id for f in apart.findings}


def test_a_passage_of_little_overlap_is_another_one() -> None:
    before = briefing([MILL], [finding((MILL, "burned on Monday. Two"))])
    after = briefing([MILL], [finding(HURT)])
    assert match(before, after, {}).ancestors == {}


def test_a_passage_stands_in_a_new_version_where_its_words_do() -> None:
    longer = version(("The mill burned on Monday.", "Fire broke out. The mill burned on Monday."))
    assert place(longer, "The mill burned on Monday") == "The mill burned on Monday"
    assert moved(cite(MILL, "The mill burned on Monday"), longer) == (16, 41)
    twice = article("t", "It rained. It snowed. It rained.")
    again = newer(twice, "t2", ("It snowed.", "It hailed."))
    last = Citation("t", 22, 31, "It rained")
    assert moved(last, Version(twice, again, again.changes)) == (22, 31)


def test_a_reworded_passage_stands_where_its_words_went() -> None:
    mended = version(("Two men were hurt.", "Three men and a boy were hurt."))
    assert place(mended, "Two men") == "Three men"
    assert place(mended, "were hurt") == "were hurt"
    assert place(mended, "Two men were hurt") == "Three men and a boy were hurt."


def test_a_dropped_passage_stands_nowhere() -> None:
    assert place(version(("Two men were hurt. ", "")), "Two men were hurt") is None


def test_a_finding_is_followed_through_a_new_version() -> None:
    mended = newer(MILL, "mill2", ("Two men were hurt.", "Three men were hurt."))
    before = briefing([MILL], [finding(BURNED), finding(HURT)])
    after = briefing(
        [mended], [finding((mended, "The mill burned on Monday")), finding((mended, "Three men were hurt"))]
    )
    made = {v.old.id: v for v in versions(before, after) if v.old}
    heirs = match(before, after, made).heirs
    assert {f.gist: [heir.gist for heir in heirs[f.id]] for f in before.findings} == {
        "The mill burned on Monday": ["The mill burned on Monday"],
        "Two men were hurt": ["Three men were hurt"],
    }
