"""Adds what is reported without marks: the model's attributions first, then the rules' where the model is silent.

Where both find a report and differ about who speaks, the rules are believed if the verb has a subject of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from accord.analyze.attribution import Cue
from accord.analyze.drafts import Draft, Whole
from accord.analyze.quote_parts import cue_range, source_range
from accord.analyze.reported_speech import find_reported, is_report, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from accord.analyze.attributed import Attributed
    from accord.analyze.drafts import Drafts, Finder
    from accord.analyze.speakers import Speaker, Speakers
    from accord.models.attribution_windows import Range

_MOST_MARKED = 0.6
_IMPLYING = frozenset({"suggest", "indicate", "signal"})
_GOING_ON = re.compile(r"(?:and|but|or|nor|with)\b", re.I)
_WORDS = re.compile(r"\W*\w+(?:\W+\w+){2}")


@dataclass(frozen=True, slots=True)
class _Report:
    """A report by rules: its cue, and its content."""

    cue: Cue
    content: Range


def add_reports(drafts: Drafts, speakers: Speakers, given: Sequence[Attributed]) -> None:
    """Add an indirect quote for every report that no marked stretch is a part of."""
    doc = drafts.reading.doc
    by_rules = [_Report(cue, content) for cue, content in find_reported(drafts.reading, drafts.frames)]
    at_cue = {rule.cue.token: rule for rule in by_rules}
    agreed: set[int] = set()
    for each in _shared_out(given, by_rules):
        rule = at_cue.get(each.verb)
        if each.head < 0 or each.verb in speakers.quoted or not is_report(doc, each, least=0 if rule else None):
            continue
        speaker = speakers.before(each.head).of_source(each.head, each.source[1] if each.source else 0)
        source = each.source
        if rule is not None:
            other = speakers.before(rule.cue.token).resolve(rule.cue.subject)
            sure = speaker is None or not speaker.able or _has_subject(doc, rule.cue)
            if other is not None and other.able and sure and (speaker is None or other.text != speaker.text):
                speaker, source = other, source_range(doc, rule.cue.subject, rule.cue.token)
        if speaker is None or not (speaker.able or _is_certain(doc, each, rule)):
            continue
        agreed.add(each.verb)
        whole = Whole(source, each.cue, list(each.content))
        _add(
            drafts,
            whole,
            _main(drafts.reading.article.text, each),
            each.word(doc) or "",
            speaker,
            "both" if rule else "model",
        )
    for rule in by_rules:
        speaker = speakers.before(rule.cue.token).resolve(rule.cue.subject)
        if rule.cue.token in agreed or speaker is None or not speaker.able or _contested(drafts, rule):
            continue
        alone = next((p for e in given if e.cue is None for p in e.content if _mostly(p, rule.content)), None)
        source, cue = source_range(doc, rule.cue.subject, rule.cue.token), cue_range(doc, rule.cue.token)
        content = alone or rule.content
        _add(drafts, Whole(source, cue, [content]), content, rule.cue.text, speaker, "both" if alone else "rules")


def _is_certain(doc: Doc, each: Attributed, rule: _Report | None) -> bool:
    """Whether a source speaks that no lexicon knows: the rules have the same subject, or it is an "according to"."""
    cue = doc[each.verb]
    same = rule is not None and rule.cue.subject == each.head and cue.lemma_ not in _IMPLYING
    return doc[each.head].pos_ in ("NOUN", "PROPN") and (same or cue.lower_ == "according")


def _has_subject(doc: Doc, cue: Cue) -> bool:
    """Whether the verb has a subject of its own; one that is found through other verbs may be the parse's guess."""
    subject = doc[cue.subject]
    return cue.token in (subject.head.i, subject.head.head.i)


def _main(text: str, each: Attributed) -> Range:
    """The piece that the span shows: "[The pier is safe], Paz said, [and will open]" is not the one that goes on."""
    main = each.main()
    if each.cue is None or main[0] < each.cue[0] or not _GOING_ON.match(text, *main):
        return main
    return next((p for p in reversed(each.content) if p[1] <= each.cue[0] and _WORDS.match(text, *p)), main)


def _shared_out(given: Sequence[Attributed], by_rules: Sequence[_Report]) -> list[Attributed]:
    """The model's attributions, without far pieces that the rules give to another verb: a link gone astray."""
    found = []
    for each in given:
        others = [rule for rule in by_rules if rule.cue.token != each.verb]
        main = each.main()
        kept = [p for p in each.content if p == main or not any(_mostly(p, rule.content) for rule in others)]
        found.append(replace(each, content=tuple(kept)))
    return found


def _mostly(one: Range, other: Range) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > _MOST_MARKED * max(one[1] - one[0], other[1] - other[0])


def _contested(drafts: Drafts, rule: _Report) -> bool:
    """Whether a report of the model's claims the same words and its cue is not a report around this one."""
    at = drafts.reading.doc[rule.cue.token].idx
    for other in drafts.reported:
        pieces = other.whole.pieces
        cue = other.whole.cue
        nested = cue is not None and rule.content[0] <= cue[0] and cue[1] <= rule.content[1]
        if other.found_by == "rules" or nested or any(start <= at < end for start, end in pieces):
            continue
        if any(start < rule.content[1] and rule.content[0] < end for start, end in pieces):
            return True
    return False


def _add(drafts: Drafts, whole: Whole, main: Range, cue: str, speaker: Speaker, found_by: Finder) -> None:
    """Add an indirect quote; one whose marked words are quotes already is kept only as what they may stand in."""
    text = drafts.reading.article.text
    start, end = told(text, main)
    draft = Draft(start, end, text[start:end], "indirect", speaker, cue, whole, found_by)
    inside = [d for d in drafts.marked if any(d.start < stop and first < d.end for first, stop in whole.pieces)]
    own = all(d.whole.cue != whole.cue and d.whole.cue is not None and _holds(whole, d.whole.cue) for d in inside)
    mostly = sum(d.end - d.start for d in inside) > _MOST_MARKED * (end - start)
    (drafts.reported if own and not mostly else drafts.outer).append(draft)


def _holds(whole: Whole, place: Range) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in whole.pieces)
