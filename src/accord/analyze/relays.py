"""Tells who passes on the words of somebody else: "Moss said that Paz had told him [they would stay]" -> Moss."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from accord.analyze.drafts import Draft, Whole
    from accord.models.attribution_windows import Range
    from accord.records import Sentence


def relayed(draft: Draft, others: Iterable[Draft], sentences: Sequence[Sentence]) -> str | None:
    """Return the speaker of the smallest report that holds the cue and the content of `draft`, None if there is none.

    A speaker does not pass on words of his own ("Paz said she had told him" names Paz alone), and the report's own cue
    stands in the same sentence.
    """
    own = draft.whole
    if own.cue is None or draft.speaker is None:
        return None
    at = _sentence(own.cue, sentences)
    best: tuple[int, str] | None = None
    for other in others:
        whole = other.whole
        if whole is own or whole.cue is None or other.speaker is None or other.speaker.text == draft.speaker.text:
            continue
        if any(start <= whole.cue[0] < end for start, end in own.pieces) and _length(own) >= _length(whole):
            continue
        for start, end in whole.pieces:
            inside = start <= own.cue[0] and own.cue[1] <= end
            if inside and _sentence(whole.cue, sentences) == at and (best is None or end - start < best[0]):
                best = (end - start, other.speaker.text)
    return best[1] if best else None


def _length(whole: Whole) -> int:
    return sum(end - start for start, end in whole.pieces)


def _sentence(place: Range, sentences: Sequence[Sentence]) -> int:
    return next((number for number, s in enumerate(sentences) if s.start <= place[0] < s.end), -1)
