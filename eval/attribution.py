"""Score attribution on PolNeAR: source, cue and content as exact spans, links, and the kinds of quotes apart.

    python eval/attribution.py [--data FILE] [--model FILE] [--floors] [--show N]

Units: by CofeNet's rule (Wang et al., COLING 2022) a unit is a line of the article, a span is a labelled stretch of one
line, each annotator's row of a document is counted, and figures are micro averages over spans; overlapping spans are
flattened as in labels. "Whole articles" does not flatten, and takes all pieces of one content as one item. Links: of
the gold contents that are found exactly, how many have the exact gold source (or none, if gold has none).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from accord.models.attribution import MODEL, SHA256, attribute
from attribution_data import KINDS, POLNEAR, Attribution, Document, flat, load

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "eval" / "attribution-floors.json"
PUBLISHED = {
    "rules": (10.7, 22.8, 5.6),
    "CRF": (50.6, 53.4, 28.6),
    "BiLSTM": (64.1, 63.3, 53.4),
    "BERT-base": (81.1, 74.0, 68.9),
    "BERT-base + CofeNet": (83.2, 75.3, 72.9),
}
HOW = ("direct", "mixed", "indirect")
Finder = Callable[[Document], list[Attribution]]


@dataclass
class Tally:
    """Counts of one measure: `hits` of `gold` and `found` items."""

    hits: int = 0
    gold: int = 0
    found: int = 0

    def add(self, gold: set, found: set) -> None:
        """Count exact matches of two sets."""
        self.hits += len(gold & found)
        self.gold += len(gold)
        self.found += len(found)

    @property
    def scores(self) -> tuple[float, float, float]:
        """Precision, recall and F1, times 100."""
        p, r = self.hits / max(1, self.found), self.hits / max(1, self.gold)
        return 100 * p, 100 * r, 200 * self.hits / max(1, self.gold + self.found)

    def row(self, name: str) -> str:
        """Return a line of a Markdown table."""
        p, r, f = self.scores
        return f"| {name} | {p:.1f} | {r:.1f} | **{f:.1f}** | {self.hits} | {self.gold} | {self.found} |"


@dataclass
class Report:
    """The tallies of one finder over documents."""

    units: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    whole: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    how: dict[str, Tally] = field(default_factory=lambda: {how: Tally() for how in HOW})
    linked: int = 0
    linkable: int = 0
    picked: int = 0
    pickable: int = 0


def how_quoted(text: str, content: Sequence[tuple[int, int]]) -> str:
    """Return direct, mixed or indirect: whether quotation marks hold all, some or nothing of the words."""
    inside, outside = 0, 0
    for start, end in content:
        open_ = text.count("“", 0, start) > text.count("”", 0, start) if "“" in text else text.count('"', 0, start) % 2
        open_ = bool(open_) and "\n" not in text[text.rfind("“" if "“" in text else '"', 0, start) : start]
        for character in text[start:end]:
            if character in "“”" or character == '"':
                open_ = character == "“" or (character == '"' and not open_)
            elif character.isalnum():
                inside, outside = inside + open_, outside + (not open_)
    return "indirect" if not inside else "mixed" if outside > 0.05 * inside else "direct"


def score(documents: Iterable[Document], find: Finder, *, show: int = 0) -> Report:
    """Return the tallies of `find` over all annotations of `documents`."""
    report = Report()
    for document in documents:
        found = find(document)
        spans = flat(found)
        for annotation in document.annotations:
            gold_spans = flat(annotation)
            for kind in KINDS:
                of_kind = [{span for k, span in each if k == kind} for each in (gold_spans, spans)]
                report.units[kind].add(*of_kind)
                if kind == "content":
                    items = [{a.content for a in each if a.content} for each in (annotation, found)]
                else:
                    items = [{span for a in each for span in getattr(a, kind)} for each in (annotation, found)]
                report.whole[kind].add(*items)
                if kind == "content":
                    _show(document, of_kind, show)
            for how in HOW:
                report.how[how].add(
                    *(
                        {s for a in each for s in a.content if a.content and how_quoted(document.text, [s]) == how}
                        for each in (annotation, found)
                    )
                )
            _links(report, annotation, found)
    return report


def _links(report: Report, annotation: Sequence[Attribution], found: Sequence[Attribution]) -> None:
    """Count the gold contents that were found exactly, and those of them with the gold source and cue."""
    sources = {span for a in found for span in a.source}
    by_content = {span: a for a in found for span in a.content}
    for gold in annotation:
        for span in gold.content:
            if span not in by_content:
                continue
            report.linkable += 1
            right = by_content[span].source == gold.source
            report.linked += right
            if gold.source and set(gold.source) <= sources:
                report.pickable += 1
                report.picked += right


def _show(document: Document, sets: Sequence[set], limit: int) -> None:
    gold, found = sets
    for name, spans in (("missed", gold - found), ("invented", found - gold)):
        for start, end in sorted(spans)[:limit]:
            print(f"  {document.id[:40]} {name}: {document.text[start:end]!r}")


def by_model(model: Path, threads: int) -> Finder:
    """Return what finds attributions with the model alone."""
    sha256 = SHA256 if model == MODEL else _sha256(model)

    def find(document: Document) -> list[Attribution]:
        found = attribute(document.text, document.paragraphs, threads=threads, model=model, sha256=sha256)
        return [Attribution((a.source,) if a.source else (), (a.cue,) if a.cue else (), a.content) for a in found]

    return find


def _sha256(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()


def by_analysis(*, model: bool, threads: int) -> Finder:
    """Return what finds attributions as accord's analysis does, with the model or with the rules alone.

    PolNeAR counts the marks, and a comma before the closing one, as content; a quote's own span leaves them out.
    """
    from accord.analyze import attributed, language, names, quotes, sentences
    from accord.analyze.reading import Reading
    from accord.records import Article

    def find(document: Document) -> list[Attribution]:
        article = Article(id=document.id, text=document.text, outlet="", published="2016-09-15", language="en")
        split = sentences.find_sentences(article)
        reading = Reading(article, split, language.parse(article.text, split))
        given = attribute(article.text, attributed.running_paragraphs(split), threads=threads) if model else []
        found = quotes.find_quotes(reading, names.find_names(reading), given)
        return [
            Attribution(
                ((q.source.start, q.source.end),) if q.source else (),
                ((q.cue_span.start, q.cue_span.end),) if q.cue_span else (),
                tuple((piece.start, piece.end) for piece in q.content),
            )
            for q in found
        ]

    return find


def table(report: Report) -> str:
    """Return the tallies as Markdown."""
    head = "| | P | R | F1 | hits | gold | found |\n| --- | --- | --- | --- | --- | --- | --- |"
    lines = ["By CofeNet's rule", "", head, *(report.units[kind].row(kind) for kind in KINDS)]
    lines += ["", "Over whole articles", "", head, *(report.whole[kind].row(kind) for kind in KINDS)]
    lines += ["", "Content by kind", "", head, *(report.how[how].row(how) for how in HOW)]
    lines += [
        "",
        f"Links: {report.linked} of {report.linkable} contents found exactly have the gold source"
        f" ({100 * report.linked / max(1, report.linkable):.1f}%);"
        f" where that source was found, {report.picked} of {report.pickable}"
        f" ({100 * report.picked / max(1, report.pickable):.1f}%).",
    ]
    return "\n".join(lines)


def main() -> int:
    """Print the tables; with --floors, fail when a figure is under its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=POLNEAR / "dev.jsonl.gz")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--alone", action="store_true", help="the model alone: the analysis takes most of the time")
    parser.add_argument("--floors", action="store_true", help="print one line, and fail under a floor")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print up to N wrong contents a document")
    args = parser.parse_args()
    if not args.data.exists():
        print(f"attribution: not measured, {args.data} is not here")
        return 0
    documents = load(args.data)
    report = score(documents, by_model(args.model, args.threads), show=args.show)
    figures = {kind: round(report.units[kind].scores[2], 1) for kind in KINDS}
    if args.floors:
        floors = json.loads(FLOORS.read_text())
        low = {kind: (figures[kind], floor) for kind, floor in floors.items() if figures[kind] < floor}
        print(f"attribution: {figures}" + (f" UNDER THE FLOOR: {low}" if low else ""))
        return 1 if low else 0
    print(f"# Model alone, {args.data.name}: {len(documents)} documents\n\n{table(report)}", flush=True)
    if not args.alone:
        for name, model in (("Rules and model together: accord's quotes", True), ("Rules alone", False)):
            print(
                f"\n# {name}\n\n{table(score(documents, by_analysis(model=model, threads=args.threads)))}", flush=True
            )
    print("\n# Published, on the test part, exact span F1\n\n| | source | cue | content |\n| --- | --- | --- | --- |")
    for name, row in PUBLISHED.items():
        print(f"| {name} | " + " | ".join(f"{value:.1f}" for value in row) + " |")
    print("| this model | " + " | ".join(f"{figures[kind]:.1f}" for kind in KINDS) + f" | ({args.data.name})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
