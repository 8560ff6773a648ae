from hypothesis import given
from hypothesis import strategies as st

from accord.ledger.likeness import FEATURES, LATER, SAME_TIME, features, logit, main_part, of_one_time, profile_of

from .samples import FERRY, FERRY_AGAIN, FERRY_BOUGHT, MILL, SCHOOLS, SCHOOLS_RAISED

LINES = st.sampled_from([FERRY, FERRY_AGAIN, FERRY_BOUGHT, MILL, SCHOOLS, SCHOOLS_RAISED])


@given(LINES, LINES, st.floats(-1, 1))
def test_it_does_not_matter_which_line_comes_first(one: object, other: object, cosine: float) -> None:
    a, b = profile_of(one), profile_of(other)  # type: ignore[arg-type]
    assert features(a, b, cosine) == features(b, a, cosine)
    assert logit(a, b, cosine) == logit(b, a, cosine)


def test_both_tables_weigh_every_feature() -> None:
    assert set(SAME_TIME) == set(LATER) == {"bias", *FEATURES}


def test_a_repeat_is_likelier_than_another_matter() -> None:
    ferry, again, mill = profile_of(FERRY), profile_of(FERRY_AGAIN), profile_of(MILL)
    assert logit(ferry, again, 0.5) > 0 > logit(ferry, mill, 0.5)


def test_reports_of_three_days_are_of_one_time() -> None:
    assert of_one_time(profile_of(FERRY), profile_of(FERRY))
    assert not of_one_time(profile_of(FERRY), profile_of(FERRY_AGAIN))


def test_a_condition_is_no_part_of_what_is_promised() -> None:
    assert main_part("dock workers will strike if wages are cut") == "dock workers will strike"
    assert main_part("strike if wages are cut") == "strike if wages are cut"
