"""Who passes on whose words."""

from test_reports import quotes_of, said


def test_nested_speech_names_who_passes_it_on() -> None:
    text = "Tom Reed said that Ruth Abelard had told him that the pier would open in May."
    given = said(text, "said", "Tom Reed", "that Ruth Abelard had told him that the pier would open in May")
    outer, inner = sorted(quotes_of(text, given), key=lambda quote: quote.start)
    assert (outer.speaker, outer.relayed_by) == ("Tom Reed", None)
    assert (inner.text, inner.speaker, inner.relayed_by) == ("the pier would open in May", "Ruth Abelard", "Tom Reed")


def test_marked_words_in_a_report_are_relayed_too() -> None:
    text = "Tom Reed added that Ruth Abelard had called the plan “a gift to owners.”"
    (quote,) = [q for q in quotes_of(text) if q.kind == "mixed"]
    assert (quote.speaker, quote.relayed_by) == ("Ruth Abelard", "Tom Reed")


def test_nobody_passes_on_words_of_his_own() -> None:
    text = "Tom Reed said that he had told the board that the pier would open in May."
    assert {q.relayed_by for q in quotes_of(text)} == {None}


def test_a_plain_quote_is_relayed_by_nobody() -> None:
    assert [q.relayed_by for q in quotes_of("“The pier is gone,” Ruth Abelard said.")] == [None]
