"""Renders an `Article` as a line of JSON, which `accord read` and `accord brief` read again."""

from __future__ import annotations

from dataclasses import asdict

from accord.records import Article
from accord.renderers.lines import json_line


def to_line(article: Article) -> bytes:
    """Return `article` as one line of UTF-8 JSON with a newline at its end, its fields in their order.

    Fields that are empty are left out, as is the first version's number. What terminals obey or programs take for the
    end of a line is written as an escape, as is half a character.

        Article("a", "The dam opened.", "herald") -> b'{"id": "a", "text": "The dam opened.", "outlet": "herald"}\\n'
    """
    fields = {name: _kept(value) for name, value in asdict(article).items() if value not in (None, ())}
    if article.version == 1:
        del fields["version"]
    return json_line(fields).encode()


def _kept(value: object) -> object:
    """Return `value` without the empty fields and the usual part of what it lists."""
    if not isinstance(value, tuple):
        return value
    return [
        {k: v for k, v in item.items() if v is not None and (k, v) != ("part", "text")}
        if isinstance(item, dict)
        else item
        for item in value
    ]
