"""What the briefing's page shows of a story: all of it, or as much as a page may hold."""

from __future__ import annotations

from dataclasses import dataclass, replace

from accord.renderers import words
from accord.renderers.outline import Dispute, Group, Line, Outline, Speaker
from accord.web.views.story import NAMED, NEVER, Reading

FEW = 3  # reported statements of one speaker that are not folded
OPEN = 5  # lines of an origin that are not folded
FOLDED = 12  # lines of other lists that are not folded
AGREED = 20  # agreed findings that are not


@dataclass(frozen=True, slots=True)
class Level:
    """How much of a long briefing stands on its page: lines of each list, characters of a line, outlets of a line."""

    agreed: int = NEVER
    disputed: int = NEVER
    per_origin: int = NEVER
    speakers: int = NEVER
    per_speaker: int = NEVER
    items: int = NEVER
    characters: int = NEVER
    outlets: int = NEVER
    groups: int = NEVER


LEVELS = (
    Level(),
    Level(per_origin=20, per_speaker=20, items=100, speakers=60, characters=500, outlets=6),
    Level(per_origin=12, per_speaker=8, items=60, speakers=40, characters=400, outlets=4),
    Level(200, 100, 8, 30, 6, 40, 300, 4, 60),
    Level(120, 60, 5, 24, 4, 30, 300, 4, 40),
    Level(60, 30, 3, 12, 3, 15, 200, 3, 30),
    Level(20, 10, 1, 6, 2, 8, 120, 2, 15),
)
BYTES = 285_000  # of a page, estimated
_LINE, _CITE, _ELSE = 470, 65, 16_000


@dataclass(frozen=True, slots=True)
class BriefingPage:
    """The sections of the page as an outline that is cut, with how many findings of one origin are not shown."""

    shown: Outline
    single: int
    single_more: int
    sections: tuple[tuple[str, str, int], ...]
    most: int
    whole: bool
    groups_more: int = 0
    few: int = FEW
    open: int = OPEN
    folded: int = FOLDED
    agreed: int = AGREED
    lead: int = 0

    @property
    def agreed_told(self) -> str:
        """How many agreed findings are listed, and how many of them stand in the lead: "17 · 1 in the lead"."""
        count = len(self.shown.agreed.lines) + self.shown.agreed.more
        return f"{count}" + (f" · {self.lead} in the lead" if self.lead else "")

    @property
    def single_told(self) -> str:
        """How many findings of one origin are listed, and how many stand elsewhere on the page."""
        elsewhere = self.shown.single_elsewhere
        return f"{self.single}" + (f" · {elsewhere} more under quotes and commitments" if elsewhere else "")


def levels(reading: Reading) -> tuple[Level, ...]:
    """Return the levels at which the page may be small enough, the fullest first; the last one at least."""
    for at, level in enumerate(LEVELS):
        if size_of(briefing_page(reading, level)) <= BYTES:
            return LEVELS[at:]
    return LEVELS[-1:]


def size_of(page: BriefingPage) -> int:
    """Return about how many bytes the page will have."""
    shown = page.shown
    lines = [*shown.lead.lines, *shown.agreed.lines, *shown.figures.lines, *shown.commitments.lines]
    lines += [line for one in shown.single for line in one.lines]
    lines += [line for one in shown.speakers for line in one.lines]
    size = _ELSE + 200 * len(shown.single) + 500 * min(40, len(shown.reports))
    for line in lines:
        carriers = len({citation.article for citation in line.evidence})
        size += _LINE + len(line.text) + _CITE * min(carriers, NAMED + 1, page.most)
        size += sum(60 + len(note) + 20 * len(labels) for note, labels in line.notes)
        size += sum(120 + len(side.value) + 80 * len(side.articles) for aside in line.asides for side in aside.sides)
    for one in shown.disputed:
        size += _LINE + 400 + len(one.line.text)
        size += sum(100 + len(side.value) + _CITE * len(side.articles) for side in one.sides)
        passages = [each for side in one.sides for each in side.quotes] + list(one.quotes)
        size += sum(60 + len(each[0].text) + _CITE * len(each) for each in passages)
    return size


def briefing_page(reading: Reading, level: Level) -> BriefingPage:
    """Return the page with no more than `level` admits; numbers stay those of the whole briefing."""
    whole = reading.shown

    def cut(line: Line) -> Line:
        return (
            line if len(line.text) <= level.characters else replace(line, text=words.trim(line.text, level.characters))
        )

    def group(one: Group, most: int) -> Group:
        return Group(one.title, tuple(map(cut, one.lines[:most])), max(0, len(one.lines) - most) + one.more)

    def dispute(one: Dispute) -> Dispute:
        if level.characters == NEVER:
            return one
        return replace(one, line=cut(one.line), quotes=(), sides=tuple(replace(s, quotes=()) for s in one.sides))

    def speaker(one: Speaker) -> Speaker:
        return Speaker(one.title, group(one.quoted, level.per_speaker), group(one.reported, level.per_speaker))

    count = sum(len(one.lines) for one in whole.single)
    single = tuple(group(one, level.per_origin) for one in whole.single[: level.groups])
    speakers = tuple(map(speaker, whole.speakers[: level.speakers]))
    shown = replace(
        whole,
        lead=group(whole.lead, NEVER),
        agreed=group(whole.agreed, level.agreed),
        disputed=tuple(map(dispute, whole.disputed[: level.disputed])),
        disputed_more=max(0, len(whole.disputed) - level.disputed),
        single=single,
        speakers=speakers,
        speakers_more=max(0, len(whole.speakers) - level.speakers),
        unheard=sum(len(one.lines) for one in whole.speakers[level.speakers :]),
        figures=group(whole.figures, level.items),
        commitments=group(whole.commitments, level.items),
    )
    sections = [
        ("agreed", "Agreed", len(whole.agreed.lines)),
        ("disputed", "Disputed", len(whole.disputed)),
        ("single", "Only in one origin", count),
        ("speakers", "Who said what", sum(len(one.lines) for one in whole.speakers)),
        ("figures", "Figures", len(whole.figures.lines)),
        ("commitments", "Commitments", len(whole.commitments.lines)),
    ]
    return BriefingPage(
        shown=shown,
        single=count,
        single_more=count - sum(len(one.lines) for one in single),
        sections=tuple(section for section in sections if section[2]),
        most=level.outlets,
        whole=level == Level(),
        groups_more=max(0, len(whole.single) - level.groups),
        lead=sum(bool(line.number) and line.verdict == "corroborated" for line in whole.lead.lines),
    )
