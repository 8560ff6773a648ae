"""Corrections of what was read: who said something, a number, a unit, a due date. The reports' own words stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from accord.corrections.draft import Draft
from accord.corrections.figures import compatible, difference, reading
from accord.corrections.outcome import NotFoundError, NothingToDoError
from accord.corrections.places import overlap, touches
from accord.corrections.targets import item_at
from accord.corrections.values import COMMITMENT_FIELDS, FIGURE_FIELDS, as_field
from accord.corrections.verdicts import joined
from accord.corrections.words import quoted, quoted_value
from accord.records import Citation, Commitment, Correction, Difference, Figure, Finding, Quote, Value

_Item = TypeVar("_Item", Quote, Figure, Commitment)
_SAME_WORDS = 85
_COMPARED = 500
_BRACKET = re.compile(r" \[[^]]*]$")
_READ = frozenset({"value", "high", "unit", "qualifier"})

Change = tuple[str, tuple[str, ...]]


# speaker --------------------------------------------------------------------------------------------------------------


def speaker(draft: Draft, correction: Correction) -> Change:
    """Say who said a quote, there and in copies of its text; a dispute ends where no two named sides are left."""
    place = _place(draft, correction)
    quote = item_at(place, draft.quotes)
    if quote is None:
        raise NotFoundError("no quote stands at its words any more")
    if quote.speaker == correction.value:
        raise NothingToDoError("it has this speaker already")
    old, new = quote.speaker, correction.value
    same = [each for each in _copies(draft, quote, draft.quotes) if each.speaker == old]
    by_name: dict[tuple[str, str | None], str] = {
        (q.article, q.speaker): q.speaker_id for q in draft.quotes if q.speaker_id and q.speaker
    }
    draft.edit_quotes(lambda q: replace(q, speaker=new, speaker_id=by_name.get((q.article, new))) if q in same else q)
    changed: dict[str, Finding | None] = {}
    for finding in _findings(draft, same):
        told = _renamed_sides(finding, same, old, new)
        gist = _renamed(told.gist, old, new, same, finding.evidence)
        changed[finding.id] = draft.judged(told) if told != finding else finding
        changed[finding.id] = replace(changed[finding.id] or told, gist=gist)
    draft.summary = [
        replace(line, text=_renamed(line.text, old, new, same, ())) if set(line.findings) & changed.keys() else line
        for line in draft.summary
    ]
    draft.timeline = [
        replace(entry, gist=_renamed(entry.gist, old, new, same, entry.evidence)) if entry.finding in changed else entry
        for entry in draft.timeline
    ]
    draft.put(changed)
    said = f"{quoted(quote.text)} is said by {quoted_value(new, 'nobody named')}, not by {quoted_value(old, 'nobody')}"
    return said, tuple(changed)


def _renamed_sides(finding: Finding, quotes: Sequence[Quote], old: str | None, new: str | None) -> Finding:
    """Return `finding` with the sides that `old` stands for told as those of `new`."""
    if old is None:
        return finding
    found = []
    for each in finding.differences:
        values: list[Value] = []
        for value in each.values:
            side, colon, words = value.value.partition(": ")
            moved = {q.article for q in quotes if q.article in value.articles}
            if colon and side == old and moved and any(_alike(words, q.text) for q in quotes):
                values += _moved(value, moved, f"{new}: {words}" if new else words)
            elif each.field == "actor" and value.value == old and moved and new:
                values += _moved(value, moved, new)
            else:
                values.append(value)
        found.append(replace(each, values=tuple(values)))
    made = replace(finding, differences=joined(found))
    if made.differences == joined(finding.differences):
        return finding
    if finding.between == "speakers":
        made = replace(made, differences=tuple(_between_two(each) for each in made.differences))
    return made


def _moved(value: Value, articles: set[str], words: str) -> list[Value]:
    """Return a side without `articles`, and these as a side that says `words`."""
    rest = tuple(article for article in value.articles if article not in articles)
    return [*([replace(value, articles=rest)] if rest else []), Value(words, tuple(sorted(articles)))]


def _between_two(each: Difference) -> Difference:
    """Return a difference between speakers; compatible where fewer than two named sides are left in it."""
    named = [value.value.partition(": ") for value in each.values]
    if each.compatible or not all(colon for _, colon, _ in named) or len({side for side, _, _ in named}) > 1:
        return each
    return replace(each, compatible=True)


def _renamed(text: str, old: str | None, new: str | None, quotes: Sequence[Quote], evidence: Sequence[Citation]) -> str:
    """Return `text` with `old` as `new` where a template named who said the words of `quotes`.

    What stands in the report's own words stays as it is there.
    """
    if old is None or any(text in citation.text for citation in evidence):
        return text

    def given(match: re.Match[str]) -> str:
        if not any(_alike(match["said"], quote.text) for quote in quotes):
            return match[0]
        return f"{new}: {match['mark']}{match['said']}" if new else f"{match['mark']}{match['said']}"

    found = re.sub(rf"(?<!\w){re.escape(old)}: (?P<mark>[“\"])(?P<said>[^”\"]+)", given, text)
    if found != text or not any(_alike(text, quote.text) for quote in quotes):
        return found
    forms = "|".join(re.escape(form) for form in dict.fromkeys((old, old[:1].lower() + old[1:])))
    found = re.sub(rf", (?:{forms}) said(?=[.…]?$)", f", {new} said" if new else "", found)
    found = re.sub(rf" \((?:{forms})\)(?=[.…]?$)", f" ({new})" if new else "", found)
    return re.sub(rf"\[{re.escape(old)}(?P<of>’s)?\]", lambda m: f"[{new}{m['of'] or ''}]" if new else m[0], found)


def _alike(one: str, other: str) -> bool:
    """Tell whether one text gives the words of the other, or a part of them."""
    from rapidfuzz import fuzz

    one, other = one[:_COMPARED].casefold(), other[:_COMPARED].casefold()
    return bool(one) and bool(other) and fuzz.partial_ratio(one, other) >= _SAME_WORDS


# value ----------------------------------------------------------------------------------------------------------------


def value(draft: Draft, correction: Correction) -> Change:
    """Read a figure or a commitment otherwise, there and in copies of its text; a dispute may end, or begin, by it."""
    place, field = _place(draft, correction), correction.field or ""
    figure = item_at(place, draft.figures) if field in FIGURE_FIELDS else None
    commitment = item_at(place, draft.commitments) if field in COMMITMENT_FIELDS else None
    if figure is not None and commitment is not None:
        closer = overlap(figure, place) * _span(commitment, place) >= overlap(commitment, place) * _span(figure, place)
        figure, commitment = (figure, None) if closer else (None, commitment)
    item = figure or commitment
    if item is None:
        raise NotFoundError("neither a figure nor a commitment stands at its words any more")
    old, new = getattr(item, field), as_field(field, correction.value)
    if old == new:
        raise NothingToDoError("it is read so already")
    if figure is not None:
        touched = _read(
            draft, [f for f in _copies(draft, figure, draft.figures) if getattr(f, field) == old], field, new
        )
        touched = [*touched, *_amounts(draft, figure, field, new)]
    elif commitment is not None:
        same = [c for c in _copies(draft, commitment, draft.commitments) if getattr(c, field) == old]
        touched = _committed(draft, same, field, new)
    said = f"{field.replace('_', ' ')} in {quoted(item.text)} is {_shown(new)}, not {_shown(old)}"
    return said, tuple(dict.fromkeys(touched))


def _read(draft: Draft, figures: Sequence[Figure], field: str, new: str | float | None) -> list[str]:
    """Read `figures` otherwise; return the ids of the findings that this touches."""
    changes: dict[str, object] = {field: new, **({"step": None} if field in ("value", "high") else {})}
    after = {figure: replace(figure, **changes) for figure in figures}  # type: ignore[arg-type]
    draft.edit_figures(lambda f: after.get(f, f))
    changed: dict[str, Finding | None] = {}
    for finding in _findings(draft, figures):
        mine = [figure for figure in figures if _stands(finding, figure)]
        made = finding
        if field in _READ:
            made = replace(made, differences=_differing(draft, made, [(f, after[f]) for f in mine]))
            made = draft.judged(made) if made.differences != finding.differences else finding
            made = replace(made, gist=_marked(made.gist, [after[f] for f in mine]))
        changed[finding.id] = made
    if field in _READ:
        read = list(after.values())
        draft.summary = [
            replace(line, text=_marked(line.text, read)) if set(line.findings) & changed.keys() else line
            for line in draft.summary
        ]
        draft.timeline = [
            replace(each, gist=_marked(each.gist, [f for f in read if _cited(each.evidence, f)]))
            for each in draft.timeline
        ]
    draft.put(changed)
    return list(changed)


def _differing(draft: Draft, finding: Finding, pairs: Sequence[tuple[Figure, Figure]]) -> tuple[Difference, ...]:
    """Return the differences of `finding` once figures (before, after) in it are read otherwise."""
    own = next((each for each in finding.differences if each.field == "value"), None)
    listed = {(value.value, article) for value in own.values for article in value.articles} if own else set()
    before, after = pairs[0]
    others = [
        figure
        for figure in draft.figures
        if figure not in [new for _, new in pairs]
        and figure.article not in {new.article for _, new in pairs}
        and _stands(finding, figure)
        and figure.unit in (before.unit, after.unit)
        and (compatible(before, figure) or (figure.text, figure.article) in listed)
    ]
    sides = [*(new for _, new in pairs), *others]
    made = difference(sides, [new for _, new in pairs])
    rest = tuple(each for each in finding.differences if each.field != "value")
    words = {(figure.text, figure.article) for figure in sides}
    if own is None or not any(_of(value, words) for value in own.values):
        add = [made] if made is not None and (own is None or not made.compatible) else []
        return joined((*([own] if own else []), *add, *rest))
    left = tuple(value for value in own.values if not _of(value, words))
    if len(left) > 1 or (left and made is not None and not own.compatible):
        kept = [Difference("value", left, own.compatible)]
    else:
        kept = [Difference("value", left, True)] if left and made is not None else []
    return joined((*([made] if made else []), *kept, *rest))


def _of(value: Value, words: set[tuple[str, str]]) -> bool:
    """Tell whether a side of a difference is that of a figure, by its words, without what a correction added."""
    said = f" {_BRACKET.sub('', value.value)} "
    return any(article in value.articles and (said in f" {form} " or f" {form} " in said) for form, article in words)


def _amounts(draft: Draft, figure: Figure, field: str, new: str | float | None) -> list[str]:
    """Read the sums of commitments otherwise that come from `figure`."""
    if field not in ("value", "unit") or figure.value is None:
        return []
    same = [
        c
        for c in draft.commitments
        if c.article == figure.article and overlap(c, figure) and (c.amount, c.unit) == (figure.value, figure.unit)
    ]
    changes: dict[str, object] = {"amount" if field == "value" else "unit": new}
    draft.edit_commitments(lambda c: replace(c, **changes) if c in same else c)  # type: ignore[arg-type]
    return [c.finding for c in same if c.finding]


def _committed(draft: Draft, commitments: Sequence[Commitment], field: str, new: str | float | None) -> list[str]:
    """Say otherwise who is to do what, how much or when; return the ids of the findings that this touches."""
    changes: dict[str, object] = {field: new}
    after = {each: replace(each, **changes) for each in commitments}  # type: ignore[arg-type]
    draft.edit_commitments(lambda c: after.get(c, c))
    first = commitments[0]
    if field in ("amount", "unit"):
        figures = [
            f
            for f in draft.figures
            if any(
                f.article == c.article and overlap(f, c) and (f.value, f.unit) == (c.amount, c.unit)
                for c in commitments
            )
        ]
        return _read(draft, figures, "value" if field == "amount" else "unit", new) if figures else []
    changed: dict[str, Finding | None] = {}
    for finding in _findings(draft, commitments):
        made = finding
        if field in ("who", "to_whom") and first.who and isinstance(new, str):
            old = getattr(first, field)
            made = replace(made, differences=_said(made.differences, "actor", commitments, old, new))
            made = replace(made, gist=made.gist.replace(f"[{old}]", f"[{new}]"))
        elif field == "due" and first.due and isinstance(new, str):
            for name in ("date", "detail"):
                made = replace(made, differences=_said(made.differences, name, commitments, first.due, new))
        elif field == "due_date":
            made = replace(made, differences=tuple(_dated(draft, made, each) for each in made.differences))
        changed[finding.id] = draft.judged(made) if made.differences != finding.differences else made
    draft.put(changed)
    return list(changed)


def _said(
    differences: Sequence[Difference], field: str, items: Sequence[Commitment], old: str | None, new: str
) -> tuple[Difference, ...]:
    """Return `differences` with `new` for `old` in one field where the articles of `items` say so."""
    found = []
    for each in differences:
        values: list[Value] = []
        for value in each.values:
            moved = {item.article for item in items} & set(value.articles)
            values += _moved(value, moved, new) if each.field == field and value.value == old and moved else [value]
        found.append(replace(each, values=tuple(values)))
    return joined(found) if found != list(differences) else tuple(differences)


def _dated(draft: Draft, finding: Finding, each: Difference) -> Difference:
    """Return a difference of dates; compatible where all its sides are due dates that may be one."""
    if each.field != "date" or each.compatible:
        return each
    days = []
    for value in each.values:
        due = [
            c.due_date
            for c in draft.commitments
            if c.article in value.articles and _stands(finding, c) and c.due_date and value.value in (c.due or "")
        ]
        if len(set(due)) != 1:
            return each
        days.append(due[0])
    short = min(map(len, days))
    return replace(each, compatible=True) if len({day[:short] for day in days}) == 1 else each


def _marked(text: str, figures: Sequence[Figure]) -> str:
    """Return `text` with how its figures are read in brackets behind them: "40+ boats [44 boat]"."""
    for figure in dict.fromkeys(figures):
        words = rf"(?<!\w){re.escape(figure.text)}(?!\w)(?: \[[^\]]*\])?"
        text = re.sub(words, lambda match, f=figure: f"{f.text} [{reading(f)}]", text)  # type: ignore[misc]
    return text


# both -----------------------------------------------------------------------------------------------------------------


def _place(draft: Draft, correction: Correction) -> Citation:
    passage = correction.passages[0]
    place = draft.places.find(passage, next(iter(correction.other_passages), None))
    if place is None:
        gone = draft.places.article(passage.article) is None
        raise NotFoundError(
            "its report is not among those compared" if gone else "its words are not in the report any more"
        )
    return place


def _copies(draft: Draft, item: _Item, items: Sequence[_Item]) -> list[_Item]:
    """Return `item` and those in the same words in articles that carry the same text."""
    beside = {article for origin in draft.origins if item.article in origin.articles for article in origin.articles}
    shared = {p.shared for p in draft.passages if p.article == item.article and touches(p, item)}

    def copied(other: _Item) -> bool:
        return other.text == item.text and (
            other.article in beside
            or any(p.article == other.article and p.shared in shared and touches(p, other) for p in draft.passages)
        )

    return [other for other in items if other is item or (other.article != item.article and copied(other))]


def _findings(draft: Draft, items: Sequence[Quote] | Sequence[Figure] | Sequence[Commitment]) -> list[Finding]:
    return [finding for finding in draft.findings if any(_stands(finding, item) for item in items)]


def _stands(finding: Finding, item: Quote | Figure | Commitment) -> bool:
    return _cited(finding.evidence, item)


def _cited(evidence: Sequence[Citation], item: Quote | Figure | Commitment) -> bool:
    return any(c.article == item.article and overlap(c, item) for c in evidence)


def _span(item: Figure | Commitment, place: Citation) -> int:
    return max(item.end, place.end) - min(item.start, place.start)


def _shown(value: str | float | None) -> str:
    return f"{value:,.12g}" if isinstance(value, float) else quoted_value(value, "not told")
