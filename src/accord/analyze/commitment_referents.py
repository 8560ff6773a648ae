"""Looks up whom a noun phrase or pronoun means that no name covers: "the airline", "the two leaders", "they"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from accord.records import Name

if TYPE_CHECKING:
    from spacy.tokens import Token

    from accord.analyze.people import People

Actor = tuple[str | None, str | None]

_FULL = {
    "us": "United States",
    "usa": "United States",
    "uk": "United Kingdom",
    "eu": "European Union",
    "un": "United Nations",
}
_COMMON_WORDS = """
company airline bank firm giant group agency organization organisation carrier maker bureau university retailer network
union charity startup developer operator school
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_GENERAL = frozenset({"company", "firm", "giant", "group", "maker", "organization", "organisation"})
_DEFINITE = frozenset({"the", "this", "its", "his", "her", "their", "our", "my"})
_TWO = frozenset({"pair", "couple", "duo"})
_SIDES = frozenset({"country", "nation", "government", "side", "state", "neighbor", "neighbour", "capital", "ally"})
_LEADERS = frozenset({"leader", "president", "man", "woman", "minister"})
_SPEAKS_FOR = (
    "chief",
    "ceo",
    "spokes",
    "executive",
    "director",
    "head of",
    "founder",
    "chairman",
    "president",
    "policy",
)
_FAR = 80


def full(name: str) -> str:
    """Return a country's or body's everyday abbreviation written out: "The U.S." -> "United States"."""
    letters = name.lower().removeprefix("the ").replace(".", "")
    return _FULL.get(letters, name) if name.isupper() or "." in name else name


def written(name: Name, token: Token) -> str:
    """Return what to call a name at `token`: its full form, but a capital that stands for a country as written."""
    if name.kind != "place":
        return full(name.name)
    here = next((m for m in name.mentions if m.start <= token.idx < m.end and m.how == "name"), None)
    if here is None or here.text[:1].islower() or "." in here.text or here.text.isupper():
        return full(name.name)
    shared = set(here.text.lower().split()) & set(name.name.lower().split())
    return full(name.name) if shared else here.text


def joined(token: Token, named: Name, people: People) -> Actor:
    """Return the name with those joined to it: "the U.S. and Peru" -> "United States and Peru"."""
    found = [written(named, token)]
    at: Token | None = token
    while at is not None and token.dep_ != "poss":
        at = next((child for child in at.children if child.dep_ == "conj" and child.pos_ in {"PROPN", "NOUN"}), None)
        other = people.of(at)
        if at is not None and other is not None and written(other, at) not in found:
            found.append(written(other, at))
    return (found[0], named.id) if len(found) == 1 else (listed(found), None)


def listed(names: Iterable[str]) -> str:
    """Return names as an enumeration: "A, B and C"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def body_of(speaker: str | None, people: People) -> Name | None:
    """Return the organisation that a person speaks for, where their role says so ("chief executive of Velmar")."""
    known = next((name for name in people.names if name.name == speaker and name.kind == "person"), None)
    if known is None or known.role is None or not any(word in known.role.lower() for word in _SPEAKS_FOR):
        return None
    for name in people.names:
        if name.kind == "organisation" and any(form in known.role for form in (name.name, *name.aliases)):
            return name
    return None


def definite_body(token: Token, speaker: str | None, people: People) -> Name | None:
    """Return the organisation that "the company" or "the airline" means: one so named, the speaker's, the main one."""
    lemma = token.lemma_.lower()
    if lemma not in _COMMON or not _is_definite(token):
        return None
    bodies = [name for name in people.names if name.kind == "organisation"]
    if lemma not in _GENERAL:
        so_named = [name for name in bodies if lemma in name.name.lower() or lemma in (name.role or "").lower()]
        if so_named:
            return most_mentioned(so_named)
    return body_of(speaker, people) or most_mentioned(bodies)


def most_mentioned(names: Iterable[Name]) -> Name | None:
    """Return the name that the article means most often, the first of equals, or None."""
    return max(names, key=lambda name: len(name.mentions), default=None)


def means_several(token: Token) -> bool:
    """Return whether a noun or pronoun means two or more known from before: "they", "the pair", "both sides"."""
    if token.lower_ in {"they", "their", "both"} or token.lemma_.lower() in _TWO:
        return True
    return token.tag_ == "NNS" and any(child.lower_ in {"two", "both"} for child in token.children)


def several(token: Token, people: People) -> Actor | None:
    """Return the last names joined by "and" before `token`; for two sides or leaders, the two main ones, or None."""
    for at in range(token.i - 1, max(-1, token.i - _FAR), -1):
        other = token.doc[at]
        if other.dep_ in {"nsubj", "nsubjpass", "pobj", "dobj"} and (known := people.of(other)) is not None:
            found = joined(other, known, people)
            if found[1] is None:
                return found
    kind = "place" if token.lemma_.lower() in _SIDES else "person" if token.lemma_.lower() in _LEADERS else None
    if kind is not None:
        main = sorted((n for n in people.names if n.kind == kind), key=lambda name: -len(name.mentions))[:2]
        if len(main) == 2:
            return listed(full(name.name) for name in sorted(main, key=lambda name: name.mentions[0].start)), None
    return None


def earlier_subject(token: Token, people: People, speaker: str | None) -> Name | None:
    """Return the last named subject before `token` that a pronoun like it may mean, the speaker left out, or None."""
    for at in range(token.i - 1, max(-1, token.i - _FAR), -1):
        other = token.doc[at]
        known = people.of(other) if other.dep_ in {"nsubj", "nsubjpass"} else None
        if known is not None and known.name != speaker and _may_mean(token, known):
            return known
    return None


def owner(token: Token, people: People) -> Name | None:
    """Return whose thing `token` is: a possessor or a name before it, here or where the article names the thing again.

    "The new offer" is Velmar's where the article speaks of "Velmar's offer".
    """
    found = _owner_here(token, people)
    if found is not None or token.pos_ != "NOUN":
        return found
    kinds = token.doc.to_array(["POS", "LEMMA"])
    same = (kinds == (token.pos, token.lemma)).all(axis=1).nonzero()[0].tolist()
    nearest = sorted(same, key=lambda at: (abs(at - token.i), at))
    return next((known for at in nearest if (known := _owner_here(token.doc[at], people)) is not None), None)


def _owner_here(token: Token, people: People) -> Name | None:
    """Return the possessor of `token`, or a person or organisation that stands before it as part of its phrase."""
    for below in token.subtree:
        if below.dep_ == "poss" and below.i < token.i:
            known = people.of(below)
            if known is not None:
                return known
    for child in token.children:
        known = people.of(child) if child.dep_ in {"compound", "nmod", "amod"} else None
        if known is not None and known.kind == "organisation":
            return known
    return None


def _is_definite(token: Token) -> bool:
    """Return whether a noun means one known from before: "the company", "her firm", and nothing that tells which."""
    telling = {"prep", "relcl", "acl", "appos", "amod", "compound"} - (
        {"compound"} if token.lemma_ == "giant" else set()
    )
    if any(child.dep_ in telling for child in token.children):
        return False
    return any(child.lower_ in _DEFINITE for child in token.children if child.dep_ in {"det", "poss"})


def _may_mean(token: Token, known: Name) -> bool:
    """Return whether a pronoun agrees with a name in kind and gender."""
    person = token.lower_ in {"he", "she", "his", "her"}
    if not person:
        return known.kind != "person"
    gender = "male" if token.lower_ in {"he", "his"} else "female"
    return known.kind == "person" and known.gender in {None, gender}
