"""Times: expressions found, resolved against the day of writing, the tense and the dates told before."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.analyze import language
from accord.analyze.calendar_words import number_of, shifted
from accord.analyze.reading import Reading
from accord.analyze.sentences import find_sentences
from accord.analyze.times import find_times, written_on
from accord.records import Article, Entry

TUESDAY = "2021-06-08"


def read(text, published=TUESDAY):
    article = Article(id="a", text=text, outlet="o", published=published)
    sentences = find_sentences(article)
    return Reading(article, sentences, language.parse(text, sentences))


def dates(text, published=TUESDAY):
    return [(time.text, time.date) for time in find_times(read(text, published))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor resigned on Monday.", [("Monday", "2021-06-07")]),
        ("The mayor resigned on Tuesday.", [("Tuesday", "2021-06-08")]),
        ("The mayor resigned on Wednesday.", [("Wednesday", "2021-06-02")]),
        ("The mayor will resign on Wednesday.", [("Wednesday", "2021-06-09")]),
        ("The mayor is due to speak on Friday.", [("Friday", "2021-06-11")]),
        ("The mayor plans to visit the port on Friday.", [("Friday", "2021-06-11")]),
        ("The mayor resigned last Friday.", [("last Friday", "2021-06-04")]),
        ("They met at 12:10 p.m. Sunday.", [("at 12:10 p.m. Sunday", "2021-06-06")]),
        ("They met late Monday night.", [("late Monday night", "2021-06-07")]),
        ("They met yesterday.", [("yesterday", "2021-06-07")]),
        ("They met this morning.", [("this morning", "2021-06-08")]),
        ("They met last week.", [("last week", "2021-05")]),
        ("They met over the weekend.", [("over the weekend", "2021-06-05")]),
        ("They met last month.", [("last month", "2021-05")]),
        ("They met earlier this year.", [("earlier this year", "2021")]),
        ("They met in September.", [("September", "2020-09")]),
        ("They will meet in September.", [("September", "2021-09")]),
        ("They met in May of last year.", [("May of last year", "2020-05")]),
        ("They met in late November.", [("late November", "2020-11")]),
        ("They met on Oct. 11.", [("Oct. 11", "2020-10-11")]),
        ("The offer was extended to June 30.", [("June 30", "2021-06-30")]),
        ("They met on 8 June 2019.", [("8 June 2019", "2019-06-08")]),
        ("They met on Monday, Nov. 6, 2017.", [("Monday, Nov. 6, 2017", "2017-11-06")]),
        ("They met in December 2016.", [("December 2016", "2016-12")]),
        ("It must end by late 2023.", [("late 2023", "2023")]),
        ("It has been open since 2001.", [("2001", "2001")]),
        ("They met two weeks ago.", [("two weeks ago", "2021-05")]),
        ("They met three days ago.", [("three days ago", "2021-06-05")]),
        ("They met on New Year's Eve.", [("New Year's Eve", "2020-12-31")]),
        ("The 9/11 attacks changed this.", [("9/11", "2001-09-11")]),
    ],
)
def test_expressions_are_resolved(text, expected):
    assert dates(text) == expected


def test_spans_are_verbatim():
    text = "They met on Monday, and on Oct. 11 at noon, and will meet again in two weeks."
    for time in find_times(read(text)):
        assert text[time.start : time.end] == time.text


def test_dates_told_before_carry_what_follows():
    text = "The bridge opened in 1991. It closed two years later. The port burned on Monday. It flooded the day before."
    assert [date for _, date in dates(text)] == ["1991", "1993", "2021-06-07", "2021-06-06"]
    text = "They met in March 2016. On July 22 that year, they met again."
    assert [date for _, date in dates(text)] == ["2016-03", "2016-07-22"]


def test_the_year_of_a_pair_goes_to_both():
    assert dates("Between June and July 2016, he wrote twice.")[0] == ("June", "2016-06")


def test_stretches_have_an_end():
    times = find_times(read("The port was closed from Dec. 22 through Jan. 25."))
    assert (times[0].date, times[0].until) == ("2020-12-22", "2021-01-25")


def test_what_lies_ahead_is_future():
    times = find_times(
        read("The fund pays 5 million over the next three years. It met on Monday. It will meet on Friday.")
    )
    assert [(time.date, time.until, time.future) for time in times] == [
        (None, "2024", True),
        ("2021-06-07", None, False),
        ("2021-06-11", None, True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The port may close.",
        "They march to the harbour.",
        "Theresa May spoke.",
        "Pike spent $2000 on it.",
        "Some 2000 people came.",
        "It was the second ship.",
        "Nothing can be solved overnight, because problems will never be solved overnight.",
    ],
)
def test_words_and_numbers_that_only_look_like_dates(text):
    assert dates(text) == []


def test_without_a_day_of_writing_only_full_dates_have_a_value():
    assert dates("They met on Monday and June 4, 2019.", None) == [("Monday", None), ("June 4, 2019", "2019-06-04")]


def test_a_full_date_in_a_caption_tells_the_day_of_writing():
    text = "Ann Pike at the harbour on June 8, 2021. REUTERS/Lee Roe\nFerries stopped on Monday.\nIt rained."
    assert written_on(read(text, None)) == date(2021, 6, 8)
    assert dates(text, None)[1] == ("Monday", "2021-06-07")


def test_the_dateline_goes_before_the_day_of_crawling():
    text = "PORT ELM, June 3 (AP) — The ferries stopped on Wednesday."
    assert written_on(read(text)) == date(2021, 6, 3)
    assert dates(text)[-1] == ("Wednesday", "2021-06-02")


def test_a_crawl_weeks_later_is_seen_from_the_texts_own_dates():
    text = "On Thursday he wrote:\nThe port is safe — Ann Pike (@pike) May 20, 2021\nOn Friday the port burned."
    assert dates(text)[0] == ("Thursday", "2021-05-20")
    assert dates(text)[-1] == ("Friday", "2021-05-21")


def test_a_damaged_day_of_publication_is_none():
    assert written_on(read("They met on Monday.", "soon")) is None


def test_links_and_adverts_are_not_read():
    assert dates("They met.\nREAD MORE: The port in 2019\nIt rained.") == []


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["day", "week", "month", "year"]),
    st.integers(-99, 99),
)
def test_shifts_are_undone_at_their_own_precision(day, unit, count):
    there = shifted(day.isoformat(), unit, count)
    assert there is not None
    back = shifted(there, unit, -count)
    if unit != "week":
        assert back == day.isoformat()[: len(there)]


def test_numbers_in_words():
    words = ("two", "a couple of", "twenty-one", "12", "several", "a few")
    assert [number_of(word) for word in words] == [2, 2, 21, 12, None, None]


def test_an_entry_of_a_live_blog_counts_from_the_day_it_was_posted():
    first = "The dam at Oss broke on Monday.\n"
    later = "Its keeper resigned yesterday.\n"
    entries = (Entry(0, len(first), "2021-06-09T08:00:00Z"), Entry(len(first), len(first + later), "2021-06-17"))
    article = Article("a", first + later, "herald", published="2021-06-08", entries=entries)
    sentences = find_sentences(article)
    reading = Reading(article, sentences, language.parse(article.text, sentences))
    assert [(time.text, time.date) for time in find_times(reading)] == [
        ("Monday", "2021-06-07"),
        ("yesterday", "2021-06-16"),
    ]
