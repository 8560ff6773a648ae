"""The scorer of attribution: labels, kinds, and counts."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from accord.models.attribution_windows import windows

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "eval"))

from attribution import how_quoted, score
from attribution_data import LABELS, Attribution, Document, flat, labels, load, paragraphs_of

TEXT = "Ana Paz said the pier was shut.\n“We stay,” she said, “until May.”\nHe called it “sad” news."


def spot(words: str, nth: int = 0) -> tuple[int, int]:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return at, at + len(words)


SAID = Attribution((spot("Ana Paz"),), (spot("said"),), (spot("the pier was shut"),))
SHE = Attribution((spot("she"),), (spot("said", 1),), (spot("“We stay,”"), spot("“until May.”")))
DOCUMENT = Document("d", TEXT, paragraphs_of(TEXT), ((SAID, SHE),))


def test_rows_of_one_document_are_one_document(tmp_path: Path) -> None:
    row = {"id": "d", "text": TEXT}
    one = {"source": [[0, 7]], "cue": [[8, 12]], "content": [[13, 31]], "attribution": [[8, 12]]}
    path = tmp_path / "rows.jsonl"
    rows = [{**row, "attributions": [one]}, {**row, "attributions": [{"attribution-no-source": [[8, 12]]}]}]
    path.write_text("\n".join(map(json.dumps, rows)))
    (document,) = load(path)
    assert [len(found) for found in document.annotations] == [1, 0]
    assert document.annotations[0][0].content == ((13, 31),)


def test_labels_follow_the_words() -> None:
    (window,) = windows(TEXT, paragraphs_of(TEXT))
    path, links = labels(window.words, [SAID, SHE])
    named = [LABELS[label] for label in path]
    assert named[:7] == ["B-source", "I-source", "B-cue", "B-content", "I-content", "I-content", "I-content"]
    assert named.count("B-content") == 3
    assert {(kind, TEXT[slice(*window.words.ranges[cue])]) for kind, _, cue in links} == {(0, "said"), (1, "said")}
    assert len(links) == 5


def test_the_outer_of_two_contents_is_kept() -> None:
    inner = Attribution((), (spot("pier"),), (spot("was shut"),))
    assert flat([SAID, inner]) == flat([SAID])


@pytest.mark.parametrize(
    ("words", "how"), [("“We stay,”", "direct"), ("it “sad” news", "mixed"), ("the pier was shut", "indirect")]
)
def test_marks_tell_how_words_are_quoted(words: str, how: str) -> None:
    assert how_quoted(TEXT, [spot(words)]) == how


def test_a_span_inside_marks_is_direct() -> None:
    assert how_quoted(TEXT, [spot("until May.")]) == "direct"


def test_counts_exact_spans_and_right_sources() -> None:
    cut = Attribution(SHE.source, SHE.cue, (spot("“We stay,”"), spot("until May.")))
    report = score([DOCUMENT], lambda _: [SAID, cut])
    assert (report.units["content"].hits, report.units["content"].gold, report.units["content"].found) == (2, 3, 3)
    assert report.units["source"].hits == report.units["cue"].hits == 2
    assert (report.whole["content"].hits, report.whole["content"].gold) == (1, 2)
    assert (report.linked, report.linkable) == (2, 2)


def test_a_wrong_source_is_no_right_link() -> None:
    wrong = Attribution(SHE.source, SAID.cue, SAID.content)
    report = score([DOCUMENT], lambda _: [wrong, SHE])
    assert (report.linked, report.linkable) == (2, 3)
