"""Renders a `Briefing` as the `accord/briefing@1` document."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

from accord.records import Article, Briefing

SCHEMA = "accord/briefing@1"
PRIVATE = {  # fields that carry work between stages and are no part of the document
    "findings": ("utterances",),
    "quotes": ("speaker_id",),
    "figures": ("step",),
    "commitments": ("who_id",),
    "names": ("mentions", "role", "gender"),
}
_SURROGATE = re.compile("[\ud800-\udfff]")


def to_document(briefing: Briefing) -> dict[str, Any]:
    """Return the briefing as plain data, keys in the order of the design."""
    origin = {article: origin.id for origin in briefing.origins for article in origin.articles}
    document = asdict(briefing)
    document["articles"] = [_article(article, origin.get(article.id)) for article in briefing.articles]
    for section, fields in PRIVATE.items():
        for item in document[section]:
            for field in fields:
                del item[field]
    return {"schema": SCHEMA, **document}


def _article(article: Article, origin: str | None) -> dict[str, Any]:
    return {
        "id": article.id,
        "outlet": article.outlet,
        "title": article.title,
        "byline": article.byline,
        "url": article.url,
        "published": article.published,
        "language": article.language,
        "words": len(article.text.split()),
        "credits": list(article.credits),
        "origin": origin,
        "text": article.text,
    }


def render(briefing: Briefing) -> str:
    """Return the document as indented JSON with a newline at its end.

    Half a surrogate pair, which no encoding can write, is given as its escape.
    """
    document = json.dumps(to_document(briefing), ensure_ascii=False, indent=1) + "\n"
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", document)
