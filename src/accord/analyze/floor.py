"""Who has the floor: walks the marked stretches of an article in order and gives each its cue and its speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from accord.analyze.attribution import Cue, Frame, find_cues, subject_of
from accord.analyze.lexicon_speech import STRONG
from accord.analyze.name_candidates import fold
from accord.analyze.speakers import Speaker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accord.analyze.speakers import Speakers

_REACH = 120
_LABEL = re.compile(r"([A-Z][A-Z.’' -]{2,30}):\s")


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

    def take(self, number: int) -> tuple[Cue | None, Speaker | None]:
        """Return the cue and speaker of the frame with this number; frames are taken in order."""
        frame = self.frames[number]
        self._listen(frame.before[0] if frame.before else frame.first)
        cue, speaker = self._cue(frame)
        if speaker is None and self._broken_before_cue(number):
            cue, speaker = self._cue(self.frames[number + 1])
            if cue is not None and not cue.strong:
                cue, speaker = None, None
        if speaker is None:
            speaker = self._labelled(frame) or self._sentence_subject(frame) or self._running(frame)
        if speaker is not None:
            self.speakers.said.append((cue.token if cue is not None else frame.first, speaker))
            self.last = (frame, cue, speaker)
        return cue, speaker

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
            if self.last is not None and self.last[1] is not None and self.last[1].token == index:
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
