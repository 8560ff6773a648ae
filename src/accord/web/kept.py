"""Pages kept as the bytes that are sent, packed, with their validator: made once for all who may see them."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Request, Response

from accord.web.pages import matches

_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer's bytes (`packed`: with gzip), its validator, media type and headers of its own."""

    body: bytes
    packed: bool
    tag: str
    media_type: str = "text/html"
    headers: tuple[tuple[str, str], ...] = ()
    status: int = 200

    @property
    def size(self) -> int:
        """The bytes that keeping it takes."""
        return len(self.body) + 500


def keep(
    content: bytes, media_type: str = "text/html", headers: Mapping[str, str] | None = None, status: int = 200
) -> Kept:
    """Return `content` ready to be sent again and again; pictures in PNG are not packed."""
    packed = media_type != "image/png" and len(content) >= 1_000
    body = gzip.compress(content, _LEVEL, mtime=0) if packed else content
    tag = f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    return Kept(body, packed, tag, media_type, tuple((headers or {}).items()), status)


def send(request: Request, kept: Kept) -> Response:
    """Return the answer: 304 where the browser has it as it is, packed where it takes gzip."""
    headers = {"ETag": kept.tag, "Cache-Control": "private, no-cache", "Vary": "Cookie, HX-Request, Accept-Encoding"}
    headers.update(kept.headers)
    if kept.status == 200 and matches(request.headers.get("if-none-match"), kept.tag):
        return Response(status_code=304, headers=headers)
    if kept.packed and _takes_gzip(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
        return Response(kept.body, status_code=kept.status, headers=headers, media_type=kept.media_type)
    content = gzip.decompress(kept.body) if kept.packed else kept.body
    return Response(content, status_code=kept.status, headers=headers, media_type=kept.media_type)


def _takes_gzip(accepted: str) -> bool:
    """Tell whether an Accept-Encoding header admits gzip (RFC 9110, 12.5.3)."""
    for one in accepted.lower().split(","):
        name, _, rest = one.partition(";")
        if name.strip() in ("gzip", "*"):
            return rest.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
