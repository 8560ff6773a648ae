from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.web.work.pastes import PasteError, Text, addresses_in, texts, write


def test_one_text_takes_what_the_form_says_of_it() -> None:
    found = texts(
        "The weir gave way.\r\nNobody was hurt.", outlet=" The Courier ", title="Weir", published="4 May 2031"
    )
    assert found == [Text("The weir gave way.\nNobody was hurt.", "The Courier", "Weir", "2031-05-04")]


def test_lines_of_hyphens_divide_texts_and_lines_at_their_beginning_name_their_outlets() -> None:
    pasted = (
        "Outlet: The Mail\nTitle: Weir fails\nDate: 2031-05-04\n\nThe weir gave way.\n\n---\nsource: Wire\nIt broke."
    )
    assert texts(pasted, outlet="Other", title="left out") == [
        Text("The weir gave way.", "The Mail", "Weir fails", "2031-05-04"),
        Text("It broke.", "Wire"),
    ]


def test_a_line_with_a_colon_further_down_stays_in_the_text() -> None:
    (found,) = texts("He said:\nTitle: none.", outlet="A")
    assert found.text == "He said:\nTitle: none."


def test_an_address_tells_the_outlet() -> None:
    assert texts("Url: https://paper.example/a\nThe weir broke.")[0].url == "https://paper.example/a"


@pytest.mark.parametrize(
    ("pasted", "fields", "field", "message"),
    [
        (" \n---\n ", {}, "text", "there is no text here"),
        ("The weir broke.", {}, "outlet", "who published it is not known; name its outlet here"),
        ("Outlet: A\nOne.\n---\nTwo.", {}, "outlet", "text 2 of 2: who published it"),
        ("One.", {"outlet": "A", "published": "someday"}, "published", "someday"),
    ],
)
def test_what_cannot_be_taken_is_said_with_the_field_to_mend(
    pasted: str, fields: dict[str, str], field: str, message: str
) -> None:
    with pytest.raises(PasteError, match=message) as caught:
        texts(pasted, **fields)
    assert caught.value.field == field


@given(st.text(max_size=300))
def test_no_word_of_a_text_is_lost_or_changed(text: str) -> None:
    try:
        (found,) = texts(f"Outlet: A\n\n{text}", outlet="B")
    except (PasteError, ValueError):
        return
    if found.title or found.published or found.url or found.byline:
        return
    assert found.text == text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def test_words_that_are_all_addresses_are_addresses() -> None:
    assert addresses_in("https://a.example/x\n http://b.example \n") == ["https://a.example/x", "http://b.example"]
    assert addresses_in("file:///etc/passwd") == ["file:///etc/passwd"]
    assert addresses_in("See https://a.example/x") is None
    assert addresses_in(" ") is None


def test_texts_are_written_as_articles(tmp_path: Path) -> None:
    write(tmp_path, [Text("One \ud800 & “two”.", "A", published="2031-05-04"), Text("Two.", "B")])
    first, second = sorted(tmp_path.glob("*/*"))
    told = json.loads(first.read_text(encoding="utf-8"))
    assert told == {"text": "One \ud800 & “two”.", "outlet": "A", "published": "2031-05-04"}
    assert (first.name, second.name) == ("pasted text 1.json", "pasted text 2.json")


@pytest.mark.parametrize(
    "url", ["javascript:alert(5)", "data:text/html,x", "ftp://a.example/x", "see below", "http://"]
)
def test_an_address_that_is_none_of_the_web_is_refused_with_what_to_do(url: str) -> None:
    with pytest.raises(PasteError, match="is not an address of the web; write one that begins with http") as caught:
        texts(f"Outlet: The Courier\nUrl: {url}\nThe weir gave way.")
    assert caught.value.field == "text"
    (text,) = texts("Url: HTTPS://courier.example/weir\nThe weir gave way.")
    assert text.url == "HTTPS://courier.example/weir"
