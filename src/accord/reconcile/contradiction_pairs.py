"""Weighs an assertion against a denial: do both speak of one thing, and do two sides?"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from accord.reconcile.candidates import Corpus
from accord.reconcile.claims import Claim
from accord.reconcile.contradiction_denials import WORDED, Denial, is_open, stems
from accord.reconcile.contradiction_sides import CRITICS, OTHERS, is_about, same_side, side_of
from accord.reconcile.names import fold
from accord.records import Name

PER_DENIAL = 8
_OPINION = re.compile(
    r"\b(?:should(?:n['’]t)?|must|ought|shall|needs? to|let[’']s|best|better|worst|worse|hope|wish|enough"
    r"|(?:in)?appropriate|premature|unwise|(?:un)?fair|(?:un)?acceptable|wrong|great|wonderful|worth)\b",
    re.IGNORECASE,
)
_ACCUSES = re.compile(r"\b(?:accus\w*|alleg\w*|charged|blam\w*|sued?|indict\w*)\b", re.IGNORECASE)
_SUFFERS = re.compile(r"\b(?:is|are|was|were|be|been|being|after|,)(?: \w+)? $", re.IGNORECASE)
_THEM = frozenset({"him", "her", "them", "it"})
_BARE = frozenset({"be", "have", "do", "will", "would", "can", "could"})
_FAVOURS = frozenset({"support", "back", "favor", "favour", "endorse", "embrace", "promote"})
_EXISTS = frozenset({"be", "amount", "exist", "constitute", "face", "become", "remain", "represent"})
NO_PAIR = -9.0


class Frame:
    """The claims of a story with what weighing needs of each: its side, its stems, whether it asserts."""

    def __init__(self, corpus: Corpus, names: Mapping[str, Name], denials: Sequence[Denial]) -> None:
        self.corpus, self.names = corpus, names
        self.sides = [side_of(claim, names) for claim in corpus.claims]
        self.stems = [stems((*claim.words, claim.statement.head)) for claim in corpus.claims]
        self.asserts = [
            is_open(claim, [corpus.claims[place] for place in corpus.units[unit].claims])
            for claim, unit in zip(corpus.claims, corpus.unit_of, strict=True)
        ]
        for denial in denials:
            for place in denial.claims if denial.kind in WORDED else ():
                self.asserts[place] &= self.sides[place] == CRITICS
        self.cosines = corpus.vectors @ corpus.vectors.T
        counts = Counter(
            stem for unit in corpus.units for stem in {s for place in unit.claims for s in self.stems[place]}
        )
        self._rarity = {stem: math.log(1 + len(corpus.units) / count) for stem, count in counts.items()}

    def weight(self, some: frozenset[str]) -> float:
        """Return the summed rarity of `some` stems in this story."""
        return sum(self._rarity.get(stem, 0.0) for stem in sorted(some))

    def shared(self, denial: Denial, number: int) -> tuple[frozenset[str], float, float]:
        """Return the stems that the claim shares with what is denied, their rarity, and their share of all denied."""
        both = denial.stems & self.stems[number]
        if not both:
            return both, 0.0, 0.0
        weight = self.weight(both)
        return both, weight, weight / (self.weight(denial.stems) + 1e-9)

    def gap(self, denial: Denial, number: int) -> int | None:
        """Return how many sentences the claim stands before the denial; None in another article."""
        if self.corpus.claims[number].article != self.corpus.units[denial.unit].article:
            return None
        return denial.unit - self.corpus.unit_of[number]


def find_pairs(frame: Frame, denials: Sequence[Denial], per_denial: int = PER_DENIAL) -> list[tuple[int, int]]:
    """Return (denial, claim) by number: the `per_denial` claims that each may answer, the likeliest first."""
    found = []
    for number, denial in enumerate(denials):
        mine = []
        for claim in range(len(frame.corpus.claims)):
            likely = _prior(frame, denial, claim)
            if likely > 0:
                mine.append((-round(likely, 5), number, claim))
        found += sorted(mine)[:per_denial]
    return [(denial, claim) for _, denial, claim in sorted(found)]


def _prior(frame: Frame, denial: Denial, number: int) -> float:
    """Return how worth reading the pair is; 0.0 when the claim cannot be what is denied."""
    unit = frame.corpus.unit_of[number]
    if unit == denial.unit or not frame.asserts[number] or same_side(frame.sides[number], denial.side):
        return 0.0
    claim, gap = frame.corpus.claims[number], frame.gap(denial, number)
    both, weight, share = frame.shared(denial, number)
    value = share + 0.05 * min(weight, 15.0) + float(frame.cosines[denial.unit, unit])
    if denial.kind == "corrects":
        quoted = denial.side is None and frame.sides[number] is not None and claim.quote is not None
        return value + 1.0 if quoted and gap == 1 and _undenied(frame, unit) else 0.0
    if denial.kind == "negates":
        if answers(frame, denial, number):
            return value + 1.0 + (denial.absence and claim.statement.head in _EXISTS)
        return value + 1.0 if denial.back and gap is not None and 1 <= gap <= 2 else 0.0
    if denial.back == "accusation" and _accuses(frame, denial, claim):
        return value + 1.0
    near = gap is not None and 1 <= gap <= 3
    return value + near if len(both) >= 2 or near else 0.0


def answers(frame: Frame, denial: Denial, number: int) -> bool:
    """Whether the words of the claim are those that `denial` negates: its verb, or most of what it says."""
    both, weight, share = frame.shared(denial, number)
    head = frame.corpus.claims[denial.claims[0]].statement.head
    verb = _same_verb(frame, head, number, frame.corpus.claims[denial.claims[0]].actor)
    if head == "oppose":
        return verb and bool(both)
    return (verb and (weight >= 3.0 or share >= 0.9)) or (len(both) >= 2 and share >= 0.6)


def weigh(frame: Frame, denial: Denial, number: int, clauses: float, sentences: float) -> float:
    """Return the log odds that the claim is what `denial` denies, given the pair encoder's logits of both.

    The parts are what a reader would go by: the same words, a known speaker on each side, the one after the other.
    """
    if denial.kind == "corrects":
        return 0.5
    if denial.kind == "negates":
        return _weigh_negation(frame, denial, number, clauses, sentences)
    return _weigh_worded(frame, denial, number, clauses)


def _weigh_worded(frame: Frame, denial: Denial, number: int, clauses: float) -> float:
    claim, gap = frame.corpus.claims[number], frame.gap(denial, number)
    both, _, share = frame.shared(denial, number)
    sided = frame.sides[number] is not None
    if denial.kind == "rejects" and not (sided and _whose(frame, denial, number)):
        return NO_PAIR
    value = 0.5 * sided - (0.0 if denial.side else 2.0)
    accused = 2.0 * _accuses(frame, denial, claim)
    if denial.back:
        unit = frame.corpus.units[frame.corpus.unit_of[number]]
        about = is_about(claim, denial.side, frame.names) or (denial.kind == "calls it false" and gap == 1)
        if not accused and (not about or _OPINION.search(unit.text)):
            return NO_PAIR
        value += {1: 2.0, 2: 1.0}.get(gap or 0, 0.0) * (sided or bool(accused)) - 2.0
        return value + (accused + 0.5 if denial.back == "accusation" else 0.0)
    near = gap is not None and 1 <= gap <= 3
    if not both:
        return NO_PAIR
    complement = frame.corpus.claims[denial.claims[-1]].statement.head
    told = 0.7 if len(denial.claims) < 2 or _same_verb(frame, complement, number) else 0.35
    if told < 0.7 and not sided and share < 0.45:
        return NO_PAIR
    value += 0.5 * sided - 0.5
    attributed = frame.sides[number] in (CRITICS, OTHERS)
    value += near * (0.5 + 0.5 * accused + 0.8 * attributed)
    return value + 0.5 * _clip(clauses) + told * share * min(len(both), 3)


def _weigh_negation(frame: Frame, denial: Denial, number: int, clauses: float, sentences: float) -> float:
    denied, claim = frame.corpus.claims[denial.claims[0]], frame.corpus.claims[number]
    gap, sided = frame.gap(denial, number), None not in (denial.side, frame.sides[number])
    if denial.back:
        return 1.0 * denial.turn + 1.0 * sided + (gap == 1) * 0.5 - 1.5
    if denial.side is None and not (denial.turn and gap in (1, 2)):
        return NO_PAIR
    if _OPINION.search(denied.text) or _OPINION.search(claim.text) or _figures_differ(denied, claim):
        return NO_PAIR
    if denied.statement.status == "planned" and any(time.date and not time.future for time in claim.times):
        return NO_PAIR
    _, _, share = frame.shared(denial, number)
    head = denied.statement.head
    verb = _same_verb(frame, head, number, denied.actor)
    near = gap is not None and 1 <= gap <= 3
    value = _clip(clauses) + 0.5 * _clip(sentences) + sided + near + denial.turn + 0.5 * verb + share - 1.5
    value -= 1.5 * (frame.sides[number] is None) + 0.5 * (verb and share < 0.3)
    if denial.absence and share >= 0.9 and sided and claim.statement.head in _EXISTS and "only" not in claim.text:
        return max(value, 0.5 + 0.5 * (gap is not None))
    return value


def _same_verb(frame: Frame, head: str, number: int, actor: str | None = None) -> bool:
    """Whether the claim holds the denied verb: "support" where "oppose" denies."""
    if head == "oppose":
        claim = frame.corpus.claims[number]
        return claim.statement.head in _FAVOURS and claim.actor is not None and claim.actor == actor
    return head not in _BARE and not stems((head,)).isdisjoint(frame.stems[number])


def _accuses(frame: Frame, denial: Denial, claim: Claim) -> bool:
    """Whether `claim` accuses the side that denies."""
    match = _ACCUSES.search(claim.text)
    if match is None or not is_about(claim, denial.side, frame.names):
        return False
    after = fold(claim.text[match.end() :]).split()
    suffers = _SUFFERS.search(claim.text[: match.start()]) or match.group().lower().startswith("alleg")
    names = {word for name in claim.names & set(frame.names) for word in fold(frame.names[name].name).split()[-1:]}
    own = set(fold(re.sub(r"['’]s\b", "", denial.side or "")).split())
    return bool(suffers or ((own & names) | _THEM) & set(after))


def _whose(frame: Frame, denial: Denial, number: int) -> bool:
    """Whether the claim is said by one whom the rejection names ("dismissed Lind's idea"), if it names anybody."""
    claim = frame.corpus.claims[denial.claims[0]]
    named = [frame.names[name].name for name in sorted(claim.names) if name in frame.names]
    owners = [name for name in named if re.search(rf"{re.escape(name.split()[-1])}['’]s?\b", claim.text)]
    people = [name for name in owners if name not in (denial.side or "") and not same_side(name, denial.side)]
    return not people or any(same_side(name, frame.sides[number]) for name in people)


def _undenied(frame: Frame, unit: int) -> bool:
    return all(frame.asserts[place] for place in frame.corpus.units[unit].claims)


def _figures_differ(a: Claim, b: Claim) -> bool:
    """Whether both give figures ("no one" aside) and none is the same: then they count different things."""
    first = {(figure.value, figure.unit) for figure in a.figures if figure.value}
    other = {(figure.value, figure.unit) for figure in b.figures if figure.value}
    return bool(first and other) and not first & other


def _clip(logit: float) -> float:
    return max(-4.0, min(4.0, logit))
