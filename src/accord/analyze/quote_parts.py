"""Where an attribution names its source, its cue and its content, read off the parse; as PolNeAR's guidelines count.

A source is a noun phrase with what describes it ("Ana Paz, the mayor of Calder,"), a cue the verb with its auxiliaries
and adverbs ("has also said") or the words that attribute ("according to"), a content the whole clause with its "that",
its quotation marks and the comma before a closing mark (Newell, Margolin and Ruths, LREC 2018).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.analyze.lexicon_speech import ADDRESSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from accord.analyze.attribution import Cue, Frame
    from accord.models.attribution_windows import Range

_MARKS = "“”„«»\"'‘’"
_DOUBLE = frozenset('“”„«»"')
_RELATIVE = frozenset({"who", "which", "that"})
_DESCRIBING = frozenset({"appos", "relcl", "acl"})
_LEFT_OF_CUE = frozenset({"aux", "auxpass", "neg", "advmod"})
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "pcomp", "parataxis", "relcl", "acl"})
_OBJECTS = frozenset({"dobj", "ccomp", "xcomp", "prep", "oprd", "attr", "acomp", "advcl", "pobj"})
_ENDS = frozenset({",", ".", ";", ":", "—", "–", "-", "--", "?", "!"})


def marked_range(text: str, frame: Frame) -> Range:
    """Return the range of a marked stretch with its marks.

    'She said “I will.”' -> the range of '“I will.”'.
    """
    start, end = frame.marked.start, frame.marked.end
    while start > 0 and text[start - 1] == " ":
        start -= 1
    if start > 0 and text[start - 1] in _MARKS:
        start -= 1
    else:
        start = frame.marked.start
    if frame.marked.closed:
        stop = end
        while stop < len(text) and text[stop] == " ":
            stop += 1
        if stop < len(text) and text[stop] in _MARKS:
            end = stop + 1
    return start, end


def source_range(doc: Doc, index: int, cue: int) -> Range:
    """Return the range of the noun phrase that token `index` heads, for the cue at token `cue`.

    'Ana Paz, the mayor of Calder, said' -> the range of 'Ana Paz, the mayor of Calder,'.
    """
    verb = doc[cue]
    relative = next((child for child in verb.children if child.lower_ in _RELATIVE and child.dep_ == "nsubj"), None)
    if relative is not None and verb.dep_ == "relcl" and verb.head.i == index:
        return _range(doc, relative.i, relative.i + 1)
    head = doc[index]
    own = [token.i for token in head.subtree if not _hangs_on(token, head, verb)]
    first = last = index
    while first - 1 in own:
        first -= 1
    while last + 1 in own:
        last += 1
    while last > index and (doc[last].is_space or doc[last].is_quote or doc[last].text in _ENDS):
        last -= 1
    while first < index and (doc[first].is_space or doc[first].is_punct):
        first += 1
    for token in doc[first : last + 1]:
        if token.is_quote or "\n" in token.text:
            if token.i > index:
                last = token.i - 1
                break
            first = token.i + 1
    described = any(token.text == "," for token in doc[index : last + 1]) and any(
        child.dep_ in _DESCRIBING for token in doc[index : last + 1] for child in token.children if child.i > index
    )
    if described and last + 1 < len(doc) and doc[last + 1].text == ",":
        last += 1
    return _range(doc, first, last + 1)


def _hangs_on(token: Token, head: Token, verb: Token) -> bool:
    """Whether a token of the phrase of `head` belongs to the clause of `verb`, or to a clause after the phrase."""
    while token.i != head.i:
        if token.i == verb.i:
            return True
        if token.dep_ in ("advcl", "ccomp", "parataxis", "conj") and token.head.i == head.i and token.pos_ == "VERB":
            return True
        token = token.head
    return False


def cue_range(doc: Doc, cue: int) -> Range:
    """Return the range of the words of a cue: 'has also said', 'according to', 'pointed out'."""
    token = doc[cue]
    first, last = cue, cue
    if token.lower_ == "according" and cue + 1 < len(doc):
        last += 1
    elif token.tag_[:2] == "VB":
        while first > 0 and doc[first - 1].head.i == cue and doc[first - 1].dep_ in _LEFT_OF_CUE:
            first -= 1
        while last + 1 < len(doc) and doc[last + 1].head.i == cue and doc[last + 1].dep_ == "prt":
            last += 1
    return _range(doc, first, last + 1)


def clause_range(doc: Doc, verb: int, head: int) -> Range | None:
    """Return the range of the clause of token `head` that the verb reports, its "that" kept, the rest cut off.

    The clause stands on one side of the verb. None if nothing is left of it.
    """
    return trimmed_tokens(doc, [token.i for token in doc[head].subtree], verb, head)


def trimmed_tokens(doc: Doc, tokens: Sequence[int], verb: int, head: int) -> Range | None:
    """Return the range of the run of `tokens` around `head` on its side of `verb`, without commas at its ends."""
    own = set(tokens)
    first = last = head
    while first - 1 in own and (first - 1 > verb or head < verb):
        first -= 1
    while last + 1 in own and (last + 1 < verb or head > verb) and doc[last + 1].lower_ != "according":
        last += 1
    while first < last and (doc[first].is_space or doc[first].text in _ENDS):
        first += 1
    while last > first and (doc[last].is_space or doc[last].text in _ENDS):
        last -= 1
    return _range(doc, first, last + 1) if any(token.is_alpha for token in doc[first : last + 1]) else None


def object_range(doc: Doc, verb: int, last: int) -> Range:
    """Return what stands between a verb and the last token of what it attributes: 'called [the plan “a gift”]'.

    Whom it is said to ("told reporters") is left out.
    """
    first = verb + 1
    while first < last and (doc[first].dep_ in ("prt", "advmod") and doc[first].head.i == verb):
        first += 1
    if doc[verb].lemma_ in ADDRESSED:
        said_to = [c for c in doc[verb].children if c.i >= first and c.dep_ in ("dobj", "dative") and c.i < last]
        if said_to:
            first = min(said_to[0].right_edge.i + 1, last)
    while first < last and (doc[first].is_space or doc[first].text in _ENDS):
        first += 1
    return _range(doc, first, max(first, last) + 1)


def closed(text: str, place: Range, limit: int) -> Range:
    """Return a range stretched over the closing mark where it ends inside quotation marks.

    'the plan was “too little' -> 'the plan was “too little.”'.
    """
    start, end = place
    inside = _open_mark(text, start, end)
    if not inside:
        return place
    stop = next((at for at in range(end, min(limit, end + 4, len(text))) if text[at] in '”"»'), None)
    return (start, stop + 1) if stop is not None else place


def _open_mark(text: str, start: int, end: int) -> bool:
    is_open = False
    for character in text[start:end]:
        if character in _DOUBLE:
            is_open = character in "“„«" or (character == '"' and not is_open)
    return is_open


def _range(doc: Doc, first: int, end: int) -> Range:
    tokens = doc[first:end]
    return int(tokens.start_char), int(tokens.end_char)


def content_range(doc: Doc, text: str, frame: Frame, cue: Cue) -> Range:
    """Return the range of what the `cue` attributes around a marked stretch: the clause that it is part of, or itself.

    'said the plan was “too little.”' -> 'the plan was “too little.”'; '“Too little,” she said' -> '“Too little,”'.
    """
    marks = marked_range(text, frame)
    verb = doc[cue.token]
    if not frame.before or doc[frame.before[-1]].text in (":", ",") or frame.before[-1] == cue.token:
        return marks
    if verb.lower_ in ("according", "per"):
        return _around_according(doc, frame, cue, marks)
    if verb.tag_[:2] != "VB":
        return marks
    if cue.token in frame.after:
        first = next((i for i in frame.before if doc[i].is_alpha or doc[i].is_digit), frame.first)
        return min(doc[first].idx, marks[0]), marks[1]
    for head in (verb, *(c for c in verb.children if c.dep_ == "conj")):
        for child in head.children:
            if child.dep_ == "ccomp" and child.i > cue.token and child.left_edge.i <= frame.first <= child.right_edge.i:
                found = clause_range(doc, cue.token, child.i)
                if found is not None:
                    return closed(text, (min(found[0], marks[0]), max(found[1], marks[1])), len(text))
    near = [i for i in frame.before if i > cue.token]
    if len(near) > 25:
        return marks
    found = object_range(doc, cue.token, max(frame.last - 1, cue.token + 1))
    return min(found[0], marks[0]), marks[1]


def _around_according(doc: Doc, frame: Frame, cue: Cue, marks: Range) -> Range:
    if cue.token in frame.after:
        first = next((i for i in frame.before if doc[i].is_alpha or doc[i].is_digit), frame.first)
        return min(doc[first].idx, marks[0]), marks[1]
    return marks
