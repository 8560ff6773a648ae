"""The article's text out of a page's tree: trafilatura first, then what else the page offers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord.errors import ParseError
from accord.parse.blocks import largest_block, standfirst_of
from accord.parse.bylines import byline_of
from accord.parse.captions import take_captions
from accord.parse.hidden import show_addresses
from accord.parse.live import entries_of
from accord.parse.lost import with_lost
from accord.parse.metadata import Head, Metadata
from accord.parse.naming import squeezed
from accord.parse.pruning import prune
from accord.parse.sifting import sifted
from accord.parse.trees import lines_of, short_text, tree_of
from accord.parse.walls import wall_in
from accord.records import Caption, Entry

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CLEARLY_MORE = 1.5
_LITTLE = 150
_PLENTY = 4_000
_SAMPLE = 200
_NEAR_TOP = 4
_NEAR_END = 4
_LONGEST_BYLINE = 120
_BYLINE = re.compile(r"(?:(?:words|story|report|text|written|reported) )?(?:by|von|par|por|door)\s+[^.!?]+$", re.I)
_REPORTING = re.compile(
    r"\W{0,2}(?:(?:with )?(?:additional|further|extra) (?:reporting|material|information)(?: (?:by|from)|:)"
    r"|with (?:reporting|files|reports|input|material|agency (?:input|reports)) (?:from|by))"
    r"\s+(?P<names>[^.!?;\n]{2,120}?)(?:\s+in\s[^;,]+)?\W*(?:;.*)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Body:
    """An article's text, a line a paragraph, its live-blog entries, and the captions that stood in it.

    `byline` and `credits` are the names that lines of the text alone give.
    """

    text: str
    captions: tuple[Caption, ...] = ()
    entries: tuple[Entry, ...] = ()
    byline: str | None = None
    credits: tuple[str, ...] = ()


def body_of(tree: HtmlElement, head: Head, facts: Metadata, day: str | None) -> Body:
    """Return the text, captions and entries of the article in `tree`, which is pruned on the way.

    `day` (ISO) is when the page came out. The text of a live blog is its entries, in the page's order.
    Raises ParseError where the page looks like a notice, an error or a menu.
    """
    show_addresses(tree)
    captions = list(take_captions(tree))
    prune(tree)
    text, entries = entries_of(tree, head, day, facts.url)
    if entries:
        return Body(text, tuple(captions), entries)
    lines, more = sifted(with_lost(tree, _with_trafilatura(tree).split("\n")))
    for other, others in map(sifted, _alternatives(tree, head, enough=_length(lines) > _PLENTY and len(lines) > 1)):
        if _is_fuller(other, lines):
            lines, more = other, others
    kind = wall_in(lines, head.title, _links(tree, lines))
    if kind is not None:
        raise ParseError(f"no article was found on the page, it looks like {kind}; save the report's text as .txt")
    _drop_title(lines, head, facts.title)
    byline = _take_byline(lines, facts.byline)
    standfirst = standfirst_of(tree, head, lines[0]) if lines else None
    if standfirst and squeezed(standfirst) not in squeezed("".join((*lines, facts.title or ""))):
        lines.insert(0, standfirst)
    return Body(
        "\n".join(lines), tuple(dict.fromkeys((*captions, *more))), byline=byline, credits=tuple(_credits(lines))
    )


def _drop_title(lines: list[str], head: Head, title: str | None) -> None:
    """Take the title out of the first of `lines`, and the page's only h1 where it stands first."""
    plain = squeezed(title or "")
    at = next((number for number, line in enumerate(lines[:_NEAR_TOP]) if squeezed(line) == plain), None)
    shown = [short_text(heading, 400) for heading in head.headings]
    if at is None and lines and len(shown) == 1 and squeezed(lines[0]) == squeezed(shown[0] or ""):
        at = 0
    if at is not None and len(lines) > 1:
        del lines[at]


def _take_byline(lines: list[str], known: str | None) -> str | None:
    """Take the line "By ..." out of the first of `lines` and return its names.

    One that has other names than the byline that is `known` stays: it may credit an agency.
    """
    for number, line in enumerate(lines[:_NEAR_TOP]):
        if len(line) > _LONGEST_BYLINE or not _BYLINE.match(line):
            continue
        names = byline_of([line])
        if names is None or not all(name.strip()[:1].isupper() for name in names.split(",")):
            continue
        same = known is None or any(squeezed(name) in squeezed(known) for name in names.split(","))
        if same and len(lines) > 1:
            del lines[number]
            return names
    return None


def _credits(lines: list[str]) -> Iterator[str]:
    """Yield who the last of `lines` say to have reported too: "Additional reporting by AFP" -> "AFP"."""
    for line in lines[-_NEAR_END:]:
        match = _REPORTING.match(line)
        if match:
            names = byline_of([match["names"]])
            yield from names.split(", ") if names else ()


def _links(tree: HtmlElement, lines: list[str]) -> set[str]:
    """Return the texts of the links of `tree`, squeezed, if `lines` are few enough to be links alone."""
    if _length(lines) > _PLENTY:
        return set()
    return {squeezed(text) for link in tree.iter("a") if (text := short_text(link, 400))}


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
