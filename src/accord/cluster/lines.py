"""Folds an article's running text into comparable lines: one a sentence, quoted words left out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from accord.records import Analysis, Article, Sentence

SHINGLE = 4
"""Words in a shingle: a run this long that stands in two articles is shared wording."""

_IN_WORD = re.compile(r"(?<=\w)[.'’‘`´-](?=\w)")
_IN_NUMBER = re.compile(r"(?<=\d),(?=\d{3})")
_WORD = re.compile(r"[0-9]+|[^\W_0-9]+")
_HOUSE = (
    (re.compile(r"^(.{3,})is(e[ds]?|ing|ation|ations)$"), r"\1iz\2"),
    (re.compile(r"^(.{2,})our(s|ed|ing|ite|able)?$"), r"\1or\2"),
    (re.compile(r"^(.{3,})([^aeiou])\2(ed|ing)$"), r"\1\2\3"),
    (re.compile(r"^(.{3,})tre(s?)$"), r"\1ter\2"),
)
_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SPELLED = {word: str(value) for value, word in enumerate(_SMALL)}
_EMBEDDED_POST = re.compile(r"\(@\w+\)|^\s*(?:—|--|–)\s.{2,40}@\w+|posted by\b.{2,60}\bon\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A sentence as folded words. `runs` are the stretches between quotes; `full` has the quoted words too."""

    sentence: Sentence
    runs: tuple[tuple[str, ...], ...]
    full: tuple[str, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words outside quotes."""
        return tuple(chain.from_iterable(self.runs))

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Every run of `SHINGLE` words outside quotes."""
        return frozenset(run[i : i + SHINGLE] for run in self.runs for i in range(len(run) - SHINGLE + 1))


@dataclass(frozen=True)
class Text:
    """An article as folded lines, furniture left out, with an index from shingle to lines."""

    article: Article
    lines: tuple[Line, ...]
    index: dict[tuple[str, ...], list[int]] = field(repr=False)

    @cached_property
    def size(self) -> int:
        """Words outside quotes."""
        return sum(len(line.words) for line in self.lines)

    @cached_property
    def key(self) -> tuple[tuple[str, ...], ...]:
        """What makes two texts word for word the same."""
        return tuple(line.full for line in self.lines)


def read_text(article: Article, analysis: Analysis) -> Text:
    """Return the folded running text of `article`."""
    hidden = sorted(
        (q.start, q.end) for q in analysis.quotes if q.kind != "indirect" and q.text.count(" ") >= SHINGLE - 1
    )
    posts = {s.paragraph for s in analysis.sentences if _EMBEDDED_POST.search(s.text)}
    body = [s for s in analysis.sentences if s.furniture is None and s.paragraph not in posts]
    lines = tuple(line for line in (_line(s, hidden) for s in body) if line.full)
    index: dict[tuple[str, ...], list[int]] = {}
    for i, line in enumerate(lines):
        for shingle in line.shingles:
            index.setdefault(shingle, []).append(i)
    return Text(article, lines, index)


def fold(text: str) -> tuple[str, ...]:
    """Return the words of `text` without case, accents, punctuation and house style.

    "The organisation's five centres" -> ("the", "organizations", "5", "centers")
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    joined = _IN_NUMBER.sub("", _IN_WORD.sub("", plain))
    return tuple(_house(word) for word in _WORD.findall(joined))


@lru_cache(maxsize=100_000)
def _house(word: str) -> str:
    """Bring spelling variants and small spelled-out numbers to one form."""
    if word in _SPELLED:
        return _SPELLED[word]
    for pattern, form in _HOUSE:
        word = pattern.sub(form, word)
    return word


def _line(sentence: Sentence, hidden: list[tuple[int, int]]) -> Line:
    runs = (fold(piece) for piece in _outside(sentence, hidden))
    return Line(sentence, tuple(run for run in runs if run), fold(sentence.text))


def _outside(sentence: Sentence, hidden: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Yield the pieces of `sentence` that stand outside the `hidden` spans."""
    at = sentence.start
    for start, end in hidden:
        if end <= at or start >= sentence.end:
            continue
        yield sentence.text[at - sentence.start : max(start, at) - sentence.start]
        at = min(end, sentence.end)
    yield sentence.text[at - sentence.start :]
