"""Finds who said a marked stretch of text: the words around it, its sentence's verbs of speech, the running speaker.

Order of evidence: an attribution right after the closing mark, one that leads up to the opening mark, any other in the
sentence, then the speaker who already has the floor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord.analyze.lexicon import words
from accord.analyze.lexicon_speech import CUE_NOUNS, NEAR_ONLY, STRONG, WEAK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from accord.analyze.quotation_marks import Marked

_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_LEADS_ON = words("and but which that as to for in with")
_CHARGES = frozenset(["accuse", "suspect", "blame", "criticize", "criticise", "convict"])
_SUBJECT = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Cue:
    """What attributes: the token of the verb (or noun, or "to" of "according to"), its words, and who (a token)."""

    token: int
    text: str
    subject: int
    strong: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A marked stretch in its sentence: token bounds, and the token numbers before and after it, quotes left out."""

    marked: Marked
    text: str
    first: int
    last: int
    before: tuple[int, ...]
    after: tuple[int, ...]


def make_frames(doc: Doc, text: str, marked: tuple[Marked, ...]) -> list[Frame]:
    """Return a frame for every marked stretch, in text order."""
    bounds = []
    for stretch in marked:
        span = doc.char_span(stretch.start, stretch.end, alignment_mode="expand")
        bounds.append((span.start, span.end) if span is not None else (0, 0))
    owner = {
        i: (first, text[stretch.end - 1])
        for stretch, (first, last) in zip(marked, bounds, strict=True)
        for i in range(first, last)
    }
    frames = []
    for stretch, (first, last) in zip(marked, bounds, strict=True):
        inner = text[stretch.start : stretch.end]
        before = _before(doc, first, owner)
        frames.append(Frame(stretch, inner, first, last, before, _after(doc, last, owner, inner[-1], bool(before))))
    return frames


def _before(doc: Doc, first: int, owner: dict[int, tuple[int, str]]) -> tuple[int, ...]:
    """The tokens of the sentence before the quote, quotes within it left out, nearest last.

    `owner` tells for every token in a marked stretch where the stretch begins and with which character it ends.
    """
    found: list[int] = []
    at = first - 1
    while at >= 0 and first - at < 90:
        token = doc[at]
        if "\n" in token.text:
            break
        if token.is_quote or token.text in ("'", "’", "‘") or token.is_space:
            at -= 1
            continue
        if at in owner:
            begin, ended = owner[at]
            if ended in ".?!" and (len(found) < 2 or not _goes_on(doc, found[-1])):
                break
            at = begin - 1
            continue
        if token.text in (".", "?", "!") or (token.is_sent_start and at < first - 1 and token.text[0].isupper()):
            if token.text not in (".", "?", "!"):
                found.append(at)
            break
        found.append(at)
        at -= 1
    return tuple(reversed(found))


def _goes_on(doc: Doc, index: int) -> bool:
    """After "“...?”": a lower-case word goes on with the sentence."""
    return doc[index].text[0].islower() or doc[index].is_quote


def _after(doc: Doc, last: int, owner: dict[int, tuple[int, str]], ended: str, led: bool) -> tuple[int, ...]:
    """The tokens of the sentence after the quote, up to a full stop or the end of the paragraph."""
    found: list[int] = []
    at = last
    while at < len(doc) and at - last < 90:
        token = doc[at]
        if "\n" in token.text or token.text in (".", "?", "!", ";"):
            break
        if at in owner:
            at += 1
            continue
        if not token.is_quote and not token.is_space and token.text not in ("’", "'"):
            begins = ended == "." or (ended in "?!" and led)
            if not found and begins and token.text[0].isupper():
                return ()
            found.append(at)
        at += 1
    return tuple(found)


def find_cues(doc: Doc, frame: Frame) -> Iterator[Cue]:
    """Yield the attributions that the sentence of a marked stretch offers, the best first."""
    yield from _right_after(doc, frame)
    yield from _leading(doc, frame)
    yield from _anywhere(doc, frame)
    yield from _weak(doc, frame)


def _right_after(doc: Doc, frame: Frame) -> Iterator[Cue]:
    """“...,” said X / “...,” X, who ..., told Y / “...?” he asked."""
    after = frame.after
    if after and doc[after[0]].text in (",", "—", "–"):
        comma, after = True, after[1:]
    else:
        comma = frame.text[-1] in ",?!—–…"
    if not after or not comma:
        return
    opener = doc[after[0]].lower_
    if opener in ("according", "per"):
        for i in frame.before:
            subject = subject_of(doc, i) if _is_cue(doc[i]) and doc[i].lemma_.lower() in STRONG else None
            if subject is not None and doc[subject].pos_ in ("PROPN", "PRON"):
                return
        yield from _according(doc, after[0])
        return
    if opener in _LEADS_ON and (opener != "in" or frame.before):
        return
    for order, index in enumerate(after[:40]):
        token = doc[index]
        lemma = token.lemma_.lower()
        heard = token.tag_ == "VBG" and token.dep_ == "xcomp"
        if (token.tag_ in _FINITE or heard) and (
            lemma in STRONG or (lemma in WEAK and order <= 4 and not frame.before)
        ):
            for child in token.children:  # "aides said Mr. Moss told colleagues"
                if child.dep_ == "ccomp" and child.lemma_ == "tell" and child.i in after:
                    subject = subject_of(doc, child.i)
                    if subject is not None and subject in after:
                        yield Cue(child.i, child.text, subject, True)
            for subject in (subject_of(doc, index), next_to(doc, index, after, order)):
                if subject is not None and subject in after:
                    yield Cue(index, token.text, subject, True)
            return


def next_to(doc: Doc, verb: int, within: tuple[int, ...], order: int) -> int | None:
    """The noun right before or right after the verb, a parenthesis skipped, for when the parse has lost the subject."""
    at = order - 1
    if at >= 0 and doc[within[at]].text == ",":
        at -= 1
        while at >= 0 and doc[within[at]].text != ",":
            at -= 1
        at = at - 1 if at >= 0 else order - 2
    while at >= 0 and (
        doc[within[at]].pos_ in ("ADV", "AUX", "PUNCT", "PART") or doc[within[at]].text[:2] in ("R-", "D-")
    ):
        at -= 1
    if at >= 0 and doc[within[at]].pos_ in ("PROPN", "NOUN", "PRON"):
        return within[at]
    found = None
    for index in within[order + 1 : order + 12]:
        token = doc[index]
        if token.pos_ in ("PROPN", "NOUN", "PRON"):
            found = index
            if token.pos_ == "PRON":
                break
        elif found is not None or token.pos_ not in ("DET", "ADJ", "NUM", "PART"):
            break
    return found


def _leading(doc: Doc, frame: Frame) -> Iterator[Cue]:
    """X said: “...” / X said that the plan was “...” / X called it “...”: the verb that governs, else the nearest."""
    before = frame.before
    if before and doc[before[-1]].lemma_ == "be":  # "his first comment was “...”"
        yield from (c for c in _noun_cue(doc, before) if doc[c.token].head.i == before[-1])
    verbs = [i for i in before if _is_cue(doc[i])]
    strong = [i for i in verbs if doc[i].lemma_.lower() in STRONG - NEAR_ONLY]
    chain = [t.i for t in doc[frame.first].ancestors if t.i in strong] if frame.first < len(doc) else []
    near = [i for i in verbs if before.index(i) >= len(before) - 5 and (doc[i].tag_ != "VB" or not strong)]
    for index in dict.fromkeys([*near[-1:], *chain[:1], *reversed(strong)]):
        order = before.index(index)
        if order == len(before) - 1 and doc[index].lemma_ in ("tell", "speak") and doc[frame.first].text.islower():
            continue  # whom somebody told, not what
        subjects = [subject_of(doc, index)]
        if doc[index].tag_ == "VBG" and order and doc[before[order - 1]].lower_ in (",", "by", "while", "also"):
            subjects.insert(0, _main_subject(doc, index, before))
        elif (
            doc[index].tag_ == "VBG" and order and doc[before[order - 1]].ent_type_ == "PERSON"
        ):  # "footage of Paz asking"
            subjects.insert(0, before[order - 1])
        if doc[index].tag_ in ("VBD", "VBZ", "VBP"):
            subjects.append(next_to(doc, index, before, order))
        for subject in subjects:
            if subject is not None and not frame.first <= subject < frame.last:
                yield Cue(index, doc[index].text, subject, doc[index].lemma_.lower() in STRONG)
    for index in reversed(before):
        yield from _according(doc, index)


def _main_subject(doc: Doc, index: int, before: tuple[int, ...]) -> int | None:
    """The subject of the sentence's main clause, if it stands before."""
    root = doc[index].sent.root
    subject = next((int(c.i) for c in root.children if c.dep_ in _SUBJECT), None)
    return subject if subject in before and root.i < index else None


def _anywhere(doc: Doc, frame: Frame) -> Iterator[Cue]:
    """An attribution later in the sentence: “...” in the plan, according to X."""
    for index in frame.after:
        yield from _according(doc, index)
    for index in frame.after:
        token = doc[index]
        if _is_cue(token) and token.lemma_.lower() in STRONG and token.tag_ in ("VBD", "VBZ", "VBP"):
            subject = subject_of(doc, index)
            if subject is not None and subject in frame.after:
                yield Cue(index, token.text, subject, True)


def _weak(doc: Doc, frame: Frame) -> Iterator[Cue]:
    """A weak verb farther off, nearest first."""
    for index in reversed(frame.before):
        if _is_cue(doc[index]):
            subjects = [subject_of(doc, index)]
            if doc[index].tag_ == "VBD":
                subjects.append(next_to(doc, index, frame.before, frame.before.index(index)))
            for subject in subjects:
                if subject is not None and not frame.first <= subject < frame.last:
                    yield Cue(index, doc[index].text, subject, False)
    yield from _noun_cue(doc, frame.before)
    if frame.before and doc[frame.before[-1]].lemma_ == "be":
        subject = subject_of(doc, frame.before[-1])
        if subject is not None and subject in frame.before:
            yield Cue(frame.before[-1], doc[frame.before[-1]].text, subject, False)


def _is_cue(token: Token) -> bool:
    if token.tag_[:2] != "VB" or token.lemma_.lower() not in STRONG | WEAK:
        return False
    return not (token.tag_ == "VBN" and token.dep_ in ("acl", "amod") and speaker_of_passive(token) is None)


def speaker_of_passive(token: Token) -> int | None:
    """ "billed by the company as “...”", "was described by Paz as “...”"."""
    for child in token.children:
        if child.dep_ == "agent":
            return next((int(c.i) for c in child.children if c.dep_ == "pobj"), None)
    return None


def _according(doc: Doc, index: int) -> Iterator[Cue]:
    token = doc[index]
    if token.lower_ == "according" and index + 2 < len(doc) and doc[index + 1].lower_ == "to":
        head = _noun_from(doc, index + 2)
        if head is not None:
            yield Cue(index, "according to", head, True)
    if token.lower_ == "per" and index + 1 < len(doc) and doc[index + 1].pos_ in ("PROPN", "DET"):
        head = _noun_from(doc, index + 1)
        if head is not None and doc[head].pos_ == "PROPN":
            yield Cue(index, "per", head, True)


def _noun_from(doc: Doc, index: int) -> int | None:
    """The head of the noun phrase that begins at a token."""
    for token in doc[index : index + 12]:
        if token.pos_ in ("NOUN", "PROPN", "PRON"):
            while (
                token.dep_ in ("compound", "poss", "amod", "nmod")
                and token.head.i > token.i
                and token.head.i < index + 12
            ):
                token = token.head
            return int(token.i)
        if token.is_punct and token.text not in ("-", '"', "“"):
            return None
    return None


def _noun_cue(doc: Doc, before: tuple[int, ...]) -> Iterator[Cue]:
    """X's message: “...”, or a statement from X."""
    for index in reversed(before):
        token = doc[index]
        if token.lemma_.lower() in CUE_NOUNS | {"remark"} and token.pos_ in ("NOUN", "PROPN"):
            owner = next((child.i for child in token.children if child.dep_ == "poss"), None)
            for child in token.children:
                if child.dep_ in ("prep", "agent") and child.lower_ in ("from", "by"):
                    owner = next((c.i for c in child.children if c.dep_ == "pobj"), owner)
            if owner is None and token.dep_ == "dobj":
                owner = subject_of(doc, token.head.i)
            if owner is not None:
                yield Cue(index, token.text, owner, False)


def subject_of(doc: Doc, verb: int) -> int | None:
    """Return the token that is the subject of a verb, through chains of verbs, relative clauses and nouns."""
    token = doc[verb]
    agent = speaker_of_passive(token)
    if agent is not None:
        return agent
    for _ in range(6):
        own = [child for child in token.children if child.dep_ in _SUBJECT]
        if own:
            return _antecedent(token, own[0])
        if token.dep_ == "pcomp" and token.head.head.lemma_ in _CHARGES:
            return next((int(c.i) for c in token.head.head.children if c.dep_ == "dobj"), None)
        if token.dep_ == "acl" and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return int(token.head.i)
        if token.dep_ in ("relcl",):
            return int(token.head.i)
        if token.dep_ in (
            "conj",
            "xcomp",
            "advcl",
            "ccomp",
            "pcomp",
            "prep",
            "aux",
            "auxpass",
            "dep",
            "parataxis",
            "acl",
        ):
            if token.head.i == token.i:
                return None
            token = token.head
            continue
        return None
    return None


def _antecedent(verb: Token, subject: Token) -> int:
    if subject.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
        return int(verb.head.i)
    return int(subject.i)
