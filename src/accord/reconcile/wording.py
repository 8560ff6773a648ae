"""Compares the words of two quotes: the same, one clipped out of the other, or worded differently."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

# Share of the shorter text's words, in order, from which two texts are nearly the same words.
NEARLY = 0.6
# Words around the stretch of a longer text that a shorter one answers.
MARGIN = 3
_WORD = re.compile(r"\d[\d,.]*\d|[^\W_]+(?:[.'’][^\W_]+)*")
_ELLIPSIS = re.compile(r"\s*(?:\.\s?\.\s?\.|…)\s*")
_DENIAL = re.compile(r"n['’]t\b|\b(?:not|no|never|none|cannot|nor|neither|without|nobody|nothing)\b", re.IGNORECASE)
_EMPTY = frozenset(
    """the a an of in on at to and or for with from by as is are was were be been being am has have had having do does
    did doing will would can could shall should may might must it its it's this that these those he she they we i you
    me my our your his her their them us him himself herself themselves who whom which what there here so just very also
    too than then if but about into over out up down off not no n't let i'm i'd i've i'll we're we've we'll we'd you're
    he's she's they're they've that's don't doesn't didn't won't wouldn't can't couldn't isn't aren't wasn't weren't say
    said says""".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text in plain form, and where it stands."""

    plain: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[Word, ...]:
    """Return the words of `text`: lower case, straight apostrophes, no dots in abbreviations.

    "The U.S. won’t." -> the, us, won't
    """
    found = []
    for match in _WORD.finditer(text):
        word = match.group().lower().replace("’", "'")
        found.append(Word(word if word[0].isdigit() else word.replace(".", ""), match.start(), match.end()))
    return tuple(found)


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """Return the telling words of `text`, endings cut off: "They were reviewing offers" -> review, offer."""
    return frozenset(_stem(word.plain) for word in words(text) if word.plain not in _EMPTY)


def denies(text: str) -> bool:
    """Tell whether `text` has a word of denial."""
    return _DENIAL.search(text) is not None


def plain(text: str) -> tuple[str, ...]:
    """Return the words of `text` in plain form."""
    return tuple(word.plain for word in words(text))


def clipped(short: str, long: str) -> bool:
    """Tell whether the words of `short` stand in `long` in one run, or in one run for each piece between ellipses."""
    rest = plain(long)
    for piece in filter(None, (plain(piece) for piece in _ELLIPSIS.split(short))):
        at = next((i for i in range(len(rest) - len(piece) + 1) if rest[i : i + len(piece)] == piece), None)
        if at is None:
            return False
        rest = rest[at + len(piece) :]
    return bool(plain(short))


def shared(a: str, b: str) -> tuple[float, int]:
    """Return the share of the shorter text's words that stand in the other in the same order, and the longest run."""
    blocks = _blocks(a, b)
    fewest = min(len(words(a)), len(words(b)))
    return sum(size for _, _, size in blocks) / (fewest or 1), max((size for _, _, size in blocks), default=0)


Stretch = tuple[int, int]


def differing(a: str, b: str) -> tuple[Stretch, Stretch] | None:
    """Return the stretches of `a` and `b` that answer each other, None where they differ by clipping alone.

    Case, punctuation and joined words ("health care", "healthcare") are no difference. What one gives beyond the other
    at its ends is clipping, and left out.

    "We will never sell the mill, I promise" and "we shall never sell the mill" -> the stretches of
    "We will never sell the mill" and "we shall never sell the mill"
    """
    if "".join(plain(a)) == "".join(plain(b)) or clipped(a, b) or clipped(b, a):
        return None
    if shared(a, b)[0] < NEARLY:
        return (0, len(a)), (0, len(b))
    near_a, near_b = _nearest(a, b), _nearest(b, a)
    x, y = a[slice(*near_a)], b[slice(*near_b)]
    blocks = _blocks(x, y)
    first, last = blocks[0], blocks[-1]
    lead = _edge(first[0], first[1])
    tail = _edge(len(words(x)) - last[0] - last[2], len(words(y)) - last[1] - last[2])
    one = _stretch(x, first[0] - lead, last[0] + last[2] + tail)
    other = _stretch(y, first[1] - lead, last[1] + last[2] + tail)
    if "".join(plain(x[slice(*one)])) == "".join(plain(y[slice(*other)])):
        return None
    return (near_a[0] + one[0], near_a[0] + one[1]), (near_b[0] + other[0], near_b[0] + other[1])


def _blocks(a: str, b: str) -> list[tuple[int, int, int]]:
    matcher = SequenceMatcher(None, plain(a), plain(b), autojunk=False)
    return [(i, j, size) for i, j, size in matcher.get_matching_blocks() if size]


def _nearest(long: str, short: str) -> Stretch:
    """Return the stretch of a much longer text that is most like `short`, with a few words around; else all of it."""
    found, size = words(long), len(words(short))
    if len(found) <= size + 2 * MARGIN:
        return 0, len(long)
    starts = range(len(found) - size + 1)
    best = max(starts, key=lambda i: (shared(long[slice(*_stretch(long, i, i + size))], short)[0], -i))
    return _stretch(long, best - MARGIN, best + size + MARGIN)


def _edge(one: int, other: int) -> int:
    """Return how many words beyond the shared ones answer each other: those of the shorter side, and one ("I'd")."""
    fewest = min(one, other)
    return fewest + 1 if fewest else 0


def _stretch(text: str, first: int, end: int) -> Stretch:
    """Return where the words of `text` from number `first` up to `end` stand, as far as it has them."""
    found = words(text)
    return found[max(0, first)].start, found[min(end, len(found)) - 1].end


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending, rest in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + rest
            break
    return word.removesuffix("e") if len(word) > 4 else word
