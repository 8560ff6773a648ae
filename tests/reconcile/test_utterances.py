"""Which quotes are one utterance; cosines are made by hand, so that no model runs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from accord.models import vectors
from accord.reconcile.utterances import find_matches, gather, join
from accord.records import Analysis, Figure, Quote, Sentence, Span

COSINE = {"high": 0.75, "low": 0.1}


@pytest.fixture(params=["high"])
def cosine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let any two texts have one cosine; return what was encoded."""
    asked: list[str] = []

    def encode(texts: Sequence[str], *, threads: int = 2) -> NDArray[np.float32]:
        asked.extend(texts)
        own = (1 - COSINE[request.param]) ** 0.5 * np.eye(len(texts), dtype=np.float32)
        return np.hstack([np.full((len(texts), 1), COSINE[request.param] ** 0.5, dtype=np.float32), own])

    monkeypatch.setattr(vectors, "encode", encode)
    return asked


def article(id: str, *quotes: tuple[str, str, str | None], figures: Sequence[tuple[str, float]] = ()) -> Analysis:
    """Return the analysis of an article that has a sentence for each (kind, words, speaker)."""
    sentences, found, counted, at = [], [], [], 0
    for number, (kind, text, speaker) in enumerate(quotes):
        sentences.append(Sentence(at, at + len(text), text, number))
        found.append(Quote(id, at, at + len(text), text, kind, speaker))  # type: ignore[arg-type]
        for words, value in figures:
            if words in text:
                start = at + text.index(words)
                counted.append(Figure(id, start, start + len(words), words, value, "person", of=words, step=1.0))
        at += len(text) + 1
    return Analysis(id, tuple(sentences), quotes=tuple(found), figures=tuple(counted))


def match(*analyses: Analysis) -> list[tuple[str, str, str]]:
    """Return (words, words, how) of each match."""
    said = gather(analyses, {}, ())
    found = find_matches(said, analyses, threads=1)
    assert all(0 <= each.score <= 1 and each.why and each.a < each.b for each in found)
    return [(said[each.a].quote.text, said[each.b].quote.text, each.how) for each in found]


WHOLE = "We will never sell the old mill, not to anyone, and that is final"


@pytest.mark.parametrize(
    ("other", "how"),
    [
        (WHOLE + ".", "verbatim"),
        ("never sell the old mill", "clipped"),
        ("We will never … sell the mill", "reworded"),
        ("the mill", None),
        ("We shall never sell that old mill to anyone, and that is final", "reworded"),
    ],
)
def test_the_same_words_of_one_speaker(cosine: list[str], other: str, how: str | None) -> None:
    found = match(article("a", ("direct", WHOLE, "Ann Lee")), article("b", ("direct", other, "Ann Lee")))
    assert [each[2] for each in found if each[2] != "same sense"] == ([how] if how else [])


def test_long_clips_need_no_speaker_and_short_ones_do(cosine: list[str]) -> None:
    whole = article("a", ("direct", WHOLE, "Ann Lee"))
    assert match(whole, article("b", ("mixed", "never sell the old mill, not", None)))
    assert not match(whole, article("b", ("mixed", "sell the old mill", None)))
    assert not match(whole, article("b", ("mixed", "sell the old mill", "Bo Ek")))


def test_reported_words_of_the_same_sense_are_a_paraphrase(cosine: list[str]) -> None:
    quoted = article("a", ("direct", "Our engineers tested every pier of the bridge", "Ann Lee"))
    reported = article("b", ("indirect", "all piers of the bridge had been tested by the engineers", "Ann Lee"))
    assert [each[2] for each in match(quoted, reported)] == ["same sense"]
    assert len(cosine) == 2
    other = article("b", ("indirect", "all piers of the bridge had been tested by the engineers", "Bo Ek"))
    assert not match(quoted, other)


def test_a_denial_or_other_figures_are_no_paraphrase(cosine: list[str]) -> None:
    quoted = article("a", ("direct", "Our engineers tested every pier of the bridge", "Ann Lee"))
    denied = article("b", ("indirect", "the engineers had not tested the piers of the bridge", "Ann Lee"))
    assert not match(quoted, denied)
    ten = article("a", ("direct", "The storm killed 10 sailors off the coast", "Ann Lee"), figures=[("10 sailors", 10)])
    six = article(
        "b", ("indirect", "the storm killed 16 sailors off the coast", "Ann Lee"), figures=[("16 sailors", 16)]
    )
    assert not match(ten, six)


@pytest.mark.parametrize("cosine", ["low"], indirect=True)
def test_few_shared_words_and_a_low_cosine_are_not_enough(cosine: list[str]) -> None:
    quoted = article("a", ("direct", "Our engineers tested every pier of the bridge last week", "Ann Lee"))
    other = article("b", ("indirect", "the bridge and its lamps would be painted once the pier was sold", "Ann Lee"))
    assert not match(quoted, other)


def test_a_mixed_quote_is_read_with_all_that_is_attributed(cosine: list[str]) -> None:
    words = "tested every pier of the bridge"
    full = f"its engineers had “{words}” of the bridge"
    part = Quote("a", 20, 20 + len(words), words, "mixed", "Ann Lee", content=(Span(0, len(full), full),))
    (said,) = gather([Analysis("a", quotes=(part,))], {}, ())
    assert said.full == full


def test_a_clip_that_two_quotes_share_does_not_make_them_one(cosine: list[str]) -> None:
    one = article("a", ("direct", "We won the vote today, and we will do it all over again next year", "Ann Lee"))
    other = article("b", ("direct", "They said no to us, but we will do it all over again", "Ann Lee"))
    clip = article("c", ("mixed", "do it all over again", "Ann Lee"))
    said = gather([one, other, clip], {}, ())
    groups = join(said, find_matches(said, [one, other, clip], threads=1))
    assert sorted(len(members) for members in groups) == [2]


def test_the_order_of_the_articles_does_not_matter(cosine: list[str]) -> None:
    reports = [article(id, ("direct", WHOLE, "Ann Lee"), ("mixed", "that is final", "Ann Lee")) for id in "abc"]
    assert match(*reports) == match(*reports[::-1])
