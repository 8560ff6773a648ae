"""What a candidate means, in numbers."""

from __future__ import annotations

import numpy as np

from accord.analyze import language
from accord.analyze.commitment_vectors import BLOCKS, SIZE
from accord.analyze.commitments import find_prospects, find_scored
from accord.analyze.reading import Reading
from accord.analyze.sentences import find_sentences
from accord.records import Article

PLEDGE = "Velmar Steel pledged to repay the loan."
TEXT = f"{PLEDGE} The harbour is old.\n\nThe board will sell the mill in May."


def read(text: str = TEXT) -> Reading:
    article = Article(id="a", text=text, outlet="o")
    split = find_sentences(article)
    return Reading(article, split, language.parse(text, split))


def meanings(text: str) -> list[np.ndarray]:
    reading = read(text)
    return [scored.meaning for scored in find_scored(reading, (), (), (), (), find_prospects(reading))]


def test_blocks_have_length_one_or_are_zero() -> None:
    found = meanings(TEXT)
    assert len(found) > 1
    for meaning in found:
        assert meaning.shape == (SIZE,)
        lengths = [np.linalg.norm(block) for block in np.split(meaning, np.cumsum(BLOCKS)[:-1])]
        assert np.allclose(lengths[:3], 1, atol=1e-5)
        assert all(np.isclose(length, 1, atol=1e-5) or length == 0 for length in lengths)


def test_what_minilm_reads_does_not_depend_on_other_sentences() -> None:
    alone, among = meanings(PLEDGE)[0], meanings(TEXT)[0]
    assert np.array_equal(alone[: 3 * 384], among[: 3 * 384])


def test_only_sentences_with_candidates_are_read() -> None:
    prospects = find_prospects(read())
    assert sorted(prospects.sense) == [0, TEXT.index("The board")]
    assert find_prospects(read("The harbour is old.")).sense == {}
