"""Prints a `Briefing` on a terminal: as wide as the terminal is, in colour only where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

LIMITS = Limits(findings=40, per_origin=6, per_speaker=6, items=20, rejected=8, characters=300, speakers=12, reported=2)
CITED = 6  # outlets named in one citation before "+N"
SPEAKERS = "Who said what (✓ in several origins)"
STYLES = {"corroborated": "green", "disputed": "red", "single": "yellow", None: ""}


def print_briefing(briefing: Briefing, console: Console) -> None:
    """Print `briefing` on `console`, section by section, with long passages cut at word borders."""
    _Printer(outline(briefing, LIMITS), console).print()


class _Printer:
    """Prints one outline; each section is a grid of a narrow column for numbers and one for words."""

    def __init__(self, shown: Outline, console: Console) -> None:
        self.shown = shown
        self.console = console

    def print(self) -> None:
        shown = self.shown
        self._line(self._text((shown.title, "bold")))
        self._line(self._text((" · ".join(shown.counts), "dim")))
        self.console.print()
        self._grid([self._row(line) for line in shown.lead.lines])
        self._group(shown.agreed)
        self._section("Disputed", [row for dispute in shown.disputed for row in self._dispute(dispute)])
        self._more(shown.disputed_more)
        for group in shown.single:
            self._group(Group(f"Only in {group.title}", group.lines, group.more))
        self._speakers()
        self._group(shown.figures)
        self._group(shown.commitments)
        self._timeline()
        self._section("Outlets and origins", [row for report in shown.reports for row in self._report(report)])
        self._group(shown.rejected)

    # sections ---------------------------------------------------------------------------------------------------------

    def _group(self, group: Group) -> None:
        self._section(group.title, [self._row(line) for line in group.lines])
        self._more(group.more)

    def _speakers(self) -> None:
        if self.shown.speakers:
            self._heading(SPEAKERS)
        for speaker in self.shown.speakers:
            self._line(self._text((speaker.title, "bold")))
            self._grid([self._row(line) for line in speaker.lines])
            if speaker.more:
                self._line(self._text((f"     and {speaker.more}", "dim")))
        if more := unshown(self.shown):
            self._line(self._text((f"and {more}", "dim")))

    def _timeline(self) -> None:
        """Print the dates in a column of their own, each once."""
        rows, last = [], None
        for line in self.shown.timeline.lines:
            date = line.head if line.head != last else ""
            rows.append((self._text((date or "", "bold")), self._said(line, head=False)))
            last = line.head
        self._section(self.shown.timeline.title, rows, width=10)
        self._more(self.shown.timeline.more)

    def _dispute(self, dispute: Dispute) -> list[tuple[Text, RenderableType]]:
        from rich.padding import Padding

        line = dispute.line
        head = self._text((dispute.about, "bold"), (f". {line.text}" if line.text else "", ""))
        rows: list[tuple[Text, RenderableType]] = [(self._text((str(line.number), "red")), head)]
        for side in dispute.sides:
            labels = [label for article, label in self.shown.labels.items() if article in side.articles]
            rows.append((self._text(), self._text(("– ", "red"), (side.value, ""), (_cites(labels), "dim"))))
            rows += [(self._text(), Padding(said, (0, 0, 0, 2))) for said in self._words(side.quotes)]
        rows += [(self._text(), said) for said in self._words(dispute.quotes)]
        return rows

    def _words(self, quotes: Sequence[Sequence[Citation]]) -> list[Text]:
        said = [(words.trim(alike[0].text, LIMITS.characters), alike) for alike in quotes]
        return [self._text((f"“{text}”", "italic"), (self._cites(alike), "dim")) for text, alike in said]

    def _report(self, report: Report) -> list[tuple[Text, Text]]:
        facts = [report.published, f"{words.number(report.words)} words", report.origin, *report.credits]
        carried = f"carries {report.carries} of the agreed"
        if report.lacks or report.lacks_more:
            more = f" and {report.lacks_more} more" if report.lacks_more else ""
            carried += f", leaves out {words.ranges(list(report.lacks))}{more}"
        title = words.trim(report.article.title or "", LIMITS.characters)
        head = self._text((report.label, "bold"), (f"  {title}" if title else "", ""))
        facts_shown = " · ".join(fact for fact in (*facts, carried) if fact)
        return [(self._text(), head), (self._text(), self._text(("  " + facts_shown, "dim")))]

    # lines ------------------------------------------------------------------------------------------------------------

    def _row(self, line: Line) -> tuple[Text, Text]:
        mark = str(line.number) if line.number else ("✓" if line.verdict == "corroborated" else "·")
        return self._text((mark, STYLES[line.verdict])), self._said(line)

    def _said(self, line: Line, *, head: bool = True) -> Text:
        parts = [(f"{line.head}  " if line.head and head else "", "bold")]
        parts += [(f"“{line.text}”" if line.quoted else line.text, "")]
        parts += [(f" · {term}", "") for term in line.terms]
        parts += [(_cites(cited_by(self.shown.labels, line)), "dim")]
        parts += [(f" → {words.ranges(list(line.see))}" if line.see else "", "cyan")]
        for note, labels in line.notes:
            parts.append((f"\n– {note}{_cites(list(labels))}", "dim"))
        parts += [(f"\n– {aside_words(self.shown.labels, aside)}", "dim") for aside in line.asides]
        return self._text(*parts)

    def _cites(self, evidence: Sequence[Citation]) -> str:
        return _cites(cited(self.shown.labels, evidence))

    def _section(self, title: str, rows: Sequence[tuple[Text, RenderableType]], width: int = 4) -> None:
        if rows:
            self._heading(title)
            self._grid(rows, width)

    def _heading(self, title: str) -> None:
        self.console.print()
        self._line(self._text((title.upper(), "bold")))

    def _more(self, count: int) -> None:
        if count:
            self._line(self._text((f"     and {words.number(count)} more", "dim")))

    def _grid(self, rows: Sequence[tuple[Text, RenderableType]], width: int = 4) -> None:
        from rich.table import Table

        if not rows:
            return
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=width, justify="right", no_wrap=True)
        grid.add_column()
        for number, said in rows:
            grid.add_row(number, said)
        self.console.print(grid)

    def _line(self, text: Text) -> None:
        self.console.print(text, highlight=False)

    def _text(self, *parts: tuple[str, str]) -> Text:
        """Return styled text; the parts are data, never markup."""
        from rich.text import Text

        text = Text()
        for part, style in parts:
            text.append(part, style)
        return text


def _cites(labels: list[str]) -> str:
    if not labels:
        return ""
    more = [f"+{len(labels) - CITED}"] if len(labels) > CITED else []
    return f" [{', '.join(labels[:CITED] + more)}]"
