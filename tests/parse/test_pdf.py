"""PDF: paragraphs out of lines, what is left out, and files that hold no article."""

from __future__ import annotations

import time
import zlib

import pytest

from accord.config import Config
from accord.parse import parse
from accord.records import Article, Page, Rejected
from parse.pdfs import Line, column, pdf

BODY = [
    "OSSFORD - The dam at the river Oss opened on Wednes-",
    "day, its keeper said, after two years of building work that",
    "had cost the town more than it had set aside for it all.",
    "",
    "The mayor, Ada Penn, called it a “good day” for the well-",
    "known valley and for the people who had waited so long",
    "for it. Nobody was hurt.",
]
PARAGRAPHS = [
    "OSSFORD - The dam at the river Oss opened on Wednesday, its keeper said, after two years of building work that "
    "had cost the town more than it had set aside for it all.",
    "The mayor, Ada Penn, called it a “good day” for the well-known valley and for the people who had waited so long "
    "for it. Nobody was hurt.",
]


def read(content: bytes, config: Config | None = None) -> tuple[tuple[Article, ...], tuple[Rejected, ...]]:
    return parse(Page(content, "dam.pdf", "application/pdf"), config)


def sheet(number: int, *texts: str) -> list[Line]:
    """Return a page with a running head and a page number."""
    return [(72, 800, 9, "The Ossford Herald, 1 May"), *column(*texts), (300, 30, 9, f"- {number} -")]


def test_lines_become_paragraphs_and_running_heads_go() -> None:
    document = pdf(
        sheet(1, *BODY),
        sheet(2, "The well-known keeper, who has lived there for long, said", "that he was glad."),
        sheet(3, "The end."),
    )
    (article,), rejected = read(document)
    assert rejected == ()
    assert article.text.split("\n") == [
        *PARAGRAPHS,
        "The well-known keeper, who has lived there for long, said that he was glad.",
        "The end.",
    ]


def test_columns_are_read_one_after_the_other() -> None:
    left = column("The dam opened on a day in", "May, and the town was glad", "of it.", left=50, size=9)
    right = column("The gate stayed shut, as it", "had been built to do.", left=310, size=9)
    (article,), _ = read(pdf(left + right))
    assert article.text == (
        "The dam opened on a day in May, and the town was glad of it.\n"
        "The gate stayed shut, as it had been built to do."
    )


def test_metadata_is_taken_where_it_is_sane() -> None:
    told = "/Title (Dam opens) /Author (Jo Bly) /CreationDate (D:20240501120000+02'00')"
    (article,), _ = read(pdf(sheet(1, *BODY), info=told))
    assert (article.title, article.byline, article.published) == ("Dam opens", "Jo Bly", "2024-05-01")
    made = "/Title (Microsoft Word - dam.docx) /Author (admin) /CreationDate (D:20240501) /Producer (Skia/PDF m90)"
    (article,), _ = read(pdf(column(*BODY), info=made))
    assert (article.title, article.byline, article.published) == (None, None, None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf([]), "run a text recognition (OCR)"),
        (pdf(), "it is no usable PDF"),
        (b"%PDF-1.4 nothing more", "it is no usable PDF"),
        (pdf(column("The dam."))[:300], "it is no usable PDF"),
        (
            pdf(
                column("The dam."),
                trailer="/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
                f"/O <{'00' * 32}> /U <{'11' * 32}> >>",
            ),
            "it is encrypted",
        ),
    ],
)
def test_unusable_files_say_what_to_do(content: bytes, reason: str) -> None:
    articles, rejected = read(content)
    assert articles == ()
    assert reason in rejected[0].reason


def test_a_page_that_unpacks_to_gigabytes_is_refused() -> None:
    packed = zlib.compress(b"BT /F1 9 Tf (word) Tj ET\n" * 1_000_000, 9)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    articles, rejected = read(pdf([]).replace(b"<< /Length 0 >>\nstream\n\nendstream", stream))
    assert articles == ()
    assert "its pages unpack to more than a report needs" in rejected[0].reason


def test_a_count_of_a_million_pages_is_no_million_pages() -> None:
    start = time.monotonic()
    articles, rejected = read(pdf(column(*BODY)).replace(b"/Count 1", b"/Count 1000000"))
    assert articles[0].text.startswith(PARAGRAPHS[0])
    assert "only the first 300 of its 1,000,000 pages are read" in rejected[-1].reason
    assert time.monotonic() - start < 5


def test_a_long_document_is_read_to_its_cap() -> None:
    document = pdf(*[column(f"This is line {number} of the long report.") for number in range(320)])
    (article,), rejected = read(document)
    assert "line 299" in article.text
    assert [one.reason for one in rejected] == ["only the first 300 of its 320 pages are read"]
