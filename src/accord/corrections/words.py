"""Says in plain words what a correction is."""

from __future__ import annotations

from accord.records import Citation, Correction

_WIDE = 80
_FIELDS = {
    "value": "the number",
    "high": "the upper end",
    "unit": "the unit",
    "of": "what is counted",
    "qualifier": "how exact it is",
    "who": "who is to do it",
    "what": "what is to be done",
    "to_whom": "for whom it is to be done",
    "amount": "the amount",
    "due": "the words of the due date",
    "due_date": "the due date",
    "strength": "how firmly it was said",
}


def described(correction: Correction) -> str:
    """Return what a correction does, in one line without who made it and why.

    "Merged two findings: “The bridge was shut” and “A bridge is closed”", "Changed the number in “40+ boats” from 40 to
    44", "Dismissed a finding: “Nobody was hurt”"
    """
    words, other = _first(correction.passages), _first(correction.other_passages)
    here, there = len(correction.articles), len(correction.others)
    match correction.kind:
        case "findings merged":
            return f"Merged two findings: {words} and {other}"
        case "finding split":
            return f"Split a finding: {words} apart from {other}"
        case "finding dismissed":
            return f"Dismissed a finding: {_gist(correction) or words}"
        case "dispute dismissed":
            over = f" over {correction.field}" if correction.field else ""
            return f"Dismissed a dispute{over}: {_gist(correction) or words}"
        case "entry dismissed":
            return f"Dismissed an entry of the ledger: {_gist(correction) or words}"
        case "stories merged":
            return f"Merged two stories: {_reports(here)} with {_reports(there)}"
        case "story split":
            return f"Split a story: {_reports(here)} apart from {_reports(there)}"
        case "origins merged":
            return f"Merged two origins: {_reports(here)} with {_reports(there)}"
        case "origin split":
            return f"Split an origin: {_reports(here)} apart from {_reports(there)}"
        case "speaker":
            return f"Changed the speaker of {words}{_change(correction, 'nobody')}"
        case "value":
            name = _FIELDS.get(correction.field or "", correction.field or "a value")
            return f"Changed {name} in {words}{_change(correction, 'nothing')}"
        case "status":
            return f"Changed the status of a commitment, {words},{_change(correction, 'nothing')}"


def reason(correction: Correction) -> str:
    """Return who made a correction, and why where that is told: "Mara: it is an advertisement"."""
    return f"{correction.by}: {one_line(correction.note)}" if correction.note else correction.by


def said(correction: Correction) -> str:
    """Return who says so, and why where that is told: "as Mara says: both carry the agency's text"."""
    return f"as {correction.by} says{f': {one_line(correction.note)}' if correction.note else ''}"


def quoted(text: str) -> str:
    """Return `text` between quotation marks, cut at a word where it is long."""
    text = one_line(text)
    if len(text) > _WIDE:
        text = text[:_WIDE].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
    return f"“{text}”"


def one_line(text: str) -> str:
    return " ".join(text.split())


def _first(passages: tuple[Citation, ...]) -> str:
    return quoted(passages[0].text) if passages else "no words"


def _gist(correction: Correction) -> str | None:
    return quoted(correction.before) if correction.before else None


def _reports(number: int) -> str:
    return "one report" if number == 1 else f"{number:,} reports"


def _change(correction: Correction, none: str) -> str:
    before, after = (quoted_value(value, none) for value in (correction.before, correction.value))
    return f" from {before} to {after}"


def quoted_value(value: str | None, none: str) -> str:
    return none if value is None else one_line(value)
