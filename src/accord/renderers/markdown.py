"""Renders a `Briefing` as CommonMark: headings, lists and emphasis, every character of the reports escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from accord.records import Briefing, Citation
from accord.renderers import words
from accord.renderers.outline import (
    Dispute,
    Group,
    Limits,
    Line,
    Outline,
    Report,
    aside_words,
    cited,
    cited_by,
    unshown,
)
from accord.renderers.outliner import outline

LIMITS = Limits(
    findings=60, per_origin=10, per_speaker=10, items=40, rejected=20, characters=400, speakers=30, reported=4
)
_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~$])")
_LIST_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_BLOCK_START = re.compile(r"^([-+=#])")


def escape(text: str) -> str:
    """Return `text` on one line so that CommonMark shows it as it is, also at the start of a line.

    >>> escape("2. *Not* a [link](x)")
    '2\\\\. \\\\*Not\\\\* a \\\\[link\\\\](x)'
    """
    text = _SPECIAL.sub(r"\\\1", words.plain(text))
    text = _LIST_START.sub(r"\1\\\2", text)
    return _BLOCK_START.sub(r"\\\1", text)


def render(briefing: Briefing) -> str:
    """Return the briefing as a CommonMark document with a newline at its end."""
    shown = outline(briefing, LIMITS)
    blocks = [f"# {escape(shown.title)}", escape(" · ".join(shown.counts))]
    blocks += _list(shown, shown.lead)
    blocks += _section(shown, shown.agreed)
    blocks += _disputed(shown)
    for group in shown.single:
        blocks += _section(shown, Group(f"Only in {group.title}", group.lines, group.more))
    blocks += _speakers(shown)
    for group in (shown.figures, shown.commitments, shown.timeline):
        blocks += _section(shown, group)
    if shown.reports:
        blocks += ["## Outlets and origins", "\n".join(_report(report) for report in shown.reports)]
    blocks += _section(shown, shown.rejected)
    return "\n\n".join(blocks) + "\n"


def _section(shown: Outline, group: Group) -> list[str]:
    return [f"## {escape(group.title)}", *_list(shown, group)] if group.lines else []


def _list(shown: Outline, group: Group) -> list[str]:
    """Return the lines of `group` as lists: numbered ones under their own number, others with a dash."""
    blocks: list[str] = []
    numbered: bool | None = None
    for line in group.lines:
        if numbered is not bool(line.number):
            blocks.append("")
            numbered = bool(line.number)
        blocks[-1] += _item(shown, line) + "\n"
    blocks = [block.rstrip("\n") for block in blocks]
    return [*blocks, f"and {group.more} more"] if group.more else blocks


def _item(shown: Outline, line: Line) -> str:
    marker = f"{line.number}. " if line.number else "- "
    said = escape(f"“{line.text}”" if line.quoted else line.text)
    if line.key.startswith("q") and line.verdict == "corroborated":
        said = "✓ " + said
    parts = [f"**{escape(line.head)}**" if line.head else "", said]
    text = " ".join(part for part in parts if part)
    text += "".join(f" · {escape(term)}" for term in line.terms)
    text += _cites(cited_by(shown.labels, line)) + _see(line.see)
    indent = " " * len(marker)
    notes = [f"\n{indent}- {escape(note)}{_cites(labels)}" for note, labels in line.notes]
    notes += [f"\n{indent}- {escape(aside_words(shown.labels, aside))}" for aside in line.asides]
    return marker + text + "".join(notes)


def _disputed(shown: Outline) -> list[str]:
    if not shown.disputed:
        return []
    items = "\n".join(_dispute(shown, dispute) for dispute in shown.disputed)
    more = [f"and {shown.disputed_more} more"] if shown.disputed_more else []
    return ["## Disputed", items, *more]


def _dispute(shown: Outline, dispute: Dispute) -> str:
    line = dispute.line
    marker = f"{line.number}. "
    indent = " " * len(marker)
    text = marker + f"**{escape(dispute.about)}**" + (f" {escape(line.text)}" if line.text else "")
    for side in dispute.sides:
        labels = [label for article, label in shown.labels.items() if article in side.articles]
        text += f"\n{indent}- {escape(side.value)}{_cites(labels)}"
        text += _words(shown, side.quotes, indent + "  ")
    return text + _words(shown, dispute.quotes, indent)


def _words(shown: Outline, quotes: Sequence[Sequence[Citation]], indent: str) -> str:
    said = [(escape(f"“{words.trim(alike[0].text, LIMITS.characters)}”"), alike) for alike in quotes]
    return "".join(f"\n{indent}- {text}{_cites(cited(shown.labels, alike))}" for text, alike in said)


def _speakers(shown: Outline) -> list[str]:
    blocks = ["## Who said what (✓ in several origins)"] if shown.speakers else []
    for speaker in shown.speakers:
        blocks += [f"### {escape(speaker.title)}", *_list(shown, Group(speaker.title, speaker.lines))]
        blocks += [f"and {speaker.more}"] if speaker.more else []
    if more := unshown(shown):
        blocks.append(f"and {more}")
    return blocks


def _report(report: Report) -> str:
    facts = [report.published, f"{words.number(report.words)} words", report.origin, *report.credits]
    carried = f"carries {report.carries} of the agreed"
    if report.lacks or report.lacks_more:
        more = f" and {report.lacks_more} more" if report.lacks_more else ""
        carried += f", leaves out {words.ranges(list(report.lacks))}{more}"
    title = escape(report.article.title or "")
    head = f"**{escape(report.label)}**" + (f" *{title}*" if title else "")
    return f"- {head}\n  - " + escape(" · ".join(f for f in (*facts, carried) if f))


def _cites(labels: Iterable[str]) -> str:
    text = ", ".join(labels)
    return " " + escape(f"[{text}]") if text else ""


def _see(numbers: tuple[int, ...]) -> str:
    return f" → {words.ranges(list(numbers))}" if numbers else ""
