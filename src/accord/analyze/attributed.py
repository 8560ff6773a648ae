"""Puts what the attribution model answers on the tokens of an article: the head of each source, the head of each cue.

The model labels characters; who a source means and what kind of cue it is are read off the parse.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from accord.analyze.attribution import subject_of
from accord.analyze.lexicon_speech import STRONG
from accord.analyze.quote_parts import source_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc, Span, Token

    from accord.models.attribution import Attribution
    from accord.models.attribution_windows import Range
    from accord.records import Sentence

_FEW_CHARACTERS = 12
_MARKS = "“”\"‘’'"
_NOMINAL = frozenset({"PROPN", "NOUN", "PRON"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "pobj", "poss"})
_VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution of the model: character ranges, and the tokens of the cue's and the source's head (or -1)."""

    source: Range | None
    cue: Range | None
    content: tuple[Range, ...]
    score: float
    verb: int = -1
    head: int = -1

    def share(self, start: int, end: int) -> float:
        """Return how much of a range of characters the content covers, 0 to 1."""
        covered = sum(max(0, min(end, stop) - max(start, first)) for first, stop in self.content)
        return covered / max(1, end - start)

    def main(self) -> Range:
        """Return the piece of the content that stands nearest to the cue, the longest one if there is no cue."""
        if self.cue is None:
            return max(self.content, key=lambda piece: piece[1] - piece[0])
        start, end = self.cue
        long = [piece for piece in self.content if piece[1] - piece[0] >= _FEW_CHARACTERS] or self.content
        return min(long, key=lambda piece: max(piece[0] - end, start - piece[1]))

    def words(self, doc: Doc) -> str:
        """Return the words of the cue: "has also said"."""
        cue = _span(doc, self.cue)
        return cue.text if cue is not None else ""

    def word(self, doc: Doc) -> str | None:
        """Return the verb of the cue, or its words where it has none: "said", "according to"."""
        if self.cue is None:
            return None
        verb = doc[self.verb]
        return str(verb.text) if verb.pos_ in _VERBAL and verb.lower_ != "according" else self.words(doc)


def running_paragraphs(sentences: Sequence[Sentence]) -> tuple[Range, ...]:
    """Return the character ranges of the paragraphs of running text, furniture left out."""
    found: list[Range] = []
    for _, group in groupby((s for s in sentences if s.furniture is None), key=lambda s: s.paragraph):
        same = list(group)
        found.append((same[0].start, same[-1].end))
    return tuple(found)


def place(doc: Doc, attributions: Iterable[Attribution]) -> list[Attributed]:
    """Return the attributions with the tokens that head their cue and source, those without content left out.

    A source stands in the sentence of its cue (in PolNeAR, all but one in a thousand), what is reported without marks
    too, and a quotation in its paragraph: a link that leads elsewhere has gone astray. Where that leaves a verb
    without a source, its subject is the source.
    """
    text = doc.text
    found = []
    for each in attributions:
        cue, source = _span(doc, each.cue), _span(doc, each.source)
        content = tuple(sorted(p for p in each.content if cue is None or _near(doc, text, cue, p)))
        if not content:
            continue
        verb = _cue_head(cue) if cue is not None else -1
        own = _own_subject(doc, verb, source) if source is not None and verb >= 0 else None
        where: Range | None
        if own is not None:
            where, head = source_range(doc, own, verb), own
        elif source is not None and (cue is None or source[0].sent.start == cue[0].sent.start):
            where, head = each.source, _source_head(source)
        else:
            head = _subject(doc, verb, content) if verb >= 0 and doc[verb].tag_[:2] == "VB" else -1
            where = source_range(doc, head, verb) if head >= 0 else None
        found.append(Attributed(where, each.cue if cue is not None else None, content, each.score, verb, head))
    return found


def _own_subject(doc: Doc, verb: int, source: Span) -> int | None:
    """The noun that is a verb's own subject, where the source is another one that does not stand nearer.

    "Paz left after the miners had urged Moss to stay": the miners urged, whatever the model says.
    """
    for child in doc[verb].children:
        if child.dep_ == "nsubj" and child.pos_ in ("NOUN", "PROPN"):
            inside = source.start <= child.i < source.end
            related = any(t.i == child.i for token in source for t in token.ancestors if t.i != verb)
            nearer = min(child.i, verb) < source.start < max(child.i, verb)
            return None if inside or related or nearer else int(child.i)
    return None


def _subject(doc: Doc, verb: int, content: Sequence[Range]) -> int:
    """The subject of a verb, if it stands in its sentence and not in the content; else -1."""
    subject = subject_of(doc, verb)
    if subject is None or doc[subject].sent.start != doc[verb].sent.start:
        return -1
    return subject if not any(start <= doc[subject].idx < end for start, end in content) else -1


def _near(doc: Doc, text: str, cue: Span, piece: Range) -> bool:
    """Whether a piece stands in its cue's sentence, is a quotation of the same paragraph, or follows its colon."""
    between = text[min(cue.end_char, piece[1]) : max(cue.start_char, piece[0])]
    if "\n" in between:
        return between.lstrip(" ").startswith(":") and not any(map(str.isalnum, between))
    tokens = _span(doc, piece)
    return (
        tokens is None
        or tokens[0].sent.start == cue[0].sent.start
        or any(mark in text[slice(*piece)] for mark in _MARKS)
    )


def _span(doc: Doc, place: Range | None) -> Span | None:
    span = doc.char_span(*place, alignment_mode="expand") if place is not None else None
    return span if span is not None and len(span) else None


def _cue_head(cue: Span) -> int:
    """The verb of "has also said" and of "said in a written note", else the noun of "in a note", else the word."""
    root = cue.root
    verbs = [t for t in cue if t.tag_[:2] == "VB" and not (t.tag_ == "VBN" and t.dep_ in ("amod", "acl"))]
    said = [token for token in verbs if token.lemma_.lower() in STRONG]
    if said:
        return int(said[-1].i)
    if root.pos_ in _VERBAL or root.pos_ == "NOUN":
        return int(root.i)
    return int(verbs[-1].i) if verbs else int(root.i)


def _source_head(source: Span) -> int:
    """The head of the noun phrase: what hangs on a word outside, a subject before anything else."""
    until = next((token.i for token in source if token.text == "," and token.i > source.start), source.end)
    nominal = [t for t in source if (t.pos_ in _NOMINAL or t.lower_ in ("one", "some")) and t.i < until]
    outside = [token for token in nominal if _leaves(token, source)]
    subjects = [token for token in outside if token.dep_ in _SUBJECTS]
    if subjects or outside:
        return int((subjects or outside)[0].i)
    if source.root.pos_ in _NOMINAL and source.root.i < until:
        return int(source.root.i)
    return int(nominal[-1].i) if nominal else int(source.root.i)


def _leaves(token: Token, source: Span) -> bool:
    return not source.start <= token.head.i < source.end or token.head.i == token.i
