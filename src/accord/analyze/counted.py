"""Says what a quantity counts, in the article's words, from the dependency parse."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from accord.analyze.humans import words

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 10
"""Words of the longest description."""

NOUNS = ("NOUN", "PROPN")
_INSIDE = ("amod", "compound", "nmod", "poss", "npadvmod")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_OBJECTS = ("dobj", "attr", "oprd", "dative", "acomp")
_STOP = words(
    """
    a an the this that these those such its his her their our my your more less than about around some nearly almost
    over at least most up to as many much few fewer just only own other another any all both each every which who
    whom whose what be is are was were been being have has had do does did will would can could may might must shall
    should not n't also now then there so too very it he she they we i you him them us me and or but if when while
    where
    """
)


def describe_noun(head: Token, skip: Iterable[Token] = ()) -> str:
    """Return the counted noun with its key modifiers, and what happens to it: "migrants Mexico detained"."""
    chosen = _phrase(head, depth=2)
    if len(_content(chosen)) < 5:
        chosen |= _clause_of(head)
    return _words(chosen, skip)


def describe_use(anchor: Token, skip: Iterable[Token] = ()) -> str:
    """Return what an amount, share or duration belongs to: the noun it modifies, or its clause."""
    skip = set(skip)
    chosen = {
        token for child in anchor.children if child.dep_ in ("prep", "relcl", "acl") for token in _branch(child, 2)
    }
    chosen -= skip
    holder = _holder(anchor, skip)
    if holder is not None and holder.pos_ in NOUNS:
        chosen |= _phrase(holder, depth=2)
        if len(_content(chosen - skip)) < 4:
            chosen |= _clause_of(holder)
    elif holder is not None:
        chosen |= _clause(holder) | ({holder} if holder.pos_ == "ADJ" else set())
    if len(_content(chosen - skip)) < 2:
        chosen |= _wider(anchor if holder is None else holder)
    return _words(chosen, skip)


def _wider(token: Token) -> set[Token]:
    """Take the clause above, for what stands without a noun of its own."""
    at = token
    for _ in range(6):
        if at.head == at:
            break
        at = at.head
        if at.pos_ in ("VERB", "AUX"):
            clause = _clause(at)
            if any(word.pos_ in NOUNS for word in _content(clause)):
                return clause
        elif at.pos_ in NOUNS:
            return _phrase(at, 1)
    return set()


def describe_owner(token: Token, skip: Iterable[Token] = ()) -> str:
    """Return a person in full, with the name beside a role: "Dana Whitlock", "brother Lee"."""
    skip = set(skip)
    if token.dep_ == "appos" and token.head.pos_ == "PROPN" and token.head not in skip:
        token = token.head
    chosen = _phrase(token, depth=0)
    for child in token.children:
        if child.dep_ == "appos" and child.pos_ == "PROPN":
            chosen |= _phrase(child, depth=0)
    return _words({word for word in chosen if word.pos_ in NOUNS}, skip)


def find_noun(last: Token, stop: int) -> Token | None:
    """Return the noun that a number ending at `last` counts: "senators" in "two of the former senators".

    `stop` is the end of the sentence. None where no noun follows.
    """
    doc, at = last.doc, last.i + 1
    run: list[Token] = []
    if at + 1 < stop and doc[at].lower_ == "or" and doc[at + 1].lower_ in ("so", "more"):
        at += 2
    if at + 1 < stop and doc[at].lower_ in ("more", "others") and doc[at + 1].lower_ == "of":
        at += 1
    after_of = at < stop and doc[at].lower_ == "of"
    at += after_of
    if at < stop and doc[at].text in ("”", '"', "’"):
        at += 1
    while at < stop:
        token = doc[at]
        if _in_noun_phrase(token, stop):
            run.append(token)
        elif not (after_of and not run and token.tag_ in ("DT", "PRP$", "PDT")):
            break
        at += 1
    nouns = [token for token in run if token.pos_ in NOUNS]
    if not nouns:
        return _as_people(run) if after_of or (run and run[0].tag_ == "JJ") else None
    return last.head if last.head in nouns and last.head.tag_ != "NNP" else _end_of_run(run)


_AS_PEOPLE = words(
    """
    dead injured wounded missing elderly unemployed homeless sick disabled poor rich young accused
    """
)


def _as_people(run: list[Token]) -> Token | None:
    """Return an adjective that stands for people: "five of the dead"."""
    return next((token for token in run if token.lower_ in _AS_PEOPLE), None)


def stands_for_people(token: Token) -> bool:
    """Tell whether an adjective or "others" stands for people: "the dead", "20 others"."""
    return token.lower_ in _AS_PEOPLE or token.lower_ == "others"


def _in_noun_phrase(token: Token, stop: int) -> bool:
    """Tell whether a token may stand between a number and the end of what it counts."""
    if token.pos_ in ("ADJ", "NOUN", "PROPN", "NUM") or token.tag_ == "POS" or token.text in ("“", '"', "‘", "-"):
        return True
    return token.tag_ in ("VBN", "VBG", "HYPH", "RBS", "RB", ",") and _goes_on(token, stop)


def _end_of_run(run: list[Token]) -> Token:
    """Return the noun that ends the first unbroken run of nouns."""
    last = run[0]
    for token in run:
        if token.tag_ == "," and last.pos_ in NOUNS:
            break
        if token.pos_ in NOUNS:
            last = token
            following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
            if token.tag_ in ("NNS", "NNPS") and not (following is not None and following.tag_ in ("POS", "HYPH")):
                break
    return last


def _goes_on(token: Token, stop: int) -> bool:
    following = token.i + 1
    return following < stop and token.doc[following].pos_ in ("ADJ", "NOUN", "PROPN", "VERB", "PUNCT") and (
        token.tag_ != "," or (token.nbor(-1).pos_ == "ADJ" and token.nbor().pos_ == "ADJ")
    )  # fmt: skip


_EXTENT = words(
    """
    tall long high deep wide thick old away apart worth down up faster slower
    """
)


def _holder(anchor: Token, skip: set[Token]) -> Token | None:
    """Climb from an amount to the word that it measures."""
    at = anchor
    for _ in range(8):
        if at.head == at:
            return None if at in skip else at
        up = at.head
        if up in skip or at.dep_ in ("quantmod", "conj") or up.pos_ in ("ADP", "NUM", "SYM", "PUNCT", "PART"):
            at = up
            continue
        if (up.pos_ in ("ADV", "SCONJ") or up.lower_ in _EXTENT) and up.head != up:
            at = up
            continue
        return up
    return None


def _phrase(head: Token, depth: int) -> set[Token]:
    chosen = {head}
    for child in head.children:
        if child.i < head.i and child.dep_ in _INSIDE and child.pos_ not in ("PRON", "NUM", "DET"):
            chosen.add(child)
            chosen |= {t for t in child.subtree if t.i < head.i and t.pos_ in (*NOUNS, "ADJ")}
        elif child.i > head.i and depth and child.dep_ in ("prep", "relcl", "acl"):
            chosen |= _branch(child, depth - 1)
    return chosen


def _branch(child: Token, depth: int) -> set[Token]:
    """Take a preposition with its noun, or a relative clause with its verb and object."""
    chosen = {child}
    if child.dep_ in ("relcl", "acl"):
        chosen |= _clause(child)
        return chosen
    for grandchild in child.children:
        if grandchild.dep_ in ("pobj", "pcomp"):
            chosen |= _phrase(grandchild, depth) if grandchild.pos_ in NOUNS else _clause(grandchild)
        elif grandchild.dep_ == "prep":
            chosen |= _branch(grandchild, depth)
    return chosen


def _clause_of(head: Token) -> set[Token]:
    """Take the verb that a noun depends on, with its other main part."""
    at = head
    while at.dep_ in ("conj", "appos", "pobj", "prep", "compound", "nmod", "poss") and at.head != at:
        at = at.head
        if at.pos_ in ("VERB", "AUX"):
            break
        if at.pos_ in NOUNS and at != head:
            return _phrase(at, 0)
    verb = at if at.pos_ in ("VERB", "AUX") else at.head
    return _clause(verb) if verb.pos_ in ("VERB", "AUX") else set()


def _clause(verb: Token) -> set[Token]:
    """Take a verb with its subject, object, and prepositional phrases; a verb without a subject borrows its head's."""
    chosen = {verb} if verb.pos_ not in ("AUX", "PUNCT", "NUM") else set()
    for child in verb.children:
        if child.dep_ in _SUBJECTS or child.dep_ in _OBJECTS:
            if child.pos_ in NOUNS:
                chosen |= _phrase(child, 1)
            elif child.dep_ == "acomp":
                chosen.add(child)
        elif child.dep_ in ("prep", "agent", "prt", "xcomp"):
            chosen |= (
                _branch(child, 0)
                if child.dep_ != "xcomp"
                else ({child} | _clause(child) if len(chosen) < 12 else {child})
            )
    bare = not any(child.dep_ in _SUBJECTS for child in verb.children)
    if bare and verb.dep_ in ("advcl", "xcomp", "conj", "pcomp", "acl") and verb.head != verb:
        above = verb.head
        while above.pos_ not in ("VERB", "AUX") and above.head != above:
            above = above.head
        for child in above.children:
            if child.dep_ in _SUBJECTS and child.pos_ in NOUNS:
                chosen |= _phrase(child, 0)
    return chosen


def _content(tokens: Iterable[Token]) -> list[Token]:
    return [
        t
        for t in tokens
        if t.is_alpha and t.lower_ not in _STOP and t.pos_ not in ("ADP", "PART", "PUNCT", "NUM", "DET", "PRON")
    ]


_SCALE_LETTERS = ("m", "bn", "k", "tn", "million", "billion")


def _dangles(token: Token, after: Token | None) -> bool:
    """Tell whether a preposition has lost its noun: "to" where the number was left out."""
    return token.dep_ == "prep" and (after is None or not token.is_ancestor(after))


def _words(chosen: set[Token], skip: Iterable[Token]) -> str:
    """Put the chosen words in the article's order, loose ends trimmed."""
    left_out = set(skip)
    tokens = sorted((t for t in chosen if t not in left_out and not t.is_space), key=lambda t: t.i)
    tokens = [t for t in tokens if t.pos_ not in ("PUNCT", "SYM", "DET", "PRON") and not t.text.startswith(("'", "’"))]
    tokens = [t for at, t in enumerate(tokens) if not _dangles(t, tokens[at + 1] if at + 1 < len(tokens) else None)]
    tokens = [t for t in tokens if not t.like_num and t.lower_ not in _SCALE_LETTERS and any(map(str.isalnum, t.text))]
    while tokens and (tokens[0].pos_ in ("ADP", "PART", "SCONJ", "CCONJ") or tokens[0].lower_ in _STOP):
        tokens.pop(0)
    tokens = tokens[:LONGEST]
    while tokens and tokens[-1].pos_ in ("ADP", "PART", "SCONJ", "CCONJ"):
        tokens.pop()
    return " ".join(t.text for t in tokens)
