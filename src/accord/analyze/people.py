"""Finds which name a token means, and what to call whoever a noun phrase describes."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from accord.records import Mention, Name

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOBODY = frozenset({"it", "this", "that", "there", "what", "which", "who", "whom", "these", "those", "one", "some"})
_LONG = frozenset({"relcl", "acl", "appos", "punct", "cc", "conj", "advcl"})


@dataclass(slots=True)
class People:
    """The mentions of an article's names, in text order, for look-up by place."""

    names: tuple[Name, ...]
    _mentions: list[tuple[int, int, int, Mention]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._mentions = sorted(
            (mention.start, mention.end, number, mention)
            for number, name in enumerate(self.names)
            for mention in name.mentions
        )

    def within(self, start: int, end: int) -> list[tuple[Name, Mention]]:
        """Return the names meant between two offsets, with the mention, in text order."""
        at = bisect.bisect_left(self._mentions, (start,))
        found = []
        while at < len(self._mentions) and self._mentions[at][0] < end:
            if self._mentions[at][1] <= end:
                found.append((self.names[self._mentions[at][2]], self._mentions[at][3]))
            at += 1
        return found

    def of(self, token: Token | None) -> Name | None:
        """Return the name whose mention covers `token`, or None; the longest mention wins."""
        if token is None:
            return None
        at = bisect.bisect_right(self._mentions, (token.idx, 1 << 62))
        covering = [
            (end - start, number)
            for start, end, number, _ in self._mentions[max(0, at - 8) : at]
            if start <= token.idx and token.idx + len(token) <= end
        ]
        return self.names[max(covering)[1]] if covering else None

    def called(self, token: Token | None) -> str | None:
        """Return the fullest name of whoever `token` means, else the phrase that describes them, else None."""
        if token is None:
            return None
        name = self.of(token)
        if name is not None:
            return name.name
        if token.pos_ == "PRON":
            return None if token.lower_ in _NOBODY else token.text
        return phrase(token)


def phrase(token: Token) -> str:
    """Return the noun phrase of `token` in the article's words, without clauses, appositions and what is joined to it.

    "three officials who were at the scene" -> "three officials".
    """
    left = {below.i for child in token.children if child.dep_ in _LONG for below in child.subtree}
    kept = sorted(below.i for below in token.subtree if below.i not in left)
    first = last = token.i
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    text: str = token.doc[first : last + 1].text
    return text
