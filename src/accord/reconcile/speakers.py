"""Tells whether two quotes of different articles have one speaker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from accord.reconcile.names import fold
from accord.records import Analysis, Name, Quote

Kinship = Literal["same", "unknown", "other"]

# Words that say no more than that somebody speaks for somebody.
_GENERAL = frozenset(
    """a an the of for in on to at by from with and his her its their s spokesman spokeswoman spokesperson spokespeople
    official officials source sources statement report reports release representative representatives authority
    authorities people person others critics supporters analysts experts""".split()
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says a quote: the story's name where there is one, else the words of the phrase."""

    phrase: str
    name: Name | None
    words: frozenset[str]


def resolve(quote: Quote, analysis: Analysis, linked: Mapping[str, str], names: Mapping[str, Name]) -> Speaker | None:
    """Return the speaker of `quote` over the story, None where nobody is named; speech passed on keeps its own."""
    if not quote.speaker:
        return None
    id = quote.speaker_id or _find(quote.speaker, analysis.names)
    phrase = fold(quote.speaker)
    return Speaker(phrase, names.get(linked.get(id, id)) if id else None, _telling(phrase))


def kinship(a: Speaker | None, b: Speaker | None) -> Kinship:
    """Tell whether two speakers are one: one name, or phrases that fit each other or the name's own forms.

    "the Israeli army" and "Israeli army", "an Arden spokeswoman" and "Arden" -> same; "officials" and "Ida Ruiz" ->
    other
    """
    if a is None or b is None:
        return "unknown"
    if a.name and b.name:
        return "same" if a.name.id == b.name.id else "other"
    if a.phrase == b.phrase:
        return "same"
    if a.name is None and b.name is None:
        fits = bool(a.words and b.words) and (a.words <= b.words or b.words <= a.words)
    else:
        named, other = (a, b) if a.name else (b, a)
        fits = bool(other.words) and any(_fits(other.words, form) for form in _forms(named))
    return "same" if fits else "other"


def _fits(words: frozenset[str], form: frozenset[str]) -> bool:
    """The same telling words, or two or more of those of a longer description."""
    return words == form or (len(words) > 1 and words <= form)


def _forms(speaker: Speaker) -> list[frozenset[str]]:
    name = speaker.name
    forms = (name.name, *name.aliases, name.role or "") if name else ()
    return [speaker.words, *(_telling(fold(form)) for form in forms if form)]


def _telling(phrase: str) -> frozenset[str]:
    words = (word.replace("’", "'").removesuffix("'s") for word in phrase.split())
    return frozenset(word for word in words if word not in _GENERAL)


def _find(called: str, names: Sequence[Name]) -> str | None:
    exact = next((name.id for name in names if name.name == called), None)
    return exact or next((name.id for name in names if called in name.aliases), None)
