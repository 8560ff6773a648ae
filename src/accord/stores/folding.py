"""Text as every store compares it: lower case, without diacritics."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Return `text` in lower case, without diacritics: "Élodie" -> "elodie"."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.encode("utf-8", "replace").decode())  # no half characters
    diacritics = [c for c in set(plain) if unicodedata.combining(c)]
    return plain.translate(dict.fromkeys(map(ord, diacritics))).casefold() if diacritics else plain.casefold()
