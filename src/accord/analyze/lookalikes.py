"""Tells numbers that say how many from those that only name: dates, clock times, years, list numbers, "Boeing 747"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from accord.analyze.humans import is_human
from accord.analyze.quantity import Quantity, after, before

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE_BEFORE = re.compile(rf"(?:\b{_MONTH}\s(?:\d{{1,2}}(?:st|nd|rd|th)?(?:,\s|\s|-|–|\sto\s|\sand\s))?|\d[./-]|\d:)$")
_DATE_AFTER = re.compile(
    rf"\s(?:of\s)?{_MONTH}(?!\w)(?!\.?\s\d{{1,2}}\s[a-z])|[./:]\d|\.\d\d\s?[ap]\.?m|\s?[ap]\.?m\b|\s(?:GMT|UTC|ET|EST|EDT|PT)\b"
    r"|\so['’]clock|(?:st|nd|rd|th)\b|[A-Za-z]"
)
_LIST_NUMBER = re.compile(r"^\s*[#(]?\d{1,2}[.):]\s")
_LABEL = re.compile(
    r"(?:\b(?:[Nn]os?|NO|[Nn]umber|[Cc]hapter|[Ss]ection|[Pp]age|[Hh]ighway|[Rr]oute|[Ii]nterstate|[Ff]light|[Rr]oom|[Pp]hase"
    r"|[Gg]rade|[Vv]ersion|[Ee]pisode|[Ff]igure|Article|Title|Area|Channel|Level|Type|Class|Tier|Group\sof|Formula|Pier|Gate"
    r"|Platform|District|Ward|Precinct|Unit|Block|Case|Resolution|Amendment|Proposition|Act|Part|Season|Week|Day|Round|Game"
    r"|Lot|Bay|Line|Terminal)\.?\s|#|@|/|\w-|['’])$"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_NOT_NAMES = ("CARDINAL", "MONEY", "DATE", "PERCENT", "QUANTITY", "TIME", "ORDINAL", "")


def is_label(text: str, quantity: Quantity) -> bool:
    """Tell whether the words around a bare number make it a date, a time, a list number or a label."""
    left, right = before(text, quantity.start), after(text, quantity.end)
    written = text[quantity.start : quantity.end]
    if quantity.digits:
        if _DATE_BEFORE.search(left) or _DATE_AFTER.match(right) or re.match(r"0\d", written):
            return True
        if quantity.start < 4 and _LIST_NUMBER.match(text):
            return True
        if re.search(r"\bturn(?:s|ed|ing)\s$", left) and (quantity.value or 0) > 115:
            return True
    return quantity.kind != "score" and _LABEL.search(left) is not None


def is_year(text: str, quantity: Quantity, span: Span) -> bool:
    """Tell whether four bare digits are a year; "2000 troops" are not."""
    if not quantity.digits or quantity.kind != "count" or not _YEAR.fullmatch(text[quantity.start : quantity.end]):
        return False
    at = span[-1].i + 1
    following = span.doc[at] if at < len(span.doc) else None
    if following is None or following.tag_ != "NNS":
        return True
    qualified = re.search(r"(?:than|about|some|least|of|nearly|almost|over)\s$", before(text, quantity.start))
    return not (qualified or is_human(following.lemma_, following.text))


def in_name(quantity: Quantity, span: Span, doc: Doc, start: int, stop: int) -> bool:
    """Tell whether the number is part of a name: "Boeing 747", "the Big Three". `start`, `stop` bound the sentence."""
    first, last = span[0], span[-1]
    previous = doc[first.i - 1] if first.i > start else None
    following = doc[last.i + 1] if last.i + 1 < stop else None
    if previous is None or previous.text in ("“", '"', "‘", "'", "—", "–", ":", ";"):
        return False
    if quantity.digits:
        if (
            previous.tag_ not in ("NNP", "NNPS")
            or quantity.scaled
            or "," in span.text
            or not previous.text[:1].isupper()
        ):
            return False
        named = last.ent_type_ not in _NOT_NAMES and last.ent_iob_ == "I" and previous.ent_type_ == last.ent_type_
        behind = last.head == previous and last.dep_ in ("nummod", "appos", "npadvmod")
        if following is not None and following.tag_ == "NNS" and previous.ent_type_ in ("GPE", "PERSON", "NORP", "LOC"):
            return named
        return named or behind or previous.tag_ == "NNP"
    if not first.text[:1].isupper():
        return False
    capital_after = following is not None and following.text[:1].isupper()
    return capital_after or (previous.text[:1].isupper() and previous.pos_ == "PROPN")
