"""Which pages one run has asked for already."""

from __future__ import annotations

from hashlib import blake2b

from accord.urls import normal


class Asked:
    """The URLs of one run, by their normal forms, as 8-byte hashes: the last half a million of them at least.

    Past `half` of them the older ones are forgotten, so that a run of any length takes under 100 MB for them; what is
    forgotten and listed again is fetched again.
    """

    def __init__(self, half: int = 500_000) -> None:
        self._half = half
        self._young: set[int] = set()
        self._old: set[int] = set()

    def add(self, url: str) -> bool:
        """Remember `url` and tell whether it is new."""
        key = _hash(url)
        if key in self._young or key in self._old:
            return False
        if len(self._young) >= self._half:
            self._old, self._young = self._young, set()
        self._young.add(key)
        return True

    def __contains__(self, url: str) -> bool:
        key = _hash(url)
        return key in self._young or key in self._old


def _hash(url: str) -> int:
    return int.from_bytes(blake2b(normal(url).encode("utf-8", "replace"), digest_size=8).digest())
