"""Finds which news agencies an article credits: in its dateline, its credit lines and its captions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accord.records import Article, Sentence

_AGENCIES: tuple[tuple[str, str], ...] = (
    ("Associated Press", r"(?:The )?Associated Press|AP(?: Photo| News)?"),
    ("Reuters", r"(?:Thomson )?(?:Reuters|REUTERS)"),
    ("AFP", r"Agence[ -]France[ -]?[Pp]resse|AFP"),
    ("dpa", r"dpa(?:-AFX)?|DPA|Deutsche Presse-Agentur"),
    ("EFE", r"EFE|EPA-EFE"),
    ("Xinhua", r"Xinhua|XINHUA"),
    ("PA", r"PA(?: Media)?|Press Association"),
    ("UPI", r"UPI|United Press International"),
    ("TASS", r"TASS|ITAR-TASS|Tass"),
    ("RIA Novosti", r"RIA(?: Novosti)?"),
    ("Interfax", r"Interfax"),
    ("Kyodo", r"Kyodo(?: News)?"),
    ("Jiji", r"Jiji(?: Press)?"),
    ("Yonhap", r"Yonhap"),
    ("ANSA", r"ANSA"),
    ("ANI", r"ANI"),
    ("PTI", r"PTI|Press Trust of India"),
    ("IANS", r"IANS"),
    ("AAP", r"AAP|Australian Associated Press"),
    ("Anadolu", r"Anadolu(?: Agency)?"),
    ("Canadian Press", r"(?:The )?Canadian Press"),
    ("Bloomberg", r"Bloomberg(?: News)?"),
    ("CNN Wire", r"CNN(?: Wire|\.com Wire Service| Newswire)|The-CNN-Wire"),
    ("Tribune News Service", r"(?:Tribune|McClatchy-Tribune|TNS) (?:News|Content|Information) (?:Service|Agency)s?"),
    (
        "agencies",
        r"(?:(?:news |wire |international |other )*(?:agencies|Agencies|AGENCIES)|(?:news ?"
        r"|other )?wire services?|(?:news)?wires)",
    ),
)
AGENCY = "|".join(pattern for _, pattern in _AGENCIES)
_ANY = re.compile(rf"(?<![\w.@#])(?:{AGENCY})(?![\w@])")
_NAMED = tuple((name, re.compile(rf"(?<![\w.@#])(?:{pattern})(?![\w@])")) for name, pattern in _AGENCIES)
_SPLIT = re.compile(r"[\s,/;|&()\[\]–—.-]+(?:and\b|with\b|by\b|from\b)?")
_CREDITING = frozenset({"dateline", "credit", "byline", "caption"})


def find_credits(article: Article, sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """Return the names of the agencies that the furniture of `article` credits, in the order of their first credit.

        "LIMA (Reuters) - " ... "Source: El Faro and agencies" -> ("Reuters", "agencies")

    A mere mention in running text ("told Reuters") is no credit.
    """
    found: list[str] = []
    lines = [article.byline or ""] + [_crediting(s) for s in sentences if s.furniture in _CREDITING]
    for text in lines:
        hits = [(match.start(), name) for name, pattern in _NAMED if (match := pattern.search(text))]
        found.extend(name for _, name in sorted(hits))
    return tuple(dict.fromkeys(found))


def _crediting(sentence: Sentence) -> str:
    """Return the part of a line that can credit an agency: of a dateline what stands in brackets."""
    if sentence.furniture == "dateline":
        return " ".join(re.findall(r"[(\[]([^()\[\]]*)", sentence.text))
    return _even_case(sentence.text) if only_agencies(sentence.text) else sentence.text


def only_agencies(text: str) -> bool:
    """Tell whether a line holds nothing but names of agencies and maybe writers' initials: "ab/cd (AFP, dpa)"."""
    line = re.sub(r"^[a-z]{2,4}(?:/[a-z]{2,4})*\s*(?=[(\[])", "", text.strip())
    if not line or len(line) > 80 or not _ANY.search(_even_case(line)):
        return False
    return not _SPLIT.sub(" ", _ANY.sub(" ", _even_case(line))).strip(" -–—,/")


def _even_case(text: str) -> str:
    """Return `text` with agencies' abbreviations in capitals where a line is a list of names ("Reuters - Ap - Afp")."""
    if len(text) > 80 or re.search(r"[a-z]{3,} [a-z]{3,}", text):
        return text
    return re.sub(r"\b(?:Ap|Afp|Efe|Upi|Pa)\b", lambda match: match.group().upper(), text)
