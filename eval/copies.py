"""Seeded light rewriting of articles: what outlets do to agency copy before they print it.

    rewrite(article_text, "respell", share=0.3, rng=random.Random("1 respell basil-7"))

KINDS: drop, swap, shorten, re-attribute, respell, and mixed, which deals all of them out among the chosen sentences.
A sentence that a kind cannot change (nothing to respell in it) is passed over for another one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import lru_cache

KINDS = ("drop", "swap", "shorten", "re-attribute", "respell", "mixed")

_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MONTH = r"(January|February|March|April|May|June|July|August|September|October|November|December)"
_SPELLINGS: tuple[tuple[str, str], ...] = (
    (r"\b(\w{3,})iz(e[ds]?|ing|ation)\b", r"\1is\2"),
    (r"\b(\w{3,})is(ed|ing|ation)\b", r"\1iz\2"),
    (r"\b(lab|fav|col|hon|neighb|behavi|harb|rum)or(s|ed|ing|able)?\b", r"\1our\2"),
    (r"\b(lab|fav|col|hon|neighb|behavi|harb|rum)our(s|ed|ing|able)?\b", r"\1or\2"),
    (r"\bcenter(s?)\b", r"centre\1"),
    (r"\bcentre(s?)\b", r"center\1"),
    (r"\bdefense\b", "defence"),
    (r"\bprogram(s?)\b", r"programme\1"),
    (r"\b(travel|cancel|label|model|signal)(ed|ing)\b", r"\1l\2"),
    (r" percent\b", " per cent"),
    (r" per cent\b", "%"),
    (r"(?<=\d)%", " percent"),
    (r"\$(\d[\d.]*) million\b", r"$\1m"),
    (r"\$(\d[\d.]*) billion\b", r"$\1bn"),
    (rf"\b{_MONTH} (\d{{1,2}})\b(?!:)", r"\2 \1"),
    (rf"\b(\d{{1,2}}) {_MONTH}\b", r"\2 \1"),
    (r"\b(?:Mr|Mrs|Ms|Dr)\.? (?=[A-Z])", ""),
    (r"\bU\.S\.(?= )", "US"),
    (r"\bUS\b", "U.S."),
    (r"\bU\.N\.(?= )", "UN"),
    (r"(?<=\d),(?=\d{3})", ""),
    (r" on (Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b", r" \1"),
    (r" — ", " - "),
    (r"(?<=\w)’(?=\w)", "'"),
    *((rf"\b{word}\b", str(value)) for value, word in enumerate(_SMALL, start=1) if value > 1),
    *((rf"(?<![\d.,$:]){value}(?![\d.,:%]|\w)", word) for value, word in enumerate(_SMALL, start=1) if value > 1),
)
_AGENCY = r"(?:the )?(?:Reuters|AP|AFP|UPI|Associated Press|CNN|The Associated Press|reporters)"
_ATTRIBUTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (rf"\btold {_AGENCY}\b", ("said", "told the news agency", "told journalists")),
    (r"\baccording to\b", ("as reported by", "citing")),
    (r",? (?:he|she|they) said\b", ("", " he was quoted as saying", " the agency reported")),
    (
        r"\b(?:said|says)\b",
        ("told reporters", "stated", "told Reuters", "was quoted as saying", "told the AFP news agency"),
    ),
    (r"\b(?:added|noted|explained)\b", ("said", "told AFP")),
)


def rewrite(text: str, kind: str, share: float, rng: random.Random) -> str:
    """Return `text` with `share` of its sentences changed in the way of `kind`."""
    pieces = [list(paragraph) for paragraph in _pieces(text)]
    places = [(p, s) for p, row in enumerate(pieces) for s in range(len(row))]
    wanted = max(1, round(share * len(places)))
    rng.shuffle(places)
    if kind == "swap":
        _swap(pieces, places[: max(2, wanted)], rng)
        wanted = 0
    for p, s in places:
        if wanted == 0:
            break
        way = rng.choice(("drop", "shorten", "re-attribute", "respell")) if kind == "mixed" else kind
        changed = _CHANGES[way](pieces[p][s], rng)
        if changed != pieces[p][s]:
            pieces[p][s] = changed
            wanted -= 1
    if kind == "mixed" and len(places) > 6:
        _swap(pieces, places[-3:], rng)
    return "\n".join(line for row in pieces if (line := " ".join(sentence for sentence in row if sentence)))


def all_sentences(text: str) -> list[str]:
    """Return the sentences of `text`."""
    return [sentence for row in _pieces(text) for sentence in row]


@lru_cache(maxsize=4096)
def _pieces(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the sentences of each paragraph."""
    import syntok.segmenter

    found = []
    for line in filter(str.strip, text.splitlines()):
        row = []
        for block in syntok.segmenter.analyze(line):
            row += [line[t[0].offset : t[-1].offset + len(t[-1].value)] for t in block]
        if row:
            found.append(tuple(row))
    return tuple(found)


def _swap(pieces: list[list[str]], places: list[tuple[int, int]], rng: random.Random) -> None:
    """Let the sentences at `places` change places."""
    held = [pieces[p][s] for p, s in places]
    rng.shuffle(held)
    for (p, s), sentence in zip(places, held, strict=True):
        pieces[p][s] = sentence


def _drop(sentence: str, rng: random.Random) -> str:
    return ""


def _shorten(sentence: str, rng: random.Random) -> str:
    """Cut a sentence at a comma, at its brackets, or to two thirds of its words."""
    bare = re.sub(r" ?\([^()]*\)", "", sentence)
    if bare != sentence:
        return bare
    words = sentence.split()
    if len(words) < 9:
        return sentence
    commas = [n for n, word in enumerate(words) if word.endswith(",") and 0.45 * len(words) < n + 1 < 0.9 * len(words)]
    cut = rng.choice(commas) + 1 if commas else round(0.67 * len(words))
    return " ".join(words[:cut]).rstrip(",;:") + "."


def _attribute(sentence: str, rng: random.Random) -> str:
    """Change who is said to have been told, or put the sentence down to the agency."""
    for pattern, forms in _ATTRIBUTIONS:
        if re.search(pattern, sentence):
            return re.sub(pattern, rng.choice(forms), sentence, count=1)
    if len(sentence.split()) < 6:
        return sentence
    return f"{rng.choice(('The agency reported that', 'According to Reuters,', 'Officials said that'))} {sentence}"


def _respell(sentence: str, rng: random.Random) -> str:
    """Write a sentence in another house style of spelling, numbers, dates and titles."""
    at = 0
    while at < len(_SPELLINGS):
        pattern, form = _SPELLINGS[at]
        changed = re.sub(pattern, form, sentence)
        at += 1
        if changed != sentence:
            sentence = changed
            while at < len(_SPELLINGS) and form and _SPELLINGS[at][0] == form:
                at += 1
    return sentence


_CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "drop": _drop,
    "shorten": _shorten,
    "re-attribute": _attribute,
    "respell": _respell,
}
