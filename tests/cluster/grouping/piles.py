"""Sketches made by hand: each word is a term, the sense of a lead is a direction that its event has."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np

from accord.cluster.grouping import Sketch


def report(article: str, words: str, event: str, day: int | None = 100, drift: float = 0.3) -> Sketch:
    """Return the sketch of a report of `event` in `words`; `drift` is how far its lead strays from the event's."""
    terms = words.split()
    weights = np.ones(len(terms), dtype=np.float32)
    vector = unit(direction(event) + drift * direction(article))
    hashes = np.array([hashed(term) for term in terms], dtype=np.uint64)
    return Sketch(article, day, hashes, weights / np.float32(np.sqrt(len(terms))), vector)


def hashed(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def direction(name: str) -> np.ndarray:
    return unit(np.random.default_rng(hashed(name)).normal(size=384).astype(np.float32))


def unit(vector: np.ndarray) -> np.ndarray:
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def pile(events: int, reports: int, start: int = 100) -> list[Sketch]:
    """Return `reports` reports of each of `events` events, some days apart, whose words overlap by half."""
    made = []
    for event in range(events):
        own = [f"e{event}w{n}" for n in range(12)]
        for number in range(reports):
            words = [*own[number % 3 : number % 3 + 9], *(f"e{event}r{number}x{n}" for n in range(4)), "talks", "city"]
            made.append(report(f"{event}-{number}", " ".join(words), f"event {event}", start + event * 3 + number % 2))
    return made
