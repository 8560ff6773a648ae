"""Who has the floor: walks the marked stretches of an article in order and gives each its cue and its speaker.

The rules' attribution within the sentence comes first, then the model's if its cue stands in the sentence, then the
speaker before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from accord.analyze.attribution import Cue, Frame, find_cues, subject_of
from accord.analyze.lexicon_speech import CUE_NOUNS, STRONG, WEAK
from accord.analyze.name_candidates import fold
from accord.analyze.quote_parts import source_range
from accord.analyze.speakers import Speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from accord.analyze.attributed import Attributed
    from accord.analyze.speakers import Speakers

_REACH = 120
_MOST = 0.5
_LABEL = re.compile(r"([A-Z][A-Z.’' -]{2,30}):\s")


@dataclass(frozen=True, slots=True)
class Taken:
    """What was found out of a marked stretch: its cue in the sentence, its speaker, and the model's attribution.

    `model` is kept only where it agrees, or where it decided.
    """

    cue: Cue | None
    speaker: Speaker | None
    model: Attributed | None = None
    found_by: Literal["rules", "model", "both"] = "rules"


@dataclass(slots=True)
class Floor:
    """The state of the walk: the last quote and whose it was."""

    speakers: Speakers
    frames: Sequence[Frame]
    quoted: set[int] = field(default_factory=set)
    heard: int = 0
    last: tuple[Frame, Cue | None, Speaker | None] | None = None

    def __post_init__(self) -> None:
        for frame in self.frames:
            if frame.last - frame.first > 2:
                self.quoted.update(range(frame.first, frame.last))
        self.speakers.quoted |= self.quoted

    def take(self, number: int, given: Sequence[Attributed] = ()) -> Taken:
        """Return what is found out of the frame with this number; frames are taken in order."""
        frame = self.frames[number]
        self._listen(frame.before[0] if frame.before else frame.first)
        cue, speaker = self._cue(frame)
        if speaker is None and self._broken_before_cue(number):
            cue, speaker = self._cue(self.frames[number + 1])
            if cue is not None and not cue.strong:
                cue, speaker = None, None
        if speaker is None:
            speaker = self._labelled(frame)
        offered = _around(frame, given)
        taken = self._offered(frame, offered) if speaker is None and offered is not None else None
        if taken is None:
            speaker = speaker or self._sentence_subject(frame) or self._running(frame)
            taken = self._agreed(cue, speaker, offered)
        if taken.speaker is not None:
            self.speakers.said.append((taken.cue.token if taken.cue is not None else frame.first, taken.speaker))
            self.last = (frame, taken.cue, taken.speaker)
        return taken

    def _offered(self, frame: Frame, offered: Attributed) -> Taken | None:
        """The model's attribution, if it names who speaks and its cue is a word of speech of the same sentence."""
        doc = self.speakers.doc
        if offered.verb not in frame.before and offered.verb not in frame.after:
            return None
        verb = doc[offered.verb]
        if verb.lemma_.lower() not in STRONG | WEAK | CUE_NOUNS:
            return None
        if any(child.dep_ == "auxpass" for child in verb.children):
            return None
        speaker = self._source(offered)
        if speaker is None:
            return None
        cue = Cue(offered.verb, verb.text, offered.head, verb.lemma_.lower() in STRONG)
        return Taken(cue, speaker, offered, "model")

    def _source(self, offered: Attributed) -> Speaker | None:
        """The speaker whom the model's source names, if it can speak."""
        if offered.source is None or offered.head < 0 or offered.head in self.quoted:
            return None
        speaker = self.speakers.of_source(offered.head, offered.source[1])
        return speaker if speaker is not None and speaker.able else None

    def _agreed(self, cue: Cue | None, speaker: Speaker | None, offered: Attributed | None) -> Taken:
        """What the rules say, and the model's attribution if it says the same."""
        if offered is None:
            return Taken(cue, speaker)
        if offered.cue is None:  # it knows that this is somebody's words, not whose
            return Taken(cue, speaker, None, "both")
        other = self._source(offered)
        agrees = other is not None and speaker is not None and other.text == speaker.text
        if cue is not None and cue.token == offered.verb:
            if not agrees and other is not None and _is_part(self.speakers.doc, cue.subject, offered):
                return Taken(cue, other, offered, "both")
            if not agrees and speaker is not None:
                source = source_range(self.speakers.doc, cue.subject, cue.token)
                offered = replace(offered, source=source, head=cue.subject)
            return Taken(cue, speaker, offered, "both")
        return Taken(cue, speaker, offered, "both") if agrees else Taken(cue, speaker)

    def _cue(self, frame: Frame) -> tuple[Cue | None, Speaker | None]:
        """The first attribution whose subject can speak."""
        spare: tuple[Cue | None, Speaker | None] = (None, None)
        silent: Cue | None = None
        for cue in find_cues(self.speakers.doc, frame):
            if cue.subject in self.quoted:
                continue
            speaker = self.speakers.resolve(cue.subject)
            if speaker is not None and speaker.able:
                return cue, speaker
            if speaker is not None and cue.strong and spare[0] is None:
                spare = (cue, speaker)
            if speaker is None and cue.strong:
                silent = silent or cue
        return spare if spare[0] is not None else (silent, None)

    def _listen(self, stop: int) -> None:
        """Note who is said to speak in the running text up to a token."""
        doc = self.speakers.doc
        for index in range(self.heard, stop):
            token = doc[index]
            if index in self.quoted or token.lemma_.lower() not in STRONG or token.tag_ not in ("VBD", "VBZ", "VBP"):
                continue
            if self.last is not None and self.last[1] is not None and index <= self.last[1].token:
                continue
            subject = subject_of(doc, index)
            speaker = self.speakers.resolve(subject) if subject is not None and subject not in self.quoted else None
            if speaker is not None and speaker.able:
                self.speakers.said.append((index, speaker))
        self.heard = max(self.heard, stop)

    def _broken_before_cue(self, number: int) -> bool:
        """A quote with no closing mark whose attribution stands in the next paragraph's quote."""
        if number + 1 >= len(self.frames) or self.frames[number].marked.closed:
            return False
        between = self.speakers.doc[self.frames[number].last : self.frames[number + 1].first]
        return not between.text.strip("\n “\"'‘")

    def _labelled(self, frame: Frame) -> Speaker | None:
        """ "PAZ: When do we leave?": a transcript names its speakers."""
        label = _LABEL.match(frame.text)
        key = fold(label.group(1)) if label else ()
        names = [
            name for name in dict.fromkeys(self.speakers.at.values()) if key and fold(name.name)[-len(key) :] == key
        ]
        return Speaker(names[0].name, names[0]) if names else None

    def _sentence_subject(self, frame: Frame) -> Speaker | None:
        """A part quote that no verb of speech attributes: the person whom its sentence is about."""
        for index in frame.before:
            token = self.speakers.doc[index]
            if token.dep_ == "nsubj" and token.head.dep_ == "ROOT" and index not in self.quoted:
                speaker = self.speakers.resolve(index)
                return speaker if speaker is not None and speaker.human else None
        return None

    def _running(self, frame: Frame) -> Speaker | None:
        """The one who spoke last, if not long ago."""
        doc = self.speakers.doc
        at = frame.before[0] if frame.before else frame.first
        if self.speakers.said:
            index, speaker = self.speakers.said[-1]
            since = max(index, self.last[0].last if self.last is not None else 0)
            if doc[min(since, at) : at].text.count("\n\n") <= 2 and at - since < _REACH:
                return speaker
        return self._subject_before(at)

    def _subject_before(self, at: int) -> Speaker | None:
        """The person or body that the sentence before is about."""
        doc = self.speakers.doc
        for index in range(at - 1, max(-1, at - 120), -1):
            if (
                doc[index].dep_ in ("nsubj", "nsubjpass")
                and index not in self.quoted
                and doc[index].head.dep_ == "ROOT"
            ):
                speaker = self.speakers.resolve(index)
                if speaker is not None and speaker.able:
                    return speaker
        return None


def _is_part(doc: Doc, subject: int, offered: Attributed) -> bool:
    """Whether what the parse takes for the subject hangs on a preposition of the source: "a clerk at Harbour Watch"."""
    if offered.source is None or not offered.head < subject or doc[subject].idx >= offered.source[1]:
        return False
    between = doc[offered.head + 1 : subject]
    return len(between) > 0 and between[0].pos_ == "ADP" and not any(t.is_punct or t.pos_ == "CCONJ" for t in between)


def _around(frame: Frame, given: Sequence[Attributed]) -> Attributed | None:
    """The attribution whose content holds most of a marked stretch, the smallest one."""
    start, end = frame.marked.start, frame.marked.end
    around = [each for each in given if each.share(start, end) > _MOST]
    return min(around, key=lambda each: sum(stop - first for first, stop in each.content), default=None)
