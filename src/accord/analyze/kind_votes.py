"""What speaks for a person, an organisation or a place where a string stands; the article decides over all its places.

Besides the kinds, three counts tell of single words: `speaks` (subject of a verb of speech), `alone` (nothing but the
word itself, the more so with "its" near) and `human` ("he" or "she" near).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from accord.analyze.lexicon import words
from accord.analyze.lexicon_people import GIVEN_NAMES, HONORIFIC_SUFFIXES, ROLE_NOUNS, TITLES
from accord.analyze.lexicon_places import (
    ORGANISATION_WORDS,
    PLACE_WORDS,
    REGIONS,
    SEATS,
    STATE_ABBREVIATIONS,
    STATES,
    territories,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from accord.analyze.name_candidates import Candidate

_SYLLABLES = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+-[a-z]+$")  # "Kim Jong-un"
KINDS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}
_COMPANY_CONTEXT = words(
    "ceo board shares share stock shareholders employees executives subsidiary customers inc chips products"
)


def vote(doc: Doc, candidate: Candidate) -> None:
    """Count what speaks for each kind, here and now; the article decides over all places together."""
    votes, key = candidate.votes, candidate.key
    span = doc[candidate.first : candidate.last]
    folded = " ".join(key)
    labels = {t.ent_type_ for t in span if t.ent_type_ in KINDS}
    for label in labels:
        unsure = (label == "ORG" and len(key) <= 2 and not candidate.text.isupper()) or (
            label == "PERSON" and len(key) == 1 and not candidate.titles
        )
        votes[KINDS[label]] += 0.5 if unsure else 1
    if folded in territories() or folded in STATES or folded in REGIONS:
        votes["place"] += 12
    if folded in STATE_ABBREVIATIONS and "." in doc[candidate.first : candidate.last + 1].text:
        votes["place"] += 12
    if folded in SEATS:
        votes["organisation"] += 12
    if set(key) & ORGANISATION_WORDS:
        votes["organisation"] += 5 if key[-1] in ORGANISATION_WORDS or "of" in key else 3
    if key[-1] in PLACE_WORDS and len(key) > 1:
        votes["place"] += 3
    if key[-1] in {"inc", "ltd", "corp", "llc", "plc", "gmbh"}:
        votes["organisation"] += 10
    if len(key) == 1 and candidate.text.isupper() and 2 <= len(candidate.text) <= 6:
        votes["organisation"] += 2
    _vote_person(doc, candidate)


def _vote_person(doc: Doc, candidate: Candidate) -> None:
    votes, key = candidate.votes, candidate.key
    last = doc[candidate.last - 1]
    if set(candidate.titles) & (TITLES - {"chief", "director", "state"}):
        votes["person"] += 5
    if key[0] in GIVEN_NAMES and not set(key) & ORGANISATION_WORDS and key[-1] not in PLACE_WORDS:
        votes["person"] += 4 if len(key) in (2, 3, 4) else 1
    if len(key) == 3 and _SYLLABLES.match(candidate.text):
        votes["person"] += 3
    if key[-1] in HONORIFIC_SUFFIXES or (len(key) == 3 and len(key[1]) == 1):
        votes["person"] += 4
    if candidate.first and doc[candidate.first - 1].lower_ in ROLE_NOUNS and not doc[candidate.first].is_sent_start:
        votes["person"] += 3
    _vote_context(doc, candidate)
    head = last.head
    if last.dep_ == "nsubj" and head.lemma_ in ("say", "tell", "add", "explain", "recall", "tweet"):
        votes["speaks"] += 1
    before = doc[candidate.first - 1] if candidate.first else None
    if before is not None and before.lower_ in ("in", "near", "across", "throughout", "at") and len(key) == 1:
        votes["place"] += 0.5
    if before is not None and before.lower_ == "the" and len(key) <= 2:
        votes["person"] -= 1


def _vote_context(doc: Doc, candidate: Candidate) -> None:
    """Count what the words right after a string say about it."""
    votes, key = candidate.votes, candidate.key
    following = doc[candidate.last : candidate.last + 4]
    after = [t.lower_ for t in following]
    if len(key) == 1 and not candidate.titles and after[:2] != [",", "who"] and after[:1] != ["who"]:
        near = {t.lower_ for t in doc[candidate.last : candidate.last + 12]}
        votes["alone"] += 0.3 + 0.5 * bool(near & {"its", "it"})
        votes["human"] += bool(near & {"he", "his", "him", "she", "her"})
    if after[:1] and (
        after[0] in _COMPANY_CONTEXT or after[:2] == ["'s", "board"] or after[:2] == ["chief", "executive"]
    ):
        votes["organisation"] += 2
    if after[:2] == [",", "who"] or after[:1] == ["who"]:
        votes["person"] += 2
    if len(following) > 2 and after[0] == "," and following[1].like_num and after[2] in (",", "."):
        votes["person"] += 4
    if after[:1] == [","] and any(w in ROLE_NOUNS for w in after[1:]):
        votes["person"] += 1
