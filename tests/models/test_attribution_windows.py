"""Windows: every word is told of once, none is too long, and spelling is seen."""

from __future__ import annotations

import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from accord.models.attribution_windows import FEATURES, Range, Window, read_paragraphs, windows

TEXT = "Ana Paz said: “We stay.”\n\nTHE UNION left at 9.\nNobody knew why, she added."
WORDS = st.sampled_from(["the", "Paz", "said", "“no", "no”", '"well"', "harbourmaster", "£20", "don’t", "é", "东京"])
LINES = st.lists(st.lists(WORDS, max_size=40).map(" ".join), max_size=12)


def lines(text: str) -> list[Range]:
    return [match.span() for match in re.finditer(r"[^\n]+", text)]


def told(found: list[Window]) -> list[Range]:
    """Return the words after the context of each window, separators left out."""
    return [r for window in found for r in window.words.ranges[window.core :] if r[0] >= 0]


def test_words_are_ranges_of_the_text() -> None:
    (window,) = windows(TEXT, lines(TEXT))
    assert [TEXT[a:b] for a, b in told([window])][:8] == ["Ana", "Paz", "said", ":", "“", "We", "stay", "."]
    assert window.core == 0


def test_a_paragraph_ends_with_a_separator() -> None:
    (window,) = windows(TEXT, lines(TEXT))
    assert window.words.ranges.count((-1, -1)) == 3
    assert window.words.ranges[-1] == (-1, -1)


def test_shapes_and_marks_are_features() -> None:
    first, second, _ = read_paragraphs(TEXT, lines(TEXT))
    shapes = [first.features[at] // 4 for at in first.firsts]
    marks = [first.features[at] % 4 for at in first.firsts]
    assert shapes == [1, 1, 0, 4, 4, 1, 0, 4, 4]
    assert marks == [0, 0, 0, 0, 2, 1, 1, 1, 3]
    assert [second.features[at] // 4 for at in second.firsts] == [2, 2, 0, 0, 3, 4]


def test_a_straight_mark_opens_and_closes() -> None:
    text = 'He said "no" twice.'
    (words,) = read_paragraphs(text, [(0, len(text))])
    assert [words.features[at] % 4 for at in words.firsts] == [0, 0, 2, 1, 3, 0, 0]


def test_a_window_repeats_the_paragraphs_before_it() -> None:
    text = "\n".join(f"Line {n} says that the pier is shut and that the boats are gone." for n in range(40))
    first, second, *_ = windows(text, lines(text))
    assert second.core > 0
    assert second.words.ranges[0] in first.words.ranges


def test_no_text_has_no_windows() -> None:
    assert windows("", []) == []
    assert windows("  \n ", [(0, 4)]) == []


@settings(deadline=None, max_examples=60)
@given(LINES, st.sampled_from([(40, 10), (64, 0), (256, 64)]))
def test_every_word_is_told_of_once_in_order(paragraphs: list[str], sizes: tuple[int, int]) -> None:
    text = "\n".join(paragraphs)
    most, context = sizes
    found = windows(text, lines(text), most=most, context=context)
    words = [r for part in read_paragraphs(text, lines(text)) for r in part.ranges]
    assert told(found) == words
    for window in found:
        assert len(window.words.pieces) <= most
        assert len(window.words.features) == len(window.words.pieces)
        assert max(window.words.features) < FEATURES
        assert len(window.words.firsts) == len(window.words.ranges)


def test_a_long_paragraph_is_read_in_time_that_grows_with_it() -> None:
    sentence = "The board said that the pier was shut. "

    def seconds(times: int) -> float:
        text = sentence * times
        start = time.process_time()
        windows(text, [(0, len(text))])
        return time.process_time() - start

    seconds(10)
    assert seconds(1600) < 40 * max(seconds(200), 0.002)
