"""The matrix of findings by report: which report carries what, and on which side of a dispute it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from accord.renderers import words
from accord.web.views.places import passage_at
from accord.web.views.story import Reading, article_at

if TYPE_CHECKING:
    from accord.records import Citation, Finding

ROOM = 230_000  # bytes of a page of the table
VERDICTS = ("corroborated", "disputed", "single")
KINDS = ("statement", "figure", "quote", "commitment")
GIST = 160
_SIDES = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class Cell:
    """That a report carries a finding: where, and the letter of its side where the finding is disputed."""

    at: str
    told: str
    side: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One finding; `sides` are what the letters in its cells stand for."""

    finding: Finding
    number: int | None
    gist: str
    at: str
    cells: tuple[Cell | None, ...]
    sides: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A link that narrows the table down."""

    name: str
    at: str
    count: int
    on: bool
    verdict: str | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """One page of the table."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    total: int
    first: int
    verdicts: tuple[Filter, ...]
    kinds: tuple[Filter, ...]
    earlier: str | None = None
    later: str | None = None


def matrix(reading: Reading, verdict: str | None = None, kind: str | None = None, page: int = 1) -> Matrix:
    """Return a page of the findings with `verdict` and of `kind`: numbered ones first, by number."""
    found = sorted(
        (f for f in reading.briefing.findings if verdict in (None, f.verdict) and kind in (None, f.kind)),
        key=lambda f: reading.number(f.id) or 1_000_000,
    )
    labels = reading.shown.labels
    begins = _pages(reading, found)
    page = min(max(1, page), len(begins) - 1)
    first, last = begins[page - 1], begins[page]

    def at(verdict: str | None, kind: str | None, page: int = 1) -> str:
        asked = {"verdict": verdict, "kind": kind, "page": page if page > 1 else None}
        asked["corrections"] = "off" if reading.machine else None
        given = {key: value for key, value in asked.items() if value}
        return f"{reading.at}/matrix" + (f"?{urlencode(given)}" if given else "")

    counted = reading.briefing.findings
    return Matrix(
        columns=tuple((label, article_at(article)) for article, label in labels.items()),
        rows=tuple(_row(reading, one, list(labels)) for one in found[first:last]),
        total=len(found),
        first=first + 1 if found else 0,
        verdicts=(
            Filter("all", at(None, kind), sum(kind in (None, f.kind) for f in counted), verdict is None),
            *(
                Filter(v, at(v, kind), sum(f.verdict == v and kind in (None, f.kind) for f in counted), verdict == v, v)
                for v in VERDICTS
            ),
        ),
        kinds=(
            Filter("every kind", at(verdict, None), sum(verdict in (None, f.verdict) for f in counted), kind is None),
            *(
                Filter(
                    words.plural(k, 2),
                    at(verdict, k),
                    sum(f.kind == k and verdict in (None, f.verdict) for f in counted),
                    kind == k,
                )
                for k in KINDS
            ),
        ),
        earlier=at(verdict, kind, page - 1) if page > 1 else None,
        later=at(verdict, kind, page + 1) if last < len(found) else None,
    )


def _pages(reading: Reading, found: Sequence[Finding]) -> list[int]:
    """Return where each page of `found` begins, and where the last one ends."""
    begins, used = [0], 0
    for at, finding in enumerate(found):
        size = 620 + 10 * len(reading.shown.labels) + 175 * len(reading.carriers[finding.id])
        if used + size > ROOM and at > begins[-1]:
            begins.append(at)
            used = 0
        used += size
    return [*begins, len(found)]


def _row(reading: Reading, finding: Finding, articles: Sequence[str]) -> Row:
    sides = sides_of(finding)
    letters = {a: " ".join(letter for letter, _, carriers in sides if a in carriers) for a in articles}
    first: dict[str, Citation] = {}
    for citation in finding.evidence:
        first.setdefault(citation.article, citation)
    cells = [
        _cell(reading.shown.labels[a], passage_at(a, first[a].start, first[a].end), letters.get(a, ""))
        if a in first
        else None
        for a in articles
    ]
    gist = words.trim(reading.numbered[finding.id].text if finding.id in reading.numbered else finding.gist, GIST)
    return Row(
        finding,
        reading.number(finding.id),
        gist or words.trim(finding.gist, GIST),
        reading.finding_at(finding.id),
        tuple(cells),
        tuple((letter, words.trim(value, 80)) for letter, value, _ in sides),
    )


def _cell(label: str, at: str, side: str) -> Cell:
    told = side.replace(" ", " and ")
    return Cell(at, f"{label} carries it" + (f", side {told}" if side else ""), side)


def sides_of(finding: Finding) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the sides of a dispute, each with a letter, its words, and the articles that say so."""
    carriers: dict[str, tuple[str, ...]] = {}
    for difference in finding.differences:
        if not difference.compatible:
            for value in difference.values:
                said = words.plain(value.value)
                carriers[said] = (*carriers.get(said, ()), *value.articles)
    return [(_SIDES[at], said, articles) for at, (said, articles) in enumerate(carriers.items()) if at < len(_SIDES)]


def side_of(finding: Finding, citation: Citation) -> str:
    """Return the letter of the side that a passage is on; "" where its article gives several and its words neither."""
    mine = [(letter, said) for letter, said, articles in sides_of(finding) if citation.article in articles]
    if len(mine) < 2:
        return mine[0][0] if mine else ""
    ranked = sorted(((words.covered(said, by=citation.text), letter) for letter, said in mine), reverse=True)
    clear = ranked[0][0] >= 0.5 and ranked[0][0] > ranked[1][0]
    return ranked[0][1] if clear else ""


def csv_of(reading: Reading, base: str = "") -> bytes:
    """Return all findings as CSV (RFC 4180, UTF-8): a column for each report, with its words where it carries one.

    `base` is what the addresses of findings begin with: "https://room.example".
    """
    import csv
    import io

    from accord.exports.csv import cell

    labels: Mapping[str, str] = reading.shown.labels
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    head = ["id", "number", "kind", "verdict", "between", "gist", "origins", "score", "address", *labels.values()]
    writer.writerow([cell(name, "text") for name in head])
    for finding in reading.briefing.findings:
        carried: dict[str, list[str]] = {}
        for citation in finding.evidence:
            carried.setdefault(citation.article, []).append(citation.text)
        facts = [finding.id, finding.kind, finding.verdict, finding.between, finding.gist]
        told = [cell(fact, "text") for fact in facts]
        told.insert(1, cell(reading.number(finding.id), "integer"))
        told += [cell(finding.origins, "integer"), cell(finding.score, "number")]
        told.append(cell(f"{base}{reading.finding_at(finding.id)}", "text"))
        told += [cell(carried.get(article, []), "texts") for article in labels]
        writer.writerow(told)
    return file.getvalue().encode("utf-8", "replace")
