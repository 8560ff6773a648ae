"""Sifts the lines taken out of a page: the report's, the captions among them, and furniture, which is left out."""

from __future__ import annotations

from collections.abc import Iterable

from accord.parse.captions import caption_line
from accord.parse.hidden import without_marker
from accord.parse.wording import is_furniture
from accord.records import Caption

_MOST_LINES = 20_000


def sifted(lines: Iterable[str]) -> tuple[list[str], list[Caption]]:
    """Return those of `lines` that are the report's, and the captions among the others.

    ["The dam opened.", "Read more: Dam", "Image source, AFP"] -> ["The dam opened."], [Caption(..., "AFP")]
    """
    kept: list[str] = []
    captions: list[Caption] = []
    for number, line in enumerate(lines):
        line = without_marker(line)
        bare = line.strip()
        if number < _MOST_LINES:
            if not any(map(str.isalnum, bare)) or is_furniture(bare):
                continue
            caption = caption_line(bare)
            if caption is not None:
                captions.append(caption)
                continue
        kept.append(line)
    return kept, captions
