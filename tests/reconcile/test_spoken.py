from __future__ import annotations

from accord.reconcile.claims import Claim, find_claims
from accord.reconcile.compare import Context
from accord.reconcile.findings import make_finding
from accord.reconcile.spoken import Spoken, find_spoken, with_utterances
from accord.records import Analysis, Finding
from reconcile.stories import Said, report, story_of

WILL = Said("We will never sell the old mill to strangers.", "sell", speaker="Ann Lee", quoted=True)
SHALL = Said("We shall never sell the old mill to strangers!", "sell", speaker="Ann Lee", quoted=True)
CLIP = Said("never sell the old mill", "sell", speaker="Ann Lee", quoted=True)
OTHER = Said("A bakery in Ardley sold its last cake before noon.", "sell")


def speak(*reports: tuple[Said, ...]) -> tuple[Spoken, tuple[Claim, ...], list[Analysis]]:
    made = [report(chr(ord("a") + number), *clauses) for number, clauses in enumerate(reports)]
    analyses = [analysis for _, analysis in made]
    claims = find_claims(analyses, {})
    return find_spoken(analyses, {}, (), claims, threads=1), claims, analyses


def tell(*reports: tuple[Said, ...]) -> Finding:
    """Return the finding of all claims."""
    spoken, claims, _ = speak(*reports)
    story = story_of([report(chr(ord("a") + number), *clauses)[0] for number, clauses in enumerate(reports)])
    numbers = list(range(len(claims)))
    found = make_finding(claims, [0.9], story, Context({}, {}))
    return with_utterances([(numbers, found)], claims, spoken)[0]


def test_claims_that_carry_one_utterance_are_as_likely_one_fact() -> None:
    spoken, claims, _ = speak((OTHER, WILL), (SHALL,))
    assert [claims[number].text for pair in spoken.carried for number in pair] == [WILL.text, SHALL.text]
    (pair,) = spoken.carried
    assert spoken.probabilities({pair: 0.2, (0, 2): 0.1}) == {pair: spoken.carried[pair].score, (0, 2): 0.1}
    assert spoken.probabilities({pair: 0.99})[pair] == 0.99
    assert spoken.only_wording(*pair, "polarity")
    assert not spoken.only_wording(*pair, "value")
    assert not spoken.only_wording(0, 2, "polarity")


def test_other_words_inside_the_marks_are_a_compatible_difference() -> None:
    found = tell((WILL,), (SHALL,), (SHALL,))
    (difference,) = found.differences
    assert (difference.field, difference.compatible, found.kind, found.verdict) == (
        "wording",
        True,
        "quote",
        "corroborated",
    )
    assert [(value.value, value.articles) for value in difference.values] == [
        ("We will never sell the old mill to strangers", ("a",)),
        ("We shall never sell the old mill to strangers", ("b", "c")),
    ]
    (utterance,) = found.utterances
    assert utterance.wording == difference.values
    assert [(span.article, span.text) for span in utterance.quotes] == [
        ("a", WILL.text),
        ("b", SHALL.text),
        ("c", SHALL.text),
    ]
    assert any(reason.startswith("one utterance: ") for reason in found.reasons)


def test_a_clip_is_no_difference_of_wording() -> None:
    found = tell((WILL,), (CLIP,))
    assert found.differences == ()
    assert [utterance.wording for utterance in found.utterances] == [()]


def test_findings_without_an_utterance_stay_as_they_are() -> None:
    spoken, claims, _ = speak((OTHER,), (OTHER,))
    story = story_of([report(id, OTHER)[0] for id in "ab"])
    found = make_finding(claims, [0.9], story, Context({}, {}))
    assert with_utterances([([0, 1], found)], claims, spoken) == (found,)
