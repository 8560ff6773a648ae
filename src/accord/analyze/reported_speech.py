"""Finds reported speech: "Ebrard said that they would not" -> the content clause, as an indirect quote.

What the attribution model finds counts as a report where its cue speaks, thinks or shows and its content is a clause:
an act that only implies words ("plans to", "agreed to", "protested") reports nothing. The rules read the clauses of
verbs of speech off the parse; they are asked where the model is silent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from accord.analyze.attribution import Cue, subject_of
from accord.analyze.lexicon import words
from accord.analyze.lexicon_speech import CUE_NOUNS, JUDGING, SHOWING, STRONG, THINKING, URGING
from accord.analyze.quote_parts import clause_range, closed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Span, Token

    from accord.analyze.attributed import Attributed
    from accord.analyze.attribution import Frame
    from accord.analyze.reading import Reading
    from accord.models.attribution_windows import Range

_SHORTEST = 3
_DECLINING = words(
    """decline refuse fail want try need ask plan intend expect prepare agree require call urge invite
    effort chance opportunity refusal failure reluctance"""
)
_REPORTING = STRONG - {"order", "demand", "post", "fire", "rule", "laugh", "sing", "text", "write"} | {"write"}
_SPEAKING = (STRONG | SHOWING) - words(
    "continue fire snap sing read text laugh fume sigh thunder quote speak talk cite"
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_DEPENDENT = frozenset({"relcl", "acl", "advcl", "amod", "compound", "npadvmod", "poss"})
_AUXILIARY = frozenset({"aux", "auxpass"})
_CLAUSAL = frozenset({"aux", "auxpass", "nsubj", "nsubjpass", "mark"})
_VERBS = "is|was|isn|wasn|will|would|won|has|had|does|did|doesn|didn|can|could|may|might|must|should|means|meant"
_OPENING = re.compile(
    rf"[\s,;:.—–-]*(?:that(?!\s+(?:{_VERBS})\b|['’]s)\b[\s,]*|whether\b[\s,]*|if\b\s*(?!.*,))?", re.I | re.S
)
_POINTING = re.compile(r"(?:that|this)\s*[:;]", re.I)  # "The board denies that: ...": what follows tells more, itself
_CLOSING = re.compile(r"[\s,.;:—–-]+$")
_NOT_YET = words("will would may might could should shall 'll 'd")
_NAMING = words("call label brand dub deem consider")
_SOURCED = words("according per")
_DENYING = words("no not never nobody neither nor without")
_CLEAR = ("clear", "clear:", "clear that")
_UNLIKELY = 0.3


def find_reported(reading: Reading, frames: Sequence[Frame]) -> Iterator[tuple[Cue, Range]]:
    """Yield the cue and the content of every verb of speech with a content clause outside quotation marks."""
    doc = reading.doc
    quoted = {i for frame in frames for i in range(frame.first, frame.last)}
    body = [(s.start, s.end) for s in reading.body()]
    for token in doc:
        if token.i in quoted or token.lemma_.lower() not in _REPORTING or token.pos_ != "VERB" or _unsaid(token):
            continue
        bounds = next(((start, end) for start, end in body if start <= token.idx < end), None)
        head = _content(token) if bounds is not None else None
        found = clause_range(doc, token.i, head.i) if head is not None else None
        if found is None or bounds is None:
            continue
        content = closed(
            reading.article.text, (max(found[0], bounds[0]), max(min(found[1], bounds[1]), found[0] + 1)), bounds[1] + 2
        )
        inside = [frame for frame in frames if frame.marked.start < content[1] and content[0] < frame.marked.end]
        if any(_covers(frame, *content) or frame.marked.start <= content[0] for frame in inside):
            continue
        subject = subject_of(doc, token.i)
        start, end = told(reading.article.text, content)
        if _POINTING.match(reading.article.text, *content):
            continue
        if subject is not None and len(reading.article.text[start:end].split()) >= _SHORTEST:
            yield Cue(token.i, token.text, subject, strong=True), content


def told(text: str, content: Range) -> Range:
    """Return the range of the words of a report: without "that" before them and the stop behind.

    'that the pier was safe,' -> 'the pier was safe'.
    """
    start, end = content
    opening = _OPENING.match(text, start, end)
    start = opening.end() if opening and opening.end() < end else start
    closing = _CLOSING.search(text[start:end])
    return start, start + closing.start() if closing and closing.start() > 0 else end


def is_report(doc: Doc, each: Attributed, *, least: float | None = None) -> bool:
    """Tell whether an attribution of the model reports what somebody says or thinks, as a clause."""
    if each.cue is None or each.verb < 0 or each.score < (_UNLIKELY if least is None else least):
        return False
    verb = doc[each.verb]
    lemma = verb.lemma_.lower()
    piece = doc.char_span(*each.main(), alignment_mode="expand")
    if piece is None or len(piece) == 0 or sum(token.is_alpha for token in piece) < _SHORTEST:
        return False
    cue = each.words(doc).lower().split()
    if verb.lower_ in _SOURCED:
        return _finite(piece)
    if _DENYING.intersection(cue):  # "found no evidence that"
        return False
    if verb.tag_[:2] != "VB":
        attributes = {lemma, verb.lower_} & (CUE_NOUNS | _SPEAKING | THINKING) or (verb.pos_ == "ADP" and len(cue) > 1)
        return bool(attributes) and _finite(piece)
    if _unsaid(verb):
        return False
    speaks = lemma in _SPEAKING or each.words(doc).endswith(_CLEAR)
    if speaks and (_is_clause(piece) or (lemma in URGING and _is_request(piece))):
        return True
    return (lemma in THINKING and _finite(piece)) or (lemma in JUDGING and _judges(doc, each, piece))


def _finite(piece: Span) -> bool:
    """Whether words hold a clause with a tense: "they will stay", not "to stay in what was their house"."""
    infinitive = len(piece) > 1 and piece[0].lower_ == "to" and piece[1].tag_ == "VB"
    return not infinitive and _is_clause(piece, finite=True)


def _is_clause(piece: Span, *, finite: bool = False) -> bool:
    """Whether words hold a clause of their own: not a noun phrase, whatever a relative clause says of it."""
    if piece[0].lower_ in ("that", "whether", "if", "how", "why", "what"):
        return not finite or any(token.tag_ in _FINITE for token in piece)
    for token in piece:
        if token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
            continue
        tensed = token.tag_ in _FINITE or any(c.dep_ in _AUXILIARY and c.tag_ in _FINITE for c in token.children)
        clausal = tensed or (not finite and any(c.dep_ in _CLAUSAL for c in token.children))
        if clausal and not _describes(token, piece):
            return True
    return False


def _is_request(piece: Span) -> bool:
    """ "the board to open talks": what somebody is asked to do."""
    return any(
        token.tag_ == "VB" and token.dep_ not in ("relcl", "acl") and any(c.lower_ == "to" for c in token.lefts)
        for token in piece
    )


def _describes(token: Token, piece: Span) -> bool:
    """Whether a verb stands in a clause that only describes a noun, or says what an act is for."""
    while True:
        if token.dep_ in _DEPENDENT:
            return True
        if token.head.i == token.i or not piece.start <= token.head.i < piece.end:
            return False
        token = token.head


def _judges(doc: Doc, each: Attributed, piece: Span) -> bool:
    """ "called the plan a gift", "described it as a gift", "accused them of lying"; not "praised the plan"."""
    for token in piece:
        if token.lower_ == "as":
            return True
        if token.tag_ == "VBG" and token.i > piece.start and doc[token.i - 1].lower_ in ("of", "for"):
            return True
    verb = doc[each.verb]
    named = verb.lemma_ in _NAMING and not any(child.dep_ == "prt" for child in verb.children)
    return named and each.cue is not None and each.cue[1] == verb.idx + len(verb)


def _content(verb: Token) -> Token | None:
    """The head of the clause that a verb of speech reports."""
    for child in verb.children:
        if child.dep_ == "ccomp" and child.pos_ in ("VERB", "AUX", "ADJ", "NOUN", "PROPN") and child.i > verb.i:
            return child
    if verb.dep_ == "ROOT" or verb.dep_ == "parataxis":
        for child in verb.children:  # "The talks went well, Paz said."
            if child.dep_ == "ccomp" and child.i < verb.i:
                return child
    return None


def _unsaid(verb: Token) -> bool:
    """What nobody said: "it was not suggested that", "he declined to say whether", "she should say that"."""
    if any(child.dep_ == "aux" and child.lower_ in _NOT_YET for child in verb.children):
        return True
    deps = {child.dep_ for child in verb.children}
    passive = "auxpass" in deps or (verb.tag_ == "VBN" and not deps & {"aux", "nsubj"} and verb.dep_ != "conj")
    if "neg" in deps or (passive and "agent" not in deps):
        return True
    return verb.dep_ in ("xcomp", "ccomp", "acl") and verb.tag_ == "VB" and verb.head.lemma_ in _DECLINING


def _covers(frame: Frame, start: int, end: int) -> bool:
    """The clause is the marked stretch itself, not a clause that quotes some of its words."""
    shared = min(end, frame.marked.end) - max(start, frame.marked.start)
    return shared >= 0.6 * (end - start)
