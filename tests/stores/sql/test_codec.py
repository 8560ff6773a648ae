from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.records import Analysis, Briefing, Quote, Sentence, Span, Statement
from accord.stores.sql.codec import Codec, Damaged
from arrivals import FERRY, analysis, article, briefing

TEXTS = st.text(min_size=1, max_size=60)


@st.composite
def analyses(draw: st.DrawFn) -> tuple[str, Analysis]:
    """Draw a text and an analysis of it, with spans anywhere in it."""
    text = draw(TEXTS)

    def span() -> tuple[int, int, str]:
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        return start, end, text[start:end]

    quotes = tuple(
        Quote("a", *span(), "mixed", draw(st.none() | TEXTS), source=Span(*span()), content=(Span(*span()),))
        for _ in range(draw(st.integers(0, 3)))
    )
    sentences = tuple(Sentence(*span(), n) for n in range(draw(st.integers(0, 3))))
    statements = tuple(Statement("a", *span(), 0, "say", words=("dam",), negated=draw(st.booleans())) for _ in range(2))
    return text, Analysis("a", sentences=sentences, quotes=quotes, statements=statements)


@given(analyses())
def test_an_analysis_comes_back_as_it_was(drawn: tuple[str, Analysis]) -> None:
    text, made = drawn
    codec = Codec()
    blob = codec.pack_spans(made, {"a": text}.get)
    assert codec.unpack_spans(blob, Analysis, {"a": text}.get) == made
    assert codec.pack_spans(made, {"a": text}.get) == blob


def test_the_texts_of_spans_are_not_kept() -> None:
    one = article("a")
    codec = Codec()
    blob = codec.pack_spans(analysis(one), {"a": FERRY}.get)
    assert b"Nobody was hurt" not in codec.stretch(blob[4:])


def test_a_span_that_is_not_in_its_article_keeps_its_text() -> None:
    made = Analysis("a", sentences=(Sentence(0, 5, "other", 0),))
    codec = Codec()
    blob = codec.pack_spans(made, {"a": "words"}.get)
    assert codec.unpack_spans(blob, Analysis, {"a": "words"}.get) == made


def test_a_briefing_takes_its_texts_from_several_articles() -> None:
    one, two = article("a"), article("b", "Something else altogether happened in the valley of Ostrel.")
    made = replace(briefing(one, two), articles=())
    codec, texts = Codec(), {"a": one.text, "b": two.text}
    assert codec.unpack_spans(codec.pack_spans(made, texts.get), Briefing, texts.get) == made


@pytest.mark.parametrize("text", [FERRY.replace("Nobody", "Nowhere"[:6]), FERRY[:20], ""])
def test_a_text_that_changed_under_its_spans_is_found(text: str) -> None:
    codec = Codec()
    blob = codec.pack_spans(analysis(article("a")), {"a": FERRY}.get)
    with pytest.raises(Damaged):
        codec.unpack_spans(blob, Analysis, {"a": text}.get)


@given(st.binary(max_size=80))
def test_any_bytes_are_damage_and_nothing_worse(blob: bytes) -> None:
    for unpack in (lambda: Codec().unpack_spans(blob, Analysis, {}.get), lambda: Codec().unpack(blob, Analysis)):
        with pytest.raises(Damaged):
            unpack()


def test_a_changed_byte_is_found() -> None:
    codec = Codec()
    blob = bytearray(codec.pack_spans(analysis(article("a")), {"a": FERRY}.get))
    for at in range(len(blob)):
        blob[at] ^= 0x41
        with pytest.raises(Damaged):
            codec.unpack_spans(bytes(blob), Analysis, {"a": FERRY}.get)
        blob[at] ^= 0x41
