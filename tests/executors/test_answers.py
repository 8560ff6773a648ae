from __future__ import annotations

import pytest

from accord.errors import AccordError, NothingToBriefError
from accord.executors.answers import answer, opened, pack
from accord.records import Rejected
from chores import POISON, double, fail, fail_oddly


def nothing(_: int) -> int:
    raise NothingToBriefError([Rejected("feed.jsonl, line 2", "parse", "it is empty")])


def local(_: int) -> object:
    return lambda: 1


def test_an_answer_holds_the_result() -> None:
    assert opened(answer(pack(double), pack(4))) == 8
    assert opened(answer(pack(double), pack(5))) == 10


def test_an_answer_holds_what_was_raised_and_where() -> None:
    with pytest.raises(LookupError, match=f"there is no {POISON}") as caught:
        opened(answer(pack(fail), pack(POISON)))
    assert "in fail" in caught.value.__notes__[0]


@pytest.mark.parametrize(("function", "says"), [(fail_oddly, "Odd: 3 is as odd as 7"), (nothing, "it is empty")])
def test_an_error_that_does_not_survive_packing_is_told(function: object, says: str) -> None:
    with pytest.raises(AccordError, match=says):
        opened(answer(pack(function), pack(3)))


def test_what_cannot_be_packed_or_unpacked_is_raised() -> None:
    with pytest.raises(Exception, match="local"):
        opened(answer(pack(local), pack(1)))
    with pytest.raises(ModuleNotFoundError, match="elsewhere"):
        opened(answer(b"celsewhere\nthing\n.", pack(1)))
