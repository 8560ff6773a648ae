import pytest

from accord.ledger.wording import names_in, naming, numbers_of, rarity, stem, stems_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bought", "purchases"),
        ("paid", "payments"),
        ("built", "construction"),
        ("closed", "closure"),
        ("hiring", "hired"),
    ],
)
def test_the_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_words_of_promising_and_times_tell_nothing() -> None:
    assert stems_of("The council promised on Monday to close its mills by October") == ["council", "clos", "mill"]


def test_numbers_are_read_without_separators() -> None:
    assert numbers_of("5,000 homes and 4.1 percent") == {"5000", "4.1"}


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    assert rarity(stem("government")) < rarity(stem("corvette")) <= 1


def test_who_is_named_by_their_names_alone() -> None:
    assert naming("the mayor of Orlen, Mirela Dov") == {"orlen", "mirela", "dov"}
    assert naming("the company") == frozenset()
    assert naming(None) == frozenset()


def test_names_in_a_text_are_capital_words_after_its_first() -> None:
    assert names_in("Build 50 berths for Velmouth’s quay by May") == {"velmouth"}
    assert names_in("Velmouth") == frozenset()
