"""Count in how many pieces of news each word stands, for `src/accord/models/terms`.

    python eval/count_terms.py

Pieces are 120 words long, so that short leads and long reports count alike. Only sets that grouping is not scored on
are counted (neus_train, PolNeAR, the gold events), and only words that stand in three pieces or more are kept: no text
can be had back from the counts.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from accord.cluster.grouping.sketches import terms_of

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
TARGET = ROOT / "src" / "accord" / "models" / "terms" / "counts.txt.gz"
PIECE, LEAST = 120, 3


def texts() -> Iterator[str]:
    for name in ("stories/neus_train", "polnear/train", "polnear/dev"):
        with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                yield f"{row.get('title') or ''}\n{row['text']}"
    for path in sorted(DATA.glob("gold*/*/articles/*.json")):
        yield json.loads(path.read_text("utf-8"))["text"]


def main() -> None:
    counts: Counter[str] = Counter()
    pieces = 0
    for text in texts():
        words = text.split()
        for at in range(0, max(len(words), 1), PIECE):
            counts.update(set(terms_of(" ".join(words[at : at + PIECE]))))
            pieces += 1
    kept = sorted((word, count) for word, count in counts.items() if count >= LEAST)
    lines = [str(pieces), *(f"{word} {count}" for word, count in kept)]
    content = gzip.compress("\n".join(lines).encode(), 9, mtime=0)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(content)
    print(f"{pieces} pieces, {len(kept)} words, {len(content)} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
