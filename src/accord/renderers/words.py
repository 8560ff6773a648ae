"""Small words for the page: text made plain, trimmed at word borders, and figures as a reader writes them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from accord.records import Commitment, Figure

QUALIFIERS = {
    "exact": "",
    "about": "about ",
    "at_least": "at least ",
    "at_most": "at most ",
    "more_than": "more than ",
    "less_than": "less than ",
}
IRREGULAR = {"person": "people", "man": "men", "woman": "women", "child": "children", "foot": "feet", "half": "halves"}
UNCOUNTED = {"km", "kg", "cm", "mm", "m", "percent", "people", "aircraft", "series", "hectares"}
_BIDI = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F)}
_NO_XML = {"\ufffe", "\uffff"}  # no XML may hold them: what draws pictures ends the whole process at one
_WORD = re.compile(r"\w+")


def plain(text: str) -> str:
    """Return `text` on one line, without control characters or marks that turn the reading direction.

    >>> plain("Do not\\n  come\\x1b[31m")
    'Do not come [31m'
    """
    if text.isprintable():  # holds none of them
        return " ".join(text.split())
    lost = ("Cc", "Cs", "Zl", "Zp")
    kept = (" " if unicodedata.category(c) in lost or c in _NO_XML else c for c in text if c not in _BIDI)
    return " ".join("".join(kept).split())


def trim(text: str, limit: int) -> str:
    """Return `text` on one line, cut at a word border with an ellipsis where it is longer than `limit` characters.

    >>> trim("They agreed to meet in September", 16)
    'They agreed to…'
    """
    text = plain(text)
    if len(text) <= limit:
        return text
    cut = text[:limit].rsplit(" ", 1)[0] if " " in text[:limit] else text[: limit - 1]
    return cut.rstrip(" ,;:–—-") + "…"


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """Return the words of `text` in lower case.

    >>> words("Do not come!")
    ('do', 'not', 'come')
    """
    return tuple(_WORD.findall(text.casefold()))


def covered(text: str, by: str) -> float:
    """Return the share of the words of `text` that stand in `by`, 0..1; 1 for a text without words."""
    inside = set(words(by))
    wanted = words(text)
    return sum(word in inside for word in wanted) / len(wanted) if wanted else 1.0


def plural(noun: str, count: float) -> str:
    """Return `noun` as it stands after `count`.

    >>> plural("ferry", 2), plural("person", 3), plural("vote", 1)
    ('ferries', 'people', 'vote')
    """
    if count == 1 or noun in UNCOUNTED or not noun:
        return noun
    *before, last = noun.split(" ")
    if last in IRREGULAR:
        last = IRREGULAR[last]
    elif re.search(r"[^aeiou]y$", last):
        last = last[:-1] + "ies"
    elif re.search(r"(s|x|z|ch|sh)$", last):
        last += "es"
    else:
        last += "s"
    return " ".join((*before, last))


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """Return `value` for reading: grouped, and in words from a million up where three decimals hold all of it.

    >>> number(1375000000), number(1234567), number(2.5)
    ('1.375 billion', '1,234,567', '2.5')
    """
    from babel.numbers import format_compact_decimal, format_decimal

    for scale in (1e12, 1e9, 1e6):
        if scale <= abs(value) and value % (scale / 1000) == 0:
            return str(format_compact_decimal(value, format_type="long", locale="en", fraction_digits=3))
        if scale <= abs(value):
            break
    return str(format_decimal(value, "#,##0.###", locale="en"))


def _symbol(unit: str | None) -> str | None:
    """Return the sign that stands before a sum in the currency `unit`, None where it is no currency."""
    from babel.numbers import get_currency_symbol, is_currency

    if not unit or not re.fullmatch("[A-Z]{3}", unit) or not is_currency(unit):
        return None
    symbol = str(get_currency_symbol(unit, locale="en"))
    return symbol + " " if symbol[-1].isalpha() else symbol


def quantity(value: float, high: float | None, unit: str | None) -> str:
    """Return a number with its unit, as a range where `high` is given.

    >>> quantity(130000000, None, "USD"), quantity(10, 12, "person"), quantity(20, None, "percent")
    ('$130 million', '10–12 people', '20%')
    """
    values = [number(v) for v in (value, high) if v is not None]
    symbol = _symbol(unit)
    if symbol:
        return "–".join(symbol + v for v in values)
    text = "–".join(values)
    if unit == "percent":
        return text + "%"
    if unit == "age":
        return "age " + text
    return f"{text} {plural(plain(unit), high or value)}" if unit else text


def figure_words(figure: Figure) -> str:
    """Return a figure's value for reading; the article's own words for no value ("dozens") and fractions ("a fifth").

    >>> figure_words(Figure("a", 0, 3, "40+", 40, "boat", qualifier="more_than"))
    'more than 40 boats'
    """
    if figure.value is None or figure.unit == "fraction":
        return plain(figure.text)
    return QUALIFIERS[figure.qualifier] + quantity(figure.value, figure.high, figure.unit)


def commitment_terms(commitment: Commitment) -> tuple[str, ...]:
    """Return to whom, how much and by when, each as a short phrase, those that are known."""
    terms = []
    if commitment.to_whom:
        terms.append("to " + plain(commitment.to_whom))
    if commitment.amount is not None:
        terms.append(quantity(commitment.amount, None, commitment.unit))
    if commitment.due:
        terms.append("due: " + plain(commitment.due))
    elif commitment.due_date:
        terms.append("due: " + plain(commitment.due_date))
    return tuple(terms)


def ranges(numbers: list[int]) -> str:
    """Return numbers as a reader lists them.

    >>> ranges([2, 5, 6, 7, 9])
    '2, 5–7, 9'
    """
    runs: list[list[int]] = []
    for n in sorted(set(numbers)):
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
