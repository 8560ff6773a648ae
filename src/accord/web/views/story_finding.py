"""A finding's own page: its verdict and why, its sides, each passage in its context, and how to cite it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord.renderers import words
from accord.renderers.citing import cite_line, markdown_text, plain_text, standing, text_fragment
from accord.web.filters import web
from accord.web.views.places import passage_at
from accord.web.views.story import Fix, Reading, article_at, numbered_lines
from accord.web.views.story_matrix import side_of, sides_of
from accord.web.views.wordings import Piece, differing

if TYPE_CHECKING:
    from accord.records import Article, Citation, Difference, Finding, Origin, Utterance

FIELDS = {
    "value": "How much",
    "date": "When",
    "place": "Where",
    "actor": "Who",
    "polarity": "Whether it is so",
    "status": "How far",
    "wording": "Wording",
    "detail": "Details that not all give",
}
KINDS = {"quote": "something said", "figure": "a figure", "commitment": "a commitment", "statement": "a statement"}
ROOM = 150_000  # bytes for passages
NEAR = 4
_END = re.compile(r"[.!?…][\"”’')\]]*\s+|\s*[\r\n]\s*")
REACH = 320  # characters around a passage


@dataclass(frozen=True, slots=True)
class Context:
    """A passage with the sentence before and the one after it, each on one line."""

    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One passage that carries the finding, where it stands, who prints it, and the side that it is on."""

    citation: Citation
    article: Article
    label: str
    at: str
    article_at: str
    original: str | None
    origin: Origin | None
    origin_words: str
    context: Context
    side: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """How one report gives an utterance, in pieces, with whether the words of a piece differ from other reports'."""

    label: str
    at: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """Where claims differ: what about, each value with who says so, and whether both can hold."""

    title: str
    values: tuple[tuple[str, str, tuple[str, ...]], ...]
    compatible: bool


@dataclass(frozen=True, slots=True)
class FindingPage:
    """The page; `plain`, `markdown` and `cite` are what can be copied."""

    finding: Finding
    number: int | None
    gist: str
    kind: str
    standing: str
    why: tuple[str, ...]
    apart: tuple[Apart, ...]
    passages: tuple[Shown, ...]
    more: int
    said: tuple[tuple[Said, ...], ...]
    silent: tuple[tuple[str, str], ...]
    before: tuple[int | None, str] | None
    after: tuple[int | None, str] | None
    near: tuple[tuple[int | None, str, str], ...]
    plain: str
    markdown: str
    cite: str
    fixes: tuple[Fix, ...]


def finding_page(reading: Reading, finding: Finding, absolute: Callable[[str], str]) -> FindingPage:
    """Return the page of one finding of the story; `absolute` makes an address that can be pasted elsewhere."""
    passages, more = _passages(reading, finding)
    carriers = {citation.article for citation in finding.evidence}

    def address(citation: Citation) -> str:
        return absolute(passage_at(citation.article, citation.start, citation.end))

    order = [line.findings[0] for line in numbered_lines(reading.shown)]
    at = order.index(finding.id) if finding.id in order else -1
    day = (reading.line.updated or "")[:10] or None
    return FindingPage(
        finding=finding,
        number=reading.number(finding.id),
        gist=words.plain(finding.gist),
        kind=KINDS[finding.kind],
        standing=standing(finding),
        why=why(reading, finding),
        apart=tuple(_apart(reading, d, sides_of(finding)) for d in finding.differences if d.field != "wording"),
        passages=passages,
        more=more,
        said=tuple(_said(reading, one) for one in _utterances(reading, finding)),
        silent=tuple((label, article_at(a)) for a, label in reading.shown.labels.items() if a not in carriers),
        before=_step(reading, order[at - 1]) if at > 0 else None,
        after=_step(reading, order[at + 1]) if 0 <= at < len(order) - 1 else None,
        near=tuple(_near(reading, finding)),
        plain=plain_text(reading.briefing, finding, address),
        markdown=markdown_text(reading.briefing, finding, address),
        cite=cite_line(reading.title, finding, absolute(f"{reading.at}/findings/{finding.id}"), day),
        fixes=tuple(reading.fixed_finding(finding.id)),
    )


def why(reading: Reading, finding: Finding) -> tuple[str, ...]:
    """Return the reasons of a verdict in plain words: the rule first, then what accord rests it on."""
    carriers = list(dict.fromkeys(citation.article for citation in finding.evidence))
    counted = f"{len(carriers)} {words.plural('report', len(carriers))}"
    origins = f"{finding.origins} {words.plural('origin', finding.origins)}"
    if finding.verdict == "corroborated":
        rule = f"{counted} from {origins} carry it, and what they say is compatible."
    elif finding.verdict == "single" and len(carriers) > 1:
        rule = f"{counted} carry it, but they share one text: they count as one origin."
    elif finding.verdict == "single":
        rule = "One report carries it; no other does."
    elif finding.between == "speakers":
        rule = "Named sides contradict each other; the reports only pass that on."
    else:
        rule = "Reports say what cannot both hold as it is written."
    return (rule, *(_reason(one) for one in finding.reasons))


def context(text: str, start: int, end: int) -> Context:
    """Return the passage with the rest of its sentence and one sentence on each side; "¶" stands where paragraphs end.

    context("It rained. The dam held. Nobody slept. Dawn came.", 11, 24)
    -> Context("It rained. ", "The dam held.", " Nobody slept.")
    """
    low, high = max(0, start - REACH), min(len(text), end + REACH)
    ends = [low + found.end() for found in _END.finditer(text[low:start])]
    left = ends[-2] if len(ends) > 1 else low
    cut = left == low and low > 0
    while cut and left < start and not text[left - 1].isspace():
        left += 1
    begin = max(low, end - 1)
    rest = [begin + found.end() for found in _END.finditer(text[begin:high])]
    right = rest[1] if len(rest) > 1 else high
    more = right == high < len(text)
    while more and right > end and not text[right].isspace():
        right -= 1
    before, after = _inline(text[left:start]), _inline(text[end:right].rstrip())
    return Context(
        ("… " if cut and before.strip() else "") + before.lstrip(" ¶"),
        words.plain(text[start:end]),
        after + (" …" if more and after.strip() else ""),
    )


def _inline(text: str) -> str:
    """Return words on one line, paragraphs parted by "¶", with a space at either end where there is one."""
    said = " ¶ ".join(part for line in text.splitlines() if (part := words.plain(line)))
    if not said:
        return " " if text else ""
    head = " ¶ " if text.lstrip(" ")[:1] in "\r\n" else " " if text[0].isspace() else ""
    tail = " ¶ " if text.rstrip(" ")[-1:] in "\r\n" else " " if text[-1].isspace() else ""
    return head + said + tail


def _passages(reading: Reading, finding: Finding) -> tuple[tuple[Shown, ...], int]:
    shown: list[Shown] = []
    room = ROOM
    for citation in finding.evidence:
        article = reading.articles.get(citation.article)
        if article is None:
            continue
        around = context(article.text, citation.start, citation.end)
        room -= 700 + len(around.before) + len(around.text) + len(around.after)
        if room < 0:
            break
        original = web(article.url)
        report = next(report for report in reading.shown.reports if report.article.id == article.id)
        shown.append(
            Shown(
                citation,
                article,
                reading.shown.labels[article.id],
                passage_at(article.id, citation.start, citation.end),
                article_at(article.id),
                original + text_fragment(citation.text) if original and "#" not in original else original,
                reading.origins.get(article.id),
                report.origin,
                around,
                side_of(finding, citation),
            )
        )
    shown.sort(key=lambda one: one.side or "Z")
    return tuple(shown), len(finding.evidence) - len(shown)


def _apart(reading: Reading, difference: Difference, sides: Iterable[tuple[str, str, tuple[str, ...]]]) -> Apart:
    letters = {said: letter for letter, said, _ in sides}
    labels = reading.shown.labels
    values = []
    for value in difference.values:
        said = words.plain(value.value)
        names = tuple(labels[a] for a in labels if a in value.articles)
        values.append(("" if difference.compatible else letters.get(said, ""), said, names))
    return Apart(FIELDS.get(difference.field, difference.field), tuple(values), difference.compatible)


def _utterances(reading: Reading, finding: Finding) -> list[Utterance]:
    spans = [(c.article, c.start, c.end) for c in finding.evidence]
    ids = {q.utterance for q in reading.briefing.quotes if q.finding == finding.id and q.utterance}
    return [
        one
        for one in reading.briefing.utterances
        if one.id in ids or any(q.article == a and q.start < e and s < q.end for q in one.quotes for a, s, e in spans)
    ]


def _said(reading: Reading, utterance: Utterance) -> tuple[Said, ...]:
    quotes = [one for one in utterance.quotes if one.article in reading.shown.labels]
    pieces = differing([words.plain(one.text) for one in quotes])
    return tuple(
        Said(reading.shown.labels[one.article], passage_at(one.article, one.start, one.end), each)
        for one, each in zip(quotes, pieces, strict=True)
    )


def _near(reading: Reading, finding: Finding) -> list[tuple[int | None, str, str]]:
    """Return other findings whose evidence stands in the same sentences or next to it."""
    spans = [(c.article, c.start - 200, c.end + 200) for c in finding.evidence]
    found = []
    for one in reading.briefing.findings:
        if one.id != finding.id and reading.number(one.id) is not None:
            near = sum(c.article == a and c.start < e and s < c.end for c in one.evidence for a, s, e in spans)
            if near:
                found.append((-near, reading.number(one.id) or 0, one.id))
    return [(n, words.trim(reading.gist_of(i), 140), reading.finding_at(i)) for _, n, i in sorted(found)[:NEAR]]


def _step(reading: Reading, finding: str) -> tuple[int | None, str]:
    return reading.number(finding), reading.finding_at(finding)


def _reason(reason: str) -> str:
    said = words.plain(reason)
    return said[:1].upper() + said[1:] + ("" if said.endswith(".") else ".")
