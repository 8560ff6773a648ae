"""Candidate pairs of many articles."""

from reports import WIRE, report

from accord.cluster import candidates
from accord.cluster.lines import read_text


def numbered(number: int) -> tuple[str, ...]:
    return tuple(f"Item {number} {word} lists {word}{number} and {number}{word} beside {number}" for word in "cfgjx")


def test_few_articles_are_all_compared():
    texts = [read_text(*report(name, *WIRE)) for name in "abc"]
    assert candidates.candidate_pairs(texts) == [(0, 1), (0, 2), (1, 2)]


def test_many_articles_are_compared_where_sentences_agree(monkeypatch):
    monkeypatch.setattr(candidates, "FEW", 3)
    rows = [numbered(1), (*numbered(2), *WIRE), numbered(3), WIRE[:2], numbered(4)]
    texts = [read_text(*report(str(number), *row)) for number, row in enumerate(rows)]
    assert candidates.candidate_pairs(texts) == [(1, 3)]
