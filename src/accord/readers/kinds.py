"""Which format a file holds: by its suffix, else by how its content starts."""

from __future__ import annotations

import re

MEDIA_TYPES: dict[str, str] = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
}

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|meta|title)\b", re.I)
_JSON = re.compile(rb'\{\s*["}]|\[\s*\{')
_START = 2000


def media_type(name: str, content: bytes) -> str:
    """Return the registry key for a file called `name`: its suffix decides, else how `content` starts.

    media_type("a.html", b"") -> "text/html"; media_type("-", b'{"text": "..."}') -> "application/json"
    """
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    return MEDIA_TYPES.get(suffix) or _sniffed(content)


def _sniffed(content: bytes) -> str:
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _JSON.match(start[:_START]):
        return "application/jsonl" if _is_lines(start) else "application/json"
    if _HTML.search(start[:_START]) and start.startswith(b"<"):
        return "text/html"
    return "text/plain"


def _is_lines(content: bytes) -> bool:
    """Tell whether each of the first two lines is an object of its own."""
    first, _, rest = content.partition(b"\n")
    return first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")
