"""What the analyzers of one article share."""

from __future__ import annotations

from accord.analyze import language
from accord.analyze.clauses import all_clauses
from accord.analyze.reading import Reading
from accord.analyze.sentences import find_sentences
from accord.records import Article

TEXT = "The ferry sank off Dorrin, killing 12 people. Ruiz said that the inquiry would open in May."


def read() -> Reading:
    article = Article(id="a", text=TEXT, outlet="o")
    split = find_sentences(article)
    return Reading(article, split, language.parse(TEXT, split))


def test_clauses_are_those_of_the_sentence() -> None:
    reading = read()
    for sentence in reading.sentences:
        expected = [(clause.head.i, clause.kind, clause.own) for clause in all_clauses(reading.span(sentence))]
        assert [(clause.head.i, clause.kind, clause.own) for clause in reading.clauses(sentence)] == expected


def test_clauses_are_split_once() -> None:
    reading = read()
    assert reading.clauses(reading.sentences[0]) is reading.clauses(reading.sentences[0])
    assert reading.clauses(reading.sentences[0]) is not reading.clauses(reading.sentences[1])
    assert read()._clauses == {}
