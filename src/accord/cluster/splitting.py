"""Splits a text that nobody analyzed into sentences, furniture left out, and finds its quotes: cheap and good enough.

Copies are compared by runs of words, so that a sentence cut in two costs little; speed is what counts here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accord.records import Article

Place = tuple[int, int]

_LINE = re.compile(r"[^\s][^\n\r\v\f\x85\u2028\u2029]*")
_ABBREVIATED = "".join(
    rf"(?<!\b{word}\.)"
    for word in (
        *(
            "Mr",
            "Mrs",
            "Ms",
            "Dr",
            "Prof",
            "Rev",
            "Sen",
            "Sens",
            "Rep",
            "Reps",
            "Gov",
            "Gen",
            "Lt",
            "Col",
            "Sgt",
            "Capt",
        ),
        *(
            "St",
            "Mt",
            "Ft",
            "No",
            "Nos",
            "vs",
            "Jr",
            "Jan",
            "Feb",
            "Mar",
            "Apr",
            "Aug",
            "Sep",
            "Sept",
            "Oct",
            "Nov",
            "Dec",
        ),
        *("Inc", "Co", "Corp", "Ltd", "U.S", "U.N", "U.K", "E.U", "D.C", "Maj", "Adm", "Hon", "Pres", "Fig"),
    )
)
_BREAK = re.compile(rf"(?<=[.!?…])[\"”’'»)\]]*{_ABBREVIATED}(?<!\b[A-Z]\.)\s+(?=[\"“‘'«(\[]*[A-ZÀ-Þ\d])")
_MARKED = re.compile(
    r"“[^”\n]*(?:”|$)|„[^„“”\n]*[“”]|«[^«»\n]*»"
    r"|(?:\"|``|'')[^\n\"'`]*(?:(?:'(?!')|`(?!`))[^\n\"'`]*)*(?:\"|'')|(?<![^\W_])‘[^‘\n]{12,}?’(?![^\W_])",
    re.MULTILINE,
)
"""Quotes of every style. Each alternative stops at what opens another one, so that time stays linear in the text."""

_LINE_FURNITURE = re.compile(
    r"\s*(?:read (?:more|also|the full)\b|also read\b|see also\b|related\b\s*(?::|$|stor|article)"
    r"|more on this\b|more from\b"
    r"|advertisement\b|story continues\b|sign up\b|subscribe\b|follow (?:us|@|\w+(?: \w+)? on (?:twitter|facebook|x\b))"
    r"|share (?:this|on)\b|click here\b|tap here\b|copyright\b|©|\(c\)\s|all rights reserved|we use cookies|cookie"
    r"|privacy policy|terms of|photo(?:graph(?:er)?)?s?\s*[:/]|image\s*[:/]|file photo|picture:|credits?:|sources?:"
    r"|by [A-Z][\w.'’-]+ [A-Z][\w.'’-]+\s*(?:$|[,|])|[(\[]?(?:additional |with )?reporting (?:and \w+ )?by\b"
    r"|with (?:files|inputs?|reporting|assistance|contributions?) from\b|listen to this|watch(?: live| now|:)"
    r"|skip to\b|(?:last )?updated\b.{0,40}$|published\b.{0,40}$"
    r"|get (?:our|the|breaking|daily)\b.{0,60}(?:app|inbox|newsletter|alert)"
    r"|(?:thank you|thanks) for (?:subscribing|reading|signing)|download (?:the|our)\b.{0,40}app|join (?:us|our)\b)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"all rights reserved|may not be (?:published|reproduced|copied|used)|contribut(?:ed|ing) (?:to|reporting)"
    r"|rewritten or redistributed|(?:our|daily|weekly|free|email) (?:\w+ )?newsletters?\b"
    r"|sign up (?:for|to) (?:our|the|get)"
    r"|subscribe to (?:our|the)|follow us\b|like us on|find us on|on (?:facebook|twitter|instagram) (?:and|or|,)"
    r"|(?:use|uses|using) (?:of )?cookies|privacy policy|terms (?:of (?:use|service)|and conditions)|click here"
    r"|support (?:our|independent|quality) journalism|(?:ad[- ]?blocker|javascript) (?:is )?(?:enabled|disabled)"
    r"|\w@\w+\.\w{2,}|download (?:our|the) (?:free )?app|was not involved in (?:the )?creat"
    r"|not been edited by|auto-?generated from|syndicated feed|opinions? expressed"
)
"""Furniture within a line, in lower case."""

_TELLING = (
    *(
        "rights reserved",
        "may not be",
        "contribut",
        "redistributed",
        "newsletter",
        "sign up",
        "subscribe",
        "us on",
        "on facebook",
    ),
    *(
        "on twitter",
        "on instagram",
        "cookie",
        "privacy",
        "terms",
        "click",
        "journalism",
        "blocker",
        "javascript",
        "@",
        " app",
    ),
    *("involved in", "edited by", "generated", "syndicated", "opinion"),
)
"""What a sentence must hold to match `_FURNITURE`: looked for first, because a search for a word is fast."""

_POST = re.compile(r"\(@\w+\)|^\s*(?:—|--|–)\s.{2,40}@\w+|posted by\b.{2,60}\bon\b|pic\.twitter\.com", re.IGNORECASE)
_DATELINE = re.compile(
    r"[ \xa0]*(?:[A-ZÀ-Þ][\w.,'’/ \xa0-]{1,60}?)?(?:[(\[][\w ,/&.-]{2,40}[)\]]\s*(?:[-–—]+|:)?\s*|\s(?:—|–|--)\s*)"
)
_LONGEST_FURNITURE = 300


def split(article: Article) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, paragraph) of each sentence of the running text: lines that are furniture are left out.

    Left out are a first line that repeats the title, datelines, bylines, credits, links, adverts and embedded posts.
    """
    text, title = article.text, (article.title or "").strip(" .").casefold()
    lower = text.lower()
    telling = [word for word in _TELLING if word in lower]
    for number, match in enumerate(_LINE.finditer(text)):
        start, end = match.span()
        line = match.group().rstrip()
        if len(line) <= _LONGEST_FURNITURE and _LINE_FURNITURE.match(line):
            continue
        if number < 2 and title and line.strip(" .").casefold() == title:
            continue
        if ("@" in line or "posted" in line or "pic." in line) and _POST.search(line):
            continue
        if number < 4:
            start += _dateline_end(line)
        yield from _sentences(text, start, end, number, telling)


def _sentences(text: str, start: int, end: int, number: int, telling: list[str]) -> Iterator[tuple[int, int, int]]:
    at = start
    for cut in (*(match.end() for match in _BREAK.finditer(text, start, end)), end):
        piece = text[at:cut].rstrip()
        if piece and not (telling and _is_furniture(piece, telling)):
            yield at, at + len(piece), number
        at = cut


def quoted(text: str) -> list[Place]:
    """Return (start, end) of each stretch between quotation marks, marks included, in order."""
    return [match.span() for match in _MARKED.finditer(text)]


def _is_furniture(piece: str, telling: list[str]) -> bool:
    """Tell whether a sentence is no part of the report; `telling` are the words of `_TELLING` that its text has."""
    if len(piece) > _LONGEST_FURNITURE:
        return False
    lower = piece.lower()
    return any(word in lower for word in telling) and _FURNITURE.search(lower) is not None


def _dateline_end(line: str) -> int:
    """Return where the sentence starts in a line that may begin with a dateline ("LIMA, June 8 (Reuters) - ")."""
    match = _DATELINE.match(line[:140])
    if match is None or match.end() >= len(line):
        return 0
    place = re.split(r"[(\[—–-]", match.group())[0].strip()
    shouted = re.match(r"[A-ZÀ-Þ]{3}", place) is not None
    bracketed = "(" in match.group() or "[" in match.group()
    return (
        match.end()
        if shouted or (bracketed and len(place.split()) < 6 and re.search(r"[-–—:]", line[: match.end()]))
        else 0
    )
