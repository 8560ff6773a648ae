"""Plain text: the text as it is, and a title only where the first line looks like one."""

from __future__ import annotations

import pytest

from accord.parse import parse
from accord.parse.text import first_line_title

from .pages import TEXT, page

BODY = TEXT.partition("\n")[0]


def test_the_title_is_found_and_stays_in_the_text() -> None:
    text = "Dam at Oss to open in May\r\n\r\n" + BODY + "\r\n"
    (article,), rejected = parse(page(text))
    assert article.title == "Dam at Oss to open in May"
    assert article.text == text
    assert rejected == ()


@pytest.mark.parametrize(
    "title",
    [
        "Dam at Oss to open in May",
        "Will the dam at Oss ever open?",
        "‘We have waited’: Oss opens its dam",
        "Oss sells its dam to Quell & Sons Inc.",
        "Keeper of the dam heads for the U.S.",
        "Last of the keepers opens the dam of 1926",
        "Keeper who opened the dam at night...",
    ],
)
def test_a_short_line_before_a_paragraph_is_a_title(title: str) -> None:
    assert first_line_title(f"{title}\n\n{BODY}") == title
    assert first_line_title(f"\n  {title}  \n{BODY}") == title


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dam at Oss to open in May",
        "Dam at Oss to open in May\n\nMore soon",
        f"The dam at Oss will open in May.\n\n{BODY}",
        f"“We have waited long enough.”\n\n{BODY}",
        f"Here is what to know:\n\n{BODY}",
        f"• The dam opens in May\n\n{BODY}",
        f"- The dam opens in May\n\n{BODY}",
        f"By Mara Quell and Jon Oddie\n\n{BODY}",
        f"Mara Quell, OssPost\n\n{BODY}",
        f"Photo: the dam at Oss\n\n{BODY}",
        f"Updated 31 May\n\n{BODY}",
        f"Image copyright Oss Pictures\n\n{BODY}",
        f"OSS, Moorland (Newsline) — The dam opens\n\n{BODY}",
        f"The dam will open. The (old) gates were sound\n\n{BODY}",
        f"{BODY}\n\n{BODY}",
        f"Oss\n\n{BODY}",
        "The dam at Oss will open in May, said its keeper, who had for long been of\n"
        "another mind about the gates and their hinges, as the council knew well when\nit met.",
        "The dam at Oss will open in May\n\nwhich nobody there had thought that it ever would, said the keeper of it.",
    ],
)
def test_body_text_bylines_credits_and_wrapped_lines_are_no_titles(text: str) -> None:
    assert first_line_title(text) is None
