"""Finds every place that may state a future act: modal verbs, verbs, nouns and adjectives of commitment.

Recall comes first here; `commitment_features` says what speaks for and against each place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from accord.analyze.clauses import Clause, agent_of, is_passive, subject_of
from accord.analyze.commitment_words import ADJECTIVES, MODIFIERS, NOUNS, VERBS, Strength

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Span, Token

Frame = Literal["modal", "verb", "adjective", "noun", "modifier", "progressive"]


_WILL = frozenset({"will", "shall", "'ll", "’ll", "wo", "would", "'d", "’d", "ca", "can"})
_LIGHT = frozenset(
    {"make", "announce", "unveil", "release", "have", "give", "issue", "reject", "reach", "sign", "strike", "affirm"}
    | {"reiterate", "repeat", "raise", "sweeten", "approve", "back", "drop", "abandon", "reaffirm", "detail", "outline"}
)
_NOT_PROGRESSIVE = frozenset(
    {"be", "have", "say", "do", "go", "try", "look", "talk", "call", "ask", "tell", "think", "feel"}
)


_NEAR, _LONG = 5, 18


@dataclass(slots=True, eq=False)
class Candidate:
    """A place that may state a commitment.

    `cue` is the word that says so, `key` its lemma; `act` the verb or noun of what is to be done; `actor` the token of
    who is to act (or who says so); `[first, last)` the tokens of the span; `clause` the clause in which the cue stands;
    `joined` tells that the act is a further verb that the cue also governs.
    """

    cue: Token
    key: str
    frame: Frame
    strength: Strength
    act: Token
    actor: Token | None
    clause: Clause
    first: int
    last: int
    joined: bool = False


def find_candidates(sentence: Span, clauses: Sequence[Clause]) -> list[Candidate]:
    """Return the candidates of a parsed sentence, which has these `clauses`, in text order; they may overlap."""
    by_token = {index: clause for clause in clauses for index in clause.own}
    found: list[Candidate] = []
    for token in sentence:
        clause = by_token.get(token.i)
        if clause is None:
            continue
        for candidate in _at(token, clause):
            found.append(candidate)
            found.extend(_coordinates(candidate, by_token))
    return found


def _at(token: Token, clause: Clause) -> Iterator[Candidate]:
    """Yield what `token` may cue."""
    lemma = token.lemma_.lower()
    if token.tag_ == "MD" and token.lower_ in _WILL and (token.dep_ == "aux" or _has(token, "neg")):
        yield from _modal(token, clause)
    elif token.pos_ in {"VERB", "AUX"} and lemma == "go" and token.tag_ == "VBG" and _infinitive(token) is not None:
        yield _make(token, "going to", "modal", "planned", _infinitive(token) or token, clause)
    elif token.lemma_ == "be" and (act := _infinitive(token)) is not None and not _has(token, "acomp", "attr"):
        yield _make(token, "be to", "modal", "planned", act, clause)
    elif token.pos_ == "ADJ" and token.dep_ in {"acomp", "ROOT", "conj", "oprd"} and token.lower_ in ADJECTIVES:
        act = _infinitive(token) or _preposed(token) or token
        yield _make(token, token.lower_, "adjective", ADJECTIVES[token.lower_], act, clause)
    elif token.lower_ in MODIFIERS and token.dep_ in {"amod", "compound"} and token.head.pos_ in {"NOUN", "PROPN"}:
        yield _nominal(token, token.head, "modifier", MODIFIERS[token.lower_], clause)
    elif token.pos_ == "VERB" and token.lower_ in ADJECTIVES and is_passive(token):
        act = _infinitive(token) or _preposed(token) or token
        yield _make(token, token.lower_, "adjective", ADJECTIVES[token.lower_], act, clause)
    elif token.pos_ == "VERB" and lemma in VERBS:
        yield _make(token, lemma, "verb", VERBS[lemma], _infinitive(token) or _complement(token) or token, clause)
    elif token.pos_ == "VERB" and token.tag_ == "VBG" and _is_progressive(token):
        yield _make(token, "progressive", "progressive", "planned", token, clause)
    elif token.pos_ == "NOUN" and lemma in NOUNS:
        yield _nominal(token, token, "noun", NOUNS[lemma], clause)


def _modal(token: Token, clause: Clause) -> Iterator[Candidate]:
    """Yield what a modal verb cues; "can" only where somebody says that they cannot."""
    act: Token = token.head if token.dep_ == "aux" else token  # "they would not" leaves its verb out
    key = {"'ll": "will", "’ll": "will", "wo": "will", "'d": "would", "’d": "would", "ca": "can"}.get(
        token.lower_, token.lower_
    )
    if key == "can" and not (_has(act, "neg") and (subject_of(act) or token).lower_ in {"i", "we"}):
        return
    yield _make(token, key, "modal", "planned", act, clause)


def _make(cue: Token, key: str, frame: Frame, strength: Strength, act: Token, clause: Clause) -> Candidate:
    """Return the candidate whose span runs from its subject to the end of what completes its verb."""
    verb = act if frame == "modal" else cue
    first, last = extent(verb)
    return Candidate(cue, key, frame, strength, act, _actor(cue, act, frame, clause), clause, first, last)


def extent(verb: Token) -> tuple[int, int]:
    """Return the tokens `[first, last)` of the clause of `verb`, without verbs joined to it and without attribution."""
    while verb.dep_ in {"xcomp", "acomp", "oprd", "attr"} and verb.head.pos_ in {"VERB", "AUX"}:
        verb = verb.head
    left_out = {
        below.i
        for child in verb.children
        if (child.dep_ in {"conj", "parataxis", "ccomp"} and child.pos_ in {"VERB", "AUX"} and child.i < verb.i)
        or (child.dep_ in {"conj", "parataxis"} and child.pos_ in {"VERB", "AUX"})
        or (child.dep_ in {"advcl", "mark", "cc", "punct", "intj"} and child.i < verb.i)
        or (child.dep_ == "prep" and child.lower_ == "according")
        for below in child.subtree
    }
    kept = sorted(token.i for token in verb.subtree if token.i not in left_out)
    first = last = verb.i
    for index in kept:
        if index > verb.i and not any(between in left_out for between in range(last + 1, index)):
            last = index
    subject = subject_of(verb)
    start = min((i for i in kept if i <= verb.i), default=verb.i)
    near = True
    if subject is not None:
        last_of_subject = max(token.i for token in subject.subtree)
        near = verb.i - last_of_subject <= _NEAR and subject.right_edge.i - start <= _LONG
    first = start if near else min([c.i for c in verb.children if c.dep_ in {"aux", "auxpass", "neg"}] + [verb.i])
    doc = verb.doc
    while last > first and (doc[last].is_punct or doc[last].is_space or doc[last].dep_ == "cc"):
        last -= 1
    while first < last and (doc[first].is_punct or doc[first].is_space or doc[first].dep_ in {"cc", "mark"}):
        first += 1
    return first, last + 1


def _nominal(cue: Token, noun: Token, frame: Frame, strength: Strength, clause: Clause) -> Candidate:
    """Return the candidate of a noun: its phrase, or its clause where a light verb carries it."""
    below = [token.i for token in noun.subtree]
    last = max(below) + 1
    first = min(below)
    verb: Token = noun.head
    if noun.dep_ in {"dobj", "nsubjpass"} and verb.lemma_ in _LIGHT:
        whole = extent(verb)
        first, last = min(first, whole[0]), max(last, whole[1])
    while last - first > 1 and noun.doc[last - 1].is_punct:
        last -= 1
    act = next((child for child in noun.children if child.dep_ == "acl"), None) or _preposed(noun) or noun
    actor = next((child for child in noun.children if child.dep_ == "poss"), None)
    if actor is None:
        by = [child for child in noun.children if child.dep_ == "prep" and child.lower_ in {"by", "from", "between"}]
        actor = next((below for child in by for below in child.children if below.dep_ == "pobj"), None)
    if actor is None and noun.dep_ in {"dobj", "attr", "pobj"}:
        actor = clause.subject
    return Candidate(cue, noun.lemma_.lower(), frame, strength, act, actor, clause, first, last)


def _coordinates(candidate: Candidate, by_token: dict[int, Clause]) -> Iterator[Candidate]:
    """Yield the verbs joined to the act ("will hire a firm and train the staff"), which the cue also governs."""
    if candidate.frame not in {"modal", "verb", "adjective"} or candidate.act.pos_ not in {"VERB", "AUX"}:
        return
    bare = {"VB", "VBP"} if candidate.act.tag_ == "VB" else {candidate.act.tag_}
    joined = list(_joined(candidate.act))
    if candidate.cue.tag_ in {"VBD", "VBZ"}:  # the parser often hangs a bare verb on the finite one
        joined += _joined(candidate.cue)
    for act in joined:
        if act.tag_ not in bare or _has(act, "aux", "nsubj", "nsubjpass"):
            continue
        clause = by_token.get(act.i)
        if clause is None:
            continue
        yield replace(candidate, act=act, clause=clause, first=extent(act)[0], last=extent(act)[1], joined=True)


def _joined(verb: Token) -> Iterator[Token]:
    """Yield the words joined to `verb`, one after the other."""
    at = verb
    while (following := next((child for child in at.children if child.dep_ == "conj"), None)) is not None:
        yield following
        at = following


def _actor(cue: Token, act: Token, frame: Frame, clause: Clause) -> Token | None:
    """Return who the sentence makes act: the subject of the cue, the agent of a passive."""
    verb = act if frame == "modal" else cue
    if is_passive(verb):
        agent = agent_of(verb)
        if agent is not None:
            return agent
    own = (
        subject_of(verb)
        or subject_of(cue)
        or (subject_of(cue.head) if cue.dep_ in {"acomp", "xcomp", "oprd"} else None)
    )
    if own is not None and (own.tag_ in {"WDT", "WP"} or own.lower_ == "that") and clause.kind == "relative":
        return clause.subject
    return own or clause.subject


def _infinitive(token: Token) -> Token | None:
    """Return the "to" infinitive that completes `token`, or None."""
    for child in token.children:
        if (
            child.dep_ in {"xcomp", "advcl", "ccomp"}
            and child.i > token.i
            and any(below.dep_ == "aux" and below.lower_ == "to" for below in child.children)
        ):
            return child
    return None


def _complement(token: Token) -> Token | None:
    """Return the clause, gerund or object that completes `token`, or None."""
    for dep in ("ccomp", "xcomp", "dobj", "prep"):
        for child in token.children:
            if child.dep_ == dep and child.i > token.i:
                return (
                    child if dep != "prep" else next((below for below in child.children if below.dep_ == "pcomp"), None)
                )
    return None


def _preposed(token: Token) -> Token | None:
    """Return the gerund or noun after the preposition that completes `token` ("committed to building"), or None."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"to", "of", "for", "on", "about"}:
            return next((below for below in child.children if below.dep_ in {"pcomp", "pobj"}), None)
    return None


def _is_progressive(token: Token) -> bool:
    """Return whether the verb stands in a progressive that may speak of the future ("is leaving in May")."""
    return token.lemma_ not in _NOT_PROGRESSIVE and any(
        child.dep_ == "aux" and child.lemma_ == "be" and child.lower_ != "been" for child in token.children
    )


def _has(token: Token, *deps: str) -> bool:
    """Return whether a child of `token` stands in one of `deps`."""
    return any(child.dep_ in deps for child in token.children)
