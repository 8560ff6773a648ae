"""Figures of parsed sentences: value, unit, what is counted, qualifier, span."""

import pytest

from accord.analyze import language
from accord.analyze.figures import find_figures
from accord.analyze.reading import Reading
from accord.records import Article, Figure, Sentence, Time


def figures(text: str, *, times: tuple[Time, ...] = (), furniture: str | None = None) -> tuple[Figure, ...]:
    sentences = (Sentence(0, len(text), text, 0, furniture),)
    article = Article(id="a", text=text, outlet="The Dorrin Post")
    return find_figures(Reading(article, sentences, language.parse(text, sentences)), times)


def said(text: str) -> list[tuple[str, float | None, str | None]]:
    return [(figure.text, figure.value, figure.unit) for figure in figures(text)]


def test_people_are_counted_as_persons() -> None:
    assert said("The ferry carried 214 passengers, 18 glassblowers and three Dorrians.") == [
        ("214 passengers", 214, "person"),
        ("18 glassblowers", 18, "person"),
        ("three Dorrians", 3, "person"),
    ]


def test_things_are_counted_in_the_singular() -> None:
    assert said("She gave two reasons and sold 4,000 homes.") == [
        ("two reasons", 2, "reason"),
        ("4,000 homes", 4000, "home"),
    ]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Shares fell 1.5 percent.", 1.5, "percent"),
        ("The talks lasted 90 minutes.", 90, "minute"),
        ("Two of the former envoys left.", 2, "person"),
        ("Five of the dead were sisters.", 5, "person"),
        ("In the crash, two were injured.", 2, "person"),
        ("A family of five was on the ferry.", 5, "person"),
        ("No one was injured in the blast.", 0, "person"),
        ("There were no passengers on the tram.", 0, "person"),
        ("Dozens of farmers blocked the road.", None, "person"),
        ("A handful of farmers blocked the road.", None, "person"),
        ("She served for decades of war.", None, "decade"),
        ("It cost tens of thousands of dollars.", None, "USD"),
        ("The quake had a magnitude of 6.4.", 6.4, "magnitude"),
        ("It takes two-thirds of the chamber to pass it.", 0.6667, "fraction"),
        ("A lone gunman fled.", 1, "person"),
        ("A dozen or so firefighters battled the blaze.", 12, "person"),
        ("He read the 225-page report.", 225, "page"),
        ("About 1500 protesters marched.", 1500, "person"),
    ],
)
def test_one_figure(text: str, value: float | None, unit: str) -> None:
    assert [(figure.value, figure.unit) for figure in figures(text)] == [(value, unit)]


def test_ages_name_their_owner() -> None:
    found = figures("Mara Whitlock, 34, left with her 6-year-old son, and a man aged 71 stayed.")
    assert [(figure.value, figure.unit) for figure in found] == [(34, "age"), (6, "age"), (71, "age")]
    assert found[0].of == "age of Mara Whitlock"


def test_each_side_of_a_vote_is_a_figure() -> None:
    assert said("The Senate voted 61-38 to confirm her.") == [("61-38", 61, "vote"), ("61-38", 38, "vote")]
    assert {figure.unit for figure in figures("The Gulls beat the Terns 4-2 on Sunday.")} == {"point"}


def test_range_qualifier_and_step() -> None:
    (figure,) = figures("Between 200 and 250 residents were evacuated.")
    assert (figure.value, figure.high, figure.unit) == (200, 250, "person")
    (figure,) = figures("More than 91,000 migrants were held.")
    assert (figure.qualifier, figure.step) == ("more_than", 1000)


def test_of_is_what_is_counted_in_the_words_of_the_article() -> None:
    (figure,) = figures("The council set aside $40 million for new bridges in Tarn.")
    assert figure.of is not None
    assert {"bridges", "Tarn"} <= set(figure.of.split())
    assert "40" not in figure.of


@pytest.mark.parametrize(
    "text",
    [
        "It opened on June 12, 2019, at 6:30 p.m.",
        "The Boeing 747 landed in 2018.",
        "Everyone knows the Big Three.",
        "One of them said one thing after another.",
        "The two sides spoke.",
        "It was a one-time, two-way trade.",
        "They met a year ago.",
        "Call 555-0134.",
        "In the first half nothing happened.",
        "The 5G network failed.",
    ],
)
def test_no_figure(text: str) -> None:
    assert figures(text) == ()


def test_dated_numbers_are_left_out() -> None:
    text = "They met on the 14 and agreed."
    day = Time("a", 16, 18, "14", "2021-06-14")
    assert figures(text, times=(day,)) == ()


def test_furniture_is_left_out() -> None:
    assert figures("The mayor meets 40 farmers.", furniture="caption") == ()


def test_over_three_years_is_a_period_and_just_over_a_bound() -> None:
    assert figures("It will be paid over three years.")[0].qualifier == "exact"
    assert figures("It lasted just over three years.")[0].qualifier == "more_than"


def test_spans_are_verbatim_and_in_order() -> None:
    text = "About 12 crews, 3.4 million euros and half of the fleet - some 40 boats - were lost, 14 votes to nine."
    found = figures(text)
    assert [text[figure.start : figure.end] for figure in found] == [figure.text for figure in found]
    assert [figure.start for figure in found] == sorted(figure.start for figure in found)
    assert len(found) == 6
