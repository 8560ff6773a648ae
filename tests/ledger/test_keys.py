from accord.ledger.keys import keys_of

from .samples import FERRY, FERRY_NOT_BOUGHT, MILL, SCHOOLS, SCHOOLS_RAISED


def test_a_promise_and_what_is_told_of_it_months_later_share_a_key() -> None:
    assert set(FERRY.keys) & set(FERRY_NOT_BOUGHT.keys)
    assert set(SCHOOLS.keys) & set(SCHOOLS_RAISED.keys)


def test_two_matters_share_none() -> None:
    assert not set(FERRY.keys) & set(MILL.keys)


def test_keys_are_few_and_do_not_repeat() -> None:
    keys = keys_of(
        "Norvia", "one two " + " ".join(f"word{n}ish" for n in "abcdefghijkl"), 5.0, "and more around it " * 9
    )
    assert len(keys) == len(set(keys)) <= 30
