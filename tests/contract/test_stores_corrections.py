"""What every store promises of corrections, of findings by their ids, of counts set anew, and of its pulse."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from dataclasses import replace

import pytest

from accord.records import (
    Citation,
    Correction,
    CorrectionKind,
    Difference,
    Finding,
    Rejected,
    SummarySentence,
    Utterance,
    Value,
)
from accord.stores import Store, open_store
from accord.stores.store import Feed, Located, Visit
from arrivals import AT, BRIDGE, FERRY, LATER, arrival, article, brief, briefing, finding, keep, place, update

LONGER = "Brennick, Monday.\n" + FERRY


def cited(of: str, text: str, within: str = FERRY) -> Citation:
    start = within.index(text)
    return Citation(of, start, start + len(text), text)


def correction(name: str, kind: CorrectionKind = "speaker", **fields: object) -> Correction:
    return replace(Correction(name, kind, "Ida Lund", AT), **fields)


def correct(store: Store, *made: Correction) -> None:
    with store.transaction():
        for one in made:
            store.correct(one)


def ids(found: list[Correction]) -> list[str]:
    return [one.id for one in found]


# corrections ----------------------------------------------------------------------------------------------------------


def test_a_correction_comes_back_whole(store: Store) -> None:
    keep(store, "a", article("b", BRIDGE), "c")
    made = Correction(
        "c1",
        "findings merged",
        "Ida Lund",
        AT,
        articles=("a",),
        others=("c",),
        passages=(cited("a", "214 people"), cited("c", "ran aground")),
        other_passages=(cited("b", "crane barge", BRIDGE),),
        field="value",
        value="dørslag “240” \x00",
        before="214",
        note="The line said so later.\nSee its notice.",
    )
    correct(store, made)
    assert store.correction("c1") == made
    assert store.corrections() == [made]
    assert store.correction("c") is None
    assert list(store.check()) == []


def test_a_correction_is_kept_once(store: Store) -> None:
    keep(store, "a", "b")
    correct(store, correction("c1", value="1", articles=("a",)), correction("c1", value="2", articles=("b",)))
    correct(store, correction("c1", value="3"))
    assert [one.value for one in store.corrections()] == ["1"]
    assert store.corrections(["b"]) == []


def test_a_correction_is_undone_once_and_stays(store: Store) -> None:
    correct(store, correction("c1"), correction("c2"))
    with store.transaction():
        assert store.undo("c1", "Per Holt", LATER)
        assert not store.undo("c1", "Jo Marsh", LATER)
        assert not store.undo("never", "Per Holt", LATER)
        store.correct(correction("c1"))
    assert ids(store.corrections()) == ["c2"]
    assert ids(store.corrections(standing=False)) == ["c1", "c2"]
    assert store.correction("c1") == correction("c1", undone=LATER, undone_by="Per Holt")


def test_an_undone_correction_may_come_from_elsewhere(store: Store) -> None:
    correct(store, correction("c1", undone=LATER, undone_by="Per Holt"))
    assert store.corrections() == []
    assert ids(store.corrections(standing=False)) == ["c1"]


def test_corrections_are_listed_in_the_order_in_which_they_were_made(store: Store) -> None:
    for name, kind in (("z", "speaker"), ("m", "value"), ("a", "finding dismissed"), ("q", "value")):
        correct(store, correction(name, kind))
    with store.transaction():
        store.undo("m", "Per Holt", LATER)
    assert ids(store.corrections(standing=False)) == ["z", "m", "a", "q"]
    assert ids(store.corrections(kinds=["value", "speaker"])) == ["z", "q"]
    assert store.corrections(kinds=[]) == []
    assert ids(store.corrections(limit=2)) == ["z", "a"]
    assert ids(store.corrections(limit=2, offset=1)) == ["a", "q"]
    assert ids(store.corrections(offset=2)) == ["q"]
    assert store.corrections(offset=9) == []


def test_corrections_are_found_by_the_articles_that_they_name(store: Store) -> None:
    keep(store, *(article(name) for name in "abcde"))
    correct(
        store,
        correction("by article", articles=("a",), passages=(cited("a", "214"), cited("a", "Sunday"))),
        correction("by other", others=("b", "c")),
        correction("by passage", passages=(cited("c", "214"),)),
        correction("by other passage", other_passages=(cited("d", "214"),)),
        correction("by none"),
    )
    assert ids(store.corrections(["a"])) == ["by article"]
    assert ids(store.corrections(["d", "a", "a"])) == ["by article", "by other passage"]
    assert ids(store.corrections(["c"])) == ["by other", "by passage"]
    assert ids(store.corrections(["c"], limit=1, offset=1)) == ["by passage"]
    assert store.corrections(["e"]) == store.corrections(["never"]) == store.corrections([]) == []
    assert list(store.check()) == []


def test_corrections_are_found_by_other_versions_of_an_article(store: Store) -> None:
    keep(store, "a", "b")
    correct(store, correction("of the first", articles=("a",)))
    keep(store, article("a2", LONGER, version=2, replaces="a"))
    keep(store, arrival(article("a3", LONGER, version=3, replaces="lost"), follows="a2"))
    correct(store, correction("of the last", passages=(cited("a3", "214", LONGER),)))
    for name in ("a", "a2", "a3", "lost"):
        assert ids(store.corrections([name])) == ["of the first", "of the last"]
    assert store.corrections(["b"]) == []


def test_corrections_of_very_many_articles_are_found_at_once(store: Store) -> None:
    keep(store, *(arrival(f"a{n}", page=None, sketch=b"") for n in range(30)))
    correct(store, *(correction(f"c{n}", articles=(f"a{n}",)) for n in range(30)))
    wanted = [f"a{n}" for n in range(1, 1200)]
    assert ids(store.corrections(wanted, limit=3, offset=25)) == ["c26", "c27", "c28"]


def test_a_correction_of_what_is_not_held_is_damage(store: Store) -> None:
    keep(store, "a")
    correct(store, correction("c1", articles=("never",)), correction("c2", passages=(Citation("a", 0, 3, "Not"),)))
    assert {damage.where for damage in store.check()} == {"correction c1", "correction c2"}


# counts ---------------------------------------------------------------------------------------------------------------


def test_counts_that_were_set_stay_until_the_next_briefing(store: Store) -> None:
    reports = (article("a"), article("b", BRIDGE))
    numbers = keep(store, *reports)
    place(store, {"s": numbers})
    brief(store, "s", briefing(*reports))
    with store.transaction():
        store.tally("s", origins=1, agreed=5, disputed=4, single=3, lead="As people have it.")
        store.tally("never", origins=1, agreed=1, disputed=1, single=1, lead="")
    keep(store, article("a2", version=2, replaces="a"))
    (line,) = store.stories()
    assert (line.origins, line.agreed, line.disputed, line.single) == (1, 5, 4, 3)
    assert line.lead == "As people have it."
    assert list(store.check()) == []
    brief(store, "s", replace(briefing(*reports), summary=(SummarySentence("As the machine has it.", ()),)))
    (line,) = store.stories()
    assert (line.origins, line.agreed, line.disputed, line.single) == (2, 0, 0, 2)
    assert line.lead == "As the machine has it."
    assert list(store.check()) == []


def test_counts_of_a_story_that_comes_again_are_not_those_that_were_set(store: Store) -> None:
    one, two = keep(store, "a", "b")
    place(store, {"s": [one], "t": [two]})
    with store.transaction():
        store.tally("s", origins=1, agreed=5, disputed=4, single=3, lead="As people have it.")
    place(store, {"t": [one, two]}, {"s": "t"})
    place(store, {"t": [two], "s": [one]})
    line = store.story("s")
    assert line is not None
    assert (line.origins, line.agreed, line.disputed, line.single, line.lead) == (0, 0, 0, 0, "")
    assert list(store.check()) == []


# findings -------------------------------------------------------------------------------------------------------------


def whole_finding() -> Finding:
    """Return a finding of the article a with something in each of its fields."""
    plain = finding(article("a"), "The ferry Halmar ran", "disputed")
    said = Utterance("u", (cited("a", "Nobody was hurt"),), (Value("said", ("a",)),), 0.5, ("alike",))
    differs = Difference("value", (Value("1", ("a",)), Value("2", ("b",))), False)
    return replace(plain, differences=(differs,), utterances=(said,), score=0.75, reasons=("they differ",), weight=2.5)


def test_a_finding_is_found_by_its_id(store: Store) -> None:
    report, made = article("a"), whole_finding()
    place(store, {"s": keep(store, report)})
    assert store.finding(made.id) is None
    brief(store, "s", replace(briefing(report), findings=(made,)))
    assert store.finding(made.id) == Located(made, "s")
    assert store.finding("never") is store.finding("") is store.finding(made.id[:-1]) is None


def test_a_finding_that_its_briefing_lost_is_found_as_it_was(store: Store) -> None:
    report, lost = article("a"), whole_finding()
    place(store, {"s": keep(store, report)})
    brief(store, "s", replace(briefing(report), findings=(lost, finding(report, "Nobody was hurt"))))
    same = replace(lost, id="same words", evidence=(cited("a", "ferry Halmar ran aground off"),))
    both = replace(lost, id="both", evidence=(cited("a", "Nobody"), cited("a", "The ferry")))
    other = finding(report, "Nobody was hurt")
    brief(store, "s", replace(briefing(report), findings=(other, same, both)))
    assert store.finding(lost.id) == Located(lost, "s", False, ("same words", "both"))
    assert store.finding(other.id) == Located(other, "s")
    assert store.counts().findings == 3
    assert list(store.check()) == []


def test_those_that_carry_most_of_a_lost_finding_come_first(store: Store) -> None:
    report = article("a")
    place(store, {"s": keep(store, report)})
    lost = replace(whole_finding(), evidence=(cited("a", "The ferry Halmar"), cited("a", "40 new lifeboats")))
    brief(store, "s", replace(briefing(report), findings=(lost,)))
    one = replace(lost, id="one", evidence=(cited("a", "ferry"),))
    two = replace(lost, id="two", evidence=(cited("a", "ferry"), cited("a", "lifeboats")))
    brief(store, "s", replace(briefing(report), findings=(one, two)))
    found = store.finding(lost.id)
    assert found is not None
    assert found.now == ("two", "one")


def test_a_finding_that_nothing_carries_any_more_is_still_found(store: Store) -> None:
    report = article("a")
    place(store, {"s": keep(store, report)})
    lost = finding(report, "The ferry Halmar ran")
    brief(store, "s", replace(briefing(report), findings=(lost,)))
    brief(store, "s", replace(briefing(report), findings=(finding(report, "Nobody was hurt"),)))
    assert store.finding(lost.id) == Located(lost, "s", False, ())
    brief(store, "s", replace(briefing(report), findings=()))
    assert store.finding(lost.id) == Located(lost, "s", False, ())


def test_a_lost_finding_that_comes_again_is_lost_no_longer(store: Store) -> None:
    report = article("a")
    place(store, {"s": keep(store, report)})
    first = finding(report, "The ferry Halmar ran")
    again = replace(first, gist="As it was told last", weight=9.0)
    for findings in ((first,), (), (again,)):
        brief(store, "s", replace(briefing(report), findings=findings))
    assert store.finding(first.id) == Located(again, "s")
    brief(store, "s", replace(briefing(report), findings=()))
    assert store.finding(first.id) == Located(again, "s", False, ())


def test_a_lost_finding_is_looked_for_in_later_versions(store: Store) -> None:
    report, later = article("a"), article("a2", LONGER, version=2, replaces="a")
    place(store, {"s": keep(store, report)})
    lost = finding(report, "Nobody was hurt")
    brief(store, "s", replace(briefing(report), findings=(lost,)))
    keep(store, later)
    now, other = finding(later, "Nobody was"), finding(later, "Brennick, Monday")
    brief(store, "s", replace(briefing(later), findings=(other, now)))
    assert store.finding(lost.id) == Located(lost, "s", False, (now.id,))


def test_of_words_that_stand_there_twice_those_nearest_to_where_they_stood_count(store: Store) -> None:
    text = "Four were hurt.\nThe quay was shut.\nThen again: four were hurt.\n"
    report, later = article("a", text), article("a2", "The quay was shut.\n" * 2 + text, version=2, replaces="a")
    place(store, {"s": keep(store, report)})
    lost = finding(report, "The quay was shut")
    brief(store, "s", replace(briefing(report), findings=(lost,)))
    keep(store, later)
    words, starts = "The quay was shut", (0, 19, 54)
    assert [later.text[start : start + len(words)] for start in starts] == [words] * 3
    made = [replace(lost, id=f"at {n}", evidence=(Citation("a2", n, n + 17, words),)) for n in starts]
    brief(store, "s", replace(briefing(later), findings=tuple(made)))
    found = store.finding(lost.id)
    assert found is not None
    assert found.now == ("at 19",)


def test_a_finding_of_a_merged_story_is_looked_for_in_the_other(store: Store) -> None:
    reports = (article("a"), article("b", BRIDGE))
    one, two = keep(store, *reports)
    place(store, {"s": [one], "t": [two]})
    gone, stays = finding(reports[0], "The ferry Halmar ran"), finding(reports[0], "Nobody was hurt")
    brief(store, "s", replace(briefing(reports[0]), findings=(gone, stays)))
    place(store, {"t": [one, two]}, {"s": "t"})
    assert store.finding(gone.id) == Located(gone, "t", False, ())
    now = replace(gone, id="now", evidence=(cited("a", "ferry Halmar"), cited("b", "crane barge", BRIDGE)))
    brief(store, "t", replace(briefing(*reports), findings=(now, stays)))
    assert store.finding(gone.id) == Located(gone, "t", False, ("now",))
    assert store.finding(stays.id) == Located(stays, "t")
    assert list(store.check()) == []


def test_a_finding_of_a_dissolved_story_is_looked_for_where_its_articles_are(store: Store) -> None:
    reports = (article("a"), article("b", BRIDGE))
    one, two = keep(store, *reports)
    place(store, {"s": [one, two]})
    lost = replace(whole_finding(), evidence=(cited("a", "214 people"), cited("b", "crane barge", BRIDGE)))
    brief(store, "s", replace(briefing(*reports), findings=(lost,)))
    place(store, {"t": [one], "u": [two]}, {"s": None})
    for story, report, words in (("t", reports[0], "214 people"), ("u", reports[1], "A crane barge")):
        brief(store, story, replace(briefing(report), findings=(finding(report, words),)))
    found = store.finding(lost.id)
    assert found is not None
    assert (found.finding, found.story, found.current) == (lost, "s", False)
    assert sorted(found.now) == sorted((finding(reports[0], "214 people").id, finding(reports[1], "A crane barge").id))


def test_a_finding_that_went_to_another_story_is_found_there(store: Store) -> None:
    reports = (article("a"), article("b", BRIDGE))
    one, two = keep(store, *reports)
    place(store, {"s": [one, two]})
    brief(store, "s", briefing(*reports))
    moved = finding(reports[1], BRIDGE[:20])
    place(store, {"s": [one], "t": [two]})
    brief(store, "t", briefing(reports[1]))
    brief(store, "s", briefing(reports[0]))
    assert store.finding(moved.id) == Located(moved, "t")
    brief(store, "t", replace(briefing(reports[1]), findings=()))
    assert store.finding(moved.id) == Located(moved, "t", False, ())


def test_a_briefing_that_is_not_kept_loses_nothing(store: Store) -> None:
    report = article("a")
    place(store, {"s": keep(store, report)})
    brief(store, "s", briefing(report))
    held = finding(report, FERRY[:20])
    with store.transaction():
        assert not store.brief("s", 99, replace(briefing(report), findings=()), 1.0, LATER)
    with pytest.raises(ValueError, match="on purpose"), store.transaction():  # noqa: PT012
        line = store.story("s")
        assert line is not None
        assert store.brief("s", line.revision, replace(briefing(report), findings=()), 1.0, LATER)
        raise ValueError("on purpose")
    assert store.finding(held.id) == Located(held, "s")


# the pulse ------------------------------------------------------------------------------------------------------------


def test_the_pulse_is_another_after_each_change(store: Store) -> None:
    seen = [store.pulse()]

    def changed() -> bool:
        seen.append(store.pulse())
        return seen[-1] not in seen[:-1]

    numbers = keep(store, "a")
    assert changed()
    place(store, {"s": numbers})
    assert changed()
    brief(store, "s", briefing(article("a")))
    assert changed()
    correct(store, correction("c1"))
    assert changed()
    with store.transaction():
        store.tally("s", origins=1, agreed=1, disputed=1, single=1, lead="")
    assert changed()
    with store.transaction():
        store.tell([update("u1")])
    assert changed()
    with store.transaction():
        store.undo("c1", "Per Holt", LATER)
    assert changed()
    assert store.pulse() == store.pulse()
    assert len(seen[-1]) < 40


def test_the_pulse_stays_where_nothing_that_is_shown_changes(store: Store) -> None:
    keep(store, "a")
    before = store.pulse()
    with pytest.raises(ValueError, match="on purpose"), store.transaction():  # noqa: PT012
        store.keep([arrival("b")], AT)
        raise ValueError("on purpose")
    with store.transaction():
        store.stamp("key", "value")
        store.note("mark of a late one")
        store.keep_feed(Feed("http://courier.example/feed", LATER))
        store.keep_visit(Visit("http://courier.example/a", LATER))
    with store.transaction():
        pass
    store.finish()
    store.stories()
    assert store.pulse() == before
    with store.transaction():
        store.reject([Rejected("feed.jsonl, line 9", "parse", "it is empty")], LATER)
    assert store.pulse() != before


def test_all_that_use_a_store_see_the_same_pulse(lasting: str) -> None:
    with closing(open_store(lasting)) as one, closing(open_store(lasting)) as two:
        assert one.pulse() == two.pulse()
        keep(one, "a")
        first = two.pulse()
        assert one.pulse() == first
        with one.transaction():
            one.keep([arrival("b")], AT)
            assert two.pulse() == first
        assert two.pulse() == one.pulse() != first


def test_the_pulse_is_another_after_another_process_wrote(lasting: str) -> None:
    program = """
import json, sys
from accord.records import Update
from accord.stores import open_store
store = open_store(json.loads(sys.argv[1]))
with store.transaction():
    store.tell([Update("u1", "newly disputed", "s", "A gist")])
store.close()
"""
    with closing(open_store(lasting)) as store:
        before = store.pulse()
        subprocess.run([sys.executable, "-c", program, json.dumps(lasting)], check=True, timeout=60)
        assert store.pulse() != before
        assert [one.id for one in store.updates()] == ["u1"]
