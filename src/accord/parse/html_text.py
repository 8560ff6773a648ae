"""The article's text out of a page's tree: trafilatura first, then what else the page offers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord.parse.blocks import largest_block, standfirst_of
from accord.parse.captions import take_captions
from accord.parse.live import entries_of
from accord.parse.metadata import Head, Metadata
from accord.parse.naming import squeezed
from accord.parse.pruning import prune
from accord.parse.sifting import sifted
from accord.parse.trees import lines_of, tree_of
from accord.records import Caption, Entry

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CLEARLY_MORE = 1.5
_LITTLE = 150
_PLENTY = 4_000
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Body:
    """An article's text, a line a paragraph, its live-blog entries, and the captions that stood in it."""

    text: str
    captions: tuple[Caption, ...] = ()
    entries: tuple[Entry, ...] = ()


def body_of(tree: HtmlElement, head: Head, facts: Metadata, day: str | None) -> Body:
    """Return the text, captions and entries of the article in `tree`, which is pruned on the way.

    `day` (ISO) is when the page came out. The text of a live blog is its entries, in the page's order.
    """
    captions = list(take_captions(tree))
    prune(tree)
    text, entries = entries_of(tree, head, day, facts.url)
    if entries:
        return Body(text, tuple(captions), entries)
    lines, more = sifted(_with_trafilatura(tree).split("\n"))
    for other, others in map(sifted, _alternatives(tree, head, enough=_length(lines) > _PLENTY and len(lines) > 1)):
        if _is_fuller(other, lines):
            lines, more = other, others
    if len(lines) > 1 and squeezed(lines[0]) == squeezed(facts.title or ""):
        del lines[0]
    standfirst = standfirst_of(tree, head, lines[0]) if lines else None
    if standfirst and squeezed(standfirst) not in squeezed("".join((*lines, facts.title or ""))):
        lines.insert(0, standfirst)
    return Body("\n".join(lines), tuple(dict.fromkeys((*captions, *more))))


def _alternatives(tree: HtmlElement, head: Head, *, enough: bool) -> Iterator[list[str]]:
    """Yield the other ways to read the text, unless there is `enough` of it."""
    if not enough:
        yield _stated_body(head)
        yield largest_block(tree)


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))


def _is_fuller(other: list[str], lines: list[str]) -> bool:
    """Tell whether `other` is the same article with clearly more of it or in more lines, or `lines` hardly anything."""
    length, found = _length(other), _length(lines)
    if len(other) > len(lines) and squeezed("".join(other)) == squeezed("".join(lines)):
        return True
    if length < _CLEARLY_MORE * found or length < _LITTLE:
        return False
    if found < _LITTLE:
        return True
    whole, sample = squeezed("".join(other)), lines[:_SAMPLE]
    held = sum(len(line) for line in sample if squeezed(line) in whole)
    return held > 0.7 * _length(sample)


def _with_trafilatura(tree: HtmlElement) -> str:
    import trafilatura

    found = trafilatura.bare_extraction(tree, fast=True, include_comments=False)
    return (found.text if found is not None and not isinstance(found, dict) else None) or ""


def _stated_body(head: Head) -> list[str]:
    """Return the lines of the article's body that the page's JSON-LD gives."""
    body = head.article.get("articleBody")
    if not isinstance(body, str):
        return []
    if "<p" in body or "<br" in body:
        tree = tree_of(body)
        return [] if tree is None else lines_of(tree)
    return [" ".join(line.split()) for line in body.splitlines()]
