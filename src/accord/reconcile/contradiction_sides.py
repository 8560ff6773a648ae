"""Says who stands behind a claim: a speaker, the one who denies or accuses in it, "critics", or the report itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from accord.reconcile.claims import Claim
from accord.reconcile.names import fold
from accord.records import Name

# What somebody is said to have said: "claims", "accusations", "reports".
SAID = (
    r"(?:claim|allegation|accusation|assertion|charge|criticism|suggestion|report|notion|idea|rumou?r|contention"
    r"|insinuation|account)s?"
)
_GROUPS = (
    r"(?:critics|opponents|proponents|supporters|advocates|lawmakers|officials|activists|experts|lawyers|police"
    r"|prosecutors|investigators|witnesses|residents|authorities|scientists|economists|analysts|protesters|unions)"
)
_GROUP = re.compile(rf"\b(?:[A-Z][\w.]+ ){{0,2}}{_GROUPS}\b", re.IGNORECASE)
_SAID_OF = re.compile(rf"\b{SAID}\b[^,;.]{{0,60}}\bthat\b", re.IGNORECASE)
_ENDS_IN_SAID = re.compile(rf"\b{SAID}\b[^,;.]{{0,60}}$", re.IGNORECASE)
_ASSERTS = re.compile(r"\b(?:accus|alleg|contend|assert|claim|insist|argu|warn|complain)(?:e|es|s|ed|ing)?\b", re.I)
_ENDS_IN_ASSERTS = re.compile(
    r"\b(?:alleg|contend|assert|claim|insist|argu)(?:e|es|s|ed|ing)?(?: that)?\s*[“\"‘]?$", re.I
)
_PAUSE = re.compile(r"[,;:—–“”\"]|\b(?:but|and|while|although|though|that|because|as)\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?: (?:has|have|had|was|were|is|are|did|also|then|later|never|still|again|today|yesterday|once"
    r"|(?:continued|continues|sought|tried|appeared) to|\w+ly|on \w+day|last \w+|this \w+))+$"
)
_NOBODY = re.compile(r"he|she|it|they|we|i|you|who|which|that|this|these|those|there", re.IGNORECASE)
MOST_WORDS = 7
CRITICS, OTHERS = "critics", "others"


def side_of(claim: Claim, names: Mapping[str, Name]) -> str | None:
    """Return who says that `claim` is so; None when it is the report itself.

    "Critics say the bridge is unsafe" -> "Critics"; "over claims that the bridge is unsafe" -> "critics"
    """
    speaker = _speaker(claim)
    if speaker:
        return speaker
    group = _GROUP.match(claim.text)
    if group:
        return group.group()
    if claim.actor is not None and claim.actor in names and _ASSERTS.search(claim.text):
        return names[claim.actor].name
    before = claim.sentence.text[: claim.start - claim.sentence.start]
    if _ENDS_IN_ASSERTS.search(before):
        return OTHERS
    if _ENDS_IN_SAID.search(before[-70:]) or _SAID_OF.search(claim.text):
        return CRITICS
    return None


def denier_of(claim: Claim, names: Mapping[str, Name], at: int) -> str | None:
    """Return who denies in `claim`, the verb standing at `at` in its sentence: the actor, else the words before.

    "But the Rovian government flatly denied ..." -> "the Rovian government"
    """
    speaker = _speaker(claim)
    if claim.actor is not None and claim.actor in names:
        return names[claim.actor].name
    before = claim.sentence.text[:at].rstrip()
    pauses = [match.end() for match in _PAUSE.finditer(before)]
    subject = _BETWEEN.sub("", before[pauses[-1] if pauses else 0 :].rstrip()).strip()
    words = subject.split()
    if speaker or not words or len(words) > MOST_WORDS or _NOBODY.fullmatch(words[-1]):
        return speaker
    return subject


def _speaker(claim: Claim) -> str | None:
    """Return the speaker of the clause or of the quote that it stands in, unless it is only a pronoun."""
    found = claim.statement.speaker or (claim.quote.speaker if claim.quote is not None else None)
    return None if found is None or _NOBODY.fullmatch(found) else found


def same_side(a: str | None, b: str | None) -> bool:
    """Whether `a` and `b` are one side: both the report, or the last word of one stands in the other."""
    if a is None or b is None:
        return a is None and b is None
    first, other = _folded(a), _folded(b)
    return bool(first and other) and (first[-1] in other or other[-1] in first)


@lru_cache(maxsize=4096)
def _folded(side: str) -> tuple[str, ...]:
    return tuple(fold(side).split())


def same_camp(a: str, b: str) -> bool:
    """Whether `a` and `b` are one side, or hold one name: "Rovia" and "a spokesman for Rovia's navy"."""
    first, other = (set(re.findall(r"\b[A-Z][\w.-]{3,}", re.sub(r"['’]s\b", "", side))) for side in (a, b))
    return same_side(a, b) or bool(first & other)


def is_about(claim: Claim, side: str | None, names: Mapping[str, Name]) -> bool:
    """Whether `claim` names `side`, or a name in it ("a spokeswoman for Rovia's navy" is Rovia)."""
    if side is None:
        return False
    words = " " + fold(re.sub(r"['’]s\b", "", side)) + " "
    known = [names[name].name for name in sorted(claim.names) if name in names]
    return any(same_side(name, side) or f" {fold(name)} " in words for name in known)
