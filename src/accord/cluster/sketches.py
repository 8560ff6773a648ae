"""Keeps the folded words of very many texts as numbers, with MinHash sketches of their sentences (Broder 1997)."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from accord.cluster.folding import fold, is_exact
from accord.cluster.lines import ENOUGH, SHINGLE
from accord.cluster.splitting import quoted, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from accord.records import Article

    Words = NDArray[np.uint32]
    Hashes = NDArray[np.uint64]

HASHES = 4
"""MinHash values a sentence. Two sentences with the Jaccard similarity J of their shingles share HASHES * J of them."""

SHORTEST_SKETCHED = 6
"""Shorter sentences are not sketched: they pair texts by chance."""

FLAG = 1 << 31
"""Marks the numbers and months among the words of a `Sheaf`."""

_CONTROL = re.compile("[\x01-\x03]")
_BATCH, _SEED = 512, 1
_GAP, _LINE, _QUOTE, _UNQUOTE = 0, 1, 2, 3
_MARKS = {"\x01": _LINE, "\x02": _QUOTE, "\x03": _UNQUOTE}
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)
_MASK = (1 << 64) - 1


@dataclass(slots=True)
class Sheaf:
    """The texts of a batch of articles: `words` of all of them in a row, the text number n at `starts[n:n + 2]`.

    A word is the CRC-32 of its letters in 31 bits, numbers and months with `FLAG` on top; a `_LINE` stands before each
    sentence, a `_GAP` where quoted words are left out. `digests` are hashes of whole texts; for each sentence `lines`
    has a hash of it, `owner` its text, `sizes` its number of words, `places` where it starts, `sketch` HASHES values.
    """

    words: Words
    starts: list[int]
    digests: list[int]
    lines: Hashes
    owner: NDArray[np.int64]
    sizes: NDArray[np.int64]
    places: NDArray[np.int64]
    sketch: Hashes


def sheaves(articles: Iterable[Article]) -> Iterator[Sheaf]:
    """Yield the texts of `articles` in batches, in their order."""
    rows = iter(articles)
    while batch := list(islice(rows, _BATCH)):
        yield _sheaf(batch)


def _sheaf(articles: list[Article]) -> Sheaf:
    import numpy as np

    rows = [_encode(article) for article in articles]
    codes = np.fromiter(chain.from_iterable(rows), dtype=np.uint32)
    text = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    quoted = np.cumsum(codes == _QUOTE) > np.cumsum(codes == _UNQUOTE)
    digests = _digests(codes, text, len(rows))
    kept = (codes == _LINE) | (codes == _QUOTE) | ((codes > _UNQUOTE) & ~quoted)
    words, text = codes[kept], text[kept]
    words[words == _QUOTE] = _GAP
    starts = np.searchsorted(text, np.arange(len(rows) + 1)).tolist()
    places = np.flatnonzero(words == _LINE)
    if not len(places):
        none, empty = np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
        return Sheaf(words, starts, digests, none, empty, empty, empty, np.zeros((0, HASHES), dtype=np.uint64))
    real = words > _LINE
    sizes = np.add.reduceat(real.astype(np.int64), places)
    lines = np.add.reduceat(mix(words.astype(np.uint64)) * real, places) + sizes.astype(np.uint64)
    hashes = np.full(len(words), _MASK, dtype=np.uint64)
    hashes[: max(len(words) - SHINGLE + 1, 0)] = shingles(words)
    sketch = _sketch(hashes, places)
    sketch[sizes < SHORTEST_SKETCHED] = _MASK
    return Sheaf(words, starts, digests, lines, text[places], sizes, places, sketch)


def _sketch(hashes: Hashes, places: NDArray[np.int64]) -> Hashes:
    """Return HASHES MinHash values of the shingles of each sentence, the largest number for one without any."""
    import numpy as np
    from rensa import RMinHash

    there = hashes != _MASK
    ends = np.r_[0, np.cumsum(there)][np.r_[places, len(hashes)]].astype(np.uint64)
    rows = RMinHash.digest_matrix_from_flat_token_hashes(hashes[there], ends, num_perm=HASHES, seed=_SEED).to_rows()
    sketch = np.array(rows, dtype=np.uint64) | (np.arange(HASHES, dtype=np.uint64) << np.uint64(32))
    sketch[ends[1:] == ends[:-1]] = _MASK
    return sketch


def _digests(codes: Words, text: NDArray[np.int64], count: int) -> list[int]:
    """Return a hash of all words of each text in their order, quoted ones too; 0 for a text of hardly any."""
    import numpy as np

    words = codes > _UNQUOTE
    codes, text = codes[words], text[words]
    firsts = np.searchsorted(text, np.arange(count))
    place = np.arange(len(codes)) - firsts[text]
    totals = np.zeros(count, dtype=np.uint64)
    np.add.at(totals, text, mix(codes.astype(np.uint64) + (place.astype(np.uint64) << np.uint64(33))))
    totals[np.bincount(text, minlength=count) < ENOUGH] = 0
    found: list[int] = totals.tolist()
    return found


def _encode(article: Article) -> list[int]:
    """Return the words of an article as numbers, with marks where sentences start and around quotes."""
    text = _CONTROL.sub(" ", article.text)
    hidden = [(a, b) for a, b in quoted(text) if text.count(" ", a, b) >= SHINGLE - 1]
    pieces: list[str] = []
    nearest = 0
    for start, end, _ in split(article):
        while nearest < len(hidden) and hidden[nearest][1] <= start:
            nearest += 1
        pieces.append("\x01")
        at, h = start, nearest
        while h < len(hidden) and hidden[h][0] < end:
            first, last = max(hidden[h][0], start), min(hidden[h][1], end)
            pieces += (text[at:first], "\x02", text[first:last], "\x03")
            at = last
            h += 1
        pieces.append(text[at:end])
    return list(map(_CODES.__getitem__, fold(" ".join(pieces))))


class _Codes(dict[str, int]):
    """A number for each word, the same in every run; emptied when it grows large."""

    def __missing__(self, word: str) -> int:
        if len(self) > 500_000:
            self.clear()
        crc = max(zlib.crc32(word.encode(errors="replace")) & (FLAG - 1), _UNQUOTE + 1)
        code = self[word] = _MARKS.get(word) or (crc | FLAG if is_exact(word) else crc)
        return code


_CODES = _Codes()


def shingles(words: Words) -> Hashes:
    """Return a hash of the SHINGLE words from each place on; the largest number where a sentence or a gap cuts in."""
    import numpy as np

    last = len(words) - SHINGLE + 1
    if last <= 0:
        return np.zeros(0, dtype=np.uint64)
    total = np.zeros(last, dtype=np.uint64)
    cut = np.zeros(last, dtype=bool)
    for step in range(SHINGLE):
        part = words[step : step + last]
        total = total * np.uint64(_MIX[1]) + part + np.uint64(1)
        cut |= part <= _LINE
    total ^= total >> np.uint64(29)
    total[cut] = _MASK
    return total


def mix(values: Hashes) -> Hashes:
    """Return `values` shuffled, so that sums of them are a hash."""
    import numpy as np

    mixed = (values ^ (values >> np.uint64(31))) * np.uint64(_MIX[0])
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(_MIX[1])
    return mixed ^ (mixed >> np.uint64(33))
