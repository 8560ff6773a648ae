"""Captions and their credits, taken out of a page's tree and out of its lines."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from accord.parse.pruning import names_in, remove
from accord.parse.trees import short_text, text_in
from accord.parse.wording import is_furniture
from accord.records import Caption

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST = 1_000
_MOST = 200
_MOST_HOLDERS = 2_000
_CAPTION_NAMES = """
caption captions captiontext wpcaptiontext imagecaption imgcaption photocaption picturecaption mediacaption
figurecaption videocaption gallerycaption imagedescription photodescription imagelegend photolegend
bildunterschrift bildtext legende piedefoto
"""
_CAPTION_WORDS = frozenset(_CAPTION_NAMES.split())
_PICTURES = ("image", "img", "photo", "picture", "media", "video", "figure", "caption")
_CREDITS = ("credit", "credits", "copyright", "source", "attribution", "byline", "author")
_PICTURE_CREDIT_WORDS = frozenset({"photographer", *(one + two for one in _PICTURES for two in _CREDITS)})
_ANY_CREDIT = _PICTURE_CREDIT_WORDS | frozenset(("agency", *_CREDITS)) - {"author"}
_MAY_BE = re.compile("(?i)caption|credit|copyright|source|photo|legend|bild|pie|attribution|byline|author")
_NO_HOLDERS = frozenset("html body main article img a input meta link script".split())
_CREDIT_TAGS = frozenset("span cite small p div em footer a i".split())
_NO_CAPTION = ("blockquote", "table", "pre", "code", "ul", "ol")
_ELSEWHERE = re.compile(
    r"related|recirc|promo|teaser|sidebar|most-?(?:read|popular)|recommend|trending|newsletter|comment|footer"
    r"|cookie|consent|gdpr",
    re.I,
)

_NAME = r"[^\W\d_a-z][\w.'’&-]*(?:[ /,|]+(?:(?:via|for|of|the|de|von|van|and)[ /])*[^\W\d_a-z][\w.'’&-]*){0,9}"
_AGENCY_MARK = (
    r"(?:Reuters|REUTERS|AFP|AP(?: Photo)?|Associated Press|EPA(?:-EFE)?|EFE|dpa|DPA|PA(?: (?:Media|Wire|Images))?"
    r"|Getty(?: Images)?|Bloomberg|Xinhua"
    r"|TASS|Anadolu(?: Agency| Images)?|ANSA|Keystone|IMAGO|imago(?: images)?|Shutterstock|iStock"
    r"|Alamy(?: Stock Photo)?|Unsplash|Pexels|NurPhoto|ZUMA(?: Press)?"
    r"|Agence France-Presse|Press Association|Canadian Press|AAP|Kyodo(?: News)?|Yonhap|picture[ -]alliance"
    r"|Magnum(?: Photos)?|Flickr|Wikimedia(?: Commons)?)"
)
_LABEL = (
    r"(?:(?:photo(?:graph)?s?|image|picture|foto|video|illustration|bild|pic|cr[ée]dit(?:o|os|s)?|source|quelle"
    r"|fonte|fuente|copyright"
    r"|file)(?:\s?(?:credits?|source|copyright|courtesy|cr[ée]dit|by|via|von|par|por))*\s?(?:[:/|,]|\bby\b"
    r"|\bcourtesy(?: of)?\b|\bvia\b|(?-i:(?=\s[A-Z])))|©|\(c\))"
)
_CREDITING = re.compile(rf"(?:{_LABEL}|(?:by|von|par|por)\b)\s*", re.I)
_LABELLED = re.compile(rf"\s*[\[(]?\s*{_LABEL}\s*(?P<credit>[^\[\]()]{{2,120}}?)\s*[\])]?\s*$", re.I)
_AT_END = re.compile(
    rf"(?:[\s.]|(?<=[a-z.!?\"”]))[\[(—–|-]*\s*(?i:(?:{_LABEL}))\s*(?P<labelled>[^\[\]()\n]{{2,90}}?)\s*[\])]?[.\s]*$"
    rf"|\s*[\[(](?P<bracketed>[^\[\]()]{{0,80}}\b{_AGENCY_MARK}\b[^\[\]()]{{0,60}}"
    rf"|{_NAME}\s?[/|]\s?{_NAME})[\])][.\s]*$"
    rf"|(?:(?<=[.!?\"”])|\s[—–|-])\s*(?P<plain>(?:{_NAME}\s?[/|,-]\s?|{_NAME} via )?{_AGENCY_MARK}(?:(?: via |/"
    rf"| for |, ){_NAME})?)(?:[/ ][Ff]ile (?:[Pp]hoto|[Pp]icture))?[.\s]*$"
)
_WHOLE_CREDIT = re.compile(
    rf"\s*(?:{_NAME}\s?[/|]\s?{_AGENCY_MARK}(?:[/ ]{_NAME})?|{_AGENCY_MARK}(?:(?: via |/){_NAME})?"
    rf"|{_AGENCY_MARK} via .{{2,50}})\s*$"
)
_LINE_CAPTION = re.compile(
    r"(?:(?:image|media|photo|picture|video) caption|caption|bildunterschrift)\s*[,:]?\s+(?P<text>[A-Z\"“(].{2,})$"
    r"|(?:file|handout|undated)[ -](?:photo|picture|image)\s*[-–—:]\s*(?P<file>.{3,})$",
    re.I,
)
_LINE_CREDIT = re.compile(
    r"[\[(]?\s*(?:(?:image|media|photo|picture|video|photograph)\s*(?:source|copyright|credits?|by|via"
    r"|courtesy(?: of)?)\b\s*[,:]?"
    r"|(?:photo|image|picture|photograph|foto|bild|cr[ée]dits?|photo credit|photos)\s*[:/|]"
    r"|(?:credit|photographer)s?\s*:)\s*(?P<credit>[^\[\]]{2,120}?)\s*[\])]?\s*$",
    re.I,
)
_PROMPT = re.compile(
    r"^(?:(?:image|media|photo|video|picture)\s+(?:caption|source|copyright)\s*[,:]?\s*|caption\s*:\s*|(?:hide"
    r"|toggle|show) caption\b\s*)",
    re.I,
)


def take_captions(tree: HtmlElement) -> tuple[Caption, ...]:
    """Take figures' captions and stray picture credits out of `tree` and return them in page order, each once.

    "<figure><figcaption>The dam. Photo: Jo Bly/Reuters</figcaption></figure>" -> Caption("The dam.", "Jo Bly/Reuters")
    """
    found: list[Caption] = []
    taken: set[HtmlElement] = set()
    for element in _holders(tree):
        if any(ancestor in taken for ancestor in element.iterancestors()):
            continue
        if element.tag in ("span", "em", "small", "cite") and _kind_of(element) == "credit":
            parent = element.getparent()
            if parent is not None and parent.tag == "p" and short_text(parent, 500) is not None:
                element = parent
        taken.add(element)
        caption = None if _elsewhere(element) else _caption_of(element)
        if caption is not None:
            found.append(caption)
        remove(element)
        if len(found) >= _MOST:
            break
    return tuple(dict.fromkeys(found))


def caption_line(line: str) -> Caption | None:
    """Return the caption that a line of text is by its wording, None where it is running text.

    "Image source, Getty Images" -> Caption("Image source, Getty Images", "Getty Images")
    """
    if len(line) > 600:
        return None
    match = _LINE_CAPTION.match(line)
    if match:
        return split_credit(match["text"] or match["file"])
    match = _LINE_CREDIT.match(line)
    if match and not re.search(r"[.!?]\s+[A-Z]", match["credit"]) and len(match["credit"].split()) <= 14:
        return Caption(line, match["credit"])
    return Caption(line, line) if len(line) <= 90 and _WHOLE_CREDIT.match(line) else None


def split_credit(text: str) -> Caption:
    """Return a caption's words without its credit, and the credit; words that are a credit alone stay."""
    text = " ".join(_PROMPT.sub("", text).split())
    if _WHOLE_CREDIT.match(text):
        return Caption(text, text)
    match = _LABELLED.match(text)
    if match and len(match["credit"].split()) <= 12:
        return Caption(text, _clean(match["credit"]))
    match = _AT_END.search(text[-260:])
    if not match:
        return Caption(text)
    credit = _clean(match["labelled"] or match["bracketed"] or match["plain"])
    rest = text[: len(text) - len(text[-260:]) + match.start()].rstrip(" -–—|([") + ("." if match[0][:1] == "." else "")
    return Caption(rest or text, credit or None)


def _holders(tree: HtmlElement) -> list[HtmlElement]:
    """Return the elements that hold a caption or a picture's credit, in page order; what lies in one may follow it."""
    from lxml import etree

    candidates: list[HtmlElement] = etree.XPath(
        "descendant::figure|descendant::figcaption|descendant::*[@class or @id or @itemprop='caption']"
    )(tree)
    return [element for element in candidates if _holds_caption(element)][:_MOST_HOLDERS]


def _holds_caption(element: HtmlElement) -> bool:
    name = element.tag
    if name == "figcaption":
        return True
    if name == "figure":
        return _is_pictures(element)
    if name in _NO_HOLDERS:
        return False
    kind = _kind_of(element)
    if kind == "caption":
        return short_text(element, _LONGEST) is not None and next(element.iter("h1"), None) is None
    if kind == "credit":
        return short_text(element, 200) is not None
    return False


def _kind_of(element: HtmlElement) -> str | None:
    if element.get("itemprop") == "caption":
        return "caption"
    return _kind(element.get("class") or "", element.get("id") or "")


@lru_cache(maxsize=4096)
def _kind(classes: str, identifier: str) -> str | None:
    """Return what an element's class and id call it: caption, credit or None."""
    if not _MAY_BE.search(classes + identifier):
        return None
    names = names_in(f"{classes[:300]} {identifier[:100]}")
    if not names.isdisjoint(_CAPTION_WORDS):
        return "caption"
    return "credit" if not names.isdisjoint(_PICTURE_CREDIT_WORDS) else None


def _is_pictures(figure: HtmlElement) -> bool:
    """Tell whether a figure holds a picture and its caption, no table, code or pulled quote."""
    if any(next(figure.iter(name), None) is not None for name in _NO_CAPTION):
        return False
    return short_text(figure, _LONGEST) is not None


def _caption_of(element: HtmlElement) -> Caption | None:
    captions = [*element.iter("figcaption")] or [e for e in element.iter() if _kind_of(e) == "caption"]
    holder = captions[0] if captions else element
    credit = next((c for e in element.iter() if e is not element and (c := _marked_credit(e))), None)
    text = text_in(holder)[:_LONGEST]
    if not text:
        return Caption(credit, _clean(credit)) if credit else None
    if is_furniture(text):
        return None
    if credit is None or len(credit.split()) > 14:
        return split_credit(text)
    rest = " ".join(_PROMPT.sub("", text.replace(credit, " ", 1)).split()).strip(" -–—|")
    return Caption(rest or text, _clean(credit))


def _marked_credit(element: HtmlElement) -> str | None:
    marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    if element.tag not in _CREDIT_TAGS or names_in(marks).isdisjoint(_ANY_CREDIT):
        return None
    return short_text(element, 160) or None


def _clean(credit: str) -> str:
    """Return a credit without the words that say that it is one: "(Photo by Jo Bly/Reuters)" -> "Jo Bly/Reuters"."""
    bare = credit.strip(" ()[].,;:|–—-")
    for _ in range(3):
        match = _CREDITING.match(bare)
        if not match or match.end() >= len(bare):
            break
        bare = bare[match.end() :].strip(" ()[].,;:|–—-")
    return bare or credit


def _elsewhere(element: HtmlElement) -> bool:
    """Tell whether `element` lies in a link, a sidebar or a list of other pages."""
    ancestor = element.getparent()
    for _ in range(10):
        if ancestor is None or ancestor.tag in ("article", "main", "body"):
            return False
        if ancestor.tag in ("aside", "nav", "footer", "a", "header") and ancestor.tag != "header":
            return True
        if _ELSEWHERE.search((ancestor.get("class") or "")[:200]):
            return True
        ancestor = ancestor.getparent()
    return False
