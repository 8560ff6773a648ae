"""Source, cue and content of a quote, read off the parse."""

import pytest

from accord.analyze.language import parse
from accord.analyze.names import find_names
from accord.analyze.quote_parts import closed
from accord.analyze.quotes import find_quotes
from accord.analyze.reading import Reading
from accord.analyze.sentences import find_sentences
from accord.records import Article, Quote


def quotes_of(text: str) -> list[Quote]:
    article = Article(id="a", text=text, outlet="")
    sentences = find_sentences(article)
    reading = Reading(article, sentences, parse(text, sentences))
    return list(find_quotes(reading, find_names(reading)))


def parts(quote: Quote) -> tuple[str | None, str | None, list[str]]:
    return (
        quote.source.text if quote.source else None,
        quote.cue_span.text if quote.cue_span else None,
        [piece.text for piece in quote.content],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“We shall rebuild it,” said Ruth Abelard, the mayor of Calder.",
            ("Ruth Abelard, the mayor of Calder", "said", ["“We shall rebuild it,”"]),
        ),
        (
            "Ruth Abelard, the mayor of Calder, has also said: “We shall rebuild it.”",
            ("Ruth Abelard, the mayor of Calder,", "has also said", ["“We shall rebuild it.”"]),
        ),
        (
            "Ruth Abelard said that the repairs were “long overdue.”",
            ("Ruth Abelard", "said", ["that the repairs were “long overdue.”"]),
        ),
        (
            "The repairs were “long overdue,” Ruth Abelard said.",
            ("Ruth Abelard", "said", ["The repairs were “long overdue,”"]),
        ),
        (
            "Ruth Abelard called the plan “a gift to owners” on Monday.",
            ("Ruth Abelard", "called", ["the plan “a gift to owners”"]),
        ),
        (
            "The repairs are “long overdue,” according to Ruth Abelard.",
            ("Ruth Abelard", "according to", ["The repairs are “long overdue,”"]),
        ),
        (
            "Ruth Abelard told reporters that the pier would open in May.",
            ("Ruth Abelard", "told", ["that the pier would open in May"]),
        ),
    ],
)
def test_an_attribution_has_its_parts(text: str, expected: tuple[str, str, list[str]]) -> None:
    (quote,) = quotes_of(text)
    assert parts(quote) == expected


def test_two_stretches_of_one_attribution_share_their_content() -> None:
    one, two = quotes_of("“The pier is gone,” Ruth Abelard said. “We shall build another one.”")
    assert (
        parts(one) == parts(two) == ("Ruth Abelard", "said", ["“The pier is gone,”", "“We shall build another one.”"])
    )


def test_a_quote_of_two_paragraphs_is_one_attribution() -> None:
    text = "“The pier is gone,” Ruth Abelard said. “We saw it fall.\n\n“We shall build another one in May.”"
    found = quotes_of(text)
    assert [q.speaker for q in found] == ["Ruth Abelard"] * 3
    assert len({q.content for q in found}) == 1
    assert len(found[0].content) == 3


def test_parts_are_verbatim() -> None:
    text = "The repairs were “long overdue,” Ruth Abelard said. Tom Reed, 40, added that nobody had been hurt."
    for quote in quotes_of(text):
        for span in (quote.source, quote.cue_span, *quote.content):
            assert span is not None
            assert text[span.start : span.end] == span.text


def test_a_range_is_not_stretched_past_the_end_of_the_text() -> None:
    text = "He said it was “too little"
    assert closed(text, (8, len(text)), len(text) + 2) == (8, len(text))
    assert closed(text + ".”", (8, len(text)), len(text) + 2) == (8, len(text) + 2)
