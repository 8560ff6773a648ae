"""Currencies by sign, code and name."""

import pytest

from accord.analyze.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$1.4 billion", 1.4e9, "USD"),
        ("US$3m", 3e6, "USD"),
        ("$US6,500", 6500, "USD"),
        ("£20k", 20_000, "GBP"),
        ("€5", 5, "EUR"),
        ("C$12.50", 12.5, "CAD"),
        ("A$2bn", 2e9, "AUD"),
        ("40 million shekels", 4e7, "ILS"),
        ("Rs 500 crore", 5e9, "INR"),
        ("1.2bn euros", 1.2e9, "EUR"),
        ("50 cents", 0.5, "USD"),
        ("50p", 0.5, "GBP"),
        ("5 million Canadian dollars", 5e6, "CAD"),
        ("three Polish zlotys", 3, "PLN"),
        ("10 Turkish lira", 10, "TRY"),
        ("CHF 200", 200, "CHF"),
        ("EUR5m", 5e6, "EUR"),
        ("¥900", 900, "JPY"),
        ("a million dollars", 1e6, "USD"),
        ("2,000 won", 2000, "KRW"),
        ("-$5", -5, "USD"),
    ],
)
def test_amount_and_currency(text: str, value: float, unit: str) -> None:
    quantities = find_quantities(text)
    assert [(quantity.value, quantity.unit) for quantity in quantities] == [(pytest.approx(value), unit)]
    assert text[quantities[0].start : quantities[0].end] == text


def test_vague_amount_has_a_currency_and_no_value() -> None:
    (quantity,) = find_quantities("tens of thousands of dollars")
    assert (quantity.value, quantity.unit) == (None, "USD")


def test_pounds_are_weight_unless_the_article_counts_in_sterling() -> None:
    assert find_quantities("5 million pounds")[0].unit == "pound"
    assert find_quantities("5 million pounds", sterling=True)[0].unit == "GBP"


@pytest.mark.parametrize("text", ["the 12 won again", "TOP 10", "two real problems", "ALL 5"])
def test_words_that_look_like_currencies(text: str) -> None:
    assert all(quantity.unit is None for quantity in find_quantities(text))
