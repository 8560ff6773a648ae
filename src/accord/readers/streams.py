"""Reads standard input."""

from __future__ import annotations

import sys

from accord.config import Config
from accord.errors import ReadError
from accord.readers.files import checked_size
from accord.readers.kinds import media_type
from accord.records import Page


def read_stdin(config: Config, content: bytes | None = None) -> Page:
    """Return standard input (or the bytes handed in) as a page whose format is told from how it starts."""
    if content is None:
        if sys.stdin is None:
            raise ReadError("there is no standard input; name a file instead of -")
        try:
            content = sys.stdin.buffer.read(config.max_bytes + 1)
        except (OSError, ValueError) as error:
            raise ReadError(f"standard input cannot be read ({error}); name a file instead of -") from error
    return Page(checked_size(content, config), "standard input", media_type("-", content))
