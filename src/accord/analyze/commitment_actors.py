"""Says who is to act, by the fullest name that the article gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.analyze.clauses import agent_of, is_passive, subject_of
from accord.analyze.commitment_candidates import Candidate
from accord.analyze.commitment_features import governor_of, kind_of
from accord.analyze.commitment_referents import (
    Actor,
    body_of,
    definite_body,
    earlier_subject,
    full,
    joined,
    means_several,
    owner,
    several,
)
from accord.records import Name, Quote

if TYPE_CHECKING:
    from spacy.tokens import Token

    from accord.analyze.people import People

_BINDS = frozenset({"vow", "pledge", "promise", "swear", "threaten", "propose", "offer", "guarantee"})
_FIRST = frozenset({"i", "we", "my", "our", "us"})
_MAX_CLIMB = 6


def resolve_actor(candidate: Candidate, people: People, quote: Quote | None, speaker: str | None) -> Actor:
    """Return the name of who is to act and its `Name.id`; the phrase of the article and None for the unnamed.

    A first person is the speaker; an unresolved pronoun is the subject of the verb that reports it; "the company" is
    the organisation that the article names most; a thing is its owner's, else the speaker's.
    """
    token = candidate.actor
    if token is None:
        if candidate.frame in {"noun", "modifier"}:
            known = owner(candidate.cue, people)
            if known is not None:
                return full(known.name), known.id
        return speaker, None
    if token.lower_ in _FIRST:
        return _first_person(token, people, quote, speaker)
    verb = candidate.act if candidate.frame == "modal" else candidate.cue
    above = governor_of(verb) or governor_of(candidate.clause.head)
    if above is not None and above.lemma_ in _BINDS and subject_of(above) is not None and candidate.frame == "modal":
        token = subject_of(above) or token
    token = _agreeing(token, verb, candidate)
    named = _named(token, people)
    if named is not None and not (token.lower_ in {"it", "its"} and named.kind == "person"):
        return joined(token, named, people)
    if candidate.frame == "verb" and candidate.strength in {"offered", "ordered"} and token.dep_ == "nsubjpass":
        return speaker, None
    return _unnamed(token, above, candidate, people, speaker)


def _unnamed(token: Token, above: Token | None, candidate: Candidate, people: People, speaker: str | None) -> Actor:
    """Return whom a pronoun or noun means that no name covers."""
    pronoun = token.pos_ == "PRON" and token.lower_ not in {"anyone", "someone", "everyone", "nobody", "none"}
    if pronoun:
        said = _who_says(above) if above is not None else candidate.clause.subject
        if said is not None and said.i != token.i and (not _is_they(token) or _may_be_they(said, people)):
            known = _named(said, people) or definite_body(said, speaker, people)
            if known is not None:
                return joined(said, known, people) if _is_they(token) else (full(known.name), known.id)
            if said.pos_ != "PRON":
                return _phrase(said, people) or speaker, None
    if means_several(token):
        found = several(token, people)
        if found is not None:
            return found
    if pronoun:
        known = earlier_subject(token, people, speaker)
        if known is not None:
            return full(known.name), known.id
    known = definite_body(token, speaker, people)
    if known is not None:
        return full(known.name), known.id
    if kind_of(token, people) == "thing":
        if is_passive(candidate.act) and (agent := agent_of(candidate.act)) is not None:
            return _phrase(agent, people), None
        known = owner(token, people)
        if known is not None:
            return full(known.name), known.id
        if speaker is not None:
            return speaker, None
    return _phrase(token, people) or speaker, None


def _agreeing(token: Token, verb: Token, candidate: Candidate) -> Token:
    """Return the noun that "which" means: not "devices" in "the maker of devices, which is set to close"."""
    finite = next((c for c in verb.children if c.dep_ in {"aux", "auxpass"} and c.tag_ == "VBZ"), verb)
    if candidate.clause.kind != "relative" or finite.tag_ != "VBZ":
        return token
    at = token
    for _ in range(_MAX_CLIMB):
        if at.pos_ in {"NOUN", "PROPN"} and at.tag_ not in {"NNS", "NNPS"}:
            return at
        at = at.head
    return token


def _phrase(token: Token, people: People) -> str | None:
    """Return what to call an unnamed actor, abbreviations written out, with the names joined to it."""
    text = people.called(token)
    if text is None:
        return None
    others = [people.of(child) for child in token.children if child.dep_ == "conj"]
    return " and ".join([full(text), *(full(name.name) for name in others if name is not None)])


def _who_says(verb: Token) -> Token | None:
    """Return the subject of a reporting verb, that of the verb it is joined to, or what its "who" means."""
    while subject_of(verb) is None and verb.dep_ == "conj":
        verb = verb.head
    subject = subject_of(verb)
    relative = subject is not None and subject.tag_ in {"WDT", "WP"}
    while relative and verb.dep_ == "conj":
        verb = verb.head
    return verb.head if relative and verb.dep_ == "relcl" else subject


def _is_they(token: Token) -> bool:
    """Return whether a pronoun means several, or a body as its people."""
    return token.lower_ in {"they", "their", "both"}


def _may_be_they(token: Token, people: People) -> bool:
    """Return whether "they" may mean a noun phrase: a plural, nouns joined by "and", or a body."""
    if token.tag_ in {"NNS", "NNPS"} or token.lower_ == "they" or any(child.dep_ == "conj" for child in token.children):
        return True
    return kind_of(token, people) == "body"


def _first_person(token: Token, people: People, quote: Quote | None, speaker: str | None) -> Actor:
    """Return the speaker of "I" and "we"; the body that the speaker stands for acts where they say "we"."""
    said_by = quote.speaker if quote is not None and quote.speaker is not None else speaker
    body = body_of(said_by, people) if token.lower_ in {"we", "our", "us"} else None
    if body is not None:
        return full(body.name), body.id
    if quote is not None and quote.speaker is not None:
        return quote.speaker, quote.speaker_id
    if speaker is not None:
        return speaker, None
    known = people.of(token)
    return (known.name, known.id) if known is not None else (None, None)


def _named(token: Token, people: People) -> Name | None:
    """Return the name that `token` means itself or through an apposition ("the majority leader, Lena Ruiz")."""
    known = people.of(token)
    if known is not None and known.kind != "place":
        return known
    beside = [child for child in token.children if child.dep_ == "appos"]
    if token.dep_ == "appos":
        beside.append(token.head)
    others = [name for other in beside if (name := people.of(other)) is not None]
    person = next((name for name in others if name.kind == "person"), None)
    return person or known or next(iter(others), None)
