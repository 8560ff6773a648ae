"""What pydantic finds wrong is told in the house's words, whatever it is."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from accord.web.faults import fault, place


class Sent(BaseModel):
    """A model with fields of the usual kinds."""

    model_config = ConfigDict(extra="forbid", strict=True)
    number: int = Field(ge=0, le=200)
    word: str = Field(min_length=2, max_length=5, pattern=r"^[^\x00]+$")
    flag: bool
    listed: list[int] = Field(max_length=2)
    choice: Literal["a", "b"]


def faults(sent: object) -> dict[str, str]:
    """Return what is wrong with `sent`, by place."""
    with pytest.raises(ValidationError) as raised:
        Sent.model_validate(sent)
    return {place(one["loc"]): fault(one) for one in raised.value.errors()}


def test_each_fault_says_what_is_wrong_and_what_to_give() -> None:
    sent = {"number": 500, "word": "a" * 9, "flag": 1, "listed": [1, 2, 3], "choice": "c", "more": 1}
    assert faults(sent) == {
        "number": "it is 500; give 200 or less",
        "word": "it has 9 characters; give 5 or fewer",
        "flag": "it is 1; give true or false",
        "listed": "it holds 3; give 2 or fewer",
        "choice": "it is \"c\"; give 'a' or 'b'",
        "more": "there is no such field; leave it out",
    }
    sent = {"number": "7", "word": "a\0", "flag": None, "listed": [1, 2.5], "choice": True}
    assert faults(sent) == {
        "number": 'it is "7"; give a whole number in digits',
        "word": "it holds the character U+0000, which belongs into no text; leave that out",
        "flag": "it is null; give true or false",
        "listed[1]": "it is 2.5; give a whole number in digits",
        "choice": "it is true; give 'a' or 'b'",
    }


def test_what_is_not_known_keeps_its_words() -> None:
    assert fault({"type": "value_error", "msg": "Value error, Bad wind"}) == "bad wind"
    assert fault({"loc": ("query", "x")}) == "it is not as described"


def test_a_long_value_is_cut_and_a_long_name_too() -> None:
    assert len(fault({"type": "literal_error", "input": "x" * 9_000, "ctx": {"expected": "'a'"}})) < 100
    assert len(place(["x" * 9_000, 3])) < 110


SIMPLE = st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters(exclude_categories=()))
VALUES = st.recursive(SIMPLE, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))


@given(VALUES)
def test_whatever_is_sent_is_told_in_one_line_that_can_be_written(value: Any) -> None:
    for kind in (Sent, dict[str, Sent], Literal["a"], list[bool]):
        try:
            TypeAdapter(kind).validate_python(value)
        except ValidationError as error:
            for one in error.errors():
                told = fault(one)
                assert told.isprintable()
                assert "pydantic" not in told
                told.encode()
