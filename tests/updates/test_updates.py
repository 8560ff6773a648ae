"""What later coverage changed: each change told once, with the passages that it rests on."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.records import Article, Briefing, Finding, Name, Update
from accord.updates import updates

from .made import article, briefing, cite, disputed, finding, newer

HERALD = article(
    "herald",
    "Two boats sank off Osk Point. Ada Moll, who keeps the harbour, closed it at noon.",
    published="2031-03-04",
)
POST = article("post", "A pair of boats went down at Osk Point. Nobody was hurt.", published="2031-03-04")
LANTERN = article("lantern", "Osk Point harbour is shut. Three boats were lost.", published="2031-03-05")
MOLL = Name("n1", "Ada Moll", "person", ("herald", "lantern"), ("Moll",))
OSK = Name("n2", "Osk Point", "place", ("herald", "post", "lantern"))

SANK = (HERALD, "Two boats sank off Osk Point")
DOWN = (POST, "A pair of boats went down at Osk Point")
CLOSED = (HERALD, "Ada Moll, who keeps the harbour, closed it at noon")
SHUT = (LANTERN, "Osk Point harbour is shut")
LOST = (LANTERN, "Three boats were lost")
UNHURT = (POST, "Nobody was hurt")

FIRST = briefing(
    [HERALD, POST], [finding(SANK, DOWN, weight=3), finding(CLOSED, weight=2), finding(UNHURT)], names=[MOLL, OSK]
)


def changes(before: Briefing | None, after: Briefing, *gone: str) -> tuple[Update, ...]:
    """Return the updates but those that only say that a report came."""
    return tuple(update for update in updates("s1", before, after, gone) if update.kind != "new report")


def told(before: Briefing | None, after: Briefing, *gone: str) -> list[tuple[str, str]]:
    return [(update.kind, update.gist) for update in changes(before, after, *gone)]


def test_a_new_story_is_told_by_its_title_and_what_its_lead_rests_on() -> None:
    (update,) = updates("s1", None, FIRST)
    assert (update.kind, update.gist, update.after) == ("new story", FIRST.title, "The Herald, The Post")
    assert update.evidence == (cite(*SANK), cite(*DOWN))
    assert update.at is None


def test_a_single_finding_that_another_report_joins_is_newly_corroborated_once() -> None:
    joined = finding(CLOSED, SHUT, weight=2)
    after = briefing(
        [HERALD, POST, LANTERN], [finding(SANK, DOWN, weight=3), joined, finding(UNHURT)], names=[MOLL, OSK]
    )
    (update,) = changes(FIRST, after)
    assert update == Update(
        id=update.id,
        kind="newly corroborated",
        story="s1",
        gist=joined.gist,
        finding=joined.id,
        article="lantern",
        before="The Herald",
        after="The Herald, The Lantern",
        evidence=(cite(*CLOSED), cite(*SHUT)),
        names=("Ada Moll",),
    )


def test_what_was_corroborated_and_is_so_by_one_more_report_is_not_told_again() -> None:
    courier = article("courier", "Two boats were lost at Osk Point.")
    more = finding(SANK, DOWN, (courier, "Two boats were lost at Osk Point"))
    assert not told(FIRST, briefing([HERALD, POST, courier], [more, finding(CLOSED), finding(UNHURT)]))


def test_two_single_findings_that_become_one_are_told_once() -> None:
    before = briefing([HERALD, POST], [finding(SANK), finding(DOWN)])
    courier = article("courier", "Two boats sank.")
    after = briefing([HERALD, POST, courier], [finding(SANK, DOWN, (courier, "Two boats sank"))])
    assert told(before, after) == [("newly corroborated", SANK[1])]


def test_what_two_new_reports_bring_together_is_newly_corroborated() -> None:
    one, two = article("one", "A crane fell."), article("two", "The crane has fallen.")
    joined = finding((one, "A crane fell"), (two, "The crane has fallen"))
    (update,) = changes(FIRST, briefing([HERALD, POST, one, two], [*FIRST.findings, joined]))
    assert (update.kind, update.before, update.after, update.article) == (
        "newly corroborated", None, "The One, The Two", "one",
    )  # fmt: skip


def test_a_dispute_is_told_with_its_sides() -> None:
    apart = disputed("value", ("two boats", *SANK), ("a pair of boats", *DOWN), ("three boats", *LOST), weight=3)
    after = briefing([HERALD, POST, LANTERN], [apart, finding(CLOSED, weight=2), finding(UNHURT), finding(SHUT)])
    (update,) = changes(FIRST, after)
    assert (update.kind, update.before) == ("newly disputed", "The Herald, The Post")
    assert update.after == "two boats (The Herald) / a pair of boats (The Post) / three boats (The Lantern)"
    assert update.finding == apart.id


def test_a_dispute_in_another_field_is_told_though_one_was_known() -> None:
    before = briefing([HERALD, LANTERN], [disputed("value", ("two", *SANK), ("three", *LOST))])
    courier = article("courier", "Two boats sank on Monday.")
    both = disputed("date", ("Monday", courier, "Two boats sank on Monday"), ("Sunday", *SANK))
    assert told(before, briefing([HERALD, LANTERN, courier], [both])) == [("newly disputed", both.gist)]
    again = replace(both, differences=before.findings[0].differences)
    assert not told(before, briefing([HERALD, LANTERN, courier], [again]))


def test_a_dispute_that_a_correction_ends_is_no_longer_one() -> None:
    before = briefing([HERALD, LANTERN], [disputed("value", ("two", *SANK), ("three", *LOST), weight=3), finding(SHUT)])
    mended = newer(LANTERN, "lantern2", ("Three boats were lost.", "Two boats were lost."))
    agreed = finding(SANK, (mended, "Two boats were lost"), weight=3)
    after = briefing([HERALD, mended], [agreed, finding((mended, SHUT[1]))])
    ended, change = updates("s1", before, after)
    if ended.kind == "corrected":
        ended, change = change, ended
    assert (ended.kind, ended.before, ended.after) == (
        "no longer disputed", "two (The Herald) / three (The Lantern)", "The Herald, The Lantern",
    )  # fmt: skip
    assert (ended.finding, ended.article) == (agreed.id, "lantern2")
    assert (change.kind, change.before, change.after) == ("corrected", "Three boats were lost.", "Two boats were lost.")
    assert change.evidence == (cite(mended, "Two boats were lost."),)
    assert change.gist == "The Lantern changed a passage: Two boats were lost."  # its own words, not The Herald's
    assert change.finding == agreed.id


def test_what_one_outlet_drops_is_no_longer_corroborated() -> None:
    shorter = newer(POST, "post2", ("A pair of boats went down at Osk Point. ", ""))
    shorter = replace(shorter, changes=(replace(shorter.changes[0], before=DOWN[1] + ".", start=0, end=0),))
    after = briefing(
        [HERALD, shorter], [finding(SANK, weight=3), finding(CLOSED, weight=2), finding((shorter, UNHURT[1]))]
    )
    kinds = {update.kind: update for update in updates("s1", FIRST, after)}
    assert set(kinds) == {"no longer corroborated", "corrected"}
    assert (kinds["no longer corroborated"].before, kinds["no longer corroborated"].after) == (
        "The Herald, The Post", "The Herald",
    )  # fmt: skip
    assert kinds["corrected"].gist.startswith("The Post dropped a passage: A pair of boats")
    assert (kinds["corrected"].after, kinds["corrected"].evidence) == (None, ())


def test_a_new_version_that_changes_nothing_that_counts_tells_of_no_finding() -> None:
    longer = newer(POST, "post2", ("Nobody was hurt.", "Mostly calm seas were forecast. Nobody was hurt."))
    longer = replace(longer, changes=(replace(longer.changes[0], before=None),))
    down, unhurt = finding(SANK, (longer, DOWN[1]), weight=3), finding((longer, UNHURT[1]))
    assert not told(FIRST, briefing([HERALD, longer], [down, finding(CLOSED, weight=2), unhurt]))


def test_a_report_that_was_taken_down_is_retracted_and_what_it_alone_confirmed_is_no_longer_corroborated() -> None:
    after = briefing([HERALD], [finding(SANK, weight=3), finding(CLOSED, weight=2)])
    taken, lost = updates("s1", FIRST, after, {"post"})
    assert (taken.kind, taken.article, taken.gist) == ("retracted", "post", "The Post took down its report")
    assert taken.evidence == (cite(*DOWN), cite(*UNHURT))
    assert (lost.kind, lost.article) == ("no longer corroborated", "post")


def test_a_report_that_takes_itself_back_is_retracted_and_its_passages_are_not_told_one_by_one() -> None:
    notice = "This story has been withdrawn. Its account could not be confirmed."
    withdrawn = newer(POST, "post2", (POST.text, notice), title="Withdrawn: boats at Osk Point")
    after = briefing([HERALD, withdrawn], [finding(SANK, weight=3), finding(CLOSED)])
    taken, lost = updates("s1", FIRST, after)
    assert (taken.kind, taken.article) == ("retracted", "post2")
    assert taken.evidence == (cite(withdrawn, "This story has been withdrawn."),)
    assert (lost.kind, lost.article) == ("no longer corroborated", "post2")
    third = newer(withdrawn, "post3", ("could not be", "cannot be"))
    assert "retracted" not in [kind for kind, _ in told(after, briefing([HERALD, third], after.findings))]


def test_versions_that_were_skipped_are_compared_with_the_one_that_was_held() -> None:
    old = replace(POST, url="https://post.example/boats")
    second = newer(old, "post2", ("A pair of boats", "Two boats"))
    third = newer(second, "post3", ("Nobody was hurt.", "Nobody was badly hurt."))
    changes = [u for u in updates("s1", briefing([HERALD, old]), briefing([HERALD, third])) if u.kind == "corrected"]
    assert {(u.before, u.after) for u in changes} == {
        ("A pair of boats went down at Osk Point.", "Two boats went down at Osk Point."),
        ("Nobody was hurt.", "Nobody was badly hurt."),
    }


def test_a_new_title_is_a_correction_and_an_added_sentence_is_none_but_for_a_note_of_correction() -> None:
    retitled = newer(
        replace(POST, title="Boats sink"),
        "post2",
        ("Nobody was hurt.", "Nobody was hurt. It rained."),
        title="Boats lost",
    )
    retitled = replace(
        retitled, changes=(retitled.changes[0], replace(retitled.changes[1], before=None, after="It rained."))
    )
    (title,) = updates("s1", briefing([POST]), briefing([retitled]))
    assert (title.before, title.after, title.gist) == ("Boats sink", "Boats lost", "The Post changed its title")
    note = "Correction: an earlier version gave a wrong day."
    noted = newer(POST, "post2", ("Nobody was hurt.", f"Nobody was hurt. {note}"))
    at = noted.text.index(note)
    noted = replace(noted, changes=(replace(noted.changes[0], before=None, after=note, start=at, end=at + len(note)),))
    (update,) = updates("s1", briefing([POST]), briefing([noted]))
    assert (update.gist, update.after) == ("The Post added a note of correction", note)


def test_a_report_that_was_written_anew_is_told_in_a_few_lines() -> None:
    old = article("post", " ".join(f"Crew {n} sailed at {n} o'clock." for n in range(1, 41)))
    anew = newer(
        old, "post2", *((f"Crew {n} sailed at {n} o'clock.", f"Ferry {n} left at {n} sharp.") for n in range(1, 41))
    )
    told = updates("s1", briefing([old]), briefing([anew]))
    assert len(told) == 13
    assert told[-1].gist == "The Post changed or dropped 28 more passages of its report" or any(
        "28 more passages" in update.gist for update in told
    )


def test_a_verdict_that_accord_alone_changed_is_not_told() -> None:
    # Nothing came, went or changed: the same reports are only read otherwise.
    apart = briefing([HERALD, POST], [finding(SANK), finding(DOWN), finding(CLOSED), finding(UNHURT)])
    assert not told(apart, FIRST)
    calm = article("calm", "The sea was calm.")
    assert not told(apart, replace(FIRST, articles=(*FIRST.articles, calm)))


def test_two_reports_found_to_be_one_text_no_longer_corroborate() -> None:
    wire = article("wire", "Two boats sank off Osk Point, the coast guard said.")
    one = finding(SANK, DOWN, origins=1, weight=3)
    after = briefing(
        [HERALD, POST, wire], [one, finding(CLOSED), finding(UNHURT)], origins=[("herald", "post", "wire")]
    )
    (update,) = changes(FIRST, after)
    assert (update.kind, update.gist) == ("no longer corroborated", SANK[1])
    assert (update.before, update.after) == ("The Herald, The Post", "one origin: The Herald, The Post")


def test_a_stretch_around_another_findings_passage_does_not_hide_it() -> None:
    # The corroborated finding cites one long stretch; a clause in it is a finding of its own.
    text = "The dam, which opened in May, burst and the mill flooded."
    mill = article("mill", text)
    wide = (mill, "The dam, which opened in May, burst and the mill flooded")
    inner = (mill, "which opened in May")
    other = article("other", "The dam burst and a mill is under water.")
    before = briefing(
        [mill, other], [finding(wide, (other, "The dam burst and a mill is under water")), finding(inner)]
    )
    late = article("late", "The dam opened in May.")
    joined = finding(inner, (late, "The dam opened in May"))
    after = briefing(
        [mill, other, late], [before.findings[0] if before.findings[0].origins > 1 else before.findings[1], joined]
    )
    assert told(before, after) == [("newly corroborated", inner[1])]


def test_a_report_that_joins_a_known_story_is_told_before_what_it_brings() -> None:
    joined = finding(CLOSED, SHUT, weight=9)
    named = replace(LANTERN, title="Osk Point harbour shut")
    after = briefing([HERALD, POST, named], [finding(SANK, DOWN), joined, finding(UNHURT)], names=[MOLL, OSK])
    came, then = updates("s1", FIRST, after)
    assert then.kind == "newly corroborated"
    assert came == Update(
        id=came.id,
        kind="new report",
        story="s1",
        gist="Osk Point harbour shut",
        article="lantern",
        after="The Lantern",
        evidence=(cite(*SHUT),),
    )
    (untitled,) = updates("s1", briefing([POST]), briefing([POST, HERALD]))
    assert untitled.gist == "Two boats sank off Osk Point. Ada Moll, who keeps the harbour, closed it at noon."
    assert untitled.evidence == ()


def test_a_new_version_of_a_report_that_was_there_is_no_new_report() -> None:
    mended = newer(POST, "post2", ("Nobody was hurt.", "Nobody was badly hurt."))
    assert "new report" not in [update.kind for update in updates("s1", FIRST, briefing([HERALD, mended]))]
    late = replace(LANTERN, version=2, replaces="nowhere")
    assert [u.article for u in updates("s1", FIRST, briefing([HERALD, POST, late])) if u.kind == "new report"] == [
        "lantern"
    ]


def test_what_a_finding_beside_it_told_of_a_passage_is_not_newly_corroborated_again() -> None:
    # The corroborated finding stays as it is; another one with a passage of its own gets a third report.
    courier = article("courier", "At Osk Point two boats went down.")
    again = finding(DOWN, (courier, "two boats went down"))
    after = briefing([HERALD, POST, courier], [*FIRST.findings, again])
    assert not told(FIRST, after)


def test_a_passage_that_findings_of_two_kinds_rest_on_is_corroborated_once() -> None:
    said = replace(finding(SANK, DOWN), kind="figure")
    alone = replace(finding(SANK), kind="commitment")
    before = briefing([HERALD, POST], [said, alone])
    courier = article("courier", "Two boats sank there.")
    third = replace(finding(SANK, (courier, "Two boats sank there")), kind="commitment")
    assert not told(before, briefing([HERALD, POST, courier], [finding(DOWN), third]))


def test_a_verdict_about_who_spoke_is_not_told() -> None:
    one, two = article("one", "Ada Moll told reporters on Sunday."), article("two", "Moll said on Sunday.")
    spoke = finding((one, "Ada Moll told reporters on Sunday"), (two, "Moll said on Sunday"))
    assert not told(FIRST, briefing([HERALD, POST, one, two], [*FIRST.findings, spoke], names=[MOLL]))
    mixed = finding(CLOSED, (two, "Moll said on Sunday"))
    assert not told(FIRST, briefing([HERALD, POST, two], [*FIRST.findings[:1], mixed, finding(UNHURT)], names=[MOLL]))


def test_a_correction_elsewhere_in_a_report_tells_of_no_other_verdict() -> None:
    before = briefing([HERALD, LANTERN], [finding(SANK), finding(CLOSED), finding(SHUT), finding(LOST)])
    mended = newer(LANTERN, "lantern2", ("Three boats were lost.", "Four boats were lost."))
    lost = (mended, "Four boats were lost")
    shut = disputed("date", ("noon", *CLOSED), ("now", mended, SHUT[1]))
    sides = disputed("value", ("two", *SANK), ("four", *lost))
    assert told(before, briefing([HERALD, mended], [finding(SANK), shut, finding(lost)])) == [
        ("corrected", "The Lantern changed a passage: Four boats were lost.")
    ]
    assert ("newly disputed", sides.gist) in told(
        before, briefing([HERALD, mended], [sides, finding(CLOSED), finding((mended, SHUT[1]))])
    )


def test_a_correction_that_makes_two_reports_one_text_is_told_of_what_it_left_as_it_was() -> None:
    mended = newer(POST, "post2", ("Nobody was hurt.", "Ada Moll closed the harbour."))
    one = finding(SANK, (mended, DOWN[1]), origins=1, weight=3)
    after = briefing([HERALD, mended], [one, finding(CLOSED)], origins=[("herald", "post2")])
    assert ("no longer corroborated", one.gist) in told(FIRST, after)


def test_heavier_findings_are_told_first_after_what_was_retracted() -> None:
    light, heavy = finding(CLOSED, SHUT, weight=1), disputed("value", ("two", *SANK), ("three", *LOST), weight=5)
    after = briefing([HERALD, LANTERN], [light, heavy, finding(DOWN)])
    kinds = [kind for kind, _ in told(FIRST, after, "post")]
    assert kinds == ["retracted", "newly disputed", "newly corroborated"]


def test_ids_tell_changes_apart_and_are_the_same_for_the_same() -> None:
    after = briefing([HERALD, POST, LANTERN], [finding(SANK, DOWN, weight=3), finding(CLOSED, SHUT), finding(UNHURT)])
    first, second = updates("s1", FIRST, after)
    assert updates("s1", FIRST, after) == (first, second)
    assert first.id != second.id
    assert not {update.id for update in updates("s2", FIRST, after)} & {first.id, second.id}


# laws -----------------------------------------------------------------------------------------------------------------

WORDS = ["boats", "harbour", "ferry", "mayor", "storm", "cracks", "bridge", "crew"]


@st.composite
def briefings(draw: st.DrawFn, count: int = 3) -> Briefing:
    """Draw a briefing over up to `count` articles, each sentence of which is a claim of some finding."""
    held: list[Article] = []
    claims: list[tuple[Article, str]] = []
    for number in range(draw(st.integers(1, count))):
        lines = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
        sentences = [f"The {word} of place {number}{at} were seen" for at, word in enumerate(lines)]
        made = article(f"a{number}", ". ".join(sentences))
        held.append(made)
        claims += [(made, sentence) for sentence in sentences]
    order = draw(st.permutations(claims))
    cuts = sorted({0, len(order), *draw(st.lists(st.integers(0, len(order)), max_size=4))})
    found: list[Finding] = []
    for start, end in pairwise(cuts):
        group = order[start:end]
        made_of = {claim[0].id for claim in group}
        weight = draw(st.integers(0, 5))
        if len(made_of) > 1 and draw(st.booleans()):
            found.append(disputed("value", *((words, a, words) for a, words in group), weight=weight))
        else:
            found.append(finding(*group, weight=weight))
    names = [Name("n", "The Mayor", "organisation", tuple(a.id for a in held), ("mayor",))]
    return briefing(held, found, names=names)


@given(briefings())
def test_a_briefing_changes_nothing_in_itself(same: Briefing) -> None:
    assert updates("s1", same, same) == ()


@given(briefings(), st.booleans())
def test_a_report_that_shares_nothing_changes_no_verdict(before: Briefing, mine: bool) -> None:
    calm = article("calm", "A choir sang.")
    own = [finding((calm, "A choir sang"))] if mine else []
    after = replace(before, articles=(*before.articles, calm), findings=(*before.findings, *own))
    assert changes(before, after) == ()
    assert all(update.kind == "retracted" for update in updates("s1", after, before, {"calm"}))


@given(briefings(), briefings(), st.randoms(use_true_random=False), st.sets(st.sampled_from(["a0", "a1"])))
def test_the_order_of_the_articles_and_findings_does_not_matter(
    before: Briefing, after: Briefing, chance: random.Random, gone: set[str]
) -> None:
    # Articles of one id have one text: those of `before` that differ are given other ids.
    texts = {a.id: a.text for a in before.articles}
    if any(texts.get(a.id, a.text) != a.text for a in after.articles):
        return

    def shuffled(briefing: Briefing) -> Briefing:
        parts = [list(part) for part in (briefing.articles, briefing.origins, briefing.findings)]
        for part in parts:
            chance.shuffle(part)
        return replace(briefing, articles=tuple(parts[0]), origins=tuple(parts[1]), findings=tuple(parts[2]))  # type: ignore[arg-type]

    assert updates("s1", shuffled(before), shuffled(after), gone) == updates("s1", before, after, gone)


@given(briefings(2), briefings(3))
def test_every_update_is_told_once_and_its_evidence_is_verbatim(before: Briefing, after: Briefing) -> None:
    other = {a.id: replace(a, id=f"{a.id}x") for a in after.articles}
    moved = replace(
        after,
        articles=tuple(other.values()),
        findings=tuple(
            replace(f, evidence=tuple(replace(c, article=f"{c.article}x") for c in f.evidence)) for f in after.findings
        ),
        origins=tuple(replace(o, articles=tuple(f"{a}x" for a in o.articles)) for o in after.origins),
    )
    told = updates("s1", before, moved, {"a0"})
    texts = {a.id: a.text for briefing in (before, moved) for a in briefing.articles}
    assert len({update.id for update in told}) == len(told)
    for update in told:
        assert all(texts[c.article][c.start : c.end] == c.text for c in update.evidence)


@pytest.mark.parametrize("gone", [{"nowhere"}, {"herald", "nowhere"}])
def test_articles_that_neither_briefing_holds_are_no_matter(gone: set[str]) -> None:
    assert len(updates("s1", FIRST, FIRST, gone)) == len(gone & {"herald"})


def test_a_report_that_is_only_left_out_of_a_large_story_undoes_nothing() -> None:
    assert not told(FIRST, briefing([HERALD], [finding(SANK), finding(CLOSED)]))
    assert told(FIRST, briefing([HERALD], [finding(SANK), finding(CLOSED)]), "post")
