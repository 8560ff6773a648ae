from accord.renderers.outline import Aside, Group, Line, Side, Speaker, aside_words, cited_by

from .sample import cite

LABELS = {"a": "Herald", "b": "Daily Post", "c": "City News"}


def test_asides_are_said_in_words() -> None:
    reported = Aside("paraphrased by", (Side("it is for sale", ("a", "b", "c")),))
    assert aside_words(LABELS, reported) == "paraphrased by Herald, Daily Post and City News: “it is for sale”"
    worded = Aside("worded differently", (Side("We sell", ("a",)), Side("We shall sell", ("b", "c"))))
    assert aside_words(LABELS, worded) == (
        "worded differently: “We sell” [Herald]; “We shall sell” [Daily Post, City News]"
    )


def test_a_line_is_cited_from_the_articles_that_have_its_words() -> None:
    line = Line("q0", "We sell", (cite("a", "Repairs"), cite("b", "The work")), by=("b",))
    assert cited_by(LABELS, line) == ["Daily Post"]


def test_what_is_not_shown_of_a_speaker_is_counted_by_kind() -> None:
    assert Speaker("Lee", Group("", (), 1), Group("", (), 3)).more == "1 more quote, 3 more reported statements"
    assert Speaker("Lee", Group("", ()), Group("", ())).more == ""
