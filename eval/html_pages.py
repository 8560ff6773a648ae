"""Score the text and the metadata that accord takes out of real pages, beside trafilatura's own text.

    python eval/html_pages.py [--misses] [--floors] [--no-peers]

Text: each page of ../shared/data/html names segments that must come out and segments that must not. A wanted segment
that is found is a true positive, one that is missing a false negative; an unwanted one that is found a false positive.
Metadata: title, day and outlet of 40 pages, read off the pages by hand (html-metadata.json). `pages/s` is the time of
the same pages, one after the other, in the same process: trust its ratios. With --misses the segments and facts that
are wrong are listed. Exit status 1 where accord's F is under the best of trafilatura's own (--floors).
"""

from __future__ import annotations

import argparse
import json
import sys
import tarfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trafilatura
from trafilatura.meta import reset_caches

from accord.parse import parse
from accord.parse.naming import squeezed
from accord.records import Page

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "html"
FACTS = Path(__file__).with_name("html-metadata.json")


@dataclass(slots=True)
class Tally:
    """Segments right and wrong over all pages, the seconds it took, and what went wrong where."""

    tp: int = 0
    fn: int = 0
    fp: int = 0
    tn: int = 0
    seconds: float = 0.0
    misses: list[str] = field(default_factory=list)

    def add(self, file: str, text: str, expected: dict[str, Any]) -> None:
        for wanted, segments in ((True, expected["with"]), (False, expected["without"])):
            for segment in segments:
                found = segment in text
                self.tp += wanted and found
                self.fn += wanted and not found
                self.fp += not wanted and found
                self.tn += not wanted and not found
                if wanted != found:
                    self.misses.append(f"{file}: {'missing' if wanted else 'kept'}: {segment}")

    @property
    def scores(self) -> tuple[float, float, float]:
        precision = self.tp / max(self.tp + self.fp, 1)
        recall = self.tp / max(self.tp + self.fn, 1)
        return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def with_accord(html: bytes, url: str) -> str:
    articles, _ = parse(Page(html, url, "text/html"))
    return articles[0].text if articles else ""


def with_trafilatura(html: bytes, url: str) -> str:
    return trafilatura.extract(html, url=url, include_comments=False) or ""


def with_trafilatura_comments(html: bytes, url: str) -> str:
    return trafilatura.extract(html, url=url) or ""


def with_trafilatura_fast(html: bytes, url: str) -> str:
    return trafilatura.extract(html, url=url, fast=True, include_comments=False) or ""


def with_trafilatura_fast_metadata(html: bytes, url: str) -> str:
    found = trafilatura.bare_extraction(html, url=url, fast=True, include_comments=False, with_metadata=True)
    return (found.text if found is not None and not isinstance(found, dict) else None) or ""


SYSTEMS: dict[str, Callable[[bytes, str], str]] = {
    "accord": with_accord,
    "trafilatura": with_trafilatura,
    "trafilatura, comments": with_trafilatura_comments,
    "trafilatura, fast": with_trafilatura_fast,
    "trafilatura, fast + metadata": with_trafilatura_fast_metadata,
}


def load() -> tuple[dict[str, bytes], dict[str, dict[str, Any]]]:
    """Return the pages by file name, and what is expected of each by URL."""
    with tarfile.open(DATA / "pages.tar.gz") as archive:
        pages = {}
        for member in archive:
            file = archive.extractfile(member)
            if file is not None:
                pages[Path(member.name).name] = file.read()
    return pages, json.loads((DATA / "expected.json").read_text(encoding="utf-8"))


def score_text(
    pages: dict[str, bytes], expected: dict[str, dict[str, Any]], systems: dict[str, Callable[[bytes, str], str]]
) -> dict[str, Tally]:
    """Return the tally of each system. Each starts with empty caches: trafilatura keeps what it found on a page."""
    tallies = {name: Tally() for name in systems}
    for name, extract in systems.items():
        reset_caches()
        for url, facts in expected.items():
            html = pages[facts["file"]]
            start = time.perf_counter()
            text = extract(html, url)
            tallies[name].seconds += time.perf_counter() - start
            tallies[name].add(facts["file"], text, facts)
    return tallies


def score_facts(pages: dict[str, bytes], expected: dict[str, dict[str, Any]]) -> tuple[dict[str, int], list[str], int]:
    """Return how many titles, days and outlets are right, what is wrong, and of how many pages."""
    facts = json.loads(FACTS.read_text(encoding="utf-8"))
    urls = {entry["file"]: url for url, entry in expected.items()}
    right = {"title": 0, "date": 0, "outlet": 0}
    misses = []
    for file, wanted in facts.items():
        articles, _ = parse(Page(pages[file], urls[file], "text/html"))
        article = articles[0] if articles else None
        found = {
            "title": article.title if article else None,
            "date": article.published if article else None,
            "outlet": article.outlet if article else None,
        }
        for name, value in found.items():
            if is_right(name, value, wanted[name]):
                right[name] += 1
            else:
                misses.append(f"{file}: {name}: {value!r}, on the page: {' or '.join(map(str, wanted[name]))}")
    return right, misses, len(facts)


def is_right(name: str, value: str | None, accepted: list[str | None]) -> bool:
    """Tell whether `value` is one of `accepted`; case and punctuation do not count, "…" is any rest."""
    if name == "date" or value is None:
        return value in accepted
    return any(
        squeezed(value).startswith(squeezed(text)) if text.endswith("…") else squeezed(value) == squeezed(text)
        for text in accepted
        if text
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list the segments and facts that are wrong")
    parser.add_argument("--floors", action="store_true", help="exit with 1 where accord is under trafilatura's own")
    parser.add_argument("--no-peers", action="store_true", help="score accord alone")
    options = parser.parse_args()
    if not DATA.exists():
        print(f"no pages at {DATA}: nothing is scored")
        return 0
    pages, expected = load()
    systems = {"accord": with_accord} if options.no_peers else SYSTEMS
    for extract in systems.values():  # warm: imports and compiled patterns are no part of the time
        extract(next(iter(pages.values())), "https://www.example.org/")
    tallies = score_text(pages, expected, systems)
    print(f"{'text':30} {'P':>6} {'R':>6} {'F':>6} {'TP':>5} {'FN':>5} {'FP':>5} {'TN':>5} {'pages/s':>8}")
    for name, tally in tallies.items():
        precision, recall, f = tally.scores
        counts = f"{tally.tp:5} {tally.fn:5} {tally.fp:5} {tally.tn:5}"
        print(f"{name:30} {precision:6.3f} {recall:6.3f} {f:6.3f} {counts} {len(expected) / tally.seconds:8.1f}")
    right, wrong, count = score_facts(pages, expected)
    print(f"\n{'metadata':30} " + ", ".join(f"{name} {number} of {count}" for name, number in right.items()))
    if options.misses:
        print("\n".join((*tallies["accord"].misses, *wrong)))
    best = max((tally.scores[2] for name, tally in tallies.items() if name != "accord"), default=0.0)
    if options.floors and tallies["accord"].scores[2] < best:
        print(f"accord's F is under the best of trafilatura's own, {best:.3f}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
