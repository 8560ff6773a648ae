"""Finds quotes and who said them: rules for marks and verbs of speech, and the attribution model, decide together.

A direct quote's span is what stands between the marks. Short marked stretches that nobody is said to have uttered
(scare quotes, titles of works, nicknames) are left out. What is reported without marks is an indirect quote: its span
is the clause, without "that" and the stop. Each quote keeps its whole attribution: source, cue and the content in its
pieces, marks included. Two marked stretches of one attribution, or two paragraphs of one speech, share one content.

Who decides: the marks say where a direct quote begins and ends. The rules' speaker stands where a verb of speech or an
"according to" of the same sentence gives one; else the model's, where its cue stands in the sentence; else whoever had
the floor. The model's reports come before the rules', which stand where the model is silent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from accord.analyze.attributed import place
from accord.analyze.attribution import make_frames
from accord.analyze.drafts import Draft, Drafts
from accord.analyze.floor import Floor
from accord.analyze.lexicon import words
from accord.analyze.lexicon_speech import NAMED_AS
from accord.analyze.name_candidates import SKIPPED_FURNITURE
from accord.analyze.quotation_marks import find_marked
from accord.analyze.reading import Reading
from accord.analyze.reports import add_reports
from accord.analyze.speakers import Speakers
from accord.records import Name, Quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from accord.analyze.attribution import Frame
    from accord.models.attribution import Attribution
    from accord.records import Sentence

_SHORT = 4
_SMALL_WORDS = words("a an the of and or for to in on with by at from")


def find_quotes(
    reading: Reading, names: tuple[Name, ...], attributions: Sequence[Attribution] = ()
) -> tuple[Quote, ...]:
    """Return the quotes of the article in text order; without `attributions`, by the rules alone.

    'Paz said, “We will stay.”' -> Quote("We will stay.", "direct", speaker="Ana Paz", cue="said").
    """
    skipped = [s for s in reading.sentences if s.furniture in SKIPPED_FURNITURE]
    marked = tuple(m for m in find_marked(reading.article.text) if not _inside(m.start, skipped))
    frames = make_frames(reading.doc, reading.article.text, marked)
    speakers = Speakers.of(reading, names)
    given = place(reading.doc, attributions)
    floor = Floor(speakers, frames)
    drafts = Drafts(reading, frames)
    for number, frame in enumerate(frames):
        if not _can_be_quote(reading.doc, frame):
            continue
        taken = floor.take(number, given)
        if _is_title(frame) and (taken.cue is None or _named_there(reading.doc, frame)):
            continue
        if taken.cue is not None or len(frame.text.split()) > _SHORT or not frame.before:
            drafts.add(frame, taken, _kind(reading.doc, frame))
    captions = [s for s in reading.sentences if s.furniture == "caption"]
    drafts.marked = _without_repeats(reading.article.text, drafts.marked, captions)
    add_reports(drafts, speakers, given)
    return drafts.quotes()


def _inside(start: int, sentences: Sequence[Sentence]) -> bool:
    return any(sentence.start <= start < sentence.end for sentence in sentences)


def _without_repeats(text: str, drafts: list[Draft], captions: Sequence[Sentence]) -> list[Draft]:
    """What a caption or a pull quote quotes and the running text quotes too is left to the running text."""
    body = {draft.text.strip(" ,.") for draft in drafts if not _inside(draft.start, captions)}
    said = [draft.text for draft in drafts if draft.cue is not None]
    return [
        draft
        for draft in drafts
        if not (_inside(draft.start, captions) and draft.text.strip(" ,.") in body)
        and not (draft.cue is None and _stands_alone(text, draft) and any(draft.text.strip(" ,.") in s for s in said))
    ]


def _stands_alone(text: str, draft: Draft) -> bool:
    """Whether a quote is a line of its own: nothing beside it but its marks."""
    start, end = text.rfind("\n", 0, draft.start) + 1, text.find("\n", draft.end)
    beside = text[start : draft.start] + text[draft.end : end if end >= 0 else len(text)]
    return not any(character.isalnum() for character in beside)


def _can_be_quote(doc: Doc, frame: Frame) -> bool:
    """Tell words that somebody says from names, titles of works and single words in marks."""
    words = frame.text.strip(" ,.?!").split()
    if len(words) < 2:
        return False
    before = [doc[i] for i in frame.before[-3:]]
    near = {token.lower_ for token in before}
    if "".join(token.lower_ for token in before).endswith("so-called") or near & NAMED_AS:
        return False
    if near and before[-1].lower_ == "headline":
        return False
    if any(t.lower_ == "as" and doc[t.i - 1].lower_ in NAMED_AS for t in before if t.i):
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


def _kind(doc: Doc, frame: Frame) -> Literal["direct", "mixed"]:
    """Direct is a whole sentence in marks, mixed a part of one."""
    text = frame.text
    before = doc[frame.before[-1]].text if frame.before else ""
    whole = text[0].isupper() and (text[-1] in ".?!,…" or not frame.marked.closed) and before in ("", ",", ":")
    return "direct" if whole else "mixed"
