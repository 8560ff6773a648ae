"""Keeps a passage honest: what a report says is denied, doubted or wanted is cited with the words that say so."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.brief.index import Index
from accord.records import Citation, Finding

_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|disput(?:e|es|ed|ing)|doubt(?:s|ed|ing|ful)?"
    r"|refut(?:e|es|ed|ing)|unlikely|untrue|false|no (?:evidence|proof|sign|indication|truth)|(?:not|n['’]t|never) \w+"
    r"|recommend(?:s|ed|ing|ation)?|propos(?:e|es|ed|ing|al)|urg(?:e|es|ed|ing)|demand(?:s|ed|ing)?|call(?:s|ed|ing)?"
    r"|request(?:s|ed|ing)?|requir(?:e|es|ed|ing)|hop(?:e|es|ed|ing)|want(?:s|ed|ing)?|wish(?:es|ed|ing)?|fear(?:s|ed|ing)?"
    r"|suggest(?:s|ed|ing|ion)?|advis(?:e|es|ed|ing)|expect(?:s|ed|ing)?)"
    r"(?: (?:[\w’']+ ){0,6}(?:claims?|allegations?|accusations?|suggestions?|reports?|charges?))?(?: that| as if)?"
    r"\s*[“\"‘]?$",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"[,;:—–]\s|\s(?:and|but|while|although|though)\s")
MOST_BEFORE = 90


def keep_denials(finding: Finding, index: Index) -> Finding:
    """Return `finding` with every denied or wanted passage widened to the words that deny or want it.

    "the ship carried oil" in "Rovia denied the ship carried oil" -> "Rovia denied the ship carried oil"
    """
    evidence = tuple(_widen(citation, index) for citation in finding.evidence)
    return finding if evidence == finding.evidence else replace(finding, evidence=evidence)


def _widen(citation: Citation, index: Index) -> Citation:
    sentence = index.sentence(citation)
    if sentence is None:
        return citation
    text = index.articles[citation.article].text
    before = text[sentence.start : citation.start]
    denial = _DENIES.search(before)
    if denial is None or (denial.group().lower().startswith("call") and not citation.text.startswith("for ")):
        return citation
    pauses = [match.end() for match in _PAUSE.finditer(before, 0, denial.start()) if match.end() <= denial.start()]
    start = sentence.start + (pauses[-1] if pauses and denial.start() > MOST_BEFORE else 0)
    return Citation(citation.article, start, citation.end, text[start : citation.end])
