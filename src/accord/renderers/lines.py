"""Writes records as JSON: one a line, or all of a kind as one document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def json_line(fields: dict[str, Any]) -> str:
    """Return `fields` as one line of JSON with a newline at its end.

    What terminals obey or programs take for the end of a line is written as an escape, as is half a character.
    """
    return _escaped(json.dumps(fields, ensure_ascii=False)) + "\n"


def json_lines(records: Iterable[DataclassInstance]) -> str:
    """Return records as JSON, one a line, with all their fields."""
    return "".join(json_line(asdict(record)) for record in records)


def json_document(schema: str, kind: str, records: Iterable[DataclassInstance]) -> str:
    """Return records as one JSON document: its `schema`, and the records under their `kind`."""
    return json_text({"schema": schema, kind: [asdict(record) for record in records]})


def json_text(document: dict[str, Any]) -> str:
    """Return a JSON document to be read, indented, with a newline at its end and escapes as in `json_line`."""
    return _escaped(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def _escaped(text: str) -> str:
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
