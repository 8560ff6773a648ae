"""What a page hides, and addresses that it gives to a script only."""

from __future__ import annotations

import pytest

from accord.parse import parse
from accord.parse.fragments import text_of
from accord.parse.hidden import decoded, without_marker

from .pages import page

LINES = [f"The keeper of dam number {n} at Oss said on Monday that it would open in May." for n in range(6)]
HIDDEN = [
    "<div style='display:none'>All about the dam</div>",
    "<p style='color: red; DISPLAY : none !important'>All about the dam</p>",
    "<span style='visibility:hidden;'>All about the dam</span>",
    "<div style='font-size:0px;line-height:0'>All about the dam</div>",
    "<div style='max-height:0;overflow:hidden'>All about the dam</div>",
    "<p hidden>All about the dam</p>",
]


def coded(address: str) -> str:
    return "42" + bytes(byte ^ 0x42 for byte in address.encode()).hex()


@pytest.mark.parametrize("hidden", HIDDEN)
def test_hidden_elements_are_no_text(hidden: str) -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    (article,), _ = parse(page(f"<html><body><article>{hidden}{body}{hidden}</article></body></html>", "text/html"))
    assert article.text == text_of(hidden + body) == "\n".join(LINES)


@pytest.mark.parametrize(
    "style", ["font-size:0", "display:none", "max-height:0", "font-size:0.9em", "max-height:0.5em", "max-height:05px"]
)
def test_a_wrapper_around_all_of_it_is_not_hidden(style: str) -> None:
    assert text_of(f"<div style='{style}'><p style='font-size:16px'>{LINES[0]}</p></div>") == LINES[0]


def test_a_size_of_zero_hides_no_column_with_a_size_of_its_own() -> None:
    column = "<td style='font-size:0px'><div style='font-size:13px'>The dam opens.</div></td>"
    html = f"<table><tr>{column}</tr></table><p>{LINES[0]}</p>"
    assert text_of(html) == f"The dam opens.\n{LINES[0]}"


@pytest.mark.parametrize(
    "line",
    [
        "View in browser",
        "View this email in your browser",
        "View online",
        "Can't read this email? View it in your browser",
    ],
)
def test_links_to_a_newsletter_on_the_web_are_no_text(line: str) -> None:
    assert text_of(f"<p><a href='x'>{line}</a></p><p>{LINES[0]}</p>") == LINES[0]


def test_addresses_that_cloudflare_hides_are_shown() -> None:
    span = f"<span class='__cf_email__' data-cfemail='{coded('keeper@oss.example')}'>[email&#160;protected]</span>"
    link = f"<a href='/cdn-cgi/l/email-protection#{coded('desk@oss.example')}'>[email protected]</a>"
    html = f"<p>Write to <a href='/cdn-cgi/l/email-protection'>{span}</a> or {link}.</p>"
    assert text_of(html) == "Write to keeper@oss.example or desk@oss.example."
    assert text_of("<p>The dam opens [email protected].</p><p>[email protected]</p>") == "The dam opens."


def test_codes_that_are_no_address_change_nothing() -> None:
    assert decoded(coded("a@oss.example")) == "a@oss.example"
    assert decoded("00ff80ff") == ""
    assert text_of("<p>Write <a data-cfemail='zz'>to us</a> at Oss.</p>") == "Write to us at Oss."
    assert without_marker("[protected] by law") == "[protected] by law"
