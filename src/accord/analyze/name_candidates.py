"""Finds the strings that may be names, where they stand, what stands before them, and what speaks for which kind."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from accord.analyze.kind_votes import KINDS, vote
from accord.analyze.lexicon import words
from accord.analyze.lexicon_people import (
    GIVEN_NAMES,
    HONORIFIC_SUFFIXES,
    PARTICLES,
    ROLE_NOUNS,
    TITLE_MODIFIERS,
    TITLES,
)
from accord.analyze.lexicon_places import (
    DEMONYMS,
    ORGANISATION_WORDS,
    PLACE_WORDS,
    SEATS,
    territories,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

    from accord.analyze.reading import Reading

SKIPPED_FURNITURE = frozenset({"cross-link", "advert", "byline", "credit"})
_NOT_NAMES = {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"}
_STOP = words(
    """i i'm i've i'd i'll monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec read more
    source photo image video watch updated est edt gmt pm am islam muslim muslims christian christians jewish jew
    jews christmas easter thanksgiving hanukkah republican republicans democrat democrats democratic conservative
    conservatives liberal liberals tv covid covid-19 english internet ceo god bible"""
)
_CONNECTORS = words("of for and & the on to")
_AFTER_HYPHEN = words("era style like led based owned made wide born run only to")
_PARTIES = words("republican democrat democratic")
_IN_PLACES = words("king prince saint crown general justice chief sister lady")
_AFTER_TITLE_WORDS = words("motors electric mills louis paul")
_INNER_CAPITAL = re.compile(r"^(?:di|de|la|le|van|von|du|al|mac|mc)[A-Z][a-z]+$")
_NO_NAME_START = words("VERB AUX ADP ADV CCONJ SCONJ DET PRON INTJ")
_PARTY = re.compile(r"^[RDI]-(?:[A-Z]|$)")
_EDGE = re.compile(r"^[^\w#@$]+|[^\w.!]+$")


@dataclass(slots=True)
class Candidate:
    """A string that may be a name: tokens `first` to `last` (exclusive), folded `key`, votes for its kind."""

    first: int
    last: int
    start: int
    end: int
    text: str
    key: tuple[str, ...]
    titles: tuple[str, ...] = ()
    votes: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))


def fold(text: str) -> tuple[str, ...]:
    """Return the lower-case words of `text` without accents, stops and possessives.

    >>> fold("Andrés López-Obrador's")
    ('andres', 'lopez', 'obrador')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    plain = re.sub(r"['’]s\b", "", plain).replace(".", "").replace("’", "'")
    return tuple(re.findall(r"[\w&']+", plain))


def find_candidates(reading: Reading) -> list[Candidate]:
    """Return every candidate of the article in text order."""
    skipped = [s for s in reading.sentences if s.furniture in SKIPPED_FURNITURE]
    known = _seen_inside(reading.doc)
    found: list[Candidate] = []
    for sentence in reading.doc.sents:
        if any(s.start <= sentence.start_char < s.end for s in skipped):
            continue
        for first, last in _runs(sentence, known):
            for begin, stop in _pieces(reading.doc, first, last):
                candidate = _candidate(reading.doc, begin, stop)
                if candidate is not None:
                    found += _paired(candidate)
    return found


def _paired(candidate: Candidate) -> list[Candidate]:
    """Split "US-Mexico" in two when both sides are countries."""
    left, dash, right = candidate.text.partition("-")
    places = territories()
    if not dash or not all(" ".join(fold(side)) in places for side in (left, right)):
        return [candidate]
    middle = candidate.start + len(left)
    return [
        replace(candidate, end=middle, text=left, key=fold(left), votes=defaultdict(float, place=12.0)),
        replace(candidate, start=middle + 1, text=right, key=fold(right), votes=defaultdict(float, place=12.0)),
    ]


def _seen_inside(doc: Doc) -> set[str]:
    """Return the capitalised words that stand somewhere inside a sentence, where a capital means a name."""
    return {t.text for t in doc if t.text[0].isupper() and not t.is_sent_start and t.pos_ == "PROPN"}


def _namey(token: Token, known: set[str]) -> bool:
    text = token.text
    if len(text) == 1 and not token.whitespace_ and token.i + 1 < len(token.doc) and token.nbor().text == "-":
        return False
    if _INNER_CAPITAL.match(text) and token.pos_ == "PROPN":
        return True
    if not text[0].isupper() or _PARTY.match(text) or text.lower().strip(".") in _STOP:
        return False
    if token.ent_type_ in _NOT_NAMES and token.pos_ != "PROPN":
        return False
    if token.ent_type_ == "DATE":
        return False
    opens = (
        token.is_sent_start or (token.i > 0 and token.nbor(-1).is_quote) or (token.i > 0 and token.nbor(-1).is_space)
    )
    if opens:
        return (token.pos_ == "PROPN" or token.ent_type_ in KINDS or text in known) and token.pos_ not in (
            "DET",
            "PRON",
        )
    return token.pos_ in ("PROPN", "NOUN", "ADJ", "X", "VERB", "ADV", "NUM") and (
        token.pos_ in ("PROPN", "X") or token.ent_type_ in KINDS or len(text) > 1
    )


def _runs(sentence: Span, known: set[str]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of maximal runs of capitalised tokens, joined by hyphens, particles and some connectors."""
    doc, at, end = sentence.doc, sentence.start, sentence.end
    while at < end:
        if not _namey(doc[at], known):
            at += 1
            continue
        last = at + 1
        while last < end:
            step = _joins(doc, at, last, end, known)
            if not step:
                break
            last += step
        yield at, last
        at = last


def _joins(doc: Doc, first: int, at: int, end: int, known: set[str]) -> int:
    """Return how many tokens from `at` still belong to the run that began at `first` (0: none)."""
    token, before = doc[at], doc[at - 1]
    if before.is_space or token.is_space:
        return 0
    if _namey(token, known) or token.lower_.strip(".") in HONORIFIC_SUFFIXES:
        return 1
    after = doc[at + 1] if at + 1 < end else None
    if token.text == "-" and not before.whitespace_ and not token.whitespace_ and after is not None:
        places = territories()
        if " ".join(fold(doc[first:at].text)) in places or not after.text[0].isalpha():
            return 0
        syllable = len(after.text) <= (5 if at - first > 1 else 3) and after.lower_ not in _AFTER_HYPHEN
        return 2 if after.text[0].isupper() or syllable else 0
    if token.text == "," and after is not None and after.lower_.strip(".") in {"jr", "sr", "inc", "ltd", "llc"}:
        return 2
    if after is None or not after.text[0].isupper() or not _namey(after, known):
        if token.lower_ in PARTICLES and at + 2 < end and after is not None and after.lower_ in PARTICLES | {"-"}:
            return 3 if doc[at + 2].text[0].isupper() else 0
        if token.lower_ in ("of", "for") and after is not None and after.lower_ == "the" and at + 2 < end:
            titled = before.lower_ in TITLES
            return 3 if (token.ent_iob_ == "I" or titled) and doc[at + 2].text[0].isupper() else 0
        return 0
    if token.lower_ in PARTICLES and token.text[0].islower():
        return 2
    if token.text in ("'s", "’s") and after.lower_ in ORGANISATION_WORDS:
        return 2 if before.lower_ in ROLE_NOUNS | {"children", "people", "women", "veterans"} else 0
    if token.lower_ in _CONNECTORS:
        head = {t.lower_ for t in doc[first:at]}
        inside = token.ent_iob_ == "I" and token.ent_type_ in ("ORG", "FAC", "GPE", "LOC")
        titled = before.lower_ in TITLES | {"house"} or (before.lower_.strip(".") in TITLES)
        if token.lower_ in ("of", "for") and (titled or head & ORGANISATION_WORDS):
            return 2
        if token.lower_ in ("&",) or (inside and token.lower_ != "to"):
            return 2
    return 0


def _pieces(doc: Doc, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Split a run where the entity recogniser sees two names side by side ("Harris" + "Lopez Obrador" stay apart)."""
    while first < last - 1 and doc[first].pos_ in _NO_NAME_START and not doc[first].ent_type_:
        first += 1
    begin = first
    for at in range(first + 1, last):
        token = doc[at]
        if token.lower_ == "and" and not {t.lower_ for t in doc[begin:last]} & ORGANISATION_WORDS:
            yield begin, at
            begin = at + 1
        elif token.lower_ in GIVEN_NAMES and begin < at < last - 1:
            folded = " ".join(fold(doc[begin:at].text))
            if folded in SEATS or folded in territories():
                yield begin, at
                begin = at
    if begin < last:
        yield begin, last


def _candidate(doc: Doc, first: int, last: int) -> Candidate | None:
    """Make a candidate of tokens first..last: titles and demonyms before the name become its titles."""
    name_at = _name_start(doc, first, last)
    while (
        last > name_at and (doc[last - 1].is_punct or doc[last - 1].text in ("'s", "’s")) and doc[last - 1].text != "."
    ):
        last -= 1
    if name_at >= last:
        return None
    span = doc[name_at:last]
    text = span.text
    clean = _EDGE.sub("", text)
    start = span.start_char + text.find(clean) if clean else span.start_char
    key = fold(clean)
    if not key or (len(clean) < 2 and not clean.isalpha()) or all(part.isdigit() for part in key):
        return None
    if all(word in DEMONYMS for word in (" ".join(key), key[-1])) or (key[0] in _STOP and len(key) == 1):
        return None
    if set(key) <= TITLES | TITLE_MODIFIERS | ROLE_NOUNS and len(key) > 1 and " ".join(key) not in SEATS:
        return None
    if len(key) == 1 and key[0] in (ORGANISATION_WORDS - SEATS) | {"mr", "mrs", "ms"}:
        return None
    roles = (ROLE_NOUNS | TITLE_MODIFIERS) - SEATS - {"home", "king", "cook"}
    if len(key) == 1 and clean.lower() in roles and key[0] not in territories():
        return None
    if len(key) == 1 and span[0].is_stop and not clean.isupper() and key[0] not in territories():
        return None
    titles = tuple(t.lower_.strip(".") for t in doc[first:name_at])
    candidate = Candidate(name_at, last, start, start + len(clean), clean, key, titles)
    vote(doc, candidate)
    return candidate


def _name_start(doc: Doc, first: int, last: int) -> int:
    """Return where the name itself begins after titles, demonyms and modifiers."""
    words = [t.lower_.strip(".") for t in doc[first:last]]
    for at in range(first + 1, last):  # a person the recogniser sees after a title ("Special Envoy ... Ana Paz")
        token = doc[at]
        if token.ent_iob_ == "B" and token.ent_type_ == "PERSON" and set(words[: at - first]) & TITLES:
            return at
        if words[at - first] in GIVEN_NAMES and "of" in words[: at - first] and at + 1 < last:
            return at
        if words[at - first] in GIVEN_NAMES and set(words[: at - first]) & TITLES and at + 1 < last:
            return at
    if words[0] in TITLES and len(words) > 2 and words[1] in ("of", "for"):
        return first + (3 if words[2] == "the" else 2)
    if last - first == 3 and doc[first].is_upper and words[0] not in GIVEN_NAMES and words[1] in GIVEN_NAMES:
        return first + ("." not in doc[first].text)
    cut = 0
    for index, word in enumerate(words):
        if (word in TITLES and _opens_name(words, index)) or (word in _PARTIES and index == cut):
            cut = index + 1
        elif word not in TITLE_MODIFIERS | set(DEMONYMS) and index >= cut and not set(words[index + 1 :]) & TITLES:
            break
    if cut and cut < len(words) and words[cut] in HONORIFIC_SUFFIXES:
        return first
    return first + cut


def _opens_name(words: list[str], index: int) -> bool:
    """A title before a name, not the first word of a body or a place ("General Motors", "King County")."""
    rest = words[index + 1 :]
    if not rest or rest[0] in ORGANISATION_WORDS | {"of", "for", "&", "and", "-", "'s", "’s"}:
        return False
    return not (index == 0 and words[0] in _IN_PLACES and rest[0] in PLACE_WORDS | _AFTER_TITLE_WORDS)
