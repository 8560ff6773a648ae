"""The program that changes one report's side of a fact, and the judge of what came of it."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "eval"))

import mutations as check
from accord.records import Article, Briefing, Citation, Finding
from mutation import KINDS, Mutation, choose, events_in, mutations
from mutation.events import Evidence, applied, moved
from mutation.numbers import numbers_in

A = (
    "Mayor Helen Brandt opened the new bridge in Portland on Tuesday.\n"
    "The city paid $40 million for the bridge, and 12 workers were hurt while it was built.\n"
    "The council approved the plan in 2019 after a long debate.\n"
)
B = (
    "On Tuesday the bridge was opened by Helen Brandt, the mayor.\n"
    "Crowds in Portland watched the ceremony. The bridge cost $40 million, and it hurt 12 workers.\n"
    "City officials said the council approved the plan in 2019.\n"
)
FACTS = (
    (
        "f1",
        "Helen Brandt opened the bridge on Tuesday.",
        "Mayor Helen Brandt opened the new bridge",
        "opened by Helen Brandt",
    ),
    ("f2", "The bridge cost $40 million.", "The city paid $40 million for the bridge", "The bridge cost $40 million"),
    ("f3", "12 workers were hurt.", "12 workers were hurt", "it hurt 12 workers"),
    (
        "f4",
        "The bridge opened on Tuesday.",
        "opened the new bridge in Portland on Tuesday",
        "On Tuesday the bridge was opened",
    ),
    (
        "f5",
        "The council approved the plan.",
        "The council approved the plan in 2019",
        "the council approved the plan in 2019",
    ),
    (
        "f6",
        "The ceremony was in Portland.",
        "opened the new bridge in Portland",
        "Crowds in Portland watched the ceremony",
    ),
)


@pytest.fixture(scope="module")
def event(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gold") / "bridge"
    (folder / "articles").mkdir(parents=True)
    for name, text in (("a", A), ("b", B)):
        row = {"id": name, "outlet": f"{name} post", "title": "Bridge opens in Portland", "published": "2031-05-06"}
        (folder / "articles" / f"{name}.json").write_text(json.dumps({**row, "text": text}))
    facts = [
        {
            "id": number,
            "kind": "event",
            "gist": gist,
            "verdict": "corroborated",
            "evidence": [{"article": "a", "text": first}, {"article": "b", "text": second}],
        }
        for number, gist, first, second in FACTS
    ]
    facts.append({**facts[0], "id": "f9", "verdict": "conflict"})
    (folder / "gold.json").write_text(json.dumps({"facts": facts}))
    return next(events_in(folder.parent))


@pytest.fixture(scope="module")
def pool(event):
    return mutations(event, random.Random(3))


def test_every_kind_of_change_is_made(pool):
    assert {m.kind for m in pool} == set(KINDS)


def test_conflicts_are_left_alone(pool):
    assert "f9" not in {m.fact for m in pool}


def test_a_change_is_in_one_article_at_its_evidence(event, pool):
    for m in pool:
        text = event.articles[m.article].text
        assert m.text == applied(text, m.edits) != text
        assert m.text[m.evidence.start : m.evidence.end] == m.evidence.text
        assert any(m.original.start <= start and end <= m.original.end for start, end, _ in m.edits)
        assert all(other.article != m.article for other in m.others)


def test_the_others_state_what_was_changed(pool):
    for m in pool:
        if m.kind in ("date", "place", "actor"):
            assert all(m.old.split()[-1] in other.text for other in m.others)


def test_numbers_leave_the_old_value_far_behind(pool):
    for m in (m for m in pool if m.kind == "number"):
        (old,), (new,) = numbers_in(m.old), numbers_in(m.new)
        assert abs(new.value - old.value) >= 0.2 * old.value


def test_a_title_follows_its_article(pool):
    titles = {m.title for m in pool if m.kind == "place"}
    assert titles
    assert all("Portland" not in title for title in titles)


def test_a_denial_is_grammatical(pool):
    assert "the council did not approve the plan in 2019" in {m.evidence.text for m in pool if m.kind == "negation"}


def test_the_same_seed_gives_the_same_changes(event, pool):
    assert mutations(event, random.Random(3)) == pool
    assert choose(pool, 5, random.Random(1)) == choose(pool, 5, random.Random(1))


def test_choice_is_balanced_over_kinds(pool):
    assert {m.kind for m in choose(pool, 5, random.Random(0))} == set(KINDS)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They paid $1.4 billion for two ships.", [1.4e9, 2]),
        ("On May 6 at 5 p.m. in 2019 nothing moved.", []),
        ("Flight 446 and Interstate 4", []),
        ("a two-thirds majority of 60 votes", [60]),
        ("between 8% and 15%", []),
    ],
)
def test_numbers_are_figures_only(text, values):
    assert [number.value for number in numbers_in(text)] == values


def test_moved_positions_follow_the_edits():
    edits = ((2, 4, "xxxx"), (6, 7, ""))
    assert [moved(position, edits) for position in (0, 2, 3, 4, 6, 7, 9)] == [0, 2, 6, 6, 8, 8, 10]


# the judge ------------------------------------------------------------------------------------------------------------

OLD, NEW = "The toll was 12 on Monday. Rain fell.", "The toll was 312 on Monday. Rain fell."
OTHER = "Twelve died, so 12 in all. It was dry."
MUTATION = Mutation(
    event="storm",
    fact="f1",
    kind="number",
    article="a",
    old="12",
    new="312",
    edits=((13, 15, "312"),),
    text=NEW,
    title=None,
    original=Evidence("a", 0, 15, OLD[0:15]),
    evidence=Evidence("a", 0, 16, NEW[0:16]),
    others=(Evidence("b", 0, 25, OTHER[0:25]),),
)


def briefing(text: str, *disputes: tuple[tuple[int, int], tuple[int, int]], between: str = "reports") -> Briefing:
    """Return a briefing of `text` (article a) and `OTHER` (b) with these pairs of spans in dispute."""
    findings = tuple(
        Finding(
            id=str(number),
            kind="statement",
            gist=text[slice(*mine)],
            verdict="disputed",
            between=between,
            origins=2,
            outlets=("a", "b"),
            evidence=(Citation("a", *mine, text[slice(*mine)]), Citation("b", *theirs, OTHER[slice(*theirs)])),
        )
        for number, (mine, theirs) in enumerate(disputes)
    )
    articles = (Article("a", text, "a"), Article("b", OTHER, "b"))
    return Briefing("x", "x", articles, (), findings, (), (), (), (), (), ())


def test_a_dispute_on_the_fact_is_detected():
    outcome = check.judge(MUTATION, briefing(OLD), briefing(NEW, ((0, 26), (0, 26))))
    assert (outcome.detected, outcome.elsewhere) == (True, ())


def test_a_dispute_between_speakers_is_no_detection():
    after = briefing(NEW, ((0, 26), (0, 26)), between="speakers")
    assert not check.judge(MUTATION, briefing(OLD), after).detected


def test_a_dispute_that_was_there_before_does_not_count():
    outcome = check.judge(MUTATION, briefing(OLD, ((0, 25), (0, 26))), briefing(NEW, ((0, 26), (0, 26))))
    assert (outcome.detected, outcome.elsewhere) == (False, ())


def test_a_new_dispute_elsewhere_is_counted():
    outcome = check.judge(MUTATION, briefing(OLD), briefing(NEW, ((28, 38), (27, 38))))
    assert (outcome.detected, len(outcome.elsewhere)) == (False, 1)


def test_an_old_dispute_elsewhere_is_not_new():
    outcome = check.judge(MUTATION, briefing(OLD, ((27, 37), (27, 38))), briefing(NEW, ((28, 38), (27, 38))))
    assert outcome.elsewhere == ()


def test_the_table_adds_up():
    outcomes = [check.judge(MUTATION, briefing(OLD), briefing(NEW, ((0, 26), (0, 26)), ((28, 38), (27, 38))))]
    rows = {row["kind"]: row for row in check.table(outcomes)}
    assert (rows["number"]["changes"], rows["number"]["share"], rows["all"]["elsewhere"]) == (1, 1.0, 1.0)
    assert rows["place"]["changes"] == 0
