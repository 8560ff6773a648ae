"""Which addresses are taken from a form: those of the web alone, and none that plainly lead inside a network.

This is for a plain word at once. What counts is checked where the connection is made (`readers.web.connections`): the
addresses that a name resolves to, at each redirect.
"""

from __future__ import annotations

from accord.config import Web
from accord.web.work.pastes import PasteError

MOST = 100


def taken(lines: str, web: Web, field: str = "addresses") -> tuple[str, ...]:
    """Return the addresses in `lines`, one a line, each once. Raises PasteError where one is not to be read.

    taken("https://a.example/x\\nfile:///etc/passwd", Web()) -> PasteError
    """
    from accord.readers.web.problems import RefusedError
    from accord.readers.web.urls import checked, shown

    found: dict[str, None] = {}
    for line in lines.split():
        url = f"http{line[4:]}" if line.lower().startswith("feed://") else line
        try:
            checked(url, web.private)
        except RefusedError as error:
            raise PasteError(field, f"{shown(line)}: {error}") from error
        if not url.lower().startswith(("http://", "https://")):
            raise PasteError(field, f"{shown(line)}: it does not begin with http:// or https://; check its spelling")
        found[url] = None
    if not found:
        raise PasteError(field, "there is no address here; paste one, such as https://paper.example/report")
    if len(found) > MOST:
        raise PasteError(field, f"these are {len(found)} addresses; at most {MOST} are read at once, so split them")
    return tuple(found)
