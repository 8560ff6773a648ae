"""The pair encoder: a logit for each pair of clauses, whatever the other questions are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.errors import ModelError
from accord.models.pairs import Question, score

SANK = "A freight barge sank off the port of Varlund, and divers searched the estuary."
AGAIN = "The barge went down near Varlund late on Monday."
CAKE = "A bakery in Ardley sold its last cake before noon, its owner said."


def question(a: str, b: str) -> Question:
    """Return both sentences whole, and the first clause of `a` with all of `b`."""
    return a, b, [((0, len(a)), (0, len(b))), ((0, a.find(",") if "," in a else len(a)), (0, len(b)))]


QUESTIONS = tuple(question(a, b) for a in (SANK, AGAIN, CAKE) for b in (SANK, AGAIN, CAKE))
ALONE: dict[int, list[float]] = {}


def alone(number: int) -> list[float]:
    if number not in ALONE:
        ALONE[number] = score([QUESTIONS[number]], threads=1)[0]
    return ALONE[number]


def test_no_questions_have_no_answers() -> None:
    assert score([], threads=1) == []


def test_every_pair_of_clauses_has_a_logit() -> None:
    assert [len(answer) for answer in score(QUESTIONS, threads=1)] == [2] * len(QUESTIONS)


def test_the_same_fact_scores_above_another() -> None:
    same, other = score([question(SANK, AGAIN), question(SANK, CAKE)], threads=1)
    assert same[0] > other[0]
    assert same[1] > other[1]


def test_a_clause_beyond_the_tokens_read_is_no_pair() -> None:
    long = "word " * 120
    ((whole, beyond),) = score([(long, AGAIN, [((0, 600), (0, 10)), ((590, 600), (0, 10))])], threads=1)
    assert whole > beyond == -8.0


def test_a_question_without_clauses_has_an_empty_answer() -> None:
    first, second = score([(SANK, AGAIN, []), QUESTIONS[1]], threads=1)
    assert first == []
    assert len(second) == 2


@settings(deadline=None, max_examples=12)
@given(st.lists(st.sampled_from(range(len(QUESTIONS))), min_size=1, max_size=20))
def test_a_logit_does_not_depend_on_the_other_questions(numbers: list[int]) -> None:
    answers = score([QUESTIONS[number] for number in numbers], threads=1)
    assert all(answer == alone(number) for answer, number in zip(answers, numbers, strict=True))


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    path.write_bytes(b"damaged")
    with pytest.raises(ModelError, match="damaged"):
        score(QUESTIONS[:1], model=path)
