"""Pages that hold no article: a consent dialog, an error, a sign-in, a menu whose article is missing.

Only short texts are judged, and a single sentence that tells something makes a text an article.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from accord.parse.naming import squeezed

_LONGEST = 2_500
_LONGEST_MENU = 1_000
_SENTENCES = re.compile(r"(?<=[.!?…。！？؟।])\s+")
_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")
_FEW_WORDS = 5
# No notice says so: it is a report about cookies, errors or accounts.
_REPORTED = re.compile(
    r"\b(?:said|says|told|announced|according to|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|sagte|teilte|a déclaré|dijo)\b",
    re.I,
)

# What says of what kind a page is, and what its other sentences are about.
_WALLS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "a cookie or privacy notice",
        re.compile(
            r"\b(?:we|our site|this (?:site|website|page)|wir|nous|nosotros)\b.{0,80}\b(?:partners?|store|uses?|value"
            r"|process|verwenden|partner|partenaires|socios|utilisons|utilizamos)\b.{0,160}\b(?:cookies?|personal data"
            r"|privacy|on (?:a|your) device|personenbezogene|données personnelles|datos personales)\b"
            r"|\b(?:accept|reject|allow|manage) (?:all )?(?:cookies|consent)\b"
            r"|\bwe (?:value|care about) your privacy\b",
            re.I,
        ),
        re.compile(
            r"\b(?:cookies?|consent|personal data|your (?:data|device|privacy|choices?|preferences|browser)|vendors?"
            r"|privacy|partners?|geolocation|personali[sz]ed|advertising|accept|datenschutz|einwilligung|zustimm\w+"
            r"|partnern?|confidentialité|consentement|partenaires|privacidad|consentimiento|socios)\b",
            re.I,
        ),
    ),
    (
        "an error page",
        re.compile(
            r"^(?:(?:sorry|oops|whoops|uh[- ]oh|error|http)\b\W*)*(?:(?:404|403|410|500|502|503)\b"
            r"(?:\W*$|.{0,15}\b(?:error|not found|forbidden|unavailable|gateway|page)\b.{0,20}$)"
            r"|(?:the |this |that )?(?:page|article|story|content|url)(?: you(?:['’]re| are| have|['’]ve)? .{1,40}?)?"
            r"\s+(?:was |is |has |could |can ?|does |has been |doesn['’]t |isn['’]t |cannot )?(?:not (?:be )?(?:found"
            r"|exist|available)|be found|exist|no longer (?:available|exists?|here)"
            r"|(?:been )?(?:removed|deleted|moved))\b"
            r"|we (?:can['’]?t|cannot|couldn['’]?t|could not|can not|are unable to) (?:seem to )?find\b.{0,60}"
            r"\b(?:page|article|story|looking for|content)\b|access denied|forbidden$|page not found"
            r"|(?:diese |die )?seite (?:wurde )?nicht gefunden|(?:cette )?page (?:introuvable|non trouvée)"
            r"|página no encontrada|pagina non trovata|pagina niet gevonden)",
            re.I,
        ),
        re.compile(
            r"\b(?:page|404|not found|looking for|search|home ?page|url|web ?address|link|moved|removed|browser|oops"
            r"|permission|server|try again|seite|startseite|adresse|recherche|accueil|página|buscar|pagina)\b",
            re.I,
        ),
    ),
    (
        "a sign-in or subscription page",
        re.compile(
            r"\b(?:(?:log|sign) ?in|subscribe|register|create (?:an|your) account|anmelden|connectez-vous"
            r"|inicia sesión)\b.{0,60}\b(?:continue|read|view|access|unlock|account|below|e-?mail|weiter\w*"
            r"|continuer|continuar)\b"
            r"|\bforgot(?:ten)? (?:your )?password\b",
            re.I,
        ),
        re.compile(
            r"\b(?:log(?:ged)? ?in|sign(?:ed)? ?(?:in|up)|subscri\w+|registe?r\w*|accounts?|passwords?|e-?mail|cancel"
            r"|unlimited|trial|per (?:month|week|year)|members?|terms|anmelden|passwort|konto|compte|cuenta)\b",
            re.I,
        ),
    ),
    (
        "a check for robots",
        re.compile(
            r"\b(?:verify (?:that )?you are (?:a )?human|checking (?:if the site connection is secure|your browser)"
            r"|enable javascript and cookies|are you a robot|not a robot|unusual (?:traffic|activity) from your)\b",
            re.I,
        ),
        re.compile(
            r"\b(?:human|robot|captcha|javascript|browser|security|cookies|cloudflare|ray id|ip address|reference"
            r"|connection|traffic|network|proceed\w*|continue)\b",
            re.I,
        ),
    ),
)


def wall_in(lines: Sequence[str], title: str | None, links: Collection[str]) -> str | None:
    """Return what the page of `lines` looks like where it holds no article, None where it holds one.

    `links` are the squeezed texts of the page's links: a line that is one is a sentence only with a full stop.

        ["Sorry, page not found", "Try searching for it."] -> "an error page"
    """
    if sum(map(len, lines)) > _LONGEST:
        return None
    told = [sentence for line in lines for sentence in _SENTENCES.split(line.strip()) if sentence]
    if not told:
        return None
    heads = [part.strip() for part in re.split(r"\s+[|–—-]\s+", title or "")]
    for kind, strong, weak in _WALLS:
        if any(map(strong.search, (*heads, *told))) and all(_says(sentence, strong, weak) for sentence in told):
            return kind
    if sum(map(len, lines)) > _LONGEST_MENU:
        return None
    name = squeezed(title or "")
    if not any(_is_sentence(line, links) for line in lines if squeezed(line) != name):
        return "a menu or a page that was cut off"
    return None


def _says(sentence: str, strong: re.Pattern[str], weak: re.Pattern[str]) -> bool:
    if _REPORTED.search(sentence):
        return False
    few = len(sentence.split()) <= _FEW_WORDS and len(sentence) <= 40
    return few or strong.search(sentence) is not None or weak.search(sentence) is not None


def _is_sentence(line: str, links: Collection[str]) -> bool:
    """Tell whether `line` reads as a sentence: a full stop after some words, or as long as one and no link."""
    line = line.strip()
    if _END.search(line):
        return len(line.split()) > 2 or len(line) > 12
    return len(line) >= 60 and squeezed(line) not in links
