"""Datings: which clause happened on which day."""

from accord.analyze import language
from accord.analyze.datings import find_datings
from accord.analyze.reading import Reading
from accord.analyze.sentences import find_sentences
from accord.analyze.times import find_times
from accord.records import Article


def datings(text, published="2021-06-08"):
    article = Article(id="a", text=text, outlet="o", published=published)
    sentences = find_sentences(article)
    reading = Reading(article, sentences, language.parse(text, sentences))
    found = find_datings(reading, find_times(reading))
    assert all(text[span.start : span.end] == span.text for span, _ in found)
    return [(span.text, date) for span, date in found]


def test_a_sentence_with_one_date_is_told_whole():
    assert datings("Mayor Ann Pike resigned on Monday.") == [("Mayor Ann Pike resigned on Monday.", "2021-06-07")]


def test_two_dates_part_a_sentence_into_clauses():
    found = {
        date: text for text, date in datings("Pike resigned on Monday, and Roe will speak to the council in September.")
    }
    assert set(found) == {"2021-06-07", "2021-09"}
    assert "resigned" in found["2021-06-07"]
    assert "speak" not in found["2021-06-07"]
    assert "speak" in found["2021-09"]
    assert "resigned" not in found["2021-09"]


def test_days_that_only_name_a_thing_known_already_are_left_out():
    found = datings("The council voted on Monday. Roe called Monday's vote a mistake.")
    assert [text for text, _ in found] == ["The council voted on Monday."]


def test_nowadays_and_words_inside_quotes_date_nothing():
    assert datings("The port is quiet today. “We were right on Monday,” she says.") == []


def test_captions_count_where_nothing_else_gives_the_date():
    text = (
        "Ann Pike signs the accord on June 7, 2021. REUTERS/Lee Roe\nThe port burned on Tuesday.\nIt rained.\nIt ended."
    )
    assert [date for _, date in datings(text)] == ["2021-06-07", "2021-06-08"]


def test_expressions_without_a_date_give_none():
    assert datings("They met in recent days.") == []
