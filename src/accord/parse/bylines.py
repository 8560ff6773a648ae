"""Bylines: names only, out of what pages put there."""

from __future__ import annotations

import re
from collections.abc import Iterable

_START = re.compile(
    r"^(?:(?:written|reported|posted|published|story|words|text|article|photographs?)\s+)?(?:by|von|par|por|di"
    r"|door|av)\b:?\s+"
    r"|^(?:authors?|reporter|editor|byline)\s*[:|]\s*",
    re.I,
)
_SPLIT = re.compile(r"\s*(?:[;|/•·\n]|,(?!\s*(?:Jr|Sr|II|III|PhD|MD)\b)|\s&|\s+(?:and|und|et|y|e|with)\s)\s*")
_ROLE = re.compile(
    r"\b(?:reporter|correspondent|editor|writer|staff|columnist|journalist|bureau|desk|contributor|producer|author"
    r"|freelance|newsroom|redaktion|rédaction|in [A-Z]\w+$|PhD|Ph\.D|MD|M\.D)\b",
    re.I,
)
_NO_NAME = re.compile(
    r"https?:|www\.|@|\d{2,}|[<>{}=\\]|^(?:admin|administrator|user|guest|null|none|n/a|unknown)$", re.I
)
_MOST_NAMES = 12


def byline_of(values: Iterable[str]) -> str | None:
    """Return the names in `values`, joined with ", ", each once; None where no name is among them.

    ["By Mara Quell and Jon Bly, Staff Writers", "https://post.example/quell"] -> "Mara Quell, Jon Bly"
    """
    names: list[str] = []
    for value in values:
        names.extend(_names(value[:400]))
    return ", ".join(list({name.casefold(): name for name in reversed(names)}.values())[::-1][:_MOST_NAMES]) or None


def _names(value: str) -> list[str]:
    value = re.sub(r"\s*\([^()]{0,60}\)|\S+@\S+|https?://\S+", " ", value)
    value = _START.sub("", " ".join(value.split()))
    parts = [_START.sub("", part).strip(" .,:;-–—|") for part in _SPLIT.split(value)]
    named = [
        part for part in parts if part and len(part.split()) <= 6 and len(part) <= 60 and not _NO_NAME.search(part)
    ]
    people = [part for part in named if not _ROLE.search(part)]
    # "Herald Staff" alone is who wrote it; beside a name it is that person's role.
    return [part for part in people or named[:1] if any(map(str.isalpha, part))]
