"""By when a commitment is due: the words that say so, and the ISO date that they come to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from accord.ledger.dates import first_day, last_day, term_of
from accord.records import Article, Spanned, Time

_LEADS = (
    r"by|before|until|till|from|in|on|within|during|this|at|for|to|into|no later than|not later than|starting"
    r"|as early as"
    r"|early in|late in|ahead of|beginning"
)
_LEAD = re.compile(rf"(?:\b(?:{_LEADS})\s+(?:(?:the|early|mid|late|end of|the end of|beginning of)\s+)*)$", re.I)
_MONTHS = "january february march april may june july august september october november december".split()
_BARE = re.compile(
    rf"(?:\b(?:the )?(?:start|beginning|middle|end|early|mid|late)(?: of)?[ -])?(?:\d{{1,2}}(?:st|nd|rd|th)? )?\b"
    rf"(?:{'|'.join(_MONTHS)})\b(?: \d{{1,2}}(?:st|nd|rd|th)?)?$",
    re.I,
)
_TO = re.compile(
    r"\b(?:to|until|till|by|in|for|from|on|before)\s+(?:(?:the|early|mid|late|end of|at least)\s+)*$", re.I
)
_BEFORE_NOW = re.compile(
    r"\b(?:announced|promised|pledged|agreed|made|named|published|vowed|signed|given|began|started|said|offered"
    r"|planned)"
    r" (?:first |back )?(?:in|on|at|during)\s+(?:the |early |late )*$",
    re.I,
)
_SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11, "winter": 12}
_SEASON = re.compile(
    r"\b(?:by|before|in|this|next|until) (?:the |this |next |end of |late |early )*(spring|summer|autumn|winter)\b"
    r"(?! of \d)(?: (?P<year>\d{4}))?",
    re.I,
)
_YEAR_END = re.compile(
    r"\b(?:by|before) (?:the )?(?:end of the year|year[’']?s? end|year-end|christmas|new year)\b", re.I
)
_THIS = re.compile(r"\b(?:later )?this (?:month|year|week)\b|\btomorrow\b|\btonight\b|\btoday\b", re.I)


def due_of(
    span: Spanned,
    what: str,
    given: tuple[str | None, str | None],
    article: Article,
    times: Sequence[Time],
    *,
    recalled: bool = False,
) -> tuple[str, str] | None:
    """Return by when a commitment is due: the article's words, and an ISO day, month or year; None where none is given.

    "before July", published 2031-04-11 -> ("before July", "2031-06-30"); a month without a year that the times put
    into the past is the next one; "within a year" counts from the day of the article.
    """
    published = (article.published or "")[:10]
    if given[0] and given[1]:
        return given[0], _before(given[0], given[1])
    first = span.start + max(span.text.find(what), 0)
    for time in times:
        if first <= time.start and time.end <= span.end and time.date:
            found = _dated(time, article, published, recalled=recalled)
            if found is not None:
                return found
    return _worded(article.text[first : span.end], published)


def new_due(span: Spanned, article: Article, times: Sequence[Time]) -> tuple[str, str] | None:
    """Return the date that something is put to: "put back from May to 2034" -> ("to 2034", "2034")."""
    published = (article.published or "")[:10]
    for time in reversed([t for t in times if span.start <= t.start and t.end <= span.end and t.date]):
        before = article.text[max(span.start, time.start - 30) : time.start]
        lead = _TO.search(before)
        if lead is None:
            continue
        due = _rolled(time, published)
        end = last_day(due)
        today = first_day(published)
        if due and end is not None and (today is None or end > today):
            return lead[0] + time.text, _before(lead[0], due)
    return _worded(article.text[span.start : span.end], published)


def _dated(time: Time, article: Article, published: str, *, recalled: bool) -> tuple[str, str] | None:
    """Return the due date that a time expression gives; a day before the article's is one where it is recalled."""
    lead = _LEAD.search(article.text[max(0, time.start - 30) : time.start])
    if _BEFORE_NOW.search(article.text[max(0, time.start - 40) : time.start]):
        return None
    this = _THIS.match(time.text)
    if lead is None and not this and not time.future:
        return None
    due = time.date if recalled else _rolled(time, published)
    end, today = last_day(due), first_day(published)
    if due is None or end is None or (today is not None and end < today and not recalled):
        return None
    if recalled and end is not None and lead is None:
        return None
    if due == published and not (this or time.future):
        return None
    words = (lead[0] if lead else "") + time.text
    return words, _before(words, due)


def _rolled(time: Time, published: str) -> str | None:
    """Return the date of a time; a day or month without a year that lies in the past is the next of that name."""
    due, today = time.date, first_day(published)
    end = last_day(due)
    if due is None or end is None or today is None or end >= today or not _BARE.fullmatch(time.text.strip()):
        return due
    year = int(due[:4]) + 1
    return f"{year:04d}{due[4:]}" if year <= 9999 else due


def _before(words: str, due: str) -> str:
    """Return the last day before a date where the words say "before"."""
    start = first_day(due)
    if start is None or not re.search(r"\b(?:before|ahead of)\b", words, re.I):
        return due
    try:
        return (start - timedelta(days=1)).isoformat()
    except OverflowError:
        return due


def _worded(text: str, published: str) -> tuple[str, str] | None:
    """Return a due date that is given as a stretch from now on, as a season or as the end of the year."""
    if term := term_of(text, published):
        return term
    today = first_day(published)
    if today is None:
        return None
    if found := _YEAR_END.search(text):
        return found[0], f"{today.year:04d}-12-31"
    if found := _SEASON.search(text):
        month = _SEASONS[found[1].lower()]
        year = int(found["year"]) if found["year"] else today.year + (today > date(today.year, month, 28))
        if "next" in found[0].lower().split() and not found["year"]:
            year = max(year, today.year + 1)
        before = re.search(r"\b(?:by|before)\b", found[0], re.I) and "end of" not in found[0].lower()
        month = month - 2 if before and month > 2 else month
        return found[0], f"{year:04d}-{month:02d}"
    return None
