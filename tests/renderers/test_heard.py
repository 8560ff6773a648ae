from dataclasses import replace

from accord.records import Name, Quote, Span, Utterance, Value
from accord.renderers.heard import Heard, asides, hear, manner

from .sample import BRIEFING


def quote(
    article: str, start: int, text: str, kind: str = "direct", said: str | None = None, **fields: object
) -> Quote:
    made = Quote(article, start, start + len(text), text, kind, "Ann Lee")  # type: ignore[arg-type]
    return replace(made, utterance=said, **fields)  # type: ignore[arg-type]


def listen(*quotes: Quote, names: tuple[Name, ...] = (), wording: tuple[Value, ...] = ()) -> dict[str, list[list[str]]]:
    """Return the texts of each utterance by speaker."""
    told = (Utterance("u", (), wording),)
    heard = hear(replace(BRIEFING, quotes=quotes, names=names, utterances=told))
    return {speaker: [[q.text for q in each.quotes] for each in every] for speaker, every in heard.items()}


def test_quotes_of_one_utterance_are_one_whatever_their_words() -> None:
    quotes = quote("a", 0, "We will sell the mill", said="u"), quote("b", 0, "the mill is for sale", "indirect", "u")
    assert listen(*quotes) == {"Ann Lee": [["We will sell the mill", "the mill is for sale"]]}


def test_utterances_that_were_told_apart_stay_apart() -> None:
    quotes = quote("a", 0, "We will sell the mill", said="u"), quote("b", 0, "will sell the mill", said="v")
    assert len(listen(*quotes)["Ann Lee"]) == 2
    assert len(listen(quotes[0], replace(quotes[1], utterance=None))["Ann Lee"]) == 1


def test_a_speaker_goes_by_the_listed_name_and_phrases_by_their_first_form() -> None:
    lee = Name("n", "Ann Mary Lee", "person", ("a", "b"), ("Ann Lee", "Lee"))
    quotes = [quote("a", 0, "We sell"), quote("b", 0, "They are gone", speaker="Lee")]
    assert list(listen(*quotes, names=(lee,))) == ["Ann Mary Lee"]
    aides = [quote("a", 0, "We sell", speaker="The aide"), quote("b", 0, "They are gone", speaker="the aide")]
    assert list(listen(*aides)) == ["The aide"]


def test_a_fragment_is_shown_in_the_reported_words_around_it() -> None:
    around = quote("a", 0, "it was “a good day” for them", "indirect")
    fragment = quote("a", 8, "a good day", "mixed")
    (heard,) = hear(replace(BRIEFING, quotes=(around, fragment), names=()))["Ann Lee"]
    assert (heard.best, heard.around) == (fragment, around.text)
    (alone,) = hear(replace(BRIEFING, quotes=(replace(fragment, content=(Span(0, 12, "“a good day”"),)),)))["Ann Lee"]
    assert alone.around == "“a good day”"


def test_reports_that_do_not_quote_paraphrase_and_equal_words_stand_once() -> None:
    told = [
        quote("a", 0, "We will sell the mill", said="u"),
        quote("a", 0, "they will sell the mill", "indirect", "u"),
        quote("b", 0, "the mill is for sale,", "indirect", "u"),
        quote("c", 0, "the mill is for sale", "indirect", "u"),
    ]
    (heard,) = hear(replace(BRIEFING, quotes=tuple(told), names=()))["Ann Lee"]
    (aside,) = asides(heard)
    assert (aside.how, aside.sides[0].value, aside.sides[0].articles) == (
        "paraphrased by",
        "the mill is for sale",
        ("b", "c"),
    )
    (reported,) = hear(replace(BRIEFING, quotes=tuple(told[2:]), names=()))["Ann Lee"]
    assert asides(reported) == ()


def test_a_cue_that_says_more_than_said_is_told() -> None:
    denied = quote("a", 0, "the mill had been sold", "indirect", cue="denied")
    assert manner(Heard((denied,))) == "denied"
    assert manner(Heard((replace(denied, cue="said"),))) == ""
    assert manner(Heard((replace(denied, kind="direct"),))) == ""


def test_a_listed_name_goes_before_a_phrase() -> None:
    lee = Name("n", "Ann Lee", "person", ("a", "b"))
    quotes = quote("a", 0, "We sell", said="u"), quote("b", 0, "We sell", said="u", speaker="the mayor of Calder")
    assert list(listen(*quotes, names=(lee,))) == ["Ann Lee"]
