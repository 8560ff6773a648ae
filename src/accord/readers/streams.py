"""Opens standard input."""

from __future__ import annotations

import sys
from io import BufferedReader, BytesIO, RawIOBase
from typing import cast

from accord.errors import ReadError
from accord.readers.files import beginning
from accord.readers.inputs import Input
from accord.readers.kinds import media_type


def open_stdin(content: bytes | None = None) -> Input:
    """Return standard input (or the bytes handed in), its format told from how it starts."""
    if content is not None:
        return Input(BytesIO(content), "standard input", media_type("-", content))
    if sys.stdin is None:
        raise ReadError("there is no standard input; name a file instead of -")
    try:
        raw = sys.stdin.buffer
        file = raw if isinstance(raw, BufferedReader) else BufferedReader(cast(RawIOBase, raw))
        return Input(file, "standard input", media_type("-", beginning(file)))
    except (OSError, ValueError) as error:
        raise ReadError(f"standard input cannot be read ({error}); name a file instead of -") from error
