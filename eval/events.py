"""Gold events: articles, annotation, and analyses kept on disk until the analyzers change."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import pickle
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from accord.analyze import analyze
from accord.records import Analysis, Article

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SETS = {
    "gold": SHARED / "data" / "gold",
    "gold-more": SHARED / "data" / "gold-more",
    "examples": ROOT / "examples",
}

# What an analysis depends on.
ANALYZERS = [
    "analyze",
    "records.py",
    "models/commitments.json",
    "models/attribution.py",
    "models/attribution_windows.py",
    "models/attribution/model.onnx",
]

Evidence = tuple[str, tuple[int, int]]


@dataclass(frozen=True)
class Fact:
    """A gold fact: its entry in gold.json, and its evidence as (article id, (start, end))."""

    entry: dict[str, Any]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Event:
    """A gold event: its folder, articles and gold.json."""

    folder: Path
    articles: tuple[Article, ...]
    gold: dict[str, Any]

    @property
    def name(self) -> str:
        """The name of the event's folder."""
        return self.folder.name

    def facts(self) -> list[Fact]:
        """Return the gold facts with their evidence located."""
        texts = {article.id: article.text for article in self.articles}
        return [
            Fact(fact, tuple((e["article"], locate(texts[e["article"]], e)) for e in fact["evidence"]))
            for fact in self.gold["facts"]
        ]


def locate(text: str, entry: dict[str, Any]) -> tuple[int, int]:
    """Return where the words of a gold entry stand in `text`."""
    at = -1
    for _ in range(entry.get("nth", 0) + 1):
        at = text.index(entry["text"], at + 1)
    return at, at + len(entry["text"])


def load_events(folder: Path) -> Iterator[Event]:
    """Yield the events in `folder`, by name."""
    for gold in sorted(folder.glob("*/gold.json")):
        articles = []
        for path in sorted((gold.parent / "articles").glob("*.json")):
            entry = json.loads(path.read_text(encoding="utf-8"))
            articles.append(
                Article(
                    id=entry["id"],
                    text=entry["text"],
                    outlet=entry["outlet"],
                    title=entry.get("title"),
                    published=entry.get("published"),
                    language="en",
                )
            )
        yield Event(gold.parent, tuple(articles), json.loads(gold.read_text(encoding="utf-8")))


def analyses_of(event: Event) -> list[Analysis]:
    """Return the analyses of the event's articles, from the cache in build/ where it is still valid."""
    return [kept(f"analysis {article!r}", ANALYZERS, lambda a=article: analyze(a)) for article in event.articles]


def kept(key: str, depends: list[str], make: Any) -> Any:
    """Return `make()`, or what it gave when neither `key` nor the sources in `depends` have changed since."""
    digest = hashlib.sha256(key.encode())
    for part in depends:
        source = ROOT / "src" / "accord" / part
        for path in sorted(source.rglob("*.py")) if source.is_dir() else [source]:
            digest.update(path.read_bytes())
    path = ROOT / "build" / "cache" / digest.hexdigest()
    if path.exists():
        return pickle.loads(path.read_bytes())
    made = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as handle:
        handle.write(pickle.dumps(made))
    os.replace(handle.name, path)
    return made


def keep_scores() -> None:
    """Keep what the pair encoder and the sentence vectors answer in build/cache: the same question, the same answer.

    What the word pieces of a text mean is kept for this run alone.
    """
    from accord.models import pairs, vectors

    score, encode, read = pairs.score, vectors.encode, vectors.read
    known: dict[str, Any] = {}

    def kept_reads(texts: Any, **options: Any) -> Any:
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(missing, read(missing, **options), strict=True))
        return [known[text] for text in texts]

    def kept_scores(questions: Any, **options: Any) -> Any:
        return answer_each(f"pairs {pairs.SHA256}", list(questions), lambda asked: score(asked, **options))

    def kept_vectors(texts: Any, **options: Any) -> Any:
        answers = answer_each("vectors", list(texts), lambda asked: list(encode(asked, **options)))
        return np.array(answers, dtype=np.float32).reshape(-1, 384)

    pairs.score = kept_scores  # type: ignore[assignment]
    vectors.encode = kept_vectors  # type: ignore[assignment]
    vectors.read = kept_reads  # type: ignore[assignment]


def answer_each(model: str, questions: list[Any], ask: Any) -> list[Any]:
    """Return the answer to each question, from build/cache/answers.db where it was asked before."""
    path = ROOT / "build" / "cache" / "answers.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    keys = [hashlib.sha256(f"{model} {question!r}".encode()).digest() for question in questions]
    with contextlib.closing(sqlite3.connect(path, timeout=60)) as store, store:
        store.execute("CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, answer BLOB) WITHOUT ROWID")
        known = {}
        for key in keys:
            row = store.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
            if row:
                known[key] = pickle.loads(row[0])
        missing = {key: question for key, question in zip(keys, questions, strict=True) if key not in known}
    if missing:
        found = dict(zip(missing, ask(list(missing.values())), strict=True))
        known |= found
        with contextlib.closing(sqlite3.connect(path, timeout=60)) as store, store:
            rows = [(key, pickle.dumps(answer)) for key, answer in found.items()]
            store.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?)", rows)
    return [known[key] for key in keys]
