"""Reads how exact a number is meant to be: "about", "at least", "up to", "nearly", "or more"."""

from __future__ import annotations

import re
from typing import Literal

Qualifier = Literal["exact", "about", "at_least", "at_most", "more_than", "less_than"]

_WORDS: tuple[tuple[Qualifier, str], ...] = (
    (
        "at_most",
        r"no\s(?:more|greater|later|longer|higher)\sthan|not\smore\sthan|at\s(?:the\s)?most|up\sto|maximum(?:\sof)?"
        r"|as\s(?:many|much|high|long|far|old|big|little)\sas|capped\sat",
    ),
    ("at_least", r"no\s(?:fewer|less)\sthan|not\sless\sthan|at\s(?:the\s)?(?:very\s)?least|minimum(?:\sof)?"),
    (
        "more_than",
        r"(?:more|greater|longer|higher|larger|bigger|older|farther|further|better)\sthan|over|above|upwards?\sof|beyond"
        r"|in\sexcess\sof|exceed(?:s|ed|ing)?|topp(?:ed|ing)|surpass(?:es|ed|ing)|north\sof",
    ),
    ("less_than", r"(?:less|fewer|smaller|lower|younger|shorter)\sthan|under|below|(?:shy|short)\sof"),
    (
        "about",
        r"about|around|some|roughly|approximately|approx\.?|nearly|almost|close\sto|estimated(?:\sat)?|circa|ca\."
        r"|somewhere\s(?:between|around)|~|≈|likely|perhaps",
    ),
)
_FILLER = (
    r"(?:\s(?:a|an|the|its|his|her|their|additional|another|other|total\sof|estimated|between|from))*\s?[“\"‘'(]?$"
)
_BEFORE = tuple((name, re.compile(rf"(?:^|[^\w])(?:{words}){_FILLER}", re.IGNORECASE)) for name, words in _WORDS)
_AFTER: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    (
        "at_least",
        re.compile(
            r"\s(?:or|and)\s(?:more|older|above|over|up|higher|longer|greater)\b|\+|\sat\sleast\b", re.IGNORECASE
        ),
    ),
    (
        "at_most",
        re.compile(r"\s(?:or|and)\s(?:less|fewer|younger|under|below|lower)\b|\sat\smost\b|\smax\b", re.IGNORECASE),
    ),
    ("about", re.compile(r"(?:\s\w+)?\sor\sso\b|-(?:odd|ish|plus)\b", re.IGNORECASE)),
)


def find_qualifier(text: str, start: int, number: int, end: int) -> Qualifier:
    """Return the qualifier of the number at `text[start:number]` whose unit ends at `end`.

    "more than 100 people" -> more_than; "60 or more votes" -> at_least; "nearly 3,000" -> about
    """
    for name, pattern in _AFTER:
        if pattern.match(text, number) or pattern.match(text, end):
            return name
    before = text[max(0, start - 60) : start]
    for name, pattern in _BEFORE:
        if pattern.search(before):
            return name
    return "exact"
