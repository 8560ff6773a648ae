"""Mail: a message's text and attached articles, a mailbox message by message, hostile ones refused quickly."""

from __future__ import annotations

import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from accord.config import Config
from accord.records import Listing
from parse.pdfs import column, pdf
from readers.packed import places, read_file

FROM = b"From news@herald.example Wed May  1 10:00:00 2024\n"


def newsletter(subject: str = "Dam opens", text: str = "The dam opened.", html: str | None = None) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = subject
    mail["From"] = '"The Ossford Hérald" <news@herald.example>'
    mail["Date"] = "Wed, 01 May 2024 23:30:00 +0200"
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def test_the_html_part_is_the_article_and_the_headers_its_listing(tmp_path: Path) -> None:
    mail = newsletter("Fwd: Zoë über den Damm", html="<p>The dam opened, Zoë said.</p>")
    mail["Archived-At"] = "<https://herald.example/dam>"
    pages, rejected = read_file(tmp_path, "dam.eml", mail.as_bytes())
    assert rejected == ()
    assert [(places(page), page.media_type) for page in pages] == [("dam.eml", "text/html;fragment")]
    assert pages[0].content.decode(pages[0].charset or "").strip() == "<p>The dam opened, Zoë said.</p>"
    assert pages[0].listing == Listing(
        title="Zoë über den Damm",
        outlet="The Ossford Hérald",
        published="Wed, 01 May 2024 23:30:00 +0200",
        url="https://herald.example/dam",
    )


def test_a_list_gives_its_name_to_what_it_sends(tmp_path: Path) -> None:
    mail = newsletter()
    mail["List-Id"] = '"Morning Brief" <brief.herald.example>'
    pages, _ = read_file(tmp_path, "brief.eml", mail.as_bytes())
    assert pages[0].listing is not None
    assert pages[0].listing.outlet == "Morning Brief"
    assert (pages[0].media_type, pages[0].content) == ("text/plain", b"The dam opened.\n")


def test_attached_articles_are_read_and_pictures_are_not(tmp_path: Path) -> None:
    mail = newsletter()
    mail.add_attachment(b"<p>attached", maintype="text", subtype="html", filename="seite ä.html")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="dam.png")
    mail.add_attachment(pdf(column("The dam.")), maintype="application", subtype="pdf", filename="dam.pdf")
    mail.add_attachment(newsletter("Inner", "The inner text."))
    pages, rejected = read_file(tmp_path, "a.eml", mail.as_bytes())
    assert rejected == ()
    assert [(places(page), page.media_type) for page in pages] == [
        ("a.eml", "text/plain"),
        ("a.eml, attachment 1 (seite ä.html)", "text/html"),
        ("a.eml, attachment 2 (dam.pdf)", "application/pdf"),
        ("a.eml, attachment 3 (message.eml)", "text/plain"),
    ]
    assert pages[3].listing is not None
    assert pages[3].listing.title == "Inner"


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Type: text/html; charset=x-no-such\nContent-Transfer-Encoding: base64\n",
        b"Content-Type: text/html; charset=\nContent-Transfer-Encoding: nonsense\n",
        b"Subject: =?utf-8?b?!!!?= =?x-no?q?a?=\nDate: \xff\nContent-Type: text/html\n",
    ],
)
def test_headers_that_lie_do_not_lose_the_text(tmp_path: Path, headers: bytes) -> None:
    pages, rejected = read_file(tmp_path, "a.eml", headers + b"\n<p>The dam's gate opened.\n")
    assert rejected == ()
    assert pages[0].content.strip() == b"<p>The dam's gate opened."


def test_a_broken_attached_message_does_not_lose_the_mail(tmp_path: Path) -> None:
    mail = newsletter()
    mail.add_attachment(newsletter("Inner"))
    broken = mail.as_bytes().replace(b"Subject: Inner", b"Subject: Inner\rX: y\r0:00")
    pages, _ = read_file(tmp_path, "a.eml", broken)
    assert places(pages[0]) == "a.eml"


def test_a_mailbox_is_read_message_by_message(tmp_path: Path) -> None:
    box = b"\n".join(
        [
            FROM + newsletter("One").as_bytes(),
            FROM + b"\n",
            FROM + newsletter("Two", "Before.\n\n>From here on the dam is open.\nFrom me.").as_bytes(),
            FROM + b"Subject: large\n\n" + b"a" * 200_000 + b"\n",
            FROM + b"Content-Type: message/delivery-status\n\nfailed\n",
            FROM + newsletter("Three").as_bytes(),
        ]
    )
    pages, rejected = read_file(tmp_path, "news.mbox", box, Config(max_bytes=100_000))
    assert [places(page) for page in pages] == [f"news.mbox, message {number}" for number in (1, 3, 6)]
    assert pages[1].content == b"Before.\n\nFrom here on the dam is open.\nFrom me.\n\n"
    assert [what for what, _ in rejected] == ["news.mbox, message 4", "news.mbox, message 5", "news.mbox"]
    assert "it is larger than 100,000 bytes" in rejected[0][1]
    assert "could not be delivered" in rejected[1][1]
    assert rejected[2][1] == "1 of its 6 messages hold no text and no attached article"


def test_a_hundred_thousand_empty_messages_are_one_line(tmp_path: Path) -> None:
    pages, rejected = read_file(tmp_path, "empty.mbox", (FROM + b"Subject: x\n\n\n") * 100_000)
    assert pages == ()
    assert rejected == (("empty.mbox", "100,000 of its 100,000 messages hold no text and no attached article"),)
    _, rejected = read_file(tmp_path, "no.mbox", b"The dam opened.\n")
    assert "it holds no message" in rejected[0][1]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the message holds no text"),
        (b"Subject: Dam\n\n", "the message holds no text"),
        (b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n" * 150_000, "it has over 1,000 parts"),
        (b"Content-Type: message/rfc822\n\n" * 100_000 + b"text", "it is no usable mail"),
        (b"Content-Type: text/plain;" + b'a="b";' * 1_000_000 + b"\n\ntext", "its headers take over"),
        (
            b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: a/b;" + b'a="b";' * 900_000 + b"\n\nc",
            "it has a header of over",
        ),
        (b"Subject: x\n\n" + b"\n" * 900_000 + b"text", "it has over 400,000 lines"),
    ],
)
def test_hostile_messages_are_refused_at_once(tmp_path: Path, content: bytes, reason: str) -> None:
    start = time.monotonic()
    pages, rejected = read_file(tmp_path, "bomb.eml", content)
    assert pages == ()
    assert reason in rejected[0][1]
    assert time.monotonic() - start < 5
