"""The marks by which lines that may be of one commitment find each other, however large the store is."""

from __future__ import annotations

from itertools import combinations

from accord.ledger.wording import numbers_of, rarity, stems_of

RARE = 0.7
"""How rare a word is that is a mark by itself: the names of small places, firms and people."""
_LARGE = 20
_MOST_RARE = 7
_MOST_STEMS = 5
_MOST_KEYS = 30


def keys_of(
    who: str | None, what: str, amount: float | None, about: str | None = None, text: str = ""
) -> tuple[str, ...]:
    """Return rare words, pairs of telling words, and numbers with a telling word.

    "Velmar Paper", "close the Sorby mill" -> ("sorb", "velmar", "clos|mill", "mill|sorb", "clos|sorb", ...)
    """
    own = telling(f"{what} {text}", _MOST_STEMS)
    wider = telling(f"{who or ''} {what} {text} {about or ''}", 2 * _MOST_RARE)
    keys = [each for each in wider if rarity(each) >= RARE][:_MOST_RARE]
    keys += [f"{min(a, b)}|{max(a, b)}" for a, b in combinations(own, 2)]
    numbers = sorted(numbers_of(f"{what} {text}"))[:3]
    if amount is not None:
        keys += [f"={amount:.12g}"] if amount >= _LARGE else []
        keys += [f"{amount:.12g}|{each}" for each in own[:4]]
    keys += [f"{number}|{each}" for number in numbers for each in own[:2]]
    return tuple(dict.fromkeys(keys))[:_MOST_KEYS]


def telling(text: str, most: int) -> list[str]:
    """Return the stems of `text`, the rarest first, at most `most`."""
    stems = dict.fromkeys(stems_of(text))
    return sorted(stems, key=lambda each: (-rarity(each), each))[:most]
