"""Tells how a clause stands by itself, and makes it stand: joining words off, quotation marks in pairs."""

from __future__ import annotations

import re
from typing import Literal

from accord.records import Statement

Stand = Literal["full", "subjectless", "part", "attribution"]

MOST_NOUN = 6
LONGEST_NOUN = 5
MOST_SAID = 5

_SPACE = re.compile(r"\s+")
_BULLET = re.compile(r"^[\s•·▪●*–—-]+")
_JOINER = re.compile(
    r"^(?:(?:even|ever|just|only) (?:as|since|after|when|though)\b\s*"
    r"|(?:and|but|or|nor|yet|so|then|that|also|while|although|though|as|because|since|whereas|after|when)(?![\w'’-])[\s,]*"
    r"|(?:meanwhile|however|moreover|still|in addition|for example|of course|indeed|additionally|nevertheless),\s*)+",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"(?:[\s,]+(?:shortly|just|moments|as|while|when|and|or|but|the|a|an|than|including|because))+$", re.I
)
_CUT_SHORT = re.compile(r"\s(?:what|whether|that|who|which|how|why|where|to|of|into)$", re.IGNORECASE)
_LATER = re.compile(r",\s*(?:\w+ )?(?:earlier|later)$", re.IGNORECASE)
_DASHES = re.compile(r"\s(?:--|[–—―])\s|—")
_ASIDE = re.compile(r",[^,]*,")
_OPEN = re.compile(r"^(?:if|unless|until|before|whether|once|to|not to|by|with|without|including|like|than)\b", re.I)
_RELATIVE = re.compile(r"\b(?:who|which|that|whom|whose|where|including)\b", re.IGNORECASE)
_BE = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|gets?|got|will|would|can|could|may|might|must|should|do|does|did)\b"
    r"|\b(?:he|she|it|that|there|who|what)['’]s\b|['’](?:re|m|ve|ll|d)\b|n['’]t\b",
    re.IGNORECASE,
)
_WHO_ASIDE = re.compile(r",\s(?:who|which|whom|where)\b[^,]*,")
_FULL_STOP = re.compile(r"(?<=[^\W_A-Z])\.$")
_TO_BE = re.compile(r"\bto (?:have|do)\b", re.IGNORECASE)
_APPOSED = re.compile(r"^[^,]{2,80}, (?:a|an|the|one|two|his|her|its|their|who|which|whose|former)\b", re.IGNORECASE)
_WHEN = re.compile(r"^(?:\S+ ){1,3}(?:after|before|when|since|until|because|where)\b", re.IGNORECASE)
_DATE_ONLY = re.compile(
    r"^(?:on|in|last|this|earlier|late|early)"
    r"(?: (?:\w+day|Jan\w*\.?|Feb\w*\.?|Mar\w*\.?|Apr\w*\.?|May|June?|July?|Aug\w*\.?"
    r"|Sep\w*\.?|Oct\w*\.?|Nov\w*\.?|Dec\w*\.?|week|month|year|late|early|\d[\d,]*))+,?$",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"\s*(?:$|[.,;:!?—–)\]”\"-]|(?:and|but|or|as|while|when|after|before|because|since|who|which|although|though|where|until"
    r"|if|unless|so|yet|amid|despite)\b)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s(?:to|in|on|at|for|with|by|from|over)\b")
_AFTER_NOUN = frozenset({"of", "and", "or", "in", "for", "on", "by", "with"})
_HELPER_WORDS = """
is are was were be been being am has have had will would can could may might must should do does did not also
never already reportedly later then still now
"""
_HELPERS = frozenset(_HELPER_WORDS.split())
_SPEECH_WORDS = """
say tell add announce acknowledge argue claim assert confirm declare explain insist note reply report respond
state tweet warn write ask believe think estimate stress suggest continue post quote speak describe cite read
call conclude testify reiterate remark recall
"""
_SPEECH = frozenset(_SPEECH_WORDS.split())
_PLAIN_SPEECH = frozenset({"say", "tell", "add", "write", "tweet", "reply", "respond", "explain", "post"})
_PAST = {
    "go": "went",
    "take": "took",
    "make": "made",
    "give": "gave",
    "get": "got",
    "come": "came",
    "leave": "left",
    "find": "found",
    "hold": "held",
    "tell": "told",
    "say": "said",
    "begin": "began",
    "see": "saw",
    "win": "won",
    "lose": "lost",
    "meet": "met",
    "run": "ran",
    "rise": "rose",
    "fall": "fell",
    "become": "became",
    "lead": "led",
    "keep": "kept",
    "send": "sent",
    "speak": "spoke",
    "write": "wrote",
    "pay": "paid",
    "stand": "stood",
    "strike": "struck",
    "build": "built",
    "bring": "brought",
    "think": "thought",
    "buy": "bought",
    "catch": "caught",
    "fight": "fought",
    "draw": "drew",
    "drive": "drove",
    "throw": "threw",
    "grow": "grew",
    "know": "knew",
    "fly": "flew",
    "break": "broke",
    "choose": "chose",
    "sell": "sold",
    "seek": "sought",
    "shoot": "shot",
    "sink": "sank",
    "steal": "stole",
    "have": "had",
    "do": "did",
    "be": "was",
}


def tidy(text: str) -> str:
    """Return `text` on one line, without bullets, half pairs of marks, or punctuation at its ends.

    >>> tidy("• “We will sail tomorrow, ")
    'We will sail tomorrow'
    """
    text = _BULLET.sub("", _SPACE.sub(" ", text)).strip().rstrip(" ,;:–—-")
    for opening, closing in (("“", "”"), ("(", ")"), ("[", "]"), ("‘", "’")):
        text = _pair(text, opening, closing)
    if text.count('"') % 2:
        text = text.replace('"', "", 1) if text[0] == '"' or text[-1] != '"' else text[:-1]
    text = text.strip().rstrip(" ,;:–—-")
    text = _LATER.sub("", _HANGING.sub("", text)) or text
    return text if "." in text.rsplit(" ", 1)[-1][:-1] else _FULL_STOP.sub("", text)


def cut_short(text: str) -> bool:
    """Tell whether `text` ends before what it announces ("they asked what")."""
    return _CUT_SHORT.search(text) is not None


def _pair(text: str, opening: str, closing: str) -> str:
    """Drop the marks of a pair whose other half is missing."""
    opened, closed = text.count(opening), text.count(closing)
    if opened > closed:
        at = text.rfind(opening) if text[0] != opening else 0
        return text[:at] + text[at + 1 :]
    if closed > opened and closing != "’":
        at = text.rfind(closing) if text[-1] == closing else text.find(closing)
        return text[:at] + text[at + 1 :]
    return text


def strip_joiner(text: str) -> str:
    """Return `text` without the words that only join it to what stands before it.

    >>> strip_joiner("and while the crew waited")
    'the crew waited'
    """
    bare = _JOINER.sub("", text)
    if not bare or _starts_nonfinite(bare):
        return text
    return bare


def _starts_nonfinite(text: str) -> bool:
    first = text.split(" ", 1)[0].lower()
    return first in {"to", "of"} or (first.endswith("ing") and len(first) > LONGEST_NOUN)


def complete(text: str, rest: str) -> bool:
    """Tell whether `text` may end where it does, given the `rest` of its sentence: before a mark or a new clause."""
    if len(_DASHES.findall(text)) % 2 and any(map(str.isalnum, rest)):
        return False
    named = text.rsplit(" ", 1)[-1][:1].isupper() and _GOES_ON.match(rest) is not None
    return (named or _FOLLOWS.match(rest) is not None) and not cut_short(text)


def breaks_off(statement: Statement, text: str, rest: str) -> bool:
    """Tell whether `text` ends with its verb, or before "of", where the sentence goes on without a mark."""
    verb_last = _is_form(text.rsplit(" ", 1)[-1], statement.head)
    if verb_last and rest.lstrip().startswith("as "):
        return True
    if complete(text, rest):
        return False
    return verb_last or rest.split(maxsplit=1)[:1] == ["of"] or cut_short(text)


def stand(statement: Statement, text: str, *, attributes: bool) -> Stand:
    """Tell how `text`, the tidy words of `statement`, stands by itself.

    full: subject and finite verb; subjectless: "and left the port"; part: "killing 12", "the crew, who left";
    attribution: only tells who speaks. `attributes` tells whether the sentence holds what is said.
    """
    words = text.split()
    if attributes and statement.head in _SPEECH:
        return "attribution"
    if not words or _OPEN.match(text):
        return "part"
    first = next((word for word in words if word.lower() not in _HELPERS), words[-1])
    if _is_form(words[0], statement.head) and statement.head in _SPEECH and len(words) <= MOST_SAID + 1:
        return "attribution"
    if words[0].lower() == statement.head and words[0][:1].islower():
        return "part"
    if _is_form(words[0], statement.head) or (words[0].lower() in _HELPERS and _is_form(first, statement.head)):
        inverted = words[0].lower().endswith("ing") or words[0].lower() == "to"
        if words[0][:1].islower():
            return "part" if inverted or statement.passive else "subjectless"
        return "part" if inverted else "full"
    if words[0][:1].islower() and words[0].lower() in _HELPERS and words[0].lower() not in {"then", "later", "now"}:
        return "subjectless"
    before = _before_head(words, statement.head)
    if before is None:
        return "full" if _BE.search(text) else "part"
    if (
        statement.head in _PLAIN_SPEECH
        and len(words) - len(before) <= MOST_SAID
        and '"' not in text
        and "“" not in text
    ):
        return "attribution"
    if _DATE_ONLY.match(" ".join(before)):
        return "part"
    return "full" if _is_finite(statement, text, before, words[len(before) :]) else "part"


def _is_finite(statement: Statement, text: str, before: list[str], after: list[str]) -> bool:
    """Tell whether a subject stands `before` the verb that opens `after`, and the verb is finite."""
    led = _TO_BE.sub(" ", " ".join(before))
    helped = _BE.search(led) is not None
    if (
        "whose" in led.lower().split()
        or _noun_first(_ASIDE.sub(" ", _WHO_ASIDE.sub(",", led)).split())
        or (_WHEN.match(text) and "," not in led.split(" ", 3)[-1])
    ):
        return False
    if _APPOSED.match(text) and led.count(",") == 1 and not helped:
        return False
    verb = after[0].lower().strip("“”\"'’‘,.;:()")
    if not helped and (verb.endswith("ing") or led.lower().endswith(" to") or statement.passive):
        return False
    if statement.status == "state" and not helped and statement.head not in ("be", "have"):
        return _may_be_verb(verb, statement.head, after)
    return True


def _may_be_verb(word: str, head: str, after: list[str]) -> bool:
    """Tell whether `word`, a verb in the present tense or a noun, is likelier the verb: something follows it."""
    if len(after) < 2 or after[0][-1:] in ",;:":
        return False
    return after[1].lower() not in _AFTER_NOUN or word != head


def _noun_first(before: list[str]) -> bool:
    """Tell whether a relative word stands within the first words, so that only a noun and its clause is left."""
    at = next((i for i, word in enumerate(before) if _RELATIVE.fullmatch(word.strip(",;"))), None)
    return at is not None and at <= MOST_NOUN and not any(_BE.fullmatch(word) for word in before[:at])


def _before_head(words: list[str], head: str) -> list[str] | None:
    """Return the words before the form of the verb `head`, None where no form of it is recognised."""
    for at, word in enumerate(words):
        if at and _is_form(word, head):
            return words[:at]
    return None


def _is_form(word: str, head: str) -> bool:
    """Tell whether `word` may be a form of the verb `head`."""
    word = word.lower().strip("“”\"'’‘,.;:()")
    if head == "be":
        return word in {"is", "are", "was", "were", "be", "been", "being", "am"}
    if head == "have":
        return word in {"has", "have", "had", "having"}
    if word == _PAST.get(head):
        return True
    stem = head[:-1] if head[-1:] in "ey" and len(head) > 2 else head
    return word.startswith(stem) and len(word) - len(head) <= 4
