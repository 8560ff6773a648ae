"""Bytes to text: UTF-8 first, then what charset-normalizer tells. A byte order mark is no text; noise is refused."""

from __future__ import annotations

import codecs
import re

from accord.errors import ParseError

# UTF-32's mark starts with UTF-16's, so it is looked for first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 100_000


def decode(content: bytes, hint: str | None = None) -> str:
    """Return `content` as text, `\\r\\n` kept as it is. `hint` is an encoding that the page itself declares.

    Raises ParseError where it is no text.
    """
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            raise ParseError(f"it is {name}, not text; save the report's text as .txt")
    text = _decoded(content, hint)
    if text is None or len(_CONTROL.findall(text[:_SAMPLE])) > max(len(text[:_SAMPLE]) / 100, 2):
        raise ParseError("it is binary data, not text; save the report's text as .txt")
    return text


def _decoded(content: bytes, hint: str | None) -> str | None:
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _try(content[len(mark) :], marked)
    start = content[:_SAMPLE]
    if start.count(0) * 10 < len(start):  # else ASCII as UTF-16, which is valid UTF-8 full of NULs
        for encoding in ("utf-8", hint):
            decoded = _try(content, encoding) if encoding else None
            if decoded is not None:
                return decoded
    return _guessed(content)


def _guessed(content: bytes) -> str | None:
    """Return `content` in the likeliest encoding.

    Western and Central European code pages tie on English with a few accents ("Núñez", "Núńez"): the Western one, by
    far the commonest on the web, wins wherever it is as good.
    """
    from charset_normalizer import from_bytes

    matches = from_bytes(content)
    best = matches.best()
    if best is None:
        return None
    for match in matches:
        if match.chaos <= best.chaos and "cp1252" in match.could_be_from_charset:
            western = _try(content, "cp1252")
            if western is not None:
                return western
    return _try(content, best.encoding)


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        return None
