"""NewsML-G2 and NITF: the fields of an item, what may not be used, hostile XML."""

from __future__ import annotations

import socket
import threading

import pytest

from accord.parse import parse
from accord.records import Article, Caption, Page, Rejected

G2 = "application/vnd.iptc.g2+xml"
XMLNS = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
NITF = """
<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>
  <body.head><hedline><hl1>Dam opens</hl1></hedline><byline>By Jo Bly</byline></body.head>
  <body.content>
    <p>The dam&nbsp;opened on <chron norm="20240501">Wednesday</chron>.</p>
    <media media-type="image"><media-caption>The dam at dusk.</media-caption>
      <media-producer>Ann Ott/Wire</media-producer></media>
    <block><hl2>After the rain</hl2><p>It is the second,
      <person>Ed Ott</person> said.</p>
    <ul><li>one gate</li><li>two towers</li></ul>
    <table><tr><td>Cost</td><td>9 million</td></tr></table></block>
  </body.content></body></nitf></inlineXML>"""
XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>Not the text</title></head><body><p>The dam <b>opened</b>.</p><p>Twice&mdash;or more.</p></body></html>
</inlineXML>"""
PLAIN = '<inlineData contenttype="text/plain">The dam opened.\n\nIt closed.</inlineData>'
HTML = (
    '<inlineData contenttype="text/html"><![CDATA[<p>The dam &amp; the gate.</p><p>It&nbsp;closed.</p>]]></inlineData>'
)
REMOTE = '<remoteContent href="http://wire.example/dam.jpg"/>'


def item(content: str = PLAIN, status: str = "usable", more: str = "", kind: str = "text", guid: str = "dam-1") -> str:
    return f"""<newsItem {XMLNS} guid="urn:newsml:wire.example:{guid}" version="2" xml:lang="en-GB">
      <catalogRef href="http://wire.example/catalog.xml"/>
      <itemMeta><itemClass qcode="ninat:{kind}"/><provider qcode="nprov:WIRE"><name>The Wire</name></provider>
        <versionCreated>2024-05-02T16:25:32+02:00</versionCreated><firstCreated>2024-05-01T23:30:00-05:00</firstCreated>
        {more}<pubStatus qcode="stat:{status}"/></itemMeta>
      <contentMeta><creator><name>Jo Bly</name></creator><creditline>Wire/Herald</creditline>
        <dateline>OSSFORD, May 1 (Wire) -</dateline><language tag="en-GB"/>
        <subject qcode="medtop:1"><name>water supply</name></subject>
        <headline role="hld:sub">A dam at last</headline><headline>Dam opens &amp; closes</headline></contentMeta>
      <contentSet>{content}</contentSet></newsItem>"""


def read(xml: str | bytes, kind: str = G2) -> tuple[tuple[Article, ...], tuple[Rejected, ...]]:
    return parse(Page(xml.encode() if isinstance(xml, str) else xml, "wire.xml", kind))


def test_a_news_item_gives_its_fields() -> None:
    (article,), rejected = read(item())
    assert rejected == ()
    assert article == Article(
        id="urn:newsml:wire.example:dam-1",
        text="OSSFORD, May 1 (Wire) -\nThe dam opened.\n\nIt closed.",
        outlet="The Wire",
        title="Dam opens & closes",
        byline="Jo Bly",
        credits=("Wire/Herald",),
        published="2024-05-01",
        modified="2024-05-02T14:25:32Z",
        section="water supply",
        language="en",
    )


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (NITF, ["The dam opened on Wednesday.", "After the rain", "It is the second, Ed Ott said.", "one gate"]),
        (XHTML, ["The dam opened.", "Twice—or more."]),
        (HTML, ["The dam & the gate.", "It closed."]),
    ],
)
def test_marked_up_content_is_text_a_line_a_paragraph(content: str, lines: list[str]) -> None:
    (article,), rejected = read(item(content))
    assert article.text.split("\n")[1 : 1 + len(lines)] == lines
    assert rejected == ()


def test_nitf_keeps_captions_apart_and_tables_in_rows() -> None:
    (article,), _ = read(item(NITF))
    assert article.captions == (Caption("The dam at dusk.", "Ann Ott/Wire"),)
    assert article.text.endswith("two towers\nCost | 9 million")
    assert article.byline == "By Jo Bly"


def test_a_message_gives_each_text_and_says_why_it_leaves_an_item() -> None:
    items = [
        item(guid="1"),
        item(guid="2", status="canceled"),
        item(guid="3", status="withheld"),
        item(guid="4", more="<embargoed>2999-01-01T00:00:00Z</embargoed>"),
        item(guid="5", more="<embargoed>2001-01-01T00:00:00Z</embargoed>"),
        item(REMOTE, guid="6", kind="picture"),
    ]
    message = f"<newsMessage {XMLNS}><header/><itemSet><packageItem/>{''.join(items)}</itemSet></newsMessage>"
    articles, rejected = read(message)
    assert [article.id.rpartition(":")[2] for article in articles] == ["1", "5"]
    assert [one.what for one in rejected] == [f"wire.xml, item {number}" for number in (2, 3, 4, 6)]
    assert "it was cancelled" in rejected[0].reason
    assert "it is withheld" in rejected[1].reason
    assert "under embargo until 2999" in rejected[2].reason
    assert "its class is picture" in rejected[3].reason


@pytest.mark.parametrize("root", ["packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"])
def test_items_that_are_no_articles_say_so(root: str) -> None:
    articles, rejected = read(f"<{root} {XMLNS}/>")
    assert articles == ()
    assert "not an article" in rejected[0].reason


def test_a_nitf_document_gives_its_fields() -> None:
    document = """<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-5.dtd">
    <nitf xml:lang="de"><head><title>Kurz</title><docdata management-status="usable">
      <doc-id regsrc="WIRE" id-string="wire.1"/><date.issue norm="20240501T101500+0200"/></docdata>
      <pubdata name="Ossford Herald" date.publication="20240502" position.section="Politik"/></head>
    <body><body.head><hedline><hl1>Damm offen</hl1></hedline><byline>Von Jo Bly</byline><distributor>Wire</distributor>
      <dateline>OSSFORD</dateline></body.head>
      <body.content><p>Ossford (Wire) - Der Damm ist&nbsp;offen.</p></body.content></body></nitf>"""
    (article,), rejected = read(document, "application/nitf+xml")
    assert rejected == ()
    assert article == Article(
        id="wire.1",
        text="Ossford (Wire) - Der Damm ist offen.",
        outlet="Ossford Herald",
        title="Damm offen",
        byline="Von Jo Bly",
        credits=("Wire",),
        published="2024-05-01",
        section="Politik",
        language="de",
    )
    _, rejected = read(document.replace("usable", "withheld"), "application/nitf+xml")
    assert "it is withheld" in rejected[0].reason


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><newsItem>&a9;</newsItem>'.encode(), "entities of its own"),
        (f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><newsItem>&a9;</newsItem>'.encode("utf-16"), "it "),
        (b'<!DOCTYPE a [<!ENTITY a "' + b"a" * 90_000 + b'">]><newsItem>' + b"&a;" * 90_000, "entities of its own"),
        (b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]><newsItem>&a;</newsItem>', "entities of its own"),
        (b"<newsItem>" * 250_000, "not well-formed XML"),
        (b"<newsItem>" + b"<p/>" * 1_000_000 + b"</newsItem>", "it has over 300,000 elements"),
        (b"<newsItem><p>" + b"a" * 15_000_000 + b"</p></newsItem>", "not well-formed XML"),
        (b"<newsItem", "not well-formed XML"),
    ],
)
def test_hostile_xml_is_refused(xml: bytes, reason: str) -> None:
    articles, rejected = read(xml)
    assert articles == ()
    assert reason in rejected[0].reason


def test_nothing_is_fetched_that_a_document_names() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        asked: list[bool] = []

        def listen() -> None:
            try:
                server.accept()[0].close()
                asked.append(True)
            except TimeoutError:
                pass

        listener = threading.Thread(target=listen)
        listener.start()
        address = f"http://{server.getsockname()[0]}:{server.getsockname()[1]}/news.dtd"
        articles, _ = read(f'<!DOCTYPE newsItem SYSTEM "{address}">' + item())
        listener.join()
    assert len(articles) == 1
    assert asked == []
