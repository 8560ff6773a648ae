"""Corrections as text and as JSON: who said what against the machine's answer, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

from accord.records import Correction
from accord.renderers.lines import json_text
from accord.renderers.words import plain, trim

SCHEMA = "accord/corrections@1"
_WIDE = 300


@dataclass(frozen=True, slots=True)
class Row:
    """A correction with what it does in `words`, and the id of the story that it is in by now."""

    correction: Correction
    words: str
    story: str | None = None


def render_text(rows: Sequence[Row]) -> str:
    """Return corrections as text to read, two lines each and one for its note.

    2031-03-06 08:00Z  Mara Tolk: Dismissed a finding: “Nobody was hurt.”
      story 6d71db99f451 · correction 0b8f1c2d3e4f · undone by Jon Ask, 2031-03-07 09:10Z
    """
    return "\n".join("\n".join(_row(row)) + "\n" for row in rows) or "no corrections\n"


def render_json(rows: Sequence[Row]) -> str:
    """Return corrections as one JSON document (`accord/corrections@1`), with all their fields."""
    found = [{**asdict(row.correction), "words": row.words, "story": row.story} for row in rows]
    return json_text({"schema": SCHEMA, "corrections": found})


RENDERERS: dict[str, Callable[[Sequence[Row]], str]] = {"text": render_text, "json": render_json}


def _row(row: Row) -> Iterator[str]:
    made = row.correction
    yield f"{_time(made.at)}  {plain(made.by)}: {trim(row.words, _WIDE)}"
    if made.note:
        yield f"  “{trim(made.note, _WIDE)}”"
    undone = f"undone by {plain(made.undone_by or 'somebody')}, {_time(made.undone)}" if made.undone else None
    story = f"story {plain(row.story)}" if row.story else None
    yield "  " + " · ".join(part for part in (story, f"correction {plain(made.id)}", undone) if part)


def _time(iso: str) -> str:
    return f"{iso[:10]} {iso[11:16]}Z" if len(iso) > len("2031-03-06") else iso
