"""Says in readable features what speaks for and against a candidate being a stated future act.

Each feature is a name; its weight stands in `models/commitments.json` (`eval/train_commitments.py` makes it).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord.analyze.clauses import SPEECH, is_passive, subject_of
from accord.analyze.commitment_words import (
    ACT_VERBS,
    AGENTS,
    BODY_NOUNS,
    COMMENTS,
    CORE,
    EVENT_VERBS,
    HEDGES,
    IDIOMS,
    MIDDLE,
    SOON,
    STATE_VERBS,
    TIMED,
)
from accord.analyze.humans import is_human

if TYPE_CHECKING:
    from spacy.tokens import Token

    from accord.analyze.commitment_candidates import Candidate
    from accord.analyze.people import People

_STANDINGS = frozenset({"ROOT", "ccomp", "relcl", "acl", "advcl", "conj", "xcomp"})
_REPORTS = SPEECH - {"believe", "think", "predict", "estimate", "suggest", "argue", "ask", "hint"}


_MODAL_CROSSES = frozenset(
    {"reported", "announced", "predicted", "under an opinion", "under another verb", "actor speaks", "on a condition"}
    | {"quoted", "clause=relative", "clause=main", "clause=adverbial", "future", "negated", "theme"}
)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a candidate stands: who speaks, and what times and figures are in its span."""

    quoted: bool
    speaker: str | None
    actor: str | None
    future: bool
    dated: bool
    amount: bool
    first: bool
    theme: bool


def features(candidate: Candidate, setting: Setting, people: People) -> frozenset[str]:
    """Return the names of the features that hold, "trigger=will" or "actor=person" among them."""
    actor = kind_of(candidate.actor, people)
    key = f"{candidate.frame}:{candidate.key}" if candidate.frame != "modifier" else "modifier"
    found = {
        f"cue={key}",
        f"frame={candidate.frame}",
        f"actor={actor}",
        f"frame={candidate.frame}&actor={actor}",
        f"act={act_class(candidate.act)}",
        f"frame={candidate.frame}&act={act_class(candidate.act)}",
        f"strength={candidate.strength}&frame={candidate.frame}",
        f"clause={candidate.clause.kind}",
    }
    found |= _of_the_act(candidate) | _of_the_clause(candidate) | _of_the_setting(candidate, setting, people)
    if candidate.frame == "progressive":
        timed = "timed" if candidate.cue.lemma_ in TIMED else "other"
        found |= {f"progressive&{timed}", f"progressive&{timed}&{'future' if setting.future else 'no time'}"}
    if candidate.joined:
        found |= {"joined", f"joined&frame={candidate.frame}"}
    if _is_indefinite(candidate.actor):
        found.add("anybody acts")
    if actor == "first" and candidate.act.lemma_ in IDIOMS:
        found.add("figure of speech")
    agent = "agent" if actor in AGENTS else "no agent"
    if candidate.frame == "modal":
        modal = candidate.key if candidate.key in {"will", "would", "going to"} else "other"
        found |= {f"{modal}&actor={actor}", f"{modal}&act={act_class(candidate.act)}"}
        found.add(f"modal&{agent}&{act_class(candidate.act)}")
        found |= {f"{modal}&{name}" for name in found & _MODAL_CROSSES}
        if "passive" in found:
            found |= {f"modal passive&{agent}", f"modal passive&{act_class(candidate.act)}"}
    if candidate.frame in {"verb", "noun", "adjective"}:
        completed = _completion(candidate)
        found.add(f"{candidate.frame}&completed={completed}")
        found.add(f"{key}&completed={completed}")
        tier = "core" if candidate.key in CORE else "middle" if candidate.key in MIDDLE else "weak"
        found |= {
            f"{tier} {candidate.frame}",
            f"{tier} {candidate.frame}&{agent}",
            f"{tier} {candidate.frame}&completed={completed}",
        }
        if completed == "infinitive":
            found.add(f"{tier} {candidate.frame}&infinitive&{agent}&{act_class(candidate.act)}")
        if candidate.key in {"decline", "refuse"} and candidate.act.lemma_ in COMMENTS:
            found.add("no comment")
        if candidate.frame == "verb":
            found.add(f"{tier} verb&tense={candidate.cue.tag_}")
        found |= {f"{tier} {candidate.frame}&{name}" for name in found & {"amount", "future", "theme", "dated"}}
    return frozenset(found)


def kind_of(token: Token | None, people: People) -> str:
    """Return what acts: person, body, place, thing, first, you, they, it, or none."""
    if token is None:
        return "none"
    word = token.lower_
    if token.pos_ == "PRON" or word in {"i", "we", "my", "our"}:
        if word in {"i", "we", "my", "our", "us"}:
            return "first"
        if word in {"you", "it", "its", "they", "their"}:
            return {"its": "it", "their": "they"}.get(word, word)
        return "person" if word in {"he", "she", "his", "her", "who", "him"} else "thing"
    name = people.of(token)
    if name is not None:
        return {"organisation": "body"}.get(name.kind, name.kind)
    if is_human(token.lemma_, token.text, proper=token.pos_ == "PROPN"):
        return "person"
    if token.lemma_.lower() in BODY_NOUNS:
        return "body"
    if token.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"}:
        return {"PERSON": "person", "GPE": "place"}.get(token.ent_type_, "body")
    return "thing"


def _is_indefinite(token: Token | None) -> bool:
    """Return whether the actor is nobody in particular: "a merchant", "any country", "someone"."""
    if token is None:
        return False
    if token.lower_ in {"anyone", "someone", "anybody", "somebody", "everyone", "one", "people", "nobody"}:
        return True
    return token.pos_ == "NOUN" and any(
        child.dep_ == "det" and child.lower_ in {"a", "an", "any", "every", "each"} for child in token.children
    )


def act_class(act: Token) -> str:
    """Return what kind of act: state, event, volitional, other verb, or noun."""
    lemma = act.lemma_.lower()
    if act.pos_ not in {"VERB", "AUX"}:
        return "noun"
    if lemma in ACT_VERBS:
        return "volitional"
    if lemma in STATE_VERBS:
        return "state"
    if lemma in EVENT_VERBS:
        return "event"
    return "speech" if lemma in SPEECH else "verb"


def _completion(candidate: Candidate) -> str:
    """Return how the cue is completed: infinitive, clause, gerund, preposition, object or nothing."""
    act = candidate.act
    if act.i == candidate.cue.i or (candidate.frame == "noun" and act.pos_ == "NOUN" and act.lemma_ == candidate.key):
        return "nothing"
    if any(child.dep_ == "aux" and child.lower_ == "to" for child in act.children):
        return "infinitive"
    if act.dep_ in {"ccomp", "relcl"}:
        return "clause"
    if act.tag_ == "VBG":
        return "gerund"
    return "preposition" if act.dep_ == "pobj" else "object"


def _of_the_act(candidate: Candidate) -> set[str]:
    """Return what the verb of the act and that of the cue say: voice, negation, tense, hedging."""
    act, cue, found = candidate.act, candidate.cue, set()
    verb = act if candidate.frame == "modal" else cue
    helpers = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if is_passive(act):
        found.add("passive")
    if any(child.dep_ == "neg" for child in (*act.children, *verb.children)):
        found |= {"negated", f"negated&frame={candidate.frame}"}
    if helpers & {"have", "'ve", "’ve"} and candidate.frame == "modal":
        found.add("perfect after modal")
    if helpers & {"could", "may", "might", "should", "can", "must"}:
        found.add("other modal")
    if helpers & {"will", "would", "'ll", "’ll"} and candidate.frame != "modal":
        found.add("below will or would")
    if candidate.frame in {"verb", "progressive"}:
        found.add(f"tense={verb.tag_}")
        found.add(f"cue stands as {verb.dep_ if verb.dep_ in _STANDINGS else 'other'}")
    if {child.lower_ for child in (*act.children, *verb.children) if child.dep_ == "advmod"} & HEDGES:
        found.add("hedged")
    if act.lower_ == "be" and any(child.dep_ == "expl" for child in act.children):
        found.add("there will be")
    return found


def _of_the_clause(candidate: Candidate) -> set[str]:
    """Return what stands around the cue: conditions, questions, and what governs the clause."""
    found: set[str] = set()
    verb = candidate.act if candidate.frame == "modal" else candidate.cue
    marks = {child.lower_ for child in verb.lefts if child.dep_ in {"mark", "advmod"}}
    if marks & {"if", "unless", "whether"}:
        found.add("inside a condition")
    if marks & {"when", "as", "because", "while", "until", "after", "before", "since", "although", "though"}:
        found.add("inside an adverbial clause")
    if any(child.tag_ in {"WP", "WRB"} for child in verb.lefts):
        found.add("inside a question")
    if any(
        child.dep_ == "advcl" and any(g.lower_ in {"if", "unless"} for g in child.children) for child in verb.children
    ):
        found.add("on a condition")
    above = governor_of(verb)
    if above is not None:
        lemma = above.lemma_.lower()
        found.add("reported" if lemma in _REPORTS else "under an opinion" if lemma in SPEECH else "under another verb")
        if lemma in {"announce", "promise", "pledge", "vow", "confirm", "threaten", "insist", "warn"}:
            found.add("announced")
        if lemma in {
            "predict",
            "believe",
            "think",
            "estimate",
            "expect",
            "argue",
            "hope",
            "fear",
            "forecast",
            "project",
        }:
            found.add("predicted")
        if candidate.actor is not None and candidate.actor.pos_ == "PRON":
            found.add("reported of a pronoun")
        speaker = subject_of(above)
        if speaker is not None and candidate.actor is not None and speaker.lemma_ == candidate.actor.lemma_:
            found.add("actor speaks")
    sentence = candidate.cue.sent
    if sentence.text.rstrip("”\"' ").endswith("?"):
        found.add("question")
    if {token.lower_ for token in candidate.cue.doc[candidate.first : candidate.last]} & SOON:
        found.add("soon")
    return found


def governor_of(verb: Token) -> Token | None:
    """Return the verb (or noun) whose complement clause `verb` heads, or None."""
    while verb.dep_ in {"xcomp", "acomp", "conj"} and verb.head.pos_ in {"VERB", "AUX"}:
        verb = verb.head
    return verb.head if verb.dep_ in {"ccomp", "acl"} and verb.head.i != verb.i else None


def _of_the_setting(candidate: Candidate, setting: Setting, people: People) -> set[str]:
    """Return what quotes, speakers, times and figures say."""
    found = set()
    if setting.quoted:
        found |= {"quoted", f"quoted&frame={candidate.frame}"}
    if setting.speaker is not None:
        found.add("has a speaker")
        if setting.actor == setting.speaker and kind_of(candidate.actor, people) in AGENTS:
            found.add("actor speaks")
    found |= {name for name in ("future", "dated", "amount", "first", "theme") if getattr(setting, name)}
    length = candidate.last - candidate.first
    found.add("short" if length < 6 else "long" if length > 30 else "middling")
    return found
