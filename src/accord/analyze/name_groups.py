"""Brings the forms of one real person, body or place together, and settles kind, fullest name, role and gender."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from accord.analyze.lexicon import words
from accord.analyze.lexicon_people import (
    FEMALE_NAMES,
    FEMALE_NOUNS,
    FEMALE_TITLES,
    HONORIFIC_SUFFIXES,
    MALE_NAMES,
    MALE_NOUNS,
    MALE_TITLES,
    NICKNAMES,
)
from accord.analyze.lexicon_places import CAPITALS, ORGANISATION_WORDS, REGIONS, SEATS, STATES, territories
from accord.analyze.name_roles import find_role

if TYPE_CHECKING:
    from typing import Literal

    from spacy.tokens import Token

    from accord.analyze.name_candidates import Candidate
    from accord.analyze.reading import Reading
    from accord.records import NameKind

_CORPORATE = frozenset({"inc", "ltd", "corp", "corporation", "llc", "plc", "co", "company", "group", "ag", "sa"})
_STATE = re.compile(r"Washington (?:Gov|state|State)|Wash\. ")
_ORGANS = words(
    """committee council court board fund party ministry department police university center centre commission agency
    act bill security administration"""
)
_SMALL = frozenset({"the", "of", "for", "and", "us", "&"})


@dataclass(slots=True)
class Entity:
    """One real person, organisation or place of an article, while it is put together."""

    kind: NameKind
    candidates: list[Candidate] = field(default_factory=list)
    key: tuple[str, ...] = ()
    roles: list[str] = field(default_factory=list)
    gender: Literal["female", "male"] | None = None

    @property
    def name(self) -> str:
        """The fullest form: most words, then accents, then the most frequent."""
        lands = [c for c in self.candidates if " ".join(c.key) in territories()]
        counts = Counter(c.text for c in lands or self.candidates)
        plain = {text: text.removeprefix("The ").removeprefix("the ") for text in counts}
        best = max(counts, key=lambda t: (_words_in(plain[t]), not t.isascii(), len(plain[t]) > 4, counts[t], t))
        return plain[best]


def _words_in(text: str) -> int:
    return len([w for w in text.replace("-", " ").split() if w.lower().strip(".") not in _CORPORATE])


def group(reading: Reading, candidates: list[Candidate]) -> list[Entity]:
    """Return the entities of the article in the order of their first mention."""
    by_key: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_key[_canonical(reading, candidate)].append(candidate)
    entities: list[Entity] = []
    for key in sorted(by_key, key=lambda k: (-len(k), by_key[k][0].start)):
        if len(key) > 1 and not _short_of_person(key, entities):
            _join_long(entities, key, by_key.pop(key))
    for key in sorted(by_key, key=lambda k: (-len(k), by_key[k][0].start)):
        _join_short(entities, key, by_key[key])
    for entity in entities:
        entity.candidates.sort(key=lambda c: c.start)
        entity.kind = _kind(entity.candidates)
    entities = [e for e in entities if _is_name(e)]
    for entity in entities:
        if entity.kind == "person":
            entity.roles = list(dict.fromkeys(r for c in entity.candidates if (r := find_role(reading.doc, c))))
        entity.gender = _gender(entity)
    return sorted(entities, key=lambda e: e.candidates[0].start)


def _canonical(reading: Reading, candidate: Candidate) -> tuple[str, ...]:
    """Return the key under which a string is grouped: countries by code, also where a capital acts for one."""
    key = candidate.key[1:] if candidate.key[0] == "the" and len(candidate.key) > 1 else candidate.key
    folded = " ".join(key)
    code = territories().get(folded)
    if code is not None and not candidate.titles and (folded != "us" or candidate.text[:2] != "Us"):
        return (f"#{code}",)
    if folded in CAPITALS and _acts(reading, candidate) and not _STATE.search(reading.article.text):
        return (f"#{CAPITALS[folded]}",)
    return key


def _acts(reading: Reading, candidate: Candidate) -> bool:
    """A capital stands for its government where it does something or has relations."""
    token = reading.doc[candidate.last - 1]
    if token.dep_ == "nsubj":
        return token.head.pos_ in ("VERB", "AUX")
    if token.dep_ == "conj" and (token.head.lower_ in ("government", "governments") or _acts_with(token.head)):
        return True
    return _acts_with(token) or token.dep_ == "agent"


def _acts_with(token: Token) -> bool:
    folded = token.lower_.replace(".", "")
    return (token.dep_ == "pobj" and token.head.lower_ in ("with", "between")) or folded in territories()


def votes(candidates: list[Candidate]) -> defaultdict[str, float]:
    """Return the votes of all places together."""
    total: defaultdict[str, float] = defaultdict(float)
    for candidate in candidates:
        for kind, count in candidate.votes.items():
            total[kind] += count
    return total


def _kind(candidates: list[Candidate]) -> NameKind:
    if territories().get(" ".join(candidates[0].key)) and not candidates[0].titles:
        return "place"
    total = votes(candidates)
    if all(len(c.key) == 1 for c in candidates):
        # a company is mostly talked about, a person mostly speaks
        if total["speaks"] >= 0.6 * len(candidates):
            total["person"] += total["speaks"]
        else:
            total["organisation"] += total["alone"]
            if (
                len(candidates) > 2
                and total["person"] < 3 + 0.5 * len(candidates)
                and total["human"] < 0.15 * len(candidates)
            ):
                total["person"] = 0
    kinds: tuple[NameKind, ...] = ("person", "organisation", "place")
    return max(kinds, key=lambda kind: total[kind])


def _is_name(entity: Entity) -> bool:
    """Keep what anything speaks for."""
    total = votes(entity.candidates)
    return total[entity.kind] > 0 or total["speaks"] > 0


def _bare(key: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in key if word not in HONORIFIC_SUFFIXES) or key


def _short_of_person(key: tuple[str, ...], entities: list[Entity]) -> bool:
    """A family name of several words ("Lopez Obrador") that a fuller name ends with."""
    return any(
        e.kind == "person" and len(e.key) > len(key) and _bare(e.key)[-len(key) :] == key and key[0] not in MALE_NAMES
        for e in entities
    )


def _join_long(entities: list[Entity], key: tuple[str, ...], candidates: list[Candidate]) -> None:
    kind = _kind(candidates)
    for entity in entities:
        if (kind == "person" == entity.kind and same_person(key, entity.key)) or (
            kind != "person" and entity.kind != "person" and _same_body(key, entity.key)
        ):
            entity.candidates += candidates
            return
    entities.append(Entity(kind, list(candidates), key))


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Same family name, and given names that can be one person's.

    >>> same_person(("jim", "moss"), ("james", "r", "moss"))
    True
    """
    mine, its = set(one) & HONORIFIC_SUFFIXES, set(other) & HONORIFIC_SUFFIXES
    if mine and its and mine != its:
        return False
    a, b = _bare(one), _bare(other)
    if a == b:
        return mine == its
    short, full = sorted((a, b), key=len)
    if len(short) < 2 or len(full) < 2:
        return False
    if short[-1] != full[-1]:
        return len(short) >= 3 and set(short) <= set(full)
    if full[-len(short) :] == short:
        return True
    return _same_given(short[0], full[0]) or (len(short[0]) > 1 and short[0] in full[1:-1])


def _same_given(one: str, other: str) -> bool:
    if one == other or (one[0] == other[0] and 1 in (len(one), len(other))):
        return True
    return any(one in names and other in names for names in NICKNAMES)


def _same_body(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    a, b = set(one) - _SMALL - _CORPORATE, set(other) - _SMALL - _CORPORATE
    return bool(a) and a == b


def _join_short(entities: list[Entity], key: tuple[str, ...], candidates: list[Candidate]) -> None:
    """Give each place of a short form to the fuller entity it can mean there, or make it an entity of its own."""
    own: list[Candidate] = []
    fuller = _fuller(entities, key, candidates)
    for candidate in candidates:
        entity = _choose(fuller, candidate) if fuller else None
        if entity is None:
            own.append(candidate)
        else:
            entity.candidates.append(candidate)
    if own:
        entities.append(Entity(_kind(own), own, key))


def _fuller(entities: list[Entity], key: tuple[str, ...], candidates: list[Candidate]) -> list[Entity]:
    """Return the entities that a short form can stand for, by the first rule that finds any."""
    if key[0].startswith("#"):
        return []
    folded = " ".join(key)
    persons = [e for e in entities if e.kind == "person" and len(e.key) > len(key)]
    family = [e for e in persons if _bare(e.key)[-len(key) :] == key and not _junior_of(e, candidates)]
    gazetteer = folded in STATES or folded in REGIONS or folded in CAPITALS or folded in SEATS
    if family:
        return family if not gazetteer or any(c.titles for c in candidates) else []
    total = votes(candidates)
    bodies = [e for e in entities if e.kind == "organisation" and len(e.key) > len(key)]
    acronym = [e for e in entities if len(e.key) > 2 and _initials(e) == folded and len(folded) > 1]
    if acronym and candidates[0].text.isupper():
        return acronym[:1]
    if gazetteer or (total["place"] > max(total["person"], total["organisation"])):
        return []
    given = [e for e in persons if e.key[0] == key[0] and len(key) == 1 and votes(e.candidates)["person"] >= 3]
    if given and key[0] in MALE_NAMES | FEMALE_NAMES:
        return given
    prefix = [
        e
        for e in bodies
        if (e.key[: len(key)] == key and not set(e.key[len(key) :]) & _ORGANS)
        or set(e.key) - _SMALL - _CORPORATE == set(key)
    ]
    if prefix and not any(c.titles for c in candidates) and key[0] not in ORGANISATION_WORDS | SEATS:
        return prefix[:1]
    return given


def _junior_of(entity: Entity, candidates: list[Candidate]) -> bool:
    """A "Jr." who comes in late is not the one whom the article has called by the family name all along."""
    if not set(entity.key) & {"jr", "ii", "iii"}:
        return False
    first = min(c.start for c in entity.candidates)
    return sum(c.start < first for c in candidates) > 3


def _initials(entity: Entity) -> str:
    return "".join(word[0] for word in entity.key if word not in _SMALL or word == "us")


def _choose(fuller: list[Entity], candidate: Candidate) -> Entity | None:
    """Among several of one family: the titled gender, then whoever was named in full last, then the first named."""
    if len(fuller) > 1:
        gender = _titled_gender(candidate.titles)
        fitting = [e for e in fuller if gender in (None, _gender(e) or gender)] or fuller
        plain = [e for e in fitting if not set(e.key) & HONORIFIC_SUFFIXES] or fitting
        known = [e for e in plain if e.candidates[0].start < candidate.start] or plain
        recent = max(known, key=lambda e: max((c.start for c in e.candidates if c.start < candidate.start), default=-1))
        first = min(known, key=lambda e: e.candidates[0].start)
        last_recent = max((c.start for c in recent.candidates if c.start < candidate.start), default=-1)
        last_first = max((c.start for c in first.candidates if c.start < candidate.start), default=-1)
        return recent if last_recent - last_first > 400 else first
    entity = fuller[0]
    place = candidate.votes["place"] > candidate.votes["person"] + 3 and not candidate.titles
    return None if place and entity.kind == "person" and " ".join(candidate.key) in territories() else entity


def _titled_gender(titles: tuple[str, ...]) -> Literal["female", "male"] | None:
    if set(titles) & FEMALE_TITLES:
        return "female"
    return "male" if set(titles) & MALE_TITLES else None


def _gender(entity: Entity) -> Literal["female", "male"] | None:
    if entity.kind != "person":
        return None
    tally: Counter[str] = Counter()
    for candidate in entity.candidates:
        gender = _titled_gender(candidate.titles)
        if gender:
            tally[gender] += 3
    for role in entity.roles:
        words = role.lower().replace("-", " ").split()
        head = words[-1:] if " of " not in role else words
        tally["female"] += 2 * bool(set(head) & FEMALE_NOUNS)
        tally["male"] += 2 * bool(set(head) & MALE_NOUNS)
    longest = max((c.key for c in entity.candidates), key=len)
    given = next((w for w in longest[:-1] if len(w) > 1), longest[0])
    tally["female"] += 2 * (given in FEMALE_NAMES and given not in MALE_NAMES)
    tally["male"] += 2 * (given in MALE_NAMES and given not in FEMALE_NAMES)
    if tally["female"] == tally["male"]:
        return None
    return "female" if tally["female"] > tally["male"] else "male"
