"""Finds which agency an article's own lines credit, and for what: all of its text, a part of it, or a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from accord.cluster.agencies import NAMED, agencies_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accord.records import Analysis, Article

Role = Literal["whole", "contributed", "picture", "named"]

_HEAD, _TAIL = 8, 10
"""Lines at either end of an article where bylines, bare names of agencies and sign-offs stand."""

_LIST = rf"(?:{NAMED})(?:(?: ?[,/&] ?|,? and | [-–—] )(?:the |The )?(?:{NAMED}))*"
_THE = r"(?:[Tt]he |THE )?"
_DASH = r"[-–—―:|]"
_PLACED = (
    r"(?:(?:[A-ZÀ-Þ0-9][\w.'’/-]*|de|del|da|di|do|la|le|el|al|of|on|and|the|um|y)[,.]?[ \xa0]+"
    r"|[-–—|·,][ \xa0]+){0,10}"
)
_BRACKETED = re.compile(
    rf"^[ \xa0]*(?P<place>{_PLACED})[(\[][ ]*{_THE}(?P<names>{_LIST})(?:/tmn| Life!?| News)?[ ]*[)\]]"
    rf"(?P<after>[ \xa0]*(?:{_DASH}+|\.|$|(?=[A-ZÀ-Þ“\"‘'])))"
)
_SLASHED = re.compile(r"^[ ]*[A-ZÀ-Þ][\w .,'’-]{2,60}[ ]*/(?P<names>TASS|Tass|ITAR-TASS|Ukrinform)/[ ]*[.–—-]")
_COMMA_DATELINE = re.compile(
    rf"^[ ]*[A-ZÀ-Þ]{{3}}[\w .,'’/-]{{0,50}}[,:—–-][ ]*{_THE}(?P<names>{_LIST})[ ]*(?:[—–]|--?)[ ]"
)
_LEADING = re.compile(rf"^[ ]*(?P<names>{_LIST})[ ]*(?:[—–|]|--|[ ]-)[ ]*(?=[A-Z\d“\"])")
_BARE = re.compile(
    rf"^(?:[a-z]{{2,4}}(?:/[a-z]{{2,4}})*[ ](?=[(\[]))?[\s—–―|*~_(\[©-]*"
    rf"(?:[Ss]ources?[ ]?:[ ]*|[Vv]ia[ ]*:?[ ]*|[Ff]rom[ ]|[Bb][Yy][ :])?{_THE}(?P<names>{_LIST})"
    r"(?:[ ](?:[Ss]taff(?: [Ww]riters?)?|[Ww]riters?|news (?:agency|service)|newswires?|wires?|Lifestyle|Sports?"
    r"|(?:in|at) [A-Z][\w ,.'’-]{2,40}))?[\s—–|)\].*_-]*$"
)
_BYLINE = re.compile(
    r"^(?:[Bb][Yy][ :]+|[Rr]eported by[ :]+|[Aa]uthor[ :]+)?"
    r"[A-ZÀ-Þ][\w.'’-]*(?:[ ,&]+(?:and )?[A-ZÀ-Þ][\w.'’-]*){1,9}"
    rf"[ ]*(?P<by>[,|–—]|[ ]-|[ ]of|/)[ ]*{_THE}(?P<names>{_LIST})"
    r"(?:[ ](?:[Ss]taff(?: [Ww]riters?)?|[Ww]riters?|[Rr]eporters?|[Cc]orrespondents?|[\w ]{3,24} [Ww]riters?"
    r"|via .{3,40}))?[ .]*(?:[|•·].*|[Uu]pdated.*|[Pp]ublished.*)?$"
)
_BY_AGENCY = re.compile(
    rf"^(?:[Bb]y|BY)[ :]+{_THE}(?P<names>{_LIST})(?:[ ](?:[Ss]taff|[Rr]eporters?|[Ww]riters?))?\b[^a-z]*$"
)
_SIGNED_OFF = re.compile(
    r"\((?:Additional |Further )?[Rr]eporting (?:and writing |and editing )?by\b[^()]{3,600}"
    r"\b[Ee]dit(?:ing|ed)(?: and [\w ]{3,20})? by\b[^()]{3,200}\)?\s*$"
    r"|^Reporting (?:and writing )?by\b.{3,500}[;.,] ?(?:[Ww]riting by .{3,80}[;.,] ?)?[Ee]diting by\b.{3,120}$"
    r"|^(?:\((?:Writing|Compiled|Editing)\b(?: and [\w ]{3,20})? by\b[^()]{3,300}\b[Ee]diting by\b[^()]{3,120}\))\s*$"
)
_HOUSE_LINES = (
    ("Reuters", re.compile(r"Thomson Reuters Trust Principles|Click For Restrictions .{0,20}reuters")),
    ("Bloomberg", re.compile(r"^To contact the (?:reporters?|editors?).{0,120}@bloomberg\.net", re.IGNORECASE)),
    ("Associated Press", re.compile(r"^Follow AP(?:['’]s|\b).{0,80}\bcoverage\b.{0,40}\b(?:at|https?:|apnews)")),
    ("Associated Press", re.compile(r"^The Associated Press receives (?:financial )?support from\b")),
)
_COPYRIGHT = re.compile(
    rf"(?:©|\([cC]\)|[Cc]opyright|COPYRIGHT)[^.\n]{{0,24}}?{_THE}(?<![\w@#-])(?P<names>{_LIST})(?![\w@])"
    rf"|{_THE}(?<![\w@#-])(?P<names2>{_LIST})[ ,]*(?:©|[Cc]opyright|\([cC]\))[ ]*\d{{4}}"
)
_PRODUCED = re.compile(
    r"\b(?:story|article|report|piece|content|item|dispatch)\b.{0,40}\b(?:was|is|has been|comes)\b.{0,60}"
    r"\b(?:published|produced|written|provided|supplied|reported|distributed|generated|sourced|taken|syndicated)\b"
    rf".{{0,60}}\b(?:by|from|on)\s+(?:an? |the |a syndicated feed[ :(]+)?{_THE}(?P<names>{_LIST})(?![\w@])",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:contribut(?:ed|ing|ions?)|additional (?:reporting|material|writing)|further reporting"
    r"|with (?:additional |further |agency )?"
    r"(?:files?|reporting|inputs?|material|contributions?|information|assistance)\b"
    r"|with (?:reports?|copy|wires?)\b (?:by|from)|(?:includes?|including|contains?|uses?|used|based on) "
    r"(?:reporting|information|material|content|inputs?|copy|reports?)\b"
    r"|(?:material|information|reporting|reports?) from\b.{0,80}\b(?:was|were) used"
    r"|compiled from|from (?:staff|our correspondents?|wire|news)[\w, ]{0,40}reports?"
    r"|supplement(?:ed|s) (?:this|the)|and (?:staff|agenc(?:y|ies)|wire) reports)",
    re.IGNORECASE,
)
_WITH = re.compile(rf"^[\s—–(\[*-]*(?:[Ww]ith|WITH|[Aa]nd)\s+{_THE}(?P<names>{_LIST})[\s.)\]*]*$")
_THIS = re.compile(
    r"\b(?:th(?:is|ese) (?:\w+ )?(?:report|story|article|piece|dispatch|coverage)|to this)\b", re.IGNORECASE
)
_PICTURE = re.compile(
    rf"(?:(?:[/|]|\bvia|\b[Pp]hotos?:?|\b[Pp]hotos? by|\b[Ii]mage:?) ?(?:[Tt]he )?(?:{NAMED})(?: [Pp]hotos?)?"
    rf"|\b(?:{NAMED}) ?(?:/|[Pp]hoto|[Ii]mages|via\b|[Ff]ile))[^.!?]{{0,60}}[.)\]\s]*$"
)
_RULE = "___"
"""The Associated Press parts the sections of its copy so."""

_IN_HOUSE = re.compile(
    r"\b(?:an|[Tt]he) (?:Associated Press|AP)(?:['’]s)? (?:count|survey|tally|analysis|poll|review)\b"
)
_ITEM_END = re.compile(rf"[.!?”\"’]\s*[(\[]{_THE}(?P<names>{_LIST})[)\]][\s.]*$")
_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency that an article credits, for what, and the words that do so. `named`: it is not said for what."""

    agency: str
    role: Role
    words: str


def find_credits(article: Article, analysis: Analysis | None = None) -> tuple[Credit, ...]:
    """Return the agencies that `article` credits, each once with its strongest role, whole before contributed.

        "LIMA (Reuters) - Talks ended ..." -> Reuters, whole
        "... AP contributed to this report." -> Associated Press, contributed

    The byline and credits that parsing or analysis found count as `named` where the text does not say for what.
    A mention in running text ("told Reuters") is no credit.
    """
    rank = {"whole": 0, "contributed": 1, "named": 2, "picture": 3}
    found = [*_in_byline(article.byline or ""), *_in_text(article.text)]
    known = {credit.agency for credit in found}
    given = (*article.credits, *(analysis.credits if analysis else ()))
    found += [Credit(name, "named", text) for text in given for name in agencies_in(text) if name not in known]
    best: dict[str, Credit] = {}
    for credit in found:
        if credit.agency not in best or rank[credit.role] < rank[best[credit.agency].role]:
            best[credit.agency] = credit
    return tuple(sorted(best.values(), key=lambda credit: rank[credit.role]))


def author_of(credits: tuple[Credit, ...]) -> str | None:
    """Return the agency whose text the whole article is, by its credits; None where several or none claim it."""
    whole = [credit.agency for credit in credits if credit.role == "whole"]
    return whole[0] if len(whole) == 1 else None


def _in_byline(byline: str) -> Iterator[Credit]:
    """Yield the agencies of a byline: alone with their writers they wrote all, after "with" or staff a part."""
    names = agencies_in(byline)
    partly = re.search(r"\b(?:with|staff and|and staff|and agencies|additional)\b", byline, re.IGNORECASE)
    for name in names:
        yield Credit(name, "contributed" if partly or len(names) > 1 else "whole", byline)


def _in_text(text: str) -> Iterator[Credit]:
    """Yield what the lines of a text credit; only short lines, line starts and the last words of a text can."""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    if any(line.rstrip(".") == _RULE for line in lines) and (own := _IN_HOUSE.search(text)):
        yield Credit("Associated Press", "whole", own.group())
    for number, line in enumerate(lines):
        head, tail = number < _HEAD, number >= len(lines) - _TAIL
        if head or tail:
            yield from _dateline(line[:160], alone=len(line) < 160, head=head)
        end = line if len(line) <= _LONGEST_LINE else line[-_LONGEST_LINE:]
        if len(line) <= _LONGEST_LINE:
            yield from _line(line, head, tail)
        elif tail:
            yield from _line_end(end)
        if tail and _SIGNED_OFF.search(line[-900:]):
            yield Credit("Reuters", "whole", end)


def _dateline(start: str, *, alone: bool, head: bool) -> Iterator[Credit]:
    """Yield the agencies of a dateline ("LIMA, June 8 (Reuters) - ") or of a name before the text ("AFP - ")."""
    match = _BRACKETED.match(start)
    if match is not None and match.end() < len(start) and (head or not match["place"]):
        place = match["place"].strip(" ,.")
        if match["after"].strip() or not place or place.isupper() or re.search(r"\d$", place):
            several = len(agencies_in(match["names"])) > 1
            yield from _credits(match["names"], "contributed" if several else "whole", match.group())
            return
    for pattern in (_SLASHED, _COMMA_DATELINE, _LEADING) if head else ():
        match = pattern.match(start)
        if match is not None and not (alone and _PICTURE.search(start)):
            yield from _credits(match["names"], "whole", match.group())
            return


def _line(line: str, head: bool, tail: bool) -> Iterator[Credit]:
    """Yield the agencies of a line that stands for itself."""
    for name, pattern in _HOUSE_LINES:
        if tail and pattern.search(line):
            yield Credit(name, "whole", line)
    if not agencies_in(_even_case(line)):
        return
    if not (head or tail):
        yield from _inner_line(line)
        return
    match = _BARE.match(_even_case(line)) or _BY_AGENCY.match(line) if len(line) < 80 else None
    if match is not None:
        several = len(agencies_in(match["names"])) > 1
        yield from _credits(match["names"], "contributed" if several or line[:1].islower() else "whole", line)
        return
    match = _BYLINE.match(line) if len(line) < 160 else None
    if match is not None and (line.lower().startswith("by ") or (match["by"] != "/" and not _PICTURE.search(line))):
        yield from _credits(match["names"], "whole", line)
        return
    if tail or len(line) < 160:
        yield from _line_end(line)


def _inner_line(line: str) -> Iterator[Credit]:
    """Yield the agencies of a line amid the text: a contribution, an item ("... left. [Reuters]") or a picture."""
    if len(line) < 250 and _PART.search(line) and _THIS.search(line):
        yield from _credits(line, "contributed", line)
    elif (item := _ITEM_END.search(line)) is not None:
        yield from _credits(item["names"], "contributed", item.group())
    elif len(line) < 300 and _PICTURE.search(line):
        yield from _credits(line, "picture", line)


def _even_case(line: str) -> str:
    """Return a line that is a list of names with their abbreviations in capitals ("Reuters - Ap - Afp")."""
    return re.sub(r"\b(?:Ap|Afp|Efe|Upi|Pa|Dpa|Pti|Ani)\b", lambda match: match.group().upper(), line)


def _line_end(line: str) -> Iterator[Credit]:
    """Yield the agencies that a line says it comes from, in whole or in part."""
    with_them = _WITH.match(line)
    if with_them is not None:
        yield from _credits(with_them["names"], "contributed", line)
        return
    sentence = _last_crediting(line)
    if _PART.search(sentence) and (_THIS.search(sentence) or len(sentence) < 160) and agencies_in(sentence):
        yield from _credits(sentence, "contributed", sentence)
        return
    copyright_line = _COPYRIGHT.search(line)
    if copyright_line is not None and len(line) - copyright_line.start() < 400:
        if not _PICTURE.search(line) and line[copyright_line.end() :].strip()[:1] not in ("/", "|"):
            yield from _credits(copyright_line["names"] or copyright_line["names2"], "whole", line)
        return
    produced = _PRODUCED.search(line)
    if produced is not None and _THIS.search(line):
        yield from _credits(produced["names"], "whole", line)
        return
    signed = re.search(rf"(?:[.!?”\"’]|—|–| -)\s*[—–-]*\s*[(\[]?{_THE}(?P<names>{_LIST})[)\]]?[\s.]*$", line)
    if signed is not None and re.search(r"[—–(\[-]\s*(?:[Tt]he )?$", line[: signed.start("names")]):
        yield from _credits(signed["names"], "whole", signed.group())
        return
    if len(line) < 300 and _PICTURE.search(line):
        yield from _credits(line, "picture", line)


def _last_crediting(line: str) -> str:
    """Return the last sentences of `line`, from the first that speaks of contributing; the line where none does."""
    match = _PART.search(line)
    if match is None:
        return line
    start = max((m.end() for m in re.finditer(r"[.!?][”\"]?\s+(?=[A-Z(])", line[: match.start()])), default=0)
    stop = re.search(r"[.!?](?:\s|$)", line[match.end() :])
    return line[start : match.end() + stop.end()] if stop else line[start:]


def _credits(names: str, role: Role, words: str) -> Iterator[Credit]:
    for name in agencies_in(names):
        yield Credit(name, role, " ".join(words.split()))
