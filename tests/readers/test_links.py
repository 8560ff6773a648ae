"""`links`: what a run has asked for."""

from __future__ import annotations

from accord.readers.links import Asked


def test_asked_forgets_the_oldest_only() -> None:
    asked = Asked(half=3)
    urls = [f"https://paper.example/{n}" for n in range(7)]
    assert all(asked.add(url) for url in urls)
    assert not asked.add(urls[-1] + "?utm_source=x")
    assert [url in asked for url in urls] == [False] * 3 + [True] * 4
