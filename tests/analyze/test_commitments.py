from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.analyze import analyze, language
from accord.analyze.commitments import (
    BIAS,
    THRESHOLD,
    Weights,
    choose,
    find_commitments,
    find_prospects,
    find_scored,
    load_weights,
    packed,
    unpacked,
)
from accord.analyze.reading import Reading
from accord.records import Article, Commitment, Figure, Mention, Name, NameKind, Quote, Sentence, Time

ALL = Weights({BIAS: 10.0, THRESHOLD: 0.5})
NOTHING = Weights({BIAS: -10.0, THRESHOLD: 0.5})


def read(*sentences: str) -> Reading:
    text, split = "", []
    for sentence in sentences:
        split.append(Sentence(len(text), len(text) + len(sentence), sentence, 0))
        text += sentence + " "
    return Reading(Article("a", text, "Dorrin Courier"), tuple(split), language.parse(text, split))


def name(reading: Reading, key: str, full: str, kind: NameKind, *forms: str) -> Name:
    text = reading.article.text
    mentions = tuple(Mention(text.index(form), text.index(form) + len(form), form) for form in forms or (full,))
    return Name(key, full, kind, ("a",), mentions=mentions)


def commitments(
    reading: Reading,
    *names: Name,
    times: tuple[Time, ...] = (),
    quotes: tuple[Quote, ...] = (),
    figures: tuple[Figure, ...] = (),
    weights: Weights | None = None,
) -> list[Commitment]:
    return list(find_commitments(reading, names, times, quotes, figures, weights=weights))


def only(sentence: str) -> Commitment:
    (found,) = commitments(read(sentence), weights=ALL)
    return found


def test_shipped_weights_find_a_pledge() -> None:
    reading = read("Velmar Steel pledged to repay the loan.", "The harbour is old.")
    (found,) = commitments(reading, name(reading, "n1", "Velmar Steel", "organisation"))
    assert (found.who, found.who_id, found.strength) == ("Velmar Steel", "n1", "promised")
    assert found.what == "repay the loan"
    assert reading.article.text[found.start : found.end] == found.text


def test_shipped_weights_leave_general_truths() -> None:
    assert commitments(read("The tide was high.", "There will be heavy rain.", "Prices would fall.")) == []


def test_weights_can_be_replaced() -> None:
    reading = read("Velmar Steel pledged to repay the loan.")
    assert commitments(reading, weights=NOTHING) == []
    assert load_weights().table[THRESHOLD] < 0.5


def test_one_commitment_at_one_place() -> None:
    reading = read("The board vowed that it would sell the mill.")
    scored = find_scored(reading, (), (), (), (), find_prospects(reading))
    assert len(scored) == 2
    assert len(choose(scored, ALL)) == 1


def test_strengths() -> None:
    assert only("The minister threatened to close the port.").strength == "threatened"
    assert only("The minister agreed to reopen the port.").strength == "agreed"
    assert only("The captain refused to leave the ship.").strength == "refused"
    assert only("The union will not talk to the owners.").strength == "refused"
    assert only("The owners are considering a sale.").strength == "considering"


def test_reported_pronoun_is_whoever_reports() -> None:
    reading = read("Velmar Steel said it would close the mill.")
    (found,) = commitments(reading, name(reading, "n1", "Velmar Steel", "organisation"), weights=ALL)
    assert found.who == "Velmar Steel"


def test_we_in_a_quote_is_the_speaker() -> None:
    reading = read("“We will close the mill,” Lena Ruiz said.")
    text = reading.article.text
    start, end = text.index("We"), text.index(",")
    quote = Quote("a", start, end, text[start:end], "direct", "Lena Ruiz", speaker_id="n1")
    (found,) = commitments(reading, quotes=(quote,), weights=ALL)
    assert (found.who, found.who_id, found.strength) == ("Lena Ruiz", "n1", "promised")


def test_actors_joined_by_and_are_kept_together() -> None:
    reading = read("Velmar Steel and Oster Mills will build a port.")
    names = (name(reading, "n1", "Velmar Steel", "organisation"), name(reading, "n2", "Oster Mills", "organisation"))
    (found,) = commitments(reading, *names, weights=ALL)
    assert found.who == "Velmar Steel and Oster Mills"


def test_agent_of_a_passive_acts() -> None:
    reading = read("The wreck will be raised by Velmar Steel.")
    (found,) = commitments(reading, name(reading, "n1", "Velmar Steel", "organisation"), weights=ALL)
    assert found.who == "Velmar Steel"


def test_amount_receiver_and_due_date() -> None:
    reading = read("Velmar Steel pledged to pay $5 million to Dorrin by next Friday.")
    text = reading.article.text
    money, friday = text.index("$5"), text.index("next Friday")
    figure = Figure("a", money, money + 10, "$5 million", 5e6, "USD")
    time = Time("a", friday, friday + 11, "next Friday", "2024-03-15", future=True)
    names = (name(reading, "n1", "Velmar Steel", "organisation"), name(reading, "n2", "Dorrin", "place"))
    (found,) = commitments(reading, *names, times=(time,), figures=(figure,), weights=ALL)
    assert (found.amount, found.unit) == (5e6, "USD")
    assert (found.due, found.due_date) == ("by next Friday", "2024-03-15")
    assert found.to_whom == "Dorrin"


def test_joined_verbs_are_commitments_of_their_own() -> None:
    found = commitments(read("The airline will hire an auditor, train its crews and publish a report."), weights=ALL)
    assert [each.what.split()[0] for each in found] == ["hire", "train", "publish"]


def test_noun_states_a_commitment() -> None:
    found = only("The mayor spoke of Velmar's commitment to a cleaner harbour.")
    assert found.strength == "promised"
    assert "commitment" in found.text


def test_probability_does_not_depend_on_order() -> None:
    reading = read("The board vowed that it would sell the mill.", "The owners plan to close the port.")
    scored = find_scored(reading, (), (), (), (), find_prospects(reading))
    weights = load_weights()
    assert choose(scored, weights) == choose(list(reversed(scored)), weights)


@given(st.lists(st.floats(-3.1, 3.1), max_size=20))
def test_packed_numbers_come_back(numbers: list[float]) -> None:
    array = np.array(numbers, dtype=np.float32)
    assert np.abs(unpacked(packed(array)) - array).max(initial=0) < 1e-4


def test_the_airline_is_the_body_so_named() -> None:
    reading = read("Oster Mills, Oster Mills and Dorrin Airlines met.", "The airline will hire crews.")
    mills = name(reading, "n1", "Oster Mills", "organisation", "Oster Mills", "Oster Mills")
    (found,) = commitments(reading, mills, name(reading, "n2", "Dorrin Airlines", "organisation"), weights=ALL)
    assert (found.who, found.who_id) == ("Dorrin Airlines", "n2")


def test_a_thing_acts_for_its_owner() -> None:
    reading = read("Traders liked Velmar Steel's offer.", "The offer will expire.")
    found = commitments(reading, name(reading, "n1", "Velmar Steel", "organisation"), weights=ALL)
    assert {each.who for each in found} == {"Velmar Steel"}


def test_two_sides_are_the_pair_named_before() -> None:
    reading = read("Dorrin and Lusk met.", "The two countries will build a bridge.")
    names = (name(reading, "n1", "Dorrin", "place"), name(reading, "n2", "Lusk", "place"))
    (found,) = commitments(reading, *names, weights=ALL)
    assert found.who == "Dorrin and Lusk"


def test_large_numbers_are_not_packed() -> None:
    with pytest.raises(ValueError, match="too large to pack"):
        packed(np.array([4.0], dtype=np.float32))


def test_a_body_that_says_they_means_itself() -> None:
    reading = read("The Dorrin council gave no date, but said they will widen the road.")
    found = commitments(reading, name(reading, "n1", "Dorrin council", "organisation"), weights=ALL)
    assert {each.who for each in found} == {"Dorrin council"}


def test_a_denying_subject_stays_with_the_act() -> None:
    reading = "None of the mill's 1,850 weavers would be laid off before 2028, the minister promised."
    found = analyze(Article(id="a", text=reading, outlet="Herald", language="en", published="2025-06-10")).commitments
    assert [item.what for item in found] == ["None of the mill's 1,850 weavers would be laid off before 2028"]


def test_what_somebody_is_not_going_to_do_is_refused_with_its_not() -> None:
    text = '"We are not going to talk about patrols or other things," Tolland said earlier on Tuesday.'
    found = analyze(Article(id="a", text=text, outlet="Herald", language="en", published="2025-06-10")).commitments
    assert [(item.strength, item.what) for item in found] == [
        ("refused", "not going to talk about patrols or other things")
    ]
