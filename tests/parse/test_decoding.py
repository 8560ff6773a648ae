"""`decode`: the encodings that reports come in; what is no text is refused."""

from __future__ import annotations

import random

import pytest

from accord.errors import ParseError
from accord.parse.decoding import decode

ACCENTS = "Vice President Ana Núñez met José Álvarez in Bogotá on Tuesday and said the café was shut.\r\n"
QUOTES = "“We’re not going – not now,” said Mayor Zoë Brontë of Oss, who had been asked to.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_or_without_a_mark(encoding: str) -> None:
    text = ACCENTS + QUOTES
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\x00\x00\xfe\xff"])
def test_a_big_endian_mark_is_read(mark: bytes) -> None:
    encoding = "utf-16-be" if len(mark) == 2 else "utf-32-be"
    assert decode(mark + ACCENTS.encode(encoding)) == ACCENTS


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(ACCENTS, "latin-1"), (ACCENTS, "cp1252"), (QUOTES, "cp1252"), ("The café is shut.", "latin-1")],
)
def test_western_text_is_read_as_western(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_other_encodings_are_guessed() -> None:
    text = "Привет, мир. Сегодня президент прибыл в Москву и сказал, что всё хорошо."
    assert decode(text.encode("cp1251")) == text


def test_a_hint_counts_where_it_is_no_utf8() -> None:
    assert decode("Łódź".encode("cp1250"), "cp1250") == "Łódź"
    assert decode("Łódź".encode(), "cp1250") == "Łódź"
    assert decode("café was shut on Monday".encode("latin-1"), "no-such-encoding").startswith("caf")


def test_a_byte_order_mark_is_no_text_and_the_rest_is_untouched() -> None:
    assert decode(b"\xef\xbb\xbfa\r\n\tb\rc\n") == "a\r\n\tb\rc\n"


def test_a_stray_nul_stays_where_it_is() -> None:
    text = ACCENTS + "a\0b" + QUOTES
    assert decode(text.encode()) == text


@pytest.mark.parametrize(
    "content",
    [
        random.Random(3).randbytes(100),
        random.Random(3).randbytes(5000),
        bytes(500),
        b"\xff\xfe\x00\xd8\x41",
        b"\xef\xbb\xbf\xff\xff",
    ],
)
def test_noise_is_refused(content: bytes) -> None:
    with pytest.raises(ParseError, match=r"binary data, not text; save the report's text"):
        decode(content)


@pytest.mark.parametrize(("content", "name"), [(b"%PDF-1.7 ...", "a PDF"), (b"PK\x03\x04abc", "office document")])
def test_well_known_files_are_called_by_their_name(content: bytes, name: str) -> None:
    with pytest.raises(ParseError, match=name):
        decode(content)


def test_the_server_s_encoding_wins_over_the_page_s_own() -> None:
    assert decode("Łódź".encode("cp1250"), "windows-1250", "iso-8859-1") == "Łódź"
    assert decode("Oś i żółw w Łodzi".encode("iso-8859-2"), "no-such-encoding", "iso-8859-2") == "Oś i żółw w Łodzi"


def test_an_encoding_that_does_not_decode_falls_through() -> None:
    assert decode("Łódź w maju".encode("cp1250"), "utf-8", "windows-1250") == "Łódź w maju"
    assert decode("дамба в мае".encode("cp1251"), "shift_jis", "windows-1251") == "дамба в мае"


def test_utf_8_wins_over_a_wrong_declaration_and_a_mark_over_all() -> None:
    assert decode("Łódź".encode(), "iso-8859-1", "windows-1250") == "Łódź"
    assert decode(b"\xef\xbb\xbf" + "Łódź".encode(), "utf-16") == "Łódź"


def test_labels_mean_what_browsers_take_them_for() -> None:
    assert decode("“dam”".encode("cp1252"), "ISO-8859-1") == "“dam”"
    assert decode("水坝".encode("gbk"), "gb2312") == "水坝"
    assert decode("ダム".encode("iso2022_jp"), "iso-2022-jp") == "ダム"
    assert decode("dam".encode("utf-16-le") * 9, "utf-16") == "dam" * 9


def test_a_few_broken_characters_do_not_lose_utf_8() -> None:
    assert decode("Łódź ".encode() * 500 + b"\xff", "utf-8").startswith("Łódź Łódź")
