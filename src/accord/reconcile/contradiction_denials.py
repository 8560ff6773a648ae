"""Finds what denies something in a story: who denies, how, and what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from accord.reconcile.candidates import Corpus, Unit
from accord.reconcile.claims import Claim
from accord.reconcile.contradiction_sides import SAID, denier_of, side_of
from accord.records import Name


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


Kind = Literal["denies", "rejects", "calls it false", "negates", "corrects"]
Back = Literal["accusation", "before"]
WORDED: tuple[Kind, ...] = ("denies", "rejects", "calls it false")

_SPOKEN: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "denies",
        re.compile(
            r"\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|rebut(?:s|ted|ting)?|disavow(?:s|ed|ing)?"
            r"|push(?:es|ed|ing)? back (?:on|against|at))\b"
            r"(?! (?:[\w’']+ ){0,2}(?:service|services|access|entry|bail|parole|visas?|permission|coverage|funding|care"
            r"|critics|criticisms?|requests?|appeals?|applications?|motions?|benefits|rights?|opportunit\w+|treatment"
            r"|comment)\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "rejects",
        re.compile(
            rf"\b(?:reject|dismiss|disput|repudiat|contest)(?:s|es|e|ed|ing)?\b(?:\W+[\w’'-]+){{0,4}}?\W+{SAID}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "calls it false",
        re.compile(
            r"\b(?:(?:is|are|was|were|be|been|being|as|call(?:s|ed|ing)?(?: \w+){1,4})\s+(?:\w+\s+)?[\"“‘']?"
            r"(?:false|untrue|baseless|unfounded|groundless|fabricated|incorrect|inaccurate|untruthful|lies|a lie"
            r"|a hoax|nonsense|without (?:merit|foundation|basis))(?=[\"”’']?(?:[.,;]|$|\s(?:and|but|or|because)\b))"
            r"|(?:falsely|wrongly|wrongfully) accused|not true|no truth|not accord with)",
            re.IGNORECASE,
        ),
    ),
)
_NEGATION = re.compile(
    r"\b(?:zero|nothing|none|never|not|no|nobody|neither|nor|cannot|without|far from)\b|n['’]t\b", re.I
)
_UNDENIED = re.compile(
    r"(?:\b(?:could|would|may|might|can|will|should|not|never|nor|cannot|neither confirm(?:ed)? (?:n)?or)|n['’]t"
    r"|^(?:.*\W)?(?!(?:continued|continues|sought|tried|appeared) to\b)\w+ to)(?: \w+)?\s*[\"“‘]?$",
    re.IGNORECASE | re.DOTALL,
)
_IN_COURT = re.compile(r"\b(?:courts?|judges?|juror|jury|magistrate|justices?)\b", re.IGNORECASE)
_PAUSE = re.compile(r"[,;:]|\b(?:and|but)\b")
_ACCUSATION = re.compile(r"\b(?:accus\w+|allegations?|charges?|claims?|wrongdoing|assertions?)\b", re.IGNORECASE)
_CORRECTS = re.compile(r"^(?:but |however,? )?(?:in fact|in reality|actually|in truth|contrary to)\b", re.IGNORECASE)
_TURN = re.compile(
    r"\b(?:but|however|although|though|despite|while|whereas|instead|contrary|nevertheless|actually|in fact)\b", re.I
)
# "not only", "no longer", "not immediately": denies nothing that anybody said. So do bids: "Do not come".
_IDLE = re.compile(
    r"\b(?:not|n['’]t) (?:only|just|simply|merely|necessarily|sure|clear|certain|immediately|include|even)\b"
    r"|\bif not\b|\bno (?:doubt|matter|longer|later)\b|\bwhether or not\b|\bnot be reached\b|\bcan(?:not|[’']t)\b"
    r"|^(?:if|unless|when) |^(?:please )?(?:do not|don['’]t|never) ",
    re.IGNORECASE,
)
_SILENT = _set(
    """respond comment reply answer know want think forget mind care like need hesitate matter worry disclose say
    specify identify name return elaborate wait let understand hear remember expect feel stop get look fail"""
)
# All that is left of a denial that answers the sentence before: "they would not", "Rovia does not".
_ELLIPTIC = re.compile(
    r"^(?:that )?(?:[\w’'.]+ ){1,3}(?:(?:is|are|was|were|do|does|did|has|have|had|will|would|could) ?(?:not|never)"
    r"|(?:is|are|was|were|do|does|did|has|have|had|wo|would|could)n['’]t)[.”\"’]*$",
    re.IGNORECASE,
)
# A relative clause tells which one is meant; what only may be so ("whether", "until", "to") is not asserted.
_WHICH = re.compile(
    r"\w[”\"’']? (?:who|whom|whose|which|that) (?:\w+ ){0,4}?\w*(?:not|n['’]t|never|zero|no)\b", re.IGNORECASE
)
_UNSURE = re.compile(
    r"^(?:to|until|before|if|unless|whether|in case|why|how|what|who|when) |\b(?:whether|doubt\w*)\b", re.I
)
_HEADLESS = re.compile(r"(?:is|are|was|were|has|have|had|will|would|could)\b", re.IGNORECASE)
_EXISTENTIAL = re.compile(
    r"^(?:that )?there (?:is|are|was|were|has been|have been) (?:absolutely |simply )?no\b", re.IGNORECASE
)
_EMPTY = _set(
    """claim allegation accusation assertion charge criticism suggestion report notion idea say deny reject dismiss
    repeatedly false falsely continue flatly again strongly statement accuse wrongly untrue"""
)


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial: its `claims` by number, its sentence `unit`, its `kind`, and the `side` that denies (None: the report).

    `stems` stand for the words of what is denied. `back` says that these lie elsewhere: in an "accusation" that names
    the side, or in the sentence "before". `turn`: the sentence turns against what was said ("however"); `absence`:
    "there is no ...".
    """

    claims: tuple[int, ...]
    unit: int
    kind: Kind
    side: str | None
    stems: frozenset[str]
    back: Back | None = None
    turn: bool = False
    absence: bool = False


def find_denials(corpus: Corpus, names: Mapping[str, Name]) -> list[Denial]:
    """Return the denials of the story in order: one by words of denial in a sentence, else one per negated claim.

    "Dara Voss denied that the bridge was closed" -> denies, Dara Voss; "There is no flood" -> negates
    """
    found = []
    for number, unit in enumerate(corpus.units):
        claims = {place: corpus.claims[place] for place in unit.claims}
        spoken = _by_words(number, unit, claims, names)
        taken = set(spoken.claims) if spoken else set()
        negated = [
            _negation(number, unit, place, claim, names)
            for place, claim in claims.items()
            if place not in taken and _negates(claim)
        ]
        found += [spoken] if spoken else []
        found += negated
        if not spoken and not negated and _CORRECTS.match(unit.text):
            first = unit.claims[0]
            what = stems(claims[first].words)
            found.append(Denial((first,), number, "corrects", side_of(claims[first], names), what, turn=True))
    return found


def stems(words: Iterable[str]) -> frozenset[str]:
    """Return crude stems of the telling ones of `words`: "discriminate" and "discrimination" are one."""
    telling = (word for word in words if word not in _EMPTY and any(c.isalpha() for c in word))
    return frozenset(word[: max(4, min(6, len(word) - 2))] for word in telling) - {"be", "have"}


def is_open(claim: Claim, sentence: Sequence[Claim]) -> bool:
    """Whether `claim` asserts something: nothing supposed in it, and no denial in it or in a claim around it."""
    if claim.statement.negated or claim.statement.status == "hypothetical":
        return False
    if re.match(r"[\w\s”\"’']*\?", claim.sentence.text[claim.end - claim.sentence.start - 1 :]):
        return False
    if _NEGATION.search(claim.text) or _UNSURE.search(claim.text) or claim.statement.head == "oppose":
        return False
    return not any(other.statement.negated and _governs(other, claim) for other in sentence)


def _governs(other: Claim, claim: Claim) -> bool:
    """Whether `other` holds `claim` in part, or runs on into it: "never knew" in "never knew of a ship that sank"."""
    if other is claim or other.start >= claim.end:
        return False
    between = claim.sentence.text[max(0, other.end - claim.sentence.start) : claim.start - claim.sentence.start]
    return claim.start < other.end or (len(between) <= 2 and not _PAUSE.search(between + claim.text[:4]))


def _by_words(number: int, unit: Unit, claims: Mapping[int, Claim], names: Mapping[str, Name]) -> Denial | None:
    """Return the denial that the words of the sentence tell of."""
    for kind, pattern in _SPOKEN:
        match = pattern.search(unit.text)
        if match is None or _UNDENIED.search(unit.text[: match.start()]) or _IDLE.search(unit.text):
            continue
        if kind == "rejects" and _IN_COURT.search(unit.text[: match.start()]):
            continue
        at, end = unit.start + match.start(), unit.start + match.end()
        around = [place for place, claim in claims.items() if claim.start <= at < claim.end]
        complement = [
            place
            for place, claim in claims.items()
            if at < claim.start <= end + 30 and not _PAUSE.search(unit.text[match.end() : claim.start - unit.start])
        ][:1]
        if not around and not complement:
            continue
        tight = min(around or complement, key=lambda place: claims[place].end - claims[place].start)
        what = _denied(unit, match, kind, [claims[place] for place in dict.fromkeys((tight, *complement))])
        back: Back | None = None
        if not complement:
            own = [word for name in claims[tight].names & set(names) for word in names[name].name.lower().split()]
            what -= frozenset(own)
            if len(what) < 3 and not re.search(r"\bthat\s+\w", unit.text[match.end() :][:60]):
                back = "accusation" if _ACCUSATION.search(unit.text) else "before"
        by_verb = around and kind != "calls it false"
        side = denier_of(claims[tight], names, match.start()) if by_verb else side_of(claims[tight], names)
        taken = tuple(dict.fromkeys((tight, *complement)))
        return Denial(taken, number, kind, side, stems(what), back, bool(_TURN.search(unit.text)))
    return None


def _denied(unit: Unit, match: re.Match[str], kind: Kind, claims: Sequence[Claim]) -> frozenset[str]:
    """Return the words of what is denied: those after the verb, but all of "the charges were false"."""
    words = frozenset(word for claim in claims for word in claim.words) - _EMPTY
    if kind == "calls it false":
        return words
    after = unit.text[match.end() :].lower()
    verb = {claims[0].statement.head} if claims[0].start <= unit.start + match.start() else set()
    return frozenset(word for word in words if word[:4] in after) - verb


def _negates(claim: Claim) -> bool:
    """Whether `claim` denies what somebody may have said."""
    statement = claim.statement
    if statement.status == "hypothetical" or statement.head in _SILENT:
        return False
    if _IDLE.search(claim.text) or _WHICH.search(claim.text):
        return False
    if statement.head == "be" and _HEADLESS.match(claim.text):
        return False
    return statement.negated or statement.head == "oppose" or bool(re.search(r"\b(?:zero|never)\b", claim.text))


def _negation(number: int, unit: Unit, place: int, claim: Claim, names: Mapping[str, Name]) -> Denial:
    elliptic = bool(_ELLIPTIC.match(claim.text.strip()))
    return Denial(
        (place,),
        number,
        "negates",
        side_of(claim, names),
        stems(claim.words),
        "before" if elliptic else None,
        bool(_TURN.search(unit.text[: claim.end - unit.start])),
        bool(_EXISTENTIAL.match(claim.text)),
    )
