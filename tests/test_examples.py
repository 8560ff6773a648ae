"""The example coverage and the document in docs/: well formed, verbatim, and ours."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from accord import records

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
EVENTS = sorted(path.parent for path in EXAMPLES.glob("*/articles"))
GOLD = sorted(EXAMPLES.glob("*/gold.json"))
JSON_ARTICLES = sorted(EXAMPLES.glob("*/articles/*.json"))
QUALIFIERS = {"exact", "about", "at_least", "at_most", "more_than", "less_than"}
STRENGTHS = {"promised", "agreed", "planned", "offered", "threatened", "ordered", "refused", "considering"}
KINDS = {"figure", "quote", "event", "commitment", "state"}
DIFFERENCES = {"value", "date", "place", "actor", "polarity", "status"}


def name_of(path: Path) -> str:
    return str(path.relative_to(EXAMPLES))


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def texts_of(gold: Path) -> dict[str, str]:
    articles = [load(path) for path in gold.parent.glob("articles/*.json")]
    return {article["id"]: article["text"] for article in articles}


def evidence_of(gold: dict[str, Any]) -> list[dict[str, Any]]:
    single = [item for kind in ("quotes", "figures", "commitments") for item in gold[kind]]
    return single + [span for kind in ("facts", "timeline") for item in gold[kind] for span in item["evidence"]]


def count_shared_sentences(first: str, second: str) -> int:
    """Return how many sentences of eight words or more stand in both texts, word for word or nearly so."""
    words = [
        [frozenset(re.findall(r"\w+", sentence.lower())) for sentence in re.split(r"(?<=[.!?])\W*\s+", text)]
        for text in (first, second)
    ]
    pairs = product(*([sentence for sentence in sentences if len(sentence) >= 8] for sentences in words))
    return len({left for left, right in pairs if len(left & right) >= 0.75 * len(left | right)})


def document() -> Any:
    page = (ROOT / "docs" / "briefing.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```json\n(.*?)```", page, re.S)
    return json.loads(block)


def test_there_are_events_with_several_reports() -> None:
    assert len(EVENTS) >= 3
    assert all(len(list((event / "articles").iterdir())) in (3, 4, 5) for event in EVENTS)
    assert len(GOLD) >= 2


def test_every_format_has_an_example() -> None:
    suffixes = {path.suffix for path in EXAMPLES.glob("*/articles/*")}
    assert suffixes == {".json", ".txt", ".html", ".md"}


@pytest.mark.parametrize("path", JSON_ARTICLES, ids=name_of)
def test_json_article_has_the_gold_form(path: Path) -> None:
    article = load(path)
    assert set(article) - {"url", "byline", "id"} == {"outlet", "title", "published", "text"}
    assert article.get("id", path.stem) == path.stem
    assert date.fromisoformat(article["published"])
    assert article["outlet"]
    least = 450 if (path.parent.parent / "gold.json").exists() else 80
    assert least <= len(article["text"].split()) <= 900


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/articles/*.txt")), ids=name_of)
def test_plain_text_starts_with_a_paragraph_and_has_no_title(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert len(first.split()) > 20
    assert first.endswith(".")


@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.*")), ids=name_of)
def test_example_files_are_clean_text_with_invented_addresses(path: Path) -> None:
    content = path.read_bytes()
    text = content.decode("utf-8")
    assert b"\r" not in content
    assert text.endswith("\n")
    assert not re.search(r"[ \t]+$", text, re.M)
    hosts = set(re.findall(r"https?://([\w.-]+)", text)) - {"schema.org"}
    assert all(host.endswith(".example") for host in hosts)
    assert not re.search(r"src=\"(?:https?:)?//|<link[^>]+stylesheet", text)


@pytest.mark.parametrize("path", GOLD, ids=name_of)
def test_gold_spans_are_verbatim_and_unambiguous(path: Path) -> None:
    texts = texts_of(path)
    for span in evidence_of(load(path)):
        count = texts[span["article"]].count(span["text"])
        assert count > span.get("nth", 0), span
        assert count == 1 or "nth" in span, span


@pytest.mark.parametrize("path", GOLD, ids=name_of)
def test_gold_keeps_to_its_words(path: Path) -> None:
    gold = load(path)
    assert gold["event"] == path.parent.name
    assert {item["qualifier"] for item in gold["figures"]} <= QUALIFIERS
    assert {item["strength"] for item in gold["commitments"]} <= STRENGTHS
    assert {item["kind"] for item in gold["facts"]} <= KINDS
    assert len({item["id"] for item in gold["facts"]}) == len(gold["facts"])
    for fact in gold["facts"]:
        articles = {span["article"] for span in fact["evidence"]}
        if fact["verdict"] == "conflict":
            assert fact["conflict"]["field"] in DIFFERENCES
            assert fact["conflict"]["between"] in {"reports", "speakers"}
            assert len(fact["conflict"]["values"]) > 1
        else:
            assert fact["verdict"] == "corroborated"
            assert len(articles) > 1, fact
    for entry in gold["timeline"]:
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", entry["date"])


@pytest.mark.parametrize("path", GOLD, ids=name_of)
def test_gold_event_has_what_briefings_are_about(path: Path) -> None:
    gold = load(path)
    conflicts = [fact["conflict"] for fact in gold["facts"] if fact["verdict"] == "conflict"]
    assert {conflict["between"] for conflict in conflicts} == {"reports", "speakers"}
    assert {"value", "date", "polarity"} <= {conflict["field"] for conflict in conflicts}
    assert {"refused", "promised", "planned"} <= {item["strength"] for item in gold["commitments"]}
    assert any(item["amount"] and "commitment" in item["text"] for item in gold["commitments"])
    assert any(item["amount"] and item["due"] for item in gold["commitments"])


@pytest.mark.parametrize("path", GOLD, ids=name_of)
def test_gold_names_exactly_the_pairs_that_share_text(path: Path) -> None:
    texts = texts_of(path)
    named = {frozenset(pair["articles"]) for pair in load(path)["same_origin"]}
    found = {
        frozenset((first, second))
        for first, second in combinations(texts, 2)
        if count_shared_sentences(texts[first], texts[second]) > 1
    }
    assert found == named


def test_one_event_has_two_mastheads_with_one_agency_text() -> None:
    shares = {pair["share"] for path in GOLD for pair in load(path)["same_origin"]}
    assert shares == {"whole", "part"}


def test_documented_briefing_has_verbatim_spans() -> None:
    briefing = document()
    texts = {article["id"]: article["text"] for article in briefing["articles"]}
    spans = [item for kind in ("quotes", "figures", "commitments") for item in briefing[kind]]
    spans += [span for kind in ("findings", "timeline") for item in briefing[kind] for span in item["evidence"]]
    assert spans
    assert all(texts[span["article"]][span["start"] : span["end"]] == span["text"] for span in spans)


@pytest.mark.parametrize(
    ("kind", "record", "hidden"),
    [
        ("origins", records.Origin, set()),
        ("findings", records.Finding, {"utterances"}),
        ("quotes", records.Quote, {"speaker_id"}),
        ("figures", records.Figure, {"step"}),
        ("commitments", records.Commitment, {"who_id"}),
        ("timeline", records.TimelineEntry, set()),
        ("names", records.Name, {"mentions", "role", "gender"}),
        ("summary", records.SummarySentence, set()),
        ("rejected", records.Rejected, set()),
        ("passages", records.Passage, set()),
    ],
)
def test_documented_fields_are_those_of_the_record(kind: str, record: type, hidden: set[str]) -> None:
    expected = {field.name for field in fields(record)} - hidden
    assert all(set(item) == expected for item in document()[kind])


def test_documented_briefing_has_every_part() -> None:
    expected = {"schema"} | {field.name for field in fields(records.Briefing)}
    assert set(document()) == expected


PAGES = ["README.md", "examples/README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert all((path.parent / link).exists() for link in local)
