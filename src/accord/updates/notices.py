"""Finds the notice by which an outlet takes back its own report: "This story has been withdrawn", a wire's KILL.

A report about somebody's retraction is none: the notice must speak of the report that it stands in, outside quotation
marks, and say so itself rather than tell what somebody said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from accord.records import Article, Span

_ITEM = r"(?:news |video |audio |opinion )?(?:story|article|report|item|piece|post|column|dispatch|page|video|podcast)"
_TAKEN = (
    r"(?:retracted|withdrawn|removed|taken (?:down|offline|off (?:the|our) (?:web ?)?site)|pulled(?! together)"
    r"|deleted|killed|unpublished|depublished|rescinded)"
)
_TAKES = (
    r"(?:retract(?:s|ed|ing)?|withdr(?:aws?|ew|awn|awing)|remov(?:es?|ed|ing)|unpublish(?:es|ed|ing)?|t(?:akes?|ook|aken"
    r"|aking) down|pull(?:s|ed|ing)?|delet(?:es?|ed|ing)|rescind(?:s|ed|ing)?|kill(?:s|ed|ing)?)"
)
_LABEL = r"(?:editor(?:ial|'s|s'|s)? ?note|editors?|correction|retraction|notice|advisory|update|clarification|note)"
_LEAD = rf"^\W*(?:{_LABEL}\W+)?(?:[^.!?]{{0,60}}?[,:;] )?"
# "This story has been permanently removed", "the above article was withdrawn": the item itself, not a part of it.
_PASSIVE = re.compile(
    rf"{_LEAD}(?P<item>this|the above|the preceding) {_ITEM}(?:,[^.!?]{{0,120}},)? (?:has|was|is)"
    rf"(?: \w+ly| now| since| also)?(?: been| being)?(?: \w+ly)? {_TAKEN}\b",
    re.IGNORECASE,
)
# "We are withdrawing this article", "The Lantern has retracted its report": whoever speaks is checked by `_is_ours`.
_ACTIVE = re.compile(
    rf"{_LEAD}(?P<who>[^.!?:;]{{1,60}}?) (?:has|have|had|is|are|must|will|hereby)?(?: \w+ly| now| since| also)?"
    rf"(?: been)? ?{_TAKES} (?:this|its|our|the above|the) {_ITEM}\b(?! (?:from|by|of) (?:another|rival))",
    re.IGNORECASE,
)
# "it no longer stands by this story"
_STANDS = re.compile(
    rf"{_LEAD}(?P<who>[^.!?:;]{{1,60}}?) (?:no longer|cannot|can no longer|does not|do not) stands? by "
    rf"(?:this|its|our) {_ITEM}\b",
    re.IGNORECASE,
)
_TO_EDITORS = re.compile(
    r"^\W*(?:attention )?(?:editors?|subscribers|clients|advisory)\b[^.!?]{0,80}?\b(?:kill|withhold|disregard"
    rf"|do not use)\b[^.!?]{{0,80}}?\b{_ITEM}\b",
    re.IGNORECASE,
)
_KILL = re.compile(r"^\W*(?:(?:BULLETIN|MANDATORY|URGENT|STORY|WIRE) )?KILL(?:ED)?(?: NOTICE| ADVISORY)?\W*(?=$|[:\n])")
_HEAD = re.compile(
    rf"^\W*(?:(?:story|article|report|video) )?(?:retracted|retraction|withdrawn|{_ITEM} (?:retracted|withdrawn"
    r"|removed|killed))\s*(?:[:\])|\u2013\u2014]|- |$)",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:said|says|told|tells|wrote|writes|announced|announces|admitted|claims?|claimed|according to|reported"
    r"|reports that)\b",
    re.IGNORECASE,
)
_SAID_AT_THE_END = re.compile(rf",[\"”]? (?:according to\b|(?!wh|that)[^,]{{1,60}}? {_SAYS.pattern})", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*[.!?]*[\"”’')\]]*")
_QUOTE_MARKS = '"“”„«»'
_LONGEST = 600
_WE = frozenset({"we", "we have", "our editors", "the editors", "the editor", "the editorial team"})


def notice_in(article: Article) -> Span | None:
    """Return the sentence of the text by which `article` is taken back by its outlet; of a title only, an empty span.

    "This story has been retracted. Its source could not be verified." -> Span(0, 31, "This story has been retracted.")
    """
    ours = _ours(article)
    for sentence in _sentences(article.text):
        if _takes_back(sentence.text, ours) and not _inside_a_quote(article.text, sentence.start):
            return sentence
    title = (article.title or "").strip()
    return (
        Span(0, 0, "") if title and (_HEAD.search(title) or _KILL.search(title) or _takes_back(title, ours)) else None
    )


def is_correction(passage: str) -> bool:
    """Tell whether an added passage is the outlet's own note that it has corrected the report."""
    return bool(_CORRECTION.search(passage))


_CORRECTION = re.compile(
    r"^\W*(?:(?:correction|clarification|erratum|corrects|corrected)\b\W*(?:[:(\u2013\u2014]|- |$|\d)"
    rf"|an earlier version of this {_ITEM} (?:\w+ly )?(?:said|stated|misstated|misspelled|misidentified|gave|included"
    rf"|reported|contained|had|referred)|this {_ITEM} (?:has been|was) (?:amended|corrected)\b"
    rf"|(?:editor(?:'s|s'|s)? note)\W+[^.!?]{{0,80}}\b(?:correct(?:ed|s|ion)?|amended|misstated|an earlier version)\b)",
    re.IGNORECASE,
)


def _sentences(text: str) -> Iterable[Span]:
    for found in _SENTENCE.finditer(text):
        words = found[0].strip()
        if words:
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            yield Span(start, start + len(words), words)


def _takes_back(sentence: str, ours: frozenset[str]) -> bool:
    """Tell whether a sentence is the notice itself: of this report, and not somebody's words about it."""
    plain = sentence.replace("’", "'")
    if _KILL.search(plain):
        return True
    if len(plain) > _LONGEST or _SAID_AT_THE_END.search(plain):
        return False
    for pattern in (_PASSIVE, _TO_EDITORS, _ACTIVE, _STANDS):
        found = pattern.search(plain)
        if found is None or any(mark in found[0] for mark in _QUOTE_MARKS):
            continue
        group = next(iter(pattern.groupindex), None)
        if group and _SAYS.search(plain, 0, found.start(group)):
            continue
        if group != "who" or _is_ours(found["who"], ours):
            return True
    return False


def _inside_a_quote(text: str, at: int) -> bool:
    """Tell whether a quotation that was opened in the paragraph before `at` is still open there."""
    before = text[text.rfind("\n", 0, at) + 1 : at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _is_ours(who: str, ours: frozenset[str]) -> bool:
    name = " ".join(who.casefold().split()).strip(" ,")
    return name in _WE or name.removeprefix("the ") in ours


def _ours(article: Article) -> frozenset[str]:
    """Return the names under which the outlet, or the agency that it credits, speaks of itself."""
    names = (article.outlet, *article.credits)
    return frozenset(name for n in names if (name := " ".join(n.casefold().split()).removeprefix("the ")))
