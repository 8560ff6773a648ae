"""Folds an article's running text into comparable lines: one a sentence, quoted words left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from accord.cluster.folding import fold, is_exact
from accord.cluster.splitting import quoted, split
from accord.records import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from accord.records import Analysis, Article

SHINGLE = 4
"""Words in a shingle: a run this long that stands in two articles is shared wording."""

ENOUGH = 12
"""Fewer copied words outside quotes are no sign of copying: short facts are told in the same words by chance."""

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
    def exact(self) -> tuple[str, ...]:
        """The numbers and months outside quotes."""
        return tuple(word for word in self.words if is_exact(word))

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
    def exact(self) -> frozenset[str]:
        """The numbers and months outside quotes."""
        return frozenset(chain.from_iterable(line.exact for line in self.lines))

    @cached_property
    def key(self) -> tuple[tuple[str, ...], ...]:
        """What makes two texts word for word the same."""
        return tuple(line.full for line in self.lines)


def read_text(article: Article, analysis: Analysis | None = None) -> Text:
    """Return the folded running text of `article`; without sentences in `analysis` it is split here, cheaply."""
    if analysis is not None and analysis.sentences:
        marked = [(q.start, q.end) for q in analysis.quotes if q.kind != "indirect"]
        posts = {s.paragraph for s in analysis.sentences if _EMBEDDED_POST.search(s.text)}
        body = [s for s in analysis.sentences if s.furniture is None and s.paragraph not in posts]
    else:
        marked = quoted(article.text)
        body = [Sentence(a, b, article.text[a:b], paragraph) for a, b, paragraph in split(article)]
    hidden = sorted((a, b) for a, b in marked if article.text.count(" ", a, b) >= SHINGLE - 1)
    lines = tuple(line for line in (_line(s, hidden) for s in body) if line.full)
    index: dict[tuple[str, ...], list[int]] = {}
    for i, line in enumerate(lines):
        for shingle in line.shingles:
            index.setdefault(shingle, []).append(i)
    return Text(article, lines, index)


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
