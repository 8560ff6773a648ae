import base64
import hashlib
import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from lxml import etree
from lxml import html as lxml_html

from accord.records import Article, Briefing, Quote
from accord.renderers import html

from .sample import ARTICLES, BRIEFING

PAGE = html.render(BRIEFING)
TREE = lxml_html.document_fromstring(PAGE)
HOSTILE = (
    "</script><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</title></style><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}<!-- <![CDATA[",
    "javascript:alert(1)",
)


def with_text_everywhere(value: Any, text: str) -> Any:
    """Return a record with `text` in front of every string of it but ids, closed word lists and spans."""
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for field in fields(value):
            old = getattr(value, field.name)
            closed = field.name in ("id", "kind", "verdict", "between", "article", "articles", "finding", "findings")
            if field.name in ("strength", "qualifier") or (closed and not _records(old)):
                continue
            changed[field.name] = with_text_everywhere(old, text)
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(with_text_everywhere(item, text) for item in value)
    return text + value if isinstance(value, str) else value


def _records(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and is_dataclass(value[0])


def shape(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the elements of a page and the names of their attributes, in order."""
    tree = lxml_html.document_fromstring(page)
    return [(e.tag, tuple(sorted(e.keys()))) for e in tree.iter() if isinstance(e.tag, str)]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_the_reports_is_never_markup(text: str) -> None:
    page = html.render(with_text_everywhere(BRIEFING, text))
    tree = lxml_html.document_fromstring(page)
    assert {tag for tag, _ in shape(page)} <= {tag for tag, _ in shape(PAGE)}
    assert len(tree.findall(".//script")) == len(tree.findall(".//style")) == 1
    assert not [key for e in tree.iter() for key in e.keys() if key.startswith("on") or key in ("src", "style")]  # noqa: SIM118
    assert not [e for e in tree.iter() if (e.get("href") or "").lower().startswith("javascript:")]
    assert not list(tree.iter(etree.Comment))
    assert "49" not in tree.findtext(".//h1")
    assert text.strip() in tree.findtext(".//h1") + tree.findtext(".//title")


def test_only_web_addresses_are_linked() -> None:
    for url, linked in (("https://a.example/x", True), ("javascript:alert(1)", False), ("data:text/html,x", False)):
        page = html.render(replace(BRIEFING, articles=(replace(ARTICLES[0], url=url), *ARTICLES[1:])))
        assert (f'href="{url}"' in page) is linked


def test_the_policy_allows_this_style_and_script_and_nothing_else() -> None:
    policy = TREE.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    for name in ("style", "script"):
        (found,) = re.findall(f"<{name}>(.*?)</{name}>", PAGE, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(found.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not TREE.xpath("//@style | //@src | //link | //img | //iframe")


def test_every_link_inside_the_page_has_its_place() -> None:
    ids = TREE.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in TREE.xpath("//a/@href") if href.startswith("#")} <= set(ids)
    assert {i for labels in TREE.xpath("//@aria-labelledby") for i in labels.split()} <= set(ids)


def test_every_finding_marks_all_its_evidence_in_every_report() -> None:
    marked = [_spans(pick) for pick in TREE.xpath("//a[@class='pick']")]
    for finding in BRIEFING.findings[:6]:
        assert _expected(finding) in marked, finding.gist


def _spans(pick: Any) -> dict[str, str]:
    """Return the text that is marked for a line, by report."""
    marked: dict[str, str] = {}
    for report in TREE.xpath("//article"):
        for span in report.xpath(".//span[@data-k]"):
            if pick.get("data-key") in span.get("data-k").split():
                marked[report.get("id")] = marked.get(report.get("id"), "") + span.text_content()
    return marked


def _expected(finding: Any) -> dict[str, str]:
    index = {article.id: f"r{at}" for at, article in enumerate(ARTICLES)}
    marked: dict[str, str] = {}
    for citation in finding.evidence:
        marked[index[citation.article]] = marked.get(index[citation.article], "") + citation.text
    return marked


def test_reports_are_shown_in_full() -> None:
    for at, article in enumerate(ARTICLES):
        paragraphs = TREE.xpath(f"//article[@id='r{at}']/div[@class='text']/p")
        for p in paragraphs:
            for reference in p.xpath(".//a[contains(@class, 'ref')]"):
                reference.drop_tree()
        assert [p.text_content() for p in paragraphs] == [line for line in article.text.split("\n") if line]


def test_the_page_has_landmarks_headings_and_a_live_status() -> None:
    assert len(TREE.xpath("//main")) == len(TREE.xpath("//h1")) == len(TREE.xpath("//nav[@aria-label]")) == 1
    assert TREE.xpath("//*[@role='status' and @aria-live='polite']")
    assert TREE.xpath("//a[@class='skip']/@href") == ["#briefing", "#reports"]
    assert TREE.get("lang") == "en"
    assert all(TREE.xpath("//section/@aria-label | //section/@aria-labelledby"))


def test_a_page_without_findings_still_shows_the_reports() -> None:
    bare = Briefing("x", "", (Article("a", "Nothing here.", "Post"),), (), (), (), (), (), (), (), ())
    tree = lxml_html.document_fromstring(html.render(bare))
    assert tree.findtext(".//h1") == "Briefing"
    assert tree.xpath("//article//p/text()")[-1] == "Nothing here."


def test_half_a_surrogate_pair_does_not_break_the_page() -> None:
    html.render(replace(BRIEFING, title="a\ud83db")).encode()


def test_control_characters_do_not_reach_the_page() -> None:
    first, *others = BRIEFING.articles
    hostile = replace(first, text="\x1b" + first.text[1:])
    page = html.render(replace(BRIEFING, articles=(hostile, *others)))
    assert "\x1b" not in page
    assert "\N{REPLACEMENT CHARACTER}" in page


def test_how_other_reports_give_a_quote_is_said_and_linked() -> None:
    page = html.render(BRIEFING)
    assert "worded differently: “Nobody will cross until every pier is safe”" in page
    assert 'paraphrased by <a href="#e-q0-0-3" data-at="q0-0">Courier</a>: “No one would cross before' in page


def test_many_reported_statements_are_folded() -> None:
    text = BRIEFING.articles[0].text
    many = tuple(Quote("a", n * 9, n * 9 + 9, text[n * 9 : n * 9 + 9], "indirect", "Ida Brandt") for n in range(4))
    folded = "Reported, not quoted <span"
    assert folded in html.render(replace(BRIEFING, quotes=many))
    assert folded not in html.render(replace(BRIEFING, quotes=many[:3]))
