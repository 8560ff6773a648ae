"""Finds time expressions and resolves them against the date of the article."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from accord.analyze.calendar_patterns import PATTERNS, patterns_for
from accord.analyze.calendar_scene import Scene, Value
from accord.analyze.calendar_tense import Tense, tense_of
from accord.analyze.calendar_values import VALUES
from accord.analyze.calendar_words import MONTHS, WEEKDAYS
from accord.analyze.reading import Reading
from accord.records import Sentence, Time

if TYPE_CHECKING:
    from spacy.tokens import Span

_UNREAD = frozenset({"cross-link", "advert", "byline", "credit"})
_FIXED = frozenset({"full_day", "slashed", "month_year", "attacks", "fiscal", "years", "year", "season_year"})
_NARRATED = frozenset({"full_day", "month_year", "month_of"})
_LINK = re.compile(r"\s*,?\s*(?:to|through|until|till|and|[-–—])\s*(?:the\s)?")
_WEEKDAY = re.compile(r"\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")
_AMBIGUOUS = frozenset({"may", "march"})
_LEADS_MONTH = re.compile(
    r"(?:\b(?:in|since|by|until|till|of|from|to|through|during|for|and|or|last|this|next|early|late|mid|between"
    r"|before|after|as of|"
    r"end of|beginning of|following|a|an|the|each|every|around|on)|[-–,/(])\s*$",
    re.IGNORECASE,
)
_COUNTED_AFTER = re.compile(
    r"\s(?:people|homes|jobs|miles|words|men|women|troops|pounds|feet|meters|metres"
    r"|votes|points|dollars|percent|per cent)\b"
)
_LEADS_YEAR = re.compile(
    r"\b(?:in|since|by|during|until|till|from|the|that|this|for|of|early|late|mid|and|or|a|an|throughout|before"
    r"|after|between|through|to|around|about|"
    r"class|spring|summer|autumn|fall|winter|year|circa|its|his|her|their|our|as|back)\s$",
    re.IGNORECASE,
)
_DETERMINED = re.compile(
    r"(?:\b(?:in|since|by|until|of|from|to|the|a|its|his|her|their|our|and|during|for"
    r"|after|before|between|early|late|mid|year|this|last)|['’]s)\s*[-(“\"]?$",
    re.I,
)


def find_times(reading: Reading) -> tuple[Time, ...]:
    """Return the time expressions of the article in text order, with ISO dates where they have a calendar value.

    published 2021-06-08 (a Tuesday): "on Monday" -> 2021-06-07, "in September" + will -> 2021-09, "last year" -> 2020
    """
    today = written_on(reading)
    written = _written(reading)
    first = _pass(reading, written, today, ())
    if today is not None and _updated(first, today):
        today += timedelta(days=1)
        first = _pass(reading, written, today, ())
    settled = _settled(first)
    found = _pass(reading, written, today, settled) if settled else first
    return _ranged(reading.article.text, [time for time, _, _ in found])


@dataclass(frozen=True, slots=True)
class _Written:
    """An expression as the text has it: its form, its match in its sentence, its place, and the tense around it."""

    name: str
    match: re.Match[str]
    sentence: Sentence
    number: int
    tense: Tense | None


def _written(reading: Reading) -> list[_Written]:
    """Return the expressions of the article in text order."""
    found = []
    for number, sentence in enumerate(reading.sentences):
        if sentence.furniture in _UNREAD:
            continue
        for name, match in _matches(sentence):
            span = _tokens(reading, sentence, match)
            if span is not None and _is_date(name, match, span):
                tense = tense_of(span) if sentence.furniture not in ("dateline", "credit") else "past"
                found.append(_Written(name, match, sentence, number, tense))
    return found


def _pass(
    reading: Reading, written: Sequence[_Written], today: date | None, settled: tuple[tuple[int, str], ...]
) -> list[tuple[Time, bool, str]]:
    """Return each expression with whether its date is sure, and its form."""
    found: list[tuple[Time, bool, str]] = []
    focus: tuple[str, int, int] | None = None  # date, sentence number, paragraph
    told_year: tuple[int, int] | None = None  # year, sentence number
    article_day = today
    for each in written:
        name, match, sentence, number, tense = each.name, each.match, each.sentence, each.number, each.tense
        today = _posted_on(reading, sentence) or article_day
        near = focus[0] if focus is not None and (number - focus[1] <= 3 or focus[2] == sentence.paragraph) else None
        year = told_year[0] if told_year is not None and told_year[1] >= number - 1 else None
        value = VALUES[name](match, Scene(today, near, year if tense in ("past", "would") else None, tense, settled))
        if value is None:
            continue
        start, end = sentence.start + match.start(), sentence.start + match.end()
        future = value.future or _is_future(value, tense, today, name)
        text = reading.article.text[start:end]
        found.append((Time(reading.article.id, start, end, text, value.date, value.until, future), value.sure, name))
        if value.date is not None and sentence.furniture is None:
            focus = (value.date, number, sentence.paragraph) if name not in ("attacks", "fiscal") else focus
            if (name in _NARRATED or match.groupdict().get("which") == "that") and today is not None:
                past = int(value.date[:4]) < today.year
                told_year = (int(value.date[:4]), number) if past else None
    return found


def _posted_on(reading: Reading, sentence: Sentence) -> date | None:
    """Return the day on which the entry of a live blog was posted that `sentence` stands in."""
    for entry in reading.article.entries:
        if entry.start <= sentence.start < entry.end:
            return _day((entry.at or "")[:10])
    return None


def _matches(sentence: Sentence) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the expressions of a sentence from left to right, the longest one first where several overlap."""
    hits = [
        (m.start(), -m.end(), order, name, m)
        for order, name, pattern in patterns_for(sentence.text)
        for m in pattern.finditer(sentence.text)
    ]
    taken = 0
    for start, _, _, name, match in sorted(hits, key=lambda hit: hit[:3]):
        if start >= taken and match.end() > start:
            yield name, match
            taken = match.end()


def _tokens(reading: Reading, sentence: Sentence, match: re.Match[str]) -> Span | None:
    """Return the tokens of a match."""
    return reading.doc.char_span(sentence.start + match.start(), sentence.start + match.end(), alignment_mode="expand")


def _is_date(name: str, match: re.Match[str], span: Span) -> bool:
    """Tell dates from words and numbers that only look like them ("may", "March", "2000 homes")."""
    before = match.string[max(0, match.start() - 24) : match.start()]
    after = match.string[match.end() : match.end() + 24]
    if name == "month":
        word = match["month"].rstrip(".").lower()
        if word not in MONTHS or re.match(r"\s?(?:['’]s\s[A-Z]|Street|Avenue|Day\b)", after):
            return False
        if word in _AMBIGUOUS or len(word) <= 4:
            led = match["which"] or match["phase"] or _LEADS_MONTH.search(before)
            return (
                bool(led)
                and not re.match(r"\s(?:be|have|not|also|on Washington|Madness|for Our)\b", after)
                and span[-1].pos_ in ("PROPN", "NOUN")
            )
        return not re.match(r"\s[A-Z][a-z]+(?:\s|,)", after) or bool(_LEADS_MONTH.search(before))
    if name == "year":
        if _COUNTED_AFTER.match(after) or re.match(r"\s?(?:%|km|kg|mph|BC|AD\b)", after):
            return False
        token = span[-1]
        counted = token.dep_ == "nummod" and token.head.tag_ == "NNS" and token.head.i > token.i
        if counted and not _DETERMINED.search(before):
            return False
        return not (re.search(r"\b[A-Z][\w-]+\s$", before) and not _LEADS_YEAR.search(before))
    if name == "today":
        return (
            match["word"][0].islower()
            or match.start("word") == 0
            or not re.search(r"\w\s$", before + match[0][: match.start("word") - match.start()])
        )
    if name == "clock":
        return (
            ":" not in match[0]
            or bool(re.search(r"[ap]\.?m", match[0], re.I))
            or bool(re.search(r"\b(?:at|around|about|by|after|before)\s", match[0]))
        )
    return True


def _is_future(value: Value, tense: str | None, today: date | None, name: str) -> bool:
    """Tell whether a date lies after the day of writing, or is a plan's."""
    if value.date is None or today is None:
        return tense == "future" and name not in _FIXED
    now = today.isoformat()[: len(value.date)]
    return value.date > now or (value.date == now and tense == "future" and len(value.date) == 10)


def written_on(reading: Reading) -> date | None:
    """Return the day the article was written: published, or earlier where its own dates say so.

    `published` can be the day a crawler came by: a dateline's date goes before it, and so does the newest full date in
    the text if the article speaks of that weekday by name and more than a week lies between.
    """
    published = _day(reading.article.published)
    dateline = _dateline_day(reading, published)
    if dateline is not None:
        return dateline
    full = _full_days(reading)
    if published is None:
        named = {WEEKDAYS[m.lower()] for s in reading.body() for m in _WEEKDAY.findall(s.text)}
        fitting = [day for day, marked in full if marked or day.weekday() in named]
        return max(fitting, default=None)
    told = [day for day, _ in full if day <= published]
    newest = max(told, default=None)
    if newest is None or not timedelta(days=6) < published - newest < timedelta(days=45):
        return published
    names = {WEEKDAYS[m.lower()] for s in reading.body() for m in _WEEKDAY.findall(s.text)}
    if newest.weekday() not in names or any(day > newest for day, _ in full):
        return published
    later = [step for step in (1, 2) if (newest.weekday() + step) % 7 in names]
    return newest + timedelta(days=max(later, default=0))


def _updated(found: list[tuple[Time, bool, str]], today: date) -> bool:
    """Tell whether the article was updated the day after: it tells again and again of a weekday six days ago."""
    tomorrow = (today - timedelta(days=6)).isoformat()
    told = [time.date for time, sure, name in found if name == "weekday" and sure]
    return told.count(tomorrow) >= 3 and today.isoformat() in told


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None


def _dateline_day(reading: Reading, published: date | None) -> date | None:
    """Return the date that the dateline gives, its year from `published`."""
    for sentence in reading.sentences:
        if sentence.furniture == "dateline" and published is not None:
            for name in ("full_day", "year_day"):
                match = PATTERNS[name].search(sentence.text)
                value = VALUES[name](match, Scene(published, tense="past")) if match is not None else None
                day = _day(value.date) if value is not None else None
                if day is not None and timedelta(0) <= published - day < timedelta(days=60):
                    return day
    return None


def _full_days(reading: Reading) -> list[tuple[date, bool]]:
    """Return the days given in full, and whether each stands in a caption, a dateline or at the end of a post."""
    days: list[tuple[date, bool]] = []
    for sentence in reading.sentences:
        if sentence.furniture in _UNREAD:
            continue
        for match in PATTERNS["full_day"].finditer(sentence.text):
            value = VALUES["full_day"](match, Scene(None))
            day = _day(value.date) if value is not None else None
            if day is not None:
                days.append(
                    (day, sentence.furniture in ("caption", "dateline") and "file" not in sentence.text.lower())
                )
    return days


def _settled(found: list[tuple[Time, bool, str]]) -> tuple[tuple[int, str], ...]:
    """Return for each weekday that is named with no cue to its week the day that its other mentions mean."""
    sure: dict[int, list[str]] = {}
    for time, is_sure, name in found:
        if name == "weekday" and is_sure and time.date is not None:
            sure.setdefault(date.fromisoformat(time.date).weekday(), []).append(time.date)
    if all(is_sure for _, is_sure, name in found if name == "weekday"):
        return ()
    return tuple((number, max(days, key=lambda day: (days.count(day), day))) for number, days in sorted(sure.items()))


def _ranged(text: str, times: list[Time]) -> tuple[Time, ...]:
    """Set `until` on the first of two dates that bound a stretch ("from Dec. 22 through Jan. 25")."""
    ranged = list(times)
    for number, (first, second) in enumerate(itertools.pairwise(times)):
        between = text[first.end : second.start]
        if first.date is None or second.date is None or len(between) > 12 or not _LINK.fullmatch(between):
            continue
        opener = text[max(0, first.start - 12) : first.start].lower()
        if re.search(r"\band\b", between) and "between" not in opener:
            continue
        if second.date > first.date and len(second.date) == len(first.date):
            ranged[number] = replace(first, until=second.date)
    return tuple(ranged)
