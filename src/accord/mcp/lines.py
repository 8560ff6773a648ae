"""Briefings and answers as Markdown, a line each, every one with the passages that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from accord.mcp import answers
from accord.records import Article, Briefing, Citation, Finding, Verdict
from accord.renderers.words import trim

WORDS: Mapping[str, str] = {"corroborated": "agreed", "disputed": "disputed", "single": "one origin only"}
HEADINGS: Mapping[Verdict, str] = {
    "disputed": "Disputed",
    "corroborated": "Agreed by two origins or more",
    "single": "From one origin only",
}
_WIDE = 320
_SHORT = 160
_CITED = 4


def part(lines: Sequence[str], offset: int, size: int) -> tuple[str, int | None]:
    """Return the lines from `offset` on, as many as fit into `size` characters, and the offset of what comes after."""
    end, left = offset, size
    while end < len(lines) and (end == offset or left >= len(lines[end]) + 1):
        left -= len(lines[end]) + 1
        end += 1
    return "\n".join(lines[offset:end]), end if end < len(lines) else None


def briefing_lines(briefing: Briefing) -> list[str]:
    """Return a briefing as Markdown: what is in short, disputed, agreed, alone; who said what; what was promised."""
    of = {article.id: article for article in briefing.articles}
    origins = f"{len(briefing.origins)} origin{'' if len(briefing.origins) == 1 else 's'}"
    lines = [f"# {trim(briefing.title, _WIDE)}", f"{len(of)} report{'' if len(of) == 1 else 's'} from {origins}."]
    if briefing.summary:
        told = (f"- {trim(one.text, _WIDE)} (findings {', '.join(one.findings)})" for one in briefing.summary)
        lines += ["## In short", *told]
    for verdict, heading in HEADINGS.items():
        found = [finding for finding in briefing.findings if finding.verdict == verdict]
        if found:
            lines += [f"## {heading} ({len(found)})", *(_finding(finding, of) for finding in found)]
    if briefing.quotes:
        lines += ["## Who said what"]
        for quote in briefing.quotes:
            said = f"“{trim(quote.text, _WIDE)}”" if quote.kind != "indirect" else trim(quote.text, _WIDE)
            cite = where(Citation(quote.article, quote.start, quote.end, quote.text), of)
            lines.append(f"- {quote.speaker or 'nobody named'}: {said} ({cite})")
    if briefing.commitments:
        lines += ["## Commitments"]
        for one in briefing.commitments:
            due = f", due {one.due_date or one.due}" if one.due_date or one.due else ""
            cite = where(Citation(one.article, one.start, one.end, one.text), of)
            lines.append(f"- {one.who or 'nobody named'} ({one.strength}): {trim(one.what, _WIDE)}{due} ({cite})")
    if briefing.timeline:
        lines += ["## Timeline"]
        lines += [f"- {one.date}: {trim(one.gist, _WIDE)} ({_cites(one.evidence, of)})" for one in briefing.timeline]
    lines += ["## Reports", *(_report(article, briefing) for article in briefing.articles)]
    if briefing.rejected:
        lines += [
            "## Left out",
            *(f"- {trim(one.what, _SHORT)}: {trim(one.reason, _WIDE)}" for one in briefing.rejected),
        ]
    return lines


def _finding(finding: Finding, of: Mapping[str, Article]) -> str:
    sides = "".join(f"; {each}" for each in _sides(finding, of)) if finding.verdict == "disputed" else ""
    return f"- {trim(finding.gist, _WIDE)}{sides} [finding {finding.id}] ({_cites(finding.evidence, of)})"


def _sides(finding: Finding, of: Mapping[str, Article]) -> Iterator[str]:
    for one in finding.differences:
        if not one.compatible:
            values = (
                f"{trim(value.value, _SHORT)} ({', '.join(dict.fromkeys(_outlet(a, of) for a in value.articles))})"
                for value in one.values
            )
            yield f"{one.field}: {' | '.join(values)}"


def _cites(evidence: Sequence[Citation], of: Mapping[str, Article]) -> str:
    told = [f"{where(one, of)} “{trim(one.text, _SHORT)}”" for one in evidence[:_CITED]]
    more = len(evidence) - _CITED
    return "; ".join([*told, *([f"and {more} more"] if more > 0 else [])])


def where(one: Citation, of: Mapping[str, Article]) -> str:
    """Return where a passage stands: "Halmar Post, 2031-05-04, article b 10-42, https://post.example/b"."""
    article = of.get(one.article)
    facts = (
        _outlet(one.article, of),
        article.published if article else None,
        f"article {one.article} {one.start}-{one.end}",
    )
    return ", ".join(fact for fact in (*facts, article.url if article else None) if fact)


def _outlet(identity: str, of: Mapping[str, Article]) -> str:
    return trim(of[identity].outlet, _SHORT) if identity in of else identity


def _report(article: Article, briefing: Briefing) -> str:
    origin = next((one for one in briefing.origins if article.id in one.articles), None)
    facts = (trim(article.title or "", _SHORT), article.published, f"article {article.id}", article.url)
    told = ", ".join(fact for fact in facts if fact)
    return (
        f"- {trim(article.outlet, _SHORT)}: {told}{f' ({origin.kind}: {trim(origin.why, _SHORT)})' if origin else ''}"
    )


# answers --------------------------------------------------------------------------------------------------------------


def placed(one: answers.Cited) -> str:
    """Return where a passage of an answer stands."""
    facts = (
        one.outlet,
        one.published,
        one.title and trim(one.title, _SHORT),
        f"article {one.article} {one.start}-{one.end}",
    )
    return ", ".join(fact for fact in (*facts, one.url) if fact)


def hits(found: answers.Hits) -> list[str]:
    """Return what a search found."""
    lines = []
    for hit in found.hits:
        words = f"“{hit.text}”" if hit.quoted else hit.text
        kind = "said" if hit.kind == "quote" and not hit.quoted else hit.kind
        story = f", story {hit.story}" if hit.story else ""
        lines.append(f"- {kind}{f', {hit.speaker}' if hit.speaker else ''}: {words} ({placed(hit)}{story})")
    return lines or ["Nothing was found. Try fewer or other words, or leave a filter out."]


def stories(found: Iterable[answers.Story]) -> list[str]:
    """Return stories."""
    lines = []
    for one in found:
        days = " to ".join(dict.fromkeys(day for day in (one.first, one.last) if day))
        counts = f"{one.agreed} agreed, {one.disputed} disputed, {one.one_origin} from one origin only"
        state = "not briefed so far" if one.updated is None else counts + (", out of date" if one.stale else "")
        outlets = ", ".join(one.outlets[:8]) + (f" and {len(one.outlets) - 8} more" if len(one.outlets) > 8 else "")
        lines.append(f"- {one.title} ({days or 'no day'}; {outlets}; {one.origins} origins; {state}) [story {one.id}]")
    return lines or ["There are no such stories."]


def finding(one: answers.Finding) -> list[str]:
    """Return a finding with its evidence."""
    told = WORDS.get(one.verdict, one.verdict) + (f" between {one.between}" if one.between else "")
    lines = [f"{one.gist}", f"{told}; {one.origins} origins; story {one.story}; finding {one.id}"]
    if not one.current:
        by = f"; its passages are in {', '.join(one.now)} by now" if one.now else ""
        lines.append(f"Its story does not have it any more{by}.")
    for each in one.differences:
        sides = " | ".join(f"{value.value} (articles {', '.join(value.articles)})" for value in each.values)
        lines.append(f"- {each.field} {'differs, both can hold' if each.compatible else 'is disputed'}: {sides}")
    return [*lines, *(f"- “{each.text}” ({placed(each)})" for each in one.evidence)]


def entries(found: Iterable[answers.Entry]) -> list[str]:
    """Return entries of the ledger with what reports say of them."""
    lines = []
    for one in found:
        to = f" to {one.to_whom}" if one.to_whom else ""
        due = f", due {one.due_date or one.due}" if one.due_date or one.due else ""
        lines.append(f"- {one.who or 'nobody named'}{to}: {one.what}{due}. {one.status}: {one.rule} [entry {one.id}]")
        lines += [f"  - {each.says}: “{each.text}” ({placed(each)})" for each in one.lines]
        if one.reports > len(one.lines):
            lines.append(f"  - {one.reports} reports in all: ask for entry {one.id}")
    return lines or ["There are no such commitments."]


def changes(found: Iterable[answers.Change]) -> list[str]:
    """Return changes with their evidence."""
    lines = []
    for one in found:
        change = " -> ".join(said for said in (one.before, one.after) if said)
        about = f", finding {one.finding}" if one.finding else f", article {one.article}" if one.article else ""
        lines.append(
            f"- {one.at or ''} {one.kind}: {one.gist}{f' ({change})' if change else ''} [story {one.story}{about}]"
        )
        lines += [f"  - “{each.text}” ({placed(each)})" for each in one.evidence]
    return lines or ["Nothing has changed like that."]


def passage(one: answers.Passage, *, cut: bool = False) -> list[str]:
    """Return a passage with what stands around it, the passage itself between ⟦ and ⟧, and where the report ends.

    `cut`: more was asked for than is answered at once.
    """
    lines = [placed(one), f"{one.before}⟦{one.text}⟧{one.after}"]
    if one.end == one.characters:
        lines.append(f"The report ends here, at {one.end}.")
    elif cut:
        lines.append(f"Cut at {one.end} of {one.characters} characters: for more ask again with start {one.end}.")
    if one.gone:
        lines.append(f"The outlet took this report down ({one.gone}).")
    elif one.superseded:
        lines.append("A later version of this report is held.")
    return lines
