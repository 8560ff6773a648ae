"""Corrections in a store: they change counts and what is shown, not the machine's answer; undoing takes them back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from accord.corrections import dismiss_entry, dismiss_finding, fix_value, merge_stories, set_status
from accord.errors import CorrectionError
from accord.records import Article, Citation, Finding, SummarySentence
from accord.stores import Store, open_store
from accord.upkeep import add, refresh
from accord.upkeep.correcting import correct, corrected, corrected_ledger, undo
from arrivals import FERRY, LATER, arrival, article, brief, briefing, entry, keep, line, place

WHO = {"by": "Mara Tolk", "at": "2031-05-05T08:00:00Z"}


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give a store with a story of two reports."""
    with closing(open_store("memory:" if request.param == "memory" else str(tmp_path / "accord.db"))) as opened:
        numbers = keep(opened, "a", article("b", FERRY.replace("214", "241"), "The Quell Echo"))
        place(opened, {"ferry": numbers})
        brief(opened, "ferry", briefing(*(held.article for held in opened.numbered(numbers)), verdict="disputed"))
        yield opened


def finding(store: Store, number: int = 0) -> Finding:
    made = store.briefing("ferry")
    assert made is not None
    return made.findings[number]


def counts(store: Store) -> tuple[int, int, int]:
    told = store.story("ferry")
    assert told is not None
    return told.agreed, told.disputed, told.single


def test_a_correction_changes_the_counts_and_what_is_shown_and_not_the_machine_s_answer(store: Store) -> None:
    before = store.briefing("ferry")
    drawn = correct(store, made := dismiss_finding(finding(store), **WHO))
    assert (drawn.correction, drawn.stories) == (made, ("ferry",))
    assert counts(store) == (0, 1, 0)
    found = corrected(store, "ferry")
    assert found is not None
    assert [each.id for each in found.briefing.findings] == [finding(store, 1).id]
    assert [one.correction for one in found.applied] == [made]
    assert store.briefing("ferry") == before


def test_the_list_shows_the_first_sentence_as_corrected(store: Store) -> None:
    made, line = store.briefing("ferry"), store.story("ferry")
    assert made is not None
    assert line is not None
    told = tuple(SummarySentence(f"Sentence {n}.", (one.id,)) for n, one in enumerate(made.findings, 1))
    brief(store, "ferry", replace(made, summary=told))
    drawn = correct(store, dismiss_finding(made.findings[0], **WHO))
    found = corrected(store, "ferry")
    assert found is not None
    assert found.briefing.summary != told
    line = store.story("ferry")
    assert line is not None
    assert line.lead == (found.briefing.summary[0].text if found.briefing.summary else "")
    undo(store, drawn.correction.id, "Per Holt")
    line = store.story("ferry")
    assert line is not None
    assert line.lead == "Sentence 1."


def test_undoing_gives_the_machine_s_answer_back(store: Store) -> None:
    made = dismiss_finding(finding(store), **WHO)
    correct(store, made)
    drawn = undo(store, made.id, " Jon Ask ")
    assert (drawn.correction.undone_by, drawn.stories) == ("Jon Ask", ("ferry",))
    assert counts(store) == (0, 2, 0)
    found = corrected(store, "ferry")
    assert found is not None
    assert (found.briefing, found.applied) == (store.briefing("ferry"), ())


def test_the_same_correction_twice_is_one(store: Store) -> None:
    made = dismiss_finding(finding(store), **WHO)
    correct(store, made)
    correct(store, made)
    assert len(store.corrections()) == 1
    assert counts(store) == (0, 1, 0)


def test_what_was_undone_is_made_anew_not_kept_again(store: Store) -> None:
    made = dismiss_finding(finding(store), **WHO)
    correct(store, made)
    undo(store, made.id, "Jon")
    with pytest.raises(CorrectionError, match="this correction was undone on "):
        correct(store, made)
    correct(store, dismiss_finding(finding(store), by="Mara Tolk", at="2031-05-06T08:00:00Z"))
    assert counts(store) == (0, 1, 0)


def test_words_that_the_article_does_not_have_are_refused(store: Store) -> None:
    cited = finding(store).evidence[0]
    forged = replace(dismiss_finding(finding(store), **WHO), passages=(replace(cited, text="Nobody was there"),))
    with pytest.raises(CorrectionError, match="a 0-20: the article has other words there"):
        correct(store, forged)
    with pytest.raises(CorrectionError, match="z: the store holds no article with this id"):
        correct(store, replace(forged, passages=(Citation("z", 0, 4, "They"),)))
    assert (store.corrections(), counts(store)) == ([], (0, 2, 0))


def test_a_story_that_was_not_briefed_is_not_corrected(store: Store) -> None:
    place(store, {"other": keep(store, "c")})
    assert corrected(store, "other") is None
    assert corrected(store, "nothing") is None


def test_a_new_version_keeps_what_was_corrected(store: Store) -> None:
    correct(store, dismiss_finding(finding(store), **WHO))
    text = "The harbour is shut.\n" + FERRY
    newer = article("a2", text, version=2, replaces="a")
    (number,) = keep(store, arrival(newer, follows="a"), at=LATER)
    (other,) = (held.number for held in store.held(["b"]))
    place(store, {"ferry": [number, other]})
    start = text.index(FERRY[:20])
    moved = replace(finding(store), id="moved", evidence=(Citation("a2", start, start + 20, FERRY[:20]),))
    made = briefing(newer, *(held.article for held in store.held(["b"])))
    brief(store, "ferry", replace(made, findings=(moved, made.findings[1])), at=LATER)
    found = corrected(store, "ferry")
    assert found is not None
    assert [each.id for each in found.briefing.findings] == [made.findings[1].id]


def test_the_ledger_is_corrected_beside_the_machine_s(store: Store) -> None:
    lines = line("l1", due_date="2031-03-01"), line("l2", article("b", outlet="The Quell Echo"))
    entries = entry("e1", lines[0]), entry("e2", lines[1])
    with store.transaction():
        store.keep_lines(["a", "b"], lines)
        store.keep_entries(entries)
    correct(store, set_status(entries[0], "reported done", **WHO))
    correct(store, gone := dismiss_entry(entries[1], **WHO))
    found = corrected_ledger(store, store.ledger())
    assert [(each.id, each.status) for each in found.entries] == [("e1", "reported done")]
    assert (found.fixed, len(found.applied)) == ({"e1"}, 2)
    undo(store, gone.id, "Jon")
    assert [each.id for each in corrected_ledger(store, store.ledger()).entries] == ["e1", "e2"]
    assert sorted(each.status for each in store.ledger()) == ["open", "open"]


def test_a_store_without_corrections_shows_what_it_holds(store: Store) -> None:
    assert corrected_ledger(store, []).entries == ()
    found = corrected(store, "ferry")
    assert found is not None
    assert found.briefing == store.briefing("ferry")


# with the stages themselves -------------------------------------------------------------------------------------------

TELLER = (
    "OSS - The weir above Oss gave way on Tuesday night after three days of rain, the water board said. "
    "Four people were hurt and one is missing.\n\nThe board promised to rebuild the weir by the end of September."
)
OTHER = (
    "The old weir above Oss broke on Tuesday night, after rain that lasted three days.\n\n"
    "Six people were hurt, according to the fire brigade. Farmers lost forty sheep."
)
LATE = (
    "After three days of rain the weir above Oss gave way on Tuesday night. Repairs will take months.\n\n"
    "Marit Olsk keeps the lock in Oss. She heard the crack from her kitchen."
)


def report(folder: Path, name: str, text: str) -> str:
    path = folder / f"{name}.json"
    fields = {"id": name, "outlet": f"The {name} Post", "title": "Weir at Oss gives way", "published": "2031-06-04"}
    path.write_text(json.dumps({**fields, "text": text}), "utf-8")
    return str(path)


def test_a_story_that_is_briefed_again_counts_as_corrected_and_tells_no_dismissed_finding(tmp_path: Path) -> None:
    store = open_store("memory:")
    add([report(tmp_path, "Velm", TELLER), report(tmp_path, "Orsa", OTHER)], store)
    stories = store.stories()
    if len(stories) > 1:
        ids = [held.article.id for held in store.each()]
        correct(store, merge_stories(ids[:1], ids[1:], **WHO))
        refresh(store)
    (story,) = store.stories()
    machine = store.briefing(story.id)
    assert machine is not None
    gone = next(each for each in machine.findings if "gave way" in each.gist or "broke" in each.gist)
    correct(store, dismiss_finding(gone, **WHO))
    added = add([report(tmp_path, "Lake", LATE)], store)
    (story,) = (one for one in store.stories() if one.articles > 1)
    found = corrected(store, story.id)
    machine = store.briefing(story.id)
    assert found is not None
    assert machine is not None
    assert [one.correction.kind for one in found.applied] == ["finding dismissed"]
    verdicts = [each.verdict for each in found.briefing.findings]
    assert (story.agreed, story.single) == (verdicts.count("corroborated"), verdicts.count("single"))
    assert len(verdicts) < len(machine.findings)
    left_out = {each.id for each in machine.findings} - {each.id for each in found.briefing.findings}
    assert not left_out & {update.finding for update in added.updates}


def test_a_value_that_is_corrected_is_found_again_by_its_words(tmp_path: Path) -> None:
    store = open_store("memory:")
    add([report(tmp_path, "Velm", TELLER)], store)
    (story,) = store.stories()
    machine = store.briefing(story.id)
    assert machine is not None
    four = next(each for each in machine.figures if each.value == 4)
    of: Article = machine.articles[0]
    correct(store, fix_value(four, "value", "5", **WHO, article=of))
    found = corrected(store, story.id)
    assert found is not None
    assert 5.0 in [each.value for each in found.briefing.figures]
    assert any("[5 person]" in each.gist for each in found.briefing.findings)
