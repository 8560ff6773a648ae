"""JSON-LD, a document a line: schema.org's NewsArticle, Quotation, Claim and ClaimReview, with Web Annotation evidence.

A ClaimReview here says how many origins carry a claim and whether they differ. It is no rating of truth: its rating has
words (`alternateName`) and no value. The context stands in each line: nothing has to be fetched to read one.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.exports.lines import write_lines
from accord.exports.source import Source, Told
from accord.exports.verdicts import sides, verdict_words
from accord.records import Article, Finding, Quote, Spanned

if TYPE_CHECKING:
    from accord.stores.store import Held

AROUND = 32
"""How many characters before and after a passage its selector gives."""
_XSD = "http://www.w3.org/2001/XMLSchema#"
CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "id": "@id",
    "type": "@type",
    **{term: f"oa:{term}" for term in ("Annotation", "SpecificResource", "TextPositionSelector", "TextQuoteSelector")},
    **{term: {"@id": f"oa:{term}", "@type": f"{_XSD}nonNegativeInteger"} for term in ("start", "end")},
    **{term: f"oa:{term}" for term in ("exact", "prefix", "suffix")},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "identifying": "oa:identifying",
    "url": {"@type": "@id"},
    "appearance": {"@type": "@id"},
    "isPartOf": {"@type": "@id"},
    "datePublished": {"@type": f"{_XSD}date"},
}
Node = dict[str, Any]


def write(source: Source, path: Path) -> Mapping[str, int]:
    """Write one document a line to the file `path`; return how many there are of each type."""
    counts: Counter[str] = Counter()

    def counted() -> Iterator[Node]:
        for node in documents(source):
            counts[node["type"]] += 1
            yield {"@context": CONTEXT, **node}

    write_lines(path, counted())
    return counts


def documents(source: Source) -> Iterator[Node]:
    """Yield a NewsArticle each; of each story its Quotations, and a ClaimReview and its Annotations per finding."""
    for held in source.articles():
        yield _article(held, source.texts)
    for told in source.stories():
        yield from _story(told, source.at)


@lru_cache(maxsize=4096)
def urn(kind: str, *parts: object) -> str:
    """Return the IRI of a thing: the same for the same parts."""
    named = "\x1f".join(("accord", kind, *map(str, parts)))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, named.encode('utf-8', 'replace').decode())}"


def selectors(text: str, span: Spanned) -> list[Node]:
    """Return where `span` stands in `text`: by its offsets in code points, and by its words and those around it."""
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": span.text,
            "prefix": text[max(0, span.start - AROUND) : span.start],
            "suffix": text[span.end : span.end + AROUND],
        },
    ]


def _article(held: Held, texts: bool) -> Node:
    article = held.article
    return _kept(
        {
            "type": "NewsArticle",
            "id": _iri(article.id),
            "identifier": article.id,
            "url": article.url,
            "headline": article.title,
            "author": {"type": "Person", "name": article.byline} if article.byline else None,
            "publisher": {"type": "NewsMediaOrganization", "name": article.outlet},
            "creditText": ", ".join(article.credits),
            "datePublished": article.published,
            "dateModified": article.modified,
            "inLanguage": article.language,
            "articleSection": article.section,
            "isAccessibleForFree": None if article.paywalled is None else not article.paywalled,
            "version": article.version,
            "isBasedOn": {"id": _iri(article.replaces)} if article.replaces else None,
            "wordCount": len(article.text.split()),
            "articleBody": article.text if texts else None,
        }
    )


def _story(told: Told, at: str | None) -> Iterator[Node]:
    briefing = told.briefing
    if briefing is None:
        return
    articles = {article.id: article for article in briefing.articles}
    kinds = {
        (a, form): name.kind for name in briefing.names for a in name.articles for form in (name.name, *name.aliases)
    }
    for quote in briefing.quotes:
        if quote.article in articles:
            yield _quotation(quote, articles[quote.article], kinds.get((quote.article, quote.speaker or "")))
    for finding in briefing.findings:
        yield _review(told.line.id, finding, articles, at or told.line.updated)
        for citation in finding.evidence:
            if citation.article in articles:
                yield {
                    "type": "Annotation",
                    "id": urn("evidence", told.line.id, finding.id, citation.article, citation.start, citation.end),
                    "motivation": "identifying",
                    "body": _claim(told.line.id, finding),
                    "target": _target(articles[citation.article], citation),
                }


def _quotation(quote: Quote, article: Article, kind: str | None) -> Node:
    speaker = {"type": "Organization" if kind == "organisation" else "Person", "name": quote.speaker}
    return _kept(
        {
            "type": "Quotation",
            "id": urn("quote", quote.article, quote.start, quote.end, quote.kind),
            "text": quote.text,
            "additionalType": quote.kind,
            "spokenByCharacter": speaker if quote.speaker else None,
            "isPartOf": _iri(article.id),
            "datePublished": article.published,
            "inLanguage": article.language,
            "target": _target(article, quote),
        }
    )


def _review(story: str, finding: Finding, articles: Mapping[str, Article], at: str | None) -> Node:
    """Return how a claim is carried by the reports, as a ClaimReview of the Claim."""
    carriers = dict.fromkeys(c.article for c in finding.evidence if c.article in articles)
    return _kept(
        {
            "type": "ClaimReview",
            "id": urn("review", story, finding.id),
            "author": {"type": "SoftwareApplication", "name": "accord"},
            "datePublished": (at or "")[:10],
            "claimReviewed": finding.gist,
            "reviewAspect": "how many independent reports carry the claim; not whether it is true",
            "reviewRating": _kept(
                {
                    "type": "Rating",
                    "alternateName": verdict_words(finding),
                    "ratingExplanation": "; ".join((*sides(finding, articles), *finding.reasons)),
                }
            ),
            "itemReviewed": _kept(
                {
                    "type": "Claim",
                    "id": _claim(story, finding),
                    "text": finding.gist,
                    "appearance": [_iri(article) for article in carriers],
                    "firstAppearance": _first([articles[article] for article in carriers]),
                }
            ),
        }
    )


def _first(carriers: list[Article]) -> Node | None:
    """Return the one report that gave a claim first, by its day; None where none or several did."""
    days = [article.published for article in carriers if article.published]
    first = [article for article in carriers if days and article.published == min(days)]
    return {"id": _iri(first[0].id)} if len(first) == 1 and len(days) == len(carriers) else None


def _target(article: Article, span: Spanned) -> Node:
    return {"type": "SpecificResource", "source": _iri(article.id), "selector": selectors(article.text, span)}


def _claim(story: str, finding: Finding) -> str:
    return urn("claim", story, finding.id)


def _iri(article: str) -> str:
    return urn("article", article)


def _kept(node: Node) -> Node:
    """Return `node` without what is empty."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}
