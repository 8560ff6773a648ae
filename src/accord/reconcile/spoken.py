"""Brings utterances and claims together: their clauses become one finding, which keeps how the words differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from accord.reconcile.claims import Claim, overlap, touches
from accord.reconcile.utterances import Match, Said, find_matches, gather, join
from accord.reconcile.wording import content, differing
from accord.records import Analysis, Citation, Difference, Finding, Name, Quote, Utterance, Value, content_id

# Share of the telling words of the poorer clause that must stand in the other for both to be one part of an utterance.
SAME_PART = 0.5
# Fields in which two reports that quote one utterance differ by their wording alone.
WORDING = ("polarity", "status")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The quotes of a story, which of them are one utterance, and which claims carry the same part of one."""

    said: tuple[Said, ...]
    matches: Mapping[tuple[int, int], Match]
    groups: tuple[tuple[int, ...], ...]
    carried: Mapping[tuple[int, int], Match]

    def probabilities(self, known: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], float]:
        """Return `known` with claims that carry the same part of an utterance as likely one as the utterance is."""
        return {**known, **{pair: max(match.score, known.get(pair, 0.0)) for pair, match in self.carried.items()}}

    def only_wording(self, a: int, b: int, field: str) -> bool:
        """Whether claims a < b are the same part of one utterance that both quote, and differ in no name or number."""
        match = self.carried.get((a, b))
        return field in WORDING and match is not None and all(self.said[number].marked for number in (match.a, match.b))


def find_spoken(
    analyses: Sequence[Analysis],
    linked: Mapping[str, str],
    names: Sequence[Name],
    claims: Sequence[Claim],
    *,
    threads: int,
) -> Spoken:
    """Return the utterances of a story and the pairs of `claims` that carry the same part of one."""
    said = gather(analyses, linked, names)
    found = find_matches(said, analyses, threads=threads)
    groups = join(said, found)
    home = {number: place for place, members in enumerate(groups) for number in members}
    kept = [match for match in found if match.a in home and home[match.a] == home.get(match.b)]
    holders = [_holders(each.quote, claims) for each in said]
    carried: dict[tuple[int, int], Match] = {}
    for match in kept:
        for pair in _same_parts(said, match, holders, claims):
            carried.setdefault(pair, match)
    return Spoken(said, {(match.a, match.b): match for match in kept}, tuple(map(tuple, groups)), carried)


def with_utterances(
    findings: Sequence[tuple[Sequence[int], Finding]], claims: Sequence[Claim], spoken: Spoken
) -> tuple[Finding, ...]:
    """Return the findings, each given with the numbers of its claims, with what is said of their utterances.

    Each utterance goes with the finding that most of its claims stand in.
    """
    told: dict[int, list[int]] = defaultdict(list)
    for place, members in enumerate(spoken.groups):
        votes = _votes(members, spoken, [numbers for numbers, _ in findings])
        if votes:
            told[max(votes, key=lambda number: (votes[number], -number))].append(place)
    return tuple(
        _tell(finding, numbers, claims, spoken, [spoken.groups[place] for place in told[at]])
        for at, (numbers, finding) in enumerate(findings)
    )


def _holders(quote: Quote, claims: Sequence[Claim]) -> list[int]:
    return [n for n, claim in enumerate(claims) if claim.article == quote.article and touches(quote, claim)]


def _same_parts(
    said: Sequence[Said], match: Match, holders: Sequence[Sequence[int]], claims: Sequence[Claim]
) -> list[tuple[int, int]]:
    """Return the pairs of claims that carry the same part of a matched utterance, each the other's best."""
    a, b = said[match.a].quote, said[match.b].quote
    scored = {
        (x, y): likely
        for x in holders[match.a]
        for y in holders[match.b]
        if (likely := _alike(_part(a, claims[x]), _part(b, claims[y]))) >= SAME_PART
    }
    if not scored and len(holders[match.a]) == len(holders[match.b]) == 1:
        scored[holders[match.a][0], holders[match.b][0]] = 1.0
    best_a = {x: max(value for (i, _), value in scored.items() if i == x) for x, _ in scored}
    best_b = {y: max(value for (_, j), value in scored.items() if j == y) for _, y in scored}
    return [(min(pair), max(pair)) for pair, value in scored.items() if value == best_a[pair[0]] == best_b[pair[1]]]


def _part(quote: Quote, claim: Claim) -> str:
    """Return the words that `quote` and `claim` share."""
    start = max(quote.start, claim.start)
    return quote.text[start - quote.start : start - quote.start + overlap(quote, claim)]


def _alike(one: str, other: str) -> float:
    """Return the share of the poorer part's telling words in the other; more words count for a little more."""
    own, theirs = content(one), content(other)
    fewest = min(len(own), len(theirs))
    return len(own & theirs) / fewest + 0.01 * len(own & theirs) if fewest else 0.0


def _votes(members: Sequence[int], spoken: Spoken, holders: Iterable[Sequence[int]]) -> dict[int, int]:
    """Return how many pairs of claims that carry the utterance of `members` stand in each finding that has any."""
    pairs = [pair for pair, match in spoken.carried.items() if match.a in members]
    votes = {place: sum(a in numbers and b in numbers for a, b in pairs) for place, numbers in enumerate(holders)}
    return {place: count for place, count in votes.items() if count}


def _tell(
    finding: Finding, numbers: Sequence[int], claims: Sequence[Claim], spoken: Spoken, groups: Sequence[Sequence[int]]
) -> Finding:
    """Return `finding` as a quote, with its utterances and with how their words inside the marks differ."""
    inside = {pair: match for pair, match in spoken.carried.items() if pair[0] in numbers and pair[1] in numbers}
    if not inside:
        return finding
    values = _worded(_differing_parts(inside, claims, spoken), spoken)
    quoted = any(spoken.said[n].marked for match in inside.values() for n in (match.a, match.b))
    why = dict.fromkeys(f"one utterance: {match.why}" for match in inside.values())
    return replace(
        finding,
        kind="quote" if quoted else finding.kind,
        differences=(*finding.differences, *([Difference("wording", values, compatible=True)] if values else [])),
        reasons=(*finding.reasons, *why),
        utterances=tuple(_utterance(members, spoken) for members in groups),
    )


def _differing_parts(
    inside: Mapping[tuple[int, int], Match], claims: Sequence[Claim], spoken: Spoken
) -> dict[int, str]:
    """Return, by number, the parts of quotes that claims carry, where both their own words and the quotes' differ."""
    reach: dict[int, tuple[int, int]] = {}
    for (a, b), match in inside.items():
        quotes = [spoken.said[number].quote for number in (match.a, match.b)]
        pair = (claims[a], claims[b]) if claims[a].article == quotes[0].article else (claims[b], claims[a])
        parts = [_part(quote, claim) for quote, claim in zip(quotes, pair, strict=True)]
        marked = all(spoken.said[number].marked for number in (match.a, match.b))
        if marked and all(parts) and differing(*parts) and differing(quotes[0].text, quotes[1].text):
            for number, quote, claim in zip((match.a, match.b), quotes, pair, strict=True):
                place = max(0, claim.start - quote.start), min(len(quote.text), claim.end - quote.start)
                reach[number] = _both(reach.get(number), place)
    return {number: spoken.said[number].quote.text[slice(*place)] for number, place in reach.items()}


def _worded(parts: Mapping[int, str], spoken: Spoken) -> tuple[Value, ...]:
    """Return each wording of `parts`, the words of quotes by number, with its articles; nothing where all agree.

    The longest words stand first, so that clips join what they are clipped from; a wording is shown as far as it
    answers others.
    """
    wordings: list[list[int]] = []
    shown: dict[int, tuple[int, int]] = {}
    for number in sorted(parts, key=lambda n: (-len(parts[n]), n)):
        apart = {}
        for members in wordings:
            if tuple(sorted((number, members[0]))) in spoken.matches:
                apart[members[0]] = differing(parts[members[0]], parts[number])
        home = next((members for members in wordings if apart.get(members[0], "") is None), None)
        if home:
            home.append(number)
            continue
        wordings.append([number])
        for first, stretches in apart.items():
            if stretches:
                shown[first] = _both(shown.get(first), stretches[0])
                shown[number] = _both(shown.get(number), stretches[1])
    return tuple(
        Value(
            parts[members[0]][slice(*shown[members[0]])], tuple(sorted({spoken.said[n].quote.article for n in members}))
        )
        for members in sorted(wordings, key=min)
        if members[0] in shown
    )


def _both(known: tuple[int, int] | None, stretch: tuple[int, int]) -> tuple[int, int]:
    """Return the stretch that holds both."""
    return (min(known[0], stretch[0]), max(known[1], stretch[1])) if known else stretch


def _utterance(members: Sequence[int], spoken: Spoken) -> Utterance:
    quotes = [spoken.said[number].quote for number in members]
    pairs = [match for pair, match in spoken.matches.items() if pair[0] in members]
    return Utterance(
        id=content_id("utterance", *(part for quote in quotes for part in (quote.article, quote.start, quote.end))),
        quotes=tuple(Citation(quote.article, quote.start, quote.end, quote.text) for quote in quotes),
        wording=_worded({n: spoken.said[n].quote.text for n in members if spoken.said[n].marked}, spoken),
        score=round(min(match.score for match in pairs), 4),
        reasons=tuple(dict.fromkeys(match.why for match in pairs)),
    )
