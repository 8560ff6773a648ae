"""A denial, where another report asserts the same verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from mutation.events import Change, Event, Evidence, Fact, quoted
from mutation.lexicon import listed

if TYPE_CHECKING:
    from spacy.tokens import Token

_SPEECH = frozenset(
    listed("say,tell,announce,note,add,report,state,claim,explain,write,tweet,argue,insist,acknowledge,confirm")
)
_NEGATIVE = re.compile(
    r"\b(?:not|n[o']t|never|no|none|neither|nor|without|nobody|nothing|few|only|hardly|barely|rather|just|about|almost)\b|n['’]t\b|\bany\b|\?",
    re.IGNORECASE,
)
_AUXILIARIES = frozenset(listed("will,would,can,should,must,has,have,had,is,are,was,were,do,does,did"))
_SUBORDINATING = frozenset(listed("after,although,as,before,if,once,since,though,unless,until,when,whereas,while"))
_ADVERBS = frozenset(listed("also,already,since,just,finally,repeatedly,still,long,now,once,ever,even,then"))


def change_negation(
    event: Event, fact: Fact, evidence: Evidence, others: tuple[Evidence, ...], rng: Random
) -> Change | None:
    doc = event.doc(evidence.article)
    span = doc.char_span(evidence.start, evidence.end, alignment_mode="expand")
    if span is None or _NEGATIVE.search(evidence.text) or _NEGATIVE.search(fact.gist):
        return None
    verb = _main_verb(list(span))
    if verb is None or quoted(event.articles[evidence.article].text, verb.idx):
        return None
    theirs = tuple(e for e in others if _states(event, e, verb, span))
    edit = _negated(verb)
    if not theirs or edit is None or not evidence.start <= edit[0] <= edit[1] <= evidence.end:
        return None
    text = event.articles[evidence.article].text
    return Change(text[edit[0] : edit[1]], edit[2], (edit,), theirs)


def _main_verb(tokens: Sequence[Token]) -> Token | None:
    """Return the highest finite verb; of reported speech, the verb of what is said."""
    inside = set(tokens)
    tops = [t for t in tokens if t.head not in inside or t.head is t]
    if len([t for t in tops if t.pos_ in ("VERB", "AUX")]) != 1:
        return None
    verb = next(t for t in tops if t.pos_ in ("VERB", "AUX"))
    if any(
        t for t in tops if t is not verb and t.pos_ not in ("PUNCT", "CCONJ", "SCONJ", "ADP", "ADV", "DET", "SPACE")
    ):
        return None
    while verb.lemma_ in _SPEECH:
        said = [t for t in verb.children if t.dep_ == "ccomp" and t in inside and t.pos_ in ("VERB", "AUX")]
        if len(said) != 1:
            return None
        verb = said[0]
    if any(t.lower_ in _SUBORDINATING and t.dep_ in ("mark", "advmod") for t in verb.children):
        return None
    if any(t.dep_ == "conj" and t.pos_ in ("VERB", "AUX") and t in inside for t in verb.children):
        return None
    if not any(t.dep_ in ("nsubj", "nsubjpass") for t in verb.children) and verb.dep_ not in ("relcl", "conj"):
        return None
    return verb


def _negated(verb: Token) -> tuple[int, int, str] | None:
    """Return the edit that denies `verb`, or None where English would need more than a word or two."""
    helpers = [t for t in verb.children if t.dep_ in ("aux", "auxpass") and t.lower_ in _AUXILIARIES and t.i < verb.i]
    first = helpers[0] if helpers else verb if verb.lower_ in _AUXILIARIES and verb.lemma_ == "be" else None
    if first is not None:
        following = first.nbor() if first.i + 1 < len(first.doc) else None
        if following is None or following.pos_ == "ADV" or following.dep_ == "neg" or following.lower_ == "to":
            return None
        new = f"{first.text}not" if first.lower_ == "can" else f"{first.text} not"
        return first.idx, first.idx + len(first.text), new
    auxiliary = {"VBD": "did", "VBZ": "does", "VBP": "do"}.get(verb.tag_)
    base = verb.lemma_.lower()
    if auxiliary is None or base in ("be", "have") or not base.isalpha() or verb.text[0].isupper():
        return None
    if verb.i and (verb.nbor(-1).lower_ in _ADVERBS or verb.nbor(-1).pos_ == "ADV"):
        return None
    return verb.idx, verb.idx + len(verb.text), f"{auxiliary} not {base}"


def _states(event: Event, other: Evidence, verb: Token, span: Any) -> bool:
    """Tell whether `other` asserts the same verb, undenied, with another content word of the evidence."""
    doc = event.doc(other.article)
    theirs = doc.char_span(other.start, other.end, alignment_mode="expand")
    if theirs is None or _NEGATIVE.search(other.text):
        return False
    if verb.lemma_ not in {t.lemma_ for t in theirs if t.pos_ in ("VERB", "AUX")}:
        return False
    content = {t.lemma_.lower() for t in span if t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM")} - {verb.lemma_}
    predicate = {t.lemma_.lower() for t in verb.children if t.dep_ in ("attr", "acomp")}
    if verb.lemma_ == "be" and not predicate & {t.lemma_.lower() for t in theirs}:
        return False
    shared = content & {t.lemma_.lower() for t in theirs}
    return len(shared) >= 2
