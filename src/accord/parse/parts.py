"""The parts of an article that JSON gives as lists: credits, captions, entries of a live blog, changes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from accord.parse.dates import to_time
from accord.records import Caption, Change, Entry


def credits_of(value: object, notes: list[str]) -> tuple[str, ...]:
    """Return the names in a list (or the one name); what else stands there is a note."""
    names = [_line(item) for item in _items(value, "credits", "names", notes)]
    if not all(names):
        notes.append("its credits hold what is no name; write them as a list of names")
    return tuple(name for name in names if name)


def captions_of(value: object, notes: list[str]) -> tuple[Caption, ...]:
    """Return the captions in a list of strings or of objects with `text` and `credit`."""
    found: list[Caption] = []
    for item in _items(value, "captions", "objects with text and credit", notes):
        if isinstance(item, dict) and _string(item.get("text")):
            found.append(Caption(str(item["text"]), _string(item.get("credit"))))
        elif isinstance(item, str) and _string(item):
            found.append(Caption(item))
        else:
            notes.append("one of its captions has no text and is left out; write it as an object with text and credit")
    return tuple(found)


def entries_of(value: object, text: str, notes: list[str]) -> tuple[Entry, ...]:
    """Return the entries in a list of objects with `start`, `end` (offsets into `text`) and `at`, in text order."""
    found: list[Entry] = []
    for item in _items(value, "entries", "objects with start, end and at", notes):
        span = _span(item, text)
        if isinstance(item, dict) and span is not None and span[0] < span[1]:
            found.append(Entry(*span, _time(item.get("at"))))
        else:
            notes.append(
                f"one of its entries has no place in its text of {len(text):,} characters and is left out; "
                "give it as start and end"
            )
    if any(later.start < earlier.end for earlier, later in pairwise(found)):
        notes.append("its entries overlap or stand in another order than its text, and are left out")
        return ()
    return tuple(found)


def changes_of(value: object, text: str, notes: list[str]) -> tuple[Change, ...]:
    """Return the changes in a list of objects with `before`, `after`, `start`, `end` and, for titles, `part`."""
    found: list[Change] = []
    for item in _items(value, "changes", "objects with before, after, start and end", notes):
        change = _change(item, text)
        if change is None:
            notes.append("one of its changes does not fit its text and is left out; read both versions again")
        else:
            found.append(change)
    return tuple(found)


def _change(item: object, text: str) -> Change | None:
    span = _span(item, text)
    if span is None or not isinstance(item, dict):
        return None
    before, after = _string(item.get("before")), _string(item.get("after"))
    if item.get("part") == "title":
        return Change(before, after, 0, 0, "title") if span == (0, 0) else None
    if (before is None and after is None) or text[slice(*span)] != (after or ""):
        return None
    return Change(before, after, *span)


def _items(value: object, name: str, shape: str, notes: list[str]) -> Iterator[object]:
    """Yield the items of a list; a lone string or object is one item, anything else a note."""
    if isinstance(value, list):
        yield from value
    elif isinstance(value, str | dict):
        yield value
    elif value is not None:
        notes.append(f"its {name} are left out; write them as a list of {shape}")


def _span(item: object, text: str) -> tuple[int, int] | None:
    """Return `start` and `end` of `item` where they name a stretch of `text`."""
    if not isinstance(item, dict):
        return None
    start, end = item.get("start"), item.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or isinstance(start, bool) or isinstance(end, bool):
        return None
    return (start, end) if 0 <= start <= end <= len(text) else None


def _time(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    try:
        return to_time(value)
    except ValueError:
        return None


def _string(value: object) -> str | None:
    """Return `value` if it is a string that says something and can be written down as UTF-8."""
    if not isinstance(value, str) or not value.strip():
        return None
    return value.encode("utf-8", "replace").decode()


def _line(value: object) -> str | None:
    return " ".join((_string(value) or "").split()) or None
