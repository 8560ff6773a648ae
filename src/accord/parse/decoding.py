"""Bytes to text: UTF-8 first, then what is declared, then what charset-normalizer tells.

A byte order mark is no text; noise is refused.
"""

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
_SEVEN_BIT = frozenset({"iso-2022-jp", "iso2022-jp", "hz", "hz-gb-2312", "iso-2022-kr"})
"""Encodings whose bytes are all ASCII, so that they are valid UTF-8 whatever they mean."""

_LABELS = {
    "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "l1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-9": "cp1254",
    "latin5": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "x-gbk": "gb18030", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "euc-kr": "cp949", "ks-c-5601-1987": "cp949", "big5": "big5hkscs", "utf-16": "utf-16-le",
}  # fmt: skip


def decode(content: bytes, *hints: str | None) -> str:
    """Return `content` as text, `\\r\\n` kept as it is. `hints` name encodings: the server's, then the page's own.

    A byte order mark wins; then UTF-8, where bytes beyond ASCII are valid in it (those of another encoding hardly ever
    are); then the first hint that decodes without an error, by the names of the WHATWG Encoding Standard. Text that is
    declared as UTF-8 may have a few broken characters; they become U+FFFD.

    Raises ParseError where it is no text.
    """
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            raise ParseError(f"it is {name}, not text; save the report's text as .txt")
    text = _decoded(content, [hint for hint in hints if hint])
    if text is None or len(_CONTROL.findall(text[:_SAMPLE])) > max(len(text[:_SAMPLE]) / 100, 2):
        raise ParseError("it is binary data, not text; save the report's text as .txt")
    return text


def _decoded(content: bytes, hints: list[str]) -> str | None:
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _try(content[len(mark) :], marked)
    names = [_standard(hint) for hint in hints]
    start = content[:_SAMPLE]
    if start.count(0) * 10 >= len(start):  # ASCII as UTF-16, which is valid UTF-8 full of NULs
        names = [name for name in names if name.startswith("utf-16")]
    elif not content.isascii() or not any(name in _SEVEN_BIT for name in names):
        names.insert(0, "utf-8")
    for name in names:
        decoded = _try(content, name)
        if decoded is not None:
            return decoded
    if "utf-8" in map(_standard, hints):
        mended = content.decode("utf-8", "replace")
        if mended.count("\ufffd") <= max(len(content) / 1000, 3):
            return mended
    return _guessed(content)


def _standard(label: str) -> str:
    """Return the encoding that the Encoding Standard means by a label: ISO-8859-1 is read as Windows-1252."""
    plain = label.strip().strip("\"'").lower().replace("_", "-")
    return _LABELS.get(plain, plain)


def _guessed(content: bytes) -> str | None:
    """Return `content` in the likeliest encoding.

    Western and Central European code pages tie on English with a few accents ("Núñez", "Núńez"): the Western one, by
    far the commonest on the web, wins wherever it is as good.
    """
    from charset_normalizer import from_bytes

    matches = from_bytes(_beginning(content))
    best = matches.best()
    if best is None:
        return None
    for match in matches:
        if match.chaos <= best.chaos and "cp1252" in match.could_be_from_charset:
            western = _try(content, "cp1252")
            if western is not None:
                return western
    return _try(content, best.encoding)


def _beginning(content: bytes) -> bytes:
    """Return a piece of `content` that is enough to guess by, cut where no character is split."""
    if len(content) <= _SAMPLE:
        return content
    end = max(content.rfind(b"\n", 0, _SAMPLE), content.rfind(b" ", 0, _SAMPLE))
    return content[: end if end > _SAMPLE // 2 else _SAMPLE]


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        return None
