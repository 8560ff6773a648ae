"""Splits an article into sentences by paragraph and names the furniture among them."""

from __future__ import annotations

import re

from accord.records import Article, Sentence

_PARAGRAPH = re.compile(r"[^\n]+")


def find_sentences(article: Article) -> tuple[Sentence, ...]:
    """Return the sentences and stand-alone lines of `article` in text order."""
    found: list[Sentence] = []
    for number, match in enumerate(m for m in _PARAGRAPH.finditer(article.text) if m.group().strip()):
        for first, last in _split(match.group()):
            start, end = match.start() + first, match.start() + last
            found.append(Sentence(start, end, article.text[start:end], number))
    return tuple(found)


def _split(paragraph: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of one paragraph."""
    import syntok.segmenter

    spans = []
    for block in syntok.segmenter.process(paragraph):
        for tokens in block:
            spans.append((tokens[0].offset, tokens[-1].offset + len(tokens[-1].value)))
    return spans
