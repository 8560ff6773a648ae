"""JSON-LD: a document a line that needs no other, selectors that find their passage, no rating of truth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from accord.exports import export
from accord.exports.jsonld import AROUND, CONTEXT, selectors
from accord.records import Span

from .desk import WILD, desk


def exported(folder: Path, **options: Any) -> list[dict[str, Any]]:
    export(desk(), "jsonld", folder / "desk.jsonld", **options)
    return [json.loads(line) for line in (folder / "desk.jsonld").read_bytes().splitlines()]


def of(documents: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [document for document in documents if document["type"] == kind]


def keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(keys(item) for item in value.values()))
    return set().union(*(keys(item) for item in value)) if isinstance(value, list) else set()


def test_every_line_carries_its_context_and_none_is_fetched(tmp_path: Path) -> None:
    documents = exported(tmp_path)
    assert all(document["@context"] == CONTEXT for document in documents)
    assert isinstance(CONTEXT, dict)
    assert "@import" not in keys(CONTEXT)
    for term in ("Annotation", "TextPositionSelector", "TextQuoteSelector", "exact", "prefix", "suffix"):
        assert CONTEXT[term] == f"oa:{term}"
    assert CONTEXT["target"]["@id"] == "oa:hasTarget"
    assert CONTEXT["start"]["@id"] == "oa:start"


def test_an_article_is_a_news_article(tmp_path: Path) -> None:
    wild = next(d for d in of(exported(tmp_path), "NewsArticle") if d["identifier"] == WILD.id)
    assert wild["publisher"] == {"type": "NewsMediaOrganization", "name": WILD.outlet}
    assert (wild["datePublished"], wild["articleBody"]) == ("2031-03-06", WILD.text)
    assert wild["isAccessibleForFree"] is False
    assert "articleBody" not in of(exported(tmp_path, texts=False), "NewsArticle")[0]
    newer = next(d for d in of(exported(tmp_path), "NewsArticle") if d["identifier"] == "a")
    older = next(d for d in of(exported(tmp_path), "NewsArticle") if d["identifier"] == "a-old")
    assert newer["isBasedOn"] == {"id": older["id"]}


def test_a_quotation_names_its_speaker_and_its_article(tmp_path: Path) -> None:
    documents = exported(tmp_path)
    articles = {d["id"]: d for d in of(documents, "NewsArticle")}
    quotations = of(documents, "Quotation")
    assert len(quotations) == 7
    for quotation in quotations:
        assert quotation["spokenByCharacter"]["type"] in ("Person", "Organization")
        position, quoted = quotation["target"]["selector"]
        body = articles[quotation["isPartOf"]]["articleBody"]
        assert body[position["start"] : position["end"]] == quotation["text"] == quoted["exact"]


def test_a_finding_is_a_claim_with_words_for_a_rating(tmp_path: Path) -> None:
    documents = exported(tmp_path, at="2031-05-07T00:00:00Z")
    reviews = {d["claimReviewed"]: d for d in of(documents, "ClaimReview")}
    for review in reviews.values():
        assert {"claimReviewed", "reviewRating", "author", "datePublished", "itemReviewed"} <= set(review)
        assert review["itemReviewed"]["type"] == "Claim"
        assert review["itemReviewed"]["appearance"]
        assert not keys(review) & {"ratingValue", "bestRating", "worstRating"}
        assert "not whether it is true" in review["reviewAspect"]
        assert review["datePublished"] == "2031-05-07"
    agreed = reviews["The Orlen bridge in Tarnby was closed on Monday"]
    assert agreed["reviewRating"]["alternateName"] == "corroborated by 3 origins"
    assert len(agreed["itemReviewed"]["appearance"]) == 4
    apart = reviews["divers found cracks in two of its piers"]
    assert apart["reviewRating"] == {
        "type": "Rating",
        "alternateName": "disputed between reports",
        "ratingExplanation": "two piers (Herald, Daily Post, City News); three piers (Courier)",
    }


def test_every_piece_of_evidence_is_an_annotation_of_its_claim(tmp_path: Path) -> None:
    documents = exported(tmp_path)
    articles = {d["id"]: d["articleBody"] for d in of(documents, "NewsArticle")}
    claims = {d["itemReviewed"]["id"] for d in of(documents, "ClaimReview")}
    annotations = of(documents, "Annotation")
    assert len({annotation["id"] for annotation in annotations}) == len(annotations) == 25
    for annotation in annotations:
        assert annotation["body"] in claims
        target = annotation["target"]
        position, quote = target["selector"]
        text = articles[target["source"]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert (quote["prefix"] + quote["exact"] + quote["suffix"]) in text


@given(st.text(), st.data())
def test_selectors_find_their_passage(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    position, quote = selectors(text, Span(start, end, text[start:end]))
    assert text[position["start"] : position["end"]] == quote["exact"]
    assert text.startswith(quote["prefix"] + quote["exact"] + quote["suffix"], start - len(quote["prefix"]))
    assert (len(quote["prefix"]), len(quote["suffix"])) == (min(start, AROUND), min(len(text) - end, AROUND))
