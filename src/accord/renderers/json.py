"""Renders a `Briefing` as the `accord/briefing@1` document."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from accord.records import Article, Briefing


def to_document(briefing: Briefing) -> dict[str, Any]:
    """Return the briefing as plain data, keys in the order of the design."""
    origin = {article: origin.id for origin in briefing.origins for article in origin.articles}
    document = asdict(briefing)
    document["articles"] = [_article(article, origin.get(article.id)) for article in briefing.articles]
    for name in document["names"]:
        for key in ("mentions", "role", "gender"):
            del name[key]
    for key in ("quotes",):
        for item in document[key]:
            del item["speaker_id"]
    for item in document["figures"]:
        del item["step"]
    for item in document["commitments"]:
        del item["who_id"]
    return {"schema": "accord/briefing@1", **document}


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
    """Return the document as indented JSON with a newline at its end."""
    return json.dumps(to_document(briefing), ensure_ascii=False, indent=1) + "\n"
