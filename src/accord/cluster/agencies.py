"""Names the news agency that a credit, an outlet or a shared text means."""

from __future__ import annotations

import re

_AGENCIES = {
    "AAP": r"AAP|Australian Associated Press",
    "AFP": r"AFP|Agence[ -]France[ -]?[Pp]resse",
    "Anadolu": r"Anadolu(?: (?:Agency|Ajansi|Ajansı))?",
    "ANI": r"ANI|Asian News International",
    "ANSA": r"ANSA",
    "Associated Press": r"Associated Press|AP",
    "Belga": r"Belga",
    "Bernama": r"Bernama|BERNAMA",
    "Bloomberg": r"Bloomberg(?: News)?",
    "Canadian Press": r"Canadian Press|CP",
    "CNN Wire": r"(?:The-)?CNN[ -](?:Wire|Newswire)",
    "dpa": r"dpa(?:-AFX)?|DPA|Deutsche Presse-Agentur",
    "EFE": r"EFE|EPA-EFE",
    "IANS": r"IANS|Indo-Asian News Service",
    "Interfax": r"Interfax",
    "Jiji": r"Jiji(?: Press)?",
    "Kyodo": r"Kyodo(?: News)?|KYODO(?: NEWS)?",
    "MENA": r"MENA|Middle East News Agency",
    "NTB": r"NTB",
    "NZPA": r"NZPA|New Zealand Press Association",
    "PA": r"PA(?: Media)?|Press Association",
    "PTI": r"PTI|Press Trust of India",
    "Reuters": r"(?:Thomson )?Reuters|REUTERS",
    "RIA Novosti": r"RIA(?: Novosti)?",
    "SID": r"SID",
    "TASS": r"(?:ITAR-)?TASS|Tass",
    "Tribune News Service": r"(?:Tribune|McClatchy-Tribune) (?:News Service|Information Services)|TNS",
    "TT": r"TT News Agency",
    "Ukrinform": r"Ukrinform",
    "UPI": r"UPI|United Press International",
    "Xinhua": r"Xinhua(?: News Agency)?|XINHUA",
    "Yonhap": r"Yonhap(?: News(?: Agency)?)?",
}
_HOSTS = frozenset(("aap", "afp", "ansa", "apnews", "bloomberg", "dpa", "efe", "reuters", "tass", "upi", "xinhuanet"))
_ALIASES = {"apnews": "AP", "xinhuanet": "Xinhua", "the associated press": "Associated Press"}
_NAMES = tuple(_AGENCIES)
NAMED = "|".join(_AGENCIES.values())
"""A pattern of every name of an agency."""

_NAMED = "|".join(f"(?P<a{number}>{_AGENCIES[name]})" for number, name in enumerate(_NAMES))
_ANY = re.compile(rf"(?<![\w.@#-])(?:{_NAMED})(?![\w@])")
_ITSELF = re.compile(
    r"\b(?:told|(?:seen|reviewed|obtained|interviewed|contacted|verified|viewed) by) (?:[Tt]he )?"
    rf"(?:{_NAMED})\b"
)


def agencies_in(credit: str) -> tuple[str, ...]:
    """Return the agencies that a credit names, each once, in its order; "agencies" alone names none.

    "The Associated Press and Reuters" -> ("Associated Press", "Reuters")
    """
    return tuple(dict.fromkeys(_name(match) for match in _ANY.finditer(credit)))


def agency_of_outlet(outlet: str) -> str | None:
    """Return the agency that publishes under the name or host `outlet` ("www.reuters.com" -> "Reuters"), or None."""
    labels = re.sub(r"^(?:https?://)?", "", outlet.strip().lower()).split("/")[0].split(".")
    host = next((label for label in labels if label in _HOSTS and len(labels) > 1), None)
    plain = _ALIASES.get(host or outlet.strip().lower()) or (host.upper() if host else outlet.strip())
    match = _ANY.fullmatch(plain) or _ANY.fullmatch(plain.capitalize())
    return _name(match) if match else None


def agency_speaking(text: str) -> str | None:
    """Return the agency that `text` shows to be its author ("told Reuters", "seen by The Associated Press")."""
    match = _ITSELF.search(text)
    return _name(match) if match else None


def _name(match: re.Match[str]) -> str:
    return _NAMES[int(str(match.lastgroup)[1:])]
