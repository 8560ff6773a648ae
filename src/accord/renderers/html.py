"""Renders a `Briefing` as one self-contained HTML page: briefing on the left, reports side by side on the right.

The page loads nothing and runs nothing but its own script: its content security policy names the hashes of its one
style and one script. All text of the reports is escaped by Jinja.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from accord.records import Briefing
from accord.renderers import words
from accord.renderers.marks import anchor, paragraphs
from accord.renderers.outline import Line, Outline, Report, cited, unshown
from accord.renderers.outliner import outline

if TYPE_CHECKING:
    from jinja2 import Template

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # no page may hold them
FEW_REPORTED = 3  # reported statements of one speaker that are not folded
NAMES = {"corroborated": "agreed", "disputed": "disputed", "single": "single", None: ""}
VERDICTS = {"corroborated": "agreed", "disputed": "disputed", "single": "from one origin only", None: ""}


def render(briefing: Briefing) -> str:
    """Return the page with a newline at its end."""
    from markupsafe import Markup

    from accord.renderers import pictures

    shown = outline(briefing)
    style, script = _read("briefing.css"), _read("briefing.js")
    lines = list(_marked(shown))
    index = {article: at for at, article in enumerate(shown.labels)}
    page = _template().render(
        shown=shown,
        policy=_policy(style, script),
        style=Markup(style),
        script=Markup(script),
        matrix=Markup(pictures.matrix(shown)),
        timeline=Markup(pictures.timeline(shown)),
        rows=list(_numbered(shown)),
        drawn=len(pictures.matrix_rows(shown)),
        reports=[(report, paragraphs(report.article, at, lines)) for at, report in enumerate(shown.reports)],
        sections=_sections(shown),
        agreed=_agreed_count(shown),
        single=_single_count(shown),
        names=NAMES,
        verdicts=VERDICTS,
        facts=_facts,
        link=_link,
        carriers=lambda line: cited(shown.labels, line.evidence),
        unshown=unshown(shown),
        few=FEW_REPORTED,
        citations=lambda line, articles: [
            (shown.labels[article], anchor(line.key, at))
            for article, at in index.items()
            if any(c.article == article for c in line.evidence) and (articles is None or article in articles)
        ],
    )
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", page.rstrip()).encode("utf-8", "replace").decode() + "\n"


def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("accord.renderers")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("briefing.html")


def _read(name: str) -> str:
    from importlib import resources

    return (resources.files("accord.renderers") / "templates" / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Return a content security policy under which only this style and this script take effect."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _numbered(shown: Outline) -> Iterable[Line]:
    yield from (line for line in shown.lead.lines if line.number)
    yield from shown.agreed.lines
    yield from (dispute.line for dispute in shown.disputed)
    for group in shown.single:
        yield from group.lines


def _marked(shown: Outline) -> Iterable[Line]:
    """Return every line that can be marked in the reports, findings first."""
    yield from _numbered(shown)
    yield from (line for line in shown.lead.lines if not line.number)
    for speaker in shown.speakers:
        yield from speaker.lines
    for group in (shown.figures, shown.commitments, shown.timeline):
        yield from group.lines


def _agreed_count(shown: Outline) -> str:
    lead = [line.number for line in shown.lead.lines if line.number and line.verdict == "corroborated"]
    return f"{len(shown.agreed.lines)}" + (f" · {words.ranges(lead)} in the lead" if lead else "")


def _single_count(shown: Outline) -> str:
    count, elsewhere = sum(len(group.lines) for group in shown.single), shown.single_elsewhere
    return f"{count}" + (f" · {elsewhere} more under quotes and commitments" if elsewhere else "")


def _sections(shown: Outline) -> list[tuple[str, str, int]]:
    """Return the id, title and number of lines of the sections that have any."""
    sections = [
        ("agreed", "Agreed", len(shown.agreed.lines)),
        ("disputed", "Disputed", len(shown.disputed)),
        ("single", "One origin", sum(len(group.lines) for group in shown.single)),
        ("speakers", "Quotes", sum(len(speaker.lines) for speaker in shown.speakers)),
        ("figures", "Figures", len(shown.figures.lines)),
        ("commitments", "Commitments", len(shown.commitments.lines)),
        ("timeline", "Timeline", len(shown.timeline.lines)),
        ("outlets", "Outlets", len(shown.reports)),
        ("rejected", "Left out", len(shown.rejected.lines)),
    ]
    return [section for section in sections if section[2]]


def _facts(report: Report) -> list[str]:
    facts = [report.published, f"{words.number(report.words)} words", report.origin, *report.credits]
    return [fact for fact in facts if fact]


def _link(report: Report) -> str | None:
    """Return where the report was published if that is on the web; no other scheme is linked."""
    url = report.article.url or ""
    return url if url.lower().startswith(("https://", "http://")) else None
