"""Write build/pairs.json: the sentences and clauses of the gold events, and which of them tell one fact.

Made with accord's own sentences, clauses and candidates, so that the pair encoder is trained on what it will read.
"""

from __future__ import annotations

import json

from accord.reconcile.candidates import find_candidates
from accord.reconcile.claims import find_claims
from accord.reconcile.likeness import build_corpus
from accord.reconcile.names import link_names
from events import ROOT, SETS, Event, analyses_of, keep_scores, load_events


def describe(event: Event, name: str) -> dict[str, object]:
    """Return the event as plain data: sentences with their clauses, candidate pairs (likest first), spans of facts."""
    analyses = analyses_of(event)
    corpus = build_corpus(find_claims(analyses, link_names(analyses)[1]), threads=2)
    sentences = [
        {
            "article": unit.article,
            "start": unit.start,
            "text": unit.text,
            "clauses": [(corpus.claims[number].start, corpus.claims[number].end) for number in unit.claims],
        }
        for unit in corpus.units
    ]
    facts = [[(article, span) for article, span in fact.evidence] for fact in event.facts()]
    return {
        "event": event.name,
        "set": name,
        "sentences": sentences,
        "candidates": find_candidates(corpus),
        "facts": facts,
    }


def main() -> None:
    keep_scores()
    data = [describe(event, name) for name in ("gold", "gold-more") for event in load_events(SETS[name])]
    path = ROOT / "build" / "pairs.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8")
    print(f"{path.relative_to(ROOT)}: {len(data)} events, {sum(len(event['candidates']) for event in data)} candidates")


if __name__ == "__main__":
    main()
