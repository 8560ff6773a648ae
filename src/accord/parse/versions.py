"""Versions of one article: which articles are versions of one, which is the later, and what changed between two."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from accord.parse.draft import Parsed
from accord.records import Article, Change, Rejected, content_id
from accord.urls import normal

# Two articles under one address are versions of one if they have this share of the shorter one's word triples in
# common. What else two articles have in common (an id, a title and a day) is a weaker sign and asks for more.
_SAME_ADDRESS = 0.2
_SAME_NAME = 0.5
_PIECE = 3

_LIKE = 60.0
"""Two sentences as like as this (0..100, rapidfuzz's ratio) are one that was reworded."""
_MOST_PAIRS = 250_000
"""Of texts with more pairs of changed sentences than this, none are compared: the text was written anew."""

_WORD = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]|[^\W_]+")
_TYPOGRAPHY = str.maketrans(
    dict.fromkeys("‘’‚‛`´ʼ′", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—―", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None)
    | {"…": "..."}
)
_LINES = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_LAST = re.compile(r"[.!?…:;][\"”’'»)\]]*\s*$")
_WRAPPED = 40
_FULL_STOP = re.compile(r"(?<=[。！？])")


def print_of(parsed: Parsed) -> str:
    """Return what the repeats of an article have in common: where it stands, its title, its day and its text."""
    article = parsed.article
    place = normal(article.url) if article.url else parsed.own_id
    return content_id(place, article.outlet, article.title, article.published, article.text)


def keys_of(parsed: Parsed) -> tuple[str, ...]:
    """Return the marks by which versions of one article find each other, the strongest first.

    Its address in the normal form, unless that is a site's first page; its outlet with the id that its file gave it;
    where it has neither, its outlet, title and day. `same` tells whether two articles that share a mark are one.
    """
    article = parsed.article
    keys: list[str] = []
    address = normal(article.url or "")
    if _names_a_page(address):
        keys.append(f"url {address}")
    if parsed.own_id:
        keys.append(f"id {article.outlet}\n{parsed.own_id}")
    if not keys and article.title and article.published:
        keys.append(f"title {article.outlet}\n{_form(article.title)}\n{article.published}")
    return tuple(keys)


def same(key: str, before: Article, after: Article) -> bool:
    """Tell whether two articles that share `key` (of `keys_of`) are versions of one: their texts must be alike.

    A constant in place of an address or an id, and a page that shows another article each day, make no versions.
    """
    address = key.startswith("url ")
    told = (before.title, before.published)
    if address and all(told) and told == (after.title, after.published):
        return True
    return _likeness(before.text, after.text) >= (_SAME_ADDRESS if address else _SAME_NAME)


def later(before: Article, after: Article, *, fetched: tuple[str | None, str | None] = (None, None)) -> bool | None:
    """Tell whether `after` is later than `before`: by `modified`, else by when each was `fetched`, else None."""
    for first, second in ((before.modified, after.modified), fetched):
        if first and second:
            size = min(len(first), len(second)) if "T" in first + second else None
            if first[:size] != second[:size]:
                return first[:size] < second[:size]
    return None


def latest(found: Sequence[Parsed]) -> tuple[tuple[Parsed, ...], tuple[Rejected, ...]]:
    """Return `found` with only the latest version of each article, and a note on each other one.

    Articles that are equal in all their fields stay: `ids.make_distinct` tells of them.
    """
    successors = {item.article.replaces: item for item in found if item.article.replaces}
    left: dict[int, Parsed] = {}
    marked: defaultdict[str, list[int]] = defaultdict(list)
    rejected: list[Rejected] = []
    for number, item in enumerate(found):
        successor = successors.get(item.article.id)
        if successor is not None and successor is not item:
            rejected.append(_note(item, successor))
            continue
        keys = keys_of(item)
        other = _version_among(item, ((key, n, left[n]) for key in keys for n in marked[key][:-5:-1] if n in left))
        if other is not None:
            earlier = left.pop(other) if _follows(left[other], item) else item
            rejected.append(_note(earlier, item if earlier is not item else left[other]))
            if earlier is item:
                continue
        left[number] = item
        for key in keys:
            marked[key].append(number)
    return tuple(left.values()), tuple(rejected)


def _version_among(item: Parsed, others: Iterable[tuple[str, int, Parsed]]) -> int | None:
    """Return the number of the first of `others`, which come with a mark they share, that `item` is a version of."""
    for key, number, other in others:
        if other.article != item.article and same(key, other.article, item.article):
            return number
    return None


def _follows(before: Parsed, after: Parsed) -> bool:
    """Tell whether `after` is the later version; where no time tells, the one with the higher number, else the last."""
    told = later(before.article, after.article, fetched=(before.fetched, after.fetched))
    return told if told is not None else before.article.version <= after.article.version


def _note(earlier: Parsed, last: Parsed) -> Rejected:
    if changes(earlier.article, last.article):
        reason = f"it is an earlier version of {last.what}; the later one is used"
    else:
        reason = f"it is the same article as {last.what}; it is read once"
    return Rejected(earlier.what, "parse", reason)


def changes(before: Article, after: Article) -> tuple[Change, ...]:
    """Return what `after` changes in `before`: its title, then sentence by sentence in the order of the new text.

    White space, the style of quotation marks and dashes, and sentences that only moved are no change. A reworded
    sentence is one change with both forms; one that is new has no `before`, one that is gone no `after`. Taken as bags,
    before's sentences less those dropped and with those added are after's.

        "The dam burst. Two died." -> "The dam burst. Three died." gives Change("Two died.", "Three died.", 15, 26)
    """
    made: list[Change] = []
    if _form(before.title or "") != _form(after.title or ""):
        made.append(Change(before.title, after.title, 0, 0, "title"))
    if _form(before.text) == _form(after.text):
        return tuple(made)
    old, new = _units(before.text, after.text)
    pairs = _pairs([unit for unit in old if unit.partner is None], [unit for unit in new if unit.partner is None])
    end = 0
    for unit in old:
        partner = unit.partner or pairs.get(unit)
        if unit.partner is None:
            place = (partner.start, partner.end) if partner else (end, end)
            made.append(Change(unit.text, partner.text if partner else None, *place))
        end = partner.end if partner else end
    reworded = set(pairs.values())
    made.extend(Change(None, u.text, u.start, u.end) for u in new if u.partner is None and u not in reworded)
    return tuple(sorted(made, key=lambda change: (change.part == "text", change.start, change.end)))


@dataclass(slots=True, eq=False)
class _Unit:
    """A stretch of a text that is compared as a whole, and the same stretch of the other text where there is one."""

    start: int
    end: int
    text: str
    form: str
    partner: _Unit | None = None


def _units(before: str, after: str) -> tuple[list[_Unit], list[_Unit]]:
    """Return both texts in pieces, those that both have paired: whole paragraphs first, then sentences, then runs."""
    old, new = list(_paragraphs(before)), list(_paragraphs(after))
    _match([[unit] for unit in old], [[unit] for unit in new])
    old, new = list(_split(before, old)), list(_split(after, new))
    _match([[u] for u in old if u.partner is None], [[u] for u in new if u.partner is None])
    _match(list(_runs(old)), list(_runs(new)))  # what only the ends of lines cut into sentences differently
    return old, new


def _match(old: Sequence[list[_Unit]], new: Sequence[list[_Unit]]) -> None:
    """Pair the groups of units that read the same, in text order, wherever they stand."""
    waiting: defaultdict[str, list[list[_Unit]]] = defaultdict(list)
    for group in reversed(new):
        waiting["".join(unit.form for unit in group)].append(group)
    for group in old:
        found = waiting.get("".join(unit.form for unit in group))
        if found:
            partners = found.pop()
            for unit in group:
                unit.partner = partners[-1]
            for unit in partners:
                unit.partner = group[-1]


def _runs(units: Sequence[_Unit]) -> Iterator[list[_Unit]]:
    """Yield the units without a partner in runs."""
    run: list[_Unit] = []
    for unit in units:
        if unit.partner is None:
            run.append(unit)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _paragraphs(text: str) -> Iterator[_Unit]:
    """Yield the lines of `text`, those joined that run on: 40 characters or more, no mark at their end."""
    start: int | None = None
    end = 0
    for line in _LINES.finditer(text):
        if not line[0].strip():
            if start is not None:
                yield from _unit(text, start, line.start())
                start = None
            continue
        if start is not None and text.count("\n", end, line.start()) > 1:
            yield from _unit(text, start, end)
            start = None
        start = line.start() if start is None else start
        end = line.end()
        if len(line[0]) < _WRAPPED or _LAST.search(line[0]):
            yield from _unit(text, start, end)
            start = None
    if start is not None:
        yield from _unit(text, start, len(text))


def _split(text: str, units: Sequence[_Unit]) -> Iterator[_Unit]:
    """Yield the units that have a partner as they are, the sentences of the others."""
    import syntok.segmenter

    for unit in units:
        if unit.partner is not None:
            yield unit
            continue
        for block in syntok.segmenter.analyze(unit.text):
            for tokens in block:
                start = unit.start + tokens[0].offset
                last = unit.start + tokens[-1].offset + len(tokens[-1].value)
                for part in _FULL_STOP.split(text[start:last]):
                    yield from _unit(text, start, start + len(part))
                    start += len(part)


def _unit(text: str, start: int, end: int) -> Iterator[_Unit]:
    """Yield the unit between two offsets, the white space around it left out, if there is something in it."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    piece = piece.strip()
    form = _form(piece)
    if form:
        yield _Unit(start, start + len(piece), piece, form)


def _pairs(old: Sequence[_Unit], new: Sequence[_Unit]) -> dict[_Unit, _Unit]:
    """Return which unit of `old` was reworded into which of `new`: the likest pairs first, each unit once."""
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        return {}
    from rapidfuzz import fuzz
    from rapidfuzz.process import cdist

    scores = cdist([u.form for u in old], [u.form for u in new], scorer=fuzz.ratio, score_cutoff=_LIKE)
    rows, columns = scores.nonzero()
    found: dict[_Unit, _Unit] = {}
    taken: set[_Unit] = set()
    size = (len(old), len(new))

    def rank(pair: tuple[int, int]) -> tuple[float, float, int, int]:
        return (-float(scores[pair]), abs(pair[0] / size[0] - pair[1] / size[1]), *pair)

    for row, column in sorted(zip(rows.tolist(), columns.tolist(), strict=True), key=rank):
        if old[row] not in found and new[column] not in taken:
            found[old[row]] = new[column]
            taken.add(new[column])
    return found


def _form(text: str) -> str:
    """Return `text` without white space and in one style of quotation marks and dashes."""
    return "".join(text.translate(_TYPOGRAPHY).split())


def _likeness(first: str, second: str) -> float:
    """Return the share of the shorter text's word triples that the longer one has too."""
    one, two = _pieces(first), _pieces(second)
    return len(one & two) / (min(len(one), len(two)) or 1)


def _pieces(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return {tuple(words[n : n + _PIECE]) for n in range(max(len(words) - _PIECE + 1, min(len(words), 1)))}


def _names_a_page(url: str) -> bool:
    """Tell whether `url`, in its normal form, is an address, and of more than a site's first page."""
    if "://" not in url:
        return url != ""
    return "?" in url or "/" in url.partition("://")[2]
