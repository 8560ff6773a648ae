"""The whole way with real models, on short invented reports: the laws of the design, and input of every bad kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import accord
from accord.cli import app
from accord.pipeline import brief, brief_articles
from accord.records import Article, Briefing, Citation
from accord.renderers import RENDERERS, render

HERALD = """A freight barge sank off the port of Varlund late on Monday, leaving three sailors missing, the port said.

The vessel had been carrying 40 tonnes of fertiliser from Ostrava Bay, according to harbour master Ana Merrick.

“Nobody here has ever seen waves that high,” Merrick told reporters on the quay.

Brask Shipping, the owner of the barge, promised to pay $2 million for the cleaning of the estuary by June.

Divers will go down again on Thursday."""
POST = """Five sailors are missing after a freight barge sank near the port of Varlund on Monday night, officials said.

The barge was loaded with about 40 tonnes of fertiliser, harbour master Ana Merrick said.

“Nobody here has ever seen waves that high,” she said.

Its owner, Brask Shipping, agreed to pay for the cleaning of the estuary but refused to name the crew.

A bakery in Ardley has offered free bread to the rescue teams."""
WIRE = """VARLUND (Reuters) - Rescue teams spent the night looking for the crew of a barge lost off Varlund on Monday.

Harbour master Ana Merrick said the search would continue on Wednesday.

“We shall not stop before every one of them has been found,” Merrick said.

Brask Shipping has not agreed to pay for the cleaning of the estuary, a lawyer for the town said."""
GERMAN = (
    "Ein Frachtkahn ist am Montagabend vor dem Hafen von Varlund gesunken. Drei Seeleute werden nach Angaben der "
    "Behörde noch vermisst, die Suche soll am Donnerstag fortgesetzt werden."
)
ARTICLES = tuple(
    Article(id=outlet.lower(), text=text, outlet=outlet, published="2031-05-07", language="en")
    for outlet, text in (("Herald", HERALD), ("Post", POST), ("Wire", WIRE))
)


@cache
def made(*outlets: str) -> Briefing:
    """Return the briefing on the articles of `outlets`, in that order."""
    known = {article.outlet: article for article in ARTICLES}
    return brief_articles([known[outlet] for outlet in outlets])


@cache
def made_again() -> Briefing:
    return brief_articles(ARTICLES)


def spans(briefing: Briefing) -> Iterable[Any]:
    yield from (*briefing.quotes, *briefing.figures, *briefing.commitments)
    for item in (*briefing.findings, *briefing.timeline):
        yield from item.evidence


def write(folder: Path, **texts: str | bytes) -> list[str]:
    """Write each text to a file of its name, and return the paths."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    return [str(folder / f"{name}.txt") for name in texts]


# laws -----------------------------------------------------------------------------------------------------------------


def test_every_span_is_verbatim() -> None:
    briefing = made("Herald", "Post", "Wire")
    texts = {article.id: article.text for article in briefing.articles}
    found = list(spans(briefing))
    assert len(found) > 20
    assert all(texts[item.article][item.start : item.end] == item.text for item in found)
    assert texts == {article.id: article.text for article in ARTICLES}


def test_every_id_that_is_named_exists() -> None:
    briefing = made("Herald", "Post", "Wire")
    findings = {finding.id for finding in briefing.findings}
    linked = [item.finding for item in (*briefing.quotes, *briefing.figures, *briefing.commitments, *briefing.timeline)]
    assert {link for link in linked if link} <= findings
    assert {finding for sentence in briefing.summary for finding in sentence.findings} <= findings
    assert sorted(article for origin in briefing.origins for article in origin.articles) == ["herald", "post", "wire"]


@pytest.mark.parametrize("order", [("Wire", "Post", "Herald"), ("Post", "Wire", "Herald")])
def test_order_of_reports_does_not_matter(order: tuple[str, ...]) -> None:
    assert render(made(*order), "json") == render(made("Herald", "Post", "Wire"), "json")


@pytest.mark.parametrize("format", sorted(RENDERERS))
def test_the_same_reports_give_the_same_bytes(format: str) -> None:
    assert render(made_again(), format) == render(made("Herald", "Post", "Wire"), format)


def test_document_holds_the_reports_and_verbatim_spans() -> None:
    document = json.loads(render(made("Herald", "Post", "Wire"), "json"))
    texts = {article["id"]: article["text"] for article in document["articles"]}
    cited = [*document["quotes"], *document["figures"], *document["commitments"]]
    cited += [span for item in (*document["findings"], *document["timeline"]) for span in item["evidence"]]
    assert document["schema"] == "accord/briefing@1"
    assert texts["post"] == POST
    assert all(texts[item["article"]][item["start"] : item["end"]] == item["text"] for item in cited)


def test_quotes_have_their_speakers_and_figures_their_values() -> None:
    briefing = made("Herald", "Post", "Wire")
    direct = [quote for quote in briefing.quotes if quote.kind == "direct"]
    assert {(quote.text.rstrip(","), quote.speaker) for quote in direct} == {
        ("Nobody here has ever seen waves that high", "Ana Merrick"),
        ("We shall not stop before every one of them has been found", "Ana Merrick"),
    }
    assert {figure.value for figure in briefing.figures} >= {3.0, 5.0, 40.0, 2e6}
    assert {figure.unit for figure in briefing.figures} >= {"person", "USD"}


def test_what_two_origins_say_is_corroborated_and_what_cannot_both_hold_disputed() -> None:
    findings = made("Herald", "Post", "Wire").findings
    quoted = [finding for finding in findings if any("waves that high" in item.text for item in finding.evidence)]
    assert {finding.verdict for finding in quoted} == {"corroborated"}
    assert any(finding.verdict == "disputed" for finding in findings)


def test_a_report_alone_gives_only_single_findings() -> None:
    findings = made("Herald").findings
    assert len(findings) > 3
    assert {(finding.verdict, finding.origins, finding.between) for finding in findings} == {("single", 1, None)}


def test_two_copies_of_one_report_are_one_origin() -> None:
    copies = [Article(id=id, text=HERALD, outlet=id, published="2031-05-07", language="en") for id in ("east", "west")]
    briefing = brief_articles(copies)
    assert [origin.articles for origin in briefing.origins] == [("east", "west")]
    assert {(finding.verdict, finding.origins) for finding in briefing.findings} == {("single", 1)}
    assert {finding.outlets for finding in briefing.findings} >= {("east", "west")}


# the public function --------------------------------------------------------------------------------------------------


def test_accord_brief_can_be_called_again_and_again(tmp_path: Path) -> None:
    paths = write(tmp_path, herald=HERALD, post=POST)
    config = accord.Config(published="2031-05-07")
    first = accord.brief(paths, config=config)
    second = accord.brief(paths[::-1], config=config)
    assert first == second
    assert [article.outlet for article in first.articles] == ["herald", "post"]
    assert accord.render(first, "text") == render(brief(paths, config=config), "text")


def test_progress_is_told() -> None:
    told: list[tuple[str, int, int]] = []
    brief_articles(ARTICLES[:1], progress=lambda stage, done, total: told.append((stage, done, total)))
    assert told
    assert all(0 <= done <= total == 1 for _, done, total in told)


# bad input ------------------------------------------------------------------------------------------------------------

BAD: dict[str, Callable[[], str | bytes]] = {
    "empty": lambda: b"",
    "blank": lambda: " \n\t\n",
    "german": lambda: GERMAN * 3,
    "noise": lambda: bytes(range(256)) * 40,
    "zeros": lambda: bytes(5000),
    "million": lambda: "The barge sank off Varlund. " * 36_000,
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_named_and_leaves_the_others_alone(tmp_path: Path, kind: str) -> None:
    (good, bad) = write(tmp_path, good=HERALD, bad=BAD[kind]())
    briefing = brief([bad, good])
    assert [article.outlet for article in briefing.articles] == ["good"]
    (rejected,) = briefing.rejected
    assert "bad" in rejected.what
    assert rejected.stage in ("read", "parse", "analyze")
    assert len(rejected.reason.split()) > 3


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_alone_is_status_two_with_a_reason_and_no_trace(tmp_path: Path, kind: str) -> None:
    (bad,) = write(tmp_path, bad=BAD[kind]())
    result = CliRunner().invoke(app, ["brief", bad], prog_name="accord")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert ("bad: " if kind == "german" else "bad.txt: ") in result.stderr  # past parsing, a report is its outlet
    assert "Traceback" not in result.output
    with pytest.raises(accord.NothingToBriefError, match="bad"):
        brief([bad])


@pytest.mark.parametrize(
    "text",
    [
        "Short.",
        "“",
        "“Unclosed quotes go on and on, said the harbour master of Varlund, and then they simply stop.",
        "The barge\u2028sank\u0085off\x0bVarlund \U0001f6a2 on Monday\u200b, the harbour\u00a0office said.",
        "THE BARGE SANK OFF VARLUND ON MONDAY, THE HARBOUR OFFICE SAID. " * 3,
        "The barge sank, and " * 40,
        "1 2 3 4 5 6 7 8 9 10 people of the 12 said that 3 of 4 or 5 in 6 had seen the barge sink.\n" * 5,
    ],
    ids=["word", "mark", "unclosed", "odd spaces", "capitals", "one sentence", "figures"],
)
def test_odd_text_is_briefed_or_named(text: str) -> None:
    odd = Article(id="odd", text=text, outlet="Odd", published="2031-05-07", language="en")
    briefing = brief_articles([odd, ARTICLES[0]])
    assert ("odd" in {article.id for article in briefing.articles}) or briefing.rejected
    texts = {article.id: article.text for article in briefing.articles}
    assert all(texts[item.article][item.start : item.end] == item.text for item in spans(briefing))
    assert render(briefing, "html")


def test_reports_without_a_date_are_briefed() -> None:
    undated = [Article(id=article.id, text=article.text, outlet=article.outlet) for article in ARTICLES[:2]]
    briefing = brief_articles(undated)
    assert briefing.findings
    assert all(isinstance(item, Citation) for finding in briefing.findings for item in finding.evidence)
