"""What the analyzers of one article share: its text, sentences and parse."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from accord.analyze.clauses import Clause, all_clauses
from accord.records import Article, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


@dataclass(frozen=True, slots=True)
class Reading:
    """An article, its sentences and its spaCy `Doc` (`token.idx` is an offset into `article.text`)."""

    article: Article
    sentences: tuple[Sentence, ...]
    doc: Doc
    _clauses: dict[int, list[Clause]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def span(self, sentence: Sentence) -> Span:
        """Return the tokens of `sentence`."""
        span = self.doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
        return span if span is not None else self.doc[0:0]

    def clauses(self, sentence: Sentence) -> list[Clause]:
        """Return every clause of `sentence`, those that only attribute too."""
        if sentence.start not in self._clauses:
            self._clauses[sentence.start] = all_clauses(self.span(sentence))
        return self._clauses[sentence.start]

    def body(self) -> tuple[Sentence, ...]:
        """Return the sentences of the running text, furniture left out."""
        return tuple(sentence for sentence in self.sentences if sentence.furniture is None)
