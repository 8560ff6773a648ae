"""How a text that nobody analyzed is split."""

from hypothesis import given
from hypothesis import strategies as st
from reports import OTHER, WIRE

from accord.cluster.splitting import quoted, split
from accord.records import Article


def pieces(text: str, title: str | None = None) -> list[str]:
    return [text[a:b] for a, b, _ in split(Article("a", text, "Varlund Echo", title=title))]


def test_sentences_of_a_paragraph():
    assert pieces(f"{WIRE[0]} {WIRE[1]}\n\n{OTHER[0]}") == [WIRE[0], WIRE[1], OTHER[0]]


def test_titles_and_initials_end_no_sentence():
    text = "Mr. Ost and Gov. A. B. Merrick met on Jan. 5 in the harbour office. They left at noon."
    assert len(pieces(text)) == 2


def test_a_quote_that_ends_a_sentence_stays_with_it():
    assert pieces("“We saw nothing.” The pilot left.") == ["“We saw nothing.”", "The pilot left."]


def test_furniture_is_left_out():
    rows = (
        "READ MORE: the barge that sank",
        "Sign up for our daily newsletter",
        "Copyright 2031 Varlund Echo. All rights reserved.",
        "The Associated Press contributed to this report.",
        "Follow us on the usual channels",
        "By Ana Ost, Varlund Echo",
        "Photo: Jo Bly",
    )
    assert pieces("\n".join((*rows, WIRE[0]))) == [WIRE[0]]


def test_furniture_within_a_paragraph_is_left_out():
    assert pieces(f"{WIRE[0]} Sign up for our newsletter. {WIRE[1]}") == [WIRE[0], WIRE[1]]


def test_a_title_and_a_dateline_are_left_out():
    text = f"Barge lost.\n\nVARLUND, May 5 (Reuters) - {WIRE[0]}"
    assert pieces(text, "Barge lost") == [WIRE[0]]


def test_embedded_posts_are_left_out():
    post = "We hope that all come home — Port of Varlund (@varlundport) May 5, 2031"
    assert pieces(f"{post}\n{WIRE[0]}") == [WIRE[0]]


def test_quotes_of_every_style_are_found():
    for text in ("a “b c” d", 'a "b c" d', "a «b c» d", "a ``b c'' d", "a \"b c'' d", "a „b c“ d"):
        assert [text[a:b].strip("“”\"«»„`'") for a, b in quoted(text)] == ["b c"]


def test_an_open_quote_ends_with_its_paragraph():
    text = "“b c\nd e"
    assert [text[a:b] for a, b in quoted(text)] == ["“b c"]


@given(st.text(max_size=300))
def test_sentences_lie_in_the_text_in_order(text):
    places = [(a, b) for a, b, _ in split(Article("a", text, "Varlund Echo"))]
    assert places == sorted(places)
    assert all(0 <= a < b <= len(text) for a, b in places)
