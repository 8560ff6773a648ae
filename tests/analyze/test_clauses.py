from __future__ import annotations

import pytest

from accord.analyze import language
from accord.analyze.clauses import Clause, agent_of, split_clauses


def clauses(text: str) -> list[Clause]:
    return split_clauses(language.load()(text)[:])


def texts(text: str) -> list[str]:
    return [clause.head.doc[clause.first : clause.last].text for clause in clauses(text)]


def test_coordinated_verbs_are_two_clauses() -> None:
    assert texts("The board of Velmar Steel rejected the offer and fired its chairman.") == [
        "The board of Velmar Steel rejected the offer",
        "fired its chairman",
    ]


def test_participle_stands_alone() -> None:
    assert "killing 12 passengers" in texts("The ferry sank off Dorrin, killing 12 passengers.")


def test_attribution_is_left_out_and_kept_as_speaker() -> None:
    (clause,) = clauses("The ferry was overloaded, the harbour master said.")
    assert clause.head.doc[clause.first : clause.last].text == "The ferry was overloaded"
    assert clause.speaker is not None
    assert clause.speaker.text == "master"


def test_according_to_is_left_out() -> None:
    (clause,) = clauses("According to investigators, the ferry was carrying too many passengers.")
    assert clause.head.doc[clause.first : clause.last].text == "the ferry was carrying too many passengers"
    assert clause.speaker is not None
    assert clause.speaker.text == "investigators"


def test_attribution_with_content_of_its_own_stays() -> None:
    found = texts("The harbour master said in a televised address on Friday that the ferry was overloaded.")
    assert found == [
        "The harbour master said in a televised address on Friday",
        "the ferry was overloaded",
    ]


def test_relative_clause_carries_its_noun() -> None:
    assert "the captain, who was arrested on Friday" in texts(
        "Police questioned the captain, who was arrested on Friday, for six hours."
    )


def test_condition_stays_with_its_clause() -> None:
    assert texts("The union will strike in May if the talks fail.") == [
        "The union will strike in May if the talks fail"
    ]


def test_coordinate_takes_the_subject_of_its_governor() -> None:
    second = clauses("The minister signed the treaty and left the capital.")[1]
    assert second.subject is not None
    assert second.subject.text == "minister"


def test_agent_of_a_passive() -> None:
    (clause,) = clauses("The treaty was signed by the minister.")
    agent = agent_of(clause.head)
    assert agent is not None
    assert agent.text == "minister"


def test_closing_mark_stays_with_its_opening_mark() -> None:
    assert texts("The minister called the treaty a “great success for everyone.”") == [
        "The minister called the treaty a “great success for everyone.”"
    ]


@pytest.mark.parametrize("text", ["So he said.", "Chaos.", "“Never!”", "Lena Ruiz, Dorrin Courier"])
def test_every_sentence_has_a_clause(text: str) -> None:
    assert len(texts(text)) >= 1
