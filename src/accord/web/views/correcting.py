"""What of a story can be corrected on one page, and the correction that a form asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord import corrections
from accord.errors import CorrectionError
from accord.records import Citation, Commitment, Correction, Figure, Finding, Origin, Quote
from accord.renderers.outliner import outline
from accord.web.filters import VERDICTS
from accord.web.views.story import numbered_lines

if TYPE_CHECKING:
    from accord.records import Article, Briefing, LedgerEntry

Item = Quote | Figure | Commitment

FIELDS: Mapping[type, Mapping[str, str]] = {
    Figure: {
        "value": "how much",
        "high": "the upper end of a range",
        "unit": "unit",
        "of": "of what",
        "qualifier": "about, at least, ...",
    },
    Commitment: {
        "who": "who",
        "what": "what",
        "to_whom": "to whom",
        "strength": "strength",
        "amount": "how much",
        "unit": "unit",
        "due_date": "due (day, month or year)",
    },
}
"""The fields of figures and commitments that a person may correct, with what they are called on pages."""


@dataclass(frozen=True, slots=True)
class Place:
    """One thing of a story that a page is about: at most one of these is set, and none for the story itself."""

    briefing: Briefing
    finding: Finding | None = None
    origin: Origin | None = None
    item: Item | None = None

    @property
    def article(self) -> Article | None:
        """The article that the item stands in."""
        of = self.item.article if self.item is not None else None
        return next((article for article in self.briefing.articles if article.id == of), None)

    @property
    def others(self) -> list[Finding]:
        """The other findings, those that share most words with this one first."""
        if self.finding is None:
            return []
        mine = set(self.finding.gist.lower().split())

        def rank(other: Finding) -> tuple[float, str]:
            words = set(other.gist.lower().split())
            return -len(mine & words) / (len(mine | words) or 1), other.gist

        return sorted((one for one in self.briefing.findings if one.id != self.finding.id), key=rank)

    def choices(self) -> list[tuple[str, str]]:
        """Return id and words of the other findings, each with its number on the story's pages: "4 · agreed: ...".

        What stands under quotes and commitments there has no number, but its kind.
        """
        numbers = {line.findings[0]: line.number for line in numbered_lines(outline(self.briefing))}
        return [
            (one.id, f"{numbers.get(one.id) or one.kind} · {VERDICTS[one.verdict]}: {one.gist}") for one in self.others
        ]

    @property
    def fields(self) -> Mapping[str, str]:
        """The fields of the item that may be corrected, with what they are called."""
        return FIELDS.get(type(self.item), {})

    def held(self, field: str) -> str:
        """Return what a field of the item holds by now, as a form shows it."""
        value = getattr(self.item, field)
        if isinstance(value, float):
            return f"{value:.15g}"
        return "" if value is None else str(value)

    @property
    def speakers(self) -> list[str]:
        """The persons and bodies of the story: who may have said it."""
        named = (name.name for name in self.briefing.names if name.kind != "place")
        return list(dict.fromkeys((*named, *(q.speaker for q in self.briefing.quotes if q.speaker))))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks for, as it was sent."""

    by: str
    at: str
    other: str = ""
    off: tuple[str, ...] = ()
    field: str = ""
    value: str = ""
    note: str = ""

    @property
    def signed(self) -> dict[str, str]:
        """Who says so, when, and why."""
        return {"by": self.by, "at": self.at, "note": self.note.strip()}


def place(
    shown: Briefing,
    machine: Briefing,
    *,
    finding: str | None = None,
    origin: str | None = None,
    span: tuple[str, int, int] | None = None,
    kind: str | None = None,
) -> Place | None:
    """Return what is to be corrected; None where the briefing has it no more.

    Findings and origins are those that are `shown`; quotes, figures and commitments are found by their `span` in the
    `machine`'s briefing, whose answer a correction keeps.
    """
    if finding is not None:
        one = next((f for f in shown.findings if f.id == finding), None)
        return None if one is None else Place(shown, finding=one)
    if origin is not None:
        of = next((o for o in shown.origins if o.id == origin), None)
        return None if of is None else Place(shown, origin=of)
    if span is not None:
        item = _item(machine, span, kind)
        return None if item is None else Place(shown, item=item)
    return Place(shown)


def _item(briefing: Briefing, span: tuple[str, int, int], kind: str | None) -> Item | None:
    kinds: dict[str, Iterable[Item]] = {
        "quote": briefing.quotes,
        "figure": briefing.figures,
        "commitment": briefing.commitments,
    }
    for items in (kinds[kind],) if kind in kinds else kinds.values():
        for item in items:
            if (item.article, item.start, item.end) == span:
                return item
    return None


# what forms ask for ---------------------------------------------------------------------------------------------------


def correction(at: Place, action: str, asked: Asked) -> Correction:
    """Return the correction that a form asks for; CorrectionError says what is wrong with it."""
    made = _ACTIONS.get(action)
    if made is None:
        raise CorrectionError(f"{action!r} is no correction that can be made here; choose one of the page")
    return made(at, asked)


def _finding(at: Place) -> Finding:
    if at.finding is None:
        raise CorrectionError("no finding was chosen; open one, and correct it from there")
    return at.finding


def _origin(at: Place) -> Origin:
    if at.origin is None:
        raise CorrectionError("no origin was chosen; open the story's origins, and correct one from there")
    return at.origin


def _merge_findings(at: Place, asked: Asked) -> Correction:
    other = next((one for one in at.briefing.findings if one.id == asked.other), None)
    if other is None:
        raise CorrectionError("the other finding is not in this story any more; choose one of the list")
    return corrections.merge_findings(_finding(at), other, **asked.signed)


def _split_finding(at: Place, asked: Asked) -> Correction:
    chosen = set(asked.off)
    off = tuple(passage for passage in _finding(at).evidence if passage_key(passage) in chosen)
    return corrections.split_finding(_finding(at), off, **asked.signed)


def _merge_origins(at: Place, asked: Asked) -> Correction:
    other = next((one for one in at.briefing.origins if one.id == asked.other), None)
    if other is None:
        raise CorrectionError("the other origin is not in this story any more; choose one of the list")
    return corrections.merge_origins(_origin(at), other, **asked.signed)


def _fix_speaker(at: Place, asked: Asked) -> Correction:
    if not isinstance(at.item, Quote):
        raise CorrectionError("no quote was chosen; open the page of its finding, and correct it from there")
    return corrections.fix_speaker(at.item, asked.value.strip() or None, article=at.article, **asked.signed)


def _fix_value(at: Place, asked: Asked) -> Correction:
    if not isinstance(at.item, Figure | Commitment):
        raise CorrectionError("no figure or commitment was chosen; open the story, and correct one from there")
    value = asked.value.strip() or None
    return corrections.fix_value(at.item, asked.field, value, article=at.article, **asked.signed)


def _split_story(at: Place, asked: Asked) -> Correction:
    ids = [article.id for article in at.briefing.articles]
    off = [one for one in ids if one in asked.off]
    return corrections.split_story(off, [one for one in ids if one not in asked.off], **asked.signed)


_ACTIONS: dict[str, Callable[[Place, Asked], Correction]] = {
    "dismiss": lambda at, asked: corrections.dismiss_finding(_finding(at), **asked.signed),
    "dismiss-dispute": lambda at, asked: corrections.dismiss_dispute(_finding(at), **asked.signed),
    "merge": _merge_findings,
    "split": _split_finding,
    "merge-origins": _merge_origins,
    "split-origin": lambda at, asked: corrections.split_origin(_origin(at), asked.off, **asked.signed),
    "speaker": _fix_speaker,
    "value": _fix_value,
    "split-story": _split_story,
}


def entry_correction(entry: LedgerEntry, action: str, asked: Asked) -> Correction:
    """Return the correction of an entry of the ledger that a form asks for."""
    if action == "dismiss":
        return corrections.dismiss_entry(entry, **asked.signed)
    if action == "status":
        return corrections.set_status(entry, asked.value, **asked.signed)
    raise CorrectionError(f"{action!r} is no correction of an entry; choose one of the page")


def merged_stories(briefing: Briefing, others: Sequence[str], asked: Asked) -> Correction:
    """Return the correction by which the articles of `briefing` and `others` (ids) are one story."""
    return corrections.merge_stories([article.id for article in briefing.articles], others, **asked.signed)


def passage_key(passage: Citation) -> str:
    """Return what names a passage in a form: "a1:10:24"."""
    return f"{passage.article}:{passage.start}:{passage.end}"
