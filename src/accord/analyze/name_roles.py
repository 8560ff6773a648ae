"""Reads the role that an article gives a person by the name: "Foreign Minister Ana Paz", "Ana Paz, the mayor"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.analyze.lexicon_people import ROLE_NOUNS, TITLES

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from accord.analyze.name_candidates import Candidate

_EMPTY_TITLES = frozenset({"mr", "mrs", "ms", "miss", "sir", "dr", "lady", "lord", "jr", "madam", "saint"})
_LONGEST_ROLE = 12
_INNER = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "X"})


def find_role(doc: Doc, candidate: Candidate) -> str | None:
    """Return the role given just before or just after the name, in the article's words, else None."""
    return _role_before(doc, candidate) or _role_after(doc, candidate)


def _role_before(doc: Doc, candidate: Candidate) -> str | None:
    first = candidate.first
    if not first or doc[first].is_sent_start:
        return None
    if doc[first - 1].text == "," and not candidate.titles:
        return _role_before_comma(doc, candidate)
    word = doc[first - 1].lower_.strip(".")
    if word not in ROLE_NOUNS and not (candidate.titles and set(candidate.titles) & TITLES):
        return None
    if word in _EMPTY_TITLES:
        return None
    at = first
    titled = len(candidate.titles)
    while at > 0 and first - at < _LONGEST_ROLE and not doc[at].is_sent_start:
        token = doc[at - 1]
        inner = token.pos_ in _INNER or token.text in ("-", "'s", "’s", "/") or token.lower_ == "and"
        if not inner and first - at >= titled:
            break
        if token.lower_ == "and" and at > 1 and (doc[at - 2].ent_type_ == "PERSON" or doc[at - 2].tag_ == "NNS"):
            break
        at -= 1
    while at < first and (doc[at].pos_ not in _INNER or doc[at].lower_ == "and"):
        at += 1
    role = doc[at:first].text.strip(" ,-")
    return role or None


def _role_before_comma(doc: Doc, candidate: Candidate) -> str | None:
    """ "Paz's lawyer, Jim Moss, said" / "The mayor, Ana Paz, said"."""
    head = candidate.first - 2
    if head < 1 or doc[head].lower_ not in ROLE_NOUNS or doc[head + 1].is_sent_start:
        return None
    if candidate.last < len(doc) and doc[candidate.last].text not in (",", "."):
        return None
    at = head
    while (
        at > 0 and not doc[at].is_sent_start and (doc[at - 1].pos_ in _INNER or doc[at - 1].text in ("-", "'s", "’s"))
    ):
        at -= 1
    if at == 0 or not (doc[at - 1].pos_ in ("DET", "PRON") or "’s" in doc[at:head].text or "'s" in doc[at:head].text):
        return None
    return str(doc[at : head + 1].text)


def _role_after(doc: Doc, candidate: Candidate) -> str | None:
    at = candidate.last
    if at + 2 >= len(doc) or doc[at].text not in (",", "(", "—", "–"):
        return None
    begin = at + 1
    if doc[begin].like_num and doc[begin + 1].text == ",":
        begin += 2
    stop = begin
    while stop < len(doc) and stop - begin < 2 * _LONGEST_ROLE and not doc[stop].is_sent_start:
        token = doc[stop]
        if token.lower_ == "and" and stop + 1 < len(doc) and doc[stop + 1].ent_type_ == "PERSON":
            break
        if token.text in (",", ")", "—", "–", ";", "“", '"', "”", ".") or token.lower_ in ("who", "which", "said"):
            break
        if token.pos_ in ("VERB", "AUX") and token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return None
        stop += 1
    words = [t.lower_ for t in doc[begin : min(stop, begin + _LONGEST_ROLE)]]
    heads = [i for i, word in enumerate(words) if word in ROLE_NOUNS]
    if not heads or heads[0] > 5 or doc[begin].pos_ not in (*_INNER, "DET", "PRON"):
        return None
    before_of = words.index("of") if "of" in words else len(words)
    if heads[0] > before_of:
        return None
    role = doc[begin:stop].text.strip()
    for article in ("the ", "a ", "an "):
        role = role.removeprefix(article)
    return role
