"""Says which clause of an article happened, or is to happen, on which date."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from accord.analyze.calendar_tense import governing_verb, tense_of
from accord.analyze.reading import Reading
from accord.records import Sentence, Span, Time

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

_TODAY = re.compile(r"^(?:today|this (?:week|month|year))$", re.IGNORECASE)
_COMPARED = re.compile(
    r"^the (?:previous|preceding|past)\b|\bfiscal\b|^year-?end|^(?:the )?(?:current|coming)\b", re.IGNORECASE
)
_CLOCK_ONLY = re.compile(
    r"^(?:[a-z]+ )*(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b|[AP]\.?M\b)|\d{1,2}:\d\d|noon|midnight)"
)
_FIXED = re.compile(r"\d")
_CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "xcomp", "csubj", "pcomp"})
_ASIDE = frozenset({"ccomp", "advcl", "relcl", "acl", "conj", "parataxis"})


def find_datings(reading: Reading, times: Sequence[Time]) -> tuple[tuple[Span, str], ...]:
    """Return each dated happening of the article: the clause that tells it, and its ISO date, in text order.

        "Lee resigned on Monday and will testify in May." -> (("Lee resigned on Monday", "2021-06-07"), ...)

    Left out are dates that no happening is told of: those inside quotes, those that only name a thing known already
    ("Monday's vote", where Monday is told of elsewhere), days meaning nowadays, and terms of comparison.
    """
    placed = _placed(reading, times)
    told = [(sentence, time) for sentence, time in placed if sentence.furniture is None]
    plain: set[str | None] = {t.date for _, t in told if not _is_possessive(reading, t)}
    kept: list[tuple[Sentence, Time]] = []
    named: set[str] = set()
    for sentence, time in told:
        if time.date is None or not _tells(reading, sentence, time, plain, named):
            continue
        named.add(time.date)
        kept.append((sentence, time))
    kept += _from_captions(placed, {t.date for _, t in kept})
    return _spans(reading, kept)


def _tells(reading: Reading, sentence: Sentence, time: Time, plain: set[str | None], named: set[str]) -> bool:
    """Tell whether something is said to happen at `time`."""
    span = reading.doc.char_span(time.start, time.end, alignment_mode="expand")
    if span is None or _COMPARED.search(time.text):
        return False
    if _in_quotes(reading.article.text, sentence, time) and not _FIXED.search(time.text):
        return False
    tense = tense_of(span)
    if _is_possessive(reading, time):
        return time.date not in plain and time.date not in named
    if _TODAY.search(time.text) or _CLOCK_ONLY.match(time.text):
        return tense == "past" and _is_direct(span)
    if _is_attribute(span):
        return time.date not in named
    if tense in ("present", None) and not time.future:
        return time.date not in named and _opens(span)
    return True


def _is_possessive(reading: Reading, time: Time) -> bool:
    """Tell whether a time expression names something ("Monday's vote") and dates nothing."""
    after = reading.article.text[time.end : time.end + 3]
    return re.match(r"['’]s?\b|['’]\s", after) is not None or time.text.endswith(("’s", "'s"))


def _in_quotes(text: str, sentence: Sentence, time: Time) -> bool:
    """Tell whether a time expression stands in words quoted in its sentence."""
    before = text[sentence.start : time.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _is_direct(span: Tokens) -> bool:
    """Tell whether an expression hangs on its verb, itself or by a preposition."""
    root = span.root
    head = root.head.head if root.dep_ == "pobj" else root.head
    return head.pos_ in ("VERB", "AUX")


def _is_attribute(span: Tokens) -> bool:
    """Tell whether an expression stands before the noun that it qualifies ("the 1997 case")."""
    root = span.root
    return root.dep_ in ("nummod", "compound", "nmod", "amod") and root.head.i > root.i and root.head not in span


def _opens(span: Tokens) -> bool:
    """Tell whether a preposition or the start of a clause introduces the expression."""
    return span.root.dep_ in ("pobj", "npadvmod", "appos", "conj")


def _placed(reading: Reading, times: Sequence[Time]) -> list[tuple[Sentence, Time]]:
    """Return each time expression with its sentence."""
    starts = [sentence.start for sentence in reading.sentences]
    found = []
    for time in times:
        number = bisect_right(starts, time.start) - 1
        if number >= 0 and time.start < reading.sentences[number].end:
            found.append((reading.sentences[number], time))
    return found


def _from_captions(placed: Sequence[tuple[Sentence, Time]], told: set[str | None]) -> list[tuple[Sentence, Time]]:
    """Return the dates that captions alone give, each once."""
    found: dict[str | None, tuple[Sentence, Time]] = {}
    for sentence, time in placed:
        if sentence.furniture == "caption" and time.date is not None and time.date not in told:
            found.setdefault(time.date, (sentence, time))
    return list(found.values())


def _spans(reading: Reading, kept: Sequence[tuple[Sentence, Time]]) -> tuple[tuple[Span, str], ...]:
    """Return the spans: the sentence where it tells of one date, else the clause of each."""
    dates: dict[int, set[str]] = {}
    for sentence, time in kept:
        dates.setdefault(sentence.start, set()).add(time.date or "")
    found: dict[tuple[int, int, str], Span] = {}
    for sentence, time in kept:
        start, end = sentence.start, sentence.end
        if len(dates[sentence.start]) > 1:
            start, end = _clause(reading, sentence, time)
        date = time.date or ""
        found.setdefault((start, end, date), Span(start, end, reading.article.text[start:end]))
    return tuple((span, date) for (_, _, date), span in sorted(found.items(), key=lambda item: item[0]))


def _clause(reading: Reading, sentence: Sentence, time: Time) -> tuple[int, int]:
    """Return the offsets of the clause that an expression dates, without the clauses inside it that lie beyond."""
    tokens = reading.doc.char_span(time.start, time.end, alignment_mode="expand")
    verb = governing_verb(tokens) if tokens is not None else None
    if verb is None or tokens is None:
        return sentence.start, sentence.end
    while verb.dep_ not in _CLAUSES and verb.head != verb and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    inside = [token for token in verb.subtree if sentence.start <= token.idx < sentence.end]
    for child in verb.children:
        if child.dep_ in _ASIDE:
            aside = {token.i for token in child.subtree}
            if not any(token.i in aside for token in tokens):
                inside = [token for token in inside if token.i not in aside]
    left, right = verb.i, verb.i
    own = {token.i for token in inside}
    while left - 1 in own:
        left -= 1
    while right + 1 in own:
        right += 1
    first, last = reading.doc[left], reading.doc[right]
    start, end = min(first.idx, time.start), max(last.idx + len(last.text), time.end)
    text = reading.article.text
    while start < end and text[start] in " \t\n,;:–—-":
        start += 1
    while end > start and text[end - 1] in " \t\n,;:–—-":
        end -= 1
    return max(start, sentence.start), min(end, sentence.end)
