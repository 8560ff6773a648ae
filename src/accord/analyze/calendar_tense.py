"""Tells from the parse whether what a time expression governs has happened, is to happen, or was to happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

Tense = Literal["past", "present", "future", "would"]

_WILL = frozenset({"will", "'ll", "’ll", "wo", "shall", "ll"})
_MODAL = frozenset({"may", "might", "must", "should", "can", "ca"})
_PLANNING_WORDS = (
    "plan expect set schedule due slate intend hope want aim likely unlikely bound agree promise vow pledge"
    " ready prepare need poise design pencil book plan about commit sign threaten order require ask urge"
    " invite call eligible supposed suppose project forecast predict fix slat"
)
_PLANNING = frozenset(_PLANNING_WORDS.split())
_SCHEDULED_WORDS = "plan expect set schedule slate project due pencil book"
_SCHEDULED = frozenset(_SCHEDULED_WORDS.split())
_PLANS_WORDS = (
    "plan offer promise pledge decision deal agreement vow order intention proposal bid commitment move vote"
    " deadline permission chance opportunity invitation request call push deadline hope schedule obligation"
    " threat right"
)
_PLANS = frozenset(_PLANS_WORDS.split())
_AHEAD = frozenset(
    {"upcoming", "planned", "scheduled", "forthcoming", "looming", "proposed", "coming", "expected", "future"}
)
_SAYING_WORDS = "say tell report announce write show state add claim"
_SAYING = frozenset(_SAYING_WORDS.split())
_VERBS = frozenset({"VERB", "AUX"})


def tense_of(span: Span) -> Tense | None:
    """Return the tense of the clause that the expression `span` stands in, None where no verb governs it.

    "will meet on [Friday]" -> "future"; "was to open on [Friday]" -> "would"; "opened on [Friday]" -> "past"
    """
    node = span.root
    direct = True
    for _ in range(15):
        if node.pos_ in _VERBS and node not in span:
            tense = _of_verb(node)
            return None if tense == "present" and not direct else tense
        direct = direct and (node in span or node.pos_ == "ADP")
        if node.pos_ in ("NOUN", "PROPN") and any(child.lower_ in _AHEAD for child in node.children):
            return "future"
        if node.lower_ in ("due", "likely", "ready", "eligible") and node.head != node:
            return _planned(_of_verb(node.head)) if node.head.pos_ in _VERBS else "future"
        if node.head == node:
            return None
        node = node.head
    return None


def governing_verb(span: Span) -> Token | None:
    """Return the verb whose clause `span` stands in."""
    node = span.root
    while node.head != node:
        if node.pos_ in _VERBS and node not in span:
            return node
        node = node.head
    return node if node.pos_ in _VERBS and node not in span else None


def _of_verb(verb: Token, depth: int = 0) -> Tense | None:
    """Return the tense of `verb` with its auxiliaries, or of the verb that governs it."""
    if any(child.dep_ == "mark" and child.lower_ in ("if", "unless") for child in verb.children):
        return None
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if helpers & _WILL:
        return "future"
    if helpers & {"would", "'d", "could"}:
        return "past" if "have" in helpers else "would"
    if helpers & _MODAL:
        return "past" if "have" in helpers else "future"
    if (
        verb.tag_ == "VBN"
        and helpers & {"being", "be", "get", "getting"}
        and not helpers & {"is", "are", "was", "were", "has", "had", "have"}
    ):
        return _of_governor(verb, depth)
    if verb.tag_ == "VBD" or helpers & {"was", "were", "had", "did", "has", "have", "'ve", "’ve"}:
        if verb.tag_ == "VBN" and verb.lemma_ in _PLANNING and helpers & {"was", "were"} and "had" not in helpers:
            return "would"
        return "past"
    if verb.tag_ in ("VBZ", "VBP"):
        if verb.lemma_ in _SAYING and any(child.dep_ in ("ccomp", "parataxis") for child in verb.children):
            return "past"
        return "future" if verb.lemma_ in _PLANNING else "present"
    if verb.tag_ == "VBN" and not helpers & {"to", "be"}:
        if verb.lemma_ in (_PLANNING if helpers else _SCHEDULED):
            return "future"
        if not helpers and verb.dep_ == "advcl" and verb.head.pos_ in _VERBS and depth < 4:
            return "future" if _of_verb(verb.head, depth + 1) == "future" else "past"
        return "present" if helpers & {"is", "are", "am", "'s", "’s", "being"} else "past"
    if verb.tag_ == "VBG" and helpers:
        return "future" if verb.lemma_ == "go" else "present"
    return _of_governor(verb, depth)


def _of_governor(verb: Token, depth: int) -> Tense | None:
    """Return the tense of a bare form: an infinitive after a plan lies ahead, other forms share their head's tense."""
    head = verb.head
    infinitive = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
    if head.lower_ in ("after", "since") and not infinitive:
        return "past"
    if infinitive and verb.dep_ in ("acl", "relcl") and head.lemma_.lower() in _PLANS:
        return _planned(_of_verb(head.head, depth + 1) if head.head.pos_ in _VERBS and depth < 6 else None)
    if head.lemma_ == "go" and head.tag_ == "VBG" and infinitive:
        return _planned(_of_verb(head, depth + 1))
    for _ in range(6):
        if head == verb or head.pos_ in _VERBS or head.lemma_.lower() in _PLANNING:
            break
        head = head.head
    if head == verb or depth > 6:
        return "future" if infinitive else None
    if head.pos_ not in _VERBS:
        if head.head.pos_ in _VERBS and head.head != head:
            tense = _of_verb(head.head, depth + 1)
            return _planned(tense) if infinitive else tense
        return "future" if infinitive else None
    tense = _of_verb(head, depth + 1)
    if infinitive and (head.lemma_.lower() in _PLANNING or tense in ("present", "future")):
        return _planned(tense)
    return tense


def _planned(tense: Tense | None) -> Tense:
    """Return the tense of what a plan in `tense` is about."""
    return "would" if tense in ("past", "would") else "future"
