from __future__ import annotations

import pytest
from hypothesis import given as example
from hypothesis import strategies as st

from accord.brief.wording import content, covered, share, tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("López's 1.4 billion-peso plan", ("lopez", "1.4", "billion", "peso", "plan")),
        ("U.S. ships’ crews", ("u.s", "ships", "crews")),
        ("", ()),
    ],
)
def test_tokens_are_bare_words(text, found):
    assert tokens(text) == found


def test_denials_and_numbers_are_content():
    assert content("The 3 ferries did not sail") == ("3", "ferries", "not", "sail")


def test_an_added_denial_is_not_covered():
    assert not covered("The ferry never sailed", ["the ferry sailed"])


def test_another_number_is_not_covered():
    assert not covered("12 people died", ["13 people died"])


def test_a_speaker_that_a_field_gives_is_covered():
    assert covered("The ferry leaked, Mira Stahl said", ["the ferry leaked"], ["Mira Stahl"])
    assert not covered("The ferry leaked, Mira Stahl said", ["the ferry leaked"])


@example(st.lists(st.sampled_from(["ferry", "sank", "not", "12", "Dorrin", "passengers", "harbour"]), min_size=1))
def test_a_text_covers_itself_and_any_part_of_it(words):
    text = " ".join(words)
    assert covered(text, [text])
    assert all(covered(word, [text]) for word in words)


@example(st.lists(st.sampled_from(["ferry", "sank", "not", "12", "Dorrin"])), st.sampled_from(["lawyer", "99", "no"]))
def test_a_word_from_nowhere_is_never_covered(words, added):
    assert not covered(" ".join([*words, added]), [" ".join(words)])


def test_share_counts_telling_words():
    assert share("The ferries sank", ["A ferry had sunk", "It sank"]) == 1.0
    assert share("the and of", ["ferry"]) == 0.0
