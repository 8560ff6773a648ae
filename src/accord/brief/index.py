"""Looks up what the analyses know about the passages that findings cite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from accord.records import (
    Analysis,
    Article,
    Citation,
    Commitment,
    Figure,
    Finding,
    Happening,
    Name,
    Quote,
    Sentence,
    Spanned,
    Statement,
    Story,
    Time,
)

if TYPE_CHECKING:
    from accord.brief.gists import Gist


def overlap(a: Spanned, b: Spanned) -> int:
    """Return how many characters `a` and `b` share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def touches(a: Spanned, b: Spanned) -> bool:
    """Tell whether `a` and `b` share at least half of the shorter one."""
    return overlap(a, b) * 2 >= min(a.end - a.start, b.end - b.start) > 0


def within(a: Spanned, b: Spanned) -> bool:
    """Tell whether `a` lies in `b`."""
    return b.start <= a.start and a.end <= b.end


@dataclass(frozen=True, slots=True)
class Index:
    """A story with its analyses by article, both in the story's order. `names` are those that the briefing lists.

    `gists` keeps the lines made for each finding of the evidence that it had.
    """

    story: Story
    analyses: dict[str, Analysis]
    names: tuple[Name, ...]
    articles: dict[str, Article]
    place: dict[str, int]
    speakers: dict[str, frozenset[str]]
    given: tuple[str, ...]
    gists: dict[str, tuple[tuple[Citation, ...], tuple[Gist, ...]]] = field(default_factory=dict)
    _statements: dict[tuple[str, int, int], Statement] = field(default_factory=dict)
    _of_sentence: dict[tuple[str, int], list[Statement]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def build(cls, story: Story, analyses: Sequence[Analysis], names: Sequence[Name]) -> Index:
        """Return the index of `story`."""
        forms = frozenset(form for name in names for form in (name.name, *name.aliases))
        speakers = {a.article: forms | {q.speaker for q in a.quotes if q.speaker} for a in analyses}
        place = {article.id: number for number, article in enumerate(story.articles)}
        ordered = sorted(analyses, key=lambda analysis: place.get(analysis.article, len(place)))
        index = cls(
            story=story,
            analyses={analysis.article: analysis for analysis in ordered},
            names=tuple(names),
            articles={article.id: article for article in story.articles},
            place=place,
            speakers=speakers,
            given=given(
                [article.outlet for article in story.articles],
                names,
                [speaker for forms in speakers.values() for speaker in forms],
            ),
        )
        for analysis in index.analyses.values():
            for statement in analysis.statements:
                index._statements[statement.article, statement.start, statement.end] = statement
                index._of_sentence[statement.article, statement.sentence].append(statement)
        return index

    def order(self, span: Citation | Happening) -> tuple[int, int, int]:
        """Return what puts spans in the order of the story and of each text."""
        return self.place.get(span.article, len(self.place)), span.start, span.end

    def outlet(self, article: str) -> str:
        """Return the outlet of `article`."""
        return outlet_label(self.articles[article].outlet)

    def statement(self, citation: Citation) -> Statement | None:
        """Return the clause that `citation` is, else the one in it that starts nearest to its start."""
        exact = self._statements.get((citation.article, citation.start, citation.end))
        if exact is not None or citation.article not in self.analyses:
            return exact
        near = [s for s in self.analyses[citation.article].statements if touches(s, citation)]
        return min(near, key=lambda s: (abs(s.start - citation.start), -overlap(s, citation), s.end), default=None)

    def sentence(self, citation: Citation) -> Sentence | None:
        """Return the sentence in which `citation` starts."""
        analysis = self.analyses.get(citation.article)
        if analysis is None:
            return None
        return next((s for s in analysis.sentences if s.start <= citation.start < s.end), None)

    def clauses(self, statement: Statement) -> list[Statement]:
        """Return all clauses of the sentence of `statement`."""
        return self._of_sentence[statement.article, statement.sentence]

    def clauses_in(self, article: str, sentence: Sentence) -> list[Statement]:
        """Return the clauses of `sentence`."""
        return [s for s in self.analyses[article].statements if within(s, sentence)]

    def quotes(self, citation: Citation) -> list[Quote]:
        """Return the quotes that share characters with `citation`."""
        analysis = self.analyses.get(citation.article)
        return [quote for quote in analysis.quotes if overlap(quote, citation)] if analysis else []

    def figures(self, citation: Citation) -> list[Figure]:
        """Return the figures in `citation`."""
        analysis = self.analyses.get(citation.article)
        return [figure for figure in analysis.figures if overlap(figure, citation)] if analysis else []

    def commitments(self, citation: Citation) -> list[Commitment]:
        """Return the commitments that `citation` states."""
        analysis = self.analyses.get(citation.article)
        return [each for each in analysis.commitments if touches(each, citation)] if analysis else []

    def times(self, citation: Citation) -> list[Time]:
        """Return the dated time expressions in `citation`."""
        analysis = self.analyses.get(citation.article)
        return [time for time in analysis.times if time.date and overlap(time, citation)] if analysis else []

    def speaker(self, citation: Citation) -> str | None:
        """Return who is said to say `citation`, if the briefing lists them as a name or a speaker."""
        statement = self.statement(citation)
        speaker = statement.speaker if statement else None
        return self.canonical(citation.article, speaker) if speaker in self.speakers.get(citation.article, ()) else None

    def canonical(self, article: str, speaker: str | None) -> str | None:
        """Return the listed name that `speaker` is a form of, else `speaker`."""
        return speaker and (self.listed(article, speaker) or speaker)

    def named(self, article: str, id: str | None) -> str | None:
        """Return the name, as the briefing lists it, that `id` is in `article`."""
        own = next((name for name in self.analyses[article].names if name.id == id), None) if id else None
        return self.listed(article, own.name) if own else None

    def actor(self, citation: Citation, statement: Statement) -> str | None:
        """Return the listed name that acts in `statement`, if the sentence of `citation` means it."""
        sentence = self.sentence(citation)
        own = next((n for n in self.analyses[citation.article].names if n.id == statement.actor), None)
        if sentence is None or own is None or not any(within(mention, sentence) for mention in own.mentions):
            return None
        return self.listed(citation.article, own.name)

    def listed(self, article: str, form: str) -> str | None:
        """Return the listed name that is called `form` in `article`."""
        called = (name for name in self.names if article in name.articles and form in (name.name, *name.aliases))
        return next((name.name for name in called), None)

    def pronoun(self, citation: Citation, start: int, word: str) -> str | None:
        """Return the listed name that the pronoun `word` at `start` means, if the sentence before it means it too."""
        for name in self.analyses[citation.article].names:
            if any(m.start == start and m.how == "pronoun" and m.text.lower() == word.lower() for m in name.mentions):
                near = any(self._just_before(citation, mention) for mention in name.mentions if mention.start < start)
                return self.listed(citation.article, name.name) if near else None
        return None

    def _just_before(self, citation: Citation, span: Spanned) -> bool:
        """Tell whether `span` stands in the sentence of `citation` or in the one before it."""
        sentences = self.analyses[citation.article].sentences
        at = next((i for i, s in enumerate(sentences) if s.start <= citation.start < s.end), None)
        return at is not None and any(within(span, sentence) for sentence in sentences[max(0, at - 1) : at + 1])


def given(outlets: Sequence[str], names: Sequence[Name], speakers: Sequence[str | None]) -> tuple[str, ...]:
    """Return the words of fields that a line may use: outlets, names with their aliases, speakers."""
    forms = {form for name in names for form in (name.name, *name.aliases)}
    outlets = [form for outlet in outlets for form in (outlet, outlet_label(outlet))]
    return tuple(sorted({*outlets, *forms, *(speaker for speaker in speakers if speaker)}))


def outlet_label(outlet: str) -> str:
    """Return `outlet` as a reader would say it: a domain without "www."."""
    return outlet.removeprefix("www.")


def carriers(finding: Finding) -> frozenset[str]:
    """Return the articles that carry `finding`."""
    return frozenset(citation.article for citation in finding.evidence)
