"""Tells whether a passage states something, or only who spoke when and where: "[Ada Moll] told reporters on Sunday".

The words known are English. A word that it does not know states something, so that too much is told, not too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from accord.records import Briefing, Finding

_WORD = re.compile(r"[^\W_]+(?:[.,:'’][^\W_]+)*")
_CREDIT = re.compile(
    r"^\W*(?:(?:file|stock) )?(?:photo(?:graph)?|picture|image|caption|credit)s?(?: (?:credit|by)\b|\s*[:/|])", re.I
)
_CLOCK = re.compile(r"\b\d{1,2}(?:[.:]\d\d)?\s*(?:[ap]\.?m\b\.?|o['’]clock)", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = re.compile(rf"\b(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|(?:19|20)\d\d)\b", re.I)
_DATE_WORDS = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december today yesterday tomorrow tonight morning noon afternoon evening night midnight day week month
year weekend earlier later late early ago now then last next previous following same
"""
_JOINING_WORDS = """
a an the this that these those and or but nor so as than then of in on at by for from to into onto with within about
over under up out off down between among through during after before until while when where which who whom whose what
how why if because since although though both either it its he she they them him her his hers their theirs we us our i
me my you your is are was were be been being am do does did has have had having there here will would can could may
might must shall should also again just only further too more
"""
_SPEAKER_WORDS = """
minister ministry president premier prime governor mayor secretary general chancellor chairman chairwoman chair chief
executive director head leader spokesman spokeswoman spokesperson official officer commissioner captain senator deputy
vice former acting government authority authorities department office company firm operator union source mr mrs ms dr
sir dame
"""
_HEARER_WORDS = """
reporter journalist news press conference briefing interview statement remark comment question answer announcement
result detail email e-mail letter broadcaster newspaper television radio
"""
_PLAIN_SPEECH_WORDS = "say tell speak add write tweet post reply respond answer explain comment"
_SPEECH_WORDS = """
announce note state declare remark insist warn argue claim stress ask confirm refuse decline agree acknowledge
admit assert continue promise vow pledge quote read report
"""
_IRREGULAR = {"say": "said", "tell": "told", "speak": "spoke spoken", "write": "wrote written"}
_PLACING = frozenset({"in", "at", "on", "outside", "inside", "near", "from", "during", "after", "before"})
_ARTICLES = frozenset({"a", "an", "the", "his", "her", "their", "its"})
_MOST_PLACING = 3


def _forms(words: str) -> Iterator[str]:
    """Yield verbs, or nouns, with their endings: say, says, said, saying; deny, denies, denied, denying."""
    for word in words.split():
        stem = word[:-1] if word[-1] in "ey" else word
        yield from (word, f"{word}s", f"{word}ing", f"{stem}ing", f"{stem}ed", *_IRREGULAR.get(word, "").split())
        if word.endswith("y"):
            yield from (f"{stem}ies", f"{stem}ied")


_JOINING = frozenset(_JOINING_WORDS.split())
_PLAIN_SPEECH = frozenset(_forms(_PLAIN_SPEECH_WORDS))
_EMPTY = (
    _PLACING
    | frozenset((*_JOINING, *_PLAIN_SPEECH, *_forms(_SPEECH_WORDS), *_forms(_SPEAKER_WORDS), *_forms(_HEARER_WORDS)))
    | frozenset(form for word in _DATE_WORDS.split() for form in (word, f"{word}s"))
)


class Telling:
    """Knows the names of a story, which alone state nothing."""

    def __init__(self, *briefings: Briefing) -> None:
        forms = (form for b in briefings for name in b.names for form in (name.name, *name.aliases))
        self._names = frozenset(
            word
            for form in forms
            for word in _WORD.findall(form)
            if word[:1].isupper() and word.lower() not in _JOINING
        )

    def tells(self, finding: Finding) -> bool:
        """Tell whether a finding says more than who spoke: its gist does, and what two of its reports say (or its one).

        A verdict that one side's "Ada Moll told reporters" helped to is none to tell of.
        """
        articles = {citation.article for citation in finding.evidence}
        telling = {citation.article for citation in finding.evidence if self.states(citation.text)}
        return self.states(finding.gist) and len(telling) >= min(2, len(articles))

    def states(self, text: str) -> bool:
        """Tell whether a word is left of `text` without its names, titles, speech, dates and joining words.

        "The council refused the permit" -> True; "Transport Minister Dagny Holm said on Tuesday" -> False
        """
        if _CREDIT.match(text):
            return False
        plain = _DAY.sub(" ", _CLOCK.sub(" ", text.replace("’", "'")))
        words = list(_WORD.finditer(plain))
        named = self._named(plain, words)
        lower = [re.sub(r"'s?$", "", word[0].lower()) for word in words]
        empty = [named[at] or word in _EMPTY for at, word in enumerate(lower)]
        placed = set(_placed(lower, empty))
        return any(not hollow and at not in placed for at, hollow in enumerate(empty))

    def _named(self, text: str, words: list[re.Match[str]]) -> list[bool]:
        """Return which words are of a name, or of the title written large before it."""
        named = [word[0].split("'")[0] in self._names for word in words]
        for at in range(len(words) - 2, -1, -1):
            beside = text[words[at].end() : words[at + 1].start()] in {" ", ". "}
            named[at] = named[at] or (named[at + 1] and beside and words[at][0][:1].isupper())
        return named


def _placed(words: list[str], empty: Iterable[bool]) -> Iterator[int]:
    """Yield the places of the words that tell where somebody spoke: "said | outside the old customs house"."""
    hollow = list(empty)
    at = 0
    while at < len(words):
        at += 1
        if words[at - 1] not in _PLAIN_SPEECH:
            continue
        while at < len(words) and hollow[at] and words[at] not in _PLAIN_SPEECH:
            if words[at] in _PLACING:
                start = at + 1
                while start < len(words) and words[start] in _ARTICLES:
                    start += 1
                at = start
                while at < len(words) and at - start < _MOST_PLACING and words[at] not in _JOINING:
                    yield at
                    at += 1
            elif words[at] in _JOINING - _ARTICLES:
                break
            else:
                at += 1
