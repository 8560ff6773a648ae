"""Finds quotes and who said them.

A direct quote's span is what stands between the marks. Short marked stretches that nobody is said to have uttered
(scare quotes, titles of works, nicknames) are left out. Reported speech becomes indirect quotes: the content clause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.analyze.attribution import make_frames
from accord.analyze.floor import Floor
from accord.analyze.lexicon import words
from accord.analyze.lexicon_speech import NAMED_AS
from accord.analyze.name_candidates import SKIPPED_FURNITURE
from accord.analyze.quotation_marks import find_marked
from accord.analyze.reading import Reading
from accord.analyze.reported_speech import find_reported
from accord.analyze.speakers import Speakers
from accord.records import Name, Quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from accord.analyze.attribution import Cue, Frame
    from accord.analyze.speakers import Speaker
    from accord.records import Sentence

_SHORT = 4
_SMALL_WORDS = words("a an the of and or for to in on with by at from")


def find_quotes(reading: Reading, names: tuple[Name, ...]) -> tuple[Quote, ...]:
    """Return the quotes of the article in text order.

    'Paz said, “We will stay.”' -> Quote("We will stay.", "direct", speaker="Ana Paz", cue="said").
    """
    skipped = [s for s in reading.sentences if s.furniture in SKIPPED_FURNITURE]
    marked = tuple(m for m in find_marked(reading.article.text) if not _inside(m.start, skipped))
    frames = make_frames(reading.doc, reading.article.text, marked)
    speakers = Speakers.of(reading, names)
    floor = Floor(speakers, frames)
    quotes: list[Quote] = []
    for number, frame in enumerate(frames):
        if not _can_be_quote(reading.doc, frame):
            continue
        cue, speaker = floor.take(number)
        if _is_title(frame) and (cue is None or _named_there(reading.doc, frame)):
            continue
        if cue is not None or len(frame.text.split()) > _SHORT or not frame.before:
            quotes.append(_quote(reading, frame, cue, speaker))
    quotes = _without_repeats(quotes, [s for s in reading.sentences if s.furniture == "caption"])
    quotes += find_reported(reading, speakers, frames)
    return tuple(sorted(quotes, key=lambda quote: (quote.start, quote.end)))


def _inside(start: int, sentences: Sequence[Sentence]) -> bool:
    return any(sentence.start <= start < sentence.end for sentence in sentences)


def _without_repeats(quotes: list[Quote], captions: Sequence[Sentence]) -> list[Quote]:
    """What a caption quotes and the running text quotes too is left to the running text."""
    body = {quote.text.strip(" ,.") for quote in quotes if not _inside(quote.start, captions)}
    return [quote for quote in quotes if not (_inside(quote.start, captions) and quote.text.strip(" ,.") in body)]


def _can_be_quote(doc: Doc, frame: Frame) -> bool:
    """Tell words that somebody says from names, titles of works and single words in marks."""
    words = frame.text.strip(" ,.?!").split()
    if len(words) < 2:
        return False
    before = [doc[i] for i in frame.before[-3:]]
    near = {token.lower_ for token in before}
    if near & NAMED_AS or any(t.lower_ == "as" and doc[t.i - 1].lower_ in NAMED_AS for t in before if t.i):
        return False
    return not (before and before[-1].lower_ == "called" and before[-1].tag_ == "VBN" and before[-1].dep_ == "acl")


def _is_title(frame: Frame) -> bool:
    """Every word of some weight has a capital: a show, a film, a ship, a sign."""
    words = frame.text.strip(" ,.?!").split()
    content = [word for word in words if word.lower() not in _SMALL_WORDS]
    if len(words) > 7 or len(content) < 2 or not frame.before or all(word.isupper() for word in content):
        return False
    return all(word[0].isupper() or word[0].isdigit() or word[0] in "&‘'" for word in content)


def _named_there(doc: Doc, frame: Frame) -> bool:
    """The place of a title: "on “...”", "ABC's “...”", "the “...” show", "the song “...”"."""
    before = doc[frame.before[-1]]
    following = doc[frame.after[0]] if frame.after else None
    if before.lower_ in ("on", "told", "'s", "’s", "(", "to", "from", "at") or before.pos_ in ("NOUN", "PROPN"):
        return True
    if frame.text.startswith(("The ", "A ")):
        return True
    return before.lower_ in ("the", "a", "its") and following is not None and following.pos_ in ("NOUN", "VERB", "AUX")


def _quote(reading: Reading, frame: Frame, cue: Cue | None, speaker: Speaker | None) -> Quote:
    text = frame.text
    before = reading.doc[frame.before[-1]].text if frame.before else ""
    whole = text[0].isupper() and (text[-1] in ".?!,…" or not frame.marked.closed) and before in ("", ",", ":")
    return Quote(
        article=reading.article.id,
        start=frame.marked.start,
        end=frame.marked.end,
        text=text,
        kind="direct" if whole else "mixed",
        speaker=speaker.text if speaker is not None else None,
        cue=cue.text if cue is not None else None,
        speaker_id=speaker.name.id if speaker is not None and speaker.name is not None else None,
    )
