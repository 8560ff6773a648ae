"""Names the lines of a page that are not the report's running text: titles, headings, captions, credits, adverts.

A line is judged by its own form and by where it stands. In doubt it is running text: what is furniture is not read for
claims, so a wrong label loses a fact and a missed one only adds noise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from accord.analyze.credits import AGENCY, only_agencies

_LONGEST_FURNITURE = 700
_END = re.compile(r"[.!?…][\"”’'»)\]]*$")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_BULLET = re.compile(r"^\s*(?:[•·▪‣◦*➤►■●–-])\s+")

_CROSS_LINK = re.compile(
    r"^(?:(?:read|see|watch|listen|hear|learn|find out)\s+(?:more|also|next|on|now)\b\s*(?:$|[:|>»–—-]|on\s|about\s)"
    r"|(?i:(?:also|must|just|don['’]t miss)[\s,-]+(?:read|see|watch|watched|on)\b\s*(?:$|[:|>»–—-]|[A-Z]))"
    r"|(?:related|more|video|watch|listen|opinion|analysis|explainer|explained|photos|gallery|in pictures|live"
    r"|recommended"
    r"|more on this|more from|related (?:stories|story|articles?|coverage|content|video|links?|topics?)|background"
    r"|editor['’]s picks?|top stories|most (?:read|popular|viewed)|you (?:may|might) (?:also )?like|trending"
    r"|further reading|what to read next|continue reading|read the full story|click here)\s*(?::|>|»|\||$)"
    r"|(?i:most read in|more from|more on this|related (?:stories|articles|coverage)|skip past)\b.{0,60}$"
    r"|continue reading the main story)",
    re.IGNORECASE,
)
_SHOUTED_LINK = re.compile(
    r"^(?:READ MORE|READ ALSO|ALSO READ|SEE ALSO|WATCH|RELATED|MORE|MUST READ|MUST WATCH|JUST WATCHED|MOST READ)\b"
)
_ENDS_IN_LINK = re.compile(r"\s(?:Read more|READ MORE|Read More|Read also|Replay More Videos.*)\s*[»>]?$")
_LINK_LIST = re.compile(
    r"^(?:read more|more|related|see also|more coverage|related stories|also read)\s*:$", re.IGNORECASE
)

_ADVERT = re.compile(
    r"^(?:advertisements?|anzeige|sponsored|promoted|story continues below|article continues (?:below|after)"
    r"|scroll down"
    r"|continue reading|slideshow|share (?:this|on|via)|read or share this|print this|e-?mail (?:us|this"
    r"|the author|:)|comments?$"
    r"|(?:like|follow|find|join|connect with)\s.{1,80}?\b(?:on|at)\s+(?:twitter|facebook|instagram|linkedin"
    r"|telegram|whatsapp|x|@|our)"
    r"|sign up\b|subscribe\b|click (?:here|to)|download (?:the|our)\s|get (?:the|our|all|breaking|daily|news"
    r"|email)\b.{0,60}"
    r"\b(?:newsletters?|app|inbox|alerts?|e-?mails?|updates?)|(?:thank you|thanks) for (?:subscribing|signing"
    r"|reading)"
    r"|please (?:verify|re-?enter|try again|enable|log ?in|sign in|subscribe|enter)|invalid e-?mail"
    r"|an error has occurred"
    r"|you (?:agree|must|will) (?:to )?(?:receive|select|be logged|now receive)|you (?:must"
    r"|can) .{0,40}(?:newsletter|unsubscribe)"
    r"|view all .{0,60}newsletters|we pay for your|do you have a (?:story|tip)|have a tip|(?:got"
    r"|have) (?:a )?(?:news )?tips?\b"
    r"|enter your e-?mail|this (?:site|website) (?:uses|is protected)|we use cookies|cookie|disclaimer:"
    r"|privacy policy"
    r"|terms (?:of|and)|media playback|skip (?:\w+ )?(?:to|post|tweet|advert|ad)\b(?!.{160})|enlarge this image$"
    r"|support (?:our|independent) journalism|make sense of|today['’]s coverage from|tap here|watch live$)",
    re.IGNORECASE,
)
_ADVERT_ANYWHERE = re.compile(
    r"(?:sign up for|subscribe to|delivered (?:daily )?to your|sent to your|unsubscribe|newsletter sign).{0,80}"
    r"(?:newsletter|inbox|e-?mail|alerts)|not a robot|occasional updates and special offers"
    r"|(?:news(?:room)?|tips?|contact|editor)@\w[\w.-]+\.\w{2,}",
    re.IGNORECASE,
)

_CAPTION_START = re.compile(
    r"^(?:file(?: photo| picture| image)?\s*[-–—:]|file photo\b|(?:photo|picture|image|photograph|photographer"
    r"|pictured|caption"
    r"|media caption|image caption|image copyright|image source|video caption)\s*(?::|/|copyright|caption|by\b|$)"
    r"|(?:image copyright|image caption|media caption|image source)\b|(?:undated|combination"
    r"|handout) (?:file )?(?:photo|picture|image)"
    r"|(?:in )?this (?:\w+,? )?(?:[A-Z][\w.]+ \d{1,2},? (?:\d{4},? )?)?(?:\w+ )?(?:file |handout |combination "
    r"|undated |video |"
    r"still )*(?:photo|photograph|picture|image|frame grab|screengrab)(?:,|:|\s(?:made|shows?|showing|provided"
    r"|released|taken|from|by|supplied|obtained|posted|dated|illustration|combination)\b)"
    r"|screen ?(?:grab|shot)\b|close [A-Z])",
    re.IGNORECASE,
)
_CREDITED_PICTURE = re.compile(
    r"(?:[\[(](?i:photo|image|picture|credit|source|file|video)\b[^()\[\]]{0,90}[\])]"
    r"|[\[(](?i:file|handout|archive) (?i:photo|picture|image)[\])]"
    r"|\b[Pp]hoto(?:graph(?:er)?|s)?\s*:\s*\S.{0,80}|(?:Photo|Image|Picture) (?:by|via|courtesy)\s.{0,80}"
    r"|(?:[a-z.]Credit:?\s?|\bCredits?:\s?)[A-Z][\w.'’-]*(?:[\s/,]+[A-Z][\w.'’-]*|\s+for){0,8}"
    r"|REUTERS/.{0,60}|\bAFP/.{0,60}|/\s?(?:AP|AFP|Reuters|EPA|Getty(?: Images)?|Bloomberg|Xinhua|PA"
    r"|Agence France-?[Pp]resse|Associated Press|Anadolu)\b"
    r".{0,40}|\(A[PF]P? Photo.{0,80}|\b(?:Getty Images|Shutterstock|iStock|Alamy|EPA-EFE|toggle caption)\b.{0,60}"
    r"|[\[(][^()\[\]]{0,80}(?:via|/|,)\s?(?:AP|AFP|Reuters|EPA|Getty(?: Images)?|PA|The Associated Press"
    r"|Associated Press)[\])])[.\s]*"
    r"(?:\([^()]{1,40}\))?$"
)
_AGENCY_AT_END = re.compile(rf"\s*[(\[]\s*(?:{AGENCY})(?:\s*(?:,|/|and|&)\s*(?:{AGENCY}))*\s*[)\]]\s*$")

_CREDIT = re.compile(
    r"^(?:[(\[]?\s*(?:additional |with additional |further )?(?:reporting|writing|editing|writing and editing"
    r"|compiled|translated|with assistance"
    r"|with reporting|with (?:inputs?|files|contributions?))\s+(?:by|from)\s+(?-i:[A-Z])"
    r"|[—–-]+\s*with (?:assistance|reporting|files|inputs?|contributions?) (?:by|from)\b|(?:source|sources"
    r"|agencies|via)\s*:\s*\S.{0,80}$"
    r"|information from:|©|\(c\)\s|copyright\b\s*(?:©|\(c\)|\d{4}|by\s)"
    r"|all rights reserved|this (?:story|article|report|piece|content) (?:was|is|has been) (?:first "
    r"|originally |syndicated |also )*"
    r"(?:published|produced|written|provided|reported|by|from|auto)"
    r"|(?:npr )?transcripts? (?:are|is) (?:created|provided)\b|visit our website terms)",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"\bcontributed (?:to this (?:report|story|article|piece)|reporting\b|research\b|from\s[A-Z][\w.\s]{2,40}\.?$)"
    r"|\breport(?:ed|ing) from [A-Z][^.]{2,60}\band [A-Z][^.]{2,80}\bfrom [A-Z]"
    r"|\bwas used in this (?:report|story)|\ball rights reserved\b|\bmay not be published, broadcast"
)
_BYLINE = re.compile(
    r"^(?:by|reported by|written by|posted by|author:|reporter:)\s+\w[\w.'’@-]*(?:[\s,|/&]+[\w@][\w.'’@-]*)*"
    r"\s*(?:[|,].*|(?:updated|published).*)?$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3}, (?:[A-Z][\w.]*\.(?:ca|com|org|net|co\.uk)"
    r"|[A-Z][\w&. ]{2,40} (?:Staff|News|Writer|Reporter|Correspondent))$"
)
_ABOUT_AUTHOR = re.compile(
    r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3} is an? [^.]{0,60}\b[RrCcWwEePpJj](?:eporter|orrespondent|riter"
    r"|ditor|roducer|olumnist|ournalist) (?:for|at|with|based|covering|on) [A-Z]"
)
_BYLINE_WORDS = re.compile(r"^(?:by|reported by|written by|posted by|author:|reporter:)\s", re.IGNORECASE)
_STAMP = re.compile(
    r"^(?:(?:first |last |originally )?(?:published|updated|posted|modified)\b(?: (?:on|at))?\s*:?\s*[\w,.: /"
    r"|()-]{0,60}\d[\w,.: /|()-]{0,30})$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph of an article: `first` and `last` say how near it stands to the article's ends."""

    text: str
    number: int
    of: int


def label_lines(lines: Sequence[str], title: str | None) -> list[str | None]:
    """Return the furniture of each line of an article, None for running text.

    ["Ana Ruiz arrives. REUTERS/J. Roe", "Talks began.", "READ MORE: Ports"] -> ["caption", None, "cross-link"]
    """
    labels: list[str | None] = [_label(Line(text, number, len(lines)), title) for number, text in enumerate(lines)]
    _label_questions(lines, labels)
    _label_link_lists(lines, labels)
    _label_repeats(lines, labels)
    return labels


def label_sentence(text: str) -> str | None:
    """Return the furniture of one sentence inside a running paragraph, None for running text."""
    if len(text) > _LONGEST_FURNITURE:
        return None
    if _SHOUTED_LINK.match(text) and ":" in text[:14]:
        return "cross-link"
    if re.match(r"^[A-Z(\[—–-]", text) and (_CONTRIBUTED.search(text) or _is_credit(text)):
        return "credit"
    if _ABOUT_AUTHOR.match(text):
        return "byline"
    if _ADVERT_SENTENCE.match(text) or _ADVERT_ANYWHERE.search(text):
        return "advert"
    return None


_ADVERT_SENTENCE = re.compile(
    r"^(?:advertisement\b|anzeige:|invalid e-?mail|an error has occurred|please (?:verify you|re-?enter"
    r"|try again later)|sign up (?:for|to)\b.{0,80}newsletter"
    r"|subscribe to (?:our|the)|thank you for subscribing|you agree to receive|view all .{0,40}newsletters"
    r"|click here to|follow us on)",
    re.IGNORECASE,
)


def _label(line: Line, title: str | None) -> str | None:
    """Return the furniture of one line by its own form and place."""
    text = line.text.strip()
    if line.number < 3 and title and _folded(text) and _same_title(text, title):
        return "title"
    if len(text) > _LONGEST_FURNITURE or _BULLET.match(text):
        return None
    if (_CROSS_LINK.match(text) and _is_link(text)) or _ENDS_IN_LINK.search(text):
        return "cross-link"
    if _is_credit(text) or (_CONTRIBUTED.search(text) and text.count(". ") < 2) or only_agencies(text):
        return "credit"
    if _is_caption(text, line):
        return "caption"
    if (_BYLINE.match(text) and _is_byline(text)) or _ABOUT_AUTHOR.match(text) or _STAMP.match(text):
        return "byline"
    if line.number < 3 and _SIGNED.match(text):
        return "byline"
    if (_ADVERT.match(text) or _ADVERT_ANYWHERE.search(text)) and (len(text) < 140 or text.count(". ") > 2):
        return "advert"
    if _is_heading(text, line):
        return "heading"
    return None


def _is_link(text: str) -> bool:
    """Tell whether a line that starts like a link to another page is one ("Watch: ...") and not a sentence."""
    return bool(_SHOUTED_LINK.match(text)) or not _END.search(text) or text.endswith("?") or ":" in text[:24]


def _is_credit(text: str) -> bool:
    """Tell whether `text` says who made or owns the report."""
    return bool(_CREDIT.match(text)) or bool(re.match(r"^[A-Z][^.]{2,80} contributed from [A-Z][\w .]{2,40}$", text))


def _is_caption(text: str, line: Line) -> bool:
    """Tell whether `text` describes a picture: it starts like a caption or ends in a picture's credit."""
    if _CAPTION_START.match(text) and (not text.casefold().startswith("close ") or text.startswith("CLOSE ")):
        return True
    if _CREDITED_PICTURE.search(text[-140:]) and text.count(". ") <= 4:
        return True
    signed_off = line.number >= line.of - 2
    return bool(_AGENCY_AT_END.search(text[-60:])) and not signed_off and len(text) < 400 and text.count(". ") <= 2


def _is_byline(text: str) -> bool:
    """Tell whether a line that starts with "By" names writers and is not a sentence."""
    words = _WORD.findall(_BYLINE_WORDS.sub("", text))
    named = sum(word[:1].isupper() or word in ("and", "of", "for", "in") for word in words)
    return len(words) <= 14 and named >= len(words) - 1 and not (_END.search(text) and len(words) > 6)


def _is_heading(text: str, line: Line) -> bool:
    """Tell whether a short line with no end mark heads what follows."""
    words = _WORD.findall(text)
    if not words or len(words) > 10 or len(text) > 72 or line.number == line.of - 1:
        return False
    if _END.search(text) or (text[-1] in ",;—–-:" and not _is_label(text)):
        return False
    if (re.search(r"[“”\"]", text) and not text.isupper()) or "@" in text or re.search(r"https?:", text):
        return False
    return text[0].isupper() or text[0].isdigit() or text[0] in "‘'“\"#"


def _is_label(text: str) -> bool:
    """Tell whether `text` is a shouted label such as "KEY DATES:"."""
    return text.endswith(":") and text.isupper()


def _label_questions(lines: Sequence[str], labels: list[str | None]) -> None:
    """Label short questions that stand alone as headings where an article is built of them."""
    asked = [
        number
        for number, text in enumerate(lines)
        if labels[number] is None and re.match(r"^[A-Z][^\"“”.!?]{5,90}\?+$", text.strip()) and number + 1 < len(lines)
    ]
    if len(asked) >= 3:
        for number in asked:
            labels[number] = "heading"


def _label_link_lists(lines: Sequence[str], labels: list[str | None]) -> None:
    """Label the headlines under "Read more:" as links too."""
    for number, text in enumerate(lines):
        if labels[number] == "cross-link" and _LINK_LIST.match(text.strip()):
            for later in range(number + 1, len(lines)):
                if labels[later] not in (None, "heading") or _END.search(lines[later].strip()):
                    break
                labels[later] = "cross-link"


def _label_repeats(lines: Sequence[str], labels: list[str | None]) -> None:
    """Label lines that repeat another line: the words of a caption, and later copies of any line."""
    captions = {
        _folded(_AGENCY_AT_END.sub("", text)) for text, label in zip(lines, labels, strict=True) if label == "caption"
    }
    ended = {_folded(text) for text in lines if _END.search(text.strip())}
    seen: set[str] = set()
    for number, text in enumerate(lines):
        folded = _folded(text)
        if labels[number] is None and len(folded.split()) >= 5:
            unended_copy = folded in ended and not _END.search(text.strip())
            if folded in captions or folded in seen or unended_copy:
                labels[number] = "caption"
        seen.add(folded)


def _same_title(text: str, title: str) -> bool:
    """Tell whether a line is the title, or the title with an outlet's name or a word or two more."""
    line, head = _folded(text), _folded(title)
    if line in (head, _folded(re.split(r"\s[-–—|]\s", title)[0])):
        return True
    shorter, longer = sorted((line.split(), head.split()), key=len)
    return (
        len(shorter) >= 4
        and longer[: len(shorter)] == shorter
        and len(shorter) >= 0.75 * len(longer)
        and not _END.search(text)
    )


def _folded(text: str) -> str:
    """Return the words of `text`, lower case, joined by single spaces."""
    return " ".join(_WORD.findall(text.casefold()))
