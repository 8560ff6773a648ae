from __future__ import annotations

import pytest

from accord.brief.clauses import breaks_off, complete, stand, strip_joiner, tidy
from accord.records import Statement


def statement(text: str, head: str, **more: object) -> Statement:
    return Statement("a", 0, len(text), text, 0, head, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "head", "more", "how"),
    [
        ("The ferry sank off Dorrin", "sink", {}, "full"),
        ("Raising the wreck was a matter of weeks", "be", {"status": "state"}, "full"),
        ("killing 12 passengers", "kill", {}, "part"),
        ("to raise the wreck", "raise", {}, "part"),
        ("the crew, who left the ship", "leave", {}, "part"),
        ("a fund set up by the ministry", "set", {"passive": True}, "part"),
        ("The fund was set up by the ministry", "set", {"passive": True}, "full"),
        ("left the port at noon", "leave", {}, "subjectless"),
        ("would raise the wreck", "raise", {}, "subjectless"),
        ("On Friday reached the port", "reach", {}, "part"),
        ("A day after the ferry sank", "sink", {}, "part"),
        ("Ruiz, a former judge", "judge", {"status": "state"}, "part"),
    ],
)
def test_stand(text, head, more, how):
    assert stand(statement(text, head, **more), text, attributes=False) == how


def test_a_clause_that_only_attributes_is_attribution():
    text = "Ruiz said in a statement"
    assert stand(statement(text, "say"), text, attributes=False) == "attribution"


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("• “We will sail tomorrow, ", "We will sail tomorrow"),
        ("the “Alma” sank,", "the “Alma” sank"),
        ("the Alma (a ferry", "the Alma a ferry"),
        ("The ferry sank shortly", "The ferry sank"),
    ],
)
def test_tidy_pairs_marks_and_drops_loose_ends(text, tidied):
    assert tidy(text) == tidied


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("and while the crew waited", "the crew waited"),
        ("however, the crew left", "the crew left"),
        ("That’s a pity", "That’s a pity"),
        ("after leaving the port", "after leaving the port"),
    ],
)
def test_strip_joiner_leaves_what_can_stand(text, bare):
    assert strip_joiner(text) == bare


def test_a_clause_is_complete_before_a_mark_or_a_new_clause():
    assert complete("The ferry sank", ", killing 12.")
    assert complete("The ferry sank", " as the crew slept.")
    assert not complete("The explosion set", " the ferry on fire.")


def test_a_clause_breaks_off_at_its_verb():
    assert breaks_off(statement("the fault caused", "cause"), "the fault caused", " the fire")
    assert not breaks_off(statement("the ferry sank", "sink"), "the ferry sank", ".")
