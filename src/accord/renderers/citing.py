"""Renders one finding with its citations, as people paste it: plain text, Markdown, and a line to cite it by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import quote

from accord.records import Article, Briefing, Citation, Finding, Value
from accord.renderers import words
from accord.renderers.markdown import escape
from accord.renderers.outline import outlet_labels

VERDICTS = {"corroborated": "agreed", "disputed": "disputed", "single": "one origin only"}
Address = Callable[[Citation], str]


def plain_text(briefing: Briefing, finding: Finding, address: Address) -> str:
    """Return the finding, its verdict, and each passage with outlet, title, day and `address`, as plain text.

    Eleven boats were lost off Osk Point. (agreed: 2 origins)
    [1] Harbour Gazette, "Storm", 4 May 2031: "Eleven boats were lost" https://room.example/articles/a#c0-22
    """
    by_id = {article.id: article for article in briefing.articles}
    lines = [f"{_stop(words.plain(finding.gist))} ({standing(finding)})"]
    lines += [f"{words.plain(d.field)}: {_values(briefing, d.values)}" for d in finding.differences if not d.compatible]
    for at, citation in enumerate(finding.evidence, 1):
        if article := by_id.get(citation.article):
            lines.append(f"[{at}] {_place(article)}: “{words.plain(citation.text)}” {address(citation)}")
    return "\n".join(lines) + "\n"


def markdown_text(briefing: Briefing, finding: Finding, address: Address) -> str:
    """Return the same as CommonMark, every character of the reports escaped."""
    by_id = {article.id: article for article in briefing.articles}
    lines = [f"{escape(_stop(words.plain(finding.gist)))} *({standing(finding)})*", ""]
    for difference in finding.differences:
        if not difference.compatible:
            lines.append(f"- {escape(difference.field)}: {escape(_values(briefing, difference.values))}")
    for citation in finding.evidence:
        if article := by_id.get(citation.article):
            lines.append(f"- [{escape(_place(article))}](<{address(citation)}>): “{escape(citation.text)}”")
    return "\n".join(lines) + "\n"


def cite_line(title: str, finding: Finding, address: str, day: str | None) -> str:
    """Return how the finding itself is cited: title, gist, accord, the day it was briefed, its address."""
    told = f"briefed {day}, " if day else ""
    return f"“{words.trim(finding.gist, 160)}”, in “{words.trim(title, 120)}”, accord, {told}{address}"


def standing(finding: Finding) -> str:
    """Return the verdict in words: "agreed: 3 origins", "disputed between reports", "one origin only"."""
    if finding.verdict == "disputed":
        return f"disputed between {finding.between}" if finding.between else "disputed"
    if finding.verdict == "corroborated":
        return f"agreed: {finding.origins} {words.plural('origin', finding.origins)}"
    return VERDICTS[finding.verdict]


def text_fragment(text: str) -> str:
    """Return the text directive that leads a browser to `text` on the page that holds it (WICG Scroll To Text).

    text_fragment("The harbour is shut") -> "#:~:text=The%20harbour%20is%20shut"
    """
    said = words.plain(text)
    parts = said.split(" ")
    if len(parts) > 12:
        return f"#:~:text={_part(' '.join(parts[:5]))},{_part(' '.join(parts[-5:]))}"
    return f"#:~:text={_part(said)}"


def _part(said: str) -> str:
    return quote(said.encode("utf-8", "replace"), safe="").replace("-", "%2D")


def _place(article: Article) -> str:
    parts = [words.plain(article.outlet), f"“{words.plain(article.title)}”" if article.title else "", article.published]
    return ", ".join(part for part in parts if part)


def _values(briefing: Briefing, values: Iterable[Value]) -> str:
    labels = outlet_labels(briefing.articles)
    said = []
    for value in values:
        names = ", ".join(labels[a] for a in labels if a in value.articles)
        said.append(f"“{words.plain(value.value)}”" + (f" [{names}]" if names else ""))
    return "; ".join(said)


def _stop(said: str) -> str:
    return said if said.endswith((".", "!", "?", "”", '"', "…")) else said + "."
