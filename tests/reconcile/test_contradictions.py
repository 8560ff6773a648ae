"""Contradictions: one side says so, another denies it, and the reports only tell of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.reconcile.candidates import Corpus, gather
from accord.reconcile.claims import Claim, find_claims
from accord.reconcile.contradiction_denials import Denial, find_denials, stems
from accord.reconcile.contradiction_pairs import Frame, weigh
from accord.reconcile.contradiction_sides import denier_of, is_about, same_camp, same_side, side_of
from accord.reconcile.contradictions import MOST_PAIRS, REPORT, Contradiction, find_contradictions
from accord.records import Name
from reconcile.stories import Said, claims_of, name, report

VOSS = name("n1", "Dara Voss", "person", "a", "b")
ROVIA = name("n2", "Rovia", "place", "a", "b")

OPENS = Said("The old bridge will open in May.", "open", speaker="Mara Lind", status="planned")
OPENS_NOT = Said("The old bridge will not open in May.", "open", speaker="Tom Reyes", negated=True, status="planned")
WOULD_NOT = Said("However it would not.", "would", speaker="Tom Reyes", negated=True)
ACCUSED = Said("Dara Voss was accused of selling harbour permits.", "accuse", names=("n1",))
DENIES = Said("Dara Voss denied the allegations.", "deny", names=("n1",), actor="n1")
WEATHER = Said("Rain fell on the quays all night.", "fall")


def corpus_of(*reports: Sequence[Said], names: Sequence[Name] = ()) -> Corpus:
    """Return the reports a, b, ... as a corpus in which no two sentences are alike."""
    analyses = [report(id, *said, names=names)[1] for id, said in zip("abcdef", reports, strict=False)]
    claims = find_claims(analyses, {})
    units = gather(claims)
    return Corpus(claims, units, np.eye(len(units), dtype=np.float32))


def found_in(
    *reports: Sequence[Said], logit: float = 3.0, names: Sequence[Name] = (VOSS, ROVIA)
) -> list[Contradiction]:
    """Return the contradictions when the encoder answers `logit` whatever it is asked."""
    corpus = corpus_of(*reports, names=names)

    def score(pairs: list[tuple[int, int]]) -> list[list[float]]:
        sizes = [len(corpus.units[i].claims) * len(corpus.units[j].claims) for i, j in pairs]
        return [[logit] * (1 + size) for size in sizes]

    return find_contradictions(corpus.claims, corpus, score, {each.id: each for each in names})


def test_a_short_answer_denies_the_sentence_before() -> None:
    (found,) = found_in([WEATHER, OPENS, WOULD_NOT])
    assert (found.asserting, found.denying) == ((1,), (2,))
    assert found.sides == ("Mara Lind", "Tom Reyes")
    assert found.why == "Mara Lind said so, Tom Reyes denied it"


def test_what_the_same_side_says_next_goes_with_the_short_answer() -> None:
    more = Said("We are not going to open a bridge.", "go", speaker="Tom Reyes", negated=True)
    (found,) = found_in([OPENS, WOULD_NOT, more])
    assert found.denying == (1, 2)


def test_a_denial_in_the_other_report_is_found() -> None:
    (found,) = found_in([OPENS], [OPENS_NOT])
    assert (found.asserting, found.denying) == ((0,), (1,))
    assert 0.5 < found.sure <= 1.0


def test_clauses_that_the_encoder_finds_unlike_are_no_contradiction() -> None:
    assert found_in([OPENS], [OPENS_NOT], logit=-6.0) == []


def test_without_the_encoder_the_likeness_of_the_sentences_decides() -> None:
    corpus = corpus_of([OPENS], [OPENS_NOT])
    alike = Corpus(corpus.claims, corpus.units, np.full((2, 4), 0.5, dtype=np.float32))
    assert find_contradictions(corpus.claims, corpus, None, {}) == []
    assert len(find_contradictions(alike.claims, alike, None, {})) == 1


@pytest.mark.parametrize(
    "other",
    [
        Said("The old bridge will open in May.", "open", speaker="Reyes", status="planned"),
        Said("The old bridge will never open in May.", "open", speaker="Mara Lind", negated=True),
        Said("The old bridge will open in May?", "open", speaker="Mara Lind"),
        Said("whether the old bridge will open in May", "open", speaker="Mara Lind"),
        Said("The old bridge should open in May.", "open", speaker="Mara Lind"),
        Said("The harbour cafe sells herring.", "sell", speaker="Mara Lind"),
    ],
    ids=["same side", "also denied", "question", "supposed", "opinion", "another matter"],
)
def test_no_contradiction_with(other: Said) -> None:
    assert found_in([other], [OPENS_NOT]) == []


@pytest.mark.parametrize(
    "denial",
    [
        "Do not open the old bridge in May.",
        "The old bridge will not only open in May.",
        "You can't open the old bridge in May.",
        "the one who will not open the old bridge in May",
    ],
)
def test_what_only_sounds_like_a_denial_is_none(denial: str) -> None:
    assert found_in([OPENS], [Said(denial, "open", speaker="Tom Reyes", negated=True)]) == []


def test_a_report_that_denies_in_its_own_voice_is_left_to_the_other_comparisons() -> None:
    assert found_in([OPENS], [Said("The old bridge will not open in May.", "open", negated=True)]) == []


def test_a_denied_accusation_is_found_wherever_it_stands() -> None:
    (found,) = found_in([ACCUSED, WEATHER], [WEATHER, DENIES])
    assert (found.asserting, found.denying) == ((0,), (3,))
    assert found.sides == (REPORT, "Dara Voss")


def test_an_accuser_is_not_the_accused() -> None:
    assert found_in([Said("Dara Voss accused the port.", "accuse", names=("n1",))], [DENIES]) == []


@pytest.mark.parametrize(
    "text",
    [
        "Dara Voss did not deny the allegations.",
        "Dara Voss could refute the allegations at a trial.",
        "Dara Voss denied them entry.",
        "The court dismissed the claims against Dara Voss.",
    ],
)
def test_words_of_denial_that_deny_nothing(text: str) -> None:
    corpus = corpus_of([Said(text, "deny", names=("n1",))], names=[VOSS])
    assert find_denials(corpus, {"n1": VOSS}) == []


def test_false_charges_answer_the_sentence_before() -> None:
    threw = Said("Dara Voss threw a flare at the tug.", "throw", speaker="the coastguard", names=("n1",))
    (found,) = found_in([threw, Said("the charges were false", "be", speaker="Ivo Brandt")])
    assert found.why == "the coastguard said so, Ivo Brandt called it false"


def test_a_report_that_sets_facts_against_a_quote() -> None:
    said = Said("We catch more herring than ever before", "catch", speaker="Mara Lind", quoted=True)
    (found,) = found_in([said, Said("In fact, landings are at their lowest since the war.", "be")])
    assert found.sides == ("Mara Lind", REPORT)
    assert found.why == "Mara Lind said so, the report itself said otherwise"


def test_there_is_no_such_thing() -> None:
    exists = Said("The silting amounts to a harbour emergency.", "amount", speaker="Mara Lind")
    none = Said("There is no harbour emergency.", "be", speaker="Tom Reyes", negated=True)
    corpus = corpus_of([exists, WEATHER], [none])
    denial = Denial((2,), 2, "negates", "Tom Reyes", stems(["harbour", "emergency"]), absence=True)
    frame = Frame(corpus, {}, [denial])
    assert weigh(frame, denial, 0, -4.0, -4.0) > 0 > weigh(frame, replace(denial, absence=False), 0, -4.0, -4.0)


def test_related_words_are_one_stem() -> None:
    assert stems(["discriminate"]) == stems(["discrimination"])
    assert stems(["be", "allegation", "--"]) == frozenset()


def test_one_denial_told_by_two_reports_is_one_contradiction() -> None:
    corpus = corpus_of([OPENS, OPENS_NOT], [OPENS_NOT])
    vectors = np.array([[1, 0], [0, 1], [0, 1]], dtype=np.float32)
    alike = Corpus(corpus.claims, corpus.units, vectors)
    (found,) = find_contradictions(alike.claims, alike, lambda pairs: [[3.0, 3.0] for _ in pairs], {})
    assert (found.asserting, found.denying) == ((0,), (1, 2))


def test_few_sentences_are_read() -> None:
    asked: list[tuple[int, int]] = []

    def score(pairs: list[tuple[int, int]]) -> list[list[float]]:
        asked.extend(pairs)
        return [[-5.0, -5.0] for _ in pairs]

    corpus = corpus_of([OPENS] * 12, [OPENS_NOT] * 12)
    find_contradictions(corpus.claims, corpus, score, {})
    assert 0 < len(asked) <= MOST_PAIRS
    assert all(i < j for i, j in asked)


def test_claims_of_another_corpus_are_refused() -> None:
    with pytest.raises(ValueError, match="0 claims, but the corpus has 1"):
        find_contradictions((), corpus_of([OPENS]), None, {})


@given(st.permutations([("a", OPENS), ("b", OPENS_NOT), ("c", ACCUSED), ("d", DENIES), ("e", WEATHER)]))
def test_the_order_of_the_reports_does_not_matter(reports: list[tuple[str, Said]]) -> None:
    names = {"n1": VOSS}
    claims = find_claims([report(id, said, names=[VOSS])[1] for id, said in reports], {})
    units = gather(claims)
    corpus = Corpus(claims, units, np.eye(len(units), dtype=np.float32))
    found = find_contradictions(claims, corpus, lambda pairs: [[3.0, 3.0] for _ in pairs], names)
    told = sorted([[claims[n].article for n in (*each.asserting, *each.denying)] for each in found])
    assert told == [["a", "b"], ["c", "d"]]


def claim(said: Said) -> Claim:
    (only,) = claims_of(said)
    return only


def test_who_says_so() -> None:
    names = {"n1": VOSS}
    assert side_of(claim(OPENS), names) == "Mara Lind"
    assert side_of(claim(Said("Critics say the bridge is unsafe.")), names) == "Critics"
    assert side_of(claim(Said("Dara Voss insists the bridge is safe.", actor="n1")), names) == "Dara Voss"
    assert side_of(claim(Said("amid claims that the bridge is unsafe")), names) == "critics"
    assert side_of(claim(Said("They left.", speaker="they")), names) is None
    assert side_of(claim(WEATHER), names) is None


def test_who_denies() -> None:
    text = "But the Rovian government flatly denied the claim."
    assert denier_of(claim(Said(text)), {}, text.index("denied")) == "the Rovian government"
    assert denier_of(claim(Said("They denied it.")), {}, 5) is None
    assert denier_of(claim(DENIES), {"n1": VOSS}, 10) == "Dara Voss"


def test_sides_are_compared_by_name() -> None:
    assert same_side("Dara Voss", "Voss")
    assert not same_side("Dara Voss", "Mara Lind")
    assert same_side(None, None)
    assert not same_side(None, "Voss")
    assert same_camp("Rovia", "a spokesman for Rovia’s navy")
    assert not same_camp("Rovia", "the navy")
    assert is_about(claim(Said("Rovia shipped coal.", names=("n2",))), "a spokesman for Rovia's navy", {"n2": ROVIA})
    assert not is_about(claim(WEATHER), "Rovia", {"n2": ROVIA})
