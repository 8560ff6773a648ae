"""The attribution model: what it finds in plain cases, and that an answer depends on the article alone."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.errors import ModelError
from accord.models.attribution import (
    LABELS,
    MODEL,
    Attribution,
    Labelled,
    Read,
    Scores,
    attribute,
    link,
    probable,
)
from accord.models.attribution_windows import Range, Window, Words

REPORT = (
    "Ana Paz, the mayor of Calder, said on Friday that the pier would stay closed until May.\n"
    "“It is not safe,” she told reporters.\n"
    "Repairs would cost £2 million, according to a release from the harbour board.\n"
    "The ferry sank in four metres of water."
)
OTHER = "\n".join(f"The board of Varlund said that berth {n} was empty, and boats lay at anchor." for n in range(30))


def lines(text: str) -> list[Range]:
    return [match.span() for match in re.finditer(r"[^\n]+", text)]


def words(text: str, found: list[Attribution]) -> list[tuple[str | None, str | None, list[str]]]:
    """Return (source, cue, content) as words."""

    def cut(span: Range | None) -> str | None:
        return text[span[0] : span[1]] if span else None

    return [(cut(a.source), cut(a.cue), [text[s:e] for s, e in a.content]) for a in found]


def test_finds_source_cue_and_content() -> None:
    indirect, direct, according = words(REPORT, attribute(REPORT, lines(REPORT), threads=1))
    assert indirect[0] is not None
    assert indirect[0].startswith("Ana Paz")
    assert indirect[1] is not None
    assert indirect[1].startswith("said")
    assert indirect[2] == ["that the pier would stay closed until May"]
    assert direct == ("she", "told reporters", ["“It is not safe,”"]) or direct == (
        "she",
        "told",
        ["“It is not safe,”"],
    )
    assert according == ("a release from the harbour board", "according to", ["Repairs would cost £2 million"])


def test_nothing_to_read_has_no_attributions() -> None:
    assert attribute("", [], threads=1) == []


def test_answers_do_not_depend_on_threads() -> None:
    assert attribute(OTHER, lines(OTHER), threads=1) == attribute(OTHER, lines(OTHER), threads=3)


def test_what_is_far_from_a_paragraph_changes_nothing() -> None:
    """Two articles' windows are read one by one: what is read before or after has no part in an answer."""
    alone = attribute(REPORT, lines(REPORT), threads=1)
    attribute(OTHER, lines(OTHER), threads=2)
    assert attribute(REPORT, lines(REPORT), threads=2) == alone


def test_a_damaged_model_is_refused() -> None:
    with pytest.raises(ModelError, match=re.escape(str(MODEL))):
        attribute(REPORT, lines(REPORT), threads=1, sha256="0" * 64)


# decoding -------------------------------------------------------------------------------------------------------------


def allowed() -> Scores:
    """Return transitions that only forbid what is no label path."""
    table = np.zeros((len(LABELS) + 1, len(LABELS)), dtype=np.float32)
    for number, name in enumerate(LABELS):
        if name.startswith("I-"):
            table[:, number] = -1e4
            table[number - 1 : number + 1, number] = 0
    return table


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10**6), st.integers(1, 4), st.integers(1, 4))
def test_a_span_is_as_probable_as_the_paths_that_hold_it(seed: int, one: int, other: int) -> None:
    chance = np.random.default_rng(seed)
    scores = [chance.normal(size=(n, len(LABELS))).astype(np.float32) * 3 for n in (one, other)]
    table = allowed() + chance.normal(size=(len(LABELS) + 1, len(LABELS))).astype(np.float32) * 0.3

    def weight(path: tuple[int, ...], each: Scores) -> float:
        steps = zip((len(LABELS), *path), path, strict=False)
        return float(np.exp(sum(each[at, label] for at, label in enumerate(path)) + sum(table[i, j] for i, j in steps)))

    def spans(path: tuple[int, ...]) -> list[tuple[str, int, int]]:
        begun = [at for at, label in enumerate(path) if LABELS[label].startswith("B-")]
        return [
            (
                LABELS[path[at]][2:],
                at,
                next((n for n in range(at + 1, len(path)) if LABELS[path[n]][0] != "I"), len(path)),
            )
            for at in begun
        ]

    for found, each in zip(probable(scores, table, least=0.5), scores, strict=True):
        paths = {path: weight(path, each) for path in itertools.product(range(len(LABELS)), repeat=len(each))}
        chances: dict[tuple[str, int, int], float] = defaultdict(float)
        for path, value in paths.items():
            for span in spans(path):
                chances[span] += value / sum(paths.values())
        assert {span[:3] for span in found} == {span for span, value in chances.items() if value > 0.5}
        for *span, value in found:
            assert abs(chances[tuple(span)] - value) < 1e-6


def read(core: int, spans: list[Labelled], size: int = 12) -> Read:
    """Return a read window whose word n asks and answers with the unit vector of its pair, 2 words a pair."""
    window = Window(Words([0] * size, [0] * size, list(range(size)), [(n * 10, n * 10 + 9) for n in range(size)]), core)
    vectors = np.zeros((size, 2, 64), dtype=np.float32)
    for word in range(size):
        vectors[word, :, word % 3] = 1
    return Read(window, tuple(spans), vectors, vectors)


def span(kind: str, word: int) -> Labelled:
    return Labelled(kind, (word * 10, word * 10 + 9), word, 0.5)


def test_contents_join_their_cue_and_cues_their_source() -> None:
    spans = [
        span("source", 0),
        span("source", 1),
        span("cue", 3),
        span("cue", 4),
        span("content", 6),
        span("content", 9),
    ]
    found = link([read(0, [*spans, span("content", 7)])])
    assert found == [
        Attribution((30, 39), (0, 9), ((60, 69), (90, 99)), 0.5),
        Attribution((40, 49), (10, 19), ((70, 79),), 0.5),
    ]


def test_a_content_without_cue_stands_alone() -> None:
    assert link([read(0, [span("content", 2)])]) == [Attribution(None, None, ((20, 29),), 0.5)]


def test_context_is_not_told_of_again_but_can_be_picked() -> None:
    found = link([read(4, [span("source", 0), span("cue", 3), span("content", 6)])])
    assert found == [Attribution((30, 39), None, ((60, 69),), 0.5)]
