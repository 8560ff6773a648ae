"""Finds reported speech: "Ebrard said that they would not" -> the content clause, as an indirect quote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from accord.analyze.attribution import subject_of
from accord.analyze.lexicon_speech import STRONG
from accord.records import Quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from accord.analyze.attribution import Frame
    from accord.analyze.reading import Reading
    from accord.analyze.speakers import Speakers

_SHORTEST = 3
_DECLINING = frozenset({"decline", "refuse", "fail", "want", "try", "need"})
_CLOSING_MARK = re.compile('[.,!?]?[”"]')
_REPORTING = STRONG - {"order", "demand", "post", "fire", "rule", "laugh", "sing", "text", "write"} | {"write"}


def find_reported(reading: Reading, speakers: Speakers, frames: Sequence[Frame]) -> list[Quote]:
    """Return one indirect quote for every content clause of a verb of speech that stands outside quotation marks."""
    doc = reading.doc
    quoted = {i for frame in frames for i in range(frame.first, frame.last)}
    body = [(s.start, s.end) for s in reading.body()]
    found: list[Quote] = []
    for token in doc:
        if token.i in quoted or token.lemma_.lower() not in _REPORTING or token.pos_ != "VERB" or _unsaid(token):
            continue
        bounds = next(((start, end) for start, end in body if start <= token.idx < end), None)
        content = _content(token) if bounds is not None else None
        if content is None or bounds is None:
            continue
        start, end = _span(reading, token, content, bounds)
        inside = [frame for frame in frames if frame.marked.start < end and start < frame.marked.end]
        if (
            any(_covers(frame, start, end) or frame.marked.start <= start for frame in inside)
            or len(reading.article.text[start:end].split()) < _SHORTEST
        ):
            continue
        subject = subject_of(doc, token.i)
        speaker = speakers.resolve(subject) if subject is not None else None
        if speaker is None:
            continue
        found.append(
            Quote(
                article=reading.article.id,
                start=start,
                end=end,
                text=reading.article.text[start:end],
                kind="indirect",
                speaker=speaker.text,
                cue=token.text,
                speaker_id=speaker.name.id if speaker.name is not None else None,
            )
        )
    return found


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


def _span(reading: Reading, verb: Token, content: Token, bounds: tuple[int, int]) -> tuple[int, int]:
    tokens = sorted((t for t in content.subtree if bounds[0] <= t.idx < bounds[1]), key=lambda t: t.i)
    if content.i > verb.i:
        tokens = [t for t in tokens if t.i > verb.i]
    else:
        tokens = [t for t in tokens if t.i < verb.i]
    while len(tokens) > 1 and (
        tokens[0].is_punct or tokens[0].is_space or tokens[0].lower_ in ("that", "whether", "if")
    ):
        tokens = tokens[1:]
    while len(tokens) > 1 and (tokens[-1].is_space or tokens[-1].text in (",", ".", ";", ":", "—", "–", "-")):
        tokens = tokens[:-1]
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    text = reading.article.text
    open_mark = max(text.rfind("“", start, end), text.rfind('"', start, end) if text.count('"', start, end) % 2 else -1)
    if open_mark >= 0 and not any(mark in text[open_mark + 1 : end] for mark in '”"'):
        rest = _CLOSING_MARK.match(text, end, bounds[1] + 2)
        end = rest.end() if rest else end
    return start, end


def _unsaid(verb: Token) -> bool:
    """What nobody said: "it was not suggested that", "he declined to say whether", "she did not say that"."""
    deps = {child.dep_ for child in verb.children}
    if "neg" in deps or ("auxpass" in deps and "agent" not in deps):
        return True
    return verb.dep_ == "xcomp" and verb.head.lemma_ in _DECLINING


def _covers(frame: Frame, start: int, end: int) -> bool:
    """The clause is the marked stretch itself, not a clause that quotes some of its words."""
    shared = min(end, frame.marked.end) - max(start, frame.marked.start)
    return shared >= 0.6 * (end - start)
