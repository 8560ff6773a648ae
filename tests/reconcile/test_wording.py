from hypothesis import given
from hypothesis import strategies as st

from accord.reconcile.wording import clipped, content, denies, differing, plain, shared

TEXTS = st.lists(st.sampled_from("we will not sell the old mill to anyone now".split()), min_size=1, max_size=12)


def apart(a: str, b: str) -> tuple[str, str] | None:
    """Return the differing stretches as text."""
    found = differing(a, b)
    return found and (a[slice(*found[0])], b[slice(*found[1])])


def test_words_are_plain() -> None:
    assert plain("The U.S. won’t pay 1,200.") == ("the", "us", "won't", "pay", "1,200")
    assert content("They were reviewing the offers") == {"review", "offer"}
    assert denies("We didn’t sell")
    assert not denies("We sold another")


def test_a_run_of_words_or_runs_between_ellipses_are_a_clip() -> None:
    whole = "We will sell the mill, all of it, before winter comes"
    assert clipped("sell the mill", whole)
    assert clipped("We will sell the mill ... before winter", whole)
    assert not clipped("before winter … sell the mill", whole)
    assert not clipped("sell a mill", whole)
    assert not clipped("", whole)


def test_shared_words_are_counted_in_order() -> None:
    assert shared("we sell the mill", "now we sell a mill") == (0.75, 2)


def test_case_marks_joined_words_and_clips_are_no_difference() -> None:
    assert apart("Health care is a right,", "health care is a right") is None
    assert apart("Healthcare is a right", "health care is a right") is None
    assert apart("No one pays. I promise", "No-one pays") is None


def test_a_difference_is_shown_without_what_is_clipped() -> None:
    longer = "I told them so before. We will never sell the mill to strangers. It has been ours for a hundred years."
    assert apart(longer, "We shall never sell the mill to strangers") == (
        "so before. We will never sell the mill to strangers"[11:],
        "We shall never sell the mill to strangers",
    )
    assert apart("I would like to know", "I'd like to know") == ("I would like to know", "I'd like to know")


def test_other_words_altogether_are_shown_whole() -> None:
    assert apart("The wall came down", "We saw stones fall") == ("The wall came down", "We saw stones fall")


@given(TEXTS, TEXTS)
def test_a_difference_is_the_same_from_either_side(one: list[str], other: list[str]) -> None:
    a, b = " ".join(one), " ".join(other)
    assert (differing(a, b) is None) == (differing(b, a) is None)
    found = differing(a, b)
    assert found is None or (a[slice(*found[0])] and b[slice(*found[1])])


@given(TEXTS, st.integers(0, 11), st.integers(1, 12))
def test_every_stretch_of_words_is_a_clip(text: list[str], first: int, size: int) -> None:
    piece = text[first : first + size]
    assert not piece or clipped(" ".join(piece), " ".join(text))
    assert not piece or differing(" ".join(piece), " ".join(text)) is None
