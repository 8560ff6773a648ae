"""Adds to each name the titles and pronouns that mean it: "the vice president", "the company", "she".

Rules over the parse (after Lee et al. 2013 and Hobbs): a role phrase means the last person who was given that role; a
pronoun the nearest person of its gender, subjects before objects, running text before quoted words. Whose gender no
title, role or given name tells learns it from the pronouns that can only mean that person, in a first pass.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from accord.analyze.lexicon import words
from accord.analyze.lexicon_people import FEMALE_NOUNS, MALE_NOUNS, ROLE_NOUNS
from accord.analyze.lexicon_places import DEMONYMS, territories
from accord.analyze.lexicon_speech import STRONG
from accord.analyze.name_candidates import fold
from accord.analyze.quotation_marks import find_marked
from accord.records import Mention, Name, content_id

if TYPE_CHECKING:
    from typing import Literal

    from spacy.tokens import Doc, Token

    from accord.analyze.name_groups import Entity
    from accord.analyze.reading import Reading

_PRONOUNS: dict[str, Literal["female", "male"]] = {
    "he": "male",
    "him": "male",
    "his": "male",
    "himself": "male",
    "she": "female",
    "her": "female",
    "hers": "female",
    "herself": "female",
}
_RANKS = words("vice deputy prime assistant former first lieutenant general acting ex")
_SAME_ROLE = (
    frozenset({"rep", "representative", "congressman", "congresswoman", "lawmaker", "member"}),
    frozenset({"sen", "senator", "lawmaker"}),
    frozenset({"gov", "governor"}),
    frozenset({"spokesman", "spokeswoman", "spokesperson"}),
    frozenset({"ceo", "executive", "chief", "boss"}),
    frozenset({"lawyer", "attorney", "counsel"}),
    frozenset({"secretary", "minister"}),
    frozenset({"premier", "minister"}),
    frozenset({"chairman", "chairwoman", "chair"}),
    frozenset({"adviser", "advisor", "aide"}),
    frozenset({"prof", "professor"}),
    frozenset({"gen", "general"}),
)
_COMPANY_NOUNS = words(
    """company firm group corporation maker chipmaker automaker carmaker carrier airline retailer bank giant startup
    start-up business organization organisation association union charity nonprofit operator manufacturer"""
)
_BODY_NOUNS = words(
    """agency department ministry bureau office committee commission council court board university school college
    institute party administration authority service panel army police center centre hospital"""
)
_PUBLIC = words(
    """department ministry agency bureau office committee commission council court house senate congress parliament
    police army force board reserve"""
)
_TITLE_NOUNS = ROLE_NOUNS | _COMPANY_NOUNS | _BODY_NOUNS
_HEAD_OF_ROLE = re.compile(r" (?:for|of|at|in|to|from|on) |, ")
_CLAUSES = {"relcl": 0.1, "acl": 0.1, "advcl": 0.4, "ccomp": 0.55}
_REACH = 5


@dataclass(slots=True)
class _Seen:
    """One mention as the walk passes it: which entity, which sentence, how prominent."""

    entity: int
    token: int
    sentence: int
    subject: float
    quoted: bool


@dataclass(slots=True)
class _Walk:
    """The state of one pass over an article."""

    doc: Doc
    text: str
    entities: list[Entity]
    at: dict[int, tuple[int, int]]
    quoted: list[bool]
    seen: list[_Seen] = field(default_factory=list)
    mentions: list[tuple[int, Mention]] = field(default_factory=list)
    learned: list[Counter[str]] = field(default_factory=list)
    counts: Counter[int] = field(default_factory=Counter)
    ends: frozenset[int] = frozenset()


def add_references(reading: Reading, entities: list[Entity]) -> tuple[Name, ...]:
    """Return the finished names, mentions by name, title and pronoun in text order."""
    quoted = _quoted(reading)
    walk = _walk(reading, entities, quoted)
    for entity, learned in zip(entities, walk.learned, strict=True):
        if entity.kind == "person" and entity.gender is None and learned:
            entity.gender = "female" if learned["female"] > learned["male"] else "male"
    walk = _walk(reading, entities, quoted)
    return tuple(_name(reading, entity, index, walk) for index, entity in enumerate(entities))


def _name(reading: Reading, entity: Entity, index: int, walk: _Walk) -> Name:
    named = [Mention(c.start, c.end, reading.article.text[c.start : c.end]) for c in entity.candidates]
    mentions = sorted(named + [m for i, m in walk.mentions if i == index], key=lambda m: (m.start, m.end))
    name = " ".join(entity.name.split())
    forms = [" ".join(m.text.split()) for m in mentions if m.how != "pronoun"]
    return Name(
        id=content_id(reading.article.id, " ".join(fold(name))),
        name=name,
        kind=entity.kind,
        articles=(reading.article.id,),
        aliases=tuple(dict.fromkeys(form for form in forms if form != name)),
        mentions=tuple(mentions),
        role=entity.roles[0] if entity.roles else None,
        gender=entity.gender,
    )


def _quoted(reading: Reading) -> list[bool]:
    """Return for each token whether it stands in quoted words, single ones and short names in marks left out."""
    quoted = [False] * len(reading.doc)
    for marked in find_marked(reading.article.text):
        span = reading.doc.char_span(marked.start, marked.end, alignment_mode="expand")
        if span is not None and len(span) > 3:
            quoted[span.start : span.end] = [True] * len(span)
    return quoted


def _walk(reading: Reading, entities: list[Entity], quoted: list[bool]) -> _Walk:
    doc = reading.doc
    at = {c.first: (index, c.last) for index, e in enumerate(entities) for c in e.candidates}
    walk = _Walk(doc, reading.article.text, entities, at, quoted, learned=[Counter() for _ in entities])
    walk.ends = frozenset(last - 1 for _, last in at.values())
    inside = 0
    for number, sentence in enumerate(doc.sents):
        for token in sentence:
            place, word = token.i, token.lower_
            if place < inside:
                continue
            if place in at:
                index, inside = at[place]
                _see(walk, index, doc[inside - 1], number)
            elif word in _PRONOUNS and not quoted[place]:
                _pronoun(walk, token, number)
            elif word in _TITLE_NOUNS:
                _title(walk, token, number)
            elif word in ("it", "its") and not quoted[place]:
                _it(walk, token, number)
    return walk


def _see(walk: _Walk, index: int, head: Token, sentence: int) -> None:
    subject = 0.0
    for _ in range(3):
        if head.dep_ not in ("appos", "compound", "nmod", "flat") or head.head.i == head.i:
            break
        head = head.head
    if head.dep_ in ("nsubj", "nsubjpass"):
        subject = 1.0 if head.head.dep_ == "ROOT" else _CLAUSES.get(head.head.dep_, 0.7)
        subject += 0.2 * (head.head.lemma_ in STRONG)
    elif head.dep_ in ("poss", "conj", "appos", "compound"):
        subject = 0.2
    walk.counts[index] += 1
    walk.seen.append(_Seen(index, head.i, sentence, subject, walk.quoted[head.i]))


def _pronoun(walk: _Walk, token: Token, sentence: int) -> None:
    gender = _PRONOUNS[token.lower_]
    scores: dict[int, float] = {}
    for seen in reversed(walk.seen):
        entity = walk.entities[seen.entity]
        distance = sentence - seen.sentence
        if distance > _REACH:
            break
        if entity.kind != "person" or entity.gender not in (None, gender) or _clashes(walk.doc, token, seen):
            continue
        score = seen.subject - 0.8 * distance - 1.5 * seen.quoted + 0.02 * min(walk.counts[seen.entity], 8)
        score += 0.2 * (entity.gender == gender)
        scores[seen.entity] = max(scores.get(seen.entity, -99.0), score)
    if not scores:
        return
    best = max(scores, key=lambda index: (scores[index], -index))
    if len(scores) == 1 or sorted(scores.values())[-1] - sorted(scores.values())[-2] > 0.8:
        walk.learned[best][gender] += 1
    walk.mentions.append((best, Mention(token.idx, token.idx + len(token), token.text, "pronoun")))
    _see(walk, best, token, sentence)


def _clashes(doc: Doc, token: Token, seen: _Seen) -> bool:
    """An object pronoun is never the subject of its own verb, nor is a subject its own object."""
    other = doc[seen.token]
    if token.lower_ in ("himself", "herself") or token.dep_ == "poss":
        return False
    mine, its = _verb(token), _verb(other)
    return mine is not None and its is not None and mine.i == its.i


def _verb(token: Token) -> Token | None:
    """The verb of which a token is a direct argument (also through one preposition)."""
    if token.dep_ in ("nsubj", "nsubjpass", "dobj", "dative", "agent"):
        return token.head
    if token.dep_ == "pobj" and token.head.head.pos_ in ("VERB", "AUX"):
        return token.head.head
    return None


def _it(walk: _Walk, token: Token, sentence: int) -> None:
    """ "It" means the body or place that was subject of this sentence or the one before."""
    if token.dep_ not in ("nsubj", "poss") or token.head.lemma_ in ("be", "seem", "appear", "happen", "take"):
        return
    for seen in reversed(walk.seen):
        if sentence - seen.sentence > 1:
            return
        if seen.subject >= 0.7 and not seen.quoted and walk.entities[seen.entity].kind != "person":
            walk.mentions.append((seen.entity, Mention(token.idx, token.idx + len(token), token.text, "pronoun")))
            _see(walk, seen.entity, token, sentence)
            return


def _title(walk: _Walk, token: Token, sentence: int) -> None:
    """Link "the ... ROLE" to the last person (or body) it fits."""
    doc = walk.doc
    if token.i + 1 < len(doc) and (token.i + 1 in walk.at or doc[token.i + 1].lower_ in ROLE_NOUNS - {"chief"}):
        return
    first = token.i
    while first > 0 and not doc[first].is_sent_start and (first - 1 not in walk.ends or doc[first].text == "-"):
        before = doc[first - 1]
        if before.pos_ not in ("NOUN", "ADJ", "PROPN", "NUM") and before.text != "-" and before.tag_ != "VBN":
            break
        first -= 1
    definite = first > 0 and doc[first - 1].lower_ in ("the", "this", "that", "'s", "’s")
    if not definite and not (doc[first].lower_ in DEMONYMS and doc[first].is_sent_start):
        return
    hyphenated = {i for t in doc[first : token.i] if t.text == "-" for i in (t.i - 1, t.i, t.i + 1)}
    modifiers = [t.lower_ for t in doc[first : token.i] if t.i not in hyphenated and t.pos_ != "NUM"]
    owner = doc[first - 2].lower_ if doc[first - 1].lower_ in ("'s", "’s") and first > 1 else None
    if token.dep_ == "appos" and doc[first - 1].lower_ == "the":
        return
    start = doc[first - 1].idx if doc[first - 1].lower_ in ("the", "this", "that") else doc[first].idx
    person = token.lower_ in ROLE_NOUNS
    best = _holder(walk, token, modifiers, owner) if person else _body(walk, token, modifiers, sentence)
    if best is None:
        return
    if not _same_complement(walk, doc, token, best):
        return
    last = _after(doc, token)
    text = walk.text[start:last]
    walk.mentions.append((best, Mention(start, last, text, "title")))
    _see(walk, best, token, sentence)


def _same_complement(walk: _Walk, doc: Doc, token: Token, best: int) -> bool:
    """ "The head of the Labour Party" is not the head of another: what follows "of" must stand in the role too."""
    if token.i + 2 >= len(doc) or doc[token.i + 1].lower_ not in ("of", "for"):
        return True
    words = {t.lower_ for t in doc[token.i + 2 : token.i + 7] if t.text[0].isupper()}
    entity = walk.entities[best]
    known = {word for role in entity.roles for word in role.lower().split()} | set(entity.key)
    return not words or bool(words & known)


def _after(doc: Doc, token: Token) -> int:
    """Take in "of state" and the like after the role."""
    if token.i + 2 < len(doc) and doc[token.i + 1].lower_ == "of" and token.lower_ in ("secretary", "speaker", "head"):
        span = doc[token.i : token.i + 3]
        if doc[token.i + 2].lower_ in ("state", "defense", "defence", "staff"):
            return span.end_char
    return token.idx + len(token)


def _holder(walk: _Walk, token: Token, modifiers: list[str], owner: str | None) -> int | None:
    """Return the last mentioned person whose role in this article fits the phrase."""
    word = token.lower_
    words = {word}.union(*(group for group in _SAME_ROLE if word in group))
    if word == "leader":
        words |= {"president", "chancellor", "premier"}
    ranks = {*modifiers, word} & _RANKS
    gender = "female" if word in FEMALE_NOUNS else "male" if word in MALE_NOUNS else None
    fitting: dict[int, int] = {}
    for index, entity in enumerate(walk.entities):
        if entity.kind != "person" or (gender and entity.gender not in (None, gender)):
            continue
        for role in [*entity.roles, *(" ".join(c.titles) for c in entity.candidates[:6] if c.titles)]:
            said = (
                _HEAD_OF_ROLE.split(role.lower(), maxsplit=1)[0]
                .replace(".", "")
                .replace("-", " ")
                .replace("’s", "")
                .replace("'s", "")
                .split()
            )
            owned = owner is None or owner in role.lower() or _land(owner) in {_land(w) for w in said if _land(w)}
            if owned and words & _heads(said) and _fits(said, word, modifiers, ranks):
                fitting[index] = 1
    latest = [seen for seen in walk.seen if seen.entity in fitting]
    return latest[-1].entity if latest else None


def _heads(said: list[str]) -> set[str]:
    """The nouns that a role is about: the last word of each of its parts.

    >>> _heads("president spokesman and senior adviser".split()) == {"spokesman", "adviser"}
    True
    """
    heads = {word for word, after in zip(said, [*said[1:], "and"], strict=True) if after == "and"}
    return heads | ({"executive"} if "executive" in said and "chief" in said else set())


def _land(word: str) -> str | None:
    return DEMONYMS.get(word) or territories().get(word.replace(".", ""))


def _fits(said: list[str], word: str, modifiers: list[str], ranks: set[str]) -> bool:
    given = set(said)
    if ranks != (given & _RANKS):
        return False
    lands = {_land(m) for m in modifiers} - {None}
    theirs = {_land(m) for m in said} - {None}
    if lands and theirs and not lands & theirs:
        return False
    wanted = [m for m in modifiers if m not in DEMONYMS and m not in _RANKS]
    return not wanted or any(m in given for m in wanted) or word in ("president", "minister")


def _body(walk: _Walk, token: Token, modifiers: list[str], sentence: int) -> int | None:
    """Return the organisation that "the department" or "the company" means."""
    word = token.lower_
    for seen in reversed(walk.seen):
        entity = walk.entities[seen.entity]
        if entity.kind == "organisation" and word in entity.key:
            return seen.entity
    if word not in _COMPANY_NOUNS or modifiers:
        return None
    near: Counter[int] = Counter()
    for seen in walk.seen:
        entity = walk.entities[seen.entity]
        if sentence - seen.sentence <= 3 and entity.kind == "organisation" and not set(entity.key) & _PUBLIC:
            near[seen.entity] += 3 if seen.subject > 1 else 2 if seen.subject >= 0.7 else 1
    if not near:
        return None
    return max(near, key=lambda index: (near[index], index))
