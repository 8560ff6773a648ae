"""Quotes in the making: stretches with their speaker, gathered by attribution, so that each gets the whole content."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from accord.analyze.quote_parts import content_range, cue_range, marked_range, source_range
from accord.analyze.relays import relayed
from accord.records import Quote, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accord.analyze.attributed import Attributed
    from accord.analyze.attribution import Cue, Frame
    from accord.analyze.floor import Taken
    from accord.analyze.reading import Reading
    from accord.analyze.speakers import Speaker
    from accord.models.attribution_windows import Range

Kind = Literal["direct", "indirect", "mixed"]
Finder = Literal["rules", "model", "both"]


@dataclass(slots=True)
class Whole:
    """One attribution: where its source and its cue stand, and its content in pieces."""

    source: Range | None = None
    cue: Range | None = None
    pieces: list[Range] = field(default_factory=list)

    def cover(self, place: Range) -> None:
        """Add a range to the content; one that it touches grows."""
        start, end = place
        apart = []
        for piece in self.pieces:
            if piece[0] < end and start < piece[1]:
                start, end = min(start, piece[0]), max(end, piece[1])
            else:
                apart.append(piece)
        self.pieces = sorted([*apart, (start, end)])


@dataclass(frozen=True, slots=True)
class Draft:
    """A quote without its finished content: its span, who says it, and the attribution that it is a part of."""

    start: int
    end: int
    text: str
    kind: Kind
    speaker: Speaker | None
    cue: str | None
    whole: Whole
    found_by: Finder


@dataclass(slots=True)
class Drafts:
    """The quotes of one article so far: `marked` stretches in text order, `reported` ones as they are found."""

    reading: Reading
    frames: Sequence[Frame]
    marked: list[Draft] = field(default_factory=list)
    reported: list[Draft] = field(default_factory=list)
    wholes: dict[int, Whole] = field(default_factory=dict)
    outer: list[Draft] = field(default_factory=list)
    last: tuple[Frame, Draft] | None = None

    def add(self, frame: Frame, taken: Taken, kind: Kind) -> None:
        """Add a marked stretch with what was taken of it."""
        text = self.reading.article.text
        marks = marked_range(text, frame)
        whole = self._going_on(frame, taken)
        going_on = whole is not None
        if whole is None and taken.model is not None:
            whole = self._by_model(taken.model)
        if whole is None and taken.cue is not None:
            whole = self._by_rules(frame, taken.cue)
        whole = whole or Whole()
        whole.cover(marks)
        cue = taken.cue.text if taken.cue is not None else None
        if taken.model is not None and (taken.cue is None or taken.cue.token != taken.model.verb):
            cue = taken.model.word(self.reading.doc)
        elif taken.cue is None and going_on and self.last is not None:
            cue = self.last[1].cue
        start, end = frame.marked.start, frame.marked.end
        draft = Draft(start, end, frame.text, kind, taken.speaker, cue, whole, taken.found_by)
        self.marked.append(draft)
        self.last = (frame, draft)

    def _going_on(self, frame: Frame, taken: Taken) -> Whole | None:
        """The attribution before, where this goes on with it: '“One,” Paz said. “Two.”', or a new paragraph of it."""
        if self.last is None or taken.cue is not None or taken.model is not None:
            return None
        before, draft = self.last
        between = self.reading.article.text[before.marked.end : frame.marked.start]
        same = draft.speaker is not None and taken.speaker is not None and draft.speaker.text == taken.speaker.text
        near = "\n" not in between or (not before.marked.closed and not any(c.isalnum() for c in between))
        return draft.whole if same and near else None

    def _by_model(self, model: Attributed) -> Whole:
        key = model.verb if model.verb >= 0 else -1 - model.content[0][0]
        whole = self.wholes.setdefault(key, Whole(model.source, model.cue))
        for piece in model.content:
            whole.cover(piece)
        return whole

    def _by_rules(self, frame: Frame, cue: Cue) -> Whole:
        doc = self.reading.doc
        whole = self.wholes.setdefault(
            cue.token, Whole(source_range(doc, cue.subject, cue.token), cue_range(doc, cue.token))
        )
        whole.cover(content_range(doc, self.reading.article.text, frame, cue))
        return whole

    def quotes(self) -> tuple[Quote, ...]:
        """Return the finished quotes in text order."""
        outer = (*self.marked, *self.reported, *self.outer)
        sentences = self.reading.sentences
        found = [self._quote(draft, relayed(draft, outer, sentences)) for draft in (*self.marked, *self.reported)]
        return tuple(sorted(found, key=lambda quote: (quote.start, quote.end)))

    def _quote(self, draft: Draft, relayed_by: str | None) -> Quote:
        return Quote(
            article=self.reading.article.id,
            start=draft.start,
            end=draft.end,
            text=draft.text,
            kind=draft.kind,
            speaker=draft.speaker.text if draft.speaker is not None else None,
            cue=draft.cue,
            speaker_id=draft.speaker.name.id if draft.speaker is not None and draft.speaker.name is not None else None,
            source=self._span(draft.whole.source),
            cue_span=self._span(draft.whole.cue),
            content=tuple(self._cut(piece) for piece in draft.whole.pieces),
            relayed_by=relayed_by,
            found_by=draft.found_by,
        )

    def _cut(self, place: Range) -> Span:
        return Span(*place, self.reading.article.text[slice(*place)])

    def _span(self, place: Range | None) -> Span | None:
        return self._cut(place) if place is not None else None
